//! Named entities: one move for each token, begin, in, last, unit or out (spaCy's `EntityRecognizer`).

use crate::annotation::Entity;
use crate::error::{Error, damaged, unsupported};
use crate::kernel::InstructionSet;
use crate::model_files::{ModelFiles, NetworkFile};
use crate::network::{Features, StateNetwork};
use crate::transitions::{Masks, Move, read_moves};

const BEGIN: usize = 1;
const IN: usize = 2;
const LAST: usize = 3;
const UNIT: usize = 4;
const OUT: usize = 5;

/// Sets of moves while no entity is open: on a space, where no entity may go on, and elsewhere. Then there are
/// two for each label of an open entity: where it may not go on, and where it may.
const ON_SPACE: usize = 0;
const BEFORE_END: usize = 1;
const ANYWHERE: usize = 2;

/// Finds named entities.
#[derive(Debug)]
pub(crate) struct EntityRecognizer {
    network: StateNetwork,
    moves: Vec<(usize, usize)>,
    masks: Masks,
    /// Sets that have no move at all.
    is_stuck: Vec<bool>,
    labels: Vec<&'static str>,
}

impl EntityRecognizer {
    /// Reads the recogniser, which gets vectors of `width` numbers; `file` is `ner/model`.
    pub(crate) fn load(
        set: InstructionSet,
        files: &ModelFiles,
        file: &NetworkFile,
        width: usize,
    ) -> Result<EntityRecognizer, Error> {
        let moves = read_moves(files, "ner")?;
        if moves.iter().any(|m| m.kind > OUT) {
            return Err(damaged("ner/moves", "moves", "it has moves that are none of an entity recogniser"));
        }
        let network = StateNetwork::load(set, "ner", file, width, moves.len())?;
        if !matches!(network.features(), 3 | 6) {
            return Err(unsupported("ner", format!("its states have {} features", network.features())));
        }
        Ok(EntityRecognizer::new(network, &moves))
    }

    fn new(network: StateNetwork, moves: &[Move]) -> EntityRecognizer {
        let mut labels: Vec<_> = moves.iter().map(|m| m.label).filter(|l| !l.is_empty()).collect();
        labels.sort_unstable();
        labels.dedup();
        let allows = |set: usize, m: Move| is_allowed(set, m, &labels);
        let sets = ANYWHERE + 1 + 2 * labels.len();
        let is_stuck = (0..sets).map(|set| !moves.iter().any(|&m| allows(set, m))).collect();
        let masks = Masks::new(sets, network.mask_length(), moves, allows);
        let label = |m: &Move| labels.iter().position(|&label| label == m.label).unwrap_or(0);
        let moves = moves.iter().map(|m| (m.kind, label(m))).collect();
        EntityRecognizer { network, moves, masks, is_stuck, labels }
    }

    /// Finds the entities of a text whose tokens' vectors are the rows of `x`. `is_space` says which tokens are
    /// white space, `starts` which begin a sentence: no entity goes across.
    pub(crate) fn find(
        &self,
        x: &[f32],
        is_space: &[bool],
        starts: &[bool],
        features: &mut Features,
    ) -> Vec<Entity> {
        features.begin(&self.network, x, is_space.len());
        let mut entities = Vec::new();
        let mut open = None;
        let mut pointed = [-1; 6];
        for (token, &is_space) in is_space.iter().enumerate() {
            let ends = starts.get(token + 1).is_none_or(|&starts| starts);
            let set = moves_after(open, is_space, ends);
            if self.is_stuck[set] {
                break;
            }
            let pointed = point(token, open, &mut pointed[..self.network.features()]);
            let (kind, label) = self.moves[features.best(&self.network, pointed, self.masks.of(set))];
            match (kind, open) {
                (BEGIN, _) => open = Some((token, label)),
                (UNIT, _) => entities.push(self.entity(token, token, label)),
                (LAST, Some((first, label))) => {
                    entities.push(self.entity(first, token, label));
                    open = None;
                }
                _ => {}
            }
        }
        entities
    }

    fn entity(&self, first: usize, last: usize, label: usize) -> Entity {
        Entity { tokens: first..last + 1, label: self.labels[label] }
    }
}

fn moves_after(open: Option<(usize, usize)>, is_space: bool, ends: bool) -> usize {
    match open {
        Some((_, label)) => ANYWHERE + 1 + 2 * label + usize::from(!ends),
        None if is_space => ON_SPACE,
        None if ends => BEFORE_END,
        None => ANYWHERE,
    }
}

fn is_allowed(set: usize, m: Move, labels: &[&str]) -> bool {
    let Some(inside) = set.checked_sub(ANYWHERE + 1) else {
        return match m.kind {
            OUT => true,
            UNIT => set != ON_SPACE && !m.label.is_empty(),
            BEGIN => set == ANYWHERE && !m.label.is_empty(),
            _ => false,
        };
    };
    let may_go_on = inside % 2 == 1;
    m.label == labels[inside / 2] && (m.kind == LAST || m.kind == IN && may_go_on)
}

/// The tokens that the network looks at: the next one, then the first of the open entity and the one before the
/// next (3), or the entity's first tokens (6).
fn point(token: usize, open: Option<(usize, usize)>, pointed: &mut [i32]) -> &[i32] {
    pointed.fill(-1);
    pointed[0] = token as i32;
    if let Some((first, _)) = open {
        if pointed.len() == 3 {
            (pointed[1], pointed[2]) = (first as i32, token as i32 - 1);
        } else {
            for (pointed, inside) in pointed[1..].iter_mut().zip(first..token) {
                *pointed = inside as i32;
            }
        }
    }
    pointed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_do_not_begin_on_spaces_nor_cross_sentences() {
        let labels = ["GPE", "ORG"];
        let allows = |set, kind, label| is_allowed(set, Move { kind, label }, &labels);
        assert!(!allows(moves_after(None, true, false), UNIT, "GPE"));
        assert!(allows(moves_after(None, true, false), OUT, ""));
        assert!(!allows(moves_after(None, false, true), BEGIN, "GPE"));
        assert!(allows(moves_after(None, false, true), UNIT, "ORG"));
        assert!(!allows(moves_after(None, false, false), UNIT, ""));
        let open = moves_after(Some((0, 1)), false, false);
        assert!(allows(open, IN, "ORG") && allows(open, LAST, "ORG"));
        assert!(!allows(open, IN, "GPE") && !allows(open, OUT, ""));
        assert!(!allows(moves_after(Some((0, 1)), true, true), IN, "ORG"));
    }

    #[test]
    fn points_to_the_open_entity() {
        assert_eq!(point(7, None, &mut [0; 3]), [7, -1, -1]);
        assert_eq!(point(7, Some((5, 0)), &mut [0; 3]), [7, 5, 6]);
        assert_eq!(point(7, Some((4, 0)), &mut [0; 6]), [7, 4, 5, 6, -1, -1]);
    }
}
