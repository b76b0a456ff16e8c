//! One JSON object as a document.

use std::ops::Range;

use chancery_text::{Document, Pair};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use crate::columns::Columns;
use crate::raw::dated;
use crate::{Fault, Options, Place, Raw};

/// The fields of a document as they may stand in a line; others are ignored.
#[derive(Deserialize)]
pub(crate) struct Record {
    id: Option<Id>,
    text: Option<String>,
    html: Option<String>,
    title: Option<String>,
    date: Option<String>,
    url: Option<String>,
    source: Option<Named>,
    target: Option<Named>,
    lang: Option<String>,
    places: Option<Marks>,
}

/// An outlet by its name, or a party by where the text names it, in code points.
#[derive(Deserialize)]
#[serde(untagged)]
enum Named {
    Name(String),
    Span { start: usize, end: usize },
    Other(IgnoredAny),
}

/// Toponyms by where the text names them; of no interest in any other form.
#[derive(Deserialize)]
#[serde(untagged)]
enum Marks {
    Spans(Vec<Named>),
    Other(IgnoredAny),
}

/// Identifiers are strings; whole numbers are common enough to be taken as theirs.
#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

/// Reads one JSON object as a document that stands at `place`.
pub(crate) fn document(line: &[u8], place: &Place, options: &Options) -> Result<Raw, Fault> {
    let record: Record = if options.columns.is_default() {
        serde_json::from_slice(line).map_err(|error| Fault::Json(reason(&error)))?
    } else {
        let object = serde_json::from_slice(line).map_err(|error| Fault::Json(reason(&error)))?;
        renamed(object, options).map_err(|error| Fault::Json(error.to_string()))?
    };
    raw(record, place, options)
}

/// The fields of an object under our names.
pub(crate) fn renamed(mut object: Map<String, Value>, options: &Options) -> serde_json::Result<Record> {
    let taken: Vec<_> = options.columns.named().map(|(field, key)| (field, take(&mut object, key))).collect();
    object.extend(taken.into_iter().filter_map(|(field, value)| Some((field.to_owned(), value?))));
    serde_json::from_value(Value::Object(object))
}

/// A value by its key, or by a path of keys with dots between them.
fn take(object: &mut Map<String, Value>, path: &str) -> Option<Value> {
    if let Some(value) = object.remove(path) {
        return Some(value);
    }
    let (key, rest) = path.split_once('.')?;
    take(object.get_mut(key)?.as_object_mut()?, rest)
}

/// The document of a record.
pub(crate) fn raw(record: Record, place: &Place, options: &Options) -> Result<Raw, Fault> {
    let id = match record.id {
        Some(Id::Text(id)) => id,
        Some(Id::Number(id)) => id.to_string(),
        None => return Err(Fault::NoId),
    };
    let is_page = record.text.is_none();
    let Some(text) = record.text.or(record.html) else { return Err(Fault::NoText(id)) };
    let date = dated(&id, record.date.as_deref(), options)?;
    let pair =
        if options.pairs { pair(&id, &text, &record.source, &record.target)? } else { Pair::default() };
    let places = match &record.places {
        Some(Marks::Spans(places)) if options.places => Some(marked(&id, &text, places)?),
        _ => None,
    };
    let source = match record.source {
        Some(Named::Name(outlet)) => Some(outlet),
        _ => None,
    };
    let (title, url, lang) = (record.title, record.url, record.lang);
    let document = Document { id, text, title, date, url, source, lang, pair, places, ..Document::default() };
    let make = if is_page { Raw::page } else { Raw::text };
    Ok(make(place.clone(), document, options))
}

/// The toponyms that a line marks.
fn marked(id: &str, text: &str, places: &[Named]) -> Result<Vec<Range<usize>>, Fault> {
    let length = text.chars().count();
    let span = |named: &Named| match named {
        Named::Span { start, end } if start < end && *end <= length => Ok(*start..*end),
        _ => Err(Fault::Span { id: id.to_owned(), end: "place", length }),
    };
    places.iter().map(span).collect()
}

/// The two that a line asks about.
fn pair(id: &str, text: &str, source: &Option<Named>, target: &Option<Named>) -> Result<Pair, Fault> {
    let length = text.chars().count();
    let span = |end: &'static str, named: &Option<Named>| match named {
        None => Ok(None),
        Some(Named::Span { start, end }) if start < end && *end <= length => Ok(Some(*start..*end)),
        Some(_) => Err(Fault::Span { id: id.to_owned(), end, length }),
    };
    Ok(Pair { source: span("source", source)?, target: span("target", target)? })
}

/// What serde says, without its line number: the line is always the first to it.
pub(crate) fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    match said.rsplit_once(" at line ") {
        Some((what, _)) => format!("{what} at column {}", error.column()),
        None => said,
    }
}

/// Whether a file that begins with this line has one document per line.
pub(crate) fn looks_like_jsonl(line: &[u8], columns: &Columns) -> bool {
    let line = line.trim_ascii();
    line.starts_with(b"{")
        && serde_json::from_slice::<serde_json::Map<_, _>>(line).is_ok_and(|object: serde_json::Map<_, _>| {
            object.keys().any(|key| columns.is_body(key))
                || columns
                    .named()
                    .any(|(_, path)| path.split_once('.').is_some_and(|(key, _)| object.contains_key(key)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str, options: &Options) -> Result<Document, Fault> {
        let place = Place { file: "a.jsonl".to_owned(), line: Some(1) };
        document(line.as_bytes(), &place, options).map(|raw| raw.ready().unwrap())
    }

    fn complaint(line: &str) -> String {
        read(line, &Options::default()).unwrap_err().to_string()
    }

    #[test]
    fn reads_every_field() {
        let line = r#"{"id": 7, "text": "T", "title": null, "date": "2022-03-14T08:00:00Z",
            "source": "RNA", "url": "u", "lang": "en", "more": [1]}"#;
        let found = read(line, &Options::default()).unwrap();
        assert_eq!((found.id.as_str(), found.text.as_str(), found.title), ("7", "T", None));
        assert_eq!(found.date.as_deref(), Some("2022-03-14"));
        assert_eq!(
            (found.source.as_deref(), found.url.as_deref(), found.lang.as_deref()),
            (Some("RNA"), Some("u"), Some("en"))
        );
    }

    #[test]
    fn its_own_date_goes_before_the_given_one() {
        let options = Options { date: Some("2021-01-01".to_owned()), ..Options::default() };
        let date = |line: &str| read(line, &options).unwrap().date.unwrap();
        assert_eq!(date(r#"{"id": "a", "text": "", "date": "2022-03-14"}"#), "2022-03-14");
        assert_eq!(date(r#"{"id": "a", "text": "", "date": ""}"#), "2021-01-01");
    }

    #[test]
    fn says_what_is_wrong() {
        assert!(complaint(r#"{"id": "a", "text": "b""#).contains("at column 23"));
        assert!(complaint("[1]").contains("one JSON object per line"));
        assert!(complaint(r#"{"text": "b"}"#).contains("no \"id\""));
        assert!(complaint(r#"{"id": "a"}"#).contains("\"a\" has no \"text\""));
        assert!(
            complaint(r#"{"id": "a", "text": "b", "date": "soon"}"#)
                .contains("\"soon\", which is not ISO 8601")
        );
    }

    #[test]
    fn a_pair_is_read_where_it_is_asked_for() {
        let line = r#"{"id": "a", "text": "É hit B.", "source": {"start": 0, "end": 1}, "target": null}"#;
        let asked = Options { pairs: true, ..Options::default() };
        let pair = read(line, &asked).unwrap().pair;
        assert_eq!((pair.source, pair.target), (Some(0..1), None));
        assert_eq!(read(line, &Options::default()).unwrap().pair, Pair::default());
        let beyond = line.replace("\"target\": null", r#""target": {"start": 6, "end": 9}"#);
        let said = read(&beyond, &asked).unwrap_err().to_string();
        assert!(said.contains("\"target\" of \"a\"") && said.contains("8 code points"), "{said}");
        assert!(read(&beyond, &Options::default()).is_ok());
    }

    #[test]
    fn marked_places_are_read_where_they_are_asked_for() {
        let line = r#"{"id": "a", "text": "É hit B.", "places": [{"start": 6, "end": 7, "name": "B"}, {"start": 0, "end": 1}]}"#;
        let asked = Options { places: true, ..Options::default() };
        assert_eq!(read(line, &asked).unwrap().places, Some(vec![6..7, 0..1]));
        assert_eq!(read(line, &Options::default()).unwrap().places, None);
        let said = read(&line.replace("7", "99"), &asked).unwrap_err().to_string();
        assert!(said.contains("\"place\" of \"a\""), "{said}");
    }

    #[test]
    fn keys_of_other_names_are_taken_also_from_within() {
        let columns = "id=_id,text=article.body,date=pubdate".parse().unwrap();
        let options = Options { columns, ..Options::default() };
        let line = r#"{"_id": 3, "article": {"body": "B"}, "pubdate": "2022-03-14", "text": "not this"}"#;
        let found = read(line, &options).unwrap();
        assert_eq!((found.id.as_str(), found.text.as_str()), ("3", "B"));
        assert_eq!(found.date.as_deref(), Some("2022-03-14"));
        assert!(looks_like_jsonl(line.as_bytes(), &options.columns));
        assert!(
            read(r#"{"_id": 3, "text": "its own key serves where the other is missing"}"#, &options).is_ok()
        );
    }

    #[test]
    fn tells_documents_from_other_first_lines() {
        assert!(looks_like_jsonl(b" {\"text\": \"a\"}\r\n", &Columns::default()));
        assert!(!looks_like_jsonl(b"{\"name\": \"a\"}", &Columns::default()));
        assert!(!looks_like_jsonl(b"{curly} words open this article", &Columns::default()));
        assert!(!looks_like_jsonl(b"", &Columns::default()));
    }
}
