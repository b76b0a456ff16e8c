//! Rules that set part of speech, morphology and the like from tags, labels and words: spaCy's `AttributeRuler`.

use rmpv::ValueRef;

use crate::annotation::{Pos, Token};
use crate::error::{Error, damaged, unsupported};
use crate::labels::label;
use crate::lexeme::Lexeme;
use crate::model_files::{decode, get, text};
use crate::msgpack::{items, pairs, truth};
use crate::pattern::{Pattern, Scratch};
use crate::strings::string_id;

const FILE: &str = "attribute_ruler/patterns";
const COMPONENT: &str = "attribute_ruler";

/// The rules, in the order in which they overwrite each other.
#[derive(Debug, Clone, Default)]
pub(crate) struct AttributeRuler {
    rules: Vec<Rule>,
}

/// Sets attributes of one token wherever one of its patterns matches.
#[derive(Debug, Clone)]
struct Rule {
    patterns: Vec<Vec<TokenPattern>>,
    /// Which token of the match it sets: from the first if not negative, else from the last.
    target: i64,
    settings: Settings,
}

/// What one token must be.
type TokenPattern = Vec<Condition>;

#[derive(Debug, Clone)]
struct Condition {
    attribute: Attribute,
    test: Test,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attribute {
    Orth,
    Lower,
    Norm,
    Prefix,
    Suffix,
    Shape,
    IsSpace,
    Pos,
    Tag,
    Dep,
}

#[derive(Debug, Clone)]
enum Test {
    Is(u64),
    In(Vec<u64>),
    NotIn(Vec<u64>),
    Regex(Box<Pattern>),
}

/// What rules say of a token; what none of them sets is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) pos: Option<Pos>,
    pub(crate) morph: Option<&'static str>,
    pub(crate) tag: Option<&'static str>,
    pub(crate) dep: Option<&'static str>,
    pub(crate) lemma: Option<&'static str>,
}

/// A token as the rules see it, before any of them has set anything.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'v> {
    lexeme: &'v Lexeme,
    pos: Pos,
    tag: &'static str,
    dep: &'static str,
    tag_id: u64,
    dep_id: u64,
}

/// Number of a rule.
pub(crate) type RuleId = u32;

impl AttributeRuler {
    /// Reads a pipeline's `attribute_ruler/patterns`.
    ///
    /// # Errors
    /// Where the file is damaged, or a rule looks at or sets an attribute that this engine does not have.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<AttributeRuler, Error> {
        let file = decode(FILE, bytes)?;
        let rules = items(&file).ok_or_else(|| damaged(FILE, "its start", "it is not a list"))?;
        Ok(AttributeRuler { rules: rules.iter().map(Rule::read).collect::<Result<_, _>>()? })
    }

    /// The rules of which a pattern may begin with a token of that tag and part of speech, in order.
    pub(crate) fn candidates(&self, tag: &str, pos: Pos) -> Vec<RuleId> {
        let (tag, pos) = (string_id(tag), string_id(pos.as_str()));
        let admits =
            |pattern: &Vec<TokenPattern>| pattern[0].iter().all(|condition| condition.admits(tag, pos));
        let rules = (0..).zip(&self.rules);
        rules.filter(|(_, rule)| rule.patterns.iter().any(admits)).map(|(id, _)| id).collect()
    }

    /// Those of the candidates that set this token for what it is by itself.
    pub(crate) fn matching(&self, token: &View, candidates: &[RuleId]) -> Vec<RuleId> {
        self.beginning_with(token, candidates, |length| length == 1)
    }

    /// Those of the candidates of which a pattern of several tokens may begin with this one.
    pub(crate) fn beginning(&self, token: &View, candidates: &[RuleId]) -> Vec<RuleId> {
        self.beginning_with(token, candidates, |length| length > 1)
    }

    fn beginning_with(
        &self,
        token: &View,
        candidates: &[RuleId],
        length: impl Fn(usize) -> bool,
    ) -> Vec<RuleId> {
        let begins = |pattern: &Vec<TokenPattern>| length(pattern.len()) && matches(&pattern[0], token);
        let rule = |id: &&RuleId| self.rules[**id as usize].patterns.iter().any(&begins);
        candidates.iter().filter(rule).copied().collect()
    }

    /// Which tokens a rule sets by its patterns of several tokens that match from `start` on.
    pub(crate) fn targets<'t>(
        &self,
        rule: RuleId,
        start: usize,
        view: impl Fn(usize) -> Option<View<'t>>,
    ) -> impl Iterator<Item = usize> {
        let rule = &self.rules[rule as usize];
        let fits = move |(offset, pattern): (usize, &TokenPattern)| {
            view(start + offset).is_some_and(|token| matches(pattern, &token))
        };
        let longer = rule.patterns.iter().filter(|pattern| pattern.len() > 1);
        let matching = longer.filter(move |pattern| pattern.iter().enumerate().all(&fits));
        matching.map(move |pattern| start + rule.offset(pattern.len()))
    }

    /// What rules set together, a later one before an earlier one. `rules` is sorted.
    pub(crate) fn settings(&self, rules: &[RuleId]) -> Settings {
        rules.iter().fold(Settings::default(), |settings, &rule| {
            self.rules[rule as usize].settings.clone().or(settings)
        })
    }
}

impl Rule {
    fn read(rule: &ValueRef) -> Result<Rule, Error> {
        let patterns = list(rule, "patterns")?.iter().map(read_pattern).collect::<Result<Vec<_>, _>>()?;
        let target = get(rule, "index").and_then(|index| index.to_owned().as_i64()).unwrap_or(0);
        let reaches = |length: usize| target < length as i64 && target >= -(length as i64);
        if !patterns.iter().all(|pattern| reaches(pattern.len())) {
            return Err(damaged(FILE, "index", "it leads out of the pattern"));
        }
        let attributes = get(rule, "attrs").and_then(pairs);
        let attributes = attributes.ok_or_else(|| damaged(FILE, "attrs", "a rule has none"))?;
        let mut settings = Settings::default();
        attributes.iter().try_for_each(|(name, value)| settings.set(text(name), text(value)))?;
        Ok(Rule { patterns, target, settings })
    }

    fn offset(&self, length: usize) -> usize {
        let from = if self.target < 0 { length as i64 } else { 0 };
        (from + self.target) as usize
    }
}

impl Settings {
    fn set(&mut self, name: Option<&str>, value: Option<&str>) -> Result<(), Error> {
        let name = name.unwrap_or("an attribute without a name");
        let value =
            value.ok_or_else(|| unsupported(COMPONENT, format!("it sets {name} to what is no string")))?;
        match name {
            "POS" => self.pos = Some(part_of_speech(value)?),
            "MORPH" => self.morph = Some(label(&normal_morph(value))),
            "TAG" => self.tag = Some(label(value)),
            "DEP" => self.dep = Some(label(value)),
            "LEMMA" => self.lemma = Some(label(value)),
            _ => return Err(unsupported(COMPONENT, format!("it sets {name}"))),
        }
        Ok(())
    }

    fn or(self, other: Settings) -> Settings {
        Settings {
            pos: self.pos.or(other.pos),
            morph: self.morph.or(other.morph),
            tag: self.tag.or(other.tag),
            dep: self.dep.or(other.dep),
            lemma: self.lemma.or(other.lemma),
        }
    }
}

fn part_of_speech(name: &str) -> Result<Pos, Error> {
    Pos::from_name(name).ok_or_else(|| unsupported(COMPONENT, format!("it sets POS to {name:?}")))
}

/// Features in the order in which spaCy writes them; `_` stands for none.
fn normal_morph(features: &str) -> String {
    let mut features: Vec<&str> = features.split('|').filter(|feature| feature.contains('=')).collect();
    features.sort_unstable();
    features.join("|")
}

fn list<'v, 'b>(rule: &'v ValueRef<'b>, field: &str) -> Result<&'v [ValueRef<'b>], Error> {
    get(rule, field).and_then(items).ok_or_else(|| damaged(FILE, field, "it is not a list"))
}

fn read_pattern(pattern: &ValueRef) -> Result<Vec<TokenPattern>, Error> {
    let tokens = items(pattern).filter(|tokens| !tokens.is_empty());
    let tokens = tokens.ok_or_else(|| damaged(FILE, "patterns", "a pattern has no tokens"))?;
    tokens.iter().map(read_token_pattern).collect()
}

fn read_token_pattern(token: &ValueRef) -> Result<TokenPattern, Error> {
    let conditions = pairs(token).ok_or_else(|| damaged(FILE, "patterns", "a token is not a map"))?;
    let mut read = Vec::new();
    for (name, value) in conditions {
        let name = text(name).unwrap_or("an attribute without a name");
        let attribute = Attribute::from_name(name)
            .ok_or_else(|| unsupported(COMPONENT, format!("a pattern looks at {name}")))?;
        for test in tests(attribute, value)? {
            read.push(Condition { attribute, test });
        }
    }
    Ok(read)
}

fn tests(attribute: Attribute, value: &ValueRef) -> Result<Vec<Test>, Error> {
    if let Some(truth) = truth(value) {
        return Ok(vec![Test::Is(truth.into())]);
    }
    if let Some(text) = text(value) {
        return Ok(vec![Test::Is(string_id(text))]);
    }
    let predicates =
        pairs(value).ok_or_else(|| unsupported(COMPONENT, format!("a test of {attribute:?}")))?;
    predicates.iter().map(|(name, value)| predicate(attribute, text(name).unwrap_or(""), value)).collect()
}

fn predicate(attribute: Attribute, name: &str, value: &ValueRef) -> Result<Test, Error> {
    let ids = || items(value)?.iter().map(|item| text(item).map(string_id)).collect::<Option<Vec<_>>>();
    let test = match name {
        "IN" => ids().map(Test::In),
        "NOT_IN" => ids().map(Test::NotIn),
        "REGEX" if attribute.has_text() => match text(value).map(Pattern::new) {
            Some(Err(error)) => return Err(unsupported(COMPONENT, format!("a pattern's {error}"))),
            Some(Ok(pattern)) => Some(Test::Regex(Box::new(pattern))),
            None => None,
        },
        _ => None,
    };
    test.ok_or_else(|| unsupported(COMPONENT, format!("a pattern tests {attribute:?} by {name:?}")))
}

impl Attribute {
    fn from_name(name: &str) -> Option<Attribute> {
        Some(match name {
            "ORTH" | "TEXT" => Attribute::Orth,
            "LOWER" => Attribute::Lower,
            "NORM" => Attribute::Norm,
            "PREFIX" => Attribute::Prefix,
            "SUFFIX" => Attribute::Suffix,
            "SHAPE" => Attribute::Shape,
            "IS_SPACE" => Attribute::IsSpace,
            "POS" => Attribute::Pos,
            "TAG" => Attribute::Tag,
            "DEP" => Attribute::Dep,
            _ => return None,
        })
    }

    /// Whether a regular expression can be matched against it.
    fn has_text(self) -> bool {
        matches!(self, Attribute::Orth | Attribute::Lower | Attribute::Tag | Attribute::Dep)
    }
}

impl<'v> View<'v> {
    /// A token of that word type.
    pub(crate) fn new(lexeme: &'v Lexeme, token: &Token) -> View<'v> {
        let &Token { pos, tag, dep, .. } = token;
        View { lexeme, pos, tag, dep, tag_id: string_id(tag), dep_id: string_id(dep) }
    }

    fn id(&self, attribute: Attribute) -> u64 {
        match attribute {
            Attribute::Orth => self.lexeme.orth,
            Attribute::Lower => self.lexeme.lower,
            Attribute::Norm => self.lexeme.norm,
            Attribute::Prefix => self.lexeme.prefix,
            Attribute::Suffix => self.lexeme.suffix,
            Attribute::Shape => self.lexeme.shape,
            Attribute::IsSpace => self.lexeme.is_space.into(),
            Attribute::Pos => string_id(self.pos.as_str()),
            Attribute::Tag => self.tag_id,
            Attribute::Dep => self.dep_id,
        }
    }

    fn chars(&self, attribute: Attribute) -> Vec<char> {
        match attribute {
            Attribute::Lower => self.lexeme.text().to_lowercase().chars().collect(),
            Attribute::Tag => self.tag.chars().collect(),
            Attribute::Dep => self.dep.chars().collect(),
            _ => self.lexeme.text().chars().collect(),
        }
    }
}

fn matches(pattern: &TokenPattern, token: &View) -> bool {
    pattern.iter().all(|condition| condition.holds(token))
}

impl Condition {
    /// Whether a token of which tag and part of speech have these ids may meet it.
    fn admits(&self, tag: u64, pos: u64) -> bool {
        let id = match self.attribute {
            Attribute::Tag => tag,
            Attribute::Pos => pos,
            _ => return true,
        };
        match &self.test {
            Test::Is(expected) => id == *expected,
            Test::In(ids) => ids.contains(&id),
            Test::NotIn(ids) => !ids.contains(&id),
            Test::Regex(_) => true,
        }
    }

    fn holds(&self, token: &View) -> bool {
        match &self.test {
            Test::Is(id) => token.id(self.attribute) == *id,
            Test::In(ids) => ids.contains(&token.id(self.attribute)),
            Test::NotIn(ids) => !ids.contains(&token.id(self.attribute)),
            Test::Regex(pattern) => {
                pattern.search(&token.chars(self.attribute), &mut Scratch::default()).is_some()
            }
        }
    }
}
