//! Documents from the reader through the workers, to whoever takes the results in order.

use std::io;
use std::sync::atomic::AtomicBool;

use anyhow::Context;
use chancery_reader::{Columns, Copies, Options, Raw, documents};
use chancery_text::Document;

use crate::args::{Global, Reading, Shard};
use crate::batch::{Desk, Done, Item, Policy, Skip};
use crate::flow::{Next, in_order};
use crate::gate::Gate;
use crate::progress::Progress;
use crate::session::Outcome;
use crate::tally::{Clock, Stage, Tally};
use crate::terminal;

/// What is read, and how it is worked on.
pub struct Plan<'a> {
    pub reading: &'a Reading,
    pub policy: &'a Policy,
    pub copies: &'a Gate<Option<Copies>>,
    pub clock: &'a Clock,
    pub threads: usize,
    /// Documents that are done.
    pub from: usize,
    pub shard: Shard,
    pub stop: &'a AtomicBool,
}

/// Lets every document flow from the reader through a worker to `sink`.
pub fn flow<T, W>(
    plan: &Plan,
    make: impl Fn() -> W + Sync,
    skipped: impl Fn(&Document, &Skip) -> io::Result<T> + Sync,
    sink: impl FnMut(Next<Done<T>>) -> io::Result<()>,
) -> anyhow::Result<()>
where
    T: Send,
    W: FnMut(&[Document]) -> Vec<io::Result<T>>,
{
    let worker = || {
        let (make, skipped, mut work) = (&make, &skipped, make());
        let desk = Desk { policy: plan.policy, copies: plan.copies, clock: plan.clock };
        move |items: Vec<Item>| desk.process(make, &mut work, skipped, items)
    };
    in_order(items(plan), plan.threads, plan.stop, weight, worker, sink).context("cannot write the output")
}

/// Reads the documents that are not yet done.
fn items<'a>(plan: &'a Plan) -> impl Iterator<Item = Item> + Send + 'a {
    let mut documents = documents(plan.reading.inputs.clone(), options(plan.reading));
    let (mut before, mut index) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            let found = plan.clock.time(Stage::Read, || documents.next())?;
            index += 1;
            if index <= plan.from {
                continue;
            }
            let bytes = documents.bytes_read() - before;
            before = documents.bytes_read();
            let number = index - 1 - plan.from;
            return Some(Item { number, mine: plan.shard.has(index - 1), found, bytes });
        }
    })
}

fn options(reading: &Reading) -> Options {
    Options {
        date: reading.date.clone(),
        encoding: reading.encoding,
        pairs: reading.pairs,
        places: reading.given_places,
        format: reading.input_format,
        columns: reading.map.iter().cloned().fold(Columns::default(), Columns::with),
        most_bytes: reading.max_text,
    }
}

/// The share of a batch that a document takes: the engine is busy enough with some thousand tokens.
fn weight(item: &Item) -> f32 {
    let bytes = item.found.as_ref().map_or(0, Raw::bytes);
    bytes as f32 / 16_384.0 + 1.0 / 64.0
}

/// Lets every document flow through a worker to `take`, which gets what each one gave, in the order of the input: for
/// commands that count over all documents and write at the end.
pub fn gather<T, W>(
    reading: &Reading,
    global: &Global,
    policy: &Policy,
    clock: &Clock,
    make: impl Fn() -> W + Sync,
    mut take: impl FnMut(T),
) -> anyhow::Result<Outcome>
where
    T: Send,
    W: FnMut(&[Document]) -> Vec<io::Result<T>>,
{
    let copies = if policy.looks_for_copies() { Some(Copies::open(tempfile::tempfile()?, 0)?) } else { None };
    let stop = AtomicBool::new(false);
    let plan = Plan {
        reading,
        policy,
        copies: &Gate::new(copies),
        clock,
        threads: terminal::threads(global),
        from: 0,
        shard: Shard::default(),
        stop: &stop,
    };
    let progress = Progress::new(&reading.inputs, false);
    let mut tally = Tally::default();
    let make = || {
        let mut work = make();
        move |documents: &[Document]| work(documents).into_iter().map(|result| result.map(Some)).collect()
    };
    flow(
        &plan,
        make,
        |_, _| Ok(None),
        |next| {
            if let Next::Result(Done { result: Some(result), bytes, words, .. }) = next {
                tally.documents += 1;
                tally.words += words;
                match result {
                    Ok(found) => found.into_iter().for_each(&mut take),
                    Err(problem) => {
                        tally.errors += 1;
                        progress.say(&format!("chancery: {}: {}", problem.place, problem.problem));
                    }
                }
                progress.show(&tally, &Tally::default(), bytes);
            }
            Ok(())
        },
    )?;
    progress.finish();
    Ok(if tally.errors == 0 { Outcome::All } else { Outcome::SomeFailed })
}
