//! Cuts one run of characters: special cases, prefixes and suffixes, addresses, infixes.

use std::ops::Range;

use super::rules::{Piece, Rules};
use crate::pattern::{Pattern, Scratch};

/// Memory for cutting chunks, used again and again; after a cut it holds the pieces.
#[derive(Debug, Clone, Default)]
pub(super) struct ChunkScratch {
    pub(super) pieces: Vec<Piece>,
    chars: Vec<char>,
    /// The byte at which each character begins, and the length of the chunk.
    offsets: Vec<u32>,
    suffixes: Vec<Piece>,
    matching: Scratch,
}

impl ChunkScratch {
    fn load(&mut self, chunk: &str) {
        self.pieces.clear();
        self.suffixes.clear();
        self.chars.clear();
        self.chars.extend(chunk.chars());
        self.offsets.clear();
        self.offsets.extend(chunk.char_indices().map(|(at, _)| at as u32));
        self.offsets.push(chunk.len() as u32);
    }

    fn bytes(&self, span: &Range<usize>) -> Range<usize> {
        self.offsets[span.start] as usize..self.offsets[span.end] as usize
    }

    fn piece(&self, span: Range<usize>) -> Piece {
        Piece { length: self.offsets[span.end] - self.offsets[span.start], norm: None }
    }

    fn push(&mut self, span: Range<usize>) {
        if !span.is_empty() {
            self.pieces.push(self.piece(span));
        }
    }

    fn push_suffix(&mut self, span: Range<usize>) {
        self.suffixes.push(self.piece(span));
    }

    /// How many characters the match of an affix pattern in `span` has; 0 where there is none.
    fn affix(&mut self, pattern: Option<&Pattern>, span: Range<usize>) -> usize {
        let found = pattern.and_then(|pattern| pattern.search(&self.chars[span], &mut self.matching));
        found.map_or(0, |found| found.len())
    }

    fn matches(&mut self, pattern: Option<&Pattern>, span: &Range<usize>) -> bool {
        let chars = &self.chars[span.clone()];
        pattern.is_some_and(|pattern| pattern.match_at_start(chars, &mut self.matching).is_some())
    }
}

impl Rules {
    /// Cuts `chunk` into `scratch.pieces`, with or without regard to special cases.
    pub(super) fn cut(&self, chunk: &str, specials: bool, scratch: &mut ChunkScratch) {
        scratch.load(chunk);
        let rest = self.strip_affixes(chunk, specials, scratch);
        self.cut_rest(chunk, rest, specials, scratch);
        let suffixes = scratch.suffixes.iter().rev();
        scratch.pieces.extend(suffixes);
    }

    /// Whether any affix rule matches in `text`.
    pub(super) fn has_affix(&self, text: &str, scratch: &mut ChunkScratch) -> bool {
        scratch.load(text);
        let all = 0..scratch.chars.len();
        [&self.prefixes, &self.suffixes].iter().any(|rule| scratch.affix(rule.as_ref(), all.clone()) > 0)
            || self
                .infixes
                .as_ref()
                .is_some_and(|rule| rule.find(&scratch.chars, 0, &mut scratch.matching).is_some())
    }

    fn special_in(
        &self,
        chunk: &str,
        span: &Range<usize>,
        specials: bool,
        scratch: &ChunkScratch,
    ) -> Option<&[Piece]> {
        if specials { self.special(&chunk[scratch.bytes(span)]) } else { None }
    }

    /// Strips prefixes into the pieces and suffixes into the suffixes, and gives what remains
    /// (`spacy/tokenizer.pyx`, `_split_affixes`).
    fn strip_affixes(&self, chunk: &str, specials: bool, scratch: &mut ChunkScratch) -> Range<usize> {
        let mut rest = 0..scratch.chars.len();
        let mut last_length = usize::MAX;
        while !rest.is_empty() && rest.len() != last_length {
            let known = self.special_in(chunk, &rest, specials, scratch).is_some();
            if known || scratch.matches(self.token_match.as_ref(), &rest) {
                break;
            }
            last_length = rest.len();
            let prefix = rest.start..rest.start + scratch.affix(self.prefixes.as_ref(), rest.clone());
            let after_prefix = prefix.end..rest.end;
            if !prefix.is_empty() && self.special_in(chunk, &after_prefix, specials, scratch).is_some() {
                scratch.push(prefix);
                return after_prefix;
            }
            let suffix_length = scratch.affix(self.suffixes.as_ref(), after_prefix.clone());
            let suffix = rest.end - suffix_length..rest.end;
            let before_suffix = rest.start..suffix.start;
            if !suffix.is_empty() && self.special_in(chunk, &before_suffix, specials, scratch).is_some() {
                scratch.push_suffix(suffix);
                return before_suffix;
            }
            scratch.push(prefix.clone());
            if !suffix.is_empty() {
                scratch.push_suffix(suffix.clone());
            }
            rest = prefix.end..suffix.start;
        }
        rest
    }

    /// Cuts what remains without affixes (`spacy/tokenizer.pyx`, `_attach_tokens`).
    fn cut_rest(&self, chunk: &str, rest: Range<usize>, specials: bool, scratch: &mut ChunkScratch) {
        if rest.is_empty() {
            return;
        }
        if let Some(pieces) = self.special_in(chunk, &rest, specials, scratch) {
            scratch.pieces.extend(pieces);
            return;
        }
        let whole = scratch.matches(self.token_match.as_ref(), &rest)
            || scratch.matches(self.url_match.as_ref(), &rest);
        match &self.infixes {
            Some(infixes) if !whole => cut_infixes(infixes, rest, scratch),
            _ => scratch.push(rest),
        }
    }
}

/// Cuts at infixes. A match at the very start is passed over, and what it covers stays with what follows.
fn cut_infixes(infixes: &Pattern, rest: Range<usize>, scratch: &mut ChunkScratch) {
    let base = rest.start;
    let mut start = rest.start;
    let mut from = 0;
    while from <= rest.len() {
        let chars = &scratch.chars[rest.clone()];
        let Some(found) = infixes.find(chars, from, &mut scratch.matching) else { break };
        from = if found.is_empty() { found.end + 1 } else { found.end };
        if found.start == 0 {
            continue;
        }
        scratch.push(start..base + found.start);
        scratch.push(base + found.start..base + found.end);
        start = base + found.end;
    }
    scratch.push(start..rest.end);
}
