//! Sets of characters.

use crate::unicode::{case_variants, is_decimal, is_space, is_word};

/// A set of characters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct CharSet {
    /// Its ASCII members, negation included.
    ascii: u128,
    /// Sorted ranges; they and the kinds make up the members beyond ASCII.
    ranges: Vec<(char, char)>,
    kinds: Vec<Kind>,
    negated: bool,
    /// Whether a character is as good as the same letter in another case.
    folds: bool,
}

/// A class of characters that Python names by an escape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    NotWord,
    Decimal,
    NotDecimal,
    Space,
    NotSpace,
}

impl Kind {
    fn contains(self, c: char) -> bool {
        match self {
            Kind::Word => is_word(c),
            Kind::NotWord => !is_word(c),
            Kind::Decimal => is_decimal(c),
            Kind::NotDecimal => !is_decimal(c),
            Kind::Space => is_space(c),
            Kind::NotSpace => !is_space(c),
        }
    }
}

impl CharSet {
    /// The set of these ranges and kinds, or of all else.
    pub(crate) fn new(ranges: Vec<(char, char)>, kinds: Vec<Kind>, negated: bool) -> CharSet {
        CharSet { negated, ..CharSet::listed(ranges, kinds) }.with_ascii()
    }

    /// The same set, which also holds its letters in their other case.
    pub(crate) fn folding(self) -> CharSet {
        CharSet { folds: true, ..self }.with_ascii()
    }

    fn listed(mut ranges: Vec<(char, char)>, kinds: Vec<Kind>) -> CharSet {
        ranges.sort_unstable();
        ranges.dedup_by(|next, kept| {
            let overlaps = next.0 <= kept.1;
            kept.1 = if overlaps { kept.1.max(next.1) } else { kept.1 };
            overlaps
        });
        CharSet { ranges, kinds, ..CharSet::default() }
    }

    fn with_ascii(mut self) -> CharSet {
        self.ascii = (0..128u8).filter(|&c| self.lists(c.into())).fold(0, |bits, c| bits | 1 << c);
        self
    }

    /// The set of one character.
    pub(crate) fn of(c: char) -> CharSet {
        CharSet::new(vec![(c, c)], Vec::new(), false)
    }

    /// Every character.
    pub(crate) fn all() -> CharSet {
        CharSet::new(Vec::new(), Vec::new(), true)
    }

    /// Whether the set holds `c`.
    pub(crate) fn contains(&self, c: char) -> bool {
        if c.is_ascii() { self.ascii >> (c as u32) & 1 == 1 } else { self.lists(c) }
    }

    /// Whether the set may hold a character that is not ASCII.
    pub(crate) fn reaches_beyond_ascii(&self) -> bool {
        self.negated
            || self.folds
            || !self.kinds.is_empty()
            || self.ranges.last().is_some_and(|&(_, last)| !last.is_ascii())
    }

    /// The members of both; more where only one takes letters in any case.
    pub(crate) fn union(&self, other: &CharSet) -> CharSet {
        if self.negated || other.negated {
            return CharSet::all();
        }
        let ranges = self.ranges.iter().chain(&other.ranges).copied().collect();
        let kinds = self.kinds.iter().chain(&other.kinds).copied().collect();
        let (ascii, folds) = (self.ascii | other.ascii, self.folds || other.folds);
        CharSet { ascii, folds, ..CharSet::listed(ranges, kinds) }
    }

    /// The only member, where there is but one.
    pub(crate) fn only(&self) -> Option<char> {
        match self.ranges[..] {
            [(first, last)] if first == last && self.kinds.is_empty() && !self.negated && !self.folds => {
                Some(first)
            }
            _ => None,
        }
    }

    fn lists(&self, c: char) -> bool {
        let is_member = self.names(c) || self.folds && case_variants(c).into_iter().any(|c| self.names(c));
        is_member != self.negated
    }

    fn names(&self, c: char) -> bool {
        let after = self.ranges.partition_point(|&(first, _)| first <= c);
        let in_range = after > 0 && c <= self.ranges[after - 1].1;
        in_range || self.kinds.iter().any(|kind| kind.contains(c))
    }
}
