//! Whose bodies and people are that the words name without a state ("police", "the opposition", "the president"): of the
//! state of the place, of the other side, or of the one that the text is about; each says which.

use crate::actors::{Kind, Party, SUPRANATIONAL};
use crate::acts::Act;
use crate::arguments;
use crate::events::Story;
use crate::places::where_they_are;
use crate::predicates::Scene;
use crate::told::Told;
use crate::words::ABROAD;
use chancery_ontology::cameo;

/// The state that most of the document's parties belong to, if one stands out: who is in the lead counts twice, and
/// outlets and bodies of many states are of none.
pub fn focus(scene: &Scene) -> Option<Party> {
    let of_state = |p: &&Party| {
        let outlet = p.sector.as_deref() == Some("JRN");
        p.inferred.is_none()
            && !outlet
            && p.code.as_deref().is_some_and(|code| !SUPRANATIONAL.contains(&code))
    };
    let mut counts: Vec<(usize, Party)> = Vec::new();
    for &t in scene.cast.mentioned() {
        let weight = if scene.tree.sentence(t) == 0 { 2 } else { 1 };
        for party in scene.cast.own(t).iter().filter(of_state) {
            match counts.iter_mut().find(|(_, p)| p.code == party.code) {
                Some((count, _)) => *count += weight,
                None => counts.push((weight, scene.cast.state_of(party))),
            }
        }
    }
    let all: usize = counts.iter().map(|(n, _)| n).sum();
    let (most, state) = counts.iter().max_by_key(|(n, _)| *n)?;
    let second = counts.iter().filter(|(_, p)| p.code != state.code).map(|(n, _)| *n).max().unwrap_or(0);
    (most * 2 > all || *most >= 2 * second).then(|| state.clone())
}

/// Gives the parties of an act that are named without a state the one that they must be of.
pub fn supply(scene: &Scene, story: &Story, act: &mut Act, focus: Option<&Party>, told: &Told) {
    let (of_actors, of_recipients) = (unless_whole(focus, &act.recipients), unless_whole(focus, &act.actors));
    act.actors.iter_mut().for_each(|party| supply_office(scene, party, of_actors));
    act.recipients.iter_mut().for_each(|party| supply_office(scene, party, of_recipients));
    if matches!(act.class.as_str(), "meet" | "visit") {
        return;
    }
    let place = state_of_place(scene, story, act);
    let at_home = act.class == "protest";
    // "crossed the border into Syldavia": nobody who does it is known to be of it.
    let other = code_of(&act.recipients).filter(|_| !act.recipients.iter().any(is_whole_state));
    let of_actors = Clues { place: place.clone(), other, focus: of_actors, at_home };
    let other = code_of(&act.actors).filter(|_| !is_from_abroad(act));
    let of_recipients = Clues { place: place.clone(), other, focus, at_home };
    of_actors.supply(&mut act.actors);
    match struck_above(scene, act, told).filter(|_| place.is_none()) {
        Some(struck) => {
            give(&mut act.recipients, is_domestic, struck.code.as_ref(), "the state that was struck")
        }
        None => {
            of_recipients.supply(&mut act.recipients);
            give(&mut act.recipients, is_stranger, place.as_ref(), "the state of the place");
        }
    }
}

/// What says of which state the parties of one side are.
struct Clues<'a> {
    /// The state where it happened.
    place: Option<String>,
    /// The state of the other side.
    other: Option<String>,
    /// The state that the text is about.
    focus: Option<&'a Party>,
    /// Whether it is done where the text is at home.
    at_home: bool,
}

impl Clues<'_> {
    fn supply(&self, parties: &mut [Party]) {
        for party in parties.iter_mut().filter(|p| is_domestic(p)) {
            if let Some((code, why)) = self.state_of(party) {
                (party.code, party.inferred) = (Some(code), Some(why.to_owned()));
            }
        }
    }

    fn state_of(&self, party: &Party) -> Option<(String, &'static str)> {
        let place = self.place.clone().map(|code| (code, "the state of the place"));
        let other = self.other.clone().map(|code| (code, "the state of the other side"));
        let focus = self.focus.and_then(|f| Some((f.code.clone()?, "the state the text is about")));
        // Crowds and gunmen are at home where the text is, whoever it is that they turn against, or that fights them.
        let at_home = self.at_home || matches!(party.sector.as_deref(), Some("REB" | "UAF"));
        let (first, second) = if at_home { (focus, other) } else { (other, focus) };
        place.or(first).or(second)
    }
}

fn give(parties: &mut [Party], to: impl Fn(&Party) -> bool, code: Option<&String>, why: &str) {
    let Some(code) = code else { return };
    for party in parties.iter_mut().filter(|p| to(p)) {
        (party.code, party.inferred) = (Some(code.clone()), Some(why.to_owned()));
    }
}

/// The state that the text is about, unless it stands on the other side as a whole.
fn unless_whole<'f>(focus: Option<&'f Party>, others: &[Party]) -> Option<&'f Party> {
    focus.filter(|f| !others.iter().any(|p| is_whole_state(p) && p.code == f.code))
}

/// "the president", "the head of state": of the state that the text is about.
fn supply_office(scene: &Scene, party: &mut Party, focus: Option<&Party>) {
    let of_office = matches!(party.sector.as_deref(), Some("GOV" | "LEG" | "JUD"));
    let definite = scene.tree.child(party.head, &["det"]).is_some_and(|d| scene.tree.lemma(d) == "the");
    let one = party.kind == Kind::Person && party.code.is_none() && party.id.is_none();
    if let Some(state) = focus.filter(|_| one && of_office && definite) {
        party.code.clone_from(&state.code);
        party.inferred = Some("the state the text is about".to_owned());
    }
}

/// "Borduria urged the opposition", "Klow armed the army": what a state says and gives goes to another's bodies, if the
/// text is about that one.
fn is_from_abroad(act: &Act) -> bool {
    let force = cameo(&act.cameo).and_then(|c| c.category).is_some_and(|category| category.quad() == 4);
    !force && act.actors.iter().any(|p| p.kind == Kind::State)
}

fn is_whole_state(party: &Party) -> bool {
    party.kind == Kind::State && party.sector.is_none()
}

/// Whether somebody must be of some state, and the words do not say of which.
fn is_domestic(party: &Party) -> bool {
    let name = party.name.as_deref().map(str::to_lowercase).unwrap_or_default();
    party.code.is_none()
        && party.kind != Kind::Person
        && !ABROAD.iter().any(|word| name.contains(word))
        && party.sector.as_deref().is_some_and(|sector| DOMESTIC.contains(&sector))
}

/// Whether nothing is known of some people but the words.
fn is_stranger(party: &Party) -> bool {
    party.code.is_none() && party.sector.is_none() && party.id.is_none() && party.kind == Kind::Group
}

fn code_of(parties: &[Party]) -> Option<String> {
    let of_state = |code: &String| code.len() == 3 && !SUPRANATIONAL.contains(&code.as_str());
    parties.iter().find_map(|p| p.code.clone().filter(of_state))
}

/// Whom the deed struck that a participle goes on to tell of: "shelled a Syldavian town, killing five civilians".
fn struck_above<'t>(scene: &Scene, act: &Act, told: &'t Told) -> Option<&'t Party> {
    let anchor = act.carrier.unwrap_or(act.token);
    let above = scene.tree.head(anchor).filter(|_| scene.tree.dep(anchor) == "advcl")?;
    let mut near = told.in_sentence(scene, above).map(|n| &told.acts[n].0);
    let earlier = near.find(|e| e.carrier.unwrap_or(e.token) == above)?;
    earlier.recipients.iter().find(|p| p.code.is_some())
}

/// Sectors whose bearers belong to the state that a text speaks of, unless it says otherwise.
const DOMESTIC: &[&str] = &[
    "GOV", "MIL", "COP", "JUD", "LEG", "OPP", "PTY", "SPY", "LAB", "CVL", "EDU", "MED", "JRN", "BUS", "REL",
    "AGR", "REB", "UAF",
];

/// Where the words say the act happened: a place after "in", "at", "near" in its clause.
fn act_place(scene: &Scene, act: &Act) -> Option<usize> {
    let tree = scene.tree;
    let met: Vec<usize> =
        if act.class == "meet" { act.recipients.iter().map(|p| p.head).collect() } else { Vec::new() };
    let anchors = act.words.iter().copied().chain(act.carrier).chain(met);
    let mut objects = anchors.flat_map(|a| {
        ["in", "at", "near", "outside", "across"]
            .into_iter()
            .flat_map(move |w| arguments::prepositional(tree, a, w))
    });
    objects.find(|&o| scene.cast.own(o).iter().any(|p| matches!(p.kind, Kind::State | Kind::Place)))
}

/// The state in which the words say the act happened: that of the party that bears its name, else that of the map, where
/// it is fairly sure which place is meant.
fn state_of_place(scene: &Scene, story: &Story, act: &Act) -> Option<String> {
    let party = act_place(scene, act).and_then(|t| scene.cast.own(t).first()?.code.clone());
    let on_the_map = || {
        // Talks are held anywhere; force and arrests are suffered and done at home.
        cameo(&act.cameo)?.category.filter(|c| c.quad() == 4)?;
        let toponym = where_they_are(scene, act, story.toponyms, story.gazetteer)?;
        let sure = toponym.candidates.first().filter(|(_, share)| *share >= SURE)?;
        story.gazetteer.place(sure.0).country().map(str::to_owned)
    };
    party.or_else(on_the_map)
}

/// The share of belief from which on a place tells the state of those who act there.
const SURE: f64 = 0.6;
