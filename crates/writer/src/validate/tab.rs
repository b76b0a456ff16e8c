//! Lines of cells between tabs: their number, and each by the rule of its column.

use std::collections::BTreeMap;

use super::{Checked, Fault};
use crate::formats::is_day;

/// What a column's cells are like.
pub(super) struct Rule {
    /// Whether a cell may not be empty.
    required: bool,
    /// What is wrong with a cell that is not empty.
    test: Test,
}

/// Accepts a value or says what it should be.
pub(super) type Test = fn(&str) -> Result<(), &'static str>;

/// A column that may be empty.
pub(super) fn may(test: Test) -> Rule {
    Rule { required: false, test }
}

/// A column that must be filled.
pub(super) fn must(test: Test) -> Rule {
    Rule { required: true, test }
}

/// A format's columns, their rules, and what must agree between them.
pub(super) struct Table {
    columns: &'static [&'static str],
    rules: Vec<Rule>,
    places: BTreeMap<&'static str, usize>,
    across: fn(&Cells<'_>) -> Checked,
}

/// One line's cells, found by the names of their columns.
pub(super) struct Cells<'l> {
    table: &'l Table,
    cells: Vec<&'l str>,
}

impl<'l> Cells<'l> {
    /// The cell of a column; a name that is not among the columns has an empty one.
    pub(super) fn get(&self, name: &str) -> &'l str {
        self.table.places.get(name).map(|&at| self.cells[at]).unwrap_or_default()
    }

    /// The cell as a number.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.get(name).parse().ok()
    }
}

impl Table {
    pub(super) fn new(
        columns: &'static [&'static str],
        rule: fn(&str) -> Rule,
        across: fn(&Cells<'_>) -> Checked,
    ) -> Table {
        let rules = columns.iter().map(|column| rule(column)).collect();
        let places = columns.iter().enumerate().map(|(at, column)| (*column, at)).collect();
        Table { columns, rules, places, across }
    }

    /// Checks a line: its cells by the rules, then, where each is right for itself, what must agree between them.
    pub(super) fn check(&self, line: &str) -> Checked {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != self.columns.len() {
            let problem = format!("has {} columns, not {}", cells.len(), self.columns.len());
            return Checked { faults: vec![Fault::line(problem)], key: None };
        }
        let each = self.columns.iter().zip(&cells).zip(&self.rules);
        let faults: Vec<Fault> =
            each.filter_map(|((column, cell), rule)| wrong(column, cell, rule)).collect();
        if !faults.is_empty() {
            return Checked { faults, key: None };
        }
        (self.across)(&Cells { table: self, cells })
    }
}

fn wrong(column: &str, cell: &str, rule: &Rule) -> Option<Fault> {
    if cell.is_empty() {
        return rule.required.then(|| Fault::at(column, "is empty"));
    }
    if cell.starts_with('"') {
        return Some(Fault::at(
            column,
            format!("{cell:?} begins with a double quotation mark, which readers take for quoting"),
        ));
    }
    (rule.test)(cell).err().map(|problem| Fault::at(column, format!("{cell:?} is {problem}")))
}

/// The fault of a cell that does not agree with another.
pub(super) fn disagree(cells: &Cells<'_>, column: &str, expected: &str, because: &str) -> Option<Fault> {
    let cell = cells.get(column);
    (cell != expected).then(|| Fault::at(column, format!("{cell:?} should be {expected:?}, {because}")))
}

/// The fault of a number that does not agree with another.
pub(super) fn differ(cells: &Cells<'_>, column: &str, expected: f64, because: &str) -> Option<Fault> {
    let far = cells.number(column).is_some_and(|number| (number - expected).abs() > 0.005);
    far.then(|| Fault::at(column, format!("{:?} should be {expected}, {because}", cells.get(column))))
}

/// The fault of a point of which one half is missing.
pub(super) fn half_point(cells: &Cells<'_>, lat: &str, lon: &str) -> Option<Fault> {
    match (cells.get(lat).is_empty(), cells.get(lon).is_empty()) {
        (true, false) => Some(Fault::at(lat, "is empty, though the longitude is given")),
        (false, true) => Some(Fault::at(lon, "is empty, though the latitude is given")),
        _ => None,
    }
}

/// Anything.
pub(super) fn text(_: &str) -> Result<(), &'static str> {
    Ok(())
}

/// A day as `2022-03-14`.
pub(super) fn day(cell: &str) -> Result<(), &'static str> {
    or(is_day(cell), "no day that exists, as 2022-03-14")
}

/// A day as `20220314`.
pub(super) fn digit_day(cell: &str) -> Result<(), &'static str> {
    or(is_digit_day(cell), "no day that exists, as 20220314")
}

/// A second as `20220314120000`.
pub(super) fn stamp(cell: &str) -> Result<(), &'static str> {
    let time =
        |from: usize, below| cell.get(from..from + 2).and_then(whole_number).is_some_and(|n| n < below);
    let good = cell.len() == 14 && cell.get(..8).is_some_and(is_digit_day);
    or(good && time(8, 24) && time(10, 60) && time(12, 60), "no time that exists, as 20220314120000")
}

fn is_digit_day(cell: &str) -> bool {
    let parts = (cell.get(..4), cell.get(4..6), cell.get(6..));
    let (Some(year), Some(month), Some(day)) = parts else { return false };
    cell.bytes().all(|b| b.is_ascii_digit()) && is_day(&format!("{year}-{month}-{day}"))
}

/// A whole number that fits a signed column of 64 bits.
pub(super) fn whole(cell: &str) -> Result<(), &'static str> {
    or(whole_number(cell).is_some_and(|n| i64::try_from(n).is_ok()), "no whole number")
}

/// A whole number from 1.
pub(super) fn count(cell: &str) -> Result<(), &'static str> {
    or(whole_number(cell).is_some_and(|n| n > 0), "no number from 1")
}

/// A place in a text, or -1 for none.
pub(super) fn offset(cell: &str) -> Result<(), &'static str> {
    or(cell == "-1" || whole_number(cell).is_some(), "no offset: a number from 0, or -1")
}

/// 0 or 1.
pub(super) fn bit(cell: &str) -> Result<(), &'static str> {
    or(matches!(cell, "0" | "1"), "neither 0 nor 1")
}

/// -10 to 10.
pub(super) fn ten(cell: &str) -> Result<(), &'static str> {
    or(within(cell, 10.0), "no number from -10 to 10")
}

/// -100 to 100.
pub(super) fn tone(cell: &str) -> Result<(), &'static str> {
    or(within(cell, 100.0), "no number from -100 to 100")
}

/// Degrees of latitude.
pub(super) fn lat(cell: &str) -> Result<(), &'static str> {
    or(within(cell, 90.0), "no latitude: a number from -90 to 90")
}

/// Degrees of longitude.
pub(super) fn lon(cell: &str) -> Result<(), &'static str> {
    or(within(cell, 180.0), "no longitude: a number from -180 to 180")
}

/// A code of the CAMEO codebook.
pub(super) fn cameo(cell: &str) -> Result<(), &'static str> {
    or(chancery_ontology::cameo_exact(cell).is_some(), "no code of CAMEO; the leading zero belongs to it")
}

/// Capitals three by three: state, role, group.
pub(super) fn composite(cell: &str) -> Result<(), &'static str> {
    let threes = cell.len().is_multiple_of(3) && cell.len() <= 24;
    let letters = cell.bytes().all(|b| b.is_ascii_alphanumeric());
    or(threes && letters, "no CAMEO actor code: letters three by three")
}

fn within(cell: &str, most: f64) -> bool {
    cell.parse::<f64>().is_ok_and(|n| n.abs() <= most)
}

fn whole_number(cell: &str) -> Option<u64> {
    cell.bytes().all(|b| b.is_ascii_digit()).then(|| cell.parse().ok())?
}

/// The answer of a test.
pub(super) fn or(good: bool, problem: &'static str) -> Result<(), &'static str> {
    if good { Ok(()) } else { Err(problem) }
}
