//! Reads a compiled world in its bytes: sections with their lengths, little-endian numbers, nothing to parse.

use std::borrow::Cow;
use std::sync::OnceLock;

use jiff::civil::Date;

use super::index::{Names, number_at};
use super::model::{Entry, EntryId, Kind, Office, Role, RoleKind};
use super::titles::{Holders, Title, Titles};

/// A world in its bytes, from which an entry is read when it is first asked for.
#[derive(Debug, Clone, Default)]
pub struct Stored {
    /// Role words and phrases.
    pub roles: Vec<Role>,
    /// Names as they stand in a text.
    pub names: Names,
    /// Bare last names of persons.
    pub surnames: Names,
    /// Persons by the sound of their names.
    pub sounds: Names,
    /// Holders of titles: `CODE title` with the title as [`super::titles::Titles`] settles it.
    pub titles: Names,
    /// Titles that mean the same.
    pub synonyms: Titles,
    entries: Cow<'static, [u8]>,
    /// Where each entry begins.
    starts: Cow<'static, [u8]>,
    /// Entries in the order of their identifiers.
    by_id: Cow<'static, [u8]>,
    read: Vec<OnceLock<Option<Box<Entry>>>>,
}

impl Stored {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.read.len()
    }

    /// The entry at a position of the tables.
    pub fn entry(&self, position: usize) -> Option<&Entry> {
        let read = || take_entry(&mut self.bytes_of(position)?).map(Box::new);
        self.read.get(position)?.get_or_init(read).as_deref()
    }

    /// The position of the entry with an identifier.
    pub fn position(&self, id: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = (low + high) / 2;
            let position = number_at(&self.by_id, middle) as usize;
            match take_text(&mut self.bytes_of(position)?)?.as_str().cmp(id) {
                std::cmp::Ordering::Equal => return Some(position),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn bytes_of(&self, position: usize) -> Option<&[u8]> {
        self.entries.get(number_at(&self.starts, position) as usize..)
    }
}

/// The world that [`super::write::write`] wrote; `None` if the bytes end early or hold what it never writes.
pub fn read(bytes: Cow<'static, [u8]>) -> Option<Stored> {
    let mut from = Cursor { bytes: &bytes, at: 0 };
    let roles = from.section()?;
    let roles = take_all(&mut &*roles, take_role)?;
    let (entries, starts, by_id) = (from.section()?, from.section()?, from.section()?);
    let names = take_names(&mut from)?;
    let surnames = take_names(&mut from)?;
    let (sounds, titles) = (take_names(&mut from)?, take_names(&mut from)?);
    let synonyms = from.section()?;
    let synonyms = Titles { rows: take_all(&mut &*synonyms, take_title)? };
    let read = vec![OnceLock::new(); starts.len() / 4];
    Some(Stored { roles, names, surnames, sounds, titles, synonyms, entries, starts, by_id, read })
}

fn take_names(from: &mut Cursor<'_>) -> Option<Names> {
    let (text, keys, slots) = (from.section()?, from.section()?, from.section()?);
    let ids = from.section()?;
    let ids = (0..ids.len() / 4).map(|i| EntryId(number_at(&ids, i))).collect();
    Some(Names { text, keys, slots, ids })
}

/// Sections of bytes, each after its length.
struct Cursor<'b> {
    bytes: &'b Cow<'static, [u8]>,
    at: usize,
}

impl Cursor<'_> {
    fn section(&mut self) -> Option<Cow<'static, [u8]>> {
        let length = take_number(&mut self.bytes.get(self.at..)?)? as usize;
        let range = self.at + 4..(self.at + 4).checked_add(length)?;
        self.at = range.end;
        match self.bytes {
            Cow::Borrowed(bytes) => bytes.get(range).map(Cow::Borrowed),
            Cow::Owned(bytes) => bytes.get(range).map(|b| Cow::Owned(b.to_vec())),
        }
    }
}

/// Kinds of roles, in the order in which they are numbered.
pub const ROLE_KINDS: [RoleKind; 4] = [RoleKind::Person, RoleKind::Group, RoleKind::Body, RoleKind::Force];

fn take_entry(from: &mut &[u8]) -> Option<Entry> {
    Some(Entry {
        id: take_text(from)?,
        name: take_text(from)?,
        kind: *Kind::ALL.get(usize::from(take_byte(from)?))?,
        people: take_byte(from)? != 0,
        class: take_option(from)?,
        population: take_number(from)?,
        offices: take_all(from, take_office)?,
        members: take_all(from, take_office)?,
        cameo: take_option(from)?,
    })
}

fn take_office(from: &mut &[u8]) -> Option<Office> {
    Some(Office {
        code: take_text(from)?,
        sector: take_option(from)?,
        title: take_option(from)?,
        from: take_date(from)?,
        to: take_date(from)?,
        rank: take_byte(from)?,
    })
}

fn take_title(from: &mut &[u8]) -> Option<Title> {
    Some(Title {
        title: take_text(from)?,
        same: take_all(from, take_text)?,
        holders: if take_byte(from)? == 0 { Holders::Many } else { Holders::One },
    })
}

fn take_role(from: &mut &[u8]) -> Option<Role> {
    Some(Role {
        phrase: take_text(from)?,
        sector: take_option(from)?,
        kind: *ROLE_KINDS.get(usize::from(take_byte(from)?))?,
        code: take_option(from)?,
        rank: take_byte(from)?,
    })
}

/// A text of up to 254 bytes has its length in one byte.
pub const LONG: u8 = u8::MAX;

fn take_text(from: &mut &[u8]) -> Option<String> {
    let length = match take_byte(from)? {
        LONG => take_number(from)? as usize,
        short => usize::from(short),
    };
    std::str::from_utf8(take(from, length)?).ok().map(str::to_owned)
}

fn take_option(from: &mut &[u8]) -> Option<Option<String>> {
    take_text(from).map(|t| Some(t).filter(|t| !t.is_empty()))
}

fn take_date(from: &mut &[u8]) -> Option<Option<Date>> {
    match take_number(from)? {
        0 => Some(None),
        n => Date::new((n >> 16) as i16, (n >> 8) as i8, n as i8).ok().map(Some),
    }
}

fn take_all<T>(from: &mut &[u8], one: impl Fn(&mut &[u8]) -> Option<T>) -> Option<Vec<T>> {
    let count = take_number(from)?;
    (0..count).map(|_| one(from)).collect()
}

fn take_number(from: &mut &[u8]) -> Option<u32> {
    take(from, 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn take_byte(from: &mut &[u8]) -> Option<u8> {
    take(from, 1).map(|b| b[0])
}

fn take<'b>(from: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
    let (taken, rest) = from.split_at_checked(length)?;
    *from = rest;
    Some(taken)
}
