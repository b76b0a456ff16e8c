//! Attributions by where they stand, so that long documents cost no more a word than short ones.

use super::Said;
use crate::tree::Tree;

/// The attributions of a document, findable by sentence.
#[derive(Debug)]
pub struct Attributions<'a> {
    tree: &'a Tree<'a>,
    /// All of them.
    pub said: &'a [Said],
    by_sentence: BySentence,
    /// Sources of the outermost ones with their numbers, in text order.
    sources: Vec<(usize, usize)>,
}

impl<'a> Attributions<'a> {
    /// Sorts attributions into their sentences.
    pub fn new(tree: &'a Tree<'a>, said: &'a [Said]) -> Attributions<'a> {
        let outermost = said.iter().enumerate().filter(|(_, s)| s.within.is_none());
        let mut sources: Vec<(usize, usize)> =
            outermost.filter_map(|(at, s)| Some((s.source?, at))).collect();
        sources.sort_unstable();
        Attributions { tree, said, by_sentence: BySentence::new(tree, said), sources }
    }

    /// Numbers of those in whose words a token stands, in order.
    pub fn around(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        self.by_sentence
            .of(self.tree.sentence(token))
            .iter()
            .map(|&at| at as usize)
            .filter(move |&at| self.said[at].holds(token))
    }

    /// The outermost ones whose source stands before a token, the nearest first.
    pub fn before(&self, token: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let end = self.sources.partition_point(|(source, _)| *source < token);
        self.sources[..end].iter().rev().copied()
    }
}

/// Numbers of attributions by the sentences that what is said in them reaches into.
#[derive(Debug)]
pub struct BySentence(Vec<Vec<u32>>);

impl BySentence {
    /// Sorts attributions into their sentences.
    pub fn new(tree: &Tree, said: &[Said]) -> BySentence {
        let mut sentences: Vec<Vec<u32>> = vec![Vec::new(); tree.sentences().len()];
        for (at, s) in said.iter().enumerate() {
            for piece in s.content.iter().filter(|p| !p.is_empty()) {
                let reached = tree.sentence(piece.start)..=tree.sentence(piece.end - 1);
                for list in &mut sentences[reached] {
                    if list.last() != Some(&(at as u32)) {
                        list.push(at as u32);
                    }
                }
            }
        }
        BySentence(sentences)
    }

    /// Numbers of those that reach into a sentence.
    pub fn of(&self, sentence: usize) -> &[u32] {
        self.0.get(sentence).map_or(&[], Vec::as_slice)
    }
}
