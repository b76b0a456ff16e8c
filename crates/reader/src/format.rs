//! What a file is: by its content, with its name to decide where the content leaves it open.

use std::sync::LazyLock;

use crate::columns::Columns;
use crate::record::looks_like_jsonl;

/// How documents stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One document, its text.
    Text,
    /// One document, a page.
    Html,
    /// One document per line, a JSON object.
    Jsonl,
    /// Documents as a JSON array, or one as an object over several lines.
    Json,
    /// Documents in rows, cells parted by commas, a first row of names.
    Csv,
    /// The same, cells parted by tabs.
    Tsv,
    /// Documents in rows of a Parquet file.
    Parquet,
    /// Documents in rows of an Arrow IPC file.
    Arrow,
    /// Pages in a web archive.
    Warc,
    /// Entries of an RSS, Atom or JSON feed.
    Feed,
    /// Articles one after the other, as LexisNexis and Factiva give them out.
    Dump,
}

impl Format {
    /// All formats, with the name by which a user asks for each, and what it is.
    pub const ALL: &[(&str, Format, &str)] = &[
        ("text", Format::Text, "One document, its text"),
        ("html", Format::Html, "One document, a page"),
        ("jsonl", Format::Jsonl, "One document per line, a JSON object"),
        ("json", Format::Json, "A JSON array of documents, or one"),
        ("csv", Format::Csv, "Rows with commas, a first row of names"),
        ("tsv", Format::Tsv, "Rows with tabs"),
        ("parquet", Format::Parquet, "Rows of a Parquet file"),
        ("arrow", Format::Arrow, "Rows of an Arrow IPC file"),
        ("warc", Format::Warc, "Pages of a web archive"),
        ("feed", Format::Feed, "Entries of an RSS, Atom or JSON feed"),
        ("dump", Format::Dump, "Articles as LexisNexis and Factiva give them out"),
    ];
}

/// Something that no documents can be read from, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foreign(pub &'static str);

/// First bytes of files that are never text, and what they are.
const MAGIC: &[(&[u8], Result<Format, Foreign>)] = &[
    (b"PAR1", Ok(Format::Parquet)),
    (b"ARROW1", Ok(Format::Arrow)),
    (b"WARC/", Ok(Format::Warc)),
    (b"PK\x03\x04", Err(Foreign("a ZIP archive (or an office document): unpack it first"))),
    (b"%PDF-", Err(Foreign("a PDF: extract its text first"))),
    (b"Rar!", Err(Foreign("a RAR archive: unpack it first"))),
    (b"7z\xBC\xAF", Err(Foreign("a 7z archive: unpack it first"))),
    (b"BZh", Err(Foreign("packed with bzip2: unpack it, or pack it with gzip or zstd"))),
    (b"\xFD7zXZ", Err(Foreign("packed with xz: unpack it, or pack it with gzip or zstd"))),
    (b"SQLite format 3", Err(Foreign("an SQLite database: write its documents out as CSV or JSONL"))),
    (b"\x89PNG", Err(Foreign("a picture"))),
    (b"\xFF\xD8\xFF", Err(Foreign("a picture"))),
    (b"{\\rtf", Err(Foreign("RTF: save it as plain text first"))),
];

/// Bytes that suffice to know a file that is not text.
pub(crate) const MAGIC_BYTES: usize = 16;

/// What the first [`MAGIC_BYTES`] say; `None` for what may be text.
pub(crate) fn by_magic(head: &[u8]) -> Option<Result<Format, Foreign>> {
    MAGIC.iter().find(|(mark, _)| head.starts_with(mark)).map(|&(_, what)| what)
}

/// Whether the first line of a file, which is not blank, is a whole document or the mark of a format.
pub(crate) fn by_first_line(line: &[u8], ending: Option<&str>, columns: &Columns) -> Option<Format> {
    let line = without_mark(line).trim_ascii_start();
    let lines = matches!(ending, Some("jsonl" | "ndjson"));
    (lines || looks_like_jsonl(line, columns)).then_some(Format::Jsonl)
}

/// What the first kilobytes of a text file say, and where they say nothing, its name.
pub(crate) fn by_head(head: &[u8], ending: Option<&str>, columns: &Columns) -> Result<Format, Foreign> {
    let text = String::from_utf8_lossy(without_mark(head));
    let start = text.trim_start();
    if let Some(format) = json(start).or_else(|| markup(start)).or_else(|| rows(start, ending, columns)) {
        return Ok(format);
    }
    match ending {
        Some("html" | "htm" | "xhtml") => Ok(Format::Html),
        Some("csv") => Ok(Format::Csv),
        Some("tsv") => Ok(Format::Tsv),
        _ if start.starts_with("<?xml") => Err(Foreign("XML that is neither a page nor a feed")),
        _ if is_dump(&text) => Ok(Format::Dump),
        _ => Ok(Format::Text),
    }
}

fn json(start: &str) -> Option<Format> {
    if start.starts_with('{') && start.contains("jsonfeed.org/version") {
        return Some(Format::Feed);
    }
    // A faulty first line hides that the lines after it are documents.
    if start.starts_with('{') && start.lines().skip(1).any(|line| line.starts_with('{')) {
        return Some(Format::Jsonl);
    }
    let array = start.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'));
    let object = start.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"'));
    (array || object).then_some(Format::Json)
}

/// A page or a feed, by its first element.
fn markup(start: &str) -> Option<Format> {
    let root = first_element(start)?;
    let doctype = start.get(..14).is_some_and(|s| s.eq_ignore_ascii_case("<!doctype html"));
    match root.as_str() {
        "rss" | "feed" | "rdf:rdf" => Some(Format::Feed),
        "html" | "head" | "body" | "meta" | "title" => Some(Format::Html),
        _ => doctype.then_some(Format::Html),
    }
}

/// The name of the first element in lower case, behind declarations and comments.
fn first_element(start: &str) -> Option<String> {
    let mut rest = start;
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        rest = match rest.strip_prefix("!--") {
            Some(comment) => &comment[comment.find("-->")? + 3..],
            None if rest.starts_with(['?', '!']) => &rest[rest.find('>')? + 1..],
            None => break,
        };
    }
    let name = rest.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
    Some(name.to_ascii_lowercase())
}

/// A table, if its first row names a column with texts.
fn rows(start: &str, ending: Option<&str>, columns: &Columns) -> Option<Format> {
    let names = start.lines().next()?;
    let has = |mark: char| {
        let mut cells = names.split(mark).map(|cell| cell.trim().trim_matches('"'));
        names.contains(mark) && cells.any(|cell| columns.is_body(cell))
    };
    match ending {
        Some("txt" | "text") => None,
        _ if has('\t') => Some(Format::Tsv),
        _ if has(',') || has(';') => Some(Format::Csv),
        _ => None,
    }
}

/// Whether a text is a dump of several articles: by the lines that part them.
fn is_dump(text: &str) -> bool {
    static MARKS: LazyLock<[regex::Regex; 3]> = LazyLock::new(|| {
        [
            r"(?m)^\s*\d+ of \d+ DOCUMENTS\s*$",
            r"(?m)^Document [A-Za-z0-9]{16,40}\s*$",
            r"(?m)^LENGTH:\s+\d+ words\s*$",
        ]
        .map(|mark| regex::Regex::new(mark).expect("a pattern of ours"))
    });
    MARKS.iter().any(|mark| mark.is_match(text))
}

/// The bytes after a UTF-8 byte-order mark.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}
