//! What an act is as its own clause presents it: a plain future is an agreement or a threat, a will not to is a refusal.

use crate::actors::Party;
use crate::acts::Act;
use crate::outlook::Outlook;
use crate::predicates::Scene;
use crate::quotes::Attributions;
use crate::rules::Composed;
use chancery_ontology::{Category, cameo};

/// The act, and what is left of its outlook, with "will" and "will not" read as CAMEO reads them: it has codes of their own
/// for who is to do something (agreement or threat) and for who declines to.
pub fn presented(scene: &Scene, said: &Attributions, act: &Act, outlook: &Outlook) -> (Act, Outlook) {
    // A promise, demand, refusal or threat is made now, whatever is said of what it is about.
    let verbal = ["promise", "request", "refusal", "threat", "statement"];
    if act.scored.is_some() || act.rules.len() > 1 && verbal.iter().any(|v| act.class.starts_with(v)) {
        return (act.clone(), outlook.clone());
    }
    let own = || is_own_word(scene, said, act, outlook);
    if outlook.negated && outlook.will && own() {
        if let Some(row) = row(scene, "refuse", act) {
            let left = Outlook { negated: false, future: false, will: false, ..outlook.clone() };
            return (composed(act, row), left);
        }
    } else if outlook.future
        && !outlook.negated
        && let Some(row) = row(scene, "future", act)
        && (!is_threat(row) || own())
    {
        // A threat with a condition is made all the same.
        let made = is_threat(row) && outlook.conditional;
        return (
            composed(act, row),
            Outlook { hypothetical: outlook.hypothetical && !made, ..outlook.clone() },
        );
    }
    (act.clone(), outlook.clone())
}

fn row<'s>(scene: &Scene<'s>, operator: &str, act: &Act) -> Option<&'s Composed> {
    scene.lexicon.compose(operator, &act.class).filter(|row| cameo(&row.cameo).is_some())
}

fn composed(act: &Act, row: &Composed) -> Act {
    Act { cameo: row.cameo.clone(), modes: row.mode.iter().cloned().collect(), ..act.clone() }
}

fn is_threat(row: &Composed) -> bool {
    cameo(&row.cameo).is_some_and(|c| c.category == Some(Category::Threaten))
}

/// Whether who is to do it says so, or nobody does: what others foresee, plan or fear is no threat.
fn is_own_word(scene: &Scene, said: &Attributions, act: &Act, outlook: &Outlook) -> bool {
    let around = said.around(act.token).map(|at| &said.said[at]);
    let speakers: Vec<Party> =
        around.filter_map(|s| s.source).flat_map(|s| scene.cast.parties_or_owners(s)).collect();
    // A condition that nobody sets is a forecast.
    outlook.will
        && (!outlook.hypothetical || outlook.conditional && !speakers.is_empty())
        && (speakers.is_empty() || speakers.iter().any(|s| act.actors.iter().any(|a| a.code == s.code)))
}
