//! One line of JSONL as a document.

use std::ops::Range;

use chancery_text::{Document, Pair};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::{Fault, Options, day};

/// The fields of a document as they may stand in a line; others are ignored.
#[derive(Deserialize)]
struct Record {
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

/// Reads one line.
pub(crate) fn document(line: &[u8], options: &Options) -> Result<Document, Fault> {
    let record: Record = serde_json::from_slice(line).map_err(|error| Fault::Json(reason(&error)))?;
    let id = match record.id.ok_or(Fault::NoId)? {
        Id::Text(id) => id,
        Id::Number(id) => id.to_string(),
    };
    let text = match (record.text, record.html) {
        (Some(text), _) => text,
        (None, Some(_)) => return Err(Fault::Html),
        (None, None) => return Err(Fault::NoText(id)),
    };
    let date = dated(&id, record.date.as_deref(), options)?;
    let pair =
        if options.pairs { pair(&id, &text, &record.source, &record.target)? } else { Pair::default() };
    let places = match &record.places {
        Some(Marks::Spans(places)) if options.places => Some(marked(&id, &text, places)?),
        _ => None,
    };
    let outlet = match record.source {
        Some(Named::Name(outlet)) => Some(outlet),
        _ => None,
    };
    Ok(Document {
        id,
        text,
        title: record.title,
        date,
        url: record.url,
        source: outlet,
        lang: record.lang,
        pair,
        places,
    })
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

fn dated(id: &str, date: Option<&str>, options: &Options) -> Result<Option<String>, Fault> {
    match date.filter(|date| !date.trim().is_empty()) {
        None => Ok(options.date.clone()),
        Some(date) => match day(date) {
            Some(day) => Ok(Some(day)),
            None => Err(Fault::Date { id: id.to_owned(), date: date.to_owned() }),
        },
    }
}

/// What serde says, without its line number: the line is always the first to it.
fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    match said.rsplit_once(" at line ") {
        Some((what, _)) => format!("{what} at column {}", error.column()),
        None => said,
    }
}

/// Whether a file that begins with this line has one document per line.
pub(crate) fn looks_like_jsonl(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.starts_with(b"{")
        && serde_json::from_slice::<serde_json::Map<_, _>>(line).is_ok_and(|object: serde_json::Map<_, _>| {
            object.contains_key("text") || object.contains_key("html")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(line: &str) -> String {
        document(line.as_bytes(), &Options::default()).unwrap_err().to_string()
    }

    #[test]
    fn reads_every_field() {
        let line = r#"{"id": 7, "text": "T", "title": null, "date": "2022-03-14T08:00:00Z",
            "source": "RNA", "url": "u", "lang": "en", "more": [1]}"#;
        let read = document(line.as_bytes(), &Options::default()).unwrap();
        assert_eq!((read.id.as_str(), read.text.as_str(), read.title), ("7", "T", None));
        assert_eq!(read.date.as_deref(), Some("2022-03-14"));
        assert_eq!(
            (read.source.as_deref(), read.url.as_deref(), read.lang.as_deref()),
            (Some("RNA"), Some("u"), Some("en"))
        );
    }

    #[test]
    fn its_own_date_goes_before_the_given_one() {
        let options = Options { date: Some("2021-01-01".to_owned()), ..Options::default() };
        let date = |line: &str| document(line.as_bytes(), &options).unwrap().date.unwrap();
        assert_eq!(date(r#"{"id": "a", "text": "", "date": "2022-03-14"}"#), "2022-03-14");
        assert_eq!(date(r#"{"id": "a", "text": "", "date": ""}"#), "2021-01-01");
    }

    #[test]
    fn says_what_is_wrong() {
        assert!(complaint(r#"{"id": "a", "text": "b""#).contains("at column 23"));
        assert!(complaint("[1]").contains("one JSON object per line"));
        assert!(complaint(r#"{"text": "b"}"#).contains("no \"id\""));
        assert!(complaint(r#"{"id": "a"}"#).contains("\"a\" has no \"text\""));
        assert!(complaint(r#"{"id": "a", "html": "<p>"}"#).contains("HTML is not read yet"));
        assert!(
            complaint(r#"{"id": "a", "text": "b", "date": "soon"}"#)
                .contains("\"soon\", which is not ISO 8601")
        );
    }

    #[test]
    fn a_pair_is_read_where_it_is_asked_for() {
        let line = r#"{"id": "a", "text": "É hit B.", "source": {"start": 0, "end": 1}, "target": null}"#;
        let asked = Options { pairs: true, ..Options::default() };
        let pair = document(line.as_bytes(), &asked).unwrap().pair;
        assert_eq!((pair.source, pair.target), (Some(0..1), None));
        assert_eq!(document(line.as_bytes(), &Options::default()).unwrap().pair, Pair::default());
        let beyond = line.replace("\"target\": null", r#""target": {"start": 6, "end": 9}"#);
        let said = document(beyond.as_bytes(), &asked).unwrap_err().to_string();
        assert!(said.contains("\"target\" of \"a\"") && said.contains("8 code points"), "{said}");
        assert!(document(beyond.as_bytes(), &Options::default()).is_ok());
    }

    #[test]
    fn marked_places_are_read_where_they_are_asked_for() {
        let line = r#"{"id": "a", "text": "É hit B.", "places": [{"start": 6, "end": 7, "name": "B"}, {"start": 0, "end": 1}]}"#;
        let asked = Options { places: true, ..Options::default() };
        assert_eq!(document(line.as_bytes(), &asked).unwrap().places, Some(vec![6..7, 0..1]));
        assert_eq!(document(line.as_bytes(), &Options::default()).unwrap().places, None);
        let said = document(line.replace("7", "99").as_bytes(), &asked).unwrap_err().to_string();
        assert!(said.contains("\"place\" of \"a\""), "{said}");
    }

    #[test]
    fn tells_documents_from_other_first_lines() {
        assert!(looks_like_jsonl(b" {\"text\": \"a\"}\r\n"));
        assert!(!looks_like_jsonl(b"{\"name\": \"a\"}"));
        assert!(!looks_like_jsonl(b"{curly} words open this article"));
        assert!(!looks_like_jsonl(b""));
    }
}
