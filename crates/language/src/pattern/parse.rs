//! Reads the syntax of Python's `re` into a tree.

use std::iter::Peekable;
use std::str::Chars;

use super::charset::{CharSet, Kind};

/// How often a counted repetition may ask for its operand.
const MOST_REPEATS: u32 = 1000;
/// How deep groups may nest.
const DEEPEST: usize = 100;

/// Why a regular expression could not be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PatternError {
    /// The text is not a regular expression.
    #[error("regular expression is malformed at character {at}: {problem}")]
    Malformed {
        /// Offset in characters.
        at: usize,
        /// What is wrong there.
        problem: &'static str,
    },
    /// The text asks for something that this engine does not do.
    #[error("regular expression uses {feature} at character {at}, which is not supported")]
    Unsupported {
        /// Offset in characters.
        at: usize,
        /// What it asks for.
        feature: &'static str,
    },
    /// Counted repetitions multiply to too large a program.
    #[error("regular expression is too large once its repetitions are written out")]
    TooLarge,
}

/// A regular expression as a tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Set(CharSet),
    /// `^`
    Start,
    /// `$`: the end, or before a line break that ends the text.
    End,
    /// `\Z`: the end.
    VeryEnd,
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Repeat {
        node: Box<Node>,
        least: u32,
        most: Option<u32>,
        greedy: bool,
    },
    Ahead {
        node: Box<Node>,
        negated: bool,
    },
    Behind {
        node: Box<Node>,
        width: usize,
        negated: bool,
    },
}

/// The alternatives of a regular expression.
pub(super) fn parse(text: &str) -> Result<Vec<Node>, PatternError> {
    let (flags, ignores_case) = flags(text);
    let mut parser = Parser { rest: text.chars().peekable(), at: 0, depth: 0, ignores_case };
    parser.skip(flags);
    let branches = parser.branches()?;
    match parser.peek() {
        Some(_) => Err(parser.malformed("unmatched )")),
        None => Ok(branches),
    }
}

/// How many characters of flags the text begins with, and whether one says that case does not count. Of the others
/// only `u` is read, which is how text is matched anyhow.
fn flags(text: &str) -> (usize, bool) {
    let inside = text.strip_prefix("(?").and_then(|rest| Some(rest.split_once(')')?.0));
    match inside {
        Some(flags) if !flags.is_empty() && flags.chars().all(|flag| "iu".contains(flag)) => {
            (flags.len() + 3, flags.contains('i'))
        }
        _ => (0, false),
    }
}

struct Parser<'p> {
    rest: Peekable<Chars<'p>>,
    at: usize,
    depth: usize,
    ignores_case: bool,
}

enum ClassItem {
    Char(char),
    Kind(Kind),
}

impl Parser<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest.peek().copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        self.at += 1;
        Some(c)
    }

    fn skip(&mut self, count: usize) {
        (0..count).for_each(|_| {
            self.next();
        });
    }

    fn take(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        if found {
            self.next();
        }
        found
    }

    fn malformed(&self, problem: &'static str) -> PatternError {
        PatternError::Malformed { at: self.at, problem }
    }

    fn unsupported(&self, feature: &'static str) -> PatternError {
        PatternError::Unsupported { at: self.at, feature }
    }

    fn branches(&mut self) -> Result<Vec<Node>, PatternError> {
        let mut branches = vec![self.sequence()?];
        while self.take('|') {
            branches.push(self.sequence()?);
        }
        Ok(branches)
    }

    fn choice(&mut self) -> Result<Node, PatternError> {
        let mut branches = self.branches()?;
        Ok(if branches.len() == 1 { branches.remove(0) } else { Node::Choice(branches) })
    }

    fn sequence(&mut self) -> Result<Node, PatternError> {
        let mut parts = Vec::new();
        while self.peek().is_some_and(|c| c != '|' && c != ')') {
            let part = self.atom()?;
            parts.push(self.repeated(part)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Node::Sequence(parts) })
    }

    fn atom(&mut self) -> Result<Node, PatternError> {
        let c = self.next().ok_or_else(|| self.malformed("nothing where something is expected"))?;
        match c {
            '^' => Ok(Node::Start),
            '$' => Ok(Node::End),
            '.' => Ok(Node::Set(CharSet::new(vec![('\n', '\n')], Vec::new(), true))),
            '[' => self.class().map(|set| self.set(set)),
            '(' => self.group(),
            '\\' => self.escape(),
            '*' | '+' | '?' => Err(self.malformed("nothing to repeat")),
            _ => Ok(self.set(CharSet::of(c))),
        }
    }

    fn set(&self, set: CharSet) -> Node {
        Node::Set(if self.ignores_case { set.folding() } else { set })
    }

    fn escape(&mut self) -> Result<Node, PatternError> {
        match self.peek() {
            Some('Z') => {
                self.next();
                Ok(Node::VeryEnd)
            }
            Some('A') => {
                self.next();
                Ok(Node::Start)
            }
            Some('b' | 'B') => Err(self.unsupported("a word boundary")),
            Some('1'..='9') => Err(self.unsupported("a back-reference")),
            _ => match self.escaped()? {
                ClassItem::Char(c) => Ok(self.set(CharSet::of(c))),
                ClassItem::Kind(kind) => Ok(Node::Set(CharSet::new(Vec::new(), vec![kind], false))),
            },
        }
    }

    /// What follows a backslash, where that means the same inside and outside of a class.
    fn escaped(&mut self) -> Result<ClassItem, PatternError> {
        let c = self.next().ok_or_else(|| self.malformed("a lone backslash"))?;
        Ok(match c {
            'w' => ClassItem::Kind(Kind::Word),
            'W' => ClassItem::Kind(Kind::NotWord),
            'd' => ClassItem::Kind(Kind::Decimal),
            'D' => ClassItem::Kind(Kind::NotDecimal),
            's' => ClassItem::Kind(Kind::Space),
            'S' => ClassItem::Kind(Kind::NotSpace),
            'n' => ClassItem::Char('\n'),
            't' => ClassItem::Char('\t'),
            'r' => ClassItem::Char('\r'),
            'f' => ClassItem::Char('\u{c}'),
            'v' => ClassItem::Char('\u{b}'),
            'a' => ClassItem::Char('\u{7}'),
            'x' => ClassItem::Char(self.code_point(2)?),
            'u' => ClassItem::Char(self.code_point(4)?),
            'U' => ClassItem::Char(self.code_point(8)?),
            '0'..='9' => return Err(self.unsupported("an octal escape")),
            'A'..='Z' | 'a'..='z' => return Err(self.malformed("an unknown escape")),
            _ => ClassItem::Char(c),
        })
    }

    fn code_point(&mut self, digits: usize) -> Result<char, PatternError> {
        let mut value = 0;
        for _ in 0..digits {
            let digit = self.next().and_then(|c| c.to_digit(16));
            value = value << 4 | digit.ok_or_else(|| self.malformed("an escape with too few digits"))?;
        }
        char::from_u32(value).ok_or_else(|| self.malformed("an escape that is no character"))
    }

    /// A class, after its opening bracket. A closing bracket that comes first is a member.
    fn class(&mut self) -> Result<CharSet, PatternError> {
        let negated = self.take('^');
        let (mut ranges, mut kinds) = (Vec::new(), Vec::new());
        let mut first = true;
        loop {
            match self.peek() {
                None => return Err(self.malformed("a class without its closing bracket")),
                Some(']') if !first => break,
                _ => self.class_item(&mut ranges, &mut kinds)?,
            }
            first = false;
        }
        self.next();
        Ok(CharSet::new(ranges, kinds, negated))
    }

    fn class_item(
        &mut self,
        ranges: &mut Vec<(char, char)>,
        kinds: &mut Vec<Kind>,
    ) -> Result<(), PatternError> {
        let first = match self.class_member()? {
            ClassItem::Kind(kind) => {
                kinds.push(kind);
                return Ok(());
            }
            ClassItem::Char(c) => c,
        };
        let mut ahead = self.rest.clone();
        if ahead.next() != Some('-') || matches!(ahead.next(), None | Some(']')) {
            ranges.push((first, first));
            return Ok(());
        }
        self.next();
        match self.class_member()? {
            ClassItem::Char(last) if first <= last => ranges.push((first, last)),
            _ => return Err(self.malformed("a range that ends before it begins")),
        }
        Ok(())
    }

    fn class_member(&mut self) -> Result<ClassItem, PatternError> {
        match self.next() {
            Some('\\') if self.take('b') => Ok(ClassItem::Char('\u{8}')),
            Some('\\') => self.escaped(),
            Some(c) => Ok(ClassItem::Char(c)),
            None => Err(self.malformed("a class without its closing bracket")),
        }
    }

    /// A group, after its opening parenthesis.
    fn group(&mut self) -> Result<Node, PatternError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.unsupported("groups nested this deep"));
        }
        let node = if self.take('?') { self.special_group()? } else { self.choice()? };
        self.depth -= 1;
        if self.take(')') { Ok(node) } else { Err(self.malformed("a group without its closing parenthesis")) }
    }

    fn special_group(&mut self) -> Result<Node, PatternError> {
        match self.next() {
            Some(':') => self.choice(),
            Some('=') => self.ahead(false),
            Some('!') => self.ahead(true),
            Some('<') if self.take('=') => self.behind(false),
            Some('<') if self.take('!') => self.behind(true),
            Some('P') if self.take('<') => {
                while self.next().is_some_and(|c| c != '>') {}
                self.choice()
            }
            _ => Err(self.unsupported("a flag, an atomic group or a conditional")),
        }
    }

    fn ahead(&mut self, negated: bool) -> Result<Node, PatternError> {
        Ok(Node::Ahead { node: Box::new(self.choice()?), negated })
    }

    fn behind(&mut self, negated: bool) -> Result<Node, PatternError> {
        let node = Box::new(self.choice()?);
        let width = node.width().ok_or_else(|| self.malformed("a look-behind without a fixed width"))?;
        Ok(Node::Behind { node, width, negated })
    }

    fn repeated(&mut self, node: Node) -> Result<Node, PatternError> {
        let Some((least, most)) = self.counts()? else { return Ok(node) };
        if matches!(node, Node::Start | Node::End | Node::VeryEnd) {
            return Err(self.unsupported("a repeated anchor"));
        }
        let greedy = !self.take('?');
        match self.peek() {
            Some('+') if greedy => Err(self.unsupported("a possessive repetition")),
            Some('*' | '+' | '?') => Err(self.malformed("a repetition of a repetition")),
            _ => Ok(Node::Repeat { node: Box::new(node), least, most, greedy }),
        }
    }

    fn counts(&mut self) -> Result<Option<(u32, Option<u32>)>, PatternError> {
        let counts = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.braces(),
            _ => return Ok(None),
        };
        self.next();
        Ok(Some(counts))
    }

    /// `{2}`, `{2,}`, `{,2}` or `{2,3}`; a brace that opens none of these stands for itself.
    fn braces(&mut self) -> Result<Option<(u32, Option<u32>)>, PatternError> {
        let inside: String = self.rest.clone().skip(1).take_while(|&c| c != '}').collect();
        let closed = self.rest.clone().nth(inside.chars().count() + 1) == Some('}');
        let counts = inside.split_once(',').unwrap_or((&inside, &inside));
        let is_count = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !closed || inside.is_empty() || !is_count(counts.0) || !is_count(counts.1) {
            return Ok(None);
        }
        let number = |text: &str| text.parse().ok().filter(|&n: &u32| n <= MOST_REPEATS);
        let least = if counts.0.is_empty() { Some(0) } else { number(counts.0) };
        let most = if counts.1.is_empty() { Some(None) } else { number(counts.1).map(Some) };
        self.skip(inside.chars().count() + 2);
        match (least, most) {
            (Some(least), Some(most)) if most.is_none_or(|most| least <= most) => Ok(Some((least, most))),
            (Some(_), Some(_)) => Err(self.malformed("a repetition whose most is less than its least")),
            _ => Err(self.unsupported("a repetition of more than a thousand times")),
        }
    }
}

impl Node {
    /// How many characters a match has, where that is fixed.
    fn width(&self) -> Option<usize> {
        let (least, most) = (self.shortest(), self.longest()?);
        (least == most).then_some(least)
    }

    fn shortest(&self) -> usize {
        match self {
            Node::Set(_) => 1,
            Node::Sequence(parts) => parts.iter().map(Node::shortest).sum(),
            Node::Choice(parts) => parts.iter().map(Node::shortest).min().unwrap_or(0),
            Node::Repeat { node, least, .. } => node.shortest().saturating_mul(*least as usize),
            _ => 0,
        }
    }

    /// How many characters a match has at most, where there is a limit.
    pub(super) fn longest(&self) -> Option<usize> {
        match self {
            Node::Set(_) => Some(1),
            Node::Sequence(parts) => parts.iter().map(Node::longest).sum(),
            Node::Choice(parts) => {
                parts.iter().map(Node::longest).try_fold(0, |most, part| Some(most.max(part?)))
            }
            Node::Repeat { node, most, .. } => node.longest()?.checked_mul((*most)? as usize),
            _ => Some(0),
        }
    }

    /// What a match may begin with; none where it may be empty.
    pub(super) fn first(&self) -> Option<CharSet> {
        self.edge(&|parts| edge_of(parts.iter().map(|part| (part, part.first()))))
    }

    /// What a match may end with; none where it may be empty.
    pub(super) fn last(&self) -> Option<CharSet> {
        self.edge(&|parts| edge_of(parts.iter().rev().map(|part| (part, part.last()))))
    }

    fn edge(&self, of_sequence: &dyn Fn(&[Node]) -> Option<CharSet>) -> Option<CharSet> {
        match self {
            _ if self.shortest() == 0 => None,
            Node::Set(set) => Some(set.clone()),
            Node::Sequence(parts) => of_sequence(parts),
            Node::Choice(parts) => Some(union(parts.iter().filter_map(|part| part.edge(of_sequence)))),
            Node::Repeat { node, .. } => node.edge(of_sequence),
            _ => None,
        }
    }

    /// Everything that a match may consist of.
    pub(super) fn alphabet(&self) -> CharSet {
        match self {
            Node::Set(set) => set.clone(),
            Node::Sequence(parts) | Node::Choice(parts) => union(parts.iter().map(Node::alphabet)),
            Node::Repeat { node, .. } => node.alphabet(),
            _ => CharSet::default(),
        }
    }

    /// A character without which there is no match, where one is known.
    pub(super) fn required(&self) -> Option<char> {
        match self {
            Node::Set(set) => set.only(),
            Node::Sequence(parts) => parts.iter().find_map(Node::required),
            Node::Choice(parts) => {
                let first = parts.first()?.required()?;
                parts.iter().all(|part| part.requires(first)).then_some(first)
            }
            Node::Repeat { node, least, .. } if *least > 0 => node.required(),
            _ => None,
        }
    }

    fn requires(&self, c: char) -> bool {
        match self {
            Node::Set(set) => set.only() == Some(c),
            Node::Sequence(parts) => parts.iter().any(|part| part.requires(c)),
            Node::Choice(parts) => parts.iter().all(|part| part.requires(c)),
            Node::Repeat { node, least, .. } => *least > 0 && node.requires(c),
            _ => false,
        }
    }

    pub(super) fn starts_with_anchor(&self) -> bool {
        match self {
            Node::Start => true,
            Node::Sequence(parts) => parts.first().is_some_and(Node::starts_with_anchor),
            _ => false,
        }
    }

    pub(super) fn ends_with_anchor(&self) -> bool {
        match self {
            Node::End | Node::VeryEnd => true,
            Node::Sequence(parts) => parts.last().is_some_and(Node::ends_with_anchor),
            _ => false,
        }
    }
}

/// The edge of a sequence, from its parts in order from that edge, each with its own edge.
fn edge_of<'n>(parts: impl Iterator<Item = (&'n Node, Option<CharSet>)>) -> Option<CharSet> {
    let mut edge = CharSet::default();
    for (part, of_part) in parts {
        match of_part {
            Some(set) => return Some(edge.union(&set)),
            // A part that may be empty: what it consists of may come first, and so may what follows.
            None => edge = edge.union(&part.alphabet()),
        }
    }
    None
}

fn union(sets: impl Iterator<Item = CharSet>) -> CharSet {
    sets.fold(CharSet::default(), |all, set| all.union(&set))
}
