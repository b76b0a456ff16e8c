//! What pages of categories and of operators have in common: links, trigger words, test sentences.

use std::collections::BTreeMap;

use chancery_coder::rules::{Block, Example, Expected, Source, Test, Trigger, Word};
use chancery_ontology::Category;

/// Longest word list that is not folded, in bytes.
const UNFOLDED: usize = 600;

/// How many of the words that a condition lists are shown.
const SHOWN: usize = 3;

/// A text with each sentence on its line.
pub fn sentences(text: &str) -> String {
    text.replace(". ", ".\n")
}

/// A link to an action with its code, from the page of a category or from any other page.
pub fn link(block: &Block, from: Option<Category>) -> String {
    let (name, code) = (&block.name, block.cameo.as_deref().unwrap_or_default());
    let category = super::category(block);
    let page = category.filter(|_| category != from).map_or(String::new(), |c| format!("{}.md", c.name()));
    format!("[{name}]({page}#{name}) {code}")
}

/// Text under a line that opens and closes it.
pub fn folded(summary: &str, text: &str) -> String {
    format!("<details>\n<summary>{summary}</summary>\n\n{text}\n</details>\n\n")
}

/// The triggers of a block by part of speech.
pub fn words(block: &Block) -> String {
    let kinds = [(Word::Verb, "Verbs"), (Word::Noun, "Nouns"), (Word::Adj, "Adjectives")];
    let named = kinds.map(|(word, title)| (title, names(block, word)));
    let named: Vec<_> = named.into_iter().filter(|(_, names)| !names.is_empty()).collect();
    let lines: String =
        named.iter().map(|(title, names)| format!("- {title}: {}\n", names.join(", "))).collect();
    if lines.len() <= UNFOLDED {
        return format!("{lines}\n");
    }
    let summary: Vec<String> =
        named.iter().map(|(title, names)| format!("{title}: {}", names.len())).collect();
    folded(&summary.join(", "), &lines)
}

fn names(block: &Block, word: Word) -> Vec<String> {
    let mut by_name: BTreeMap<String, Vec<&Trigger>> = BTreeMap::new();
    for trigger in block.triggers.iter().filter(|t| t.word == word) {
        by_name.entry(name(trigger)).or_default().push(trigger);
    }
    by_name.iter().map(|(name, triggers)| format!("{name}{}", companions(triggers))).collect()
}

fn name(trigger: &Trigger) -> String {
    let with = trigger.with.join(" ");
    match trigger.word {
        _ if with.is_empty() => trigger.lemma.clone(),
        Word::Verb => format!("{} {with}", trigger.lemma),
        Word::Noun | Word::Adj => format!("{with} {}", trigger.lemma),
    }
}

/// The words that must stand with a trigger, in brackets; nothing where one of its lines asks for none.
fn companions(triggers: &[&Trigger]) -> String {
    let asked: Option<Vec<_>> = triggers.iter().map(|t| asked(t)).collect();
    let mut by_place: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (place, words) in asked.unwrap_or_default() {
        by_place.entry(place).or_default().extend(words.iter().map(String::as_str));
    }
    let groups: Vec<String> = by_place.into_iter().map(|(place, words)| place + &shown(words)).collect();
    if groups.is_empty() { String::new() } else { format!(" ({})", groups.join("; ")) }
}

fn asked(trigger: &Trigger) -> Option<(String, &[String])> {
    trigger.tests.iter().find_map(|(source, test)| match test {
        Test::Words(words) => Some((place(source), &words[..])),
        _ => None,
    })
}

fn place(source: &Source) -> String {
    match source {
        Source::Obj | Source::Mod => String::new(),
        Source::Prep(word) => format!("{word} "),
        Source::Any(sources) => sources.iter().map(place).collect::<Vec<_>>().join("or "),
        Source::By => "by ".to_owned(),
        Source::Oprd => "as ".to_owned(),
        Source::Subj => "subject ".to_owned(),
        Source::Iobj => "to ".to_owned(),
        Source::Poss | Source::Adj => "of ".to_owned(),
        Source::Xcomp | Source::Ccomp => "to ".to_owned(),
        Source::Aux => "that it ".to_owned(),
    }
}

fn shown(mut words: Vec<&str>) -> String {
    words.sort_unstable();
    words.dedup();
    let more = if words.len() > SHOWN { " …" } else { "" };
    words.truncate(SHOWN);
    words.join(", ") + more
}

/// The test sentences of a block: first those that are coded, then the near-misses.
pub fn examples(block: &Block) -> String {
    let coded: String = block.examples.iter().filter_map(coded).collect();
    let missed = block.examples.iter().filter(|e| e.expected.is_none());
    let missed: String = missed.map(|e| format!("- {}\n", e.text)).collect();
    let titled = |title, list: String| match list.as_str() {
        "" => list,
        _ => format!("{title}:\n\n{list}\n"),
    };
    titled("Coded", coded) + &titled("Not coded", missed)
}

fn coded(example: &Example) -> Option<String> {
    let events: Vec<String> = example.expected.as_ref()?.iter().map(event).collect();
    Some(format!("- {} {}\n", example.text, events.join(", ")))
}

fn event(expected: &Expected) -> String {
    let mut words = vec![expected.event.clone()];
    words.extend(expected.cameo.clone());
    words.push(format!("{} → {}", side(&expected.actors), side(&expected.recipients)));
    words.extend((expected.status != "occurred").then(|| expected.status.clone()));
    format!("`{}`", words.join(" "))
}

fn side(parties: &[(String, Option<String>)]) -> String {
    let one = |(code, sector): &(String, Option<String>)| match sector {
        Some(sector) => format!("{code}/{sector}"),
        None => code.clone(),
    };
    let all: Vec<String> = parties.iter().map(one).collect();
    if all.is_empty() { "–".to_owned() } else { all.join(",") }
}
