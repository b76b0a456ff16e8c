//! Attributions by where they stand, so that long documents cost no more a word than short ones.

use std::ops::Range;

use super::Said;
use crate::tree::Tree;

/// The attributions of a document, findable by sentence.
#[derive(Debug)]
pub struct Attributions<'a> {
    tree: &'a Tree<'a>,
    /// All of them.
    pub said: &'a [Said],
    pieces: Pieces,
    /// How many tokens are said in each.
    sizes: Vec<usize>,
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
        let sizes = said.iter().map(Said::size).collect();
        Attributions { tree, said, pieces: Pieces::new(tree, said), sizes, sources }
    }

    /// Numbers of those in whose words a token stands, each once and in order.
    pub fn around(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        self.pieces.around(self.tree, token)
    }

    /// How many tokens are said in one of them.
    pub fn size(&self, at: usize) -> usize {
        self.sizes[at]
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

/// The pieces of what is said, by the sentences that they reach into, in the order of their attributions.
#[derive(Debug)]
pub struct Pieces(Vec<Vec<(u32, Range<usize>)>>);

impl Pieces {
    /// Sorts the pieces of attributions into their sentences.
    pub fn new(tree: &Tree, said: &[Said]) -> Pieces {
        let mut sentences = vec![Vec::new(); tree.sentences().len()];
        for (at, s) in said.iter().enumerate() {
            for piece in s.content.iter().filter(|p| !p.is_empty()) {
                let reached = tree.sentence(piece.start)..=tree.sentence(piece.end - 1);
                sentences[reached].iter_mut().for_each(|list| list.push((at as u32, piece.clone())));
            }
        }
        Pieces(sentences)
    }

    /// Numbers of the attributions in whose words a token stands, each once and in order.
    pub fn around(&self, tree: &Tree, token: usize) -> impl Iterator<Item = usize> + '_ {
        let mut last = None;
        let here = self.0.get(tree.sentence(token)).into_iter().flatten();
        let holding = here.filter(move |(_, piece)| piece.contains(&token)).map(|(at, _)| *at as usize);
        holding.filter(move |&at| last.replace(at) != Some(at))
    }
}
