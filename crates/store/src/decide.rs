//! Merges that somebody splits or makes by hand.

use rusqlite::{OptionalExtension, params};

use crate::change::dissolve;
use crate::{Error, Store};

/// What a decision did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// Pairs of reports that it is about; the events are merged anew at once.
    Pairs(usize),
    /// Why nothing was decided.
    Not(Undecided),
}

/// Why nothing was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undecided {
    /// The store has no event or report of this name.
    Unknown(String),
    /// The report belongs to another event.
    Elsewhere(String),
    /// The split would leave nothing on one side.
    Nothing,
}

impl Store {
    /// Keeps some reports of an event apart from its others.
    pub fn split(&mut self, event: &str, reports: &[String]) -> Result<Decided, Error> {
        let Some(id) = self.event_id(event)? else {
            return Ok(Decided::Not(Undecided::Unknown(event.to_owned())));
        };
        let members = self.anchors_of(id)?;
        let (mut out, mut named) = (Vec::new(), Vec::new());
        for report in reports {
            match members.iter().find(|(name, _)| name == report) {
                Some((name, anchor)) => (out.push(anchor.clone()), named.push(name.clone())).1,
                None => return Ok(Decided::Not(Undecided::Elsewhere(report.clone()))),
            }
        }
        let rest: Vec<String> =
            members.into_iter().filter(|(name, _)| !named.contains(name)).map(|(_, anchor)| anchor).collect();
        if rest.is_empty() || out.is_empty() {
            return Ok(Decided::Not(Undecided::Nothing));
        }
        let pairs: Vec<_> =
            out.iter().flat_map(|a| rest.iter().map(move |b| (a.clone(), b.clone()))).collect();
        self.decide(&pairs, false, &[id])
    }

    /// Makes several events one.
    pub fn join(&mut self, events: &[String]) -> Result<Decided, Error> {
        let (mut ids, mut groups) = (Vec::new(), Vec::new());
        for event in events {
            let Some(id) = self.event_id(event)? else {
                return Ok(Decided::Not(Undecided::Unknown(event.clone())));
            };
            ids.push(id);
            groups.push(self.anchors_of(id)?.into_iter().map(|(_, anchor)| anchor).collect::<Vec<_>>());
        }
        let Some((first, others)) = groups.split_first() else { return Ok(Decided::Not(Undecided::Nothing)) };
        let all = |group: &Vec<String>| -> Vec<(String, String)> {
            first.iter().flat_map(|a| group.iter().map(move |b| (a.clone(), b.clone()))).collect()
        };
        let pairs: Vec<_> = others.iter().flat_map(all).filter(|(a, b)| a != b).collect();
        if pairs.is_empty() {
            return Ok(Decided::Not(Undecided::Nothing));
        }
        self.decide(&pairs, true, &ids)
    }

    /// The row of an event, by its identifier or that of one of its reports.
    pub fn event_id(&self, name: &str) -> Result<Option<i64>, Error> {
        let event = self
            .sql
            .query_row("SELECT id FROM event WHERE event = ?1", [name], |row| row.get(0))
            .optional()?;
        if event.is_some() {
            return Ok(event);
        }
        let of = "SELECT event FROM report WHERE (report = ?1 OR anchor = ?1) AND event IS NOT NULL ORDER BY id LIMIT 1";
        Ok(self.sql.query_row(of, [name], |row| row.get(0)).optional()?)
    }

    /// Identifiers and anchors of an event's reports.
    fn anchors_of(&self, event: i64) -> Result<Vec<(String, String)>, Error> {
        let mut rows =
            self.sql.prepare_cached("SELECT report, anchor FROM report WHERE event = ?1 ORDER BY id")?;
        let rows = rows.query_map([event], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn decide(
        &mut self,
        pairs: &[(String, String)],
        together: bool,
        events: &[i64],
    ) -> Result<Decided, Error> {
        let sql = self.sql.transaction()?;
        for (a, b) in pairs {
            let (a, b) = (a.min(b), a.max(b));
            sql.prepare_cached("INSERT OR REPLACE INTO decision (a, b, together) VALUES (?1, ?2, ?3)")?
                .execute(params![a, b, together])?;
        }
        events.iter().try_for_each(|&event| dissolve(&sql, event))?;
        sql.commit()?;
        self.merge(|_| true)?;
        Ok(Decided::Pairs(pairs.len()))
    }
}
