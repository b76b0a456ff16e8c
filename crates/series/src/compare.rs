//! Whether two reports tell the same event: what speaks for it and against it, weighed and added up.

use std::sync::LazyLock;

use chancery_ontology::Category;
use jiff::civil::Date;

use crate::features::{Features, Side, Spot, When};

/// How sure it is that two reports tell one event, in millionths: whole numbers, so that sums do not depend on order.
pub type Score = u32;

/// Certainty.
pub const SURE: Score = 1_000_000;

/// Weights in log-odds, by name; the file says where they come from.
pub(crate) const WEIGHTS: &str = include_str!("../../../data/merging/weights.tsv");

/// What speaks for or against two reports being of one event, each with how strongly it is there.
pub type Evidence = Vec<(&'static str, f64)>;

/// How sure it is that the two tell the same event; `None` where something speaks against it that nothing outweighs.
pub fn score(a: &Features, b: &Features) -> Option<Score> {
    let evidence = evidence(a, b)?;
    let sum = weight("prior") + evidence.iter().map(|(name, value)| weight(name) * value).sum::<f64>();
    let sure = (f64::from(SURE) / (1.0 + (-sum).exp())).round();
    (sure > 0.0).then_some(sure as Score)
}

/// All that is weighed about two reports; `None` where they cannot be of one event: other categories, others on both
/// sides, other times, two acts of one sentence.
pub fn evidence(a: &Features, b: &Features) -> Option<Evidence> {
    if a.group() != b.group() || a.id == b.id {
        return None;
    }
    // What is weighed must not depend on which is named first.
    let (a, b) = if a.id < b.id { (a, b) } else { (b, a) };
    let mut evidence = parties(a, b)?;
    evidence.extend(days(a, b)?);
    evidence.extend(places(a, b));
    evidence.extend(act(a, b));
    let words = words(a, b)?;
    // Like words tell little where something speaks against it: two raids of one kind are told in the same words.
    if evidence.iter().chain(&words).any(|(name, value)| CONTRADICTIONS.contains(name) && *value > 0.0) {
        evidence.push(("contradicted", 1.0));
        evidence.push(("contradicted.words", a.words.jaccard(&b.words)));
    }
    evidence.extend(words);
    Some(evidence)
}

/// What speaks against two reports being of one event.
const CONTRADICTIONS: [&str; 9] = [
    "place.other-name",
    "days.next",
    "place.other",
    "place.elsewhere",
    "actor.persons",
    "recipient.persons",
    "actor.other",
    "recipient.other",
    "another",
];

/// The weight of something by its name; nothing if the table has none.
fn weight(name: &str) -> f64 {
    static TABLE: LazyLock<Vec<(&str, f64)>> = LazyLock::new(|| {
        let rows = WEIGHTS.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t'));
        let mut table: Vec<_> =
            rows.filter_map(|mut row| Some((row.next()?, row.next()?.parse().ok()?))).collect();
        table.sort_by_key(|(name, _)| *name);
        table
    });
    TABLE.binary_search_by_key(&name, |(name, _)| *name).map_or(0.0, |at| TABLE[at].1)
}

fn sum(evidence: &Evidence) -> f64 {
    evidence.iter().map(|(name, value)| weight(name) * value).sum()
}

/// Both sides, as they are named; or, where the act is mutual, crosswise.
fn parties(a: &Features, b: &Features) -> Option<Evidence> {
    let along = both(actors(&a.actors, &b.actors), recipients(&a.recipients, &b.recipients), None);
    if !(a.mutual() && b.mutual()) {
        return along;
    }
    let across =
        both(actors(&a.actors, &b.recipients), recipients(&a.recipients, &b.actors), Some("crosswise"));
    [along, across, together(a, b)].into_iter().flatten().max_by(|x, y| sum(x).total_cmp(&sum(y)))
}

fn both(actors: Met, recipients: Met, how: Option<&'static str>) -> Option<Evidence> {
    if actors.other && recipients.other {
        return None;
    }
    let how = match actors.known || recipients.known {
        true => how.map(|name| (name, 1.0)),
        false => Some(("parties.unsure", 1.0)),
    };
    Some(actors.evidence.into_iter().chain(recipients.evidence).chain(how).collect())
}

/// How one side of two reports agrees.
struct Met {
    evidence: Evidence,
    /// Whether both name somebody, and the same.
    known: bool,
    /// Whether both name somebody, and not the same.
    other: bool,
}

/// How two parties agree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Alike {
    Same,
    Code,
    Office,
    People,
    Vague,
    Mixed,
    Persons,
    /// Other codes, but one of them is only described, and descriptions are often taken for another's.
    Doubtful,
    /// Somebody else, as far as one can tell.
    Other,
}

fn actors(a: &[Side], b: &[Side]) -> Met {
    side(a, b, |alike| match alike {
        Alike::Same => "actor.same",
        Alike::Code => "actor.code",
        Alike::Office => "actor.office",
        Alike::People => "actor.people",
        Alike::Vague => "actor.vague",
        Alike::Mixed => "actor.mixed",
        Alike::Persons => "actor.persons",
        Alike::Doubtful => "actor.doubtful",
        Alike::Other => "actor.other",
    })
}

fn recipients(a: &[Side], b: &[Side]) -> Met {
    side(a, b, |alike| match alike {
        Alike::Same => "recipient.same",
        Alike::Code => "recipient.code",
        Alike::Office => "recipient.office",
        Alike::People => "recipient.people",
        Alike::Vague => "recipient.vague",
        Alike::Mixed => "recipient.mixed",
        Alike::Persons => "recipient.persons",
        Alike::Doubtful => "recipient.doubtful",
        Alike::Other => "recipient.other",
    })
}

/// One side of two reports.
fn side(a: &[Side], b: &[Side], name: impl Fn(Alike) -> &'static str) -> Met {
    if a.is_empty() || b.is_empty() {
        let name = if a.is_empty() && b.is_empty() { "side.none" } else { "side.unknown" };
        return Met { evidence: vec![(name, 1.0)], known: false, other: false };
    }
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let best = |side: &Side| many.iter().map(|other| alike(side, other)).min();
    let mut found: Vec<Alike> = few.iter().filter_map(best).collect();
    found.sort_unstable();
    let other = found[0] == Alike::Other;
    found.retain(|&alike| other || alike != Alike::Other);
    let share = 1.0 / found.len() as f64;
    let mut evidence: Evidence = found.iter().map(|&alike| (name(alike), share)).collect();
    evidence.push(("side.missing", (few.len() - found.len()) as f64));
    evidence.push(("side.more", (many.len() - few.len()) as f64));
    Met { evidence, known: found[0] <= Alike::People, other }
}

/// All parties of one act as one group, where one report has them on one side and the other on two.
fn together(a: &Features, b: &Features) -> Option<Evidence> {
    let all = |f: &Features| -> Vec<Side> {
        let others = f.recipients.iter().filter(|r| !f.actors.contains(r));
        f.actors.iter().chain(others).cloned().collect()
    };
    let (one, other) = (all(a), all(b));
    let crowd = a.actors == a.recipients || b.actors == b.recipients;
    if !crowd || one.len() < 2 || other.len() < 2 {
        return None;
    }
    let met = actors(&one, &other);
    met.known.then(|| met.evidence.into_iter().chain([("together", 1.0)]).collect())
}

/// Two parties.
fn alike(a: &Side, b: &Side) -> Alike {
    if a.id.is_some() && a.id == b.id {
        return Alike::Same;
    }
    match (&a.code, &b.code) {
        (Some(x), Some(y)) if x != y && (a.described || b.described) => Alike::Doubtful,
        (Some(x), Some(y)) if x != y => Alike::Other,
        (Some(_), Some(_)) => same_code(a, b),
        _ if a.name.is_some() && a.name == b.name => Alike::Code,
        _ if a.sector.is_some() && a.sector == b.sector => Alike::People,
        _ => Alike::Vague,
    }
}

/// Whether somebody is a state or acts for one.
fn of_state(side: &Side) -> bool {
    matches!(side.sector.as_deref(), None | Some("GOV" | "MIL" | "LEG" | "JUD" | "COP" | "SPY" | "ELI"))
}

/// Whether somebody is one of the people of a country.
fn of_people(side: &Side) -> bool {
    matches!(
        side.sector.as_deref(),
        Some("CVL" | "OPP" | "REF" | "LAB" | "AGR" | "EDU" | "MED" | "JRN" | "CRM" | "BUS" | "REL" | "ELI")
    )
}

/// Sectors of those who fight against a state.
fn of_fighters(side: &Side) -> bool {
    matches!(side.sector.as_deref(), Some("REB" | "UAF" | "PRM" | "IMG" | "CRM"))
}

fn of_movement(side: &Side) -> bool {
    of_fighters(side) || side.sector.as_deref() == Some("PTY")
}

fn same_code(a: &Side, b: &Side) -> Alike {
    let same = a.sector == b.sector;
    match (of_state(a) && of_state(b), a.named && b.named) {
        (true, true) => Alike::Persons,
        (true, false) if same => Alike::Code,
        (true, false) => Alike::Office,
        (false, true) => Alike::Other,
        (false, false) if same && a.id.is_some() && b.id.is_some() => Alike::Mixed,
        (false, false) if same => Alike::People,
        _ if of_people(a) && of_people(b) || of_fighters(a) && of_fighters(b) => Alike::People,
        // A movement that fights and its political wing.
        _ if of_movement(a) && of_movement(b) => Alike::Mixed,
        // "Two Americans" and "the United States".
        _ if a.sector.is_none() || b.sector.is_none() || of_people(a) || of_people(b) => Alike::Mixed,
        _ => Alike::Other,
    }
}

/// Days, as far as both know them.
fn days(a: &Features, b: &Features) -> Option<Evidence> {
    let (Some(x), Some(y)) = (a.when, b.when) else {
        return (a.document == b.document).then(|| vec![("days.unknown", 1.0)]);
    };
    match (x.told, y.told) {
        (true, true) => told(x, y),
        (false, false) => untold_both(a, b, between(x, y)),
        (true, false) => untold(x, y, b),
        (false, true) => untold(y, x, a),
    }
}

/// Both name their time.
fn told(x: When, y: When) -> Option<Evidence> {
    let (short, long) = (length(x).min(length(y)), length(x).max(length(y)));
    let name = match between(x, y) {
        0 if long == 0 => "days.same",
        0 if short == long => "days.same-span",
        0 if long <= 7 => "days.in-week",
        0 if long <= 31 => "days.in-month",
        0 if long <= 400 => "days.in-year",
        0 => "days.in-years",
        1 if long == 0 => "days.next",
        _ => return None,
    };
    Some(vec![(name, 1.0)])
}

/// How long before a report without a date its event may be, in days; and before one that looks back ("had met").
const NEWS: i64 = 7;
const LOOKING_BACK: i64 = 45;

/// Both are dated by their reports.
fn untold_both(a: &Features, b: &Features, apart: i64) -> Option<Evidence> {
    let later = if a.published >= b.published { a } else { b };
    let name = match apart {
        0 if a.document == b.document => "days.of-document",
        0 => "days.of-reports",
        ..=NEWS if later.looks_back => return Some(vec![("days.background", 1.0)]),
        ..=NEWS if later.perfect => "days.of-reports.perfect",
        ..=NEWS => return Some(vec![("days.of-reports", 1.0), ("days.apart", apart as f64)]),
        ..=LOOKING_BACK if later.looks_back => "days.looking-back",
        _ => return None,
    };
    Some(vec![(name, 1.0)])
}

/// One names its time, the other is dated by its report.
fn untold(told: When, report: When, other: &Features) -> Option<Evidence> {
    // The event is told to be after the report.
    if days_from(report.first, told.first) > 1 {
        return None;
    }
    let before = days_from(told.last, report.first).max(0);
    match before {
        _ if length(told) > 31 => Some(vec![("days.untold-long", 1.0)]),
        ..=NEWS if other.looks_back => Some(vec![("days.background", 1.0)]),
        ..=NEWS if other.perfect => Some(vec![("days.perfect", 1.0)]),
        ..=NEWS => Some(vec![("days.untold", 1.0), ("days.before", before as f64)]),
        ..=LOOKING_BACK if other.looks_back => Some(vec![("days.looking-back", 1.0)]),
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
fn places(a: &Features, b: &Features) -> Option<(&'static str, f64)> {
    let (x, y) = (a.place.as_ref()?, b.place.as_ref()?);
    let name = match (x.id, y.id) {
        (Some(one), Some(other)) if one == other && x.fine => "place.same",
        (Some(one), Some(other)) if one == other => "place.same-country",
        _ if x.name == y.name => "place.same",
        _ if x.country.is_some() && y.country.is_some() && x.country != y.country => {
            // Words and talks are reported from both ends; blows fall in one country.
            let blow = matches!(a.category, Category::Assault | Category::Protest | Category::Coerce);
            if blow { "place.elsewhere" } else { "place.abroad" }
        }
        _ if within(x, y) || within(y, x) => "place.within",
        _ if x.fine && y.fine => "place.other",
        _ if (x.fine || x.unknown) && (y.fine || y.unknown) => "place.other-name",
        _ => "place.unclear",
    };
    Some((name, 1.0))
}

/// Whether the second place is known to hold the first.
fn within(inner: &Spot, outer: &Spot) -> bool {
    if outer.fine {
        return false;
    }
    let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    same(&inner.country, &outer.country) && (outer.whole || same(&inner.admin1, &outer.admin1))
}

/// What was done: codes, modes, contexts, numbers.
fn act(a: &Features, b: &Features) -> Evidence {
    let mut evidence = vec![match common_prefix(&a.cameo, &b.cameo) {
        _ if a.cameo == b.cameo => ("code.same", 1.0),
        3.. => ("code.near", 1.0),
        2 => ("code.root", 1.0),
        // 18, 19 and 20 tell the same blow by its victims, its weapons or its scale.
        _ if a.category == Category::Assault => ("code.root", 1.0),
        _ => ("code.other", 1.0),
    }];
    match agree(&a.modes, &b.modes) {
        Some(true) => evidence.push(("mode.same", 1.0)),
        Some(false) => evidence.push(("mode.other", 1.0)),
        None if a.modes != b.modes && a.category == Category::Consult => evidence.push(("mode.one", 1.0)),
        None if a.modes != b.modes => evidence.push(("mode.shade", 1.0)),
        None => {}
    }
    if agree(&a.contexts, &b.contexts) == Some(false) {
        evidence.push(("context.other", 1.0));
    }
    if let (Some(x), Some(y)) = (a.dead, b.dead) {
        let (low, high) = (x.min(y).max(1) as f64, x.max(y).max(1) as f64);
        evidence.push(if x == y { ("dead.same", 1.0) } else { ("dead.other", (high / low - 1.0).min(4.0)) });
    }
    evidence
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count()
}

/// Whether two lists share something; `None` where one is empty.
fn agree(a: &[String], b: &[String]) -> Option<bool> {
    (!a.is_empty() && !b.is_empty()).then(|| a.iter().any(|x| b.contains(x)))
}

/// The words of the clauses and of the stories around them.
fn words(a: &Features, b: &Features) -> Option<Evidence> {
    let mut evidence =
        vec![("words.jaccard", a.words.jaccard(&b.words)), ("words.overlap", a.words.overlap(&b.words))];
    if !a.names.is_empty() && !b.names.is_empty() {
        let shared = a.names.overlap(&b.names) > 0.0;
        evidence.push((if shared { "names.same" } else { "names.other" }, 1.0));
    }
    match (a.another, b.another) {
        (false, false) => {}
        (true, true) => evidence.push(("another.both", 1.0)),
        _ => evidence.push(("another", 1.0)),
    }
    if a.beside != b.beside {
        evidence.push(("beside", 1.0));
    }
    if a.document != b.document {
        evidence.push(("story", a.story.jaccard(&b.story).min(0.4)));
        return Some(evidence);
    }
    // The same words are two acts of one clause, or one act read twice.
    let touching = a.trigger.0 < b.trigger.1 && b.trigger.0 < a.trigger.1;
    if a.sentence == b.sentence && !touching {
        return None;
    }
    let one_told = a.when.is_some_and(|w| w.told) != b.when.is_some_and(|w| w.told);
    evidence.push(match (touching, one_told) {
        (true, _) => ("same-words", 1.0),
        // A lead with the day, and then the details.
        (false, true) => ("same-document.details", 1.0),
        (false, false) => ("same-document", 1.0),
    });
    Some(evidence)
}
