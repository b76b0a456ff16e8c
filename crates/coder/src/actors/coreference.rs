//! Who "he", "its", "both countries", "the country", "his counterpart" and "we" are: a first resolver that says it inferred.

use chancery_language::Pos;

use super::{Cast, Kind, Party, SUPRANATIONAL};
use crate::quotes::Attributions;
use crate::words::BODIES;

/// How far back, in sentences, a pronoun looks.
const REACH: usize = 3;

impl Cast<'_> {
    /// Resolves a third-person pronoun.
    pub(super) fn read_pronoun(&mut self, i: usize) {
        let parties = match self.tree.lemma(i).to_lowercase().as_str() {
            "he" | "she" | "his" | "her" | "him" | "himself" | "herself" => {
                self.antecedent(i, |p| p.kind == Kind::Person)
            }
            "it" | "its" | "itself" => {
                self.antecedent(i, |p| matches!(p.kind, Kind::State | Kind::Body | Kind::Group))
            }
            "they" | "their" | "them" | "themselves" => self.plural_antecedent(i),
            _ => Vec::new(),
        };
        let span = self.tree.span(i);
        let why = format!("“{}” refers back", self.tree.text(i));
        self.say(i, parties.iter().map(|p| p.meant_by(i, span, &why)).collect());
    }

    /// Subjects of the clauses around `i`, then of the sentences before, then whoever was named last.
    fn antecedent(&self, i: usize, fits: impl Fn(&Party) -> bool) -> Vec<Party> {
        let one = |t: usize| self.parties[t].first().filter(|p| fits(p)).cloned();
        let own_clause = self.subject_above(i).filter(|_| !self.is_possible_co_argument(i)).and_then(one);
        let found = self
            .held_to_account(i, &fits)
            .or(own_clause)
            .or_else(|| self.subject_before(i, &fits))
            .or_else(|| {
                self.recent(i).filter(|&t| self.tree.sentence(t) + 1 >= self.tree.sentence(i)).find_map(one)
            });
        found.into_iter().collect()
    }

    /// "condemned Borduria for its attack", "sanctions on Borduria over its war": the object's deed, not the subject's.
    fn held_to_account(&self, i: usize, fits: &impl Fn(&Party) -> bool) -> Option<Party> {
        let tree = self.tree;
        let reason =
            tree.ancestors(i).take_while(|&a| !tree.is_verb(a) || tree.dep(a) == "pcomp").find(|&a| {
                tree.tag(i) == "PRP$" && matches!(tree.lemma(a).to_lowercase().as_str(), "for" | "over")
            })?;
        let verb = tree.ancestors(reason).find(|&a| tree.is_verb(a)).filter(|&v| v < reason)?;
        let is_own = i + 1 < tree.len() && tree.text(i + 1) == "own";
        if is_own || !tree.has(verb, &["dobj"]) {
            return None;
        }
        let between = self.recent(i).filter(|&t| verb < t && t < reason);
        between.flat_map(|t| self.parties[t].first()).find(|p| fits(p)).cloned()
    }

    /// "them", "their": several, or a group, or a state spoken of as "they".
    fn plural_antecedent(&self, i: usize) -> Vec<Party> {
        let clause = self.subject_above(i).filter(|_| !self.is_possible_co_argument(i));
        let heads = clause.into_iter().chain(self.recent(i));
        for t in heads {
            let first = self.tree.first_conjunct(t);
            let several: Vec<Party> = self
                .tree
                .conjuncts(first)
                .into_iter()
                .filter(|&c| c < i)
                .flat_map(|c| self.parties[c].clone())
                .collect();
            if several.len() > 1 || several.iter().any(|p| p.kind == Kind::Group) {
                return several;
            }
        }
        Vec::new()
    }

    /// Whether `i` is an object pronoun, which cannot mean its own clause's subject.
    fn is_possible_co_argument(&self, i: usize) -> bool {
        self.tree.tag(i) == "PRP" && !matches!(self.tree.dep(i), "nsubj" | "nsubjpass")
    }

    /// The nearest subject before `i` of a clause that `i` stands in.
    fn subject_above(&self, i: usize) -> Option<usize> {
        self.tree
            .ancestors(i)
            .filter_map(|a| self.tree.child(a, &["nsubj", "nsubjpass"]))
            .find(|&s| s < i && !self.tree.under(i, s))
    }

    /// The last subject that fits, of this sentence and the ones before.
    fn subject_before(&self, i: usize, fits: &impl Fn(&Party) -> bool) -> Option<Party> {
        self.recent(i)
            .filter(|&t| matches!(self.tree.dep(t), "nsubj" | "nsubjpass"))
            .filter(|&t| !(self.is_possible_co_argument(i) && self.tree.head(t) == self.tree.head(i)))
            .find_map(|t| self.parties[t].first().filter(|p| fits(p)).cloned())
    }

    fn recent(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let sentence = self.tree.sentence(i);
        self.mentioned
            .iter()
            .rev()
            .copied()
            .take_while(move |&t| self.tree.sentence(t) + REACH >= sentence)
            .filter(move |&t| t < i)
    }

    /// Reads a phrase that points at a party without naming it: "both countries", "his counterpart", "that of China".
    pub(super) fn read_pointer(&mut self, i: usize) {
        let tree = self.tree;
        if tree.tag(i) == "CD" && tree.child(i, &["prep"]).is_none() {
            return;
        }
        let parties = match tree.lemma(i).to_lowercase().as_str() {
            "country" | "nation" | "state" | "side" | "government" | "leader" | "party" | "neighbor"
            | "neighbour" | "capital"
                if self.is_pair(i) =>
            {
                self.pair(i)
            }
            "country" | "nation" | "republic" | "kingdom" | "homeland" if self.is_definite(i) => {
                self.last_state(i)
            }
            "province" | "region" | "territory" | "city" | "town" | "enclave" | "area" | "island"
            | "peninsula"
                if self.is_definite(i) =>
            {
                self.last_place(i)
            }
            "counterpart" | "opposite" => self.counterpart(i),
            _ => return,
        };
        let span = self.tree.span_of(tree.subtree(i, |c| tree.dep(c) != "relcl" && tree.dep(c) != "prep"));
        let words = tree.document()[span.range()].to_owned();
        let why = format!("“{words}” points back");
        self.say(i, parties.iter().map(|p| p.meant_by(i, span, &why)).collect());
    }

    /// Reads "both leaders", "the two ministers" as the two people of that sector named last; whether there are two.
    pub(super) fn read_pair(&mut self, i: usize, sector: &Option<String>) -> bool {
        if !self.is_pair(i) || sector.is_none() {
            return false;
        }
        let mut pair: Vec<Party> = Vec::new();
        for t in self.recent(i) {
            let people =
                self.parties[t].iter().rev().filter(|p| p.kind == Kind::Person && p.sector == *sector);
            for person in people {
                if pair.len() < 2 && !pair.iter().any(|p| p.same(person)) {
                    pair.push(person.clone());
                }
            }
        }
        pair.reverse();
        let span = self.tree.span(i);
        let why = format!("“{}” points back at two", self.tree.text(i));
        let found = pair.len() == 2;
        if found {
            self.say(i, pair.iter().map(|p| p.meant_by(i, span, &why)).collect());
        }
        found
    }

    fn is_pair(&self, i: usize) -> bool {
        matches!(self.tree.tag(i), "NNS")
            && self.tree.children(i).any(|c| {
                c < i && matches!(self.tree.lemma(c).to_lowercase().as_str(), "two" | "both" | "either")
            })
    }

    fn is_definite(&self, i: usize) -> bool {
        let definite = |c: usize| {
            matches!(
                self.tree.lemma(c).to_lowercase().as_str(),
                "the" | "this" | "that" | "their" | "his" | "her" | "its" | "your" | "our" | "my"
            )
        };
        self.tree.tag(i) == "NN"
            && self.tree.by_dep(i, &["det", "poss"]).any(definite)
            && self.tree.by_dep(i, &["prep", "relcl", "appos"]).next().is_none()
            && !self.tree.by_dep(i, &["amod", "compound"]).any(|c| self.name(c).is_some())
    }

    /// Two states named together last ("between Ruritania and Borduria"), else the last two spoken of.
    fn pair(&mut self, i: usize) -> Vec<Party> {
        let together = self
            .recent(i)
            .filter(|&t| self.tree.dep(t) == "conj")
            .map(|t| self.tree.first_conjunct(t))
            .find_map(|first| {
                let parts = self.tree.conjuncts(first);
                let states: Vec<Party> = parts
                    .iter()
                    .flat_map(|&c| self.parties[c].first())
                    .filter_map(|p| self.partner(p))
                    .collect();
                let two = parts.len() == 2 && states.len() == 2 && states[0].code != states[1].code;
                two.then_some(states)
            });
        if let Some(states) = together {
            return states;
        }
        // "Freedonia praised both countries" means two others; "ties between the two countries" may mean its own.
        let doer = self.subject_above(i).filter(|_| self.tree.dep(i) == "dobj");
        let doer = doer.and_then(|s| self.parties[s].first()).and_then(|p| p.code.clone());
        self.count_spoken();
        the_two(self.spoken.but(doer.as_ref()))
    }

    /// Counts the states spoken of since the last time.
    fn count_spoken(&mut self) {
        for &t in &self.mentioned[self.spoken.read..] {
            let states: Vec<Party> = self.parties[t].iter().filter_map(|p| self.partner(p)).collect();
            states.into_iter().for_each(|state| self.spoken.add(state));
        }
        self.spoken.read = self.mentioned.len();
    }

    /// The state that a party speaks or acts for; an outlet, a place and a body of no one state do not.
    fn partner(&self, party: &Party) -> Option<Party> {
        let code = party.code.as_deref()?;
        let acts = party.kind != Kind::Place && party.sector.as_deref() != Some("JRN");
        (acts && !SUPRANATIONAL.contains(&code)).then(|| self.state_of(party))
    }

    /// The state a party belongs to, as a party of its own.
    pub(crate) fn state_of(&self, party: &Party) -> Party {
        if party.kind == Kind::State {
            return Party { sector: None, ..party.clone() };
        }
        let state =
            party.code.as_deref().and_then(|code| self.world.by_id(code)).map(|id| self.world.entry(id));
        let name = state.map(|s| s.name.clone()).or_else(|| party.code.clone());
        let id = state.map(|s| s.id.clone());
        Party {
            sector: None,
            name,
            id,
            kind: Kind::State,
            office: None,
            candidates: Vec::new(),
            ..party.clone()
        }
    }

    /// "the country": the last state named that is not the subject of the same clause; where its own rebels or people do
    /// something, theirs.
    fn last_state(&self, i: usize) -> Vec<Party> {
        let subject = self.subject_above(i).and_then(|s| self.parties[s].first());
        let inside = |p: &&Party| matches!(p.sector.as_deref(), Some("REB" | "OPP" | "CVL" | "LAB" | "AGR"));
        if let Some(own) = subject.filter(inside).filter(|p| self.partner(p).is_some()) {
            return vec![self.state_of(own)];
        }
        let mut states = self.recent(i).flat_map(|t| &self.parties[t]).filter(|p| p.kind == Kind::State);
        let other = states.find(|p| subject.is_none_or(|s| s.code != p.code));
        let is_own = self.tree.child(i, &["poss"]).is_some();
        let chosen = if is_own { subject.cloned().map(|s| self.state_of(&s)) } else { other.cloned() };
        chosen.into_iter().map(|p| Party { sector: None, ..p }).collect()
    }

    /// "this province": the last place named.
    fn last_place(&self, i: usize) -> Vec<Party> {
        let mut places = self.recent(i).flat_map(|t| &self.parties[t]).filter(|p| p.kind == Kind::Place);
        places.next().cloned().into_iter().collect()
    }

    /// "the alliance", "the Islamist movement": the body of that sort that was named last.
    pub(super) fn known_body(&self, i: usize) -> Option<Party> {
        let lemma = self.tree.lemma(i).to_lowercase();
        let (_, classes) = BODIES.iter().find(|(noun, _)| *noun == lemma)?;
        let pointing =
            self.tree.child(i, &["det"]).is_some_and(|d| matches!(self.tree.lemma(d), "the" | "this"));
        if !pointing || !self.is_definite(i) {
            return None;
        }
        let class = |p: &Party| {
            // A body of a state goes by its sector, one of many states by its code.
            let of_many = p.code.as_deref().is_some_and(|code| SUPRANATIONAL.contains(&code));
            if of_many && p.sector.is_none() { p.code.clone() } else { p.sector.clone() }
        };
        let is_of = |p: &&Party| class(p).is_some_and(|class| classes.contains(&class.as_str()));
        let named = |p: &&Party| p.kind == Kind::Body && p.id.is_some();
        let body = self.recent(i).flat_map(|t| &self.parties[t]).filter(named).find(is_of)?;
        let span = self.tree.span(i);
        let why = format!("“the {}” points back", self.tree.text(i));
        Some(body.meant_by(i, span, &why))
    }

    /// "his Chinese counterpart": the office of the one, the state of the other.
    fn counterpart(&self, i: usize) -> Vec<Party> {
        let tree = self.tree;
        let owner = tree
            .child(i, &["poss"])
            .and_then(|p| self.parties[p].first())
            .or_else(|| self.subject_above(i).and_then(|s| self.parties[s].first()));
        let Some(owner) = owner else { return Vec::new() };
        if let Some(state) = self.modifying(i).into_iter().next() {
            let named = tree
                .child(i, &["appos"])
                .and_then(|a| self.name(a))
                .map(|n| self.party_of_name(n))
                .filter(|p| p.code == state.code);
            let office =
                Party { sector: owner.sector.clone(), kind: Kind::Person, name: None, id: None, ..state };
            return vec![named.unwrap_or(office)];
        }
        let mut others = self.recent(i).flat_map(|t| &self.parties[t]);
        others
            .find(|p| p.kind == Kind::Person && p.code != owner.code && p.sector == owner.sector)
            .cloned()
            .into_iter()
            .collect()
    }

    /// "our troops", "our country" in what somebody says.
    fn give_to_speaker(&mut self, i: usize, speaker: &Party) {
        let Some(noun) = self.tree.head(i).filter(|_| self.tree.dep(i) == "poss") else { return };
        let why = format!("“{}” is the speaker's", self.tree.text(i));
        let names_state =
            matches!(self.tree.lemma(noun), "country" | "nation" | "homeland" | "republic" | "kingdom");
        if names_state && speaker.code.is_some() {
            let span = self.tree.span(noun);
            let state = self.state_of(speaker).meant_by(noun, span, &why);
            if self.parties[noun].is_empty() {
                self.mentioned.push(noun);
            }
            self.parties[noun] = vec![state];
        }
        for party in self.parties[noun].iter_mut().filter(|p| p.code.is_none()) {
            party.code.clone_from(&speaker.code);
            party.inferred = Some(why.clone());
        }
    }

    /// "we", "our", "I" inside what somebody says mean the speaker.
    pub(super) fn read_first_person(&mut self, said: &Attributions) {
        for i in 0..self.tree.len() {
            let first = matches!(
                self.tree.lemma(i).to_lowercase().as_str(),
                "i" | "we" | "my" | "our" | "us" | "me" | "your"
            );
            if !first || self.tree.pos(i) != Pos::Pron || !self.parties[i].is_empty() {
                continue;
            }
            let innermost = said.around(i).min_by_key(|&at| said.size(at));
            let Some(speaker) = innermost.and_then(|at| said.said[at].source) else { continue };
            let why = format!("“{}” is the speaker", self.tree.text(i));
            let span = self.tree.span(i);
            let parties: Vec<Party> =
                self.parties_or_owners(speaker).iter().map(|p| p.meant_by(i, span, &why)).collect();
            if !parties.is_empty() {
                self.mentioned.push(i);
                self.give_to_speaker(i, &parties[0]);
                self.parties[i] = parties;
            }
        }
        self.mentioned.sort_unstable();
    }
}

/// The two states that a text speaks of most, if they stand out; else the two spoken of last, which come first.
fn the_two(mut spoken: Vec<(usize, Party)>) -> Vec<Party> {
    let mut times: Vec<usize> = spoken.iter().map(|(times, _)| *times).collect();
    times.sort_unstable_by(|a, b| b.cmp(a));
    let third = times.get(2).copied().unwrap_or(0);
    if times.get(1).is_some_and(|second| *second > third) {
        spoken.retain(|(times, _)| *times > third);
    }
    spoken.truncate(2);
    let mut pair: Vec<Party> = spoken.into_iter().map(|(_, state)| state).collect();
    pair.reverse();
    if pair.len() == 2 { pair } else { Vec::new() }
}
