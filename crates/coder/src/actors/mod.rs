//! Who is named where: names, role words, descriptions and pronouns of a document as parties with codes.

mod aliases;
mod bynames;
mod choose;
mod compose;
mod coreference;
mod describe;
mod given;
mod names;
mod people;
mod spelling;
mod spoken;
mod titles;

use std::collections::HashSet;

use chancery_text::Span;
use chancery_world::{EntryId, Kind as EntryKind, RoleKind, World};
use jiff::civil::Date;

use crate::predicates::distinct;
use crate::quotes::Attributions;
use crate::tree::Tree;

use crate::words::{QUANTITIES, SITUATIONS};
use aliases::Aliases;
pub use describe::SUPRANATIONAL;
pub use given::{End, Given};
pub use names::Name;
use spoken::Spoken;

/// What kind of actor a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A state by name, capital or nationality.
    State,
    /// An organisation.
    Body,
    /// One person.
    Person,
    /// Several people, or a force.
    Group,
    /// A place that is no state.
    Place,
}

/// An actor as the coder handles it: codes, the words, and why it is meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// State or top-level code.
    pub code: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Usual name.
    pub name: Option<String>,
    /// Identifier in the world tables.
    pub id: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// The words, in bytes of the view.
    pub span: Span,
    /// The token that heads the words.
    pub head: usize,
    /// Title that the tables give a person, or part that they give a party, on the day.
    pub office: Option<String>,
    /// Why it is meant although the words name another or none.
    pub inferred: Option<String>,
    /// Whom the words may mean where nothing decides; empty where it is decided.
    pub candidates: Vec<EntryId>,
    /// Which of the two it is whose relation is asked for.
    pub given: Option<End>,
}

impl Party {
    /// A party of which only the words are known.
    pub fn of_words(kind: Kind, span: Span, head: usize) -> Party {
        Party {
            code: None,
            sector: None,
            name: None,
            id: None,
            kind,
            span,
            head,
            office: None,
            inferred: None,
            candidates: Vec::new(),
            given: None,
        }
    }

    /// Whether its sector is one of forces.
    pub fn is_armed(&self) -> bool {
        matches!(self.sector.as_deref(), Some("MIL" | "REB" | "UAF" | "COP" | "SPY" | "PRM"))
    }

    /// Whether both stand for the same actor, whatever the words.
    pub fn same(&self, other: &Party) -> bool {
        if self.given.is_some() || other.given.is_some() {
            return self.given == other.given;
        }
        match (&self.id, &other.id) {
            (Some(a), Some(b)) => a == b,
            _ => self.code == other.code && self.sector == other.sector && self.name == other.name,
        }
    }

    /// This party as meant by the words at `head`, for a reason.
    pub fn meant_by(&self, head: usize, span: Span, why: &str) -> Party {
        Party { head, span, inferred: Some(why.to_owned()), ..self.clone() }
    }
}

/// The parties of a document by the token that heads their words.
#[derive(Debug)]
pub struct Cast<'a> {
    world: &'a World,
    tree: &'a Tree<'a>,
    date: Option<Date>,
    /// Names of the world tables, in text order, never overlapping.
    names: Vec<Name>,
    /// Which name a token is part of.
    name_at: Vec<Option<u32>>,
    /// What the words headed by a token mean; empty where they mean no actor.
    parties: Vec<Vec<Party>>,
    /// What the document names without doubt.
    setting: choose::Setting,
    /// Short names bound in this document: last word of a full name, acronym.
    aliases: Aliases,
    /// Last names of people named in full whom the tables do not know.
    strangers: HashSet<String>,
    /// The states spoken of so far.
    spoken: Spoken,
    /// Tokens with parties so far, in text order.
    mentioned: Vec<usize>,
    /// Phrases that somebody has marked.
    given: Vec<Given>,
    /// The engine's entity labels by token, empty where there is none.
    labels: Vec<&'static str>,
}

impl<'a> Cast<'a> {
    /// Finds every party of the document. `said` tells whose words are whose, for "we" and "our".
    pub fn new(
        world: &'a World,
        tree: &'a Tree<'a>,
        entity: &[&'static str],
        date: Option<Date>,
        said: &Attributions,
    ) -> Self {
        Cast::with_given(world, tree, entity, date, said, Vec::new())
    }

    /// [`Cast::new`] where some phrases are known to be parties.
    pub fn with_given(
        world: &'a World,
        tree: &'a Tree<'a>,
        entity: &[&'static str],
        date: Option<Date>,
        said: &Attributions,
        given: Vec<Given>,
    ) -> Self {
        let names = names::find(world, tree, entity);
        let setting = choose::Setting::of(world, &names);
        let mut cast = Cast { given, ..Cast::begun(world, tree, date, names, setting) };
        cast.settle_names(entity);
        cast.read_all(entity);
        cast.read_first_person(said);
        cast
    }

    /// Finds the parties of a mention by itself, which nothing around it can explain.
    pub fn of_mention(
        world: &'a World,
        tree: &'a Tree<'a>,
        entity: &[&'static str],
        date: Option<Date>,
    ) -> Self {
        let names = names::find(world, tree, entity);
        let mut cast = Cast::begun(world, tree, date, names, choose::Setting::alone());
        cast.settle_names(entity);
        cast.read_all(entity);
        cast
    }

    fn begun(
        world: &'a World,
        tree: &'a Tree<'a>,
        date: Option<Date>,
        names: Vec<Name>,
        setting: choose::Setting,
    ) -> Self {
        let mut name_at = vec![None; tree.len()];
        for (number, name) in names.iter().enumerate() {
            name_at[name.tokens.clone()].fill(Some(number as u32));
        }
        Cast {
            world,
            tree,
            date,
            names,
            name_at,
            parties: vec![Vec::new(); tree.len()],
            setting,
            aliases: Aliases::default(),
            strangers: HashSet::new(),
            spoken: Spoken::default(),
            mentioned: Vec::new(),
            given: Vec::new(),
            labels: Vec::new(),
        }
    }

    /// The engine's entity label of token `i`, empty where it has none.
    pub fn label(&self, i: usize) -> &'static str {
        self.labels.get(i).copied().unwrap_or_default()
    }

    fn read_all(&mut self, entity: &[&'static str]) {
        self.labels = entity.to_vec();
        for i in 0..self.tree.len() {
            self.read(i, entity);
            if let Some(given) = self.given(i).cloned() {
                self.read_given(&given, entity);
            }
        }
    }

    /// The parties that the words headed by `i` mean by themselves, without what is coordinated.
    pub fn own(&self, i: usize) -> &[Party] {
        &self.parties[i]
    }

    /// The name that token `i` is part of.
    pub fn name(&self, i: usize) -> Option<&Name> {
        self.name_at[i].map(|n| &self.names[n as usize])
    }

    /// The party that a name stands for, whatever stands around it.
    pub fn party_at(&self, name: &Name) -> Party {
        self.party_of_name(name)
    }

    /// Whether a name is the adjective of a nationality: "Ruritanian".
    pub fn is_adjective(&self, name: &Name) -> bool {
        let entry = self.world.entry(name.entries[0]);
        entry.kind == EntryKind::Nationality && !entry.people
    }

    /// What the likeliest bearer of a name is.
    pub fn kind_of(&self, name: &Name) -> EntryKind {
        self.world.entry(name.entries[0]).kind
    }

    /// Whether a word is a role that people have: "Mayor", "general".
    pub fn is_title(&self, i: usize) -> bool {
        let lemma = self.tree.lemma(i).to_lowercase();
        self.world.role(&[lemma.as_str()]).is_some_and(|(_, role)| role.kind == RoleKind::Person)
    }

    /// Whether the noun phrase that begins at `i` is headed by a word for a body or force: "Foreign Ministry".
    pub fn names_body(&self, i: usize) -> bool {
        let nouns = (i..self.tree.len().min(i + 4)).take_while(|&t| self.tree.is_nominal(t));
        let lemma = |t: usize| self.tree.lemma(t).to_lowercase();
        let role = |t: usize| self.world.role(&[lemma(t).as_str()]).map(|(_, role)| role.kind);
        nouns.last().and_then(role).is_some_and(|k| matches!(k, RoleKind::Body | RoleKind::Force))
    }

    /// Tokens that head the words of a party, in text order.
    pub fn mentioned(&self) -> &[usize] {
        &self.mentioned
    }

    /// Every party of the argument headed by `i`: coordination, "including", lists.
    pub fn parties(&self, i: usize) -> Vec<Party> {
        let mut found: Vec<Party> = Vec::new();
        for part in self.tree.conjuncts(i).into_iter().filter(|&part| part == i || !self.is_excepted(part)) {
            for party in self.of_part(part) {
                if !found.iter().any(|p| p.same(party)) {
                    found.push(party.clone());
                }
            }
        }
        found
    }

    /// "A together with B", "A along with B", "A alongside B".
    fn joined(&self, part: usize) -> Option<usize> {
        let tree = self.tree;
        let by_preposition = |p: usize| match tree.lemma(p).to_lowercase().as_str() {
            "alongside" => tree.child(p, &["pobj"]),
            "along" => tree.child(p, &["prep"]).and_then(|with| tree.child(with, &["pobj"])),
            "with" => tree
                .child(p, &["pobj"])
                .filter(|_| p > 0 && tree.lemma(p - 1).eq_ignore_ascii_case("together")),
            _ => None,
        };
        tree.by_dep(part, &["prep"]).find_map(by_preposition)
    }

    /// "A, but not B".
    fn is_excepted(&self, part: usize) -> bool {
        self.tree.by_dep(part, &["neg"]).any(|not| not < part)
    }

    fn of_part(&self, part: usize) -> impl Iterator<Item = &Party> {
        let is_given = self.parties[part].iter().any(|p| p.given.is_some());
        let part = self.counted(part).filter(|_| !is_given).unwrap_or(part);
        let included = self
            .tree
            .by_dep(part, &["prep"])
            .filter(|&p| matches!(self.tree.lemma(p), "include" | "including"))
            .filter_map(|p| self.tree.child(p, &["pobj"]))
            .flat_map(|o| self.tree.conjuncts(o));
        let joined = self.joined(part).into_iter().flat_map(|o| self.tree.conjuncts(o));
        self.parties[part].iter().chain(included.chain(joined).flat_map(|o| &self.parties[o]))
    }

    /// What a noun of quantity counts: "thousands of protesters", "one of them".
    pub fn counted(&self, part: usize) -> Option<usize> {
        let is_quantity = QUANTITIES.contains(self.tree.lemma(part)) || self.tree.tag(part) == "CD";
        let of = self.tree.by_dep(part, &["prep"]).find(|&p| is_quantity && self.tree.lemma(p) == "of")?;
        let object = self.tree.child(of, &["pobj"])?;
        Some(self.counted(object).unwrap_or(object))
    }

    /// The parties of the argument headed by `i`, or those it belongs to: "Russia's key actions",
    /// "the activity of NATO", "the US proposal".
    pub fn parties_or_owners(&self, i: usize) -> Vec<Party> {
        let own = self.parties(i);
        if !own.is_empty() {
            return own;
        }
        let owners = self.tree.conjuncts(i).into_iter().flat_map(|part| self.owners(part)).collect();
        distinct(owners)
    }

    /// Whom the thing headed by `i` belongs to.
    pub fn owners(&self, i: usize) -> Vec<Party> {
        self.owners_within(i, 2)
    }

    /// [`Self::owners`] as far as so many nouns down.
    fn owners_within(&self, i: usize, depth: usize) -> Vec<Party> {
        let possessor = self.tree.child(i, &["poss"]).map(|p| self.possessors(p)).filter(|p| !p.is_empty());
        let adjective = || Some(self.modifying(i)).filter(|p| !p.is_empty());
        let of = || {
            let mut objects = self
                .tree
                .by_dep(i, &["prep"])
                .filter(|&p| matches!(self.tree.lemma(p), "of" | "by" | "from" | "in"));
            objects.find_map(|p| {
                let object = self.tree.child(p, &["pobj"])?;
                let mut owners: Vec<Party> = self
                    .tree
                    .conjuncts(object)
                    .into_iter()
                    .flat_map(|o| self.parties_or_owners_below(o, depth))
                    .collect();
                if self.tree.lemma(p) == "in" && !SITUATIONS.contains(self.tree.lemma(i)) {
                    return None;
                }
                if self.tree.lemma(p) == "in" {
                    owners.retain(|o| matches!(o.kind, Kind::State | Kind::Place));
                }
                Some(distinct(owners)).filter(|p| !p.is_empty())
            })
        };
        // "an offer made by Ruritania"
        let made_by = || {
            let mut agents = self.tree.by_dep(i, &["acl"]).filter_map(|v| self.tree.child(v, &["agent"]));
            let object = agents.find_map(|a| self.tree.child(a, &["pobj"]))?;
            Some(self.parties(object)).filter(|p| !p.is_empty())
        };
        possessor.or_else(adjective).or_else(of).or_else(made_by).unwrap_or_default()
    }

    /// A possessive's parties; those of "whose" are the ones named last before it.
    fn possessors(&self, p: usize) -> Vec<Party> {
        if self.tree.tag(p) != "WP$" {
            return self.parties(p);
        }
        let start = self.tree.sentences()[self.tree.sentence(p)].start;
        self.parties[start..p].iter().rev().find(|named| !named.is_empty()).cloned().unwrap_or_default()
    }

    /// Owners of owners, as far as `depth` nouns down: "the importance of the actions of NATO".
    fn parties_or_owners_below(&self, i: usize, depth: usize) -> Vec<Party> {
        let own = self.parties[i].clone();
        if own.is_empty() && depth > 0 { self.owners_within(i, depth - 1) } else { own }
    }

    /// States, bodies and people named by adjectives and compounds before `i`: "Russian arms", "NATO threats".
    pub fn modifying(&self, i: usize) -> Vec<Party> {
        let mut found: Vec<Party> = Vec::new();
        for c in self.tree.by_dep(i, &["amod", "compound", "nmod"]) {
            for part in self.tree.conjuncts(c) {
                if let Some(party) = self.parties[part].first().filter(|p| p.given.is_some()) {
                    found.push(party.clone());
                    continue;
                }
                if let Some(name) =
                    self.name(part).filter(|n| !n.tokens.contains(&i) && self.states_origin(n))
                {
                    let party = self.party_of_name(name);
                    if !found.iter().any(|p| p.same(&party)) {
                        found.push(party);
                    }
                }
            }
        }
        found
    }

    /// A party of which nothing is known but the words headed by `i`.
    pub fn stranger(&self, i: usize) -> Party {
        let tree = self.tree;
        let keep = |c: usize| {
            matches!(tree.dep(c), "det" | "amod" | "compound" | "nummod" | "poss" | "quantmod" | "case")
        };
        let span = tree.span_of(tree.subtree(i, keep));
        let name = Some(tree.document()[span.range()].to_owned());
        Party { name, ..Party::of_words(Kind::Group, span, i) }
    }

    fn say(&mut self, i: usize, parties: Vec<Party>) {
        if !parties.is_empty() {
            self.bind_bynames(i, &parties);
            self.mentioned.push(i);
            self.parties[i] = parties;
        }
    }
}
