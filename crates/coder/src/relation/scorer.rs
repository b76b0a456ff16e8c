//! A linear scorer for pairs that no rule joins: what sentences written for the purpose teach about the words between and around two parties.
//!
//! Multinomial logistic regression over hashed features. Its weights are `data/scorer/weights.bin`, made by the example program
//! `train` from the sentences beside them; `data/scorer/README.md` is its card.

use std::fmt;

/// Weights of all labels for each feature, read in place.
#[derive(Clone, Copy)]
pub struct Scorer<'b> {
    hashes: &'b [u8],
    weights: &'b [u8],
    scales: &'b [u8],
    count: usize,
}

/// What begins a file of weights.
pub const MAGIC: &[u8; 4] = b"CSC1";

/// Labels of the scorer: PLOVER's categories, those codes that its conversion tables disagree on, and none.
pub const LABELS: [&str; 21] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "embargo",
    "convict",
    "territory",
    "cyber",
    "NONE",
];

/// The weights that the program carries.
static EMBEDDED: &[u8] = include_bytes!("../../../../data/scorer/weights.bin");

impl Scorer<'static> {
    /// The scorer that the program carries.
    pub fn embedded() -> Scorer<'static> {
        Scorer::read(EMBEDDED).unwrap_or(Scorer { hashes: &[], weights: &[], scales: &[], count: 0 })
    }
}

impl<'b> Scorer<'b> {
    /// Weights as [`write()`] lays them out; `None` if the bytes are none.
    pub fn read(bytes: &'b [u8]) -> Option<Scorer<'b>> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (scales, rest) = rest.split_at_checked(4 * LABELS.len())?;
        let (hashes, weights) = rest.split_at_checked(4 * count)?;
        (weights.len() == count * LABELS.len()).then_some(Scorer { hashes, weights, scales, count })
    }

    /// How probable each of [`LABELS`] is.
    pub fn score(&self, features: &[u32]) -> [f32; LABELS.len()] {
        let mut sums = [0f32; LABELS.len()];
        for &feature in features {
            let Some(row) = self.row(feature) else { continue };
            let weights = &self.weights[row * LABELS.len()..(row + 1) * LABELS.len()];
            sums.iter_mut().zip(weights).for_each(|(sum, &w)| *sum += f32::from(w as i8));
        }
        let share = share(features.len());
        for (sum, scale) in sums.iter_mut().zip(self.scales.chunks_exact(4)) {
            *sum *= share * f32::from_le_bytes([scale[0], scale[1], scale[2], scale[3]]);
        }
        softmax(sums)
    }

    fn row(&self, feature: u32) -> Option<usize> {
        let at = |i: usize| {
            let h = &self.hashes[4 * i..4 * i + 4];
            u32::from_le_bytes([h[0], h[1], h[2], h[3]])
        };
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = (low + high) / 2;
            match at(middle).cmp(&feature) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

impl fmt::Debug for Scorer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scorer({} features)", self.count)
    }
}

/// How much one of so many features counts: together they are as long as ten, whatever their number.
pub fn share(features: usize) -> f32 {
    10.0 / (features.max(1) as f32).sqrt()
}

fn softmax(mut sums: [f32; LABELS.len()]) -> [f32; LABELS.len()] {
    let most = sums.iter().copied().fold(f32::MIN, f32::max);
    sums.iter_mut().for_each(|s| *s = (*s - most).exp());
    let all: f32 = sums.iter().sum();
    sums.map(|s| s / all)
}

/// Lays weights out: sorted hashes, a byte a weight, a scale a label.
pub fn write(rows: &[(u32, [f32; LABELS.len()])]) -> Vec<u8> {
    let mut most = [1e-6f32; LABELS.len()];
    for (_, weights) in rows {
        most.iter_mut().zip(weights).for_each(|(m, w)| *m = m.max(w.abs()));
    }
    let mut bytes = MAGIC.to_vec();
    bytes.extend((rows.len() as u32).to_le_bytes());
    bytes.extend(most.iter().flat_map(|m| (m / 127.0).to_le_bytes()));
    bytes.extend(rows.iter().flat_map(|(hash, _)| hash.to_le_bytes()));
    let packed = |(_, weights): &(u32, [f32; LABELS.len()])| -> Vec<u8> {
        weights.iter().zip(&most).map(|(w, m)| (w / m * 127.0).round() as i8 as u8).collect()
    };
    bytes.extend(rows.iter().flat_map(packed));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_survive_packing() {
        let mut row = [0f32; LABELS.len()];
        row[2] = 3.0;
        row[5] = -1.5;
        let bytes = write(&[(7, row), (9, [0.0; LABELS.len()])]);
        let scorer = Scorer::read(&bytes).unwrap();
        let scores = scorer.score(&[7, 8]);
        assert!(scores[2] > 0.5 && scores[5] < scores[0]);
        let even = scorer.score(&[8]);
        assert!(even.iter().all(|s| (s - even[0]).abs() < 1e-6), "what no weight knows decides nothing");
        assert!(Scorer::read(&bytes[..20]).is_none() && Scorer::read(b"nothing").is_none());
    }
}
