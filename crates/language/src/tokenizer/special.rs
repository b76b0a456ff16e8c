//! The last pass: special cases that the affix rules have cut apart are put together again.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::chunk::ChunkScratch;
use super::rules::Rules;
use super::{RawToken, chunks};
use crate::lexeme::Vocabulary;
use crate::strings::string_id;

const ROOT: u32 = 0;

/// The special cases that affix rules cut, as a tree over the ids of their tokens.
#[derive(Debug, Clone, Default)]
pub(super) struct SpecialPhrases {
    next: HashMap<(u32, u64), u32>,
    ends: HashSet<u32>,
}

impl SpecialPhrases {
    /// Cuts every special case without regard to special cases; those that hold an affix or a blank are
    /// looked for (`spacy/tokenizer.pyx`, `add_special_case`).
    pub(super) fn new(rules: &Rules) -> SpecialPhrases {
        let mut phrases = SpecialPhrases::default();
        let mut scratch = ChunkScratch::default();
        for text in rules.special_texts() {
            if !rules.faster_heuristics || text.contains(' ') || rules.has_affix(text, &mut scratch) {
                phrases.add(&orths(text, rules, &mut scratch));
            }
        }
        phrases
    }

    /// Whether a phrase begins with the token of that id.
    pub(super) fn may_begin_with(&self, orth: u64) -> bool {
        self.next.contains_key(&(ROOT, orth))
    }

    fn add(&mut self, orths: &[u64]) {
        let end = orths.iter().fold(ROOT, |node, &orth| {
            let new = self.next.len() as u32 + 1;
            *self.next.entry((node, orth)).or_insert(new)
        });
        if !orths.is_empty() {
            self.ends.insert(end);
        }
    }

    /// Replaces, among the tokens from `first` on, every phrase by the tokens of its special case.
    pub(super) fn apply(
        &self,
        text: &str,
        first: usize,
        rules: &Rules,
        vocabulary: &mut Vocabulary,
        tokens: &mut Vec<RawToken>,
    ) {
        let found = chosen(self.find(first, vocabulary, tokens));
        if found.is_empty() {
            return;
        }
        let old = tokens.split_off(first);
        let mut done = 0;
        for span in found {
            let span = span.start - first..span.end - first;
            tokens.extend_from_slice(&old[done..span.start]);
            replace(text, &old[span.clone()], rules, vocabulary, tokens);
            done = span.end;
        }
        tokens.extend_from_slice(&old[done..]);
    }

    fn find(&self, first: usize, vocabulary: &Vocabulary, tokens: &[RawToken]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for start in (first..tokens.len()).filter(|&start| tokens[start].begins_phrase) {
            let mut node = ROOT;
            for (at, token) in tokens.iter().enumerate().skip(start) {
                let orth = vocabulary.lexeme(token.lexeme).orth;
                let Some(&next) = self.next.get(&(node, orth)) else { break };
                node = next;
                if self.ends.contains(&node) {
                    found.push(start..at + 1);
                }
            }
        }
        found
    }
}

/// The matches that count: the longest first, and of equally long ones the first. As in spaCy a match that is
/// passed over still stands in the way of others (`spacy/tokenizer.pyx`, `_filter_special_spans`).
fn chosen(mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_unstable_by_key(|span| (usize::MAX - span.len(), span.start));
    let mut seen = HashSet::new();
    found.retain(|span| {
        let free = !seen.contains(&span.start) && !seen.contains(&(span.end - 1));
        seen.extend(span.clone());
        free
    });
    found.sort_unstable_by_key(|span| span.start);
    found
}

fn replace(
    text: &str,
    old: &[RawToken],
    rules: &Rules,
    vocabulary: &mut Vocabulary,
    tokens: &mut Vec<RawToken>,
) {
    let (first, last) = (old[0], old[old.len() - 1]);
    let phrase = &text[first.start as usize..last.end as usize];
    let Some(pieces) = rules.special(phrase) else { return tokens.extend_from_slice(old) };
    let mut start = first.start;
    for piece in pieces {
        let end = start + piece.length;
        let lexeme = vocabulary.intern(&text[start as usize..end as usize], piece.norm);
        let space_after = last.space_after && end == last.end;
        tokens.push(RawToken { start, end, lexeme, space_after, begins_phrase: false });
        start = end;
    }
}

/// The ids of the tokens of a text that is cut without regard to special cases.
fn orths(text: &str, rules: &Rules, scratch: &mut ChunkScratch) -> Vec<u64> {
    let mut orths = Vec::new();
    for chunk in chunks(text) {
        rules.cut(&text[chunk.clone()], false, scratch);
        let mut start = chunk.start;
        for piece in &scratch.pieces {
            let end = start + piece.length as usize;
            orths.push(string_id(&text[start..end]));
            start = end;
        }
    }
    orths
}
