//! `chancery rules`: the rules that code events, one's own in their place, their tests, what they make of words, what a corpus sets off.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, bail};
use chancery_coder::quotes::cues::Class;
use chancery_coder::quotes::proof;
use chancery_coder::rules::{Block, BlockKind, Example, Lexicon, check};
use chancery_coder::traced::Tried;
use chancery_coder::{Coder, Prepared};
use chancery_language::Worker;
use chancery_ontology::cameo;
use chancery_text::Document;
use chancery_world::World;
use walkdir::WalkDir;

use crate::args::{Global, Reading, RulesCommand};
use crate::coding;
use crate::documents::gather;
use crate::run::counting;
use crate::session::Outcome;
use crate::tally::Clock;
use crate::world;

/// States, people and bodies that no country has, for the rules' own tests.
const INVENTED: &[(&str, &str)] = &[
    ("bodies.tsv", include_str!("../../../tests/world/bodies.tsv")),
    ("people.tsv", include_str!("../../../tests/world/people.tsv")),
    ("places.tsv", include_str!("../../../tests/world/places.tsv")),
    ("roles.tsv", include_str!("../../../data/world/roles.tsv")),
    ("states.tsv", include_str!("../../../tests/world/states.tsv")),
];

/// Unknown predicates that are shown.
const MOST_SHOWN: usize = 40;

/// The rules that the program carries, or those of the folder that was named.
pub fn load(folder: Option<&Path>) -> anyhow::Result<Lexicon> {
    let Some(folder) = folder else {
        return Lexicon::embedded().map_err(|faults| anyhow::anyhow!("{}", faults[0]));
    };
    let files = files(folder)?;
    let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    Lexicon::parse(&files).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(|f| format!("{}/{f}", folder.display())).collect();
        anyhow::anyhow!("the rules have faults:\n{}", lines.join("\n"))
    })
}

/// Rule files, tables and word lists of a folder, by their path below it.
fn files(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot read the rules in {}", folder.display()))?;
        let path = entry.path();
        if path.extension().is_some_and(|e| e == "rule" || e == "tsv" || e == "txt") {
            let text = fs::read_to_string(path)
                .with_context(|| format!("cannot read the rules in {} as UTF-8 text", path.display()))?;
            let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
            found.push((name, text));
        }
    }
    if !found.iter().any(|(name, _)| name.ends_with(".rule")) {
        bail!("{} holds no .rule file: name a folder like the project's rules/", folder.display());
    }
    Ok(found)
}

/// Carries out one of the commands on the rules.
pub fn rules(command: RulesCommand, global: &Global) -> anyhow::Result<Outcome> {
    match command {
        RulesCommand::Test { names } => test(&names, global),
        RulesCommand::List { category } => list(category.as_deref(), global),
        RulesCommand::Explain { text } => explain(&text, global),
        RulesCommand::Coverage { reading, least } => coverage(reading, least, global),
    }
}

/// Runs the sentences that stand beside the rules.
fn test(names: &[String], global: &Global) -> anyhow::Result<Outcome> {
    let world = World::parse(INVENTED).map_err(|faults| anyhow::anyhow!("{}", faults[0]))?;
    let coder = Coder::with_rules(&world, load(global.rules.as_deref())?);
    let engine = coding::engine(global.model.as_deref())?;
    let mut worker = engine.worker();
    let blocks = coder.lexicon().blocks().iter();
    let wanted =
        |b: &&Block| names.is_empty() || names.iter().any(|n| b.name == *n || b.file.contains(n.as_str()));
    let tests: Vec<(&Block, &Example)> =
        blocks.filter(wanted).flat_map(|b| b.examples.iter().map(move |e| (b, e))).collect();
    let named =
        |c: &&Class| names.is_empty() || names.iter().any(|n| c.name == *n || c.file.contains(n.as_str()));
    let cues: Vec<&Class> = coder.lexicon().cues().classes().iter().filter(named).collect();
    if tests.is_empty() && cues.is_empty() {
        bail!("no rule or file is called {}: see `chancery rules list`", names.join(" or "));
    }
    let (mut out, clock) = (io::stdout().lock(), Clock::new());
    let (mut run, mut failed) = (tests.len(), 0);
    for (block, example) in &tests {
        let document = document(&example.text, Some("2024-05-15"));
        let coded = coding::code(&mut worker, &coder, &clock, &[document]);
        if let Err(fault) = check(block, example, &coded[0]) {
            failed += 1;
            writeln!(out, "{}:{} {}\n  {}\n{fault}", block.file, example.line, block.name, example.text)?;
        }
    }
    for (class, example) in cues.iter().flat_map(|c| c.examples.iter().map(move |e| (c, e))) {
        let coded =
            coding::code(&mut worker, &coder, &clock, &[document(&proof::unmark(example).text, None)]);
        run += 1;
        if let Err(fault) = proof::check(example, &coded[0].annotated) {
            failed += 1;
            writeln!(out, "{}:{} {}\n  {}\n  {fault}", class.file, example.line, class.name, example.text)?;
        }
    }
    writeln!(out, "{run} tests, {failed} failed")?;
    Ok(if failed == 0 { Outcome::All } else { Outcome::SomeFailed })
}

fn document(text: &str, date: Option<&str>) -> Document {
    Document {
        id: "-".to_owned(),
        text: text.to_owned(),
        date: date.map(str::to_owned),
        ..Document::default()
    }
}

/// The category of a block: that of its code; operators have none of their own.
fn category(block: &Block) -> &'static str {
    let own = block.cameo.as_deref().and_then(cameo).and_then(|c| c.category);
    match (block.kind, own) {
        (BlockKind::Operator, _) => "operator",
        (_, Some(category)) => category.name(),
        (_, None) => "-",
    }
}

/// Blocks with their codes, by category.
fn list(wanted: Option<&str>, global: &Global) -> anyhow::Result<Outcome> {
    let lexicon = load(global.rules.as_deref())?;
    let mut blocks: Vec<&Block> = lexicon.blocks().iter().collect();
    blocks.retain(|b| wanted.is_none_or(|w| category(b).eq_ignore_ascii_case(w)));
    let cues = wanted.is_none_or(|w| w.eq_ignore_ascii_case("quote"));
    if blocks.is_empty() && !cues {
        bail!(
            "no rule of that category: name one of PLOVER's, for instance ACCUSE, or `operator` or `quote`"
        );
    }
    blocks.sort_by_key(|b| (category(b), b.cameo.clone(), b.name.clone()));
    let mut out = io::stdout().lock();
    for block in &blocks {
        let code = block.cameo.as_deref().unwrap_or("-");
        let count = block.triggers.len();
        writeln!(out, "{:9}  {code:4}  {:22}  {count:4}  {}", category(block), block.name, block.means)?;
    }
    let mut words = 0;
    for (number, class) in lexicon.cues().classes().iter().enumerate().filter(|_| cues) {
        let count = lexicon.cues().size(number);
        words += count;
        writeln!(out, "{:9}  {:4}  {:22}  {count:4}  {}", "quote", "-", class.name, class.means)?;
    }
    let triggers: usize = blocks.iter().map(|b| b.triggers.len()).sum();
    writeln!(out, "{} rules, {triggers} triggers, {words} cues", blocks.len())?;
    Ok(Outcome::All)
}

/// What the words of a sentence set off and almost set off; of one word, where the rules have it.
fn explain(text: &str, global: &Global) -> anyhow::Result<Outcome> {
    let coder = Coder::with_rules(world::load(&global.world)?, load(global.rules.as_deref())?);
    let engine = coding::engine(global.model.as_deref())?;
    let tried =
        read(&mut engine.worker(), text, |document, prepared, parts| coder.tried(document, prepared, parts));
    let mut out = io::stdout().lock();
    if tried.is_empty() {
        writeln!(out, "no rule has a word of this")?;
    }
    // Rules for the word as another part of speech tell nobody anything.
    let is_apart = |t: &&Tried| t.lacks.as_ref().is_none_or(|why| !why.starts_with("the word is no "));
    for Tried { word, trigger, lacks } in tried.iter().filter(is_apart) {
        let (block, line) = (coder.lexicon().block(*trigger), coder.lexicon().trigger(*trigger).line);
        let mark = if lacks.is_none() { "+" } else { "-" };
        let code = block.cameo.as_deref().unwrap_or("");
        let place = format!("{}:{line}", block.file);
        let why = lacks.as_ref().map_or_else(|| "counts".to_owned(), |why| format!("does not: {why}"));
        writeln!(out, "{mark} {word:16} {:22} {code:5} {place:34} {why}", block.name)?;
    }
    Ok(Outcome::All)
}

fn read<T>(
    worker: &mut Worker,
    text: &str,
    then: impl FnOnce(&Document, &Prepared, &[chancery_language::Annotation]) -> T,
) -> T {
    let document = document(text, None);
    let prepared = Prepared::new(text);
    let parts = worker.annotate(&prepared.texts());
    then(&document, &prepared, &parts)
}

/// What a corpus sets off, by category and rule, and the verbs between known actors that no rule has.
fn coverage(reading: Reading, least: usize, global: &Global) -> anyhow::Result<Outcome> {
    let (engine, coder) = coding::engine_and_coder(global)?;
    let mut categories: BTreeMap<String, usize> = BTreeMap::new();
    let mut rules: BTreeMap<String, usize> = BTreeMap::new();
    let mut unnamed: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let (mut documents, mut sentences) = (0, 0);
    let clock = Clock::new();
    let make = || {
        let mut worker = engine.worker();
        let (coder, clock) = (&coder, &clock);
        move |documents: &[Document]| {
            let found = coding::code_and_unnamed(&mut worker, coder, clock, documents).into_iter();
            found.map(Ok).collect()
        }
    };
    let outcome = gather(&reading, global, &counting(), &clock, make, |(annotated, verbs)| {
        documents += 1;
        sentences += annotated.sentences.iter().flatten().count();
        for event in annotated.events.iter().flatten() {
            *categories.entry(event.event.clone()).or_default() += 1;
            for rule in event.evidence.rule.split(" > ").filter_map(|r| r.split('/').next()) {
                *rules.entry(rule.to_owned()).or_default() += 1;
            }
        }
        for verb in verbs {
            unnamed.entry(verb.lemma).or_insert((0, verb.sentence)).0 += 1;
        }
    })?;
    let mut out = io::stdout().lock();
    writeln!(out, "{documents} documents, {sentences} sentences\n\nevents by category")?;
    most_frequent(&mut out, categories.iter().map(|(k, n)| (k.as_str(), *n, "")), 1, usize::MAX)?;
    writeln!(out, "\nrules that took part")?;
    most_frequent(&mut out, rules.iter().map(|(k, n)| (k.as_str(), *n, "")), least, MOST_SHOWN)?;
    writeln!(out, "\nverbs between known actors that no rule has")?;
    most_frequent(
        &mut out,
        unnamed.iter().map(|(k, (n, s))| (k.as_str(), *n, s.as_str())),
        least,
        MOST_SHOWN,
    )?;
    Ok(outcome)
}

fn most_frequent<'a>(
    out: &mut impl Write,
    counts: impl Iterator<Item = (&'a str, usize, &'a str)>,
    least: usize,
    most: usize,
) -> io::Result<()> {
    let mut rows: Vec<_> = counts.filter(|(_, n, _)| *n >= least).collect();
    rows.sort_by_key(|(name, n, _)| (std::cmp::Reverse(*n), *name));
    for (name, count, example) in rows.into_iter().take(most) {
        let example: String =
            example.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(90).collect();
        writeln!(out, "{count:6}  {name:22}  {example}")?;
    }
    Ok(())
}
