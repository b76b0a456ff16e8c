//! Which states a text has spoken of, how often, and which last: what "both countries" may be.

use std::collections::HashMap;

use super::Party;

/// The states spoken of so far.
#[derive(Debug, Default)]
pub struct Spoken {
    /// How many of the document's mentions are counted.
    pub read: usize,
    states: Vec<State>,
    by_code: HashMap<Option<String>, usize>,
    mentions: usize,
}

#[derive(Debug)]
struct State {
    party: Party,
    times: usize,
    /// Number of its last mention.
    last: usize,
}

impl Spoken {
    /// Counts a mention.
    pub fn add(&mut self, party: Party) {
        self.mentions += 1;
        let next = self.states.len();
        let number = *self.by_code.entry(party.code.clone()).or_insert(next);
        if number == next {
            self.states.push(State { party, times: 1, last: self.mentions });
        } else {
            let state = &mut self.states[number];
            (state.party, state.times, state.last) = (party, state.times + 1, self.mentions);
        }
    }

    /// How often each state but one was spoken of, the one spoken of last first.
    pub fn but(&self, one: Option<&String>) -> Vec<(usize, Party)> {
        let mut others: Vec<&State> = self.states.iter().filter(|s| s.party.code.as_ref() != one).collect();
        others.sort_by_key(|s| std::cmp::Reverse(s.last));
        others.into_iter().map(|s| (s.times, s.party.clone())).collect()
    }
}
