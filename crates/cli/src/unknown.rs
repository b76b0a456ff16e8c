//! `chancery world unknown`: names that the tables do not settle, counted over all documents.

use std::collections::BTreeMap;
use std::io;

use chancery_coder::unknown::Stranger;
use chancery_record::Unknown;
use chancery_text::Document;
use chancery_writer as write;

use crate::args::{Global, ListFormat, Reading};
use crate::coding;
use crate::documents::gather;
use crate::output::Output;
use crate::run::counting;
use crate::session::Outcome;
use crate::tally::Clock;
use crate::terminal;

/// Names by text and label, for the same word may be a town and a man; each with the number of the document that had it
/// last.
type Tally = BTreeMap<(String, String), (Unknown, usize)>;

/// Reads the texts and writes the names that stand there at least so often.
pub fn list(
    reading: &Reading,
    global: &Global,
    least: usize,
    format: Option<ListFormat>,
    mut output: Output,
) -> anyhow::Result<Outcome> {
    let (engines, coder) = coding::engine_and_coder(global)?;
    let (mut tally, mut number) = (Tally::new(), 0);
    let clock = Clock::new();
    let make = || {
        let mut workers = engines.workers();
        let (coder, clock) = (&coder, &clock);
        move |documents: &[Document]| {
            let coded = coding::code_with(&mut workers, coder, clock, documents);
            let each = documents.iter().zip(coded);
            each.map(|(document, coded)| Ok((document.id.clone(), coder.unknown(&coded.annotated)))).collect()
        }
    };
    let outcome = gather(reading, global, &counting(&engines), &clock, make, |(document, strangers)| {
        number += 1;
        count(&mut tally, number, &document, strangers);
    })?;
    print(&mut output, global, format, most_frequent(tally, least))?;
    output.finish()?;
    Ok(outcome)
}

fn count(tally: &mut Tally, number: usize, document: &str, strangers: Vec<Stranger>) {
    for stranger in strangers {
        let key = (stranger.name.clone(), stranger.label.clone());
        let first = || Unknown {
            name: stranger.name,
            label: stranger.label,
            count: 0,
            documents: 0,
            candidates: stranger.candidates,
            document: document.to_owned(),
            example: stranger.sentence,
        };
        let (entry, last) = tally.entry(key).or_insert_with(|| (first(), 0));
        entry.count += 1;
        // Documents come one after another, so the last one is all that need be compared with.
        entry.documents += usize::from(*last != number);
        *last = number;
    }
}

fn most_frequent(tally: Tally, least: usize) -> Vec<Unknown> {
    let mut all: Vec<Unknown> =
        tally.into_values().map(|(unknown, _)| unknown).filter(|u| u.count >= least).collect();
    all.sort_by(|a, b| (b.count, b.documents, &a.name).cmp(&(a.count, a.documents, &b.name)));
    all
}

fn print(
    output: &mut Output,
    global: &Global,
    format: Option<ListFormat>,
    names: Vec<Unknown>,
) -> io::Result<()> {
    let table = format.map_or(terminal::is_terminal(output), |f| f == ListFormat::Table);
    let page = terminal::page(output, global);
    if table { write::unknown(output, &page, &names) } else { write::jsonl(output, &names) }
}
