//! Files as programs write them are read whole, and those that lie are refused at once.

use std::sync::Arc;
use std::time::Duration;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray, new_null_array};
use arrow_schema::DataType;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding};
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder, WriterVersion};

use super::*;

fn written(batch: &RecordBatch, properties: WriterPropertiesBuilder) -> Bytes {
    let mut file = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties.build())).unwrap();
    file.write(batch).unwrap();
    file.into_inner().unwrap().into()
}

/// The number of rows that are read, or what is wrong with the file.
fn rows_of(file: Bytes) -> std::result::Result<usize, String> {
    let batches = open_parquet(file).and_then(|reader| reader.build()).map_err(|error| error.to_string())?;
    batches.map(|batch| batch.map(|batch| batch.num_rows()).map_err(|error| error.to_string())).sum()
}

fn column(name: &str, column: ArrayRef) -> RecordBatch {
    RecordBatch::try_from_iter([(name, column)]).unwrap()
}

#[test]
fn columns_of_one_value_or_none_are_read_however_small_they_become() {
    const ROWS: usize = 2_000_000;
    let text = "Ruritania hailed Borduria. ";
    for column in [
        column("text", Arc::new(StringArray::from(vec![text; ROWS]))),
        column("text", new_null_array(&DataType::Utf8, ROWS)),
        column("id", Arc::new(Int64Array::from_iter_values(0..ROWS as i64))),
    ] {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            let properties = WriterProperties::builder()
                .set_writer_version(version)
                .set_compression(Compression::ZSTD(Default::default()));
            assert_eq!(rows_of(written(&column, properties)), Ok(ROWS));
        }
    }
}

#[test]
fn long_texts_that_shrink_much_are_read_in_every_encoding() {
    let long = "Ruritania hailed Borduria. ".repeat(40_000);
    let texts = column("text", Arc::new(StringArray::from(vec![long.as_str(); 20])));
    for encoding in [Encoding::PLAIN, Encoding::DELTA_LENGTH_BYTE_ARRAY, Encoding::DELTA_BYTE_ARRAY] {
        let properties = WriterProperties::builder()
            .set_dictionary_enabled(false)
            .set_encoding(encoding)
            .set_compression(Compression::ZSTD(Default::default()));
        assert_eq!(rows_of(written(&texts, properties)), Ok(20), "{encoding}");
    }
}

#[test]
fn lists_over_many_pages_are_read() {
    let mut lists = ListBuilder::new(StringBuilder::new());
    for row in 0..10_000 {
        for item in 0..row % 4 {
            lists.values().append_value(format!("Syldavia {row} {item}"));
        }
        lists.append(row % 5 != 0);
    }
    let lists = column("lists", Arc::new(lists.finish()));
    for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
        let properties = WriterProperties::builder().set_data_page_size_limit(500).set_write_batch_size(20);
        assert_eq!(rows_of(written(&lists, properties.set_writer_version(version))), Ok(10_000));
    }
}

/// Bytes in Thrift's compact protocol.
#[derive(Default, Clone)]
struct Thrift(Vec<u8>);

impl Thrift {
    fn varint(mut self, mut value: u64) -> Thrift {
        while value > 0x7f {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
        self
    }

    /// The field so many numbers after the last, of a type.
    fn field(mut self, after: u8, kind: u8) -> Thrift {
        self.0.push(after << 4 | kind);
        self
    }

    fn int(self, after: u8, value: u64) -> Thrift {
        self.field(after, 6).varint(value << 1)
    }

    fn text(self, after: u8, text: &str) -> Thrift {
        self.field(after, 8).word(text)
    }

    fn word(mut self, text: &str) -> Thrift {
        self = self.varint(text.len() as u64);
        self.0.extend(text.bytes());
        self
    }

    fn list(self, after: u8, kind: u8, count: u64) -> Thrift {
        self.field(after, 9).field(15, kind).varint(count)
    }

    fn end(mut self) -> Thrift {
        self.0.push(0);
        self
    }
}

/// What a file with one column of texts says of itself.
struct Said {
    pages: Vec<u8>,
    rows: u64,
    offset: u64,
    size: u64,
    depth: usize,
    more: Thrift,
}

impl Said {
    fn of(pages: Thrift) -> Said {
        let size = pages.0.len() as u64;
        Said { pages: pages.0, rows: 3, offset: 4, size, depth: 1, more: Thrift::default() }
    }

    fn file(self) -> Bytes {
        let mut footer = Thrift::default().int(1, 1).list(1, 12, self.depth as u64 + 1);
        for _ in 0..self.depth {
            footer = footer.int(3, 1).text(1, "group").int(1, 1).end();
        }
        footer = footer.int(1, 6).int(2, 1).text(1, "text").int(2, 0).end();
        footer = footer.int(1, self.rows).list(1, 12, 1).list(1, 12, 1).int(2, 4).field(1, 12);
        footer = footer.int(1, 6).list(1, 5, 0).list(1, 8, self.depth as u64);
        footer = (1..self.depth).fold(footer, |footer, _| footer.word("group")).word("text");
        footer = footer.int(1, 0).int(1, self.rows).int(1, self.size).int(1, self.size).int(2, self.offset);
        footer = footer.end().end().int(1, 0).int(1, self.rows).end();
        footer.0.extend(self.more.0);
        let footer = footer.end().0;
        let length = (footer.len() as u32).to_le_bytes();
        [&b"PAR1"[..], &self.pages, &footer, &length, b"PAR1"].concat().into()
    }
}

/// A page of three nulls, which may be said to unpack to more, and to be more.
fn page(unpacked: u64, values: u64) -> Thrift {
    let levels = [2, 0, 0, 0, 6, 0];
    let header = Thrift::default().int(1, 0).int(1, unpacked).int(1, levels.len() as u64);
    let mut page = header.field(2, 12).int(1, values).int(1, 0).int(1, 3).int(1, 3).end().end();
    page.0.extend(levels);
    page
}

/// The longest list, of truth values, as a field that is passed over.
fn long_list() -> Thrift {
    (0..20).fold(Thrift::default(), |lists, _| lists.list(15, 1, i32::MAX as u64))
}

/// That a file is refused at once, for the reason given.
fn refused(file: Bytes, why: &str) {
    let (said, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || said.send(rows_of(file)));
    let error = heard.recv_timeout(Duration::from_secs(5)).expect("an answer at once").unwrap_err();
    assert!(error.contains(why), "{error}");
}

#[test]
fn the_file_made_for_these_tests_is_read_when_it_does_not_lie() {
    assert_eq!(rows_of(Said::of(page(6, 3)).file()), Ok(3));
}

#[test]
fn a_footer_longer_than_the_file_is_refused() {
    let mut file = Said::of(page(6, 3)).file().to_vec();
    let length = file.len() - 8;
    file[length..length + 4].copy_from_slice(&[0xff; 4]);
    refused(file.into(), "the footer is said to have 4294967295 bytes");
}

#[test]
fn lists_that_take_no_bytes_are_refused_in_a_footer_and_in_a_page() {
    let mut said = Said::of(page(6, 3));
    said.more = long_list();
    refused(said.file(), "a list of 2147483647 truth values");
    let mut lists = Thrift::default().int(1, 0).int(1, 6).int(1, 6);
    lists.0.extend(long_list().0);
    refused(Said::of(lists.end()).file(), "a list of 2147483647 truth values");
}

#[test]
fn a_known_field_of_another_type_is_refused() {
    let lying = Thrift::default().field(1, 8).word("three").end();
    refused(Said::of(lying).file(), "field 1 is of type 8");
}

#[test]
fn columns_in_one_another_without_end_are_refused() {
    let mut said = Said::of(page(6, 3));
    said.depth = 100_000;
    refused(said.file(), "columns lie in one another 100000 deep");
}

#[test]
fn more_rows_than_bytes_can_tell_are_refused() {
    let mut said = Said::of(page(6, 3));
    said.rows = 1 << 40;
    refused(said.file(), "the footer tells of 1099511627776 rows");
    refused(Said::of(page(6, i32::MAX as u64)).file(), "is said to have 2147483647 values");
}

#[test]
fn columns_beyond_the_file_or_of_the_same_bytes_are_refused() {
    let mut said = Said::of(page(6, 3));
    said.offset = 1 << 40;
    refused(said.file(), "column \"text\" of row group 1 does not lie before the footer");
    let mut said = Said::of(page(6, 3));
    said.size = 1 << 62;
    refused(said.file(), "does not lie before the footer");
}

#[test]
fn a_page_that_grows_beyond_measure_is_refused() {
    refused(Said::of(page(i32::MAX as u64, 3)).file(), "is said to unpack from 6 bytes to 2147483647");
}

#[test]
fn dictionaries_of_more_values_than_bytes_are_refused() {
    let dictionary = Thrift::default().int(1, 2).int(1, 4).int(1, 4);
    let mut dictionary = dictionary.field(4, 12).int(1, 1 << 20).int(1, 0).end().end();
    dictionary.0.extend([0; 4]);
    refused(Said::of(dictionary).file(), "is said to have 1048576 values in 4 bytes");
}
