//! Scores of what a parser may do next, from the tokens that its state points to
//! (spaCy's `TransitionBasedParser` with a precomputed first layer).

use super::expect_shape;
use crate::error::{Error, unsupported};
use crate::kernel::{Affine, Buffer, InstructionSet, MOST_HIDDEN, MOST_INPUTS, PIECES, Rows, StateLayer};
use crate::model_files::NetworkFile;

/// Tokens whose features are computed together.
const BLOCK: usize = 256;

/// Blocks of features that are kept: those of texts up to 6,144 tokens. A parser seldom looks further back.
const MOST_BLOCKS: usize = 24;

/// Most tokens that a state points to.
pub(crate) const MOST_FEATURES: usize = 13;

/// The network of a parser or entity recogniser, without its encoder.
#[derive(Debug)]
pub(crate) struct StateNetwork {
    project: Affine,
    lower: Affine,
    /// Features of a token that is not there.
    missing: Buffer,
    layer: StateLayer,
    features: usize,
    inputs: usize,
}

impl StateNetwork {
    /// Reads the network of `component`, which has `classes` moves and gets vectors of `width` numbers.
    pub(crate) fn load(
        set: InstructionSet,
        component: &str,
        file: &NetworkFile,
        width: usize,
        classes: usize,
    ) -> Result<StateNetwork, Error> {
        if file.count("linear") != 2 || file.count("precomputable_affine") != 1 {
            return Err(unsupported(component, "its network is not the usual one with an upper layer"));
        }
        let (project, narrow) = load_projection(set, component, file, width)?;
        let (shape, weights) = file.array("precomputable_affine", 0, "W")?;
        let [features, units, pieces, _] = shape;
        expect_shape(file, "precomputable_affine 0, W", shape, [features, units, pieces, narrow])?;
        let (shape, bias) = file.array("precomputable_affine", 0, "b")?;
        expect_shape(file, "precomputable_affine 0, b", shape, [units, pieces])?;
        let (shape, pad) = file.array("precomputable_affine", 0, "pad")?;
        expect_shape(file, "precomputable_affine 0, pad", shape, [1, features, units, pieces])?;
        if !PIECES.contains(&pieces) || units == 0 || units > MOST_HIDDEN || features > MOST_FEATURES {
            return Err(unsupported(component, format!("its hidden layer has the shape {shape:?}")));
        }
        let (shape, upper) = file.array("linear", 0, "W")?;
        expect_shape(file, "linear 0, W", shape, [classes, units])?;
        let (shape, upper_bias) = file.array("linear", 0, "b")?;
        expect_shape(file, "linear 0, b", shape, [classes])?;
        let layer = StateLayer::new(set, &bias, pieces, &upper, &upper_bias);
        let shape = Shape { features, units, pieces, hidden: layer.hidden() };
        let lower = Affine::new(set, &shape.spread(&weights, narrow), &vec![0.0; shape.columns()], narrow);
        let mut missing = Buffer::zeros(shape.columns());
        missing[..shape.columns()].copy_from_slice(&shape.spread(&pad, 1));
        Ok(StateNetwork { project, lower, missing, layer, features, inputs: width })
    }

    /// Tokens that a state points to.
    pub(crate) fn features(&self) -> usize {
        self.features
    }

    /// Length of a mask of classes.
    pub(crate) fn mask_length(&self) -> usize {
        self.layer.mask_length()
    }
}

fn load_projection(
    set: InstructionSet,
    component: &str,
    file: &NetworkFile,
    width: usize,
) -> Result<(Affine, usize), Error> {
    let (shape, weights) = file.array("linear", 1, "W")?;
    let narrow = shape[0];
    expect_shape(file, "linear 1, W", shape, [narrow, width])?;
    let (shape, bias) = file.array("linear", 1, "b")?;
    expect_shape(file, "linear 1, b", shape, [narrow])?;
    if width > MOST_INPUTS || narrow > MOST_INPUTS {
        return Err(unsupported(component, format!("its input layer is {narrow} by {width}")));
    }
    Ok((Affine::new(set, &weights, &bias, width), narrow))
}

struct Shape {
    features: usize,
    units: usize,
    pieces: usize,
    hidden: usize,
}

impl Shape {
    fn columns(&self) -> usize {
        self.features * self.pieces * self.hidden
    }

    /// Brings rows (feature, unit, piece) into the order (feature, piece, unit), units padded with zeros.
    fn spread(&self, rows: &[f32], width: usize) -> Vec<f32> {
        let mut spread = vec![0.0; self.columns() * width];
        for (i, row) in rows.chunks_exact(width.max(1)).enumerate() {
            let (piece, unit) = (i % self.pieces, i / self.pieces % self.units);
            let feature = i / self.pieces / self.units;
            let to = (feature * self.pieces + piece) * self.hidden + unit;
            spread[to * width..(to + 1) * width].copy_from_slice(row);
        }
        spread
    }
}

/// Features of the tokens of one text, computed in blocks as a parser asks for them.
#[derive(Debug, Default)]
pub(crate) struct Features {
    /// Projected vectors of all tokens.
    narrow: Buffer,
    count: usize,
    /// Place in `pool` of each block of tokens, or [`ABSENT`].
    places: Vec<u32>,
    /// Block of tokens at each place.
    owners: Vec<u32>,
    pool: Buffer,
    next: usize,
}

const ABSENT: u32 = u32::MAX;

impl Features {
    /// Begins a text of `count` tokens whose vectors are the rows of `x`.
    pub(crate) fn begin(&mut self, network: &StateNetwork, x: &[f32], count: usize) {
        self.narrow.grow(count * network.project.columns());
        network.project.apply(Rows::new(x, network.inputs, count), &mut self.narrow);
        self.count = count;
        self.places.clear();
        self.places.resize(count.div_ceil(BLOCK), ABSENT);
        self.owners.clear();
        self.next = 0;
    }

    /// The best of the classes that `mask` allows, for a state that points to `tokens`; -1 points to none.
    pub(crate) fn best(&mut self, network: &StateNetwork, tokens: &[i32], mask: &[f32]) -> usize {
        self.prepare(network, tokens);
        let length = network.layer.feature_length();
        let mut features = [&[][..]; MOST_FEATURES];
        for (i, (feature, &token)) in features.iter_mut().zip(tokens).enumerate() {
            let all = match usize::try_from(token) {
                Ok(token) => self.row(network, token),
                Err(_) => &network.missing,
            };
            *feature = &all[i * length..(i + 1) * length];
        }
        let best = network.layer.best(&features[..tokens.len()], mask);
        // Only weights without sense, whose scores are no numbers, can lead to a class that is not allowed.
        if mask[best] == 0.0 { best } else { mask.iter().position(|&m| m == 0.0).unwrap_or(0) }
    }

    fn row(&self, network: &StateNetwork, token: usize) -> &[f32] {
        let place = self.places[token / BLOCK] as usize * BLOCK + token % BLOCK;
        &self.pool[place * network.lower.columns()..]
    }

    /// Makes sure that the blocks of all `tokens` are there. A block that comes in may push out one that
    /// is asked for too, but not again in the next round: there are more places than tokens.
    fn prepare(&mut self, network: &StateNetwork, tokens: &[i32]) {
        let mut complete = false;
        while !complete {
            complete = true;
            for &token in tokens.iter().filter(|&&token| token >= 0) {
                let block = token as usize / BLOCK;
                if self.places[block] == ABSENT {
                    self.compute(network, block);
                    complete = false;
                }
            }
        }
    }

    fn compute(&mut self, network: &StateNetwork, block: usize) {
        let place = self.take_place(block);
        let (columns, stride) = (network.lower.columns(), network.project.columns());
        let first = block * BLOCK;
        let count = BLOCK.min(self.count - first);
        self.pool.grow((place * BLOCK + count) * columns);
        let rows = Rows::new(&self.narrow[first * stride..], stride, count);
        network.lower.apply(rows, &mut self.pool[place * BLOCK * columns..]);
    }

    fn take_place(&mut self, block: usize) -> usize {
        let place = self.next % MOST_BLOCKS;
        self.next += 1;
        match self.owners.get_mut(place) {
            Some(owner) => {
                self.places[*owner as usize] = ABSENT;
                *owner = block as u32;
            }
            None => self.owners.push(block as u32),
        }
        self.places[block] = place as u32;
        place
    }
}
