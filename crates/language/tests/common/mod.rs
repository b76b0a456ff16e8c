//! The pipeline that the tests run.

use std::path::PathBuf;
use std::sync::LazyLock;

use chancery_language::Pipeline;

/// The pipeline whose answers the fixture holds.
const WANTED: &str = "core_web_sm";
const VERSION: &str = "3.8.0";

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::load(&folder()).expect("the model loads"));

/// The model, loaded once for all tests of a file.
pub fn pipeline() -> &'static Pipeline {
    &PIPELINE
}

fn folder() -> PathBuf {
    let found = chancery_model::find(None).expect("CHANCERY_MODEL names a model");
    let found = found.expect(
        "these tests need spaCy's en_core_web_sm 3.8.0: run `chancery model fetch`, \
         or set CHANCERY_MODEL to the folder that holds its config.cfg",
    );
    check_version(&found.folder);
    found.folder
}

fn check_version(folder: &std::path::Path) {
    let meta = std::fs::read_to_string(folder.join("meta.json")).expect("the model has a meta.json");
    let meta: serde_json::Value = serde_json::from_str(&meta).expect("meta.json is JSON");
    let (name, version) = (meta["name"].as_str().unwrap_or(""), meta["version"].as_str().unwrap_or(""));
    assert!(
        name.starts_with(WANTED) && version == VERSION,
        "the expected answers are those of en_{WANTED} {VERSION}, but {} holds {name} {version}: \
         set CHANCERY_MODEL to the right one or run `chancery model fetch`",
        folder.display()
    );
}
