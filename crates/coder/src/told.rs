//! The acts that a document has told so far, by sentence, kind and parties, so that each new one is compared with few.

use std::collections::{BTreeSet, HashMap};

use crate::actors::Party;
use crate::acts::Act;
use crate::dates::When;
use crate::predicates::Scene;

/// The acts told so far with their dates, in text order.
#[derive(Debug, Default)]
pub struct Told {
    /// All of them.
    pub acts: Vec<(Act, When)>,
    /// The last act of a kind between the same parties that has a date of its own.
    same: HashMap<Same, usize>,
    /// The last encounter that has one.
    encounter: Option<usize>,
    /// Codes of the parties of the acts of a class, each two lists once.
    sides: HashMap<String, BTreeSet<[Vec<Option<String>>; 2]>>,
}

/// What acts have in common that are taken for one.
type Same = (Option<(String, String)>, Vec<[Option<String>; 2]>, Vec<[Option<String>; 2]>);

impl Told {
    /// Adds an act.
    pub fn push(&mut self, act: Act, when: When) {
        let number = self.acts.len();
        if when.own {
            self.same.insert(key(&act), number);
            if is_encounter(&act.class) && when.days.is_some() {
                self.encounter = Some(number);
            }
        }
        let sides = [&act.actors, &act.recipients].map(|p| codes(p));
        self.sides.entry(act.class.clone()).or_default().insert(sides);
        self.acts.push((act, when));
    }

    /// Numbers of the acts of a token's sentence, the last first.
    pub fn in_sentence(&self, scene: &Scene, token: usize) -> impl Iterator<Item = usize> + use<> {
        let sentence = &scene.tree.sentences()[scene.tree.sentence(token)];
        let before = |at: usize| self.acts.partition_point(|(a, _)| a.token < at);
        (before(sentence.start)..before(sentence.end)).rev()
    }

    /// The date of the same act between the same actors; people meet often, so only the same people by name make the same
    /// meeting.
    pub fn same(&self, act: &Act) -> Option<&When> {
        let (kind, actors, recipients) = key(act);
        let turned = is_encounter(&act.class)
            .then(|| self.same.get(&(kind.clone(), recipients.clone(), actors.clone())).copied())
            .flatten();
        let last = self.same.get(&(kind, actors, recipients)).copied().max(turned)?;
        Some(&self.acts[last].1)
    }

    /// The last encounter that has days of its own.
    pub fn encounter(&self) -> Option<usize> {
        self.encounter
    }

    /// Whether an act of that class was told whose parties are of all these codes.
    pub fn has_parties(&self, class: &str, actors: &[Party], recipients: &[Party]) -> bool {
        let within = |some: &[Party], all: &[Option<String>]| some.iter().all(|p| all.contains(&p.code));
        let mut sides = self.sides.get(class).into_iter().flatten();
        sides.any(|[first, second]| within(actors, first) && within(recipients, second))
    }
}

/// Whether people come together in acts of that class.
pub fn is_encounter(class: &str) -> bool {
    matches!(class, "meet" | "visit" | "negotiate")
}

/// A class may hold several sorts of act: to sign and to praise are both diplomacy. Encounters are told in many ways.
fn key(act: &Act) -> Same {
    let encounter = is_encounter(&act.class);
    let kind = (!encounter).then(|| (act.class.clone(), act.cameo.clone()));
    let by_name = |p: &Party| [p.code.clone(), p.name.clone()];
    let by_sector = |p: &Party| [p.code.clone(), p.sector.clone()];
    let by_state = |p: &Party| [p.code.clone(), None];
    let list = |parties: &[Party], of: fn(&Party) -> [Option<String>; 2]| parties.iter().map(of).collect();
    if encounter {
        (kind, list(&act.actors, by_name), list(&act.recipients, by_name))
    } else {
        (kind, list(&act.actors, by_sector), list(&act.recipients, by_state))
    }
}

fn codes(parties: &[Party]) -> Vec<Option<String>> {
    let mut codes: Vec<Option<String>> = parties.iter().map(|p| p.code.clone()).collect();
    codes.sort();
    codes.dedup();
    codes
}
