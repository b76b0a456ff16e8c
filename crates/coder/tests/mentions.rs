//! Single mentions as actors, as of a day, in the invented world.

mod engine;

use chancery_coder::Prepared;
use chancery_record::Mention;
use engine::{coder, document, pipeline};

fn mention(text: &str, date: &str) -> Mention {
    let document = document(text, date);
    let prepared = Prepared::new(&document.text);
    let parts = pipeline().annotate(&prepared.texts());
    coder().mention(&document, &prepared, &parts)
}

/// A mention in a line: code/sector, name, office; `-` for what is null.
fn line(m: &Mention) -> String {
    let or = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".to_owned());
    format!("{}/{} {}, {}", or(&m.code), or(&m.sector), or(&m.name), or(&m.office))
}

/// Each mention on its day is that line.
fn check(rows: &[(&str, &str, &str)]) {
    let told = rows.iter().map(|(text, date, want)| (text, want, mention(text, date)));
    let wrong = told.filter(|(_, want, got)| line(got) != **want);
    let faults: Vec<String> = wrong
        .map(|(text, want, got)| format!("{text}: want {want}, got {} ({})", line(&got), got.evidence))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn names_have_the_office_of_the_day() {
    check(&[
        ("Rudolf Elphberg", "2024-05-15", "RUR/GOV Rudolf Elphberg, president"),
        ("Rudolf Elphberg", "2003-01-01", "RUR/GOV Rudolf Elphberg, foreign minister"),
        ("Rudolf Elphberg", "2007-01-01", "RUR/ELI Rudolf Elphberg, -"),
        ("Rudolf Elphberg", "1990-01-01", "-/- Rudolf Elphberg, -"),
        ("Elphberg", "2024-05-15", "RUR/GOV Rudolf Elphberg, president"),
        ("ELPHBERG", "2024-05-15", "RUR/GOV Rudolf Elphberg, president"),
        ("the Zembla Pact", "2024-05-15", "IGO/- Zembla Pact, -"),
        ("Borduria", "2024-05-15", "BOR/- Borduria, -"),
        ("Szohôd", "2024-05-15", "BOR/GOV Szohôd, -"),
        ("Theodor Nox", "2024-05-15", "-/- -, -"),
        ("", "2024-05-15", "-/- -, -"),
    ]);
}

#[test]
fn offices_have_their_holder() {
    check(&[
        ("the Syldavian defence minister", "2015-01-01", "SYL/GOV Emil Vantar, defense minister"),
        ("Syldavia's Minister of Defence", "2020-01-01", "SYL/GOV Lena Vantar, defense minister"),
        ("Defence Secretary of Syldavia", "2020-01-01", "SYL/GOV Lena Vantar, defense minister"),
        ("the Syldavian defence minister", "1990-01-01", "SYL/GOV -, -"),
        ("the Syldavian defence minister", "", "SYL/GOV -, -"),
        ("the former Syldavian defence minister", "2020-01-01", "SYL/ELI -, -"),
        ("Syldavian defence ministers", "2020-01-01", "SYL/GOV -, -"),
        ("the Syldavian oil minister", "2020-01-01", "SYL/GOV -, -"),
    ]);
}

#[test]
fn titles_decide_between_bearers_of_a_name() {
    check(&[
        ("Bordurian Foreign Minister Gorn", "2024-05-15", "BOR/GOV Ilse Gorn, foreign minister"),
        ("Ruritanian Interior Minister Gorn", "2024-05-15", "RUR/GOV Otto Gorn, interior minister"),
        ("Ruritanian President Rudolf Elphburg", "2024-05-15", "RUR/GOV Rudolf Elphberg, president"),
        ("Bordurian President Rudolf Elphburg", "2024-05-15", "BOR/GOV -, -"),
        ("Prime Minister Hugo Vasch", "2012-01-01", "RUR/GOV Hugo Vasch, -"),
        ("Vasch", "2012-01-01", "RUR/ELI Hugo Vasch, -"),
    ]);
}

#[test]
fn where_nothing_decides_the_bearers_are_listed() {
    let both = mention("Brod", "2024-05-15");
    assert_eq!(line(&both), "RUR/GOV -, -", "what they share is kept");
    assert_eq!(both.candidates, ["karl-brod", "ines-brod"]);
    assert_eq!(
        (both.entity, both.evidence.as_str()),
        (None, "several bear the name, and nothing decides between them")
    );
    assert_eq!(
        line(&mention("Vantar", "2018-06-30")),
        "SYL/GOV Emil Vantar, defense minister",
        "only one is in office"
    );
    assert_eq!(
        line(&mention("Gorn", "2024-05-15")),
        "BOR/GOV Ilse Gorn, foreign minister",
        "the higher rank"
    );
    assert_eq!(
        line(&mention("President Vasch", "2012-01-01")),
        "RUR/GOV Hugo Vasch, -",
        "the tables know no president of that name"
    );
}

#[test]
fn what_is_only_contained_has_no_office() {
    check(&[
        ("Elphberg bicycle", "2024-05-15", "-/- -, -"),
        ("regions across Borduria", "2024-05-15", "BOR/- -, -"),
    ]);
}

#[test]
fn words_without_a_name_are_composed() {
    check(&[
        ("Bordurian soldiers", "", "BOR/MIL -, -"),
        ("a Ruritanian army accountant", "", "RUR/MIL -, -"),
        ("Muslim leaders in Syldavia", "", "SYL/REL -, -"),
        ("president of the Bordurian human rights league", "", "BOR/SOC -, -"),
        ("retired Ruritanian general", "", "RUR/ELI -, -"),
        ("an opposition lawmaker", "", "-/LEG -, -"),
        ("two men", "", "-/- -, -"),
        ("a red bicycle", "", "-/- -, -"),
    ]);
}

#[test]
fn composite_codes_and_evidence_are_told() {
    let found = mention("Rudolf Elphberg", "2024-05-15");
    assert_eq!(found.cameo.as_deref(), Some("RURGOV"));
    assert_eq!(found.evidence, "name: president");
    let none = mention("Theodor Nox", "2024-05-15");
    assert_eq!((none.cameo, none.evidence.as_str()), (None, "no name and no role word that is known"));
    assert_eq!(
        mention("the Syldavian defence minister", "2015-01-01").evidence,
        "name: holds that office on 2015-01-01"
    );
}
