//! Documents into the store and out of it, in transactions.

use std::collections::{BTreeMap, BTreeSet};

use chancery_record::{Actor, Event, EventPlace, Span};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use crate::days::day;
use crate::entry::{Entry, Row};
use crate::export::record;
use crate::link::{dissolve_all, held_by, scored_ends};
use crate::{Error, Store};

/// Fingerprints of the documents that a store has, by a hash of their identifiers.
#[derive(Debug, Default, Clone)]
pub struct Known(BTreeMap<String, i64>);

impl Known {
    /// Whether the store has just this document, coded by just this coder.
    pub fn has(&self, document: &str, fingerprint: i64) -> bool {
        self.0.get(document) == Some(&fingerprint)
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A report about which something was decided, as far as it can be known again.
struct Anchored {
    anchor: String,
    kind: String,
    sentence: usize,
    trigger: Span,
}

/// Documents that are written together: all of them or none.
#[derive(Debug)]
pub struct Change<'a> {
    sql: Transaction<'a>,
}

impl Store {
    /// What the store has.
    pub fn known(&self) -> Result<Known, Error> {
        let mut rows = self.sql.prepare("SELECT document, fingerprint FROM document")?;
        let known = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Known(known.collect::<Result<_, _>>()?))
    }

    /// Begins to write documents.
    pub fn change(&mut self) -> Result<Change<'_>, Error> {
        Ok(Change { sql: self.sql.transaction_with_behavior(TransactionBehavior::Immediate)? })
    }
}

impl Change<'_> {
    /// Puts a document in place of what the store has under its name. Says whether that changes anything.
    pub fn put(&self, entry: &Entry) -> Result<bool, Error> {
        let known: Option<(i64, i64)> = self
            .sql
            .prepare_cached("SELECT id, fingerprint FROM document WHERE document = ?1")?
            .query_row([&entry.source.id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        match known {
            Some((_, fingerprint)) if fingerprint == entry.fingerprint => return Ok(false),
            Some((id, _)) => {
                let decided = self.decided(id)?;
                self.remove_id(id)?;
                self.add(entry)?;
                decided.into_iter().try_for_each(|anchor| self.carry(anchor, entry))?;
            }
            None => self.add(entry)?,
        }
        Ok(true)
    }

    /// Reports of a document about which something was decided by hand.
    fn decided(&self, document: i64) -> Result<Vec<Anchored>, Error> {
        let mut rows = self.sql.prepare_cached(
            "SELECT anchor, kind, sentence, record FROM report WHERE document = ?1 \
             AND (anchor IN (SELECT a FROM decision) OR anchor IN (SELECT b FROM decision))",
        )?;
        let mut rows = rows.query([document])?;
        let mut decided = Vec::new();
        while let Some(row) = rows.next()? {
            let event: Event = record(row, 3)?;
            let trigger = event.evidence.trigger.span;
            decided.push(Anchored {
                anchor: row.get(0)?,
                kind: row.get(1)?,
                sentence: row.get::<_, i64>(2)? as usize,
                trigger,
            });
        }
        Ok(decided)
    }

    /// Carries a decision over to the report that newly tells what an old one told: the same kind of act at the same
    /// words, or else alone of its kind in the same sentence. Where there is none, the decision waits.
    fn carry(&self, old: Anchored, entry: &Entry) -> Result<(), Error> {
        if entry.reports.iter().any(|row| row.anchor == old.anchor) {
            return Ok(());
        }
        let kind = || entry.reports.iter().filter(|row| row.kind == old.kind);
        let touches = |row: &&Row| {
            let trigger = row.event.evidence.trigger.span;
            trigger.start < old.trigger.end && old.trigger.start < trigger.end
        };
        let mut beside = kind().filter(|row| row.event.sentence == old.sentence);
        let alone = beside.next().filter(|_| beside.next().is_none());
        let Some(new) = kind().find(touches).or(alone) else { return Ok(()) };
        for (own, other) in [("a", "b"), ("b", "a")] {
            // Both ends in alphabetical order, as decisions are kept.
            self.sql.execute(
                &format!(
                    "INSERT OR REPLACE INTO decision (a, b, together) \
                     SELECT min(?1, {other}), max(?1, {other}), together FROM decision WHERE {own} = ?2"
                ),
                params![new.anchor, old.anchor],
            )?;
        }
        self.sql.execute("DELETE FROM decision WHERE a = ?1 OR b = ?1", [&old.anchor])?;
        Ok(())
    }

    /// Takes a document out. Says whether it was there.
    pub fn remove(&self, document: &str) -> Result<bool, Error> {
        let mut find = self.sql.prepare_cached("SELECT id FROM document WHERE document = ?1")?;
        let id: Option<i64> = find.query_row([document], |row| row.get(0)).optional()?;
        id.map_or(Ok(false), |id| self.remove_id(id).map(|()| true))
    }

    /// Makes the change lasting.
    pub fn commit(self) -> Result<(), Error> {
        Ok(self.sql.commit()?)
    }

    fn add(&self, entry: &Entry) -> Result<(), Error> {
        let source = &entry.source;
        self.sql
            .prepare_cached(
                "INSERT INTO document (document, title, date, url, source, lang, author, text, fingerprint, story, \
                 parties) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                source.id,
                source.title,
                source.date,
                source.url,
                source.source,
                source.lang,
                source.author,
                source.text,
                entry.fingerprint,
                entry.story,
                entry.parties.join(" ")
            ])?;
        let id = self.sql.last_insert_rowid();
        let day = day(source.date.as_deref()).map_or(String::new(), |day| day.to_string());
        self.sql
            .prepare_cached(
                "INSERT INTO coverage (day, documents) VALUES (?1, 1) \
                 ON CONFLICT (day) DO UPDATE SET documents = documents + 1",
            )?
            .execute([&day])?;
        self.add_sentences(id, entry)?;
        entry.reports.iter().try_for_each(|report| self.add_report(id, report))?;
        let mut add = self.sql.prepare_cached(
            "INSERT INTO party_day (code, day, documents) VALUES (?1, ?2, ?3) \
             ON CONFLICT (code, day) DO UPDATE SET documents = documents || ' ' || excluded.documents",
        )?;
        entry
            .parties
            .iter()
            .try_for_each(|code| add.execute(params![code, day, id.to_string()]).map(|_| ()))?;
        Ok(())
    }

    fn add_sentences(&self, document: i64, entry: &Entry) -> Result<(), Error> {
        let mut add = self
            .sql
            .prepare_cached("INSERT INTO sentence (document, number, start, stop) VALUES (?1, ?2, ?3, ?4)")?;
        let mut index =
            self.sql.prepare_cached("INSERT INTO sentence_words (rowid, text) VALUES (?1, ?2)")?;
        for (number, (span, words)) in entry.sentences.iter().enumerate() {
            add.execute(params![document, number as i64, span.start as i64, span.end as i64])?;
            index.execute(params![self.sql.last_insert_rowid(), words])?;
        }
        Ok(())
    }

    fn add_report(&self, document: i64, row: &Row) -> Result<(), Error> {
        let event = &row.event;
        self.sql
            .prepare_cached(
                "INSERT INTO report (report, anchor, document, sentence, kind, first_day, last_day, category, cameo, \
                 status, date_start, confidence, record) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .execute(params![
                event.id,
                row.anchor,
                document,
                event.sentence as i64,
                row.kind,
                row.reach.map(|(first, _)| first),
                row.reach.map(|(_, last)| last),
                event.event,
                event.cameo,
                status(event.status),
                event.date.start,
                event.confidence,
                row.record
            ])?;
        event.actor.iter().chain(&event.recipient).try_for_each(|party| self.add_actor(party))?;
        event.place.iter().try_for_each(|place| self.add_place(place))
    }

    fn add_actor(&self, party: &Actor) -> Result<(), Error> {
        let Some(id) = &party.id else { return Ok(()) };
        let mut add = self.sql.prepare_cached("INSERT OR IGNORE INTO actor (actor, name) VALUES (?1, ?2)")?;
        add.execute(params![id, party.name])?;
        Ok(())
    }

    fn add_place(&self, place: &EventPlace) -> Result<(), Error> {
        let Some(id) = place.geonameid else { return Ok(()) };
        self.sql
            .prepare_cached(
                "INSERT OR IGNORE INTO place (geonameid, name, country, admin1, lat, lon) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![id as i64, place.name, place.country, place.admin1, place.lat, place.lon])?;
        Ok(())
    }

    /// Takes a document out with all that hangs on it. Reports that shared an event with its own wait to be merged anew.
    fn remove_id(&self, document: i64) -> Result<(), Error> {
        let mut dissolved = self
            .sql
            .prepare_cached("SELECT DISTINCT event FROM report WHERE document = ?1 AND event IS NOT NULL")?;
        let events: Vec<i64> =
            dissolved.query_map([document], |row| row.get(0))?.collect::<Result<_, _>>()?;
        events.into_iter().try_for_each(|event| dissolve(&self.sql, event))?;
        let loose = self.held_to(document)?;
        for statement in [
            "DELETE FROM link WHERE a IN (SELECT id FROM report WHERE document = ?1)",
            "DELETE FROM link WHERE b IN (SELECT id FROM report WHERE document = ?1)",
            "DELETE FROM report WHERE document = ?1",
            "DELETE FROM sentence_words WHERE rowid IN (SELECT id FROM sentence WHERE document = ?1)",
            "DELETE FROM sentence WHERE document = ?1",
        ] {
            self.sql.prepare_cached(statement)?.execute([document])?;
        }
        // Others come up in place of what these held to.
        for report in loose {
            let now = held_by(&self.sql, report, false)?;
            dissolve_all(&self.sql, now.into_iter().chain([report]))?;
        }
        let (date, parties): (Option<String>, String) = self
            .sql
            .prepare_cached("SELECT date, parties FROM document WHERE id = ?1")?
            .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let day = day(date.as_deref()).map_or(String::new(), |day| day.to_string());
        parties.split_whitespace().try_for_each(|code| self.remove_party(code, &day, document))?;
        self.sql.execute("UPDATE coverage SET documents = documents - 1 WHERE day = ?1", [&day])?;
        self.sql.execute("DELETE FROM coverage WHERE documents = 0", [])?;
        self.sql.execute("DELETE FROM document WHERE id = ?1", [document])?;
        Ok(())
    }

    /// Reports of other documents that hold to a link with one of this document's; their events are taken apart with those
    /// that they held to.
    fn held_to(&self, document: i64) -> Result<BTreeSet<i64>, Error> {
        let mut own = self.sql.prepare_cached("SELECT id FROM report WHERE document = ?1")?;
        let own: Vec<i64> = own.query_map([document], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut loose = BTreeSet::new();
        for &report in &own {
            for (_, other) in scored_ends(&self.sql, report, false)? {
                let held = held_by(&self.sql, other, false)?;
                if !own.contains(&other) && held.contains(&report) && loose.insert(other) {
                    dissolve_all(&self.sql, held.into_iter().chain([other]))?;
                }
            }
        }
        Ok(loose)
    }

    /// Takes a document out of those of a day that tell of a party.
    fn remove_party(&self, code: &str, day: &str, document: i64) -> Result<(), Error> {
        let documents: String = self
            .sql
            .prepare_cached("SELECT documents FROM party_day WHERE code = ?1 AND day = ?2")?
            .query_row([code, day], |row| row.get(0))?;
        let own = document.to_string();
        let left: Vec<&str> = documents.split(' ').filter(|id| *id != own).collect();
        if left.is_empty() {
            let mut remove = self.sql.prepare_cached("DELETE FROM party_day WHERE code = ?1 AND day = ?2")?;
            remove.execute([code, day])?;
        } else {
            let set = "UPDATE party_day SET documents = ?3 WHERE code = ?1 AND day = ?2";
            self.sql.prepare_cached(set)?.execute(params![code, day, left.join(" ")])?;
        }
        Ok(())
    }
}

/// Takes an event out; its reports wait.
pub(crate) fn dissolve(sql: &rusqlite::Connection, event: i64) -> Result<(), Error> {
    for statement in [
        "UPDATE report SET event = NULL WHERE event = ?1",
        "DELETE FROM event_party WHERE event = ?1",
        "DELETE FROM dyad WHERE event = ?1",
        "DELETE FROM event WHERE id = ?1",
    ] {
        sql.prepare_cached(statement)?.execute([event])?;
    }
    Ok(())
}

/// A status as records write it.
pub(crate) fn status(status: chancery_record::Status) -> &'static str {
    use chancery_record::Status::*;
    match status {
        Occurred => "occurred",
        Historical => "historical",
        Future => "future",
        Hypothetical => "hypothetical",
        Negated => "negated",
    }
}
