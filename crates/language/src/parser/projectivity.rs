//! Brings back crossing arcs: a label `X||Y` says that the true head is a token labelled `Y` below the present
//! one (`spacy/pipeline/_parser_internals/nonproj.pyx`, after Nivre and Nilsson 2005).

use std::collections::{HashMap, VecDeque};

use super::{LabelId, Tree};

/// What a decorated label says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decoration {
    /// The token's own label.
    pub(super) own: LabelId,
    /// The label of its head.
    pub(super) head: LabelId,
}

/// Moves every token with a decorated label to its true head.
pub(super) fn undo(tree: &mut Tree, decorations: &[Option<Decoration>], is_space: &[bool]) {
    let decorated = |label: LabelId| decorations[label as usize];
    if !tree.labels.iter().any(|&label| decorated(label).is_some()) {
        return;
    }
    tree.set_edges();
    let mut children = Children::new(&tree.heads);
    for token in 0..tree.heads.len() {
        let Some(decoration) = decorated(tree.labels[token]) else { continue };
        if let Some(head) = find_head(tree, &children, token, decoration.head, is_space) {
            tree.heads[token] = head as u32;
            children.moved.entry(head as u32).or_default().push(token as u32);
        }
        tree.labels[token] = decoration.own;
    }
}

/// Children by head, as they were before any token moved, and the tokens that did by their new heads.
struct Children {
    first: Vec<u32>,
    tokens: Vec<u32>,
    moved: HashMap<u32, Vec<u32>>,
}

impl Children {
    fn new(heads: &[u32]) -> Children {
        let mut first = vec![0; heads.len() + 1];
        for &head in heads {
            first[head as usize + 1] += 1;
        }
        for i in 0..heads.len() {
            first[i + 1] += first[i];
        }
        let (mut next, mut tokens) = (first.clone(), vec![0; heads.len()]);
        for (token, &head) in heads.iter().enumerate() {
            tokens[next[head as usize] as usize] = token as u32;
            next[head as usize] += 1;
        }
        Children { first, tokens, moved: HashMap::new() }
    }

    /// The children of a token, in order. As in spaCy, those that moved there from beyond its edges are not seen.
    fn of(&self, tree: &Tree, head: usize, out: &mut Vec<usize>) {
        out.clear();
        let (left, right) = tree.edges[head];
        let here = |&&token: &&u32| tree.heads[token as usize] as usize == head && token as usize != head;
        let original = &self.tokens[self.first[head] as usize..self.first[head + 1] as usize];
        out.extend(original.iter().filter(here).map(|&token| token as usize));
        let moved = self.moved.get(&(head as u32)).into_iter().flatten();
        let moved = moved.filter(|&&token| (left..=right).contains(&token));
        let before = out.len();
        out.extend(moved.map(|&token| token as usize));
        if out.len() > before {
            out.sort_unstable();
            out.dedup();
        }
    }
}

/// The first token labelled `label` below the head of `token`, breadth first; spaces are not looked at.
fn find_head(
    tree: &Tree,
    children: &Children,
    token: usize,
    label: LabelId,
    is_space: &[bool],
) -> Option<usize> {
    let mut queue = VecDeque::from([tree.heads[token] as usize]);
    let mut below = Vec::new();
    while let Some(head) = queue.pop_front() {
        children.of(tree, head, &mut below);
        for &child in below.iter().filter(|&&child| child != token && !is_space[child]) {
            if tree.labels[child] == label {
                return Some(child);
            }
            queue.push_back(child);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: LabelId = 0;
    const OBJECT: LabelId = 1;
    const CLAUSE_OF_OBJECT: LabelId = 2;
    const CLAUSE: LabelId = 3;

    fn undone(heads: &[i32], labels: &[LabelId], is_space: &[bool]) -> Tree {
        let mut tree = Tree::new(heads, labels, ROOT);
        let decoration = Decoration { own: CLAUSE, head: OBJECT };
        undo(&mut tree, &[None, None, Some(decoration), None], is_space);
        tree
    }

    #[test]
    fn a_decorated_token_moves_below_the_token_it_names() {
        let tree = undone(&[-1, 0, 0, 2], &[ROOT, OBJECT, CLAUSE_OF_OBJECT, OBJECT], &[false; 4]);
        assert_eq!(tree.heads, [0, 0, 1, 2]);
        assert_eq!(tree.labels[2], CLAUSE);
    }

    #[test]
    fn it_stays_where_there_is_no_such_token() {
        let tree = undone(&[-1, 0, 0], &[ROOT, CLAUSE, CLAUSE_OF_OBJECT], &[false; 3]);
        assert_eq!((tree.heads[2], tree.labels[2]), (0, CLAUSE));
        let spaces = [false, true, false];
        let tree = undone(&[-1, 0, 0], &[ROOT, OBJECT, CLAUSE_OF_OBJECT], &spaces);
        assert_eq!(tree.heads[2], 0);
    }
}
