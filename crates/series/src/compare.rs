//! Whether two reports tell the same event: evidence for and against, added up.

use jiff::civil::Date;

use crate::features::{Features, Side, Spot, When};

/// How sure it is that two reports tell one event, in millionths: whole numbers, so that sums do not depend on order.
pub type Score = u32;

/// Certainty.
pub const SURE: Score = 1_000_000;

/// Evidence in log-odds. The weights were set by reasoning and adjusted on the stories of `bench/merging`, which were
/// written for this project; none is fitted on others' texts.
mod weight {
    /// Before anything is compared: two reports of one kind, with a party in common, in one time.
    pub const PRIOR: f64 = -2.6;
}

/// How sure it is that the two tell the same event; `None` where something speaks against it that nothing outweighs.
pub fn score(a: &Features, b: &Features) -> Option<Score> {
    if a.group() != b.group() || a.id == b.id {
        return None;
    }
    let evidence = weight::PRIOR + parties(a, b)? + days(a, b)? + places(a, b)? + act(a, b) + words(a, b)?;
    let sure = (SURE as f64 / (1.0 + (-evidence).exp())).round();
    (sure > 0.0).then_some(sure as Score)
}

/// Both sides, as they are named; or, where the act is mutual, crosswise.
fn parties(a: &Features, b: &Features) -> Option<f64> {
    let along = both(sides(&a.actors, &b.actors), sides(&a.recipients, &b.recipients));
    if !(a.mutual() && b.mutual()) {
        return along;
    }
    let across = both(sides(&a.actors, &b.recipients), sides(&a.recipients, &b.actors));
    let together = together(a, b);
    [along, across, together].into_iter().flatten().max_by(f64::total_cmp)
}

fn both(actors: Option<f64>, recipients: Option<f64>) -> Option<f64> {
    let (actors, recipients) = (actors?, recipients?);
    // One side must be known in both.
    (actors > 0.0 || recipients > 0.0).then_some(actors + recipients)
}

/// All parties of one act as one group, where one report has them on one side and the other on two.
fn together(a: &Features, b: &Features) -> Option<f64> {
    let all = |f: &Features| -> Vec<Side> {
        let mut sides = f.actors.clone();
        sides.extend(f.recipients.iter().filter(|r| !f.actors.contains(r)).cloned());
        sides
    };
    let (one, other) = (all(a), all(b));
    let crowd = a.actors == a.recipients || b.actors == b.recipients;
    if !crowd || one.len() < 2 || other.len() < 2 {
        return None;
    }
    let met = one.iter().filter(|side| other.iter().any(|o| alike(side, o).is_some_and(|v| v > 0.0))).count();
    (met == one.len().min(other.len())).then_some(2.0)
}

/// One side of two reports; `None` if they are different parties.
fn sides(a: &[Side], b: &[Side]) -> Option<f64> {
    if a.is_empty() || b.is_empty() {
        return Some(if a.is_empty() && b.is_empty() { -0.2 } else { -0.6 });
    }
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let best = |side: &Side| many.iter().filter_map(|other| alike(side, other)).max_by(f64::total_cmp);
    let found: Vec<f64> = few.iter().filter_map(best).collect();
    if found.is_empty() {
        return None;
    }
    let missing = few.len() - found.len();
    let mean = found.iter().sum::<f64>() / found.len() as f64;
    // The other names more than one: it may tell of more than this act.
    Some(mean - 0.7 * missing as f64 - if many.len() > few.len() { 0.25 } else { 0.0 })
}

/// Two parties; `None` if they are different.
fn alike(a: &Side, b: &Side) -> Option<f64> {
    if a.id.is_some() && a.id == b.id {
        return Some(1.5);
    }
    match (&a.code, &b.code) {
        (Some(x), Some(y)) if x != y => None,
        (Some(_), Some(_)) => same_code(a, b),
        _ => (a.name.is_some() && a.name == b.name).then_some(1.0),
    }
}

/// Sectors that act for a state.
fn of_state(sector: Option<&str>) -> bool {
    matches!(sector, None | Some("GOV" | "MIL" | "LEG" | "JUD" | "COP" | "SPY"))
}

fn same_code(a: &Side, b: &Side) -> Option<f64> {
    let (official, same) =
        (of_state(a.sector.as_deref()) && of_state(b.sector.as_deref()), a.sector == b.sector);
    match (official, same, a.named && b.named) {
        // Two people of one government.
        (true, _, true) => Some(-0.6),
        (true, true, false) => Some(1.0),
        (true, false, false) => Some(0.7),
        (false, true, false) => Some(0.9),
        (false, true, true) => None,
        // "Two Americans" and "the United States"; a rebel group and its country.
        (false, false, _) if a.sector.is_none() || b.sector.is_none() => Some(-0.2),
        (false, false, _) => None,
    }
}

/// Days, as far as both know them.
fn days(a: &Features, b: &Features) -> Option<f64> {
    let (Some(x), Some(y)) = (a.when, b.when) else {
        return (a.document == b.document).then_some(0.3);
    };
    let apart = between(x, y);
    match (x.told, y.told) {
        (true, true) => told(x, y, apart),
        (false, false) => (apart <= 3).then_some(0.4 - 0.5 * apart as f64),
        (true, false) => untold(x, y),
        (false, true) => untold(y, x),
    }
}

/// Both name their time.
fn told(x: When, y: When, apart: i64) -> Option<f64> {
    let (short, long) = (length(x).min(length(y)), length(x).max(length(y)));
    match apart {
        0 if long == 0 => Some(1.4),
        0 if short == long => Some(0.9),
        0 if long <= 31 => Some(0.5),
        0 if long <= 400 => Some(0.0),
        0 => Some(-0.8),
        1 if long == 0 => Some(-1.6),
        _ => None,
    }
}

/// One names its time, the other is dated by its report.
fn untold(told: When, report: When) -> Option<f64> {
    let before = days_from(told.last, report.first);
    match before {
        // The event is told to be after the report.
        _ if days_from(report.first, told.first) > 1 => None,
        _ if length(told) > 31 => Some(-0.9),
        ..=0 => Some(0.5),
        1 => Some(0.3),
        2 => Some(-0.3),
        3..=4 => Some(-1.0),
        _ => None,
    }
}

fn length(when: When) -> i64 {
    days_from(when.first, when.last)
}

/// Days between two spans of time; 0 if they touch.
fn between(x: When, y: When) -> i64 {
    days_from(x.last, y.first).max(days_from(y.last, x.first)).max(0)
}

fn days_from(a: Date, b: Date) -> i64 {
    a.until(b).map_or(i64::MAX, |span| i64::from(span.get_days()))
}

/// Places, where both have one.
fn places(a: &Features, b: &Features) -> Option<f64> {
    let (Some(x), Some(y)) = (&a.place, &b.place) else { return Some(0.0) };
    match (x.id, y.id) {
        (Some(one), Some(other)) if one == other => Some(if x.fine { 0.9 } else { 0.3 }),
        _ if x.country.is_some() && y.country.is_some() && x.country != y.country => abroad(a),
        _ if within(x, y) || within(y, x) => Some(0.3),
        _ if x.fine && y.fine => Some(-2.2),
        _ => Some(-1.0),
    }
}

/// Words and talks are reported from both ends; blows fall in one country.
fn abroad(a: &Features) -> Option<f64> {
    use chancery_ontology::Category::{Assault, Coerce, Protest};
    (!matches!(a.category, Assault | Protest | Coerce)).then_some(-1.5)
}

/// Whether the second place is known to hold the first.
fn within(inner: &Spot, outer: &Spot) -> bool {
    if outer.fine {
        return false;
    }
    let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    let whole = outer.admin1.is_none() || outer.admin1.as_deref() == Some("");
    same(&inner.country, &outer.country) && (whole || same(&inner.admin1, &outer.admin1))
}

/// What was done: codes, modes, contexts, numbers.
fn act(a: &Features, b: &Features) -> f64 {
    let cameo = match common_prefix(&a.cameo, &b.cameo) {
        _ if a.cameo == b.cameo => 0.5,
        3.. => 0.3,
        2 => -0.2,
        _ => -0.7,
    };
    let modes = match agree(&a.modes, &b.modes) {
        Some(true) => 0.4,
        Some(false) => -1.0,
        None => 0.0,
    };
    let contexts = match agree(&a.contexts, &b.contexts) {
        Some(false) => -0.5,
        _ => 0.0,
    };
    let dead = match (a.dead, b.dead) {
        (Some(x), Some(y)) if x == y => 0.8,
        (Some(x), Some(y)) if x.max(y) > 5 * x.min(y).max(1) => -0.8,
        _ => 0.0,
    };
    cameo + modes + contexts + dead
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count()
}

/// Whether two lists share something; `None` where one is empty.
fn agree(a: &[String], b: &[String]) -> Option<bool> {
    (!a.is_empty() && !b.is_empty()).then(|| a.iter().any(|x| b.contains(x)))
}

/// The words of the clauses and of the stories around them.
fn words(a: &Features, b: &Features) -> Option<f64> {
    let clauses = 3.5 * a.words.jaccard(&b.words) + 0.8 * a.words.overlap(&b.words);
    if a.document != b.document {
        let stories = a.story.jaccard(&b.story);
        return Some(clauses + (6.0 * stories).min(2.4) - 0.9);
    }
    // The same words are two acts of one clause, or one act read twice.
    let touching = a.trigger.0 < b.trigger.1 && b.trigger.0 < a.trigger.1;
    if a.sentence == b.sentence && !touching {
        return None;
    }
    Some(clauses + if touching { 0.0 } else { 0.3 })
}
