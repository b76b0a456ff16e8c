//! The date of an act: its own expression, else its clause's, its sentence's, a known event's, else the document's.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::actors::Party;
use crate::acts::Act;
use crate::predicates::Scene;
use crate::quotes::{Manner, Said};
use crate::times::{Days, TimeExpression, one_day, shift};
use crate::words::FIGHTING;

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

/// An event whose date is common knowledge.
#[derive(Debug, Clone)]
struct Known {
    lemmas: Vec<&'static str>,
    actor: &'static str,
    recipient: &'static str,
    start: Date,
    name: &'static str,
}

static KNOWN: std::sync::LazyLock<Vec<Known>> = std::sync::LazyLock::new(|| {
    include_str!("../../../data/events/known.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(known)
        .collect()
});

fn known(line: &'static str) -> Option<Known> {
    let [lemmas, actor, recipient, start, _end, name] = line.split('\t').collect::<Vec<_>>()[..] else {
        return None;
    };
    Some(Known { lemmas: lemmas.split('|').collect(), actor, recipient, start: start.parse().ok()?, name })
}

/// Finds the date of `act`. `told` are the acts before it with their dates.
pub fn when(
    scene: &Scene,
    act: &Act,
    times: &[TimeExpression],
    said: &[Said],
    today: Option<Date>,
    told: &[(Act, When)],
) -> When {
    own_expression(scene, act, times)
        .or_else(|| known_event(scene, act))
        .or_else(|| said_then(scene, act, times, said))
        .or_else(|| after_event(scene, act, told))
        .or_else(|| told_before(act, told))
        .or_else(|| clause_above(scene, act, times))
        .or_else(|| only_in_sentence(scene, act, times))
        .map(|when| until_today(scene, times, today, when))
        .unwrap_or_else(|| publication(today))
}

/// "since 2014": from then to the document's date.
fn until_today(scene: &Scene, times: &[TimeExpression], today: Option<Date>, when: When) -> When {
    let since = |t: &&TimeExpression| {
        t.tokens.start > 0
            && scene.tree.lemma(t.tokens.start - 1).eq_ignore_ascii_case("since")
            && t.days == when.days
            && words(scene, &t.tokens) == when.basis
    };
    let (Some(_), Some(days), Some(today)) = (times.iter().find(since), when.days, today) else {
        return when;
    };
    if days.start > today {
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

fn anchors(act: &Act) -> impl Iterator<Item = usize> + '_ {
    // The date of what is promised or asked for is not that of the promise.
    let own = if act.rules.len() > 1 { &act.words[..1] } else { &act.words[..] };
    own.iter().copied().chain(act.carrier)
}

/// Expressions that hang on the act's own words, no other clause between; several make a range.
fn own_expression(scene: &Scene, act: &Act, times: &[TimeExpression]) -> Option<When> {
    let mut own: Vec<(usize, &TimeExpression)> =
        times.iter().filter_map(|t| Some((distance(scene, act, t)?, t))).collect();
    own.sort_by_key(|(d, t)| (*d, t.tokens.start));
    let anchored = own.iter().find_map(|(_, t)| anchored(scene, t));
    let dated: Vec<&TimeExpression> = own.iter().map(|(_, t)| *t).filter(|t| t.days.is_some()).collect();
    let Some(first) = dated.first() else { return anchored };
    if let Some(anchored) = anchored.filter(|_| own[0].1.days.is_none()) {
        return Some(anchored);
    }
    let years: Vec<&&TimeExpression> =
        dated.iter().filter(|t| t.days.is_some_and(|d| d.granularity == "year")).collect();
    if let Some(pair) = ends_of_stretch(scene, &dated) {
        return range(scene, &pair);
    }
    if years.len() == dated.len() && years.len() > 1 {
        return range(scene, &dated);
    }
    Some(When { days: first.days, basis: words(scene, &first.tokens), own: true })
}

/// "from March to May 2021", "between 3 March and 5 April".
fn ends_of_stretch<'t>(scene: &Scene, dated: &[&'t TimeExpression]) -> Option<[&'t TimeExpression; 2]> {
    let joint = |at: usize| matches!(scene.tree.lemma(at), "to" | "until" | "and" | "-" | "–" | "through");
    let follows =
        |a: &TimeExpression, b: &TimeExpression| a.tokens.end + 1 == b.tokens.start && joint(a.tokens.end);
    let opens = |a: &TimeExpression| {
        a.tokens.start > 0
            && matches!(scene.tree.lemma(a.tokens.start - 1).to_lowercase().as_str(), "from" | "between")
    };
    dated.iter().find_map(|a| {
        let b = dated.iter().find(|b| opens(a) && follows(a, b))?;
        Some([*a, *b])
    })
}

fn range(scene: &Scene, dated: &[&TimeExpression]) -> Option<When> {
    let days = dated.iter().filter_map(|t| t.days);
    let (start, end) = (days.clone().map(|d| d.start).min()?, days.map(|d| d.end).max()?);
    let basis = dated.iter().map(|t| words(scene, &t.tokens)).collect::<Vec<_>>().join(" ... ");
    Some(When { days: Some(Days { start, end, granularity: "range" }), basis, own: true })
}

fn words(scene: &Scene, tokens: &Range<usize>) -> String {
    scene.tree.document()[scene.tree.span_of(tokens.clone()).range()].to_owned()
}

fn head_of(scene: &Scene, tokens: &Range<usize>) -> usize {
    let outside = |&t: &usize| scene.tree.head(t).is_none_or(|h| !tokens.contains(&h));
    tokens.clone().rev().find(outside).unwrap_or(tokens.start)
}

/// How many arcs lie between the expression and the act's words; `None` where another clause comes first.
fn distance(scene: &Scene, act: &Act, time: &TimeExpression) -> Option<usize> {
    let tree = scene.tree;
    let mut at = head_of(scene, &time.tokens);
    for steps in 0..12 {
        if anchors(act).any(|a| a == at) {
            return Some(steps);
        }
        if matches!(tree.dep(at), "ccomp" | "relcl" | "parataxis" | "acl") && tree.is_verb(at) {
            return None;
        }
        if tree.dep(at) == "advcl" && tree.has(at, &["nsubj", "nsubjpass"]) {
            return None;
        }
        at = tree.head(at)?;
    }
    None
}

/// "six days after the invasion": counted from an event with a known date.
fn anchored(scene: &Scene, time: &TimeExpression) -> Option<When> {
    let tree = scene.tree;
    let value = time.value.as_deref().filter(|_| time.kind == "DURATION")?;
    let (count, unit) = parse_duration(value)?;
    let after = tree
        .head(head_of(scene, &time.tokens))
        .filter(|&p| matches!(tree.lemma(p), "after" | "before" | "following"))?;
    let event = tree.child(after, &["pobj"])?;
    let (actor, recipient) = (codes(scene, event, true), codes(scene, event, false));
    let known = find_known(tree.lemma(event), &actor, &recipient)?;
    let count = if tree.lemma(after) == "before" { -count } else { count };
    let basis =
        format!("{}: {} ({})", words(scene, &(time.tokens.start..event + 1)), known.name, known.start);
    Some(When { days: shift(known.start, count, unit), basis, own: true })
}

fn parse_duration(value: &str) -> Option<(i64, char)> {
    let unit = value.chars().last()?;
    let count = value.strip_prefix('P')?.strip_suffix(unit)?.parse().ok()?;
    Some((count, unit))
}

/// Codes of the noun's makers (adjective, possessive, "by") or of those it is done to ("of", "on", "against").
fn codes(scene: &Scene, noun: usize, makers: bool) -> Vec<String> {
    let parties = if makers {
        let mut all = scene.cast.modifying(noun);
        all.extend(scene.tree.child(noun, &["poss"]).map(|p| scene.cast.parties(p)).unwrap_or_default());
        all
    } else {
        ["of", "on", "against", "with", "in", "from"]
            .iter()
            .flat_map(|w| crate::arguments::prepositional(scene.tree, noun, w))
            .flat_map(|h| scene.cast.parties_or_owners(h))
            .collect()
    };
    parties.into_iter().filter_map(|p| p.code).collect()
}

/// The known event of that noun that neither actor nor recipient contradicts, and one of them confirms.
fn find_known(lemma: &str, actors: &[String], recipients: &[String]) -> Option<&'static Known> {
    let agrees = |codes: &[String], code: &str| codes.is_empty() || codes.iter().any(|c| c == code);
    let mut fitting = KNOWN.iter().filter(|k| {
        k.lemmas.contains(&lemma)
            && agrees(actors, k.actor)
            && agrees(recipients, k.recipient)
            && (!recipients.is_empty() || (k.recipient == "-" && !actors.is_empty()))
    });
    // Two wars between the same two are told apart by more than the words here say.
    fitting.next().filter(|_| fitting.next().is_none())
}

/// A noun that names a known event as such: "the Russian invasion of Ukraine".
fn known_event(scene: &Scene, act: &Act) -> Option<When> {
    if act.words.len() > 1 || act.carrier.is_some() {
        return None;
    }
    let codes = |parties: &[Party]| parties.iter().filter_map(|p| p.code.clone()).collect::<Vec<_>>();
    let known = find_known(scene.tree.lemma(act.token), &codes(&act.actors), &codes(&act.recipients))?;
    Some(When { days: Some(one_day(known.start)), basis: format!("known event: {}", known.name), own: true })
}

/// What is done by saying it, in direct speech, was done when it was said.
fn said_then(scene: &Scene, act: &Act, times: &[TimeExpression], said: &[Said]) -> Option<When> {
    let around = said.iter().filter(|s| s.kind == Manner::Direct && s.content.contains(&act.token));
    let cue = around.min_by_key(|s| s.content.len())?.cue.filter(|&c| !act.words.contains(&c))?;
    let spoken = Act { token: cue, words: vec![cue], carrier: None, ..act.clone() };
    let found = own_expression(scene, &spoken, times)?;
    Some(When { basis: format!("when it was said: {}", found.basis), own: false, ..found })
}

/// "After the conflict": not before an event told last that the noun takes up; how long after is not said.
fn after_event(scene: &Scene, act: &Act, told: &[(Act, When)]) -> Option<When> {
    let tree = scene.tree;
    let after = anchors(act)
        .flat_map(|a| tree.by_dep(a, &["prep"]).collect::<Vec<_>>())
        .find(|&p| matches!(tree.lemma(p).to_lowercase().as_str(), "after" | "following"))?;
    let noun = tree.child(after, &["pobj"]).filter(|&n| FIGHTING.contains(tree.lemma(n)))?;
    let (earlier, when) = told
        .iter()
        .rev()
        .find(|(a, w)| w.own && w.days.is_some() && tree.sentence(a.token) + 1 >= tree.sentence(act.token))?;
    let days = when.days?;
    let basis =
        format!("{} (“{}”, {})", words(scene, &(after..noun + 1)), tree.text(earlier.token), when.basis);
    Some(When { days: Some(Days { granularity: "range", ..days }), basis, own: true })
}

/// The same act between the same actors told again.
fn told_before(act: &Act, told: &[(Act, When)]) -> Option<When> {
    let encounter = is_encounter(&act.class);
    // A class may hold several sorts of act: to sign and to praise are both diplomacy.
    let same_class =
        |t: &Act| (t.class == act.class && t.cameo == act.cameo) || (encounter && is_encounter(&t.class));
    // People meet often: only the same people by name make the same meeting.
    let alike = |a: &Party, b: &Party| {
        a.code == b.code && if encounter { a.name == b.name } else { a.sector == b.sector }
    };
    let same = |a: &[Party], b: &[Party]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b));
    let states = |a: &[Party], b: &[Party]| a.iter().map(|p| &p.code).eq(b.iter().map(|p| &p.code));
    let sides = |t: &Act| {
        (same(&t.actors, &act.actors)
            && if encounter {
                same(&t.recipients, &act.recipients)
            } else {
                states(&t.recipients, &act.recipients)
            })
            || (encounter && same(&t.actors, &act.recipients) && same(&t.recipients, &act.actors))
    };
    let (_, when) = told.iter().rev().find(|(t, w)| w.own && same_class(t) && sides(t))?;
    Some(When { days: when.days, basis: format!("as told before: {}", when.basis), own: false })
}

fn is_encounter(class: &str) -> bool {
    matches!(class, "meet" | "visit" | "negotiate")
}

/// The expression of a clause around the act; not that of a verb of saying, nor across "after" and "before".
fn clause_above(scene: &Scene, act: &Act, times: &[TimeExpression]) -> Option<When> {
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
        let stand_in = Act { token: at, words: vec![at], carrier: None, ..act.clone() };
        if let Some(found) = own_expression(scene, &stand_in, times) {
            return Some(When { own: false, ..found });
        }
    }
    None
}

fn only_in_sentence(scene: &Scene, act: &Act, times: &[TimeExpression]) -> Option<When> {
    let sentence = &scene.tree.sentences()[scene.tree.sentence(act.token)];
    let mut dated = times.iter().filter(|t| sentence.contains(&t.tokens.start) && t.days.is_some());
    let only = dated.next().filter(|_| dated.next().is_none())?;
    // The date of saying is not the date of what is said.
    let speech = scene.tree.ancestors(head_of(scene, &only.tokens)).find(|&a| scene.tree.is_verb(a));
    let reports = speech.is_some_and(|v| scene.tree.has(v, &["ccomp"]) && scene.tree.under(act.token, v));
    // A date that stands in another clause is that clause's.
    let elsewhere = speech.is_some_and(|v| !scene.tree.under(act.token, v));
    (!reports && !elsewhere).then(|| When { days: only.days, basis: words(scene, &only.tokens), own: false })
}

/// How long before the story an act must lie to be history.
const HISTORY_DAYS: i64 = 120;

/// Whether the days lie well before the story's own news.
pub fn is_history(days: &Days, today: Option<Date>) -> bool {
    today.and_then(|t| t.checked_sub(HISTORY_DAYS.days()).ok()).is_some_and(|limit| days.end < limit)
}
