//! Documents in: text, pages, tables, archives, feeds and dumps, from files, folders and standard input.
//!
//! [`documents`] finds them one after the other, in the order of the inputs, and [`Raw::ready`] makes each ready.
//! A fault of one document is an [`Error`] in its place; the documents after it still come.
//!
//! ```
//! # let folder = tempfile::tempdir()?;
//! # let file = folder.path().join("news.jsonl");
//! # std::fs::write(&file, "{\"id\": \"1\", \"text\": \"Ruritania hailed Borduria.\"}\n{\"id\": 2")?;
//! use chancery_reader::{Input, Options, documents};
//!
//! let read: Vec<_> = documents(vec![Input::Path(file)], Options::default()).collect();
//! assert_eq!(read[0].as_ref().unwrap().clone().ready().unwrap().text, "Ruritania hailed Borduria.");
//! assert!(read[1].as_ref().unwrap_err().to_string().contains("news.jsonl:2"));
//! # Ok::<(), std::io::Error>(())
//! ```

mod cells;
mod columns;
mod copies;
mod day;
mod decode;
mod documents;
mod dump;
mod error;
mod feed;
mod format;
mod input;
mod json;
mod language;
mod page;
mod parquet;
mod raw;
mod record;
mod rows;
mod unpack;
mod warc;

pub use columns::{Columns, FIELDS};
pub use copies::{Copies, Sketch};
pub use day::day;
pub use decode::Encoding;
pub use documents::{Documents, documents};
pub use error::{Error, Fault, Place};
pub use format::Format;
pub use input::{Input, total_bytes};
pub use language::{language, language_name};
pub use page::{Page, page};
pub use raw::Raw;

/// What to assume where a document does not say, and how much it may take.
#[derive(Debug, Clone)]
pub struct Options {
    /// Publication date (`2022-03-14`) of documents without one.
    pub date: Option<String>,
    /// Encoding of bare text files without a byte-order mark; UTF-8 unless set. JSONL is always UTF-8.
    pub encoding: Option<Encoding>,
    /// Whether each line of JSONL asks how two stand to each other, by "source" and "target".
    pub pairs: bool,
    /// Whether the toponyms of a text are those that its line of JSONL marks, by "places".
    pub places: bool,
    /// How documents stand in every file; `None` to tell by content and name.
    pub format: Option<Format>,
    /// Names of columns and keys that differ from ours.
    pub columns: Columns,
    /// Bytes that a document's text may have.
    pub most_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            date: None,
            encoding: None,
            pairs: false,
            places: false,
            format: None,
            columns: Columns::default(),
            most_bytes: MOST_TEXT,
        }
    }
}

/// Bytes that a document's text may have unless the user says otherwise: some 700,000 words, a thousand articles.
pub const MOST_TEXT: usize = 4 << 20;
