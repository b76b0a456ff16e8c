//! Counts of what a world knows, by kind and by state.

use std::collections::BTreeMap;

use crate::{Kind, World};

/// How many entries there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Entries by kind.
    pub kinds: BTreeMap<Kind, usize>,
    /// Entries by code of any office, then by kind.
    pub codes: BTreeMap<String, BTreeMap<Kind, usize>>,
    /// Bodies by class.
    pub classes: BTreeMap<String, usize>,
    /// Persons by year in which they held an office whose bounds are both known, or that is still held.
    pub years: BTreeMap<i16, usize>,
    /// Role words and phrases.
    pub roles: usize,
}

/// Counts a world.
pub fn coverage(world: &World) -> Coverage {
    let mut counts = Coverage { roles: world.roles().len(), ..Coverage::default() };
    for (_, entry) in world.entries() {
        *counts.kinds.entry(entry.kind).or_default() += 1;
        let codes: std::collections::BTreeSet<_> = entry.offices.iter().map(|o| &o.code).collect();
        for code in codes {
            *counts.codes.entry(code.clone()).or_default().entry(entry.kind).or_default() += 1;
        }
        if let Some(class) = entry.class.as_ref().filter(|_| entry.kind == Kind::Body) {
            *counts.classes.entry(class.clone()).or_default() += 1;
        }
        for year in years(entry) {
            *counts.years.entry(year).or_default() += 1;
        }
    }
    counts
}

/// Years of a person's offices, without doubles.
fn years(entry: &crate::Entry) -> std::collections::BTreeSet<i16> {
    let dated = entry.offices.iter().filter(|_| entry.kind == Kind::Person);
    let spans = dated.filter_map(|o| Some((o.from?.year(), o.to?.year())));
    spans.flat_map(|(from, to)| from..=to).collect()
}
