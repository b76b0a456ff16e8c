//! The record of an event from the reports that tell it: what most of them agree on, and in what they differ.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chancery_ontology::{Category, cameo};
use chancery_record::{Actor, Event, EventDate, EventPlace, Merged, Status, Variant};
use jiff::civil::Date;

use crate::vote::winner;

/// A report of an event, with what its document says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The report.
    pub event: Event,
    /// Its anchor.
    pub anchor: String,
    /// Outlet of the document.
    pub source: Option<String>,
}

/// The event that these reports tell; `None` of no report. Depends on the set of reports, not on their order.
pub fn merged(mut members: Vec<Member>) -> Option<Merged> {
    members.sort_by(|a, b| order(a).cmp(&order(b)));
    let weights = weights(&members);
    let first = members.first()?;
    let best = best(&members)?;
    let mut event = best.event.clone();
    event.id = first.anchor.clone();
    event.duplicate_of = None;
    event.reports = Some(members.len() as u64);
    event.documents = Some(distinct(members.iter().map(|m| Some(m.event.document.as_str()))));
    event.sources = Some(distinct(members.iter().map(|m| m.source.as_deref())));
    code(&mut event, &members, &weights);
    event.actor = parties(&members, &weights, |event| &event.actor);
    event.recipient = parties(&members, &weights, |event| &event.recipient);
    event.date = date(&members, &weights).unwrap_or(event.date);
    event.place = place(&members, &weights);
    event.status = status(&members);
    numbers(&mut event, &members);
    event.confidence = members.iter().map(|m| m.event.confidence).fold(0.0, f64::max);
    Some(Merged {
        wordings: wordings(&members).len(),
        first_published: members.iter().filter_map(|m| m.event.date_published.clone()).min(),
        last_published: members.iter().filter_map(|m| m.event.date_published.clone()).max(),
        claimed: members.iter().all(|m| claimed(&m.event)),
        variants: variants(&members),
        members: members.iter().map(|m| m.event.id.clone()).collect(),
        event,
    })
}

/// What puts reports in their order: day of publication, document, place in it.
pub fn order(member: &Member) -> impl Ord + '_ {
    let event = &member.event;
    let day = &event.date_published;
    (day.is_none(), day, &event.document, event.evidence.trigger.span.start, &event.id)
}

fn distinct<'a>(values: impl Iterator<Item = Option<&'a str>>) -> u64 {
    values.flatten().collect::<BTreeSet<_>>().len() as u64
}

/// How often each wording occurs.
fn wordings(members: &[Member]) -> BTreeMap<String, u64> {
    let mut wordings = BTreeMap::new();
    for member in members {
        *wordings.entry(wording(&member.event)).or_default() += 1;
    }
    wordings
}

fn wording(event: &Event) -> String {
    let words = event.evidence.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The weight of each report's word in thousandths: its confidence, shared among those that copy each other.
fn weights(members: &[Member]) -> Vec<u64> {
    let copies = wordings(members);
    let weight =
        |m: &Member| (m.event.confidence * 1000.0).round() as u64 / copies[&wording(&m.event)].max(1);
    members.iter().map(|member| weight(member).max(1)).collect()
}

/// Whether a report gives an event by somebody's word only.
fn claimed(event: &Event) -> bool {
    event.attribution.iter().any(|link| link.role == "speaker" || link.role == "carrier")
}

/// The report that tells most: with a date of its own, both parties, a place; and the surest of these.
fn best(members: &[Member]) -> Option<&Member> {
    let tells = |m: &Member| {
        let e = &m.event;
        u8::from(e.date.basis != "the document's date" && e.date.start.is_some())
            + 2 * u8::from(!e.actor.is_empty())
            + 2 * u8::from(!e.recipient.is_empty())
            + u8::from(e.place.is_some())
            + u8::from(!claimed(e))
    };
    let rank = |m: &Member| (tells(m), (m.event.confidence * 1000.0).round() as u64);
    // The first of equals, by the order of reports.
    members.iter().rev().max_by_key(|m| rank(m))
}

fn pairs<'a>(members: &'a [Member], weights: &'a [u64]) -> impl Iterator<Item = (&'a Event, u64)> {
    members.iter().map(|m| &m.event).zip(weights.iter().copied())
}

/// Category, modes, contexts, codes and scales.
fn code(event: &mut Event, members: &[Member], weights: &[u64]) {
    let votes =
        pairs(members, weights).map(|(e, w)| ((e.event.clone(), Reverse(e.cameo.len()), e.cameo.clone()), w));
    let Some((category, _, code)) = winner(votes) else { return };
    let same = || pairs(members, weights).filter(|(e, _)| e.event == category);
    event.mode = winner(same().map(|(e, w)| (e.mode.clone(), w))).unwrap_or_default();
    event.context = winner(same().map(|(e, w)| (e.context.clone(), w))).unwrap_or_default();
    if let Some(known) = Category::from_name(&category) {
        event.quad = known.quad();
        event.scale = known.scale(&event.mode);
    }
    event.goldstein = cameo(&code).map_or(event.goldstein, |code| code.goldstein);
    event.event = category;
    event.cameo = code;
}

/// The parties of one side: the reading with the most weight; those that name nobody have no say.
fn parties(members: &[Member], weights: &[u64], side: impl Fn(&Event) -> &Vec<Actor>) -> Vec<Actor> {
    let key = |actors: &[Actor]| actors.iter().map(identity).collect::<Vec<_>>();
    let named = || pairs(members, weights).filter(|(e, _)| !side(e).is_empty());
    let Some(chosen) = winner(named().map(|(e, w)| (key(side(e)), w))) else { return Vec::new() };
    named().find(|(e, _)| key(side(e)) == chosen).map(|(e, _)| side(e).clone()).unwrap_or_default()
}

type Identity = (Option<String>, Option<String>, Option<String>);

fn identity(actor: &Actor) -> Identity {
    (actor.code.clone(), actor.sector.clone(), actor.id.clone())
}

/// The date: what reports name counts before the days of the reports themselves, a day before a longer time.
fn date(members: &[Member], weights: &[u64]) -> Option<EventDate> {
    let rank = |date: &EventDate| match (&date.start, date.granularity.as_deref(), date.basis.as_str()) {
        (None, ..) => 3,
        (_, _, "the document's date") => 1,
        (_, Some("day"), _) => 0,
        _ => 2,
    };
    let best = members.iter().map(|m| rank(&m.event.date)).min()?;
    let ranked = || pairs(members, weights).filter(|(e, _)| rank(&e.date) == best);
    // Of reports that only have their own day, the first is nearest to the event.
    if best == 1 {
        return ranked().map(|(e, _)| &e.date).min_by_key(|date| date.start.clone()).cloned();
    }
    let key = |date: &EventDate| (date.start.clone(), date.end.clone());
    let chosen = winner(ranked().map(|(e, w)| (key(&e.date), w)))?;
    ranked().map(|(e, _)| &e.date).find(|date| key(date) == chosen).cloned()
}

/// How finely a place is told; the finest first.
fn fineness(place: &EventPlace) -> u8 {
    match place.resolution.as_deref() {
        Some("site") => 0,
        Some("city") => 1,
        Some("district") => 2,
        Some("province") => 3,
        Some("country") => 5,
        _ => 4,
    }
}

fn place(members: &[Member], weights: &[u64]) -> Option<EventPlace> {
    let placed = || pairs(members, weights).filter_map(|(e, w)| e.place.as_ref().map(|place| (place, w)));
    let finest = placed().map(|(place, _)| fineness(place)).min()?;
    let fine = || placed().filter(|(place, _)| fineness(place) == finest);
    let key = |place: &EventPlace| (place.geonameid, place.name.clone());
    let chosen = winner(fine().map(|(place, w)| (key(place), w)))?;
    fine().find(|(place, _)| key(place) == chosen).map(|(place, _)| place.clone())
}

/// What happened before one report's news may be another's news.
fn status(members: &[Member]) -> Status {
    let occurred = members.iter().any(|m| m.event.status == Status::Occurred);
    if occurred { Status::Occurred } else { members.first().map_or(Status::Occurred, |m| m.event.status) }
}

/// Numbers grow as they become known: the last report that has one counts.
fn numbers(event: &mut Event, members: &[Member]) {
    let last = |number: fn(&Event) -> Option<u64>| members.iter().rev().find_map(|m| number(&m.event));
    event.dead = last(|e| e.dead);
    event.injured = last(|e| e.injured);
    event.arrested = last(|e| e.arrested);
    event.size = last(|e| e.size);
    let approximate = |field: &str| {
        let told = members.iter().rev().find(|m| number_of(&m.event, field).is_some());
        told.is_some_and(|m| m.event.approximate.iter().any(|f| f == field))
    };
    event.approximate = NUMBERS.iter().filter(|f| approximate(f)).map(|&f| f.to_owned()).collect();
}

const NUMBERS: [&str; 4] = ["dead", "injured", "arrested", "size"];

fn number_of(event: &Event, field: &str) -> Option<u64> {
    match field {
        "dead" => event.dead,
        "injured" => event.injured,
        "arrested" => event.arrested,
        _ => event.size,
    }
}

/// Details in which reports contradict each other, with all values and who gives them.
fn variants(members: &[Member]) -> Vec<Variant> {
    let mut variants = Vec::new();
    let mut add = |field: &str, value: &dyn Fn(&Event) -> Option<String>, differ: bool| {
        let values = told(members, value);
        if differ && values.len() > 1 {
            variants.extend(values.into_iter().map(|(value, (reports, says))| Variant {
                field: field.to_owned(),
                value,
                reports,
                says: says.into_iter().collect(),
            }));
        }
    };
    add("date", &|e| told_date(&e.date), dates_differ(members));
    add("place", &|e| e.place.as_ref().map(|p| p.name.clone()), places_differ(members));
    add("actor", &|e| codes(&e.actor), parties_differ(members, |e| &e.actor));
    add("recipient", &|e| codes(&e.recipient), parties_differ(members, |e| &e.recipient));
    add("mode", &|e| Some(e.mode.join(", ")).filter(|modes| !modes.is_empty()), true);
    for field in NUMBERS {
        add(field, &|e| number_of(e, field).map(|n| n.to_string()), true);
    }
    variants
}

type Told = BTreeMap<String, (usize, BTreeSet<String>)>;

fn told(members: &[Member], value: &dyn Fn(&Event) -> Option<String>) -> Told {
    let mut values = Told::new();
    for member in members {
        if let Some(value) = value(&member.event) {
            let (reports, says) = values.entry(value).or_default();
            *reports += 1;
            says.extend(who_says(member));
        }
    }
    values
}

/// Who a report has it from: whom it names; else its outlet, or its document.
fn who_says(member: &Member) -> Vec<String> {
    let links = &member.event.attribution;
    let named: Vec<String> = links.iter().map(|a| a.name.clone().unwrap_or_else(|| a.text.clone())).collect();
    let own = || vec![member.source.clone().unwrap_or_else(|| member.event.document.clone())];
    if named.is_empty() { own() } else { named }
}

/// A date that words give, as a day or first and last day.
fn told_date(date: &EventDate) -> Option<String> {
    let start = date.start.as_ref().filter(|_| date.basis != "the document's date")?;
    let end = date.end.as_ref().unwrap_or(start);
    Some(if start == end { start.clone() } else { format!("{start} to {end}") })
}

/// Whether two reports name times of which neither lies in the other.
fn dates_differ(members: &[Member]) -> bool {
    let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Date>().ok());
    let told = members.iter().filter(|m| told_date(&m.event.date).is_some());
    let spans: BTreeSet<(Date, Date)> =
        told.filter_map(|m| Some((day(&m.event.date.start)?, day(&m.event.date.end)?))).collect();
    let inside =
        |a: &(Date, Date), b: &(Date, Date)| (a.0 >= b.0 && a.1 <= b.1) || (b.0 >= a.0 && b.1 <= a.1);
    spans.iter().any(|a| spans.iter().any(|b| !inside(a, b)))
}

/// Whether two reports name places that are equally fine and not the same, or in different countries.
fn places_differ(members: &[Member]) -> bool {
    let places: Vec<&EventPlace> = members.iter().filter_map(|m| m.event.place.as_ref()).collect();
    let differ = |a: &EventPlace, b: &EventPlace| {
        (fineness(a) == fineness(b) && a.name != b.name)
            || (a.country.is_some() && b.country.is_some() && a.country != b.country)
    };
    places.iter().any(|a| places.iter().any(|b| differ(a, b)))
}

/// Whether two reports name parties of which neither has all of the other's; who is named first of those who act on each
/// other says nothing.
fn parties_differ(members: &[Member], side: impl Fn(&Event) -> &Vec<Actor>) -> bool {
    let codes =
        |actors: &[Actor]| -> BTreeSet<String> { actors.iter().filter_map(|a| a.code.clone()).collect() };
    let all = |e: &Event| -> BTreeSet<String> { &codes(&e.actor) | &codes(&e.recipient) };
    let told: Vec<(BTreeSet<String>, BTreeSet<String>)> = members
        .iter()
        .map(|m| (codes(side(&m.event)), all(&m.event)))
        .filter(|(codes, _)| !codes.is_empty())
        .collect();
    let differ = |(own, all): &(BTreeSet<String>, BTreeSet<String>),
                  (other, every): &(BTreeSet<String>, _)| {
        !own.is_subset(other) && !other.is_subset(own) && all != every
    };
    told.iter().any(|a| told.iter().any(|b| differ(a, b)))
}

fn codes(actors: &[Actor]) -> Option<String> {
    let mut codes: Vec<&str> = actors.iter().filter_map(|a| a.code.as_deref()).collect();
    codes.sort_unstable();
    codes.dedup();
    (!codes.is_empty()).then(|| codes.join(", "))
}
