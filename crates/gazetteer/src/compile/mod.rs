//! From the tables of `data/gazetteer` to the bytes that the program carries; used by the build alone.

mod index;
mod tables;

use std::collections::BTreeMap;

use crate::layout::{Level, NO_DEGREES, NONE, NameKind, OF_NEWS, PARTS, PLACE};

/// The texts of the tables.
#[derive(Debug, Default)]
pub struct Sources {
    /// `countries.tsv`.
    pub countries: String,
    /// `corrections.tsv`.
    pub corrections: String,
    /// `continents.tsv`.
    pub continents: String,
    /// `divisions.tsv`.
    pub divisions: String,
    /// `division-names.tsv`.
    pub division_names: String,
    /// `generics.txt`.
    pub generics: String,
    /// `features.tsv`.
    pub features: String,
    /// `places.tsv`.
    pub places: String,
    /// `bynames.tsv`.
    pub bynames: String,
    /// `outlets.tsv`.
    pub outlets: String,
    /// `places.tsv` of the world.
    pub known: String,
    /// `states.tsv` of the world.
    pub states: String,
}

/// A place before it is written.
#[derive(Debug, Clone)]
pub struct Place {
    /// GeoNames identifier; 0 where it has none.
    pub id: u32,
    /// Usual name.
    pub name: String,
    /// Latitude and longitude in degrees.
    pub point: Option<(f64, f64)>,
    /// Inhabitants, of a division those of its places.
    pub population: u64,
    /// GeoNames feature code.
    pub feature: String,
    /// Its level.
    pub level: Level,
    /// Countries it lies in, the main one first, by ISO 3166-1 alpha-3.
    pub countries: Vec<String>,
    /// Position of its first-order division.
    pub admin1: Option<u32>,
    /// Position of its second-order division.
    pub admin2: Option<u32>,
    /// How far it reaches from its point, in kilometres.
    pub extent: u16,
    /// Whether the world's tables have it among the towns that news names.
    pub of_news: bool,
}

/// Everything that is written.
#[derive(Debug, Default)]
pub struct Compiled {
    /// Places.
    pub places: Vec<Place>,
    /// Folded names with the position of the place that has each and the way in which it does.
    pub names: Vec<(String, u32, NameKind)>,
}

/// Checks the tables and compiles them.
///
/// # Errors
/// Every fault, by file and line.
pub fn compile(sources: &Sources) -> Result<Vec<u8>, Vec<String>> {
    let mut faults = Vec::new();
    let compiled = tables::read(sources, &mut faults);
    if faults.is_empty() { Ok(write(compiled)) } else { Err(faults) }
}

fn write(compiled: Compiled) -> Vec<u8> {
    let Compiled { places, names } = compiled;
    let mut texts = Texts::default();
    let mut lists = Texts::default();
    let mut records = Vec::with_capacity(places.len() * PLACE);
    for place in &places {
        write_place(&mut records, place, &mut texts, &mut lists);
    }
    let (slots, holders) = index::build(names, &places);
    let mut bytes = Vec::new();
    for section in [records, texts.bytes, lists.bytes, slots, holders] {
        bytes.extend((section.len() as u32).to_le_bytes());
        bytes.extend(section);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
    }
    bytes
}

fn write_place(out: &mut Vec<u8>, place: &Place, texts: &mut Texts, lists: &mut Texts) {
    let (lat, lon) = place.point.map_or((NO_DEGREES, NO_DEGREES), |(lat, lon)| (parts(lat), parts(lon)));
    let population = u32::try_from(place.population).unwrap_or(u32::MAX);
    out.extend(place.id.to_le_bytes());
    out.extend(lat.to_le_bytes());
    out.extend(lon.to_le_bytes());
    out.extend(population.to_le_bytes());
    out.extend(texts.add(&place.name).to_le_bytes());
    out.extend((place.admin1.unwrap_or(NONE) as u16).to_le_bytes());
    out.extend(place.extent.to_le_bytes());
    out.extend(&place.admin2.unwrap_or(NONE).to_le_bytes()[..3]);
    out.push(place.level as u8 | if place.of_news { OF_NEWS } else { 0 });
    out.extend((lists.add(&place.countries.join(" ")) as u16).to_le_bytes());
    out.extend((lists.add(&place.feature) as u16).to_le_bytes());
}

fn parts(degrees: f64) -> i32 {
    (degrees * PARTS).round() as i32
}

/// Texts, each once, behind one another with their lengths.
#[derive(Debug, Default)]
struct Texts {
    bytes: Vec<u8>,
    known: BTreeMap<String, u32>,
}

impl Texts {
    /// Where a text begins.
    fn add(&mut self, text: &str) -> u32 {
        if let Some(at) = self.known.get(text) {
            return *at;
        }
        let at = self.bytes.len() as u32;
        let text_bytes = &text.as_bytes()[..text.len().min(255)];
        self.bytes.push(text_bytes.len() as u8);
        self.bytes.extend(text_bytes);
        self.known.insert(text.to_owned(), at);
        at
    }
}
