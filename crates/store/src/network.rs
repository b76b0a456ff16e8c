//! Who is in events and who acts on whom, over the whole store.

use chancery_record::Direction;
use chancery_series::Act;
use jiff::civil::Date;
use rusqlite::params_from_iter;

use crate::dyad::act;
use crate::{Error, Filter, Store};

/// Somebody who is in events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Active {
    /// Code, and identifier where one body or person is meant.
    pub code: Option<String>,
    /// Identifier in the world tables.
    pub id: Option<String>,
    /// Usual name, where the store has one.
    pub name: Option<String>,
    /// Events done.
    pub done: u64,
    /// Events received.
    pub received: u64,
}

/// Whether parties are counted by their codes, or as bodies and persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parties {
    /// States and kinds of bodies.
    Codes,
    /// Entities of the tables.
    Entities,
}

impl Store {
    /// Those who are in most of the events that a filter lets through, the most active first.
    pub fn most_active(&self, filter: &Filter, parties: Parties, most: u64) -> Result<Vec<Active>, Error> {
        let conditions = filter.conditions();
        let (key, known) = match parties {
            Parties::Codes => ("p.code", "p.code IS NOT NULL"),
            Parties::Entities => ("p.actor", "p.actor IS NOT NULL"),
        };
        let sql = format!(
            "SELECT min(p.code), {key}, \
               count(DISTINCT iif(p.side = 'actor', p.event, NULL)) AS done, \
               count(DISTINCT iif(p.side = 'recipient', p.event, NULL)) AS received \
             FROM event_party p JOIN event e ON e.id = p.event WHERE {known} AND {} \
             GROUP BY {key} ORDER BY count(DISTINCT p.event) DESC, {key} LIMIT {most}",
            conditions.clause()
        );
        let mut rows = self.sql.prepare(&sql)?;
        let mut rows = rows.query(params_from_iter(conditions.values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let id: Option<String> = row.get(1)?;
            let id = id.filter(|_| parties == Parties::Entities);
            let name = match &id {
                Some(id) => self.name(id)?,
                None => None,
            };
            let (done, received): (i64, i64) = (row.get(2)?, row.get(3)?);
            found.push(Active { code: row.get(0)?, id, name, done: done as u64, received: received as u64 });
        }
        Ok(found)
    }

    fn name(&self, actor: &str) -> Result<Option<String>, Error> {
        let mut rows = self.sql.prepare_cached("SELECT name FROM actor WHERE actor = ?1")?;
        let mut rows = rows.query([actor])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?.flatten())
    }

    /// Documents that were read, by day of publication, in order.
    pub fn read_by_day(&self) -> Result<Vec<(Date, u64)>, Error> {
        let mut rows = self.sql.prepare("SELECT day, documents FROM coverage ORDER BY day")?;
        let rows = rows.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        let mut days = Vec::new();
        for row in rows {
            let (day, documents) = row?;
            days.extend(day.parse::<Date>().ok().map(|day| (day, documents as u64)));
        }
        Ok(days)
    }

    /// Every act of one code on another of the events that a filter lets through, by pair and day. An event of several
    /// comes once for each pair.
    pub fn acts(&self, filter: &Filter, mut take: impl FnMut(&str, &str, Act)) -> Result<(), Error> {
        let conditions = filter.conditions();
        let join = if *filter == Filter::default() { "" } else { "JOIN event e ON e.id = d.event" };
        let sql = format!(
            "SELECT d.event, d.day, d.last_day, d.category, d.quad, d.scale, d.goldstein, d.standing, d.reports, d.rule, \
             d.a, d.b FROM dyad d {join} WHERE {} ORDER BY d.a, d.b, d.day, d.event",
            conditions.clause()
        );
        let mut rows = self.sql.prepare(&sql)?;
        let mut rows = rows.query(params_from_iter(conditions.values))?;
        while let Some(row) = rows.next()? {
            let Some(act) = act(row, Direction::Forward)? else { continue };
            let a = row.get_ref(10)?.as_str().map_err(rusqlite::Error::from)?;
            let b = row.get_ref(11)?.as_str().map_err(rusqlite::Error::from)?;
            take(a, b, act);
        }
        Ok(())
    }
}
