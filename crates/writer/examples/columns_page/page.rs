//! The page `docs/columns.md` as text: what the files of events hold, column by column.

use std::path::{Path, PathBuf};

use chancery_writer::{CsvColumn, EVENT, Field, Kind, SCHEMA_VERSION, csv_columns};

/// Where the page stands.
pub fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/columns.md")
}

/// The page.
pub fn text() -> String {
    let nested: String = rows(EVENT, "").iter().map(|row| format!("| {} |\n", row.join(" | "))).collect();
    let flat: String = csv_columns().iter().map(csv_row).collect();
    INTRODUCTION.replace("VERSION", SCHEMA_VERSION) + &nested + CSV + &flat
}

/// A row per field: path, type, whether it may be null, meaning.
fn rows(fields: &[Field], above: &str) -> Vec<[String; 4]> {
    let of = |field: &Field| {
        let path = format!("{above}{}", field.name);
        let null = if field.nullable { "yes" } else { "" };
        let own = [
            format!("`{path}`"),
            type_name(field.kind).to_owned(),
            null.to_owned(),
            field.meaning.to_owned(),
        ];
        let below = match field.kind {
            Kind::Record(below) => rows(below, &format!("{path}.")),
            Kind::Records(below) => rows(below, &format!("{path}[].")),
            _ => Vec::new(),
        };
        std::iter::once(own).chain(below).collect::<Vec<_>>()
    };
    fields.iter().flat_map(of).collect()
}

fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Day => "date32",
        Kind::Whole => "int64",
        Kind::Small => "int8",
        Kind::Number => "float64",
        Kind::Texts => "list of string",
        Kind::Record(_) => "struct",
        Kind::Records(_) => "list of struct",
    }
}

fn csv_row(column: &CsvColumn) -> String {
    let path = column.path.as_ref().map_or_else(String::new, |path| format!("`{path}`"));
    format!("| `{}` | {path} | {} |\n", column.name, column.meaning)
}

const INTRODUCTION: &str = "\
# Events in columns

This page is made from `crates/writer/src/columns/fields.rs` by
`cargo run -p chancery-writer --example columns_page`; a test holds it to the code.

## Parquet and Arrow

The columns are the fields of the JSON record, nested as there, under the same names.
A field that the JSON leaves out is null, or an empty list.
What is read back equals what was written.

Days are dates (`date32`); a value that is no day of the calendar, written as 2022-03-14, is refused when it is written.
Offsets (`start`, `end`) count code points of the document's text, end exclusive.

Each field has its meaning as `comment` in its metadata, in Python `schema.field(\"actor\").metadata[b\"comment\"]`.
The schema's metadata has `chancery.schema_version` (now VERSION: another one where a field changes its name, type or
meaning, or goes) and `chancery.version`. In Parquet both are key-value metadata of the file as well.

Parquet files are compressed with Zstandard.
A row group has 65,536 events, or fewer where these are 64 MiB encoded.
Arrow files are of the file format (\"Feather 2\"), compressed with Zstandard too.
The same events make the same bytes.

Files that another program has written again can be read as long as they have these columns:
strings may be large or viewed, whole numbers of any width or, as pandas has them where some are null, float64; days may be text, and there may be other columns beside them.

| field | type | null | meaning |
|---|---|---|---|
";

const CSV: &str = "
## CSV

One row is one event; the first row names the columns.
The file is UTF-8 without a byte-order mark, cells are separated by commas and quoted where they must be, lines end in LF.
Cells may hold line breaks.

Lists are one cell, their items joined by `;`.
The columns of one list run in parallel: the first of `actor_code` belongs to the first of `actor_name`, and
`actor_start` has a number for each actor, so that it tells how many there are.
A list within a list (`actor_candidates`) is joined by `|`.
In cells of lists, and only there, `\\` stands before a `;`, `|` or `\\` that is part of an item.

What gets lost: a cell is empty for null and for an empty text, and for an empty list as for one of a single empty text.
Nothing else does: Chancery reads a CSV file back into the same events, but for these.

Texts are written as they are.
Some begin with `=`, `+`, `-` or `@`, and a spreadsheet that opens the file by a double click may take them for formulas.
A mark before them would keep it from doing so, and would be part of the text for everybody else.
Import files from sources that you do not trust as text (in Excel: Data, From Text/CSV, type Text for all columns, which
also keeps the leading zero of `cameo`).

| column | field | meaning |
|---|---|---|
";
