//! Which reports of a store are linked: new ones are compared with the others of their kind, and each holds to its surest
//! links.

use std::collections::BTreeMap;
use std::sync::Arc;

use chancery_record::Event;
use chancery_series::{Features, Link, Score, Story, Words, held, links};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::Error;
use crate::change::dissolve;
use crate::days::day;

/// Reports that are compared at once; those of the days before stay at hand.
const CHUNK: usize = 20_000;

/// Reports of times longer than this, in days, are looked for apart; as in the indices of the schema.
const LONG: i64 = 45;

/// A report on the time line of its kind.
#[derive(Clone, Copy)]
struct Stop {
    id: i64,
    first: i64,
    last: i64,
    new: bool,
}

/// Links the new reports of a kind with all others of it.
pub fn link_kind(sql: &Transaction, kind: &str) -> Result<(), Error> {
    for (from, to) in windows(sql, kind)? {
        link_window(sql, &stops(sql, kind, from, to)?)?;
    }
    link_undated(sql, kind)?;
    loosen(sql, kind)?;
    sql.prepare_cached("UPDATE report SET linked = 1 WHERE kind = ?1 AND linked = 0")?.execute([kind])?;
    Ok(())
}

/// Takes apart the events of reports that hold to other links since there are new reports, and of those that they held to.
fn loosen(sql: &Connection, kind: &str) -> Result<(), Error> {
    let mut new = sql.prepare_cached("SELECT id FROM report WHERE kind = ?1 AND linked = 0")?;
    let new: Vec<i64> = new.query_map([kind], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for report in new {
        for (_, old) in scored_ends(sql, report, true)? {
            if held_by(sql, old, false)?.contains(&report) {
                let before = held_by(sql, old, true)?;
                dissolve_all(sql, before.into_iter().chain([old]))?;
            }
        }
    }
    Ok(())
}

/// The reports that a report is linked with, the surest first: those that were compared before, or all.
pub fn scored_ends(sql: &Connection, report: i64, known: bool) -> Result<Vec<(Score, i64)>, Error> {
    let mut rows = sql.prepare_cached(
        "SELECT l.score, l.other FROM ( \
           SELECT b AS other, score FROM link WHERE a = ?1 UNION ALL SELECT a, score FROM link WHERE b = ?1 \
         ) l JOIN report r ON r.id = l.other WHERE r.linked >= ?2 ORDER BY l.score DESC, r.anchor",
    )?;
    let rows = rows.query_map(params![report, known], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The reports whose links a report holds to.
pub fn held_by(sql: &Connection, report: i64, known: bool) -> Result<Vec<i64>, Error> {
    Ok(held(scored_ends(sql, report, known)?).collect())
}

/// Takes apart the events of some reports.
pub fn dissolve_all(sql: &Connection, reports: impl Iterator<Item = i64>) -> Result<(), Error> {
    let mut of = sql.prepare_cached("SELECT event FROM report WHERE id = ?1")?;
    for report in reports {
        let event: Option<Option<i64>> = of.query_row([report], |row| row.get(0)).optional()?;
        event.flatten().map_or(Ok(()), |event| dissolve(sql, event))?;
    }
    Ok(())
}

/// Spans of days in which new reports of a kind lie, without those that touch.
fn windows(sql: &Connection, kind: &str) -> Result<Vec<(i64, i64)>, Error> {
    let mut rows = sql.prepare_cached(
        "SELECT first_day, last_day FROM report WHERE kind = ?1 AND linked = 0 AND first_day IS NOT NULL \
         ORDER BY first_day, last_day",
    )?;
    let mut windows: Vec<(i64, i64)> = Vec::new();
    for row in rows.query_map([kind], |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (first, last): (i64, i64) = row?;
        match windows.last_mut() {
            Some((_, end)) if first <= *end => *end = last.max(*end),
            _ => windows.push((first, last)),
        }
    }
    Ok(windows)
}

/// The reports of a kind that reach into a span of days, in the order of their first days.
fn stops(sql: &Connection, kind: &str, from: i64, to: i64) -> Result<Vec<Stop>, Error> {
    let mut rows = sql.prepare_cached(
        "SELECT id, first_day, last_day, linked = 0 FROM report \
         WHERE kind = ?1 AND last_day - first_day <= 45 AND first_day BETWEEN ?2 - ?4 AND ?3 AND last_day >= ?2 \
         UNION ALL \
         SELECT id, first_day, last_day, linked = 0 FROM report \
         WHERE kind = ?1 AND last_day - first_day > 45 AND first_day <= ?3 AND last_day >= ?2",
    )?;
    let stop = |row: &rusqlite::Row| {
        Ok(Stop { id: row.get(0)?, first: row.get(1)?, last: row.get(2)?, new: row.get(3)? })
    };
    let mut stops: Vec<Stop> =
        rows.query_map(params![kind, from, to, LONG], stop)?.collect::<Result<_, _>>()?;
    stops.sort_by_key(|stop| (stop.first, stop.id));
    Ok(stops)
}

/// Compares reports along the time line, some at a time, with those of earlier days that still reach into theirs.
fn link_window(sql: &Transaction, stops: &[Stop]) -> Result<(), Error> {
    let mut held: Vec<(Stop, Features)> = Vec::new();
    for chunk in stops.chunks(CHUNK) {
        let (before, begins) = (held.len(), chunk.first().map_or(i64::MAX, |stop| stop.first));
        held.extend(read(sql, chunk)?);
        let (stops, reports): (Vec<Stop>, Vec<Features>) = std::mem::take(&mut held).into_iter().unzip();
        let wanted = |a: usize, b: usize| (a >= before || b >= before) && (stops[a].new || stops[b].new);
        let ids: Vec<i64> = stops.iter().map(|stop| stop.id).collect();
        add_links(sql, &ids, &links(&reports, wanted))?;
        let ends = chunk.last().map_or(begins, |stop| stop.first);
        held = stops.into_iter().zip(reports).filter(|(stop, _)| stop.last >= ends).collect();
    }
    Ok(())
}

/// Reports without any date are compared within their document.
fn link_undated(sql: &Transaction, kind: &str) -> Result<(), Error> {
    let mut new = sql.prepare_cached(
        "SELECT DISTINCT document FROM report WHERE kind = ?1 AND linked = 0 AND first_day IS NULL",
    )?;
    let documents: Vec<i64> = new.query_map([kind], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut of = sql.prepare_cached(
        "SELECT id FROM report WHERE document = ?1 AND kind = ?2 AND first_day IS NULL ORDER BY id",
    )?;
    for document in documents {
        let stop = |row: &rusqlite::Row| Ok(Stop { id: row.get(0)?, first: 0, last: 0, new: true });
        let stops: Vec<Stop> = of.query_map(params![document, kind], stop)?.collect::<Result<_, _>>()?;
        let (stops, reports): (Vec<Stop>, Vec<Features>) = read(sql, &stops)?.into_iter().unzip();
        let ids: Vec<i64> = stops.iter().map(|stop| stop.id).collect();
        add_links(sql, &ids, &links(&reports, |_, _| true))?;
    }
    Ok(())
}

/// What of each report is compared.
fn read(sql: &Connection, stops: &[Stop]) -> Result<Vec<(Stop, Features)>, Error> {
    let mut report = sql.prepare_cached("SELECT record, document FROM report WHERE id = ?1")?;
    let mut document =
        sql.prepare_cached("SELECT document, date, story, parties FROM document WHERE id = ?1")?;
    let mut stories: BTreeMap<i64, Story> = BTreeMap::new();
    let mut found = Vec::with_capacity(stops.len());
    for &stop in stops {
        let (record, of): (String, i64) =
            report.query_row([stop.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if let std::collections::btree_map::Entry::Vacant(story) = stories.entry(of) {
            story.insert(document.query_row([of], |row| {
                let (date, words): (Option<String>, Vec<u8>) = (row.get(1)?, row.get(2)?);
                let parties: String = row.get(3)?;
                Ok(Story {
                    document: row.get(0)?,
                    published: day(date.as_deref()),
                    words: Arc::new(Words::from_bytes(&words)),
                    parties: Arc::new(parties.split_whitespace().map(str::to_owned).collect()),
                })
            })?);
        }
        let event: Event = serde_json::from_str(&record)?;
        found.extend(Features::of(&event, &stories[&of]).map(|features| (stop, features)));
    }
    Ok(found)
}

fn add_links(sql: &Connection, ids: &[i64], links: &[Link]) -> Result<(), Error> {
    let mut add = sql.prepare_cached("INSERT OR IGNORE INTO link (a, b, score) VALUES (?1, ?2, ?3)")?;
    for link in links {
        let (a, b) = (ids[link.a].min(ids[link.b]), ids[link.a].max(ids[link.b]));
        add.execute(params![a, b, link.score])?;
    }
    Ok(())
}

/// What reports hold to, each looked up once.
#[derive(Default)]
pub struct Holds(BTreeMap<i64, Vec<(i64, Score)>>);

impl Holds {
    /// The links of a report to which both ends hold.
    pub fn mutual(&mut self, sql: &Connection, report: i64) -> Result<Vec<(i64, Score)>, Error> {
        let mut mutual = Vec::new();
        for (other, score) in self.of(sql, report)?.to_vec() {
            if self.of(sql, other)?.iter().any(|(back, _)| *back == report) {
                mutual.push((other, score));
            }
        }
        Ok(mutual)
    }

    fn of(&mut self, sql: &Connection, report: i64) -> Result<&[(i64, Score)], Error> {
        use std::collections::btree_map::Entry;
        match self.0.entry(report) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => {
                let ends = scored_ends(sql, report, false)?.into_iter();
                Ok(place.insert(held(ends.map(|(score, other)| (score, (other, score)))).collect()))
            }
        }
    }
}
