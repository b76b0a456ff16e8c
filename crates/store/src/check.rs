//! Whether a store is consistent: the file, what points to what, and what is counted.

use crate::{Error, Store};

/// Something that is wrong in a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The table.
    pub table: String,
    /// What is wrong, with the rows.
    pub what: String,
}

/// Table, what is wrong, and the rows that are: each query gives a name per row.
const RULES: &[(&str, &str, &str)] = &[
    (
        "report",
        "has no document",
        "SELECT report FROM report WHERE document NOT IN (SELECT id FROM document)",
    ),
    (
        "report",
        "belongs to no event that is there",
        "SELECT report FROM report WHERE event IS NOT NULL AND event NOT IN (SELECT id FROM event)",
    ),
    ("report", "has a record that is no JSON", "SELECT report FROM report WHERE NOT json_valid(record)"),
    (
        "report",
        "is not what its record says",
        "SELECT report FROM report WHERE json_valid(record) AND (json_extract(record, '$.id') IS NOT report OR json_extract(record, '$.event') IS NOT category)",
    ),
    (
        "event",
        "has no report",
        "SELECT event FROM event WHERE id NOT IN (SELECT event FROM report WHERE event IS NOT NULL)",
    ),
    (
        "event",
        "counts its reports wrongly",
        "SELECT event FROM event e WHERE reports <> (SELECT count(*) FROM report r WHERE r.event = e.id)",
    ),
    ("event", "has a record that is no JSON", "SELECT event FROM event WHERE NOT json_valid(record)"),
    (
        "event",
        "is told best by another event's report",
        "SELECT event FROM event e WHERE best NOT IN (SELECT id FROM report r WHERE r.event = e.id)",
    ),
    (
        "event_party",
        "has no event",
        "SELECT DISTINCT event FROM event_party WHERE event NOT IN (SELECT id FROM event)",
    ),
    ("dyad", "has no event", "SELECT DISTINCT event FROM dyad WHERE event NOT IN (SELECT id FROM event)"),
    (
        "link",
        "joins a report that is not there",
        "SELECT a || '-' || b FROM link WHERE a NOT IN (SELECT id FROM report) OR b NOT IN (SELECT id FROM report)",
    ),
    (
        "sentence",
        "has no document",
        "SELECT id FROM sentence WHERE document NOT IN (SELECT id FROM document)",
    ),
    (
        "sentence",
        "ends outside the text",
        "SELECT s.id FROM sentence s JOIN document d ON d.id = s.document WHERE s.start > s.stop OR s.stop > length(d.text)",
    ),
    (
        "sentence_words",
        "does not match the sentences",
        "SELECT rowid FROM sentence_words WHERE rowid NOT IN (SELECT id FROM sentence) UNION ALL SELECT id FROM sentence WHERE id NOT IN (SELECT rowid FROM sentence_words)",
    ),
    (
        "coverage",
        "counts the documents of a day wrongly",
        "SELECT day FROM coverage c WHERE documents <> (SELECT count(*) FROM document WHERE coalesce(substr(date, 1, 10), '') = day OR (day = '' AND date IS NOT NULL AND date NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'))",
    ),
    (
        "party_day",
        "names a document that does not tell of the party",
        "SELECT p.code || ' ' || p.day FROM party_day p, json_each('[' || replace(p.documents, ' ', ',') || ']') j \
         LEFT JOIN document d ON d.id = j.value WHERE d.id IS NULL OR instr(' ' || d.parties || ' ', ' ' || p.code || ' ') = 0",
    ),
    (
        "party_day",
        "lacks documents of a party",
        "SELECT code FROM (SELECT j.value AS code, count(*) AS n FROM document d, \
           json_each('[\"' || replace(d.parties, ' ', '\",\"') || '\"]') j WHERE d.parties <> '' GROUP BY j.value) t \
         WHERE n <> (SELECT coalesce(sum(length(documents) - length(replace(documents, ' ', '')) + 1), 0) \
           FROM party_day p WHERE p.code = t.code)",
    ),
];

/// Rows of one kind that are named.
const NAMED: usize = 5;

impl Store {
    /// All that is wrong; nothing if the store is sound. Reports that wait to be merged are no flaw.
    pub fn check(&self) -> Result<Vec<Flaw>, Error> {
        let mut flaws = self.file()?;
        for (table, what, query) in RULES {
            let mut rows = self.sql.prepare(query)?;
            let names: Vec<String> = rows
                .query_map([], |row| row.get::<_, rusqlite::types::Value>(0))?
                .map(|value| value.map(text))
                .collect::<Result<_, _>>()?;
            if let Some(first) = names.get(..names.len().min(NAMED)).filter(|first| !first.is_empty()) {
                let more = if names.len() > NAMED {
                    format!(" and {} more", names.len() - NAMED)
                } else {
                    String::new()
                };
                flaws.push(Flaw {
                    table: (*table).to_owned(),
                    what: format!("{what}: {}{more}", first.join(", ")),
                });
            }
        }
        Ok(flaws)
    }

    /// What SQLite itself says of the file.
    fn file(&self) -> Result<Vec<Flaw>, Error> {
        let mut rows = self.sql.prepare("PRAGMA integrity_check")?;
        let lines: Vec<String> = rows.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let flaw = |what| Flaw { table: "the file".to_owned(), what };
        Ok(lines.into_iter().filter(|line| line != "ok").map(flaw).collect())
    }
}

fn text(value: rusqlite::types::Value) -> String {
    match value {
        rusqlite::types::Value::Text(text) => text,
        rusqlite::types::Value::Integer(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}
