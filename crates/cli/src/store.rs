//! Commands that look into a store: export, events, check.

use std::io::{BufReader, Write};
use std::path::Path;

use anyhow::bail;
use chancery_record::{Event, Merged, Source};
use chancery_store::{Decided, Filter, Store, Undecided};
use chancery_text::Document;
use chancery_writer as write;
use chancery_writer::Page;

use crate::args::{CodeFormat, EventsCommand, Export, Exported, Global, Query, StoreCommand};
use crate::code;
use crate::output::Output;
use crate::party;
use crate::session::Outcome;
use crate::terminal;

/// `chancery query`.
pub fn query(query: Query, global: &Global) -> anyhow::Result<Outcome> {
    let Query { storing, filtering, format, writing } = query;
    export(&Export { what: Exported::Events, storing, format, filtering, writing }, global)
}

/// `chancery export`.
pub fn export(export: &Export, global: &Global) -> anyhow::Result<Outcome> {
    let store = Store::read(&export.storing.store)?;
    warn_of_waiting(&store, &export.storing.store)?;
    let filter = party::filter(&export.filtering, global)?;
    let mut output = Output::open(export.writing.output.as_deref())?;
    let page = terminal::page(&output, global);
    let default = if terminal::is_terminal(&output) { CodeFormat::Table } else { CodeFormat::Jsonl };
    let format = export.format.unwrap_or(default);
    match code::conversion(format) {
        // Files of columns are made of lines of JSON.
        Some(convert) => {
            let mut lines = tempfile::NamedTempFile::new()?;
            records(&store, export.what, &filter, CodeFormat::Jsonl, &page, lines.as_file_mut())?;
            convert(BufReader::new(lines.reopen()?), &mut output)?;
        }
        None => {
            code::head(format, &mut output, &page)?;
            records(&store, export.what, &filter, format, &page, &mut output)?;
        }
    }
    output.finish()?;
    Ok(Outcome::All)
}

fn records(
    store: &Store,
    what: Exported,
    filter: &Filter,
    format: CodeFormat,
    page: &Page,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    let mut put = |source: &Source, reports: &[Event], merged: Option<&Merged>| -> std::io::Result<()> {
        bytes.clear();
        match (format, merged) {
            (CodeFormat::Jsonl, Some(merged)) => write::jsonl(&mut bytes, std::slice::from_ref(merged))?,
            (_, Some(merged)) => {
                let event = std::slice::from_ref(&merged.event);
                code::write_events(&mut bytes, format, page, &document(source), event)?;
            }
            (_, None) => code::write_events(&mut bytes, format, page, &document(source), reports)?,
        }
        out.write_all(&bytes)
    };
    let failed = |error: std::io::Error| anyhow::Error::from(error);
    match what {
        Exported::Reports => {
            store.reports(filter, |source, reports| put(source, &reports, None).map_err(failed))
        }
        Exported::Events => {
            store.events(filter, |merged, source| put(source, &[], Some(&merged)).map_err(failed))
        }
    }
}

fn document(source: &Source) -> Document {
    let Source { id, title, date, text, url, source, lang, author, .. } = source.clone();
    Document { id, text, title, date, url, source, lang, author, ..Document::default() }
}

/// Says when an interrupted run has left reports that no event has.
pub fn warn_of_waiting(store: &Store, path: &Path) -> anyhow::Result<()> {
    let waiting = store.waiting()?;
    if waiting > 0 {
        eprintln!(
            "chancery: {waiting} reports wait to be merged and are left out; `chancery store merge {}` merges them",
            path.display()
        );
    }
    Ok(())
}

/// `chancery events`.
pub fn events(command: EventsCommand, global: &Global) -> anyhow::Result<Outcome> {
    match command {
        EventsCommand::Show { event, storing } => show(&Store::read(&storing.store)?, &event, global),
        EventsCommand::Split { event, reports, storing } => {
            decided(Store::write(&storing.store)?.split(&event, &reports)?)
        }
        EventsCommand::Join { events, storing } => decided(Store::write(&storing.store)?.join(&events)?),
    }
}

fn decided(decided: Decided) -> anyhow::Result<Outcome> {
    match decided {
        Decided::Pairs(pairs) => {
            eprintln!("chancery: decided for {pairs} pairs of reports, and merged anew");
            Ok(Outcome::All)
        }
        Decided::Not(Undecided::Unknown(name)) => bail!("the store has no event or report {name}"),
        Decided::Not(Undecided::Elsewhere(name)) => {
            bail!("the event has no report {name}; `chancery events show EVENT` lists those it has")
        }
        Decided::Not(Undecided::Nothing) => bail!("nothing would change"),
    }
}

fn show(store: &Store, name: &str, global: &Global) -> anyhow::Result<Outcome> {
    let Some(told) = store.told(name)? else { bail!("the store has no event or report {name}") };
    let mut output = Output::open(None)?;
    let page = terminal::page(&output, global);
    write::told(&mut output, &page, &told)?;
    output.finish()?;
    Ok(Outcome::All)
}

/// `chancery store`.
pub fn store(command: StoreCommand) -> anyhow::Result<Outcome> {
    match command {
        StoreCommand::Check { store } => check(&store),
        StoreCommand::Merge { store } => {
            Store::write(&store)?.merge(|_| true)?;
            Ok(Outcome::All)
        }
    }
}

fn check(path: &Path) -> anyhow::Result<Outcome> {
    let store = Store::read(path)?;
    let flaws = store.check()?;
    for flaw in &flaws {
        eprintln!("chancery: {}: {}: {}", path.display(), flaw.table, flaw.what);
    }
    let waiting = store.waiting()?;
    if flaws.is_empty() {
        let size = store.size()?;
        eprintln!(
            "chancery: {}: sound: {} documents, {} reports, {} events, {waiting} reports waiting to be merged",
            path.display(),
            size.documents,
            size.reports,
            size.events
        );
    }
    Ok(if flaws.is_empty() { Outcome::All } else { Outcome::SomeFailed })
}
