//! PLOVER 0.8 as JSON: one event a line, with lists of parties, and modes for what has not happened.

pub(crate) mod record;

use std::io::{self, Write};

use chancery_record::{Actor, Event, EventPlace, Status};
use chancery_text::Document;

use super::date::day;
use super::{Format, kept};
use crate::jsonl;
use record::{CiteInfo, Entity, Location, Plover, Size, TextInfo};

/// Who codes, in the fields that ask for it.
const CODER: &str = concat!("Chancery ", env!("CARGO_PKG_VERSION"));

/// Writes one document's events as PLOVER objects, one a line.
///
/// # Errors
/// Those of `out`.
pub fn plover(out: &mut impl Write, document: &Document, events: &[Event]) -> io::Result<()> {
    let records: Vec<Plover> = kept(Format::Plover, events).map(|event| object(document, event)).collect();
    jsonl(out, &records)
}

fn object(document: &Document, event: &Event) -> Plover {
    Plover {
        id: event.id.clone(),
        date: day(event).unwrap_or_default().to_owned(),
        enddate: enddate(event),
        actor: event.actor.iter().map(entity).collect(),
        recipient: event.recipient.iter().map(entity).collect(),
        event: vec![event.event.clone()],
        event_loc: event.place.as_ref().map(location),
        event_text: vec![event.evidence.trigger.text.clone()],
        quad_code: event.quad,
        event_scale: event.scale,
        mode: event.mode.iter().cloned().chain(auxiliary(event.status).map(str::to_owned)).collect(),
        context: event.context.clone(),
        size: size(event),
        text: Some(event.evidence.text.clone()),
        text_info: Some(text_info(event)),
        cite_info: Some(cite_info(document)),
        coder: Some(CODER.to_owned()),
        comment: Some(comment(event)),
        ..Plover::default()
    }
}

/// The last day, where the date is a stretch of time and is the event's own.
fn enddate(event: &Event) -> Option<String> {
    let own = event.date.start.as_deref() == day(event);
    event.date.end.clone().filter(|_| own).filter(|end| Some(end) != event.date.start.as_ref())
}

fn auxiliary(status: Status) -> Option<&'static str> {
    match status {
        Status::Occurred => None,
        Status::Historical => Some("historical"),
        Status::Future => Some("future"),
        Status::Hypothetical => Some("hypothetical"),
        Status::Negated => Some("negation"),
    }
}

fn entity(actor: &Actor) -> Entity {
    Entity {
        code: actor.code.clone(),
        sector: actor.sector.clone(),
        entity_text: Some(actor.text.clone()),
        identifier_text: actor.name.clone(),
        office: actor.office.clone(),
        ..Entity::default()
    }
}

fn location(place: &EventPlace) -> Location {
    let levels = super::place::levels(Some(place));
    let owned = |name: Option<&str>| name.map(str::to_owned);
    Location {
        extracted_place: Some(place.words.text.clone()),
        resolved_place: Some(place.name.clone()),
        geonameid: place.geonameid,
        lat: place.lat,
        lon: place.lon,
        city: owned(levels.city),
        district: owned(levels.district),
        province: owned(levels.province),
        country: place.country.as_deref().and_then(chancery_ontology::country).map(|c| c.name.to_owned()),
        country_code: place.country.clone(),
        resolution: place.resolution.as_deref().and_then(resolution),
        ..Location::default()
    }
}

/// PLOVER's number of a level; an area such as a sea has none.
fn resolution(level: &str) -> Option<u8> {
    match level {
        "site" => Some(5),
        "city" => Some(4),
        "district" => Some(3),
        "province" => Some(2),
        "country" => Some(1),
        _ => None,
    }
}

fn size(event: &Event) -> Option<Size> {
    let size = Size { dead: event.dead, injured: event.injured, arrested: event.arrested };
    Some(size).filter(|size| *size != Size::default())
}

fn text_info(event: &Event) -> TextInfo {
    TextInfo {
        sequence: event.sentence + 1,
        start: event.evidence.span.start,
        end: event.evidence.span.end,
        text_story: None,
    }
}

fn cite_info(document: &Document) -> CiteInfo {
    CiteInfo {
        citation: Some(document.id.clone()),
        url: document.url.clone(),
        title: document.title.clone(),
        language: document.lang.clone(),
        publication: document.source.clone(),
        coder: Some(CODER.to_owned()),
        codebook: Some("PLOVER".to_owned()),
        version: Some("0.8".to_owned()),
        ..CiteInfo::default()
    }
}

/// What PLOVER has no field for: the CAMEO code, the rule, where the date comes from.
fn comment(event: &Event) -> String {
    format!("CAMEO {}; rule {}; date: {}", event.cameo, event.evidence.rule, event.date.basis)
}
