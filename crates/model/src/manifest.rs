//! A model's manifest: the hash of each of its files, in the form that `sha256sum -c` reads.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::Error;

/// File name of the manifest within the pipeline folder.
pub(crate) const NAME: &str = "MANIFEST.sha256";

/// Hashes every file below `folder` and writes the manifest beside them.
pub(crate) fn write(folder: &Path) -> Result<(), Error> {
    let mut lines = String::new();
    for file in files_below(folder)? {
        lines += &format!("{}  {}\n", sha256(&folder.join(&file))?, slashed(&file));
    }
    let manifest = folder.join(NAME);
    fs::write(&manifest, lines).map_err(Error::io("write", &manifest))
}

/// Compares every file with the manifest that was written when the model was unpacked, and gives
/// the number of files.
///
/// # Errors
/// If there is no manifest, or a file is missing, changed or unreadable; all such files are named.
pub fn verify(folder: &Path) -> Result<usize, Error> {
    let path = folder.join(NAME);
    let manifest = fs::read_to_string(&path).map_err(|_| Error::NoManifest(folder.to_owned()))?;
    let rows: Vec<_> = manifest.lines().filter_map(|line| line.split_once("  ")).collect();
    let mut faults: Vec<String> = rows.iter().filter_map(|(hash, file)| fault(folder, hash, file)).collect();
    if rows.is_empty() {
        faults.push(format!("{NAME} is empty"));
    }
    match faults.is_empty() {
        true => Ok(rows.len()),
        false => Err(Error::Damaged { folder: folder.to_owned(), why: faults.join(", ") }),
    }
}

fn fault(folder: &Path, hash: &str, file: &str) -> Option<String> {
    match sha256(&folder.join(file)) {
        Ok(found) if found == hash => None,
        Ok(_) => Some(format!("{file} has changed")),
        Err(Error::Io { why, .. }) if why.kind() == io::ErrorKind::NotFound => {
            Some(format!("{file} is missing"))
        }
        Err(_) => Some(format!("{file} cannot be read")),
    }
}

/// SHA-256 of a file, in lower-case hexadecimal.
pub(crate) fn sha256(path: &Path) -> Result<String, Error> {
    let mut file = File::open(path).map_err(Error::io("open", path))?;
    let mut hash = Sha256::new();
    let mut block = vec![0; 1 << 16];
    loop {
        match file.read(&mut block).map_err(Error::io("read", path))? {
            0 => return Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            n => hash.update(&block[..n]),
        }
    }
}

/// Files below `folder`, relative to it, sorted, without the manifest itself.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let (mut files, mut folders) = (Vec::new(), vec![PathBuf::new()]);
    while let Some(inner) = folders.pop() {
        let path = folder.join(&inner);
        for entry in fs::read_dir(&path).map_err(Error::io("list", &path))? {
            let entry = entry.map_err(Error::io("list", &path))?;
            let kind = entry.file_type().map_err(Error::io("list", &path))?;
            let list = if kind.is_dir() { &mut folders } else { &mut files };
            list.push(inner.join(entry.file_name()));
        }
    }
    files.retain(|file| file != Path::new(NAME));
    files.sort();
    Ok(files)
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("parser")).unwrap();
        fs::write(folder.path().join("config.cfg"), "[nlp]").unwrap();
        fs::write(folder.path().join("parser/model"), "abc").unwrap();
        write(folder.path()).unwrap();
        folder
    }

    fn complaint(folder: &Path) -> String {
        verify(folder).unwrap_err().to_string()
    }

    #[test]
    fn is_what_sha256sum_reads() {
        let folder = folder();
        let manifest = fs::read_to_string(folder.path().join(NAME)).unwrap();
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  parser/model";
        assert_eq!(manifest.lines().nth(1), Some(abc));
        assert_eq!(verify(folder.path()).unwrap(), 2);
    }

    #[test]
    fn names_changed_and_missing_files() {
        let folder = folder();
        fs::write(folder.path().join("parser/model"), "abd").unwrap();
        fs::remove_file(folder.path().join("config.cfg")).unwrap();
        let complaint = complaint(folder.path());
        assert!(complaint.contains("config.cfg is missing, parser/model has changed"), "{complaint}");
    }

    #[test]
    fn an_emptied_manifest_proves_nothing() {
        let folder = folder();
        fs::write(folder.path().join(NAME), "").unwrap();
        assert!(complaint(folder.path()).contains("is empty"));
    }

    #[test]
    fn a_folder_from_elsewhere_cannot_be_verified() {
        let folder = tempfile::tempdir().unwrap();
        assert!(complaint(folder.path()).contains("cannot be verified"));
    }
}
