//! Reads and checks the tables: rows to places and names.

use std::collections::BTreeMap;

use super::{Compiled, Place, Sources};
use crate::fold::fold;
use crate::keys::{country_key, outlet_key};
use crate::layout::{Level, NameKind};

/// A table's rows with what is needed to name a fault.
struct Table<'t> {
    file: &'static str,
    columns: Vec<&'t str>,
    rows: Vec<Row<'t>>,
}

/// One line of a table.
struct Row<'t> {
    line: usize,
    cells: Vec<&'t str>,
}

impl<'t> Table<'t> {
    fn read(file: &'static str, text: &'t str, faults: &mut Vec<String>) -> Table<'t> {
        let mut lines = text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
        let columns: Vec<&str> = lines.next().map(|(_, l)| l.split('\t').collect()).unwrap_or_default();
        let mut rows = Vec::new();
        for (number, line) in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            // Empty cells at the end of a row may be left out.
            if cells.len() <= columns.len() {
                rows.push(Row { line: number + 1, cells });
            } else {
                faults.push(format!(
                    "{file}:{}: {} cells, where {} columns are named",
                    number + 1,
                    cells.len(),
                    columns.len()
                ));
            }
        }
        Table { file, columns, rows }
    }

    /// A cell; empty where the row has "-" or the table lacks the column.
    fn cell(&self, row: &Row<'t>, column: &str) -> &'t str {
        let at = self.columns.iter().position(|c| *c == column);
        at.and_then(|i| row.cells.get(i).copied()).filter(|c| *c != "-").unwrap_or("")
    }

    fn number<T: std::str::FromStr + Default>(
        &self,
        row: &Row<'t>,
        column: &str,
        faults: &mut Vec<String>,
    ) -> T {
        match self.cell(row, column) {
            "" => T::default(),
            text => text.parse().unwrap_or_else(|_| {
                faults.push(format!("{}:{}: {column}: {text:?} is no number", self.file, row.line));
                T::default()
            }),
        }
    }

    fn point(&self, row: &Row<'t>, faults: &mut Vec<String>) -> Option<(f64, f64)> {
        if self.cell(row, "lat").is_empty() {
            return None;
        }
        let (lat, lon): (f64, f64) = (self.number(row, "lat", faults), self.number(row, "lon", faults));
        if lat.abs() > 90.0 || lon.abs() > 180.0 {
            faults.push(format!("{}:{}: {lat}, {lon} is no point of the earth", self.file, row.line));
        }
        Some((lat, lon))
    }
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(|n| n.trim_start_matches('=').trim()).filter(|n| !n.is_empty())
}

/// What the tables say, under construction.
#[derive(Default)]
struct Builder {
    out: Compiled,
    /// Countries by alpha-3 code, and their alpha-3 codes by alpha-2.
    countries: BTreeMap<String, u32>,
    alpha3: BTreeMap<String, String>,
    continents: BTreeMap<String, u32>,
    /// Divisions by the code that GeoNames gives them.
    divisions: BTreeMap<String, u32>,
    /// Provinces, countries and areas by name, for the names that the world's states have beside.
    regions: BTreeMap<String, Vec<u32>>,
    /// The largest town that has each of the names under which the world knows one in a country.
    expected: BTreeMap<(String, String), Option<u32>>,
    /// Towns by country, first-order division and folded name, the largest.
    towns: BTreeMap<(String, String, String), u32>,
}

/// Reads every table. Faults are added to `faults`.
pub fn read(sources: &Sources, faults: &mut Vec<String>) -> Compiled {
    let mut builder = Builder::default();
    builder.countries(&sources.countries, &sources.corrections, faults);
    builder.continents(&sources.continents, faults);
    builder.divisions(&sources.divisions, &sources.generics, faults);
    builder.features(&sources.features, faults);
    builder.states(&sources.states, faults);
    builder.division_names(&sources.division_names, faults);
    builder.expect(&sources.known, faults);
    builder.places(&sources.places, faults);
    builder.name_expected();
    builder.bynames(&sources.bynames, faults);
    builder.outlets(&sources.outlets, faults);
    builder.out
}

impl Builder {
    fn add(&mut self, place: Place) -> u32 {
        let position = self.out.places.len() as u32;
        self.name(&place.name.clone(), position, NameKind::Usual);
        self.out.places.push(place);
        position
    }

    fn name(&mut self, name: &str, position: u32, kind: NameKind) {
        let folded = fold(name);
        if !folded.is_empty() {
            self.out.names.push((folded, position, kind));
        }
    }

    fn countries(&mut self, text: &str, corrections: &str, faults: &mut Vec<String>) {
        let better = Table::read("corrections.tsv", corrections, faults);
        let table = Table::read("countries.tsv", text, faults);
        for row in &table.rows {
            let code = table.cell(row, "code").to_owned();
            let correction = better.rows.iter().find(|r| better.cell(r, "code") == code);
            let point = match correction {
                Some(better_row) => better.point(better_row, faults),
                None => table.point(row, faults),
            };
            let position = self.add(Place {
                id: table.number(row, "id", faults),
                name: table.cell(row, "name").to_owned(),
                point,
                population: table.number(row, "population", faults),
                feature: "PCLI".to_owned(),
                level: Level::Country,
                countries: vec![code.clone()],
                admin1: None,
                admin2: None,
                extent: 0,
                of_news: false,
            });
            self.out.names.push((country_key(&code), position, NameKind::Usual));
            self.alpha3.insert(table.cell(row, "iso2").to_owned(), code.clone());
            self.countries.insert(code.clone(), position);
            self.towns.insert((code, "capital".to_owned(), fold(table.cell(row, "capital"))), position);
        }
    }

    fn continents(&mut self, text: &str, faults: &mut Vec<String>) {
        let table = Table::read("continents.tsv", text, faults);
        for row in &table.rows {
            let name = table.cell(row, "name").to_owned();
            let position = self.add(Place {
                id: table.number(row, "id", faults),
                name: name.clone(),
                point: table.point(row, faults),
                population: 0,
                feature: "CONT".to_owned(),
                level: Level::Area,
                countries: Vec::new(),
                admin1: None,
                admin2: None,
                extent: CONTINENT_KM,
                of_news: false,
            });
            self.continents.insert(name, position);
        }
    }

    fn divisions(&mut self, text: &str, generics: &str, faults: &mut Vec<String>) {
        let generics: Vec<String> =
            generics.lines().filter(|l| !l.starts_with('#')).map(fold).filter(|g| !g.is_empty()).collect();
        let table = Table::read("divisions.tsv", text, faults);
        // First-order divisions first: their positions are short.
        for depth in [1, 2] {
            for row in table.rows.iter().filter(|r| table.cell(r, "code").matches('.').count() == depth) {
                self.division(&table, row, &generics, faults);
            }
        }
    }

    fn division(&mut self, table: &Table, row: &Row, generics: &[String], faults: &mut Vec<String>) {
        let code = table.cell(row, "code");
        let (country, first) = (code.split('.').next().unwrap_or(code), code.rsplit_once('.').map(|c| c.0));
        let second = code.matches('.').count() == 2;
        let Some(alpha3) = self.alpha3.get(country).cloned() else {
            return faults.push(format!("{}:{}: {country:?} is no country", table.file, row.line));
        };
        let name = table.cell(row, "name").to_owned();
        let position = self.add(Place {
            id: table.number(row, "id", faults),
            name: name.clone(),
            point: table.point(row, faults),
            population: table.number(row, "population", faults),
            feature: if second { "ADM2" } else { "ADM1" }.to_owned(),
            level: if second { Level::District } else { Level::Province },
            countries: vec![alpha3],
            admin1: first.filter(|_| second).and_then(|f| self.divisions.get(f)).copied(),
            admin2: None,
            extent: 0,
            of_news: false,
        });
        if let Some(bare) = bare(&fold(&name), generics) {
            self.out.names.push((bare, position, NameKind::Bare));
        }
        self.divisions.insert(code.to_owned(), position);
        if !second {
            self.regions.entry(fold(&name)).or_default().push(position);
        }
    }

    fn features(&mut self, text: &str, faults: &mut Vec<String>) {
        let table = Table::read("features.tsv", text, faults);
        for row in &table.rows {
            if let Some(continent) = self.continents.get(table.cell(row, "name")).copied() {
                list(table.cell(row, "names")).for_each(|n| self.name(n, continent, NameKind::Other));
                continue;
            }
            let countries: Vec<String> = list(table.cell(row, "countries")).map(str::to_owned).collect();
            for unknown in countries.iter().filter(|c| !self.countries.contains_key(*c)) {
                faults.push(format!("{}:{}: {unknown:?} is no country", table.file, row.line));
            }
            let extent: u16 = table.number(row, "extent_km", faults);
            let name = table.cell(row, "name").to_owned();
            let position = self.add(Place {
                id: 0,
                name: name.clone(),
                point: table.point(row, faults),
                population: 0,
                feature: table.cell(row, "feature").to_owned(),
                level: if extent <= SITE_KM { Level::Site } else { Level::Area },
                countries,
                admin1: None,
                admin2: None,
                extent,
                of_news: false,
            });
            list(table.cell(row, "names")).for_each(|n| self.name(n, position, NameKind::Other));
            self.regions.entry(fold(&name)).or_default().push(position);
        }
    }

    /// Names, adjectives and peoples of states, and of regions and former states as far as they are places here.
    fn states(&mut self, text: &str, faults: &mut Vec<String>) {
        let table = Table::read("states.tsv", text, faults);
        for row in &table.rows {
            let (code, class) = (table.cell(row, "code"), table.cell(row, "class"));
            let name = table.cell(row, "name");
            let positions = match class {
                "" => self.countries.get(code).copied().into_iter().collect(),
                "past" => vec![self.former(name, code)],
                _ => self.region(name, code),
            };
            for position in positions {
                self.name(name, position, NameKind::Usual);
                list(table.cell(row, "names")).for_each(|n| self.name(n, position, NameKind::Other));
                let of_it = list(table.cell(row, "adjectives")).chain(list(table.cell(row, "peoples")));
                of_it.for_each(|n| self.name(n, position, NameKind::Adjective));
            }
        }
    }

    /// A state of the past: it has a name, but no point of its own.
    fn former(&mut self, name: &str, code: &str) -> u32 {
        self.add(Place {
            id: 0,
            name: name.to_owned(),
            point: None,
            population: 0,
            feature: "PCLH".to_owned(),
            level: Level::Country,
            countries: vec![code.to_owned()],
            admin1: None,
            admin2: None,
            extent: 0,
            of_news: false,
        })
    }

    /// The province or area of a name in a country.
    fn region(&self, name: &str, code: &str) -> Vec<u32> {
        let named = self.regions.get(&fold(name)).into_iter().flatten().copied();
        named.filter(|p| self.out.places[*p as usize].countries.iter().any(|c| c == code)).take(1).collect()
    }

    fn division_names(&mut self, text: &str, faults: &mut Vec<String>) {
        let table = Table::read("division-names.tsv", text, faults);
        for row in &table.rows {
            let code = table.cell(row, "code");
            let Some(position) = self.divisions.get(code).copied() else {
                faults.push(format!("{}:{}: {code:?} is no division", table.file, row.line));
                continue;
            };
            list(table.cell(row, "names")).for_each(|n| self.name(n, position, NameKind::Other));
            list(table.cell(row, "abbreviations"))
                .for_each(|n| self.name(n, position, NameKind::Abbreviation));
        }
    }

    /// Names that news has for towns of a country ("Palmyra"), whatever GeoNames calls them first.
    fn expect(&mut self, text: &str, faults: &mut Vec<String>) {
        let table = Table::read("places.tsv", text, faults);
        for row in &table.rows {
            let names = list(table.cell(row, "name")).chain(list(table.cell(row, "names")));
            let keys = names.map(|n| (table.cell(row, "code").to_owned(), fold(n)));
            self.expected.extend(keys.map(|key| (key, None)));
        }
    }

    /// Notes that a town has a name, if it is one that is expected in its country.
    fn note(&mut self, country: &str, folded: String, position: u32) {
        let population = |p: u32| self.out.places[p as usize].population;
        if let Some(known) = self.expected.get_mut(&(country.to_owned(), folded))
            && known.is_none_or(|p| population(p) < population(position))
        {
            *known = Some(position);
        }
    }

    /// What news calls a town is as good as its usual name.
    fn name_expected(&mut self) {
        let found = std::mem::take(&mut self.expected).into_iter();
        for (name, town) in found.filter_map(|((_, name), town)| Some((name, town?))) {
            self.out.places[town as usize].of_news = true;
            self.out.names.push((name, town, NameKind::Usual));
        }
    }

    fn places(&mut self, text: &str, faults: &mut Vec<String>) {
        let table = Table::read("places.tsv", text, faults);
        for row in &table.rows {
            let country = table.cell(row, "country");
            let Some(alpha3) = self.alpha3.get(country).cloned() else {
                faults.push(format!("{}:{}: {country:?} is no country", table.file, row.line));
                continue;
            };
            let first = format!("{country}.{}", table.cell(row, "admin1"));
            let second = format!("{first}.{}", table.cell(row, "admin2"));
            let name = table.cell(row, "name").to_owned();
            let folded = fold(&name);
            let population: u64 = table.number(row, "population", faults);
            let capital = self.towns.remove(&(alpha3.clone(), "capital".to_owned(), folded.clone()));
            let position = self.add(Place {
                id: table.number(row, "id", faults),
                name,
                point: table.point(row, faults),
                population,
                feature: if capital.is_some() { "PPLC" } else { "PPL" }.to_owned(),
                level: Level::City,
                countries: vec![alpha3.clone()],
                admin1: self.divisions.get(&first).copied(),
                admin2: self.divisions.get(&second).copied(),
                extent: 0,
                of_news: false,
            });
            for name in list(table.cell(row, "names")) {
                self.name(name, position, NameKind::Other);
                self.note(&alpha3, fold(name), position);
            }
            self.note(&alpha3, folded.clone(), position);
            self.town(&alpha3, &first, folded, position);
        }
    }

    /// The code of a division that an outlet's row names by its letters.
    fn lettered(&self, country: &str, region: &str) -> Option<String> {
        let iso2 = self.alpha3.iter().find(|(_, alpha3)| *alpha3 == country)?.0;
        let code = format!("{iso2}.{region}");
        self.divisions.contains_key(&code).then_some(code)
    }

    /// Remembers the largest town of a name.
    fn town(&mut self, country: &str, first: &str, name: String, position: u32) {
        let population = |p: u32| self.out.places[p as usize].population;
        for division in [first, ""] {
            let key = (country.to_owned(), division.to_owned(), name.clone());
            let larger = self.towns.get(&key).is_none_or(|&p| population(p) < population(position));
            if larger {
                self.towns.insert(key, position);
            }
        }
    }

    /// Names that towns have in news, as good as their usual ones.
    fn bynames(&mut self, text: &str, faults: &mut Vec<String>) {
        let table = Table::read("bynames.tsv", text, faults);
        for row in &table.rows {
            let (name, country) = (table.cell(row, "name"), table.cell(row, "country"));
            let key = (country.to_owned(), table.cell(row, "admin1").to_owned(), fold(name));
            match self.towns.get(&key).copied() {
                Some(town) => {
                    list(table.cell(row, "names")).for_each(|n| self.name(n, town, NameKind::Usual))
                }
                None => faults.push(format!("{}:{}: no town {name:?} in {country}", table.file, row.line)),
            }
        }
    }

    fn outlets(&mut self, text: &str, faults: &mut Vec<String>) {
        let table = Table::read("outlets.tsv", text, faults);
        for row in &table.rows {
            let (city, country) = (table.cell(row, "city"), table.cell(row, "country"));
            let region = table.cell(row, "region");
            // Only where a country's divisions have letters do outlets name them by these.
            let division = self.lettered(country, region).unwrap_or_default();
            let Some(home) = self.towns.get(&(country.to_owned(), division, fold(city))).copied() else {
                faults.push(format!("{}:{}: no town {city:?} in {country} {region}", table.file, row.line));
                continue;
            };
            let local = matches!(table.cell(row, "scope"), "local" | "regional");
            let kind = if local { NameKind::LocalOutlet } else { NameKind::NationalOutlet };
            for domain in list(table.cell(row, "domains")) {
                self.out.names.push((outlet_key(&domain.to_ascii_lowercase()), home, kind));
            }
            for name in list(table.cell(row, "names")) {
                self.out.names.push((outlet_key(&fold(name)), home, kind));
            }
        }
    }
}

/// How far a continent reaches from its middle, roughly.
const CONTINENT_KM: u16 = 3000;

/// Features that reach no farther than this from their point are sites.
const SITE_KM: u16 = 5;

/// A folded name without the word at its beginning or end that says what sort of division it is.
fn bare(name: &str, generics: &[String]) -> Option<String> {
    let stripped = generics.iter().find_map(|g| {
        let behind = name.strip_suffix(g.as_str()).and_then(|n| n.strip_suffix(' '));
        behind.or_else(|| name.strip_prefix(g.as_str()).and_then(|n| n.strip_prefix(' ')))
    })?;
    let stripped =
        ["of ", "de ", "do ", "da "].iter().find_map(|of| stripped.strip_prefix(of)).unwrap_or(stripped);
    (stripped.len() > 2).then(|| stripped.to_owned())
}
