//! The page of operators, and what they make of actions.

use std::collections::{BTreeMap, BTreeSet};

use chancery_coder::rules::{Block, BlockKind, Composed, Effect, Lexicon};
use chancery_ontology::{Category, cameo};

use super::{actions, category, parts};

/// Most rows of a table that is not folded.
const UNFOLDED: usize = 8;

/// The class of a row that takes whatever no other row does.
const ANY: &str = "*";

/// How that class is called in tables.
const ANYTHING: &str = "anything";

/// An operator without words of its own: the coder applies it to verbs in the future.
const FUTURE: &str = "future";

const HOW_TO_READ: &str = "\
# Operators

Words that take an action: *agree to* visit, *demand* a withdrawal, *deny* an attack.
Where the table of an operator has a row for the class of the action inside, the code of that row is coded instead of the action.
Where it has none, or the row says *as it is*, the action inside is coded under its own code, and the effect of the operator decides its status:
- **negated**: it did not happen;
- **hypothetical**: it may happen;
- **future**: it is to happen;
- **none**: it keeps the status it has.

A class with a dot (`aid.military`) that has no row takes that of the class before the dot (`aid`).
[Classes](#classes) says which actions are in which class, the [index](README.md) how to read words and sentences.

";

/// The page of all operators.
pub fn page(lexicon: &Lexicon) -> String {
    let blocks: Vec<&Block> = lexicon.blocks().iter().filter(|b| b.kind == BlockKind::Operator).collect();
    let links: Vec<String> =
        blocks.iter().map(|b| b.name.as_str()).chain([FUTURE]).map(|n| format!("[{n}](#{n})")).collect();
    let sections: String = blocks.iter().map(|b| section(b, lexicon)).collect();
    format!(
        "{HOW_TO_READ}Operators: {}.\n\n{sections}{}{}",
        links.join(", "),
        future(lexicon),
        classes(lexicon)
    )
}

fn section(block: &Block, lexicon: &Lexicon) -> String {
    let alone = block
        .cameo
        .as_deref()
        .map_or(String::new(), |code| format!("Without an action inside: {}.\n", coded(code)));
    format!(
        "## {0}\n\n{1}\n\nEffect: {2}.\n{alone}From [{3}](../../rules/{3}).\n\n{4}{5}{6}",
        block.name,
        parts::sentences(&block.means),
        effect(block.effect),
        block.file,
        parts::words(block),
        table(&block.name, lexicon),
        parts::examples(block)
    )
}

fn future(lexicon: &Lexicon) -> String {
    format!(
        "## {FUTURE}\n\nSomebody will do something.\n\nEffect: future.\nNo words of its own: it stands for plain *will*, *is to*, *is going to*.\n\n{}",
        table(FUTURE, lexicon)
    )
}

fn effect(effect: Option<Effect>) -> &'static str {
    match effect {
        Some(Effect::Negated) => "negated",
        Some(Effect::Hypothetical) => "hypothetical",
        Some(Effect::Future) => "future",
        Some(Effect::None) | None => "none",
    }
}

/// Rows in the order of the codes; whatever has no row of its own comes last.
fn table(operator: &str, lexicon: &Lexicon) -> String {
    let mut by_result: BTreeMap<(bool, bool, &str, String), Vec<String>> = BTreeMap::new();
    for (class, made) in rows(operator, lexicon) {
        let key = (class.starts_with(ANYTHING), made.cameo == "-", made.cameo.as_str(), result(made));
        by_result.entry(key).or_default().push(class);
    }
    let row = |((.., made), classes): (&(_, _, _, String), &Vec<String>)| {
        format!("| {} | {made} |\n", classes.join(", "))
    };
    let lines: Vec<String> = by_result.iter().map(row).collect();
    let text = format!("| action inside | becomes |\n|---|---|\n{}", lines.concat());
    match lines.len() {
        0 => String::new(),
        1..=UNFOLDED => text + "\n",
        n => parts::folded(&format!("What it makes of {n} kinds of action"), &text),
    }
}

fn result(made: &Composed) -> String {
    if made.cameo == "-" {
        return "as it is".to_owned();
    }
    let status = made.status.filter(|s| *s != Effect::None).map(|s| effect(Some(s)).to_owned());
    let mode = made.mode.as_ref().map(|m| format!("mode {m}"));
    let more: Vec<String> = status.into_iter().chain(mode).collect();
    let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
    coded(&made.cameo) + &more
}

fn coded(code: &str) -> String {
    let Some(entry) = cameo(code) else { return code.to_owned() };
    let category = entry.category.map_or("no event", Category::name);
    format!("{category} {code}: {}", entry.name)
}

/// What an operator makes of each class, without the rows that only repeat the wider class.
fn rows<'a>(operator: &str, lexicon: &'a Lexicon) -> Vec<(String, &'a Composed)> {
    let made = |class: &str| lexicon.compose(operator, class);
    let mut rows: Vec<(String, &Composed)> = Vec::new();
    for class in all_classes(lexicon) {
        if made(&class) != made(wider(&class)) {
            rows.extend(made(&class).map(|made| (format!("`{class}`"), made)));
        }
    }
    let rest = if rows.is_empty() { ANYTHING.to_owned() } else { format!("{ANYTHING} else") };
    rows.extend(made(ANY).map(|made| (rest, made)));
    rows
}

fn wider(class: &str) -> &str {
    class.split_once('.').map_or(ANY, |(wider, _)| wider)
}

/// The classes of actions and of all that operators can make of them.
fn all_classes(lexicon: &Lexicon) -> BTreeSet<String> {
    let names = operators(lexicon);
    let mut classes = BTreeSet::new();
    let mut new: Vec<String> = actions(lexicon).iter().map(|b| b.class.clone()).collect();
    while let Some(class) = new.pop().filter(|c| !c.is_empty()) {
        if classes.insert(class.clone()) {
            new.extend(class.split_once('.').map(|(wider, _)| wider.to_owned()));
            let made = names.iter().filter_map(|n| lexicon.compose(n, &class));
            new.extend(made.filter(|m| m.class != "-").map(|m| m.class.clone()));
        }
    }
    classes
}

fn operators(lexicon: &Lexicon) -> Vec<&str> {
    let blocks = lexicon.blocks().iter().filter(|b| b.kind == BlockKind::Operator);
    blocks.map(|b| b.name.as_str()).chain([FUTURE]).collect()
}

/// What becomes this category when an operator takes an action.
pub fn making(wanted: Category, lexicon: &Lexicon) -> String {
    let by_code = by_code(wanted, lexicon);
    if by_code.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = by_code.iter().map(|(code, made)| making_row(code, made)).collect();
    let table = format!("| CAMEO | operator and class of the action inside |\n|---|---|\n{}", lines.concat());
    let body = match lines.len() {
        ..=UNFOLDED => table,
        n => parts::folded(&format!("{n} codes"), &table),
    };
    format!("## From operators\n\nWhat [operators](operators.md) make of other actions.\n\n{body}")
}

/// Code to class lists to the operators that share them.
type Making<'a> = BTreeMap<String, BTreeMap<String, Vec<&'a str>>>;

fn by_code(wanted: Category, lexicon: &Lexicon) -> Making<'_> {
    let mut making = Making::new();
    for operator in operators(lexicon) {
        let mut classes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (class, made) in rows(operator, lexicon) {
            if cameo(&made.cameo).and_then(|c| c.category) == Some(wanted) {
                classes.entry(made.cameo.clone()).or_default().push(class);
            }
        }
        for (code, classes) in classes {
            making.entry(code).or_default().entry(classes.join(", ")).or_default().push(operator);
        }
    }
    making
}

fn making_row(code: &str, made: &BTreeMap<String, Vec<&str>>) -> String {
    let name = cameo(code).map_or("", |c| c.name);
    let one = |(classes, operators): (&String, &Vec<&str>)| format!("{}: {classes}", operators.join(", "));
    let all: Vec<String> = made.iter().map(one).collect();
    format!("| {code} {name} | {} |\n", all.join("<br>"))
}

fn classes(lexicon: &Lexicon) -> String {
    let mut by_class: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for block in actions(lexicon).into_iter().filter(|b| category(b).is_some()) {
        by_class.entry(&block.class).or_default().push(parts::link(block, None));
    }
    let lines: String =
        by_class.iter().map(|(class, blocks)| format!("| `{class}` | {} |\n", blocks.join(", "))).collect();
    format!(
        "## Classes\n\nWhat operators see of an action.\nClasses that are not in this table are of what operators make, such as `promise.aid` of a promise to aid.\n\n| class | actions |\n|---|---|\n{lines}"
    )
}
