//! Vectors of tokens in their context: residual convolutions over neighbours (spaCy's `MaxoutWindowEncoder`).

use std::sync::Arc;

use super::embedding::{check_maxout, load_norm};
use super::{Embedding, PAD, Vectors, expect_shape};
use crate::error::{Error, unsupported};
use crate::kernel::{
    Affine, Buffer, InstructionSet, LANES, MOST_WIDTH, Parts, Rows, SummedMaxout, WindowMaxout,
};
use crate::lexeme::Vocabulary;
use crate::model_files::NetworkFile;

/// Word types that a cache keeps at most. At width 96 one takes 4 kB.
const MOST_SLOTS: usize = 6144;

/// Rows of the first layer that are worked on together, few enough for their word types to fit the cache.
const FIRST_LAYER_ROWS: usize = 2048;

/// Word types that are embedded together.
const EMBEDDED_TOGETHER: usize = 64;

/// Embeds tokens and lets them see their neighbours.
///
/// The first convolution is a sum of three products, each of one word type, so they are kept with the word
/// type's vector. They are added in one order whether they were kept or just computed: what a cache holds
/// never changes a result.
#[derive(Debug)]
pub(crate) struct Encoder {
    embedding: Embedding,
    parts: Affine,
    first: SummedMaxout,
    layers: Vec<WindowMaxout>,
    pieces: usize,
}

/// What a worker keeps of the word types that it has met, for one encoder.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    slots: Buffer,
    /// Slot by key; 0 where there is none.
    by_key: Vec<u32>,
    used: usize,
    missing: Vec<u32>,
}

/// Room for the layers' rows.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    rows: Buffer,
    other: Buffer,
}

/// Where the tokens of some texts stand among the rows of an encoder: padded, so that texts do not see each
/// other, and each beginning at an even row, so that they are computed alike wherever they stand.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// Key of each row, [`PAD`] where there is no token.
    pub(crate) keys: Vec<u32>,
    /// First row of each text.
    pub(crate) starts: Vec<usize>,
}

impl Layout {
    /// Empties the layout.
    pub(crate) fn clear(&mut self) {
        self.keys.clear();
        self.starts.clear();
    }

    /// Adds a text after at least `padding` empty rows.
    pub(crate) fn push(&mut self, padding: usize, keys: impl Iterator<Item = u32>) {
        let start = (self.keys.len() + padding).next_multiple_of(2);
        self.keys.resize(start, PAD);
        self.starts.push(start);
        self.keys.extend(keys);
    }

    /// Adds the empty rows after the last text.
    pub(crate) fn finish(&mut self, padding: usize) {
        let end = (self.keys.len() + padding).next_multiple_of(2);
        self.keys.resize(end, PAD);
    }
}

impl Encoder {
    /// Reads the encoder in `component`'s network.
    pub(crate) fn load(
        set: InstructionSet,
        component: &str,
        file: &NetworkFile,
        vectors: Option<&Arc<Vectors>>,
    ) -> Result<Encoder, Error> {
        let embedding = Embedding::load(set, component, file, vectors)?;
        let width = embedding.width();
        let depth = file.count("expand_window");
        check_windows(component, file, depth)?;
        let (pieces, weights, bias) = load_window(component, file, 1, width)?;
        let parts =
            Affine::new(set, &part_weights(&weights, width, pieces), &part_bias(&bias, pieces), width);
        let first = SummedMaxout::new(set, pieces, load_norm(file, 1, width)?);
        let load = |nth| {
            let (_, weights, bias) = load_window(component, file, nth, width)?;
            Ok(WindowMaxout::new(set, &weights, &bias, load_norm(file, nth, width)?))
        };
        let layers = (2..=depth).map(load).collect::<Result<_, Error>>()?;
        Ok(Encoder { embedding, parts, first, layers, pieces })
    }

    /// Numbers in a token's vector.
    pub(crate) fn width(&self) -> usize {
        self.embedding.width()
    }

    /// Empty rows that must stand between texts: how far a token sees.
    pub(crate) fn padding(&self) -> usize {
        self.layers.len() + 1
    }

    /// Computes the vectors of all rows: [`Encoder::width`] numbers for each.
    pub(crate) fn encode<'s>(
        &self,
        vocabulary: &Vocabulary,
        keys: &[u32],
        cache: &mut Cache,
        scratch: &'s mut Scratch,
    ) -> &'s [f32] {
        let width = self.width();
        // A row of zeros stands on either side.
        let length = (keys.len() + 2) * width;
        scratch.rows.grow(length);
        scratch.other.grow(length);
        self.encode_first(vocabulary, keys, cache, &mut scratch.rows[width..length - width]);
        for layer in &self.layers {
            scratch.rows[..width].fill(0.0);
            scratch.rows[length - width..length].fill(0.0);
            layer.apply(&scratch.rows[..length], keys.len(), &mut scratch.other[width..length]);
            std::mem::swap(&mut scratch.rows, &mut scratch.other);
        }
        &scratch.rows[width..length - width]
    }

    fn encode_first(&self, vocabulary: &Vocabulary, keys: &[u32], cache: &mut Cache, out: &mut [f32]) {
        let width = self.width();
        for start in (0..keys.len()).step_by(FIRST_LAYER_ROWS) {
            let end = (start + FIRST_LAYER_ROWS).min(keys.len());
            let seen = &keys[start.saturating_sub(1)..(end + 1).min(keys.len())];
            cache.fill(self, vocabulary, seen);
            for row in start..end {
                let slot = |row: usize| cache.slot(self, keys.get(row).copied().unwrap_or(PAD));
                let (before, at, after) = (slot(row.wrapping_sub(1)), slot(row), slot(row + 1));
                let part = width * self.pieces;
                let parts = Parts {
                    before: &before[width..width + part],
                    at: &at[width + part..width + 2 * part],
                    after: &after[width + 2 * part..],
                    row: &at[..width],
                };
                self.first.apply(parts, &mut out[row * width..(row + 1) * width]);
            }
        }
    }

    fn slot_length(&self) -> usize {
        self.width() + self.parts.columns()
    }

    fn cache_key(&self, key: u32) -> usize {
        (if self.embedding.sees_blanks() { key } else { key >> 1 }) as usize
    }
}

impl Cache {
    /// Forgets everything: to be called when the vocabulary does.
    pub(crate) fn clear(&mut self) {
        self.by_key.fill(0);
        self.used = 0;
    }

    fn slot(&self, encoder: &Encoder, key: u32) -> &[f32] {
        let slot = if key == PAD { 0 } else { self.by_key[encoder.cache_key(key)] as usize };
        &self.slots[slot * encoder.slot_length()..(slot + 1) * encoder.slot_length()]
    }

    /// Makes sure that all `keys` have slots.
    fn fill(&mut self, encoder: &Encoder, vocabulary: &Vocabulary, keys: &[u32]) {
        let most_keys = (vocabulary.len() * 2).next_power_of_two();
        if self.by_key.len() < most_keys {
            self.by_key.resize(most_keys, 0);
        }
        if self.used == 0 {
            self.add_empty_slot(encoder);
        }
        self.collect_missing(encoder, keys);
        if self.used + self.missing.len() > MOST_SLOTS {
            self.clear();
            self.used = 1;
            self.collect_missing(encoder, keys);
        }
        let missing = std::mem::take(&mut self.missing);
        for keys in missing.chunks(EMBEDDED_TOGETHER) {
            self.add_slots(encoder, vocabulary, keys);
        }
        self.missing = missing;
    }

    /// Lists each key that has no slot once. Their places in `by_key` are promised already.
    fn collect_missing(&mut self, encoder: &Encoder, keys: &[u32]) {
        self.missing.clear();
        for &key in keys.iter().filter(|&&key| key != PAD) {
            let slot = &mut self.by_key[encoder.cache_key(key)];
            if *slot == 0 {
                *slot = (self.used + self.missing.len()) as u32;
                self.missing.push(key);
            }
        }
    }

    /// The slot of an empty row: zeros and their products.
    fn add_empty_slot(&mut self, encoder: &Encoder) {
        self.slots.grow(encoder.slot_length());
        let (row, parts) = self.slots[..encoder.slot_length()].split_at_mut(encoder.width());
        row.fill(0.0);
        encoder.parts.apply(Rows::new(row, encoder.width(), 1), parts);
        self.used = 1;
    }

    fn add_slots(&mut self, encoder: &Encoder, vocabulary: &Vocabulary, keys: &[u32]) {
        let (width, columns, length) = (encoder.width(), encoder.parts.columns(), encoder.slot_length());
        let mut rows = vec![0.0; keys.len() * width];
        encoder.embedding.embed(vocabulary, keys, &mut rows);
        let mut parts = vec![0.0; keys.len() * columns];
        encoder.parts.apply(Rows::new(&rows, width, keys.len()), &mut parts);
        let end = (self.used + keys.len()) * length;
        if self.slots.len() < end {
            self.slots.grow((end * 3 / 2).min(MOST_SLOTS * length).max(end));
        }
        let slots = self.slots[self.used * length..].chunks_exact_mut(length);
        for (slot, (row, parts)) in slots.zip(rows.chunks_exact(width).zip(parts.chunks_exact(columns))) {
            slot[..width].copy_from_slice(row);
            slot[width..].copy_from_slice(parts);
        }
        self.used += keys.len();
    }
}

fn check_windows(component: &str, file: &NetworkFile, depth: usize) -> Result<(), Error> {
    if depth == 0 {
        return Err(unsupported(component, "its encoder has no window layer"));
    }
    for nth in 0..depth {
        let size = file.number("expand_window", nth, "window_size")?;
        if size != 1 {
            return Err(unsupported(component, format!("its window size is {size}")));
        }
    }
    Ok(())
}

fn load_window(
    component: &str,
    file: &NetworkFile,
    nth: usize,
    width: usize,
) -> Result<(usize, Vec<f32>, Vec<f32>), Error> {
    let (shape, weights) = file.array("maxout", nth, "W")?;
    let pieces = shape[1];
    check_maxout(component, width, pieces)?;
    if width > MOST_WIDTH {
        return Err(unsupported(component, format!("its layers are {width} wide")));
    }
    expect_shape(file, &format!("maxout {nth}, W"), shape, [width, pieces, 3 * width])?;
    let (shape, bias) = file.array("maxout", nth, "b")?;
    expect_shape(file, &format!("maxout {nth}, b"), shape, [width, pieces])?;
    Ok((pieces, weights, bias))
}

/// Rows of weights (output, piece, three taps) in the order in which [`SummedMaxout`] reads their products:
/// by tap, then sixteen outputs with their pieces.
fn part_weights(weights: &[f32], width: usize, pieces: usize) -> Vec<f32> {
    let mut parts = Vec::with_capacity(weights.len());
    for tap in 0..3 {
        for row in part_order(width, pieces) {
            parts.extend_from_slice(&weights[(row * 3 + tap) * width..][..width]);
        }
    }
    parts
}

/// The bias goes with the middle tap.
fn part_bias(bias: &[f32], pieces: usize) -> Vec<f32> {
    let mut parts = vec![0.0; 3 * bias.len()];
    for (part, row) in parts[bias.len()..].iter_mut().zip(part_order(bias.len() / pieces, pieces)) {
        *part = bias[row];
    }
    parts
}

fn part_order(width: usize, pieces: usize) -> impl Iterator<Item = usize> {
    let block = move |first: usize| {
        (0..pieces).flat_map(move |piece| (0..LANES).map(move |lane| (first + lane) * pieces + piece))
    };
    (0..width).step_by(LANES).flat_map(block)
}
