//! Who said what: one line per attribution for programs, a table for people.

use std::io::{self, Write};

use chancery_record::{Actor, Annotated, Quote, Span, Words};
use serde::Serialize;

use crate::page::{GAP, Ink, Page, clean, lines, side_by_side};
use crate::table::actors;

/// An attribution as a record of its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Saying {
    /// Id of the document.
    pub document: String,
    /// Number of the sentence that it starts in, from 0.
    pub sentence: usize,
    /// How many others' words it stands in.
    pub depth: usize,
    /// Whom the source's words mean; null where nobody is named.
    pub speaker: Option<Actor>,
    /// The words that name the source; null where there are none.
    pub source: Option<Words>,
    /// The words that show that it is said, thought or wanted; null where there are none.
    pub cue: Option<Words>,
    /// What is said: its stretches in text order.
    pub content: Vec<Words>,
    /// `direct`, `indirect` or `mixed`.
    pub kind: String,
    /// Class of the cue in `rules/quotes`; null where no rule names it.
    pub class: Option<String>,
    /// Whether the source holds the content to be so, or not to be so.
    pub claim: bool,
    /// What was wrong with the quotation marks, and how it was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repaired: Option<String>,
    /// Why source or cue are taken from elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inferred: Option<String>,
}

/// The attributions of a document in text order, those in others' words behind these.
pub fn sayings(document: &Annotated) -> Vec<Saying> {
    let text: Vec<char> = document.text.chars().collect();
    let mut all = Vec::new();
    for quote in document.quotes.iter().flatten() {
        flatten(document, &text, quote, 0, &mut all);
    }
    all
}

fn flatten(document: &Annotated, text: &[char], quote: &Quote, depth: usize, all: &mut Vec<Saying>) {
    let words = |span: &Span| Words { span: *span, text: text[span.start..span.end].iter().collect() };
    let first = quote.content.spans().iter().map(|s| s.start).min().unwrap_or(0);
    let sentences = document.sentences.as_deref().unwrap_or_default();
    all.push(Saying {
        document: document.id.clone(),
        sentence: sentences.partition_point(|s| s.end <= first),
        depth,
        speaker: quote.speaker.clone(),
        source: quote.source.as_ref().map(words),
        cue: quote.cue.as_ref().map(words),
        content: quote.content.spans().iter().map(words).collect(),
        kind: quote.kind.clone(),
        class: quote.class.clone(),
        claim: quote.claim,
        repaired: quote.repaired.clone(),
        inferred: quote.inferred.clone(),
    });
    for inner in &quote.quotes {
        flatten(document, text, inner, depth + 1, all);
    }
}

const PLACE: usize = 11;

/// Columns of the speaker and of the cue.
fn columns(page: &Page) -> (usize, usize, usize) {
    let room = page.width.max(72) - PLACE - 3 * GAP.len();
    let (speaker, cue) = (room / 4, room / 6);
    (speaker, cue, room - speaker - cue)
}

/// Writes the line that names the columns.
///
/// # Errors
/// Those of `out`.
pub fn sayings_head(out: &mut impl Write, page: &Page) -> io::Result<()> {
    row(out, page, ["SPEAKER", "CUE", "WHERE", "WORDS"].map(str::to_owned), Ink::Dim)
}

/// Writes one document's attributions, each a row of a few lines; those in others' words are indented.
///
/// # Errors
/// Those of `out`.
pub fn sayings_table(out: &mut impl Write, page: &Page, document: &Annotated) -> io::Result<()> {
    let all = sayings(document);
    let date = document.date.as_deref().unwrap_or("no publication date");
    let count =
        if all.len() == 1 { "1 attribution".to_owned() } else { format!("{} attributions", all.len()) };
    let heading = [document.id.as_str(), date, &count].map(clean).join(" · ");
    writeln!(out, "\n{}", page.paint(Ink::Bold, &heading))?;
    for saying in &all {
        writeln!(out)?;
        row(out, page, cells(saying), Ink::Plain)?;
    }
    Ok(())
}

fn cells(saying: &Saying) -> [String; 4] {
    let indent = "› ".repeat(saying.depth);
    let named = saying.speaker.as_ref().map(|s| actors(std::slice::from_ref(s)));
    let speaker = named.or_else(|| saying.source.as_ref().map(|s| s.text.clone()));
    let cue = saying.cue.as_ref().map_or("–", |c| c.text.as_str());
    let content: Vec<&str> = saying.content.iter().map(|c| c.text.as_str()).collect();
    let repaired = saying.repaired.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
    let (start, end) = (saying.content.first(), saying.content.last());
    let place = start.zip(end).map(|(s, e)| format!("{}–{}", s.span.start, e.span.end)).unwrap_or_default();
    [indent + speaker.as_deref().unwrap_or("–"), cue.to_owned(), place, content.join(" … ") + &repaired]
}

fn row(out: &mut impl Write, page: &Page, cells: [String; 4], ink: Ink) -> io::Result<()> {
    let (speaker, cue, words) = columns(page);
    let widths = [speaker, cue, PLACE, words];
    let columns = cells.iter().zip(widths).map(|(cell, width)| (lines(cell, width), width, ink));
    side_by_side(out, page, &columns.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use chancery_record::Pieces;

    use super::*;

    fn quote(source: Option<Span>, content: Vec<Span>, quotes: Vec<Quote>) -> Quote {
        Quote {
            source,
            cue: None,
            content: Pieces::of(content),
            kind: "indirect".to_owned(),
            class: Some("statement".to_owned()),
            claim: true,
            repaired: None,
            inferred: None,
            speaker: None,
            quotes,
        }
    }

    fn document() -> Annotated {
        let at = |start, end| Span { start, end };
        let inner = quote(Some(at(7, 11)), vec![at(17, 22)], Vec::new());
        Annotated {
            id: "a".to_owned(),
            text: "Tasch: Anna says héllo. Then.".to_owned(),
            sentences: Some(vec![at(0, 23), at(24, 29)]),
            quotes: Some(vec![quote(Some(at(0, 5)), vec![at(7, 22), at(24, 28)], vec![inner])]),
            ..Annotated::default()
        }
    }

    #[test]
    fn words_within_words_follow_these() {
        let all = sayings(&document());
        let line =
            |s: &Saying| (s.depth, s.sentence, s.content.iter().map(|c| c.text.clone()).collect::<Vec<_>>());
        let shown: Vec<_> = all.iter().map(line).collect();
        assert_eq!(
            shown,
            [(0, 0, vec!["Anna says héllo".to_owned(), "Then".to_owned()]), (1, 0, vec!["héllo".to_owned()])]
        );
    }

    #[test]
    fn a_row_has_speaker_cue_place_and_words() {
        let mut out = Vec::new();
        sayings_table(&mut out, &Page { width: 80, colour: false }, &document()).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("a · no publication date · 2 attributions"), "{text}");
        assert!(text.contains("Tasch"), "{text}");
        assert!(text.contains("› Anna"), "{text}");
        assert!(text.contains("7–28"), "{text}");
    }
}
