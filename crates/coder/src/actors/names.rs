//! Names of the world tables in the text, and which of several bearers of a name is meant.

use std::ops::Range;

use chancery_world::{EntryId, Kind as EntryKind, World};

use super::choose::{self, Around};
use super::{Cast, Kind, Party};
use crate::tree::Tree;

/// A name of the world tables where it stands in the text.
#[derive(Debug, Clone)]
pub struct Name {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Whom it may mean, likeliest first.
    pub entries: Vec<EntryId>,
    /// How many of the first of them nothing decides between; 1 where one is meant.
    pub tied: usize,
}

/// Every name of the text, longest first, left to right.
pub fn find(world: &World, tree: &Tree, entity: &[&'static str]) -> Vec<Name> {
    let mut names = Vec::new();
    let mut i = 0;
    while i < tree.len() {
        match name_at(world, tree, i).filter(|name| !is_part_of_a_stranger(world, tree, entity, name)) {
            Some(name) if !is_anothers(world, tree, names.last(), &name) => {
                i = name.tokens.end;
                names.push(name);
            }
            Some(_) => i += 1,
            None => i += 1,
        }
    }
    names
}

fn name_at(world: &World, tree: &Tree, i: usize) -> Option<Name> {
    let starts_a_name = tree.text(i).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let preceded = i > 0 && matches!(tree.text(i - 1), "the" | "The");
    if !starts_a_name && !preceded {
        return None;
    }
    let span = tree.span(i);
    let (length, entries) = world.name_at(tree.document(), span.start)?;
    let end = span.start + length;
    let last = (i..tree.len()).take_while(|&t| tree.span(t).start < end).last()?;
    Some(Name { tokens: i..last + 1, entries: entries.to_vec(), tied: 1 })
}

/// Whether a place's name is part of a longer name of somebody else: "Paris Hilton", "the Jordan Times".
fn is_part_of_a_stranger(world: &World, tree: &Tree, entity: &[&'static str], name: &Name) -> bool {
    let is_person = name.entries.iter().all(|&e| world.entry(e).kind == EntryKind::Person);
    if !is_person && is_surname_of_a_stranger(world, tree, entity, name) {
        return true;
    }
    let last = name.tokens.end - 1;
    let Some(head) = tree.head(last).filter(|h| !name.tokens.contains(h)) else { return false };
    let label = entity[last];
    tree.dep(last) == "compound"
        && tree.tag(head).starts_with("NNP")
        && matches!(label, "PERSON" | "WORK_OF_ART")
        && entity[head] == label
        && (!is_person || name.tokens.len() == 1)
        && world.role(&[tree.lemma(head).to_lowercase().as_str()]).is_none()
        && (last + 1..=head).all(|t| entity[t] == label)
}

/// Whether a body's name is only a description here, since another state's stands right before it: "Chile's Defense
/// Department", "the Mexican National Guard".
fn is_anothers(world: &World, tree: &Tree, before: Option<&Name>, name: &Name) -> bool {
    let Some(before) = before.filter(|b| world.entry(b.entries[0]).kind != EntryKind::Person) else {
        return false;
    };
    let gap = before.tokens.end..name.tokens.start;
    let touches = gap.is_empty() || (gap.len() == 1 && tree.tag(gap.start) == "POS");
    let owner = world.entry(before.entries[0]);
    let is_state = matches!(owner.kind, EntryKind::State | EntryKind::Nationality);
    let of_another = |&e: &EntryId| {
        let entry = world.entry(e);
        matches!(entry.kind, EntryKind::Body | EntryKind::Metonym)
            && entry.home().is_some_and(|home| owner.home().is_some_and(|o| o != home))
    };
    touches && is_state && name.tokens.len() > 1 && name.entries.iter().all(of_another)
}

/// Whether a first name stands before it: "Michael Jordan", but not "President Jordan" and not "Kyiv, Ukraine".
fn is_surname_of_a_stranger(world: &World, tree: &Tree, entity: &[&'static str], name: &Name) -> bool {
    let start = name.tokens.start;
    let Some(before) = start.checked_sub(1) else { return false };
    if tree.text(before) == "-" && before > 0 && tree.span(before).end == tree.span(start).start {
        // "Sylvain-Gorn" in a person's name.
        return entity[start] == "PERSON" && tree.tag(before - 1) == "NNP";
    }
    entity[start] == "PERSON"
        && entity[before] == "PERSON"
        && tree.tag(before) == "NNP"
        && tree.dep(before) == "compound"
        && tree.head(before).is_some_and(|h| name.tokens.contains(&h))
        && world.role(&[tree.lemma(before).to_lowercase().as_str()]).is_none()
        && world.name_at(tree.document(), tree.span(before).start).is_none()
}

impl Cast<'_> {
    /// Settles which bearers of the names of the document are meant.
    pub(super) fn settle_names(&mut self, entity: &[&'static str]) {
        let doubtful: Vec<usize> =
            (0..self.names.len()).filter(|&n| self.names[n].entries.len() > 1).collect();
        for n in doubtful {
            let around = self.around(n, entity);
            let (entries, tied) =
                choose::order(self.world, &self.setting, self.date, &around, &self.names[n].entries);
            self.names[n].entries = entries;
            self.names[n].tied = tied;
        }
    }

    /// Label and title of a name.
    fn around(&self, number: usize, entity: &[&'static str]) -> Around {
        let name = &self.names[number];
        let head = self.head_of(name);
        let title = self.title_of(head, name.tokens.start);
        let (sector, code) = title.map_or((None, None), |t| (t.description.sector, t.code));
        let owner = || self.country(head, name.tokens.start).filter(|c| c.kind == Kind::State);
        let code = code.or_else(|| owner().and_then(|c| c.code));
        let by = self.tree.head(head).is_some_and(|h| self.tree.lemma(h) == "by");
        let acts =
            matches!(self.tree.dep(head), "nsubj" | "nsubjpass") || (self.tree.dep(head) == "pobj" && by);
        Around { label: choose::label_of(self.tree, entity, name), sector, code, acts }
    }

    /// Whether a name can say where somebody or something is from.
    pub(super) fn states_origin(&self, name: &Name) -> bool {
        let before = name.tokens.start.checked_sub(2);
        let prefixed = before.is_some_and(|b| {
            self.tree.text(b + 1) == "-"
                && matches!(self.tree.lemma(b).to_lowercase().as_str(), "pro" | "anti" | "non")
        });
        !prefixed && !self.is_sponsor(name)
    }

    /// Whether the name only backs what follows: "Turkish-backed rebels".
    fn is_sponsor(&self, name: &Name) -> bool {
        let after = name.tokens.end;
        after + 1 < self.tree.len()
            && self.tree.text(after) == "-"
            && matches!(
                self.tree.text(after + 1),
                "backed"
                    | "funded"
                    | "supported"
                    | "trained"
                    | "linked"
                    | "aligned"
                    | "sponsored"
                    | "brokered"
                    | "mediated"
                    | "made"
                    | "built"
                    | "supplied"
                    | "friendly"
                    | "armed"
                    | "occupied"
                    | "controlled"
                    | "held"
            )
    }

    /// The party that a name stands for. Where nothing decides between its bearers, the party has what all of
    /// them share, and lists them.
    pub(super) fn party_of_name(&self, name: &Name) -> Party {
        let mut party = self.party_of_entry(name.entries[0], self.head_of(name));
        party.span = self.tree.span_of(name.tokens.clone());
        if name.tied > 1 {
            let rivals = &name.entries[..name.tied];
            let others: Vec<Party> =
                rivals[1..].iter().map(|&e| self.party_of_entry(e, party.head)).collect();
            share(&mut party, &others);
            party.candidates = rivals.to_vec();
        }
        party
    }

    /// The party that an entry is where its name is headed by a token.
    pub(super) fn party_of_entry(&self, id: EntryId, head: usize) -> Party {
        let entry = self.world.entry(id);
        let held = self.world.held_on(id, self.date);
        let mut sector = held.as_ref().and_then(|h| h.office.sector.clone());
        let mut inferred = None;
        if held.as_ref().is_some_and(|h| h.former) && entry.kind == EntryKind::Person {
            sector = Some("ELI".to_owned());
            inferred = Some("held the office before".to_owned());
        }
        let located = entry.kind == EntryKind::Capital && self.is_location(head);
        if entry.kind == EntryKind::Capital && !located {
            sector = Some("GOV".to_owned());
        }
        let people = entry.people && self.tree.is_nominal(head);
        if people && sector.is_none() {
            sector = Some("CVL".to_owned());
        }
        Party {
            code: held.as_ref().map(|h| h.office.code.clone()),
            sector,
            name: Some(entry.name.clone()),
            id: Some(entry.id.clone()),
            office: held.filter(|h| !h.former).and_then(|h| h.office.title.clone()),
            inferred,
            ..Party::of_words(
                if located { Kind::Place } else { kind_of(entry.kind, people) },
                self.tree.span(head),
                head,
            )
        }
    }

    /// Whether a capital's name stands for the town: "in Strelsau", "left for Strelsau".
    fn is_location(&self, head: usize) -> bool {
        let preposition =
            self.tree.head(self.tree.first_conjunct(head)).filter(|_| self.tree.dep(head) == "pobj");
        preposition.is_some_and(|p| {
            matches!(
                self.tree.lemma(p).to_lowercase().as_str(),
                "in" | "at"
                    | "near"
                    | "outside"
                    | "inside"
                    | "around"
                    | "across"
                    | "to"
                    | "from"
                    | "into"
                    | "for"
                    | "through"
                    | "of"
                    | "over"
                    | "toward"
                    | "towards"
            )
        })
    }

    /// A capital that is struck or seized is a town, no government.
    pub fn as_place(&self, party: &Party) -> Party {
        let capital = self
            .name(party.head)
            .is_some_and(|n| n.entries.iter().any(|&e| self.world.entry(e).kind == EntryKind::Capital));
        if capital && party.kind == Kind::State {
            Party { sector: None, kind: Kind::Place, ..party.clone() }
        } else {
            party.clone()
        }
    }

    /// The token of the name whose head lies outside.
    pub(super) fn head_of(&self, name: &Name) -> usize {
        self.tree.tops(name.tokens.clone()).next_back().unwrap_or(name.tokens.end - 1)
    }
}

/// Leaves a party what it has in common with others whom the same words may mean.
pub(super) fn share(party: &mut Party, others: &[Party]) {
    if others.iter().any(|o| o.code != party.code) {
        party.code = None;
    }
    if others.iter().any(|o| o.sector != party.sector) {
        party.sector = None;
    }
    (party.name, party.id, party.office, party.inferred) = (None, None, None, None);
}

fn kind_of(kind: EntryKind, people: bool) -> Kind {
    match kind {
        _ if people => Kind::Group,
        EntryKind::State | EntryKind::Nationality | EntryKind::Capital => Kind::State,
        EntryKind::Metonym | EntryKind::Body => Kind::Body,
        EntryKind::Place => Kind::Place,
        EntryKind::Person => Kind::Person,
    }
}
