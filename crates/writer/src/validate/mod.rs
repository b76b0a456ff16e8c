//! Checks files of events, line by line: columns and fields, codes, dates, numbers, and what must agree with what.

mod gdelt;
mod header;
mod icews;
mod jsonl;
mod lines;
mod petrarch;
mod plover;
mod polecat;
mod shape;
mod tab;
mod value;

use std::collections::HashSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead};

use chancery_record::Event;

use crate::formats::Format;
use lines::{Line, each_line};

/// Something wrong in a file of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Line or row of the file, from 1; 0 where the file as a whole is meant.
    pub row: usize,
    /// Name of the column, or path of the field (`actor[0].code`); `None` where the whole line is meant.
    pub column: Option<String>,
    /// What is wrong, and what would be right.
    pub problem: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.row, &self.column) {
            (0, Some(column)) => write!(f, "{column}: {}", self.problem),
            (0, None) => f.write_str(&self.problem),
            (row, Some(column)) => write!(f, "row {row}, {column}: {}", self.problem),
            (row, None) => write!(f, "row {row}: {}", self.problem),
        }
    }
}

impl Finding {
    /// One that concerns the file as a whole.
    pub(crate) fn of_file(problem: String) -> Finding {
        Finding { row: 0, column: None, problem }
    }
}

/// What is wrong with an event, by path of the field (`actor[0].code`) and problem.
/// Whether its words stand in the document cannot be told without the document.
pub fn check_event(event: &Event) -> impl Iterator<Item = (String, String)> {
    jsonl::meaning(event).into_iter().map(|fault| (fault.column.unwrap_or_default(), fault.problem))
}

/// What is wrong with one line.
struct Fault {
    column: Option<String>,
    problem: String,
}

impl Fault {
    fn at(column: impl Into<String>, problem: impl Into<String>) -> Fault {
        Fault { column: Some(column.into()), problem: problem.into() }
    }

    fn line(problem: impl Into<String>) -> Fault {
        Fault { column: None, problem: problem.into() }
    }
}

/// What one line gave: its faults, and what no other line may have again (column and value).
#[derive(Default)]
struct Checked {
    faults: Vec<Fault>,
    key: Option<(&'static str, String)>,
}

/// Checks a file of that format, reports everything that is wrong in it, and gives the number of its records.
///
/// Memory grows by eight bytes a record, which keep identifiers apart.
///
/// # Errors
/// Those of `reader`.
pub fn validate(format: Format, reader: impl BufRead, mut report: impl FnMut(Finding)) -> io::Result<usize> {
    let mut seen = HashSet::new();
    let mut records = 0;
    let rows = each_line(reader, |row, line| {
        let header = header::columns(format).filter(|_| row == 1);
        let mut faults = Vec::new();
        match (line, header) {
            (Line::Unreadable(problem), _) => {
                records += usize::from(header.is_none());
                faults.push(Fault::line(problem));
            }
            (Line::Text(text), Some(columns)) => faults = header::check(&text, columns),
            (Line::Text(text), None) if text.is_empty() => faults.push(Fault::line("is empty")),
            (Line::Text(text), None) => {
                records += 1;
                let checked = check(format, &text);
                faults = checked.faults;
                faults.extend(checked.key.and_then(|key| repeated(&mut seen, key)));
            }
        }
        faults.into_iter().for_each(|fault| report(fault.on(row)));
    })?;
    if let (0, Some(columns)) = (rows, header::columns(format)) {
        report(Fault::line(format!("is missing: the names of {} columns", columns.len())).on(1));
    }
    Ok(records)
}

impl Fault {
    fn on(self, row: usize) -> Finding {
        Finding { row, column: self.column, problem: self.problem }
    }
}

fn check(format: Format, line: &str) -> Checked {
    match format {
        Format::Jsonl => jsonl::check(line),
        Format::Plover => plover::check(line),
        Format::Petrarch => petrarch::check(line),
        Format::Gdelt1 => gdelt::events_1(line),
        Format::Gdelt2 => gdelt::events_2(line),
        Format::Mentions => gdelt::mentions(line),
        Format::Icews => icews::check(line),
        Format::Polecat => polecat::check(line),
    }
}

/// What is wrong with an event among those of a file, whose identifiers `seen` keeps.
pub(crate) fn check_among(event: &Event, seen: &mut HashSet<u64>) -> Vec<(String, String)> {
    let again = repeated(seen, ("id", event.id.clone())).map(|fault| ("id".to_owned(), fault.problem));
    again.into_iter().chain(check_event(event)).collect()
}

fn repeated(seen: &mut HashSet<u64>, (column, value): (&'static str, String)) -> Option<Fault> {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    let again = !seen.insert(hasher.finish());
    again.then(|| Fault::at(column, format!("{value:?} stands in a line before; it must be there once")))
}
