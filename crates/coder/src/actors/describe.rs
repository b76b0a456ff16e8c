//! Noun phrases as parties: names with their titles, role words with their country, people the tables do not know.

use chancery_language::Pos;
use chancery_text::Span;
use chancery_world::{Kind as EntryKind, Role, RoleKind};

use super::{Cast, Kind, Party};
use crate::words::{FORMER, MEETINGS};

/// Codes of no state.
pub use chancery_world::WIDER as SUPRANATIONAL;

/// How many phrases down a state is looked for: "the spokesman of the ministry of defence of Ruritania".
const DEEPEST: usize = 4;

/// How many words may stand between "former" and the role words.
const FORMER_REACH: usize = 4;

/// What a role word with its modifiers says: "Russian Deputy Prime Minister".
#[derive(Clone)]
pub(super) struct Description {
    pub sector: Option<String>,
    pub kind: Kind,
    /// First token of the role words.
    pub start: usize,
    pub former: bool,
    /// State or body that the role words name by themselves: "the pope".
    pub code: Option<String>,
    /// Whether the role words go on with "of" behind, so that what follows there is told already.
    pub whole: bool,
}

impl Cast<'_> {
    /// Reads the phrase headed by token `i`, if it is one that can name an actor.
    pub(super) fn read(&mut self, i: usize, entity: &[&'static str]) {
        let tree = self.tree;
        if matches!(tree.tag(i), "PRP" | "PRP$") {
            return self.read_pronoun(i);
        }
        if let Some(name) = self.name(i) {
            if self.head_of(name) != i {
                return;
            }
            return self.read_name(i);
        }
        let nominal = tree.is_nominal(i) && !tree.is_verb(i);
        if !(nominal || self.setting.alone && self.is_proper(i)) || self.is_inside_a_name(i) {
            return self.read_pointer(i);
        }
        if self.is_office(i, entity) {
            return self.read_role(i);
        }
        if (self.is_proper(i) || self.is_bound(i)) && self.read_alias(i, entity[i]) {
            return;
        }
        if tree.pos(i) == Pos::Propn && self.read_stranger(i, entity) {
            return;
        }
        self.read_role(i)
    }

    /// Whether role words end at `i` that are no surname: "Prime Minister", but not "Stephen King".
    fn is_office(&self, i: usize, entity: &[&'static str]) -> bool {
        let Some(description) = self.role_at(i) else { return false };
        description.start < i || entity[i] != "PERSON" || self.name_start(i) == i
    }

    /// Whether the token only modifies a longer noun phrase that is read at its own head.
    fn is_inside_a_name(&self, i: usize) -> bool {
        let tree = self.tree;
        tree.dep(i) == "compound"
            && tree.head(i).is_some_and(|h| {
                tree.is_nominal(h) && h > i && tree.pos(i) == Pos::Propn && tree.pos(h) == Pos::Propn
            })
    }

    fn read_name(&mut self, i: usize) {
        let Some(name) = self.name(i) else { return };
        let mut party = self.party_of_name(name);
        let first = name.tokens.start;
        if let Some(bound) = Some(self.tree.text(i)).filter(|_| name.tied > 1).and_then(|t| self.bound(t)) {
            party = Party { head: i, span: party.span, ..bound.clone() };
        }
        let adjectival =
            self.world.entry(name.entries[0]).kind == EntryKind::Nationality && !self.tree.is_nominal(i);
        if adjectival || !self.states_origin(name) {
            return;
        }
        if self.heads_a_role(i) {
            // "the Venezuela government": the phrase is read at "government".
            return;
        }
        self.apply_description(i, first, &mut party);
        // "the Tigers" for the Tamil Tigers.
        let shortened = party.kind == Kind::Body && self.tree.tag(i) == "NNPS" && first < i;
        if party.kind == Kind::Person || shortened {
            self.bind(self.tree.text(i), &party);
        }
        self.say(i, vec![party]);
    }

    /// Whether the name is a compound before a noun, so that the noun heads the phrase.
    pub(super) fn heads_a_role(&self, i: usize) -> bool {
        matches!(self.tree.dep(i), "compound" | "nmod" | "amod")
            && self.tree.head(i).is_some_and(|h| h > i && self.tree.is_nominal(h))
    }

    /// A role word with whatever says of which state or body: "US troops", "the opposition", "an aide to Putin".
    fn read_role(&mut self, i: usize) {
        if let Some(body) = self.known_body(i) {
            return self.say(i, vec![body]);
        }
        let Some(mut description) = self.role_at(i).or_else(|| self.headship(i)) else {
            return self.read_pointer(i);
        };
        if self.heads_a_role(i) && self.role_at(self.tree.token(i).head as usize).is_some() {
            return;
        }
        // "the Russian Foreign Minister, Sergei Lavrov": the name, read at its own token, takes over the description.
        if let Some(named) = self.apposed_name(i) {
            let mut party = self.person_by_apposition(i, named, &description);
            party.span = self.phrase(i, description.start).cover(party.span);
            party.head = i;
            return self.say(i, vec![party]);
        }
        let mut several = self.modifying(i);
        if several.len() < 2 {
            several = self.tree.child(i, &["poss"]).map(|p| self.parties(p)).unwrap_or_default();
        }
        if several.len() < 2 {
            several = self.states_of(i);
        }
        if several.len() > 1 && description.kind != Kind::Person {
            return self.say_several(i, several, &description);
        }
        let country = self.country(i, description.start);
        if country.is_none() && description.kind == Kind::Group && self.read_pair(i, &description.sector) {
            return;
        }
        if description.sector.is_none() && country.is_none() && description.code.is_none() {
            return self.read_pointer(i);
        }
        if self.tree.lemma(i) == "counterpart" {
            return self.read_pointer(i);
        }
        let names_state = matches!(
            self.tree.lemma(i),
            "country" | "nation" | "state" | "homeland" | "republic" | "kingdom" | "side" | "people"
        );
        if let Some(whole) =
            country.as_ref().filter(|c| names_state && description.sector.is_none() && c.kind != Kind::Body)
        {
            let state = self.state_of(whole);
            return self.say(i, vec![Party { span: self.phrase(i, description.start), head: i, ..state }]);
        }
        let people = matches!(self.tree.lemma(i), "man" | "woman" | "boy" | "girl");
        if country.as_ref().is_some_and(|c| people && c.kind == Kind::State) {
            description.sector = Some("CVL".to_owned());
        }
        let is_definite = self.tree.child(i, &["det"]).is_some_and(|d| self.tree.lemma(d) == "the");
        if let Some(person) = self.known_holder(i, &description, country.as_ref(), is_definite) {
            return self.say(i, vec![person]);
        }
        let own_body = country.as_ref().filter(|c| c.kind == Kind::Body);
        let description = Description { sector: self.composed(i, &description, own_body), ..description };
        // The fighters of a rebel body are rebels.
        let armed = description.sector.as_deref().is_some_and(|s| matches!(s, "MIL" | "UAF"));
        let sector = match own_body.filter(|_| armed).and_then(|b| b.sector.clone()) {
            _ if description.former => Some("ELI".to_owned()),
            Some(rebel) if matches!(rebel.as_str(), "REB" | "UAF") => Some(rebel),
            _ => description.sector,
        };
        let party = Party {
            code: country.as_ref().and_then(|c| c.code.clone()).or(description.code),
            sector: sector.or_else(|| country.as_ref().and_then(|c| c.sector.clone())),
            name: Some(self.tree.document()[self.phrase(i, description.start).range()].to_owned()),
            id: own_body.filter(|_| description.kind == Kind::Body).and_then(|b| b.id.clone()),
            inferred: country.and_then(|c| c.inferred),
            ..Party::of_words(description.kind, self.phrase(i, description.start), i)
        };
        self.say(i, vec![party]);
    }

    /// "the foreign ministers of Ruritania and Syldavia": the states, in the order in which they stand.
    fn states_of(&self, i: usize) -> Vec<Party> {
        let tree = self.tree;
        let of = tree.by_dep(i, &["prep"]).find(|&p| tree.lemma(p) == "of" && tree.tag(i) == "NNS");
        let objects =
            of.and_then(|p| tree.child(p, &["pobj"])).map(|o| tree.conjuncts(o)).unwrap_or_default();
        let states: Vec<Party> = objects.iter().filter_map(|&o| self.parties_ahead(o, DEEPEST)).collect();
        let all = states.len() == objects.len() && states.iter().all(|s| s.kind == Kind::State);
        if all { states } else { Vec::new() }
    }

    /// "Ruritanian and Syldavian diplomats": one party of each.
    fn say_several(&mut self, i: usize, states: Vec<Party>, description: &Description) {
        let span = self.phrase(i, description.start);
        let name = Some(self.tree.document()[span.range()].to_owned());
        let each = states.into_iter().map(|s| Party {
            sector: description.sector.clone(),
            name: name.clone(),
            id: None,
            kind: description.kind,
            span,
            head: i,
            ..s
        });
        let each = each.collect();
        self.say(i, each);
    }

    /// The role words that end at `i`, or that begin there and go on with "of": "chief of the defence staff".
    pub(super) fn role_at(&self, i: usize) -> Option<Description> {
        let tree = self.tree;
        if !tree.is_nominal(i) && tree.pos(i) != Pos::Adj {
            return None;
        }
        let before = self.role_before(i);
        let start = before.map_or(i, |(used, _)| i + 1 - used);
        let behind = self.role_behind(start, i).or_else(|| self.role_behind(i, i));
        let whole = behind.is_some();
        let (used, role) = behind.map(|role| (i + 1 - start, role)).or(before)?;
        if used == 1 && self.names_nobody(i) {
            return None;
        }
        let kind = match role.kind {
            RoleKind::Person if tree.tag(i) == "NNS" || tree.tag(i) == "NNPS" => Kind::Group,
            RoleKind::Person => Kind::Person,
            RoleKind::Body => Kind::Body,
            RoleKind::Group | RoleKind::Force => Kind::Group,
        };
        let (sector, code) = (role.sector.clone(), role.code.clone());
        Some(Description { sector, kind, start, former: self.is_former(i, start), code, whole })
    }

    /// The longest role that ends at `i`, and how many tokens it takes up.
    fn role_before(&self, i: usize) -> Option<(usize, &Role)> {
        let tree = self.tree;
        // In "Deputy Secretary Roe" the parser hangs both words of the title on the name.
        let in_title = |t: usize| {
            tree.dep(t) == "compound"
                && tree.dep(i) == "compound"
                && tree.head(t) == tree.head(i)
                && self.name(t).is_none()
        };
        let belongs = |t: usize| tree.under(t, i) || in_title(t);
        let mut words: Vec<String> = Vec::with_capacity(4);
        let mut start = i + 1;
        while start > 0
            && words.len() < 4
            && (start > i || (tree.is_word(start - 1) || tree.text(start - 1) == "-") && belongs(start - 1))
        {
            start -= 1;
            words.push(tree.lemma(start).to_lowercase());
        }
        words.reverse();
        let lemmas: Vec<&str> = words.iter().map(String::as_str).collect();
        self.world.role(&lemmas)
    }

    /// The role of several words that begins at `start` and goes on behind `i`: "secretary of state", with or without "the".
    fn role_behind(&self, start: usize, i: usize) -> Option<&Role> {
        let tree = self.tree;
        let next = i + 1;
        let of = next < tree.len()
            && tree.head(next) == Some(i)
            && tree.dep(next) == "prep"
            && matches!(tree.lemma(next), "of" | "for");
        if !of {
            return None;
        }
        let rest = (start..tree.len()).take_while(|&t| tree.is_word(t) || tree.text(t) == "-").take(8);
        let words: Vec<String> = rest.map(|t| tree.text(t).to_lowercase()).collect();
        let with: Vec<&str> = words.iter().map(String::as_str).collect();
        let without: Vec<&str> = with.iter().copied().filter(|w| *w != "the").collect();
        let least = i + 1 - start;
        let phrase = |words: &[&str]| self.world.role_from(words).filter(|(n, _)| *n > least + 1);
        phrase(&with).or_else(|| phrase(&without)).map(|(_, role)| role)
    }

    /// "by force", "the parties": one word that is a role elsewhere.
    fn names_nobody(&self, i: usize) -> bool {
        let tree = self.tree;
        match tree.lemma(i).to_lowercase().as_str() {
            // "the parties" are those of a conflict or a treaty.
            "party" => tree.tag(i) == "NNS" && self.modifying(i).is_empty(),
            // "by force" names nobody; "Ruritanian forces" do.
            "force" => !tree.tag(i).ends_with('S'),
            _ => false,
        }
    }

    /// "former", "ex-" before the role words that `i` heads, with nothing between but what describes them too:
    /// "the former Ruritanian defence minister".
    pub(super) fn is_former(&self, i: usize, start: usize) -> bool {
        let tree = self.tree;
        let describes = |t: &usize| {
            tree.text(*t) == "-"
                || (tree.under(*t, i) && tree.is_word(*t) && !matches!(tree.tag(*t), "POS" | "DT" | "CC"))
        };
        let before = (start.saturating_sub(FORMER_REACH)..start).rev().take_while(describes);
        before.into_iter().any(|t| FORMER.contains(&tree.text(t).to_lowercase()))
    }

    /// Which state or body the phrase headed by `i` belongs to.
    pub(super) fn country(&self, i: usize, start: usize) -> Option<Party> {
        self.country_within(i, start, DEEPEST)
    }

    /// [`Self::country`] as far as so many phrases down.
    fn country_within(&self, i: usize, start: usize, depth: usize) -> Option<Party> {
        let tree = self.tree;
        let before = (start.saturating_sub(4)..=i).rev().filter(|&t| t != i && tree.under(t, i));
        let modifier =
            before.filter_map(|t| self.name(t)).find(|n| self.states_origin(n) && !n.tokens.contains(&i));
        if let Some(name) = modifier {
            return Some(self.party_of_name(name));
        }
        let possessor = tree.child(i, &["poss"]).or_else(|| tree.child(start, &["poss"]));
        if let Some(party) = possessor.and_then(|p| self.possessors(p).into_iter().next()) {
            return Some(party);
        }
        if let Some(first) = Some(tree.first_conjunct(i)).filter(|&f| f != i && tree.is_nominal(f)) {
            // "Ruritanian President A and Foreign Minister B" are both of Ruritania.
            if let Some(party) = self.parties[first]
                .first()
                .filter(|p| matches!(p.kind, Kind::Person | Kind::Group) && p.inferred.is_none())
            {
                return Some(Party { inferred: None, ..party.clone() });
            }
        }
        for preposition in tree.by_dep(i, &["prep"]) {
            let Some(object) = tree.child(preposition, &["pobj"]) else { continue };
            let party =
                self.parties_ahead(object, depth).or_else(|| self.modifying(object).into_iter().next());
            match tree.lemma(preposition).to_lowercase().as_str() {
                "of" | "from" | "for" if party.is_some() => return party,
                "in" | "to" | "at"
                    if party.as_ref().is_some_and(|p| matches!(p.kind, Kind::State | Kind::Place))
                        && !self.is_met(i) =>
                {
                    let party = party.map(|p| Party { inferred: None, ..p });
                    return party.filter(|_| tree.lemma(preposition) != "to");
                }
                _ => {}
            }
        }
        None
    }

    /// Whether somebody is whom talks are held with: the place behind is where they are held, "dialogue with the
    /// opposition in Freedonia".
    fn is_met(&self, i: usize) -> bool {
        let tree = self.tree;
        let with = tree.head(i).filter(|&p| matches!(tree.lemma(p), "with" | "between" | "among"));
        with.and_then(|p| tree.head(p)).is_some_and(|h| MEETINGS.contains(&tree.lemma(h).to_lowercase()))
    }

    /// The party of a phrase that may stand after the token being read: "the government of Ruritania", "the minister of
    /// defence of Ruritania".
    fn parties_ahead(&self, object: usize, depth: usize) -> Option<Party> {
        if let Some(party) = self.parties[object].first() {
            return Some(party.clone());
        }
        if let Some(name) = self.name(object).filter(|n| self.states_origin(n)) {
            return Some(self.party_of_name(name));
        }
        let depth = depth.checked_sub(1)?;
        if let Some(description) = self.role_at(object) {
            return self.country_within(object, description.start, depth);
        }
        let of = self.tree.by_dep(object, &["prep"]).find(|&p| self.tree.lemma(p) == "of")?;
        self.parties_ahead(self.tree.child(of, &["pobj"])?, depth)
    }

    /// The words of a role phrase: modifiers, role words, no clauses and no prepositions but "of".
    pub(super) fn phrase(&self, i: usize, start: usize) -> Span {
        let tree = self.tree;
        let mut first = start;
        while first > 0
            && tree.under(first - 1, i)
            && tree.is_word(first - 1)
            && !matches!(tree.pos(first - 1), Pos::Det | Pos::Verb | Pos::Adp | Pos::Pron)
        {
            first -= 1;
        }
        tree.span_of(first..i + 1)
    }
}
