//! Reports and events out of the store, in an order that does not depend on how they came in.

use chancery_record::{Event, Merged, Source, Told, ToldReport};
use rusqlite::{Row, params, params_from_iter};

use crate::{Error, Filter, Store};

/// How much a store holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Documents.
    pub documents: u64,
    /// Coded mentions.
    pub reports: u64,
    /// Merged events.
    pub events: u64,
}

/// The columns of a document, in the order of [`source`].
const SOURCE: &str = "d.document, d.title, d.date, d.text, d.url, d.source, d.lang, d.author";

impl Store {
    /// Every report of an event that a filter lets through, by document, in the order of the documents' identifiers.
    pub fn reports<E: From<Error>>(
        &self,
        filter: &Filter,
        mut take: impl FnMut(&Source, Vec<Event>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut each = || -> Result<(), Out<E>> {
            let mut documents =
                self.sql.prepare(&format!("SELECT d.id, {SOURCE} FROM document d ORDER BY d.document"))?;
            let conditions = filter.conditions();
            let mut reports = self.sql.prepare(&format!(
                "SELECT r.record, e.event FROM report r JOIN event e ON e.id = r.event WHERE {} AND r.document = ? \
                 ORDER BY r.sentence, r.anchor",
                conditions.clause()
            ))?;
            let mut rows = documents.query([])?;
            while let Some(row) = rows.next()? {
                let document = rusqlite::types::Value::Integer(row.get(0)?);
                let mut own = reports.query(params_from_iter(conditions.values.iter().chain([&document])))?;
                let mut list = Vec::new();
                while let Some(report) = own.next()? {
                    list.push(Event { event_id: report.get(1)?, ..record(report, 0)? });
                }
                if !list.is_empty() {
                    take(&source(row, 1)?, list).map_err(Out::Theirs)?;
                }
            }
            Ok(())
        };
        each().map_err(Out::into)
    }

    /// Every merged event that a filter lets through, by date, with the document of the report that tells it best.
    pub fn events<E: From<Error>>(
        &self,
        filter: &Filter,
        mut take: impl FnMut(Merged, &Source) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut each = || -> Result<(), Out<E>> {
            let conditions = filter.conditions();
            let mut rows = self.sql.prepare(&format!(
                "SELECT e.record, {SOURCE} FROM event e JOIN report r ON r.id = e.best \
                 JOIN document d ON d.id = r.document WHERE {} ORDER BY e.date_start, e.event",
                conditions.clause()
            ))?;
            let mut rows = rows.query(params_from_iter(conditions.values))?;
            while let Some(row) = rows.next()? {
                let merged: Merged = record(row, 0)?;
                take(merged, &source(row, 1)?).map_err(Out::Theirs)?;
            }
            Ok(())
        };
        each().map_err(Out::into)
    }

    /// An event with all its reports, by its identifier or that of one of its reports.
    pub fn told(&self, name: &str) -> Result<Option<Told>, Error> {
        let Some(id) = self.event_id(name)? else { return Ok(None) };
        let event: Merged = self
            .sql
            .query_row("SELECT record FROM event WHERE id = ?1", [id], |row| Ok(record(row, 0)))??;
        let mut reports = self.told_reports(id)?;
        let rank = |report: &ToldReport| event.members.iter().position(|member| *member == report.report.id);
        reports.sort_by_key(rank);
        Ok(Some(Told { decisions: self.decisions_of(id)?, event, reports }))
    }

    fn told_reports(&self, event: i64) -> Result<Vec<ToldReport>, Error> {
        let mut rows = self.sql.prepare(
            "SELECT r.record, d.title, d.source, d.url, \
               (SELECT sum(score) FROM (SELECT l.score FROM link l JOIN report o ON o.id = l.b \
                  WHERE l.a = r.id AND o.event = ?1 UNION ALL \
                SELECT l.score FROM link l JOIN report o ON o.id = l.a WHERE l.b = r.id AND o.event = ?1)), \
               (SELECT count(*) - 1 FROM report WHERE event = ?1) \
             FROM report r JOIN document d ON d.id = r.document WHERE r.event = ?1",
        )?;
        let mut rows = rows.query([event])?;
        let mut reports = Vec::new();
        while let Some(row) = rows.next()? {
            let (sum, others): (Option<i64>, i64) = (row.get(4)?, row.get(5)?);
            let mean = sum.unwrap_or(0) as f64 / others.max(1) as f64 / 1e6;
            reports.push(ToldReport {
                report: record(row, 0)?,
                title: row.get(1)?,
                source: row.get(2)?,
                url: row.get(3)?,
                score: (others > 0).then_some((mean * 1000.0).round() / 1000.0),
            });
        }
        Ok(reports)
    }

    /// What was decided by hand about an event's reports, in words.
    fn decisions_of(&self, event: i64) -> Result<Vec<String>, Error> {
        let mut rows = self.sql.prepare(
            "SELECT a.report, b.report, d.together FROM decision d JOIN report a ON a.anchor = d.a \
             JOIN report b ON b.anchor = d.b WHERE a.event = ?1 OR b.event = ?1 ORDER BY 1, 2",
        )?;
        let words = |row: &Row| {
            let (a, b, together): (String, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(format!("{a} and {b} {}", if together { "are one event" } else { "are two events" }))
        };
        Ok(rows.query_map(params![event], words)?.collect::<Result<_, _>>()?)
    }

    /// How much there is.
    pub fn size(&self) -> Result<Size, Error> {
        let count = |table: &str| -> Result<u64, Error> {
            let count = format!("SELECT count(*) FROM {table}");
            Ok(self.sql.query_row(&count, [], |row| row.get::<_, i64>(0))? as u64)
        };
        Ok(Size { documents: count("document")?, reports: count("report")?, events: count("event")? })
    }
}

/// An error of the store, or of whoever takes what comes out of it.
enum Out<E> {
    Ours(Error),
    Theirs(E),
}

impl<E: From<Error>> Out<E> {
    fn into(self) -> E {
        match self {
            Out::Ours(error) => E::from(error),
            Out::Theirs(error) => error,
        }
    }
}

impl<E> From<Error> for Out<E> {
    fn from(error: Error) -> Self {
        Out::Ours(error)
    }
}

impl<E> From<rusqlite::Error> for Out<E> {
    fn from(error: rusqlite::Error) -> Self {
        Out::Ours(Error::from(error))
    }
}

/// The record in a column.
pub(crate) fn record<T: for<'a> serde::Deserialize<'a>>(row: &Row, at: usize) -> Result<T, Error> {
    let text = row.get_ref(at)?.as_str().map_err(|e| Error::Sqlite(rusqlite::Error::from(e)))?;
    Ok(serde_json::from_str(text)?)
}

/// A document from the columns of [`SOURCE`].
fn source(row: &Row, at: usize) -> Result<Source, rusqlite::Error> {
    Ok(Source {
        id: row.get(at)?,
        title: row.get(at + 1)?,
        date: row.get(at + 2)?,
        text: row.get(at + 3)?,
        url: row.get(at + 4)?,
        source: row.get(at + 5)?,
        lang: row.get(at + 6)?,
        author: row.get(at + 7)?,
        duplicate_of: None,
    })
}
