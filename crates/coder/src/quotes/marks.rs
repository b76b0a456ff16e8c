//! Quotation marks paired by how they are written and where they stand, also where one is missing or too many.

use std::ops::Range;

use crate::tree::Tree;

/// How a mark is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One that points: “ ” « ».
    Curly,
    /// One that does not: ", ''.
    Straight,
    /// A single one, which may be an apostrophe.
    Single,
}

/// A quotation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Its token.
    pub at: usize,
    /// Which way it points; `None` where only its surroundings can tell.
    pub opens: Option<bool>,
    /// How it is written.
    pub shape: Shape,
}

/// A stretch in quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// Its tokens without the marks.
    pub inside: Range<usize>,
    /// With those marks that are there.
    pub whole: Range<usize>,
    /// What was missing.
    pub repaired: Option<&'static str>,
    /// Whether it goes on from the paragraph before, as a quotation of several paragraphs does.
    pub continued: bool,
}

// Why a stretch ends or begins where no mark does.
const UNCLOSED: &str = "no closing mark: taken to end with its paragraph";
const REOPENED: &str = "no closing mark: taken to end before the next opening one";
const TURNED: &str = "a closing mark where one must open: taken to open";
const UNOPENED: &str = "no opening mark: taken to begin with its sentence";
const BEFORE_CUE: &str = "no closing mark: taken to end before the words that say who speaks";

/// Quoted stretches of a document in text order; nested ones are part of the outer one.
pub fn pair(
    tree: &Tree,
    marks: &[Mark],
    paragraphs: &[Range<usize>],
    tail: impl Fn(Range<usize>) -> Option<usize>,
) -> Vec<Quoted> {
    let mut quoted: Vec<Quoted> = Vec::new();
    let mut open_before = false;
    let mut rest = marks;
    for paragraph in paragraphs {
        let skip = rest.iter().take_while(|m| m.at < paragraph.start).count();
        rest = &rest[skip..];
        let count = rest.iter().take_while(|m| m.at < paragraph.end).count();
        let own = double_or_single(tree, &rest[..count]);
        rest = &rest[count..];
        let first = quoted.len();
        let opens_with_mark = own.first().is_some_and(|m| m.at == paragraph.start);
        let left_open = pair_within(tree, &own, paragraph, &mut quoted, &tail);
        if open_before && opens_with_mark {
            quoted[first..].iter_mut().take(1).for_each(|q| q.continued = true);
            // What stayed open for the next paragraph lacks nothing.
            if let Some(before) = first.checked_sub(1).map(|i| &mut quoted[i]) {
                before.repaired = before.repaired.filter(|why| *why != UNCLOSED);
            }
        }
        if left_open {
            close_before_cue(quoted.last_mut(), &tail);
        }
        open_before = left_open && quoted.last().is_some_and(|q| q.repaired == Some(UNCLOSED));
    }
    quoted.retain(|q| !q.inside.is_empty());
    quoted
}

/// The double marks, or, where a paragraph has none, single ones that cannot be apostrophes.
fn double_or_single(tree: &Tree, marks: &[Mark]) -> Vec<Mark> {
    let double: Vec<Mark> =
        marks.iter().copied().filter(|m| m.shape != Shape::Single && !is_markup(tree, m.at)).collect();
    if !double.is_empty() {
        return double;
    }
    let opens = |m: &&Mark| m.opens != Some(false) && starts_word(tree, m.at);
    let stops = |m: &Mark| m.at > 0 && tree.text(m.at - 1).ends_with(['.', ',', '!', '?']);
    let mut pairs = Vec::new();
    let mut from = marks.iter();
    while let Some(open) = from.find(opens) {
        // A mark that can only open has its like to close it; a straight one needs a stop, or it may be an apostrophe.
        let points = |m: &Mark| open.opens == Some(true) && m.opens == Some(false) && tree.tag(m.at) != "POS";
        let Some(close) = from.find(|m| stops(m) || points(m)) else { break };
        pairs.push(Mark { opens: Some(true), ..*open });
        pairs.push(Mark { opens: Some(false), ..*close });
    }
    pairs
}

/// `id="12"`: a mark of a page's markup.
fn is_markup(tree: &Tree, at: usize) -> bool {
    let text = tree.text(at);
    let before = at > 0 && tree.text(at - 1).ends_with('=') && tree.span(at - 1).end == tree.span(at).start;
    let after = at + 1 < tree.len() && tree.text(at + 1).starts_with('>');
    text.contains('=') || before || after
}

fn starts_word(tree: &Tree, at: usize) -> bool {
    let glued = at + 1 < tree.len() && tree.span(at).end == tree.span(at + 1).start && tree.is_word(at + 1);
    let follows = at > 0 && tree.span(at - 1).end == tree.span(at).start;
    glued && !follows
}

/// Pairs the marks of one paragraph; whether its last one stays open.
fn pair_within(
    tree: &Tree,
    marks: &[Mark],
    paragraph: &Range<usize>,
    quoted: &mut Vec<Quoted>,
    tail: &impl Fn(Range<usize>) -> Option<usize>,
) -> bool {
    let mut open: Vec<Mark> = Vec::new();
    let mut turned = None;
    let mut last = paragraph.start;
    for mark in marks {
        let outer = open.first().copied();
        let opens = match (mark.opens, open.last()) {
            (Some(opens), _) => opens,
            (None, None) => opens_by_place(tree, mark.at),
            // A straight mark closes, unless it can only open.
            (None, Some(_)) => starts_word(tree, mark.at),
        };
        match (opens, outer) {
            (true, Some(outer)) if reopens(marks, &outer, mark) => {
                quoted.push(stretch(outer.at, mark.at, None, Some(REOPENED)));
                open = vec![*mark];
            }
            (true, _) => open.push(*mark),
            (false, Some(outer)) => {
                open.pop();
                if open.is_empty()
                    || mark.shape == outer.shape && open.iter().skip(1).all(|m| m.shape != mark.shape)
                {
                    open.clear();
                    let repaired = turned.take().filter(|&at| at == outer.at).map(|_| TURNED);
                    quoted.push(stretch(outer.at, mark.at, Some(mark.at), repaired));
                    last = mark.at + 1;
                }
            }
            // `support for Ruritania.”Ruritania has ...”`: two that close, and what stands between them is what is quoted.
            (false, None) if is_turned(tree, marks, mark, &tail) => {
                open.push(*mark);
                turned = Some(mark.at);
            }
            (false, None) => {
                let start = sentence_start(tree, mark.at, last);
                quoted.push(Quoted {
                    inside: start..mark.at,
                    whole: start..mark.at + 1,
                    repaired: Some(UNOPENED),
                    continued: false,
                });
                last = mark.at + 1;
            }
        }
    }
    let Some(outer) = open.first() else { return false };
    quoted.push(stretch(outer.at, paragraph.end, None, Some(UNCLOSED)));
    true
}

/// Whether a mark that closes, with none open, stands where one must open: a sentence ended before it and goes on to another
/// that closes, and nobody is said to have spoken the words before it.
fn is_turned(
    tree: &Tree,
    marks: &[Mark],
    mark: &Mark,
    tail: &impl Fn(Range<usize>) -> Option<usize>,
) -> bool {
    let next = behind(marks, mark).first();
    let closes_next = next.is_some_and(|n| n.opens == Some(false) && n.at > mark.at + 3);
    let ended = mark.at > 0 && tree.text(mark.at - 1).ends_with(['.', '!', '?']);
    let spoken = || tail(mark.at.saturating_sub(4)..tree.len().min(mark.at + 8)).is_some();
    mark.shape == Shape::Curly && closes_next && ended && !spoken()
}

/// Whether a mark that opens shows that the open one was left unclosed, and is not nested in it.
fn reopens(marks: &[Mark], outer: &Mark, mark: &Mark) -> bool {
    mark.shape == outer.shape && (mark.shape == Shape::Straight || !closes_twice(marks, mark))
}

/// Whether two marks close after this one before another opens, so that it is nested.
fn closes_twice(marks: &[Mark], mark: &Mark) -> bool {
    let after = behind(marks, mark).iter().filter(|m| m.shape == mark.shape);
    after.take(2).filter(|m| m.opens == Some(false)).count() == 2
}

/// The marks behind one of them.
fn behind<'m>(marks: &'m [Mark], mark: &Mark) -> &'m [Mark] {
    &marks[marks.partition_point(|m| m.at <= mark.at)..]
}

fn stretch(open: usize, end: usize, close: Option<usize>, repaired: Option<&'static str>) -> Quoted {
    Quoted { inside: open + 1..end, whole: open..close.map_or(end, |c| c + 1), repaired, continued: false }
}

fn opens_by_place(tree: &Tree, at: usize) -> bool {
    let starts = at + 1 < tree.len() && tree.span(at).end == tree.span(at + 1).start;
    let follows = at > 0 && tree.span(at - 1).end == tree.span(at).start;
    starts || !follows
}

fn sentence_start(tree: &Tree, at: usize, from: usize) -> usize {
    tree.sentences()[tree.sentence(at.saturating_sub(1))].start.max(from)
}

/// "We are ready, he said on Monday.": what names the speaker is not his word.
fn close_before_cue(last: Option<&mut Quoted>, tail: &impl Fn(Range<usize>) -> Option<usize>) {
    let Some(quoted) = last else { return };
    if let Some(end) = tail(quoted.inside.clone()) {
        quoted.inside.end = end;
        quoted.whole.end = end;
        quoted.repaired = Some(BEFORE_CUE);
    }
}
