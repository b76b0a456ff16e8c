//! The language model's files: where they are, how they are fetched once, and how they are checked.
//!
//! [`ready`] is all that most callers need: it gives the folder of a spaCy pipeline (the one that
//! holds `config.cfg`), fetching the pinned model if this machine has none. Fetching is the only
//! thing in Chancery that uses the network.
//!
//! ```no_run
//! let folder = chancery_model::ready(None)?;
//! assert!(folder.join("config.cfg").is_file());
//! # Ok::<(), chancery_model::Error>(())
//! ```

mod data;
mod error;
mod fetch;
mod find;
mod manifest;
mod pinned;
mod unpack;

pub use data::data_folder;
pub use error::Error;
pub use fetch::{Fetched, fetch};
pub use find::{Found, Origin, find, installed};
pub use manifest::verify;
pub use pinned::{DEFAULT, PINNED, Pinned, pinned};

use std::path::{Path, PathBuf};

/// The pipeline folder to load: the one asked for, else the first that [`find`] meets, else the
/// default model, fetched now.
///
/// # Errors
/// If what was asked for is no model, or none was found and none could be fetched.
pub fn ready(asked: Option<&Path>) -> Result<PathBuf, Error> {
    match find(asked)? {
        Some(found) => Ok(found.folder),
        None => fetch(DEFAULT).map(|fetched| fetched.folder).map_err(|why| Error::None(Box::new(why))),
    }
}
