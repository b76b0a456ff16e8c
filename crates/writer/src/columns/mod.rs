//! Events in columns: Parquet and Arrow files with the nested schema of the record.
//!
//! The record is written field by field under its own names, so that what is read back equals what was written. The
//! same events make the same bytes.

mod build;
mod days;
mod fields;
mod ipc;
mod parquet;
mod read;
mod schema;
#[cfg(test)]
mod tests;

use std::io;

use ::parquet::errors::ParquetError;
use arrow_schema::ArrowError;
use chancery_record::Event;

pub use self::fields::{EVENT, Field, Kind};
pub use self::ipc::{ArrowWriter, read_arrow, validate_arrow};
pub use self::parquet::{ParquetWriter, read_parquet, validate_parquet};
pub use self::schema::{COMMENT_KEY, SCHEMA_VERSION, SCHEMA_VERSION_KEY, VERSION_KEY, event_schema};

use crate::Finding;

/// Why events could not be written to a file in columns, or read from one.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file system or the pipe said no.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A value that its column cannot hold.
    #[error("the event {id:?} cannot be written: {column} {problem}")]
    Event {
        /// The event.
        id: String,
        /// Path of the field, "date.start".
        column: String,
        /// What is wrong with it.
        problem: String,
    },
    /// Bytes that are no such file, or not all of one.
    #[error("cannot be read as {format}: {problem}; is the file complete?")]
    File {
        /// "Parquet" or "Arrow".
        format: &'static str,
        /// What the library says.
        problem: String,
    },
    /// A file whose columns are not those of events.
    #[error("this file does not hold events as Chancery writes them: {}", list(.0))]
    Schema(Vec<Finding>),
    /// A row that is no event.
    #[error("{0}")]
    Row(Finding),
}

impl Error {
    fn parquet(error: ParquetError) -> Error {
        match error {
            ParquetError::External(inner) => match inner.downcast::<io::Error>() {
                Ok(io) => Error::Io(*io),
                Err(other) => Error::File { format: "Parquet", problem: other.to_string() },
            },
            other => Error::File { format: "Parquet", problem: other.to_string() },
        }
    }

    fn arrow(format: &'static str, error: ArrowError) -> Error {
        // a file that is cut off ends too early, or points to before its start
        let cut_off = [io::ErrorKind::UnexpectedEof, io::ErrorKind::InvalidInput];
        match error {
            ArrowError::IoError(_, io) if !cut_off.contains(&io.kind()) => Error::Io(io),
            other => Error::File { format, problem: other.to_string() },
        }
    }

    /// The error as what a validator says.
    fn findings(self) -> Vec<Finding> {
        match self {
            Error::Schema(findings) => findings,
            Error::Row(finding) => vec![finding],
            other => vec![Finding::of_file(other.to_string())],
        }
    }
}

fn list(findings: &[Finding]) -> String {
    findings.iter().map(Finding::to_string).collect::<Vec<_>>().join("; ")
}

/// A value that does not fit its column.
#[derive(Debug)]
struct Misfit {
    path: String,
    problem: String,
}

impl Misfit {
    fn new(problem: String) -> Misfit {
        Misfit { path: String::new(), problem }
    }

    /// The same, seen from the record that has the field.
    fn of_field(self, name: &str) -> Misfit {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Misfit { path: format!("{name}{dot}{}", self.path), ..self }
    }

    /// The same, seen from the list that has the item.
    fn at(self, index: usize) -> Misfit {
        let dot = if self.path.is_empty() { "" } else { "." };
        Misfit { path: format!("[{index}]{dot}{}", self.path), ..self }
    }

    fn of(self, event: &Event) -> Error {
        Error::Event { id: event.id.clone(), column: self.path, problem: self.problem }
    }
}
