//! The Arrow schema of events, and what is wrong with that of a file.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::{DataType, Field as Column, Fields, Schema};

use super::fields::{EVENT, Field, Kind};
use crate::Finding;

/// Version of the schema: another one where a field changes its name, type or meaning, or goes.
pub const SCHEMA_VERSION: &str = "1";
/// Key of the schema's metadata that has [`SCHEMA_VERSION`].
pub const SCHEMA_VERSION_KEY: &str = "chancery.schema_version";
/// Key of the schema's metadata that has the version of Chancery that wrote the file.
pub const VERSION_KEY: &str = "chancery.version";
/// Key of a field's metadata that has its meaning.
pub const COMMENT_KEY: &str = "comment";

/// The schema of a file of events: the record's own fields, each with its meaning as a comment.
pub fn event_schema() -> Schema {
    Schema::new(columns(EVENT)).with_metadata(metadata().into())
}

/// What a file of events says of itself.
pub(crate) fn metadata() -> [(String, String); 2] {
    [(SCHEMA_VERSION_KEY, SCHEMA_VERSION), (VERSION_KEY, env!("CARGO_PKG_VERSION"))]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
}

pub(crate) fn columns(fields: &[Field]) -> Fields {
    fields.iter().map(column).collect()
}

fn column(field: &Field) -> Column {
    let comment = HashMap::from([(COMMENT_KEY.to_owned(), field.meaning.to_owned())]);
    Column::new(field.name, data_type(field.kind), field.nullable).with_metadata(comment)
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Day => DataType::Date32,
        Kind::Whole => DataType::Int64,
        Kind::Small => DataType::Int8,
        Kind::Number => DataType::Float64,
        Kind::Texts => DataType::List(element(DataType::Utf8)),
        Kind::Record(fields) => DataType::Struct(columns(fields)),
        Kind::Records(fields) => DataType::List(element(DataType::Struct(columns(fields)))),
    }
}

/// What a list holds, under the name that Parquet's specification gives it.
pub(crate) fn element(item: DataType) -> Arc<Column> {
    Arc::new(Column::new("element", item, false))
}

/// What keeps a file with this schema from being read as events. Types may be those of another program that wrote the
/// same values: large or viewed strings, numbers of another width, days as text.
pub(crate) fn faults(found: &Schema) -> Vec<Finding> {
    let mut findings = Vec::new();
    match found.metadata().get(SCHEMA_VERSION_KEY).map(String::as_str) {
        None | Some(SCHEMA_VERSION) => {}
        Some(other) => findings.push(Finding::of_file(format!(
            "has the schema version {other:?}; this version of Chancery reads {SCHEMA_VERSION:?}"
        ))),
    }
    missing_or_mistyped(EVENT, found.fields(), "", &mut findings);
    findings
}

fn missing_or_mistyped(fields: &[Field], found: &Fields, above: &str, findings: &mut Vec<Finding>) {
    for field in fields {
        let path = format!("{above}{}", field.name);
        match found.find(field.name) {
            Some((_, column)) => mistyped(field.kind, column.data_type(), &path, findings),
            None if field.nullable => {}
            None => findings.push(Finding { row: 0, column: Some(path), problem: "is missing".to_owned() }),
        }
    }
}

fn mistyped(kind: Kind, found: &DataType, path: &str, findings: &mut Vec<Finding>) {
    use DataType::*;
    match (kind, found) {
        (Kind::Record(fields), Struct(columns)) => {
            missing_or_mistyped(fields, columns, &format!("{path}."), findings);
        }
        (Kind::Records(fields), List(item) | LargeList(item)) => {
            mistyped(Kind::Record(fields), item.data_type(), &format!("{path}[]"), findings);
        }
        (Kind::Texts, List(item) | LargeList(item)) => {
            mistyped(Kind::Text, item.data_type(), &format!("{path}[]"), findings);
        }
        // whole numbers with nulls are fractions to pandas
        (Kind::Whole, Float64) => {}
        (Kind::Text, Utf8 | LargeUtf8 | Utf8View)
        | (Kind::Day, Date32 | Utf8 | LargeUtf8 | Utf8View)
        | (Kind::Whole | Kind::Small, Int8 | Int16 | Int32 | Int64 | UInt8 | UInt16 | UInt32 | UInt64)
        | (Kind::Number, Float32 | Float64) => {}
        // a column of which every value is null may have lost its type
        (_, Null) => {}
        _ => findings.push(Finding {
            row: 0,
            column: Some(path.to_owned()),
            problem: format!("is of type {}, not {}", plain(found), plain(&data_type(kind))),
        }),
    }
}

/// A type in a word or two: of nested ones only the outermost.
fn plain(found: &DataType) -> String {
    match found {
        DataType::Struct(_) => "struct".to_owned(),
        DataType::List(_) | DataType::LargeList(_) => "list".to_owned(),
        DataType::Utf8 => "string".to_owned(),
        DataType::Date32 => "date".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all<'a>(fields: &'a Fields, into: &mut Vec<&'a Column>) {
        for field in fields {
            into.push(field);
            match field.data_type() {
                DataType::Struct(inner) => all(inner, into),
                DataType::List(item) => {
                    if let DataType::Struct(inner) = item.data_type() {
                        all(inner, into);
                    }
                }
                _ => {}
            }
        }
    }

    #[test]
    fn every_field_has_a_comment() {
        let schema = event_schema();
        let mut fields = Vec::new();
        all(schema.fields(), &mut fields);
        assert!(fields.len() > 70, "{}", fields.len());
        assert!(fields.iter().all(|f| f.metadata().get(COMMENT_KEY).is_some_and(|c| c.ends_with('.'))));
    }

    #[test]
    fn its_own_schema_has_no_fault() {
        assert_eq!(faults(&event_schema()), []);
    }

    #[test]
    fn missing_and_mistyped_columns_are_named() {
        let mut columns: Vec<Column> = columns(EVENT).iter().map(|f| f.as_ref().clone()).collect();
        columns.retain(|c| c.name() != "evidence" && c.name() != "dead");
        columns[0] = Column::new("id", DataType::Int64, false);
        let version = HashMap::from([(SCHEMA_VERSION_KEY.to_owned(), "99".to_owned())]);
        let said: Vec<String> =
            faults(&Schema::new(columns).with_metadata(version)).iter().map(Finding::to_string).collect();
        assert_eq!(
            said,
            [
                "has the schema version \"99\"; this version of Chancery reads \"1\"",
                "id: is of type Int64, not string",
                "evidence: is missing",
            ]
        );
    }
}
