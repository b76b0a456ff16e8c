//! Which names are toponyms, and how the text uses them: not people, firms and words that are spelt like a town.

use std::collections::BTreeSet;
use std::ops::Range;

use chancery_gazetteer::{Level, NameKind, PlaceId};
use chancery_language::{Entity, Pos};
use chancery_world::Kind as EntryKind;

use super::names::{Form, Named, WELL_KNOWN};
use super::resolve::{Home, lies_in};
use super::{Found, Setting, Use};
use crate::actors::{Kind, Name};
use crate::arguments::is_passive;
use crate::words::{PEOPLE, PLACE_COMPASS, PLACE_KINDS, PLACE_PREPOSITIONS, PLACE_WORDS, is_honorific};

/// The toponyms among some names, and those of the engine that the gazetteer lacks.
pub fn judge(setting: &Setting, named: Vec<Named>) -> Vec<Found> {
    let evidence = Evidence::of(setting);
    let around: Vec<Around> = named.iter().map(|n| around(setting, &evidence, n)).collect();
    let clear: Vec<bool> = around.iter().map(|a| is_clear(setting, &evidence, a)).collect();
    let told: BTreeSet<String> =
        around.iter().zip(&clear).filter(|(_, c)| **c).map(|(a, _)| a.words(setting)).collect();
    let is_toponym = |(a, clear): (&Around, &bool)| *clear || is_likely(setting, &evidence, a, &told);
    let mut found: Vec<Found> =
        around.iter().zip(&clear).filter(|pair| is_toponym(*pair)).map(|(a, _)| a.found(setting)).collect();
    let unknown: Vec<Found> = unknown(setting, &found, &told);
    found.extend(unknown);
    found.sort_by_key(|f| f.tokens.start);
    found
}

/// What the whole document says about names.
struct Evidence {
    /// Entity by token.
    entity_at: Vec<Option<u32>>,
    /// First and last names of people.
    people: BTreeSet<String>,
    /// Where the outlet is at home.
    home: Home,
}

impl Evidence {
    fn of(setting: &Setting) -> Evidence {
        let tree = setting.tree;
        let mut entity_at = vec![None; tree.len()];
        let mut people = BTreeSet::new();
        for (number, entity) in setting.entities.iter().enumerate() {
            entity_at[entity.tokens.clone()].fill(Some(number as u32));
            let words = person_words(setting, entity);
            if entity.label == "PERSON" && words.len() > 1 {
                people.extend(words.into_iter().map(str::to_owned));
            }
        }
        Evidence { entity_at, people, home: Home::of(setting) }
    }

    fn entity<'s>(&self, setting: &Setting<'s>, token: usize) -> Option<&'s Entity> {
        self.entity_at[token].map(|n| &setting.entities[n as usize])
    }
}

/// The names in a person's entity: what stands before a title belongs to that ("Klow Mayor Zlip Zlop").
fn person_words<'s>(setting: &Setting<'s>, entity: &Entity) -> Vec<&'s str> {
    let tree = setting.tree;
    let title = entity.tokens.clone().rev().find(|&t| setting.cast.is_title(t));
    let first = title.map_or(entity.tokens.start, |t| t + 1);
    let names = (first..entity.tokens.end).filter(|&t| tree.is_word(t) && tree.tag(t).starts_with("NNP"));
    names.map(|t| tree.text(t)).collect()
}

/// A name with what stands around it.
struct Around<'a> {
    named: &'a Named,
    /// The engine's label over its last token.
    label: &'static str,
    /// Words of the engine's entity before it, but for an article.
    before: usize,
    /// Words of the engine's entity behind it, but for a possessive.
    behind: usize,
    /// Whether it follows a preposition of place, or a noun for a place and "of".
    placed: bool,
    /// Whether it stands beside what holds it: "Klow, Syldavia".
    contained: bool,
    /// Whether a title or first name stands before it.
    titled: bool,
    /// Whether a further part of a longer name follows.
    opens: bool,
    /// Whether a noun for a place or a role follows: "Klow province", "Klow Mayor".
    kind_follows: bool,
    /// Whether a common noun for people follows: "a Klow teenager".
    people_follow: bool,
}

fn around<'a>(setting: &Setting, evidence: &Evidence, named: &'a Named) -> Around<'a> {
    let tree = setting.tree;
    let (start, end) = (named.tokens.start, named.tokens.end);
    let entity = evidence.entity(setting, named.last_capital(tree));
    let words = |tokens: Range<usize>| {
        tokens
            .filter(|&t| !matches!(tree.tag(t), "DT" | "POS" | "," | "-LRB-" | "HYPH") && tree.is_word(t))
            .count()
    };
    let in_sentence = end < tree.len() && tree.sentence(end) == tree.sentence(start);
    Around {
        named,
        label: entity.map_or("", |e| e.label),
        before: entity.map_or(0, |e| words(e.tokens.start..start.max(e.tokens.start))),
        behind: entity.map_or(0, |e| words(end..e.tokens.end.max(end))),
        placed: is_placed(setting, &named.tokens),
        contained: is_contained(setting, named),
        titled: is_titled(setting, evidence, start),
        opens: in_sentence
            && tree.tag(end).starts_with("NNP")
            && tree.text(end).starts_with(char::is_uppercase),
        kind_follows: in_sentence
            && (PLACE_KINDS.contains(&tree.lemma(end).to_lowercase()) || setting.cast.is_title(end)),
        people_follow: in_sentence && tree.pos(end) == Pos::Noun && PEOPLE.contains(tree.lemma(end)),
    }
}

impl Around<'_> {
    fn words(&self, setting: &Setting) -> String {
        let tree = setting.tree;
        tree.document()[tree.span_of(self.named.tokens.clone()).range()].to_lowercase()
    }

    fn all(&self, kind: NameKind) -> bool {
        super::all_hold(&self.named.holders, kind)
    }

    fn is_location(&self) -> bool {
        matches!(self.label, "GPE" | "LOC" | "FAC")
    }

    /// Whether it is all of the engine's entity, or the entity has no more than a point of the compass before it.
    fn is_whole(&self, setting: &Setting) -> bool {
        let compass = |n: usize| {
            self.named
                .tokens
                .start
                .checked_sub(n)
                .is_some_and(|t| PLACE_COMPASS.contains(setting.tree.text(t)))
        };
        self.behind == 0 && (self.before == 0 || (self.before == 1 && compass(1)))
    }

    fn found(&self, setting: &Setting) -> Found {
        let used = if self.all(NameKind::Adjective) {
            Use::Adjective
        } else if self.named.form == Form::Street || self.contained {
            Use::Place
        } else if !self.is_whole(setting) || (self.opens && self.label != "GPE") {
            Use::Name
        } else {
            used(setting, &self.named.tokens)
        };
        Found { tokens: self.named.tokens.clone(), holders: self.named.holders.clone(), used }
    }
}

/// "in Klow", "the town of Klow", "Klow and Zlop" behind such a word.
fn is_placed(setting: &Setting, tokens: &Range<usize>) -> bool {
    let tree = setting.tree;
    let Some(before) = tokens.start.checked_sub(1) else { return false };
    let skipped = |t: usize| {
        matches!(tree.text(t), "the" | "The")
            || PLACE_COMPASS.iter().any(|c| c.eq_ignore_ascii_case(tree.text(t)))
    };
    let before = (0..=before).rev().take(3).find(|&t| !skipped(t)).unwrap_or(before);
    let word = tree.text(before).to_lowercase();
    if PLACE_PREPOSITIONS.contains(&word) {
        return true;
    }
    let kind_of = |t: usize| PLACE_KINDS.contains(&tree.lemma(t).to_lowercase());
    (word == "of" && before > 0 && kind_of(before - 1))
        || (word != "of" && kind_of(before) && tree.tag(before) == "NN")
}

/// "Klow, Syldavia": what follows the comma holds what the name means.
fn is_contained(setting: &Setting, named: &Named) -> bool {
    let holder = container_after(setting, named.tokens.end);
    named.holders.iter().any(|(id, _)| holder.iter().any(|(h, _)| lies_in(setting.gazetteer, *id, *h)))
}

/// The country or division that stands behind a comma at `end`.
fn container_after(setting: &Setting, end: usize) -> Vec<(PlaceId, NameKind)> {
    let tree = setting.tree;
    if end + 1 >= tree.len() || tree.text(end) != "," || !tree.text(end + 1).starts_with(char::is_uppercase) {
        return Vec::new();
    }
    let longest = (end + 2..=(end + 4).min(tree.len())).rev();
    let holds = |holders: &Vec<(PlaceId, NameKind)>| {
        holders.iter().any(|(id, kind)| {
            *kind != NameKind::Adjective && setting.gazetteer.place(*id).level <= Level::District
        })
    };
    longest.map(|stop| super::names::holders(setting, end + 1..stop)).find(holds).unwrap_or_default()
}

/// A title, a role or a first name right before: "Mayor Klow", "Zlop Klow".
fn is_titled(setting: &Setting, evidence: &Evidence, start: usize) -> bool {
    let tree = setting.tree;
    let Some(before) = start.checked_sub(1) else { return false };
    if tree.sentence(before) != tree.sentence(start) {
        return false;
    }
    let text = tree.text(before);
    let honorific = is_honorific(text);
    let label = |t: usize| evidence.entity(setting, t).map_or("", |e| e.label);
    let same = evidence.entity_at[before] == evidence.entity_at[start];
    let person_before = same && label(before) == "PERSON" && tree.tag(before).starts_with("NNP");
    let is_title = text.starts_with(char::is_uppercase)
        && tree.dep(before) == "compound"
        && tree.tag(before).starts_with("NNP")
        && label(start) != "GPE"
        && setting.cast.is_title(before);
    honorific || person_before || is_title
}

/// Whether a name is a toponym by what stands around it alone.
fn is_clear(setting: &Setting, evidence: &Evidence, around: &Around) -> bool {
    let named = around.named;
    if named.form != Form::Name {
        return is_made(around);
    }
    if around.titled {
        return false;
    }
    if around.contained {
        return true;
    }
    if around.all(NameKind::Abbreviation) {
        return follows_a_name(setting, named);
    }
    if around.all(NameKind::Adjective) {
        return is_of_it(setting, around);
    }
    if is_bare_compass(setting, named) {
        return false;
    }
    if is_division_by_name(setting, named) {
        return true;
    }
    let is_word = is_common_word(setting, named);
    !is_someone(setting, evidence, around)
        && around.is_location()
        && around.is_whole(setting)
        && (!is_word || around.placed || is_well_known(setting, evidence, named))
}

/// Whether a name that is not clear by itself is one all the same: it is told as one elsewhere, or is well known, or
/// stands where places do.
fn is_likely(setting: &Setting, evidence: &Evidence, around: &Around, told: &BTreeSet<String>) -> bool {
    let named = around.named;
    let tree = setting.tree;
    let special =
        around.all(NameKind::Abbreviation) || around.all(NameKind::Adjective) || named.form != Form::Name;
    let head = named.last_capital(tree);
    if special || around.titled || is_bare_compass(setting, named) || is_someone(setting, evidence, around) {
        return false;
    }
    if !tree.tag(head).starts_with("NNP") && !around.is_location() {
        return false;
    }
    let figures = matches!(
        around.label,
        "DATE" | "TIME" | "MONEY" | "CARDINAL" | "ORDINAL" | "PERCENT" | "QUANTITY" | "LANGUAGE"
    );
    let is_told = told.contains(&around.words(setting));
    let known = is_well_known(setting, evidence, named);
    let is_word = is_common_word(setting, named);
    let strange = figures || matches!(around.label, "WORK_OF_ART" | "PRODUCT" | "LAW");
    // The engine's label for a town that it does not know may be anything.
    let sure = known && around.placed && around.before + around.behind == 0;
    // "Klow district".
    let told_kind =
        !named.holders.is_empty() && is_followed_by_kind(setting, named) && around.label != "PERSON";
    if (sure || told_kind) && tree.tag(head).starts_with("NNP") && (!is_word || !strange) {
        return true;
    }
    if !around.is_whole(setting) {
        return !strange && (is_told || (known && !is_word)) && leads_or_ends(setting, around);
    }
    match around.label {
        _ if is_told && !figures => true,
        _ if strange => false,
        _ if is_word => false,
        "PERSON" => known || around.placed || around.kind_follows,
        "" | "ORG" if around.placed || around.kind_follows || around.people_follow => true,
        _ => known,
    }
}

/// "Klow province", "Klow airport": a common noun for a sort of place follows.
fn is_followed_by_kind(setting: &Setting, named: &Named) -> bool {
    let (tree, end) = (setting.tree, named.tokens.end);
    end < tree.len() && tree.pos(end) == Pos::Noun && PLACE_KINDS.contains(tree.lemma(end))
}

/// Whether a part of a longer name is where names have the place they are of: first, or behind "of", "in", "at".
fn leads_or_ends(setting: &Setting, around: &Around) -> bool {
    let before = around.named.tokens.start.checked_sub(1).map_or("", |t| setting.tree.text(t));
    let led = matches!(before, "of" | "in" | "at" | "the" | "for") || PLACE_COMPASS.contains(before);
    around.before == 0 || led
}

/// "South", "Central": nothing but a direction.
fn is_bare_compass(setting: &Setting, named: &Named) -> bool {
    named.tokens.len() == 1 && PLACE_COMPASS.contains(setting.tree.text(named.tokens.start))
}

fn is_common_word(setting: &Setting, named: &Named) -> bool {
    named.tokens.len() == 1 && PLACE_WORDS.contains(&setting.tree.text(named.tokens.start).to_lowercase())
}

/// "Klow County": a division whose name says what it is.
fn is_division_by_name(setting: &Setting, named: &Named) -> bool {
    let divided = |(id, kind): &(PlaceId, NameKind)| {
        *kind <= NameKind::Other
            && matches!(setting.gazetteer.place(*id).level, Level::District | Level::Province)
    };
    let last = setting.tree.text(named.tokens.end - 1).to_lowercase();
    named.tokens.len() > 1 && PLACE_KINDS.contains(&last) && named.holders.iter().any(divided)
}

/// "Fla." behind a town or a name in any case.
fn follows_a_name(setting: &Setting, named: &Named) -> bool {
    let tree = setting.tree;
    let Some(before) = named.tokens.start.checked_sub(1) else { return false };
    let comma = tree.text(before) == "," && before > 0 && tree.tag(before - 1).starts_with("NNP");
    let pointed = tree.text(named.tokens.start).matches('.').count() > 1;
    let text = tree.text(named.tokens.start);
    comma || (pointed && text != "B.C." && text != "D.E.") || tree.text(before) == "("
}

/// Whether an adjective is one of a place and no part of an organisation's name.
fn is_of_it(setting: &Setting, around: &Around) -> bool {
    let tag = setting.tree.tag(around.named.tokens.end - 1);
    let in_a_name =
        matches!(around.label, "ORG" | "LAW" | "EVENT" | "WORK_OF_ART" | "PRODUCT" | "PERSON" | "LANGUAGE");
    let is_country = |(id, _): &(PlaceId, NameKind)| setting.gazetteer.place(*id).level != Level::City;
    // "the Syldavian Foreign Ministry": a body of the state, and not a name that only has the adjective in it.
    let of_a_body =
        around.label == "ORG" && around.before == 0 && setting.cast.names_body(around.named.tokens.end);
    (!in_a_name || of_a_body)
        && around.named.holders.iter().any(is_country)
        && (matches!(around.label, "NORP" | "GPE" | "LOC") || matches!(tag, "JJ" | "NNPS" | "NNP"))
}

/// Whether the name is a person's or part of one.
fn is_someone(setting: &Setting, evidence: &Evidence, around: &Around) -> bool {
    let named = around.named;
    let tree = setting.tree;
    let person = |n: &Name| setting.cast.kind_of(n) == EntryKind::Person;
    if setting.cast.name(named.tokens.end - 1).is_some_and(person) {
        return true;
    }
    if setting.cast.name(named.tokens.end - 1).is_some_and(|n| is_body(setting, n, named)) {
        return true;
    }
    // "Klow Mayor Zlop": the engine may take it all for a name, but a role ends the place's part.
    if around.label == "PERSON" && (around.before > 0 || (around.behind > 0 && !around.kind_follows)) {
        return true;
    }
    named.tokens.len() == 1
        && evidence.people.contains(tree.text(named.tokens.start))
        && !(around.placed && matches!(around.label, "GPE" | "LOC"))
}

/// Whether the world knows the whole name as an organisation's, which a village of the same name is not.
fn is_body(setting: &Setting, name: &Name, named: &Named) -> bool {
    let large = |(id, _): &(PlaceId, NameKind)| setting.gazetteer.place(*id).level <= Level::Province;
    setting.cast.kind_of(name) == EntryKind::Body
        && name.tokens == named.tokens
        && !named.holders.iter().any(large)
}

/// Whether one of those that have the name is a country, a province, a large town or one near the outlet's home,
/// under its usual name.
fn is_well_known(setting: &Setting, evidence: &Evidence, named: &Named) -> bool {
    named.holders.iter().any(|(id, kind)| {
        let place = setting.gazetteer.place(*id);
        let large = match place.level {
            Level::Country | Level::Province => *kind <= NameKind::Other,
            Level::City => {
                *kind == NameKind::Usual
                    && (place.population >= WELL_KNOWN || place.of_news || place.feature == "PPLC")
            }
            Level::District => false,
            Level::Area | Level::Site => *kind <= NameKind::Other,
        };
        large || evidence.home.is_near(*id, &place)
    })
}

/// A street or feature that no table knows.
fn is_made(around: &Around) -> bool {
    match around.named.form {
        Form::Street => !around.titled,
        _ => !around.titled && !matches!(around.label, "PERSON" | "ORG" | "WORK_OF_ART" | "EVENT"),
    }
}

/// Places that the engine sees and the gazetteer lacks.
fn unknown(setting: &Setting, found: &[Found], told: &BTreeSet<String>) -> Vec<Found> {
    let tree = setting.tree;
    // What was found stands apart and in order.
    let overlaps = |t: &Range<usize>| {
        let before = found.partition_point(|f| f.tokens.start < t.end);
        found[..before].last().is_some_and(|f| t.start < f.tokens.end)
    };
    let is_name = |e: &&Entity| {
        matches!(e.label, "GPE" | "LOC")
            && e.tokens.clone().any(|t| tree.tag(t).starts_with("NNP"))
            && setting.cast.name(e.tokens.end - 1).is_none()
    };
    let is_fine = |t: &Range<usize>| {
        let text = tree.document()[tree.span_of(t.clone()).range()].to_lowercase();
        !overlaps(t) && (is_placed(setting, t) || told.contains(&text)) && !PLACE_WORDS.contains(&text)
    };
    let entities = setting.entities.iter().filter(is_name);
    entities
        .map(|e| trimmed(setting, e))
        .filter(is_fine)
        .map(|tokens| Found { used: used(setting, &tokens), tokens, holders: Vec::new() })
        .collect()
}

/// An entity's tokens without article and possessive.
fn trimmed(setting: &Setting, entity: &Entity) -> Range<usize> {
    let tree = setting.tree;
    let start = entity.tokens.start + usize::from(tree.tag(entity.tokens.start) == "DT");
    let end = entity.tokens.end - usize::from(tree.tag(entity.tokens.end - 1) == "POS");
    start..end.max(start + 1).min(tree.len())
}

/// Whether the words stand for the place, or for those who act there.
pub fn used(setting: &Setting, tokens: &Range<usize>) -> Use {
    let tree = setting.tree;
    let head = tree.tops(tokens.clone()).next_back().unwrap_or(tokens.end - 1);
    let acts = |verb: usize| {
        tree.is_verb(verb) && !is_passive(tree, verb) && !matches!(tree.lemma(verb), "be" | "lie" | "have")
    };
    let top = tree.first_conjunct(head);
    match (tree.dep(top), tree.head(top)) {
        ("nsubj", Some(verb)) if acts(verb) => Use::Metonym,
        ("pobj", Some(by)) if tree.dep(by) == "agent" => Use::Metonym,
        ("compound" | "amod" | "nmod", Some(noun)) if tree.tag(noun).starts_with("NNP") => Use::Name,
        _ if setting.cast.own(head).iter().any(|p| p.kind == Kind::Body) => Use::Metonym,
        _ => Use::Place,
    }
}
