//! What can be wrong with a store.

use std::path::PathBuf;

use thiserror::Error as Derive;

/// Why a store cannot be used.
#[derive(Debug, Derive)]
pub enum Error {
    /// There is no file of that name.
    #[error("{0}: there is no such store; `chancery ingest INPUT --store {0}` makes one")]
    Missing(PathBuf),
    /// The file is something else.
    #[error("{0}: this is no store of Chancery; name another file")]
    Foreign(PathBuf),
    /// A newer program wrote it.
    #[error("{path}: this store has schema {found}, this program knows up to {known}; use the newer program")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// An older program wrote it, and it is only to be read.
    #[error("{path}: this store has schema {found}; `chancery store merge {path}` brings it to {known}")]
    Older {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The schema of this program.
        known: i64,
    },
    /// Somebody else is writing.
    #[error("another program is writing to the store; wait until it is done")]
    Busy,
    /// A record in it cannot be read.
    #[error("the store holds a record that cannot be read ({0}); `chancery store check` says which")]
    Record(#[from] serde_json::Error),
    /// SQLite says no.
    #[error("the store cannot be used: {0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => Error::Busy,
            _ => Error::Sqlite(error),
        }
    }
}
