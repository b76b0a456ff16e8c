//! What holds for every pipeline, whatever its weights: how it loads, and that its results depend on nothing but
//! the text.

mod toy;

use std::fs;
use std::io::Write;

use chancery_language::{Annotation, Error, Pipeline};
use toy::Toy;

const SENTENCES: [&str; 6] = [
    "The envoy of Ruritania met \"the President\" in Strelsau, and left.",
    "",
    "Borduria recalled its ambassador (again).",
    "  \n\t ",
    "No.",
    "Syldavia and Freedonia signed the well-known treaty on Monday.",
];

fn load(toy: Toy, name: &str) -> Pipeline {
    Pipeline::load(&toy::write(toy, name)).expect("the toy loads")
}

/// Kinds of pipelines that differ in everything that a pipeline may differ in.
fn kinds() -> [Toy; 4] {
    [
        Toy::default(),
        Toy {
            pieces: 2,
            depth: 1,
            parser_features: 13,
            entity_features: 6,
            has_vectors: true,
            shares_encoder: false,
            morphologizes: false,
        },
        Toy { pieces: 1, depth: 2, shares_encoder: true, ..Toy::default() },
        Toy { depth: 1, morphologizes: true, ..Toy::default() },
    ]
}

#[test]
fn a_text_is_annotated_alike_in_any_company() {
    for (i, toy) in kinds().into_iter().enumerate() {
        let pipeline = load(toy, &format!("company-{i}"));
        let long = SENTENCES.join(" ").repeat(40);
        let mut texts = SENTENCES.to_vec();
        texts.push(&long);
        let alone: Vec<Annotation> =
            texts.iter().map(|text| pipeline.worker().annotate(&[text]).remove(0)).collect();
        assert_eq!(pipeline.annotate(&texts), alone);
        let mut worker = pipeline.worker();
        for _ in 0..2 {
            assert_eq!(worker.annotate(&texts), alone);
        }
        texts.reverse();
        let mut reversed = worker.annotate(&texts);
        reversed.reverse();
        assert_eq!(reversed, alone);
    }
}

#[test]
fn threads_share_a_pipeline() {
    let pipeline = load(Toy::default(), "threads");
    let expected = pipeline.annotate(&SENTENCES);
    let agree = || pipeline.annotate(&SENTENCES) == expected;
    std::thread::scope(|scope| {
        let threads = [scope.spawn(agree), scope.spawn(agree)];
        assert!(threads.into_iter().all(|thread| thread.join().expect("no thread panics")));
    });
}

#[test]
fn what_a_worker_remembers_and_forgets_changes_nothing() {
    let pipeline = load(Toy { depth: 1, ..Toy::default() }, "forgetting");
    let words = |from: usize| (from..from + 9_000).map(|i| format!("word{i} ")).collect::<String>();
    let (some, others) = (words(0), words(9_000));
    let mut worker = pipeline.worker();
    let first = worker.annotate(&[&some]);
    worker.annotate(&[&others]);
    assert_eq!(worker.annotate(&[&some]), first);
    assert_eq!(first[0].tokens.len(), 9_000);
}

#[test]
fn annotations_hold_together() {
    let pipeline = load(Toy::default(), "together");
    for (text, annotation) in SENTENCES.iter().zip(pipeline.annotate(&SENTENCES)) {
        let count = annotation.tokens.len();
        assert!(annotation.tokens.iter().all(|token| (token.head as usize) < count), "{text}");
        assert!(annotation.tokens.iter().all(|token| !token.tag.is_empty() && !token.dep.contains("||")));
        assert_eq!(annotation.sentences.iter().map(ExactSizeIterator::len).sum::<usize>(), count);
        assert!(annotation.entities.iter().all(|entity| entity.tokens.end <= count));
    }
}

#[test]
fn wheels_and_packages_load_like_folders() {
    let folder = toy::write(Toy::default(), "inner");
    let expected = Pipeline::load(&folder).expect("the folder loads").annotate(&SENTENCES);
    let package = folder.with_extension("package");
    let _ = fs::remove_dir_all(&package);
    let wheel = folder.with_extension("whl");
    let mut zip = zip::ZipWriter::new(fs::File::create(&wheel).expect("files can be written"));
    for (name, bytes) in toy::files(Toy::default()) {
        toy::put(&package.join("toy/toy-3.8.0"), &name, &bytes);
        zip.start_file(format!("toy/toy-3.8.0/{name}"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap();
    for path in [package, wheel] {
        assert_eq!(Pipeline::load(&path).expect("it loads").annotate(&SENTENCES), expected);
    }
}

#[test]
fn a_cut_file_is_named() {
    let toy = Toy { has_vectors: true, ..Toy::default() };
    for (toy, name) in [(toy, "cut"), (Toy { morphologizes: true, ..toy }, "cut-morphs")] {
        cut_files_are_named(toy, name);
    }
}

fn cut_files_are_named(toy: Toy, name: &str) {
    let folder = toy::write(toy, name);
    for (name, bytes) in toy::files(toy) {
        for length in [0, bytes.len() / 2, bytes.len() - 1] {
            toy::put(&folder, &name, &bytes[..length]);
            match Pipeline::load(&folder) {
                // A configuration that lacks its end may still say all that is needed.
                Ok(_) => assert_eq!(name, "config.cfg"),
                Err(Error::Unsupported { .. }) => assert_eq!(name, "config.cfg"),
                Err(error) => assert!(error.to_string().contains(&name), "{name}: {error}"),
            }
        }
        toy::put(&folder, &name, &bytes);
    }
    fs::remove_file(folder.join("ner/moves")).unwrap();
    let error = Pipeline::load(&folder).expect_err("a file is missing").to_string();
    assert!(error.contains("moves"), "{error}");
}

#[test]
fn changed_bytes_never_panic() {
    let toy = Toy { depth: 1, has_vectors: true, ..Toy::default() };
    for (toy, name) in [(toy, "changed"), (Toy { morphologizes: true, ..toy }, "changed-morphs")] {
        change_bytes(toy, name);
    }
}

fn change_bytes(toy: Toy, name: &str) {
    let folder = toy::write(toy, name);
    for (name, bytes) in toy::files(toy) {
        for (i, change) in [1u8, 0x20, 0x80, 0xff, 0x7f].into_iter().cycle().take(60).enumerate() {
            let mut changed = bytes.clone();
            let at = (i * 7919) % bytes.len().min(if i % 2 == 0 { 400 } else { bytes.len() });
            changed[at] ^= change;
            toy::put(&folder, &name, &changed);
            if let Ok(pipeline) = Pipeline::load(&folder) {
                pipeline.annotate(&SENTENCES);
            }
        }
        toy::put(&folder, &name, &bytes);
    }
}

#[test]
fn a_morphologizer_and_edit_trees_set_parts_of_speech_and_lemmas() {
    let pipeline = load(Toy { morphologizes: true, ..Toy::default() }, "morphs");
    let annotation = pipeline.annotate(&["Treaties of Syldavia bind envoys."]).remove(0);
    let set = ["NOUN", "PROPN", "VERB", "SPACE", "PUNCT"];
    assert!(annotation.tokens.iter().all(|token| set.contains(&token.pos.as_str()) && token.tag.is_empty()));
    let forms =
        |text: &str| [text.to_owned(), text.trim_end_matches('s').to_owned(), text.replace("ies", "y")];
    let text = "Treaties of Syldavia bind envoys.";
    assert!(annotation.tokens.iter().all(|token| forms(token.text(text)).contains(&token.lemma.to_string())));
}

#[test]
fn parts_that_cannot_run_are_named() {
    let folder = toy::write(Toy::default(), "unsupported");
    let config = fs::read_to_string(folder.join("config.cfg")).unwrap();
    for (from, to, expected) in [
        ("\"ner\"]", "\"ner\",\"senter\"]\n[components.senter]\nfactory = \"senter\"", "senter"),
        ("factory = \"lemmatizer\"", "factory = \"entity_linker\"", "entity_linker"),
        ("mode = \"rule\"", "mode = \"pymorphy3\"", "pymorphy3"),
        ("mode = \"rule\"", "mode = \"rule\"\noverwrite = true", "lemmatizer"),
        ("\"attribute_ruler\",\"lemmatizer\"", "\"lemmatizer\",\"attribute_ruler\"", "`attribute_ruler`"),
        ("\"parser\",\"attribute_ruler\"", "\"attribute_ruler\",\"parser\"", "`parser`"),
        ("spacy.MultiHashEmbed.v2", "spacy.CharacterEmbed.v2", "spacy.CharacterEmbed"),
        ("spacy.MaxoutWindowEncoder.v2", "spacy.MishWindowEncoder.v2", "spacy.MishWindowEncoder"),
        ("spacy.Tokenizer.v1", "spacy.ja.JapaneseTokenizer", "spacy.ja.JapaneseTokenizer"),
        ("learn_tokens = false", "learn_tokens = true", "parser"),
        ("lang = \"en\"", "lang = \"pl\"", "`pl`"),
        ("disabled = []", "disabled = [\"parser\"]", "parser"),
        ("disabled = []", "disabled = [\"tagger\"]", "morphologizer"),
    ] {
        assert!(config.contains(from), "{from}");
        toy::put(&folder, "config.cfg", config.replacen(from, to, 1).as_bytes());
        let error = Pipeline::load(&folder).expect_err(expected);
        assert!(matches!(error, Error::Unsupported { .. }), "{error}");
        assert!(error.to_string().contains(expected), "{error}");
    }
}
