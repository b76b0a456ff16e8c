//! Part of speech, morphology and dictionary form of every token, from its reading and its place in the tree.

use std::collections::{BTreeMap, HashMap};

use compact_str::CompactString;

use crate::annotation::Token;
use crate::attribute_ruler::{AttributeRuler, RuleId, Settings, View};
use crate::lemmatizer::{Lemmatizer, Word};
use crate::lexeme::{Lexeme, LexemeId, Vocabulary};
use crate::reading::Reading;

/// Forms that a worker remembers at most (about 4 MB).
const MOST_FORMS: usize = 1 << 14;

/// The rules of a pipeline's last stages: those that set attributes, then the lemmatizer.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordForms {
    ruler: AttributeRuler,
    lemmatizer: Lemmatizer,
}

/// Remembers what words are under a reading and a label. Labels are told apart by address, which costs nothing: the
/// same label at two addresses is merely remembered twice.
#[derive(Debug, Clone, Default)]
pub(crate) struct FormCache {
    by_key: HashMap<(LexemeId, u64, usize), u32>,
    forms: Vec<Form>,
    /// The rules that a reading leaves.
    candidates: HashMap<u64, Vec<RuleId>>,
    /// The form of each token of the text at hand.
    chosen: Vec<u32>,
}

/// What a word is by itself.
#[derive(Debug, Clone)]
struct Form {
    rules: Vec<RuleId>,
    /// The rules of which a pattern of several tokens may begin with the word.
    beginning: Vec<RuleId>,
    settings: Settings,
    lemma: CompactString,
}

impl WordForms {
    /// Joins the two; a pipeline that lacks one has an empty one.
    pub(crate) fn new(ruler: AttributeRuler, lemmatizer: Lemmatizer) -> WordForms {
        WordForms { ruler, lemmatizer }
    }

    /// Whether a word's form may depend on whether it begins a sentence.
    pub(crate) fn sees_sentences(&self) -> bool {
        self.lemmatizer.sees_sentences()
    }

    /// Sets the lemmas of tokens that have all else from their readings and labels, and changes all that where the
    /// rules say so. `lexemes` are the tokens' word types.
    pub(crate) fn set(
        &self,
        lexemes: &[LexemeId],
        readings: &[Reading],
        vocabulary: &mut Vocabulary,
        tokens: &mut [Token],
    ) {
        let mut cache = std::mem::take(&mut vocabulary.forms);
        cache.chosen.clear();
        for ((&lexeme, &reading), token) in lexemes.iter().zip(readings).zip(&*tokens) {
            let form = cache.form(lexeme, reading, token, vocabulary, self);
            cache.chosen.push(form);
        }
        let by_neighbours = self.rules_by_neighbours(lexemes, vocabulary, tokens, &cache);
        for (token, &form) in tokens.iter_mut().zip(&cache.chosen) {
            let form = &cache.forms[form as usize];
            assign(&form.settings, form.lemma.clone(), token);
        }
        for (at, rules) in by_neighbours {
            let word = vocabulary.lexeme(lexemes[at]).text();
            let rules = merged(&cache.forms[cache.chosen[at] as usize].rules, rules);
            let settings = self.ruler.settings(&rules);
            let lemma = self.lemma(word, readings[at], &tokens[at], &settings);
            assign(&settings, lemma, &mut tokens[at]);
        }
        vocabulary.forms = cache;
    }

    /// The rules that patterns of several tokens bring to bear, by the token that they set.
    fn rules_by_neighbours(
        &self,
        lexemes: &[LexemeId],
        vocabulary: &Vocabulary,
        tokens: &[Token],
        cache: &FormCache,
    ) -> BTreeMap<usize, Vec<RuleId>> {
        let view = |at: usize| Some(View::new(vocabulary.lexeme(*lexemes.get(at)?), tokens.get(at)?));
        let mut found: BTreeMap<usize, Vec<RuleId>> = BTreeMap::new();
        for (start, &form) in cache.chosen.iter().enumerate() {
            for &rule in &cache.forms[form as usize].beginning {
                self.ruler.targets(rule, start, view).for_each(|at| found.entry(at).or_default().push(rule));
            }
        }
        found
    }

    fn form(&self, lexeme: &Lexeme, reading: Reading, token: &Token, candidates: &[RuleId]) -> Form {
        let view = View::new(lexeme, token);
        let rules = self.ruler.matching(&view, candidates);
        let settings = self.ruler.settings(&rules);
        let lemma = self.lemma(lexeme.text(), reading, token, &settings);
        Form { beginning: self.ruler.beginning(&view, candidates), rules, settings, lemma }
    }

    fn lemma(&self, text: &str, reading: Reading, token: &Token, settings: &Settings) -> CompactString {
        if let Some(lemma) = settings.lemma {
            return CompactString::const_new(lemma);
        }
        self.lemmatizer.lemma(Word {
            text,
            pos: settings.pos.unwrap_or(token.pos),
            morph: settings.morph.unwrap_or(token.morph),
            begins_sentence: reading.begins_sentence,
            tree: reading.tree,
        })
    }
}

impl FormCache {
    /// Whether it holds so much that it should be forgotten.
    pub(crate) fn is_large(&self) -> bool {
        self.forms.len() > MOST_FORMS
    }

    fn form(
        &mut self,
        lexeme: LexemeId,
        reading: Reading,
        token: &Token,
        vocabulary: &Vocabulary,
        rules: &WordForms,
    ) -> u32 {
        *self.by_key.entry((lexeme, reading.key(), token.dep.as_ptr() as usize)).or_insert_with(|| {
            let candidates = self.candidates.entry(reading.without_lemma().key());
            let candidates = candidates.or_insert_with(|| rules.ruler.candidates(token.tag, token.pos));
            self.forms.push(rules.form(vocabulary.lexeme(lexeme), reading, token, candidates));
            self.forms.len() as u32 - 1
        })
    }
}

fn merged(rules: &[RuleId], mut others: Vec<RuleId>) -> Vec<RuleId> {
    others.extend_from_slice(rules);
    others.sort_unstable();
    others
}

fn assign(settings: &Settings, lemma: CompactString, token: &mut Token) {
    token.pos = settings.pos.unwrap_or(token.pos);
    token.morph = settings.morph.unwrap_or(token.morph);
    token.tag = settings.tag.unwrap_or(token.tag);
    token.dep = settings.dep.unwrap_or(token.dep);
    token.lemma = lemma;
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rmpv::Value;

    use super::*;
    use crate::annotation::Pos;

    fn bytes(value: &Value) -> Vec<u8> {
        let mut bytes = Vec::new();
        rmpv::encode::write_value(&mut bytes, value).unwrap();
        bytes
    }

    fn map<const N: usize>(pairs: [(&str, Value); N]) -> Value {
        Value::Map(pairs.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    fn rule(patterns: Value, attributes: Value, index: i64) -> Value {
        map([("patterns", Value::Array(vec![patterns])), ("attrs", attributes), ("index", index.into())])
    }

    fn token<const N: usize>(conditions: [(&str, Value); N]) -> Value {
        map(conditions)
    }

    /// Forms of words given as (text, tag, label), written `text/POS/morph/lemma`.
    fn forms(rules: Vec<Value>, words: &[(&str, &'static str, &'static str)]) -> Vec<String> {
        let ruler = AttributeRuler::from_bytes(&bytes(&Value::Array(rules))).unwrap();
        let mut vocabulary = Vocabulary::new(Arc::default());
        let lexemes: Vec<LexemeId> = words.iter().map(|word| vocabulary.intern(word.0, None)).collect();
        let mut tokens: Vec<Token> = words.iter().map(|&(_, tag, dep)| blank_token(tag, dep)).collect();
        let tag =
            |word: &(&str, &str, _)| words.iter().position(|other| other.1 == word.1).unwrap_or(0) as u16;
        let readings: Vec<Reading> =
            words.iter().map(|word| Reading { tag: tag(word), ..Reading::default() }).collect();
        WordForms::new(ruler, Lemmatizer::default()).set(&lexemes, &readings, &mut vocabulary, &mut tokens);
        let written = |(word, token): (&(&str, _, _), &Token)| {
            format!("{}/{}/{}/{}", word.0, token.pos.as_str(), token.morph, token.lemma)
        };
        words.iter().zip(&tokens).map(written).collect()
    }

    fn blank_token(tag: &'static str, dep: &'static str) -> Token {
        Token {
            start: 0,
            end: 0,
            space_after: false,
            pos: Pos::None,
            tag,
            morph: "",
            lemma: CompactString::default(),
            head: 0,
            dep,
        }
    }

    #[test]
    fn a_later_rule_overwrites_an_earlier_one() {
        let rules = vec![
            rule(
                Value::Array(vec![token([("TAG", "DT".into())])]),
                map([("POS", "DET".into()), ("MORPH", "_".into())]),
                0,
            ),
            rule(
                Value::Array(vec![token([
                    ("TAG", map([("IN", Value::Array(vec!["DT".into(), "WDT".into()]))])),
                    ("DEP", map([("NOT_IN", Value::Array(vec!["det".into()]))])),
                ])]),
                map([("POS", "PRON".into())]),
                0,
            ),
        ];
        let words = [("The", "DT", "det"), ("this", "DT", "nsubj"), ("Zenda", "NNP", "ROOT")];
        assert_eq!(forms(rules, &words), ["The/DET//the", "this/PRON//this", "Zenda///zenda"]);
    }

    #[test]
    fn rules_of_several_tokens_keep_their_rank() {
        let let_us = Value::Array(vec![token([("LOWER", "let".into())]), token([("LOWER", "'s".into())])]);
        let rules = |last: bool| {
            let by_neighbour =
                rule(let_us.clone(), map([("LEMMA", "us".into()), ("POS", "PRON".into())]), -1);
            let alone = rule(
                Value::Array(vec![token([("LOWER", map([("REGEX", "^['’]s$".into())]))])]),
                map([("POS", "PART".into())]),
                0,
            );
            if last { vec![alone, by_neighbour] } else { vec![by_neighbour, alone] }
        };
        let words = [("Let", "VB", "ROOT"), ("'s", "PRP", "nsubj"), ("'s", "POS", "case")];
        assert_eq!(forms(rules(true), &words), ["Let///let", "'s/PRON//us", "'s/PART//'s"]);
        assert_eq!(forms(rules(false), &words), ["Let///let", "'s/PART//us", "'s/PART//'s"]);
    }

    #[test]
    fn names_what_it_does_not_support() {
        let pattern = |name: &str| Value::Array(vec![token([(name, "x".into())])]);
        let error = |rule: Value| {
            AttributeRuler::from_bytes(&bytes(&Value::Array(vec![rule]))).unwrap_err().to_string()
        };
        assert!(error(rule(pattern("ENT_TYPE"), map([]), 0)).contains("looks at ENT_TYPE"));
        assert!(error(rule(pattern("OP"), map([]), 0)).contains("looks at OP"));
        assert!(
            error(rule(pattern("TAG"), map([("SENT_START", "x".into())]), 0)).contains("sets SENT_START")
        );
        assert!(error(rule(pattern("TAG"), map([]), 1)).contains("out of the pattern"));
    }
}
