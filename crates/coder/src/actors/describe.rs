//! Noun phrases as parties: names with their titles, role words with their country, people the tables do not know.

use chancery_language::Pos;
use chancery_text::Span;
use chancery_world::{EntryId, Kind as EntryKind, RoleKind};

use super::{Cast, Kind, Party, names};
use crate::words::{FAITHS, FORMER, HEADS, MEETINGS};

/// Codes of no state.
pub const SUPRANATIONAL: &[&str] = &["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];

/// How many words may stand between "former" and the role words.
const FORMER_REACH: usize = 4;

/// Rank of heads of state and government.
const HEAD_RANK: u8 = 1;

/// Rank of those who lead or speak for a state: heads, deputies, foreign ministers.
const LEADING_RANK: u8 = 2;

/// What a role word with its modifiers says: "Russian Deputy Prime Minister".
pub(super) struct Description {
    pub sector: Option<String>,
    pub kind: Kind,
    /// First token of the role words.
    pub start: usize,
    pub former: bool,
}

/// A description that belongs to a name: its title, or its apposition.
pub(super) struct Title {
    /// The token that heads it.
    pub at: usize,
    pub description: Description,
    /// State or body that it names.
    pub code: Option<String>,
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

    /// Whether a token is a proper noun; in a mention by itself, any word with a capital.
    fn is_proper(&self, i: usize) -> bool {
        let capital = || self.tree.text(i).starts_with(char::is_uppercase);
        self.tree.pos(i) == Pos::Propn || (self.setting.alone && capital())
    }

    /// Whether a noun that opens a sentence is a surname given before: "Firefly condemned".
    fn is_bound(&self, i: usize) -> bool {
        let tree = self.tree;
        tree.tag(i) == "NN"
            && !tree.has(i, &["det", "poss", "amod"])
            && self.aliases.iter().any(|(alias, _)| alias == tree.text(i))
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
        if let Some(bound) = Some(self.tree.text(i)).filter(|_| name.ambiguous).and_then(|t| self.bound(t)) {
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
        if party.kind == Kind::Person {
            self.bind(self.tree.text(i), &party);
        }
        self.say(i, vec![party]);
    }

    /// Whether the name is a compound before a noun, so that the noun heads the phrase.
    fn heads_a_role(&self, i: usize) -> bool {
        matches!(self.tree.dep(i), "compound" | "nmod" | "amod")
            && self.tree.head(i).is_some_and(|h| h > i && self.tree.is_nominal(h))
    }

    /// What title or apposition adds to a name: sector and country where the tables have none for the day.
    fn apply_description(&mut self, i: usize, first: usize, party: &mut Party) {
        let Some(Title { description, code, .. }) = self.title_of(i, first) else { return };
        if party.kind != Kind::Person && party.kind != Kind::Body {
            return;
        }
        if party.kind == Kind::Person {
            if party.code.is_none() || party.inferred.is_some() {
                party.code = code.or(party.code.take());
            }
            if description.former {
                party.office = None;
            }
            if !description.former && self.is_courtesy(party, i, first) {
                return;
            }
            party.sector = if description.former {
                Some("ELI".into())
            } else {
                description.sector.or(party.sector.take())
            };
            party.inferred = None;
        } else if party.sector.is_none() && party.code.as_deref().is_some_and(|c| !SUPRANATIONAL.contains(&c))
        {
            party.sector = description.sector;
        }
    }

    /// Whether a title is that of an office which the person has left and another holds on the day.
    fn is_courtesy(&self, party: &Party, i: usize, first: usize) -> bool {
        let (Some(title), Some(code)) = (self.title_of(i, first), party.code.as_deref()) else {
            return false;
        };
        let Some(id) = party.id.as_deref().filter(|_| party.sector.as_deref() == Some("ELI")) else {
            return false;
        };
        let holders = self.holders_of(title.at, &title.description, code);
        !holders.is_empty() && holders.iter().all(|h| self.world.entry(*h).id != id)
    }

    /// The title before a name ("Russian President Vladimir Putin") or the apposition behind it.
    pub(super) fn title_of(&self, i: usize, first: usize) -> Option<Title> {
        let tree = self.tree;
        let title = tree
            .by_dep(i, &["compound", "amod", "nmod", "appos"])
            .filter(|&c| c < first || tree.dep(c) == "appos")
            .filter(|&c| self.name(c).is_none())
            .find_map(|c| Some((c, self.role_at(c)?)));
        // "the foreign minister, Anna Muskar": the role heads, the name is its apposition.
        let above = || {
            let head = tree.head(i).filter(|_| tree.dep(i) == "appos")?;
            Some((head, self.role_at(head)?))
        };
        let (at, description) = title.or_else(above)?;
        let code = self
            .country(at, description.start)
            .or_else(|| self.country(i, first))
            .map(|p| p.code)
            .unwrap_or_default();
        Some(Title { at, description, code })
    }

    /// A name that stands alone after its full form: "Borisov".
    fn read_alias(&mut self, i: usize, label: &str) -> bool {
        let tree = self.tree;
        let word = tree.text(i);
        let bound = self.aliases.iter().rev().find(|(alias, _)| alias == word || is_misspelt(alias, word));
        let party = match bound {
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
    fn by_surname(&self, i: usize, label: &str) -> Option<Party> {
        let tree = self.tree;
        let word = tree.text(i);
        let title = self.title_of(i, i);
        let in_title = |c: usize| title.as_ref().is_some_and(|t| (t.description.start..=t.at).contains(&c));
        let has_first_name = tree
            .by_dep(i, &["compound"])
            .any(|c| tree.pos(c) == Pos::Propn && !in_title(c) && self.name(c).is_none());
        let proper = tree.tag(i) == "NNP" || (self.setting.alone && self.is_proper(i));
        if !proper || tree.dep(i) == "compound" || has_first_name || self.is_stranger(word) {
            return None;
        }
        let bearers = self.likeliest(self.bearers(word, title.as_ref(), label));
        let (first, others) = bearers.split_first()?;
        let mut party = self.party_of_entry(*first, i);
        if let Some(Title { description, .. }) = title.filter(|t| t.code.is_none()) {
            party.sector = if description.former { Some("ELI".into()) } else { description.sector };
        }
        if others.is_empty() {
            return Some(party);
        }
        let others: Vec<Party> = others.iter().map(|&e| self.party_of_entry(e, i)).collect();
        names::share(&mut party, &others);
        party.candidates = bearers;
        (party.code.is_some() || self.setting.alone).then_some(party)
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
        let code = self.world.held_on(id, self.date).map(|h| h.office.code.clone());
        self.setting.alone
            || self.best_rank(id) <= LEADING_RANK
            || code.is_some_and(|code| self.setting.names(&code))
    }

    /// The highest rank that somebody has had by the day.
    fn best_rank(&self, id: EntryId) -> u8 {
        let begun = |from: Option<jiff::civil::Date>| from.is_none_or(|f| self.date.is_none_or(|d| f <= d));
        let offices = &self.world.entry(id).offices;
        offices.iter().filter(|o| begun(o.from)).map(|o| o.rank).min().unwrap_or(u8::MAX)
    }

    /// Those of several that the document's states, and then the rank, speak for.
    fn likeliest(&self, bearers: Vec<EntryId>) -> Vec<EntryId> {
        let code = |id: EntryId| self.world.held_on(id, self.date).map(|h| h.office.code.as_str());
        let named: Vec<EntryId> =
            bearers.iter().copied().filter(|&b| code(b).is_some_and(|c| self.setting.names(c))).collect();
        let left = if named.is_empty() { bearers } else { named };
        let best = left.iter().map(|&b| self.best_rank(b)).min().unwrap_or(u8::MAX);
        let leading: Vec<EntryId> = left.iter().copied().filter(|&b| self.best_rank(b) == best).collect();
        if best <= LEADING_RANK { leading } else { left }
    }

    /// Whether a surname belongs to somebody whom the document names in full and the tables do not know.
    fn is_stranger(&self, word: &str) -> bool {
        self.strangers.iter().any(|s| s == word)
    }

    /// A person the tables do not know, coded by title, apposition or nationality: "businessman Alex Roe".
    fn read_stranger(&mut self, i: usize, entity: &[&'static str]) -> bool {
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
        if first < i {
            self.strangers.push(tree.text(i).to_owned());
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

    /// The holder of the office that a title names, if the name is his or hers but for a letter.
    fn misspelt_holder(&self, title: &Title, words: &str) -> Option<EntryId> {
        let code = title.code.as_deref()?;
        let is_meant = |&id: &EntryId| {
            let known = chancery_text::View::new(&self.world.entry(id).name).text().to_owned();
            let last = |name: &str| name.rsplit(' ').next().unwrap_or_default().to_owned();
            is_misspelt(&last(&known), &last(words)) && !title.description.former
        };
        self.holders_of(title.at, &title.description, code).into_iter().find(is_meant)
    }

    /// Who holds the office that the words from `start` to `i`, and "of ..." behind them, name.
    fn holders_of(&self, i: usize, description: &Description, code: &str) -> Vec<EntryId> {
        let tree = self.tree;
        let lower = |t: usize| tree.text(t).to_lowercase();
        let (start, sector) = (description.start, description.sector.as_deref());
        let mut first = start;
        while first > 0
            && self.name(first - 1).is_none()
            && tree.is_word(first - 1)
            && tree.under(first - 1, i)
            && matches!(tree.dep(first - 1), "compound" | "amod" | "nmod" | "cc" | "conj")
        {
            first -= 1;
        }
        let matter = tree.by_dep(i, &["prep"]).find_map(|p| {
            let object = tree.child(p, &["pobj"]).filter(|_| matches!(tree.lemma(p), "of" | "for"))?;
            (p..=object).all(|t| self.name(t).is_none()).then_some(object)
        });
        let end = matter.unwrap_or(i);
        let title = |from: usize| (from..=end).map(lower).collect::<Vec<_>>().join(" ");
        (first..=start)
            .map(|from| self.world.holders(code, sector, &title(from), self.date))
            .find(|holders| !holders.is_empty())
            .unwrap_or_default()
    }

    /// First token of the run of proper nouns that ends at `i`, without titles.
    fn name_start(&self, i: usize) -> usize {
        let tree = self.tree;
        let mut start = i;
        while start > 0
            && tree.pos(start - 1) == Pos::Propn
            && tree.head(start - 1) == Some(i)
            && self.name(start - 1).is_none()
            && self.role_at(start - 1).is_none()
        {
            start -= 1;
        }
        start
    }

    fn name_span(&self, i: usize) -> Span {
        Span::new(self.tree.span(self.name_start(i)).start, self.tree.span(i).end)
    }

    /// A role word with whatever says of which state or body: "US troops", "the opposition", "an aide to Putin".
    fn read_role(&mut self, i: usize) {
        let Some(description) = self.role_at(i).or_else(|| self.headship(i)) else {
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
        if description.sector.is_none() && country.is_none() {
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
            code: country.as_ref().and_then(|c| c.code.clone()),
            sector: sector.or_else(|| country.as_ref().and_then(|c| c.sector.clone())),
            name: Some(self.tree.document()[self.phrase(i, description.start).range()].to_owned()),
            id: own_body.and_then(|b| b.id.clone()),
            inferred: country.and_then(|c| c.inferred),
            ..Party::of_words(description.kind, self.phrase(i, description.start), i)
        };
        self.say(i, vec![party]);
    }

    /// The sector of role words with what they belong to: an army's accountant is of the army, the president of a
    /// league is of the league, Muslim leaders are of religion.
    fn composed(&self, i: usize, description: &Description, body: Option<&Party>) -> Option<String> {
        let own = description.sector.clone();
        let heads = HEADS.contains(&self.tree.lemma(i).to_lowercase());
        if let Some(sector) = body.filter(|_| heads).and_then(|b| b.sector.clone()) {
            return Some(sector);
        }
        if heads {
            let of = self.organisation_behind(i).or_else(|| self.religion_before(i, description.start));
            return of.or(own);
        }
        let serves =
            own.as_deref().and_then(chancery_ontology::Sector::from_code).is_some_and(|s| !s.political);
        serves.then(|| self.organisation_before(description.start, i)).flatten().or(own)
    }

    /// "head", "director" and the like, no role words by themselves, of a body or group that the words name.
    fn headship(&self, i: usize) -> Option<Description> {
        let tree = self.tree;
        let heads = HEADS.contains(&tree.lemma(i).to_lowercase()) && tree.tag(i) == "NN";
        let of = tree.by_dep(i, &["prep"]).find(|&p| heads && tree.lemma(p) == "of")?;
        let object = tree.child(of, &["pobj"])?;
        let is_body = |name: &super::Name| self.world.entry(name.entries[0]).kind == EntryKind::Body;
        let organised = self.name(object).is_some_and(is_body) || self.organisation_behind(i).is_some();
        organised.then_some(Description {
            sector: None,
            kind: Kind::Person,
            start: i,
            former: self.is_former(i, i),
        })
    }

    /// The sector of the organisation in "of", "at" or "for" behind a head of something: "head of the intelligence service".
    fn organisation_behind(&self, i: usize) -> Option<String> {
        let tree = self.tree;
        let behind = tree.by_dep(i, &["prep"]).filter(|&p| matches!(tree.lemma(p), "of" | "at" | "for"));
        let mut objects = behind.filter_map(|p| tree.child(p, &["pobj"])).filter(|&o| self.name(o).is_none());
        objects
            .find_map(|o| self.role_at(o).filter(|d| d.kind == Kind::Body || d.kind == Kind::Group)?.sector)
    }

    /// The sector of armed forces, police or an office of state before a calling: "army accountant".
    fn organisation_before(&self, start: usize, i: usize) -> Option<String> {
        let before = start.checked_sub(1).filter(|&t| self.tree.under(t, i) && self.tree.is_nominal(t))?;
        let role =
            self.world.role(&[self.tree.lemma(before).to_lowercase().as_str()]).map(|(_, role)| role)?;
        let sector = role.sector.clone().filter(|_| matches!(role.kind, RoleKind::Body | RoleKind::Force))?;
        chancery_ontology::Sector::from_code(&sector).filter(|s| s.political).map(|_| sector)
    }

    /// "Muslim leaders", "a Jewish community leader".
    fn religion_before(&self, i: usize, start: usize) -> Option<String> {
        let near = (start.saturating_sub(3)..start.max(i)).filter(|&t| self.tree.under(t, i));
        let faith = |t: usize| FAITHS.contains(&self.tree.lemma(t).to_lowercase());
        near.into_iter().any(faith).then(|| "REL".to_owned())
    }

    /// "the foreign ministers of Ruritania and Syldavia": the states, in the order in which they stand.
    fn states_of(&self, i: usize) -> Vec<Party> {
        let tree = self.tree;
        let of = tree.by_dep(i, &["prep"]).find(|&p| tree.lemma(p) == "of" && tree.tag(i) == "NNS");
        let objects =
            of.and_then(|p| tree.child(p, &["pobj"])).map(|o| tree.conjuncts(o)).unwrap_or_default();
        let states: Vec<Party> = objects.iter().filter_map(|&o| self.parties_ahead(o)).collect();
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

    fn apposed_name(&self, i: usize) -> Option<usize> {
        self.tree.by_dep(i, &["appos"]).find(|&a| {
            self.tree.pos(a) == Pos::Propn
                && self.role_at(a).is_none()
                && self.name(a).is_none_or(|n| self.world.entry(n.entries[0]).kind == EntryKind::Person)
        })
    }

    fn person_by_apposition(&mut self, i: usize, named: usize, description: &Description) -> Party {
        let tree = self.tree;
        let code = self.country(i, description.start).and_then(|c| c.code);
        let known = self.name(named).map(|name| self.party_of_name(name));
        let mut party = known.or_else(|| self.by_surname(named, "PERSON")).unwrap_or_else(|| {
            let span = self.name_span(named);
            let name = Some(tree.document()[span.range()].to_owned());
            Party { name, ..Party::of_words(Kind::Person, span, named) }
        });
        party.code = code.or(party.code);
        party.sector =
            if description.former { Some("ELI".into()) } else { description.sector.clone().or(party.sector) };
        party.inferred = None;
        self.bind(tree.text(named), &party);
        party
    }

    /// "the president" after "President X": the person is meant.
    fn known_holder(
        &self,
        i: usize,
        description: &Description,
        country: Option<&Party>,
        definite: bool,
    ) -> Option<Party> {
        if description.kind != Kind::Person
            || !(definite || country.is_some())
            || self.tree.tag(i) == "NNS"
            || description.former
        {
            return None;
        }
        let head = self.tree.lemma(i).to_lowercase();
        let leads = matches!(
            head.as_str(),
            "president" | "minister" | "leader" | "premier" | "chancellor" | "king" | "ruler" | "prime"
        );
        let recent = self.mentioned.iter().rev().take(40).flat_map(|&m| &self.parties[m]);
        let fits = |p: &&Party| {
            p.kind == Kind::Person
                && p.id.is_some()
                && p.sector == description.sector
                && country.is_none_or(|c| c.code == p.code)
                && (self.is_titled_with(p, &head) || (head == "leader" && p.sector.as_deref() == Some("GOV")))
        };
        let mut recent = recent.filter(fits);
        let phrase = self.phrase(i, description.start);
        if let Some(person) = leads.then(|| recent.next()).flatten() {
            return Some(person.meant_by(i, phrase, "the last person named with that office"));
        }
        self.holder_of_the_day(i, description, country)
    }

    /// "the Ruritanian president": who holds that office on the day, where the tables know one.
    fn holder_of_the_day(
        &self,
        i: usize,
        description: &Description,
        country: Option<&Party>,
    ) -> Option<Party> {
        let state = country.filter(|c| c.kind == Kind::State)?;
        let (date, code) = (self.date?, state.code.as_deref()?);
        let holders = self.holders_of(i, description, code);
        let [only] = holders[..] else { return None };
        let span = self.phrase(i, description.start);
        let party = Party { sector: description.sector.clone(), span, ..self.party_of_entry(only, i) };
        let named = self.names.iter().filter(|n| self.tree.sentence(n.tokens.start) == self.tree.sentence(i));
        if named.into_iter().any(|n| n.entries[0] == only) {
            // "The president of Ruritania, Rudolf Elphberg": the parser may hang the name elsewhere.
            return Some(party);
        }
        Some(party.meant_by(i, span, &format!("holds that office on {date}")))
    }

    /// Whether the office the tables give this person, or its title in the text, has this word.
    fn is_titled_with(&self, party: &Party, word: &str) -> bool {
        let in_text = self.title_of(party.head, party.head).is_some_and(|title| {
            (title.description.start..party.head).any(|t| self.tree.lemma(t).eq_ignore_ascii_case(word))
        });
        in_text
            || self.name(party.head).is_some_and(|n| {
                n.entries.iter().any(|&e| {
                    self.world.held_on(e, self.date).is_some_and(|h| {
                        h.office
                            .title
                            .as_deref()
                            .is_some_and(|t| t.to_lowercase().split(' ').any(|w| w == word))
                    })
                })
            })
    }

    /// The role words that end at `i`.
    fn role_at(&self, i: usize) -> Option<Description> {
        let tree = self.tree;
        if !tree.is_nominal(i) && tree.pos(i) != Pos::Adj {
            return None;
        }
        let mut words: Vec<String> = Vec::with_capacity(4);
        let mut start = i + 1;
        while start > 0
            && words.len() < 4
            && (start > i
                || (tree.under(start - 1, i) && (tree.is_word(start - 1) || tree.text(start - 1) == "-")))
        {
            start -= 1;
            words.push(tree.lemma(start).to_lowercase());
            if start == 0 {
                break;
            }
        }
        words.reverse();
        let lemmas: Vec<&str> = words.iter().map(String::as_str).collect();
        let (used, role) = self.world.role(&lemmas)?;
        if used == 1
            && lemmas.last() == Some(&"party")
            && tree.tag(i) == "NNS"
            && self.modifying(i).is_empty()
        {
            // "the parties" are those of a conflict or a treaty.
            return None;
        }
        if used == 1 && lemmas.last() == Some(&"force") && !tree.tag(i).ends_with('S') {
            // "by force" names nobody; "Ruritanian forces" do.
            return None;
        }
        let kind = match role.kind {
            RoleKind::Person if tree.tag(i) == "NNS" || tree.tag(i) == "NNPS" => Kind::Group,
            RoleKind::Person => Kind::Person,
            RoleKind::Body => Kind::Body,
            RoleKind::Group | RoleKind::Force => Kind::Group,
        };
        let start = i + 1 - used;
        Some(Description { sector: role.sector.clone(), kind, start, former: self.is_former(i, start) })
    }

    /// "former", "ex-" before the role words that `i` heads, with nothing between but what describes them too:
    /// "the former Ruritanian defence minister".
    fn is_former(&self, i: usize, start: usize) -> bool {
        let tree = self.tree;
        let describes = |t: &usize| {
            tree.text(*t) == "-"
                || (tree.under(*t, i) && tree.is_word(*t) && !matches!(tree.tag(*t), "POS" | "DT" | "CC"))
        };
        let before = (start.saturating_sub(FORMER_REACH)..start).rev().take_while(describes);
        before.into_iter().any(|t| FORMER.contains(&tree.text(t).to_lowercase()))
    }

    /// Which state or body the phrase headed by `i` belongs to.
    fn country(&self, i: usize, start: usize) -> Option<Party> {
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
            let party = self.parties_ahead(object).or_else(|| self.modifying(object).into_iter().next());
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

    /// The party of a phrase that may stand after the token being read: "the government of Ruritania".
    fn parties_ahead(&self, object: usize) -> Option<Party> {
        if let Some(party) = self.parties[object].first() {
            return Some(party.clone());
        }
        if let Some(name) = self.name(object).filter(|n| self.states_origin(n)) {
            return Some(self.party_of_name(name));
        }
        let description = self.role_at(object)?;
        self.country(object, description.start)
    }

    /// The words of a role phrase: modifiers, role words, no clauses and no prepositions but "of".
    fn phrase(&self, i: usize, start: usize) -> Span {
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

/// Whether `word` is `name` with one letter changed, added or left out; names under five letters must be exact.
fn is_misspelt(name: &str, word: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (name.chars().collect(), word.chars().collect());
    if a.len().min(b.len()) < 5 || a.len().abs_diff(b.len()) > 1 || a[0] != b[0] {
        return false;
    }
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    same_start + same_end + 1 >= a.len().max(b.len()) && a != b
}

#[cfg(test)]
mod tests {
    use super::is_misspelt;

    #[test]
    fn one_letter_may_differ_in_a_long_name() {
        assert!(is_misspelt("Elphberg", "Elphburg"));
        assert!(is_misspelt("Elphberg", "Elpberg"));
        assert!(!is_misspelt("Elphberg", "Elphberg"), "the same name is no misspelling");
        assert!(!is_misspelt("Tasch", "Tusche"));
        assert!(!is_misspelt("Roe", "Rae"));
    }
}
