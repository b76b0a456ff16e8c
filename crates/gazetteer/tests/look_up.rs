//! Look-ups in the gazetteer that is built in.

use std::collections::BTreeSet;

use chancery_gazetteer::{Gazetteer, Level, NameKind, Place, Sources};

fn named(name: &str) -> Vec<(Place<'static>, NameKind)> {
    let gazetteer = Gazetteer::builtin();
    gazetteer.named(name).map(|(id, kind)| (gazetteer.place(id), kind)).collect()
}

#[test]
fn a_town_is_found_by_any_of_its_names_with_what_holds_it() {
    let gazetteer = Gazetteer::builtin();
    let (aleppo, kind) = named("Aleppo").into_iter().find(|(p, _)| p.level == Level::City).unwrap();
    assert_eq!((aleppo.country(), kind), (Some("SYR"), NameKind::Usual));
    assert!(named("Halab").iter().any(|(p, _)| p.geonameid == aleppo.geonameid));
    let province = gazetteer.place(aleppo.admin1.unwrap());
    assert_eq!((province.name, province.level, province.feature), ("Aleppo", Level::Province, "ADM1"));
    let point = aleppo.point.unwrap();
    assert!((point.lat - 36.2).abs() < 0.1 && (point.lon - 37.16).abs() < 0.1);
}

#[test]
fn spelling_does_not_matter_but_letters_do() {
    let first = |name: &str| named(name).first().map(|(p, _)| p.geonameid);
    assert_eq!(first("São Paulo"), first("sao paulo"));
    assert_eq!(first("Saint Petersburg"), first("St. Petersburg"));
    assert!(named("Sao Paolo Novissimo").is_empty());
    assert!(named("").is_empty() && named("...").is_empty());
}

#[test]
fn a_division_is_found_without_the_word_for_what_it_is() {
    let laurels = named("Laurel");
    let county = laurels.iter().find(|(p, _)| p.level == Level::District).unwrap();
    assert_eq!((county.0.name, county.1), ("Laurel County", NameKind::Bare));
    assert!(named("Ky.").iter().any(|(p, k)| p.name == "Kentucky" && *k == NameKind::Abbreviation));
}

#[test]
fn countries_have_codes_adjectives_and_points() {
    let gazetteer = Gazetteer::builtin();
    let mali = gazetteer.place(gazetteer.country("MLI").unwrap());
    assert_eq!((mali.name, mali.feature, mali.level), ("Mali", "PCLI", Level::Country));
    assert!(named("Malian").iter().any(|(p, k)| p.name == "Mali" && *k == NameKind::Adjective));
    assert!(gazetteer.country("XXX").is_none());
}

#[test]
fn there_are_as_many_places_as_are_promised() {
    let gazetteer = Gazetteer::builtin();
    let all: Vec<Place> = gazetteer.places().map(|id| gazetteer.place(id)).collect();
    let towns = all.iter().filter(|p| p.level == Level::City).count();
    assert!(towns >= 230_000, "{towns}");
    let countries: BTreeSet<_> =
        all.iter().filter(|p| p.feature == "PCLI").filter_map(|p| p.country()).collect();
    assert!(countries.len() >= 249, "{}", countries.len());
    assert!(all.iter().filter(|p| p.level == Level::City).all(|p| p.point.is_some()));
}

#[test]
fn divisions_lie_in_what_holds_them() {
    let gazetteer = Gazetteer::builtin();
    for id in gazetteer.places() {
        let place = gazetteer.place(id);
        for holder in [place.admin1, place.admin2].into_iter().flatten() {
            let holder = gazetteer.place(holder);
            assert_eq!(holder.country(), place.country(), "{} in {}", place.name, holder.name);
            assert!(holder.level < place.level);
        }
    }
}

#[test]
fn faulty_rows_are_named_by_file_and_line() {
    let sources = Sources {
        countries:
            "id\tcode\tiso2\tname\tcapital\tpopulation\tlat\tlon\n1\tRUR\tRU\tRuritania\t-\t9\t50\t15\n"
                .into(),
        features: "name\tcountries\tlat\tlon\textent_km\nZlop\tXXX\t1\t2\t3\nZlip\tRUR\t99\t2\tmuch\n".into(),
        places: "id\tname\tcountry\n7\tZenda\tZZ\n8\tZip\tRU\t\t\n".into(),
        outlets: "names\tcity\tcountry\tscope\nPost\tNowhere\tRUR\tlocal\n".into(),
        ..Sources::default()
    };
    let faults = Gazetteer::parse(&sources).unwrap_err();
    assert_eq!(
        faults,
        [
            "features.tsv:2: \"XXX\" is no country",
            "features.tsv:3: extent_km: \"much\" is no number",
            "features.tsv:3: 99, 2 is no point of the earth",
            "places.tsv:3: 5 cells, where 3 columns are named",
            "places.tsv:2: \"ZZ\" is no country",
            "outlets.tsv:2: no town \"Nowhere\" in RUR ",
        ]
    );
}

#[test]
fn features_and_outlets_are_there() {
    let gazetteer = Gazetteer::builtin();
    for name in ["Golan Heights", "Donbas", "Strait of Hormuz", "Rafah crossing", "Kashmir", "Diego Garcia"] {
        let points = named(name).iter().filter(|(p, _)| p.point.is_some()).count();
        assert!(points > 0, "{name}");
    }
    let features = gazetteer.places().filter(|id| gazetteer.place(*id).level >= Level::Site).count();
    assert!(features >= 5_000, "{features}");
    let (home, _) = gazetteer.outlet("www.lemonde.fr").or_else(|| gazetteer.outlet("lemonde.fr")).unwrap();
    assert_eq!(gazetteer.place(home).country(), Some("FRA"));
}
