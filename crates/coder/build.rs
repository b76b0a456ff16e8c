//! Checks the rule files and embeds them, so that a fault in one stops the build and says where it is.

#[allow(dead_code)]
#[path = "src/rules/syntax.rs"]
mod syntax;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("set by cargo")).join("../../rules");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    check(&root, &files);
    let out = Path::new(&env::var("OUT_DIR").expect("set by cargo")).join("rule_files.rs");
    fs::write(out, embed(&root, &files)).expect("the build folder can be written");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the rules folder can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rule" || e == "tsv" || e == "txt") {
            files.push(path);
        }
    }
}

fn name(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/")
}

fn check(root: &Path, files: &[PathBuf]) {
    let read = |path: &PathBuf| fs::read_to_string(path).expect("rule files are UTF-8");
    let lists: syntax::Lists = files
        .iter()
        .filter(|f| name(root, f).starts_with("words/"))
        .map(|f| {
            (f.file_stem().expect("a file").to_string_lossy().into_owned(), syntax::parse_list(&read(f)))
        })
        .collect();
    let mut faults = Vec::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "rule")) {
        // The coder's own tests check the rules for times and quotes.
        let name = name(root, file);
        let own = name.starts_with("times/") || name.starts_with("quotes/");
        let (path, text) = (format!("rules/{name}"), read(file));
        match syntax::language(&path, &text) {
            Ok(_) if own || file.ends_with("light-verbs.rule") => {}
            Ok((_, text)) => faults.extend(syntax::parse(&path, &text, &lists).1),
            Err(fault) => faults.push(fault),
        }
    }
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "the rule files have faults:\n{}", lines.join("\n"));
}

fn embed(root: &Path, files: &[PathBuf]) -> String {
    let mut source =
        String::from("/// Rule files by their path below `rules/`.\npub const FILES: &[(&str, &str)] = &[\n");
    for file in files {
        let path = fs::canonicalize(file).expect("the file exists");
        writeln!(source, "    ({:?}, include_str!({path:?})),", name(root, file))
            .expect("a string can be written");
    }
    source + "];\n"
}
