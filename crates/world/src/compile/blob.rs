//! Reads a compiled world from its bytes: lengths and little-endian numbers, nothing to parse.

use jiff::civil::Date;

use super::Compiled;
use super::index::{Key, Names};
use super::model::{Entry, EntryId, Kind, Office, Role, RoleKind};

/// The world that the build wrote; `None` if the bytes end early or hold what it never writes.
pub fn read(bytes: &[u8]) -> Option<Compiled> {
    let mut bytes = bytes;
    let from = &mut bytes;
    let entries = take_all(from, take_entry)?;
    let roles = take_all(from, take_role)?;
    let names = take_names(from)?;
    let surnames = take_names(from)?;
    Some(Compiled { entries, roles, names, surnames })
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

fn take_role(from: &mut &[u8]) -> Option<Role> {
    Some(Role {
        phrase: take_text(from)?,
        sector: take_option(from)?,
        kind: *ROLE_KINDS.get(usize::from(take_byte(from)?))?,
        code: take_option(from)?,
        rank: take_byte(from)?,
    })
}

fn take_names(from: &mut &[u8]) -> Option<Names> {
    let text = take_text(from)?;
    let numbers = take_numbers(from, 4)?;
    let key = |n: &[u32]| Key { start: n[0], length: n[1], ids: n[2], ids_end: n[3] };
    let keys = numbers.chunks_exact(4).map(key).collect();
    let ids = take_numbers(from, 1)?.into_iter().map(EntryId).collect();
    Some(Names { text, keys, ids, slots: take_numbers(from, 1)? })
}

/// A count, then so many groups of `each` numbers.
fn take_numbers(from: &mut &[u8], each: usize) -> Option<Vec<u32>> {
    let count = take_number(from)? as usize;
    let bytes = take(from, count.checked_mul(each * 4)?)?;
    Some(bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
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
