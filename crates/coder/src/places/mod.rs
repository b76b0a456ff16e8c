//! Where: toponyms of the text, which place each of them means, and where acts took place.

mod act;
mod judge;
mod names;
mod relative;
mod resolve;
mod written;

use std::ops::Range;

use chancery_gazetteer::{Gazetteer, NameKind, PlaceId};
use chancery_language::Entity;

use crate::actors::Cast;
use crate::tree::{Tree, holds};

pub use act::{where_it_was, where_they_are};
pub use written::{resolution, written};

/// How a text uses the name of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Use {
    /// For the place: "in Klow".
    Place,
    /// For those who govern or live there: "Klow said".
    Metonym,
    /// For what is of it: "Syldavian".
    Adjective,
    /// As part of somebody's or something's name: "the Klow Gazette".
    Name,
    /// Where the report was written, at its head.
    Dateline,
}

impl Use {
    /// As records have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Use::Place => "place",
            Use::Metonym => "metonym",
            Use::Adjective => "adjective",
            Use::Name => "name",
            Use::Dateline => "dateline",
        }
    }
}

/// A toponym of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Toponym {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// How it is used.
    pub used: Use,
    /// Words before it that say which part of it or how far from it: "northern", "80 km east of".
    pub relative: Option<Range<usize>>,
    /// Places that it may mean with the share of belief in each, likeliest first; empty where none is known or none is
    /// likely.
    pub candidates: Vec<(PlaceId, f64)>,
    /// What decided between them.
    pub basis: &'static str,
}

impl Toponym {
    /// The place that it means; `None` where it cannot be told.
    pub fn place(&self) -> Option<PlaceId> {
        self.candidates.first().map(|(place, _)| *place)
    }
}

/// The toponyms of a document, findable by where they stand.
#[derive(Debug, Clone, Copy)]
pub struct Toponyms<'t> {
    /// All of them, in text order.
    pub all: &'t [Toponym],
    /// Tokens of the longest.
    longest: usize,
}

impl<'t> Toponyms<'t> {
    /// Those of a document.
    pub fn new(all: &'t [Toponym]) -> Self {
        Toponyms { all, longest: all.iter().map(|t| t.tokens.len()).max().unwrap_or(0) }
    }

    /// Those that a token is part of.
    pub fn at(self, token: usize) -> impl Iterator<Item = &'t Toponym> {
        let first = self.all.partition_point(|t| t.tokens.start + self.longest <= token);
        let last = self.all.partition_point(|t| t.tokens.start <= token);
        self.all[first..last.max(first)].iter().filter(move |t| t.tokens.contains(&token))
    }
}

/// What toponyms are looked for in.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The parse.
    pub tree: &'a Tree<'a>,
    /// The document's parties.
    pub cast: &'a Cast<'a>,
    /// The engine's entities.
    pub entities: &'a [Entity],
    /// The places of the earth.
    pub gazetteer: &'a Gazetteer,
    /// Stretches of tokens that are the heads of reports: "KLOW, May 3 (Reuters) -".
    pub datelines: &'a [Range<usize>],
    /// The outlet or its web address.
    pub source: Option<&'a str>,
}

/// A name before it is known which place it means.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Who has it.
    pub holders: Vec<(PlaceId, NameKind)>,
    /// How it is used.
    pub used: Use,
}

/// Whether all who have a name have it in one way.
fn all_hold(holders: &[(PlaceId, NameKind)], kind: NameKind) -> bool {
    !holders.is_empty() && holders.iter().all(|(_, k)| *k == kind)
}

/// Every toponym of the document, in text order.
pub fn find(setting: &Setting) -> Vec<Toponym> {
    let named = names::find(setting);
    let mut found = judge::judge(setting, named);
    let heads = |f: &Found| holds(setting.datelines, f.tokens.start);
    found.iter_mut().filter(|f| heads(f)).for_each(|f| f.used = Use::Dateline);
    resolve::resolve(setting, found)
}

/// The toponyms at places of the text that are known to be some, whatever the text says of them.
pub fn given(setting: &Setting, mut spans: Vec<Range<usize>>) -> Vec<Toponym> {
    spans.sort_by_key(|tokens| (tokens.start, tokens.end));
    let found = spans.into_iter().map(|tokens| {
        let holders = names::holders(setting, tokens.clone());
        let adjective = all_hold(&holders, NameKind::Adjective);
        let used = if adjective { Use::Adjective } else { judge::used(setting, &tokens) };
        Found { holders, used, tokens }
    });
    let found = found.collect();
    resolve::resolve(setting, found)
}
