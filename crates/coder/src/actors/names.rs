//! Names of the world tables in the text, and which of several bearers of a name is meant.

use std::ops::Range;

use chancery_world::{EntryId, Kind as EntryKind, World};

use super::{Cast, Kind, Party};
use crate::tree::Tree;

/// A name of the world tables where it stands in the text.
#[derive(Debug, Clone)]
pub struct Name {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Whom it may mean, likeliest first.
    pub entries: Vec<EntryId>,
}

/// Every name of the text, longest first, left to right.
pub fn find(world: &World, tree: &Tree, entity: &[&'static str]) -> Vec<Name> {
    let mut names = Vec::new();
    let mut i = 0;
    while i < tree.len() {
        match name_at(world, tree, i).filter(|name| !is_part_of_a_stranger(world, tree, entity, name)) {
            Some(name) => {
                i = name.tokens.end;
                names.push(name);
            }
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
    Some(Name { tokens: i..last + 1, entries: entries.to_vec() })
}

/// Whether a place's name is part of a longer name of somebody else: "Paris Hilton", "the Jordan Times".
fn is_part_of_a_stranger(world: &World, tree: &Tree, entity: &[&'static str], name: &Name) -> bool {
    let is_person = name.entries.iter().all(|&e| world.entry(e).kind == EntryKind::Person);
    let last = name.tokens.end - 1;
    let Some(head) = tree.head(last).filter(|h| !name.tokens.contains(h)) else { return false };
    let label = entity[last];
    tree.dep(last) == "compound"
        && tree.tag(head).starts_with("NNP")
        && matches!(label, "PERSON" | "WORK_OF_ART")
        && entity[head] == label
        && !is_person
        && world.role(&[tree.lemma(head).to_lowercase().as_str()]).is_none()
        && (last + 1..=head).all(|t| entity[t] == label)
}

impl Cast<'_> {
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

    /// The party that a name stands for.
    pub(super) fn party_of_name(&self, name: &Name) -> Party {
        let entry_id = self.choose(name);
        let entry = self.world.entry(entry_id);
        let held = self.world.held_on(entry_id, self.date);
        let head = self.head_of(name);
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
        if entry.people && sector.is_none() && self.tree.is_nominal(head) {
            sector = Some("CVL".to_owned());
        }
        Party {
            code: held.map(|h| h.office.code.clone()),
            sector,
            name: Some(entry.name.clone()),
            id: Some(entry.id.clone()),
            kind: if located {
                Kind::Place
            } else {
                kind_of(entry.kind, entry.people && self.tree.is_nominal(head))
            },
            span: self.tree.span_of(name.tokens.clone()),
            head,
            inferred,
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

    /// Which bearer of the name is meant: one that holds an office as of the date, else the first listed.
    fn choose(&self, name: &Name) -> EntryId {
        let current = |&id: &EntryId| self.world.held_on(id, self.date).is_some_and(|h| !h.former);
        name.entries.iter().copied().find(|id| current(id)).unwrap_or(name.entries[0])
    }

    /// The token of the name whose head lies outside.
    pub(super) fn head_of(&self, name: &Name) -> usize {
        let outside = |&t: &usize| self.tree.head(t).is_none_or(|h| !name.tokens.contains(&h));
        name.tokens.clone().rev().find(outside).unwrap_or(name.tokens.end - 1)
    }
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
