//! Part of speech, morphology and dictionary form of every token, from its tag and its place in the tree.

use std::collections::{BTreeMap, HashMap};

use compact_str::CompactString;

use crate::annotation::Token;
use crate::attribute_ruler::{AttributeRuler, RuleId, Settings, View};
use crate::lemmatizer::Lemmatizer;
use crate::lexeme::{LexemeId, Vocabulary};

/// Forms that a worker remembers at most (about 4 MB).
const MOST_FORMS: usize = 1 << 14;

/// The rules of a pipeline's last stages: those that set attributes, then the lemmatizer.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordForms {
    ruler: AttributeRuler,
    lemmatizer: Lemmatizer,
}

/// Remembers what words are under a tag and a label. Both are told apart by address, which costs nothing: the
/// same label at two addresses is merely remembered twice.
#[derive(Debug, Clone, Default)]
pub(crate) struct FormCache {
    by_key: HashMap<(LexemeId, usize, usize), u32>,
    forms: Vec<Form>,
    /// The rules that a tag leaves, by its address.
    candidates: HashMap<usize, Vec<RuleId>>,
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

    /// Sets part of speech, morphology and lemma of tokens that have their tags and labels, and changes tags and
    /// labels where the rules say so. `lexemes` are the tokens' word types.
    pub(crate) fn set(&self, lexemes: &[LexemeId], vocabulary: &mut Vocabulary, tokens: &mut [Token]) {
        let mut cache = std::mem::take(&mut vocabulary.forms);
        cache.chosen.clear();
        for (&lexeme, token) in lexemes.iter().zip(&*tokens) {
            let form = cache.form(lexeme, token, vocabulary, self);
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
            let lemma = self.lemma(word, &settings);
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
        let view = |at: usize| Some(view(*lexemes.get(at)?, tokens.get(at)?, vocabulary));
        let mut found: BTreeMap<usize, Vec<RuleId>> = BTreeMap::new();
        for (start, &form) in cache.chosen.iter().enumerate() {
            for &rule in &cache.forms[form as usize].beginning {
                self.ruler.targets(rule, start, view).for_each(|at| found.entry(at).or_default().push(rule));
            }
        }
        found
    }

    fn form(&self, token: &View, candidates: &[RuleId]) -> Form {
        let rules = self.ruler.matching(token, candidates);
        let settings = self.ruler.settings(&rules);
        let lemma = self.lemma(token.text(), &settings);
        Form { beginning: self.ruler.beginning(token, candidates), rules, settings, lemma }
    }

    fn lemma(&self, word: &str, settings: &Settings) -> CompactString {
        match settings.lemma {
            Some(lemma) => CompactString::const_new(lemma),
            None => {
                self.lemmatizer.lemma(word, settings.pos.unwrap_or_default(), settings.morph.unwrap_or(""))
            }
        }
    }
}

impl FormCache {
    /// Whether it holds so much that it should be forgotten.
    pub(crate) fn is_large(&self) -> bool {
        self.forms.len() > MOST_FORMS
    }

    fn form(&mut self, lexeme: LexemeId, token: &Token, vocabulary: &Vocabulary, rules: &WordForms) -> u32 {
        let tag = token.tag.as_ptr() as usize;
        *self.by_key.entry((lexeme, tag, token.dep.as_ptr() as usize)).or_insert_with(|| {
            let candidates = self.candidates.entry(tag).or_insert_with(|| rules.ruler.candidates(token.tag));
            self.forms.push(rules.form(&view(lexeme, token, vocabulary), candidates));
            self.forms.len() as u32 - 1
        })
    }
}

fn view<'v>(lexeme: LexemeId, token: &Token, vocabulary: &'v Vocabulary) -> View<'v> {
    View::new(vocabulary.lexeme(lexeme), token.tag, token.dep)
}

fn merged(rules: &[RuleId], mut others: Vec<RuleId>) -> Vec<RuleId> {
    others.extend_from_slice(rules);
    others.sort_unstable();
    others
}

fn assign(settings: &Settings, lemma: CompactString, token: &mut Token) {
    token.pos = settings.pos.unwrap_or_default();
    token.morph = settings.morph.unwrap_or("");
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
        WordForms::new(ruler, Lemmatizer::default()).set(&lexemes, &mut vocabulary, &mut tokens);
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
