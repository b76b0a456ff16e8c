//! Turns the tables into entries and indexes: the part that the build and the running program share.

pub mod blob;
pub mod dates;
pub mod fault;
pub mod index;
pub mod lint;
pub mod model;
pub mod overlay;
pub mod read;
pub mod spell;
pub mod table;
pub mod titles;
pub mod write;

use std::collections::{BTreeMap, BTreeSet};

use fault::Fault;
use index::Names;
use model::{Entry, EntryId, Kind, Role};
use read::Draft;
use titles::Titles;

/// What the tables hold, ready to be written.
#[derive(Debug, Clone, Default)]
pub struct Compiled {
    /// All entries; an [`EntryId`] is a position here.
    pub entries: Vec<Entry>,
    /// Role words and phrases.
    pub roles: Vec<Role>,
    /// Names as they stand in a text.
    pub names: Names,
    /// Bare last names of persons.
    pub surnames: Names,
    /// Persons by the sound of their names; see [`spell::sound`].
    pub sounds: Names,
    /// Persons by the title they hold or held: `CODE title`.
    pub titles: Names,
    /// Titles that mean the same.
    pub synonyms: Titles,
}

/// Compiles tables (file name and text) onto what is there already: entries of the same identifier are joined
/// with it, see [`overlay`]. An empty base makes a world of its own.
///
/// # Errors
/// Every fault of every file, so that an editor can mend them in one go.
pub fn compile(files: &[(&str, &str)], base: &Compiled) -> Result<Compiled, Vec<Fault>> {
    let read = read::read(files, &base.roles);
    let synonyms = Titles { rows: [read.titles, base.synonyms.rows.clone()].concat() };
    let mut faults = read.faults;
    faults.extend(lint::lint(&read.drafts, &read.members, &synonyms, &base.entries));
    if !faults.is_empty() {
        return Err(faults);
    }
    let (entries, places) = overlay::join(&base.entries, &read.drafts, &read.members);
    let (names, surnames, sounds) = index_of(&read.drafts, &places, base);
    let titles = holders(&entries, &synonyms);
    Ok(Compiled { entries, roles: read.roles, names, surnames, sounds, titles, synonyms })
}

/// The indexes of names: entries that share a name come most prominent first, those of the base last.
fn index_of(drafts: &[Draft], places: &[EntryId], base: &Compiled) -> (Names, Names, Names) {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&i| (drafts[i].entry.prominence(), i));
    let (mut names, mut surnames, mut sounds) = (Vec::new(), Vec::new(), Vec::new());
    for i in order {
        sounds.extend(drafts[i].sounds().into_iter().map(|s| (s, places[i])));
        names.extend(drafts[i].spellings().into_iter().map(|s| (s, places[i])));
        surnames.extend(drafts[i].bare_names().into_iter().map(|s| (s, places[i])));
    }
    let given = given_names(drafts, &surnames);
    surnames.retain(|(word, _)| !given.contains(word));
    let replaced: Vec<_> =
        drafts.iter().zip(places).filter(|(d, _)| d.replaces).map(|(_, place)| *place).collect();
    let stays = |(_, id): &(String, EntryId)| !replaced.contains(id);
    names.extend(base.names.pairs().filter(stays));
    surnames.extend(base.surnames.pairs().filter(stays));
    sounds.extend(base.sounds.pairs().filter(stays));
    (Names::build(&names), Names::build(&surnames), Names::build(&sounds))
}

/// Words that are first names of many persons and the last name of few ("David"): alone they name nobody.
fn given_names(drafts: &[Draft], surnames: &[(String, EntryId)]) -> BTreeSet<String> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for draft in drafts.iter().filter(|d| d.entry.kind == Kind::Person) {
        let name = draft.names.first().map_or("", |n| n.text.as_str());
        if let Some((word, _)) =
            name.split_once(' ').filter(|(word, _)| !draft.short.iter().any(|s| s == word))
        {
            *first.entry(word).or_default() += 1;
        }
    }
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    for (word, _) in surnames {
        *last.entry(word).or_default() += 1;
    }
    let many =
        |(word, n): &(&str, usize)| *n >= MANY && *n > last.get(word).copied().unwrap_or(0) * MORE_OFTEN;
    first.into_iter().filter(many).map(|(word, _)| word.to_owned()).collect()
}

/// Persons that a first name has at least to count as one.
const MANY: usize = 10;

/// How much more often a word must be a first name than a last one.
const MORE_OFTEN: usize = 4;

/// Persons by state and title.
fn holders(entries: &[Entry], synonyms: &Titles) -> Names {
    let mut pairs = Vec::new();
    for (entry, i) in entries.iter().zip(0..).filter(|(e, _)| e.kind == Kind::Person) {
        for office in &entry.offices {
            let title = office.title.as_deref().map(|t| synonyms.settle(t));
            pairs.extend(title.map(|t| (titles::key(&office.code, &t), EntryId(i))));
        }
    }
    Names::build(&pairs)
}
