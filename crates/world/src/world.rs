//! The world as its users see it: look-ups by name, surname, role and date.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::Date;

use crate::compile::blob::{self, Stored};
use crate::compile::spell::LEADS;
use crate::compile::{self, Compiled, titles, write};
use crate::{Entry, EntryId, Fault, Office, Role};

/// States, bodies, persons and role words with the indexes over them.
#[derive(Debug, Clone, Default)]
pub struct World {
    stored: Stored,
    roles: HashMap<String, usize>,
}

/// The office or affiliation that counts on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held<'w> {
    /// The office of highest precedence.
    pub office: &'w Office,
    /// Whether it had ended by that day.
    pub former: bool,
    /// Other offices held on that day, highest precedence first.
    pub also: Vec<&'w Office>,
}

static TABLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/world.bin"));

impl World {
    /// The world of the tables in `data/world`, read once.
    pub fn builtin() -> &'static World {
        static WORLD: OnceLock<World> = OnceLock::new();
        WORLD.get_or_init(|| World::new(Cow::Borrowed(TABLES)))
    }

    /// A world from tables of one's own (file name and text), in the format of `data/world`. Role words and
    /// titles are those of [`World::builtin`] beside its own.
    ///
    /// # Errors
    /// Every fault of every table, by file and line.
    pub fn parse(files: &[(&str, &str)]) -> Result<World, Vec<Fault>> {
        let builtin = &World::builtin().stored;
        let base = Compiled {
            roles: builtin.roles.clone(),
            synonyms: builtin.synonyms.clone(),
            ..Compiled::default()
        };
        compile::compile(files, &base).map(|compiled| World::new(write::write(&compiled).into()))
    }

    /// This world with tables of one's own laid over it. A row whose first name an entry here has adds its names
    /// and offices to it, and an office with the code, title and first day of another takes its place; with `!`
    /// before the name the row replaces the entry. All else is new, and comes before what is here where names
    /// are shared.
    ///
    /// # Errors
    /// Every fault of every table, by file and line.
    pub fn with(&self, files: &[(&str, &str)]) -> Result<World, Vec<Fault>> {
        let stored = &self.stored;
        let base = Compiled {
            entries: self.entries().map(|(_, entry)| entry.clone()).collect(),
            roles: stored.roles.clone(),
            names: stored.names.clone(),
            surnames: stored.surnames.clone(),
            sounds: stored.sounds.clone(),
            titles: stored.titles.clone(),
            synonyms: stored.synonyms.clone(),
        };
        compile::compile(files, &base).map(|compiled| World::new(write::write(&compiled).into()))
    }

    /// What the bytes hold; they are this crate's own, so that they are whole.
    fn new(bytes: Cow<'static, [u8]>) -> World {
        let stored = blob::read(bytes).unwrap_or_default();
        let mut roles: HashMap<String, usize> =
            stored.roles.iter().enumerate().map(|(i, r)| (r.phrase.clone(), i)).collect();
        for (i, role) in stored.roles.iter().enumerate() {
            if let Some(lemmas) = inner_singulars(&role.phrase) {
                roles.entry(lemmas).or_insert(i);
            }
        }
        World { stored, roles }
    }

    /// The entry of an identifier that this world gave out.
    ///
    /// # Panics
    /// If another, larger world gave it out.
    pub fn entry(&self, id: EntryId) -> &Entry {
        self.stored.entry(id.0 as usize).expect("an identifier of this world")
    }

    /// All entries with their identifiers, in the order of the tables.
    pub fn entries(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        (0..self.stored.len() as u32).map(EntryId).map(|id| (id, self.entry(id)))
    }

    /// All roles, in the order of the table.
    pub fn roles(&self) -> &[Role] {
        &self.stored.roles
    }

    /// The entry with a stable identifier ([`Entry::id`]): a state by its code.
    pub fn by_id(&self, id: &str) -> Option<EntryId> {
        self.stored.position(id).map(|i| EntryId(i as u32))
    }

    /// Entries that have exactly this name, the better known first. The name is folded here.
    pub fn named(&self, name: &str) -> &[EntryId] {
        self.stored.names.get(&compile::spell::fold(name))
    }

    /// Every spelling under which an entry is found, in alphabetical order. Goes through all names: it is for people.
    pub fn names_of(&self, id: EntryId) -> Vec<String> {
        let pairs = self.stored.names.pairs().chain(self.stored.surnames.pairs());
        let mut names: Vec<String> = pairs.filter(|(_, i)| *i == id).map(|(name, _)| name).collect();
        names.sort();
        names.dedup();
        names
    }

    /// Entries for somebody who asks: those that have the name, else those that have it as a last name, else
    /// those whose usual name has all its words, in any case. The better known come first.
    pub fn search(&self, name: &str) -> Vec<EntryId> {
        let folded = compile::spell::fold(name);
        let exact = self.named(name);
        let found = if exact.is_empty() { self.surname(&folded) } else { exact };
        if !found.is_empty() {
            return found.to_vec();
        }
        let slug = compile::spell::slug(name);
        let words: Vec<&str> = slug.split('-').filter(|w| !w.is_empty()).collect();
        let has_all = |entry: &Entry| {
            let own = compile::spell::slug(&entry.name);
            words.iter().all(|w| own.split('-').any(|o| o == *w))
        };
        let all = self.entries().filter(|(_, e)| !words.is_empty() && has_all(e));
        let mut found: Vec<EntryId> = all.map(|(id, _)| id).collect();
        found.sort_by_key(|id| self.entry(*id).prominence());
        found
    }

    /// Length in bytes and entries of the longest name that starts at byte `at` of a normalised text and ends
    /// with a word; the better known entry first. A run of blanks stands for one. Case counts, but names of four
    /// letters or more are found in capitals too. A miss costs one probe, so it may be asked at every word;
    /// names that begin with an article ("the West", "al-Borduri") are found at the article and after it.
    pub fn name_at(&self, text: &str, at: usize) -> Option<(usize, &[EntryId])> {
        let names = &self.stored.names;
        let here = text.get(at..).and_then(|_| names.longest_at(text, at, at));
        let led = lead_before(text, at).and_then(|lead| names.longest_at(text, lead, at));
        longer(here, led).map(|(end, ids)| (end - at, ids))
    }

    /// Persons whose last name or byname is this word, the better known first.
    pub fn surname(&self, word: &str) -> &[EntryId] {
        self.stored.surnames.get(word)
    }

    /// Persons whose first and last name sound like those of `name`, the better known first: transliterations of one
    /// name sound alike, and so do some names of other people.
    pub fn sounding_like(&self, name: &str) -> &[EntryId] {
        compile::spell::sound(name).map_or(&[], |sound| self.stored.sounds.get(&sound))
    }

    /// Who holds an office on `date`: those with this code, sector and title, spelt in any of its ways, the one who
    /// took it up last first. Without a date, who holds it still.
    pub fn holders(&self, code: &str, sector: Option<&str>, title: &str, date: Option<Date>) -> Vec<EntryId> {
        let title = self.stored.synonyms.settle(title);
        let date = date.unwrap_or(Date::MAX);
        let begun = |id: EntryId| self.term(id, (code, sector), &title, date).map(|office| (office.from, id));
        let known = self.stored.titles.get(&titles::key(code, &title)).iter();
        let mut holders: Vec<_> = known.filter_map(|id| begun(*id)).collect();
        holders.sort_by_key(|(from, id)| (Reverse(*from), *id));
        holders.into_iter().map(|(_, id)| id).collect()
    }

    /// The office of `id` with this settled title that it holds on a day.
    fn term(
        &self,
        id: EntryId,
        (code, sector): (&str, Option<&str>),
        title: &str,
        date: Date,
    ) -> Option<&Office> {
        let is = |o: &&Office| {
            (o.code.as_str(), o.sector.as_deref()) == (code, sector)
                && o.held_on(date)
                && o.title.as_deref().is_some_and(|t| self.stored.synonyms.settle(t) == title)
        };
        self.entry(id).offices.iter().find(is)
    }

    /// Whether two titles are names of one office: "premier" and "prime minister".
    pub fn same_title(&self, one: &str, other: &str) -> bool {
        self.stored.synonyms.settle(one) == self.stored.synonyms.settle(other)
    }

    /// States and bodies that belong to a body on `date`, or without a date still do.
    pub fn members(&self, body: EntryId, date: Option<Date>) -> impl Iterator<Item = &Office> {
        let date = date.unwrap_or(Date::MAX);
        self.entry(body).members.iter().filter(move |m| m.held_on(date))
    }

    /// Bodies that a state belongs to on `date`, or without a date still does, in the order of the tables.
    /// Reads every entry, so it is for people, not for every mention.
    pub fn memberships(&self, code: &str, date: Option<Date>) -> Vec<EntryId> {
        let belongs = |id: &EntryId| self.members(*id, date).any(|m| m.code == code);
        self.entries().map(|(id, _)| id).filter(belongs).collect()
    }

    /// The longest role that ends a phrase of lower-case lemmas, and how many of them it takes up. Hyphens,
    /// glued or as words of their own, count as blanks; a plural that the lemmatizer left alone is understood.
    pub fn role(&self, lemmas: &[&str]) -> Option<(usize, &Role)> {
        let first = lemmas.len().saturating_sub(ROLE_WORDS);
        (first..lemmas.len()).find_map(|i| self.whole_role(&lemmas[i..]).map(|r| (lemmas.len() - i, r)))
    }

    /// The longest role that begins a phrase ("secretary of state for trade"), and how many lemmas it takes up.
    pub fn role_from(&self, lemmas: &[&str]) -> Option<(usize, &Role)> {
        let longest = lemmas.len().min(ROLE_WORDS);
        (1..=longest).rev().find_map(|n| self.whole_role(&lemmas[..n]).map(|r| (n, r)))
    }

    fn whole_role(&self, lemmas: &[&str]) -> Option<&Role> {
        if [lemmas.first(), lemmas.last()].contains(&Some(&"-")) {
            return None;
        }
        let phrase =
            lemmas.iter().filter(|l| **l != "-").map(|l| l.replace('-', " ")).collect::<Vec<_>>().join(" ");
        let found = self.roles.get(&phrase).or_else(|| self.roles.get(&singular(&phrase)?));
        found.map(|i| &self.stored.roles[*i])
    }

    /// What `id` held on `date`, by precedence; else what it held last before then, marked as former; `None`
    /// if it had held nothing yet. Without a date, what it holds or held last.
    pub fn held_on(&self, id: EntryId, date: Option<Date>) -> Option<Held<'_>> {
        let offices = &self.entry(id).offices;
        let latest = || offices.iter().filter_map(|o| o.to.or(Some(Date::MAX))).max();
        let date = match date {
            Some(date) => date,
            None => latest()?,
        };
        let mut held: Vec<_> = offices.iter().filter(|o| o.held_on(date)).collect();
        held.sort_by_key(|o| o.precedence());
        match held.split_first() {
            Some((office, also)) => Some(Held { office, former: false, also: also.to_vec() }),
            None => last_before(offices, date).map(|office| Held { office, former: true, also: Vec::new() }),
        }
    }

    /// The one code of all offices of `id`, whatever the day; `None` if they differ.
    pub fn home(&self, id: EntryId) -> Option<&str> {
        self.entry(id).home()
    }
}

/// Words of the longest role that is looked for.
const ROLE_WORDS: usize = 8;

fn longer<'w>(
    here: Option<(usize, &'w [EntryId])>,
    led: Option<(usize, &'w [EntryId])>,
) -> Option<(usize, &'w [EntryId])> {
    match (here, led) {
        (Some(h), Some(l)) if l.0 > h.0 => Some(l),
        (None, led) => led,
        (here, _) => here,
    }
}

/// Where the article before byte `at` begins: "the ", "al-".
fn lead_before(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let word = before.trim_end_matches([' ', '\n', '-']);
    let start = word
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |i| i + word[i..].chars().next().map_or(1, char::len_utf8));
    let found = LEADS.contains(&word[start..].to_ascii_lowercase().as_str());
    (found && word.len() < before.len()).then_some(start)
}

/// A phrase as a lemmatizer gives it, its inner plurals singular: "human rights league" as "human right league".
fn inner_singulars(phrase: &str) -> Option<String> {
    let (inner, head) = phrase.rsplit_once(' ')?;
    let plural = |w: &str| w.len() > 3 && w.ends_with('s') && !w.ends_with("ss");
    inner.split(' ').any(plural).then(|| {
        let lemmas = inner.split(' ').map(|w| if plural(w) { &w[..w.len() - 1] } else { w });
        format!("{} {head}", lemmas.collect::<Vec<_>>().join(" "))
    })
}

/// "ministers" as "minister", "deputies" as "deputy".
fn singular(phrase: &str) -> Option<String> {
    match phrase.strip_suffix("ies") {
        Some(stem) => Some(format!("{stem}y")),
        None => phrase.strip_suffix('s').map(str::to_owned),
    }
}

fn last_before(offices: &[Office], date: Date) -> Option<&Office> {
    let ended = offices.iter().filter(|o| o.to.is_some_and(|to| to < date));
    ended.max_by_key(|o| (o.to, Reverse(o.precedence())))
}
