//! The table's own tests, and what its rows cannot say: sides, contradictions, claims.

use chancery_record::{Direction, DyadEvent, EventDate, Fact, Standing};

use super::facts;

const TABLE: &str = include_str!("../../../../rules/standing.states");

/// An event of the tests: `[not ]RULE [TRIGGER] DATE`, where DATE is `1945`, `1999..2014`, `2001-03-09`,
/// `told DAY` (the document's) or `since YEAR told DAY`.
fn event(id: usize, text: &str) -> DyadEvent {
    let (rule, rest) = text.split_once(" [").expect("a trigger in brackets");
    let (trigger, date) = rest.split_once("] ").expect("a date behind the trigger");
    let (denied, rule) = rule.strip_prefix("not ").map_or((false, rule), |rule| (true, rule));
    DyadEvent {
        id: id.to_string(),
        direction: Direction::Forward,
        standing: if denied { Standing::Negated } else { Standing::Deed },
        event: String::new(),
        mode: Vec::new(),
        context: Vec::new(),
        cameo: String::new(),
        quad: 1,
        scale: 0.0,
        goldstein: 0.0,
        date: date_of(date),
        actor: vec!["Ruritania".into()],
        recipient: vec!["Borduria".into()],
        place: None,
        sentence: String::new(),
        document: String::new(),
        source: None,
        says: Vec::new(),
        rule: rule.into(),
        trigger: trigger.into(),
        reports: 1,
        documents: 1,
        sources: 1,
        confidence: 1.0,
        variants: Vec::new(),
    }
}

fn date_of(text: &str) -> EventDate {
    let date = |start: &str, end: &str, granularity: &str, basis: &str| EventDate {
        start: Some(start.into()),
        end: Some(end.into()),
        granularity: Some(granularity.into()),
        basis: basis.into(),
    };
    let (first, last) = (|y: &str| format!("{y}-01-01"), |y: &str| format!("{y}-12-31"));
    if let Some(day) = text.strip_prefix("told ") {
        return date(day, day, "day", "the document's date");
    }
    if let Some((since, told)) = text.strip_prefix("since ").and_then(|t| t.split_once(" told ")) {
        return date(&first(since), told, "range", &format!("since {since}"));
    }
    match text.split_once("..") {
        Some((from, to)) => date(&first(from), &last(to), "range", text),
        None if text.len() == 4 => date(&first(text), &last(text), "year", text),
        None => date(text, text, "day", text),
    }
}

fn events(text: &str) -> Vec<DyadEvent> {
    text.split("; ").enumerate().map(|(id, text)| event(id, text)).collect()
}

/// `STATE: HOLDS [known DAY] [since DAY] [until DAY] [against N]`.
fn line(fact: &Fact) -> String {
    let holds = fact.holds.map_or("unknown".to_owned(), |h| h.to_string());
    let known = fact.known_from.as_ref().map(|d| format!(" known {d}")).unwrap_or_default();
    let since = fact.since.as_ref().and_then(|d| d.start.clone()).map(|d| format!(" since {d}"));
    let until = fact.until.as_ref().and_then(|d| d.end.clone()).map(|d| format!(" until {d}"));
    let against = match fact.contradicted_by.len() {
        0 => String::new(),
        n => format!(" against {n}"),
    };
    let (since, until) = (since.unwrap_or_default(), until.unwrap_or_default());
    format!("{}: {holds}{known}{since}{until}{against}", fact.state)
}

fn lines(told: &str, day: &str) -> Vec<String> {
    let day = day.parse().expect("a day");
    facts(&events(told), Some(day)).iter().map(line).collect()
}

/// What is between the first and the last quotation mark, and what follows.
fn quoted(text: &str) -> (&str, &str) {
    let inner = &text[text.find('"').expect("a quotation mark") + 1..];
    let end = inner.rfind('"').expect("two quotation marks");
    (&inner[..end], inner[end + 1..].trim().strip_prefix("at ").expect("`at DAY`"))
}

#[test]
fn the_table_holds_its_own_tests() {
    let (mut kind, mut held, mut faults) = ("", 0, Vec::new());
    for (number, text) in TABLE.lines().enumerate() {
        if let Some(name) = text.strip_prefix("state ") {
            kind = name.trim();
        } else if text.starts_with("yes ") {
            let (told, rest) = quoted(text);
            let (day, wanted) = rest.split_once(" => ").expect("`=> STATE: HOLDS ...`");
            let got = lines(told, day);
            if !got.iter().any(|line| line == wanted) {
                faults.push(format!("{}: want {wanted}\n  got {got:?}", number + 1));
            }
            held += 1;
        } else if text.starts_with("no ") {
            let (told, day) = quoted(text);
            let got = facts(&events(told), Some(day.parse().expect("a day")));
            if got.iter().any(|f| f.kind == kind) {
                faults.push(format!("{}: got {:?}", number + 1, got.iter().map(line).collect::<Vec<_>>()));
            }
            held += 1;
        }
    }
    assert!(held > 30, "the table has few tests");
    assert!(faults.is_empty(), "{} of {held} tests fail:\n{}", faults.len(), faults.join("\n"));
}

/// Rows of events, day and the facts of it, in order.
fn check(rows: &[(&str, &str, &[&str])]) {
    for (told, day, wanted) in rows {
        assert_eq!(lines(told, day), *wanted, "{told} at {day}");
    }
}

const SANCTIONS: &str = "impose-sanctions/impose [imposed sanctions] 2015-03-09";
const LIFTED: &str = "lift-sanctions/lift [lifted sanctions] 2017-10-12";

#[test]
fn a_state_holds_from_its_beginning_to_its_end() {
    let both = format!("{SANCTIONS}; {LIFTED}");
    let both = both.as_str();
    check(&[
        (both, "2015-03-08", &[]),
        (both, "2015-03-09", &["sanctions in force: true since 2015-03-09 until 2017-10-12"]),
        (both, "2017-10-11", &["sanctions in force: true since 2015-03-09 until 2017-10-12"]),
        (both, "2017-10-12", &["sanctions lifted: false since 2015-03-09 until 2017-10-12"]),
    ]);
}

#[test]
fn within_the_year_that_is_told_it_is_not_known() {
    let told = "build-relations/establish [established relations] 1945";
    check(&[
        (told, "1944-12-31", &[]),
        (told, "1945-06-01", &["diplomatic relations established: unknown since 1945-01-01"]),
        (told, "1945-12-31", &["diplomatic relations established: true since 1945-01-01"]),
    ]);
}

#[test]
fn a_state_told_without_its_beginning_is_known_from_the_report() {
    let told = "impose-sanctions/impose [sanctions imposed] told 2022-03-11";
    check(&[
        (told, "2022-03-11", &["sanctions in force: true known 2022-03-11"]),
        (told, "2020-01-01", &["sanctions in force: unknown known 2022-03-11"]),
    ]);
}

#[test]
fn the_contrary_ends_what_was_told_before() {
    let told = "build-relations/establish [established relations] 1945; \
                no-relations/relation [relations] since 2019 told 2022-03-11; visit/visit [visited] 2022-03-06";
    check(&[
        (
            told,
            "2022-03-11",
            &[
                "diplomatic relations established: false since 1945-01-01 until 2019-12-31",
                "no diplomatic relations: true since 2019-01-01",
            ],
        ),
        (told, "2008-12-31", &["diplomatic relations established: true since 1945-01-01 until 2019-12-31"]),
    ]);
    let broken = "break-relations/sever [severed relations] 1990-05-01; no-relations/relation [relations] told 2022-03-11";
    check(&[(
        broken,
        "2022-03-11",
        &[
            "diplomatic relations broken: false until 1990-05-01",
            "no diplomatic relations: true since 1990-05-01",
        ],
    )]);
}

#[test]
fn what_is_told_to_go_on_after_its_end_is_contradicted() {
    let told = format!("{SANCTIONS}; {LIFTED}; impose-sanctions/sanction [sanctions] 2018-02-01");
    check(&[(
        &told,
        "2018-02-01",
        &[
            "sanctions lifted: false since 2015-03-09 until 2017-10-12 against 1",
            "sanctions in force: true known 2018-02-01 against 1",
        ],
    )]);
    let again = format!("{SANCTIONS}; {LIFTED}; impose-sanctions/reimpose [reimposed sanctions] 2018-02-01");
    check(&[(
        &again,
        "2018-02-01",
        &[
            "sanctions lifted: false since 2015-03-09 until 2017-10-12",
            "sanctions in force: true since 2018-02-01",
        ],
    )]);
}

#[test]
fn begun_and_ended_on_one_day_is_undecided() {
    let told = "impose-sanctions/impose [imposed sanctions] 2015-03-09; lift-sanctions/lift [lifted sanctions] 2015-03-09";
    check(&[(told, "2016-01-01", &["sanctions in force: unknown since 2015-03-09 until 2015-03-09"])]);
}

#[test]
fn what_nobody_dates_is_there_and_no_more() {
    let mut undated = event(0, SANCTIONS);
    undated.date = EventDate { start: None, end: None, granularity: None, basis: "no date".into() };
    let day = "2016-01-01".parse().ok();
    assert_eq!(facts(&[undated], day).iter().map(line).collect::<Vec<_>>(), ["sanctions in force: unknown"]);
}

#[test]
fn agreements_stand_beside_each_other() {
    let two = "sign-agreement/sign [signed treaty] 1999-02-03; sign-agreement/sign [signed pact] 2001-02-03";
    let left = format!("{two}; reduce-cooperation/quit [quit treaty] 2004-01-01");
    check(&[
        (
            two,
            "2002-01-01",
            &["agreement signed: true since 1999-02-03", "agreement signed: true since 2001-02-03"],
        ),
        (
            &left,
            "2005-01-01",
            &[
                "agreement signed: true since 1999-02-03",
                "agreement signed: true since 2001-02-03",
                "agreement left: false until 2004-01-01",
            ],
        ),
    ]);
}

#[test]
fn each_side_has_its_own_sanctions_and_both_share_relations() {
    let mut answer = event(1, "impose-sanctions/impose [imposed sanctions] 2016-01-01");
    answer.direction = Direction::Backward;
    let lifted = LIFTED.replace("2017", "2018");
    let all = [event(0, SANCTIONS), answer.clone(), event(2, &lifted)];
    let day = "2020-01-01".parse().ok();
    let sides: Vec<(Direction, Option<bool>)> =
        facts(&all, day).iter().map(|f| (f.direction, f.holds)).collect();
    assert_eq!(sides, [(Direction::Forward, Some(false)), (Direction::Backward, Some(true))]);

    let mut broken = event(1, "break-relations/sever [severed relations] 2016-01-01");
    broken.direction = Direction::Backward;
    let shared = [event(0, "build-relations/establish [established relations] 1945"), broken];
    let found = facts(&shared, day);
    assert_eq!(
        found.iter().map(line).collect::<Vec<_>>(),
        ["diplomatic relations broken: false since 1945-01-01 until 2016-01-01"]
    );
    assert_eq!((found[0].direction, found[0].by.len()), (Direction::Mutual, 2));
}

#[test]
fn claims_count_and_say_whose_they_are() {
    let mut claim = event(0, SANCTIONS);
    (claim.standing, claim.says) = (Standing::Claim, vec!["Anna Muskar".into()]);
    let found = facts(&[claim.clone()], None);
    assert_eq!(found[0].holds, Some(true));
    assert!(found[0].basis.contains("by the word of Anna Muskar"), "{}", found[0].basis);
    claim.standing = Standing::Future;
    assert!(facts(&[claim], None).is_empty());
}

#[test]
fn without_a_day_the_last_that_is_told_counts() {
    let found = facts(&events(&format!("{SANCTIONS}; visit/visit [visited] 2019-05-05")), None);
    assert_eq!(found[0].on, "2019-05-05");
    assert!(facts(&[], None).is_empty());
}
