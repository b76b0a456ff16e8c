//! Documents in: text files, JSONL, folders and standard input, one document at a time.
//!
//! A fault of one document is an [`Error`] in its place; the documents after it still come.
//!
//! ```
//! # let folder = tempfile::tempdir()?;
//! # let file = folder.path().join("news.jsonl");
//! # std::fs::write(&file, "{\"id\": \"1\", \"text\": \"Ruritania hailed Borduria.\"}\n{\"id\": 2")?;
//! use chancery_reader::{Input, Options, documents};
//!
//! let read: Vec<_> = documents(vec![Input::Path(file)], Options::default()).collect();
//! assert_eq!(read[0].as_ref().unwrap().id, "1");
//! assert!(read[1].as_ref().unwrap_err().to_string().contains("news.jsonl:2"));
//! # Ok::<(), std::io::Error>(())
//! ```

mod day;
mod decode;
mod documents;
mod error;
mod input;
mod record;

pub use day::day;
pub use decode::Encoding;
pub use documents::{Documents, documents};
pub use error::{Error, Fault, Place};
pub use input::{Input, total_bytes};

/// What to assume where a document does not say.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Publication date (`2022-03-14`) of documents without one.
    pub date: Option<String>,
    /// Encoding of bare text files without a byte-order mark; UTF-8 unless set. JSONL is always UTF-8.
    pub encoding: Option<Encoding>,
    /// Whether each line of JSONL asks how two stand to each other, by "source" and "target".
    pub pairs: bool,
    /// Whether the toponyms of a text are those that its line of JSONL marks, by "places".
    pub places: bool,
}
