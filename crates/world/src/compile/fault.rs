//! What is wrong with a table, where, and what to do about it.

/// One fault of one table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}; {remedy}")]
pub struct Fault {
    /// File name as it was given.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl Fault {
    /// A fault at a line of a file.
    pub fn new(file: &str, line: usize, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Fault { file: file.to_owned(), line, what: what.into(), remedy: remedy.into() }
    }
}
