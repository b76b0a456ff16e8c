//! Joins a user's own rows with the entries that are there: names and offices are added, a later word wins.

use std::collections::BTreeMap;

use super::model::{Entry, EntryId, Office};
use super::read::{Draft, Members};

/// The entries of the base with the drafts joined to them, and where each draft's entry stands.
pub fn join(base: &[Entry], drafts: &[Draft], members: &[Members]) -> (Vec<Entry>, Vec<EntryId>) {
    let mut entries = base.to_vec();
    let mut at: BTreeMap<String, usize> = base.iter().enumerate().map(|(i, e)| (e.id.clone(), i)).collect();
    let mut places = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let place = *at.entry(draft.entry.id.clone()).or_insert(entries.len());
        match entries.get_mut(place) {
            Some(entry) if !draft.replaces => add(entry, &draft.entry),
            Some(entry) => *entry = draft.entry.clone(),
            None => entries.push(draft.entry.clone()),
        }
        places.push(EntryId(u32::try_from(place).unwrap_or(u32::MAX)));
    }
    for row in members {
        if let Some(body) = at.get(&row.body).and_then(|i| entries.get_mut(*i)) {
            add_offices(&mut body.members, &row.members);
        }
    }
    (entries, places)
}

fn add(entry: &mut Entry, new: &Entry) {
    add_offices(&mut entry.offices, &new.offices);
    entry.class = new.class.clone().or(entry.class.take());
    entry.cameo = new.cameo.clone().or(entry.cameo.take());
    entry.population = if new.population > 0 { new.population } else { entry.population };
}

/// Adds offices; one with the code, title and first day of another takes its place.
fn add_offices(offices: &mut Vec<Office>, new: &[Office]) {
    for office in new {
        let same =
            |o: &&mut Office| (&o.code, &o.title, o.from) == (&office.code, &office.title, office.from);
        match offices.iter_mut().find(same) {
            Some(old) => *old = office.clone(),
            None => offices.push(office.clone()),
        }
    }
}
