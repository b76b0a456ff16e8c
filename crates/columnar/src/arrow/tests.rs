//! Files and streams as programs write them pass, and those that lie are refused.

use std::io::Cursor;
use std::sync::Arc;

use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, RecordBatch as Rows, StringArray, StringViewArray, new_null_array};
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use arrow_schema::DataType;

use super::*;

/// Columns of one value or none.
fn table(rows: usize) -> Rows {
    let text = "Ruritania hailed Borduria. ".repeat(10);
    let mut shared = StringDictionaryBuilder::<Int32Type>::new();
    (0..rows).for_each(|_| shared.append_value(&text));
    Rows::try_from_iter([
        ("text", Arc::new(StringArray::from(vec![text.as_str(); rows])) as ArrayRef),
        ("title", Arc::new(StringViewArray::from(vec![text.as_str(); rows]))),
        ("source", Arc::new(shared.finish())),
        ("none", new_null_array(&DataType::Utf8, rows)),
        ("nothing", new_null_array(&DataType::Null, rows)),
    ])
    .unwrap()
}

fn options(compression: Option<CompressionType>) -> IpcWriteOptions {
    IpcWriteOptions::default().try_with_compression(compression).unwrap()
}

fn file(rows: usize, compression: Option<CompressionType>) -> Vec<u8> {
    let table = table(rows);
    let options = options(compression);
    let mut file = FileWriter::try_new_with_options(Vec::new(), &table.schema(), options).unwrap();
    file.write(&table).unwrap();
    file.into_inner().unwrap()
}

fn stream(rows: usize, compression: Option<CompressionType>) -> Vec<u8> {
    let table = table(rows);
    let options = options(compression);
    let mut stream = StreamWriter::try_new_with_options(Vec::new(), &table.schema(), options).unwrap();
    stream.write(&table).unwrap();
    stream.into_inner().unwrap()
}

fn held(bytes: Vec<u8>) -> std::result::Result<(), String> {
    let mut file = Cursor::new(bytes);
    hold_arrow(&mut file).map_err(|error| error.to_string())?;
    assert_eq!(file.position(), 0);
    Ok(())
}

fn refused(bytes: Vec<u8>, why: &str) {
    let error = held(bytes).unwrap_err();
    assert!(error.contains(why), "{error}");
}

/// The bytes with what stands first in them replaced everywhere.
fn planted(mut bytes: Vec<u8>, told: &[u8], lie: &[u8]) -> Vec<u8> {
    let places: Vec<usize> =
        (0..=bytes.len() - told.len()).filter(|&at| bytes[at..].starts_with(told)).collect();
    assert!(!places.is_empty());
    places.iter().for_each(|&at| bytes[at..at + lie.len()].copy_from_slice(lie));
    bytes
}

#[test]
fn columns_of_one_value_or_none_pass_however_small_they_become() {
    for compression in [None, Some(CompressionType::ZSTD)] {
        assert_eq!(held(file(100_000, compression)), Ok(()));
        assert_eq!(held(stream(100_000, compression)), Ok(()));
    }
    assert_eq!(held(Vec::new()), Ok(()));
}

#[test]
fn a_footer_longer_than_the_file_is_refused() {
    let mut bytes = file(10, None);
    let length = bytes.len() - 10;
    bytes[length..length + 4].copy_from_slice(&i32::MAX.to_le_bytes());
    refused(bytes, "the footer is said to have 2147483647 bytes");
    refused(b"ARROW1\0\0".to_vec(), "fewer than a footer");
}

#[test]
fn a_message_longer_than_the_stream_is_refused() {
    let mut bytes = stream(10, None);
    bytes[4..8].copy_from_slice(&i32::MAX.to_le_bytes());
    refused(bytes, "ends before the 2147483647 bytes at 8");
}

#[test]
fn more_rows_than_bytes_can_tell_are_refused() {
    let told = 77_777_i64.to_le_bytes();
    let lie = (1_i64 << 40).to_le_bytes();
    for bytes in [file(77_777, None), stream(77_777, None)] {
        refused(planted(bytes, &told, &lie), "tells of 1099511627776 rows");
    }
}

#[test]
fn a_column_beyond_its_batch_is_refused() {
    let told = (77_777 * 270_i64).to_le_bytes();
    let lie = (1_i64 << 40).to_le_bytes();
    for bytes in [file(77_777, None), stream(77_777, None)] {
        refused(planted(bytes, &told, &lie), "does not lie in its body");
    }
}

#[test]
fn a_batch_that_grows_beyond_measure_is_refused() {
    let told = (77_777 * 270_i64).to_le_bytes();
    let lie = (1_i64 << 40).to_le_bytes();
    for bytes in [file(77_777, Some(CompressionType::ZSTD)), stream(77_777, Some(CompressionType::ZSTD))] {
        refused(planted(bytes, &told, &lie), "is said to unpack from");
    }
}
