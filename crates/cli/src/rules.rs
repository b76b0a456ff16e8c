//! `chancery rules`: the rules that code events, one's own in their place, their tests, what they make of words, what a corpus sets off.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, bail};
use chancery_coder::Coder;
use chancery_coder::quotes::cues::Class;
use chancery_coder::quotes::proof;
use chancery_coder::rules::{Block, BlockKind, Example, Lexicon, check};
use chancery_coder::traced::Tried;
use chancery_ontology::cameo;
use chancery_text::Document;
use chancery_world::World;
use walkdir::WalkDir;

use crate::args::{Global, Reading, RulesCommand};
use crate::coding::{self, Engines};
use crate::documents::gather;
use crate::languages::called;
use crate::run::counting;
use crate::session::Outcome;
use crate::tally::Clock;

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

/// The rules that the program carries, or those of the folder that was named, by the languages that they serve.
pub fn load(folder: Option<&Path>) -> anyhow::Result<Vec<Lexicon>> {
    let Some(folder) = folder else {
        return Lexicon::of_each_language(Lexicon::files())
            .map_err(|faults| anyhow::anyhow!("{}", faults[0]));
    };
    let files = files(folder)?;
    let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    Lexicon::of_each_language(&files).map_err(|faults| {
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

/// Runs the sentences that stand beside the rules, as far as there is a model for their language.
fn test(names: &[String], global: &Global) -> anyhow::Result<Outcome> {
    let world = World::parse(INVENTED).map_err(|faults| anyhow::anyhow!("{}", faults[0]))?;
    let engines = Engines::load(global)?;
    let (mut out, mut run, mut failed) = (io::stdout().lock(), 0, 0);
    let mut matching = false;
    for lexicon in load(global.rules.as_deref())? {
        let tests = Tests::of(&lexicon, names);
        matching |= !tests.is_empty();
        if engines.of_language(lexicon.language()).is_none() && !tests.is_empty() {
            let language = called(lexicon.language());
            writeln!(out, "{} tests not run: give --model one for {language}", tests.count())?;
            continue;
        }
        run += tests.count();
        let coder = Coder::with_rules(&world, lexicon);
        failed += Tests::of(coder.lexicon(), names).run(&engines, &coder, &mut out)?;
    }
    if !matching {
        bail!("no rule or file is called {}: see `chancery rules list`", names.join(" or "));
    }
    writeln!(out, "{run} tests, {failed} failed")?;
    Ok(if failed == 0 { Outcome::All } else { Outcome::SomeFailed })
}

/// The tests of some rules and cues.
struct Tests<'l> {
    rules: Vec<(&'l Block, &'l Example)>,
    cues: Vec<&'l Class>,
}

impl<'l> Tests<'l> {
    fn of(lexicon: &'l Lexicon, names: &[String]) -> Tests<'l> {
        let wanted = |name: &str, file: &str| {
            names.is_empty() || names.iter().any(|n| name == *n || file.contains(n.as_str()))
        };
        let blocks = lexicon.blocks().iter().filter(|b| wanted(&b.name, &b.file));
        Tests {
            rules: blocks.flat_map(|b| b.examples.iter().map(move |e| (b, e))).collect(),
            cues: lexicon.cues().classes().iter().filter(|c| wanted(&c.name, &c.file)).collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.cues.is_empty()
    }

    fn count(&self) -> usize {
        self.rules.len() + self.cues.iter().map(|class| class.examples.len()).sum::<usize>()
    }

    /// Runs them, shows those that fail, and says how many these are.
    fn run(&self, engines: &Engines, coder: &Coder, out: &mut impl Write) -> anyhow::Result<usize> {
        let (mut workers, clock, mut failed) = (engines.workers(), Clock::new(), 0);
        let mut code = |text: &str, date: Option<&str>| {
            let lang = Some(coder.language().to_owned());
            let document = Document { lang, ..document(text, date) };
            coding::code_with(&mut workers, coder, &clock, &[document]).remove(0)
        };
        for (block, example) in &self.rules {
            if let Err(fault) = check(block, example, &code(&example.text, Some("2024-05-15"))) {
                failed += 1;
                writeln!(out, "{}:{} {}\n  {}\n{fault}", block.file, example.line, block.name, example.text)?;
            }
        }
        for (class, example) in self.cues.iter().flat_map(|c| c.examples.iter().map(move |e| (c, e))) {
            let coded = code(&proof::unmark(example).text, None);
            if let Err(fault) = proof::check(example, &coded.annotated) {
                failed += 1;
                writeln!(
                    out,
                    "{}:{} {}\n  {}\n  {fault}",
                    class.file, example.line, class.name, example.text
                )?;
            }
        }
        Ok(failed)
    }
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

/// Blocks with their codes, by category, and the language that they serve.
fn list(wanted: Option<&str>, global: &Global) -> anyhow::Result<Outcome> {
    let lexicons = load(global.rules.as_deref())?;
    let mut blocks: Vec<(&Block, &str)> =
        lexicons.iter().flat_map(|l| l.blocks().iter().map(|b| (b, l.language()))).collect();
    blocks.retain(|(b, _)| wanted.is_none_or(|w| category(b).eq_ignore_ascii_case(w)));
    let cues = wanted.is_none_or(|w| w.eq_ignore_ascii_case("quote"));
    if blocks.is_empty() && !cues {
        bail!(
            "no rule of that category: name one of PLOVER's, for instance ACCUSE, or `operator` or `quote`"
        );
    }
    blocks.sort_by_key(|(b, language)| (category(b), b.cameo.clone(), b.name.clone(), *language));
    let mut out = io::stdout().lock();
    let mut row = |category: &str, code: &str, language: &str, name: &str, count: usize, means: &str| {
        writeln!(out, "{category:9}  {code:4}  {language:3}  {name:22}  {count:4}  {means}")
    };
    for (block, language) in &blocks {
        let (code, count) = (block.cameo.as_deref().unwrap_or("-"), block.triggers.len());
        row(category(block), code, language, &block.name, count, &block.means)?;
    }
    let mut words = 0;
    for lexicon in lexicons.iter().filter(|_| cues) {
        for (number, class) in lexicon.cues().classes().iter().enumerate() {
            let count = lexicon.cues().size(number);
            words += count;
            row("quote", "-", lexicon.language(), &class.name, count, &class.means)?;
        }
    }
    let triggers: usize = blocks.iter().map(|(b, _)| b.triggers.len()).sum();
    let languages: Vec<String> = lexicons.iter().map(|l| called(l.language())).collect();
    let languages = languages.join(", ");
    writeln!(out, "{} rules, {triggers} triggers, {words} cues; they serve {languages}", blocks.len())?;
    Ok(Outcome::All)
}

/// What the words of a sentence set off and almost set off; of one word, where the rules have it.
fn explain(text: &str, global: &Global) -> anyhow::Result<Outcome> {
    let (engines, coder) = coding::engine_and_coder(global)?;
    let tried = coding::tried(&mut engines.workers(), &coder, &Clock::new(), &document(text, None));
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

/// What a corpus sets off, by category and rule, and the verbs between known actors that no rule has.
fn coverage(reading: Reading, least: usize, global: &Global) -> anyhow::Result<Outcome> {
    let (engines, coder) = coding::engine_and_coder(global)?;
    let mut categories: BTreeMap<String, usize> = BTreeMap::new();
    let mut rules: BTreeMap<String, usize> = BTreeMap::new();
    let mut unnamed: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let (mut documents, mut sentences) = (0, 0);
    let clock = Clock::new();
    let make = || {
        let mut workers = engines.workers();
        let (coder, clock) = (&coder, &clock);
        move |documents: &[Document]| {
            let found = coding::code_and_unnamed(&mut workers, coder, clock, documents).into_iter();
            found.map(Ok).collect()
        }
    };
    let outcome = gather(&reading, global, &counting(&engines), &clock, make, |(annotated, verbs)| {
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
