//! Speakers named beside their words without a verb: turns of an interview ("TASCH: ..."), headings, signatures ("― Tasch").

use std::collections::BTreeMap;
use std::ops::Range;

use super::marks::Quoted;
use super::sources::Source;
use super::{Manner, Reading, Said};
use crate::words::DOCUMENTS;

/// Words of a speaker's label.
const LONGEST: usize = 6;

/// Paragraphs that begin with a name and a colon, each with what follows until the next.
pub fn find(page: &Reading) -> Vec<Said> {
    let labels: Vec<(usize, Label)> = page
        .paragraphs
        .iter()
        .enumerate()
        .filter_map(|(number, p)| Some((number, label(page, p)?)))
        .collect();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for (_, label) in &labels {
        *times.entry(label.text.to_lowercase()).or_default() += 1;
    }
    let repeated = |label: &Label| times[&label.text.to_lowercase()] > 1;
    let turns = labels
        .iter()
        .filter(|(number, label)| label.named && (*number == 0 || label.capitals && repeated(label)))
        // What stands in quotation marks is looked at as a quotation.
        .filter(|(number, label)| *number > 0 || !starts_quoted(page, label.colon + 1));
    turns.map(|(number, label)| turn(page, *number, label, &labels)).collect()
}

fn starts_quoted(page: &Reading, token: usize) -> bool {
    page.quoted.iter().take(3).any(|q| q.whole.start == token)
}

struct Label {
    words: Range<usize>,
    colon: usize,
    text: String,
    named: bool,
    capitals: bool,
}

/// The name before the colon that a paragraph begins with, behind a quotation mark if there is one.
fn label(page: &Reading, paragraph: &Range<usize>) -> Option<Label> {
    let tree = page.tree;
    let start = paragraph.clone().find(|&t| tree.is_word(t)).filter(|&t| t < paragraph.start + 3)?;
    let colon = (start + 1..paragraph.end.min(start + LONGEST)).find(|&t| tree.text(t) == ":")?;
    let words = start..colon;
    let text = tree.document()[tree.span_of(words.clone()).range()].to_owned();
    let is_name = |t: usize| {
        matches!(page.labels[t], "PERSON" | "ORG" | "NORP" | "GPE")
            || tree.text(t).chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
    };
    let is_source =
        |word: &str| DOCUMENTS.contains(&word.to_lowercase()) || word.eq_ignore_ascii_case("source");
    let named = words.clone().all(|t| !tree.is_verb(t)) && words.clone().any(is_name)
        || words.len() == 1 && is_source(tree.lemma(start));
    let capitals = text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
        || words.clone().all(|t| page.labels[t] == "PERSON");
    (colon + 1 < paragraph.end).then_some(Label { words, colon, text, named, capitals })
}

fn turn(page: &Reading, number: usize, label: &Label, labels: &[(usize, Label)]) -> Said {
    let tree = page.tree;
    let first = label.colon + 1..page.paragraphs[number].end;
    let mut content = Vec::from([first]);
    // A turn goes on in paragraphs that continue its quotation and name nobody else.
    for (next, paragraph) in page.paragraphs.iter().enumerate().skip(number + 1) {
        let quoted = page.quoted.partition_point(|q| q.whole.start < paragraph.start);
        let continues =
            page.quoted.get(quoted).is_some_and(|q| q.continued && q.whole.start == paragraph.start);
        if !continues || labels.binary_search_by_key(&next, |(n, _)| *n).is_ok() {
            break;
        }
        content.push(paragraph.clone());
    }
    let head = tree.tops(label.words.clone()).next().unwrap_or(label.words.start);
    let source = Source { head, words: label.words.clone() };
    Said {
        source: Some(source.head),
        named: Some(source.words),
        cue: Some(label.colon),
        cue_words: Some(label.colon..label.colon + 1),
        content,
        kind: if number == 0 { Manner::Indirect } else { Manner::Direct },
        class: None,
        claim: true,
        repaired: None,
        inferred: None,
        within: None,
    }
}

/// A name that stands with a quotation and no verb: "― Kurvi Tasch" behind it, "Kurvi Tasch:" or "Kurvi Tasch --" before it; and the
/// dash or colon.
pub fn signature(page: &Reading, q: &Quoted) -> Option<(usize, Source)> {
    let tree = page.tree;
    if let Some(before) = dash_before(page, q) {
        return Some(before);
    }
    let limit = tree.len().min(q.whole.end + 10);
    let dash = (q.whole.end..limit).find(|&t| !tree.text(t).trim().is_empty())?;
    let is_dash = matches!(tree.text(dash), "-" | "--" | "–" | "—" | "―");
    let is_name = |t: usize| tree.tag(t).starts_with("NNP") || page.labels[t] == "PERSON";
    let name = (dash + 1..limit).find(|&t| is_name(t)).filter(|&n| is_dash && n < dash + 3)?;
    let line_ends = |t: usize| {
        tree.text(t).contains('\n')
            || tree.span(t).start > 0 && tree.document()[..tree.span(t).start].ends_with('\n')
    };
    let last = tree.len().min(name + 8);
    let end = (name + 1..last).find(|&t| !is_name(t) || line_ends(t)).unwrap_or(last);
    let head = tree.tops(name..end).next()?;
    Some((dash, Source { head, words: name..end }))
}

/// "Kurvi Tasch -- “We are ready”": a name and a dash before a quotation.
fn dash_before(page: &Reading, q: &Quoted) -> Option<(usize, Source)> {
    let tree = page.tree;
    let dash =
        q.whole.start.checked_sub(1).filter(|&t| matches!(tree.text(t), "--" | "–" | "—" | "―" | ":"))?;
    let colon = tree.text(dash) == ":";
    let is_name = |t: &usize| page.labels[*t] == "PERSON" || colon && tree.tag(*t).starts_with("NNP");
    let start = (0..dash).rev().take_while(is_name).last()?;
    // "Tasch: “...”" opens its sentence; in "said Anna Tasch: “...”" a verb says so.
    let opens = page.paragraphs.binary_search_by_key(&start, |p| p.start).is_ok()
        || start > 0 && tree.text(start - 1).ends_with(['.', '!', '?', '"', '\'']);
    (!colon || opens).then_some((dash, Source { head: dash - 1, words: start..dash }))
}
