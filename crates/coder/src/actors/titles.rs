//! Titles of people and who holds the office that a title names: "Foreign Minister Olga Bark", "the Ruritanian president".

use chancery_world::EntryId;

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

impl Cast<'_> {
    /// What title or apposition adds to a name: sector and country where the tables have none for the day.
    pub(super) fn apply_description(&mut self, i: usize, first: usize, party: &mut Party) {
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

    /// Who holds the office that the words from `start` to `i`, and "of ..." behind them, name.
    pub(super) fn holders_of(&self, i: usize, description: &Description, code: &str) -> Vec<EntryId> {
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

    /// "the president" after "President X": the person is meant.
    pub(super) fn known_holder(
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
}
