//! Who says what: attributions with source, cue and content, in clauses, beside nouns and adjectives, and in quotation marks.

pub mod chain;
pub mod cues;
mod direct;
mod frames;
mod lookup;
mod marks;
mod names;
mod phrases;
pub mod proof;
mod sources;
mod speakers;
mod turns;
pub mod written;

use std::ops::Range;

use lookup::Pieces;

use crate::rules::Lexicon;
use crate::tree::Tree;

pub use lookup::Attributions;
pub use marks::{Mark, Quoted, Shape};
pub use names::Names;
pub use speakers::{Speaker, owner_of};

/// A stretch of text that somebody is reported to have said, thought or wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Head of the words that name the source; of "who said" the head of what "who" stands for.
    pub source: Option<usize>,
    /// The words that name it.
    pub named: Option<Range<usize>>,
    /// The verb, noun or preposition that shows it.
    pub cue: Option<usize>,
    /// The cue with what belongs to it: "has not said", "called for".
    pub cue_words: Option<Range<usize>>,
    /// What is said, in tokens; several pieces where the cue stands in the middle of it.
    pub content: Vec<Range<usize>>,
    /// How it is said.
    pub kind: Manner,
    /// Number of the cue's class; `None` where no cue is listed.
    pub class: Option<usize>,
    /// Whether the source holds the content to be so: an event in it is a claim of the source.
    pub claim: bool,
    /// What was wrong with the quotation marks, and how it was taken.
    pub repaired: Option<&'static str>,
    /// Why source or cue are taken from elsewhere.
    pub inferred: Option<&'static str>,
    /// The attribution in whose words this one stands, by its number: "A said that B had said".
    pub within: Option<usize>,
}

impl Said {
    /// Whether a token is part of what is said.
    pub fn holds(&self, token: usize) -> bool {
        self.content.iter().any(|c| c.contains(&token))
    }

    /// From the first token of what is said to the last.
    pub fn hull(&self) -> Range<usize> {
        let start = self.content.iter().map(|c| c.start).min().unwrap_or(0);
        start..self.content.iter().map(|c| c.end).max().unwrap_or(start)
    }

    /// How many tokens are said.
    pub fn size(&self) -> usize {
        self.content.iter().map(Range::len).sum()
    }
}

/// Direct, indirect or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// In quotation marks.
    Direct,
    /// In a clause.
    Indirect,
    /// A clause with words in quotation marks.
    Mixed,
}

impl Manner {
    /// The name in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Manner::Direct => "direct",
            Manner::Indirect => "indirect",
            Manner::Mixed => "mixed",
        }
    }
}

/// A document as this stage sees it.
pub struct Page<'a> {
    /// Its parse.
    pub tree: &'a Tree<'a>,
    /// The cues.
    pub lexicon: &'a Lexicon,
    /// Its quotation marks.
    pub marks: &'a [Mark],
    /// Its paragraphs, in tokens.
    pub paragraphs: &'a [Range<usize>],
    /// The engine's entity labels by token, empty where there is none.
    pub labels: &'a [&'static str],
}

/// A document with its quotation marks paired.
struct Reading<'a> {
    tree: &'a Tree<'a>,
    lexicon: &'a Lexicon,
    paragraphs: &'a [Range<usize>],
    labels: &'a [&'static str],
    quoted: Vec<Quoted>,
    /// Which quoted stretch a token stands in.
    quoted_at: Vec<Option<u32>>,
}

impl<'a> Reading<'a> {
    fn of(page: &Page<'a>) -> Reading<'a> {
        let &Page { tree, lexicon, paragraphs, labels, .. } = page;
        let mut reading = Reading {
            tree,
            lexicon,
            paragraphs,
            labels,
            quoted: Vec::new(),
            quoted_at: vec![None; tree.len()],
        };
        reading.quoted = marks::pair(tree, page.marks, paragraphs, |open| direct::tail(&reading, open));
        for (number, q) in reading.quoted.iter().enumerate() {
            reading.quoted_at[q.inside.clone()].fill(Some(number as u32));
        }
        reading
    }

    /// The quoted stretch that a token stands in.
    fn quoted(&self, token: usize) -> Option<&Quoted> {
        self.quoted_at[token].map(|q| &self.quoted[q as usize])
    }
}

/// Finds every attribution, in the order of what is said.
pub fn find(page: &Page) -> Vec<Said> {
    let page = &Reading::of(page);
    let tree = page.tree;
    let mut said = Vec::new();
    for i in 0..tree.len() {
        said.extend(phrases::verb(page, i));
        said.extend(phrases::noun_or_adjective(page, i));
        said.extend(phrases::according_to(page, i));
        said.extend(phrases::quoted_as_saying(page, i));
        said.extend(phrases::adverb(page, i));
    }
    // Whoever is cited stands inside the words of whoever cites.
    said.extend((0..tree.len()).filter_map(|i| phrases::cited(page, i)));
    said.extend(turns::find(page));
    direct::attribute(page, &mut said);
    let full_ends = full_ends(tree, &page.quoted);
    for s in &mut said {
        trim(tree, &full_ends, s);
    }
    said.retain(|s| !s.content.is_empty());
    drop_doubles(&mut said);
    said.sort_by_cached_key(|s| (s.hull().start, std::cmp::Reverse(s.hull().end)));
    nest(tree, &mut said);
    said
}

/// Says of each attribution in whose words it stands, if in anybody's: the smallest larger content that holds its cue.
fn nest(tree: &Tree, said: &mut [Said]) {
    let pieces = Pieces::new(tree, said);
    let sizes: Vec<usize> = said.iter().map(Said::size).collect();
    for inner in 0..said.len() {
        let Some(cue) = said[inner].cue.or(said[inner].source) else { continue };
        let size = |at: usize| (sizes[at], std::cmp::Reverse(at));
        let holds = |&at: &usize| at != inner && said[at].cue != said[inner].cue;
        let larger = pieces.around(tree, cue).filter(holds).filter(|&at| size(at) > size(inner));
        said[inner].within = larger.min_by_key(|&at| size(at));
    }
}

/// What is told as so by somebody, which makes an event in it a claim; a pronoun gives way to the name that it stands for.
pub fn claims(tree: &Tree, names: &Names, all: &Attributions) -> Vec<Said> {
    let is_pronoun = |s: &Said| s.source.is_some_and(|t| tree.tag(t) == "PRP");
    let claimed = all.said.iter().enumerate().filter(|(_, s)| s.claim);
    claimed
        .map(|(at, s)| {
            let named = is_pronoun(s).then(|| names.speaker(all, at)).flatten().map(|speaker| speaker.head);
            Said { source: named.or(s.source), ..s.clone() }
        })
        .collect()
}

/// Where a quotation ends with a mark or a stop, by the token behind it.
fn full_ends(tree: &Tree, quoted: &[Quoted]) -> Vec<bool> {
    let mut ends = vec![false; tree.len() + 1];
    for q in quoted {
        ends[q.whole.end] |=
            q.inside.end < q.whole.end || tree.text(q.whole.end - 1).ends_with(['.', '!', '?']);
    }
    ends
}

/// Cuts blanks and stops off the ends of what is said; a stop inside its quotation marks stays.
fn trim(tree: &Tree, full_ends: &[bool], said: &mut Said) {
    for piece in &mut said.content {
        let is_loose = |t: usize| {
            !tree.is_word(t) && !tree.text(t).contains(['"', '\'', '%', '$', ')', '('])
                || tree.text(t).trim().is_empty()
        };
        while piece.end > piece.start && is_loose(piece.end - 1) && !full_ends[piece.end] {
            piece.end -= 1;
        }
        while piece.start < piece.end && is_loose(piece.start) && tree.text(piece.start) != "..." {
            piece.start += 1;
        }
    }
    said.content.retain(|piece| piece.clone().any(|t| tree.is_word(t)));
}

/// The same words under the same cue, found twice.
fn drop_doubles(said: &mut Vec<Said>) {
    let mut kept: Vec<Said> = Vec::with_capacity(said.len());
    for s in said.drain(..) {
        if !kept.iter().rev().take(40).any(|k| k.cue == s.cue && k.source == s.source && k.hull() == s.hull())
        {
            kept.push(s);
        }
    }
    *said = kept;
}
