//! How a text is laid out: paragraphs, headings, page furniture, and the quotation marks as they were written.

use std::ops::Range;

use chancery_language::Annotation;
use chancery_text::{Span, View};

use crate::headline;
use crate::pieces;
use crate::quotes::{Mark, Shape};
use crate::words::{CLOSING, FURNITURE, Words};

/// A text ready for the language engine: its view, cut into paragraphs.
#[derive(Debug, Clone)]
pub struct Prepared {
    view: View,
    paragraphs: Vec<Paragraph>,
}

/// A stretch of the view that the engine reads by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Bytes of the view, without blanks at the ends.
    pub span: Span,
    /// Why it is not coded, if it is not.
    pub furniture: Option<&'static str>,
}

impl Prepared {
    /// Normalises a text and finds its paragraphs.
    pub fn new(original: &str) -> Prepared {
        let mut view = View::new(original);
        let mut paragraphs: Vec<Paragraph> =
            split(view.text()).into_iter().flat_map(|span| without_dateline(view.text(), span)).collect();
        mark_furniture(view.text(), &mut paragraphs);
        let spans: Vec<Span> = paragraphs.iter().map(|p| p.span).collect();
        headline::read_as_sentences(&mut view, &spans);
        let paragraphs = paragraphs.into_iter().flat_map(|p| in_pieces(view.text(), p)).collect();
        Prepared { view, paragraphs }
    }

    /// The view and the way back to the original.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The paragraphs in order.
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// The texts for the engine, one a paragraph.
    pub fn texts(&self) -> Vec<&str> {
        self.paragraphs.iter().map(|p| &self.view.text()[p.span.range()]).collect()
    }

    /// The annotations of [`Prepared::texts`] as one of the whole view; sentences that are too long stand in it in pieces.
    pub fn join(&self, parts: &[Annotation]) -> Annotation {
        let mut whole = Annotation::default();
        for (paragraph, part) in self.paragraphs.iter().zip(parts) {
            let first = whole.tokens.len();
            whole.tokens.extend(part.tokens.iter().cloned().map(|mut t| {
                t.start += paragraph.span.start as u32;
                t.end += paragraph.span.start as u32;
                t.head += first as u32;
                t
            }));
            whole.sentences.extend(part.sentences.iter().map(|s| s.start + first..s.end + first));
            whole.entities.extend(part.entities.iter().cloned().map(|mut e| {
                e.tokens = e.tokens.start + first..e.tokens.end + first;
                e
            }));
        }
        pieces::cut_sentences(&mut whole);
        whole
    }

    /// The sentences that stand in pieces in the joined annotation, in its tokens.
    pub fn cut(&self, parts: &[Annotation]) -> Vec<Range<usize>> {
        let mut first = 0;
        let mut cut = Vec::new();
        for part in parts {
            let long = part.sentences.iter().filter(|s| s.len() > pieces::SENTENCE);
            cut.extend(long.map(|s| s.start + first..s.end + first));
            first += part.tokens.len();
        }
        cut
    }

    /// Paragraphs as ranges of the joined annotation's tokens.
    pub fn token_ranges(&self, whole: &Annotation) -> Vec<Range<usize>> {
        let at = |byte: usize| whole.tokens.partition_point(|t| (t.start as usize) < byte);
        self.paragraphs.iter().map(|p| at(p.span.start)..at(p.span.end)).collect()
    }

    /// The quotation marks by token, pointing the way they were written.
    pub fn marks(&self, original: &str, whole: &Annotation) -> Vec<Mark> {
        let tokens = whole.tokens.iter().enumerate().map(|(i, t)| (i, t, t.text(self.view.text())));
        tokens
            .filter(|(_, _, text)| text.contains('"') || *text == "'")
            .map(|(at, t, text)| {
                let span = self.view.original(Span::new(t.start as usize, t.end as usize));
                let (opens, shape) = pointing(&original[span.range()]);
                Mark { at, opens, shape: if text == "'" { Shape::Single } else { shape } }
            })
            .collect()
    }
}

/// Which way a mark points as it is written, and whether it is one that points.
fn pointing(written: &str) -> (Option<bool>, Shape) {
    match written {
        w if w.contains(['“', '«', '„', '‘']) => (Some(true), Shape::Curly),
        w if w.contains(['”', '»', '’']) => (Some(false), Shape::Curly),
        _ => (None, Shape::Straight),
    }
}

/// Paragraphs: blank lines part them, and so does a line that ends a sentence, if the text is not wrapped at a width.
fn split(text: &str) -> Vec<Span> {
    let lines: Vec<Span> = lines(text);
    let wrapped = is_wrapped(text, &lines);
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut open = false;
    for line in lines {
        let words = text[line.range()].trim();
        if words.is_empty() {
            open = false;
            continue;
        }
        let start = line.start + text[line.range()].len() - text[line.range()].trim_start().len();
        let here = Span::new(start, start + words.len());
        match paragraphs.last_mut() {
            Some(last) if open && (wrapped || !ends_sentence(&text[last.range()])) && !starts_item(words) => {
                *last = last.cover(here)
            }
            _ => paragraphs.push(here),
        }
        open = true;
    }
    paragraphs
}

fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    let mut all = Vec::new();
    for line in text.split('\n') {
        all.push(Span::new(start, start + line.len()));
        start += line.len() + 1;
    }
    all
}

/// Whether lines are broken at a width: most lines of a paragraph that are followed by another are about as long.
fn is_wrapped(text: &str, lines: &[Span]) -> bool {
    let inner = lines
        .windows(2)
        .filter(|w| !text[w[0].range()].trim().is_empty() && !text[w[1].range()].trim().is_empty());
    let (mut broken, mut all) = (0, 0);
    for pair in inner {
        let line = text[pair[0].range()].trim();
        all += 1;
        broken += usize::from((45..=100).contains(&line.len()) && !ends_sentence(line));
    }
    all > 2 && broken * 2 > all
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', ')', ' ']).ends_with(['.', '!', '?', ':', ';'])
}

fn starts_item(line: &str) -> bool {
    line.starts_with(['-', '*', '•', '–', '—']) && line.chars().nth(1).is_some_and(char::is_whitespace)
}

/// A paragraph, or its pieces if it is too long.
fn in_pieces(text: &str, paragraph: Paragraph) -> impl Iterator<Item = Paragraph> + use<> {
    let spans = pieces::of_paragraph(text, paragraph.span).into_iter();
    spans.map(move |span| Paragraph { span, ..paragraph })
}

/// Dashes that close a dateline.
const DASHES: &[&str] =
    &[").- ", " - ", " -- ", " – ", " — ", ")-", ")–", ")—", ") - ", ") -- ", ")--", "—", "--"];

/// How many bytes a dateline may take.
const DATELINE: usize = 70;

/// A paragraph, its dateline ("STRELSAU, May 3 (Reuters) -") apart.
fn without_dateline(text: &str, span: Span) -> Vec<Paragraph> {
    let plain = |span| Paragraph { span, furniture: None };
    let Some(length) = dateline(&text[span.range()]) else { return vec![plain(span)] };
    let rest = &text[span.start + length..span.end];
    let start = span.end - rest.trim_start().len();
    let head = Paragraph { span: Span::new(span.start, span.start + length), furniture: Some("dateline") };
    vec![head, plain(Span::new(start, span.end))]
}

/// Bytes of the dateline that a paragraph opens with: a town in capitals, or a town, a day and an agency in brackets.
fn dateline(paragraph: &str) -> Option<usize> {
    let mut limit = DATELINE.min(paragraph.len());
    while !paragraph.is_char_boundary(limit) {
        limit -= 1;
    }
    let opening = &paragraph[..limit];
    let dash = DASHES.iter().filter_map(|d| opening.find(d).map(|at| at + d.len())).min();
    let bracket = opening.find(") ").map(|at| at + 1).filter(|_| opening.contains('('));
    let end = match (dash, bracket) {
        // A dash right behind the bracket belongs to it.
        (Some(dash), Some(bracket)) if dash > bracket + 4 => bracket,
        (Some(dash), _) => dash,
        (None, bracket) => bracket?,
    };
    let town = opening.split([',', ' ', '(', '.']).next()?;
    let in_capitals = town.len() > 2 && town.chars().all(|c| c.is_uppercase() || c == '-' || c == '/');
    let words = paragraph[..end].split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let named = words.clone().all(|w| {
        w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || matches!(w, "of" | "de" | "the")
    });
    let dated = paragraph[..end].contains('(') && paragraph[..end].contains(',');
    (end < paragraph.len() && named && (in_capitals || dated) && words.count() <= 9).then_some(end)
}

/// Marks what is page furniture, in a text of several paragraphs.
fn mark_furniture(text: &str, paragraphs: &mut [Paragraph]) {
    if paragraphs.len() < 2 {
        return;
    }
    let mut closed = false;
    let half = paragraphs.len() / 2;
    for (number, paragraph) in paragraphs.iter_mut().enumerate() {
        let words = text[paragraph.span.range()].to_lowercase();
        let heading = !ends_sentence(&words) || words.ends_with(':');
        let opens =
            |f: &str| words.strip_prefix(f).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        let is = |list: &Words| list.iter().any(opens);
        closed |= heading && words.len() < 60 && number >= half && is(&CLOSING);
        paragraph.furniture = if paragraph.furniture.is_some() {
            paragraph.furniture
        } else if closed {
            Some("page furniture: it follows the article's end")
        } else if heading && is(&CLOSING)
            || (words.len() < 160
                && is(&FURNITURE)
                && (heading
                    || words.starts_with("read")
                    || words.starts_with("copyright")
                    || words.contains("rights reserved")))
        {
            Some("page furniture")
        } else {
            None
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<(String, bool)> {
        let prepared = Prepared::new(text);
        let texts = prepared.texts().into_iter().map(str::to_owned);
        texts.zip(&prepared.paragraphs).map(|(t, p)| (t, p.furniture.is_some())).collect()
    }

    fn check(text: &str, expected: &[(&str, bool)]) {
        let expected: Vec<_> = expected.iter().map(|(t, f)| ((*t).to_owned(), *f)).collect();
        assert_eq!(paragraphs(text), expected);
    }

    #[test]
    fn blank_lines_and_ended_lines_part_paragraphs() {
        check(
            "Title here\n\nOne. Two.\nThree.",
            &[("Title here", false), ("One. Two.", false), ("Three.", false)],
        );
    }

    #[test]
    fn wrapped_lines_stay_together() {
        let line = "the ministers of both countries met in the capital and talked about";
        let text = format!("{line}\n{line}\n{line}\nthe weather.");
        assert_eq!(paragraphs(&text).len(), 1);
    }

    #[test]
    fn what_follows_the_authors_note_is_furniture() {
        check(
            "News.\n\nMore.\n\nAbout the Author\n\nHe writes.\n\nLeave a reply",
            &[
                ("News.", false),
                ("More.", false),
                ("About the Author", true),
                ("He writes.", true),
                ("Leave a reply", true),
            ],
        );
    }

    #[test]
    fn a_sentence_that_begins_like_furniture_is_text() {
        check(
            "Share prices fell.\n\nBy noon troops had left the town.",
            &[("Share prices fell.", false), ("By noon troops had left the town.", false)],
        );
    }

    #[test]
    fn a_dateline_stands_apart() {
        check(
            "STRELSAU, May 3 (AB) - Talks began.",
            &[("STRELSAU, May 3 (AB) - ", true), ("Talks began.", false)],
        );
        check(
            "Klow, March 8 (AB) The king left.",
            &[("Klow, March 8 (AB)", true), ("The king left.", false)],
        );
        check("Ruritania - a small state - is old.", &[("Ruritania - a small state - is old.", false)]);
        check("The AB (a party) won.", &[("The AB (a party) won.", false)]);
    }

    #[test]
    fn marks_keep_their_direction() {
        let text = "He said: “Yes”";
        let prepared = Prepared::new(text);
        let mut annotation = Annotation::default();
        for (start, end) in [(0, 2), (3, 7), (7, 8), (9, 10), (10, 13), (13, 14)] {
            annotation.tokens.push(token(start, end));
        }
        assert_eq!(
            prepared.marks(text, &annotation),
            [
                Mark { at: 3, opens: Some(true), shape: Shape::Curly },
                Mark { at: 5, opens: Some(false), shape: Shape::Curly },
            ]
        );
    }

    fn token(start: u32, end: u32) -> chancery_language::Token {
        chancery_language::Token {
            start,
            end,
            space_after: false,
            pos: chancery_language::Pos::X,
            tag: "",
            morph: "",
            lemma: "".into(),
            head: 0,
            dep: "",
        }
    }
}
