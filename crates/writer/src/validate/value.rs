//! What values of JSON records must be, in whichever format they stand.

use chancery_ontology::{CONTEXTS, Category, Sector};

use super::Fault;
use crate::formats::is_day;

/// Whether this has the form of a country's or body's code.
pub(super) fn known_code(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase())
}

/// The fault of a value that does not pass.
pub(super) fn unless(good: bool, path: impl Into<String>, problem: impl FnOnce() -> String) -> Option<Fault> {
    (!good).then(|| Fault::at(path, problem()))
}

pub(super) fn not_empty(path: &str, value: &str) -> Option<Fault> {
    unless(!value.trim().is_empty(), path, || "is empty".to_owned())
}

pub(super) fn day(path: &str, day: Option<&str>) -> Option<Fault> {
    let day = day?;
    unless(is_day(day), path, || format!("{day:?} is no day that exists, as 2022-03-14"))
}

pub(super) fn in_order(path: &str, start: Option<&str>, end: Option<&str>) -> Option<Fault> {
    let (start, end) = start.zip(end)?;
    unless(start <= end, path, || format!("{end:?} is before {start:?}"))
}

pub(super) fn code(path: String, code: Option<&str>) -> Option<Fault> {
    let code = code?;
    unless(known_code(code), path, || format!("{code:?} is no code of three capitals"))
}

/// A sector, or a sector and one within it.
pub(super) fn sector(path: String, sector: Option<&str>) -> Option<Fault> {
    let sector = sector?;
    let parts = [sector.get(..3), sector.get(3..)].map(Option::unwrap_or_default);
    let known = |part: &str| Sector::from_code(part).is_some();
    let good = known(parts[0]) && (parts[1].is_empty() || known(parts[1]));
    unless(good, path, || format!("{sector:?} is no sector of PLOVER"))
}

/// Modes must be the category's or among `others`.
pub(super) fn modes(category: Category, modes: &[String], others: &[&str]) -> Vec<Fault> {
    let good = |mode: &str| category.modes().contains(&mode) || others.contains(&mode);
    let each = modes.iter().enumerate();
    each.filter_map(|(n, mode)| {
        unless(good(mode), format!("mode[{n}]"), || format!("{mode:?} is no mode of {category}"))
    })
    .collect()
}

pub(super) fn contexts(contexts: &[String]) -> Vec<Fault> {
    let each = contexts.iter().enumerate();
    each.filter_map(|(n, context)| {
        let good = CONTEXTS.contains(&context.as_str());
        unless(good, format!("context[{n}]"), || format!("{context:?} is no context of PLOVER"))
    })
    .collect()
}

/// A number that something else decides.
pub(super) fn equal(path: &str, number: f64, expected: f64, because: &str) -> Option<Fault> {
    unless((number - expected).abs() < 0.005, path, || format!("{number} should be {expected}, {because}"))
}

/// A point, both halves or none.
pub(super) fn point(path: &str, lat: Option<f64>, lon: Option<f64>) -> Vec<Fault> {
    let half = lat.is_some() != lon.is_some();
    let within = |degrees: Option<f64>, most: f64| degrees.is_none_or(|d| d.abs() <= most);
    [
        unless(!half, path, || "has one of lat and lon, not both".to_owned()),
        unless(within(lat, 90.0), format!("{path}.lat"), || "is no number from -90 to 90".to_owned()),
        unless(within(lon, 180.0), format!("{path}.lon"), || "is no number from -180 to 180".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect()
}
