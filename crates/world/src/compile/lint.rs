//! Checks what no single row shows: codes, date order, identifiers and names given twice, names never asked for,
//! offices of one holder that two hold.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::Fault;
use super::model::{Entry, Kind, Office, SECTORS, WIDER};
use super::read::{Draft, Members, kind_of};
use super::spell::LEADS;
use super::titles::{Titles, is_stopgap};

/// All faults of the entries together; `base` are entries that are known beside them.
pub fn lint(drafts: &[Draft], members: &[Members], titles: &Titles, base: &[Entry]) -> Vec<Fault> {
    let codes = codes(drafts, base);
    let mut faults = Vec::new();
    for draft in drafts {
        faults.extend(draft.names.iter().filter_map(|n| unreachable(draft, &n.text)));
        faults.extend(draft.entry.offices.iter().filter_map(|o| wrong_office(draft, o, &codes)));
    }
    faults.extend(same_ids(drafts));
    faults.extend(same_names(drafts));
    faults.extend(members.iter().flat_map(|m| wrong_members(m, drafts, base, &codes)));
    faults.extend(kinds_changed(drafts, base));
    faults.extend(two_holders(drafts, titles));
    faults.extend(holders_left_in_office(drafts, titles, base));
    faults
}

/// Unknown bodies and unknown members of bodies.
fn wrong_members(row: &Members, drafts: &[Draft], base: &[Entry], codes: &BTreeSet<&str>) -> Vec<Fault> {
    let mut entries = drafts.iter().map(|d| &d.entry).chain(base);
    if !entries.any(|e| e.kind == Kind::Body && e.id == row.body) {
        let what = format!("`{}` is no body of the tables", row.body);
        return vec![Fault::new(&row.file, row.line, what, "write the first name that bodies.tsv gives it")];
    }
    let strange = row.members.iter().filter(|m| !codes.contains(m.code.as_str()));
    let what = |m: &Office| format!("`{}` is no code", m.code);
    strange.map(|m| Fault::new(&row.file, row.line, what(m), "write the three letters of a state")).collect()
}

/// Rows whose identifier another sort of entry has.
fn kinds_changed(drafts: &[Draft], base: &[Entry]) -> Vec<Fault> {
    let kinds: BTreeMap<&str, Kind> = base.iter().map(|e| (e.id.as_str(), e.kind)).collect();
    let changed =
        drafts.iter().filter(|d| kinds.get(d.entry.id.as_str()).is_some_and(|k| *k != d.entry.kind));
    let what = |d: &Draft| format!("`{}` is already known as something else", d.entry.name);
    changed.map(|d| fault(d, what(d), "write `Name#tag` to tell the two apart")).collect()
}

/// How long two may hold an office that one holds: hand-overs are told by different days.
const HANDOVER_DAYS: i32 = 31;

/// Offices of one holder that two persons certainly held for longer than a hand-over takes.
fn two_holders(drafts: &[Draft], titles: &Titles) -> Vec<Fault> {
    let mut terms: BTreeMap<Post, Vec<(Term, &Draft)>> = BTreeMap::new();
    for draft in drafts.iter().filter(|d| d.entry.kind == Kind::Person) {
        for (office, certain) in draft.entry.offices.iter().zip(&draft.certain) {
            let Some((post, certain)) = post(office, titles).zip(*certain) else { continue };
            terms.entry(post).or_default().push((certain, draft));
        }
    }
    terms.into_iter().flat_map(|(post, terms)| overlaps(&post, terms)).collect()
}

/// An office that one person holds at a time: code, sector, title. In a body of several states each has its own, so
/// that those of no state are none; nor are those that stand in for one or dispute it.
type Post = (String, Option<String>, String);

fn post(office: &Office, titles: &Titles) -> Option<Post> {
    let title = office.title.as_deref().filter(|t| titles.has_one_holder(t) && !is_stopgap(t))?;
    let of_state = !WIDER.contains(&office.code.as_str());
    of_state.then(|| (office.code.clone(), office.sector.clone(), titles.settle(title)))
}

/// First and last day on which an office was certainly held; it goes on where the last is none.
type Term = (jiff::civil::Date, Option<jiff::civil::Date>);

fn overlaps((code, _, title): &Post, mut terms: Vec<(Term, &Draft)>) -> Vec<Fault> {
    terms.sort_by_key(|(term, draft)| (*term, draft.line));
    let mut faults = Vec::new();
    for (i, ((_, to), one)) in terms.iter().enumerate() {
        for ((from, until), other) in &terms[i + 1..] {
            let end = to.unwrap_or(jiff::civil::Date::MAX).min(until.unwrap_or(jiff::civil::Date::MAX));
            let days = from.until(end).map_or(0, |span| span.get_days());
            if days > HANDOVER_DAYS && one.entry.id != other.entry.id {
                let (name, file, line) = (&one.entry.name, &one.file, one.line);
                let what = format!(
                    "{} and {name} ({file}:{line}) are both {title} of {code} from {from} to {end}",
                    other.entry.name
                );
                let remedy = "correct the dates, or give one of them another title (\"rival president\", \"acting president\")";
                faults.push(fault(other, what, remedy));
            }
        }
    }
    faults
}

/// Holders in the base who would stay in an office of one that somebody else takes up.
fn holders_left_in_office(drafts: &[Draft], titles: &Titles, base: &[Entry]) -> Vec<Fault> {
    let rows: BTreeMap<&str, &Draft> = drafts.iter().map(|d| (d.entry.id.as_str(), d)).collect();
    let people = base.iter().filter(|e| e.kind == Kind::Person);
    let stays =
        |e: &Entry, o: &Office| o.to.is_none() && !rows.get(e.id.as_str()).is_some_and(|d| ends(d, o));
    let open: Vec<(Post, &Entry, &Office)> = people
        .flat_map(|e| e.offices.iter().map(move |o| (e, o)))
        .filter(|(e, o)| stays(e, o))
        .filter_map(|(e, o)| Some((post(o, titles)?, e, o)))
        .collect();
    let mut faults = Vec::new();
    for draft in drafts.iter().filter(|d| d.entry.kind == Kind::Person) {
        for new in draft.entry.offices.iter().filter(|o| o.to.is_none()).filter_map(|o| post(o, titles)) {
            let others = open.iter().filter(|(post, e, _)| *post == new && e.id != draft.entry.id);
            faults.extend(others.map(|(_, entry, old)| left_in_office(draft, entry, old)));
        }
    }
    faults
}

/// Whether a row replaces an entry or gives its office a last day.
fn ends(row: &Draft, old: &Office) -> bool {
    let same =
        |o: &Office| (&o.code, &o.title, o.from) == (&old.code, &old.title, old.from) && o.to.is_some();
    row.replaces || row.entry.offices.iter().any(same)
}

fn left_in_office(draft: &Draft, entry: &Entry, old: &Office) -> Fault {
    let title = old.title.as_deref().unwrap_or_default();
    let what = format!("{} is still {title} of {} in the built-in tables", entry.name, old.code);
    let from = old.from.map(|d| d.to_string()).unwrap_or_default();
    let sector = old.sector.as_deref().map(|s| format!("/{s}")).unwrap_or_default();
    let office = format!("{}{sector} {title} {from}..LAST-DAY", old.code);
    fault(draft, what, &format!("add a row for {} with `{office}`", entry.name))
}

fn fault(draft: &Draft, what: String, remedy: &str) -> Fault {
    Fault::new(&draft.file, draft.line, what, remedy)
}

/// Codes in use: those of the states table, and those of no state.
fn codes<'d>(drafts: &'d [Draft], base: &'d [Entry]) -> BTreeSet<&'d str> {
    let states = drafts.iter().map(|d| &d.entry).chain(base).filter(|e| e.kind == Kind::State);
    states.flat_map(|e| e.offices.iter().map(|o| o.code.as_str())).chain(WIDER).collect()
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
        Kind::Place if kind_of(&draft.file) == "places" => "places",
        Kind::Body => "bodies",
        Kind::Person => "people",
        _ => "states",
    }
}

fn code(draft: &Draft) -> Option<&str> {
    draft.entry.offices.first().map(|o| o.code.as_str())
}
