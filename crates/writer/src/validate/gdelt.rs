//! What rows of GDELT's two tables must be.

use std::sync::LazyLock;

use chancery_ontology::{cameo_exact, is_fips};

use super::tab::{
    Cells, Rule, Table, bit, cameo, composite, count, differ, digit_day, disagree, half_point, lat, lon, may,
    must, offset, or, stamp, ten, text, tone, whole,
};
use super::{Checked, Fault};
use crate::formats::{GDELT1_COLUMNS, GDELT2_COLUMNS, MENTIONS_COLUMNS, fraction, quad_of_root};

/// The three places of an event, as prefixes of their columns.
const PLACES: [&str; 3] = ["Actor1Geo", "Actor2Geo", "ActionGeo"];

static EVENTS_1: LazyLock<Table> = LazyLock::new(|| Table::new(&GDELT1_COLUMNS, rule_of_1, across));
static EVENTS_2: LazyLock<Table> = LazyLock::new(|| Table::new(&GDELT2_COLUMNS, rule_of_2, across));
static MENTIONS: LazyLock<Table> =
    LazyLock::new(|| Table::new(&MENTIONS_COLUMNS, rule_of_mentions, across_mentions));

/// Checks a row of events of GDELT 1.0.
pub(super) fn events_1(line: &str) -> Checked {
    EVENTS_1.check(line)
}

/// Checks a row of events of GDELT 2.0.
pub(super) fn events_2(line: &str) -> Checked {
    EVENTS_2.check(line)
}

/// Checks a row of mentions.
pub(super) fn mentions(line: &str) -> Checked {
    MENTIONS.check(line)
}

fn rule_of_1(column: &str) -> Rule {
    if column == "DATEADDED" { must(digit_day) } else { rule(column) }
}

fn rule_of_2(column: &str) -> Rule {
    if column == "DATEADDED" { must(stamp) } else { rule(column) }
}

fn rule(column: &str) -> Rule {
    match column {
        "GLOBALEVENTID" => must(whole),
        "SQLDATE" => must(digit_day),
        "MonthYear" | "Year" => must(whole),
        "FractionDate" => must(number),
        "IsRootEvent" => must(bit),
        "EventCode" | "EventBaseCode" | "EventRootCode" => must(cameo),
        "QuadClass" => must(quad),
        "GoldsteinScale" => may(ten),
        "NumMentions" | "NumSources" | "NumArticles" => must(count),
        "AvgTone" => may(tone),
        "SOURCEURL" => must(text),
        _ => of_party_or_place(column),
    }
}

fn of_party_or_place(column: &str) -> Rule {
    match column.trim_start_matches(|c: char| c != '_').trim_start_matches('_') {
        "Type" => must(geo_type),
        "CountryCode" => may(fips),
        "Lat" => may(lat),
        "Long" => may(lon),
        "" if column.ends_with("Name") => may(capitals),
        "" if column.len() == "Actor1Code".len() => may(composite),
        "" => may(three),
        _ => may(text),
    }
}

fn rule_of_mentions(column: &str) -> Rule {
    match column {
        "GLOBALEVENTID" => must(whole),
        "EventTimeDate" | "MentionTimeDate" => must(stamp),
        "MentionType" => must(mention_type),
        "MentionIdentifier" => must(text),
        "SentenceID" => must(count),
        "Actor1CharOffset" | "Actor2CharOffset" | "ActionCharOffset" => must(offset),
        "InRawText" => must(bit),
        "Confidence" => must(tens),
        "MentionDocLen" => must(whole),
        "MentionDocTone" => may(tone),
        _ => may(text),
    }
}

fn number(cell: &str) -> Result<(), &'static str> {
    or(cell.parse::<f64>().is_ok_and(f64::is_finite), "no number")
}

fn quad(cell: &str) -> Result<(), &'static str> {
    or(matches!(cell, "1" | "2" | "3" | "4"), "no quad class, 1 to 4")
}

fn geo_type(cell: &str) -> Result<(), &'static str> {
    or(matches!(cell, "0" | "1" | "2" | "3" | "4" | "5"), "no type of place, 0 to 5")
}

fn mention_type(cell: &str) -> Result<(), &'static str> {
    or(matches!(cell, "1" | "2" | "3" | "4" | "5" | "6"), "no type of mention, 1 to 6")
}

fn tens(cell: &str) -> Result<(), &'static str> {
    let good = cell.parse::<u8>().is_ok_and(|n| (10..=100).contains(&n) && n % 10 == 0);
    or(good, "no percentage in tens, 10 to 100")
}

fn fips(cell: &str) -> Result<(), &'static str> {
    or(is_fips(cell), "no country of FIPS 10-4, which differs from ISO 3166")
}

fn three(cell: &str) -> Result<(), &'static str> {
    or(cell.len() == 3 && composite(cell).is_ok(), "no code of three letters")
}

fn capitals(cell: &str) -> Result<(), &'static str> {
    or(cell == cell.to_uppercase(), "not in capitals")
}

fn across(cells: &Cells<'_>) -> Checked {
    let key = Some(("GLOBALEVENTID", cells.get("GLOBALEVENTID").to_owned()));
    let mut faults = dates(cells);
    faults.extend(codes(cells));
    faults.extend(["Actor1", "Actor2"].into_iter().flat_map(|side| parts(cells, side)));
    faults.extend(PLACES.into_iter().flat_map(|place| geography(cells, place)));
    Checked { faults, key }
}

/// Month, year and fraction are those of the day.
fn dates(cells: &Cells<'_>) -> Vec<Fault> {
    let day = cells.get("SQLDATE");
    let part = |column, end| disagree(cells, column, &day[..end], "the beginning of SQLDATE");
    let expected = fraction(day).and_then(|f| f.parse().ok()).unwrap_or_default();
    let share = differ(cells, "FractionDate", expected, "the fraction of SQLDATE");
    [part("MonthYear", 6), part("Year", 4), share].into_iter().flatten().collect()
}

/// Base, root, quad class and score are those of the code.
fn codes(cells: &Cells<'_>) -> Vec<Fault> {
    let code = cells.get("EventCode");
    let root = &code[..2];
    let base = code.get(..3).unwrap_or(code);
    let quad = quad_of_root(root).map(|quad| quad.to_string()).unwrap_or_default();
    let score = cameo_exact(code).map(|code| code.goldstein).unwrap_or_default();
    [
        disagree(cells, "EventBaseCode", base, "the first three digits of EventCode"),
        disagree(cells, "EventRootCode", root, "the first two digits of EventCode"),
        disagree(cells, "QuadClass", &quad, "the quad class of the root"),
        differ(cells, "GoldsteinScale", score, "Goldstein's score of EventCode"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The parts of an actor's code stand in the code.
fn parts(cells: &Cells<'_>, side: &str) -> Vec<Fault> {
    let code = cells.get(&format!("{side}Code"));
    let names = ["Country", "KnownGroup", "Ethnic", "Religion1", "Religion2", "Type1", "Type2", "Type3"];
    let stray = |name: &str| {
        let column = format!("{side}{name}Code");
        let cell = cells.get(&column);
        (!code.contains(cell)).then(|| Fault::at(column.as_str(), format!("{cell:?} is no part of {code:?}")))
    };
    names.into_iter().filter_map(stray).collect()
}

/// Type 0 has nothing else; any other has a name, and a US type the United States.
fn geography(cells: &Cells<'_>, place: &str) -> Vec<Fault> {
    let column = |name: &str| format!("{place}_{name}");
    let get = |name: &str| cells.get(&column(name));
    let filled =
        ["FullName", "CountryCode", "ADM1Code", "Lat", "Long"].into_iter().find(|name| !get(name).is_empty());
    let (kind, country) = (get("Type"), get("CountryCode"));
    let us = matches!(kind, "2" | "3");
    let type_fault = match (kind, filled) {
        ("0", Some(name)) => {
            Some(Fault::at(column("Type"), format!("is 0, though {} is given", column(name))))
        }
        (_, _) if kind != "0" && get("FullName").is_empty() => {
            Some(Fault::at(column("FullName"), "is empty, though the type says that there is a place"))
        }
        _ if us && country != "US" || country == "US" && matches!(kind, "4" | "5") => {
            Some(Fault::at(column("Type"), format!("{kind} does not go with the country {country:?}")))
        }
        _ => None,
    };
    let division = (!get("ADM1Code").starts_with(country) && !get("ADM1Code").is_empty())
        .then(|| Fault::at(column("ADM1Code"), format!("{:?} is not in {country:?}", get("ADM1Code"))));
    type_fault.into_iter().chain(division).chain(half_point(cells, &column("Lat"), &column("Long"))).collect()
}

/// A mention is not before its event, and its offsets are in its document.
fn across_mentions(cells: &Cells<'_>) -> Checked {
    let early = cells.get("MentionTimeDate") < cells.get("EventTimeDate");
    let early = early.then(|| Fault::at("MentionTimeDate", "is before EventTimeDate"));
    let length = cells.number("MentionDocLen").unwrap_or_default();
    let beyond = |column: &&str| length > 0.0 && cells.number(column).is_some_and(|n| n >= length);
    let beyond = ["Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset"].into_iter().filter(beyond);
    let beyond = beyond.map(|column| Fault::at(column, "is beyond MentionDocLen"));
    Checked { faults: early.into_iter().chain(beyond).collect(), key: None }
}
