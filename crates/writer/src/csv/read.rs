//! Rows of CSV as events again, and what is wrong with them.

use std::collections::HashSet;
use std::io::Read;

use chancery_record::Event;
use csv::StringRecord;
use serde::Deserialize;
use serde_json::{Map, Number, Value};

use super::columns::{csv_columns, name_of};
use super::{ESCAPE, JOINTS};
use crate::columns::{EVENT, Field, Kind};
use crate::validate::{Finding, check_among};

/// The events of a CSV file with the columns of [`csv_head`](super::csv_head), in any order and among others; for a row
/// that is no event, what is wrong with it. Rows are counted as a spreadsheet does: 1 is the one that names the columns.
///
/// An event comes back as it was written, but for empty texts: where null is possible they are null, and a list of a
/// single one is empty.
pub fn read_csv<'a, R: Read + 'a>(input: R) -> Box<dyn Iterator<Item = Result<Event, Vec<Finding>>> + 'a> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let columns = reader.headers().map_err(|error| vec![of_row(1, &error)]).and_then(Columns::find);
    match columns {
        Err(findings) => Box::new(std::iter::once(Err(findings))),
        Ok(columns) => {
            let rows = (2..).zip(reader.into_records());
            Box::new(rows.map(move |(row, record)| match record {
                Ok(record) => columns.event(row, &record),
                Err(error) => Err(vec![of_row(row, &error)]),
            }))
        }
    }
}

/// What is wrong with a CSV file of events, in the order of its rows, which are counted as by [`read_csv`].
pub fn validate_csv<'a, R: Read + 'a>(input: R) -> impl Iterator<Item = Finding> + 'a {
    let mut seen = HashSet::new();
    (2..).zip(read_csv(input)).flat_map(move |(row, event)| match event {
        Ok(event) => {
            check_among(&event, &mut seen).iter().map(|(path, problem)| flat(row, path, problem)).collect()
        }
        Err(findings) => findings,
    })
}

/// What is wrong with a field, said of its cell.
fn flat(row: usize, path: &str, problem: &str) -> Finding {
    let item = path.split_once('[').and_then(|(_, rest)| rest.split_once(']')?.0.parse::<usize>().ok());
    let problem = match item {
        Some(index) => format!("item {} {problem}", index + 1),
        None => problem.to_owned(),
    };
    Finding { row, column: Some(name_of(path)), problem }
}

fn of_row(row: usize, error: &csv::Error) -> Finding {
    let problem = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "is not UTF-8".to_owned(),
        _ => format!("cannot be read: {error}"),
    };
    Finding { row, column: None, problem }
}

/// Where the fields of the record stand.
struct Columns {
    /// Names in the order of the record, with their places in a row.
    places: Vec<(String, usize)>,
    /// Cells that a row has.
    width: usize,
}

impl Columns {
    fn find(head: &StringRecord) -> Result<Columns, Vec<Finding>> {
        let (mut places, mut missing) = (Vec::new(), Vec::new());
        for column in csv_columns().into_iter().filter(|column| column.path.is_some()) {
            match head.iter().position(|name| name == column.name) {
                Some(place) => places.push((column.name, place)),
                None => missing.push(Finding {
                    row: 1,
                    column: Some(column.name),
                    problem: "is missing".to_owned(),
                }),
            }
        }
        if missing.is_empty() { Ok(Columns { places, width: head.len() }) } else { Err(missing) }
    }

    fn event(&self, row: usize, record: &StringRecord) -> Result<Event, Vec<Finding>> {
        if record.len() != self.width {
            let problem = format!("has {} cells; the first row names {} columns", record.len(), self.width);
            return Err(vec![Finding { row, column: None, problem }]);
        }
        let cells: Vec<Cell> = self
            .places
            .iter()
            .map(|(column, place)| Cell { column, text: record[*place].to_owned() })
            .collect();
        let mut problems = Vec::new();
        let value = fields(EVENT, &cells, 0, &mut problems);
        if !problems.is_empty() {
            let finding = |(column, problem)| Finding { row, column: Some(column), problem };
            return Err(problems.into_iter().map(finding).collect());
        }
        Event::deserialize(value)
            .map_err(|error| vec![Finding { row, column: None, problem: error.to_string() }])
    }
}

/// A cell, or the part of it that belongs to one item of a list.
struct Cell<'a> {
    column: &'a str,
    text: String,
}

/// The fields of a record from their cells, which stand in the same order. `depth` counts the lists around.
fn fields(fields: &[Field], cells: &[Cell], depth: usize, problems: &mut Vec<(String, String)>) -> Value {
    let mut rest = cells;
    let mut record = Map::new();
    for field in fields {
        let (own, others) = rest.split_at(width(field.kind));
        record.insert(field.name.to_owned(), value(field, own, depth, problems));
        rest = others;
    }
    record.into()
}

/// Cells of a field.
fn width(kind: Kind) -> usize {
    match kind {
        Kind::Record(fields) | Kind::Records(fields) => fields.iter().map(|field| width(field.kind)).sum(),
        _ => 1,
    }
}

fn value(field: &Field, cells: &[Cell], depth: usize, problems: &mut Vec<(String, String)>) -> Value {
    let text = &cells[0].text;
    let empty = cells.iter().all(|cell| cell.text.is_empty());
    match field.kind {
        _ if empty && field.nullable => Value::Null,
        Kind::Records(_) | Kind::Texts if empty => Value::Array(Vec::new()),
        Kind::Record(below) => fields(below, cells, depth, problems),
        Kind::Records(below) => items(below, cells, depth, problems),
        Kind::Texts => split(text, JOINTS[depth]).iter().map(|item| unescaped(item)).collect(),
        Kind::Text | Kind::Day if depth > 0 => unescaped(text).into(),
        Kind::Text | Kind::Day => text.clone().into(),
        Kind::Whole | Kind::Small | Kind::Number => number(field.kind, text).map_or_else(
            || {
                problems.push((
                    cells[0].column.to_owned(),
                    format!("has {text:?}, which is no number of its kind"),
                ));
                Value::Null
            },
            Value::Number,
        ),
    }
}

fn number(kind: Kind, text: &str) -> Option<Number> {
    match kind {
        Kind::Number => text.parse().ok().and_then(Number::from_f64),
        Kind::Small => text.parse::<u8>().ok().map(Number::from),
        _ => text.parse::<u64>().ok().map(Number::from),
    }
}

/// The items of a list, of which every cell has a part.
fn items(below: &[Field], cells: &[Cell], depth: usize, problems: &mut Vec<(String, String)>) -> Value {
    let parts: Vec<Vec<String>> = cells.iter().map(|cell| split(&cell.text, JOINTS[depth])).collect();
    let count = parts.iter().map(Vec::len).max().unwrap_or(0);
    let short = cells.iter().zip(&parts).filter(|(_, parts)| parts.len() != count);
    let before = problems.len();
    problems.extend(short.map(|(cell, parts)| {
        let problem = format!("has {} of the {count} items that the columns beside it have", parts.len());
        (cell.column.to_owned(), problem)
    }));
    if problems.len() > before {
        return Value::Null;
    }
    let item = |i: usize| -> Vec<Cell> {
        cells
            .iter()
            .zip(&parts)
            .map(|(cell, parts)| Cell { column: cell.column, text: parts[i].clone() })
            .collect()
    };
    (0..count).map(|i| fields(below, &item(i), depth + 1, problems)).collect()
}

/// The parts between joints, still with their escapes.
fn split(text: &str, joint: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == joint {
            parts.push(String::new());
            continue;
        }
        let part = parts.last_mut().expect("there is one from the start");
        part.push(c);
        part.extend((c == ESCAPE).then(|| chars.next()).flatten());
    }
    parts
}

fn unescaped(text: &str) -> String {
    let mut chars = text.chars();
    std::iter::from_fn(|| match chars.next() {
        Some(ESCAPE) => chars.next(),
        other => other,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use chancery_text::Document;

    use super::*;
    use crate::csv::{csv, csv_head};
    use crate::samples::{bare, full, many};
    use crate::table::tests::document;

    fn written(events: &[Event]) -> String {
        let mut out = Vec::new();
        csv_head(&mut out).unwrap();
        csv(&mut out, &Document { title: Some("=\"Title\", they say".to_owned()), ..document() }, events)
            .unwrap();
        String::from_utf8(out).unwrap()
    }

    fn said(file: &str) -> Vec<String> {
        validate_csv(file.as_bytes()).map(|finding| finding.to_string()).collect()
    }

    /// The file with one cell changed; rows are counted from 1 for the names.
    fn with_cell(file: &str, row: usize, column: &str, text: &str) -> String {
        let mut rows: Vec<StringRecord> = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(file.as_bytes())
            .records()
            .map(Result::unwrap)
            .collect();
        let place = rows[0].iter().position(|name| name == column).unwrap();
        let changed = rows[row - 1].iter().enumerate().map(|(i, cell)| if i == place { text } else { cell });
        rows[row - 1] = changed.collect();
        let mut out = csv::Writer::from_writer(Vec::new());
        rows.iter().for_each(|row| out.write_record(row).unwrap());
        String::from_utf8(out.into_inner().unwrap()).unwrap()
    }

    #[test]
    fn events_come_back_equal() {
        let events = many(7);
        let read: Vec<Event> = read_csv(written(&events).as_bytes()).map(Result::unwrap).collect();
        assert_eq!(read, events);
    }

    #[test]
    fn cells_are_flat() {
        let file = written(&[full()]);
        let mut reader = csv::Reader::from_reader(file.as_bytes());
        let head = reader.headers().unwrap().clone();
        let row = reader.records().next().unwrap().unwrap();
        let cell = |name: &str| &row[head.iter().position(|column| column == name).unwrap()];
        assert_eq!(cell("document_title"), "=\"Title\", they say");
        assert_eq!(cell("recipient_code"), "BOR;RUR");
        assert_eq!(cell("actor_text"), "Präsident Žuža\\; „Onkel“\\|\\\\ 大使");
        assert_eq!(cell("actor_candidates"), "a\\;b|c\\|d\\\\");
        assert_eq!(cell("recipient_candidates"), ";a\\;b|c\\|d\\\\");
        assert_eq!(cell("mode"), "withdraw;discontinue");
        assert_eq!(cell("cameo"), "163");
        assert_eq!(cell("place_lon"), "15.25");
        assert_eq!(cell("attribution_cue_text"), "reported;");
        assert_eq!(cell("evidence_trigger_text"), "imposed sweeping sanctions");
    }

    #[test]
    fn a_sound_file_has_no_finding() {
        assert_eq!(said(&written(&many(5))), Vec::<String>::new());
        assert_eq!(said(&written(&[])), Vec::<String>::new());
    }

    #[test]
    fn a_fault_is_found_in_its_row_and_column() {
        let file = written(&[bare(), full()]);
        for (column, text, expected) in [
            ("quad", "9", "row 3, quad: 9 should be 4, the quad code of the category"),
            ("quad", "", "row 3, quad: has \"\", which is no number of its kind"),
            ("dead", "some", "row 3, dead: has \"some\", which is no number of its kind"),
            ("recipient_sector", ";ZZZ", "row 3, recipient_sector: item 2 \"ZZZ\" is no sector of PLOVER"),
            (
                "recipient_code",
                "BOR",
                "row 3, recipient_code: has 1 of the 2 items that the columns beside it have",
            ),
            ("date_start", "7 March", "row 3, date_start: \"7 March\" is no day that exists, as 2022-03-14"),
        ] {
            let said = said(&with_cell(&file, 3, column, text));
            assert!(said.iter().any(|s| s == expected), "{expected}: {said:?}");
        }
        let status = said(&with_cell(&file, 2, "status", "maybe"));
        assert!(status[0].starts_with("row 2: ") && status[0].contains("maybe"), "{status:?}");
    }

    #[test]
    fn columns_may_be_moved_and_not_missing() {
        let file = written(&[full()]);
        let head = file.lines().next().unwrap();
        assert_eq!(said(&file.replacen("confidence", "sureness", 1)), ["row 1, confidence: is missing"]);
        let more = file.replacen(head, &format!("{head},note"), 1).trim_end().to_owned() + ",mine\n";
        assert_eq!(said(&more), Vec::<String>::new());
    }

    #[test]
    fn a_broken_row_hides_no_other() {
        let file = written(&[full(), bare()]);
        let short = file.trim_end().rsplit_once(',').unwrap().0.to_owned() + "\n";
        let width = csv_columns().len();
        assert_eq!(
            said(&short),
            [format!("row 3: has {} cells; the first row names {width} columns", width - 1)]
        );
        let bytes: Vec<u8> =
            file.into_bytes().into_iter().map(|b| if b == b'|' { 0xff } else { b }).collect();
        let said: Vec<String> = validate_csv(&bytes[..]).map(|f| f.to_string()).collect();
        assert_eq!(said, ["row 2: is not UTF-8"]);
    }
}
