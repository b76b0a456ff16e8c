//! `chancery code`: events in the format that was asked for.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chancery_record::Event;
use chancery_text::Document;
use chancery_writer as write;
use chancery_writer::{Format, Page};

use crate::args::{Code, CodeFormat, Global};
use crate::batch::{Copying, Skip};
use crate::coding;
use crate::output::Output;
use crate::run::{policy, rendered};
use crate::session::{Convert, Destination, Outcome, Rendered, Session};
use crate::tally::{Clock, Stage};
use crate::terminal;

/// Codes events.
pub fn code(code: Code, global: &Global) -> anyhow::Result<Outcome> {
    let to = destination(&code)?;
    let mut session = Session::open(code.reading, code.running, to, global)?;
    let page = terminal::page(session.output(), global);
    let default = if terminal::is_terminal(session.output()) { CodeFormat::Table } else { CodeFormat::Jsonl };
    let format = code.format.unwrap_or(default);
    let least = code.min_confidence;
    let (engines, coders) = coding::engines_and_coders(global)?;
    let policy = policy(code.passing, Copying::Skip, &engines, &coders);
    session.head(|out| head(format, out, &page))?;
    let clock = Clock::new();
    let render = |document: &Document, events: Option<Vec<Event>>| {
        let mut events = events.unwrap_or_default();
        events.retain(|event| event.confidence >= least);
        records(&clock, format, &page, document, &events)
    };
    let make = || {
        let mut workers = engines.workers();
        let (coders, clock) = (&coders, &clock);
        move |documents: &[Document]| {
            let coded = coding::code(&mut workers, coders, clock, documents);
            documents
                .iter()
                .zip(coded)
                .map(|(document, coded)| render(document, coded.annotated.events))
                .collect()
        }
    };
    session.run(&policy, &clock, make, |document, skip: &Skip| {
        rendered(&clock, 0, |out| match format {
            CodeFormat::Table => write::passed_over(out, &page, document, &skip.to_string()),
            _ => Ok(()),
        })
    })
}

/// Where the events go: mentions beside them, files of columns at the end of the run.
fn destination(code: &Code) -> anyhow::Result<Destination> {
    let to = Destination::from(&code.writing);
    let aside = match (code.format, &to.output) {
        (Some(CodeFormat::Gdelt2), Some(events)) => {
            Some(code.mentions.clone().unwrap_or_else(|| mentions_of(events)))
        }
        (Some(CodeFormat::Gdelt2), None) => code.mentions.clone(),
        _ if code.mentions.is_some() => {
            bail!("--mentions is for --format gdelt2: other formats have no such file")
        }
        _ => None,
    };
    Ok(Destination { aside, convert: code.format.and_then(conversion), ..to })
}

/// What makes a file of columns of lines of JSON, for formats that are such.
pub fn conversion(format: CodeFormat) -> Option<Convert> {
    match format {
        CodeFormat::Parquet => Some(parquet),
        CodeFormat::Arrow => Some(arrow),
        _ => None,
    }
}

/// The file of mentions beside one of events, as GDELT names them: 2022.export.CSV, 2022.mentions.CSV.
fn mentions_of(events: &Path) -> PathBuf {
    let name = events.file_name().unwrap_or_default().to_string_lossy();
    let name = match (name.contains(".export."), name.rsplit_once('.')) {
        (true, _) => name.replace(".export.", ".mentions."),
        (false, Some((stem, ending))) => format!("{stem}.mentions.{ending}"),
        (false, None) => format!("{name}.mentions"),
    };
    events.with_file_name(name)
}

/// Writes what stands above the events.
pub fn head(format: CodeFormat, out: &mut Output, page: &Page) -> io::Result<()> {
    match format {
        CodeFormat::Table => write::table_head(out, page),
        CodeFormat::Icews => write::icews_head(out),
        CodeFormat::Polecat => write::polecat_head(out),
        CodeFormat::Csv => write::csv_head(out),
        _ => Ok(()),
    }
}

/// A document's events in a format.
fn records(
    clock: &Clock,
    format: CodeFormat,
    page: &Page,
    document: &Document,
    events: &[Event],
) -> io::Result<Rendered> {
    let mut made = rendered(clock, events.len(), |out| write_events(out, format, page, document, events))?;
    if format == CodeFormat::Gdelt2 {
        clock.time(Stage::Write, || write::mentions(&mut made.aside, document, events))?;
    }
    if let Some(format) = narrow(format) {
        made.left_out = events.iter().filter(|event| write::left_out(format, event).is_some()).count();
        made.records -= made.left_out;
    }
    Ok(made)
}

/// Writes events of a document in a format.
pub fn write_events(
    out: &mut Vec<u8>,
    format: CodeFormat,
    page: &Page,
    document: &Document,
    events: &[Event],
) -> io::Result<()> {
    match format {
        // Files of columns are made of lines of JSON at the end of the run.
        CodeFormat::Jsonl | CodeFormat::Parquet | CodeFormat::Arrow => write::jsonl(out, events),
        CodeFormat::Table => write::table(out, page, document, events),
        CodeFormat::Plover => write::plover(out, document, events),
        CodeFormat::Petrarch => write::petrarch(out, document, events),
        CodeFormat::Gdelt1 => write::gdelt1(out, document, events),
        CodeFormat::Gdelt2 => write::gdelt2(out, document, events),
        CodeFormat::Icews => write::icews(out, document, events),
        CodeFormat::Polecat => write::polecat(out, document, events),
        CodeFormat::Csv => write::csv(out, document, events),
    }
}

/// A format that has no place for some events.
fn narrow(format: CodeFormat) -> Option<Format> {
    match format {
        CodeFormat::Plover => Some(Format::Plover),
        CodeFormat::Petrarch => Some(Format::Petrarch),
        CodeFormat::Gdelt1 => Some(Format::Gdelt1),
        CodeFormat::Gdelt2 => Some(Format::Gdelt2),
        CodeFormat::Icews => Some(Format::Icews),
        CodeFormat::Polecat => Some(Format::Polecat),
        _ => None,
    }
}

/// Events that are decoded and written at once.
const BATCH: usize = 1024;

fn parquet(records: BufReader<File>, out: &mut (dyn Write + Send)) -> anyhow::Result<()> {
    let mut file = write::ParquetWriter::new(out)?;
    in_batches(records, |events| Ok(file.write(events)?))?;
    file.finish()?;
    Ok(())
}

fn arrow(records: BufReader<File>, out: &mut (dyn Write + Send)) -> anyhow::Result<()> {
    let mut file = write::ArrowWriter::new(out)?;
    in_batches(records, |events| Ok(file.write(events)?))?;
    file.finish()?;
    Ok(())
}

/// The events that stand one a line in a file, some at a time.
fn in_batches(
    records: BufReader<File>,
    mut take: impl FnMut(&[Event]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut events = Vec::with_capacity(BATCH);
    for line in records.lines() {
        events
            .push(serde_json::from_str(&line?).context("the records that wait to be converted are damaged")?);
        if events.len() == BATCH {
            take(&events)?;
            events.clear();
        }
    }
    take(&events)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_stand_beside_their_events() {
        for (events, mentions) in [
            ("a/2022.export.CSV", "a/2022.mentions.CSV"),
            ("events.tsv", "events.mentions.tsv"),
            ("events", "events.mentions"),
        ] {
            assert_eq!(mentions_of(Path::new(events)), Path::new(mentions));
        }
    }
}
