//! Why a pipeline could not be loaded.

use std::path::PathBuf;

/// Why a pipeline could not be loaded. Annotating a text never fails.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The path leads to no spaCy pipeline.
    #[error("`{}` holds no spaCy pipeline: give a pipeline's folder (the one with `config.cfg`) or its wheel", path.display())]
    NoPipeline {
        /// The path as it was given.
        path: PathBuf,
    },
    /// A file of the pipeline is not what it should be.
    #[error("`{file}` of the pipeline is damaged at {field}: {reason}; fetch the pipeline again")]
    Damaged {
        /// File within the pipeline's folder.
        file: String,
        /// Place in that file.
        field: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The pipeline has a part which this engine cannot run.
    #[error(
        "component `{component}` is not supported: {reason}; use one of spaCy's pipelines for CPUs that has what this engine runs"
    )]
    Unsupported {
        /// Name of the component in the pipeline.
        component: String,
        /// What about it is not supported.
        reason: String,
    },
}

/// An error about a damaged file.
pub(crate) fn damaged(file: &str, field: impl Into<String>, reason: impl std::fmt::Display) -> Error {
    Error::Damaged { file: file.to_owned(), field: field.into(), reason: reason.to_string() }
}

/// An error about a part that is not supported.
pub(crate) fn unsupported(component: &str, reason: impl Into<String>) -> Error {
    Error::Unsupported { component: component.to_owned(), reason: reason.into() }
}
