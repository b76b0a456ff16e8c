//! Annotates the texts of JSONL files (`{"id", "text"}` per line) and writes one JSON object for each.
//!
//! ```text
//! cargo run --release -p chancery-language --example annotate -- MODEL [--threads N] [--quiet] FILE...
//! ```
//!
//! Offsets are code points, as in Python. How long the annotation took, reading and writing apart, goes to
//! standard error; `--quiet` writes nothing else.

use std::error::Error;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use std::{env, fs, io, thread};

use chancery_language::{Annotation, Pipeline};
use serde_json::{Value, json};

/// Texts that a thread takes at a time.
const BATCH: usize = 16;

struct Arguments {
    model: PathBuf,
    files: Vec<PathBuf>,
    threads: usize,
    quiet: bool,
}

struct Document {
    id: Value,
    text: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = arguments()?;
    let started = Instant::now();
    let pipeline = Pipeline::load(&arguments.model)?;
    let loaded = started.elapsed();
    let documents = documents(&arguments.files)?;
    let started = Instant::now();
    let annotations = annotate(&pipeline, &documents, arguments.threads);
    let seconds = started.elapsed().as_secs_f64();
    let tokens: usize = annotations.iter().map(|annotation| annotation.tokens.len()).sum();
    let speed = json!({"tokens": tokens, "seconds": seconds, "load_seconds": loaded.as_secs_f64()});
    writeln!(io::stderr(), "{speed}")?;
    if !arguments.quiet {
        write(&documents, &annotations)?;
    }
    Ok(())
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let mut given = env::args().skip(1);
    let model = given.next().ok_or("usage: annotate MODEL [--threads N] [--quiet] FILE...")?.into();
    let mut arguments = Arguments { model, files: Vec::new(), threads: 1, quiet: false };
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--threads" => {
                arguments.threads = given.next().ok_or("--threads wants a number")?.parse::<usize>()?.max(1)
            }
            "--quiet" => arguments.quiet = true,
            _ => arguments.files.push(argument.into()),
        }
    }
    Ok(arguments)
}

fn documents(files: &[PathBuf]) -> Result<Vec<Document>, Box<dyn Error>> {
    let mut documents = Vec::new();
    for file in files {
        for line in fs::read_to_string(file)?.lines().filter(|line| !line.is_empty()) {
            let mut record: Value = serde_json::from_str(line)?;
            let text = record["text"].as_str().ok_or("a record has no `text`")?.to_owned();
            documents.push(Document { id: record["id"].take(), text });
        }
    }
    Ok(documents)
}

/// Annotates the documents in so many threads.
fn annotate(pipeline: &Pipeline, documents: &[Document], threads: usize) -> Vec<Annotation> {
    let batches: Vec<&[Document]> = documents.chunks(BATCH).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut worker = pipeline.worker();
        let mut done = Vec::new();
        while let Some((number, batch)) = take(&next, &batches) {
            done.push((number, worker.annotate(&texts(batch))));
        }
        done
    };
    let mut done: Vec<(usize, Vec<Annotation>)> = thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        handles.into_iter().filter_map(|handle| handle.join().ok()).flatten().collect()
    });
    done.sort_by_key(|&(number, _)| number);
    done.into_iter().flat_map(|(_, annotations)| annotations).collect()
}

/// The next batch that no thread has taken, and its number.
fn take<'d>(next: &AtomicUsize, batches: &[&'d [Document]]) -> Option<(usize, &'d [Document])> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    Some((number, *batches.get(number)?))
}

fn texts(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|document| document.text.as_str()).collect()
}

fn write(documents: &[Document], annotations: &[Annotation]) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for (document, annotation) in documents.iter().zip(annotations) {
        writeln!(out, "{}", record(document, annotation))?;
    }
    out.flush()
}

fn record(document: &Document, annotation: &Annotation) -> Value {
    let places = code_points(&document.text);
    let place = |byte: u32| places[byte as usize];
    let span = |tokens: &std::ops::Range<usize>| {
        let last = &annotation.tokens[tokens.end - 1];
        (place(annotation.tokens[tokens.start].start), place(last.end))
    };
    let sentences = annotation.sentences.iter().map(|sentence| {
        let (start, end) = span(sentence);
        json!({"start": start, "end": end})
    });
    let tokens = annotation.tokens.iter().map(|t| {
        json!({"start": place(t.start), "end": place(t.end), "lemma": t.lemma.as_str(), "pos": t.pos.as_str(),
            "tag": t.tag, "head": t.head, "dep": t.dep, "morph": t.morph})
    });
    let entities = annotation.entities.iter().map(|entity| {
        let (start, end) = span(&entity.tokens);
        json!({"start": start, "end": end, "label": entity.label})
    });
    json!({"id": document.id, "text": document.text, "sentences": sentences.collect::<Vec<_>>(),
        "tokens": tokens.collect::<Vec<_>>(), "entities": entities.collect::<Vec<_>>()})
}

/// How many code points precede each byte.
fn code_points(text: &str) -> Vec<u32> {
    let mut places = vec![0; text.len() + 1];
    let mut count = 0;
    for (byte, place) in places.iter_mut().enumerate() {
        *place = count;
        count += u32::from(text.is_char_boundary(byte + 1) && byte < text.len());
    }
    places
}
