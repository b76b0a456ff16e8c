//! The tab lines of PETRARCH2: each act of one party to another once a story and day, with the sentences that tell it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use chancery_record::{Actor, Event};
use chancery_text::Document;

use super::cells::{cell, publisher, row};
use super::date::{deed_day, digits};
use super::dyads::{Dyad, dyads};
use super::{Format, kept};

/// The columns, which the file does not name; `URL` is there only where the story has an address.
pub const PETRARCH_COLUMNS: [&str; 8] =
    ["DATE", "SOURCE", "TARGET", "CAMEO", "ISSUES", "IDS", "URL", "STORYSOURCE"];

/// Writes one document's events as PETRARCH lines; there is no header.
///
/// # Errors
/// Those of `out`.
pub fn petrarch(out: &mut impl Write, document: &Document, events: &[Event]) -> io::Result<()> {
    for (act, sentences) in acts(events) {
        let ids: Vec<String> = sentences.iter().map(|s| sentence_id(document, *s)).collect();
        let mut cells: Vec<String> = act.to_vec();
        cells.extend([String::new(), ids.join(";")]);
        cells.extend(document.url.as_deref().map(cell));
        cells.push(publisher(document));
        row(out, &cells)?;
    }
    Ok(())
}

/// Day, source, target and code.
type Act = [String; 4];

/// The acts in the order in which the document tells them, each with the sentences that do.
fn acts(events: &[Event]) -> Vec<(Act, Vec<usize>)> {
    let mut places = BTreeMap::new();
    let mut acts: Vec<(Act, Vec<usize>)> = Vec::new();
    for event in kept(Format::Petrarch, events) {
        for dyad in dyads(event) {
            let act = act(event, dyad);
            let at = *places.entry(act.clone()).or_insert(acts.len());
            if at == acts.len() {
                acts.push((act, Vec::new()));
            }
            if !acts[at].1.contains(&event.sentence) {
                acts[at].1.push(event.sentence);
            }
        }
    }
    acts
}

fn act(event: &Event, dyad: Dyad<'_>) -> Act {
    let day = digits(deed_day(event).unwrap_or_default());
    [day, code(dyad.actor), code(dyad.recipient), event.cameo.clone()]
}

fn code(actor: Option<&Actor>) -> String {
    actor.and_then(|a| a.cameo.as_deref()).map_or("---".to_owned(), cell)
}

/// The story's identifier and the number of the sentence, from 1.
fn sentence_id(document: &Document, sentence: usize) -> String {
    format!("{}_{}", cell(&document.id).replace(';', ","), sentence + 1)
}
