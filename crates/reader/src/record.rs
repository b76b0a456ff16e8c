//! One line of JSONL as a document.

use chancery_text::Document;
use serde::Deserialize;

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
    source: Option<String>,
    lang: Option<String>,
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
    Ok(Document {
        id,
        text,
        title: record.title,
        date,
        url: record.url,
        source: record.source,
        lang: record.lang,
    })
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
    fn tells_documents_from_other_first_lines() {
        assert!(looks_like_jsonl(b" {\"text\": \"a\"}\r\n"));
        assert!(!looks_like_jsonl(b"{\"name\": \"a\"}"));
        assert!(!looks_like_jsonl(b"{curly} words open this article"));
        assert!(!looks_like_jsonl(b""));
    }
}
