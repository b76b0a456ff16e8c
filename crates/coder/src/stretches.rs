//! How long an act went on, where other words than its own date say so: "purchases that began in 1999 and ended in 2014",
//! "until the trade ended in 2014", "without relations for three years".

use jiff::civil::Date;

use crate::acts::Act;
use crate::arguments::prepositional;
use crate::dates::{When, date_of_clause, distance};
use crate::predicates::Scene;
use crate::times::{Days, Times, parse_duration, shift};
use crate::words::{BEGINNING, ENDING, LASTING};

/// What is told of one end of an act.
struct Ends {
    begin: Option<When>,
    end: Option<When>,
}

/// The date of an act, with the start and the end that verbs about its noun tell, or a clause behind "until".
pub fn stretched(scene: &Scene, act: &Act, times: &Times, when: Option<When>) -> Option<When> {
    let ends = ends_of(scene, act, times);
    if ends.begin.is_none() && ends.end.is_none() {
        return when;
    }
    let is_news = |found: &When| when.as_ref().is_none_or(|w| w.days != found.days);
    joined(&ends, when.as_ref()).filter(is_news).or(when)
}

/// The stretch between the ends told. A date that is not the act's own only helps out where it lies before the end.
fn joined(ends: &Ends, when: Option<&When>) -> Option<When> {
    let days = |w: &When| w.days;
    let (begin, end) = (ends.begin.as_ref().and_then(days), ends.end.as_ref().and_then(days));
    let own = when.filter(|w| w.own).and_then(days);
    let before_end = when.and_then(days).filter(|d| end.is_some_and(|e| d.start <= e.end));
    let first = begin.or(own).or(before_end).or(end)?;
    let last = end.or(own).or(begin)?;
    let granularity = if first == last { first.granularity } else { "range" };
    let parts = [ends.begin.as_ref(), when.filter(|_| begin.is_none() && first != last), ends.end.as_ref()];
    let basis = parts.into_iter().flatten().map(|w| w.basis.as_str()).collect::<Vec<_>>().join(" ... ");
    let days = Days { start: first.start, end: last.end, granularity };
    (days.start <= days.end).then_some(When { days: Some(days), basis, own: true })
}

fn ends_of(scene: &Scene, act: &Act, times: &Times) -> Ends {
    let mut ends = Ends { begin: None, end: None };
    if act.rules.len() > 1 {
        return ends;
    }
    for verb in verbs_about(scene, act) {
        let lemma = scene.tree.lemma(verb);
        if BEGINNING.contains(lemma) {
            ends.begin = ends.begin.or_else(|| told_by(scene, act, verb, times));
        } else if ENDING.contains(lemma) {
            ends.end = ends.end.or_else(|| told_by(scene, act, verb, times));
        } else if LASTING.contains(lemma) && is_until(scene, verb) {
            ends.end = ends.end.or_else(|| told_by(scene, act, verb, times));
        }
    }
    ends.end = ends.end.or_else(|| until_clause(scene, act, times));
    ends
}

/// Past verbs that say something of an act's noun: as its predicate or in a relative clause about it, what it is of, or
/// what it is called again.
fn verbs_about(scene: &Scene, act: &Act) -> Vec<usize> {
    let tree = scene.tree;
    if !tree.is_nominal(act.token) {
        return Vec::new();
    }
    let mut nouns = vec![act.token];
    nouns.extend(prepositional(tree, act.token, "of").into_iter().flat_map(|n| tree.conjuncts(n)));
    // Whoever is named is no act that could end.
    nouns.retain(|&n| scene.cast.name(n).is_none());
    let again: Vec<usize> = nouns.iter().flat_map(|&n| tree.by_dep(n, &["appos"])).collect();
    nouns.extend(again);
    let relative =
        nouns.iter().flat_map(|&n| tree.by_dep(n, &["relcl"])).filter(|&v| is_of_relative(scene, v));
    let predicate = tree.head(act.token).filter(|_| tree.dep(act.token) == "nsubj");
    let verbs = relative.chain(predicate).flat_map(|v| with_conjuncts(scene, v));
    verbs.filter(|&v| is_past_fact(scene, v)).collect()
}

/// Whether "which", "that" is the subject, and not "whose trade".
fn is_of_relative(scene: &Scene, verb: usize) -> bool {
    let tree = scene.tree;
    tree.child(verb, &["nsubj"]).is_some_and(|s| matches!(tree.tag(s), "WDT" | "WP"))
}

/// "began in 1999 and ended in 2014": what has the same subject.
fn with_conjuncts(scene: &Scene, verb: usize) -> Vec<usize> {
    let same = |v: &usize| *v == verb || !scene.tree.has(*v, &["nsubj"]) || is_of_relative(scene, *v);
    scene.tree.conjuncts(verb).into_iter().filter(same).collect()
}

/// "ended", "has ended", and not "did not end", "would have ended", "ends".
fn is_past_fact(scene: &Scene, verb: usize) -> bool {
    let tree = scene.tree;
    let is_open = |a: usize| tree.dep(a) == "neg" || tree.lemma(a) != "have";
    matches!(tree.tag(verb), "VBD" | "VBN") && !tree.by_dep(verb, &["aux", "neg"]).any(is_open)
}

fn is_until(scene: &Scene, verb: usize) -> bool {
    scene.tree.by_dep(verb, &["prep"]).any(|p| matches!(scene.tree.lemma(p), "until" | "till" | "through"))
}

/// The date of a verb about the act: its own, or that of what it fell together with: "ended when the boom ended in 2014".
fn told_by(scene: &Scene, act: &Act, verb: usize, times: &Times) -> Option<When> {
    let tree = scene.tree;
    let is_when =
        |&c: &usize| tree.by_dep(c, &["advmod", "mark"]).any(|m| matches!(tree.lemma(m), "when" | "as"));
    let together = || tree.by_dep(verb, &["advcl"]).find(is_when);
    let found = date_of_clause(scene, act, verb, times)
        .or_else(|| date_of_clause(scene, act, together().filter(|&c| is_past_fact(scene, c))?, times))?;
    Some(When { basis: format!("{} {}", tree.text(verb), found.basis), ..found })
}

/// "bought arms from 1999 until the trade ended in 2014".
fn until_clause(scene: &Scene, act: &Act, times: &Times) -> Option<When> {
    let tree = scene.tree;
    let is_until =
        |&c: &usize| tree.by_dep(c, &["mark", "prep"]).any(|m| matches!(tree.lemma(m), "until" | "till"));
    let verb = act.carrier.unwrap_or(act.token);
    let clause = tree.by_dep(verb, &["advcl"]).find(is_until).filter(|&c| is_past_fact(scene, c))?;
    let found = date_of_clause(scene, act, clause, times)?;
    Some(When { basis: format!("until {}", found.basis), ..found })
}

/// A state told without a day: "for three years" says since when it has held; one that held once has no date.
pub fn held(scene: &Scene, act: &Act, times: &Times, today: Option<Date>) -> Option<When> {
    let is_state = act.rules.len() == 1 && scene.lexicon.block(act.rules[0]).is_state;
    if !is_state {
        return None;
    }
    if is_over(scene, act.carrier.unwrap_or(act.token)) {
        return Some(When { days: None, basis: "it held once, and no day is told".into(), own: true });
    }
    let today = today?;
    let sentence = scene.tree.sentences()[scene.tree.sentence(act.token)].clone();
    let length = times.within(&sentence).find(|t| {
        t.kind == "DURATION" && is_behind_for(scene, t.tokens.start) && distance(scene, act, t).is_some()
    })?;
    let (count, unit) = parse_duration(length.value.as_deref()?)?;
    let start = shift(today, -count, unit)?.start;
    let days = Days { start, end: today, granularity: "range" };
    Some(When { days: Some(days), basis: format!("for {}", length.words(scene)), own: true })
}

fn is_behind_for(scene: &Scene, token: usize) -> bool {
    token > 0 && scene.tree.lemma(token - 1).eq_ignore_ascii_case("for")
}

/// "had no relations", and not "said it had none", which tells of then and now.
fn is_over(scene: &Scene, verb: usize) -> bool {
    let tree = scene.tree;
    let past = |v: usize| tree.tag(v) == "VBD" || tree.by_dep(v, &["aux"]).any(|a| tree.tag(a) == "VBD");
    let is_told = tree.dep(verb) == "ccomp" && tree.head(verb).is_some_and(past);
    tree.is_verb(verb) && past(verb) && !is_told
}
