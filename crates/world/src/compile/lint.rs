//! Checks what no single row shows: codes, date order, identifiers and names given twice, names never asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::Fault;
use super::model::{Kind, Office, SECTORS, WIDER};
use super::read::Draft;
use super::spell::LEADS;

/// All faults of the entries together.
pub fn lint(drafts: &[Draft]) -> Vec<Fault> {
    let codes = codes(drafts);
    let mut faults = Vec::new();
    for draft in drafts {
        faults.extend(draft.names.iter().filter_map(|n| unreachable(draft, &n.text)));
        faults.extend(draft.entry.offices.iter().filter_map(|o| wrong_office(draft, o, &codes)));
    }
    faults.extend(same_ids(drafts));
    faults.extend(same_names(drafts));
    faults
}

fn fault(draft: &Draft, what: String, remedy: &str) -> Fault {
    Fault::new(&draft.file, draft.line, what, remedy)
}

/// Codes in use: those of the states table, and those of no state.
fn codes(drafts: &[Draft]) -> BTreeSet<&str> {
    let states = drafts.iter().filter(|d| d.entry.kind == Kind::State);
    states.flat_map(|d| d.entry.offices.iter().map(|o| o.code.as_str())).chain(WIDER).collect()
}

fn wrong_office(draft: &Draft, office: &Office, codes: &BTreeSet<&str>) -> Option<Fault> {
    if draft.entry.kind == Kind::State && !is_code(&office.code) || !codes.contains(office.code.as_str()) {
        let what = format!("`{}` is no code", office.code);
        return Some(fault(
            draft,
            what,
            "write the three letters of a state in states.tsv, or IGO UNO EUR NGO ISM IMG MNC",
        ));
    }
    if let Some(sector) = office.sector.as_ref().filter(|s| !SECTORS.contains(&s.as_str())) {
        return Some(fault(draft, format!("`{sector}` is no sector"), "write a sector of PLOVER"));
    }
    let disordered = office.from.zip(office.to).is_some_and(|(from, to)| to < from);
    disordered
        .then(|| fault(draft, format!("{} ends before it begins", draft.entry.name), "correct the dates"))
}

fn is_code(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase())
}

/// A name that begins in a way in which no caller asks.
fn unreachable(draft: &Draft, name: &str) -> Option<Fault> {
    let lead = name.split([' ', '-']).next().is_some_and(|w| w.len() < name.len() && LEADS.contains(&w));
    let asked = name.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        || lead
        || draft.entry.kind == Kind::Person;
    let what = format!("the name `{name}` is never found");
    (!asked || name.is_empty()).then(|| fault(draft, what, "begin it with a capital, a digit or an article"))
}

fn same_ids(drafts: &[Draft]) -> Vec<Fault> {
    let mut seen = BTreeSet::new();
    let twice = drafts.iter().filter(|d| !seen.insert(&d.entry.id));
    let what = |d: &Draft| format!("the identifier `{}` is given twice", d.entry.id);
    twice.map(|d| fault(d, what(d), "merge the rows, or write `Name#tag` in the first cell")).collect()
}

/// Names that two entries of one table share without saying so; a state and its capital may.
fn same_names(drafts: &[Draft]) -> Vec<Fault> {
    let mut seen: BTreeMap<(&str, bool, &str), &Draft> = BTreeMap::new();
    let mut faults = Vec::new();
    for draft in drafts {
        for name in draft.names.iter().filter(|n| !n.shared) {
            let key = (table(draft), draft.entry.people, name.text.as_str());
            match seen.insert(key, draft) {
                Some(other)
                    if code(other) != code(draft)
                        || draft.entry.kind == Kind::Person
                        || draft.entry.kind == Kind::Body =>
                {
                    let what = format!("the name `{}` is also at {}:{}", name.text, other.file, other.line);
                    faults.push(fault(draft, what, "take one out, or write `=` before it in both"));
                }
                _ => {}
            }
        }
    }
    faults
}

fn table(draft: &Draft) -> &str {
    match draft.entry.kind {
        Kind::Place if draft.file.contains("places") => "places",
        Kind::Body => "bodies",
        Kind::Person => "people",
        _ => "states",
    }
}

fn code(draft: &Draft) -> Option<&str> {
    draft.entry.offices.first().map(|o| o.code.as_str())
}
