//! The first line of the formats that name their columns.

use super::Fault;
use crate::formats::{Format, ICEWS_COLUMNS, POLECAT_COLUMNS};

/// The names that the first line must have; `None` for formats without a header.
pub(super) fn columns(format: Format) -> Option<&'static [&'static str]> {
    match format {
        Format::Icews => Some(&ICEWS_COLUMNS),
        Format::Polecat => Some(&POLECAT_COLUMNS),
        _ => None,
    }
}

pub(super) fn check(line: &str, columns: &[&str]) -> Vec<Fault> {
    let names: Vec<&str> = line.split('\t').collect();
    let differ = columns.iter().zip(&names).find(|(column, name)| column != name);
    let wrong = differ.map(|(column, name)| Fault::at(*column, format!("the header says {name:?} here")));
    let count = names.len() != columns.len();
    let count = count.then(|| Fault::line(format!("has {} columns, not {}", names.len(), columns.len())));
    wrong.into_iter().chain(count).collect()
}
