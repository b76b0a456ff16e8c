//! How many: dead, injured and arrested, and how many took part, as numbers from words and figures.

use crate::acts::{self, Act};
use crate::predicates::Scene;
use crate::rules::Role;
use crate::words::{NUMBERS, NumberWord};

/// What an act counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// People killed.
    Dead,
    /// People hurt.
    Injured,
    /// People arrested.
    Arrested,
    /// People who took part.
    Size,
}

/// A number of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The number; of "dozens" and the like the least that it means.
    pub number: u64,
    /// Whether the words give it as about so many, or as a bound.
    pub approximate: bool,
}

/// Counts of one act, and of what happened in its course: "an attack that killed five and wounded nine". `all` are the acts of
/// the document in text order.
pub fn counts(scene: &Scene, act: &Act, all: &[Act]) -> Vec<(Counted, Count)> {
    let mut found: Vec<(Counted, Count)> = own(scene, act).into_iter().collect();
    let is_attack =
        |a: &Act| matches!(family(&a.class), "attack" | "kill" | "wmd" | "destroy" | "coerce" | "riot");
    if is_attack(act) {
        let others = acts::of_sentence(scene, all, act.token).iter().filter(|o| o.token != act.token);
        for (what, count) in others.filter(|o| is_course_of(scene, act, o)).filter_map(|o| own(scene, o)) {
            if !found.iter().any(|(w, _)| *w == what) {
                found.push((what, count));
            }
        }
    }
    found
}

fn family(class: &str) -> &str {
    class.split('.').next().unwrap_or(class)
}

/// Whether `other` tells what `act` did: the one hangs on the other, or both on one verb.
fn is_course_of(scene: &Scene, act: &Act, other: &Act) -> bool {
    let tree = scene.tree;
    let clause = |act: &Act| {
        let anchor = act.carrier.unwrap_or(act.token);
        let verb = std::iter::once(anchor).chain(tree.ancestors(anchor)).find(|&t| tree.is_verb(t));
        tree.first_conjunct(verb.unwrap_or(anchor))
    };
    let (a, b) = (clause(act), clause(other));
    a == b || tree.under(b, a) || tree.under(a, b)
}

fn own(scene: &Scene, act: &Act) -> Option<(Counted, Count)> {
    let rule = scene.lexicon.block(*act.rules.last()?);
    let what = match family(&rule.class) {
        "kill" => Counted::Dead,
        "attack" | "torture" if act.cameo.starts_with("182") => Counted::Injured,
        "arrest" => Counted::Arrested,
        "protest" | "strike" | "riot" | "boycott" => Counted::Size,
        _ => return None,
    };
    let heads: Vec<usize> = match what {
        Counted::Size => act.actors.iter().map(|p| p.head).collect(),
        _ => befallen(scene, act),
    };
    heads.into_iter().find_map(|h| count(scene, h)).map(|c| (what, c))
}

/// The words for those whom the deed befell, known to the world or not.
fn befallen(scene: &Scene, act: &Act) -> Vec<usize> {
    let Some(&rule) = act.rules.last() else { return Vec::new() };
    let Some(&token) = act.words.iter().find(|&&w| scene.tree.lemma(w) == scene.lexicon.trigger(rule).lemma)
    else {
        return Vec::new();
    };
    let frame = &scene.lexicon.trigger(rule).frame;
    let sources = frame.iter().filter(|(_, r)| *r == Role::Recipient).map(|(s, _)| s);
    sources.flat_map(|s| scene.heads(token, None, s)).chain(act.recipients.iter().map(|p| p.head)).collect()
}

/// The number that a noun has or is: "at least 12 people", "dozens of villagers", "two".
fn count(scene: &Scene, head: usize) -> Option<Count> {
    let tree = scene.tree;
    let of_noun = tree.by_dep(head, &["nummod"]).find_map(|n| number(scene, n));
    let itself = || if tree.tag(head) == "CD" || is_dozens(scene, head) { number(scene, head) } else { None };
    let above = || {
        let of = tree.head(head).filter(|&p| tree.dep(head) == "pobj" && tree.lemma(p) == "of")?;
        number(scene, tree.head(of)?)
    };
    of_noun.or_else(itself).or_else(above)
}

fn is_dozens(scene: &Scene, token: usize) -> bool {
    matches!(NUMBERS.get(&scene.tree.text(token).to_lowercase()), Some(NumberWord { least: true, .. }))
}

/// Words before a number that make it about so many or a bound.
const ABOUT: [&str; 16] = [
    "about",
    "some",
    "around",
    "nearly",
    "almost",
    "approximately",
    "roughly",
    "over",
    "least",
    "most",
    "than",
    "up",
    "close",
    "estimated",
    "perhaps",
    "circa",
];

fn number(scene: &Scene, token: usize) -> Option<Count> {
    let tree = scene.tree;
    let mut parts: Vec<usize> =
        tree.by_dep(token, &["compound", "nummod", "quantmod"]).filter(|&c| c < token).collect();
    parts.push(token);
    let mut total: Option<u64> = None;
    let mut least = false;
    for &part in &parts {
        let word = tree.text(part).to_lowercase();
        let Some(found) = value(&word) else { continue };
        // "two hundred": what follows a smaller number multiplies it; "tens of thousands" are at least two times ten thousand.
        total = Some(match total {
            Some(before) if found.least && least => (before / 2).saturating_mul(found.value),
            Some(before) if found.value >= 100 => before.saturating_mul(found.value),
            Some(before) => before.saturating_add(found.value),
            None => found.value,
        });
        least |= found.least;
    }
    // "tens of thousands": so many times a thousand.
    let of_thousands =
        tree.by_dep(token, &["prep"]).find(|&p| tree.lemma(p) == "of").and_then(|p| tree.child(p, &["pobj"]));
    let scale = of_thousands.and_then(|o| value(&tree.text(o).to_lowercase())).filter(|v| v.least);
    let number = match (total, scale) {
        (Some(n), Some(scale)) if least => (n / 2).saturating_mul(scale.value),
        (Some(n), None) => n,
        _ => return None,
    };
    let hedged = tree.by_dep(token, &["quantmod", "advmod", "amod"]).any(|c| ABOUT.contains(&tree.lemma(c)))
        || token > 0 && ABOUT.contains(&tree.text(token - 1).to_lowercase().as_str());
    Some(Count { number, approximate: least || hedged })
}

fn value(word: &str) -> Option<NumberWord> {
    let figure: String = word.chars().filter(|c| *c != ',').collect();
    if let Ok(value) = figure.parse() {
        return Some(NumberWord { value, least: false });
    }
    // "twenty-five"
    match word.split_once('-') {
        Some((tens, ones)) => {
            let (tens, ones) = (NUMBERS.get(tens)?, NUMBERS.get(ones)?);
            Some(NumberWord { value: tens.value + ones.value, least: false })
        }
        None => NUMBERS.get(word),
    }
}
