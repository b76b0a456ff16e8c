//! Names of the gazetteer in the text, and words that are made like names of places.

use std::ops::Range;

use chancery_gazetteer::{Key, Level, NameKind, Place, PlaceId};

use super::Setting;
use crate::tree::Tree;
use crate::words::{PARTICLES, PLACE_FEATURES, PLACE_KINDS, PLACE_ROADS, PLACE_STREETS};

/// What a stretch of tokens may name.
#[derive(Debug, Clone)]
pub struct Named {
    /// The tokens.
    pub tokens: Range<usize>,
    /// Who has the name; empty where no place is known to.
    pub holders: Vec<(PlaceId, NameKind)>,
    /// What the words are made like.
    pub form: Form,
}

impl Named {
    /// Its last word with a capital: "Klow" of "Klow crossing".
    pub fn last_capital(&self, tree: &Tree) -> usize {
        let capital = |&t: &usize| tree.text(t).starts_with(char::is_uppercase);
        self.tokens.clone().rev().find(capital).unwrap_or(self.tokens.end - 1)
    }
}

/// What words are made like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A name.
    Name,
    /// A street or road: "Zlop Street", "Highway 19".
    Street,
    /// A piece of land or water: "Lake Zlop".
    Feature,
}

/// Tokens of the longest name that is looked for.
const LONGEST: usize = 8;

/// Every stretch that may be a toponym, the longest at each place, never overlapping.
pub fn find(setting: &Setting) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    let mut key = Key::default();
    let mut i = 0;
    while i < setting.tree.len() {
        let found = starts_a_name(setting.tree, i).then(|| at(setting, &mut key, i)).flatten();
        i = found.as_ref().map_or(i + 1, |n| n.tokens.end);
        named.extend(found);
    }
    named
}

/// Who has the name that some tokens make.
pub fn holders(setting: &Setting, tokens: Range<usize>) -> Vec<(PlaceId, NameKind)> {
    let tree = setting.tree;
    let found = holders_of_all(setting, tokens.clone());
    // "Klow Township": what Klow is called after, or the other way round.
    let last = tree.text(tokens.end - 1);
    if found.is_empty()
        && tokens.len() > 1
        && matches!(last, "Township" | "Borough" | "Village" | "Town" | "City")
    {
        return holders_of_all(setting, tokens.start..tokens.end - 1);
    }
    let fits = |kind: &NameKind| tokens.len() > 1 || *kind == NameKind::Adjective;
    let length = tree.span(tokens.start).end - tree.span(tokens.start).start;
    if is_spelt_like(setting, tokens.clone(), length, &found) || found.iter().any(|(_, kind)| fits(kind)) {
        return found;
    }
    Vec::new()
}

fn holders_of_all(setting: &Setting, tokens: Range<usize>) -> Vec<(PlaceId, NameKind)> {
    let tree = setting.tree;
    let mut key = Key::default();
    let without_article = tokens.start + usize::from(tree.text(tokens.start).eq_ignore_ascii_case("the"));
    [tokens.start, without_article]
        .into_iter()
        .filter(|start| *start < tokens.end)
        .map(|start| {
            key.clear();
            key.push(&tree.document()[tree.span_of(start..tokens.end).range()]);
            places_of(setting, key.text())
        })
        .find(|holders| !holders.is_empty())
        .unwrap_or_default()
}

fn places_of(setting: &Setting, folded: &str) -> Vec<(PlaceId, NameKind)> {
    let gazetteer = setting.gazetteer;
    let mut holders: Vec<_> =
        gazetteer.holders(folded).filter(|(_, kind)| *kind < NameKind::LocalOutlet).collect();
    if holders.iter().any(|(_, kind)| *kind == NameKind::Adjective) {
        // "Canadian" is a town of Texas too, which nobody means.
        holders.retain(|(id, kind)| *kind == NameKind::Adjective || is_large(&gazetteer.place(*id)));
    }
    holders
}

fn is_large(place: &Place) -> bool {
    place.level != Level::City || place.population >= WELL_KNOWN
}

/// Inhabitants from which on a town's name is one that news uses without saying what it is.
pub const WELL_KNOWN: u32 = 100_000;

fn starts_a_name(tree: &Tree, i: usize) -> bool {
    let text = tree.text(i);
    let article = matches!(text, "al" | "el" | "as" | "ash" | "ad" | "an" | "ar");
    text.starts_with(char::is_uppercase) || (article && i + 2 < tree.len() && tree.text(i + 1) == "-")
}

fn at(setting: &Setting, key: &mut Key, i: usize) -> Option<Named> {
    let known = known(setting, key, i);
    let made = street(setting.tree, i).or_else(|| feature(setting.tree, i));
    match (known, made) {
        (Some(known), Some(made)) if known.tokens.end >= made.tokens.end => Some(known),
        (_, Some(made)) => Some(made),
        (known, None) => known,
    }
}

/// The longest name of the gazetteer that begins at token `i`.
fn known(setting: &Setting, key: &mut Key, i: usize) -> Option<Named> {
    let tree = setting.tree;
    key.clear();
    let mut found = None;
    let mut last = None;
    for j in i..tree.len().min(i + LONGEST) {
        if j > i && !goes_on(tree, i, j) {
            break;
        }
        if last.is_some_and(|l: usize| tree.span(l).end < tree.span(j).start) {
            key.end_word();
        }
        key.push(tree.text(j));
        last = Some(j);
        if !ends_a_name(tree, j) {
            continue;
        }
        let length = key.len();
        let holders = if key.text().len() > 1 { places_of(setting, key.text()) } else { Vec::new() };
        if !holders.is_empty() && is_spelt_like(setting, i..j + 1, length, &holders) {
            found = Some(Named { tokens: i..j + 1, holders, form: Form::Name });
        }
    }
    found
}

/// Whether token `j` may go on a name that began at `i`.
fn goes_on(tree: &Tree, i: usize, j: usize) -> bool {
    let text = tree.text(j);
    let joins = matches!(text, "-" | "–" | "'" | "'s" | "’s" | "&")
        || matches!(text, "of" | "the" | "and" | "upon" | "on" | "in" | "under" | "sur" | "es" | "ez" | "az")
        || PARTICLES.contains(&text.to_lowercase())
        // "the Rafah crossing", "Bagram airfield".
        || PLACE_KINDS.contains(text);
    tree.sentence(i) == tree.sentence(j)
        && (joins
            || text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || tree.text(j - 1) == "-" && text.chars().all(char::is_alphabetic))
}

fn ends_a_name(tree: &Tree, j: usize) -> bool {
    !matches!(tree.text(j), "-" | "–" | "'" | "'s" | "’s" | "&" | "of" | "the" | "and")
}

/// Whether the words are written as the name would be: short names in capitals or with points, others not in the
/// lower case of a common word.
fn is_spelt_like(
    setting: &Setting,
    tokens: Range<usize>,
    length: usize,
    holders: &[(PlaceId, NameKind)],
) -> bool {
    let tree = setting.tree;
    let text = tree.text(tokens.start);
    let capitals = text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let pointed = text.contains('.');
    let short = length <= 3 && tokens.len() == 1;
    // "Us", "In" and "Me" open sentences; abbreviations are written out with capitals or a point.
    let abbreviation = holders.iter().all(|(_, kind)| *kind == NameKind::Abbreviation);
    // "EU" is no town of Normandy: in capitals a short name is a country's or an abbreviation.
    let stands_for = |(id, kind): &(PlaceId, NameKind)| {
        *kind == NameKind::Abbreviation || setting.gazetteer.place(*id).level != Level::City
    };
    if short && capitals && !pointed && !holders.iter().any(stands_for) {
        return false;
    }
    let begins_low = !text.starts_with(char::is_uppercase) && tokens.len() == 1;
    let named = tree.tag(tokens.start).starts_with("NNP");
    let in_short = !abbreviation && (named || !short);
    !begins_low && (in_short || capitals || pointed)
}

/// "Zlop Street", "40th Avenue South", "Highway 19", "Interstate 45".
fn street(tree: &Tree, i: usize) -> Option<Named> {
    let in_sentence = |j: usize| j < tree.len() && tree.sentence(j) == tree.sentence(i);
    let is_number = |j: usize| in_sentence(j) && tree.text(j).starts_with(|c: char| c.is_ascii_digit());
    if PLACE_ROADS.contains(tree.text(i)) && is_number(i + 1) {
        return Some(Named { tokens: i..i + 2, holders: Vec::new(), form: Form::Street });
    }
    let capital = |j: usize| in_sentence(j) && tree.text(j).starts_with(char::is_uppercase);
    let last = (i + 1..i + 4).take_while(|&j| capital(j)).find(|&j| {
        let text = tree.text(j);
        PLACE_STREETS.contains(text.trim_end_matches('.'))
    })?;
    (tree.tag(i).starts_with("NNP") || tree.tag(i) == "JJ").then(|| Named {
        tokens: i..last + 1,
        holders: Vec::new(),
        form: Form::Street,
    })
}

/// "Zlop Creek", "Lake Zlop", "Gulf of Zlop".
fn feature(tree: &Tree, i: usize) -> Option<Named> {
    let name = |j: usize| {
        j < tree.len()
            && tree.sentence(j) == tree.sentence(i)
            && tree.tag(j).starts_with("NNP")
            && tree.text(j).starts_with(char::is_uppercase)
    };
    let made = |tokens: Range<usize>| Some(Named { tokens, holders: Vec::new(), form: Form::Feature });
    if matches!(
        tree.text(i),
        "Lake" | "Mount" | "Cape" | "Isle" | "Gulf" | "Bay" | "Strait" | "Straits" | "Sea"
    ) {
        let of = usize::from(i + 1 < tree.len() && tree.text(i + 1) == "of");
        if name(i + 1 + of) && (of == 1 || matches!(tree.text(i), "Lake" | "Mount" | "Cape")) {
            return made(i..i + 2 + of);
        }
    }
    let last =
        (i + 1..i + 4).take_while(|&j| name(j)).filter(|&j| PLACE_FEATURES.contains(tree.text(j))).last()?;
    (name(i) && !name(last + 1)).then(|| made(i..last + 1)).flatten()
}
