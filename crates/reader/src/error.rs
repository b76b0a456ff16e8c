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

/// A file, or a line of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The path as it was given; `-` is standard input.
    pub file: String,
    /// Line, counted from 1, in a file with one document per line.
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
    #[error("this folder holds no .txt, .jsonl or .ndjson file")]
    EmptyFolder,
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
    /// HTML, which is not read yet.
    #[error(
        "HTML is not read yet: extract the article's text first and give it as .txt or as \"text\" in JSONL"
    )]
    Html,
    /// Bytes that are not in the encoding.
    #[error(
        "not {encoding}: the bytes at {at} are no text in it; \
         name the file's encoding, for instance --encoding windows-1252, or convert it to UTF-8"
    )]
    Encoding {
        /// The encoding that was expected.
        encoding: &'static str,
        /// Bytes before the first that does not fit.
        at: usize,
    },
    /// A text that is no article.
    #[error("larger than {} MB, more than a document may have: split it", MOST_BYTES >> 20)]
    TooLarge,
}

/// Bytes that one document may have: memory stays bounded, and offsets fit their type.
pub(crate) const MOST_BYTES: u64 = 64 << 20;
