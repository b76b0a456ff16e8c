//! POLECAT: forty columns with a header; lists stand in one cell, between semicolons.

use std::io::{self, Write};

use chancery_ontology::country;
use chancery_record::{Actor, Event};
use chancery_text::Document;

use super::cells::{cell, joined, name, number, or_empty, publisher, row};
use super::date::deed_day;
use super::place::levels;
use super::{Format, kept};

/// The columns of POLECAT.
pub const POLECAT_COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// Writes the line that names the columns.
///
/// # Errors
/// Those of `out`.
pub fn polecat_head(out: &mut impl Write) -> io::Result<()> {
    row(out, &POLECAT_COLUMNS)
}

/// Writes one document's events as rows of POLECAT.
///
/// # Errors
/// Those of `out`.
pub fn polecat(out: &mut impl Write, document: &Document, events: &[Event]) -> io::Result<()> {
    for event in kept(Format::Polecat, events) {
        row(out, &cells(document, event))?;
    }
    Ok(())
}

fn cells(document: &Document, event: &Event) -> Vec<String> {
    let mut cells = action(event).to_vec();
    cells.extend(parties(&event.actor));
    cells.extend(parties(&event.recipient));
    cells.extend(place(event));
    cells.extend(story(document, event));
    cells
}

fn action(event: &Event) -> [String; 7] {
    [
        cell(&event.id),
        or_empty(deed_day(event)),
        event.event.clone(),
        joined(event.mode.iter().map(String::as_str), ';'),
        event.scale.to_string(),
        or_empty(quad_name(event.quad)),
        joined(event.context.iter().map(String::as_str), ';'),
    ]
}

/// The name of a quad class.
pub(crate) fn quad_name(quad: u8) -> Option<&'static str> {
    match quad {
        1 => Some("VERBAL COOPERATION"),
        2 => Some("MATERIAL COOPERATION"),
        3 => Some("VERBAL CONFLICT"),
        4 => Some("MATERIAL CONFLICT"),
        _ => None,
    }
}

/// Names, countries, COW numbers, first sector, sectors, titles, words, and no Wikipedia page. The n-th of each list is the
/// n-th party's; it is empty where unknown.
fn parties(actors: &[Actor]) -> [String; 8] {
    let sector = |a: &Actor| a.sector.clone();
    [
        list(actors, |a| Some(name(a).to_owned())),
        list(actors, |a| a.code.clone()),
        list(actors, |a| country(a.code.as_deref()?)?.cow.map(|n| n.to_string())),
        or_empty(actors.first().and_then(sector).as_deref()),
        list(actors, sector),
        list(actors, |a| a.office.clone()),
        list(actors, |a| Some(a.text.clone())),
        String::new(),
    ]
}

/// One value a party; nothing at all where none is known.
fn list(actors: &[Actor], value: impl Fn(&Actor) -> Option<String>) -> String {
    let values: Vec<Option<String>> = actors.iter().map(value).collect();
    if values.iter().all(Option::is_none) {
        return String::new();
    }
    joined(values.iter().map(|v| v.as_deref().unwrap_or_default()), ';')
}

fn place(event: &Event) -> [String; 10] {
    let place = event.place.as_ref();
    let levels = levels(place);
    [
        or_empty(place.map(|p| p.name.as_str())),
        or_empty(levels.city),
        or_empty(levels.district),
        or_empty(levels.province),
        or_empty(place.and_then(|p| p.country.as_deref())),
        number(place.and_then(|p| p.lat)),
        number(place.and_then(|p| p.lon)),
        number(place.and_then(|p| p.geonameid)),
        or_empty(place.map(|p| p.words.text.as_str())),
        or_empty(place.and_then(|p| feature(p.resolution.as_deref()?))),
    ]
}

/// GeoNames' feature code, as far as the level of a place tells it.
fn feature(resolution: &str) -> Option<&'static str> {
    match resolution {
        "country" => Some("PCLI"),
        "province" => Some("ADM1"),
        "district" => Some("ADM2"),
        "city" => Some("PPL"),
        _ => None,
    }
}

fn story(document: &Document, event: &Event) -> [String; 7] {
    [
        publisher(document),
        or_empty(event.date_published.as_deref()),
        String::new(),
        String::new(),
        String::new(),
        or_empty(document.lang.as_deref()),
        concat!("Chancery ", env!("CARGO_PKG_VERSION")).to_owned(),
    ]
}
