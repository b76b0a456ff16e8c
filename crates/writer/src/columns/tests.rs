//! What is written comes back, the same events make the same bytes, and faults are found.

use std::io::{self, Cursor};
use std::sync::Arc;

use ::parquet::arrow::ArrowWriter as Plain;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use arrow_array::{ArrayRef, Float64Array, Int32Array, RecordBatch, StringArray};
use bytes::Bytes;
use chancery_record::Event;
use serde_json::Value;

use super::*;
use crate::samples::{bare, full, many, partial};

fn parquet(events: &[Event]) -> Bytes {
    let mut file = ParquetWriter::new(Vec::new()).unwrap();
    file.write(events).unwrap();
    file.finish().unwrap().into()
}

fn arrow(events: &[Event]) -> Vec<u8> {
    let mut file = ArrowWriter::new(Vec::new()).unwrap();
    file.write(events).unwrap();
    file.finish().unwrap()
}

fn said(file: Bytes) -> Vec<String> {
    validate_parquet(file).map(|finding| finding.to_string()).collect()
}

/// Names of a record's fields and of those beneath, "place.lat".
fn paths(fields: &[Field], above: &str) -> Vec<String> {
    let of = |field: &Field| {
        let path = format!("{above}{}", field.name);
        match field.kind {
            Kind::Record(below) | Kind::Records(below) => paths(below, &format!("{path}.")),
            _ => vec![path],
        }
    };
    fields.iter().flat_map(of).collect()
}

fn leaves(value: &Value, above: &str, into: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, v)| leaves(v, &format!("{above}.{name}"), into))
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            items.iter().for_each(|v| leaves(v, above, into));
        }
        _ => into.push(above.trim_start_matches('.').to_owned()),
    }
}

#[test]
fn the_table_has_the_fields_of_the_record() {
    let mut found = Vec::new();
    leaves(&serde_json::to_value(full()).unwrap(), "", &mut found);
    found.sort();
    found.dedup();
    let mut expected = paths(EVENT, "");
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn events_come_back_equal() {
    for events in [vec![], vec![bare()], vec![full()], vec![partial()], many(10_000)] {
        let read: Vec<Event> = read_parquet(parquet(&events)).unwrap().map(Result::unwrap).collect();
        assert_eq!(read, events);
        let read: Vec<Event> = read_arrow(Cursor::new(arrow(&events))).unwrap().map(Result::unwrap).collect();
        assert_eq!(read, events);
    }
}

#[test]
fn the_same_events_make_the_same_bytes_however_they_come() {
    let events = many(5000);
    let mut singly = ParquetWriter::new(Vec::new()).unwrap();
    events.chunks(7).for_each(|some| singly.write(some).unwrap());
    assert!(parquet(&events) == singly.finish().unwrap());
    let mut singly = ArrowWriter::new(Vec::new()).unwrap();
    events.chunks(7).for_each(|some| singly.write(some).unwrap());
    assert!(arrow(&events) == singly.finish().unwrap());
}

#[test]
fn whole_numbers_that_another_program_made_fractions_are_whole_again() {
    let events = vec![Event { dead: Some(3), goldstein: -0.0, ..full() }, bare()];
    let batch = arrow_ipc::reader::FileReader::try_new(Cursor::new(arrow(&events)), None)
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    let dead: ArrayRef = Arc::new(Float64Array::from(vec![Some(3.0), None]));
    let schema = batch.schema();
    let columns = schema.fields().iter().zip(batch.columns()).map(|(field, column)| {
        let column = if field.name() == "dead" { &dead } else { column };
        (field.name().clone(), column.clone())
    });
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut file = Plain::try_new(Vec::new(), batch.schema(), None).unwrap();
    file.write(&batch).unwrap();
    let read: Vec<Event> =
        read_parquet(Bytes::from(file.into_inner().unwrap())).unwrap().map(Result::unwrap).collect();
    assert_eq!(read, events);
    assert!(read[0].goldstein.is_sign_negative());
}

#[test]
fn row_groups_have_at_most_their_number_of_events() {
    let events = many(9000);
    let mut file = ParquetWriter::with_row_groups_of(2500, Vec::new()).unwrap();
    file.write(&events).unwrap();
    let file = Bytes::from(file.finish().unwrap());
    let metadata = SerializedFileReader::new(file.clone()).unwrap().metadata().clone();
    let rows: Vec<i64> = metadata.row_groups().iter().map(|group| group.num_rows()).collect();
    assert_eq!(rows, [2500, 2500, 2500, 1500]);
    assert!(read_parquet(file).unwrap().map(Result::unwrap).eq(events));
}

#[test]
fn long_texts_end_a_batch_before_many_events_do() {
    let mut long = bare();
    long.evidence.text = "x".repeat(1 << 20);
    let mut file = ArrowWriter::new(Vec::new()).unwrap();
    file.write(&vec![long; 20]).unwrap();
    let file = file.finish().unwrap();
    let batches = arrow_ipc::reader::FileReader::try_new(Cursor::new(file), None).unwrap();
    assert_eq!(batches.num_batches(), 3);
}

#[test]
fn the_file_says_what_it_is() {
    let metadata = SerializedFileReader::new(parquet(&[full()])).unwrap().metadata().clone();
    let file = metadata.file_metadata();
    assert_eq!(file.created_by(), Some(concat!("chancery ", env!("CARGO_PKG_VERSION"))));
    let pairs = file.key_value_metadata().unwrap();
    assert!(
        pairs
            .iter()
            .any(|pair| pair.key == SCHEMA_VERSION_KEY && pair.value.as_deref() == Some(SCHEMA_VERSION))
    );
    assert!(pairs.iter().any(|pair| pair.key == VERSION_KEY));
}

#[test]
fn what_no_column_can_hold_is_refused_by_name() {
    let refused = |change: fn(&mut Event)| {
        let mut event = full();
        change(&mut event);
        ParquetWriter::new(Vec::new()).unwrap().write(&[event]).unwrap_err().to_string()
    };
    assert_eq!(
        refused(|e| e.date.start = Some("2022-03".to_owned())),
        "the event \"e1\" cannot be written: date.start is \"2022-03\", not a day such as 2022-03-14"
    );
    assert!(refused(|e| e.scale = f64::NAN).contains("scale is null, not a number"));
    assert!(refused(|e| e.recipient[1].span.end = usize::MAX).contains("recipient[1].end is 1844"));
}

#[test]
fn a_pipe_that_breaks_is_an_error_of_input_and_output() {
    struct Broken;
    impl io::Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let broken =
        |error: Option<Error>| matches!(error, Some(Error::Io(io)) if io.kind() == io::ErrorKind::BrokenPipe);
    let written = ParquetWriter::new(Broken).and_then(|mut file| {
        file.write(&[full()])?;
        file.finish()
    });
    assert!(broken(written.err()));
    assert!(broken(ArrowWriter::new(Broken).and_then(ArrowWriter::finish).err()));
}

#[test]
fn a_sound_file_has_no_finding() {
    assert_eq!(said(parquet(&many(5))), Vec::<String>::new());
    assert_eq!(validate_arrow(Cursor::new(arrow(&many(5)))).collect::<Vec<_>>(), []);
}

#[test]
fn a_fault_is_found_in_its_row_and_column() {
    let wrong = Event { quad: 9, ..full() };
    let again = Event { id: full().id, ..bare() };
    let expected = [
        "row 2, quad: 9 should be 4, the quad code of the category",
        "row 3, id: \"e1\" stands in a line before; it must be there once",
    ];
    let events = [bare(), wrong, again];
    assert_eq!(said(parquet(&events)), expected);
    let findings: Vec<String> = validate_arrow(Cursor::new(arrow(&events))).map(|f| f.to_string()).collect();
    assert_eq!(findings, expected);
}

#[test]
fn a_file_that_is_cut_off_says_so() {
    let whole = parquet(&many(100));
    for end in [0, 3, whole.len() / 2, whole.len() - 1] {
        let said = said(whole.slice(..end));
        assert!(
            said.len() == 1 && said[0].contains("as Parquet") && said[0].contains("complete?"),
            "{said:?}"
        );
    }
    let whole = arrow(&many(100));
    for end in [0, 3, whole.len() / 2, whole.len() - 1] {
        let said: Vec<_> =
            validate_arrow(Cursor::new(whole[..end].to_vec())).map(|f| f.to_string()).collect();
        assert!(said.len() == 1 && said[0].contains("as Arrow") && said[0].contains("complete?"), "{said:?}");
    }
}

#[test]
fn a_file_with_other_columns_says_which_are_missing_or_of_another_type() {
    let ids: ArrayRef = Arc::new(Int32Array::from(vec![1]));
    let texts: ArrayRef = Arc::new(StringArray::from(vec!["a"]));
    let batch = RecordBatch::try_from_iter([("id", ids), ("document", texts)]).unwrap();
    let mut file = Plain::try_new(Vec::new(), batch.schema(), None).unwrap();
    file.write(&batch).unwrap();
    let said = said(file.into_inner().unwrap().into());
    assert_eq!(said[0], "id: is of type Int32, not string");
    assert!(said.contains(&"evidence: is missing".to_owned()), "{said:?}");
    assert!(!said.iter().any(|s| s.contains("document") || s.contains("place")), "{said:?}");
}
