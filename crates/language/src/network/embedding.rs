//! Vectors of word types: hashed attributes looked up and mixed (spaCy's `MultiHashEmbed`).

use std::sync::Arc;

use super::{Vectors, expect_shape};
use crate::error::{Error, damaged, unsupported};
use crate::kernel::{Affine, InstructionSet, LANES, LayerNorm, MOST_INPUTS, Maxout, PIECES, Rows};
use crate::lexeme::{LexemeId, Vocabulary};
use crate::model_files::NetworkFile;

/// The key of a row that holds no token.
pub(crate) const PAD: u32 = u32::MAX;

/// What distinguishes tokens for the networks: word type, and whether a blank follows.
pub(crate) fn key(lexeme: LexemeId, space_after: bool) -> u32 {
    (lexeme.index() as u32) << 1 | u32::from(space_after)
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Attribute {
    Orth,
    Lower,
    Norm,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

impl Attribute {
    fn from_name(name: &str) -> Option<Attribute> {
        Some(match name {
            "ORTH" => Attribute::Orth,
            "LOWER" => Attribute::Lower,
            "NORM" => Attribute::Norm,
            "PREFIX" => Attribute::Prefix,
            "SUFFIX" => Attribute::Suffix,
            "SHAPE" => Attribute::Shape,
            "SPACY" => Attribute::Spacy,
            "IS_SPACE" => Attribute::IsSpace,
            _ => return None,
        })
    }

    fn id(self, vocabulary: &Vocabulary, key: u32) -> u64 {
        let lexeme = vocabulary.lexeme_at(key as usize >> 1);
        match self {
            Attribute::Orth => lexeme.orth,
            Attribute::Lower => lexeme.lower,
            Attribute::Norm => lexeme.norm,
            Attribute::Prefix => lexeme.prefix,
            Attribute::Suffix => lexeme.suffix,
            Attribute::Shape => lexeme.shape,
            Attribute::Spacy => u64::from(key & 1),
            Attribute::IsSpace => u64::from(lexeme.is_space),
        }
    }
}

/// One attribute's table of vectors.
#[derive(Debug)]
struct HashTable {
    attribute: Attribute,
    seed: u32,
    width: usize,
    rows: Vec<f32>,
}

impl HashTable {
    fn load(file: &NetworkFile, nth: usize, attribute: Attribute, width: usize) -> Result<HashTable, Error> {
        let ([count, found], rows) = file.array("hashembed", nth, "E")?;
        expect_shape(file, &format!("hashembed {nth}, E"), [count, found], [count.max(1), width])?;
        let seed = file.number("hashembed", nth, "seed")? as u32;
        Ok(HashTable { attribute, seed, width, rows })
    }

    /// Adds the four rows of an id into `out`, which is as long as a row.
    fn look_up(&self, id: u64, out: &mut [f32]) {
        let count = (self.rows.len() / self.width) as u32;
        let row = |hash: u32| &self.rows[(hash % count) as usize * self.width..][..self.width];
        let [a, b, c, d] = hashes(id, self.seed).map(row);
        for (i, out) in out.iter_mut().enumerate() {
            *out = a[i] + b[i] + c[i] + d[i];
        }
    }
}

/// Four hashes of an id: MurmurHash3 x64-128 of its eight bytes, as thinc's `HashEmbed` computes it.
fn hashes(id: u64, seed: u32) -> [u32; 4] {
    const LENGTH: u64 = 8;
    let mut h1 = id.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= u64::from(seed) ^ LENGTH;
    let mut h2 = u64::from(seed) ^ LENGTH;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = finalise(h1);
    h2 = finalise(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

fn finalise(mut h: u64) -> u64 {
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 33;
    h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

/// Gives each word type a vector.
#[derive(Debug)]
pub(crate) struct Embedding {
    tables: Vec<HashTable>,
    vectors: Option<(Arc<Vectors>, Affine)>,
    mixer: Maxout,
}

impl Embedding {
    /// Reads the tables of `component` and what mixes them.
    pub(crate) fn load(
        set: InstructionSet,
        component: &str,
        file: &NetworkFile,
        vectors: Option<&Arc<Vectors>>,
    ) -> Result<Embedding, Error> {
        let ([width, pieces, inputs], weights) = file.array("maxout", 0, "W")?;
        let (shape, bias) = file.array("maxout", 0, "b")?;
        expect_shape(file, "maxout 0, b", shape, [width, pieces])?;
        check_maxout(component, width, pieces)?;
        let tables = load_tables(component, file, width)?;
        let vectors = load_projection(set, component, file, vectors, width)?;
        let parts = tables.len() + usize::from(vectors.is_some());
        expect_shape(file, "maxout 0, W", [inputs], [parts * width])?;
        if inputs > MOST_INPUTS {
            return Err(unsupported(component, format!("its embedding has {inputs} inputs to mix")));
        }
        let mixer = Maxout::new(set, &weights, &bias, load_norm(file, 0, width)?, inputs);
        Ok(Embedding { tables, vectors, mixer })
    }

    /// Numbers in a vector.
    pub(crate) fn width(&self) -> usize {
        self.mixer.width()
    }

    /// Whether a blank after a word changes its vector.
    pub(crate) fn sees_blanks(&self) -> bool {
        self.tables.iter().any(|table| table.attribute == Attribute::Spacy)
    }

    /// Computes the vectors of `keys` into `out`, row after row.
    pub(crate) fn embed(&self, vocabulary: &Vocabulary, keys: &[u32], out: &mut [f32]) {
        let width = self.width();
        let inputs = width * (self.tables.len() + usize::from(self.vectors.is_some()));
        let mut rows = vec![0.0; keys.len() * inputs];
        for (row, &key) in rows.chunks_exact_mut(inputs).zip(keys) {
            for (table, part) in self.tables.iter().zip(row.chunks_exact_mut(width)) {
                table.look_up(table.attribute.id(vocabulary, key), part);
            }
        }
        self.project(vocabulary, keys, &mut rows, inputs);
        self.mixer.apply(Rows::new(&rows, inputs, keys.len()), out);
    }

    /// Projects the word vectors of `keys` into the ends of `rows`, which are `inputs` long, where the embedding
    /// has word vectors; unknown words keep zeros.
    fn project(&self, vocabulary: &Vocabulary, keys: &[u32], rows: &mut [f32], inputs: usize) {
        let Some((vectors, projection)) = &self.vectors else { return };
        let vector = |key: u32| vectors.get(Attribute::Orth.id(vocabulary, key));
        let known: Vec<_> = keys.iter().enumerate().filter_map(|(i, &key)| Some((i, vector(key)?))).collect();
        let found: Vec<f32> = known.iter().flat_map(|(_, vector)| *vector).copied().collect();
        let mut projected = vec![0.0; known.len() * projection.columns()];
        projection.apply(Rows::new(&found, vectors.width(), known.len()), &mut projected);
        for ((i, _), from) in known.iter().zip(projected.chunks_exact(projection.columns())) {
            let width = self.width();
            rows[(i + 1) * inputs - width..(i + 1) * inputs].copy_from_slice(&from[..width]);
        }
    }
}

fn load_tables(component: &str, file: &NetworkFile, width: usize) -> Result<Vec<HashTable>, Error> {
    let columns = file.strings("extract_features", 0, "columns")?;
    if columns.len() != file.count("hashembed") {
        return Err(damaged(file.name(), "extract_features 0, columns", "there are more or fewer tables"));
    }
    let load = |(nth, name): (usize, &String)| {
        let attribute = Attribute::from_name(name);
        let attribute = attribute.ok_or_else(|| unsupported(component, format!("it embeds {name}")))?;
        HashTable::load(file, nth, attribute, width)
    };
    columns.iter().enumerate().map(load).collect()
}

fn load_projection(
    set: InstructionSet,
    component: &str,
    file: &NetworkFile,
    vectors: Option<&Arc<Vectors>>,
    width: usize,
) -> Result<Option<(Arc<Vectors>, Affine)>, Error> {
    if file.count("static_vectors") == 0 {
        return Ok(None);
    }
    let vectors =
        vectors.ok_or_else(|| damaged(file.name(), "static_vectors 0", "the pipeline has no vectors"))?;
    let (shape, weights) = file.array("static_vectors", 0, "W")?;
    expect_shape(file, "static_vectors 0, W", shape, [width, vectors.width()])?;
    if vectors.width() > MOST_INPUTS {
        return Err(unsupported(component, format!("its word vectors have {} numbers", vectors.width())));
    }
    let projection = Affine::new(set, &weights, &vec![0.0; width], vectors.width());
    Ok(Some((Arc::clone(vectors), projection)))
}

/// Refuses layers that the kernels do not compute.
pub(super) fn check_maxout(component: &str, width: usize, pieces: usize) -> Result<(), Error> {
    if width == 0 || !width.is_multiple_of(LANES) {
        return Err(unsupported(
            component,
            format!("its layers are {width} wide, which is no multiple of {LANES}"),
        ));
    }
    if !PIECES.contains(&pieces) {
        return Err(unsupported(component, format!("its maxout layers have {pieces} pieces")));
    }
    Ok(())
}

/// Reads a layer norm.
pub(super) fn load_norm(file: &NetworkFile, nth: usize, width: usize) -> Result<LayerNorm, Error> {
    let (gain_shape, gain) = file.array("layernorm", nth, "G")?;
    let (bias_shape, bias) = file.array("layernorm", nth, "b")?;
    expect_shape(file, &format!("layernorm {nth}, G"), gain_shape, [width])?;
    expect_shape(file, &format!("layernorm {nth}, b"), bias_shape, [width])?;
    Ok(LayerNorm::new(&gain, &bias))
}
