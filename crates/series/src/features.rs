//! What of a report is compared with others: parties, act, days, place, numbers, words.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use chancery_ontology::Category;
use chancery_record::{Actor, Event, EventPlace, Source, Status};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::words::Words;

/// What a report says of its event's being: reports of different sorts never tell the same event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// It happened, now or before.
    Deed,
    /// It is to happen.
    Future,
    /// It may happen.
    Hypothetical,
    /// It did not happen.
    Negated,
}

/// The sort of a status.
pub fn sort_of(status: Status) -> Sort {
    match status {
        Status::Occurred | Status::Historical => Sort::Deed,
        Status::Future => Sort::Future,
        Status::Hypothetical => Sort::Hypothetical,
        Status::Negated => Sort::Negated,
    }
}

/// What of a document matters when its reports are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Story {
    /// The document's identifier.
    pub document: String,
    /// Day of publication.
    pub published: Option<Date>,
    /// The content words of the whole text.
    pub words: Arc<Words>,
    /// Codes of everybody in its reports.
    pub parties: Arc<BTreeSet<String>>,
}

impl Story {
    /// Of a document with its reports.
    pub fn of(document: &Source, reports: &[Event]) -> Story {
        let text = format!("{}\n{}", document.title.as_deref().unwrap_or_default(), document.text);
        let parties = reports.iter().flat_map(|event| event.actor.iter().chain(&event.recipient));
        Story {
            document: document.id.clone(),
            published: document.date.as_deref().and_then(|date| date.get(..10)?.parse().ok()),
            words: Arc::new(Words::of(&text)),
            parties: Arc::new(parties.filter_map(|party| party.code.clone()).collect()),
        }
    }
}

/// One party as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Side {
    pub code: Option<String>,
    pub sector: Option<String>,
    pub id: Option<String>,
    pub name: Option<String>,
    /// Whether it is a person or body by name, and not a state or those who act for it.
    pub named: bool,
    /// Whether no name says who it is, but words that describe it: "the rebels", "Serbs".
    pub described: bool,
}

/// A place as it is compared.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spot {
    pub id: Option<u64>,
    pub name: String,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub fine: bool,
    /// Whether it is a name that no table has: a village.
    pub unknown: bool,
    /// Whether it is a whole country.
    pub whole: bool,
}

/// When an event took place, as far as the report knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When {
    pub first: Date,
    pub last: Date,
    /// Whether the report names the time; else it is the day of the report, and the event lies some days before.
    pub told: bool,
}

/// How long before a report without a date its event may be, in days; and before one that looks back.
const NEWS: i64 = 7;
const LOOKING_BACK: i64 = 45;

/// A report as it is compared with others.
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    /// The report's identifier.
    pub id: String,
    /// Its document's.
    pub document: String,
    /// Day of publication.
    pub published: Option<Date>,
    pub(crate) category: Category,
    pub(crate) sort: Sort,
    pub(crate) cameo: String,
    pub(crate) modes: Vec<String>,
    pub(crate) contexts: Vec<String>,
    pub(crate) actors: Vec<Side>,
    pub(crate) recipients: Vec<Side>,
    pub(crate) when: Option<When>,
    pub(crate) place: Option<Spot>,
    pub(crate) dead: Option<u64>,
    pub(crate) sentence: usize,
    pub(crate) trigger: (usize, usize),
    /// Whether it tells what had been before its own time: "had met".
    pub(crate) looks_back: bool,
    /// Whether it sets the act apart from an earlier one of its kind: "again", "a second".
    pub(crate) another: bool,
    /// Whether it tells what has been, on no day: "has met".
    pub(crate) perfect: bool,
    /// Whether it sets the act apart from another that its text tells: "also", "separately".
    pub(crate) beside: bool,
    pub(crate) words: Words,
    /// Names in its clause, but those of its parties and of days.
    pub(crate) names: Words,
    pub(crate) story: Arc<Words>,
    /// Codes of everybody in its document.
    pub(crate) around: Arc<BTreeSet<String>>,
}

impl Features {
    /// What of a report is compared; `None` if its category is none of PLOVER's.
    pub fn of(event: &Event, story: &Story) -> Option<Features> {
        let category = Category::from_name(&event.event)?;
        let parties = event.actor.iter().chain(&event.recipient);
        let names = parties.flat_map(|a| [Some(a.text.as_str()), a.name.as_deref()]).flatten();
        let names = Words::of(&names.collect::<Vec<_>>().join(" "));
        Some(Features {
            id: event.id.clone(),
            document: story.document.clone(),
            published: story.published,
            category: root(category),
            sort: sort_of(event.status),
            cameo: event.cameo.clone(),
            modes: event.mode.clone(),
            contexts: event.context.clone(),
            actors: event.actor.iter().map(side).collect(),
            recipients: event.recipient.iter().map(side).collect(),
            when: when(event, story.published),
            place: event.place.as_ref().map(spot),
            dead: event.dead,
            sentence: event.sentence,
            trigger: (event.evidence.trigger.span.start, event.evidence.trigger.span.end),
            looks_back: looks_back(&event.evidence.text),
            perfect: has_word(&event.evidence.text, &["has", "have"]),
            another: is_another(&event.evidence.text),
            beside: has_word(&event.evidence.text, &BESIDE),
            words: Words::of(&event.evidence.text).without(&names),
            names: Words::of(&proper(&event.evidence.text)).without(&names),
            story: story.words.clone(),
            around: story.parties.clone(),
        })
    }

    /// The group as text, for those who keep reports by it.
    pub fn kind(&self) -> String {
        let sort = match self.sort {
            Sort::Deed => "deed",
            Sort::Future => "future",
            Sort::Hypothetical => "hypothetical",
            Sort::Negated => "negated",
        };
        format!("{} {sort}", self.category.name())
    }

    /// Reports of different groups never tell the same event.
    pub fn group(&self) -> (Category, Sort) {
        (self.category, self.sort)
    }

    /// First and last day on which another report's event may lie that is the same as this one's; `None` of a report
    /// without any date, which is only compared within its document.
    pub fn reach(&self) -> Option<(Date, Date)> {
        let when = self.when?;
        let before = if self.looks_back { LOOKING_BACK } else { NEWS };
        let first = if when.told { when.first } else { when.first.saturating_sub(before.days()) };
        Some((first.saturating_sub(1.day()), when.last.saturating_add(1.day())))
    }

    /// The codes of all parties; of those without, the sector.
    pub(crate) fn codes(&self) -> Vec<&str> {
        let sides = self.actors.iter().chain(&self.recipients);
        let known = |side: &'_ Side| side.code.is_some();
        let mut codes: Vec<&str> = sides.clone().filter_map(|side| side.code.as_deref()).collect();
        codes.extend(sides.filter(|side| !known(side)).filter_map(|side| side.sector.as_deref()));
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// What it may be found by, and whether that is the code of a party of its own: where it leaves open whose somebody
    /// is ("the guerrillas") or who it was at all, the codes of everybody in its document and of its place will do.
    pub(crate) fn keys(&self) -> Vec<(&str, bool)> {
        let mut keys: Vec<(&str, bool)> = self.codes().into_iter().map(|code| (code, true)).collect();
        if self.leaves_open() {
            let own = |code: &&str| keys.iter().any(|(key, _)| key == code);
            let place = self.place.as_ref().and_then(|place| place.country.as_deref());
            let around = self.around.iter().map(String::as_str).chain(place);
            let others: BTreeSet<&str> = around.filter(|code| !own(code)).collect();
            keys.extend(others.into_iter().map(|code| (code, false)));
        }
        keys
    }

    fn leaves_open(&self) -> bool {
        let mut sides = [&self.actors, &self.recipients].into_iter();
        sides.any(|side| {
            side.is_empty() || side.iter().any(|party| party.code.is_none() || party.id.is_none())
        })
    }

    /// Whether its parties do it to each other, so that who is named first means nothing.
    pub(crate) fn mutual(&self) -> bool {
        use Category::{Agree, Consult, Cooperate};
        matches!(self.category, Consult | Agree | Cooperate) || self.cameo == "057" || self.cameo == "050"
    }
}

/// CONCEDE and RETREAT are both to yield, and wording decides between them.
pub(crate) fn root(category: Category) -> Category {
    if category == Category::Concede { Category::Retreat } else { category }
}

fn side(actor: &Actor) -> Side {
    let state = actor.id.is_some() && actor.id == actor.code;
    Side {
        code: actor.code.clone(),
        sector: actor.sector.clone(),
        id: actor.id.clone(),
        name: actor.name.clone(),
        named: actor.id.is_some() && !state && actor.office.is_some(),
        described: actor.id.as_deref().is_none_or(|id| id.ends_with(".adj") || id.ends_with(".people")),
    }
}

fn spot(place: &EventPlace) -> Spot {
    let coarse = matches!(place.resolution.as_deref(), None | Some("country" | "area"));
    Spot {
        id: place.geonameid,
        name: place.name.clone(),
        country: place.country.clone(),
        admin1: place.admin1.clone(),
        unknown: place.resolution.is_none(),
        fine: !coarse && place.resolution.as_deref() != Some("province"),
        whole: place.resolution.as_deref() == Some("country"),
    }
}

/// What the coder writes as the basis of a date that no words give.
const STORY_DAY: &str = "the document's date";

fn when(event: &Event, published: Option<Date>) -> Option<When> {
    let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Date>().ok());
    match (day(&event.date.start), day(&event.date.end)) {
        (Some(first), last) => {
            let last = last.unwrap_or(first).max(first);
            Some(When { first, last, told: event.date.basis != STORY_DAY })
        }
        (None, _) => published.map(|day| When { first: day, last: day, told: false }),
    }
}

/// The words of a clause that are written with a capital, without the first and without days and months.
fn proper(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).skip(1);
    let named = words.filter(|word| word.starts_with(char::is_uppercase) && !CALENDAR.contains(word));
    named.collect::<Vec<_>>().join(" ")
}

/// Days and months.
const CALENDAR: [&str; 19] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Words that set an act apart from an earlier one of its kind.
static ANOTHER: LazyLock<Vec<&str>> =
    LazyLock::new(|| list(include_str!("../../../rules/words/story_another.txt")));

/// Words that set an act apart from another that the same text tells.
static BESIDE: LazyLock<Vec<&str>> =
    LazyLock::new(|| list(include_str!("../../../rules/words/story_beside.txt")));

fn list(text: &'static str) -> Vec<&'static str> {
    text.lines().filter(|line| !line.starts_with('#')).collect()
}

/// Whether a clause sets its act apart from an earlier one; "more than thirty" does not.
fn is_another(text: &str) -> bool {
    has_word(&text.to_lowercase().replace("more than", ""), &ANOTHER)
}

/// Whether a clause tells what was before its report's own news: in the pluperfect, or as a setting ("after ...").
fn looks_back(text: &str) -> bool {
    let first: String = text.chars().take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    let setting = matches!(first.as_str(), "after" | "since" | "when" | "following" | "who" | "which");
    setting || text.starts_with("in which") || text.starts_with("days after") || has_word(text, &["had"])
}

fn has_word(text: &str, list: &[&str]) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).any(|word| list.contains(&word.as_str()))
}
