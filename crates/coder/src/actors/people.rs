//! People by surname, by the name that the document gave them before, and people whom no table knows.

use chancery_language::Pos;
use chancery_text::Span;
use chancery_world::{EntryId, Kind as EntryKind};

use super::describe::Description;
use super::spelling::is_like;
use super::titles::Title;
use crate::words::{CALENDAR, PARTICLES, is_honorific};

use super::{Cast, Kind, Party, SUPRANATIONAL, names};

/// Tokens that a person's name has at most, so that odd texts cost no more than others.
const LONGEST_NAME: usize = 10;

/// Rank of heads of state and government.
const HEAD_RANK: u8 = 1;

/// Rank of those who lead or speak for a state: heads, deputies, foreign ministers.
const LEADING_RANK: u8 = 2;

impl Cast<'_> {
    /// Whether a token is a proper noun; in a mention by itself, any word with a capital.
    pub(super) fn is_proper(&self, i: usize) -> bool {
        let capital = || self.tree.text(i).starts_with(char::is_uppercase);
        self.tree.pos(i) == Pos::Propn || (self.setting.alone && capital())
    }

    /// Whether a noun with a capital is a surname that was given before, or that of the head of a state.
    pub(super) fn is_bound(&self, i: usize) -> bool {
        let tree = self.tree;
        let word = tree.text(i);
        tree.tag(i) == "NN"
            && word.starts_with(char::is_uppercase)
            && !tree.has(i, &["det", "poss", "amod", "compound"])
            && (self.bound(word).is_some()
                || self.world.surname(word).iter().any(|&id| self.heads_a_state(id)))
    }

    /// A name that stands alone after its full form: "Borisov".
    pub(super) fn read_alias(&mut self, i: usize, label: &str) -> bool {
        let tree = self.tree;
        let word = tree.text(i);
        let party = match self.aliases.like(word) {
            Some((alias, party)) => {
                let why =
                    if alias == word { None } else { Some(format!("“{word}” read as “{alias}”")) };
                Party {
                    head: i,
                    span: self.name_span(i),
                    inferred: why.or_else(|| party.inferred.clone()),
                    ..party.clone()
                }
            }
            None => match self.by_surname(i, label) {
                Some(party) => party,
                None => return false,
            },
        };
        if self.heads_a_role(i) && !self.is_titled(i) {
            return true;
        }
        self.say(i, vec![party]);
        true
    }

    fn is_titled(&self, i: usize) -> bool {
        self.tree.has(i, &["compound"])
    }

    /// A bare surname, where the date, a title, the states named and the rank leave one bearer; where they leave
    /// several of one state and sector, what these share.
    pub(super) fn by_surname(&self, i: usize, label: &str) -> Option<Party> {
        let tree = self.tree;
        let own = self.surname_start(i);
        let title = self.title_of(i, own);
        let word = self.surname_from(own, i, title.is_some());
        let in_title = |c: usize| title.as_ref().is_some_and(|t| (t.description.start..=t.at).contains(&c));
        let has_first_name = tree
            .by_dep(i, &["compound"])
            .any(|c| tree.pos(c) == Pos::Propn && c < own && !in_title(c) && self.may_be_first(c))
            || own.checked_sub(1).is_some_and(|c| self.is_first_name(c) && !in_title(c));
        let proper = tree.tag(i) == "NNP" || self.is_bound(i) || (self.setting.alone && self.is_proper(i));
        // "in May" is no premier, though "May said" may be one.
        let is_month = CALENDAR.contains(&word.to_lowercase()) && title.is_none() && tree.dep(i) != "nsubj";
        if !proper || is_month || tree.dep(i) == "compound" || has_first_name || self.is_stranger(word) {
            return None;
        }
        // "Mr Tasch" is a person, whatever the engine takes the name for.
        let addressed = own.checked_sub(1).is_some_and(|c| is_honorific(tree.text(c)));
        let label = if addressed { "PERSON" } else { label };
        let mut bearers = self.bearers(word, title.as_ref(), label);
        // Many are called Smith: one who heads no state must be of a state that the text speaks of.
        bearers.retain(|&id| !addressed || self.heads_a_state(id) || self.is_of_named(id));
        let bearers = self.likeliest(bearers);
        let (first, others) = bearers.split_first()?;
        let mut party = self.party_of_entry(*first, i);
        if others.is_empty() {
            if let Some(title) = title {
                self.entitle(&mut party, title);
            }
            return Some(party);
        }
        let others: Vec<Party> = others.iter().map(|&e| self.party_of_entry(e, i)).collect();
        names::share(&mut party, &others);
        party.candidates = bearers;
        (party.code.is_some() || self.setting.alone).then_some(party)
    }

    /// Whether a token may be a first name whatever the parse makes of it.
    fn is_first_name(&self, c: usize) -> bool {
        let tree = self.tree;
        let capital = tree.text(c).starts_with(char::is_uppercase) && tree.is_word(c);
        let function = matches!(tree.tag(c), "DT" | "IN" | "PRP" | "PRP$" | "CD" | "JJ" | "CC");
        let proper = tree.tag(c) == "NNP" || (self.setting.alone && !function);
        capital && proper && self.may_be_first(c)
    }

    /// Whether a token is no form of address, no role word and no name of the tables, or only a person's.
    fn may_be_first(&self, c: usize) -> bool {
        !is_honorific(self.tree.text(c))
            && self.name(c).is_none_or(|n| self.world.entry(n.entries[0]).kind == EntryKind::Person)
            && self.role_at(c).is_none()
    }

    /// First token of the surname that ends at `i`, hyphens and all: "Rassen-Vasch".
    fn surname_start(&self, i: usize) -> usize {
        let tree = self.tree;
        let mut start = i;
        while start > 1
            && tree.text(start - 1) == "-"
            && tree.span(start - 1).start == tree.span(start - 2).end
        {
            start -= 2;
        }
        start
    }

    /// The surname in those tokens; its last part where the tables do not have it whole, but a title vouches for it.
    fn surname_from(&self, start: usize, i: usize, titled: bool) -> &str {
        let whole = &self.tree.document()[self.tree.span(start).start..self.tree.span(i).end];
        if titled && self.world.surname(whole).is_empty() { self.tree.text(i) } else { whole }
    }

    /// Bearers of a surname that can be meant: of the state and sector of the title if there is one; else in
    /// office, or heads of state and government who were.
    fn bearers(&self, word: &str, title: Option<&Title>, label: &str) -> Vec<EntryId> {
        let mut known: Vec<EntryId> = self.world.surname(word).to_vec();
        known.retain(|&id| self.world.held_on(id, self.date).is_some());
        if let Some(code) = title.and_then(|t| t.code.as_ref()) {
            known.retain(|&id| self.world.held_on(id, self.date).is_some_and(|h| h.office.code == *code));
            return known;
        }
        if let Some(sector) = title.and_then(|t| t.description.sector.as_ref()) {
            let of_sector =
                |id: EntryId| self.world.held_on(id, self.date).and_then(|h| h.office.sector.as_ref());
            // A general may rule.
            let rules = |id: EntryId| sector == "MIL" && self.heads_a_state(id);
            known.retain(|&id| of_sector(id) == Some(sector) || rules(id));
        }
        let in_office = |&id: &EntryId| self.world.held_on(id, self.date).is_some_and(|h| !h.former);
        let is_former_title = title.is_some_and(|t| t.description.former);
        let any_current = !is_former_title && known.iter().any(in_office);
        let person = label == "PERSON" || self.setting.alone;
        known.retain(
            |id| {
                if any_current { in_office(id) } else { person && self.best_rank(*id) == HEAD_RANK }
            },
        );
        // A surname alone is no evidence for somebody of lesser rank from a state that nothing else speaks of.
        known.retain(|&id| title.is_some() || self.is_expected(id));
        known
    }

    /// Whether the document speaks of the person's state or body, or the person leads or speaks for one.
    fn is_expected(&self, id: EntryId) -> bool {
        self.setting.alone || self.best_rank(id) <= LEADING_RANK || self.is_of_named(id)
    }

    /// Whether the document speaks of the person's state or body.
    fn is_of_named(&self, id: EntryId) -> bool {
        self.world.held_on(id, self.date).is_some_and(|held| self.setting.names(&held.office.code))
    }

    /// The highest rank that somebody has had by the day.
    fn best_rank(&self, id: EntryId) -> u8 {
        let begun = |from: Option<jiff::civil::Date>| from.is_none_or(|f| self.date.is_none_or(|d| f <= d));
        let offices = &self.world.entry(id).offices;
        offices.iter().filter(|o| begun(o.from)).map(|o| o.rank).min().unwrap_or(u8::MAX)
    }

    /// Those of several whom most speaks for: the one who heads a state on that day; else those of the document's
    /// states, and then of the highest rank.
    fn likeliest(&self, bearers: Vec<EntryId>) -> Vec<EntryId> {
        let heading: Vec<EntryId> = bearers.iter().copied().filter(|&b| self.heads_a_state(b)).collect();
        if let [only] = heading[..] {
            return vec![only];
        }
        let code = |id: EntryId| self.world.held_on(id, self.date).map(|h| h.office.code.as_str());
        let named: Vec<EntryId> =
            bearers.iter().copied().filter(|&b| code(b).is_some_and(|c| self.setting.names(c))).collect();
        let left = if named.is_empty() { bearers } else { named };
        let best = left.iter().map(|&b| self.best_rank(b)).min().unwrap_or(u8::MAX);
        let leading: Vec<EntryId> = left.iter().copied().filter(|&b| self.best_rank(b) == best).collect();
        if best <= LEADING_RANK { leading } else { left }
    }

    /// Whether somebody is head of a state or of its government on the day.
    fn heads_a_state(&self, id: EntryId) -> bool {
        let held = self.world.held_on(id, self.date).filter(|h| !h.former);
        held.is_some_and(|h| {
            let state = !SUPRANATIONAL.contains(&h.office.code.as_str());
            state
                && h.office.rank == HEAD_RANK
                && h.office.title.is_some()
                && h.office.sector.as_deref() == Some("GOV")
        })
    }

    /// Whether a surname belongs to somebody whom the document names in full and the tables do not know.
    fn is_stranger(&self, word: &str) -> bool {
        self.strangers.contains(word)
    }

    /// A person the tables do not know, coded by title, apposition or nationality: "businessman Alex Roe".
    pub(super) fn read_stranger(&mut self, i: usize, entity: &[&'static str]) -> bool {
        let tree = self.tree;
        let first = self.name_start(i);
        let is_person = entity[i] == "PERSON" || tree.by_dep(i, &["compound"]).any(|c| c < first);
        if !is_person || (self.heads_a_role(i) && tree.pos(tree.token(i).head as usize) == Pos::Propn) {
            return false;
        }
        let described = self.title_of(i, first);
        if described.is_none() && entity[i] != "PERSON" {
            return false;
        }
        if first < i && !self.is_stranger(tree.text(i)) {
            self.strangers.insert(tree.text(i).to_owned());
        }
        let span = Span::new(tree.span(first).start, tree.span(i).end);
        let words = &tree.document()[span.range()];
        if let Some(meant) = described.as_ref().and_then(|title| self.misspelt_holder(title, words)) {
            let why = format!("“{words}” read as “{}”", self.world.entry(meant).name);
            let party = Party { span, ..self.party_of_entry(meant, i) }.meant_by(i, span, &why);
            self.bind(tree.text(i), &party);
            self.say(i, vec![party]);
            return true;
        }
        if let Some(meant) = self.spelt_otherwise(words, described.as_ref()) {
            let why = format!("“{words}” read as “{}”", self.world.entry(meant).name);
            let mut party = Party { span, ..self.party_of_entry(meant, i) }.meant_by(i, span, &why);
            if let Some(title) = described.filter(|t| t.description.former) {
                party.sector = title.description.sector.map(|_| "ELI".to_owned());
            }
            self.bind(tree.text(i), &party);
            self.say(i, vec![party]);
            return true;
        }
        let (sector, code) = match described {
            Some(Title { description: d, code, .. }) => {
                (if d.former { Some("ELI".to_owned()) } else { d.sector }, code)
            }
            None => (None, self.country(i, first).and_then(|p| p.code)),
        };
        if sector.is_none() && code.is_none() {
            return false;
        }
        let party =
            Party { code, sector, name: Some(words.to_owned()), ..Party::of_words(Kind::Person, span, i) };
        self.bind(tree.text(i), &party);
        self.say(i, vec![party]);
        true
    }

    /// The one person of the tables whose name sounds like this one, if the title, the rank or the rest of the document
    /// speaks for him or her: "Geidar Aliev" is Heydar Aliyev.
    fn spelt_otherwise(&self, words: &str, title: Option<&Title>) -> Option<EntryId> {
        let alike = |&id: &EntryId| is_like(&self.world.entry(id).name, words);
        let mut known: Vec<EntryId> = self.world.sounding_like(words).iter().copied().filter(alike).collect();
        known.retain(|&id| {
            self.world.held_on(id, self.date).is_some_and(|held| match title {
                Some(Title { code: Some(code), .. }) => held.office.code == *code,
                _ => self.is_expected(id),
            })
        });
        match self.likeliest(known)[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// First token of the run of proper nouns that ends at `i`, without titles; particles and hyphens may stand between.
    pub(super) fn name_start(&self, i: usize) -> usize {
        let tree = self.tree;
        let proper = |t: usize| {
            tree.pos(t) == Pos::Propn
                && !is_honorific(tree.text(t))
                && tree.under(t, i)
                && self.name(t).is_none()
                && (tree.dep(t) != "compound" || self.role_at(t).is_none())
        };
        let joins = |t: usize| tree.text(t) == "-" || PARTICLES.contains(&tree.text(t).to_lowercase());
        let mut start = i;
        for t in
            (i.saturating_sub(LONGEST_NAME)..i).rev().take_while(|&t| tree.sentence(t) == tree.sentence(i))
        {
            if proper(t) {
                start = t;
            } else if !joins(t) {
                break;
            }
        }
        start
    }

    pub(super) fn name_span(&self, i: usize) -> Span {
        Span::new(self.tree.span(self.name_start(i)).start, self.tree.span(i).end)
    }

    pub(super) fn apposed_name(&self, i: usize) -> Option<usize> {
        self.tree.by_dep(i, &["appos"]).find(|&a| {
            self.tree.pos(a) == Pos::Propn
                && self.role_at(a).is_none()
                && self.name(a).is_none_or(|n| self.world.entry(n.entries[0]).kind == EntryKind::Person)
        })
    }

    pub(super) fn person_by_apposition(
        &mut self,
        i: usize,
        named: usize,
        description: &Description,
    ) -> Party {
        let tree = self.tree;
        let code = self.country(i, description.start).and_then(|c| c.code);
        let known = self.name(named).map(|name| self.party_of_name(name));
        let mut party = known.or_else(|| self.by_surname(named, "PERSON")).unwrap_or_else(|| {
            let span = self.name_span(named);
            let name = Some(tree.document()[span.range()].to_owned());
            Party { name, ..Party::of_words(Kind::Person, span, named) }
        });
        self.entitle(&mut party, Title { at: i, description: description.clone(), code });
        self.bind(tree.text(named), &party);
        party
    }
}
