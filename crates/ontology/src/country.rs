//! Countries in the codes of other event data sets, and how ICEWS names sectors: tables for those who write their formats.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::cameo::rows;

const COUNTRIES: &str = include_str!("../../../data/ontology/countries.tsv");
const GLEDITSCH_WARD: &str = include_str!("../../../data/ontology/gleditsch-ward.tsv");
const OTHER_FIPS: &str = include_str!("../../../data/ontology/other-fips.tsv");
const STATES: &str = include_str!("../../../data/ontology/us-states.tsv");
const ICEWS: &str = include_str!("../../../data/ontology/icews-sectors.tsv");

/// A country or territory of ISO 3166-1, or Kosovo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-3; XKX is Kosovo.
    pub code: &'static str,
    /// Usual English name.
    pub name: &'static str,
    /// FIPS 10-4, the two letters of GDELT's geography; none for a few territories.
    pub fips: Option<&'static str>,
    /// Number in the Correlates of War list of states; none for those it does not count as states.
    pub cow: Option<u16>,
    /// Number that it has today in the list of states of Gleditsch and Ward; none for those it does not count as states.
    pub gw: Option<u16>,
}

/// The country of an ISO 3166-1 alpha-3 code.
pub fn country(code: &str) -> Option<&'static Country> {
    BY_CODE.get(code)
}

/// All countries, by code.
pub fn countries() -> impl Iterator<Item = &'static Country> {
    BY_CODE.values()
}

/// Whether these two letters are a country, a dependency or the oceans in FIPS 10-4, as GDELT uses it.
pub fn is_fips(code: &str) -> bool {
    BY_CODE.values().any(|country| country.fips == Some(code)) || rows(OTHER_FIPS).any(|row| row[0] == code)
}

/// The two letters of a state of the United States, by its name.
pub fn us_state(name: &str) -> Option<&'static str> {
    rows(STATES).find(|row| row[0] == name).map(|row| row[1])
}

/// The names, joined by commas, that ICEWS has for a PLOVER sector or for a body of [`crate::BODIES`].
pub fn icews_sectors(code: &str) -> Option<&'static str> {
    rows(ICEWS).find(|row| row[0] == code).map(|row| row[1])
}

static BY_CODE: LazyLock<BTreeMap<&'static str, Country>> = LazyLock::new(|| {
    let numbers: BTreeMap<&str, u16> =
        rows(GLEDITSCH_WARD).filter_map(|row| Some((row[0], row.get(1)?.parse().ok()?))).collect();
    let countries = rows(COUNTRIES).filter_map(|row| read(&row, &numbers));
    countries.map(|country| (country.code, country)).collect()
});

fn read(row: &[&'static str], numbers: &BTreeMap<&str, u16>) -> Option<Country> {
    let &[code, name, fips, cow] = row else { return None };
    let fips = Some(fips).filter(|fips| !fips.is_empty());
    Some(Country { code, name, fips, cow: cow.parse().ok(), gw: numbers.get(code).copied() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BODIES, SECTORS};

    #[test]
    fn every_row_is_read_and_every_code_is_one_countrys() {
        assert_eq!(BY_CODE.len(), rows(COUNTRIES).count());
        assert_eq!(BY_CODE.len(), 250);
        for country in BY_CODE.values() {
            let same = |other: &&Country| other.fips.is_some() && other.fips == country.fips;
            assert!(BY_CODE.values().filter(same).count() <= 1, "{country:?}");
            let same = |other: &&Country| other.cow.is_some() && other.cow == country.cow;
            assert!(BY_CODE.values().filter(same).count() <= 1, "{country:?}");
            let same = |other: &&Country| other.gw.is_some() && other.gw == country.gw;
            assert!(BY_CODE.values().filter(same).count() <= 1, "{country:?}");
        }
        assert!(rows(COUNTRIES).all(|row| row[3].is_empty() || row[3].parse::<u16>().is_ok()));
    }

    #[test]
    fn codes_are_those_of_the_lists() {
        let ukraine = country("UKR").unwrap();
        assert_eq!((ukraine.name, ukraine.fips, ukraine.cow), ("Ukraine", Some("UP"), Some(369)));
        assert_eq!(country("GBR").and_then(|c| c.fips), Some("UK"));
        assert_eq!(country("ATA").and_then(|c| c.cow), None);
        assert_eq!(country("RUR"), None);
        assert_eq!(
            ["DEU", "YEM", "ATA"].map(|code| country(code).and_then(|c| c.gw)),
            [Some(260), Some(678), None]
        );
        let fips = ["GM", "OS", "XX", ""].map(is_fips);
        assert_eq!(fips, [true, true, false, false]);
    }

    #[test]
    fn both_lists_of_states_have_the_same_states() {
        let differ: Vec<_> = countries().filter(|c| c.gw != c.cow).map(|c| c.code).collect();
        assert_eq!(differ, ["DEU", "KIR", "NRU", "SRB", "TON", "TUV", "YEM"]);
        assert!(countries().all(|c| c.gw.is_some() == c.cow.is_some()));
        assert_eq!(countries().filter(|c| c.gw.is_some()).count(), rows(GLEDITSCH_WARD).count());
    }

    #[test]
    fn the_united_states_have_fifty_states_and_a_district() {
        assert_eq!(rows(STATES).count(), 51);
        assert_eq!(us_state("Ohio"), Some("OH"));
        assert_eq!(us_state("Hentzau"), None);
    }

    #[test]
    fn icews_has_names_for_every_sector_and_body() {
        let codes = SECTORS.iter().map(|s| s.code).chain(BODIES.map(|(code, _)| code));
        for code in codes {
            assert!(icews_sectors(code).is_some(), "{code}");
        }
    }
}
