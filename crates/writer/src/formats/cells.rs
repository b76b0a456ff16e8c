//! Cells and rows of files without quoting: what would break a row becomes a blank.

use std::io::{self, Write};

use chancery_record::Actor;
use chancery_text::Document;

use crate::page::clean;

/// The text in one line, without tabs and control characters. A double quotation mark becomes a single one: many readers
/// take it for quoting at the start of a cell, and read on to the next one, lines below.
pub(crate) fn cell(text: &str) -> String {
    clean(text).replace(['\u{2028}', '\u{2029}'], " ").replace('"', "'").trim().to_owned()
}

/// The text as a cell; unknown is empty.
pub(crate) fn or_empty(text: Option<&str>) -> String {
    text.map(cell).unwrap_or_default()
}

/// A number as a cell; unknown is empty.
pub(crate) fn number<N: ToString>(number: Option<N>) -> String {
    number.map(|n| n.to_string()).unwrap_or_default()
}

/// Several values in one cell: what separates them stands in none.
pub(crate) fn joined<'v>(values: impl IntoIterator<Item = &'v str>, separator: char) -> String {
    let instead = if separator == ';' { "," } else { " " };
    let values: Vec<String> = values.into_iter().map(|v| cell(v).replace(separator, instead)).collect();
    values.join(&separator.to_string())
}

/// Writes one row.
pub(crate) fn row(out: &mut impl Write, cells: &[impl AsRef<str>]) -> io::Result<()> {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    writeln!(out, "{}", cells.join("\t"))
}

/// The actor's usual name, else its words.
pub(crate) fn name(actor: &Actor) -> &str {
    actor.name.as_deref().unwrap_or(&actor.text)
}

/// Who published the document: its source, else the host of its address.
pub(crate) fn publisher(document: &Document) -> String {
    document.source.as_deref().map(cell).or_else(|| host(document)).unwrap_or_default()
}

/// The host of the document's address, without "www.".
pub(crate) fn host(document: &Document) -> Option<String> {
    let (_, rest) = document.url.as_deref()?.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next().filter(|host| !host.is_empty())?;
    Some(cell(host.strip_prefix("www.").unwrap_or(host)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_breaks_its_row() {
        assert_eq!(cell(" a\tb\r\nc\u{2028}d "), "a b  c d");
        assert_eq!(cell("\"Reds\""), "'Reds'");
        assert_eq!(joined(["a;b", "c"], ';'), "a,b;c");
        assert_eq!(joined(["a,b", "c"], ','), "a b,c");
    }

    #[test]
    fn the_host_names_a_publisher_without_a_name() {
        let mut document =
            Document { url: Some("https://www.rna.example:80/a".to_owned()), ..Document::default() };
        assert_eq!(publisher(&document), "rna.example");
        document.source = Some("RNA".to_owned());
        assert_eq!(publisher(&document), "RNA");
        document.url = Some("news/1".to_owned());
        assert_eq!(host(&document), None);
    }
}
