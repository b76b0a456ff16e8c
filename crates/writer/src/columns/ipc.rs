//! Events to Arrow's file format ("Feather 2") and back.

use std::io::{Read, Seek, Write};
use std::sync::Arc;

use arrow_ipc::CompressionType;
use arrow_ipc::reader::FileReader;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions};
use arrow_schema::ArrowError;
use chancery_columnar::hold_arrow;
use chancery_record::Event;

use super::Error;
use super::build::Batch;
use super::read::{events, findings};
use super::schema::{event_schema, faults};
use crate::Finding;

/// Writes events to an Arrow file, compressed with Zstandard.
pub struct ArrowWriter<W: Write> {
    batch: Batch,
    file: FileWriter<W>,
}

impl<W: Write> ArrowWriter<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(out: W) -> Result<ArrowWriter<W>, Error> {
        let schema = Arc::new(event_schema());
        let options = IpcWriteOptions::default().try_with_compression(Some(CompressionType::ZSTD));
        let file = options.and_then(|options| FileWriter::try_new_with_options(out, &schema, options));
        Ok(ArrowWriter { batch: Batch::new(schema), file: file.map_err(wrong)? })
    }

    /// Adds events. They reach `out` a few thousand at a time.
    ///
    /// # Errors
    /// As those of [`ParquetWriter::write`](super::ParquetWriter::write).
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
        match self.batch.take().map_err(wrong)? {
            Some(batch) => self.file.write(&batch).map_err(wrong),
            None => Ok(()),
        }
    }

    /// Writes what is left and the footer, without which the file cannot be read, and gives `out` back.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn finish(mut self) -> Result<W, Error> {
        self.encode()?;
        self.file.into_inner().map_err(wrong)
    }
}

fn wrong(error: ArrowError) -> Error {
    Error::arrow("Arrow", error)
}

/// The events of an Arrow file, decoded batch by batch; columns that are no field of the record are passed over.
///
/// # Errors
/// As those of [`read_parquet`](super::read_parquet).
pub fn read_arrow<R: Read + Seek + 'static>(
    mut file: R,
) -> Result<impl Iterator<Item = Result<Event, Error>> + use<R>, Error> {
    hold_arrow(&mut file).map_err(wrong)?;
    let batches = FileReader::try_new_buffered(file, None).map_err(wrong)?;
    let faults = faults(&batches.schema());
    if !faults.is_empty() {
        return Err(Error::Schema(faults));
    }
    Ok(events(batches, "Arrow"))
}

/// What is wrong with an Arrow file of events, in the order of its rows.
pub fn validate_arrow<R: Read + Seek + 'static>(file: R) -> impl Iterator<Item = Finding> + use<R> {
    findings(read_arrow(file))
}
