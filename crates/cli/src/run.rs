//! The commands that read documents and write records.

use std::io;

use anyhow::bail;
use chancery_reader::Input;
use chancery_record::Annotated;
use chancery_text::Document;
use chancery_writer as write;

use crate::args::{
    Actor, Annotate, Explain, Extract, Global, Layer, ListFormat, Parse, ParseFormat, Passing, Quotes,
    Reading, Relation, Writing,
};
use crate::batch::{Copying, Policy, Skip};
use crate::coding::{self, Coders, Engines};
use crate::output::Output;
use crate::session::{Destination, Outcome, Rendered, Session};
use crate::tally::{Clock, Stage};
use crate::terminal;

/// What coding commands pass over: documents in languages that no pipeline or no rules are for, and copies.
pub fn policy(passing: Passing, copies: Copying, engines: &Engines, coders: &Coders) -> Policy {
    Policy {
        languages: engines.languages().to_vec(),
        any_language: passing.any_language,
        ruled: Some(coders.languages()),
        parses_unruled: false,
        copies: if passing.all { Copying::Link } else { copies },
    }
}

/// The format that was asked for; else a table for people and lines of JSON for programs.
fn format_for(output: &Output, asked: Option<ListFormat>) -> ListFormat {
    let default = if terminal::is_terminal(output) { ListFormat::Table } else { ListFormat::Jsonl };
    asked.unwrap_or(default)
}

/// `chancery annotate`.
pub fn annotate(annotate: Annotate, global: &Global) -> anyhow::Result<Outcome> {
    let session = Session::open(annotate.reading, annotate.running, (&annotate.writing).into(), global)?;
    let (engines, coders) = coding::engines_and_coders(global)?;
    let policy = policy(annotate.passing, Copying::Link, &engines, &coders);
    let policy = Policy { parses_unruled: true, ..policy };
    let layers = annotate.layers;
    let clock = Clock::new();
    let record =
        |annotated: Annotated| rendered(&clock, 1, |out| write::jsonl(out, &[only(&layers, annotated)]));
    let make = || {
        let mut workers = engines.workers();
        let (coders, clock) = (&coders, &clock);
        move |documents: &[Document]| {
            coding::annotate(&mut workers, coders, clock, documents).into_iter().map(record).collect()
        }
    };
    // Every document has its record, so that records and documents can be laid side by side.
    session.run(&policy, &clock, make, |document, skip| record(bare(document, skip)))
}

/// The record of a document that was passed over: its layers are empty.
fn bare(document: &Document, skip: &Skip) -> Annotated {
    Annotated {
        id: document.id.clone(),
        title: document.title.clone(),
        date: document.date.clone(),
        text: document.text.clone(),
        lang: document.lang.clone(),
        duplicate_of: document.duplicate_of.clone(),
        skipped: Some(skip.to_string()),
        sentences: Some(Vec::new()),
        tokens: Some(Vec::new()),
        entities: Some(Vec::new()),
        actors: Some(Vec::new()),
        places: Some(Vec::new()),
        times: Some(Vec::new()),
        quotes: Some(Vec::new()),
        events: Some(Vec::new()),
    }
}

/// `chancery quotes`.
pub fn quotes(quotes: Quotes, global: &Global) -> anyhow::Result<Outcome> {
    let mut session = Session::open(quotes.reading, quotes.running, (&quotes.writing).into(), global)?;
    let page = terminal::page(session.output(), global);
    let format = format_for(session.output(), quotes.format);
    let (engines, coders) = coding::engines_and_coders(global)?;
    let policy = policy(quotes.passing, Copying::Skip, &engines, &coders);
    if format == ListFormat::Table {
        session.head(|out| write::sayings_head(out, &page))?;
    }
    let clock = Clock::new();
    let render = |annotated: &Annotated| {
        let sayings = write::sayings(annotated);
        rendered(&clock, sayings.len(), |out| match format {
            ListFormat::Jsonl => write::jsonl(out, &sayings),
            ListFormat::Table => write::sayings_table(out, &page, annotated),
        })
    };
    let make = || {
        let mut workers = engines.workers();
        let (coders, clock) = (&coders, &clock);
        move |documents: &[Document]| {
            let coded = coding::code(&mut workers, coders, clock, documents).into_iter();
            coded.map(|coded| render(&coded.annotated)).collect()
        }
    };
    session.run(&policy, &clock, make, |document, skip| {
        rendered(&clock, 0, |out| match format {
            ListFormat::Table => write::passed_over(out, &page, document, &skip.to_string()),
            ListFormat::Jsonl => Ok(()),
        })
    })
}

/// `chancery actor`.
pub fn actor(actor: Actor, global: &Global) -> anyhow::Result<Outcome> {
    refuse_bare_text(&actor.reading, "mentions", MENTION_LINE)?;
    let session = Session::open(actor.reading, actor.running, (&actor.writing).into(), global)?;
    let (engines, coder) = coding::engine_and_coder(global)?;
    let clock = Clock::new();
    let make = || {
        let mut workers = engines.workers();
        let (coder, clock) = (&coder, &clock);
        move |documents: &[Document]| {
            let mentions = coding::mentions(&mut workers, coder, clock, documents).into_iter();
            mentions.map(|mention| rendered(clock, 1, |out| write::jsonl(out, &[mention]))).collect()
        }
    };
    session.run(&Policy::ALL, &clock, make, nothing)
}

/// `chancery relation`.
pub fn relation(relation: Relation, global: &Global) -> anyhow::Result<Outcome> {
    refuse_bare_text(&relation.reading, "pairs", RELATION_LINE)?;
    let reading = Reading { pairs: true, ..relation.reading };
    let session = Session::open(reading, relation.running, (&relation.writing).into(), global)?;
    let (engines, coder) = coding::engine_and_coder(global)?;
    let clock = Clock::new();
    let make = || {
        let mut workers = engines.workers();
        let (coder, clock) = (&coder, &clock);
        move |documents: &[Document]| {
            let relations = coding::relations(&mut workers, coder, clock, documents).into_iter();
            relations.map(|relation| rendered(clock, 1, |out| write::jsonl(out, &[relation]))).collect()
        }
    };
    session.run(&Policy::ALL, &clock, make, nothing)
}

const MENTION_LINE: &str = "{\"id\", \"text\", \"date\"?}";
const RELATION_LINE: &str =
    "{\"id\", \"text\", \"source\": {\"start\", \"end\"}, \"target\": {\"start\", \"end\"}}";

/// Commands whose input is lines of JSON cannot read a bare text.
fn refuse_bare_text(reading: &Reading, what: &str, line: &str) -> anyhow::Result<()> {
    for input in &reading.inputs {
        if let Input::Path(path) = input
            && path.extension().is_some_and(|e| e == "txt")
        {
            bail!("{}: {what} come one per line of JSONL: {line}", path.display());
        }
    }
    Ok(())
}

/// `chancery explain`.
pub fn explain(explain: Explain, global: &Global) -> anyhow::Result<Outcome> {
    let session = Session::open(explain.reading, explain.running, (&explain.writing).into(), global)?;
    let page = terminal::page(session.output(), global);
    let (engines, coders) = coding::engines_and_coders(global)?;
    let policy = policy(explain.passing, Copying::Link, &engines, &coders);
    let clock = Clock::new();
    let make = || {
        let mut workers = engines.workers();
        let (coders, clock, page) = (&coders, &clock, &page);
        move |documents: &[Document]| {
            let coded = coding::code(&mut workers, coders, clock, documents);
            let each = documents.iter().zip(coded);
            each.map(|(document, coded)| {
                let events = coded.annotated.events.iter().flatten().count();
                rendered(clock, events, |out| write::explain(out, page, document, &coded.explained))
            })
            .collect()
        }
    };
    session.run(&policy, &clock, make, |document, skip| {
        rendered(&clock, 0, |out| write::passed_over(out, &page, document, &skip.to_string()))
    })
}

/// `chancery parse`.
pub fn parse(parse: Parse, global: &Global) -> anyhow::Result<Outcome> {
    let session = Session::open(parse.reading, parse.running, (&parse.writing).into(), global)?;
    let engines = Engines::load(global)?;
    // Every document is parsed; which pipeline is asked matters only where there are several.
    let policy = Policy { languages: engines.languages().to_vec(), ..Policy::ALL };
    let format = parse.format;
    let clock = Clock::new();
    let make = || {
        let mut workers = engines.workers();
        let clock = &clock;
        move |documents: &[Document]| {
            let parses = coding::parse(&mut workers, clock, documents);
            let each = documents.iter().zip(parses);
            each.map(|(document, parse)| {
                rendered(clock, 1, |out| match format {
                    ParseFormat::Jsonl => write::jsonl(out, &[write::parsed(document, &parse)]),
                    ParseFormat::Conllu => write::conllu(out, document, &parse),
                })
            })
            .collect()
        }
    };
    session.run(&policy, &clock, make, nothing)
}

/// `chancery extract`.
pub fn extract(extract: Extract, global: &Global) -> anyhow::Result<Outcome> {
    let policy = Policy { copies: Copying::Link, ..Policy::ALL };
    let session = Session::open(extract.reading, extract.running, (&extract.writing).into(), global)?;
    let clock = Clock::new();
    let make = || {
        let clock = &clock;
        move |documents: &[Document]| {
            let render = |document| rendered(clock, 1, |out| write::jsonl(out, &[write::source(document)]));
            documents.iter().map(render).collect()
        }
    };
    session.run(&policy, &clock, make, nothing)
}

/// What `write` writes, so many records.
pub fn rendered(
    clock: &Clock,
    records: usize,
    write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>,
) -> io::Result<Rendered> {
    let mut bytes = Vec::new();
    clock.time(Stage::Write, || write(&mut bytes))?;
    Ok(Rendered { bytes, records, ..Rendered::default() })
}

/// A document that was passed over leaves nothing in the output.
fn nothing(_: &Document, _: &Skip) -> io::Result<Rendered> {
    Ok(Rendered::default())
}

impl From<&Writing> for Destination {
    fn from(writing: &Writing) -> Destination {
        let output = writing.output.clone().filter(|file| file.as_os_str() != "-");
        Destination { output, ..Destination::default() }
    }
}

/// The record with these layers only; with none named, with all but the tokens.
fn only(layers: &[Layer], mut record: Annotated) -> Annotated {
    let wanted = |layer| if layers.is_empty() { layer != Layer::Tokens } else { layers.contains(&layer) };
    record.tokens = record.tokens.filter(|_| wanted(Layer::Tokens));
    record.entities = record.entities.filter(|_| wanted(Layer::Entities));
    record.actors = record.actors.filter(|_| wanted(Layer::Actors));
    record.places = record.places.filter(|_| wanted(Layer::Places));
    record.times = record.times.filter(|_| wanted(Layer::Times));
    record.quotes = record.quotes.filter(|_| wanted(Layer::Quotes));
    record.events = record.events.filter(|_| wanted(Layer::Events));
    record
}

/// What commands that count over texts pass over: other languages, and copies, which would count twice.
pub fn counting(engines: &Engines) -> Policy {
    let languages = engines.languages().to_vec();
    Policy { languages, any_language: false, copies: Copying::Skip, ..Policy::ALL }
}
