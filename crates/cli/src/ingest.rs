//! `chancery ingest`: documents are read and coded into a store, and their reports are merged.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use anyhow::Context;
use chancery_coder::Coded;
use chancery_reader::Copies;
use chancery_store::{Entry, Known, Store, fingerprint};
use chancery_text::Document;
use chancery_writer as write;

use crate::args::{Global, Ingest, Passing, Shard};
use crate::batch::{Copying, Done, Skip};
use crate::coding;
use crate::documents::{Plan, flow};
use crate::flow::Next;
use crate::gate::Gate;
use crate::interrupt;
use crate::output::Output;
use crate::progress::Progress;
use crate::run::policy;
use crate::session::{Outcome, check};
use crate::tally::{Clock, Tally};
use crate::terminal;

/// What a document gave.
enum Ingested {
    /// The store is to have it.
    New(Box<Entry>),
    /// The store has it.
    Known,
    /// It is passed over.
    Skipped,
}

/// Documents that are written in one transaction at most, and how long the first of them waits.
const BATCH: usize = 64;
const WAIT: Duration = Duration::from_secs(1);

/// Reads and codes documents into a store.
pub fn ingest(ingest: Ingest, global: &Global) -> anyhow::Result<Outcome> {
    check(&ingest.reading)?;
    let mut store = Store::write(&ingest.storing.store)?;
    let errors = ingest.errors.as_deref().map(|file| Output::open(Some(file))).transpose()?;
    let known = if ingest.recode { Known::default() } else { store.known()? };
    let (engines, coders) = coding::engines_and_coders(global)?;
    let version = version(global)?;
    let passing = Passing { all: false, any_language: ingest.any_language };
    let policy = policy(passing, Copying::Ignore, &engines, &coders);
    let (clock, copies) = (Clock::new(), Gate::new(None::<Copies>));
    let plan = Plan {
        reading: &ingest.reading,
        policy: &policy,
        copies: &copies,
        clock: &clock,
        threads: terminal::threads(global),
        from: 0,
        shard: Shard::default(),
        stop: interrupt::listen()?,
    };
    let mut keeper = Keeper {
        progress: Progress::new(&ingest.reading.inputs, ingest.quiet),
        store: &mut store,
        waiting: Vec::new(),
        since: Instant::now(),
        seen: BTreeSet::new(),
        errors,
        tally: Tally::default(),
        counts: Counts::default(),
    };
    let make = || {
        let mut workers = engines.workers();
        let (coders, clock, known, version) = (&coders, &clock, &known, version.as_str());
        move |documents: &[Document]| {
            let new = |d: &&Document| !known.has(&d.id, fingerprint(&write::source(d), version));
            let fresh: Vec<Document> = documents.iter().filter(new).cloned().collect();
            let mut coded =
                coding::code(&mut workers, coders, clock, &fresh).into_iter().zip(&fresh).peekable();
            let each = documents.iter().map(|document| match coded.next_if(|(_, d)| d.id == document.id) {
                Some((coded, document)) => entry(document, coded, version),
                None => Ok(Ingested::Known),
            });
            each.collect()
        }
    };
    let skipped = |_: &Document, _: &Skip| Ok(Ingested::Skipped);
    flow(&plan, make, skipped, |next| match next {
        Next::Result(done) => keeper.take(done),
        Next::Wait => Ok(()),
        // The thread that reads may wait for input that never comes, so there is nobody to wait for.
        Next::Stopped => keeper.write().map(|()| keeper.interrupted()),
    })?;
    keeper.finish(ingest.quiet)
}

/// What a document's coding is kept as.
fn entry(document: &Document, coded: Coded, version: &str) -> io::Result<Ingested> {
    let sentences = coded.annotated.sentences.unwrap_or_default();
    let events = coded.annotated.events.unwrap_or_default();
    let entry = Entry::new(write::source(document), &sentences, events, version);
    entry.map(|entry| Ingested::New(Box::new(entry))).map_err(io::Error::other)
}

/// What codes the documents: the program, its rules, the model, and tables of the user's own. When any of them changes,
/// documents that come again are coded again.
fn version(global: &Global) -> anyhow::Result<String> {
    let models: Vec<String> = global.model.iter().map(|path| path.display().to_string()).collect();
    let model = models.join(" ");
    let mut version = format!("{} {} {model}", env!("CARGO_PKG_VERSION"), chancery_coder::rules_digest());
    for path in global.world.iter().chain(&global.rules) {
        for file in walkdir::WalkDir::new(path).sort_by_file_name() {
            let file = file.with_context(|| format!("cannot read {}", path.display()))?;
            if file.file_type().is_file() {
                let text = fs::read_to_string(file.path())
                    .with_context(|| format!("cannot read {} as UTF-8 text", file.path().display()))?;
                version.push_str(&format!("\0{}\0{text}", file.path().display()));
            }
        }
    }
    Ok(version)
}

/// What a run did to the store.
#[derive(Default)]
struct Counts {
    new: u64,
    known: u64,
    reports: u64,
}

/// Writes what comes out of the workers into the store.
struct Keeper<'a> {
    store: &'a mut Store,
    /// Documents that wait to be written together.
    waiting: Vec<Entry>,
    since: Instant,
    /// Identifiers of the documents of this run.
    seen: BTreeSet<String>,
    errors: Option<Output>,
    progress: Progress,
    tally: Tally,
    counts: Counts,
}

impl Keeper<'_> {
    fn take(&mut self, done: Done<Ingested>) -> io::Result<()> {
        let Some(result) = done.result else { return Ok(()) };
        self.tally.documents += 1;
        self.tally.words += done.words;
        self.tally.pass_over(done.skip.as_ref());
        match result {
            Ok(Ingested::New(entry)) => self.add(*entry)?,
            Ok(Ingested::Known) => self.counts.known += 1,
            Ok(Ingested::Skipped) => {}
            Err(problem) => {
                self.tally.errors += 1;
                self.progress.say(&format!("chancery: {}: {}", problem.place, problem.problem));
                if let Some(errors) = &mut self.errors {
                    serde_json::to_writer(&mut *errors, &problem)?;
                    errors.write_all(b"\n")?;
                }
            }
        }
        self.progress.show(&self.tally, &Tally::default(), done.bytes);
        Ok(())
    }

    fn add(&mut self, entry: Entry) -> io::Result<()> {
        if !self.seen.insert(entry.document().to_owned()) {
            let line = "comes twice in this input; the later one takes the earlier one's place";
            self.progress.say(&format!("chancery: {}: {line}", entry.document()));
        }
        self.tally.records += entry.reports() as u64;
        self.counts.new += 1;
        self.counts.reports += entry.reports() as u64;
        if self.waiting.is_empty() {
            self.since = Instant::now();
        }
        self.waiting.push(entry);
        if self.waiting.len() >= BATCH || self.since.elapsed() >= WAIT { self.write() } else { Ok(()) }
    }

    /// Writes the documents that wait, all or none.
    fn write(&mut self) -> io::Result<()> {
        let mut write = || {
            let change = self.store.change()?;
            for entry in &self.waiting {
                change.put(entry)?;
            }
            change.commit()
        };
        write().map_err(io::Error::other)?;
        self.waiting.clear();
        Ok(())
    }

    /// Ends the program after an interruption: every document that was under way is written.
    fn interrupted(&self) {
        self.progress.finish();
        eprintln!(
            "chancery: interrupted after {} documents, which are kept; the same command goes on",
            self.tally.documents
        );
        std::process::exit(interrupt::STATUS);
    }

    fn finish(mut self, quiet: bool) -> anyhow::Result<Outcome> {
        self.write()?;
        if let Some(errors) = self.errors.take() {
            errors.finish()?;
        }
        let progress = &self.progress;
        self.store.merge(|_| !interrupt::asked())?;
        progress.finish();
        if interrupt::asked() {
            self.interrupted();
        }
        if !quiet {
            self.tally.passed_over(false).iter().for_each(|line| eprintln!("chancery: {line}"));
            let Counts { new, known, reports } = self.counts;
            eprintln!("chancery: {new} documents with {reports} reports are new; {known} were there already");
        }
        Ok(if self.tally.errors == 0 { Outcome::All } else { Outcome::SomeFailed })
    }
}
