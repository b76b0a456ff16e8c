//! What an arc-eager parser has done so far and may do next (`spacy/pipeline/_parser_internals/_state.pxd`,
//! `arc_eager.pyx`).

use super::{BREAK, LEFT, LabelId, REDUCE, RIGHT, SHIFT};

const NONE: i32 = -1;

/// Stack, buffer and arcs of one text.
#[derive(Debug, Default)]
pub(crate) struct State {
    heads: Vec<i32>,
    labels: Vec<LabelId>,
    /// The child last attached to a token from its left, and from its right.
    last_left: Vec<i32>,
    last_right: Vec<i32>,
    /// The child attached before this one on the same side of the same head.
    earlier: Vec<i32>,
    stack: Vec<i32>,
    /// Words that were put back, the next one last.
    put_back: Vec<i32>,
    next: i32,
    /// Words that were put back and may not be shifted again before something is attached to them.
    unshiftable: Vec<bool>,
    starts_sentence: Vec<bool>,
}

impl State {
    /// Begins a text of `count` tokens.
    pub(super) fn begin(&mut self, count: usize) {
        for links in [&mut self.heads, &mut self.last_left, &mut self.last_right, &mut self.earlier] {
            links.clear();
            links.resize(count, NONE);
        }
        for flags in [&mut self.unshiftable, &mut self.starts_sentence] {
            flags.clear();
            flags.resize(count, false);
        }
        self.labels.clear();
        self.labels.resize(count, 0);
        self.stack.clear();
        self.put_back.clear();
        self.next = 0;
    }

    /// Heads by token; -1 where there is none.
    pub(super) fn heads(&self) -> &[i32] {
        &self.heads
    }

    /// Labels by token, where there is a head.
    pub(super) fn labels(&self) -> &[LabelId] {
        &self.labels
    }

    /// Whether nothing is left to do.
    pub(super) fn is_final(&self) -> bool {
        self.stack.is_empty() && self.left_in_buffer() == 0
    }

    /// Fills in the tokens that the network looks at: 8 or 13 of them; -1 where there is none.
    pub(super) fn point(&self, tokens: &mut [i32]) {
        let [b0, b1] = [self.buffer(0), self.buffer(1)];
        let [s0, s1, s2] = [self.stack(0), self.stack(1), self.stack(2)];
        let left = |token, nth| self.child(&self.last_left, token, nth);
        let right = |token, nth| self.child(&self.last_right, token, nth);
        if tokens.len() == 8 {
            tokens.copy_from_slice(&[b0, b1, s0, s1, s2, left(b0, 1), left(s0, 1), right(s0, 1)]);
        } else {
            // spaCy's own list sets place 6 twice; L(S0, 2) is never seen.
            let [l, r] = [left(s0, 1), right(s0, 1)];
            let rest = [left(b0, 1), right(s0, 2), left(s1, 1), left(s1, 2), right(s1, 1), right(s1, 2)];
            tokens.copy_from_slice(&[
                b0, b1, s0, s1, s2, l, r, rest[0], rest[1], rest[2], rest[3], rest[4], rest[5],
            ]);
        }
    }

    /// The set of kinds of moves that may come next, as bits.
    pub(super) fn allowed(&self) -> usize {
        let (depth, left) = (self.stack.len(), self.left_in_buffer());
        let [b0, b1] = [self.buffer(0), self.buffer(1)];
        let begins = b0 >= 0 && self.starts_sentence[b0 as usize];
        let unshiftable = b0 >= 0 && self.unshiftable[b0 as usize];
        let shift = depth == 0 || left >= 2 && !begins && !unshiftable;
        let attach = depth > 0 && left > 0 && !begins;
        let breaks = left >= 2 && b1 == b0 + 1 && !self.starts_sentence[b1 as usize];
        usize::from(shift) << SHIFT
            | usize::from(depth > 0) << REDUCE
            | usize::from(attach) << LEFT
            | usize::from(attach) << RIGHT
            | usize::from(breaks) << BREAK
    }

    /// Makes a move that is allowed.
    pub(super) fn apply(&mut self, kind: usize, label: LabelId) {
        let (b0, s0) = (self.buffer(0), self.stack(0));
        match kind {
            SHIFT => self.push(),
            REDUCE if self.heads[s0 as usize] >= 0 || self.stack.len() == 1 => {
                self.stack.pop();
            }
            REDUCE => self.put_back(s0),
            LEFT => {
                self.attach(s0, b0, label);
                self.unshiftable[b0 as usize] = false;
                self.stack.pop();
            }
            RIGHT => {
                self.attach(b0, s0, label);
                self.push();
            }
            _ => {
                let b1 = self.buffer(1);
                self.starts_sentence[b1 as usize] = true;
            }
        }
    }

    fn left_in_buffer(&self) -> usize {
        self.heads.len() - self.next as usize + self.put_back.len()
    }

    fn stack(&self, nth: usize) -> i32 {
        self.stack.len().checked_sub(nth + 1).map_or(NONE, |i| self.stack[i])
    }

    fn buffer(&self, nth: usize) -> i32 {
        if let Some(i) = self.put_back.len().checked_sub(nth + 1) {
            return self.put_back[i];
        }
        let token = self.next + (nth - self.put_back.len()) as i32;
        if (token as usize) < self.heads.len() { token } else { NONE }
    }

    fn child(&self, last: &[i32], token: i32, nth: usize) -> i32 {
        let Ok(token) = usize::try_from(token) else { return NONE };
        let first = last[token];
        if nth == 1 || first == NONE { first } else { self.earlier[first as usize] }
    }

    fn push(&mut self) {
        let b0 = self.put_back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(b0);
    }

    fn put_back(&mut self, s0: i32) {
        self.unshiftable[s0 as usize] = true;
        self.put_back.push(s0);
        self.stack.pop();
    }

    fn attach(&mut self, child: i32, head: i32, label: LabelId) {
        self.detach(child);
        let last = if head > child { &mut self.last_left } else { &mut self.last_right };
        self.earlier[child as usize] = std::mem::replace(&mut last[head as usize], child);
        self.heads[child as usize] = head;
        self.labels[child as usize] = label;
    }

    /// Takes a token from its head. It is its head's last child on that side: the head was below it on the
    /// stack ever since.
    fn detach(&mut self, child: i32) {
        let Ok(head) = usize::try_from(self.heads[child as usize]) else { return };
        let lasts = if head as i32 > child { &mut self.last_left } else { &mut self.last_right };
        if lasts[head] == child {
            lasts[head] = self.earlier[child as usize];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(count: usize) -> State {
        let mut state = State::default();
        state.begin(count);
        state
    }

    fn pointed(state: &State) -> [i32; 8] {
        let mut tokens = [0; 8];
        state.point(&mut tokens);
        tokens
    }

    #[test]
    fn only_a_shift_may_come_first() {
        assert_eq!(begun(1).allowed(), 1 << SHIFT);
        assert_eq!(begun(2).allowed(), 1 << SHIFT | 1 << BREAK);
        assert!(begun(0).is_final());
    }

    #[test]
    fn a_new_head_replaces_the_old_one() {
        let mut state = begun(3);
        state.apply(SHIFT, 0);
        state.apply(RIGHT, 4);
        assert_eq!(pointed(&state), [2, -1, 1, 0, -1, -1, -1, -1]);
        state.apply(LEFT, 5);
        assert_eq!(state.heads(), [-1, 2, -1]);
        assert_eq!(state.labels()[1], 5);
        assert_eq!(pointed(&state), [2, -1, 0, -1, -1, 1, -1, -1]);
    }

    #[test]
    fn a_word_without_a_head_is_put_back_once() {
        let mut state = begun(3);
        state.apply(SHIFT, 0);
        state.apply(SHIFT, 0);
        state.apply(REDUCE, 0);
        assert_eq!(pointed(&state)[..3], [1, 2, 0]);
        assert_eq!(state.allowed() >> SHIFT & 1, 0);
        state.apply(RIGHT, 1);
        state.apply(REDUCE, 0);
        state.apply(REDUCE, 0);
        assert_eq!(state.heads(), [-1, 0, -1]);
    }

    #[test]
    fn arcs_do_not_cross_into_the_next_sentence() {
        let mut state = begun(2);
        state.apply(BREAK, 0);
        state.apply(SHIFT, 0);
        assert_eq!(state.allowed(), 1 << REDUCE);
        state.apply(REDUCE, 0);
        state.apply(SHIFT, 0);
        state.apply(REDUCE, 0);
        assert!(state.is_final());
    }
}
