//! Reads the compiled gazetteer in its bytes: nothing is parsed, copied or allocated.

use std::sync::OnceLock;

use crate::compile::{Sources, compile};
use crate::fold::{fold, hash, slot_of};
use crate::keys::{country_key, outlet_key};
use crate::layout::{
    KIND_BITS, LAST, Level, NO_DEGREES, NO_DIVISION, NONE, NameKind, OF_NEWS, PARTS, PLACE, SLOT,
};
use crate::point::Point;

/// A place of a gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(u32);

/// What is known of a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place<'g> {
    /// GeoNames identifier; `None` where the sources give none.
    pub geonameid: Option<u32>,
    /// Usual name.
    pub name: &'g str,
    /// A point of it; of a division the middle of its populated places. `None` where it is not known.
    pub point: Option<Point>,
    /// Inhabitants; of a division those of its populated places; 0 where it is not known.
    pub population: u32,
    /// GeoNames feature code.
    pub feature: &'g str,
    /// How large it is in the order of divisions.
    pub level: Level,
    /// Countries it lies in by ISO 3166-1 alpha-3, blank between, the main one first.
    pub countries: &'g str,
    /// Its first-order division.
    pub admin1: Option<PlaceId>,
    /// Its second-order division.
    pub admin2: Option<PlaceId>,
    /// How far it reaches from its point, in kilometres, as a rough radius; 0 for points.
    pub extent_km: u16,
    /// Whether it is one of the towns that news of the world names (`data/world/places.tsv`).
    pub of_news: bool,
}

impl<'g> Place<'g> {
    /// The country it lies in, or mainly does.
    pub fn country(&self) -> Option<&'g str> {
        self.countries.split(' ').next().filter(|c| !c.is_empty())
    }
}

/// The places of the earth.
#[derive(Debug, Clone, Copy)]
pub struct Gazetteer {
    places: &'static [u8],
    names: &'static [u8],
    lists: &'static [u8],
    slots: &'static [u8],
    holders: &'static [u8],
}

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));

impl Gazetteer {
    /// The gazetteer of the tables in `data/gazetteer`.
    pub fn builtin() -> &'static Gazetteer {
        static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
        GAZETTEER.get_or_init(|| Gazetteer::new(BYTES))
    }

    /// A gazetteer from tables of one's own, in the format of `data/gazetteer`. It stays in memory to the end of the program.
    ///
    /// # Errors
    /// Every fault of every table, by file and line.
    pub fn parse(sources: &Sources) -> Result<Gazetteer, Vec<String>> {
        compile(sources).map(|bytes| Gazetteer::new(Box::leak(bytes.into_boxed_slice())))
    }

    /// The sections of bytes that the compiler wrote.
    fn new(bytes: &'static [u8]) -> Gazetteer {
        let mut rest = bytes;
        let mut section = || {
            let length = number(rest, 0) as usize;
            let found = &rest[4..4 + length];
            rest = &rest[(4 + length).next_multiple_of(4)..];
            found
        };
        Gazetteer {
            places: section(),
            names: section(),
            lists: section(),
            slots: section(),
            holders: section(),
        }
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.places.len() / PLACE
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// All places, divisions after what holds them.
    pub fn places(&self) -> impl Iterator<Item = PlaceId> {
        (0..self.len() as u32).map(PlaceId)
    }

    /// What is known of a place.
    pub fn place(&self, id: PlaceId) -> Place<'static> {
        let record = &self.places[id.0 as usize * PLACE..][..PLACE];
        let (lat, lon) = (number(record, 4) as i32, number(record, 8) as i32);
        let degrees = |parts: i32| f64::from(parts) / PARTS;
        Place {
            geonameid: Some(number(record, 0)).filter(|&id| id != 0),
            name: text(self.names, number(record, 16) as usize),
            point: (lat != NO_DEGREES).then(|| Point { lat: degrees(lat), lon: degrees(lon) }),
            population: number(record, 12),
            feature: text(self.lists, short(record, 30)),
            level: Level::ALL[usize::from(record[27] & !OF_NEWS)],
            of_news: record[27] & OF_NEWS != 0,
            countries: text(self.lists, short(record, 28)),
            admin1: division(short(record, 20), usize::from(u16::MAX)),
            admin2: division(number(record, 24) as usize & NO_DIVISION, NO_DIVISION),
            extent_km: short(record, 22) as u16,
        }
    }

    /// Those that have a name, the larger first among those that have it in the same way.
    pub fn named(&self, name: &str) -> impl Iterator<Item = (PlaceId, NameKind)> + use<> {
        self.holders(&fold(name))
    }

    /// Those that have a name that is folded already.
    pub fn holders(&self, folded: &str) -> impl Iterator<Item = (PlaceId, NameKind)> + use<> {
        let (start, holders) = (self.find(folded), self.holders);
        let all = start.into_iter().flat_map(move |s| (s..holders.len() / 4).map(|i| number(holders, 4 * i)));
        let mut ended = false;
        all.take_while(move |holder| !std::mem::replace(&mut ended, holder & LAST != 0)).map(|holder| {
            let kind = (holder & !LAST) >> KIND_BITS;
            (PlaceId(holder & ((1 << KIND_BITS) - 1)), NameKind::ALL[kind as usize])
        })
    }

    fn find(&self, folded: &str) -> Option<usize> {
        if folded.is_empty() {
            return None;
        }
        let hash = hash(folded);
        let size = self.slots.len() / SLOT;
        let mut at = slot_of(hash, size);
        loop {
            let (half, start) = (number(self.slots, SLOT * at), number(self.slots, SLOT * at + 4));
            match start {
                NONE => return None,
                start if half == hash as u32 => return Some(start as usize),
                _ => at = (at + 1) % size,
            }
        }
    }

    /// The country with an ISO 3166-1 alpha-3 code.
    pub fn country(&self, code: &str) -> Option<PlaceId> {
        self.holders(&country_key(code)).next().map(|(id, _)| id)
    }

    /// Where an outlet is at home, by its name or web address, and whether it writes for the whole country.
    pub fn outlet(&self, source: &str) -> Option<(PlaceId, NameKind)> {
        let domain = source.trim_start_matches("https://").trim_start_matches("http://");
        let domain =
            domain.split('/').next().unwrap_or(domain).trim_start_matches("www.").to_ascii_lowercase();
        let by_domain = self.holders(&outlet_key(&domain)).next();
        by_domain.or_else(|| self.holders(&outlet_key(&fold(source))).next())
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn short(bytes: &[u8], at: usize) -> usize {
    usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]))
}

fn division(position: usize, none: usize) -> Option<PlaceId> {
    (position != none).then_some(PlaceId(position as u32))
}

fn text(bytes: &'static [u8], at: usize) -> &'static str {
    let length = usize::from(bytes[at]);
    std::str::from_utf8(&bytes[at + 1..at + 1 + length]).unwrap_or_default()
}
