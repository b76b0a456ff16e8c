//! ICEWS: twenty columns with a header, one source and one target a row.

use std::io::{self, Write};

use chancery_ontology::{cameo, country, icews_sectors};
use chancery_record::{Actor, Event};
use chancery_text::Document;

use super::cells::{cell, name, number, or_empty, publisher, row};
use super::date::deed_day;
use super::dyads::{Dyad, dyads, serial};
use super::place::levels;
use super::{Format, kept};

/// The columns of ICEWS.
pub const ICEWS_COLUMNS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

/// Writes the line that names the columns.
///
/// # Errors
/// Those of `out`.
pub fn icews_head(out: &mut impl Write) -> io::Result<()> {
    row(out, &ICEWS_COLUMNS)
}

/// Writes one document's events as rows of ICEWS.
///
/// # Errors
/// Those of `out`.
pub fn icews(out: &mut impl Write, document: &Document, events: &[Event]) -> io::Result<()> {
    for event in kept(Format::Icews, events) {
        for dyad in dyads(event) {
            row(out, &cells(document, event, dyad))?;
        }
    }
    Ok(())
}

fn cells(document: &Document, event: &Event, dyad: Dyad<'_>) -> Vec<String> {
    let mut cells = vec![serial(event, dyad.number).to_string(), or_empty(deed_day(event))];
    cells.extend(party(dyad.actor));
    cells.extend([
        or_empty(cameo(&event.cameo).map(|code| code.name)),
        event.cameo.clone(),
        event.goldstein.to_string(),
    ]);
    cells.extend(party(dyad.recipient));
    cells.extend([cell(&document.id), (event.sentence + 1).to_string(), publisher(document)]);
    cells.extend(place(event));
    cells
}

/// Name, sectors, country.
fn party(actor: Option<&Actor>) -> [String; 3] {
    let Some(actor) = actor else { return Default::default() };
    let code = actor.code.as_deref().unwrap_or_default();
    let sectors = [icews_sectors(code), actor.sector.as_deref().and_then(icews_sectors)];
    let sectors: Vec<&str> = sectors.into_iter().flatten().collect();
    [cell(name(actor)), sectors.join(","), or_empty(country(code).map(|c| c.name))]
}

fn place(event: &Event) -> [String; 6] {
    let place = event.place.as_ref();
    let levels = levels(place);
    let state = place.and_then(|p| country(p.country.as_deref()?));
    [
        or_empty(levels.city),
        or_empty(levels.district),
        or_empty(levels.province),
        or_empty(state.map(|s| s.name)),
        number(place.and_then(|p| p.lat)),
        number(place.and_then(|p| p.lon)),
    ]
}
