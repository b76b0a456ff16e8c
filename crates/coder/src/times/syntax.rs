//! Rule files for times as written: patterns over word tables, values, and tests, with faults that name file and line.

use std::collections::HashMap;

use super::values::{NORMALISERS, Normaliser};
use crate::rules::Fault;

/// A word of the rules; `UNKNOWN` is every other word.
pub type WordId = u32;
/// A word that no rule and no table has.
pub const UNKNOWN: WordId = 0;

/// What a table says of a word or phrase.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The table.
    pub class: usize,
    /// The words after the first.
    pub rest: Vec<WordId>,
    /// What stands beside it in the table.
    pub value: String,
    /// Whether it is a name, to be written with a capital.
    pub is_name: bool,
}

/// Kinds of words that no table can list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// 1987.
    Year,
    /// '87.
    ShortYear,
    /// 7, 7th.
    Day,
    /// A figure of one or two digits.
    Figure,
    /// 7th, 21st.
    Nth,
    /// 1980s.
    Decade,
    /// 80s.
    ShortDecade,
    /// 10:35.
    Clock,
    /// 10.35, before a.m. or p.m.
    DottedClock,
    /// 0735.
    FourDigits,
    /// Any figure, and number words together: two hundred and fifty.
    Number,
    /// Nineteen eighty-four.
    SpokenYear,
}

const WRITTEN: &[(&str, Written)] = &[
    ("year", Written::Year),
    ("short-year", Written::ShortYear),
    ("day", Written::Day),
    ("figure", Written::Figure),
    ("nth", Written::Nth),
    ("decade", Written::Decade),
    ("short-decade", Written::ShortDecade),
    ("clock", Written::Clock),
    ("dotted-clock", Written::DottedClock),
    ("four-digits", Written::FourDigits),
    ("number", Written::Number),
    ("spoken-year", Written::SpokenYear),
];

/// What one place of a pattern accepts.
#[derive(Debug, Clone)]
pub enum Accepts {
    /// One of these words.
    Words(Vec<WordId>),
    /// A word or phrase of this table.
    Table(usize),
    /// A kind of figure.
    Written(Written),
    /// A time expression found by the other rules, of this granularity; empty for any.
    Expression(String),
    /// Any word.
    Any,
}

/// One place of a pattern.
#[derive(Debug, Clone)]
pub struct Element {
    /// What it accepts.
    pub accepts: Accepts,
    /// The name under which the value uses it.
    pub name: Option<String>,
    /// Tags of which the word must have one, by their beginnings.
    pub tags: Vec<String>,
    /// Whether the tags are those it must not have.
    pub not_tags: bool,
    /// Whether the place must not be filled so (in the context only).
    pub forbidden: bool,
}

/// A condition on the verb or the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// The verb looks ahead.
    Ahead,
    /// The verb looks back.
    Back,
    /// The story reports quarterly results.
    Results,
    /// The text tells of other years than its own.
    History,
    /// A date was told in the last sentences.
    Told,
    /// The verb itself has an auxiliary that looks ahead.
    Will,
}

const CONDITIONS: &[(&str, Condition)] = &[
    ("ahead", Condition::Ahead),
    ("back", Condition::Back),
    ("results", Condition::Results),
    ("history", Condition::History),
    ("told", Condition::Told),
    ("will", Condition::Will),
];

/// A pattern without options: what stands before the expression (nearest first), in it, and after it.
#[derive(Debug, Clone)]
pub struct Sequence {
    /// Its rule.
    pub rule: usize,
    /// Before, nearest first.
    pub before: Vec<Element>,
    /// The expression.
    pub inside: Vec<Element>,
    /// After.
    pub after: Vec<Element>,
}

impl Sequence {
    /// How much it asks for: of two that match the same words, the more demanding one counts.
    pub fn weight(&self) -> usize {
        self.before.len() + self.inside.len() + self.after.len()
    }
}

/// An argument of a value: a name of the pattern, or a constant.
#[derive(Debug, Clone)]
pub enum Term {
    /// What stands at that place.
    Name(String),
    /// A number.
    Number(i64),
    /// A word.
    Word(String),
}

/// A rule's test.
#[derive(Debug, Clone)]
pub struct Example {
    /// Line from 1.
    pub line: usize,
    /// The sentence.
    pub text: String,
    /// The day on which it appears.
    pub date: Option<String>,
    /// Type, value and, where given, words; `None` where the rule must find nothing.
    pub expected: Option<(String, String, Option<String>)>,
}

/// A rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name.
    pub name: String,
    /// The file it stands in.
    pub file: String,
    /// Its first line.
    pub line: usize,
    /// TIMEX3 type; `NONE` for words that are no time.
    pub kind: &'static str,
    /// How its value is found.
    pub value: Normaliser,
    /// With what.
    pub terms: Vec<Term>,
    /// Conditions, with whether they must hold or must not.
    pub conditions: Vec<(Condition, bool)>,
    /// Its own tests.
    pub examples: Vec<Example>,
}

/// All rules for times, indexed by the word with which an expression begins.
#[derive(Debug, Default)]
pub struct Rules {
    /// Rules in the order of the files.
    pub rules: Vec<Rule>,
    /// Patterns with their options written out.
    pub sequences: Vec<Sequence>,
    vocabulary: HashMap<String, WordId>,
    /// For each word, what the tables say of it.
    pub entries: Vec<Vec<Entry>>,
    /// For each word, the sequences that may begin with it.
    pub by_word: Vec<Vec<u32>>,
    /// Sequences that begin with a figure.
    pub by_figure: Vec<u32>,
    /// Sequences that go on from another expression.
    pub extensions: Vec<u32>,
    classes: Vec<String>,
    /// The tables that number phrases are read by.
    pub counting: Counting,
}

/// The tables that number phrases are read by.
#[derive(Debug, Default, Clone, Copy)]
pub struct Counting {
    /// One to ninety.
    pub numbers: Option<usize>,
    /// Hundred, thousand.
    pub multipliers: Option<usize>,
    /// A couple of, half a dozen.
    pub amounts: Option<usize>,
    /// First, second.
    pub ordinals: Option<usize>,
    /// Twenties, thirties.
    pub decades: Option<usize>,
}

const KINDS: &[&str] = &["DATE", "TIME", "DURATION", "SET", "NONE"];

impl Rules {
    /// The rules among `files`, each with its path below `rules/`; faults are added to `faults`.
    pub fn parse(files: &[(&str, &str)], faults: &mut Vec<Fault>) -> Rules {
        let mut rules = Rules { entries: vec![Vec::new()], ..Rules::default() };
        for (name, text) in files {
            if let Some(class) = name.strip_prefix("times/words/").and_then(|n| n.strip_suffix(".tsv")) {
                rules.read_table(name, class, text, faults);
            }
        }
        for (name, text) in files {
            if name.starts_with("times/") && name.ends_with(".rule") {
                rules.read_rules(name, text, faults);
            }
        }
        rules.counting = Counting {
            numbers: rules.class("numbers"),
            multipliers: rules.class("multipliers"),
            amounts: rules.class("amounts"),
            ordinals: rules.class("ordinals"),
            decades: rules.class("decades"),
        };
        rules.index();
        rules
    }

    /// The number of a word in lower case; `UNKNOWN` if no rule has it.
    pub fn id(&self, word: &str) -> WordId {
        self.vocabulary.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// What a table says of a word in lower case.
    pub fn lookup(&self, table: &str, word: &str) -> Option<&str> {
        let class = self.class(table)?;
        let entry =
            self.entries[self.id(word) as usize].iter().find(|e| e.class == class && e.rest.is_empty());
        entry.map(|e| e.value.as_str())
    }

    /// The number of a table.
    pub fn class(&self, name: &str) -> Option<usize> {
        self.classes.iter().position(|c| c == name)
    }

    fn word(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.vocabulary.get(word) {
            return id;
        }
        let id = WordId::try_from(self.entries.len()).expect("fewer words than numbers");
        self.vocabulary.insert(word.to_owned(), id);
        self.entries.push(Vec::new());
        id
    }

    fn read_table(&mut self, file: &str, class: &str, text: &str, faults: &mut Vec<Fault>) {
        self.classes.push(class.to_owned());
        let class = self.classes.len() - 1;
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty()) {
            let Some((phrase, value)) = line.split_once('\t').filter(|(p, v)| !p.is_empty() && !v.is_empty())
            else {
                faults.push(fault(
                    &format!("rules/{file}"),
                    number + 1,
                    format!("`{line}`: write word, tab, value"),
                ));
                continue;
            };
            let is_name = phrase.starts_with(char::is_uppercase);
            let ids: Vec<WordId> =
                phrase.to_lowercase().split(' ').map(|w| self.word(w.trim_end_matches('.'))).collect();
            let entry = Entry { class, rest: ids[1..].to_vec(), value: value.to_owned(), is_name };
            let entries = &mut self.entries[ids[0] as usize];
            let at = entries.iter().position(|e| e.rest.len() < entry.rest.len()).unwrap_or(entries.len());
            entries.insert(at, entry);
        }
    }

    fn read_rules(&mut self, file: &str, text: &str, faults: &mut Vec<Fault>) {
        let mut open = false;
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (key, rest) = line.split_once(' ').unwrap_or((line, ""));
            let done = match key {
                "rule" => {
                    open = true;
                    self.rules.push(Rule {
                        name: rest.trim().to_owned(),
                        file: format!("rules/{file}"),
                        line: number + 1,
                        kind: "NONE",
                        value: super::values::NOTHING,
                        terms: Vec::new(),
                        conditions: Vec::new(),
                        examples: Vec::new(),
                    });
                    Ok(())
                }
                _ if !open => Err("a rule begins with `rule NAME`".to_owned()),
                "find" => self.read_pattern(rest.trim()),
                "value" => self.read_value(rest.trim()),
                "when" => self.read_conditions(rest),
                "yes" | "no" => self.read_example(number + 1, key == "yes", rest.trim()),
                _ => Err(format!("`{key}`: use rule, find, value, when, yes or no")),
            };
            if let Err(message) = done {
                faults.push(fault(&format!("rules/{file}"), number + 1, message));
            }
        }
    }

    fn last(&mut self) -> &mut Rule {
        self.rules.last_mut().expect("a rule was begun")
    }

    fn read_value(&mut self, text: &str) -> Result<(), String> {
        let (kind, call) = text.split_once(' ').unwrap_or((text, ""));
        let kind = KINDS
            .iter()
            .find(|k| **k == kind)
            .ok_or_else(|| format!("`{kind}`: use one of {}", KINDS.join(", ")))?;
        self.last().kind = kind;
        if *kind == "NONE" {
            return Ok(());
        }
        let (name, terms) = call
            .trim()
            .split_once('(')
            .and_then(|(n, t)| Some((n, t.strip_suffix(')')?)))
            .ok_or_else(|| format!("`{call}`: write a function with its arguments, name(a, b)"))?;
        let (_, value) = NORMALISERS
            .iter()
            .find(|(n, _)| *n == name)
            .ok_or_else(|| format!("`{name}` is no function of values.rs"))?;
        let terms = terms.split(',').map(str::trim).filter(|t| !t.is_empty());
        self.last().terms = terms.map(term).collect();
        self.last().value = *value;
        Ok(())
    }

    fn read_conditions(&mut self, text: &str) -> Result<(), String> {
        for word in text.split_whitespace() {
            let (name, holds) = word.strip_prefix('!').map_or((word, true), |n| (n, false));
            let (_, condition) = CONDITIONS
                .iter()
                .find(|(n, _)| *n == name)
                .ok_or_else(|| format!("`{name}` is no condition"))?;
            self.last().conditions.push((*condition, holds));
        }
        Ok(())
    }

    fn read_example(&mut self, line: usize, wanted: bool, text: &str) -> Result<(), String> {
        let unquoted = text.strip_prefix('"').ok_or("a test begins with a sentence in quotes")?;
        let (sentence, rest) = unquoted.split_once('"').ok_or("the sentence has no closing quote")?;
        let (options, expected) = rest.split_once("=>").unwrap_or((rest, ""));
        let date = options.split_whitespace().find_map(|o| o.strip_prefix("date=")).map(str::to_owned);
        let expected = if wanted { Some(expectation(expected)?) } else { None };
        self.last().examples.push(Example { line, text: sentence.to_owned(), date, expected });
        Ok(())
    }

    fn read_pattern(&mut self, text: &str) -> Result<(), String> {
        let tokens = separate(text);
        let whole = !tokens.iter().any(|t| t == "[");
        let mut at = 0;
        let flat = self.alternatives(&tokens, &mut at, None)?;
        if at < tokens.len() {
            return Err(format!("`{}` closes nothing", tokens[at]));
        }
        let rule = self.rules.len() - 1;
        for parts in flat {
            let sequence = sequence(rule, parts, whole)?;
            self.sequences.push(sequence);
        }
        Ok(())
    }

    /// Every way to read the tokens up to `close`, options written out.
    fn alternatives(
        &mut self,
        tokens: &[String],
        at: &mut usize,
        close: Option<&str>,
    ) -> Result<Vec<Vec<Part>>, String> {
        let (mut done, mut running) = (Vec::new(), vec![Vec::new()]);
        while *at < tokens.len() {
            let token = tokens[*at].as_str();
            if close.is_some_and(|c| token.trim_end_matches('?') == c) {
                break;
            }
            *at += 1;
            match token {
                "[" => each(&mut running, &Part::Open),
                "]" => each(&mut running, &Part::Close),
                "|" if close.is_some() => done.append(&mut std::mem::replace(&mut running, vec![Vec::new()])),
                "(" => {
                    let inner = self.alternatives(tokens, at, Some(")"))?;
                    let end = tokens.get(*at).ok_or("`(` is not closed")?;
                    *at += 1;
                    running = joined(&running, &inner, end.ends_with('?'));
                }
                _ => {
                    let bare = token.strip_suffix('?').filter(|t| !t.is_empty());
                    let element = self.element(bare.unwrap_or(token))?;
                    running = joined(&running, &[vec![Part::Element(element)]], bare.is_some());
                }
            }
        }
        done.append(&mut running);
        Ok(done)
    }

    fn element(&mut self, text: &str) -> Result<Element, String> {
        let (text, forbidden) = text.strip_prefix('!').map_or((text, false), |t| (t, true));
        let (text, tags) = match text.rsplit_once('/').filter(|(t, _)| !t.is_empty()) {
            Some((text, tags)) => (text, tags),
            None => (text, ""),
        };
        let (tags, not_tags) = tags.strip_prefix('!').map_or((tags, false), |t| (t, true));
        let (name, text) = match text.split_once('=') {
            Some((name, text)) => (Some(name), text),
            None => (text.strip_prefix('$').or_else(|| text.strip_prefix('<')?.strip_suffix('>')), text),
        };
        let tags = tags.split('|').filter(|t| !t.is_empty()).map(str::to_owned).collect();
        let accepts = self.accepts(text)?;
        Ok(Element { accepts, name: name.map(str::to_owned), tags, not_tags, forbidden })
    }

    fn accepts(&mut self, text: &str) -> Result<Accepts, String> {
        if let Some(class) = text.strip_prefix('$') {
            let written = WRITTEN.iter().find(|(n, _)| *n == class).map(|(_, w)| Accepts::Written(*w));
            let table = self.class(class).map(Accepts::Table);
            return written.or(table).ok_or_else(|| format!("`{class}` is no table of times/words"));
        }
        if let Some(kind) = text.strip_prefix('<').and_then(|t| t.strip_suffix('>')) {
            return Ok(Accepts::Expression(kind.to_owned()));
        }
        if text == "_" {
            return Ok(Accepts::Any);
        }
        Ok(Accepts::Words(text.split('|').map(|w| self.word(w)).collect()))
    }

    fn index(&mut self) {
        self.by_word = vec![Vec::new(); self.entries.len()];
        for number in 0..self.sequences.len() {
            let id = u32::try_from(number).expect("fewer sequences than numbers");
            match self.sequences[number].inside[0].accepts.clone() {
                Accepts::Words(words) => {
                    for word in words {
                        add(&mut self.by_word[word as usize], id);
                    }
                }
                Accepts::Table(class) => self.index_table(class, id),
                Accepts::Written(written) => {
                    self.by_figure.push(id);
                    for class in
                        number_words(written).iter().filter_map(|n| self.class(n)).collect::<Vec<_>>()
                    {
                        self.index_table(class, id);
                    }
                }
                Accepts::Expression(_) | Accepts::Any => self.extensions.push(id),
            }
        }
    }

    fn index_table(&mut self, class: usize, id: u32) {
        for (word, entries) in self.entries.iter().enumerate() {
            if entries.iter().any(|e| e.class == class) {
                add(&mut self.by_word[word], id);
            }
        }
    }
}

/// The tables whose words may begin a figure that is written out.
fn number_words(written: Written) -> &'static [&'static str] {
    match written {
        Written::Number => &["numbers", "amounts", "multipliers"],
        Written::SpokenYear => &["numbers"],
        Written::Decade => &["decades"],
        Written::Nth => &["ordinals"],
        _ => &[],
    }
}

fn add(list: &mut Vec<u32>, id: u32) {
    if list.last() != Some(&id) {
        list.push(id);
    }
}

#[derive(Debug, Clone)]
enum Part {
    Open,
    Close,
    Element(Element),
}

fn each(running: &mut [Vec<Part>], part: &Part) {
    for parts in running {
        parts.push(part.clone());
    }
}

fn joined(running: &[Vec<Part>], inner: &[Vec<Part>], is_optional: bool) -> Vec<Vec<Part>> {
    let mut all: Vec<Vec<Part>> = running
        .iter()
        .flat_map(|r| inner.iter().map(move |i| r.iter().chain(i).cloned().collect()))
        .collect();
    if is_optional {
        all.extend(running.iter().cloned());
    }
    all
}

fn sequence(rule: usize, parts: Vec<Part>, whole: bool) -> Result<Sequence, String> {
    let mut sequence = Sequence { rule, before: Vec::new(), inside: Vec::new(), after: Vec::new() };
    let mut place = usize::from(whole);
    for part in parts {
        match (part, place) {
            (Part::Open | Part::Close, _) => place += 1,
            (Part::Element(e), 0) => sequence.before.insert(0, e),
            (Part::Element(e), 1) => sequence.inside.push(e),
            (Part::Element(e), _) => sequence.after.push(e),
        }
    }
    let is_forbidden = sequence.inside.iter().any(|e| e.forbidden);
    if sequence.inside.is_empty() || is_forbidden {
        return Err("an expression needs at least one word, and `!` stands outside of [ ] only".to_owned());
    }
    Ok(sequence)
}

fn separate(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for word in text.split_whitespace() {
        let opens = word.len() - word.trim_start_matches(['(', '[']).len();
        tokens.extend(word[..opens].chars().map(String::from));
        let rest = &word[opens..];
        let body = rest.trim_end_matches([')', ']', '?']);
        let tail = &rest[body.len()..];
        let question = usize::from(!body.is_empty() && tail.starts_with('?'));
        if !body.is_empty() {
            tokens.push(format!("{body}{}", &tail[..question]));
        }
        for c in tail[question..].chars() {
            match (c, tokens.last_mut()) {
                ('?', Some(last)) => last.push('?'),
                _ => tokens.push(c.to_string()),
            }
        }
    }
    tokens
}

fn term(text: &str) -> Term {
    if let Ok(number) = text.parse() {
        return Term::Number(number);
    }
    match text.strip_prefix('$') {
        Some(name) => Term::Name(name.to_owned()),
        None => Term::Word(text.to_owned()),
    }
}

fn expectation(text: &str) -> Result<(String, String, Option<String>), String> {
    let (plain, words) = text.split_once('"').unwrap_or((text, ""));
    let [kind, value] = plain.split_whitespace().collect::<Vec<_>>()[..] else {
        return Err("write `=> TYPE value \"words\"` (words may be left out)".to_owned());
    };
    let words = words.strip_suffix('"').map(str::to_owned);
    Ok((kind.to_owned(), value.to_owned(), words))
}

fn fault(file: &str, line: usize, message: String) -> Fault {
    Fault { file: file.to_owned(), line, message }
}

#[cfg(test)]
mod tests {
    use super::Rules;

    fn faults(rule: &str) -> Vec<String> {
        let mut faults = Vec::new();
        let files = [("times/words/month.tsv", "# Months.\nMarch\t3\nApril 4\n"), ("times/x.rule", rule)];
        Rules::parse(&files, &mut faults);
        faults.iter().map(|f| format!("{}:{}", f.file, f.line)).collect()
    }

    #[test]
    fn faults_name_file_and_line() {
        const TABLE: &str = "rules/times/words/month.tsv:3";
        assert_eq!(faults("rule a\nfind [ $month ]\nvalue DATE month($year, $month)\n"), [TABLE]);
        assert_eq!(faults("rule a\nfind [ $moon ]\n"), [TABLE, "rules/times/x.rule:2"]);
        assert_eq!(faults("rule a\nfind [ x\nvalue DATE moon(1)\n"), [TABLE, "rules/times/x.rule:3"]);
        assert_eq!(faults("find [ x ]\n"), [TABLE, "rules/times/x.rule:1"]);
        assert_eq!(faults("rule a\nfind ( x\nwhen full\nyes x\n").len(), 4);
    }

    #[test]
    fn options_are_written_out() {
        let mut faults = Vec::new();
        let rules =
            Rules::parse(&[("times/x.rule", "rule a\nfind in [ ( the b? )? c|d ] !e\n")], &mut faults);
        assert!(faults.is_empty());
        let lengths: Vec<usize> = rules.sequences.iter().map(|s| s.inside.len()).collect();
        assert_eq!(lengths, [3, 2, 1]);
        assert!(rules.sequences.iter().all(|s| s.before.len() == 1 && s.after.len() == 1));
    }
}
