//! Counts of what a world knows, by kind, state and year, and the report of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Entry, Kind, World};

/// How many entries there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Entries by kind.
    pub kinds: BTreeMap<Kind, usize>,
    /// Entries by code of any office, then by kind.
    pub codes: BTreeMap<String, BTreeMap<Kind, usize>>,
    /// Bodies by class.
    pub classes: BTreeMap<String, usize>,
    /// Persons by decade and state, where the dates of an office say that it was held then. An office without a
    /// beginning counts in the decade of its end, one without an end up to the last year in the tables.
    pub decades: BTreeMap<i16, BTreeMap<String, usize>>,
    /// By year: persons in an office whose dates say so, and states of which one is head of state or government.
    pub years: BTreeMap<i16, Year>,
    /// Last year that any date of the tables names.
    pub last_year: i16,
    /// Bodies with members.
    pub memberships: usize,
    /// Role words and phrases.
    pub roles: usize,
}

/// Counts of a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Year {
    /// Persons in office.
    pub people: usize,
    /// States with a head of state or government.
    pub headed: BTreeSet<String>,
}

/// Counts a world.
pub fn coverage(world: &World) -> Coverage {
    let last_year = last_year(world);
    let mut counts = Coverage { roles: world.roles().len(), last_year, ..Coverage::default() };
    for (_, entry) in world.entries() {
        *counts.kinds.entry(entry.kind).or_default() += 1;
        let codes: BTreeSet<_> = entry.offices.iter().map(|o| &o.code).collect();
        for code in codes {
            *counts.codes.entry(code.clone()).or_default().entry(entry.kind).or_default() += 1;
        }
        if let Some(class) = entry.class.as_ref().filter(|_| entry.kind == Kind::Body) {
            *counts.classes.entry(class.clone()).or_default() += 1;
        }
        counts.memberships += usize::from(!entry.members.is_empty());
        let held = years(entry, last_year);
        for (decade, code) in
            held.iter().map(|(year, code, _)| (year / 10 * 10, *code)).collect::<BTreeSet<_>>()
        {
            *counts.decades.entry(decade).or_default().entry(code.to_owned()).or_default() += 1;
        }
        for year in held.iter().map(|(year, _, _)| *year).collect::<BTreeSet<_>>() {
            counts.years.entry(year).or_default().people += 1;
        }
        for (year, code, _) in held.iter().filter(|(_, _, rank)| *rank == HEAD) {
            counts.years.entry(*year).or_default().headed.insert((*code).to_owned());
        }
    }
    counts
}

fn last_year(world: &World) -> i16 {
    let offices = world.entries().flat_map(|(_, e)| &e.offices);
    offices.filter_map(|o| o.to.max(o.from)).map(|d| d.year()).max().unwrap_or(0)
}

/// Rank of heads of state and government.
const HEAD: u8 = 1;

/// Years of a person's offices with code and rank, without doubles.
fn years(entry: &Entry, last_year: i16) -> BTreeSet<(i16, &str, u8)> {
    let mut all = BTreeSet::new();
    for office in entry.offices.iter().filter(|_| entry.kind == Kind::Person) {
        let to = office.to.map(|d| d.year());
        let Some(from) = office.from.map(|d| d.year()).or(to) else { continue };
        let to = to.unwrap_or(last_year);
        all.extend((from..=to).map(|year| (year, office.code.as_str(), office.rank)));
    }
    all
}

/// First decade and first year of the report.
const FIRST_DECADE: i16 = 1940;
const FIRST_YEAR: i16 = 1945;

/// The counts as a page in Markdown: by kind, by sort of body, by state and decade.
pub fn report(counts: &Coverage) -> String {
    let mut page = String::from(OPENING);
    let mut line = |text: String| {
        page.push_str(&text);
        page.push('\n');
    };
    line("| kind | entries |\n|---|---|".into());
    for (kind, count) in &counts.kinds {
        line(format!("| {} | {count} |", format!("{kind:?}").to_lowercase()));
    }
    line(format!("| role words and phrases | {} |", counts.roles));
    line(format!("| bodies with dated members | {} |", counts.memberships));
    line("\n## Bodies\n\n| class | entries |\n|---|---|".into());
    for (class, count) in &counts.classes {
        line(format!("| {class} | {count} |"));
    }
    line("\n## Years\n\n| year | people in office | states with a head |\n|---|---|---|".into());
    for (year, of) in counts.years.range(FIRST_YEAR..) {
        line(format!("| {year} | {} | {} |", of.people, of.headed.len()));
    }
    let decades: Vec<i16> = counts.decades.keys().copied().filter(|d| *d >= FIRST_DECADE).collect();
    let columns: String = decades.iter().map(|d| format!(" {d}s |")).collect();
    line(format!("\n## States\n\n| code | bodies | people |{columns}"));
    line(format!("|---|---|---|{}", "---|".repeat(decades.len())));
    for (code, kinds) in &counts.codes {
        let of = |kind| kinds.get(&kind).copied().unwrap_or(0);
        let in_decade = |d: &i16| counts.decades[d].get(code).copied().unwrap_or(0);
        let cells: String = decades.iter().map(|d| format!(" {} |", in_decade(d))).collect();
        line(format!("| {code} | {} | {} |{cells}", of(Kind::Body), of(Kind::Person)));
    }
    page
}

const OPENING: &str = "\
# What the world tables cover

Made from `data/world` by `chancery world coverage`; a test holds it to the tables.
A person counts in each year and decade in which the dates of an office say that it was held; a state counts as headed\nwith a president, a monarch, a prime minister or another head of state or government.

";
