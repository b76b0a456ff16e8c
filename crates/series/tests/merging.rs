//! Which reports are taken for one event: pairs of invented reports, some of one event and some only alike.

use chancery_record::{Event, Source};
use chancery_series::{Features, Member, Story, anchors, gather, score};
use serde_json::{Value, json};

/// What a report says: enough to compare it.
#[derive(Clone, Copy)]
struct Told {
    published: &'static str,
    category: &'static str,
    cameo: &'static str,
    /// `RUR` a state, `RUR/GOV` somebody of it, `?/REB` somebody of an unknown one, `RUR/GOV@anna-muskar` somebody by name.
    actor: &'static str,
    recipient: &'static str,
    /// Empty where the report names none.
    day: &'static str,
    /// Town and state, or empty.
    place: (&'static str, &'static str),
    status: &'static str,
    words: &'static str,
    /// What else its document tells.
    around: &'static str,
}

const STORY: &str = "Villagers near the Klow dam had fled into the hills with their cattle while snow fell on the \
                     passes and the river ferry lay idle below the monastery. A bishop blessed the convoy of mules.";
const RETOLD: &str = "Families from the valley spent the night in barns. Snow was expected, the ferry did not run, and mules \
                      carried flour up to the hills. Schools stay shut, a teacher told the evening paper.";
const OTHER_STORY: &str = "Traders on the stock exchange watched copper prices climb as brokers sold shares of the \
                           shipping line. An opera opened in the theatre beside the aquarium.";

const ATTACK: Told = Told {
    published: "2020-05-02",
    category: "ASSAULT",
    cameo: "190",
    actor: "BOR/REB",
    recipient: "BOR/MIL",
    day: "2020-05-01",
    place: ("Zlip", "BOR"),
    status: "occurred",
    words: "Bordurian rebels attacked an army post near the Klow dam on Friday",
    around: STORY,
};
const ACCUSATION: Told = Told {
    category: "ACCUSE",
    cameo: "112",
    actor: "RUR",
    recipient: "BOR",
    place: ("", ""),
    words: "Ruritania accused Borduria on Friday of moving the border stones",
    ..ATTACK
};
const TALKS: Told = Told {
    category: "CONSULT",
    cameo: "040",
    actor: "SYL/GOV@anna-muskar",
    recipient: "BOR/GOV@kurvi-tasch",
    words: "Syldavian Foreign Minister Anna Muskar met President Kurvi Tasch on Friday",
    ..ACCUSATION
};

fn party(spec: &str) -> Value {
    let (who, id) = spec.split_once('@').map_or((spec, None), |(who, id)| (who, Some(id)));
    let (code, sector) = who.split_once('/').map_or((who, None), |(code, sector)| (code, Some(sector)));
    let code = Some(code).filter(|code| *code != "?");
    let office = id.map(|_| "minister");
    let id = id.or(code.filter(|_| sector.is_none()));
    json!([{"code": code, "sector": sector, "name": spec, "text": spec, "start": 0, "end": 3, "id": id, "cameo": who,
        "office": office}])
}

fn event(document: &str, told: &Told) -> Event {
    let (day, basis) = match told.day {
        "" => (told.published, "the document's date"),
        day => (day, "Friday"),
    };
    let place = match told.place {
        ("", _) => json!(null),
        (name, country) => {
            json!({"name": name, "geonameid": name.len(), "lat": 1.0, "lon": 1.0, "country": country,
            "admin1": null, "resolution": "city", "start": 0, "end": 3, "text": name,
            "basis": "where the words say that it was done"})
        }
    };
    serde_json::from_value(json!({
        "id": format!("{document}-0"), "document": document, "sentence": 0, "date_published": told.published,
        "actor": party(told.actor), "recipient": party(told.recipient), "event": told.category, "mode": [],
        "context": [], "cameo": told.cameo, "quad": 3, "scale": -3.0, "goldstein": -2.0, "status": told.status,
        "date": {"start": day, "end": day, "granularity": "day", "basis": basis}, "place": place, "attribution": [],
        "evidence": {"start": 0, "end": 90, "text": told.words, "trigger": {"start": 0, "end": 5, "text": "x"},
            "rule": "a/b"},
        "confidence": 0.8
    }))
    .expect("a report")
}

/// Each report in a document of its own, with its story.
fn members(reports: &[Told]) -> Vec<(Member, Story)> {
    let of = |(n, told): (usize, &Told)| {
        let id = format!("d{n}");
        let source = Source {
            id: id.clone(),
            date: Some(told.published.to_owned()),
            text: format!("{}. {}", told.words, told.around),
            ..Source::default()
        };
        let events = [event(&id, told)];
        let anchor = anchors(&id, &events).remove(0);
        let story = Story::of(&source, &events);
        let [event] = events;
        (Member { event, anchor, source: None }, story)
    };
    reports.iter().enumerate().map(of).collect()
}

/// The score of two of some reports.
fn scored(members: &[(Member, Story)], a: usize, b: usize) -> Option<u32> {
    let [a, b] = [a, b].map(|n| Features::of(&members[n].0.event, &members[n].1).expect("features"));
    score(&a, &b)
}

/// Two reports of two documents, the second in another hand; whether they tell one event, and why the row is there.
type Row = (Told, Told, bool, &'static str);

fn check(rows: &[Row]) {
    let wrong = |(a, b, together, why): &&Row| {
        let around = if b.around == STORY { RETOLD } else { b.around };
        let members = members(&[*a, Told { around, ..*b }]);
        let (there, back) = (scored(&members, 0, 1), scored(&members, 1, 0));
        assert_eq!(there, back, "{why}: the score depends on the order");
        (gather(&members, &[]).len() == 1) != *together
    };
    let faults: Vec<&str> = rows.iter().filter(wrong).map(|(.., why)| *why).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn one_act_told_in_other_words_is_one_event() {
    let passive = "Borduria was blamed by Ruritania for moved border stones";
    let government = "The Ruritanian government accused Borduria of moving stones";
    let later = "The rebels have attacked an army post by the dam";
    let forty = "More than forty rebels attacked an army post near the dam on Friday";
    let received = "Tasch received Muskar for talks";
    check(&[
        (ACCUSATION, Told { words: passive, day: "", ..ACCUSATION }, true, "in the passive, on no day"),
        (
            ACCUSATION,
            Told { actor: "RUR/GOV", words: government, ..ACCUSATION },
            true,
            "a state and its government",
        ),
        (
            ATTACK,
            Told { published: "2020-05-04", day: "", words: later, ..ATTACK },
            true,
            "retold without a day",
        ),
        (ATTACK, Told { words: forty, ..ATTACK }, true, "more than so many is no other act"),
        (
            TALKS,
            Told { actor: TALKS.recipient, recipient: TALKS.actor, words: received, ..TALKS },
            true,
            "who is named first in talks means nothing",
        ),
    ]);
}

#[test]
fn descriptions_are_matched_within_a_story() {
    let words = "Guerrillas attacked an army post near the Klow dam";
    let guerrillas = Told { actor: "?/REB", recipient: "?/MIL", words, ..ATTACK };
    let barracks = "Guerrillas attacked a barracks";
    let maoists = "The Maoists attacked an army post near the Klow dam on Friday";
    let freedonia = "Freedonia accused Syldavia on Friday of moving the border stones";
    check(&[
        (ATTACK, guerrillas, true, "whose guerrillas they are is left open"),
        (
            Told { place: ("", ""), ..ATTACK },
            Told { around: OTHER_STORY, place: ("", ""), words: barracks, ..guerrillas },
            false,
            "near-miss: another story",
        ),
        (
            ATTACK,
            Told { actor: "BOR/PTY", words: maoists, ..ATTACK },
            true,
            "fighters and their political wing",
        ),
        (
            ACCUSATION,
            Told { actor: "FRE", recipient: "SYL", words: freedonia, ..ACCUSATION },
            false,
            "near-miss: others on both sides",
        ),
    ]);
}

#[test]
fn acts_that_are_only_alike_stay_apart() {
    let back = "Borduria accused Ruritania of moving stones";
    let saturday = "Rebels fell upon a convoy of trucks on Saturday";
    let elsewhere = "Rebels attacked a convoy at Sprodj on Friday";
    let abroad = "Bordurian rebels attacked soldiers in Hentzau";
    let premier = "Muskar met Premier Plekszy Gladz on Friday";
    check(&[
        (
            ACCUSATION,
            Told { actor: "BOR", recipient: "RUR", words: back, ..ACCUSATION },
            false,
            "the other way round",
        ),
        (
            ATTACK,
            Told { published: "2020-05-03", day: "2020-05-02", words: saturday, ..ATTACK },
            false,
            "on the next day",
        ),
        (ATTACK, Told { place: ("Sprodj", "BOR"), words: elsewhere, ..ATTACK }, false, "in another town"),
        (ATTACK, Told { place: ("Hentzau", "RUR"), words: abroad, ..ATTACK }, false, "in another country"),
        (
            TALKS,
            Told { recipient: "BOR/GOV@plekszy-gladz", words: premier, ..TALKS },
            false,
            "with another person of the same government",
        ),
        (ATTACK, Told { status: "negated", ..ATTACK }, false, "one is denied"),
    ]);
}

#[test]
fn what_sets_an_act_apart_makes_it_less_sure() {
    let sure = |words: &'static str| {
        let members = members(&[ACCUSATION, Told { words, around: RETOLD, ..ACCUSATION }]);
        scored(&members, 0, 1).expect("comparable")
    };
    let plain = sure("Ruritania accused Borduria of hiding thirty spies");
    assert!(sure("Ruritania again accused Borduria of hiding thirty spies") < plain);
    assert!(sure("Ruritania also accused Borduria of hiding thirty spies") < plain);
    assert_eq!(sure("Ruritania accused Borduria of hiding more than thirty spies"), plain);
}

#[test]
fn groups_do_not_depend_on_the_order() {
    let reports =
        [ATTACK, ACCUSATION, TALKS, Told { day: "", ..ATTACK }, Told { actor: "RUR/GOV", ..ACCUSATION }];
    let groups = |order: &[usize]| {
        let told: Vec<Told> = order.iter().map(|&n| reports[n]).collect();
        let mut groups: Vec<Vec<usize>> = gather(&members(&told), &[]);
        for group in &mut groups {
            group.iter_mut().for_each(|n| *n = order[*n]);
            group.sort_unstable();
        }
        groups.sort();
        groups
    };
    let expected = groups(&[0, 1, 2, 3, 4]);
    assert_eq!(expected, [vec![0, 3], vec![1, 4], vec![2]]);
    assert_eq!(groups(&[4, 2, 0, 3, 1]), expected);
    assert_eq!(groups(&[3, 1, 4, 2, 0]), expected);
}
