//! Runs a regular expression over text.

use super::PatternError;
use super::charset::CharSet;
use super::parse::Node;

/// Instructions that one alternative may have.
const LONGEST_PROGRAM: usize = 20_000;

/// Steps after which a run starts anew and remembers what has failed.
const BUDGET: usize = 2_000;

#[derive(Debug, Clone)]
enum Step {
    /// One character of the set with that number.
    Set(usize),
    Start,
    End,
    VeryEnd,
    /// Go on at the first place, and if that fails at the second.
    Split(usize, usize),
    Jump(usize),
    /// Go on at `next` if what begins after this step matches (or, negated, does not), `behind` characters
    /// before.
    Look {
        behind: usize,
        negated: bool,
        next: usize,
    },
    Match,
}

/// One alternative of a regular expression, compiled.
#[derive(Debug, Clone)]
pub(super) struct Program {
    steps: Vec<Step>,
    sets: Vec<CharSet>,
}

/// Memory that runs use again and again.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scratch {
    pending: Vec<(usize, usize)>,
}

/// What a run has tried: a budget of steps, and beyond it every place in program and text.
enum Tried {
    Steps(usize),
    Places(Vec<u64>),
}

impl Program {
    pub(super) fn new(node: &Node) -> Result<Program, PatternError> {
        let mut program = Program { steps: Vec::new(), sets: Vec::new() };
        program.add(node)?;
        program.steps.push(Step::Match);
        Ok(program)
    }

    /// The end of the match that begins at `start`.
    pub(super) fn run(&self, text: &[char], start: usize, scratch: &mut Scratch) -> Option<usize> {
        self.run_from(0, text, start, scratch)
    }

    fn run_from(&self, step: usize, text: &[char], start: usize, scratch: &mut Scratch) -> Option<usize> {
        let base = scratch.pending.len();
        let mut tried = Tried::Steps(0);
        let end = self.advance(step, text, start, scratch, &mut tried).unwrap_or_else(|| {
            scratch.pending.truncate(base);
            let places = self.steps.len() * (text.len() - start + 1);
            tried = Tried::Places(vec![0; places.div_ceil(64)]);
            self.advance(step, text, start, scratch, &mut tried).flatten()
        });
        scratch.pending.truncate(base);
        end
    }

    /// The end of the match, if there is one; nothing where the budget ran out.
    fn advance(
        &self,
        step: usize,
        text: &[char],
        start: usize,
        scratch: &mut Scratch,
        tried: &mut Tried,
    ) -> Option<Option<usize>> {
        let base = scratch.pending.len();
        scratch.pending.push((step, start));
        while scratch.pending.len() > base {
            let (mut step, mut at) = scratch.pending.pop()?;
            loop {
                if !tried.is_new(step * (text.len() - start + 1) + (at - start))? {
                    break;
                }
                match &self.steps[step] {
                    &Step::Set(set) if text.get(at).is_some_and(|&c| self.sets[set].contains(c)) => {
                        (step, at) = (step + 1, at + 1);
                    }
                    Step::Start if at == 0 => step += 1,
                    Step::End if at == text.len() || text[at..] == ['\n'] => step += 1,
                    Step::VeryEnd if at == text.len() => step += 1,
                    &Step::Split(first, second) => {
                        scratch.pending.push((second, at));
                        step = first;
                    }
                    &Step::Jump(next) => step = next,
                    &Step::Look { behind, negated, next } => {
                        let from = at.checked_sub(behind);
                        let found = from.and_then(|from| self.run_from(step + 1, text, from, scratch));
                        if found.is_some() == negated {
                            break;
                        }
                        step = next;
                    }
                    Step::Match => return Some(Some(at)),
                    _ => break,
                }
            }
        }
        Some(None)
    }

    fn add(&mut self, node: &Node) -> Result<(), PatternError> {
        if self.steps.len() > LONGEST_PROGRAM {
            return Err(PatternError::TooLarge);
        }
        match node {
            Node::Set(set) => self.add_set(set),
            Node::Start => self.steps.push(Step::Start),
            Node::End => self.steps.push(Step::End),
            Node::VeryEnd => self.steps.push(Step::VeryEnd),
            Node::Sequence(parts) => parts.iter().try_for_each(|part| self.add(part))?,
            Node::Choice(parts) => self.add_choice(parts)?,
            Node::Repeat { node, least, most, greedy } => self.add_repeat(node, *least, *most, *greedy)?,
            Node::Ahead { node, negated } => self.add_look(node, 0, *negated)?,
            Node::Behind { node, width, negated } => self.add_look(node, *width, *negated)?,
        }
        Ok(())
    }

    fn add_set(&mut self, set: &CharSet) {
        let known = self.sets.iter().position(|other| other == set);
        self.steps.push(Step::Set(known.unwrap_or(self.sets.len())));
        if known.is_none() {
            self.sets.push(set.clone());
        }
    }

    fn add_choice(&mut self, parts: &[Node]) -> Result<(), PatternError> {
        let mut jumps = Vec::new();
        for (i, part) in parts.iter().enumerate() {
            let split = self.steps.len();
            let is_last = i + 1 == parts.len();
            if !is_last {
                self.steps.push(Step::Match);
            }
            self.add(part)?;
            if !is_last {
                jumps.push(self.steps.len());
                self.steps.push(Step::Match);
                self.steps[split] = Step::Split(split + 1, self.steps.len());
            }
        }
        let end = self.steps.len();
        jumps.into_iter().for_each(|jump| self.steps[jump] = Step::Jump(end));
        Ok(())
    }

    fn add_repeat(
        &mut self,
        node: &Node,
        least: u32,
        most: Option<u32>,
        greedy: bool,
    ) -> Result<(), PatternError> {
        (0..least).try_for_each(|_| self.add(node))?;
        match most {
            Some(most) => self.add_optionals(node, most - least, greedy),
            None => self.add_loop(node, greedy),
        }
    }

    /// `node` up to `most` times; to leave out one is to leave out all that follow.
    fn add_optionals(&mut self, node: &Node, most: u32, greedy: bool) -> Result<(), PatternError> {
        let mut splits = Vec::new();
        for _ in 0..most {
            splits.push(self.steps.len());
            self.steps.push(Step::Match);
            self.add(node)?;
        }
        let end = self.steps.len();
        splits.into_iter().for_each(|split| self.steps[split] = choose(split + 1, end, greedy));
        Ok(())
    }

    fn add_loop(&mut self, node: &Node, greedy: bool) -> Result<(), PatternError> {
        let split = self.steps.len();
        self.steps.push(Step::Match);
        self.add(node)?;
        self.steps.push(Step::Jump(split));
        self.steps[split] = choose(split + 1, self.steps.len(), greedy);
        Ok(())
    }

    fn add_look(&mut self, node: &Node, behind: usize, negated: bool) -> Result<(), PatternError> {
        let look = self.steps.len();
        self.steps.push(Step::Match);
        self.add(node)?;
        self.steps.push(Step::Match);
        self.steps[look] = Step::Look { behind, negated, next: self.steps.len() };
        Ok(())
    }
}

fn choose(inside: usize, after: usize, greedy: bool) -> Step {
    if greedy { Step::Split(inside, after) } else { Step::Split(after, inside) }
}

impl Tried {
    /// Whether this place has not been tried before, as far as is remembered; nothing where the budget has
    /// run out.
    fn is_new(&mut self, place: usize) -> Option<bool> {
        match self {
            Tried::Steps(steps) => {
                *steps += 1;
                (*steps <= BUDGET).then_some(true)
            }
            Tried::Places(places) => {
                let (word, bit) = (place / 64, 1 << (place % 64));
                let new = places[word] & bit == 0;
                places[word] |= bit;
                Some(new)
            }
        }
    }
}
