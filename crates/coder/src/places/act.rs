//! Where an act took place: the place of the act, not of the statement about it.

use chancery_gazetteer::{Gazetteer, Level};
use chancery_ontology::cameo;

use crate::actors::Kind;
use crate::acts::Act;
use crate::arguments::{logical_object, logical_subject, prepositional};
use crate::predicates::Scene;
use crate::words::PLACE_COMPASS;

use super::{Toponym, Toponyms, Use};

/// Prepositions that say where something is done.
const WHERE: [&str; 11] =
    ["in", "at", "near", "outside", "across", "inside", "around", "through", "throughout", "along", "within"];
/// Prepositions that say where a movement leads.
const WHITHER: [&str; 4] = ["to", "into", "toward", "onto"];

/// The toponym that says where an act took place, and why it is thought to.
pub fn where_it_was<'t>(
    scene: &Scene,
    act: &Act,
    toponyms: Toponyms<'t>,
    gazetteer: &Gazetteer,
) -> Option<(&'t Toponym, &'static str)> {
    let site = Site { scene, act, toponyms, gazetteer };
    let own = || site.own().map(|t| (t, "where the words say that it was done"));
    let struck = || site.object().map(|t| (t, "what it was done to lies there"));
    let led = || site.whither().map(|t| (t, "where it led"));
    let home = || site.ground().map(|t| (t, "home of those to whom it was done"));
    let shared = || site.shared().map(|t| (t, "where the act beside it was done"));
    let left = || site.whence().map(|t| (t, "where it led from"));
    let doer = || site.subject().map(|t| (t, "where those were who did it"));
    own().or_else(struck).or_else(led).or_else(home).or_else(shared).or_else(left).or_else(doer)
}

/// The toponym that says where those are who take part in an act: where it is done or where its doers are, and not where
/// it leads or strikes.
pub fn where_they_are<'t>(
    scene: &Scene,
    act: &Act,
    toponyms: Toponyms<'t>,
    gazetteer: &Gazetteer,
) -> Option<&'t Toponym> {
    let site = Site { scene, act, toponyms, gazetteer };
    site.own().or_else(|| site.subject())
}

/// An act among the places of its text.
struct Site<'a, 't> {
    scene: &'a Scene<'a>,
    act: &'a Act,
    toponyms: Toponyms<'t>,
    gazetteer: &'a Gazetteer,
}

impl<'t> Site<'_, 't> {
    /// The act's own words: what is promised, asked for or laid to somebody has a place of its own.
    fn anchors(&self) -> impl Iterator<Item = usize> + '_ {
        let own = if self.act.rules.len() > 1 { &self.act.words[..1] } else { &self.act.words[..] };
        own.iter().copied().chain(self.act.carrier)
    }

    /// A place behind "in", "at", "near" that hangs on the act's own words or, of talks, on those who hold them.
    fn own(&self) -> Option<&'t Toponym> {
        let meets = matches!(self.act.class.as_str(), "meet" | "negotiate");
        let met = self.act.recipients.iter().map(|p| p.head).filter(|_| meets);
        self.finest(self.anchors().chain(met).flat_map(|a| self.around(a)))
    }

    /// "shelled Klow", "killed three men in Klow", "the siege of Klow": deeds only, since words reach far.
    fn object(&self) -> Option<&'t Toponym> {
        if !self.is_deed() {
            return None;
        }
        let objects = self.anchors().flat_map(|a| self.objects(a));
        let suffered = self.act.recipients.iter().map(|p| p.head);
        let places = |o: usize| self.around(o).into_iter().chain(self.town(o)).collect::<Vec<_>>();
        self.finest(objects.flat_map(places)).or_else(|| self.finest(suffered.flat_map(|o| self.around(o))))
    }

    /// What a word is done to, with what is coordinated.
    fn objects(&self, word: usize) -> Vec<usize> {
        let tree = self.scene.tree;
        let nouns = ["of", "on", "against", "over"].into_iter().flat_map(|w| prepositional(tree, word, w));
        logical_object(tree, word).into_iter().chain(nouns).flat_map(|o| tree.conjuncts(o)).collect()
    }

    /// "sent troops to Klow", "marched into Klow".
    fn whither(&self) -> Option<&'t Toponym> {
        let class = self.act.class.split('.').next();
        let moves = matches!(
            class,
            Some("visit" | "mobilize" | "attack" | "territory" | "aid" | "deport" | "protest")
        );
        self.anchors().filter(|_| moves && self.is_deed()).find_map(|a| self.behind(a, &WHITHER).next())
    }

    /// "withdrew from Klow", "kidnapped two men from Klow".
    fn whence(&self) -> Option<&'t Toponym> {
        let tree = self.scene.tree;
        let words = self.anchors().filter(|_| self.is_deed()).flat_map(|a| {
            std::iter::once(a).chain(logical_object(tree, a).into_iter().filter(move |&o| tree.under(o, a)))
        });
        let left = words.flat_map(|w| self.behind(w, &["from"]));
        left.into_iter().find(|t| t.used == Use::Place)
    }

    /// Whoever is invaded or visited is so at home.
    fn ground(&self) -> Option<&'t Toponym> {
        let at_home = matches!(self.act.class.split('.').next(), Some("attack" | "visit" | "territory"));
        let host =
            self.act.recipients.iter().find(|p| at_home && matches!(p.kind, Kind::State | Kind::Place))?;
        self.toponyms.at(host.head).next()
    }

    /// "gathered in Klow and burned flags", "shelled Klow, killing ten": what is done beside it was done there.
    fn shared(&self) -> Option<&'t Toponym> {
        let tree = self.scene.tree;
        let anchor = self.act.carrier.unwrap_or(self.act.token);
        let own_subject = tree.has(anchor, &["nsubj", "nsubjpass"]);
        let beside =
            matches!(tree.dep(anchor), "conj" | "advcl" | "xcomp") && tree.is_verb(anchor) && !own_subject;
        let above = tree.head(anchor).filter(|h| self.is_deed() && beside && tree.is_verb(*h))?;
        let objects = || self.objects(above).into_iter().find_map(|o| self.town(o));
        self.finest(self.around(above)).or_else(objects)
    }

    /// "police in Klow arrested": those who do something do it where they are.
    fn subject(&self) -> Option<&'t Toponym> {
        let tree = self.scene.tree;
        let subjects = self.anchors().filter(|_| self.is_deed()).flat_map(|a| logical_subject(tree, a));
        self.finest(subjects.flat_map(|s| self.around(s)))
    }

    /// Whether it is done and not said.
    fn is_deed(&self) -> bool {
        let category = cameo(&self.act.cameo).and_then(|c| c.category);
        category.is_some_and(|c| matches!(c.quad(), 2 | 4)) || self.act.class.starts_with("protest")
    }

    /// The toponyms that say where a word is: "in Klow", "east of Klow".
    fn around(&self, word: usize) -> Vec<&'t Toponym> {
        let tree = self.scene.tree;
        let directions = tree.by_dep(word, &["advmod", "npadvmod"]).filter(|&a| is_direction(tree.text(a)));
        let off = directions.flat_map(|a| self.behind(a, &["of", "from"]).collect::<Vec<_>>());
        self.behind(word, &WHERE).chain(off).collect()
    }

    /// The places in prepositional phrases that hang on a word.
    fn behind<'s>(
        &'s self,
        word: usize,
        prepositions: &'s [&'s str],
    ) -> impl Iterator<Item = &'t Toponym> + 's {
        let objects = prepositions.iter().flat_map(move |w| prepositional(self.scene.tree, word, w));
        objects.filter_map(|o| self.located(o))
    }

    /// The toponym that a phrase is headed by or of: "Klow", "the town of Klow", "the Klow area".
    fn located(&self, head: usize) -> Option<&'t Toponym> {
        let tree = self.scene.tree;
        let inside = || tree.by_dep(head, &["compound", "nmod", "appos"]).find_map(|t| self.at(t));
        let owner = || tree.by_dep(head, &["poss"]).find_map(|t| self.at(t));
        let of = || prepositional(tree, head, "of").into_iter().find_map(|t| self.at(t));
        let further = || {
            let further = ["in", "near", "outside"].into_iter().flat_map(|w| prepositional(tree, head, w));
            further.into_iter().find_map(|o| self.at(o))
        };
        self.at(head).or_else(inside).or_else(of).or_else(further).or_else(owner)
    }

    /// A town or region as the thing that something is done to, or what it is called after: "the port of Klow".
    fn town(&self, object: usize) -> Option<&'t Toponym> {
        let of = || prepositional(self.scene.tree, object, "of").into_iter().find_map(|t| self.at(t));
        self.at(object).or_else(of)
    }

    fn at(&self, token: usize) -> Option<&'t Toponym> {
        let stands_for_it = |t: &&Toponym| !matches!(t.used, Use::Adjective | Use::Dateline);
        self.toponyms.at(token).find(stands_for_it)
    }

    /// The most exact of several places, the first of those that are equally so.
    fn finest(&self, places: impl IntoIterator<Item = &'t Toponym>) -> Option<&'t Toponym> {
        places
            .into_iter()
            .min_by_key(|t| t.place().map_or(Coarse::Unknown, |id| coarse(self.gazetteer.place(id).level)))
    }
}

/// How coarse a place is, the finest first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Coarse {
    Town,
    Unknown,
    Division,
    Country,
}

fn coarse(level: Level) -> Coarse {
    match level {
        Level::City | Level::Site => Coarse::Town,
        Level::District | Level::Province | Level::Area => Coarse::Division,
        Level::Country => Coarse::Country,
    }
}

fn is_direction(word: &str) -> bool {
    PLACE_COMPASS.iter().any(|c| c.eq_ignore_ascii_case(word))
}
