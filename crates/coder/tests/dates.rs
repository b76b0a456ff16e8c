//! When: explicit, relative, retold and contradictory dates, stretches, and what is history.

mod engine;

use engine::{check, check_on, code, line};

#[test]
fn explicit_dates_are_taken_as_written() {
    check(&[
        (
            "Ruritania bombed Borduria on 3 May 2024.",
            &["ASSAULT RUR > BOR occurred on 2024-05-03"],
            "day first",
        ),
        (
            "Ruritania attacked Borduria on March 3, 2024.",
            &["ASSAULT RUR > BOR occurred on 2024-03-03"],
            "month first",
        ),
        (
            "Ruritania attacked Borduria on 2024-03-03.",
            &["ASSAULT RUR > BOR occurred on 2024-03-03"],
            "ISO 8601",
        ),
        (
            "Ruritania attacked Borduria on 16.02.2022.",
            &["ASSAULT RUR > BOR historical on 2022-02-16"],
            "day, month, year in figures",
        ),
        (
            "Ruritania attacked Borduria on the 24th of February 2022.",
            &["ASSAULT RUR > BOR historical on 2022-02-24"],
            "ordinal",
        ),
        (
            "Ruritania attacked Borduria on Thursday, 24 February 2022.",
            &["ASSAULT RUR > BOR historical on 2022-02-24"],
            "the weekday before it adds nothing",
        ),
        (
            "Ruritania attacked Borduria in March 2019.",
            &["ASSAULT RUR > BOR historical on 2019-03-01..2019-03-31"],
            "month and year",
        ),
        (
            "Ruritania bombed Borduria in 1987.",
            &["ASSAULT RUR > BOR historical on 1987-01-01..1987-12-31"],
            "a year",
        ),
        (
            "Ruritania attacked Borduria in the 1990s.",
            &["ASSAULT RUR > BOR historical on 1990-01-01..1999-12-31"],
            "a decade",
        ),
        (
            "Ruritania attacked Borduria in the spring of 2022.",
            &["ASSAULT RUR > BOR historical on 2022-03-01..2022-05-31"],
            "a season",
        ),
        (
            "Ruritania attacked Borduria in the first quarter of 2023.",
            &["ASSAULT RUR > BOR historical on 2023-01-01..2023-03-31"],
            "a quarter",
        ),
        (
            "Ruritania attacked Borduria last May 16 February 2022.",
            &["ASSAULT RUR > BOR historical on 2022-02-16"],
            "two months: the complete date counts",
        ),
        (
            "Ruritania killed 2014 Bordurian soldiers.",
            &["ASSAULT RUR > BOR/MIL occurred on 2024-05-15"],
            "near-miss: a number is no year",
        ),
    ]);
}

#[test]
fn a_missing_year_is_the_nearest() {
    check(&[
        (
            "Ruritania attacked Borduria on 3 March.",
            &["ASSAULT RUR > BOR occurred on 2024-03-03"],
            "before the document",
        ),
        (
            "Ruritania attacked Borduria on March 3rd.",
            &["ASSAULT RUR > BOR occurred on 2024-03-03"],
            "ordinal",
        ),
        (
            "Ruritania attacked Borduria in December.",
            &["ASSAULT RUR > BOR historical on 2023-12-01..2023-12-31"],
            "a month to come is that of last year",
        ),
        (
            "Ruritania attacked Borduria in May.",
            &["ASSAULT RUR > BOR occurred on 2024-05-01..2024-05-31"],
            "the current month",
        ),
        (
            "Ruritania will visit Borduria in March.",
            &["AGREE RUR > BOR future on 2025-03-01..2025-03-31"],
            "the verb looks ahead",
        ),
    ]);
}

#[test]
fn weekdays_are_the_last_unless_the_verb_looks_ahead() {
    check(&[
        ("Ruritania bombed Borduria on Monday.", &["ASSAULT RUR > BOR occurred on 2024-05-13"], "before"),
        (
            "Ruritania attacked Borduria on Wednesday.",
            &["ASSAULT RUR > BOR occurred on 2024-05-15"],
            "the day itself",
        ),
        (
            "Ruritania attacked Borduria last Wednesday.",
            &["ASSAULT RUR > BOR occurred on 2024-05-08"],
            "last is not today",
        ),
        ("Ruritania will meet Borduria this Friday.", &["AGREE RUR > BOR future on 2024-05-17"], "ahead"),
        (
            "Ruritania will attack Borduria next Tuesday.",
            &["THREATEN RUR > BOR future on 2024-05-21"],
            "next",
        ),
        (
            "Ruritania attacked Borduria on Monday night.",
            &["ASSAULT RUR > BOR occurred on 2024-05-13"],
            "part of the day",
        ),
        (
            "Ruritania attacked Borduria at 6 a.m. on Tuesday.",
            &["ASSAULT RUR > BOR occurred on 2024-05-14"],
            "an hour",
        ),
        (
            "Ruritania bombs Borduria on Mondays.",
            &["ASSAULT RUR > BOR occurred on 2024-05-15"],
            "near-miss: a habit has no day",
        ),
    ]);
}

#[test]
fn relative_dates_count_from_the_document() {
    check(&[
        (
            "Ruritania attacked Borduria yesterday.",
            &["ASSAULT RUR > BOR occurred on 2024-05-14"],
            "yesterday",
        ),
        (
            "Ruritania attacked Borduria the day before yesterday.",
            &["ASSAULT RUR > BOR occurred on 2024-05-13"],
            "two days back",
        ),
        ("Ruritania bombed Borduria two days ago.", &["ASSAULT RUR > BOR occurred on 2024-05-13"], "days"),
        (
            "Ruritania attacked Borduria three weeks ago.",
            &["ASSAULT RUR > BOR occurred on 2024-04-24"],
            "weeks",
        ),
        (
            "Ruritania attacked Borduria a week ago.",
            &["ASSAULT RUR > BOR occurred on 2024-05-08"],
            "a for one",
        ),
        (
            "Ruritania attacked Borduria two years ago.",
            &["ASSAULT RUR > BOR historical on 2022-01-01..2022-12-31"],
            "years are known to the year",
        ),
        (
            "Ruritania attacked Borduria last week.",
            &["ASSAULT RUR > BOR occurred on 2024-05-06..2024-05-12"],
            "a calendar week",
        ),
        (
            "Ruritania attacked Borduria last month.",
            &["ASSAULT RUR > BOR occurred on 2024-04-01..2024-04-30"],
            "a calendar month",
        ),
        (
            "Ruritania attacked Borduria last year.",
            &["ASSAULT RUR > BOR historical on 2023-01-01..2023-12-31"],
            "a calendar year, and history",
        ),
        (
            "Ruritania attacked Borduria at the weekend.",
            &["ASSAULT RUR > BOR occurred on 2024-05-11..2024-05-12"],
            "a weekend",
        ),
        (
            "Ruritania will meet Borduria this weekend.",
            &["AGREE RUR > BOR future on 2024-05-18..2024-05-19"],
            "a weekend ahead",
        ),
        (
            "Ruritania attacked Borduria last summer.",
            &["ASSAULT RUR > BOR historical on 2023-06-01..2023-08-31"],
            "a season",
        ),
        (
            "Ruritania will attack Borduria in three days.",
            &["THREATEN RUR > BOR future on 2024-05-18"],
            "ahead",
        ),
        (
            "Ruritania attacked Borduria over the past two weeks.",
            &["ASSAULT RUR > BOR occurred on 2024-05-01..2024-05-15"],
            "a stretch up to now",
        ),
        (
            "Ruritania attacked Borduria a few days ago.",
            &["ASSAULT RUR > BOR occurred on 2024-05-15"],
            "near-miss: no number, no day",
        ),
    ]);
}

#[test]
fn stretches_have_two_ends() {
    check(&[
        (
            "Ruritania attacked Borduria between 2003 and 2007.",
            &["ASSAULT RUR > BOR historical on 2003-01-01..2007-12-31"],
            "years",
        ),
        (
            "Ruritania attacked Borduria from March to May 2021.",
            &["ASSAULT RUR > BOR historical on 2021-03-01..2021-05-31"],
            "months share the year",
        ),
        (
            "Ruritania attacked Borduria on 16-18 February 2022.",
            &["ASSAULT RUR > BOR historical on 2022-02-16..2022-02-18"],
            "days share the month",
        ),
        (
            "Ruritania attacked Borduria between 3 and 5 March.",
            &["ASSAULT RUR > BOR occurred on 2024-03-03..2024-03-05"],
            "and",
        ),
        (
            "Since 2014 Ruritania has attacked Borduria.",
            &["ASSAULT RUR > BOR occurred on 2014-01-01..2024-05-15"],
            "since: up to now, and no history",
        ),
        (
            "Ruritania attacked Borduria in March and Syldavia condemned Ruritania in May.",
            &["ASSAULT RUR > BOR occurred on 2024-03-01..2024-03-31"],
            "near-miss: two dates, two events",
        ),
    ]);
}

#[test]
fn what_began_and_ended_is_a_stretch() {
    check(&[
        (
            "Ruritania's purchase of Bordurian tanks, which began in 1999 and ended in 2014, made news.",
            &["COOPERATE RUR > ~BOR historical on 1999-01-01..2014-12-31"],
            "both ends in a relative clause",
        ),
        (
            "Ruritania's purchases of Bordurian tanks began in 1999 and ended when the boom collapsed in 2014.",
            &["COOPERATE RUR > ~BOR historical on 1999-01-01..2014-12-31"],
            "the end falls together with another",
        ),
        (
            "Ruritania bought arms from Borduria from 1999 until the trade ended in 2014.",
            &["COOPERATE RUR > BOR historical on 1999-01-01..2014-12-31"],
            "a clause behind until",
        ),
        (
            "Ruritania's occupation of Syldavia lasted from 1940 to 1945.",
            &["COERCE RUR > SYL historical on 1940-01-01..1945-12-31"],
            "a verb of lasting",
        ),
        (
            "Ruritania's purchases of Bordurian tanks, which ended in 2014, made news.",
            &["COOPERATE RUR > ~BOR historical on 2014-01-01..2014-12-31"],
            "an end without a start",
        ),
        (
            "Ruritania's purchase of arms from Borduria, whose boom ended in 2014, made news.",
            &["COOPERATE RUR > BOR occurred on 2024-05-15"],
            "somebody else's boom ended",
        ),
        (
            "Ruritania bought arms from Borduria, which began to thrive in 2014.",
            &["COOPERATE RUR > BOR occurred on 2024-05-15"],
            "who is named did something else",
        ),
    ]);
}

#[test]
fn a_state_has_held_for_as_long_as_is_told() {
    check(&[
        (
            "Ruritania has had no diplomatic relations with Borduria for three years.",
            &["SANCTION RUR,BOR > RUR,BOR occurred on 2021-01-01..2024-05-15"],
            "years before the document's day",
        ),
        (
            "Borduria, without diplomatic relations with Syldavia for three years, held a fair.",
            &["SANCTION BOR,SYL > BOR,SYL occurred on 2021-01-01..2024-05-15"],
            "behind without",
        ),
        (
            "Ruritania and Borduria have maintained diplomatic relations since 1945.",
            &["SUPPORT RUR,BOR > RUR,BOR occurred on 1945-01-01..2024-05-15"],
            "since a year",
        ),
        (
            "Ruritania and Borduria were at war for eight years.",
            &["ASSAULT RUR,BOR > RUR,BOR occurred on ?"],
            "a state that is over, no day told",
        ),
        (
            "Ruritania attacked Borduria for three days.",
            &["ASSAULT RUR > BOR occurred on 2024-05-15"],
            "a deed is no state",
        ),
    ]);
}

#[test]
fn dates_told_again_count_from_those_before() {
    check(&[
        (
            "Ruritania attacked Borduria on Monday. The next day Borduria bombed Strelsau.",
            &["ASSAULT RUR > BOR occurred on 2024-05-13", "ASSAULT BOR > RUR occurred on 2024-05-14"],
            "the next day",
        ),
        (
            "Ruritania attacked Borduria on 3 March 2021. Two days later Borduria bombed Strelsau.",
            &["ASSAULT RUR > BOR historical on 2021-03-03", "ASSAULT BOR > RUR historical on 2021-03-05"],
            "later",
        ),
        (
            "Ruritania attacked Borduria on 24 February 2022. Syldavia condemned it on 2 March.",
            &["ASSAULT RUR > BOR historical on 2022-02-24", "ACCUSE SYL > ~RUR historical on 2022-03-02"],
            "the year told before",
        ),
    ]);
}

#[test]
fn an_event_takes_its_own_clauses_date() {
    check(&[
        (
            "Ruritania said on Monday that Borduria attacked Syldavia on Sunday.",
            &["ASSAULT BOR > SYL occurred on 2024-05-12"],
            "its own, not that of the saying",
        ),
        (
            "On Monday, Ruritania said that Borduria had attacked Syldavia.",
            &["ASSAULT BOR > SYL occurred on 2024-05-15"],
            "near-miss: the saying's date is not the deed's",
        ),
        (
            "Sunday's attack on Klow by Borduria shocked Ruritania.",
            &["ASSAULT BOR > SYL occurred on 2024-05-12"],
            "a possessive date",
        ),
        (
            "Ruritania expelled a Bordurian diplomat, giving him until Friday to leave.",
            &["SANCTION RUR > BOR/GOV occurred on 2024-05-15"],
            "the end of what a participle tells is not the day of the deed",
        ),
        (
            "Ruritania expelled a Bordurian diplomat on Monday, giving no reason.",
            &["SANCTION RUR > BOR/GOV occurred on 2024-05-13"],
            "near-miss: a participle without an end",
        ),
    ]);
}

#[test]
fn an_act_beside_an_event_takes_its_date() {
    check(&[
        (
            "The summit took place on 3 May. Ruritania met Borduria at the summit.",
            &["CONSULT RUR > BOR occurred on 2024-05-03"],
            "at a summit that the text dated",
        ),
        (
            "The summit took place on 3 May. Two days after the summit, Ruritania attacked Borduria.",
            &["ASSAULT RUR > BOR occurred on 2024-05-05"],
            "counted from it",
        ),
        (
            "After last month's coup in Borduria, Ruritania condemned Borduria.",
            &["ACCUSE RUR > BOR occurred on 2024-04-01..2024-05-15"],
            "the month is the coup's: from then on",
        ),
        (
            "Since the 2014 protests, Ruritania has attacked Borduria.",
            &["ASSAULT RUR > BOR occurred on 2014-01-01..2024-05-15"],
            "since an event with a year",
        ),
        (
            "Ruritania met Borduria at the fair.",
            &["CONSULT RUR > BOR occurred on 2024-05-15"],
            "near-miss: no date was told",
        ),
    ]);
}

#[test]
fn a_clause_counts_from_its_main_clause() {
    check(&[
        (
            "Borduria met Syldavia on 10 May. The meeting took place four days after Ruritania visited Borduria.",
            &["CONSULT BOR > SYL occurred on 2024-05-10", "CONSULT RUR > BOR occurred on 2024-05-06"],
            "so long before the meeting told before",
        ),
        (
            "Ruritania attacked Borduria on 3 May, two days after Borduria threatened Ruritania.",
            &["ASSAULT RUR > BOR occurred on 2024-05-03", "THREATEN BOR > RUR occurred on 2024-05-01"],
            "so long before the deed of the main clause",
        ),
        (
            "On 3 May Ruritania praised Syldavia, condemning Borduria.",
            &["SUPPORT RUR > SYL occurred on 2024-05-03", "ACCUSE RUR > BOR occurred on 2024-05-03"],
            "a participle is done with its verb",
        ),
    ]);
}

#[test]
fn without_a_date_of_its_own_a_document_leaves_relative_dates_open() {
    check_on(
        "",
        &[
            ("Ruritania attacked Borduria on Tuesday.", &["ASSAULT RUR > BOR occurred on ?"], "weekday"),
            ("Ruritania attacked Borduria yesterday.", &["ASSAULT RUR > BOR occurred on ?"], "yesterday"),
            ("Ruritania attacked Borduria on 3 March.", &["ASSAULT RUR > BOR occurred on ?"], "no year"),
            (
                "Ruritania attacked Borduria on 3 March 2019.",
                &["ASSAULT RUR > BOR occurred on 2019-03-03"],
                "near-miss: the date is whole",
            ),
        ],
    );
}

#[test]
fn the_basis_of_a_date_is_told() {
    let basis = |text: &str| engine::only(text).date.basis;
    assert_eq!(basis("Ruritania attacked Borduria last Tuesday."), "last Tuesday");
    assert_eq!(basis("Ruritania attacked Borduria."), "the document's date");
    assert_eq!(basis("Ruritania has attacked Borduria since Monday."), "since Monday");
    assert_eq!(basis("Ruritania attacked Borduria last May 16 February 2022."), "last May 16 February 2022");
}

/// Expressions with their TIMEX3 type and value.
#[test]
fn the_layer_of_times_follows_timex3() {
    let times = |text: &str| {
        let times = code(text).annotated.times.unwrap_or_default();
        times.into_iter().map(|t| (t.text, t.r#type, t.value.unwrap_or_default())).collect::<Vec<_>>()
    };
    let rows: &[(&str, &str, &str, &str)] = &[
        ("They met last week.", "last week", "DATE", "2024-W19"),
        ("They met at the weekend.", "the weekend", "DATE", "2024-W19-WE"),
        ("They met in the spring of 2022.", "the spring of 2022", "DATE", "2022-SP"),
        ("Sales rose in the third quarter of 2023.", "the third quarter of 2023", "DATE", "2023-Q3"),
        ("They met in the 1990s.", "the 1990s", "DATE", "199"),
        ("They met on Monday night.", "Monday night", "TIME", "2024-05-13TNI"),
        ("They met at 6 a.m. on Tuesday.", "6 a.m. on Tuesday", "TIME", "2024-05-14T06:00"),
        ("They met this morning.", "this morning", "TIME", "2024-05-15TMO"),
        ("They talked for three days.", "three days", "DURATION", "P3D"),
        ("A two-week visit ended.", "two-week", "DURATION", "P2W"),
        ("They talked for several hours.", "several hours", "DURATION", "PTXH"),
        ("They meet every day.", "every day", "SET", "P1D"),
        ("They meet on Mondays.", "Mondays", "SET", "XXXX-WXX-1"),
        ("They met recently.", "recently", "DATE", "PAST_REF"),
        ("They will meet in the coming weeks.", "the coming weeks", "DATE", "FUTURE_REF"),
        ("Caesar died in 44 BC.", "44 BC", "DATE", "BC0044"),
    ];
    for &(text, words, kind, value) in rows {
        assert_eq!(times(text), [(words.to_owned(), kind.to_owned(), value.to_owned())], "{text}");
    }
    let none: &[&str] = &[
        "Troops may march.",
        "The Sun wrote it.",
        "He sold 2014 cars.",
        "He is a 54-year-old man.",
        "Klow fell.",
    ];
    for text in none {
        assert_eq!(times(text), [], "{text}");
    }
}

/// The only test in the real world: invented states have no events whose dates are common knowledge.
#[test]
fn dates_count_from_events_that_everybody_knows() {
    let coder = chancery_coder::Coder::new(chancery_world::World::builtin());
    let lines = |text: &str| {
        let events = engine::code_with(&coder, &engine::document(text, "2022-03-14")).annotated.events;
        events.unwrap_or_default().iter().map(line).collect::<Vec<_>>()
    };
    let invasion = "ASSAULT RUS > UKR occurred on 2022-02-24";
    assert_eq!(
        lines("France condemned Russia six days after the Russian invasion of Ukraine."),
        ["ACCUSE FRA > RUS occurred on 2022-03-02", invasion]
    );
    assert_eq!(
        lines("France condemned Russia a week before the Russian invasion of Ukraine."),
        ["ACCUSE FRA > RUS occurred on 2022-02-17", invasion]
    );
    assert_eq!(
        lines("France condemned Russia six days after Russia invaded Ukraine."),
        ["ACCUSE FRA > RUS occurred on 2022-03-02", invasion],
        "a clause tells the event"
    );
    assert_eq!(
        lines("France has condemned Russia since the Russian annexation of Crimea.")[0],
        "ACCUSE FRA > RUS occurred on 2014-03-18..2022-03-14"
    );
    assert_eq!(
        lines("France condemned Russia two days after the German elections."),
        ["ACCUSE FRA > RUS occurred on 2022-03-14"],
        "near-miss: no date is known"
    );
}
