//! What a store holds of two actors: their events, light for series or with words for people, and what was read.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chancery_ontology::Category;
use chancery_record::{Coverage, Direction, DyadEvent, Merged, Standing};
use chancery_series::Act;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};

use crate::days::UNKNOWN;
use crate::export::record;
use crate::filter::{Conditions, Filter, Who};
use crate::merge::standing;
use crate::{Error, Store};

/// An event between two actors, by its row.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The row of the event.
    pub row: i64,
    /// What series need of it.
    pub act: Act,
    /// The rule that made it.
    pub rule: String,
}

impl Store {
    /// Events between two actors that a filter lets through, by first day; those of unknown day come first.
    pub fn between(&self, a: &Who, b: &Who, filter: &Filter) -> Result<Vec<Found>, Error> {
        let mut found: BTreeMap<i64, Found> = BTreeMap::new();
        for (code, other) in self.pairs(a, b)? {
            self.one_way(&code, &other, [a, b], Direction::Forward, filter, &mut found)?;
            self.one_way(&other, &code, [b, a], Direction::Backward, filter, &mut found)?;
        }
        let mut found: Vec<Found> = found.into_values().collect();
        found.sort_by_key(|found| (found.act.start, found.row));
        Ok(found)
    }

    /// The two codes of which one acts most often on the other; `None` of an empty store.
    pub fn busiest(&self) -> Result<Option<(String, String)>, Error> {
        let most = "SELECT a, b FROM dyad WHERE a <> b GROUP BY a, b ORDER BY count(*) DESC, a, b LIMIT 1";
        Ok(self.sql.query_row(most, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// Pairs of codes under which the two may stand.
    fn pairs(&self, a: &Who, b: &Who) -> Result<BTreeSet<(String, String)>, Error> {
        let (a, b) = (self.codes(a)?, self.codes(b)?);
        Ok(a.iter().flat_map(|a| b.iter().map(move |b| (a.clone(), b.clone()))).collect())
    }

    /// Codes that somebody has in events.
    fn codes(&self, who: &Who) -> Result<Vec<String>, Error> {
        match (&who.code, &who.id) {
            (Some(code), _) => Ok(vec![code.clone()]),
            (None, Some(id)) => {
                let mut rows = self.sql.prepare_cached(
                    "SELECT DISTINCT code FROM event_party WHERE actor = ?1 AND code IS NOT NULL ORDER BY code",
                )?;
                Ok(rows.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
            }
            (None, None) => Ok(Vec::new()),
        }
    }

    fn one_way(
        &self,
        actor: &str,
        recipient: &str,
        who: [&Who; 2],
        direction: Direction,
        filter: &Filter,
        found: &mut BTreeMap<i64, Found>,
    ) -> Result<(), Error> {
        let conditions = conditions(actor, recipient, who, filter);
        let sql = format!(
            "SELECT d.event, d.day, d.last_day, d.category, d.quad, d.scale, d.goldstein, d.standing, d.reports, d.rule \
             FROM dyad d {} WHERE {}",
            if *filter == Filter::default() { "" } else { "JOIN event e ON e.id = d.event" },
            conditions.clause()
        );
        let mut rows = self.sql.prepare_cached(&sql)?;
        let mut rows = rows.query(params_from_iter(conditions.values))?;
        while let Some(row) = rows.next()? {
            let event: i64 = row.get(0)?;
            let act = act(row, direction)?;
            let Some(act) = act else { continue };
            match found.entry(event) {
                Entry::Occupied(mut known) if known.get().act.direction != direction => {
                    known.get_mut().act.direction = Direction::Mutual;
                }
                Entry::Occupied(_) => {}
                Entry::Vacant(place) => {
                    place.insert(Found { row: event, act, rule: row.get(9)? });
                }
            }
        }
        Ok(())
    }

    /// Events with their words, in the order of the rows that are named.
    pub fn dyad_events(&self, found: &[Found]) -> Result<Vec<DyadEvent>, Error> {
        let mut rows = self.sql.prepare_cached(
            "SELECT e.record, d.document, d.source, substr(d.text, s.start + 1, s.stop - s.start) \
             FROM event e JOIN report r ON r.id = e.best JOIN document d ON d.id = r.document \
             LEFT JOIN sentence s ON s.document = d.id AND s.number = r.sentence WHERE e.id = ?1",
        )?;
        let mut events = Vec::with_capacity(found.len());
        for one in found {
            let mut rows = rows.query([one.row])?;
            while let Some(row) = rows.next()? {
                let merged: Merged = record(row, 0)?;
                let sentence: Option<String> = row.get(3)?;
                events.push(event(merged, one.act.direction, row.get(1)?, row.get(2)?, sentence));
            }
        }
        Ok(events)
    }

    /// What was read by day of publication, and how much of it tells of either party.
    pub fn coverage(&self, a: &Who, b: &Who) -> Result<Vec<(Date, Coverage)>, Error> {
        let mut days: BTreeMap<Date, Coverage> = BTreeMap::new();
        let day = |text: &str| text.parse::<Date>().ok();
        let mut rows = self.sql.prepare_cached("SELECT day, documents FROM coverage")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(day) = row.get_ref(0)?.as_str().ok().and_then(day) {
                days.entry(day).or_default().documents = row.get::<_, i64>(1)? as u64;
            }
        }
        for (day, concerned) in self.concerned(a, b)? {
            days.entry(day).or_default().concerned = concerned;
        }
        Ok(days.into_iter().collect())
    }

    /// How many documents of each day tell of either party.
    fn concerned(&self, a: &Who, b: &Who) -> Result<Vec<(Date, u64)>, Error> {
        let codes: BTreeSet<String> = self.codes(a)?.into_iter().chain(self.codes(b)?).collect();
        let mut of = self.sql.prepare_cached("SELECT day, documents FROM party_day WHERE code = ?1")?;
        let mut days: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for code in codes {
            let mut rows = of.query([code])?;
            while let Some(row) = rows.next()? {
                let documents = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
                let ids = documents.split(' ').filter_map(|id| id.parse::<i64>().ok());
                days.entry(row.get(0)?).or_default().extend(ids);
            }
        }
        let count = |(day, mut documents): (String, Vec<i64>)| {
            documents.sort_unstable();
            documents.dedup();
            Some((day.parse().ok()?, documents.len() as u64))
        };
        Ok(days.into_iter().filter_map(count).collect())
    }
}

/// Conditions on the row `d` of the table `dyad`.
fn conditions(actor: &str, recipient: &str, who: [&Who; 2], filter: &Filter) -> Conditions {
    let mut conditions = Conditions::default();
    conditions.add("d.a = ? AND d.b = ?", [actor, recipient].map(|code| Value::Text(code.to_owned())));
    for (side, who) in ["actor", "recipient"].into_iter().zip(who) {
        if who.sector.is_some() || who.id.is_some() {
            conditions.who("d.event", Some(side), who);
        }
    }
    let others = filter.conditions();
    conditions.sql.extend(others.sql);
    conditions.values.extend(others.values);
    conditions
}

/// The row of an act; `None` if its category is none of PLOVER's.
pub(crate) fn act(row: &rusqlite::Row, direction: Direction) -> Result<Option<Act>, Error> {
    let day = |number: i64| (number != UNKNOWN).then(|| date(1970, 1, 1).saturating_add(number.days()));
    let category = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
    let standing = row.get_ref(7)?.as_str().map_err(rusqlite::Error::from)?;
    let Some(category) = Category::from_name(category) else { return Ok(None) };
    Ok(Some(Act {
        start: day(row.get(1)?),
        end: day(row.get(2)?),
        category,
        quad: row.get(4)?,
        scale: row.get(5)?,
        goldstein: row.get(6)?,
        direction,
        standing: match standing {
            "claim" => Standing::Claim,
            "future" => Standing::Future,
            "hypothetical" => Standing::Hypothetical,
            "negated" => Standing::Negated,
            _ => Standing::Deed,
        },
        reports: row.get(8)?,
    }))
}

fn event(
    merged: Merged,
    direction: Direction,
    document: String,
    source: Option<String>,
    sentence: Option<String>,
) -> DyadEvent {
    let standing = standing(&merged);
    let event = merged.event;
    let names = |actors: &[chancery_record::Actor]| {
        actors.iter().map(|actor| actor.name.clone().unwrap_or_else(|| actor.text.clone())).collect()
    };
    let says = |link: chancery_record::Attribution| link.name.unwrap_or(link.text);
    DyadEvent {
        id: event.id,
        direction,
        standing,
        actor: names(&event.actor),
        recipient: names(&event.recipient),
        event: event.event,
        mode: event.mode,
        context: event.context,
        cameo: event.cameo,
        quad: event.quad,
        scale: event.scale,
        goldstein: event.goldstein,
        date: event.date,
        place: event.place.map(|place| place.name),
        sentence: sentence.unwrap_or_else(|| event.evidence.text.clone()),
        document,
        source,
        says: event.attribution.into_iter().map(says).collect(),
        rule: event.evidence.rule,
        trigger: event.evidence.trigger.text,
        reports: event.reports.unwrap_or(0) as usize,
        documents: event.documents.unwrap_or(0) as usize,
        sources: event.sources.unwrap_or(0) as usize,
        confidence: event.confidence,
        variants: merged.variants,
    }
}
