//! Which field of a document stands in which column, where the names differ from ours.

use std::collections::BTreeMap;
use std::str::FromStr;

/// Fields of a document that a column or a key may hold.
pub const FIELDS: [&str; 8] = ["id", "text", "html", "title", "date", "url", "source", "lang"];

/// The user's names of columns or keys; a field that is not named stands under its own name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns(BTreeMap<&'static str, String>);

impl Columns {
    /// The column of a field.
    pub fn of<'a>(&'a self, field: &'a str) -> &'a str {
        self.0.get(field).map_or(field, String::as_str)
    }

    /// Whether the user has named any.
    pub fn is_default(&self) -> bool {
        self.0.is_empty()
    }

    /// The fields that the user has named a column for, with the column.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(field, column)| (*field, column.as_str()))
    }

    /// Whether a column holds what is to be coded.
    pub(crate) fn is_body(&self, column: &str) -> bool {
        [self.of("text"), self.of("html")].contains(&column)
    }

    /// These and those of another list.
    pub fn with(mut self, other: Columns) -> Columns {
        self.0.extend(other.0);
        self
    }
}

impl FromStr for Columns {
    type Err = String;

    /// Reads `text=body,date=pubdate`.
    fn from_str(list: &str) -> Result<Self, String> {
        let pair = |pair: &str| {
            let (field, column) = pair.split_once('=').ok_or_else(|| wrong(pair))?;
            let field = FIELDS.iter().find(|known| **known == field.trim()).ok_or_else(|| wrong(pair))?;
            Ok((*field, column.trim().to_owned()))
        };
        list.split(',').map(pair).collect::<Result<_, _>>().map(Columns)
    }
}

fn wrong(pair: &str) -> String {
    format!(
        "{pair:?} is no FIELD=COLUMN; write for instance text=body, with a field of {}",
        FIELDS.join(", ")
    )
}

/// Why a file's rows are no documents.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TableFault {
    /// Bytes that are no such file, or not all of one.
    #[error("cannot be read as {format}: {problem}; is the file complete?")]
    Broken {
        /// "Parquet" or "Arrow".
        format: &'static str,
        /// What the library says.
        problem: String,
    },
    /// A compression that is not read.
    #[error(
        "its columns are compressed with {0}, which is not read: write the file with zstd, snappy or gzip"
    )]
    Compression(String),
    /// No column of text.
    #[error(
        "no column is named \"text\" or \"html\"; there are {columns}: \
         name the one that holds the text, for instance --map text=body"
    )]
    NoText {
        /// The columns.
        columns: String,
    },
    /// A column that the user names and that is not there.
    #[error("no column is named {column:?}, as --map {field}={column} has it; there are {columns}")]
    NoColumn {
        /// The field.
        field: &'static str,
        /// The name.
        column: String,
        /// The columns.
        columns: String,
    },
    /// A column that cannot be what it should.
    #[error(
        "the column {column:?} is of type {found}, which can be no document's {field}: \
         name another with --map {field}=..., or write it as text"
    )]
    Type {
        /// The field.
        field: &'static str,
        /// The column.
        column: String,
        /// Its type.
        found: String,
    },
}

/// Columns that an error names before it only counts them.
const MOST_NAMED: usize = 30;

/// The names of columns as an error lists them.
pub(crate) fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let all = names.len();
    let named: Vec<String> = names.take(MOST_NAMED).map(|name| format!("{name:?}")).collect();
    match all {
        0 => "no columns".to_owned(),
        all if all > MOST_NAMED => format!("{} and {} more", named.join(", "), all - MOST_NAMED),
        _ => named.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_the_users_columns_or_their_own() {
        let columns: Columns = "text=body, date=pubdate".parse().unwrap();
        assert_eq!((columns.of("text"), columns.of("date"), columns.of("url")), ("body", "pubdate", "url"));
        assert!(columns.is_body("body") && !columns.is_body("text") && columns.is_body("html"));
    }

    #[test]
    fn what_is_no_field_is_said() {
        assert!("body=text".parse::<Columns>().unwrap_err().contains("a field of id, text"));
        assert!("text".parse::<Columns>().is_err());
    }
}
