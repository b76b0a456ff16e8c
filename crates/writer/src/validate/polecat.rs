//! What rows of POLECAT must be.

use std::sync::LazyLock;

use chancery_ontology::{AUXILIARY_MODES, CONTEXTS, Category, Sector, country};

use super::tab::{
    Cells, Rule, Table, day, differ, disagree, half_point, lat, lon, may, must, or, ten, text, whole,
};
use super::value::known_code;
use super::{Checked, Fault};
use crate::formats::{POLECAT_COLUMNS, quad_name};

/// Checks a row.
pub(super) fn check(line: &str) -> Checked {
    TABLE.check(line)
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(&POLECAT_COLUMNS, rule, across));

fn rule(column: &str) -> Rule {
    match column {
        "Event ID" => must(text),
        "Event Date" => must(day),
        "Event Type" => must(category),
        "Intensity" => must(ten),
        "Quad Code" => must(quad),
        "Contexts" => may(contexts),
        "Actor Country" | "Recipient Country" => may(codes),
        "Country" => may(code),
        "Actor COW" | "Recipient COW" => may(numbers),
        "Primary Actor Sector" | "Primary Recipient Sector" | "Actor Sectors" | "Recipient Sectors" => {
            may(sectors)
        }
        "Latitude" => may(lat),
        "Longitude" => may(lon),
        "GeoNames ID" => may(whole),
        "Publication Date" => may(day),
        "Language" => may(language),
        _ => may(text),
    }
}

fn category(cell: &str) -> Result<(), &'static str> {
    or(Category::from_name(cell).is_some(), "no category of PLOVER 0.8")
}

fn quad(cell: &str) -> Result<(), &'static str> {
    or((1..=4).any(|quad| quad_name(quad) == Some(cell)), "no quad class, as VERBAL CONFLICT")
}

fn contexts(cell: &str) -> Result<(), &'static str> {
    or(cell.split(';').all(|c| CONTEXTS.contains(&c)), "no list of PLOVER contexts between semicolons")
}

fn codes(cell: &str) -> Result<(), &'static str> {
    let good = |code: &str| code.is_empty() || known_code(code);
    or(cell.split(';').all(good), "no list of three-letter codes between semicolons")
}

fn code(cell: &str) -> Result<(), &'static str> {
    or(known_code(cell), "no three-letter code")
}

fn numbers(cell: &str) -> Result<(), &'static str> {
    let good = |n: &str| n.len() <= 3 && whole(n).is_ok() || n.is_empty();
    or(cell.split(';').all(good), "no list of Correlates of War numbers between semicolons")
}

fn sectors(cell: &str) -> Result<(), &'static str> {
    let good = |code: &str| code.is_empty() || Sector::from_code(code).is_some();
    or(cell.split(';').all(good), "no list of PLOVER sectors between semicolons")
}

fn language(cell: &str) -> Result<(), &'static str> {
    let good = matches!(cell.len(), 2 | 3) && cell.bytes().all(|b| b.is_ascii_lowercase());
    or(good, "no language code")
}

fn across(cells: &Cells<'_>) -> Checked {
    let key = Some(("Event ID", cells.get("Event ID").to_owned()));
    let category = Category::from_name(cells.get("Event Type"));
    let mut faults: Vec<Fault> = category.map(|category| ontology(cells, category)).unwrap_or_default();
    faults.extend(["Actor", "Recipient"].into_iter().flat_map(|side| party(cells, side)));
    faults.extend(half_point(cells, "Latitude", "Longitude"));
    Checked { faults, key }
}

/// Modes, scale and quad class are those of the category, and it has the recipient that it needs.
fn ontology(cells: &Cells<'_>, category: Category) -> Vec<Fault> {
    let modes: Vec<&str> = cells.get("Event Mode").split(';').filter(|mode| !mode.is_empty()).collect();
    let stray = |mode: &&&str| !category.modes().contains(mode) && !AUXILIARY_MODES.contains(mode);
    let stray = modes.iter().find(stray);
    let stray = stray.map(|mode| Fault::at("Event Mode", format!("{mode:?} is no mode of {category}")));
    let quad = quad_name(category.quad()).unwrap_or_default();
    let alone = category.needs_recipient() && cells.get("Recipient Name Raw").is_empty();
    let alone = alone && cells.get("Recipient Name").is_empty();
    [
        stray,
        disagree(cells, "Quad Code", quad, "the quad class of the category"),
        differ(cells, "Intensity", category.scale(&modes), "PLOVER's score of category and mode"),
        alone.then(|| Fault::at("Recipient Name", format!("is empty, though {category} needs a recipient"))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Numbers are those of the countries, and the first sector is the first of the list.
fn party(cells: &Cells<'_>, side: &str) -> Vec<Fault> {
    let column = |name: &str| format!("{side} {name}");
    let (countries, numbers) = (column("Country"), column("COW"));
    let expected: Vec<String> = cells.get(&countries).split(';').map(cow).collect();
    let expected = expected.join(";");
    let expected = if expected.bytes().all(|b| b == b';') { "" } else { &expected };
    let first = format!("Primary {side} Sector");
    let sectors = cells.get(&column("Sectors")).split(';').next().unwrap_or_default();
    [
        disagree(cells, &numbers, expected, "the Correlates of War numbers of the countries"),
        disagree(cells, &first, sectors, "the first of the sectors"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn cow(code: &str) -> String {
    country(code).and_then(|country| country.cow).map(|number| number.to_string()).unwrap_or_default()
}
