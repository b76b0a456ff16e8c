//! The parse of a document as a tree to walk: children, subtrees, spans, the questions every stage asks.

use std::ops::Range;

use chancery_language::{Annotation, Pos, Token};
use chancery_text::Span;

/// A document's parse. Tokens are named by their index; all offsets are bytes of the view.
#[derive(Debug)]
pub struct Tree<'t> {
    text: &'t str,
    tokens: &'t [Token],
    sentences: &'t [Range<usize>],
    sentence_of: Vec<u32>,
    /// Children of token `i`: `children[first[i]..first[i + 1]]`, in text order.
    children: Vec<u32>,
    first: Vec<u32>,
    /// Which labels the children of a token have, a bit each ([`bit`]): most questions about children are answered by it.
    below: Vec<u64>,
    /// First and last token of what is below a token, itself included.
    edges: Vec<(u32, u32)>,
    /// Whether a token is a verb in the passive.
    passive: Vec<bool>,
    /// When a walk through the tree enters token `i`, and when it has left what is below it.
    visits: Vec<(u32, u32)>,
}

impl<'t> Tree<'t> {
    /// Indexes the parse of `text`.
    pub fn new(text: &'t str, annotation: &'t Annotation) -> Self {
        let tokens = &annotation.tokens[..];
        let mut sentence_of = vec![0; tokens.len()];
        for (number, sentence) in annotation.sentences.iter().enumerate() {
            sentence_of[sentence.clone()].fill(number as u32);
        }
        let (first, children) = index_children(tokens);
        let (visits, order) = visits(tokens, &first, &children);
        let mut below = vec![0; tokens.len()];
        for token in tokens.iter().enumerate().filter(|(i, t)| t.head as usize != *i).map(|(_, t)| t) {
            below[token.head as usize] |= bit(token.dep);
        }
        let edges = edges(tokens, &order);
        let sentences = &annotation.sentences[..];
        let passive = vec![false; tokens.len()];
        let mut tree =
            Tree { text, tokens, sentences, sentence_of, children, first, below, edges, passive, visits };
        for i in order {
            // Heads come before what hangs on them.
            tree.passive[i as usize] = tree.stands_in_passive(i as usize);
        }
        tree
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The view's text.
    pub fn document(&self) -> &'t str {
        self.text
    }

    /// Sentences as ranges of tokens.
    pub fn sentences(&self) -> &'t [Range<usize>] {
        self.sentences
    }

    /// Number of the sentence that token `i` is in.
    pub fn sentence(&self, i: usize) -> usize {
        self.sentence_of[i] as usize
    }

    /// The token itself.
    pub fn token(&self, i: usize) -> &'t Token {
        &self.tokens[i]
    }

    /// Its words.
    pub fn text(&self, i: usize) -> &'t str {
        self.tokens[i].text(self.text)
    }

    /// Its lemma.
    pub fn lemma(&self, i: usize) -> &'t str {
        &self.tokens[i].lemma
    }

    /// Its dependency label.
    pub fn dep(&self, i: usize) -> &'static str {
        self.tokens[i].dep
    }

    /// Its part of speech.
    pub fn pos(&self, i: usize) -> Pos {
        self.tokens[i].pos
    }

    /// Its fine-grained tag.
    pub fn tag(&self, i: usize) -> &'static str {
        self.tokens[i].tag
    }

    /// Its head; `None` for a root.
    pub fn head(&self, i: usize) -> Option<usize> {
        let head = self.tokens[i].head as usize;
        (head != i).then_some(head)
    }

    /// Its children in text order.
    pub fn children(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + Clone + '_ {
        self.children[self.first[i] as usize..self.first[i + 1] as usize].iter().map(|&c| c as usize)
    }

    /// Its children with one of these labels.
    pub fn by_dep<'a>(&'a self, i: usize, deps: &'a [&str]) -> impl Iterator<Item = usize> + 'a {
        self.likely(i, deps).filter(|&c| deps.contains(&self.dep(c)))
    }

    /// Its first child with one of these labels.
    pub fn child(&self, i: usize, deps: &[&str]) -> Option<usize> {
        self.likely(i, deps).find(|&c| deps.contains(&self.dep(c)))
    }

    /// Its children, or none where none has one of these labels for sure.
    fn likely(&self, i: usize, deps: &[&str]) -> impl Iterator<Item = usize> + '_ {
        let none = deps.iter().all(|dep| self.below[i] & bit(dep) == 0);
        let last = if none { self.first[i] } else { self.first[i + 1] };
        self.children[self.first[i] as usize..last as usize].iter().map(|&c| c as usize)
    }

    /// Whether a child has one of these labels.
    pub fn has(&self, i: usize, deps: &[&str]) -> bool {
        self.child(i, deps).is_some()
    }

    /// Its ancestors from the head up.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        // A parse is a tree, but a bound costs nothing and a damaged one must not hang.
        std::iter::successors(self.head(i), |&h| self.head(h)).take(self.len())
    }

    /// `i` and what is coordinated with it.
    pub fn conjuncts(&self, i: usize) -> Vec<usize> {
        let mut all = vec![i];
        let mut next = 0;
        while next < all.len() {
            all.extend(self.by_dep(all[next], &["conj"]));
            next += 1;
        }
        all
    }

    /// The first of a coordination that `i` is part of.
    pub fn first_conjunct(&self, mut i: usize) -> usize {
        while self.dep(i) == "conj" {
            match self.head(i) {
                Some(head) => i = head,
                None => break,
            }
        }
        i
    }

    /// Bytes of token `i`.
    pub fn span(&self, i: usize) -> Span {
        Span::new(self.tokens[i].start as usize, self.tokens[i].end as usize)
    }

    /// Bytes from token `a` to token `b`, both included.
    pub fn span_of(&self, tokens: Range<usize>) -> Span {
        Span::new(self.span(tokens.start).start, self.span(tokens.end - 1).end)
    }

    /// The tokens between the outermost descendants of `i`.
    pub fn phrase(&self, i: usize) -> Range<usize> {
        let (low, high) = self.edges[i];
        low as usize..high as usize + 1
    }

    /// [`Tree::phrase`] as far as `keep` lets the walk go down.
    pub fn subtree(&self, i: usize, keep: impl Fn(usize) -> bool) -> Range<usize> {
        let (mut low, mut high) = (i, i);
        let mut open = vec![i];
        while let Some(at) = open.pop() {
            low = low.min(at);
            high = high.max(at);
            open.extend(self.children(at).filter(|&c| keep(c)));
        }
        low..high + 1
    }

    /// Those of a stretch of tokens whose heads lie outside it, in text order; a phrase has one.
    pub fn tops(&self, tokens: Range<usize>) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let whole = tokens.clone();
        tokens.filter(move |&t| self.head(t).is_none_or(|h| !whole.contains(&h)))
    }

    /// Whether `below` is `above` or a descendant of it.
    pub fn under(&self, below: usize, above: usize) -> bool {
        let ((entered, _), (from, to)) = (self.visits[below], self.visits[above]);
        below == above || (from <= entered && entered < to)
    }

    /// Whether token `i` stands in the passive: its surface subject is its object.
    pub fn is_passive(&self, i: usize) -> bool {
        self.passive[i]
    }

    fn stands_in_passive(&self, i: usize) -> bool {
        if self.has(i, &["nsubjpass", "auxpass"]) {
            return true;
        }
        if self.tag(i) != "VBN" || self.has(i, &["aux", "dobj"]) {
            return false;
        }
        match self.dep(i) {
            "acl" | "relcl" | "amod" | "advcl" | "oprd" => true,
            "conj" => self.head(i).is_some_and(|h| self.passive[h]),
            "ROOT" | "ccomp" => self.has(i, &["agent"]),
            _ => false,
        }
    }

    /// Whether the token is a word of content or a name, not punctuation or space.
    pub fn is_word(&self, i: usize) -> bool {
        !matches!(self.pos(i), Pos::Punct | Pos::Space | Pos::Sym | Pos::None)
    }

    /// Whether the token is a noun or a name.
    pub fn is_nominal(&self, i: usize) -> bool {
        matches!(self.pos(i), Pos::Noun | Pos::Propn) || self.tag(i).starts_with("NN")
    }

    /// Whether the token is a verb.
    pub fn is_verb(&self, i: usize) -> bool {
        matches!(self.pos(i), Pos::Verb | Pos::Aux)
    }
}

/// Whether one of some stretches of tokens, in order and apart, has this one.
pub fn holds(stretches: &[Range<usize>], token: usize) -> bool {
    let after = stretches.partition_point(|s| s.start <= token);
    stretches[..after].last().is_some_and(|s| s.contains(&token))
}

/// A label as one bit of 64; some share one.
fn bit(dep: &str) -> u64 {
    let bytes = dep.as_bytes();
    let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else { return 1 };
    1 << ((usize::from(first) * 5 + usize::from(last) * 3 + bytes.len()) % 64)
}

/// First and last token below each, in reverse of an order in which heads come first.
fn edges(tokens: &[Token], order: &[u32]) -> Vec<(u32, u32)> {
    let mut edges: Vec<(u32, u32)> = (0..tokens.len() as u32).map(|i| (i, i)).collect();
    for &i in order.iter().rev() {
        let (low, high) = edges[i as usize];
        let head = &mut edges[tokens[i as usize].head as usize];
        *head = (head.0.min(low), head.1.max(high));
    }
    edges
}

/// A walk through each tree from its root, so that who is under whom needs no climbing, and its order.
fn visits(tokens: &[Token], first: &[u32], children: &[u32]) -> (Vec<(u32, u32)>, Vec<u32>) {
    let mut visits = vec![(0, 0); tokens.len()];
    let mut order = Vec::with_capacity(tokens.len());
    let mut clock = 0;
    let roots = tokens.iter().enumerate().filter(|(i, t)| t.head as usize == *i).map(|(i, _)| i);
    for root in roots {
        let mut path = vec![(root, first[root])];
        visits[root].0 = clock;
        order.push(root as u32);
        clock += 1;
        while let Some((token, next)) = path.last_mut() {
            if *next < first[*token + 1] {
                let child = children[*next as usize] as usize;
                *next += 1;
                visits[child].0 = clock;
                order.push(child as u32);
                clock += 1;
                path.push((child, first[child]));
            } else {
                visits[*token].1 = clock;
                path.pop();
            }
        }
    }
    (visits, order)
}

fn index_children(tokens: &[Token]) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0u32; tokens.len() + 1];
    let arcs = || tokens.iter().enumerate().filter(|(i, t)| t.head as usize != *i);
    for (_, token) in arcs() {
        first[token.head as usize + 1] += 1;
    }
    for i in 0..tokens.len() {
        first[i + 1] += first[i];
    }
    let mut next = first.clone();
    let mut children = vec![0; tokens.len()];
    for (i, token) in arcs() {
        children[next[token.head as usize] as usize] = i as u32;
        next[token.head as usize] += 1;
    }
    (first, children)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A parse with these heads and labels, of words of one letter.
    fn annotation(heads: &[usize], dep: impl Fn(usize) -> &'static str, tag: &'static str) -> Annotation {
        let token = |(t, &head): (usize, &usize)| Token {
            start: 2 * t as u32,
            end: 2 * t as u32 + 1,
            space_after: true,
            pos: Pos::Verb,
            tag,
            morph: "",
            lemma: "x".into(),
            head: head as u32,
            dep: dep(t),
        };
        let tokens = heads.iter().enumerate().map(token).collect();
        Annotation { tokens, sentences: std::iter::once(0..heads.len()).collect(), entities: Vec::new() }
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_heads_is_a_tree() {
        let count = 100_000;
        let heads: Vec<usize> = (0..count).map(|t: usize| t.saturating_sub(1)).collect();
        let chain = annotation(&heads, |t| if t == 0 { "acl" } else { "conj" }, "VBN");
        let text = "x ".repeat(count);
        let tree = Tree::new(&text, &chain);
        assert_eq!(tree.phrase(0), 0..count);
        assert!(tree.under(count - 1, 0) && !tree.under(0, 1));
        assert!(tree.is_passive(count - 1), "the first of the coordination is");
        assert_eq!(tree.first_conjunct(count - 1), 0);
    }

    #[test]
    fn children_are_asked_for_by_label() {
        let deps = ["nsubj", "ROOT", "dobj", "prep", "dobj"];
        let annotation = annotation(&[1, 1, 1, 1, 3], |t| deps[t], "NN");
        let tree = Tree::new("x x x x x", &annotation);
        assert_eq!(tree.child(1, &["dobj"]), Some(2));
        assert_eq!(tree.by_dep(1, &["prep", "nsubj"]).collect::<Vec<_>>(), [0, 3]);
        assert!(!tree.has(1, &["agent"]) && !tree.has(2, &["dobj"]));
        assert_eq!((tree.phrase(3), tree.phrase(1)), (3..5, 0..5));
    }

    #[test]
    fn stretches_hold_their_tokens() {
        let stretches = [2..4, 6..9];
        assert_eq!((0..10).filter(|&t| holds(&stretches, t)).collect::<Vec<_>>(), [2, 3, 6, 7, 8]);
    }
}
