//! GDELT's event tables: one actor and one recipient a row, with the parts of their codes in columns of their own.

mod columns;

use std::io::{self, Write};

use chancery_ontology::{actor_parts, cameo, cameo_exact, country, us_state};
use chancery_record::{Actor, Event, EventPlace};
use chancery_text::Document;

use super::cells::{cell, name, number, or_empty, row};
use super::date::{deed_day, digits, fraction};
use super::dyads::{Dyad, dyads, serial};
use super::{Format, kept};
pub use columns::{GDELT1_COLUMNS, GDELT2_COLUMNS};

/// Sentences from the start of a document that count as its lead: headline, and two of the story.
const LEAD: usize = 3;

/// Writes one document's events as rows of GDELT 1.0; there is no header.
///
/// # Errors
/// Those of `out`.
pub fn gdelt1(out: &mut impl Write, document: &Document, events: &[Event]) -> io::Result<()> {
    rows(out, Format::Gdelt1, document, events)
}

/// Writes one document's events as rows of GDELT 2.0; there is no header.
///
/// # Errors
/// Those of `out`.
pub fn gdelt2(out: &mut impl Write, document: &Document, events: &[Event]) -> io::Result<()> {
    rows(out, Format::Gdelt2, document, events)
}

fn rows(out: &mut impl Write, format: Format, document: &Document, events: &[Event]) -> io::Result<()> {
    for event in kept(format, events) {
        for dyad in dyads(event) {
            row(out, &cells(format, document, event, dyad))?;
        }
    }
    Ok(())
}

fn cells(format: Format, document: &Document, event: &Event, dyad: Dyad<'_>) -> Vec<String> {
    let mut cells = vec![serial(event, dyad.number).to_string()];
    cells.extend(dates(event));
    cells.extend(actor(dyad.actor));
    cells.extend(actor(dyad.recipient));
    cells.extend(action(event));
    for place in [None, None, event.place.as_ref()] {
        cells.extend(geography(format, place));
    }
    cells.push(added(format, event));
    cells.push(cell(document.url.as_deref().unwrap_or(&document.id)));
    cells
}

fn dates(event: &Event) -> [String; 4] {
    let day = digits(deed_day(event).unwrap_or_default());
    let part = |end| day.get(..end).unwrap_or_default().to_owned();
    [day.clone(), part(6), part(4), fraction(&day).unwrap_or_default()]
}

/// Code, name, country, group, people, two religions, three roles.
fn actor(actor: Option<&Actor>) -> [String; 10] {
    let Some(actor) = actor else { return Default::default() };
    let code = actor.cameo.as_deref().unwrap_or_default();
    let parts = actor_parts(code);
    let nth = |list: &[&str], n: usize| list.get(n).map(|part| part.to_string()).unwrap_or_default();
    let (religions, types) = (&parts.religions, &parts.types);
    [
        cell(code.trim_start_matches('-')),
        cell(name(actor)).to_uppercase(),
        or_empty(parts.country),
        or_empty(parts.group),
        or_empty(parts.people),
        nth(religions, 0),
        nth(religions, 1),
        nth(types, 0),
        nth(types, 1),
        nth(types, 2),
    ]
}

/// From `IsRootEvent` to `AvgTone`: a record is one mention in one article; tone is not measured.
fn action(event: &Event) -> [String; 10] {
    let code = event_code(&event.cameo);
    let root = code.get(..2).unwrap_or_default().to_owned();
    let one = "1".to_owned();
    [
        u8::from(event.sentence < LEAD).to_string(),
        code.clone(),
        code.get(..3).unwrap_or(&code).to_owned(),
        root.clone(),
        number(quad_of_root(&root)),
        event.goldstein.to_string(),
        one.clone(),
        one.clone(),
        one,
        String::new(),
    ]
}

/// GDELT's codes have three or four digits: a root by itself is its general code, `19` being `190`.
fn event_code(code: &str) -> String {
    let general = format!("{code}0");
    if code.len() == 2 && cameo_exact(&general).is_some() { general } else { code.to_owned() }
}

/// The quad class of a CAMEO root: words of cooperation, deeds of it, words of conflict, deeds of it.
pub(crate) fn quad_of_root(root: &str) -> Option<u8> {
    match cameo(root)?.code.parse::<u8>().ok()? {
        1..=5 => Some(1),
        6..=8 => Some(2),
        9..=13 => Some(3),
        _ => Some(4),
    }
}

/// Type, full name, country, first division, second division (2.0 alone), point, feature.
fn geography(format: Format, place: Option<&EventPlace>) -> Vec<String> {
    let mut cells = place.map_or_else(nowhere, located);
    if format == Format::Gdelt2 {
        cells.insert(4, String::new());
    }
    cells
}

/// Type 0: no place.
fn nowhere() -> Vec<String> {
    [vec!["0".to_owned()], vec![String::new(); 6]].concat()
}

fn located(place: &EventPlace) -> Vec<String> {
    let state = country(place.country.as_deref().unwrap_or_default());
    let fips = state.and_then(|s| s.fips).unwrap_or_default();
    let (kind, division) = kind_and_division(place, fips);
    let feature = if matches!(kind, 1 | 2) { division.clone() } else { String::new() };
    vec![
        kind.to_string(),
        full_name(place, state.map(|s| s.name)),
        fips.to_owned(),
        division,
        number(place.lat),
        number(place.lon),
        feature,
    ]
}

/// GDELT's type (1 country, 2 US state, 3 US city, 4 other city, 5 other first division; sites and regions count as
/// cities) and the code of the first division, which is the country's for a country and known for US states.
fn kind_and_division(place: &EventPlace, fips: &str) -> (u8, String) {
    let us = place.country.as_deref() == Some("USA");
    let state = |name: Option<&str>| name.filter(|_| us).and_then(us_state).map(|s| format!("US{s}"));
    match place.resolution.as_deref() {
        Some("country") => (1, fips.to_owned()),
        Some("province") => (if us { 2 } else { 5 }, state(Some(&place.name)).unwrap_or_default()),
        _ => (if us { 3 } else { 4 }, state(place.admin1.as_deref()).unwrap_or_default()),
    }
}

/// "Strelsau, Hentzau, Ruritania".
fn full_name(place: &EventPlace, country: Option<&str>) -> String {
    let above = match place.resolution.as_deref() {
        Some("country") => [None, None],
        Some("province") => [None, country],
        _ => [place.admin1.as_deref(), country],
    };
    let names: Vec<String> =
        [Some(place.name.as_str())].into_iter().chain(above).flatten().map(cell).collect();
    names.join(", ")
}

/// The day of publication; 2.0 has the time of day too, which is midnight.
fn added(format: Format, event: &Event) -> String {
    let day = digits(event.date_published.as_deref().unwrap_or_default());
    if format == Format::Gdelt1 || day.is_empty() { day } else { day + "000000" }
}
