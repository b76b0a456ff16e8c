//! A document's words as the rules for times see them, and what its text says of the dates it is about.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;

use super::calendar::Direction;
use super::events::{Dated, dated_by};
use super::syntax::{Rules, UNKNOWN, WordId};
use super::{Days, TimeExpression};
use crate::predicates::Scene;
use crate::tree::Tree;

/// What follows the digits of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// Nothing: 7.
    None,
    /// An s: 1990s.
    S,
    /// st, nd, rd, th: 7th.
    Nth,
}

/// A word: a token, or a part of one that hyphens join to a figure.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// Its number in the rules.
    pub id: WordId,
    /// Its token.
    pub token: usize,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Its figure; negative where it is none.
    pub figure: i64,
    /// How many digits.
    pub digits: usize,
    /// What follows them.
    pub tail: Tail,
    /// Whether it begins with a capital.
    pub is_capital: bool,
}

/// The date told last.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    /// Its days.
    pub days: Days,
    /// The sentence that tells it.
    pub sentence: usize,
}

/// How many years from the middle of a history another story begins.
const ASIDE: i64 = 40;

/// A document, its date, and the dates told so far.
pub struct Reader<'a> {
    /// The parse with its parties.
    pub scene: &'a Scene<'a>,
    /// The parse.
    pub tree: &'a Tree<'a>,
    /// The rules.
    pub rules: &'a Rules,
    /// The words.
    pub words: Vec<Word>,
    /// The document's date.
    pub today: Option<Date>,
    /// Whether the text tells of other years than its own, so that dates without a year go on from the one told.
    pub is_history: bool,
    /// The year in the middle of those that the text names.
    pub middle_year: Option<i64>,
    /// Whether it reports the results of a quarter.
    pub has_results: bool,
    /// The date told last.
    pub told: Option<Told>,
    /// The latest quarter told.
    pub quarter: Option<Days>,
    /// The nouns of events that the document dated, with their last days.
    pub dated: HashMap<String, Days>,
    /// Where the verbs over a token look, as far as somebody has asked.
    directions: Vec<OnceCell<Direction>>,
    /// The table of auxiliaries that say where a verb looks.
    looks: Option<usize>,
    /// The table of verbs of plans.
    plans: Option<usize>,
}

impl<'a> Reader<'a> {
    /// Lays the document out.
    pub fn new(scene: &'a Scene<'a>, today: Option<Date>) -> Self {
        let (tree, rules) = (scene.tree, scene.lexicon.times());
        let words = words(tree, rules);
        let looks = rules.class("looks");
        let mut reader = Reader {
            scene,
            tree,
            rules,
            words,
            today,
            is_history: false,
            middle_year: None,
            has_results: false,
            told: None,
            quarter: None,
            dated: HashMap::new(),
            directions: vec![OnceCell::new(); tree.len()],
            looks,
            plans: rules.class("plans"),
        };
        reader.is_history = reader.tells_history();
        reader.middle_year = reader.find_middle_year();
        reader.has_results = reader.count("results") > 2;
        reader
    }

    /// How many words of that table the text has.
    fn count(&self, table: &str) -> usize {
        let Some(class) = self.rules.class(table) else { return 0 };
        self.words
            .iter()
            .filter(|w| self.rules.entries[w.id as usize].iter().any(|e| e.class == class))
            .count()
    }

    /// Whether the years that a text names lie elsewhere than its own date, and it speaks of no day around that.
    fn tells_history(&self) -> bool {
        let Some(today) = self.today else { return true };
        let near = self.count("near");
        let far = self
            .words
            .iter()
            .filter(|w| w.is_year() && (w.figure - i64::from(today.year())).abs() > 1)
            .count();
        far > 3 && far > 2 * near
    }

    fn find_middle_year(&self) -> Option<i64> {
        let mut years: Vec<i64> = self.words.iter().filter(|w| w.is_year()).map(|w| w.figure).collect();
        years.sort_unstable();
        years.get(years.len() / 2).copied()
    }

    /// Whether a year lies far from those that a history is about: a book's, or a precedent's.
    fn is_aside(&self, days: &Days) -> bool {
        let year = i64::from(days.start.year());
        self.is_history && self.middle_year.is_some_and(|m| (year - m).abs() > ASIDE)
    }

    /// What the table says of word `i` by itself.
    pub fn in_table(&self, class: Option<usize>, i: usize) -> Option<&'a str> {
        let word = self.words.get(i)?;
        let entries = &self.rules.entries[word.id as usize];
        let entry = entries.iter().find(|e| Some(e.class) == class && e.rest.is_empty())?;
        (!entry.is_name || word.is_capital).then_some(entry.value.as_str())
    }

    /// The same, by the table's name.
    pub fn table(&self, name: &str, i: usize) -> Option<&'a str> {
        self.in_table(self.rules.class(name), i)
    }

    /// The sentence of word `i`.
    pub fn sentence(&self, i: usize) -> usize {
        self.tree.sentence(self.words[i].token)
    }

    /// The tokens of some words.
    pub fn tokens(&self, words: &Range<usize>) -> Range<usize> {
        self.words[words.start].token..self.words[words.end - 1].token + 1
    }

    /// The text of some words.
    pub fn text(&self, words: &Range<usize>) -> &'a str {
        &self.tree.document()[self.words[words.start].start..self.words[words.end - 1].end]
    }

    /// Keeps the date of an expression as the one told last; what is counted from today is no date of a history.
    pub fn remember(&mut self, found: &TimeExpression, counted: bool) {
        if counted && self.is_history {
            return;
        }
        let is_later =
            |d: &Days| self.quarter.is_none_or(|q| q.start < d.start) && self.today.is_none_or(|t| d.end < t);
        if let Some(quarter) = found.days.filter(|d| d.granularity == "quarter" && is_later(d)) {
            self.quarter = Some(quarter);
        }
        if let Some(days) =
            found.days.filter(|d| found.kind == "DATE" && matches!(d.granularity, "day" | "month"))
        {
            self.keep(dated_by(self.scene, &found.tokens, days));
        }
        let is_told = |d: &Days| matches!(found.kind, "DATE" | "TIME") && !self.is_aside(d);
        if let Some(days) = found.days.filter(is_told) {
            self.told = Some(Told { days, sentence: self.tree.sentence(found.tokens.start) });
        }
    }

    /// Keeps the days of nouns for a later "the summit".
    pub fn keep(&mut self, dated: impl IntoIterator<Item = Dated>) {
        self.dated.extend(dated.into_iter().map(|d| (d.lemma, d.days)));
    }

    /// The days told in this sentence or the two before; in a history, the last ones.
    pub fn just_told(&self, i: usize) -> Option<Days> {
        let reach = if self.is_history { 6 } else { 2 };
        self.told.filter(|t| t.sentence + reach >= self.sentence(i)).map(|t| t.days)
    }

    /// The year that the text is in where it tells of other years than its own.
    pub fn year_told(&self, i: usize) -> Option<i16> {
        let told = self.told?;
        let year = told.days.start.year();
        let is_far = self.today.is_none_or(|t| (t.year() - year).abs() > 1);
        let distance = self.sentence(i).saturating_sub(told.sentence);
        let is_fine = told.days.granularity == "day";
        let goes_on = self.is_history || (is_fine && distance < 3);
        let looks_ahead = !self.is_history && self.direction(i) == Direction::Ahead;
        (is_far && goes_on && !looks_ahead).then_some(year)
    }

    /// Whether the verb over word `i` looks ahead (will, is to, plans to) or back (a past form).
    pub fn direction(&self, i: usize) -> Direction {
        let tree = self.tree;
        let token = self.words[i].token;
        // "the October killings": the verb does not date what its noun names.
        if matches!(tree.dep(token), "compound" | "amod" | "nmod") {
            return Direction::Unknown;
        }
        let verbs = || tree.ancestors(token).filter(|&a| tree.is_verb(a));
        if self.is_limit(i) && !verbs().next().is_some_and(|v| self.is_past(v)) {
            return Direction::Ahead;
        }
        let above = || verbs().find_map(|verb| self.direction_of(verb)).unwrap_or(Direction::Unknown);
        *self.directions[token].get_or_init(above)
    }

    /// "by February", "until Tuesday": the end of something, which lies ahead unless the verb is past.
    fn is_limit(&self, i: usize) -> bool {
        let before = self.words[i].token.checked_sub(1);
        before.is_some_and(|b| matches!(self.tree.text(b), "by" | "until" | "till" | "through"))
    }

    fn is_past(&self, verb: usize) -> bool {
        let tree = self.tree;
        let past = |a: usize| matches!(tree.text(a), "was" | "were" | "had" | "did");
        tree.tag(verb) == "VBD" || tree.by_dep(verb, &["aux", "auxpass"]).any(past)
    }

    /// Where a verb looks; nothing for an infinitive of purpose, for which the verb above it tells.
    fn direction_of(&self, verb: usize) -> Option<Direction> {
        let tree = self.tree;
        let auxiliaries = || tree.by_dep(verb, &["aux", "auxpass"]);
        let is_running =
            tree.tag(verb) == "VBG" && auxiliaries().any(|a| matches!(tree.tag(a), "VBZ" | "VBP"));
        if auxiliaries().any(|a| self.looks(a) == Some("ahead")) || self.plans(verb) || is_running {
            return Some(Direction::Ahead);
        }
        if crate::arguments::is_to_infinitive(tree, verb) {
            let is_aside = matches!(tree.dep(verb), "acl" | "relcl" | "advcl");
            let is_planned = tree.head(verb).is_some_and(|h| self.plans(h));
            return (!is_aside || is_planned).then_some(Direction::Ahead);
        }
        let is_past = tree.tag(verb) == "VBD" || auxiliaries().any(|a| self.looks(a) == Some("back"));
        Some(if is_past { Direction::Back } else { Direction::Unknown })
    }

    fn plans(&self, verb: usize) -> bool {
        let i = self.words.partition_point(|w| w.token < verb);
        self.in_table(self.plans, i).is_some()
    }

    /// Whether the verb over word `i` has an auxiliary that looks ahead.
    pub fn will(&self, i: usize) -> bool {
        let tree = self.tree;
        let verb = tree.ancestors(self.words[i].token).find(|&a| tree.is_verb(a));
        verb.is_some_and(|v| tree.by_dep(v, &["aux"]).any(|a| self.looks(a) == Some("ahead")))
    }

    fn looks(&self, token: usize) -> Option<&'a str> {
        let i = self.words.partition_point(|w| w.token < token);
        self.in_table(self.looks, i)
    }
}

impl Word {
    /// Whether it is a year of four digits.
    pub fn is_year(&self) -> bool {
        self.digits == 4 && self.tail == Tail::None && (1000..2100).contains(&self.figure)
    }
}

fn words(tree: &Tree, rules: &Rules) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(tree.len() + tree.len() / 8);
    let mut buffer = String::new();
    let mut last = 0;
    for token in 0..tree.len() {
        let span = tree.span(token).range();
        let gap = &tree.document()[last..span.start];
        let text = tree.text(token);
        let is_blank = text.trim().is_empty();
        if gap.matches('\n').count() > 1 || (is_blank && text.matches('\n').count() > 1) {
            words.push(Word::pause(token, span.start));
        }
        last = span.end;
        if is_blank {
            continue;
        }
        for (start, part) in parts(text) {
            words.push(word(rules, token, span.start + start, part, &mut buffer));
        }
    }
    words
}

/// A token's parts: where it has a digit, hyphens and strokes stand by themselves.
fn parts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let has_points = text.matches('.').count() == 2 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let is_joint = move |c: char| matches!(c, '-' | '–' | '—' | '/') || (c == '.' && has_points);
    let splits = text.len() > 1 && text.bytes().any(|b| b.is_ascii_digit()) && text.contains(is_joint);
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|r| !r.is_empty())?;
        let first = rest.chars().next()?;
        let length = match (splits, is_joint(first)) {
            (false, _) => rest.len(),
            (true, true) => first.len_utf8(),
            (true, false) => rest.find(is_joint).unwrap_or(rest.len()),
        };
        at += length;
        Some((at - length, &rest[..length]))
    })
}

impl Word {
    fn pause(token: usize, at: usize) -> Word {
        Word {
            id: UNKNOWN,
            token,
            start: at,
            end: at,
            figure: -1,
            digits: 0,
            tail: Tail::None,
            is_capital: false,
        }
    }
}

fn word(rules: &Rules, token: usize, start: usize, text: &str, buffer: &mut String) -> Word {
    let end = start + text.len();
    let (figure, digits, tail) = figure(text);
    let is_capital = text.starts_with(char::is_uppercase);
    let bare = if text.len() > 1 { text.trim_end_matches('.') } else { text };
    buffer.clear();
    let id = if bare.len() > 24 {
        UNKNOWN
    } else {
        buffer.extend(bare.chars().flat_map(char::to_lowercase));
        rules.id(buffer)
    };
    Word { id, token, start, end, figure, digits, tail, is_capital }
}

/// The value of a figure, how many digits it has, and what follows them.
fn figure(text: &str) -> (i64, usize, Tail) {
    const NONE: (i64, usize, Tail) = (-1, 0, Tail::None);
    let bytes = text.as_bytes();
    if !bytes.first().is_some_and(u8::is_ascii_digit) || bytes.len() > 24 {
        return NONE;
    }
    let plain = bytes.iter().take_while(|b| b.is_ascii_digit() || **b == b',').count();
    let tail = match text[plain..].to_ascii_lowercase().as_str() {
        "" | "." => Tail::None,
        "s" => Tail::S,
        "st" | "nd" | "rd" | "th" => Tail::Nth,
        // "2021-05-12T10:30:00Z"
        tail if tail.starts_with('t') && tail[1..].starts_with(|c: char| c.is_ascii_digit()) => Tail::None,
        _ => return NONE,
    };
    if plain > 12 {
        return NONE;
    }
    let digits = bytes[..plain].iter().filter(|b| **b != b',');
    let value = digits.clone().fold(0, |sum, b| sum * 10 + i64::from(b - b'0'));
    // A comma makes a number, never a year.
    let is_grouped = plain > digits.clone().count();
    (value, digits.count() + usize::from(is_grouped), tail)
}
