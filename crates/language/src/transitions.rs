//! The moves of a parser or entity recogniser, in the order of its network's classes.

use crate::error::{Error, damaged};
use crate::labels::label;
use crate::model_files::{ModelFiles, decode, get, text};

/// A kind of move and the label that it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Move {
    /// Number of the kind, in the order in which spaCy has them.
    pub(crate) kind: usize,
    /// The label; empty for kinds without one.
    pub(crate) label: &'static str,
}

/// Reads `<component>/moves`.
///
/// Classes go by kind, and in a kind by falling frequency and then by falling label; those with negative
/// frequencies were added later and come last (`spacy/pipeline/_parser_internals/transition_system.pyx`).
pub(crate) fn read_moves(files: &ModelFiles, component: &str) -> Result<Vec<Move>, Error> {
    let name = format!("{component}/moves");
    let bytes = files.read(&name)?;
    let root = decode(&name, &bytes)?;
    let json = get(&root, "moves").and_then(text);
    let json = json.ok_or_else(|| damaged(&name, "moves", "it is not a string"))?;
    let table = serde_json::from_str(json).map_err(|e| damaged(&name, "moves", e))?;
    order_moves(&table).ok_or_else(|| damaged(&name, "moves", "it is not a map from moves to labels"))
}

fn order_moves(table: &serde_json::Value) -> Option<Vec<Move>> {
    let mut seen = Vec::new();
    for (kind, labels) in table.as_object()? {
        let kind: usize = kind.parse().ok()?;
        for (text, frequency) in labels.as_object()? {
            seen.push((kind, frequency.as_i64()?, label(text)));
        }
    }
    let added_later = |frequency: i64| frequency < 0;
    seen.sort_by(|a, b| {
        let group = added_later(a.1).cmp(&added_later(b.1));
        let by_kind = if added_later(a.1) { std::cmp::Ordering::Equal } else { a.0.cmp(&b.0) };
        group.then(by_kind).then(b.1.cmp(&a.1)).then(b.2.cmp(a.2)).then(a.0.cmp(&b.0))
    });
    Some(seen.into_iter().map(|(kind, _, label)| Move { kind, label }).collect())
}

/// For every set of allowed moves, what a network adds to its classes' scores: 0, or minus infinity.
#[derive(Debug)]
pub(crate) struct Masks {
    length: usize,
    masks: Vec<f32>,
}

impl Masks {
    /// One mask for each of `count` sets; `allowed(set, move)` says whether the set has the move.
    pub(crate) fn new(
        count: usize,
        length: usize,
        moves: &[Move],
        allowed: impl Fn(usize, Move) -> bool,
    ) -> Masks {
        let mut masks = vec![f32::NEG_INFINITY; count * length];
        for set in 0..count {
            for (class, &a_move) in moves.iter().enumerate() {
                if allowed(set, a_move) {
                    masks[set * length + class] = 0.0;
                }
            }
        }
        Masks { length, masks }
    }

    /// The mask of a set.
    pub(crate) fn of(&self, set: usize) -> &[f32] {
        &self.masks[set * self.length..(set + 1) * self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_classes_as_spacy_does() {
        let table = r#"{"1": {"": 5}, "0": {"b": 2, "a": 2, "c": -1, "z": 9}, "2": {"d": -2, "e": 1}}"#;
        let moves = order_moves(&serde_json::from_str(table).unwrap()).unwrap();
        let found: Vec<_> = moves.iter().map(|m| (m.kind, m.label)).collect();
        assert_eq!(found, [(0, "z"), (0, "b"), (0, "a"), (1, ""), (2, "e"), (0, "c"), (2, "d")]);
    }

    #[test]
    fn masks_forbid_what_a_set_lacks() {
        let moves = [Move { kind: 0, label: "" }, Move { kind: 1, label: "" }];
        let masks = Masks::new(2, 3, &moves, |set, m| m.kind == set);
        assert_eq!(masks.of(1), [f32::NEG_INFINITY, 0.0, f32::NEG_INFINITY]);
    }
}
