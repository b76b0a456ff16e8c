//! The time expressions of a document by where they stand, so that an act looks at those of its sentence and not at all.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use super::events::{dated_by, is_event};
use super::{Days, TimeExpression};
use crate::predicates::Scene;

/// The time expressions of a document, in text order, with their indexes.
#[derive(Debug)]
pub struct Expressions<'t> {
    /// All of them.
    pub all: &'t [TimeExpression],
    /// First and last of those behind "since", by their days and words.
    since: HashMap<(Option<Days>, String), (usize, usize)>,
    /// Those that date an event, by its noun.
    events: OnceCell<HashMap<String, Vec<usize>>>,
}

/// The expressions that an act may take its date from: all but those of an event beside which it is told.
#[derive(Debug, Clone)]
pub struct Times<'e> {
    of: &'e Expressions<'e>,
    aside: Range<usize>,
}

impl<'t> Expressions<'t> {
    /// Indexes the expressions of a document.
    pub fn new(scene: &Scene, all: &'t [TimeExpression]) -> Self {
        let mut since = HashMap::new();
        for (number, time) in all.iter().enumerate().filter(|(_, t)| is_behind_since(scene, t)) {
            let key = (time.days, time.words(scene).to_owned());
            since.entry(key).and_modify(|(_, last)| *last = number).or_insert((number, number));
        }
        Expressions { all, since, events: OnceCell::new() }
    }

    /// All of them as those that an act may take its date from.
    pub fn times(&'t self) -> Times<'t> {
        Times { of: self, aside: 0..0 }
    }

    /// Numbers of those that share a token with a stretch.
    fn within(&self, tokens: &Range<usize>) -> Range<usize> {
        let first = self.all.partition_point(|t| t.tokens.end <= tokens.start);
        first..self.all.partition_point(|t| t.tokens.start < tokens.end).max(first)
    }

    fn by_event(&self, scene: &Scene) -> &HashMap<String, Vec<usize>> {
        self.events.get_or_init(|| {
            let mut events: HashMap<String, Vec<usize>> = HashMap::new();
            for (number, time) in self.all.iter().enumerate().filter(|(_, t)| t.kind == "DATE") {
                let fine = time.days.filter(|d| matches!(d.granularity, "day" | "month"));
                for dated in fine.map(|days| dated_by(scene, &time.tokens, days)).unwrap_or_default() {
                    events.entry(dated.lemma).or_default().push(number);
                }
            }
            events
        })
    }
}

impl<'e> Times<'e> {
    /// Those that share a token with a stretch, in text order.
    pub fn within(&self, tokens: &Range<usize>) -> impl Iterator<Item = &'e TimeExpression> + use<'e> {
        let (of, aside) = (self.of, self.aside.clone());
        of.within(tokens).filter(move |n| !aside.contains(n)).map(move |n| &of.all[n])
    }

    /// The same with the one before and the one behind.
    pub fn around(&self, tokens: &Range<usize>) -> Vec<&'e TimeExpression> {
        let inside = self.of.within(tokens);
        let is_left = |n: &usize| !self.aside.contains(n);
        let before = (0..inside.start).rev().find(is_left);
        let behind = (inside.end..self.of.all.len()).find(is_left);
        let numbers = before.into_iter().chain(inside.filter(is_left)).chain(behind);
        numbers.map(|n| &self.of.all[n]).collect()
    }

    /// These without those that begin in a phrase.
    pub fn without(&self, phrase: &Range<usize>) -> Times<'e> {
        let before = |at: usize| self.of.all.partition_point(|t| t.tokens.start < at);
        Times { of: self.of, aside: before(phrase.start)..before(phrase.end) }
    }

    /// Whether one of these days and words stands behind "since".
    pub fn is_since(&self, days: Option<Days>, words: &str) -> bool {
        let ends = self.of.since.get(&(days, words.to_owned()));
        ends.is_some_and(|(first, last)| *first < self.aside.start || *last >= self.aside.end)
    }

    /// The days of a noun that an expression before it dated: "the summit".
    pub fn of_event(&self, scene: &Scene, noun: usize) -> Option<Days> {
        let lemma = scene.tree.lemma(noun).to_lowercase();
        if !is_event(&lemma) || !scene.tree.has(noun, &["det", "poss"]) {
            return None;
        }
        let numbers = self.of.by_event(scene).get(&lemma)?;
        let before = numbers.partition_point(|&n| self.of.all[n].tokens.end <= noun);
        let last = numbers[..before].iter().rev().find(|n| !self.aside.contains(n))?;
        self.of.all[*last].days
    }
}

fn is_behind_since(scene: &Scene, time: &TimeExpression) -> bool {
    time.tokens.start > 0 && scene.tree.lemma(time.tokens.start - 1).eq_ignore_ascii_case("since")
}

impl TimeExpression {
    /// The words of the expression; of one that counts from an event, also which event that is.
    pub fn words<'a>(&'a self, scene: &Scene<'a>) -> &'a str {
        let words = &scene.tree.document()[self.span.range()];
        if self.basis.starts_with(words) { &self.basis } else { words }
    }
}
