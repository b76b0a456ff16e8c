//! A parse: heads, labels, and the sentences that they make (`spacy/tokens/doc.pyx`, `set_children_from_heads`).

use super::LabelId;

/// Rounds that spaCy makes to reach the edges of subtrees that cross.
const MOST_ROUNDS: usize = 12;

/// Heads and labels of one text's tokens.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Tree {
    /// Heads by token; a root is its own.
    pub(crate) heads: Vec<u32>,
    /// Labels by token.
    pub(crate) labels: Vec<LabelId>,
    /// Whether a token begins a sentence.
    pub(crate) starts: Vec<bool>,
    /// First and last token of each token's subtree.
    pub(super) edges: Vec<(u32, u32)>,
}

impl Tree {
    /// The tree of these heads; a token without one is a root.
    pub(super) fn new(heads: &[i32], labels: &[LabelId], root: LabelId) -> Tree {
        let own = |i: usize| if heads[i] < 0 { i as u32 } else { heads[i] as u32 };
        let label = |i: usize| if heads[i] < 0 { root } else { labels[i] };
        Tree {
            heads: (0..heads.len()).map(own).collect(),
            labels: (0..heads.len()).map(label).collect(),
            starts: Vec::new(),
            edges: Vec::new(),
        }
    }

    /// Sets edges, and from those of the roots where sentences begin.
    pub(super) fn find_sentences(&mut self) {
        self.set_edges();
        self.starts = self.left_edges_of_roots();
    }

    /// Sets the edges of all subtrees. Crossing arcs need more than one round; like spaCy, we stop once all
    /// heads are within their sentences, or after a dozen rounds.
    pub(super) fn set_edges(&mut self) {
        self.edges = (0..self.heads.len() as u32).map(|i| (i, i)).collect();
        for _ in 0..MOST_ROUNDS {
            self.widen_edges();
            if self.heads_are_within_sentences() {
                break;
            }
        }
    }

    fn widen_edges(&mut self) {
        let count = self.heads.len();
        for child in (0..count).chain((0..count).rev()) {
            let (left, right) = self.edges[child];
            let head = &mut self.edges[self.heads[child] as usize];
            *head = (head.0.min(left), head.1.max(right));
        }
    }

    fn left_edges_of_roots(&self) -> Vec<bool> {
        let mut starts = vec![false; self.heads.len()];
        for (i, _) in self.heads.iter().enumerate().filter(|&(i, &head)| head as usize == i) {
            starts[self.edges[i].0 as usize] = true;
        }
        starts
    }

    fn heads_are_within_sentences(&self) -> bool {
        let starts = self.left_edges_of_roots();
        let last = self.heads.len().saturating_sub(1);
        let mut start = 0;
        for end in (0..self.heads.len()).filter(|&i| i > 0 && starts[i] || i == last) {
            // As in spaCy, the token at `end` counts as within the sentence before it.
            let within = |&head: &u32| (start..=end).contains(&(head as usize));
            if !self.heads[start..end].iter().all(within) {
                return false;
            }
            start = end;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(heads: &[i32]) -> Tree {
        let mut tree = Tree::new(heads, &vec![1; heads.len()], 0);
        tree.find_sentences();
        tree
    }

    #[test]
    fn a_sentence_begins_at_the_left_edge_of_its_root() {
        let tree = tree(&[1, -1, 1, 4, -1]);
        assert_eq!(tree.starts, [true, false, false, true, false]);
        assert_eq!(tree.heads, [1, 1, 1, 4, 4]);
        assert_eq!(tree.labels, [1, 0, 1, 1, 0]);
    }

    #[test]
    fn crossing_arcs_are_followed_to_the_edge() {
        let tree = tree(&[2, 3, 4, 4, -1, 3]);
        assert_eq!(tree.edges[4], (0, 5));
        assert_eq!(tree.starts.iter().filter(|&&s| s).count(), 1);
    }

    #[test]
    fn an_empty_text_has_no_sentences() {
        assert_eq!(tree(&[]), Tree::default());
    }
}
