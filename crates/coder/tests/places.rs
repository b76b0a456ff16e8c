//! Where: which names are toponyms, which place each means, and where acts took place, on an invented map.

mod engine;

use chancery_record::{EventPlace, Place};
use chancery_text::Document;
use engine::{code, code_document, document, only};

fn places_from(text: &str, source: Option<&str>) -> Vec<Place> {
    let document = Document { source: source.map(str::to_owned), ..document(text, engine::TODAY) };
    code_document(&document).annotated.places.unwrap_or_default()
}

fn places(text: &str) -> Vec<Place> {
    code(text).annotated.places.unwrap_or_default()
}

/// A place in a line: words, use, country and identifier of what they mean.
fn line(place: &Place) -> String {
    let meant = match (&place.country, place.geonameid) {
        (Some(country), Some(id)) => format!("{country} {id}"),
        (Some(country), None) => format!("{country} {}", place.name.as_deref().unwrap_or("?")),
        _ => "?".to_owned(),
    };
    format!("{} {} {meant}", place.text, place.r#use)
}

/// Each text names exactly these places.
fn check(rows: &[(&str, &[&str])]) {
    for (text, expected) in rows {
        let got: Vec<String> = places(text).iter().map(line).collect();
        assert_eq!(got, *expected, "{text}");
    }
}

#[test]
fn names_are_toponyms_where_they_stand_for_places() {
    check(&[
        ("Troops reached Zlip on Monday.", &["Zlip place BOR 202"]),
        ("Fighting was heard in the town of Zileheroum.", &["Zileheroum place SYL 303"]),
        (
            "Refugees crossed the Wladir River near Sprodj.",
            &["Wladir River place SYL Wladir River", "Sprodj place SYL 302"],
        ),
        ("The Syldavian border is closed.", &["Syldavian adjective SYL 3"]),
    ]);
}

#[test]
fn people_and_common_words_that_are_spelt_like_a_town_are_none() {
    check(&[
        ("Mr. Zenda met John Zlip on Monday.", &[]),
        ("Farmer Anna Bark sold her mill.", &[]),
        ("He works as a farmer.", &[]),
    ]);
}

#[test]
fn metonyms_are_kept_apart_from_places() {
    check(&[
        ("Klow said that it would not talk.", &["Klow metonym SYL 301"]),
        ("The talks were held in Klow.", &["Klow place SYL 301"]),
    ]);
}

#[test]
fn size_decides_where_nothing_else_does() {
    let all = places("Three men were arrested in Hentzau.");
    assert_eq!(line(&all[0]), "Hentzau place RUR 103");
    assert_eq!(all[0].candidates.iter().filter_map(|c| c.geonameid).collect::<Vec<_>>(), [404]);
    assert!(all[0].score > Some(0.5) && all[0].score < Some(1.0));
}

#[test]
fn what_stands_beside_a_name_decides() {
    check(&[
        (
            "He was born in Klow, Florabama, in 1950.",
            &["Klow place FRE 403", "Florabama place FRE Florabama"],
        ),
        ("He was born in Zenda, GA, in 1950.", &["Zenda place FRE 402", "GA place FRE Gloria"]),
        (
            "Police in Hentzau, Freedonia, arrested two men.",
            &["Hentzau place FRE 404", "Freedonia place FRE 4"],
        ),
    ]);
}

#[test]
fn a_name_means_one_thing_in_a_document() {
    let all = places("A fire broke out in Klow, Florabama. Firefighters from Klow came at once.");
    let klows: Vec<_> = all.iter().filter(|p| p.text == "Klow").filter_map(|p| p.geonameid).collect();
    assert_eq!(klows, [403, 403]);
}

#[test]
fn the_other_places_of_the_text_decide() {
    let all = places("The storm passed over Fredville and Mill in Gloria before it came to Zenda.");
    let zenda = all.iter().find(|p| p.text == "Zenda").unwrap();
    assert_eq!((zenda.geonameid, zenda.country.as_deref()), (Some(402), Some("FRE")));
}

#[test]
fn a_local_outlet_means_the_towns_around_it() {
    let text = "A man from Hentzau was charged in Zenda on Monday.";
    let ids = |source| places_from(text, source).iter().filter_map(|p| p.geonameid).collect::<Vec<_>>();
    assert_eq!(ids(None), [103, 102]);
    assert_eq!(ids(Some("zendagazette.com")), [404, 402]);
    assert_eq!(ids(Some("Zenda Gazette")), [404, 402]);
    assert_eq!(ids(Some("https://www.zendagazette.com/news/1")), [404, 402]);
}

#[test]
fn a_town_in_a_division_that_has_none_of_the_name_is_not_known() {
    let all = places("The rally in Sprodj, Hentzau Province, was banned.");
    assert_eq!(all[0].text, "Sprodj");
    let all = places("Two were hurt in Strelsow, Syldavia, on Monday.");
    assert!(all.iter().filter(|p| p.text == "Strelsow").all(|p| p.lat.is_none() && p.candidates.is_empty()));
}

#[test]
fn divisions_have_computed_points_and_say_so() {
    let all = places("Floods hit Hentzau Province.");
    assert_eq!((all[0].resolution.as_deref(), all[0].computed), (Some("province"), true));
    let all = places("Floods hit the town of Zileheroum.");
    assert_eq!((all[0].resolution.as_deref(), all[0].computed), (Some("city"), false));
}

#[test]
fn parts_and_distances_are_told_and_move_no_point() {
    let relative = |text: &str| places(text).into_iter().map(|p| (p.relative, p.lat)).collect::<Vec<_>>();
    assert_eq!(relative("Clashes erupted in northern Syldavia."), [(Some("northern".into()), Some(44.0))]);
    assert_eq!(
        relative("The jet crashed 80 km east of Sprodj."),
        [(Some("80 km east of".into()), Some(44.3))]
    );
    assert_eq!(relative("The jet crashed in Sprodj."), [(None, Some(44.3))]);
}

#[test]
fn a_dateline_is_read_as_such_and_is_no_place_of_an_event() {
    let coded = code("STRELSAU, May 14 (Reuters) - Bordurian troops attacked Syldavian soldiers on Monday.");
    let places = coded.annotated.places.unwrap();
    assert_eq!(places[0].r#use, "dateline");
    assert_eq!(coded.annotated.events.unwrap()[0].place, None);
}

#[test]
fn spans_count_in_the_original_text() {
    let text = "« Étrange », said a man in Szohôd.";
    let place = places(text).into_iter().find(|p| p.geonameid == Some(201)).unwrap();
    let words: String = text.chars().skip(place.span.start).take(place.span.end - place.span.start).collect();
    assert_eq!((words.as_str(), place.text.as_str()), ("Szohôd", "Szohôd"));
}

#[test]
fn places_that_are_given_are_resolved_and_no_others_found() {
    let text = "Zlip and Klow talked.";
    let given = Document { places: Some(std::iter::once(9..13).collect()), ..document(text, engine::TODAY) };
    let places = code_document(&given).annotated.places.unwrap();
    assert_eq!(places.iter().map(line).collect::<Vec<_>>(), ["Klow metonym SYL 301"]);
}

fn place_of(text: &str) -> Option<EventPlace> {
    only(text).place
}

fn name_of(text: &str) -> Option<String> {
    place_of(text).map(|p| p.words.text)
}

#[test]
fn an_event_lies_where_the_words_say_that_it_was_done() {
    let place = place_of("Bordurian troops killed five Syldavian soldiers in Sprodj on Monday.").unwrap();
    assert_eq!((place.name.as_str(), place.geonameid, place.lat), ("Sprodj", Some(302), Some(44.3)));
    assert_eq!(place.resolution.as_deref(), Some("city"));
    for text in [
        "Syldavia's president met the Bordurian foreign minister in Sprodj.",
        "Bordurian jets bombed the Syldavian town of Sprodj.",
        "Bordurian troops shelled a Syldavian camp near Sprodj.",
        "Syldavian police in Sprodj arrested two Bordurian journalists.",
    ] {
        assert_eq!(name_of(text).as_deref(), Some("Sprodj"), "{text}");
    }
}

#[test]
fn an_event_lies_not_where_it_is_told_nor_where_its_actors_are_from() {
    for text in [
        "Speaking in Klow, the Ruritanian president said that Bordurian troops had attacked Syldavian soldiers.",
        "Borduria condemned Syldavia.",
        "The Syldavian government accused Borduria of lying.",
        "Syldavia accused Borduria of shelling a town near Sprodj.",
    ] {
        let coded = code(text).annotated.events.unwrap();
        assert!(
            coded.iter().all(|e| e.place.is_none()),
            "{text}: {:?}",
            coded.iter().map(|e| &e.place).collect::<Vec<_>>()
        );
    }
}

#[test]
fn a_town_that_only_the_map_knows_tells_the_state_of_its_police() {
    let event = only("Police in Zileheroum arrested two journalists.");
    let actor = &event.actor[0];
    assert_eq!((actor.code.as_deref(), actor.sector.as_deref()), (Some("SYL"), Some("COP")));
    assert_eq!(actor.inferred.as_deref(), Some("the state of the place"));
}
