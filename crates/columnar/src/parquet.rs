//! A Parquet file whose footer and pages are looked at before the library acts on them.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use parquet::file::reader::{ChunkReader, Length};

use crate::bounds::{may_become, rows};
use crate::shape::{
    CHILDREN, DATA, DATA_2, DICTIONARY, ENCODINGS, FOOTER, PACKED, PAGE, SCHEMA, UNPACKED, VALUES,
};
use crate::thrift::{Met, walk};

/// Bytes after the footer: its length and [`MAGIC`].
const TAIL: u64 = 8;
const MAGIC: &[u8] = b"PAR1";

/// Groups of columns that may lie in one another.
const DEPTH: usize = 64;

/// Bytes that a page may have in memory however small it is in the file: a text of the largest size twice.
const PAGE_SLACK: u64 = 128 << 20;
/// The same where a value may stand for many: a dictionary has each but once, so it shrinks less, and programs keep it
/// to a megabyte; each value that is told by what differs from the one before may be as long as all.
const SHARED_SLACK: u64 = 4 << 20;
/// The encoding by what differs from the value before.
const DELTA_BYTE_ARRAY: i64 = 7;

/// Opens a Parquet file, if what its footer says can be true of it. Its pages are looked at as they are read.
///
/// # Errors
/// Those of the library, and of what cannot be true.
pub fn open_parquet<R: ChunkReader + 'static>(file: R) -> Result<ParquetRecordBatchReaderBuilder<Held<R>>> {
    let footer = hold_footer(&file)?;
    let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::default())?;
    hold_metadata(metadata.metadata(), file.len(), footer)?;
    let columns = metadata.parquet_schema().num_columns() as u64;
    let values_left = rows(file.len()).saturating_mul(columns);
    let seen = Mutex::new(Seen { values_left, bodies: BTreeSet::new() });
    Ok(ParquetRecordBatchReaderBuilder::new_with_metadata(Held { file, seen }, metadata))
}

/// Looks through the footer, and gives the byte at which it begins.
fn hold_footer<R: ChunkReader>(file: &R) -> Result<u64> {
    let size = file.len();
    let Some(tail) = size.checked_sub(TAIL) else {
        return lie(format!("the file has {size} bytes, fewer than a footer"));
    };
    let tail_bytes = file.get_bytes(tail, TAIL as usize)?;
    let (length, magic) = tail_bytes.split_at(4);
    if magic != MAGIC {
        return lie(format!("the file does not end with the letters {}", String::from_utf8_lossy(MAGIC)));
    }
    let length = length.iter().rev().fold(0, |length, &byte| length << 8 | u64::from(byte));
    let Some(start) = tail.checked_sub(length) else {
        return lie(format!("the footer is said to have {length} bytes, the file has {size}"));
    };
    let bytes = file.get_bytes(start, length as usize)?;
    let mut depth = Depth { left: Vec::new(), most: 0 };
    walk(&*bytes, FOOTER, |path, met| depth.meet(path, &met))
        .or_else(|error| lie(format!("the footer at byte {start} is broken: {error}")))?;
    if depth.most > DEPTH {
        return lie(format!("columns lie in one another {} deep, more than {DEPTH}", depth.most));
    }
    Ok(start)
}

/// How deep the columns lie in one another.
struct Depth {
    /// Of each group that is open, the columns that are still to come.
    left: Vec<i64>,
    most: usize,
}

impl Depth {
    fn meet(&mut self, path: &[i64], met: &Met) {
        match (path, met) {
            ([SCHEMA], Met::Item) => {
                while self.left.pop_if(|left| *left <= 0).is_some() {}
                if let Some(left) = self.left.last_mut() {
                    *left -= 1;
                }
            }
            ([SCHEMA, _, CHILDREN], Met::Int(children)) if *children > 0 => {
                self.left.push(*children);
                self.most = self.most.max(self.left.len());
            }
            _ => {}
        }
    }
}

/// Holds rows against the size of the file, and the places of columns against one another and where the footer begins.
fn hold_metadata(metadata: &ParquetMetaData, size: u64, footer: u64) -> Result<()> {
    let (mut all_rows, mut places) = (0_u64, Vec::new());
    for (group, number) in metadata.row_groups().iter().zip(1..) {
        all_rows = all_rows.saturating_add(group.num_rows().try_into().unwrap_or(u64::MAX));
        for column in group.columns() {
            let Some(place) = place(column).filter(|place| place.end <= footer) else {
                return lie(format!(
                    "column {:?} of row group {number} does not lie before the footer at byte {footer}",
                    column.column_path().string()
                ));
            };
            places.push(place);
        }
    }
    if all_rows > rows(size) {
        return lie(format!("the footer tells of {all_rows} rows, the file has {size} bytes"));
    }
    places.sort_unstable_by_key(|place| (place.start, place.end));
    match places.windows(2).find(|pair| pair[0].end > pair[1].start) {
        Some(pair) => lie(format!("two columns are said to have the same bytes, from {} on", pair[1].start)),
        None => Ok(()),
    }
}

/// Where a column lies in the file.
fn place(column: &ColumnChunkMetaData) -> Option<Range<u64>> {
    let start = u64::try_from(column.dictionary_page_offset().unwrap_or(column.data_page_offset())).ok()?;
    Some(start..start.checked_add(column.compressed_size().try_into().ok()?)?)
}

/// A Parquet file the headers of whose pages are looked at before the library reads them.
#[derive(Debug)]
pub struct Held<R> {
    file: R,
    seen: Mutex<Seen>,
}

#[derive(Debug)]
struct Seen {
    /// Values that pages may still have.
    values_left: u64,
    /// Where the pages begin whose headers were looked at, after these.
    bodies: BTreeSet<u64>,
}

impl<R: Length> Length for Held<R> {
    fn len(&self) -> u64 {
        self.file.len()
    }
}

impl<R: ChunkReader> ChunkReader for Held<R> {
    type T = R::T;

    /// The library asks for this where the header of a page begins, and where its body begins if it knows the header.
    fn get_read(&self, start: u64) -> Result<R::T> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.bodies.contains(&start) {
            seen.hold(self.file.get_read(start)?, start)?;
        }
        self.file.get_read(start)
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        self.file.get_bytes(start, length)
    }
}

impl Seen {
    fn hold(&mut self, bytes: impl Read, start: u64) -> Result<()> {
        let page = Page::read(bytes)
            .or_else(|error| lie(format!("the header of a page at byte {start} is broken: {error}")))?;
        let slack = if page.shared { SHARED_SLACK } else { PAGE_SLACK };
        if !may_become(page.packed, page.unpacked, slack) {
            return lie(format!(
                "the page at byte {start} is said to unpack from {} bytes to {}",
                page.packed, page.unpacked
            ));
        }
        let most = if page.dictionary { page.unpacked } else { u64::MAX };
        if page.values > self.values_left.min(most) {
            return lie(format!(
                "the page at byte {start} is said to have {} values in {} bytes",
                page.values, page.unpacked
            ));
        }
        self.values_left -= page.values;
        // where there is no body, the next header begins
        if page.packed > 0 {
            self.bodies.insert(start + page.header);
        }
        Ok(())
    }
}

/// What the header of a page says.
#[derive(Default)]
struct Page {
    /// Bytes of the header itself.
    header: u64,
    packed: u64,
    unpacked: u64,
    values: u64,
    dictionary: bool,
    /// Whether a value may stand for many, or hold what stands in others.
    shared: bool,
}

impl Page {
    fn read(bytes: impl Read) -> io::Result<Page> {
        let (mut page, mut bytes) = (Page::default(), bytes.take(u64::MAX));
        walk(&mut bytes, PAGE, |path, met| {
            if let Met::Int(value) = met {
                page.take(path, value);
            }
        })?;
        page.header = u64::MAX - bytes.limit();
        Ok(page)
    }

    /// Notes a number of the header. The library refuses negative ones itself.
    fn take(&mut self, path: &[i64], value: i64) {
        let size = u64::try_from(value).unwrap_or(0);
        match *path {
            [UNPACKED] => self.unpacked = size,
            [PACKED] => self.packed = size,
            [DATA | DATA_2, VALUES] => self.values = self.values.max(size),
            [DICTIONARY, VALUES] => {
                self.values = self.values.max(size);
                (self.dictionary, self.shared) = (true, true);
            }
            _ if value == DELTA_BYTE_ARRAY && ENCODINGS.iter().any(|encoding| encoding == path) => {
                self.shared = true;
            }
            _ => {}
        }
    }
}

fn lie<T>(problem: String) -> Result<T> {
    Err(ParquetError::General(problem))
}

#[cfg(test)]
mod tests;
