//! Documents as JSON: one object per line, or an array of objects in one file.

use std::io::{BufRead, Read};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::documents::{Stream, of_reading, whole};
use crate::error::MOST_BYTES;
use crate::format::without_mark;
use crate::record::{document, raw, reason, renamed};
use crate::unpack::Bytes;
use crate::{Error, Fault, Options, Place, Raw};

/// The documents of a JSONL file, one a line.
pub(crate) fn lines(place: Place, bytes: Bytes, options: Options) -> Lines {
    Lines { bytes: Some(bytes), place: Place { line: Some(0), ..place }, options }
}

/// See [`lines`].
pub(crate) struct Lines {
    /// `None` after an error of reading: nothing more will come.
    bytes: Option<Bytes>,
    place: Place,
    options: Options,
}

impl Iterator for Lines {
    type Item = Result<Raw, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut line = Vec::new();
            let read = bounded_line(self.bytes.as_mut()?, &mut line);
            self.place.line = self.place.line.map(|last| last + 1);
            let found = match read {
                Ok(()) if line.is_empty() => return None,
                Ok(()) if without_mark(&line).trim_ascii().is_empty() => continue,
                Ok(()) => document(without_mark(&line), &self.place, &self.options),
                Err(fault) => Err(fault),
            };
            if matches!(found, Err(Fault::Io(_) | Fault::Packed(_) | Fault::Bomb { .. })) {
                self.bytes = None;
            }
            return Some(found.map_err(|fault| Error { place: self.place.clone(), fault }));
        }
    }
}

/// Reads one line; of one that is too long, the rest is skipped.
fn bounded_line(bytes: &mut Bytes, line: &mut Vec<u8>) -> Result<(), Fault> {
    bytes.by_ref().take(MOST_BYTES).read_until(b'\n', line).map_err(of_reading)?;
    if (line.len() as u64) < MOST_BYTES || line.ends_with(b"\n") {
        return Ok(());
    }
    bytes.skip_until(b'\n').map_err(of_reading)?;
    Err(Fault::TooLarge)
}

/// An array of documents, or a single one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Whole {
    Many(Vec<Map<String, Value>>),
    One(Map<String, Value>),
}

/// The documents of a JSON file that is an array of objects, or one object.
pub(crate) fn whole_file(place: Place, bytes: Bytes, options: Options) -> Result<Stream, Fault> {
    let read = serde_json::from_slice(without_mark(&whole(bytes)?));
    let objects = match read.map_err(|error| Fault::Json(reason(&error)))? {
        Whole::Many(objects) => objects,
        Whole::One(object) => vec![object],
    };
    Ok(Box::new(objects.into_iter().enumerate().map(move |(number, object)| {
        let place = Place { line: Some(number + 1), ..place.clone() };
        let record = renamed(object, &options).map_err(|error| Fault::Json(error.to_string()));
        record.and_then(|record| raw(record, &place, &options)).map_err(|fault| Error { place, fault })
    })))
}
