//! The networks that give each token a vector and score what a tagger or parser may do with it.

mod embedding;
mod encoder;
mod state;
mod vectors;

pub(crate) use embedding::{Embedding, PAD, key};
pub(crate) use encoder::{Cache, Encoder, Layout, Scratch};
pub(crate) use state::{Features, StateNetwork};
pub(crate) use vectors::Vectors;

use crate::error::{Error, damaged};
use crate::model_files::NetworkFile;

/// Refuses a parameter whose dimensions are not those that the other parts of the network ask for.
fn expect_shape<const N: usize>(
    file: &NetworkFile,
    parameter: &str,
    found: [usize; N],
    expected: [usize; N],
) -> Result<(), Error> {
    if found == expected {
        return Ok(());
    }
    Err(damaged(file.name(), parameter, format!("its shape is {found:?} instead of {expected:?}")))
}
