//! Look-ups in the invented world of `tests/world`, and in small tables beside it.

use chancery_world::{Kind, RoleKind, World, coverage, report};
use jiff::civil::{Date, date};

const STATES: &str = include_str!("../../../tests/world/states.tsv");
const PLACES: &str = include_str!("../../../tests/world/places.tsv");
const BODIES: &str = include_str!("../../../tests/world/bodies.tsv");
const PEOPLE: &str = include_str!("../../../tests/world/people.tsv");

fn world() -> World {
    let files =
        [("states.tsv", STATES), ("places.tsv", PLACES), ("bodies.tsv", BODIES), ("people.tsv", PEOPLE)];
    World::parse(&files).expect("the test world has no fault")
}

/// A world of the test world's states and the given people.
fn with_people(people: &str) -> World {
    let people = format!("name\tnames\tshort\toffices\n{people}");
    World::parse(&[("states.tsv", STATES), ("people.tsv", &people)]).expect("people without fault")
}

/// The name at the first place where `word` stands, and the identifiers of its entries.
fn found(world: &World, text: &str, word: &str) -> Option<(String, Vec<String>)> {
    let at = text.find(word).expect("the word stands in the text");
    let (length, ids) = world.name_at(text, at)?;
    Some((text[at..at + length].to_owned(), ids.iter().map(|i| world.entry(*i).id.clone()).collect()))
}

fn check(text: &str, word: &str, name: &str, id: &str) {
    assert_eq!(found(&world(), text, word), Some((name.to_owned(), vec![id.to_owned()])), "{text}");
}

#[test]
fn names_of_every_kind_are_found() {
    check("in Ruritania.", "Rur", "Ruritania", "RUR");
    check("the Kingdom of\n Ruritania", "King", "Kingdom of\n Ruritania", "RUR");
    check("Bordurian troops", "Bord", "Bordurian", "BOR.adj");
    check("Bordurians said", "Bord", "Bordurians", "BOR.people");
    check("Szohod said", "Szo", "Szohod", "szohod-bor");
    check("Elphberg Palace", "Elph", "Elphberg Palace", "elphberg-palace-rur");
    check("the Iron Guard's men", "Iron", "Iron Guard", "iron-guard");
    check("President Kurvi Tasch", "Kur", "Kurvi Tasch", "kurvi-tasch");
    check("BORDURIAN TROOPS", "BOR", "BORDURIAN", "BOR.adj");
}

#[test]
fn what_is_no_name_is_not_found() {
    let world = world();
    for (text, word) in [("Ruritanias", "Rur"), ("Iron men", "Iron"), ("South", "South"), ("no one", "no")] {
        assert_eq!(found(&world, text, word), None, "{text}");
    }
    assert_eq!(world.name_at("Klow", 9), None);
    assert_eq!(world.name_at("é", 1), None);
}

#[test]
fn a_name_with_an_article_is_found_at_the_article_and_after_it() {
    check("said the South", "the", "the South", "the-south");
    check("said The South", "South", "South", "the-south");
}

#[test]
fn an_arabic_article_is_found_in_every_spelling() {
    let world = with_people("Omar al-Zlip\t\t\tBOR/REB commander");
    for (text, word, name) in [
        ("Omar al-Zlip", "Omar", "Omar al-Zlip"),
        ("Omar Al Zlip", "Omar", "Omar Al Zlip"),
        ("Omar Zlip", "Omar", "Omar Zlip"),
    ] {
        assert_eq!(found(&world, text, word), Some((name.into(), vec!["omar-al-zlip".into()])), "{text}");
    }
    assert_eq!(world.surname("Zlip").len(), 1);
    assert_eq!(world.surname("al-Zlip").len(), 1);
}

#[test]
fn a_surname_lists_the_better_known_first() {
    let people =
        "Michael Strelsau\t\t\tRUR governor 2003..2004\nFlavia Strelsau\t\t\tRUR president 1990..1994";
    let world = with_people(people);
    let names: Vec<_> = world.surname("Strelsau").iter().map(|i| world.entry(*i).name.as_str()).collect();
    assert_eq!(names, ["Flavia Strelsau", "Michael Strelsau"]);
    assert!(world.surname("Michael").is_empty());
}

#[test]
fn a_first_name_of_many_names_nobody_by_itself() {
    let davids: String = ('A'..='L').map(|c| format!("David {c}lip\t\t\tRUR governor\n")).collect();
    let world = with_people(&format!("{davids}Otto David\t\t\tRUR governor\nOtto Kim\t\t\tRUR governor"));
    assert!(world.surname("David").is_empty());
    assert_eq!((world.surname("Kim").len(), world.surname("Alip").len()), (1, 1));
    assert_eq!(world.named("Otto David").len(), 1);
}

#[test]
fn a_byname_replaces_the_surname() {
    let world = with_people("Rudi Rassendyll\t\tRudi|the Player\tRUR governor");
    assert_eq!(world.surname("Rudi").len(), 1);
    assert!(world.surname("Rassendyll").is_empty());
    assert_eq!(found(&world, "the Player", "the").map(|(name, _)| name), Some("the Player".to_owned()));
}

const ELPHBERG: &str = "Rudolf Elphberg\t\t\tRUR president 2010-01-02..; RUR governor 2009..; \
                        RUR foreign minister 2001..2005-06";

/// Title held on a day, and whether it was over.
fn held(day: Option<Date>) -> Option<(String, bool)> {
    let world = with_people(ELPHBERG);
    let held = world.held_on(world.by_id("rudolf-elphberg")?, day)?;
    Some((held.office.title.clone()?, held.former))
}

#[test]
fn an_office_counts_between_its_dates() {
    let title = |title: &str, former| Some((title.to_owned(), former));
    assert_eq!(held(Some(date(2012, 5, 5))), title("president", false));
    assert_eq!(held(Some(date(2010, 1, 2))), title("president", false));
    assert_eq!(held(Some(date(2010, 1, 1))), title("governor", false));
    assert_eq!(held(Some(date(2005, 6, 30))), title("foreign minister", false));
    assert_eq!(held(Some(date(2006, 1, 1))), title("foreign minister", true));
    assert_eq!(held(Some(date(2000, 12, 31))), None);
    assert_eq!(held(None), title("president", false));
}

#[test]
fn other_offices_of_the_day_are_told() {
    let world = with_people(ELPHBERG);
    let id = world.by_id("rudolf-elphberg").expect("an entry");
    let held = world.held_on(id, Some(date(2012, 1, 1))).expect("an office");
    assert_eq!(held.also.iter().filter_map(|o| o.title.as_deref()).collect::<Vec<_>>(), ["governor"]);
    assert_eq!(world.home(id), Some("RUR"));
}

#[test]
fn an_office_that_is_over_counts_without_a_date() {
    let world = with_people("Flavia Strelsau\t\t\tRUR president 1990..1994; RUR minister 1980..1981");
    let held = world.held_on(world.by_id("flavia-strelsau").expect("an entry"), None).expect("an office");
    assert_eq!((held.office.title.as_deref(), held.former), (Some("president"), false));
}

#[test]
fn the_longest_role_that_ends_a_phrase_counts() {
    let world = world();
    let role = |lemmas: &[&str]| world.role(lemmas).map(|(n, r)| (n, r.phrase.as_str()));
    assert_eq!(role(&["new", "deputy", "prime", "minister"]), Some((3, "deputy prime minister")));
    assert_eq!(role(&["oil", "minister"]), Some((1, "minister")));
    assert_eq!(role(&["vice", "-", "president"]), Some((3, "vice president")));
    assert_eq!(role(&["vice-president"]), Some((1, "vice president")));
    assert_eq!(role(&["foreign", "ministers"]), Some((2, "foreign minister")));
    assert_eq!(role(&["minister", "table"]), None);
    assert_eq!(role(&[]), None);
    let from = world.role_from(&["secretary", "of", "state", "for"]).map(|(n, r)| (n, r.phrase.as_str()));
    assert_eq!(from, Some((3, "secretary of state")));
    assert_eq!(world.role(&["troop"]).map(|(_, r)| r.kind), Some(RoleKind::Force));
}

#[test]
fn coverage_counts_entries() {
    let counts = coverage(&world());
    assert_eq!(counts.kinds[&Kind::State], 4);
    assert_eq!(counts.codes["RUR"][&Kind::Person], 5);
    assert_eq!(counts.classes["armed"], 1);
    assert_eq!(counts.decades[&2000]["RUR"], 2);
    assert_eq!(counts.last_year, 2020, "the last year that a date of the tables names");
    assert_eq!(counts.decades[&2010]["BOR"], 1, "an office without end goes on to that year");
    assert_eq!((counts.years[&2003].people, counts.years[&2003].headed.len()), (2, 1));
    assert!(report(&counts).contains("\n| 2003 | 2 | 1 |\n"));
    assert!(report(&counts).contains("\n| RUR | 2 | 5 | 2 | 2 | 4 |\n"), "{}", report(&counts));
}

const TITLES: &str = "title\tnames\tholders\npresident\thead of state\tone\nenvoy\temissary\tmany\n";

/// The faults of people in a world in which one person is president at a time.
fn faults_of(people: &str) -> Vec<String> {
    let people = format!("name\toffices\n{people}");
    let files = [("states.tsv", STATES), ("titles.tsv", TITLES), ("people.tsv", &people)];
    World::parse(&files).map_or_else(|f| f.iter().map(ToString::to_string).collect(), |_| Vec::new())
}

#[test]
fn an_office_of_one_holder_has_no_two() {
    let two = faults_of(
        "Flavia Zem\tRUR president 2001-01-01..2004-05-06\nAnna Gorn\tRUR head of state 2003-01-01..",
    );
    assert_eq!(two.len(), 1, "{two:?}");
    assert!(
        two[0].contains("people.tsv:3: Anna Gorn and Flavia Zem (people.tsv:2) are both president of RUR")
    );
    for fine in [
        "Flavia Zem\tRUR president 2001..2004\nAnna Gorn\tRUR president 2004..",
        "Flavia Zem\tRUR president 2001-01-01..2004-05-06\nAnna Gorn\tRUR president 2004-05-06..",
        "Flavia Zem\tRUR president 2001..\nAnna Gorn\tRUR acting president 2003..2004",
        "Flavia Zem\tRUR president 2001..\nAnna Gorn\tBOR president 2001..",
        "Flavia Zem\tRUR envoy 2001..\nAnna Gorn\tRUR envoy 2001..",
        "Flavia Zem\tRUR president ..2004\nAnna Gorn\tRUR president 2003..",
    ] {
        assert_eq!(faults_of(fine), Vec::<String>::new(), "{fine}");
    }
}

#[test]
fn the_holder_of_an_office_is_found_by_any_of_its_names() {
    let people = "name\toffices\nFlavia Zem\tRUR defense minister 2001-02-03..2004-05-06\nAnna Gorn\tRUR defence secretary 2004-05-06..";
    let world = World::parse(&[("states.tsv", STATES), ("people.tsv", people)]).expect("no fault");
    let held = |title: &str, sector, day| {
        let holders = world.holders("RUR", Some(sector), title, day);
        holders.into_iter().map(|id| world.entry(id).name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(held("Minister of Defence", "GOV", Some(date(2002, 1, 1))), ["Flavia Zem"]);
    assert_eq!(
        held("defense chief", "GOV", Some(date(2004, 5, 6))),
        ["Anna Gorn", "Flavia Zem"],
        "the newer first"
    );
    assert_eq!(held("defense minister", "GOV", None), ["Anna Gorn"]);
    assert!(held("defense minister", "GOV", Some(date(1999, 1, 1))).is_empty());
    assert!(held("defense minister", "PRE", Some(date(2002, 1, 1))).is_empty(), "another sector's");
    assert!(held("minister", "GOV", Some(date(2002, 1, 1))).is_empty());
}

const MEMBERS: &str = "body\tmembers\nZembla Pact\tRUR 1950-01-01..; BOR 1950..1960; SYL\n";

#[test]
fn members_belong_to_a_body_between_their_dates() {
    let files = [("states.tsv", STATES), ("bodies.tsv", BODIES), ("members.tsv", MEMBERS)];
    let world = World::parse(&files).expect("no fault");
    let pact = world.by_id("zembla-pact").expect("an entry");
    let members = |day| world.members(pact, day).map(|m| m.code.as_str()).collect::<Vec<_>>();
    assert_eq!(members(Some(date(1955, 1, 1))), ["RUR", "BOR", "SYL"]);
    assert_eq!(members(None), ["RUR", "SYL"]);
    assert_eq!(world.memberships("BOR", Some(date(1955, 1, 1))), [pact]);
    assert!(world.memberships("BOR", None).is_empty());
    assert!(
        fault("members.tsv", "body\tmembers\nNo Pact\tRUR").contains("`no-pact` is no body of the tables")
    );
}

/// The test world with people of one's own over it.
fn overlaid(people: &str) -> Result<World, Vec<String>> {
    let people = format!("name\tnames\toffices\n{people}");
    world().with(&[("people-mine.tsv", &people)]).map_err(|f| f.iter().map(ToString::to_string).collect())
}

fn offices(world: &World, id: &str) -> Vec<(Option<String>, Option<Date>)> {
    let entry = world.entry(world.by_id(id).expect("an entry"));
    entry.offices.iter().map(|o| (o.title.clone(), o.to)).collect()
}

#[test]
fn a_row_over_the_world_adds_to_its_entry() {
    let world = overlaid(
        "Kurvi Tasch\tKurvi the Great\tBOR president 2012-03-04..2020-01-01; BOR governor 2009..2011",
    )
    .expect("no fault");
    let expected = [
        (Some("president".to_owned()), Some(date(2020, 1, 1))),
        (Some("governor".to_owned()), Some(date(2011, 12, 31))),
    ];
    assert_eq!(offices(&world, "kurvi-tasch"), expected);
    assert_eq!(found(&world, "Kurvi the Great", "Kur").map(|f| f.1), Some(vec!["kurvi-tasch".into()]));
    assert_eq!(
        found(&world, "Kurvi-Tasch", "Kur").map(|f| f.1),
        Some(vec!["kurvi-tasch".into()]),
        "a name from before"
    );
}

#[test]
fn a_row_with_a_mark_replaces_its_entry() {
    let world = overlaid("!Rudolf Elphberg\t\tRUR/REL monk").expect("no fault");
    assert_eq!(offices(&world, "rudolf-elphberg"), [(Some("monk".to_owned()), None)]);
}

#[test]
fn a_new_row_comes_before_what_is_there() {
    let world = overlaid("Olga Elphberg\t\tRUR governor 2020..").expect("no fault");
    let names: Vec<_> = world.surname("Elphberg").iter().map(|i| world.entry(*i).name.as_str()).collect();
    assert_eq!(names, ["Olga Elphberg", "Rudolf Elphberg"]);
    assert_eq!(
        world.names_of(world.by_id("olga-elphberg").expect("an entry")),
        ["Elphberg", "Olga Elphberg"]
    );
}

#[test]
fn a_successor_needs_the_predecessors_end() {
    let faults = overlaid("Olga Zem\t\tBOR president 2020-01-01..").expect_err("a fault");
    assert!(faults[0].contains("Kurvi Tasch is still president of BOR in the built-in tables; add a row for Kurvi Tasch with `BOR/GOV president 2012-03-04..LAST-DAY`"), "{faults:?}");
    let both = "Olga Zem\t\tBOR president 2020-01-01..\nKurvi Tasch\t\tBOR president 2012-03-04..2020-01-01";
    assert!(overlaid(both).is_ok());
    assert!(
        overlaid("Zembla Pact\t\tBOR governor").expect_err("a fault")[0]
            .contains("already known as something else")
    );
}

#[test]
fn whoever_asks_finds_names_surnames_and_parts() {
    let world = world();
    let search =
        |name: &str| world.search(name).iter().map(|i| world.entry(*i).id.as_str()).collect::<Vec<_>>();
    assert_eq!(search("Zembla Pact"), ["zembla-pact"]);
    assert_eq!(search("Tasch"), ["kurvi-tasch"]);
    assert_eq!(search("front PEOPLE"), ["people-s-front"]);
    assert!(search("Nobody").is_empty());
    assert!(search("").is_empty());
}

/// The one fault of a file beside the test world's states.
fn fault(file: &str, text: &str) -> String {
    let faults = World::parse(&[("states.tsv", STATES), (file, text)]).expect_err("a fault");
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults[0].to_string()
}

#[test]
fn faults_say_where_what_and_what_to_do() {
    let person = |row: &str| fault("people.tsv", &format!("# note\nname\toffices\n{row}"));
    assert!(person("Flavia Zem\tZEM president").starts_with("people.tsv:3: `ZEM` is no code; write"));
    assert!(person("Flavia Zem\tRUR president 1990..1980").contains("ends before it begins"));
    assert!(person("Flavia Zem\tRUR president 90..").contains("`90..` is no range of dates"));
    assert!(person("Flavia Zem\tRUR juggler").contains("no role explains"));
    assert!(person("Flavia Zem\tRUR/XXX").contains("no sector"));
    assert!(person("Flavia Zem\t").contains("belongs to nobody"));
    assert!(person("Flavia Zem\tRUR\tmore").contains("3 cells under 2 columns"));
    assert!(fault("people.tsv", "name\toffice\n").contains("unknown column `office`"));
    assert!(fault("persons.tsv", "").contains("does not tell which table"));
    assert!(fault("bodies.tsv", "name\taffiliations\ngang\tRUR").contains("never found"));
    assert!(fault("places.tsv", "name\tcode\tpopulation\nZenda\tRUR\tmany").contains("no number"));
    assert!(fault("roles.tsv", "phrase\tkind\nking\tmonarch").contains("no kind of role"));
    assert!(fault("roles.tsv", "phrase\tkind\trank\nking\tperson\t0").contains("rank"));
}

#[test]
fn a_name_given_twice_is_a_fault_unless_marked() {
    let twice = "name\tnames\toffices\nFlavia Zem\tBlack Flavia\tRUR\nFlavia Gorn\tBlack Flavia\tBOR";
    assert!(fault("people.tsv", twice).contains("`Black Flavia` is also at people.tsv:2"));
    let marked = twice.replace("Black", "=Black");
    let world = World::parse(&[("states.tsv", STATES), ("people.tsv", &marked)]).expect("no fault");
    assert_eq!(world.named("Black Flavia").len(), 2);
}
