//! Which place a name means: size, what stands beside it, where the outlet is at home, what else the text names.

use std::collections::{BTreeMap, HashMap};

use chancery_gazetteer::{Gazetteer, Level, NameKind, Place, PlaceId, fold};

use super::relative::relative;
use super::{Found, Setting, Toponym, Use};
use crate::tree::Tree;
use crate::words::PLACE_COMPASS;

/// What one name of the document may mean. Every mention of it means the same.
#[derive(Debug)]
struct Sense {
    mentions: f64,
    candidates: Vec<Candidate>,
}

#[derive(Debug, Clone)]
struct Candidate {
    id: PlaceId,
    place: Place<'static>,
    /// From size, kind of name and what stands beside it.
    own: f64,
    /// Whether something that holds it stands beside a mention.
    contained: bool,
    /// With what the rest of the document says.
    score: f64,
}

/// How much an adjective counts beside a name: who acts is less of a hint at where than what is named.
const ADJECTIVE: f64 = 0.3;

/// Candidates of one name at most; the others are too small to be meant.
const MOST: usize = 80;

/// Gives each toponym its places.
pub fn resolve(setting: &Setting, found: Vec<Found>) -> Vec<Toponym> {
    let keys: Vec<String> = found.iter().map(|f| key(setting.tree, f)).collect();
    let mut senses: BTreeMap<&str, Sense> = BTreeMap::new();
    for (f, key) in found.iter().zip(&keys).filter(|(f, _)| !f.holders.is_empty()) {
        let sense = senses.entry(key).or_insert_with(|| sense(setting, f));
        sense.mentions += if f.used == Use::Adjective { ADJECTIVE } else { 1.0 };
    }
    contain(setting, &found, &keys, &mut senses);
    let home = Home::of(setting);
    let mut senses: Vec<(&str, Sense)> = senses.into_iter().collect();
    for (_, sense) in &mut senses {
        sense.settle(|c| home.pull(c));
    }
    for heat in HEATS {
        support(&mut senses, &home, heat);
    }
    let toponym = |(f, key): (Found, &String)| {
        let sense = senses.binary_search_by_key(&key.as_str(), |(k, _)| k).ok().map(|i| &senses[i].1);
        let (candidates, basis) = sense.map_or((Vec::new(), "no place of this name is known"), answer);
        let relative = relative(setting.tree, f.tokens.start);
        Toponym { tokens: f.tokens, used: f.used, relative, candidates, basis }
    };
    found.into_iter().zip(&keys).map(toponym).collect()
}

/// The names are asked about each other once for each heat: at first every candidate counts, at last the likeliest.
const HEATS: [f64; 3] = [3.0, 2.0, 1.0];

/// Names are the same whatever their case; adjectives stand apart, and so do names whose level is told ("Klow province").
fn key(tree: &Tree, found: &Found) -> String {
    let text = &tree.document()[tree.span_of(found.tokens.clone()).range()];
    let adjective = found.holders.iter().all(|(_, kind)| *kind == NameKind::Adjective);
    let level = levels_told(tree, found)
        .map_or("", |levels| if levels.contains(&Level::City) { "/city" } else { "/division" });
    format!("{}{}{level}", text.to_lowercase(), if adjective { "*" } else { "" })
}

/// A key without what is told of its level.
fn base(key: &str) -> &str {
    key.split('/').next().unwrap_or(key)
}

fn sense(setting: &Setting, found: &Found) -> Sense {
    let folded = fold(&setting.tree.document()[setting.tree.span_of(found.tokens.clone()).range()]);
    let mut candidates: Vec<Candidate> = found
        .holders
        .iter()
        .filter(|(_, kind)| found.used == Use::Adjective || *kind != NameKind::Adjective)
        .map(|(id, kind)| candidate(setting, *id, *kind, &folded))
        .collect();
    prefer_seats(&mut candidates);
    if let Some(levels) = levels_told(setting.tree, found) {
        candidates.iter_mut().filter(|c| !levels.contains(&c.place.level)).for_each(|c| c.own -= TOLD_APART);
    }
    candidates.sort_by(|a, b| b.own.total_cmp(&a.own).then(a.id.cmp(&b.id)));
    candidates.truncate(MOST);
    Sense { mentions: 0.0, candidates }
}

fn candidate(setting: &Setting, id: PlaceId, kind: NameKind, folded: &str) -> Candidate {
    let place = setting.gazetteer.place(id);
    let own = size(&place) + standing(&place, kind) + likeness(&place, kind, folded);
    Candidate { id, place, own, contained: false, score: own }
}

/// How well known a place is by its size alone.
fn size(place: &Place) -> f64 {
    match place.level {
        Level::Area => 7.5 + f64::from(place.extent_km).ln_1p() / 2.0,
        Level::Site => 6.0,
        _ => 0.6 * f64::from(place.population).ln_1p(),
    }
}

/// What its rank and the way in which it has the name add.
fn standing(place: &Place, kind: NameKind) -> f64 {
    let rank = match (place.level, place.feature) {
        (Level::Country, _) => 4.0,
        (Level::Province, _) => 1.5,
        (Level::District, _) => -1.0,
        (_, "PPLC") => 3.5,
        _ if place.of_news => 2.0,
        _ => 0.0,
    };
    // Towns have many further names, most of them of the past or of other languages.
    let name = match (kind, place.level) {
        (NameKind::Other, Level::City) => -4.0,
        (NameKind::Other, _) => -1.0,
        (NameKind::Bare, _) => -2.5,
        (NameKind::Abbreviation, _) => -3.0,
        _ => 0.0,
    };
    rank + name
}

/// A further name that begins like the usual one is only another spelling: "Geneva" of Genève.
fn likeness(place: &Place, kind: NameKind, folded: &str) -> f64 {
    let begins_alike =
        || fold(place.name).bytes().zip(folded.bytes()).take(3).filter(|(a, b)| a == b).count() == 3;
    if kind == NameKind::Other && place.level == Level::City && begins_alike() { 3.0 } else { 0.0 }
}

/// A division called after its seat is meant only where a word says so: the town stands first, if much of the
/// division lives there.
fn prefer_seats(candidates: &mut [Candidate]) {
    let seats: Vec<(PlaceId, f64, u32)> = candidates
        .iter()
        .filter(|c| c.place.level == Level::City)
        .flat_map(|c| {
            [c.place.admin1, c.place.admin2].into_iter().flatten().map(|d| (d, c.own, c.place.population))
        })
        .collect();
    for division in
        candidates.iter_mut().filter(|c| matches!(c.place.level, Level::Province | Level::District))
    {
        let seat = seats.iter().find(|(d, ..)| *d == division.id);
        if let Some((_, own, _)) =
            seat.filter(|s| f64::from(s.2) > 0.15 * f64::from(division.place.population))
        {
            division.own = division.own.min(own - 1.0);
        }
    }
}

/// Whether a place lies in another.
pub fn lies_in(gazetteer: &Gazetteer, id: PlaceId, holder: PlaceId) -> bool {
    if id == holder {
        return false;
    }
    let (place, large) = (gazetteer.place(id), gazetteer.place(holder));
    match large.level {
        Level::Country => {
            place.level != Level::Country
                && large.country().is_some_and(|c| place.countries.split(' ').any(|p| p == c))
        }
        Level::Province => place.admin1 == Some(holder),
        Level::District => place.admin2 == Some(holder),
        _ => false,
    }
}

/// What a word beside a name says of it: "Klow province", "the town of Klow".
fn levels_told(tree: &Tree, found: &Found) -> Option<&'static [Level]> {
    let (start, end) = (found.tokens.start, found.tokens.end);
    let after = (end < tree.len()).then(|| tree.lemma(end).to_lowercase());
    let before = (start > 1 && tree.text(start - 1) == "of").then(|| tree.lemma(start - 2).to_lowercase());
    [after, before].into_iter().flatten().find_map(|word| match word.as_str() {
        "province" | "state" | "governorate" | "oblast" | "region" | "prefecture" | "emirate" | "canton" => {
            Some(&[Level::Province, Level::District, Level::Area][..])
        }
        "county" | "district" | "parish" | "municipality" => {
            Some(&[Level::District, Level::Province, Level::City][..])
        }
        "city" | "town" | "village" | "suburb" => Some(&[Level::City][..]),
        _ => None,
    })
}

/// What a place that a word beside the name rules out loses.
const TOLD_APART: f64 = 6.0;

/// What stands beside a name and holds what it means: "Klow, Syldavia", "Klow in Syldavia", "Klow (Syldavia)".
const BESIDE: f64 = 9.0;

/// Strengthens the candidates of neighbouring names of which one lies in the other.
fn contain(setting: &Setting, found: &[Found], keys: &[String], senses: &mut BTreeMap<&str, Sense>) {
    for (i, pair) in found.windows(2).enumerate() {
        let (inner, outer) = (&pair[0], &pair[1]);
        if !are_beside(setting.tree, inner, outer) || base(&keys[i]) == base(&keys[i + 1]) {
            continue;
        }
        let ids = |key: &String, senses: &BTreeMap<&str, Sense>| -> Vec<PlaceId> {
            senses.get(key.as_str()).map(|s| s.candidates.iter().map(|c| c.id).collect()).unwrap_or_default()
        };
        let (small, large) = (ids(&keys[i], senses), ids(&keys[i + 1], senses));
        let held: Vec<(PlaceId, PlaceId)> = small
            .iter()
            .flat_map(|s| large.iter().map(move |l| (*s, *l)))
            .filter(|(s, l)| lies_in(setting.gazetteer, *s, *l))
            .collect();
        if held.is_empty() && is_container_written(setting, inner, outer) {
            // "Klow, Syldavia", where no Klow of Syldavia is known: it is none of the others.
            if let Some(sense) = senses.get_mut(keys[i].as_str()) {
                sense.candidates.clear();
            }
            continue;
        }
        strengthen(senses, &keys[i], |id| held.iter().any(|(s, _)| *s == id));
        strengthen(senses, &keys[i + 1], |id| held.iter().any(|(_, l)| *l == id));
    }
}

/// Whether what stands behind a comma can only be what the name before it lies in: a state of the United States or a
/// province of Canada, and nothing like it follows or leads.
fn is_container_written(setting: &Setting, inner: &Found, outer: &Found) -> bool {
    let (tree, gazetteer) = (setting.tree, setting.gazetteer);
    let comma = outer.tokens.start == inner.tokens.end + 1 && tree.text(inner.tokens.end) == ",";
    let closed =
        outer.tokens.end < tree.len() && matches!(tree.text(outer.tokens.end), "," | "." | ")" | ";");
    let listed = (outer.tokens.end + 1..outer.tokens.end + 4).take_while(|&t| t < tree.len());
    let mut rest = listed.map(|t| tree.text(t));
    let small = inner.holders.iter().all(|(id, _)| gazetteer.place(*id).level >= Level::District);
    let division = outer.holders.iter().any(|(id, _)| {
        let place = gazetteer.place(*id);
        place.level == Level::Province && matches!(place.country(), Some("USA" | "CAN"))
    });
    comma && closed && small && division && !rest.any(|w| matches!(w, "and" | "or"))
}

fn are_beside(tree: &Tree, inner: &Found, outer: &Found) -> bool {
    let gap = inner.tokens.end..outer.tokens.start;
    let joins = |t: usize| {
        matches!(tree.text(t), "," | "(" | "in" | "of" | "the" | "'s")
            || PLACE_COMPASS.iter().any(|c| c.eq_ignore_ascii_case(tree.text(t)))
    };
    gap.len() <= 3
        && gap.clone().all(joins)
        && tree.sentence(inner.tokens.start) == tree.sentence(outer.tokens.start)
}

fn strengthen(senses: &mut BTreeMap<&str, Sense>, key: &str, holds: impl Fn(PlaceId) -> bool) {
    let Some(sense) = senses.get_mut(key) else { return };
    for candidate in sense.candidates.iter_mut().filter(|c| !c.contained && holds(c.id)) {
        candidate.own += BESIDE;
        candidate.contained = true;
    }
}

/// Where the outlet is at home.
pub struct Home {
    place: Option<Place<'static>>,
    id: Option<PlaceId>,
    local: bool,
}

impl Home {
    /// The home of the document's outlet, if it is known.
    pub fn of(setting: &Setting) -> Home {
        let found = setting.source.and_then(|s| setting.gazetteer.outlet(s));
        let place = found.map(|(id, _)| setting.gazetteer.place(id));
        Home {
            place,
            id: found.map(|(id, _)| id),
            local: found.is_some_and(|(_, kind)| kind == NameKind::LocalOutlet),
        }
    }

    /// Whether a place is one that readers of a local outlet know.
    pub fn is_near(&self, id: PlaceId, place: &Place) -> bool {
        let near = |home: Place| distance(place, &home).is_some_and(|km| km < NEAR_KM);
        self.local && (Some(id) == self.id || self.place.is_some_and(near))
    }

    /// How much nearer to the reader a candidate is: a local paper means the towns around it.
    fn pull(&self, candidate: &Candidate) -> f64 {
        let Some(home) = self.place else { return 0.0 };
        let same_country = f64::from(u8::from(candidate.place.country() == home.country()));
        if !self.local {
            return same_country;
        }
        let same_division =
            f64::from(u8::from(candidate.place.admin1.is_some() && candidate.place.admin1 == home.admin1));
        let is_home = if Some(candidate.id) == self.id { 2.0 } else { 0.0 };
        let near = distance(&candidate.place, &home).map_or(0.0, |km| 6.0 * (-km / 80.0).exp());
        same_country + 2.0 * same_division + near + is_home
    }
}

/// How far readers of a local outlet know their surroundings.
const NEAR_KM: f64 = 60.0;

fn distance(a: &Place, b: &Place) -> Option<f64> {
    Some(a.point?.km_to(b.point?))
}

impl Sense {
    fn settle(&mut self, more: impl Fn(&Candidate) -> f64) {
        for candidate in &mut self.candidates {
            candidate.score = candidate.own + more(candidate);
        }
        self.candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
    }

    fn chosen(&self) -> Option<Chosen> {
        let weight = self.certainty() * self.mentions.sqrt().min(3.0);
        self.candidates.first().map(|c| (c.id, c.place, weight))
    }

    /// How far ahead of the second the first is, from 0 to 1.
    fn certainty(&self) -> f64 {
        match &self.candidates[..] {
            [first, second, ..] => 1.0 - (second.score - first.score).exp(),
            [_] => 1.0,
            [] => 0.0,
        }
    }
}

/// How the belief of one name is spread over countries and first-order divisions.
#[derive(Debug, Default)]
struct Spread {
    countries: BTreeMap<&'static str, f64>,
    divisions: BTreeMap<PlaceId, f64>,
}

impl Spread {
    /// The spread of a name by its scores; the higher the heat, the more the smaller candidates count.
    fn of(sense: &Sense, heat: f64) -> Spread {
        let mut spread = Spread::default();
        let Some(first) = sense.candidates.first() else { return spread };
        let beliefs: Vec<f64> =
            sense.candidates.iter().map(|c| ((c.score - first.score) / heat).exp()).collect();
        let weight = sense.mentions.sqrt().min(3.0) / beliefs.iter().sum::<f64>();
        for (candidate, belief) in sense.candidates.iter().zip(beliefs) {
            if let Some(country) = candidate.place.country() {
                *spread.countries.entry(country).or_default() += weight * belief;
            }
            if let Some(division) = candidate.division() {
                *spread.divisions.entry(division).or_default() += weight * belief;
            }
        }
        spread
    }

    fn add(&mut self, other: &Spread) {
        for (country, belief) in &other.countries {
            *self.countries.entry(country).or_default() += belief;
        }
        for (division, belief) in &other.divisions {
            *self.divisions.entry(*division).or_default() += belief;
        }
    }
}

impl Candidate {
    /// Its first-order division, or itself if it is one.
    fn division(&self) -> Option<PlaceId> {
        if self.place.level == Level::Province { Some(self.id) } else { self.place.admin1 }
    }
}

/// A place chosen for a name, and how much it counts.
type Chosen = (PlaceId, Place<'static>, f64);

/// Names of one country that its others may be near at most: those with most mentions.
const NEIGHBOURS: usize = 1000;

/// The places chosen for names, with the number of the name, by their countries: none is near one of another country.
fn chosen(senses: &[(&str, Sense)]) -> HashMap<Option<&'static str>, Vec<(usize, Chosen)>> {
    let mut chosen: HashMap<_, Vec<(usize, Chosen)>> = HashMap::new();
    for (number, (_, sense)) in senses.iter().enumerate() {
        let Some(place) = sense.chosen() else { continue };
        chosen.entry(place.1.country()).or_default().push((number, place));
    }
    for places in chosen.values_mut().filter(|p| p.len() > NEIGHBOURS) {
        places.sort_by(|(a, _), (b, _)| senses[*b].1.mentions.total_cmp(&senses[*a].1.mentions));
        places.truncate(NEIGHBOURS);
        places.sort_by_key(|(number, _)| *number);
    }
    chosen
}

/// Scores every candidate by how well it goes with what the other names may mean: in their countries and divisions, and
/// near the places chosen for them.
fn support(senses: &mut [(&str, Sense)], home: &Home, heat: f64) {
    let spreads: Vec<Spread> = senses.iter().map(|(_, s)| Spread::of(s, heat)).collect();
    let mut all = Spread::default();
    spreads.iter().for_each(|s| all.add(s));
    let chosen = chosen(senses);
    for (number, (_, sense)) in senses.iter_mut().enumerate() {
        let own = &spreads[number];
        let others = |country: Option<&'static str>| {
            let places = chosen.get(&country).into_iter().flatten();
            places.filter(|(n, _)| *n != number).map(|(_, chosen)| chosen)
        };
        sense.settle(|c| {
            let beside = |all: f64, own: Option<&f64>| all - own.copied().unwrap_or(0.0);
            let country = c.place.country().unwrap_or_default();
            let in_country =
                beside(all.countries.get(country).copied().unwrap_or(0.0), own.countries.get(country));
            let in_division = c.division().map_or(0.0, |d| {
                beside(all.divisions.get(&d).copied().unwrap_or(0.0), own.divisions.get(&d))
            });
            let near: f64 =
                others(c.place.country()).map(|(id, place, weight)| weight * nearness(c, *id, place)).sum();
            let sum = in_country + 1.5 * in_division + near;
            home.pull(c) + 7.0 * sum / (sum + 4.0)
        });
    }
}

/// What a place gains that another name of the text means too: "Klow City" and "Klow".
const SAME: f64 = 3.0;

/// How near a candidate is to a place chosen for another name.
fn nearness(candidate: &Candidate, id: PlaceId, other: &Place) -> f64 {
    let place = &candidate.place;
    let is_point = |p: &Place| matches!(p.level, Level::City | Level::District | Level::Site);
    if candidate.id == id {
        return SAME;
    }
    if !is_point(place) || !is_point(other) || place.country() != other.country() {
        return 0.0;
    }
    distance(place, other).map_or(0.0, |km| 1.5 * (-km / 60.0).exp())
}

/// The candidates with their shares of belief, and what decided.
fn answer(sense: &Sense) -> (Vec<(PlaceId, f64)>, &'static str) {
    let Some(first) = sense.candidates.first() else { return (Vec::new(), "no place of this name is known") };
    let total: f64 = sense.candidates.iter().map(|c| (c.score - first.score).exp()).sum();
    let shares = sense.candidates.iter().map(|c| (c.id, (c.score - first.score).exp() / total));
    let shares = shares.take(LISTED).filter(|(_, share)| *share >= 0.005).collect();
    (shares, basis(sense, first))
}

/// Candidates that are told at most.
const LISTED: usize = 5;

fn basis(sense: &Sense, first: &Candidate) -> &'static str {
    let largest = sense.candidates.iter().all(|c| c.own <= first.own);
    match sense.candidates.len() {
        1 => "the only place of this name",
        _ if first.contained => "what stands beside it",
        _ if largest => "the best known of this name",
        _ => "the other places of the text and the outlet's home",
    }
}
