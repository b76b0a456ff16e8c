//! The pages of `docs/events` as text: what each category means, which words name it, and how its tests are coded.

mod operators;
mod parts;

use std::path::{Path, PathBuf};

use chancery_coder::rules::{Block, BlockKind, Lexicon, Role};
use chancery_ontology::{Cameo, Category, cameo};

/// Most actions with the same CAMEO root that each of them lists; of more it lists the nearest.
const MOST_RELATED: usize = 8;

/// Where the pages stand.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/events")
}

/// Every page with its file name.
pub fn all() -> Vec<(String, String)> {
    let lexicon = Lexicon::embedded().unwrap_or_else(|faults| panic!("{}", faults[0]));
    let mut pages = vec![
        ("README.md".to_owned(), index(&lexicon)),
        ("operators.md".to_owned(), operators::page(&lexicon)),
    ];
    pages.extend(Category::ALL.iter().map(|&c| (format!("{}.md", c.name()), page(c, &lexicon))));
    pages
}

/// The CAMEO code of a block.
fn code(block: &Block) -> Option<&'static Cameo> {
    block.cameo.as_deref().and_then(cameo)
}

fn category(block: &Block) -> Option<Category> {
    code(block).and_then(|c| c.category)
}

/// Every action, by code and name.
fn actions(lexicon: &Lexicon) -> Vec<&Block> {
    let mut blocks: Vec<&Block> = lexicon.blocks().iter().filter(|b| b.kind == BlockKind::Action).collect();
    blocks.sort_by_key(|b| (&b.cameo, &b.name));
    blocks
}

fn actions_of(wanted: Category, lexicon: &Lexicon) -> Vec<&Block> {
    actions(lexicon).into_iter().filter(|b| category(b) == Some(wanted)).collect()
}

fn definition(category: Category) -> &'static str {
    let table = include_str!("../../../../data/ontology/categories.tsv");
    let row = table.lines().find_map(|l| l.strip_prefix(category.name())?.strip_prefix('\t'));
    row.unwrap_or_else(|| panic!("data/ontology/categories.tsv has no row for {}", category.name()))
}

fn quad_name(category: Category) -> &'static str {
    match category.quad() {
        1 => "verbal cooperation",
        2 => "material cooperation",
        3 => "verbal conflict",
        _ => "material conflict",
    }
}

const HOW_TO_READ: &str = "\
# Event classes

What Chancery codes, one page per PLOVER category, and the [operators](operators.md) that turn one action into another.
The pages are made from the rule files by `cargo run -p chancery-coder --example event_pages`: edit [rules](../../rules/README.md), not these pages.

## How to read a page

Each action is a block of the rule files with the CAMEO code it is given; category, modes and contexts follow from that code, and the block may add some.
Its class is what [operators](operators.md#classes) see of it.

- **Words** name the action: verbs with their particle, nouns, adjectives.
  Words in brackets must stand with the trigger, as its object unless a preposition is written; `…` says that the rule file lists more of them.
  Other conditions, such as that the object is an actor, are in the rule file only.
- **Coded** are sentences that the coder must code so: category, CAMEO code, actors → recipients, and the status unless the event occurred.
  `BOR/MIL` is the army of Borduria, `–` nobody, and a missing code or sector is left open.
- **Not coded** are near-misses: the word is there, the action is not.
- **Related** are the other actions with the same CAMEO root, the first two digits; where more than eight share it, those with the same three.
- **From operators** lists what becomes this category when an operator takes another action: *agreed to withdraw* is AGREE, *refused to meet* is REJECT.

All sentences are about invented states: Ruritania RUR, Borduria BOR, Syldavia SYL, Freedonia FRE.

## Categories

The scale runs from -10, conflict, to 10, cooperation.

| category | quad class | scale | actions | triggers | sentences | meaning |
|---|---|---:|---:|---:|---:|---|
";

fn index(lexicon: &Lexicon) -> String {
    let rows: String = Category::ALL.iter().map(|&c| index_row(c, lexicon)).collect();
    let total = counts(&actions(lexicon));
    let operators: Vec<&Block> = lexicon.blocks().iter().filter(|b| b.kind == BlockKind::Operator).collect();
    let words = counts(&operators);
    format!(
        "{HOW_TO_READ}{rows}| all | | | {total} | |\n| [operators](operators.md) | | | {words} | words that take an action |\n"
    )
}

fn index_row(category: Category, lexicon: &Lexicon) -> String {
    let name = category.name();
    let quad = format!("{} {}", category.quad(), quad_name(category));
    let scale = category.scale::<&str>(&[]);
    let counts = counts(&actions_of(category, lexicon));
    format!("| [{name}]({name}.md) | {quad} | {scale} | {counts} | {} |\n", definition(category))
}

fn counts(blocks: &[&Block]) -> String {
    let triggers: usize = blocks.iter().map(|b| b.triggers.len()).sum();
    let sentences: usize = blocks.iter().map(|b| b.examples.len()).sum();
    format!("{} | {triggers} | {sentences}", blocks.len())
}

fn page(category: Category, lexicon: &Lexicon) -> String {
    let blocks = actions_of(category, lexicon);
    let links: Vec<String> = blocks.iter().map(|b| parts::link(b, Some(category))).collect();
    let sections: String = blocks.iter().map(|b| section(b, category, lexicon)).collect();
    format!(
        "# {}\n\n{}\n\n{}\nActions: {}.\n{}\n{sections}{}",
        category.name(),
        parts::sentences(definition(category)),
        facts(category),
        links.join(", "),
        elsewhere(category, lexicon),
        operators::making(category, lexicon)
    )
    .trim_end()
    .to_owned()
        + "\n"
}

fn facts(category: Category) -> String {
    let scale = category.scale::<&str>(&[]);
    let own = category.modes().iter().map(|m| (m, category.scale(&[m]))).filter(|(_, s)| *s != scale);
    let own: String = own.map(|(mode, scale)| format!(", {mode} {scale}")).collect();
    let modes = category.modes().join(", ");
    format!(
        "Quad class {} ({}).\nScale {scale}{own}.\n{}{}",
        category.quad(),
        quad_name(category),
        if modes.is_empty() { String::new() } else { format!("Modes: {modes}.\n") },
        if category.needs_recipient() { "Not coded without a recipient.\n" } else { "" }
    )
}

fn section(block: &Block, category: Category, lexicon: &Lexicon) -> String {
    format!(
        "## {}\n\n{}\n\n{}\n{}{}{}",
        block.name,
        parts::sentences(&block.means),
        coding(block),
        parts::words(block),
        parts::examples(block),
        related(block, category, lexicon)
    )
}

fn coding(block: &Block) -> String {
    let Some(code) = code(block) else { return String::new() };
    let needs = match block.needs[..] {
        [] => "",
        [Role::Actor] => "Not coded without an actor.\n",
        [Role::Recipient] => "Not coded without a recipient.\n",
        _ => "Not coded without actor and recipient.\n",
    };
    format!(
        "CAMEO {}: {}.\n{}{}{needs}Class `{}`, from [{file}](../../rules/{file}).\n",
        code.code,
        code.name,
        list("Modes", &code.modes, &block.modes),
        list("Contexts", &code.contexts, &block.contexts),
        block.class,
        file = block.file
    )
}

fn list(title: &str, of_code: &[&str], of_block: &[String]) -> String {
    let own = of_block.iter().map(String::as_str).filter(|item| !of_code.contains(item));
    let all: Vec<&str> = of_code.iter().copied().chain(own).collect();
    if all.is_empty() { String::new() } else { format!("{title}: {}.\n", all.join(", ")) }
}

/// The first digits of a block's CAMEO code.
fn stem(block: &Block, digits: usize) -> Option<&str> {
    block.cameo.as_deref().map(|c| c.get(..digits).unwrap_or(c))
}

/// Actions of other categories under the CAMEO roots of this one.
fn elsewhere(wanted: Category, lexicon: &Lexicon) -> String {
    let own = actions_of(wanted, lexicon);
    let shares_root = |b: &&Block| own.iter().any(|o| stem(o, 2) == stem(b, 2));
    let others = actions(lexicon).into_iter().filter(|b| category(b) != Some(wanted)).filter(shares_root);
    let links: Vec<String> = others.map(|b| parts::link(b, Some(wanted))).collect();
    if links.is_empty() {
        String::new()
    } else {
        format!("Under the same CAMEO roots elsewhere: {}.\n", links.join(", "))
    }
}

fn related(block: &Block, category: Category, lexicon: &Lexicon) -> String {
    let sharing = |digits| -> Vec<&Block> {
        let all = actions(lexicon).into_iter().filter(|b| b.name != block.name);
        all.filter(|b| stem(b, digits) == stem(block, digits)).collect()
    };
    let near = Some(sharing(2)).filter(|near| near.len() <= MOST_RELATED).unwrap_or_else(|| sharing(3));
    let near: Vec<String> = near.into_iter().map(|b| parts::link(b, Some(category))).collect();
    if near.is_empty() { String::new() } else { format!("Related: {}.\n\n", near.join(", ")) }
}
