//! Writes a compiled world as the bytes that [`crate::compile::blob`] reads; part of the build only.

use jiff::civil::Date;

use crate::compile::Compiled;
use crate::compile::blob::{LONG, ROLE_KINDS};
use crate::compile::index::Names;
use crate::compile::model::{Entry, Office, Role};

/// The bytes of a world.
pub fn write(world: &Compiled) -> Vec<u8> {
    let mut out = Vec::new();
    put_all(&mut out, &world.entries, put_entry);
    put_all(&mut out, &world.roles, put_role);
    put_names(&mut out, &world.names);
    put_names(&mut out, &world.surnames);
    out
}

fn put_entry(out: &mut Vec<u8>, entry: &Entry) {
    put_text(out, &entry.id);
    put_text(out, &entry.name);
    out.push(entry.kind as u8);
    out.push(u8::from(entry.people));
    put_option(out, entry.class.as_deref());
    put_number(out, entry.population);
    put_all(out, &entry.offices, put_office);
}

fn put_office(out: &mut Vec<u8>, office: &Office) {
    put_text(out, &office.code);
    put_option(out, office.sector.as_deref());
    put_option(out, office.title.as_deref());
    put_date(out, office.from);
    put_date(out, office.to);
    out.push(office.rank);
}

fn put_role(out: &mut Vec<u8>, role: &Role) {
    put_text(out, &role.phrase);
    put_option(out, role.sector.as_deref());
    out.push(ROLE_KINDS.iter().position(|k| *k == role.kind).unwrap_or(0) as u8);
    put_option(out, role.code.as_deref());
    out.push(role.rank);
}

fn put_names(out: &mut Vec<u8>, names: &Names) {
    put_text(out, &names.text);
    put_all(out, &names.keys, |out, k| {
        [k.start, k.length, k.ids, k.ids_end].into_iter().for_each(|n| put_number(out, n));
    });
    put_all(out, &names.ids, |out, id| put_number(out, id.0));
    put_all(out, &names.slots, |out, n| put_number(out, *n));
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

    #[test]
    fn what_is_written_is_read() {
        let states = "code\tname\tadjectives\tto\nZEM\tZembla\tZemblan\t1992-03";
        let roles = "phrase\tkind\tsector\tcode\nking\tperson\tGOV\tZEM";
        let people = "name\toffices\nCharles Xavier\tZEM king 1936..1958-06-29";
        let files = [("states.tsv", states), ("roles.tsv", roles), ("people.tsv", people)];
        let world = compile::compile(&files, Vec::new()).expect("tables without fault");
        let read = blob::read(&write(&world)).expect("whole bytes");
        assert_eq!((read.entries, read.roles), (world.entries, world.roles));
        assert_eq!((read.names, read.surnames), (world.names, world.surnames));
    }

    #[test]
    fn bytes_that_end_early_are_refused() {
        let bytes = write(&Compiled::default());
        assert!(blob::read(&bytes).is_some());
        assert!(blob::read(&bytes[..bytes.len() - 1]).is_none());
    }
}
