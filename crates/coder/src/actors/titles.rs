//! Titles of people and who holds the office that a title names: "Foreign Minister Olga Bark", "the Ruritanian president".

use chancery_world::{EntryId, Office};

use super::describe::Description;
use super::spelling::is_misspelt;
use super::{Cast, Kind, Party, SUPRANATIONAL};

/// A description that belongs to a name: its title, or its apposition.
pub(super) struct Title {
    /// The token that heads it.
    pub at: usize,
    pub description: Description,
    /// State or body that it names.
    pub code: Option<String>,
}

/// Words that a title has at most before and behind its head.
const LONGEST_TITLE: usize = 8;

/// Whether somebody is of the state that words name, if they name one.
fn shares(party: &Party, country: Option<&Party>) -> bool {
    country.is_none_or(|c| c.code == party.code)
}

impl Cast<'_> {
    /// What title or apposition adds to a name.
    pub(super) fn apply_description(&mut self, i: usize, first: usize, party: &mut Party) {
        let Some(title) = self.title_of(i, first) else { return };
        match party.kind {
            Kind::Person => self.entitle(party, title),
            Kind::Body if party.sector.is_none() => {
                let of_state = party.code.as_deref().is_some_and(|c| !SUPRANATIONAL.contains(&c));
                party.sector = title.description.sector.filter(|_| of_state);
            }
            _ => {}
        }
    }

    /// Gives a person what a title says: the office that the tables know under it, else sector and state of the words.
    pub(super) fn entitle(&self, party: &mut Party, title: Title) {
        let description = &title.description;
        let known = self.office_of_title(party, &title);
        let before = description.start.checked_sub(1);
        let is_then = before.is_some_and(|t| self.tree.text(t).eq_ignore_ascii_case("then"));
        let dated = self.date.is_some() && known.is_some();
        let courtesy = dated && !description.former && !is_then && self.is_anothers_now(party, &title);
        if let Some(office) = &known {
            party.code = Some(office.code.clone());
        } else if party.code.is_none() || party.inferred.is_some() {
            party.code = title.code.clone().or(party.code.take()).or_else(|| self.home_of(party));
        }
        if courtesy {
            (party.sector, party.office) = (Some("ELI".to_owned()), None);
            party.inferred = Some("held the office before".to_owned());
        } else if description.former {
            (party.sector, party.office, party.inferred) = (Some("ELI".to_owned()), None, None);
        } else {
            party.sector = description.sector.clone().or(party.sector.take());
            let of_the_day = |o: &Office| is_then || self.date.is_some_and(|day| o.held_on(day));
            party.office = known.filter(of_the_day).and_then(|o| o.title).or(party.office.take());
            party.inferred = None;
        }
    }

    /// The one state that a person ever served: whoever has a title already is of it, though the tables have no office yet.
    fn home_of(&self, party: &Party) -> Option<String> {
        let id = party.id.as_deref().and_then(|id| self.world.by_id(id))?;
        self.world.home(id).map(str::to_owned)
    }

    /// The office of a person that the words of a title name, whenever it was held.
    fn office_of_title(&self, party: &Party, title: &Title) -> Option<Office> {
        let entry = self.world.entry(party.id.as_deref().and_then(|id| self.world.by_id(id))?);
        let words = self.title_words(title.at, &title.description);
        let same = |t: &str| words.iter().any(|w| self.world.same_title(w, t));
        let named = entry.offices.iter().filter(|o| o.title.as_deref().is_some_and(same));
        named.max_by_key(|o| o.from).cloned()
    }

    /// Whether somebody else, and not the person, holds the office of a title on the day.
    fn is_anothers_now(&self, party: &Party, title: &Title) -> bool {
        let Some((code, id)) = party.code.as_deref().zip(party.id.as_deref()) else { return false };
        let holders = self.holders_of(title.at, &title.description, code);
        !holders.is_empty() && holders.iter().all(|h| self.world.entry(*h).id != id)
    }

    /// The title before a name ("Russian President Vladimir Putin") or the apposition behind it.
    pub(super) fn title_of(&self, i: usize, first: usize) -> Option<Title> {
        let tree = self.tree;
        let described = |c: usize| Some((c, self.role_at(c).filter(|_| self.name(c).is_none())?));
        let before: Vec<usize> =
            tree.by_dep(i, &["compound", "amod", "nmod"]).filter(|&c| c < first).collect();
        let title = before
            .into_iter()
            .rev()
            .find_map(described)
            .or_else(|| tree.by_dep(i, &["appos"]).find_map(described));
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

    /// The holder of the office that a title names, if the name is his or hers but for a letter.
    pub(super) fn misspelt_holder(&self, title: &Title, words: &str) -> Option<EntryId> {
        let code = title.code.as_deref()?;
        let is_meant = |&id: &EntryId| {
            let known = chancery_text::View::new(&self.world.entry(id).name).text().to_owned();
            let last = |name: &str| name.rsplit(' ').next().unwrap_or_default().to_owned();
            is_misspelt(&last(&known), &last(words)) && !title.description.former
        };
        self.holders_of(title.at, &title.description, code).into_iter().find(is_meant)
    }

    /// Who holds the office that the words headed by `i` name.
    pub(super) fn holders_of(&self, i: usize, description: &Description, code: &str) -> Vec<EntryId> {
        let sector = description.sector.as_deref();
        let titles = self.title_words(i, description).into_iter();
        let mut holders = titles.map(|title| self.world.holders(code, sector, &title, self.date));
        holders.find(|h| !h.is_empty()).unwrap_or_default()
    }

    /// The titles that the words may be, longest first: "first deputy defence minister", "deputy defence minister" ...,
    /// each with the "of ..." behind it.
    fn title_words(&self, i: usize, description: &Description) -> Vec<String> {
        let tree = self.tree;
        let start = description.start;
        let lower = |t: usize| tree.text(t).to_lowercase();
        let mut first = start;
        while first > 0
            && start - first < LONGEST_TITLE
            && self.name(first - 1).is_none()
            && tree.is_word(first - 1)
            && tree.under(first - 1, i)
            && matches!(tree.dep(first - 1), "compound" | "amod" | "nmod" | "cc" | "conj")
        {
            first -= 1;
        }
        let matter = tree.by_dep(i, &["prep"]).find_map(|p| {
            let object = tree.child(p, &["pobj"]).filter(|_| matches!(tree.lemma(p), "of" | "for"))?;
            (p..=object).all(|t| self.name(t).is_none()).then_some(object).filter(|o| o - i < LONGEST_TITLE)
        });
        let end = matter.unwrap_or(i);
        (first..=start).map(|from| (from..=end).map(lower).collect::<Vec<_>>().join(" ")).collect()
    }

    /// "the president" after "President X": the person is meant.
    pub(super) fn known_holder(
        &self,
        i: usize,
        description: &Description,
        country: Option<&Party>,
        definite: bool,
    ) -> Option<Party> {
        if description.kind != Kind::Person || !(definite || country.is_some()) || self.tree.tag(i) == "NNS" {
            return None;
        }
        let head = self.tree.lemma(i).to_lowercase();
        let phrase = self.phrase(i, description.start);
        if description.former {
            let person = self.titled_before(|p, title| {
                title.description.former
                    && self.tree.lemma(title.at).eq_ignore_ascii_case(&head)
                    && shares(p, country)
            })?;
            return Some(person.meant_by(i, phrase, "the last person named as such"));
        }
        let leads = matches!(
            head.as_str(),
            "president" | "minister" | "leader" | "premier" | "chancellor" | "king" | "ruler" | "prime"
        );
        let recent = self.mentioned.iter().rev().take(40).flat_map(|&m| &self.parties[m]);
        let fits = |p: &&Party| {
            p.kind == Kind::Person
                && p.id.is_some()
                && p.sector == description.sector
                && shares(p, country)
                && (self.is_titled_with(p, &head) || (head == "leader" && p.sector.as_deref() == Some("GOV")))
        };
        let mut recent = recent.filter(fits);
        if let Some(person) = leads.then(|| recent.next()).flatten() {
            return Some(person.meant_by(i, phrase, "the last person named with that office"));
        }
        let described = self.titled_before(|p, title| {
            !title.description.former
                && p.sector == description.sector
                && self.tree.lemma(title.at).eq_ignore_ascii_case(&head)
                && shares(p, country)
        });
        if let Some(person) = described.filter(|_| definite) {
            return Some(person.meant_by(i, phrase, "the last person named as such"));
        }
        self.holder_of_the_day(i, description, country)
    }

    /// The last person by name whose title or apposition in the text is as wanted.
    fn titled_before(&self, wanted: impl Fn(&Party, &Title) -> bool) -> Option<&Party> {
        let recent = self.mentioned.iter().rev().take(40);
        let people = recent.filter_map(|&m| self.parties[m].first().map(|party| (m, party)));
        let named = people.filter(|(_, p)| p.kind == Kind::Person && p.inferred.is_none());
        let mut titled = named.filter(|(m, p)| self.title_of(*m, *m).is_some_and(|title| wanted(p, &title)));
        titled.next().map(|(_, party)| party)
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
        let sentence = &self.tree.sentences()[self.tree.sentence(i)];
        let before = |at: usize| self.names.partition_point(|n| n.tokens.start < at);
        let named = &self.names[before(sentence.start)..before(sentence.end)];
        if named.iter().any(|n| n.entries[0] == only) {
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
}
