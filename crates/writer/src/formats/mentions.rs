//! GDELT's mentions table: where in which article each row of the events table stands.

use std::io::{self, Write};

use chancery_record::{Actor, Event};
use chancery_text::Document;

use super::cells::{cell, host, publisher, row};
use super::date::digits;
use super::dyads::{Dyad, dyads, serial};
use super::{Format, kept};

/// The columns of GDELT's mentions table.
pub const MENTIONS_COLUMNS: [&str; 16] = [
    "GLOBALEVENTID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
];

/// Writes the mentions that belong to the document's rows of GDELT 2.0, in their order; there is no header.
///
/// # Errors
/// Those of `out`.
pub fn mentions(out: &mut impl Write, document: &Document, events: &[Event]) -> io::Result<()> {
    let length = document.text.chars().count().to_string();
    for event in kept(Format::Mentions, events) {
        for dyad in dyads(event) {
            row(out, &cells(document, &length, event, dyad))?;
        }
    }
    Ok(())
}

fn cells(document: &Document, length: &str, event: &Event, dyad: Dyad<'_>) -> [String; 16] {
    let time = digits(event.date_published.as_deref().unwrap_or_default()) + "000000";
    let inferred = [dyad.actor, dyad.recipient].into_iter().flatten().any(|a| a.inferred.is_some());
    let host = host(document);
    [
        serial(event, dyad.number).to_string(),
        time.clone(),
        time,
        kind(host.as_deref()).to_owned(),
        host.unwrap_or_else(|| publisher(document)),
        cell(document.url.as_deref().unwrap_or(&document.id)),
        (event.sentence + 1).to_string(),
        offset(dyad.actor),
        offset(dyad.recipient),
        event.evidence.trigger.span.start.to_string(),
        u8::from(!inferred).to_string(),
        tens(event.confidence).to_string(),
        length.to_owned(),
        String::new(),
        String::new(),
        String::new(),
    ]
}

/// 1: an address on the web; 2: a citation.
fn kind(host: Option<&str>) -> &'static str {
    if host.is_some() { "1" } else { "2" }
}

/// Where the words that name a party stand; -1 where there are none.
fn offset(actor: Option<&Actor>) -> String {
    let named = actor.filter(|a| a.span.start < a.span.end);
    named.map_or("-1".to_owned(), |a| a.span.start.to_string())
}

/// Percent in tens, from 10 to 100.
fn tens(confidence: f64) -> u8 {
    (confidence * 10.0).round().clamp(1.0, 10.0) as u8 * 10
}
