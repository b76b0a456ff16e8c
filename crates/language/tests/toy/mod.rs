//! A tiny pipeline with senseless weights, written to a folder: enough to test everything but what it says.

use std::fs;
use std::path::{Path, PathBuf};

use rmpv::Value;

const WIDTH: usize = 32;
const ROWS: usize = 40;
const HIDDEN: usize = 20;
const TAGS: usize = 5;
const VECTOR: usize = 10;

/// What kind of pipeline to write.
#[derive(Debug, Clone, Copy)]
pub struct Toy {
    pub pieces: usize,
    pub depth: usize,
    pub parser_features: usize,
    pub entity_features: usize,
    pub has_vectors: bool,
    /// Whether the entity recogniser uses the vectors of the tagger and parser.
    pub shares_encoder: bool,
    /// Whether it has a morphologizer and edit trees instead of a tagger and a rule lemmatizer.
    pub morphologizes: bool,
}

impl Default for Toy {
    fn default() -> Toy {
        let (parser_features, entity_features) = (8, 3);
        let (has_vectors, shares_encoder, morphologizes) = (false, false, false);
        Toy {
            pieces: 3,
            depth: 4,
            parser_features,
            entity_features,
            has_vectors,
            shares_encoder,
            morphologizes,
        }
    }
}

/// Writes the pipeline into a new folder of that name among the system's temporary files.
pub fn write(toy: Toy, name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("chancery-toy-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    for (name, bytes) in files(toy) {
        put(&folder, &name, &bytes);
    }
    folder
}

/// Writes one file of a pipeline.
pub fn put(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("files are in folders")).expect("folders can be made");
    fs::write(path, bytes).expect("files can be written");
}

/// All files of the pipeline.
pub fn files(toy: Toy) -> Vec<(String, Vec<u8>)> {
    let classes = || network(vec![node("softmax", &[("W", &[TAGS, WIDTH]), ("b", &[TAGS])], &[], 2)]);
    let mut files = vec![
        ("config.cfg", config(toy).into_bytes()),
        ("tokenizer", tokenizer()),
        ("vocab/lookups.bin", encoded(&Value::Map(vec![]))),
        ("attribute_ruler/patterns", encoded(&Value::Array(vec![]))),
        ("tok2vec/model", network(encoder(toy, 1, &["NORM", "PREFIX", "SUFFIX", "SPACY", "IS_SPACE"]))),
        ("parser/moves", moves(&PARSER_MOVES)),
        ("parser/model", network(state_network(toy.parser_features, toy.pieces, 10, 3))),
        ("ner/moves", moves(&ENTITY_MOVES)),
        ("ner/model", network(entity_network(toy))),
    ];
    if toy.morphologizes {
        files.push(("morphologizer/cfg", morphs()));
        files.push(("morphologizer/model", classes()));
        files.push(("vocab/strings.json", br#"["s", "ies", "y"]"#.to_vec()));
        files.push(("trees/cfg", serde_json::json!({ "labels": [1, 3, 4, 0, 2] }).to_string().into_bytes()));
        files.push(("trees/trees", trees()));
        files.push(("trees/model", classes()));
    } else {
        let tags: Vec<String> = (0..TAGS).map(|i| format!("T{i}")).collect();
        files.push(("tagger/cfg", serde_json::json!({ "labels": tags }).to_string().into_bytes()));
        files.push(("tagger/model", classes()));
        files.push(("lemmatizer/lookups/lookups.bin", encoded(&Value::Map(vec![]))));
    }
    if toy.has_vectors {
        files.push(("vocab/vectors.cfg", br#"{"mode": "default"}"#.to_vec()));
        files.push(("vocab/vectors", vectors()));
        files.push(("vocab/key2row", encoded(&Value::Map(vec![(Value::from(u64::MAX), Value::from(1))]))));
    }
    files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

const PARSER_MOVES: [(&str, &[&str]); 5] = [
    ("0", &[""]),
    ("1", &[""]),
    ("2", &["nsubj", "det", "dobj||conj"]),
    ("3", &["dobj", "conj", "relcl||dobj", "punct"]),
    ("4", &["ROOT"]),
];

const ENTITY_MOVES: [(&str, &[&str]); 6] = [
    ("0", &[]),
    ("1", &["GPE", "ORG"]),
    ("2", &["GPE", "ORG"]),
    ("3", &["GPE", "ORG"]),
    ("4", &["GPE", "ORG"]),
    ("5", &[""]),
];

fn morphs() -> Vec<u8> {
    let labels = ["Number=Plur|POS=NOUN", "POS=PROPN", "Mood=Ind|POS=VERB", "POS=SPACE", "POS=PUNCT"];
    let numbers = [92, 96, 100, 103, 97];
    let morphs =
        labels.iter().map(|label| format!("\"{label}\": \"{}\"", label.split("|POS").next().unwrap_or("")));
    let numbers = labels.iter().zip(numbers).map(|(label, number)| format!("\"{label}\": {number}"));
    let map = |pairs: Vec<String>| pairs.join(", ");
    let (morphs, numbers) = (map(morphs.collect()), map(numbers.collect()));
    format!("{{\"labels_morph\": {{{morphs}}}, \"labels_pos\": {{{numbers}}}}}").into_bytes()
}

/// Trees that take `s` off, put `y` for `ies`, and keep the word.
fn trees() -> Vec<u8> {
    let none = u64::from(u32::MAX);
    let replace =
        |old: u64, new: u64| Value::Map(vec![("orig".into(), old.into()), ("subst".into(), new.into())]);
    let keep = |after: u64, tree: u64| {
        let fields = [("prefix_len", 0), ("suffix_len", after), ("prefix_tree", none), ("suffix_tree", tree)];
        Value::Map(fields.into_iter().map(|(name, number)| (name.into(), number.into())).collect())
    };
    // The ids of "s", "ies" and "y" as spaCy hashes them.
    let (s, ies, y) = (16_978_132_545_290_669_629, 16_799_973_512_044_659_907, 9_409_450_202_036_847_209);
    let trees = vec![replace(s, 0), keep(1, 0), replace(ies, y), keep(3, 2), keep(0, none)];
    encoded(&Value::Map(vec![("trees".into(), Value::Array(trees))]))
}

fn config(toy: Toy) -> String {
    let listener = "@architectures = \"spacy.Tok2VecListener.v1\"";
    let encoder = |section: &str| {
        format!(
            "[{section}]\n@architectures = \"spacy.Tok2Vec.v2\"\n\
             [{section}.embed]\n@architectures = \"spacy.MultiHashEmbed.v2\"\ninclude_static_vectors = {}\n\
             [{section}.encode]\n@architectures = \"spacy.MaxoutWindowEncoder.v2\"\n",
            toy.has_vectors
        )
    };
    let entity_encoder = match toy.shares_encoder {
        true => format!("[components.ner.model.tok2vec]\n{listener}\n"),
        false => encoder("components.ner.model.tok2vec"),
    };
    let classifier = |name: &str, factory: &str| {
        format!(
            "[components.{name}]\nfactory = \"{factory}\"\n\
             [components.{name}.model]\n@architectures = \"spacy.Tagger.v2\"\n\
             [components.{name}.model.tok2vec]\n{listener}\n"
        )
    };
    let (names, classifiers) = match toy.morphologizes {
        true => (
            "\"tok2vec\",\"morphologizer\",\"parser\",\"trees\",\"attribute_ruler\",\"ner\"",
            classifier("morphologizer", "morphologizer") + &classifier("trees", "trainable_lemmatizer"),
        ),
        false => (
            "\"tok2vec\",\"tagger\",\"parser\",\"attribute_ruler\",\"lemmatizer\",\"ner\"",
            classifier("tagger", "tagger"),
        ),
    };
    format!(
        "[nlp]\nlang = \"en\"\ndisabled = []\npipeline = [{names}]\n\
         [nlp.tokenizer]\n@tokenizers = \"spacy.Tokenizer.v1\"\n\
         [components.tok2vec]\nfactory = \"tok2vec\"\n{}{classifiers}\
         [components.parser]\nfactory = \"parser\"\nlearn_tokens = false\n\
         [components.parser.model]\n@architectures = \"spacy.TransitionBasedParser.v2\"\n\
         [components.parser.model.tok2vec]\n{listener}\n\
         [components.attribute_ruler]\nfactory = \"attribute_ruler\"\n\
         [components.lemmatizer]\nfactory = \"lemmatizer\"\nmode = \"rule\"\n\
         [components.ner]\nfactory = \"ner\"\n\
         [components.ner.model]\n@architectures = \"spacy.TransitionBasedParser.v2\"\n{entity_encoder}",
        encoder("components.tok2vec.model"),
    )
}

fn tokenizer() -> Vec<u8> {
    encoded(&Value::Map(vec![
        ("prefix_search".into(), r#"^\(|^""#.into()),
        ("suffix_search".into(), r#",$|\.$|\)$|"$"#.into()),
        ("infix_finditer".into(), "-".into()),
        ("token_match".into(), Value::Nil),
        ("url_match".into(), Value::Nil),
        ("exceptions".into(), Value::Map(vec![])),
    ]))
}

fn moves(kinds: &[(&str, &[&str])]) -> Vec<u8> {
    let mut table = serde_json::Map::new();
    for (kind, labels) in kinds {
        let frequencies = labels.iter().enumerate().map(|(i, label)| (label.to_string(), (100 - i).into()));
        table.insert(kind.to_string(), serde_json::Value::Object(frequencies.collect()));
    }
    let json = serde_json::Value::Object(table).to_string();
    encoded(&Value::Map(vec![("moves".into(), json.into())]))
}

type Node = (String, Value, Value);

fn entity_network(toy: Toy) -> Vec<Node> {
    let mut nodes = state_network(toy.entity_features, toy.pieces, 9, 5);
    if !toy.shares_encoder {
        nodes.extend(encoder(toy, 7, &["NORM", "PREFIX", "SHAPE"]));
    }
    nodes
}

fn state_network(features: usize, pieces: usize, classes: usize, seed: u64) -> Vec<Node> {
    vec![
        node(
            "precomputable_affine",
            &[
                ("W", &[features, HIDDEN, pieces, WIDTH]),
                ("b", &[HIDDEN, pieces]),
                ("pad", &[1, features, HIDDEN, pieces]),
            ],
            &[],
            seed,
        ),
        node("linear", &[("W", &[classes, HIDDEN]), ("b", &[classes])], &[], seed + 1),
        node("linear", &[("W", &[WIDTH, WIDTH]), ("b", &[WIDTH])], &[], seed + 2),
    ]
}

fn encoder(toy: Toy, seed: u64, attributes: &[&str]) -> Vec<Node> {
    let columns = Value::Array(attributes.iter().map(|&name| name.into()).collect());
    let mut nodes = vec![node("extract_features", &[], &[("columns", columns)], seed)];
    if toy.has_vectors {
        nodes.push(node("static_vectors", &[("W", &[WIDTH, VECTOR])], &[], seed));
    }
    for i in 0..attributes.len() as u64 {
        nodes.push(node("hashembed", &[("E", &[ROWS, WIDTH])], &[("seed", Value::from(8 + i))], seed + i));
    }
    let inputs = (attributes.len() + usize::from(toy.has_vectors)) * WIDTH;
    for layer in 0..=toy.depth {
        let inputs = if layer == 0 { inputs } else { 3 * WIDTH };
        let seed = seed + 20 + layer as u64;
        if layer > 0 {
            nodes.push(node("expand_window", &[], &[("window_size", 1.into())], seed));
        }
        nodes.push(node(
            "maxout",
            &[("W", &[WIDTH, toy.pieces, inputs]), ("b", &[WIDTH, toy.pieces])],
            &[],
            seed,
        ));
        nodes.push(node("layernorm", &[("G", &[WIDTH]), ("b", &[WIDTH])], &[], seed));
    }
    nodes
}

fn node(name: &str, arrays: &[(&str, &[usize])], attributes: &[(&str, Value)], seed: u64) -> Node {
    let arrays =
        arrays.iter().map(|(name, shape)| (Value::from(*name), array(shape, seed + shape.len() as u64)));
    let attributes =
        attributes.iter().map(|(name, value)| (Value::from(*name), Value::Binary(encoded(value))));
    (name.to_owned(), Value::Map(arrays.collect()), Value::Map(attributes.collect()))
}

fn network(nodes: Vec<Node>) -> Vec<u8> {
    let names = nodes.iter().map(|(name, _, _)| Value::Map(vec![("name".into(), name.as_str().into())]));
    let arrays = nodes.iter().map(|(_, arrays, _)| arrays.clone());
    let attributes = nodes.iter().map(|(_, _, attributes)| attributes.clone());
    encoded(&Value::Map(vec![
        ("nodes".into(), Value::Array(names.collect())),
        ("attrs".into(), Value::Array(attributes.collect())),
        ("params".into(), Value::Array(arrays.collect())),
    ]))
}

fn array(shape: &[usize], seed: u64) -> Value {
    let key = |name: &str| Value::Binary(name.into());
    Value::Map(vec![
        (key("nd"), true.into()),
        (key("type"), "<f4".into()),
        (key("shape"), Value::Array(shape.iter().map(|&n| n.into()).collect())),
        (key("data"), Value::Binary(numbers(shape.iter().product(), seed))),
    ])
}

fn vectors() -> Vec<u8> {
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': (3, {VECTOR}), }}\n");
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.bytes());
    bytes.extend(numbers(3 * VECTOR, 99));
    bytes
}

/// Floats between -0.5 and 0.5 that look random.
fn numbers(count: usize, seed: u64) -> Vec<u8> {
    let mut state = (seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
    };
    (0..count).flat_map(|_| next().to_le_bytes()).collect()
}

fn encoded(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, value).expect("memory can be written to");
    bytes
}
