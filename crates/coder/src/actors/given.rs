//! Parties that somebody else has marked in the text: the two whose relation is asked for.

use std::ops::Range;

use super::{Cast, Kind, Party};
use crate::tree::Tree;

/// Which of the two a marked party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// Who acts.
    Source,
    /// To whom.
    Target,
}

impl End {
    /// A code that no state and no body has: whoever is marked is somebody, and the two are not one.
    pub fn letter(self) -> &'static str {
        match self {
            End::Source => "S",
            End::Target => "T",
        }
    }

    fn code(self) -> &'static str {
        match self {
            End::Source => "source",
            End::Target => "target",
        }
    }
}

/// A phrase that somebody has marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Which of the two.
    pub end: End,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The one that heads it.
    pub head: usize,
}

impl Given {
    /// The phrase in `tokens`, which are not empty.
    pub fn new(tree: &Tree, end: End, tokens: Range<usize>) -> Given {
        let tops: Vec<usize> = tree.tops(tokens.clone()).filter(|&t| tree.is_word(t)).collect();
        let noun = tops.iter().find(|&&t| tree.is_nominal(t));
        // "[on military targets]": the preposition is none of it.
        let object = tops.first().and_then(|&p| tree.child(p, &["pobj"])).filter(|o| tokens.contains(o));
        let head = noun.copied().or(object).or(tops.first().copied()).unwrap_or(tokens.end - 1);
        Given { end, tokens, head }
    }
}

impl Cast<'_> {
    /// The mark on the phrase that `i` heads.
    pub(super) fn given(&self, i: usize) -> Option<&Given> {
        self.given.iter().find(|g| g.head == i)
    }

    /// Makes a marked phrase one party, of the kind that the tables, the engine or its words say.
    pub(super) fn read_given(&mut self, given: &Given, entity: &[&'static str]) {
        let own = self.parties[given.head].first();
        let known = own.or_else(|| given.tokens.clone().rev().find_map(|t| self.parties[t].first()));
        let kind = own.map_or_else(|| self.kind_of_words(given, entity), |p| p.kind);
        let party = Party {
            code: Some(given.end.code().to_owned()),
            sector: known.and_then(|p| p.sector.clone()),
            given: Some(given.end),
            ..Party::of_words(kind, self.tree.span_of(given.tokens.clone()), given.head)
        };
        if self.parties[given.head].is_empty() {
            self.mentioned.push(given.head);
        }
        self.parties[given.head] = vec![party];
    }

    fn kind_of_words(&self, given: &Given, entity: &[&'static str]) -> Kind {
        match entity[given.head] {
            "PERSON" => Kind::Person,
            "GPE" | "LOC" => Kind::Place,
            "ORG" => Kind::Body,
            _ if self.tree.tag(given.head) == "NN" => Kind::Body,
            _ => Kind::Group,
        }
    }
}
