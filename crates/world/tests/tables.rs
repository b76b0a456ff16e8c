//! What must hold of the tables in `data/world`, whatever they say. Faults of single rows fail the build.

use std::collections::BTreeSet;

use chancery_world::{Kind, World, coverage, report};

/// ISO 3166-1 alpha-3, and XKX for Kosovo.
const CODES: &str = "\
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM \
    BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR \
    CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB \
    GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA \
    JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA \
    MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR \
    NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS \
    SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON \
    TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM XKX YEM ZAF ZMB ZWE";

#[test]
fn every_state_and_territory_is_there() {
    let world = World::builtin();
    let missing: Vec<_> = CODES.split_whitespace().filter(|c| world.by_id(c).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn no_other_code_is_a_state() {
    let codes: BTreeSet<_> = CODES.split_whitespace().collect();
    let states = World::builtin().entries().filter(|(_, e)| e.kind == Kind::State);
    let other: Vec<_> = states.filter(|(_, e)| !codes.contains(e.offices[0].code.as_str())).collect();
    assert!(other.is_empty(), "{other:?}");
}

#[test]
fn every_entry_is_found_by_its_name() {
    let world = World::builtin();
    let lost = world.entries().filter(|(id, e)| !world.named(&e.name).contains(id));
    let lost: Vec<_> = lost.map(|(_, e)| &e.id).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn every_entry_holds_something_without_a_date() {
    let world = World::builtin();
    let empty: Vec<_> = world.entries().filter(|(id, _)| world.held_on(*id, None).is_none()).collect();
    assert!(empty.is_empty(), "{empty:?}");
}

#[test]
fn every_role_is_found_by_its_phrase() {
    let world = World::builtin();
    for role in world.roles() {
        let lemmas: Vec<_> = role.phrase.split(' ').collect();
        let found = world.role(&lemmas).filter(|(n, _)| *n == lemmas.len());
        assert_eq!(found.map(|(_, r)| &r.phrase), Some(&role.phrase));
    }
}

#[test]
fn every_kind_is_covered() {
    let counts = coverage(World::builtin());
    assert!(Kind::ALL.iter().all(|kind| counts.kinds.contains_key(kind)), "{counts:?}");
}

#[test]
fn the_coverage_report_is_that_of_the_tables() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/world-coverage.md");
    let written = std::fs::read_to_string(page).expect("docs/world-coverage.md is there");
    let outdated = written != report(&coverage(World::builtin()));
    assert!(!outdated, "run `cargo run --release -- world coverage > docs/world-coverage.md`");
}

#[test]
fn the_tables_are_as_broad_as_promised() {
    let counts = coverage(World::builtin());
    let class = |name: &str| counts.classes[name];
    assert!(counts.kinds[&Kind::Person] >= 15_000);
    assert!(class("intergovernmental") + class("bloc") >= 400);
    assert!(class("armed") >= 1_000 && class("party") >= 700 && class("ngo") >= 200);
    assert!(class("company") >= 100 && class("outlet") >= 300);
    assert!(counts.roles >= 1_500 && counts.memberships >= 100);
}
