//! Where an act took place: the place of the act, not of the statement about it.

use chancery_ontology::cameo;

use crate::actors::Kind;
use crate::acts::Act;
use crate::arguments::{logical_object, logical_subject, prepositional};
use crate::predicates::Scene;

use super::{Toponym, Use};

/// Prepositions that say where something is done.
const WHERE: [&str; 9] =
    ["in", "at", "near", "outside", "across", "inside", "around", "throughout", "within"];
/// Prepositions that say where a movement leads.
const WHITHER: [&str; 4] = ["to", "into", "toward", "onto"];

/// The toponym that says where an act took place, and why it is thought to.
pub fn where_it_was<'t>(
    scene: &Scene,
    act: &Act,
    toponyms: &'t [Toponym],
) -> Option<(&'t Toponym, &'static str)> {
    let site = Site { scene, act, toponyms };
    let own = || site.own().map(|t| (t, "where the words say that it was done"));
    let struck = || site.object().map(|t| (t, "what it was done to lies there"));
    let led = || site.whither().map(|t| (t, "where it led"));
    let home = || site.ground().map(|t| (t, "home of those to whom it was done"));
    let shared = || site.shared().map(|t| (t, "where the act beside it was done"));
    let doer = || site.subject().map(|t| (t, "where those were who did it"));
    own().or_else(struck).or_else(led).or_else(home).or_else(shared).or_else(doer)
}

/// An act among the places of its text.
struct Site<'a, 't> {
    scene: &'a Scene<'a>,
    act: &'a Act,
    toponyms: &'t [Toponym],
}

impl<'t> Site<'_, 't> {
    /// The act's own words.
    fn anchors(&self) -> impl Iterator<Item = usize> + '_ {
        self.act.words.iter().copied().chain(self.act.carrier)
    }

    /// A place behind "in", "at", "near" that hangs on the act's own words or, of talks, on those who hold them.
    fn own(&self) -> Option<&'t Toponym> {
        let meets = matches!(self.act.class.as_str(), "meet" | "negotiate");
        let met = self.act.recipients.iter().map(|p| p.head).filter(|_| meets);
        self.anchors().chain(met).find_map(|a| self.behind(a, &WHERE))
    }

    /// "shelled Klow", "killed three men in Klow", "the siege of Klow": deeds only, since words reach far.
    fn object(&self) -> Option<&'t Toponym> {
        if !self.is_deed() {
            return None;
        }
        let tree = self.scene.tree;
        let objects: Vec<usize> = self
            .anchors()
            .flat_map(|a| {
                let nouns =
                    ["of", "on", "against", "over"].into_iter().flat_map(move |w| prepositional(tree, a, w));
                logical_object(tree, a).into_iter().chain(nouns)
            })
            .flat_map(|o| tree.conjuncts(o))
            .collect();
        objects.iter().find_map(|&o| self.behind(o, &WHERE).or_else(|| self.town(o)))
    }

    /// "sent troops to Klow", "marched into Klow".
    fn whither(&self) -> Option<&'t Toponym> {
        let class = self.act.class.split('.').next();
        let moves = matches!(
            class,
            Some("visit" | "mobilize" | "attack" | "territory" | "aid" | "deport" | "protest")
        );
        self.anchors().filter(|_| moves && self.is_deed()).find_map(|a| self.behind(a, &WHITHER))
    }

    /// Whoever is invaded or visited is so at home.
    fn ground(&self) -> Option<&'t Toponym> {
        let at_home = matches!(self.act.class.split('.').next(), Some("attack" | "visit" | "territory"));
        let host =
            self.act.recipients.iter().find(|p| at_home && matches!(p.kind, Kind::State | Kind::Place))?;
        self.toponyms.iter().find(|t| t.tokens.contains(&host.head))
    }

    /// "gathered in Klow and burned flags", "were marching in Klow, chanting": what is done beside it was done there.
    fn shared(&self) -> Option<&'t Toponym> {
        let tree = self.scene.tree;
        let anchor = self.act.carrier.unwrap_or(self.act.token);
        let beside = |t: &usize| {
            let own_subject = tree.has(*t, &["nsubj", "nsubjpass"]);
            matches!(tree.dep(*t), "conj" | "advcl" | "xcomp") && tree.is_verb(*t) && !own_subject
        };
        let above = tree.head(anchor).filter(|h| self.is_deed() && beside(&anchor) && tree.is_verb(*h))?;
        self.behind(above, &WHERE)
    }

    /// "police in Klow arrested": those who do something do it where they are.
    fn subject(&self) -> Option<&'t Toponym> {
        if !self.is_deed() {
            return None;
        }
        let tree = self.scene.tree;
        let subjects: Vec<usize> = self.anchors().flat_map(|a| logical_subject(tree, a)).collect();
        subjects.into_iter().find_map(|s| self.behind(s, &WHERE))
    }

    /// Whether it is done and not said.
    fn is_deed(&self) -> bool {
        let category = cameo(&self.act.cameo).and_then(|c| c.category);
        category.is_some_and(|c| matches!(c.quad(), 2 | 4)) || self.act.class.starts_with("protest")
    }

    /// A place in a prepositional phrase that hangs on a word.
    fn behind(&self, word: usize, prepositions: &[&str]) -> Option<&'t Toponym> {
        let tree = self.scene.tree;
        prepositions.iter().flat_map(|w| prepositional(tree, word, w)).find_map(|o| self.located(o))
    }

    /// The toponym that a phrase is headed by or of: "Klow", "the town of Klow", "the Klow area".
    fn located(&self, head: usize) -> Option<&'t Toponym> {
        let tree = self.scene.tree;
        let inside = || tree.by_dep(head, &["compound", "nmod", "appos"]).find_map(|t| self.at(t));
        let of = || prepositional(tree, head, "of").into_iter().find_map(|t| self.at(t));
        let further = || self.behind(head, &["in", "near", "outside"]);
        self.at(head).or_else(inside).or_else(of).or_else(further)
    }

    /// A town or region as the thing that something is done to, or what it is called after: "the port of Klow".
    fn town(&self, object: usize) -> Option<&'t Toponym> {
        let of = || prepositional(self.scene.tree, object, "of").into_iter().find_map(|t| self.at(t));
        self.at(object).or_else(of)
    }

    fn at(&self, token: usize) -> Option<&'t Toponym> {
        let stands_for_it = |t: &&Toponym| !matches!(t.used, Use::Adjective | Use::Dateline);
        self.toponyms.iter().filter(stands_for_it).find(|t| t.tokens.contains(&token))
    }
}
