//! Reports that wait are compared with the others (`link.rs`) and merged into events.
//!
//! Both steps can be interrupted anywhere: a report says whether it was compared (`linked`) and whether it has its event,
//! and each transaction leaves whole links and whole events. What comes out depends on the reports in the store and the
//! decisions made by hand, not on the order in which they came.

use std::collections::{BTreeMap, BTreeSet};

use chancery_record::{Merged, Standing};
use chancery_series::{Decision, Link, Member, Sort, clusters, merged, method, order, sort_of};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::change::{dissolve, status};
use crate::days::{UNKNOWN, day, number};
use crate::link::{Holds, link_kind};
use crate::{Error, Store};

/// Reports whose events are written in one transaction.
const BATCH: usize = 5_000;

impl Store {
    /// How many reports wait to be merged.
    pub fn waiting(&self) -> Result<u64, Error> {
        let count = "SELECT count(*) FROM report WHERE event IS NULL";
        Ok(self.sql.query_row(count, [], |row| row.get::<_, i64>(0))? as u64)
    }

    /// Merges all reports that wait. `goes_on` is told how many are done and may stop the work between two steps.
    pub fn merge(&mut self, mut goes_on: impl FnMut(u64) -> bool) -> Result<(), Error> {
        self.renew()?;
        let mut done = 0;
        while let Some(kind) = self.unlinked_kind()? {
            if !goes_on(done) {
                return Ok(());
            }
            let sql = self.sql.transaction_with_behavior(TransactionBehavior::Immediate)?;
            link_kind(&sql, &kind)?;
            sql.commit()?;
        }
        let decisions = Decisions::read(&self.sql)?;
        loop {
            let seeds = self.seeds()?;
            if seeds.is_empty() || !goes_on(done) {
                return Ok(());
            }
            let sql = self.sql.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let (mut seen, mut holds) = (BTreeSet::new(), Holds::default());
            for &seed in &seeds {
                if !seen.contains(&seed) {
                    gather(&sql, seed, &decisions, &mut holds, &mut seen)?;
                }
            }
            sql.commit()?;
            done += seeds.len() as u64;
        }
    }

    /// Takes apart what was merged by other weights: the same documents give the same events, whatever program read them.
    fn renew(&mut self) -> Result<(), Error> {
        let known = "SELECT digest FROM method";
        let known: Option<i64> = self.sql.query_row(known, [], |row| row.get(0)).optional()?;
        if known == Some(method()) {
            return Ok(());
        }
        let sql = self.sql.transaction_with_behavior(TransactionBehavior::Immediate)?;
        sql.execute_batch(
            "DELETE FROM link; DELETE FROM dyad; DELETE FROM event_party; \
             UPDATE report SET linked = 0, event = NULL WHERE linked <> 0 OR event IS NOT NULL; \
             DELETE FROM event; DELETE FROM method",
        )?;
        sql.execute("INSERT INTO method (digest) VALUES (?1)", [method()])?;
        Ok(sql.commit()?)
    }

    fn unlinked_kind(&self) -> Result<Option<String>, Error> {
        let min = "SELECT min(kind) FROM report WHERE linked = 0";
        Ok(self.sql.query_row(min, [], |row| row.get(0))?)
    }

    /// Some reports that wait.
    fn seeds(&self) -> Result<Vec<i64>, Error> {
        let mut seeds =
            self.sql.prepare_cached("SELECT id FROM report WHERE event IS NULL ORDER BY id LIMIT ?1")?;
        let seeds = seeds.query_map([BATCH as i64], |row| row.get(0))?;
        Ok(seeds.collect::<Result<_, _>>()?)
    }
}

/// What was decided by hand, by the anchors of both reports.
struct Decisions(BTreeMap<String, Vec<(String, bool)>>);

impl Decisions {
    fn read(sql: &Connection) -> Result<Decisions, Error> {
        let mut decisions: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
        let mut rows = sql.prepare("SELECT a, b, together FROM decision ORDER BY a, b")?;
        for row in rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))? {
            let (a, b, together): (String, String, bool) = row?;
            decisions.entry(a.clone()).or_default().push((b.clone(), together));
            decisions.entry(b).or_default().push((a, together));
        }
        Ok(Decisions(decisions))
    }

    fn of(&self, anchor: &str) -> &[(String, bool)] {
        self.0.get(anchor).map_or(&[], Vec::as_slice)
    }
}

/// A report that is linked, directly or not, with others.
struct Linked {
    id: i64,
    event: Option<i64>,
    member: Member,
}

/// Merges the reports that are linked with one, directly or not.
fn gather(
    sql: &Transaction,
    seed: i64,
    decisions: &Decisions,
    holds: &mut Holds,
    seen: &mut BTreeSet<i64>,
) -> Result<(), Error> {
    let mut reports = component(sql, seed, decisions, holds)?;
    seen.extend(reports.iter().map(|report| report.id));
    reports.sort_by(|a, b| order(&a.member).cmp(&order(&b.member)));
    let at: BTreeMap<i64, usize> = reports.iter().enumerate().map(|(n, report)| (report.id, n)).collect();
    let old: BTreeSet<i64> = reports.iter().filter_map(|report| report.event).collect();
    old.into_iter().try_for_each(|event| dissolve(sql, event))?;
    let links = links_of(sql, holds, &at)?;
    let decided = decided(&reports, decisions);
    for group in clusters(reports.len(), &links, &decided) {
        let group: Vec<&Linked> = group.into_iter().map(|n| &reports[n]).collect();
        write(sql, &group)?;
    }
    Ok(())
}

/// All reports that links and decisions lead to.
fn component(
    sql: &Connection,
    seed: i64,
    decisions: &Decisions,
    holds: &mut Holds,
) -> Result<Vec<Linked>, Error> {
    let mut report = sql.prepare_cached(
        "SELECT r.event, r.anchor, r.record, d.source FROM report r JOIN document d ON d.id = r.document \
         WHERE r.id = ?1",
    )?;
    let mut by_anchor = sql.prepare_cached("SELECT id FROM report WHERE anchor = ?1")?;
    let (mut found, mut seen, mut open) = (Vec::new(), BTreeSet::from([seed]), vec![seed]);
    while let Some(id) = open.pop() {
        let (event, anchor, record, source): (Option<i64>, String, String, Option<String>) =
            report.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let mut next: Vec<i64> = holds.mutual(sql, id)?.into_iter().map(|(other, _)| other).collect();
        for (other, _) in decisions.of(&anchor).iter().filter(|(_, together)| *together) {
            let ids: Result<Vec<i64>, _> = by_anchor.query_map([other], |row| row.get(0))?.collect();
            next.extend(ids?);
        }
        open.extend(next.into_iter().filter(|&other| seen.insert(other)));
        let member = Member { event: serde_json::from_str(&record)?, anchor, source };
        found.push(Linked { id, event, member });
    }
    Ok(found)
}

fn links_of(sql: &Connection, holds: &mut Holds, at: &BTreeMap<i64, usize>) -> Result<Vec<Link>, Error> {
    let mut links = Vec::new();
    for (&id, &a) in at {
        let later = holds.mutual(sql, id)?.into_iter().filter(|(other, _)| *other > id);
        links.extend(later.filter_map(|(other, score)| {
            let b = *at.get(&other)?;
            Some(Link { a: a.min(b), b: a.max(b), score })
        }));
    }
    links.sort_unstable();
    Ok(links)
}

fn decided(reports: &[Linked], decisions: &Decisions) -> Vec<Decision> {
    let at: BTreeMap<&str, usize> =
        reports.iter().enumerate().map(|(n, report)| (report.member.anchor.as_str(), n)).collect();
    let mut decided = Vec::new();
    for (&anchor, &a) in &at {
        for (other, together) in decisions.of(anchor) {
            if let Some(&b) = at.get(other.as_str()).filter(|&&b| a < b) {
                decided.push(if *together { Decision::Together(a, b) } else { Decision::Apart(a, b) });
            }
        }
    }
    decided.sort_unstable();
    decided
}

/// Writes the event of some reports.
fn write(sql: &Transaction, group: &[&Linked]) -> Result<(), Error> {
    let Some(merged) = merged(group.iter().map(|report| report.member.clone()).collect()) else {
        return Ok(());
    };
    let (trigger, document) = (merged.event.evidence.trigger.span, &merged.event.document);
    let tells = |r: &&&Linked| {
        let event = &r.member.event;
        event.evidence.trigger.span == trigger && event.document == *document
    };
    let best = group.iter().find(tells).or(group.first()).map_or(0, |report| report.id);
    let event = insert(sql, &merged, best)?;
    let mut update = sql.prepare_cached("UPDATE report SET event = ?1 WHERE id = ?2")?;
    group.iter().try_for_each(|report| update.execute([event, report.id]).map(|_| ()))?;
    add_parties(sql, event, &merged)?;
    add_dyads(sql, event, &merged)
}

fn insert(sql: &Transaction, merged: &Merged, best: i64) -> Result<i64, Error> {
    let event = &merged.event;
    let place = event.place.as_ref();
    sql.prepare_cached(
        "INSERT INTO event (event, category, mode, context, cameo, quad, scale, goldstein, status, standing, date_start, \
         date_end, granularity, place, country, geonameid, confidence, reports, documents, sources, best, record) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
    )?
    .execute(params![
        event.id,
        event.event,
        event.mode.join(", "),
        event.context.join(", "),
        event.cameo,
        event.quad,
        event.scale,
        event.goldstein,
        status(event.status),
        word(standing(merged)),
        event.date.start,
        event.date.end,
        event.date.granularity,
        place.map(|place| &place.name),
        place.and_then(|place| place.country.as_ref()),
        place.and_then(|place| place.geonameid).map(|id| id as i64),
        event.confidence,
        event.reports.unwrap_or(0) as i64,
        event.documents.unwrap_or(0) as i64,
        event.sources.unwrap_or(0) as i64,
        best,
        serde_json::to_string(merged)?
    ])?;
    Ok(sql.last_insert_rowid())
}

/// What an event is to a series.
pub(crate) fn standing(merged: &Merged) -> Standing {
    match sort_of(merged.event.status) {
        Sort::Deed if merged.claimed => Standing::Claim,
        Sort::Deed => Standing::Deed,
        Sort::Future => Standing::Future,
        Sort::Hypothetical => Standing::Hypothetical,
        Sort::Negated => Standing::Negated,
    }
}

/// A standing as records write it.
pub(crate) fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Deed => "deed",
        Standing::Claim => "claim",
        Standing::Future => "future",
        Standing::Hypothetical => "hypothetical",
        Standing::Negated => "negated",
    }
}

fn add_parties(sql: &Transaction, event: i64, merged: &Merged) -> Result<(), Error> {
    let mut add = sql.prepare_cached(
        "INSERT INTO event_party (event, side, code, sector, actor) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (side, parties) in [("actor", &merged.event.actor), ("recipient", &merged.event.recipient)] {
        let parties: BTreeSet<_> = parties.iter().map(|p| (&p.code, &p.sector, &p.id)).collect();
        for (code, sector, actor) in parties {
            add.execute(params![event, side, code, sector, actor])?;
        }
    }
    Ok(())
}

fn add_dyads(sql: &Transaction, event: i64, merged: &Merged) -> Result<(), Error> {
    let codes = |parties: &[chancery_record::Actor]| -> BTreeSet<String> {
        parties.iter().filter_map(|party| party.code.clone()).collect()
    };
    let (actors, recipients) = (codes(&merged.event.actor), codes(&merged.event.recipient));
    let known = |text: &Option<String>| day(text.as_deref()).map(number);
    let first = known(&merged.event.date.start);
    let last = known(&merged.event.date.end).or(first);
    let mut add = sql.prepare_cached(
        "INSERT INTO dyad (a, b, day, event, last_day, category, quad, scale, goldstein, standing, reports, \
         rule) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    // Of what several do together, nobody does it to itself.
    let together = actors == recipients && actors.len() > 1;
    for (a, b) in actors.iter().flat_map(|a| recipients.iter().map(move |b| (a, b))) {
        if together && a == b {
            continue;
        }
        add.execute(params![
            a,
            b,
            first.unwrap_or(UNKNOWN),
            event,
            last.unwrap_or(UNKNOWN),
            merged.event.event,
            merged.event.quad,
            merged.event.scale,
            merged.event.goldstein,
            word(standing(merged)),
            merged.event.reports.unwrap_or(0) as i64,
            merged.event.evidence.rule
        ])?;
    }
    Ok(())
}
