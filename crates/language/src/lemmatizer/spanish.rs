//! Dictionary forms of Spanish words, as spaCy's Spanish lemmatizer finds them.

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;
use rmpv::ValueRef;

use super::tables::{Endings, TableFile, Tables, owned};
use super::{Word, lower};
use crate::annotation::Pos;
use crate::error::Error;
use crate::msgpack::items;

/// Pronouns that are written onto a verb; where one ends with another, the longer stands first.
const CLITICS: [&str; 11] = ["las", "les", "los", "nos", "me", "te", "se", "la", "le", "lo", "os"];

/// Pronouns that a verb may carry, as spaCy strips them.
const MOST_CLITICS: usize = 4;

/// The tables of the Spanish lemmatizer.
#[derive(Debug, Clone)]
pub(crate) struct Spanish {
    adjectives: Tables,
    determiners: Tables,
    nouns: Tables,
    pronouns: Tables,
    verbs: Tables,
    /// Rules by the features that ask for them, in order.
    adjective_groups: Vec<Group>,
    noun_groups: Vec<Group>,
    verb_groups: Vec<Group>,
    accents: Endings,
    vowels: Endings,
    vowel_pairs: Endings,
    adverbs: HashMap<Box<str>, Box<str>>,
    numbers: HashMap<Box<str>, Box<str>>,
    /// Determiners and pronouns with a lemma of their own, those of the part of speech before those of both.
    fixed_determiners: HashMap<Box<str>, Box<str>>,
    fixed_pronouns: HashMap<Box<str>, Box<str>>,
    /// Endings of determiners and pronouns.
    general: Endings,
}

/// Rules for words that have all these features.
#[derive(Debug, Clone)]
struct Group {
    features: Vec<Box<str>>,
    rules: Endings,
}

impl Spanish {
    pub(super) fn read(file: &TableFile) -> Result<Spanish, Error> {
        Ok(Spanish {
            adjectives: file.of("adj")?,
            determiners: file.of("det")?,
            nouns: file.of("noun")?,
            pronouns: file.of("pron")?,
            verbs: file.of("verb")?,
            adjective_groups: groups(file, "adj")?,
            noun_groups: groups(file, "noun")?,
            verb_groups: groups(file, "verb")?,
            accents: file.endings("accents")?,
            vowels: file.endings("voc_alt_1")?,
            vowel_pairs: file.endings("voc_alt_2")?,
            adverbs: fixed(file, &["adverbs"])?,
            numbers: fixed(file, &["num"])?,
            fixed_determiners: fixed(file, &["det", "det_and_pron_fixed"])?,
            fixed_pronouns: fixed(file, &["pron", "det_and_pron_fixed"])?,
            general: file.endings("det_and_pron_general")?,
        })
    }

    /// The dictionary form of a word (`spacy/lang/es/lemmatizer.py`, `rule_lemmatize`).
    pub(super) fn lemma(&self, word: Word) -> CompactString {
        let form = lower(word.text);
        let features = features(word.morph);
        match word.pos {
            Pos::None | Pos::Space => form,
            Pos::Adj => excepted(&self.adjectives, &form).unwrap_or_else(|| {
                inflected(
                    &form,
                    &features,
                    rules(&self.adjective_groups, &features),
                    &self.adjectives.index,
                    &self.accents,
                )
            }),
            Pos::Noun => excepted(&self.nouns, &form).unwrap_or_else(|| {
                inflected(
                    &form,
                    &features,
                    rules(&self.noun_groups, &features),
                    &self.nouns.index,
                    &self.accents,
                )
            }),
            Pos::Verb => {
                excepted(&self.verbs, &form).unwrap_or_else(|| self.verb_or_with_clitics(&form, features))
            }
            Pos::Aux => self.verb_or_with_clitics(&form, features),
            Pos::Det => excepted(&self.determiners, &form).unwrap_or_else(|| self.determiner(&form)),
            Pos::Pron => {
                excepted(&self.pronouns, &form).unwrap_or_else(|| self.pronoun(&form, &self.pronouns.index))
            }
            Pos::Adv => known(&self.adverbs, &form).unwrap_or(form),
            Pos::Num => known(&self.numbers, &form).unwrap_or_else(|| plain_number(&form)),
            Pos::Propn => word.text.into(),
            _ if word.begins_sentence => form,
            _ => word.text.into(),
        }
    }

    fn determiner(&self, form: &str) -> CompactString {
        known(&self.fixed_determiners, form).unwrap_or_else(|| {
            let made =
                self.general.iter().map(|(old, new)| replaced(form, old, new).unwrap_or_else(|| form.into()));
            best(made.chain([form.into()]).collect(), &self.determiners.index, form)
        })
    }

    fn pronoun(&self, form: &str, index: &HashSet<Box<str>>) -> CompactString {
        known(&self.fixed_pronouns, form).unwrap_or_else(|| {
            best(made_from(form, &self.general).chain([form.into()]).collect(), index, form)
        })
    }

    fn verb_or_with_clitics(&self, form: &str, features: HashSet<String>) -> CompactString {
        if features.contains("PronType=Prs") {
            return self.verb_with_clitics(form, features);
        }
        self.verb(form, rules(&self.verb_groups, &features))
    }

    /// A form that is in the index, else one that is once its vowels alternate, else any.
    fn verb(&self, form: &str, rules: &[(Box<str>, Box<str>)]) -> CompactString {
        let made: Vec<CompactString> = made_from(form, rules).collect();
        let is_known = |form: &CompactString| self.verbs.index.contains(form.as_str());
        let found = made.iter().find(|form| is_known(form)).cloned();
        let found = found.or_else(|| made.iter().flat_map(|form| self.alternating(form)).find(is_known));
        found.or(made.into_iter().next()).unwrap_or_else(|| form.into())
    }

    /// The word with one vowel or pair of vowels exchanged, in each way.
    fn alternating(&self, form: &str) -> Vec<CompactString> {
        let single = self.vowels.iter().flat_map(|(old, new)| {
            let places = form.match_indices(&**old);
            places.map(move |(at, _)| exchanged(form, at, old, new))
        });
        let pairs = self.vowel_pairs.iter();
        let double = pairs.filter_map(|(old, new)| Some(exchanged(form, form.find(&**old)?, old, new)));
        single.chain(double).collect()
    }

    /// `dígaselo` is `decir él él`: the verb's lemma, then those of its pronouns.
    fn verb_with_clitics(&self, form: &str, mut features: HashSet<String>) -> CompactString {
        let (mut verb, mut clitics) = (form, Vec::new());
        while clitics.len() < MOST_CLITICS
            && let Some(clitic) = CLITICS.iter().find(|clitic| verb.ends_with(**clitic))
        {
            verb = &verb[..verb.len() - clitic.len()];
            clitics.insert(0, *clitic);
        }
        let verb = self.accents.iter().fold(verb.to_owned(), |verb, (old, new)| verb.replace(&**old, new));
        let lemma = excepted(&self.verbs, &verb).unwrap_or_else(|| {
            let rules = rules(&self.verb_groups, &features);
            features.remove("PronType=Prs");
            self.verb(&verb, rules)
        });
        // As in spaCy the index for pronouns is that of verbs here, and the blank stands without a pronoun too.
        let pronoun = |clitic: &&str| {
            excepted(&self.pronouns, clitic).unwrap_or_else(|| self.pronoun(clitic, &self.verbs.index))
        };
        let pronouns: Vec<CompactString> = clitics.iter().map(pronoun).collect();
        CompactString::from(format!("{lemma} {}", pronouns.join(" ")))
    }
}

/// The features of a morphology, each value by itself.
fn features(morph: &str) -> HashSet<String> {
    let fields = morph.split('|').filter_map(|feature| feature.split_once('='));
    fields
        .flat_map(|(field, values)| values.split(',').map(move |value| format!("{field}={value}")))
        .collect()
}

fn groups(file: &TableFile, pos: &str) -> Result<Vec<Group>, Error> {
    let names: Vec<_> = file.row("lemma_rules_groups", pos, |row| items(row)?.iter().map(group).collect())?;
    let rules =
        |(name, features): (Box<str>, Vec<Box<str>>)| Ok(Group { features, rules: file.endings(&name)? });
    names.into_iter().map(rules).collect()
}

fn group(row: &ValueRef) -> Option<(Box<str>, Vec<Box<str>>)> {
    let [name, features] = items(row)? else { return None };
    Some((owned(name)?, items(features)?.iter().map(owned).collect::<Option<_>>()?))
}

/// Words with their lemmas, from rules that are whole words; the first that names a word counts.
fn fixed(file: &TableFile, names: &[&str]) -> Result<HashMap<Box<str>, Box<str>>, Error> {
    let mut words = HashMap::new();
    for name in names {
        for (word, lemma) in file.endings(name)? {
            words.entry(word).or_insert(lemma);
        }
    }
    Ok(words)
}

/// The rules of the first group of which the word has all features.
fn rules<'g>(groups: &'g [Group], features: &HashSet<String>) -> &'g [(Box<str>, Box<str>)] {
    let fits = |group: &&Group| group.features.iter().all(|feature| features.contains(&**feature));
    groups.iter().find(fits).map_or(&[], |group| &group.rules)
}

fn excepted(tables: &Tables, form: &str) -> Option<CompactString> {
    tables.exceptions.get(form)?.first().map(|lemma| CompactString::from(&**lemma))
}

fn known(words: &HashMap<Box<str>, Box<str>>, form: &str) -> Option<CompactString> {
    words.get(form).map(|lemma| CompactString::from(&**lemma))
}

/// A noun or adjective: what rules make of it, and of plurals in `n` or `s` that again without their accents
/// (`jóvenes`, `joven`).
fn inflected(
    form: &str,
    features: &HashSet<String>,
    rules: &[(Box<str>, Box<str>)],
    index: &HashSet<Box<str>>,
    accents: &Endings,
) -> CompactString {
    let mut made: Vec<CompactString> = made_from(form, rules).collect();
    if features.contains("Number=Plur") {
        let bare = |form: &CompactString| {
            let ends = form.ends_with(['n', 's']);
            let each = accents.iter().filter(|_| ends).map(|(old, new)| form.replace(&**old, new).into());
            each.collect::<Vec<CompactString>>()
        };
        made.extend(made.iter().flat_map(bare).collect::<Vec<_>>());
    }
    best(made, index, form)
}

/// The first form in the index, else the first, else the word.
fn best(made: Vec<CompactString>, index: &HashSet<Box<str>>, word: &str) -> CompactString {
    let known = made.iter().find(|form| index.contains(form.as_str()));
    known.or(made.first()).cloned().unwrap_or_else(|| word.into())
}

/// What endings make of a word, where they change it.
fn made_from<'f>(
    form: &'f str,
    rules: &'f [(Box<str>, Box<str>)],
) -> impl Iterator<Item = CompactString> + 'f {
    rules.iter().filter_map(move |(old, new)| replaced(form, old, new)).filter(move |made| made != form)
}

fn replaced(form: &str, old: &str, new: &str) -> Option<CompactString> {
    let mut made = CompactString::from(form.strip_suffix(old)?);
    made.push_str(new);
    Some(made)
}

fn exchanged(form: &str, at: usize, old: &str, new: &str) -> CompactString {
    CompactString::from(format!("{}{new}{}", &form[..at], &form[at + old.len()..]))
}

/// A number with a point for its decimals, and without points between thousands.
fn plain_number(form: &str) -> CompactString {
    let whole = form.split(',').next().unwrap_or(form);
    let groups_thousands = whole.len() >= 4 && {
        let end = &whole.as_bytes()[whole.len() - 4..];
        end[0] == b'.' && end[1..].iter().all(u8::is_ascii_digit)
    };
    let form = if groups_thousands { form.replace('.', "") } else { form.to_owned() };
    CompactString::from(form.replace(',', "."))
}

#[cfg(test)]
mod tests {
    use rmpv::Value;

    use super::*;
    use crate::strings::string_id;

    fn strings(words: &[&str]) -> Value {
        Value::Array(words.iter().map(|&word| word.into()).collect())
    }

    fn table(rows: Vec<(&str, Value)>) -> Value {
        Value::Map(rows.into_iter().map(|(name, row)| (string_id(name).into(), row)).collect())
    }

    fn endings(pairs: &[[&str; 2]]) -> Value {
        Value::Array(pairs.iter().map(|pair| strings(pair)).collect())
    }

    fn group(name: &str, features: &[&str]) -> Value {
        Value::Array(vec![Value::Array(vec![name.into(), strings(features)])])
    }

    fn lemmatizer() -> Spanish {
        let rules = table(vec![
            ("plural", endings(&[["ces", "z"], ["es", ""], ["s", ""]])),
            ("infinitive", endings(&[["r", "r"]])),
            ("present", endings(&[["o", "er"], ["o", "ar"], ["o", "ir"]])),
            ("accents", endings(&[["ó", "o"], ["í", "i"], ["á", "a"]])),
            ("voc_alt_1", endings(&[["i", "e"]])),
            ("voc_alt_2", endings(&[["ue", "o"]])),
            ("pron", endings(&[["yo", "yo"]])),
            ("det_and_pron_fixed", endings(&[["tales", "tal"]])),
            ("det_and_pron_general", endings(&[["as", "o"], ["s", ""]])),
            ("num", endings(&[["décimas", "décimo"]])),
            ("adverbs", endings(&[["muy", "mucho"]])),
        ]);
        let present = group("present", &["Person=1", "VerbForm=Fin"]);
        let groups = table(vec![("noun", group("plural", &["Number=Plur"])), ("verb", present)]);
        let index = table(vec![
            ("noun", strings(&["orden", "paz"])),
            ("verb", strings(&["pedir", "contar", "dar"])),
            ("det", strings(&["mucho"])),
        ]);
        let exceptions = table(vec![("pron", Value::Map(vec![("lo".into(), strings(&["él"]))]))]);
        let file = Value::Map(vec![
            ("lemma_rules".into(), rules),
            ("lemma_rules_groups".into(), groups),
            ("lemma_index".into(), index),
            ("lemma_exc".into(), exceptions),
        ]);
        Spanish::read(&TableFile(file.as_ref())).unwrap()
    }

    #[track_caller]
    fn check(text: &str, pos: Pos, morph: &str, expected: &str) {
        let word = Word { text, pos, morph, begins_sentence: false, tree: 0 };
        assert_eq!(lemmatizer().lemma(word), expected);
    }

    #[test]
    fn takes_rules_by_features() {
        check("Órdenes", Pos::Noun, "Number=Plur", "orden");
        check("paces", Pos::Noun, "Number=Plur", "paz");
        check("paces", Pos::Noun, "Number=Sing", "paces");
        check("muchas", Pos::Det, "Number=Plur", "mucho");
        check("Tales", Pos::Det, "", "tal");
    }

    #[test]
    fn exchanges_vowels_of_verbs_until_one_is_known() {
        check("pido", Pos::Verb, "Person=1|VerbForm=Fin", "pedir");
        check("cuento", Pos::Verb, "Person=1|VerbForm=Fin", "contar");
        check("zendo", Pos::Verb, "Person=1|VerbForm=Fin", "zender");
    }

    #[test]
    fn takes_pronouns_off_verbs() {
        check("dárnoslo", Pos::Verb, "PronType=Prs|VerbForm=Inf", "dar no él");
        check("dar", Pos::Verb, "PronType=Prs|VerbForm=Inf", "dar ");
    }

    #[test]
    fn writes_numbers_with_a_point() {
        check("1.234.567,5", Pos::Num, "", "1234567.5");
        check("3,14", Pos::Num, "", "3.14");
        check("3.14", Pos::Num, "", "3.14");
        check("décimas", Pos::Num, "", "décimo");
    }

    #[test]
    fn words_without_inflection_are_small_at_the_start_of_a_sentence_only() {
        let de = Word { text: "De", pos: Pos::Adp, morph: "", begins_sentence: true, tree: 0 };
        assert_eq!(lemmatizer().lemma(de), "de");
        check("De", Pos::Adp, "", "De");
        check("Zenda", Pos::Propn, "", "Zenda");
        check("muy", Pos::Adv, "", "mucho");
    }
}
