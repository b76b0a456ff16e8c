//! The date of an act: its own expression, else its clause's, its sentence's, a known event's, else the document's.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::actors::Party;
use crate::acts::Act;
use crate::predicates::Scene;
use crate::quotes::{Attributions, Manner};
use crate::stretches::{held, stretched};
use crate::times::{self, Days, Expressions, TimeExpression, Times, one_day, parse_duration, shift};
use crate::told::Told;
use crate::words::{FIGHTING, MEETINGS};

/// When an act happened, and why that is thought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// The days; `None` where they cannot be known.
    pub days: Option<Days>,
    /// The words or the reason.
    pub basis: String,
    /// Whether the act's own clause says so.
    pub own: bool,
}

/// What the dates of acts are looked for in.
pub struct Dating<'a> {
    /// The time expressions.
    pub times: &'a Expressions<'a>,
    /// What is told as so by somebody.
    pub claims: &'a Attributions<'a>,
    /// The document's date.
    pub today: Option<Date>,
}

/// Finds the date of `act`. `told` are the acts before it with their dates.
pub fn when(scene: &Scene, act: &Act, dating: &Dating, told: &Told) -> When {
    let today = dating.today;
    let all = dating.times.times();
    let beside = Beside::of(scene, act, &all);
    // "after last month's coup": the month is the coup's.
    let times = match &beside {
        Some(b) if b.keeps_its_dates() => &all.without(&b.phrase),
        _ => &all,
    };
    let own = own_expression(scene, act, times);
    let found = known_event(scene, act, own.as_ref(), today)
        .or(own)
        .or_else(|| held(scene, act, times, today))
        .or_else(|| beside.and_then(|b| b.when(scene, times, today)))
        .or_else(|| counted_from_main(scene, act, times, told))
        .or_else(|| said_then(scene, act, times, dating.claims))
        .or_else(|| after_event(scene, act, today, told))
        .or_else(|| told_before(act, told))
        .or_else(|| clause_above(scene, act, times))
        .or_else(|| participle_of(scene, act, told))
        .or_else(|| only_in_sentence(scene, act, times));
    stretched(scene, act, times, found)
        .map(|when| until_today(times, today, when))
        .unwrap_or_else(|| publication(today))
}

/// "since 2014": from then to the document's date.
fn until_today(times: &Times, today: Option<Date>, when: When) -> When {
    let (Some(days), Some(today)) = (when.days, today) else { return when };
    if !times.is_since(when.days, &when.basis) || days.start > today {
        return when;
    }
    let basis = format!("since {}", when.basis);
    When { days: Some(Days { end: today, granularity: "range", ..days }), basis, ..when }
}

fn publication(today: Option<Date>) -> When {
    match today {
        Some(day) => When { days: Some(one_day(day)), basis: "the document's date".into(), own: false },
        None => {
            When { days: None, basis: "no date in the words and none of the document".into(), own: false }
        }
    }
}

/// The tokens of the sentences that an act's own words stand in; whatever hangs on them does too.
fn around(scene: &Scene, act: &Act) -> Range<usize> {
    let sentence = |t: usize| scene.tree.sentences()[scene.tree.sentence(t)].clone();
    let all = anchors(act).map(sentence);
    all.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)).unwrap_or(0..0)
}

fn anchors(act: &Act) -> impl Iterator<Item = usize> + '_ {
    // The date of what is promised or asked for is not that of the promise.
    let own = if act.rules.len() > 1 { &act.words[..1] } else { &act.words[..] };
    own.iter().copied().chain(act.carrier)
}

/// Expressions that hang on the act's own words, no other clause between; several make a range.
fn own_expression(scene: &Scene, act: &Act, times: &Times) -> Option<When> {
    // "Six days after Borduria invaded Syldavia" is not the date of the invasion.
    let counts_from_other = |t: &&TimeExpression| !t.tokens.contains(&act.token);
    let near = around(scene, act);
    let here = times.within(&near).filter(counts_from_other);
    let mut own: Vec<(usize, &TimeExpression)> =
        here.filter_map(|t| Some((distance(scene, act, t)?, t))).collect();
    own.sort_by_key(|(d, t)| (*d, t.tokens.start));
    let dated: Vec<&TimeExpression> = own.iter().map(|(_, t)| *t).filter(|t| t.days.is_some()).collect();
    let first = dated.first()?;
    let years: Vec<&&TimeExpression> =
        dated.iter().filter(|t| t.days.is_some_and(|d| d.granularity == "year")).collect();
    if let Some(pair) = ends_of_stretch(scene, &dated, &times.around(&near)) {
        return range(scene, &pair);
    }
    if years.len() == dated.len() && years.len() > 1 {
        return range(scene, &dated);
    }
    // "Fifty years after the invasion, they met on Monday": the day, where it lies in the year.
    let is_finer = |t: &&&TimeExpression| {
        let (Some(inner), Some(outer)) = (t.days, first.days) else { return false };
        inner.granularity == "day" && inner != outer && inner.start >= outer.start && inner.end <= outer.end
    };
    let finest = dated.iter().find(is_finer).unwrap_or(first);
    Some(When { days: finest.days, basis: expression(scene, finest), own: true })
}

/// The expression of a verb's own clause, as if it were an act's.
pub fn date_of_clause(scene: &Scene, act: &Act, verb: usize, times: &Times) -> Option<When> {
    own_expression(scene, &Act { token: verb, words: vec![verb], carrier: None, ..act.clone() }, times)
}

/// "from March to May 2021", "between 3 March and 5 April", "16-18 February 2022".
fn ends_of_stretch<'t>(
    scene: &Scene,
    dated: &[&'t TimeExpression],
    times: &[&'t TimeExpression],
) -> Option<[&'t TimeExpression; 2]> {
    let text = scene.tree.document();
    let joint = |a: &TimeExpression, b: &TimeExpression| text.get(a.span.end..b.span.start).map(str::trim);
    let opens = |a: &TimeExpression| {
        let before = text[..a.span.start].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        matches!(before.to_lowercase().as_str(), "from" | "between")
    };
    let is_pair = |a: &TimeExpression, b: &TimeExpression| match joint(a, b) {
        Some("-" | "–" | "—" | "through") => true,
        Some("to" | "until" | "and") => opens(a),
        _ => false,
    };
    times.windows(2).find_map(|pair| {
        let &[a, b] = pair else { return None };
        let is_here = dated.iter().any(|d| *d == a || *d == b);
        (is_here && a.days.is_some() && b.days.is_some() && is_pair(a, b)).then_some([a, b])
    })
}

fn range(scene: &Scene, dated: &[&TimeExpression]) -> Option<When> {
    let days = dated.iter().filter_map(|t| t.days);
    let (start, end) = (days.clone().map(|d| d.start).min()?, days.map(|d| d.end).max()?);
    let basis = dated.iter().map(|t| expression(scene, t)).collect::<Vec<_>>().join(" ... ");
    Some(When { days: Some(Days { start, end, granularity: "range" }), basis, own: true })
}

fn words(scene: &Scene, tokens: &Range<usize>) -> String {
    scene.tree.document()[scene.tree.span_of(tokens.clone()).range()].to_owned()
}

fn expression(scene: &Scene, time: &TimeExpression) -> String {
    time.words(scene).to_owned()
}

fn head_of(scene: &Scene, tokens: &Range<usize>) -> usize {
    scene.tree.tops(tokens.clone()).next_back().unwrap_or(tokens.start)
}

/// How many arcs lie between the expression and the act's words; `None` where another clause comes first.
pub fn distance(scene: &Scene, act: &Act, time: &TimeExpression) -> Option<usize> {
    let tree = scene.tree;
    let mut at = head_of(scene, &time.tokens);
    // "expelled the envoy, giving him until Friday": the end is that of what the participle tells.
    let mut ends = false;
    for steps in 0..12 {
        if anchors(act).any(|a| a == at) {
            return Some(steps);
        }
        ends |= tree.dep(at) == "prep" && matches!(tree.lemma(at), "until" | "till");
        if matches!(tree.dep(at), "ccomp" | "relcl" | "parataxis" | "acl") && tree.is_verb(at) {
            return None;
        }
        if tree.dep(at) == "advcl" && (ends || tree.has(at, &["nsubj", "nsubjpass"])) {
            return None;
        }
        at = tree.head(at)?;
    }
    None
}

/// A noun that names a known event as such: "the Russian invasion of Ukraine". A date of its own that is no day must agree.
fn known_event(scene: &Scene, act: &Act, own: Option<&When>, today: Option<Date>) -> Option<When> {
    let is_day = own.is_some_and(|w| w.days.is_some_and(|d| d.granularity == "day"));
    if act.words.len() > 1 || act.carrier.is_some() || is_day {
        return None;
    }
    if scene.tree.is_verb(act.token) {
        let event = times::event_told(scene, act.token, own.and_then(|w| w.days))?;
        return Some(When {
            days: Some(event.days),
            basis: format!("known event: {}", event.name),
            own: true,
        });
    }
    let codes = |parties: &[Party]| parties.iter().filter_map(|p| p.code.clone()).collect::<Vec<_>>();
    let days = own.and_then(|w| w.days);
    let event =
        times::event_named(scene, act.token, &codes(&act.actors), &codes(&act.recipients), days, today)?;
    Some(When { days: Some(event.days), basis: format!("known event: {}", event.name), own: true })
}

/// An event beside which an act is told: "after last month's coup", "during the war", "at the summit".
struct Beside<'t> {
    preposition: String,
    noun: usize,
    phrase: Range<usize>,
    /// The expression in its phrase.
    dated: Option<&'t TimeExpression>,
}

impl<'t> Beside<'t> {
    fn of(scene: &Scene, act: &Act, times: &Times<'t>) -> Option<Self> {
        let tree = scene.tree;
        let is_noun = |n: &usize| tree.is_nominal(*n) && times.within(&(*n..*n + 1)).next().is_none();
        let mut phrases = anchors(act).flat_map(|a| tree.by_dep(a, &["prep"]).collect::<Vec<_>>());
        let (preposition, noun) = phrases.find_map(|p| {
            let word = tree.lemma(p).to_lowercase();
            let tells = matches!(word.as_str(), "since" | "after" | "following" | "before" | "during" | "at");
            let noun = tree.child(p, &["pobj"]).filter(is_noun).filter(|_| tells)?;
            Some((word, noun))
        })?;
        let phrase = tree.phrase(noun);
        let dated = times.within(&phrase).find(|t| phrase.contains(&t.tokens.start) && t.days.is_some());
        Some(Beside { preposition, noun, phrase, dated })
    }

    /// Whether a date in the phrase is the event's and not the act's.
    fn keeps_its_dates(&self) -> bool {
        matches!(self.preposition.as_str(), "since" | "after" | "following" | "before")
    }

    /// The date that the event gives to the act.
    fn when(self, scene: &Scene, times: &Times, today: Option<Date>) -> Option<When> {
        let days = self.dated.and_then(|t| t.days);
        let named = times::event_named(scene, self.noun, &[], &[], days, today);
        let known = named.as_ref().map(|e| (e.days, e.end, e.name.clone()));
        let told = || Some((times.of_event(scene, self.noun)?, None, self.words(scene)));
        let dated = || days.map(|d| (d, Some(d.end), self.words(scene)));
        let is_dated = days.is_some();
        let (event, end, name) = match self.preposition.as_str() {
            "at" => told()?,
            _ => known.or_else(told).or_else(dated)?,
        };
        let start = event.start;
        let until = today.filter(|t| *t >= start);
        let days = match self.preposition.as_str() {
            "since" => Days { start, end: until?, granularity: "range" },
            "at" => event,
            "during" => Days { start, end: end.or(until)?.max(event.end), granularity: "range" },
            "after" | "following" if is_dated || is_recent(start, today) => later_that_year(event, today),
            _ => return None,
        };
        Some(When { days: Some(days), basis: format!("{} {name}", self.preposition), own: true })
    }

    fn words(&self, scene: &Scene) -> String {
        words(scene, &self.phrase)
    }
}

/// How long an event is news, in days.
const NEWS_DAYS: i32 = 60;

fn is_recent(day: Date, today: Option<Date>) -> bool {
    today.is_some_and(|t| (0..=NEWS_DAYS).contains(&(t - day).get_days()))
}

/// From an event on; how long after is not said: the end of its year at most.
fn later_that_year(event: Days, today: Option<Date>) -> Days {
    let year_end = Date::new(event.start.year(), 12, 31).unwrap_or(event.end);
    let end = today.map_or(year_end, |t| t.min(year_end)).max(event.end);
    Days { start: event.start, end, granularity: "range" }
}

/// What is done by saying it, in direct speech, was done when it was said.
fn said_then(scene: &Scene, act: &Act, times: &Times, claims: &Attributions) -> Option<When> {
    let around = claims.around(act.token).filter(|&at| claims.said[at].kind == Manner::Direct);
    let innermost = around.min_by_key(|&at| claims.size(at))?;
    let cue = claims.said[innermost].cue.filter(|&c| !act.words.contains(&c))?;
    let found = date_of_clause(scene, act, cue, times)?;
    Some(When { basis: format!("when it was said: {}", found.basis), own: false, ..found })
}

/// "After the conflict": not before an event told last that the noun takes up. How long after is not said: the year's end at most.
fn after_event(scene: &Scene, act: &Act, today: Option<Date>, told: &Told) -> Option<When> {
    let tree = scene.tree;
    let after = anchors(act)
        .flat_map(|a| tree.by_dep(a, &["prep"]).collect::<Vec<_>>())
        .find(|&p| matches!(tree.lemma(p).to_lowercase().as_str(), "after" | "following"))?;
    let noun = tree.child(after, &["pobj"]).filter(|&n| FIGHTING.contains(tree.lemma(n)))?;
    let near =
        told.acts.iter().rev().take_while(|(a, _)| tree.sentence(a.token) + 1 >= tree.sentence(act.token));
    let (earlier, when) = near.into_iter().find(|(_, w)| w.own && w.days.is_some())?;
    let days = when.days?;
    let basis =
        format!("{} (“{}”, {})", words(scene, &(after..noun + 1)), tree.text(earlier.token), when.basis);
    Some(When { days: Some(later_that_year(days, today)), basis, own: true })
}

/// The same act between the same actors told again.
fn told_before(act: &Act, told: &Told) -> Option<When> {
    let when = told.same(act)?;
    Some(When { days: when.days, basis: format!("as told before: {}", when.basis), own: false })
}

/// The expression of a clause around the act; not that of a verb of saying, nor across "after" and "before".
fn clause_above(scene: &Scene, act: &Act, times: &Times) -> Option<When> {
    let tree = scene.tree;
    let mut at = act.carrier.unwrap_or(act.token);
    for _ in 0..6 {
        if matches!(tree.dep(at), "ccomp" | "relcl" | "parataxis")
            || matches!(tree.lemma(at), "after" | "before" | "since" | "until")
        {
            return None;
        }
        at = tree.head(at)?;
        if !tree.is_verb(at) {
            continue;
        }
        if let Some(found) = date_of_clause(scene, act, at, times) {
            return Some(When { own: false, ..found });
        }
    }
    None
}

/// "The meeting takes place four days after a delegation visited": so long before what the main clause tells.
fn counted_from_main(scene: &Scene, act: &Act, times: &Times, told: &Told) -> Option<When> {
    let tree = scene.tree;
    let verb = anchors(act).find(|&a| tree.dep(a) == "advcl")?;
    let mark = tree.by_dep(verb, &["mark"]).find(|&m| matches!(tree.lemma(m), "after" | "before"))?;
    let before = times.within(&(mark.checked_sub(1)?..mark));
    let length = before.into_iter().find(|t| t.kind == "DURATION" && t.tokens.end == mark)?;
    let (count, unit) = parse_duration(length.value.as_deref()?)?;
    let main = date_of_verb(scene, tree.head(verb)?, act, times, told)?;
    let count = if tree.lemma(mark) == "after" { -count } else { count };
    let days = shift(main.days?.start, count, unit)?;
    let basis = format!("{} {}: {}", expression(scene, length), tree.text(mark), main.basis);
    Some(When { days: Some(days), basis, own: true })
}

/// The date of a verb: its own expression, that of the act it tells, or of the meeting told last that is its subject.
fn date_of_verb(scene: &Scene, verb: usize, act: &Act, times: &Times, told: &Told) -> Option<When> {
    let tree = scene.tree;
    let subject = tree.child(verb, &["nsubj", "nsubjpass"]);
    let takes_up = subject.is_some_and(|s| tree.has(s, &["det"]) && MEETINGS.contains(tree.lemma(s)));
    let of_told = || {
        let of_verb = told.in_sentence(scene, verb).find(|n| {
            let (a, w) = &told.acts[*n];
            w.days.is_some() && a.words.contains(&verb)
        });
        Some(told.acts[of_verb.max(told.encounter().filter(|_| takes_up))?].1.clone())
    };
    date_of_clause(scene, act, verb, times).or_else(of_told)
}

/// "Expressed support, condemning ...": a participle without a subject of its own is done with what its verb tells.
fn participle_of(scene: &Scene, act: &Act, told: &Told) -> Option<When> {
    let tree = scene.tree;
    let participle = anchors(act).map(|a| tree.first_conjunct(a)).find(|&a| {
        tree.dep(a) == "advcl" && tree.tag(a) == "VBG" && !tree.has(a, &["nsubj", "nsubjpass", "mark"])
    })?;
    let main = tree.head(participle)?;
    let same =
        |(a, w): &&(Act, When)| w.days.is_some() && (a.words.contains(&main) || a.carrier == Some(main));
    let (_, when) = told.in_sentence(scene, main).map(|n| &told.acts[n]).find(same)?;
    Some(When { own: false, ..when.clone() })
}

fn only_in_sentence(scene: &Scene, act: &Act, times: &Times) -> Option<When> {
    let sentence = &scene.tree.sentences()[scene.tree.sentence(act.token)];
    let mut dated = times.within(sentence).filter(|t| sentence.contains(&t.tokens.start) && t.days.is_some());
    let only = dated.next().filter(|_| dated.next().is_none())?;
    // The date of saying is not the date of what is said.
    let speech = scene.tree.ancestors(head_of(scene, &only.tokens)).find(|&a| scene.tree.is_verb(a));
    let reports = speech.is_some_and(|v| scene.tree.has(v, &["ccomp"]) && scene.tree.under(act.token, v));
    // A date that stands in another clause is that clause's.
    let elsewhere = speech.is_some_and(|v| !scene.tree.under(act.token, v));
    (!reports && !elsewhere).then(|| When { days: only.days, basis: expression(scene, only), own: false })
}

/// How long before the story an act must lie to be history.
const HISTORY_DAYS: i64 = 120;

/// Whether the days lie well before the story's own news.
pub fn is_history(days: &Days, today: Option<Date>) -> bool {
    today.and_then(|t| t.checked_sub(HISTORY_DAYS.days()).ok()).is_some_and(|limit| days.end < limit)
}
