//! Where an act took place: the place of the act, not of the statement about it.

use crate::actors::Kind;
use crate::acts::Act;
use crate::arguments::prepositional;
use crate::predicates::Scene;

use super::{Toponym, Use};

/// Prepositions that say where something is done.
const WHERE: [&str; 8] = ["in", "at", "near", "outside", "across", "inside", "around", "throughout"];

/// The toponym that says where an act took place, and why it is thought to.
pub fn where_it_was<'t>(
    scene: &Scene,
    act: &Act,
    toponyms: &'t [Toponym],
) -> Option<(&'t Toponym, &'static str)> {
    let own = own_place(scene, act, toponyms).map(|t| (t, "where the words say that it was done"));
    own.or_else(|| ground(act, toponyms).map(|t| (t, "home of those to whom it was done")))
}

/// A place behind "in", "at", "near" that hangs on the act's own words or, of a meeting, on those who meet.
fn own_place<'t>(scene: &Scene, act: &Act, toponyms: &'t [Toponym]) -> Option<&'t Toponym> {
    let met: Vec<usize> =
        if act.class == "meet" { act.recipients.iter().map(|p| p.head).collect() } else { Vec::new() };
    let anchors = act.words.iter().copied().chain(act.carrier).chain(met);
    let mut objects =
        anchors.flat_map(|a| WHERE.into_iter().flat_map(move |w| prepositional(scene.tree, a, w)));
    objects.find_map(|o| located(scene, o, toponyms))
}

/// The toponym that a phrase is headed by or of: "in Klow", "in the town of Klow", "in the Klow area".
fn located<'t>(scene: &Scene, head: usize, toponyms: &'t [Toponym]) -> Option<&'t Toponym> {
    let tree = scene.tree;
    let at = |t: usize| toponyms.iter().find(|p| p.tokens.contains(&t) && p.used != Use::Adjective);
    let inside = || tree.by_dep(head, &["compound", "nmod", "appos"]).find_map(at);
    let of = || prepositional(tree, head, "of").into_iter().find_map(at);
    at(head).or_else(inside).or_else(of)
}

/// Whoever is invaded or visited is so at home.
fn ground<'t>(act: &Act, toponyms: &'t [Toponym]) -> Option<&'t Toponym> {
    let at_home = matches!(act.class.split('.').next(), Some("attack" | "visit" | "territory"));
    let host = act.recipients.iter().find(|p| at_home && matches!(p.kind, Kind::State | Kind::Place))?;
    toponyms.iter().find(|t| t.tokens.contains(&host.head))
}
