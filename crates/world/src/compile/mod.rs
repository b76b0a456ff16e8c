//! Turns the tables into entries and indexes: the part that the build and the running program share.

pub mod blob;
pub mod dates;
pub mod fault;
pub mod index;
pub mod lint;
pub mod model;
pub mod read;
pub mod spell;
pub mod table;
pub mod write;

use fault::Fault;
use index::Names;
use model::{Entry, EntryId, Role};

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
}

/// Compiles tables (file name and text); `roles` serves when no table of roles is among them.
///
/// # Errors
/// Every fault of every file, so that an editor can mend them in one go.
pub fn compile(files: &[(&str, &str)], roles: Vec<Role>) -> Result<Compiled, Vec<Fault>> {
    let read = read::read(files, roles);
    let mut faults = read.faults;
    faults.extend(lint::lint(&read.drafts));
    if !faults.is_empty() {
        return Err(faults);
    }
    let (names, surnames) = index_of(&read.drafts);
    let entries = read.drafts.into_iter().map(|d| d.entry).collect();
    Ok(Compiled { entries, roles: read.roles, names, surnames })
}

/// The two indexes; entries that share a name come most prominent first.
fn index_of(drafts: &[read::Draft]) -> (Names, Names) {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&i| (drafts[i].entry.prominence(), i));
    let (mut names, mut surnames) = (Vec::new(), Vec::new());
    for i in order {
        let id = EntryId(u32::try_from(i).unwrap_or(u32::MAX));
        names.extend(drafts[i].spellings().into_iter().map(|s| (s, id)));
        surnames.extend(drafts[i].bare_names().into_iter().map(|s| (s, id)));
    }
    (Names::build(&names), Names::build(&surnames))
}
