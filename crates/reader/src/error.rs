//! What can be wrong with a document, where, and what to do.

use std::fmt;
use std::io;

/// A document that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {fault}")]
pub struct Error {
    /// Where.
    pub place: Place,
    /// What.
    pub fault: Fault,
}

/// A file, or a line, row or record of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The path as it was given; `-` is standard input.
    pub file: String,
    /// Line, row or record, counted from 1, in a file with many documents.
    pub line: Option<usize>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = if self.file == "-" { "standard input" } else { &self.file };
        match self.line {
            Some(line) => write!(f, "{file}:{line}"),
            None => f.write_str(file),
        }
    }
}

/// What is wrong with a document.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file system said no.
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    /// A folder without documents.
    #[error("this folder holds no file with documents: .txt, .html, .jsonl, .csv, .parquet, .warc, .xml ...")]
    EmptyFolder,
    /// A pattern that matches nothing.
    #[error("no file has this name, and none matches it as a pattern")]
    NoMatch,
    /// A pattern that is none.
    #[error("is no file and no pattern: {0}")]
    Pattern(&'static str),
    /// A file of another kind.
    #[error("this is {0}")]
    Foreign(&'static str),
    /// Bytes that are no text.
    #[error("this is no text: the byte at {at} is zero; --input-format says what it is if it is")]
    Binary {
        /// Bytes before it.
        at: usize,
    },
    /// Packed bytes that are broken.
    #[error("cannot be unpacked further: {0}; what stood before this is kept")]
    Packed(io::Error),
    /// Few packed bytes that stand for very many.
    #[error("unpacks to over {times} times its size, as no text does: not read further")]
    Bomb {
        /// How many times.
        times: u64,
    },
    /// A file that is not what it should be, and what is wrong with it.
    #[error("cannot be read as {what}: {reason}")]
    Malformed {
        /// The format.
        what: &'static str,
        /// What its library says.
        reason: String,
    },
    /// Bytes at which the library that reads them panics.
    #[error(
        "cannot be read further: the library for its format fails at it; the file is broken, or made to do harm"
    )]
    Library,
    /// A table whose columns hold no documents.
    #[error("{0}")]
    Columns(String),
    /// A line that is no document.
    #[error(
        "this line is no document: {0}; expected one JSON object per line, \
         {{\"id\": \"...\", \"text\": \"...\", \"date\": \"2022-03-14\"}}"
    )]
    Json(String),
    /// No `id`.
    #[error("the document has no \"id\": add one that is unique in the file")]
    NoId,
    /// Neither `text` nor `html`.
    #[error("the document {0:?} has no \"text\"")]
    NoText(String),
    /// A date that is none.
    #[error("the document {id:?} has the date {date:?}, which is not ISO 8601: write it as 2022-03-14")]
    Date {
        /// The document.
        id: String,
        /// What stands there.
        date: String,
    },
    /// A pair whose words are not there.
    #[error(
        "the {end:?} of {id:?} is no span of its text, which has {length} code points: \
         write {{\"start\": 0, \"end\": 7}}, end exclusive, or null"
    )]
    Span {
        /// The line.
        id: String,
        /// "source" or "target".
        end: &'static str,
        /// Length of the text.
        length: usize,
    },
    /// Bytes that are not in the encoding.
    #[error(
        "not {encoding}: the bytes at {at} are no text in it; \
         name the file's encoding, by its letters perhaps --encoding {guess}, or convert it to UTF-8"
    )]
    Encoding {
        /// The encoding that was expected.
        encoding: &'static str,
        /// Bytes before the first that does not fit.
        at: usize,
        /// What the statistics of its letters suggest.
        guess: &'static str,
    },
    /// A text that is no article.
    #[error("larger than {} MB, more than a document may have: split it", MOST_BYTES >> 20)]
    TooLarge,
    /// A text that is longer than the user wants.
    #[error("a text of {:.1} MB, more than the {:.1} MB that are coded: split it, or raise --max-text", *bytes as f64 / 1e6, *most as f64 / 1e6)]
    TooLong {
        /// What it has.
        bytes: usize,
        /// What it may have.
        most: usize,
    },
    /// A page that was not answered with success, or is no text.
    #[error("{0}: not read")]
    NoPage(String),
}

/// Bytes that one document may take in a file, a page with its markup say: memory stays bounded, and offsets fit their type.
pub(crate) const MOST_BYTES: u64 = 64 << 20;
