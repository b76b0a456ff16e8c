//! Events as rows of CSV.

use std::io::{self, Write};

use chancery_record::Event;
use chancery_text::Document;
use serde_json::Value;

use super::columns::csv_columns;
use super::{ESCAPE, JOINTS};

/// Writes the row that names the columns.
///
/// # Errors
/// Those of `out`.
pub fn csv_head(out: &mut impl Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(csv_columns().iter().map(|column| &column.name))?;
    rows.flush()
}

/// Writes one document's events, a row each.
///
/// Texts are written as they are, also those that begin with `=`, `+`, `-` or `@`, which a spreadsheet takes for a
/// formula if it is not told that the column is text: a mark before them would be part of the data for everybody else.
///
/// # Errors
/// Those of `out`.
pub fn csv(out: &mut impl Write, document: &Document, events: &[Event]) -> io::Result<()> {
    let columns = csv_columns();
    let mut rows = csv::Writer::from_writer(out);
    for event in events {
        let event = serde_json::to_value(event)?;
        rows.write_record(columns.iter().map(|column| match &column.path {
            Some(path) => cell(&event, path, &JOINTS).unwrap_or_default(),
            None => of_document(document, &column.name).unwrap_or_default().to_owned(),
        }))?;
    }
    rows.flush()
}

fn of_document<'a>(document: &'a Document, column: &str) -> Option<&'a str> {
    match column {
        "document_title" => document.title.as_deref(),
        "document_source" => document.source.as_deref(),
        "document_url" => document.url.as_deref(),
        _ => None,
    }
}

/// What stands at a path, the items of lists joined by the first of the joints; `None` if nothing does.
fn cell(value: &Value, path: &str, joints: &[char]) -> Option<String> {
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let (name, rest) = path.split_at(end);
    let value = if name.is_empty() { value } else { value.get(name)? };
    if let Some(below) = rest.strip_prefix("[]") {
        let (joint, inner) = joints.split_first()?;
        let items = value.as_array()?.iter().map(|item| cell(item, below, inner).unwrap_or_default());
        return Some(items.collect::<Vec<_>>().join(&joint.to_string()));
    }
    match rest.strip_prefix('.') {
        Some(below) => cell(value, below, joints),
        None => plain(value, joints.len() < JOINTS.len()),
    }
}

fn plain(value: &Value, in_list: bool) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if in_list => Some(escaped(text)),
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn escaped(text: &str) -> String {
    let special = |c: char| c == ESCAPE || JOINTS.contains(&c);
    text.chars().flat_map(|c| special(c).then_some(ESCAPE).into_iter().chain([c])).collect()
}
