//! The best class of each token's vector, as taggers, morphologizers and edit-tree lemmatizers choose it.

use crate::error::{Error, damaged, unsupported};
use crate::kernel::{Affine, Buffer, InstructionSet, MOST_INPUTS, Rows, first_largest};
use crate::model_files::{ModelFiles, NetworkFile};

/// Rows whose scores are kept at a time.
const ROWS_TOGETHER: usize = 512;

/// Gives each token the number of a class.
#[derive(Debug)]
pub(crate) struct Classifier {
    scores: Affine,
    width: usize,
    classes: usize,
}

impl Classifier {
    /// Reads the network of `component`, which gets vectors of `width` numbers and has so many classes.
    pub(crate) fn load(
        set: InstructionSet,
        files: &ModelFiles,
        component: &str,
        width: usize,
        classes: usize,
    ) -> Result<Classifier, Error> {
        let name = format!("{component}/model");
        let bytes = files.read(&name)?;
        let file = NetworkFile::parse(&name, &bytes)?;
        let (shape, weights) = file.array("softmax", 0, "W")?;
        if shape != [classes, width] {
            return Err(damaged(file.name(), "softmax 0, W", format!("its shape is {shape:?}")));
        }
        let (shape, bias) = file.array("softmax", 0, "b")?;
        if shape != [classes] {
            return Err(damaged(file.name(), "softmax 0, b", format!("its shape is {shape:?}")));
        }
        if width > MOST_INPUTS {
            return Err(unsupported(component, format!("its vectors have {width} numbers")));
        }
        if classes > usize::from(u16::MAX) {
            return Err(unsupported(component, format!("it has {classes} classes")));
        }
        Ok(Classifier { scores: Affine::new(set, &weights, &bias, width), width, classes })
    }

    /// Hands on the classes of `count` tokens, in order; the tokens' vectors are the rows of `x`.
    pub(crate) fn classify(
        &self,
        x: &[f32],
        count: usize,
        scratch: &mut Buffer,
        mut hand_on: impl FnMut(u16),
    ) {
        let columns = self.scores.columns();
        scratch.grow(count.min(ROWS_TOGETHER) * columns);
        for first in (0..count).step_by(ROWS_TOGETHER) {
            let rows = (count - first).min(ROWS_TOGETHER);
            self.scores.apply(Rows::new(&x[first * self.width..], self.width, rows), scratch);
            for scores in scratch[..rows * columns].chunks_exact(columns) {
                hand_on(first_largest(&scores[..self.classes]) as u16);
            }
        }
    }
}
