//! The pages of `docs/events` as text: what each category means, which words name it, and how its tests are coded.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use chancery_coder::rules::{Block, BlockKind, Expected, Lexicon, Trigger, Word};
use chancery_ontology::{Category, cameo};

/// Where the pages stand.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/events")
}

/// Every page with its file name.
pub fn all() -> Vec<(String, String)> {
    let lexicon = Lexicon::embedded().unwrap_or_else(|faults| panic!("{}", faults[0]));
    let mut pages =
        vec![("README.md".to_owned(), index(&lexicon)), ("operators.md".to_owned(), operators(&lexicon))];
    pages.extend(Category::ALL.iter().map(|&c| (format!("{}.md", c.name()), page(c, &lexicon))));
    pages
}

fn definition(category: Category) -> &'static str {
    let table = include_str!("../../../../data/ontology/categories.tsv");
    let row = table.lines().find_map(|l| l.strip_prefix(category.name())?.strip_prefix('\t'));
    row.unwrap_or_else(|| panic!("data/ontology/categories.tsv has no row for {}", category.name()))
}

fn actions(category: Category, lexicon: &Lexicon) -> Vec<&Block> {
    let is_of = |b: &&Block| {
        b.kind == BlockKind::Action
            && b.cameo.as_deref().and_then(cameo).and_then(|c| c.category) == Some(category)
    };
    let mut blocks: Vec<&Block> = lexicon.blocks().iter().filter(is_of).collect();
    blocks.sort_by_key(|b| (b.cameo.clone(), b.name.clone()));
    blocks
}

fn index(lexicon: &Lexicon) -> String {
    let mut text = String::from(
        "# Event classes\n\nMade from the rule files by `cargo run -p chancery-coder --example event_pages`; edit `rules/`, not these pages.\n\n| category | quad class | scale | actions | trigger words | meaning |\n|---|---|---|---|---|---|\n",
    );
    for &category in &Category::ALL {
        let blocks = actions(category, lexicon);
        let triggers: usize = blocks.iter().map(|b| b.triggers.len()).sum();
        let row = (
            category.name(),
            category.quad(),
            category.scale::<&str>(&[]),
            blocks.len(),
            definition(category),
        );
        writeln!(
            text,
            "| [{0}]({0}.md) | {1} | {2} | {3} | {triggers} | {4} |",
            row.0, row.1, row.2, row.3, row.4
        )
        .expect("a string takes text");
    }
    text + "\nThe quad classes are 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.\nA category can also be what an [operator](operators.md) makes of another's action: *agreed to withdraw* is AGREE, *refused to meet* is REJECT.\n"
}

fn page(category: Category, lexicon: &Lexicon) -> String {
    let mut text = format!("# {}\n\n{}\n\n", category.name(), definition(category));
    let modes = if category.modes().is_empty() { "none".to_owned() } else { category.modes().join(", ") };
    let needs = if category.needs_recipient() { " It is not coded without a recipient." } else { "" };
    writeln!(
        text,
        "Quad class {}, scale {}. Modes: {modes}.{needs}\n",
        category.quad(),
        category.scale::<&str>(&[])
    )
    .expect("a string takes text");
    let blocks = actions(category, lexicon);
    if blocks.is_empty() {
        text += "No action of its own: it is what [operators](operators.md) make of other actions.\n";
    }
    blocks.iter().for_each(|b| text += &section(b, lexicon));
    text
}

fn section(block: &Block, lexicon: &Lexicon) -> String {
    let code = block.cameo.as_deref().and_then(cameo);
    let mut text = format!("## {}\n\n{}\n\n", block.name, block.means);
    if let Some(code) = code {
        let modes: Vec<&str> =
            code.modes.iter().copied().chain(block.modes.iter().map(String::as_str)).collect();
        let contexts: Vec<&str> =
            code.contexts.iter().copied().chain(block.contexts.iter().map(String::as_str)).collect();
        let list = |items: Vec<&str>| if items.is_empty() { "none".to_owned() } else { items.join(", ") };
        writeln!(
            text,
            "CAMEO {} ({}). Modes: {}. Contexts: {}.\n",
            code.code,
            code.name,
            list(modes),
            list(contexts)
        )
        .expect("a string takes text");
    }
    text += &words(block);
    text += &examples(block);
    text += &related(block, lexicon);
    text
}

fn words(block: &Block) -> String {
    let named = |word: Word| {
        let mut names: Vec<String> = block.triggers.iter().filter(|t| t.word == word).map(name).collect();
        names.sort();
        names.dedup();
        names.join(", ")
    };
    let lines =
        [("verbs", named(Word::Verb)), ("nouns", named(Word::Noun)), ("adjectives", named(Word::Adj))];
    let lines: String =
        lines.iter().filter(|(_, w)| !w.is_empty()).map(|(kind, w)| format!("- {kind}: {w}\n")).collect();
    let folded = lines.len() > 400;
    if folded {
        format!(
            "<details><summary>{} trigger lines</summary>\n\n{lines}\n</details>\n\n",
            block.triggers.len()
        )
    } else {
        lines + "\n"
    }
}

fn name(trigger: &Trigger) -> String {
    let with = trigger.with.join(" ");
    match trigger.word {
        _ if with.is_empty() => trigger.lemma.clone(),
        Word::Verb => format!("{} {with}", trigger.lemma),
        Word::Noun | Word::Adj => format!("{with} {}", trigger.lemma),
    }
}

fn examples(block: &Block) -> String {
    let mut text = String::new();
    for example in &block.examples {
        let verdict = match &example.expected {
            Some(expected) => expected.iter().map(coding).collect::<Vec<_>>().join("; "),
            None => "not this".to_owned(),
        };
        writeln!(text, "- *{}* {verdict}", example.text).expect("a string takes text");
    }
    text + "\n"
}

fn coding(expected: &Expected) -> String {
    let side = |parties: &[(String, Option<String>)]| {
        let one = |(code, sector): &(String, Option<String>)| {
            sector.as_ref().map_or(code.clone(), |s| format!("{code} {s}"))
        };
        if parties.is_empty() {
            "–".to_owned()
        } else {
            parties.iter().map(one).collect::<Vec<_>>().join(", ")
        }
    };
    let status =
        if expected.status == "occurred" { String::new() } else { format!(" ({})", expected.status) };
    let code = expected.cameo.as_deref().unwrap_or("");
    format!("{} {code} {} → {}{status}", expected.event, side(&expected.actors), side(&expected.recipients))
}

fn related(block: &Block, lexicon: &Lexicon) -> String {
    let Some(root) = block.cameo.as_deref().and_then(|c| c.get(..2)) else { return String::new() };
    let is_near = |b: &&Block| {
        b.kind == BlockKind::Action
            && b.name != block.name
            && b.cameo.as_deref().is_some_and(|c| c.starts_with(root))
    };
    let near: Vec<String> = lexicon
        .blocks()
        .iter()
        .filter(is_near)
        .map(|b| format!("{} ({})", b.name, b.cameo.as_deref().unwrap_or_default()))
        .collect();
    if near.is_empty() { String::new() } else { format!("Related: {}.\n\n", near.join(", ")) }
}

fn operators(lexicon: &Lexicon) -> String {
    let mut text = String::from(
        "# Operators\n\nWords that take an action: what they make of it stands in `rules/compose.tsv`, and where that has no row, their effect decides the action's status.\n\n",
    );
    for block in lexicon.blocks().iter().filter(|b| b.kind == BlockKind::Operator) {
        let effect = block.effect.map_or("none".to_owned(), |e| format!("{e:?}").to_lowercase());
        writeln!(text, "## {}\n\n{}\n\nEffect: {effect}.\n", block.name, block.means)
            .expect("a string takes text");
        text += &words(block);
        text += &examples(block);
    }
    text
}
