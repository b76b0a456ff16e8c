//! A walk through bytes of Thrift's compact protocol that trusts no count in them.
//!
//! The library for Parquet passes over what it does not know by counting to the length that is written there, also
//! where an element takes no bytes, and does not look whether what it knows is of the type that it expects. So that the
//! walk sees what the library will see, known fields must be of their type here, and others may be anything whose
//! every element takes a byte.

use std::io::{self, Read};

/// What a field holds.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// True or false, in the byte of the field itself.
    Bool,
    /// One byte.
    Byte,
    /// A whole number of any length.
    Int,
    /// Eight bytes.
    Double,
    /// Bytes with their number before them.
    Bytes,
    /// Items of one kind.
    List(&'static Kind),
    /// Fields by number.
    Struct(Fields),
}

/// The known fields of a structure.
pub(crate) type Fields = &'static [(i64, Kind)];

/// What the walk meets.
pub(crate) enum Met {
    /// The next item of a list.
    Item,
    /// A whole number.
    Int(i64),
}

/// Structures in one another; the library goes no deeper where it passes over them.
const DEPTH: usize = 64;

/// Goes through a structure and calls `met` with the numbers of the fields that lead to what it meets.
///
/// # Errors
/// Those of `bytes`, which end too early if a length in them is wrong, and [`io::ErrorKind::InvalidData`] for what is no
/// such structure.
pub(crate) fn walk(bytes: impl Read, fields: Fields, met: impl FnMut(&[i64], Met)) -> io::Result<()> {
    Walk { bytes, met, path: Vec::new() }.structure(fields)
}

struct Walk<R, F> {
    bytes: R,
    met: F,
    path: Vec<i64>,
}

impl<R: Read, F: FnMut(&[i64], Met)> Walk<R, F> {
    fn structure(&mut self, fields: Fields) -> io::Result<()> {
        let mut last = 0;
        loop {
            let head = self.byte()?;
            if head & 0xf == 0 {
                return Ok(());
            }
            last = match i64::from(head >> 4) {
                0 => self.int()?,
                more => last + more,
            };
            self.path.push(last);
            self.field(fields, last, head & 0xf)?;
            self.path.pop();
        }
    }

    fn field(&mut self, fields: Fields, number: i64, found: u8) -> io::Result<()> {
        if self.path.len() > DEPTH {
            return Err(wrong(format!("fields lie in one another more than {DEPTH} deep")));
        }
        let known = fields.iter().find(|(known, _)| *known == number).map(|(_, kind)| *kind);
        match known {
            Some(known) if !is(known, found) => Err(wrong(format!("field {number} is of type {found}"))),
            Some(Kind::Bool) => Ok(()),
            known => self.value(known, found),
        }
    }

    /// A value that stands alone or in a list, where a truth value takes a byte.
    fn value(&mut self, known: Option<Kind>, found: u8) -> io::Result<()> {
        match found {
            1 | 2 => Ok(()),
            3 => self.byte().map(drop),
            4..=6 => {
                let value = self.int()?;
                (self.met)(&self.path, Met::Int(value));
                Ok(())
            }
            7 => self.pass(8),
            8 => {
                let length = self.varint()?;
                self.pass(length)
            }
            9 | 10 => self.list(known),
            11 => self.map(),
            12 => self.structure(if let Some(Kind::Struct(fields)) = known { fields } else { &[] }),
            13 => self.pass(16),
            _ => Err(wrong(format!("there is no type {found}"))),
        }
    }

    fn list(&mut self, known: Option<Kind>) -> io::Result<()> {
        let head = self.byte()?;
        let count = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
        let known = if let Some(Kind::List(item)) = known { Some(*item) } else { None };
        if known.is_some_and(|known| count > 0 && !is(known, head & 0xf)) {
            return Err(wrong(format!("a list has items of type {}", head & 0xf)));
        }
        self.items(count, known, head & 0xf)
    }

    fn map(&mut self) -> io::Result<()> {
        let count = self.varint()?;
        let kinds = if count > 0 { self.byte()? } else { 0 };
        for _ in 0..count {
            self.items(1, None, kinds >> 4)?;
            self.items(1, None, kinds & 0xf)?;
        }
        Ok(())
    }

    fn items(&mut self, count: u64, known: Option<Kind>, found: u8) -> io::Result<()> {
        if count > 0 && matches!(found, 1 | 2) {
            return Err(wrong(format!("a list of {count} truth values, which no such file has")));
        }
        for _ in 0..count {
            if self.path.len() > DEPTH {
                return Err(wrong(format!("lists lie in one another more than {DEPTH} deep")));
            }
            (self.met)(&self.path, Met::Item);
            self.path.push(0);
            self.value(known, found)?;
            self.path.pop();
        }
        Ok(())
    }

    fn byte(&mut self) -> io::Result<u8> {
        let mut byte = [0];
        self.bytes.read_exact(&mut byte)?;
        Ok(byte[0])
    }

    fn varint(&mut self) -> io::Result<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(wrong("a number of more than 64 bits".to_owned()))
    }

    fn int(&mut self) -> io::Result<i64> {
        let value = self.varint()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    fn pass(&mut self, count: u64) -> io::Result<()> {
        let passed = io::copy(&mut self.bytes.by_ref().take(count), &mut io::sink())?;
        if passed == count { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

/// Whether a value of a type's number in the protocol is of the kind.
fn is(kind: Kind, found: u8) -> bool {
    match kind {
        Kind::Bool => matches!(found, 1 | 2),
        Kind::Byte => found == 3,
        Kind::Int => matches!(found, 4..=6),
        Kind::Double => found == 7,
        Kind::Bytes => found == 8,
        Kind::List(_) => found == 9,
        Kind::Struct(_) => found == 12,
    }
}

fn wrong(problem: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, problem)
}
