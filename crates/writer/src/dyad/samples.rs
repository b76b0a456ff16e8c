//! Invented dyads for tests: one of forty months, one of three events, one of none.

use chancery_record::{
    Coverage, Direction, Dyad, DyadEvent, Estimate, EventDate, Fact, Party, Period, Reciprocity, Standing,
    TurningPoint, Variant,
};

fn party(name: &str, code: &str) -> Party {
    Party {
        query: name.to_lowercase(),
        code: Some(code.to_owned()),
        sector: None,
        id: None,
        name: name.to_owned(),
    }
}

pub(crate) fn day(day: &str) -> EventDate {
    let some = |text: &str| Some(text.to_owned());
    EventDate { start: some(day), end: some(day), granularity: some("day"), basis: "on Monday".to_owned() }
}

/// Two between whom nothing is told, though documents were read.
pub(crate) fn empty() -> Dyad {
    Dyad {
        a: party("Ruritania", "RUR"),
        b: party("Bordurië & Söhne <Élan>", "BOR"),
        from: None,
        to: None,
        by: "month".to_owned(),
        directed: false,
        counted: vec![Standing::Deed],
        as_of: None,
        facts: Vec::new(),
        periods: Vec::new(),
        total: None,
        reciprocity: None,
        unplaced: 0,
        turning_points: Vec::new(),
        events: Vec::new(),
        unlisted: 0,
    }
}

/// A period in which so much was read, with so many events of each quad class.
fn period(label: &str, documents: u64, quads: [u64; 4]) -> Period {
    let count: u64 = quads.iter().sum();
    let sum: f64 = quads.iter().zip([3.0, 6.0, -3.0, -8.0]).map(|(n, scale)| *n as f64 * scale).sum();
    let figure = |value: f64, half: f64| Estimate {
        value,
        low: (count > 2).then_some((value - half).max(-10.0)),
        high: (count > 2).then_some((value + half).min(10.0)),
    };
    let mean = (count > 0).then(|| figure(sum / count as f64, 4.0 / (count as f64).sqrt()));
    let all = (count > 0).then(|| figure(sum, 4.0));
    Period {
        start: format!("{label}-01"),
        end: format!("{label}-28"),
        label: label.to_owned(),
        gap_before: 0,
        coverage: Coverage { documents, concerned: documents / 3 },
        events: (documents + count > 0).then_some(count),
        quads,
        categories: vec![("CONSULT".to_owned(), count)],
        directions: [count, 0, 0],
        apart: [0; 4],
        scale_mean: mean,
        scale_sum: all,
        goldstein_mean: mean,
        goldstein_sum: all,
    }
}

/// Three events in two months, of which one was not read.
pub(crate) fn tiny() -> Dyad {
    let periods = vec![period("2021-01", 4, [1, 0, 0, 1]), period("2021-02", 0, [1, 0, 0, 0])];
    Dyad {
        from: Some("2021-01-01".to_owned()),
        to: Some("2021-02-28".to_owned()),
        total: Some(Period { label: "all".to_owned(), ..period("2021-01", 4, [2, 0, 0, 1]) }),
        periods,
        events: ["2021-01-04", "2021-01-20", "2021-02-11"]
            .iter()
            .map(|on| event(on, 1, "CONSULT", 3.0))
            .collect(),
        ..empty()
    }
}

pub(crate) fn event(on: &str, quad: u8, category: &str, scale: f64) -> DyadEvent {
    DyadEvent {
        id: format!("m-{on}"),
        direction: Direction::Forward,
        standing: Standing::Deed,
        event: category.to_owned(),
        mode: vec!["visit".to_owned()],
        context: vec!["diplomatic".to_owned()],
        cameo: "042".to_owned(),
        quad,
        scale,
        goldstein: scale,
        date: day(on),
        actor: vec!["Rudolf Rassendyll".to_owned()],
        recipient: vec!["Government of Borduria".to_owned()],
        place: Some("Szohôd".to_owned()),
        sentence: "King Rudolf of Ruritania arrived in Szohôd for talks with Marshal Kůrvi-Tasch, the \
                   Bordurian leader, his \"first visit\" <in ten years>."
            .to_owned(),
        document: "news/2021.txt".to_owned(),
        source: Some("Strelsau Courier".to_owned()),
        says: Vec::new(),
        rule: "consult.visit".to_owned(),
        trigger: "arrived".to_owned(),
        reports: 4,
        documents: 3,
        sources: 2,
        confidence: 0.8,
        variants: Vec::new(),
    }
}

/// Forty months with a gap, months that were not read, claims, facts and two turning points.
pub(crate) fn long() -> Dyad {
    let mut events = vec![
        event("2019-02-04", 1, "CONSULT", 3.0),
        DyadEvent { variants: vec![differs()], ..event("2020-03-02", 4, "SANCTION", -8.0) },
        DyadEvent {
            direction: Direction::Backward,
            standing: Standing::Claim,
            says: vec!["Bordurian News Agency".to_owned(), "Marshal Kůrvi-Tasch".to_owned()],
            ..event("2020-05-11", 3, "ACCUSE", -2.0)
        },
        DyadEvent { direction: Direction::Mutual, ..event("2023-01-09", 2, "COOPERATE", 6.4) },
        DyadEvent { standing: Standing::Future, ..event("2023-06-01", 1, "CONSULT", 3.0) },
        DyadEvent { standing: Standing::Negated, ..event("2023-06-02", 4, "ASSAULT", -9.0) },
    ];
    let undated = EventDate { start: None, end: None, granularity: None, basis: "no date".to_owned() };
    events.push(DyadEvent { date: undated, ..event("", 1, "AGREE", 3.0) });
    Dyad {
        b: party("Borduria", "BOR"),
        from: Some("2019-01-01".to_owned()),
        to: Some("2024-06-28".to_owned()),
        as_of: Some("2024-06-28".to_owned()),
        facts: facts(),
        periods: months(),
        total: Some(Period {
            label: "all".to_owned(),
            apart: [4, 1, 0, 1],
            ..period("2019-01", 1301, [96, 20, 70, 31])
        }),
        reciprocity: Some(Reciprocity {
            forward: (120, Some(-0.4)),
            backward: (80, Some(-1.2)),
            correlation: Some(0.42),
            answers: Some(0.31),
            answered: None,
        }),
        unplaced: 2,
        turning_points: vec![turn("2020-03-01", 2.4, -4.1), turn("2022-11-01", -4.1, 2.9)],
        events,
        unlisted: 210,
        ..empty()
    }
}

/// So many days in a row.
pub(crate) fn many(days: u64) -> Dyad {
    let day = |n: u64| {
        let (year, month, day) = (2010 + n / 336, 1 + n / 28 % 12, 1 + n % 28);
        let label = format!("{year}-{month:02}-{day:02}");
        let documents = if n % 50 > 40 { 0 } else { 5 + n % 7 };
        Period {
            start: label.clone(),
            end: label.clone(),
            ..period(&label, documents, [n % 3, n % 2, n % 5 / 3, n % 7 / 6])
        }
    };
    Dyad { by: "day".to_owned(), periods: (0..days).map(day).collect(), facts: Vec::new(), ..long() }
}

fn months() -> Vec<Period> {
    let labels = (2019..2025).flat_map(|year| (1..=12).map(move |month| format!("{year}-{month:02}")));
    // The year 2021 and half of 2022 are left out.
    let kept = labels.enumerate().filter(|(n, _)| !(24..40).contains(n)).take(40);
    kept.enumerate().map(|(at, (n, label))| month(at as u64, n, &label)).collect()
}

fn month(at: u64, n: usize, label: &str) -> Period {
    let unread = [5, 6, 7, 33].contains(&at);
    let quads = match (unread, n) {
        _ if at == 6 => [1, 0, 0, 0],
        (true, _) => [0; 4],
        _ if at % 11 == 9 => [0; 4],
        (_, 14..46) => [at % 2, 0, 2 + at % 5, at % 4],
        _ => [2 + at % 6, at % 3, at % 2, 0],
    };
    let documents = if unread { 0 } else { 20 + at * 7 % 40 };
    Period { gap_before: if n == 40 { 16 } else { 0 }, ..period(label, documents, quads) }
}

fn turn(date: &str, before: f64, after: f64) -> TurningPoint {
    TurningPoint {
        date: date.to_owned(),
        before,
        after,
        events: (48, 97),
        method: "binary segmentation of the mean, least segment 4 periods, penalty 2 log n".to_owned(),
        support: 0.91,
    }
}

fn differs() -> Variant {
    Variant {
        field: "date".to_owned(),
        value: "2020-03-03".to_owned(),
        reports: 1,
        says: vec!["BNA".to_owned()],
    }
}

fn facts() -> Vec<Fact> {
    let relations = Fact {
        kind: "diplomatic-relations".to_owned(),
        state: "diplomatic relations established".to_owned(),
        holds: Some(true),
        on: "2024-06-28".to_owned(),
        direction: Direction::Mutual,
        by: vec!["Ruritania".to_owned(), "Borduria".to_owned()],
        since: Some(day("1993-04-05")),
        known_from: None,
        until: None,
        events: vec!["m-2019-02-04".to_owned()],
        contradicted_by: Vec::new(),
        basis: "an event establishes them and none ends them".to_owned(),
    };
    let sanctions = Fact {
        kind: "sanctions".to_owned(),
        state: "sanctions in force".to_owned(),
        holds: None,
        direction: Direction::Forward,
        by: vec!["Ruritania".to_owned()],
        since: None,
        known_from: Some("2020-03-02".to_owned()),
        until: Some(day("2023-01-09")),
        contradicted_by: vec!["m-2020-03-02".to_owned(), "elsewhere".to_owned()],
        basis: "imposed by an event, lifted by another <claimed>".to_owned(),
        ..relations.clone()
    };
    vec![relations, sanctions]
}
