//! Which of several bearers of a name is meant: by date, title, entity label, and what else the document names.

use std::collections::BTreeSet;

use chancery_world::{EntryId, Kind as EntryKind, World};
use jiff::civil::Date;

use super::names::Name;
use crate::tree::Tree;

/// What a document says beside the name in question: the codes to which what it names belongs.
#[derive(Debug, Default)]
pub struct Setting {
    /// Any name with that code alone.
    codes: BTreeSet<String>,
    /// Towns and regions, which tell that the text is at home inside a state.
    places: BTreeSet<String>,
    /// Whether the text is a mention by itself, of which no more can be known.
    pub alone: bool,
}

/// What the words around a name say of its bearer.
#[derive(Debug, Default, Clone)]
pub struct Around {
    /// Label of the entity that the name is part of.
    pub label: &'static str,
    /// Sector of a title before or behind it.
    pub sector: Option<String>,
    /// State or body of that title.
    pub code: Option<String>,
    /// Whether it does something: "Brussels imposed", and not "in Brussels".
    pub acts: bool,
}

impl Setting {
    /// That of a mention by itself.
    pub fn alone() -> Setting {
        Setting { alone: true, ..Setting::default() }
    }

    /// That of the names that leave no doubt.
    pub fn of(world: &World, names: &[Name]) -> Setting {
        let mut setting = Setting::default();
        for entry in names.iter().filter(|n| n.entries.len() == 1).map(|n| world.entry(n.entries[0])) {
            let Some(code) = entry.home() else { continue };
            setting.codes.insert(code.to_owned());
            if matches!(entry.kind, EntryKind::Place | EntryKind::Capital) {
                setting.places.insert(code.to_owned());
            }
        }
        setting
    }

    /// Whether the document names what belongs to a code.
    pub fn names(&self, code: &str) -> bool {
        self.codes.contains(code)
    }
}

/// How well a bearer of a name fits; the greater the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// It has held something by that day.
    exists: bool,
    /// It is what the language engine takes the name for.
    labelled: bool,
    /// It is of the sector and state of the title.
    titled: u8,
    /// It is no place inside a state that has a state of the same name for a rival.
    at_home: bool,
    /// It holds its office on that day.
    current: bool,
    /// The document names its state or body elsewhere.
    named: bool,
}

/// Bearers of a name, the likeliest first, and between how many of the first nothing decides.
pub fn order(
    world: &World,
    setting: &Setting,
    date: Option<Date>,
    around: &Around,
    entries: &[EntryId],
) -> (Vec<EntryId>, usize) {
    let mut fits: Vec<(Fit, EntryId)> =
        entries.iter().map(|&id| (fit(world, setting, date, around, id, entries), id)).collect();
    // A stable sort keeps the better known first among equals.
    fits.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    let equal = fits.iter().take_while(|(fit, _)| *fit == fits[0].0).count();
    let matters = fits[..equal].iter().any(|(_, id)| differ(world, fits[0].1, *id));
    (fits.into_iter().map(|(_, id)| id).collect(), if matters { equal } else { 1 })
}

fn fit(
    world: &World,
    setting: &Setting,
    date: Option<Date>,
    around: &Around,
    id: EntryId,
    rivals: &[EntryId],
) -> Fit {
    let entry = world.entry(id);
    let held = world.held_on(id, date);
    let code = held.as_ref().map(|h| h.office.code.as_str());
    let sector = held.as_ref().and_then(|h| h.office.sector.as_deref());
    let same = |told: &Option<String>, known: Option<&str>| told.is_some() && told.as_deref() == known;
    let inside = entry.kind == EntryKind::Place
        && rivals.iter().any(|&r| r != id && world.entry(r).kind == EntryKind::State);
    let local = code.is_some_and(|c| setting.places.contains(c));
    let state_named = rivals.iter().any(|&r| {
        world.entry(r).kind == EntryKind::State && world.home(r).is_some_and(|home| setting.names(home))
    });
    Fit {
        exists: held.is_some(),
        labelled: labelled(world, setting, around, id, rivals),
        titled: u8::from(same(&around.sector, sector)) + 2 * u8::from(same(&around.code, code)),
        at_home: if inside { local && !state_named } else { true },
        current: held.as_ref().is_some_and(|h| !h.former),
        named: code.is_some_and(|c| setting.names(c)),
    }
}

/// Whether the engine's label of a name suits an entry. Where the text names the state of a capital, an untitled namesake
/// has nothing from being taken for a person.
fn labelled(world: &World, setting: &Setting, around: &Around, id: EntryId, rivals: &[EntryId]) -> bool {
    let kind = world.entry(id).kind;
    let capital = |&r: &EntryId| {
        world.entry(r).kind == EntryKind::Capital && world.home(r).is_some_and(|home| setting.names(home))
    };
    let untitled = around.sector.is_none() && around.code.is_none();
    if around.label == "PERSON" && untitled && rivals.iter().any(capital) {
        return kind == EntryKind::Capital;
    }
    match kind {
        EntryKind::Body if seated(world, setting, around, rivals) => true,
        EntryKind::Capital | EntryKind::Place if seated(world, setting, around, rivals) => false,
        _ => is_labelled(kind, around.label),
    }
}

/// Whether a city does what a body does that sits there ("Brussels imposed sanctions"): the text does not speak of the
/// city's state.
fn seated(world: &World, setting: &Setting, around: &Around, rivals: &[EntryId]) -> bool {
    let named = |kinds: &[EntryKind]| {
        let mut homes = rivals.iter().filter(|&&r| kinds.contains(&world.entry(r).kind));
        homes.find_map(|&r| world.home(r)).map(|home| setting.names(home))
    };
    let (body, city) = (named(&[EntryKind::Body]), named(&[EntryKind::Capital, EntryKind::Place]));
    around.acts && body.is_some() && city == Some(false)
}

/// Whether the engine's label of a name suits a kind of entry.
fn is_labelled(kind: EntryKind, label: &str) -> bool {
    match label {
        "PERSON" => kind == EntryKind::Person,
        "ORG" => matches!(kind, EntryKind::Body | EntryKind::Metonym),
        "GPE" | "LOC" => !matches!(kind, EntryKind::Person | EntryKind::Body),
        "NORP" => matches!(kind, EntryKind::Nationality | EntryKind::Body),
        _ => true,
    }
}

/// Whether it matters which of two is meant: people, or bodies of different states.
fn differ(world: &World, one: EntryId, other: EntryId) -> bool {
    let (a, b) = (world.entry(one), world.entry(other));
    match (a.kind, b.kind) {
        _ if one == other => false,
        (EntryKind::Person, EntryKind::Person) => true,
        (EntryKind::Body, EntryKind::Body) => world.home(one) != world.home(other),
        _ => false,
    }
}

/// The label of the entity that a name ends in.
pub fn label_of(tree: &Tree, entity: &[&'static str], name: &Name) -> &'static str {
    let last = name.tokens.clone().rev().find(|&t| tree.is_word(t));
    last.map_or("", |t| entity[t])
}
