//! Speakers named before their words: turns of an interview ("TASCH: ..."), headings ("Tasch: war is over").

use std::collections::BTreeMap;
use std::ops::Range;

use super::sources::Source;
use super::{Manner, Reading, Said};

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
    let named = words.clone().all(|t| !tree.is_verb(t)) && words.clone().any(is_name)
        || matches!(text.as_str(), "Poll" | "Study" | "Survey" | "Report" | "Sources");
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
