//! Writes a compiled world as the bytes that [`super::blob`] reads.

use jiff::civil::Date;

use super::Compiled;
use super::blob::{LONG, ROLE_KINDS};
use super::index::Names;
use super::model::{Entry, Office, Role};
use super::titles::{Holders, Title};

/// The bytes of a world.
pub fn write(world: &Compiled) -> Vec<u8> {
    let mut out = Vec::new();
    let mut roles = Vec::new();
    put_all(&mut roles, &world.roles, put_role);
    put_section(&mut out, &roles);
    put_entries(&mut out, &world.entries);
    put_names(&mut out, &world.names);
    put_names(&mut out, &world.surnames);
    put_names(&mut out, &world.sounds);
    put_names(&mut out, &world.titles);
    let mut synonyms = Vec::new();
    put_all(&mut synonyms, &world.synonyms.rows, put_title);
    put_section(&mut out, &synonyms);
    out
}

/// Three sections: the entries, where each begins, and their order by identifier.
fn put_entries(out: &mut Vec<u8>, entries: &[Entry]) {
    let (mut bytes, mut starts) = (Vec::new(), Vec::new());
    for entry in entries {
        starts.push(bytes.len() as u32);
        put_entry(&mut bytes, entry);
    }
    let mut order: Vec<u32> = (0..entries.len() as u32).collect();
    order.sort_by_key(|i| &entries[*i as usize].id);
    put_section(out, &bytes);
    put_section(out, &numbers(starts.into_iter()));
    put_section(out, &numbers(order.into_iter()));
}

fn put_entry(out: &mut Vec<u8>, entry: &Entry) {
    put_text(out, &entry.id);
    put_text(out, &entry.name);
    out.push(entry.kind as u8);
    out.push(u8::from(entry.people));
    put_option(out, entry.class.as_deref());
    put_number(out, entry.population);
    put_all(out, &entry.offices, put_office);
    put_all(out, &entry.members, put_office);
    put_option(out, entry.cameo.as_deref());
}

fn put_office(out: &mut Vec<u8>, office: &Office) {
    put_text(out, &office.code);
    put_option(out, office.sector.as_deref());
    put_option(out, office.title.as_deref());
    put_date(out, office.from);
    put_date(out, office.to);
    out.push(office.rank);
}

fn put_title(out: &mut Vec<u8>, title: &Title) {
    put_text(out, &title.title);
    put_all(out, &title.same, |out, same| put_text(out, same));
    out.push(u8::from(title.holders == Holders::One));
}

fn put_role(out: &mut Vec<u8>, role: &Role) {
    put_text(out, &role.phrase);
    put_option(out, role.sector.as_deref());
    out.push(ROLE_KINDS.iter().position(|k| *k == role.kind).unwrap_or(0) as u8);
    put_option(out, role.code.as_deref());
    out.push(role.rank);
}

fn put_names(out: &mut Vec<u8>, names: &Names) {
    put_section(out, &names.text);
    put_section(out, &names.keys);
    put_section(out, &names.slots);
    put_section(out, &numbers(names.ids.iter().map(|id| id.0)));
}

fn put_section(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, bytes.len() as u32);
    out.extend_from_slice(bytes);
}

fn numbers(all: impl Iterator<Item = u32>) -> Vec<u8> {
    all.flat_map(u32::to_le_bytes).collect()
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    match u8::try_from(text.len()).ok().filter(|n| *n < LONG) {
        Some(length) => out.push(length),
        None => {
            out.push(LONG);
            put_number(out, text.len() as u32);
        }
    }
    out.extend_from_slice(text.as_bytes());
}

/// Options are texts that are never empty.
fn put_option(out: &mut Vec<u8>, text: Option<&str>) {
    put_text(out, text.unwrap_or_default());
}

fn put_date(out: &mut Vec<u8>, date: Option<Date>) {
    let number = date.map_or(0, |d| (d.year() as u32) << 16 | (d.month() as u32) << 8 | d.day() as u32);
    put_number(out, number);
}

fn put_all<T>(out: &mut Vec<u8>, items: &[T], put: impl Fn(&mut Vec<u8>, &T)) {
    put_number(out, items.len() as u32);
    items.iter().for_each(|item| put(out, item));
}

fn put_number(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{self, blob};

    fn world() -> Compiled {
        let states = "code\tname\tadjectives\tto\nZEM\tZembla\tZemblan\t1992-03";
        let roles = "phrase\tkind\tsector\tcode\nking\tperson\tGOV\tZEM";
        let people = "name\toffices\nCharles Xavier\tZEM king 1936..1958-06-29";
        let bodies = "name\taffiliations\tcameo\nZembla Pact\tIGO\tIGOZMB";
        let members = "body\tmembers\nZembla Pact\tZEM 1940..1950";
        let titles = "title\tnames\tholders\nking\tmonarch\tone";
        let files = [
            ("states.tsv", states),
            ("roles.tsv", roles),
            ("bodies.tsv", bodies),
            ("members.tsv", members),
            ("people.tsv", people),
            ("titles.tsv", titles),
        ];
        compile::compile(&files, &Compiled::default()).expect("tables without fault")
    }

    #[test]
    fn what_is_written_is_read() {
        let world = world();
        let read = blob::read(write(&world).into()).expect("whole bytes");
        let entries: Vec<_> = (0..read.len()).filter_map(|i| read.entry(i).cloned()).collect();
        assert_eq!((&read.roles, &read.names, &read.surnames), (&world.roles, &world.names, &world.surnames));
        assert_eq!(
            (&read.sounds, &read.titles, &read.synonyms),
            (&world.sounds, &world.titles, &world.synonyms)
        );
        assert!(entries.iter().enumerate().all(|(i, e)| read.position(&e.id) == Some(i)));
        assert_eq!(entries, world.entries);
        assert_eq!(read.position("nobody"), None);
    }

    #[test]
    fn bytes_that_end_early_are_refused() {
        let bytes = write(&world());
        for end in 0..bytes.len() {
            assert!(blob::read(bytes[..end].to_vec().into()).is_none(), "{end}");
        }
    }
}
