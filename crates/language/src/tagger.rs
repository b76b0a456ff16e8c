//! Fine-grained tags: the best class of each token's vector (spaCy's `Tagger`).

use crate::error::{Error, damaged, unsupported};
use crate::kernel::{Affine, Buffer, InstructionSet, MOST_INPUTS, Rows, first_largest};
use crate::labels::label;
use crate::model_files::{ModelFiles, NetworkFile};

/// Rows whose scores are kept at a time.
const ROWS_TOGETHER: usize = 512;

/// Gives each token a tag.
#[derive(Debug)]
pub(crate) struct Tagger {
    scores: Affine,
    width: usize,
    tags: Vec<&'static str>,
}

impl Tagger {
    /// Reads the tagger, which gets vectors of `width` numbers.
    pub(crate) fn load(set: InstructionSet, files: &ModelFiles, width: usize) -> Result<Tagger, Error> {
        let tags = read_tags(files)?;
        let bytes = files.read("tagger/model")?;
        let file = NetworkFile::parse("tagger/model", &bytes)?;
        let (shape, weights) = file.array("softmax", 0, "W")?;
        if shape != [tags.len(), width] {
            return Err(damaged(file.name(), "softmax 0, W", format!("its shape is {shape:?}")));
        }
        let (shape, bias) = file.array("softmax", 0, "b")?;
        if shape != [tags.len()] {
            return Err(damaged(file.name(), "softmax 0, b", format!("its shape is {shape:?}")));
        }
        if width > MOST_INPUTS {
            return Err(unsupported("tagger", format!("its vectors have {width} numbers")));
        }
        Ok(Tagger { scores: Affine::new(set, &weights, &bias, width), width, tags })
    }

    /// Appends the tags of `count` tokens, whose vectors are the rows of `x`.
    pub(crate) fn tag(&self, x: &[f32], count: usize, scratch: &mut Buffer, tags: &mut Vec<&'static str>) {
        let columns = self.scores.columns();
        let best = |scores: &[f32]| self.tags[first_largest(&scores[..self.tags.len()])];
        scratch.grow(count.min(ROWS_TOGETHER) * columns);
        for first in (0..count).step_by(ROWS_TOGETHER) {
            let rows = (count - first).min(ROWS_TOGETHER);
            self.scores.apply(Rows::new(&x[first * self.width..], self.width, rows), scratch);
            tags.extend(scratch[..rows * columns].chunks_exact(columns).map(best));
        }
    }
}

fn read_tags(files: &ModelFiles) -> Result<Vec<&'static str>, Error> {
    let settings = files.json("tagger/cfg")?;
    let labels = settings.get("labels").and_then(|labels| labels.as_array());
    let tags: Option<Vec<_>> =
        labels.and_then(|labels| labels.iter().map(|tag| tag.as_str().map(label)).collect());
    match tags {
        Some(tags) if !tags.is_empty() => Ok(tags),
        _ => Err(damaged("tagger/cfg", "labels", "it is not a list of tags")),
    }
}
