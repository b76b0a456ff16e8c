//! The commands that read documents and write records.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::exit;
use std::thread::available_parallelism;

use anyhow::{Context, bail};
use chancery_reader::{Input, Options, documents};
use chancery_record::Annotated;
use chancery_text::Document;
use chancery_writer as write;

use crate::args::{
    Actor, Annotate, Code, CodeFormat, Explain, Global, Layer, Parse, ParseFormat, Quotes, Reading, Relation,
};
use crate::coding;
use crate::flow::{Next, in_order};
use crate::output::Output;
use crate::progress::Progress;
use crate::terminal;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Every document was coded.
    All,
    /// Some were not; each was named.
    SomeFailed,
}

/// One document's records as bytes.
pub type Rendered = io::Result<Vec<u8>>;

/// `chancery code`.
pub fn code(code: Code, global: &Global) -> anyhow::Result<Outcome> {
    let mut output = prepare(&code.reading, code.writing.output.as_deref())?;
    let page = terminal::page(&output, global);
    let format = format_for(&output, code.format);
    let least = code.min_confidence;
    let (engine, coder) = coding::engine_and_coder(global)?;
    if format == CodeFormat::Table {
        write::table_head(&mut output, &page)?;
    }
    let render = |document: &Document, coded: chancery_coder::Coded| {
        let mut events = coded.annotated.events.unwrap_or_default();
        events.retain(|event| event.confidence >= least);
        rendered(|out| match format {
            CodeFormat::Jsonl => write::jsonl(out, &events),
            CodeFormat::Table => write::table(out, &page, document, &events),
        })
    };
    run(code.reading, global, output, || {
        let mut worker = engine.worker();
        let coder = &coder;
        move |documents: &[Document]| {
            let coded = coding::code(&mut worker, coder, documents);
            documents.iter().zip(coded).map(|(document, coded)| render(document, coded)).collect()
        }
    })
}

/// The format that was asked for; else a table for people and lines of JSON for programs.
fn format_for(output: &Output, asked: Option<CodeFormat>) -> CodeFormat {
    let default = if terminal::is_terminal(output) { CodeFormat::Table } else { CodeFormat::Jsonl };
    asked.unwrap_or(default)
}

/// `chancery annotate`.
pub fn annotate(annotate: Annotate, global: &Global) -> anyhow::Result<Outcome> {
    let output = prepare(&annotate.reading, annotate.writing.output.as_deref())?;
    let (engine, coder) = coding::engine_and_coder(global)?;
    let layers = annotate.layers;
    run(annotate.reading, global, output, || {
        let mut worker = engine.worker();
        let (coder, layers) = (&coder, &layers);
        move |documents: &[Document]| {
            let coded = coding::code(&mut worker, coder, documents).into_iter();
            coded.map(|coded| rendered(|out| write::jsonl(out, &[only(layers, coded.annotated)]))).collect()
        }
    })
}

/// `chancery quotes`.
pub fn quotes(quotes: Quotes, global: &Global) -> anyhow::Result<Outcome> {
    let mut output = prepare(&quotes.reading, quotes.writing.output.as_deref())?;
    let page = terminal::page(&output, global);
    let format = format_for(&output, quotes.format);
    let (engine, coder) = coding::engine_and_coder(global)?;
    if format == CodeFormat::Table {
        write::sayings_head(&mut output, &page)?;
    }
    run(quotes.reading, global, output, || {
        let mut worker = engine.worker();
        let coder = &coder;
        move |documents: &[Document]| {
            let coded = coding::code(&mut worker, coder, documents).into_iter();
            let render = |annotated: &Annotated| {
                rendered(|out| match format {
                    CodeFormat::Jsonl => write::jsonl(out, &write::sayings(annotated)),
                    CodeFormat::Table => write::sayings_table(out, &page, annotated),
                })
            };
            coded.map(|coded| render(&coded.annotated)).collect()
        }
    })
}

/// `chancery actor`.
pub fn actor(actor: Actor, global: &Global) -> anyhow::Result<Outcome> {
    refuse_bare_text(&actor.reading, "mentions", MENTION_LINE)?;
    let output = prepare(&actor.reading, actor.writing.output.as_deref())?;
    let (engine, coder) = coding::engine_and_coder(global)?;
    run(actor.reading, global, output, || {
        let mut worker = engine.worker();
        let coder = &coder;
        move |documents: &[Document]| {
            let mentions = coding::mentions(&mut worker, coder, documents).into_iter();
            mentions.map(|mention| rendered(|out| write::jsonl(out, &[mention]))).collect()
        }
    })
}

/// `chancery relation`.
pub fn relation(relation: Relation, global: &Global) -> anyhow::Result<Outcome> {
    refuse_bare_text(&relation.reading, "pairs", RELATION_LINE)?;
    let output = prepare(&relation.reading, relation.writing.output.as_deref())?;
    let (engine, coder) = coding::engine_and_coder(global)?;
    let reading = Reading { pairs: true, ..relation.reading };
    run(reading, global, output, || {
        let mut worker = engine.worker();
        let coder = &coder;
        move |documents: &[Document]| {
            let relations = coding::relations(&mut worker, coder, documents).into_iter();
            relations.map(|relation| rendered(|out| write::jsonl(out, &[relation]))).collect()
        }
    })
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
    let output = prepare(&explain.reading, explain.writing.output.as_deref())?;
    let page = terminal::page(&output, global);
    let (engine, coder) = coding::engine_and_coder(global)?;
    run(explain.reading, global, output, || {
        let mut worker = engine.worker();
        let coder = &coder;
        move |documents: &[Document]| {
            let coded = coding::code(&mut worker, coder, documents);
            let each = documents.iter().zip(coded);
            each.map(|(document, coded)| {
                rendered(|out| write::explain(out, &page, document, &coded.explained))
            })
            .collect()
        }
    })
}

/// `chancery parse`.
pub fn parse(parse: Parse, global: &Global) -> anyhow::Result<Outcome> {
    let output = prepare(&parse.reading, parse.writing.output.as_deref())?;
    let engine = coding::engine(global.model.as_deref())?;
    let format = parse.format;
    run(parse.reading, global, output, || {
        let mut worker = engine.worker();
        move |documents: &[Document]| {
            let parses = coding::parse(&mut worker, documents);
            let each = documents.iter().zip(parses);
            each.map(|(document, parse)| {
                rendered(|out| match format {
                    ParseFormat::Jsonl => write::jsonl(out, &[write::parsed(document, &parse)]),
                    ParseFormat::Conllu => write::conllu(out, document, &parse),
                })
            })
            .collect()
        }
    })
}

/// Looks at the arguments before anything long begins, and opens the output.
pub fn prepare(reading: &Reading, output: Option<&std::path::Path>) -> anyhow::Result<Output> {
    for input in &reading.inputs {
        if let Input::Path(path) = input {
            std::fs::metadata(path).with_context(|| format!("cannot read the input {}", path.display()))?;
        }
    }
    Output::open(output)
}

/// What `write` writes.
pub fn rendered(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Rendered {
    let mut bytes = Vec::new();
    write(&mut bytes).map(|()| bytes)
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

/// A document on its way, and the bytes of input that it took.
struct Item {
    document: Result<Document, chancery_reader::Error>,
    bytes: u64,
}

/// A document at its end.
struct Done<T> {
    result: Result<T, String>,
    bytes: u64,
}

/// Lets every document flow from the reader through a worker to the output.
pub fn run<W>(
    reading: Reading,
    global: &Global,
    mut output: Output,
    make: impl Fn() -> W + Sync,
) -> anyhow::Result<Outcome>
where
    W: FnMut(&[Document]) -> Vec<Rendered>,
{
    let seen = terminal::is_terminal(&output);
    let outcome = run_into(reading, global, seen, make, |records: Option<Vec<u8>>| match records {
        None => output.flush().or_else(|error| quit_if_closed(&output, error)),
        Some(records) => output.write_all(&records).or_else(|error| quit_if_closed(&output, error)),
    })?;
    output.finish()?;
    Ok(outcome)
}

/// Lets every document flow from the reader through a worker to `take`, which gets what each one gave, in the order
/// of the input, and nothing when there is a time to flush. `seen`: the records go to a terminal.
pub fn run_into<T, W>(
    reading: Reading,
    global: &Global,
    seen: bool,
    make: impl Fn() -> W + Sync,
    mut take: impl FnMut(Option<T>) -> io::Result<()>,
) -> anyhow::Result<Outcome>
where
    T: Send,
    W: FnMut(&[Document]) -> Vec<io::Result<T>>,
{
    let threads = global.threads.map_or_else(|| available_parallelism().map_or(1, usize::from), usize::from);
    let mut progress = Progress::new(&reading.inputs, seen);
    let mut outcome = Outcome::All;
    let worker = || {
        let (make, mut work) = (&make, make());
        move |items: Vec<Item>| process(make, &mut work, items)
    };
    let sink = |next: Next<Done<T>>| -> io::Result<()> {
        match next {
            Next::Wait => take(None)?,
            Next::Result(Done { result: Ok(records), bytes }) => {
                progress.advance(bytes);
                take(Some(records))?;
            }
            Next::Result(Done { result: Err(fault), bytes }) => {
                progress.advance(bytes);
                outcome = Outcome::SomeFailed;
                progress.say(&format!("chancery: {fault}"));
            }
        }
        Ok(())
    };
    in_order(items(reading), threads, weight, worker, sink).context("cannot write the output")?;
    progress.finish();
    Ok(outcome)
}

/// Reads the documents, each with the input's bytes that it took.
fn items(reading: Reading) -> impl Iterator<Item = Item> + Send {
    let options = Options {
        date: reading.date,
        encoding: reading.encoding,
        pairs: reading.pairs,
        places: reading.given_places,
    };
    let mut documents = documents(reading.inputs, options);
    let mut before = 0;
    std::iter::from_fn(move || {
        let document = documents.next()?;
        let bytes = documents.bytes_read() - before;
        before = documents.bytes_read();
        Some(Item { document, bytes })
    })
}

/// The share of a batch that a document takes: the engine is busy enough with some thousand tokens.
fn weight(item: &Item) -> f32 {
    item.bytes as f32 / 16_384.0 + 1.0 / 64.0
}

/// Ends the program at once if the reader of standard output has gone. The thread that reads the input
/// may be waiting for a line that never comes, so there is nobody to wait for.
fn quit_if_closed(output: &Output, error: io::Error) -> io::Result<()> {
    if output.is_stdout() && error.kind() == io::ErrorKind::BrokenPipe {
        exit(0);
    }
    Err(error)
}

/// Works on a batch; a fault of one document stays its own.
fn process<T, W>(make: &impl Fn() -> W, work: &mut W, items: Vec<Item>) -> Vec<Done<T>>
where
    W: FnMut(&[Document]) -> Vec<io::Result<T>>,
{
    let (bytes, read): (Vec<u64>, Vec<_>) = items.into_iter().map(|item| (item.bytes, item.document)).unzip();
    let mut faults = Vec::new();
    let mut good = Vec::new();
    for document in read {
        faults.push(document.map(|document| good.push(document)).err());
    }
    let mut results = guarded(make, work, &good).into_iter();
    let result = |fault: Option<chancery_reader::Error>| match fault {
        Some(fault) => Err(fault.to_string()),
        None => results.next().unwrap_or_else(|| Err("a document was lost; please report this".to_owned())),
    };
    faults.into_iter().map(result).zip(bytes).map(|(result, bytes)| Done { result, bytes }).collect()
}

/// Works on documents. Should the program itself fail at one, that one is named and the rest goes on.
fn guarded<T, W>(make: &impl Fn() -> W, work: &mut W, documents: &[Document]) -> Vec<Result<T, String>>
where
    W: FnMut(&[Document]) -> Vec<io::Result<T>>,
{
    match catch_unwind(AssertUnwindSafe(|| work(documents))) {
        Ok(results) => {
            documents.iter().zip(results).map(|(d, r)| r.map_err(|e| format!("{}: {e}", d.id))).collect()
        }
        Err(_) => {
            *work = make();
            match documents {
                [one] => vec![Err(format!(
                    "{}: a fault of Chancery itself; please report it with this text",
                    one.id
                ))],
                many => many.iter().flat_map(|one| guarded(make, work, std::slice::from_ref(one))).collect(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(text: &str) -> Item {
        let document = Document { id: text.to_owned(), text: text.to_owned(), ..Document::default() };
        Item { document: Ok(document), bytes: 1 }
    }

    /// A worker that cannot bear one text.
    fn make() -> impl FnMut(&[Document]) -> Vec<Rendered> {
        |documents| {
            assert!(documents.iter().all(|document| document.text != "bad"));
            documents.iter().map(|document| Ok(document.text.clone().into_bytes())).collect()
        }
    }

    #[test]
    fn a_fault_of_the_program_costs_one_document() {
        let items = ["a", "bad", "c"].map(item).into();
        let results: Vec<_> =
            process(&make, &mut make(), items).into_iter().map(|done| done.result).collect();
        assert_eq!((&results[0], &results[2]), (&Ok(b"a".to_vec()), &Ok(b"c".to_vec())));
        assert!(results[1].as_ref().is_err_and(|fault| fault.starts_with("bad: a fault of Chancery itself")));
    }

    #[test]
    fn faults_of_reading_keep_their_place() {
        let place = chancery_reader::Place { file: "news.jsonl".to_owned(), line: Some(2) };
        let fault = chancery_reader::Error { place, fault: chancery_reader::Fault::NoId };
        let items = vec![item("a"), Item { document: Err(fault), bytes: 1 }, item("c")];
        let results: Vec<_> =
            process(&make, &mut make(), items).into_iter().map(|done| done.result).collect();
        assert!(results[1].as_ref().is_err_and(|fault| fault.starts_with("news.jsonl:2: ")));
        assert_eq!(results[2], Ok(b"c".to_vec()));
    }
}
