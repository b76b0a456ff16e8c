//! The columns of CSV: the fields of the record laid out flat, and three of the document.

use crate::columns::{EVENT, Field, Kind};

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvColumn {
    /// Its name in the first row.
    pub name: String,
    /// Path of its field in the record, "actor\[\].code"; `None` for a field of the document.
    pub path: Option<String>,
    /// What it means.
    pub meaning: &'static str,
}

/// The column after which those of the document stand.
const DOCUMENT: &str = "document";

/// What the record does not say of its document.
const OF_DOCUMENT: [(&str, &str); 3] = [
    ("document_title", "Headline of the document, where the source keeps it apart from the text."),
    ("document_source", "Outlet that the document is from."),
    ("document_url", "Address that the document came from."),
];

/// The columns, in their order.
pub fn csv_columns() -> Vec<CsvColumn> {
    let mut columns = Vec::new();
    for field in EVENT {
        flat(field, "", &mut columns);
        if field.name == DOCUMENT {
            let own = |(name, meaning): (&str, _)| CsvColumn { name: name.to_owned(), path: None, meaning };
            columns.extend(OF_DOCUMENT.map(own));
        }
    }
    columns
}

fn flat(field: &Field, above: &str, columns: &mut Vec<CsvColumn>) {
    let path = format!("{above}{}", field.name);
    match field.kind {
        Kind::Record(fields) => fields.iter().for_each(|f| flat(f, &format!("{path}."), columns)),
        Kind::Records(fields) => fields.iter().for_each(|f| flat(f, &format!("{path}[]."), columns)),
        Kind::Texts => columns.push(column(format!("{path}[]"), field)),
        _ => columns.push(column(path, field)),
    }
}

fn column(path: String, field: &Field) -> CsvColumn {
    CsvColumn { name: name_of(&path), path: Some(path), meaning: field.meaning }
}

/// The column of a field, by its path with or without places in lists: "actor\[0\].code" is in `actor_code`.
pub(super) fn name_of(path: &str) -> String {
    let outside = path.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest));
    outside.collect::<String>().replace('.', "_")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_columns_have_one_name() {
        let columns = csv_columns();
        let names: BTreeSet<&str> = columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names.len(), columns.len());
    }

    #[test]
    fn a_column_is_named_by_its_path() {
        assert_eq!(name_of("actor[0].code"), "actor_code");
        assert_eq!(name_of("actor[].candidates[]"), "actor_candidates");
        assert_eq!(name_of("evidence.trigger.start"), "evidence_trigger_start");
    }
}
