//! What a run has done so far, and how long each stage took.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::batch::Skip;
use crate::languages::called;

/// What a run has done so far; all of it from the beginning, also when it was resumed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// Documents that were read, with those that failed and those that were passed over.
    pub documents: u64,
    /// Words of the documents that were worked on.
    pub words: u64,
    /// Records that were written.
    pub records: u64,
    /// Events that the output's format has no place for.
    pub left_out: u64,
    /// Documents that failed.
    pub errors: u64,
    /// Documents that are near copies of others.
    pub duplicates: u64,
    /// Documents passed over for their language, by language.
    pub languages: BTreeMap<String, u64>,
    /// Documents in a language that no rules serve, by language: not coded.
    #[serde(default)]
    pub unruled: BTreeMap<String, u64>,
}

impl Tally {
    /// Counts a document that was not coded for its language.
    pub fn pass_over(&mut self, skip: Option<&Skip>) {
        match skip {
            Some(Skip::Language(code)) => *self.languages.entry(code.clone()).or_default() += 1,
            Some(Skip::NoRules(code)) => *self.unruled.entry(code.clone()).or_default() += 1,
            Some(Skip::CopyOf(_)) | None => {}
        }
    }

    /// What was passed over, and what to do about it.
    pub fn passed_over(&self, copies_too: bool) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.languages.is_empty() {
            let (number, list) = summed(&self.languages);
            lines.push(format!(
                "{number} passed over for their language ({list}); --any-language takes them too, \
                 --model gives a language its model"
            ));
        }
        if !self.unruled.is_empty() {
            let (number, list) = summed(&self.unruled);
            let languages: Vec<String> = self.unruled.keys().map(|code| called(code)).collect();
            let languages = languages.join(" or ");
            lines.push(format!("{number} not coded ({list}): no rules serve {languages}"));
        }
        if self.left_out > 0 {
            let number = self.left_out;
            lines.push(format!(
                "{number} events left out that this format has no place for; docs/formats.md says which"
            ));
        }
        if copies_too && self.duplicates > 0 {
            let number = self.duplicates;
            lines.push(format!("{number} near copies of others passed over; --all takes them too, --duplicates FILE lists them"));
        }
        lines
    }
}

/// How many there are in all, and a list of how many by code.
fn summed(counts: &BTreeMap<String, u64>) -> (u64, String) {
    let each: Vec<String> = counts.iter().map(|(code, n)| format!("{code} {n}")).collect();
    (counts.values().sum(), each.join(", "))
}

/// The stages that are timed.
#[derive(Debug, Clone, Copy)]
pub enum Stage {
    /// Bytes to documents as found.
    Read,
    /// Pages to their main text.
    Extract,
    /// Language and near copies.
    Compare,
    /// Tagging, parsing, entities.
    Engine,
    /// From a parse to events.
    Code,
    /// Records to bytes, and bytes to the output.
    Write,
}

const NAMES: [&str; 6] = ["read", "extract", "compare", "engine", "code", "write"];

/// Time spent in each stage, over all threads.
pub struct Clock {
    start: Instant,
    spent: [AtomicU64; NAMES.len()],
}

impl Clock {
    /// A clock that starts now.
    pub fn new() -> Clock {
        Clock { start: Instant::now(), spent: Default::default() }
    }

    /// Since the start.
    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// Does something and counts its time to a stage.
    pub fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        let spent = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.spent[stage as usize].fetch_add(spent, Ordering::Relaxed);
        result
    }

    /// Seconds by stage.
    fn seconds(&self) -> BTreeMap<&'static str, f64> {
        let seconds = |spent: &AtomicU64| spent.load(Ordering::Relaxed) as f64 / 1e9;
        NAMES.iter().zip(&self.spent).map(|(name, spent)| (*name, seconds(spent))).collect()
    }
}

/// What `--stats` writes.
#[derive(Serialize)]
pub struct Stats<'a> {
    chancery: &'static str,
    /// Whether every document was seen.
    finished: bool,
    threads: usize,
    #[serde(flatten)]
    tally: &'a Tally,
    /// Of this run, without those before it was resumed.
    seconds: f64,
    words_per_second: f64,
    /// By stage, summed over threads.
    seconds_by_stage: BTreeMap<&'static str, f64>,
}

impl<'a> Stats<'a> {
    /// The figures of a run; `before` is what earlier runs that it resumed had done.
    pub fn new(clock: &Clock, tally: &'a Tally, before: &Tally, threads: usize, finished: bool) -> Stats<'a> {
        let seconds = clock.elapsed().as_secs_f64();
        Stats {
            chancery: env!("CARGO_PKG_VERSION"),
            finished,
            threads,
            tally,
            seconds,
            words_per_second: (tally.words - before.words) as f64 / seconds.max(1e-9),
            seconds_by_stage: clock.seconds(),
        }
    }
}
