//! Events by which a text dates others: those of the table, and those whose date the document tells itself.

use std::ops::Range;

use jiff::civil::Date;

use super::Days;
use super::known::{Clues, Known, TABLE, fold};
use super::matching;
use super::reader::Reader;
use crate::arguments::prepositional;
use crate::predicates::Scene;

/// An event that some words name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its days.
    pub days: Days,
    /// The days from which "after" counts.
    pub after: Days,
    /// Its last day; `None` while it goes on.
    pub end: Option<Date>,
    /// Its name and date, for the basis.
    pub name: String,
    /// The words that name it.
    pub words: Range<usize>,
}

/// A noun that the document dates: "the summit" of 3 May.
#[derive(Debug, Clone)]
pub struct Dated {
    /// Its lemma in lower case.
    pub lemma: String,
    /// Its days.
    pub days: Days,
}

/// The event whose phrase begins at word `i`.
pub fn at(reader: &Reader, i: usize) -> Option<Event> {
    let noun = head(reader, i);
    phrase(reader, i, noun)
        .or_else(|| named(reader, i, noun?))
        .or_else(|| told(reader, i, noun?))
        .or_else(|| clause(reader, i, noun?))
}

/// A clause that tells the event: "Borduria invaded Syldavia".
fn clause(reader: &Reader, i: usize, subject: usize) -> Option<Event> {
    let tree = reader.tree;
    let verb = tree.head(subject).filter(|_| matches!(tree.dep(subject), "nsubj" | "nsubjpass"))?;
    let known = event_told(reader.scene, verb, None)?;
    let last = tree.by_dep(verb, &["dobj", "prep", "agent"]).last();
    let keep = |c: usize| !matches!(tree.dep(c), "relcl" | "appos" | "acl" | "conj" | "cc" | "punct");
    let end = last.filter(|&l| l > verb).map_or(verb + 1, |l| tree.subtree(l, keep).end);
    Some(Event { words: i..reader.words.partition_point(|w| w.token < end), ..known })
}

/// The known event that a verb tells with its subject and object.
pub fn event_told(scene: &Scene, verb: usize, days: Option<Days>) -> Option<Event> {
    let tree = scene.tree;
    let noun = scene.lexicon.times().lookup("event_verb", &tree.lemma(verb).to_lowercase())?;
    let codes = |tokens: Vec<usize>| -> Vec<String> {
        tokens.into_iter().flat_map(|t| scene.cast.parties(t)).filter_map(|p| p.code).collect()
    };
    let is_passive = crate::arguments::is_passive(tree, verb);
    let (does, suffers) = if is_passive { ("agent", "nsubjpass") } else { ("nsubj", "dobj") };
    let makers =
        if is_passive { prepositional(tree, verb, "by") } else { tree.by_dep(verb, &[does]).collect() };
    let clause = tree.subtree(verb, |c| !matches!(tree.dep(c), "advcl" | "ccomp" | "conj" | "mark"));
    let clues = Clues {
        makers: codes(makers),
        others: codes(tree.by_dep(verb, &[suffers]).collect()),
        words: fold(&tree.document()[tree.span_of(clause).range()]),
        days,
        today: None,
    };
    let known = TABLE.noun(noun, &clues).filter(|_| !clues.others.is_empty())?;
    Some(event(known, noun, verb..verb + 1))
}

/// The noun over the phrase that begins at word `i`.
fn head(reader: &Reader, i: usize) -> Option<usize> {
    let tree = reader.tree;
    let mut at = reader.words.get(i)?.token;
    while let Some(above) = tree.head(at).filter(|&h| h > at && is_inner(tree.dep(at))) {
        at = above;
    }
    tree.is_nominal(at).then_some(at)
}

fn is_inner(dep: &str) -> bool {
    matches!(
        dep,
        "det"
            | "amod"
            | "compound"
            | "poss"
            | "nmod"
            | "nummod"
            | "case"
            | "quantmod"
            | "advmod"
            | "npadvmod"
            | "punct"
    )
}

/// A fixed phrase: "the Six-Day War".
fn phrase(reader: &Reader, i: usize, noun: Option<usize>) -> Option<Event> {
    let the = usize::from(is_the(reader, i));
    let (words, ends) = folded(reader, i + the)?;
    let clues = noun.map(|n| clues(reader.scene, n)).unwrap_or_default();
    let clues = Clues { days: noun.and_then(|n| days_within(reader, n)), ..clues };
    let (known, length) = TABLE.phrase(&words, &clues)?;
    Some(event(known, &words[length - 1], i..ends[length - 1]))
}

fn is_the(reader: &Reader, i: usize) -> bool {
    reader.words.get(i).is_some_and(|_| reader.text(&(i..i + 1)).eq_ignore_ascii_case("the"))
}

/// The folded words from word `i` on, each with the word after it; nothing where no phrase begins so.
fn folded(reader: &Reader, i: usize) -> Option<(Vec<String>, Vec<usize>)> {
    let (mut words, mut ends) = (Vec::new(), Vec::new());
    for at in i..(i + 12).min(reader.words.len()) {
        for word in fold(reader.text(&(at..at + 1))) {
            if words.is_empty() && !TABLE.begins(&word) {
                return None;
            }
            words.push(word);
            ends.push(at + 1);
        }
    }
    (!words.is_empty()).then_some((words, ends))
}

/// A noun with its parties, place or year: "the Russian invasion of Ukraine".
fn named(reader: &Reader, i: usize, noun: usize) -> Option<Event> {
    let tree = reader.tree;
    let lemma = tree.lemma(noun).to_lowercase();
    if !TABLE.is_noun(&lemma) {
        return None;
    }
    let days = days_within(reader, noun);
    let clues = Clues { days, today: reader.today, ..clues(reader.scene, noun) };
    let known = TABLE.noun(&lemma, &clues)?;
    Some(event(known, &lemma, i..end(reader, noun)))
}

fn event(known: &Known, noun: &str, words: Range<usize>) -> Event {
    let (days, after) = (known.from, known.days_after(noun));
    Event {
        days,
        after,
        end: known.to,
        name: format!("{} ({})", known.name, super::calendar::value_of(&days)),
        words,
    }
}

/// The known event that a noun names, with what is known of its parties and days from elsewhere.
pub fn event_named(
    scene: &Scene,
    noun: usize,
    actors: &[String],
    recipients: &[String],
    days: Option<Days>,
    today: Option<Date>,
) -> Option<Event> {
    let tree = scene.tree;
    let own = clues(scene, noun);
    let clues = Clues {
        makers: if own.makers.is_empty() { actors.to_vec() } else { own.makers },
        others: if own.others.is_empty() { recipients.to_vec() } else { own.others },
        days,
        today,
        words: own.words,
    };
    // "criticism of the Ten-Day War" is not the war.
    let own = fold(tree.text(noun));
    let holds_noun = |(_, n, length): &(&Known, usize, usize)| {
        clues.words[*n..*n + *length].iter().any(|w| own.contains(w))
    };
    let starts = (0..clues.words.len()).filter(|&n| TABLE.begins(&clues.words[n]));
    let phrases =
        starts.filter_map(|n| TABLE.phrase(&clues.words[n..], &clues).map(|(k, length)| (k, n, length)));
    let fixed = phrases.into_iter().find(holds_noun);
    let lemma = tree.lemma(noun).to_lowercase();
    let known = fixed.map(|(known, ..)| known).or_else(|| TABLE.noun(&lemma, &clues))?;
    Some(event(known, &lemma, noun..noun + 1))
}

/// The word after the noun's phrase: its prepositional phrases belong to it, its clauses do not.
fn end(reader: &Reader, noun: usize) -> usize {
    let tree = reader.tree;
    let keep =
        |c: usize| !matches!(tree.dep(c), "relcl" | "appos" | "punct" | "acl" | "conj" | "cc" | "advcl");
    let last = tree.subtree(noun, keep).end;
    reader.words.partition_point(|w| w.token < last)
}

/// What the phrase around a noun says.
pub fn clues(scene: &Scene, noun: usize) -> Clues {
    let tree = scene.tree;
    let phrase = tree.subtree(noun, |c| !matches!(tree.dep(c), "relcl" | "appos" | "acl" | "conj"));
    let mut makers = scene.cast.modifying(noun);
    makers.extend(tree.child(noun, &["poss"]).map(|p| scene.cast.parties(p)).unwrap_or_default());
    let by = prepositional(tree, noun, "by");
    makers.extend(by.into_iter().flat_map(|h| scene.cast.parties(h)));
    let others = ["of", "on", "against", "with", "in", "from", "into"]
        .iter()
        .flat_map(|w| prepositional(tree, noun, w))
        .flat_map(|h| scene.cast.parties(h));
    Clues {
        makers: makers.into_iter().filter_map(|p| p.code).collect(),
        others: others.filter_map(|p| p.code).collect(),
        words: fold(&tree.document()[tree.span_of(phrase).range()]),
        days: None,
        today: None,
    }
}

/// The days that the noun's own phrase names: "the 2003 invasion", "last year's coup".
fn days_within(reader: &Reader, noun: usize) -> Option<Days> {
    let tree = reader.tree;
    let inner: Vec<usize> = tree.children(noun).filter(|&c| c < noun && is_inner(tree.dep(c))).collect();
    let first = inner.iter().map(|&c| tree.phrase(c).start).min()?;
    let words =
        reader.words.partition_point(|w| w.token < first)..reader.words.partition_point(|w| w.token < noun);
    words.clone().find_map(|i| {
        let found = matching::read_plain(reader, i).filter(|f| f.words.end <= words.end)?;
        found.resolved.days
    })
}

/// "the summit" that the document dated.
fn told(reader: &Reader, i: usize, noun: usize) -> Option<Event> {
    let lemma = reader.tree.lemma(noun);
    let is_taken_up = reader.tree.by_dep(noun, &["det", "poss"]).any(|d| d < noun);
    let days = *reader.dated.get(&lemma.to_lowercase()).filter(|_| is_taken_up)?;
    let name = format!(
        "the {} told before ({})",
        reader.tree.text(noun).to_lowercase(),
        super::calendar::value_of(&days)
    );
    Some(Event { days, after: days, end: Some(days.end), name, words: i..end(reader, noun) })
}

/// The known event that the noun at word `i` names, for a later "the coup".
pub fn note(reader: &Reader, i: usize) -> Option<Dated> {
    let token = reader.words[i].token;
    let lemma = reader.tree.lemma(token);
    let is_candidate = reader.tree.tag(token).starts_with("NN") && TABLE.is_noun(lemma);
    let event = is_candidate.then(|| named(reader, i, token)).flatten()?;
    Some(Dated { lemma: lemma.to_lowercase(), days: event.days })
}

/// Whether a noun may name an event.
pub fn is_event(lemma: &str) -> bool {
    TABLE.is_noun(lemma)
}

/// The nouns that an expression dates: the one it hangs on, and what its verb says took place.
pub fn dated_by(scene: &Scene, tokens: &Range<usize>, days: Days) -> Vec<Dated> {
    let tree = scene.tree;
    let Some(mut at) = tree.tops(tokens.clone()).next_back().and_then(|t| tree.head(t)) else {
        return Vec::new();
    };
    if tree.dep(at) == "prep" {
        let Some(above) = tree.head(at) else { return Vec::new() };
        at = above;
    }
    let nouns: Vec<usize> = if tree.is_nominal(at) {
        vec![at]
    } else {
        let within = ["at", "in", "during"].iter().flat_map(|w| prepositional(tree, at, w));
        tree.by_dep(at, &["nsubj", "nsubjpass"]).chain(within).collect()
    };
    let lemma = |n: usize| tree.lemma(n).to_lowercase();
    let is_event = |n: &usize| tree.tag(*n).starts_with("NN") && TABLE.is_noun(&lemma(*n));
    let told = scene.lexicon.times().lookup("event_verb", &lemma(at)).map(str::to_owned);
    let lemmas = nouns.into_iter().filter(is_event).map(lemma).chain(told);
    lemmas.map(|lemma| Dated { lemma, days }).collect()
}
