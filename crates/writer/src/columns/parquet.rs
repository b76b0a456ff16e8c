//! Events to Parquet and back.

use std::io::Write;
use std::sync::Arc;

use chancery_columnar::open_parquet;
use chancery_record::Event;
use parquet::arrow::ArrowWriter as Writer;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::ChunkReader;

use super::Error;
use super::build::Batch;
use super::read::{events, findings};
use super::schema::{event_schema, faults, metadata};
use crate::Finding;

/// Most events of a row group, which is what a reader may skip and what is held in memory, encoded.
const ROW_GROUP_EVENTS: usize = 65_536;
/// Bytes, encoded, at which a row group ends although it has fewer events.
const ROW_GROUP_BYTES: usize = 64 << 20;
/// Events that are decoded at once when a file is read.
const READ_EVENTS: usize = 1024;

/// Writes events to a Parquet file, compressed with Zstandard.
pub struct ParquetWriter<W: Write + Send> {
    batch: Batch,
    file: Writer<W>,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(out: W) -> Result<ParquetWriter<W>, Error> {
        ParquetWriter::with_row_groups_of(ROW_GROUP_EVENTS, out)
    }

    pub(super) fn with_row_groups_of(events: usize, out: W) -> Result<ParquetWriter<W>, Error> {
        let schema = Arc::new(event_schema());
        let file = Writer::try_new(out, schema.clone(), Some(properties(events))).map_err(Error::parquet)?;
        Ok(ParquetWriter { batch: Batch::new(schema), file })
    }

    /// Adds events. They reach `out` when a row group is full.
    ///
    /// # Errors
    /// Those of `out`, and [`Error::Event`] of an event with a date that is no day or a number that is none; the file
    /// cannot be finished then.
    pub fn write(&mut self, events: &[Event]) -> Result<(), Error> {
        for event in events {
            self.batch.push(event)?;
            if self.batch.is_full() {
                self.encode()?;
            }
        }
        Ok(())
    }

    fn encode(&mut self) -> Result<(), Error> {
        match self.batch.take().map_err(|error| Error::arrow("Parquet", error))? {
            Some(batch) => self.file.write(&batch).map_err(Error::parquet),
            None => Ok(()),
        }
    }

    /// Writes what is left and the footer, without which the file cannot be read, and gives `out` back.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn finish(mut self) -> Result<W, Error> {
        self.encode()?;
        self.file.into_inner().map_err(Error::parquet)
    }
}

fn properties(row_group: usize) -> WriterProperties {
    let metadata = metadata().map(|(key, value)| KeyValue::new(key, value));
    WriterProperties::builder()
        .set_created_by(concat!("chancery ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_key_value_metadata(Some(metadata.into()))
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(row_group))
        .set_max_row_group_bytes(Some(ROW_GROUP_BYTES))
        .build()
}

/// The events of a Parquet file, decoded a few at a time; columns that are no field of the record are passed over.
///
/// # Errors
/// [`Error::File`] if it is no Parquet file, [`Error::Schema`] if its columns are not those of events; of a single
/// event, [`Error::Row`].
pub fn read_parquet<R: ChunkReader + 'static>(
    file: R,
) -> Result<impl Iterator<Item = Result<Event, Error>> + use<R>, Error> {
    let reader = open_parquet(file).map_err(Error::parquet)?;
    let faults = faults(reader.schema());
    if !faults.is_empty() {
        return Err(Error::Schema(faults));
    }
    let batches = reader.with_batch_size(READ_EVENTS).build().map_err(Error::parquet)?;
    Ok(events(batches, "Parquet"))
}

/// What is wrong with a Parquet file of events, in the order of its rows.
pub fn validate_parquet<R: ChunkReader + 'static>(file: R) -> impl Iterator<Item = Finding> + use<R> {
    findings(read_parquet(file))
}
