//! What rows of ICEWS must be.

use std::sync::LazyLock;

use super::tab::{
    Cells, Rule, Table, cameo, count, day, differ, half_point, lat, lon, may, must, ten, text, whole,
};
use super::{Checked, Fault};
use crate::formats::ICEWS_COLUMNS;

/// Checks a row.
pub(super) fn check(line: &str) -> Checked {
    TABLE.check(line)
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(&ICEWS_COLUMNS, rule, across));

fn rule(column: &str) -> Rule {
    match column {
        "Event ID" => must(whole),
        "Event Date" => must(day),
        "Event Text" | "Story ID" => must(text),
        "CAMEO Code" => must(cameo),
        "Intensity" => must(ten),
        "Sentence Number" => must(count),
        "Latitude" => may(lat),
        "Longitude" => may(lon),
        _ => may(text),
    }
}

fn across(cells: &Cells<'_>) -> Checked {
    let code = chancery_ontology::cameo_exact(cells.get("CAMEO Code"));
    let named = code.and_then(|code| name(cells, code.name));
    let scored =
        code.and_then(|code| differ(cells, "Intensity", code.goldstein, "Goldstein's score of the code"));
    let point = half_point(cells, "Latitude", "Longitude");
    let key = Some(("Event ID", cells.get("Event ID").to_owned()));
    Checked { faults: [named, scored, point].into_iter().flatten().collect(), key }
}

fn name(cells: &Cells<'_>, expected: &str) -> Option<Fault> {
    let text = cells.get("Event Text");
    let other = !text.eq_ignore_ascii_case(expected);
    other.then(|| Fault::at("Event Text", format!("{text:?} should be {expected:?}, the name of the code")))
}
