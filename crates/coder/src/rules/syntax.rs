//! Rule files as written: parsing with faults that name file, line and cure. No dependency, so that the build can check them.

use std::borrow::Cow;
use std::fmt;

/// A fault of a rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, as it was named.
    pub file: String,
    /// Line from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// What a block describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A base action.
    Action,
    /// A word that takes an action.
    Operator,
}

/// A block of a rule file: an action or an operator with the words that name it.
#[derive(Debug, Clone)]
pub struct Block {
    /// Its name, unique among all files.
    pub name: String,
    /// Action or operator.
    pub kind: BlockKind,
    /// The file it stands in.
    pub file: String,
    /// Its first line.
    pub line: usize,
    /// Definition in a sentence.
    pub means: String,
    /// CAMEO code of the deed; of an operator, what it is coded as alone.
    pub cameo: Option<String>,
    /// Class that operators see.
    pub class: String,
    /// PLOVER modes beside the crosswalk's.
    pub modes: Vec<String>,
    /// PLOVER contexts beside the crosswalk's.
    pub contexts: Vec<String>,
    /// Roles that an actor must fill.
    pub needs: Vec<Role>,
    /// Whether it befalls people, so that words that no table knows count as its recipient.
    pub befalls_people: bool,
    /// Whether it is a state that holds and no deed: "for three years" then says since when.
    pub is_state: bool,
    /// Whether it is told by denying its words: "no", "not", "without".
    pub is_denial: bool,
    /// What an operator does to the status of the action inside.
    pub effect: Option<Effect>,
    /// The words.
    pub triggers: Vec<Trigger>,
    /// Its own tests.
    pub examples: Vec<Example>,
}

/// What an operator that is no speech act does to the action inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It did not happen.
    Negated,
    /// It may happen.
    Hypothetical,
    /// It is to happen.
    Future,
    /// None: begin, continue, manage, say.
    None,
}

/// Part of speech of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    /// A verb.
    Verb,
    /// A noun.
    Noun,
    /// A predicative adjective.
    Adj,
}

/// What an argument does in the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Who does it.
    Actor,
    /// To whom.
    Recipient,
    /// Several who do it to each other.
    Both,
    /// The thing given, bought, discussed.
    Theme,
    /// The action inside an operator.
    Action,
}

/// Where an argument stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// Logical subject.
    Subj,
    /// Logical object.
    Obj,
    /// Indirect object.
    Iobj,
    /// By-phrase of a noun.
    By,
    /// Possessive.
    Poss,
    /// Nationality adjective, or a name as compound.
    Adj,
    /// Infinitive or gerund.
    Xcomp,
    /// That-clause.
    Ccomp,
    /// Any modifier of a noun trigger (for tests only).
    Mod,
    /// What the object is called or made.
    Oprd,
    /// Auxiliary of the that-clause (for tests only): "said it must".
    Aux,
    /// Object of this preposition.
    Prep(String),
    /// Any of these (for tests only): "to|for:refugee".
    Any(Vec<Source>),
}

/// A condition on the argument at a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Its head has one of these lemmas.
    Words(Vec<String>),
    /// It is absent or its head has none of these lemmas.
    NotWords(Vec<String>),
    /// It is an actor of this kind.
    Is(ActorClass),
    /// It is no actor of this kind.
    IsNot(ActorClass),
    /// It is there.
    Present,
    /// It is not there.
    Absent,
}

/// Kinds of actors that conditions can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorClass {
    /// Any.
    Actor,
    /// A person, by name or role.
    Person,
    /// A state.
    State,
    /// Forces: MIL REB UAF COP SPY.
    Armed,
}

/// A word that names an action or operator, with its frame.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// Part of speech.
    pub word: Word,
    /// The head's lemma.
    pub lemma: String,
    /// Particle of a verb, or the words before the head of a noun.
    pub with: Vec<String>,
    /// Which source fills which role, defaults included; earlier ones win.
    pub frame: Vec<(Source, Role)>,
    /// Conditions, all of which must hold.
    pub tests: Vec<(Source, Test)>,
    /// Subject and partner do it to each other.
    pub reciprocal: bool,
    /// A noun that counts only in the plural: talks.
    pub plural: bool,
    /// Line in the file.
    pub line: usize,
}

/// A line of a block's own tests.
#[derive(Debug, Clone)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// What must be among the events; `None`: nothing of this block may be coded.
    pub expected: Option<Vec<Expected>>,
    /// Line in the file.
    pub line: usize,
}

/// An event that an example expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// PLOVER category.
    pub event: String,
    /// CAMEO code, if it matters.
    pub cameo: Option<String>,
    /// Codes with optional sectors.
    pub actors: Vec<(String, Option<String>)>,
    /// Codes with optional sectors.
    pub recipients: Vec<(String, Option<String>)>,
    /// Status, `occurred` unless written.
    pub status: String,
}

/// Named word lists.
pub type Lists = std::collections::BTreeMap<String, Vec<String>>;

/// Reads a rule file.
pub fn parse(file: &str, text: &str, lists: &Lists) -> (Vec<Block>, Vec<Fault>) {
    let mut reader = Reader { file, lists, blocks: Vec::new(), faults: Vec::new() };
    for (index, raw) in text.lines().enumerate() {
        let line = uncomment(raw).trim();
        if !line.is_empty() {
            reader.line(index + 1, line);
        }
    }
    (reader.blocks, reader.faults)
}

/// The language that rules serve which do not say otherwise.
pub const DEFAULT_LANGUAGE: &str = "en";

/// The language that a file of rules serves, by its first line (`language es`), and its text without that line; lines
/// keep their numbers.
///
/// # Errors
/// If the line names no language as spaCy's codes do.
pub fn language<'t>(file: &str, text: &'t str) -> Result<(&'t str, Cow<'t, str>), Fault> {
    let is_blank = |line: &str| uncomment(line).trim().is_empty();
    let first = text.lines().enumerate().find(|(_, line)| !is_blank(line));
    let Some((number, line)) = first else { return Ok((DEFAULT_LANGUAGE, text.into())) };
    let mut words = uncomment(line).split_whitespace();
    if words.next() != Some("language") {
        return Ok((DEFAULT_LANGUAGE, text.into()));
    }
    let is_code = |code: &&str| matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_lowercase());
    match (words.next().filter(is_code), words.next()) {
        (Some(code), None) => {
            let lines = text.split_inclusive('\n').enumerate();
            Ok((code, lines.map(|(n, line)| if n == number { "\n" } else { line }).collect()))
        }
        _ => {
            let message = "expected the code of one language, as `language es`".to_owned();
            Err(Fault { file: file.to_owned(), line: number + 1, message })
        }
    }
}

/// The lemmas of a word list, one a line.
pub fn parse_list(text: &str) -> Vec<String> {
    text.lines().map(|l| uncomment(l).trim().to_lowercase()).filter(|l| !l.is_empty()).collect()
}

/// Drops a comment: `#` at the start or after a blank, outside quotation marks.
pub fn uncomment(line: &str) -> &str {
    let mut quoted = false;
    let mut previous = ' ';
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '#' if !quoted && previous.is_whitespace() => return &line[..at],
            _ => {}
        }
        previous = c;
    }
    line
}

struct Reader<'a> {
    file: &'a str,
    lists: &'a Lists,
    blocks: Vec<Block>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn line(&mut self, number: usize, line: &str) {
        let (key, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let outcome = match key {
            "action" => self.open(number, BlockKind::Action, rest.trim()),
            "operator" => self.open(number, BlockKind::Operator, rest.trim()),
            _ => self.inside(number, key, rest.trim()),
        };
        if let Err(message) = outcome {
            self.faults.push(Fault { file: self.file.to_owned(), line: number, message });
        }
    }

    fn open(&mut self, line: usize, kind: BlockKind, name: &str) -> Result<(), String> {
        if name.is_empty() {
            return Err("a block needs a name: write `action NAME` or `operator NAME`".into());
        }
        self.blocks.push(Block {
            name: name.to_owned(),
            kind,
            file: self.file.to_owned(),
            line,
            means: String::new(),
            cameo: None,
            class: String::new(),
            modes: Vec::new(),
            contexts: Vec::new(),
            needs: Vec::new(),
            befalls_people: false,
            is_state: false,
            is_denial: false,
            effect: None,
            triggers: Vec::new(),
            examples: Vec::new(),
        });
        Ok(())
    }

    fn inside(&mut self, line: usize, key: &str, rest: &str) -> Result<(), String> {
        let lists = self.lists;
        let block = self.blocks.last_mut().ok_or("a line before any block: start with `action NAME`")?;
        match key {
            "means" => block.means = rest.to_owned(),
            "cameo" | "alone" => block.cameo = Some(rest.to_owned()),
            "class" => block.class = rest.to_owned(),
            "mode" => block.modes = words(rest),
            "context" => block.contexts = words(rest),
            "needs" => {
                block.needs = words(rest).iter().map(|w| need(w)).collect::<Result<Vec<_>, _>>()?.concat()
            }
            "befalls" if rest == "people" => block.befalls_people = true,
            "befalls" => return Err(format!("`befalls {rest}` is unknown: write `befalls people`")),
            "told" => (block.is_state, block.is_denial) = told_as(rest)?,
            "effect" => block.effect = Some(effect(rest)?),
            "verb" => block.triggers.push(trigger(Word::Verb, rest, block.kind, line, lists)?),
            "noun" => block.triggers.push(trigger(Word::Noun, rest, block.kind, line, lists)?),
            "adj" => block.triggers.push(trigger(Word::Adj, rest, block.kind, line, lists)?),
            "yes" => block.examples.push(yes(rest, line)?),
            "no" => block.examples.push(Example { text: quoted(rest)?.0, expected: None, line }),
            _ => {
                return Err(format!(
                    "unknown key `{key}`: expected means, cameo, alone, class, mode, context, needs, befalls, told, effect, verb, noun, adj, yes or no"
                ));
            }
        }
        Ok(())
    }
}

fn words(text: &str) -> Vec<String> {
    text.split([' ', ',', '\t']).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Whether what is told is a state, and whether it is told by denial.
fn told_as(rest: &str) -> Result<(bool, bool), String> {
    let told = words(rest);
    let unknown = told.iter().find(|w| !matches!(w.as_str(), "state" | "denied"));
    match unknown {
        Some(word) => Err(format!("`told {word}` is unknown: `told` takes state, denied or both")),
        None => Ok((told.iter().any(|w| w == "state"), told.iter().any(|w| w == "denied"))),
    }
}

fn need(word: &str) -> Result<Vec<Role>, String> {
    Ok(match word {
        "actor" => vec![Role::Actor],
        "recipient" => vec![Role::Recipient],
        "both" => vec![Role::Actor, Role::Recipient],
        _ => return Err(format!("unknown role `{word}`: `needs` takes actor, recipient or both")),
    })
}

/// The effect of that name.
pub fn effect(word: &str) -> Result<Effect, String> {
    Ok(match word {
        "negated" => Effect::Negated,
        "hypothetical" => Effect::Hypothetical,
        "future" => Effect::Future,
        "none" => Effect::None,
        _ => return Err(format!("unknown effect `{word}`: expected negated, hypothetical, future or none")),
    })
}

/// Reads `LEMMA [WORD...] SPEC...`.
fn trigger(word: Word, rest: &str, kind: BlockKind, line: usize, lists: &Lists) -> Result<Trigger, String> {
    let mut lemma = Vec::new();
    let mut frame = Vec::new();
    let mut blocked = Vec::new();
    let mut tests = Vec::new();
    let (mut reciprocal, mut plural) = (false, false);
    for item in rest.split_whitespace() {
        if item == "reciprocal" {
            reciprocal = true;
        } else if item == "plural" {
            plural = true;
        } else if let Some((sources, role)) = item.split_once('>') {
            for name in sources.split('|') {
                match role_of(role)? {
                    Some(role) => frame.push((source(name)?, role)),
                    None => blocked.push(source(name)?),
                }
            }
        } else if let Some(test) = condition(item, lists)? {
            tests.push(test);
        } else if frame.is_empty() && tests.is_empty() {
            lemma.push(item.to_lowercase());
        } else {
            return Err(format!(
                "`{item}` is no spec: expected SRC>ROLE, SRC:words, SRC!words, SRC+, SRC-, reciprocal or plural"
            ));
        }
    }
    let own: Vec<Source> = frame.iter().map(|(s, _)| s.clone()).chain(blocked).collect();
    frame.extend(defaults(word, kind, reciprocal).into_iter().filter(|(s, _)| !own.contains(s)));
    let with = match word {
        Word::Verb => lemma.split_off(1.min(lemma.len())),
        _ => {
            let head = lemma.pop();
            let with = std::mem::take(&mut lemma);
            lemma.extend(head);
            with
        }
    };
    let lemma = lemma.pop().ok_or("a trigger needs a lemma")?;
    Ok(Trigger { word, lemma, with, frame, tests, reciprocal, plural, line })
}

fn role_of(name: &str) -> Result<Option<Role>, String> {
    Ok(Some(match name {
        "actor" => Role::Actor,
        "recipient" => Role::Recipient,
        "both" => Role::Both,
        "theme" | "topic" => Role::Theme,
        "action" => Role::Action,
        "none" => return Ok(None),
        _ => {
            return Err(format!(
                "unknown role `{name}`: expected actor, recipient, both, theme, action or none"
            ));
        }
    }))
}

fn source(name: &str) -> Result<Source, String> {
    if name.contains('|') {
        return name.split('|').map(source).collect::<Result<_, _>>().map(Source::Any);
    }
    Ok(match name {
        "subj" => Source::Subj,
        "obj" => Source::Obj,
        "iobj" => Source::Iobj,
        "by" => Source::By,
        "poss" => Source::Poss,
        "adj" => Source::Adj,
        "xcomp" => Source::Xcomp,
        "ccomp" => Source::Ccomp,
        "mod" => Source::Mod,
        "oprd" => Source::Oprd,
        "aux" => Source::Aux,
        _ if PREPOSITIONS.contains(&name) => Source::Prep(name.to_owned()),
        _ => {
            return Err(format!(
                "unknown source `{name}`: expected subj, obj, iobj, by, poss, adj, xcomp, ccomp, mod, oprd, aux or a preposition"
            ));
        }
    })
}

/// Prepositions that a spec may name.
const PREPOSITIONS: &[&str] = &[
    "of",
    "with",
    "to",
    "against",
    "on",
    "for",
    "from",
    "between",
    "among",
    "over",
    "about",
    "at",
    "in",
    "into",
    "toward",
    "towards",
    "through",
    "under",
    "upon",
    "onto",
    "off",
    "out",
    "after",
    "before",
    "around",
    "across",
    "near",
    "within",
    "alongside",
    "behind",
    "as",
    "without",
    "along",
    "beyond",
    "inside",
    "outside",
    "during",
    "by",
];

/// Reads a condition; `None` where the item is a word of the lemma.
fn condition(item: &str, lists: &Lists) -> Result<Option<(Source, Test)>, String> {
    if let Some((at, values)) = item.split_once(':') {
        return Ok(Some((
            source(at)?,
            match values.strip_prefix('@') {
                Some(class) => Test::Is(actor_class(class)?),
                None => Test::Words(expand(values, lists)?),
            },
        )));
    }
    if let Some((at, values)) = item.split_once('!') {
        return Ok(Some((
            source(at)?,
            match values.strip_prefix('@') {
                Some(class) => Test::IsNot(actor_class(class)?),
                None => Test::NotWords(expand(values, lists)?),
            },
        )));
    }
    for (mark, test) in [('+', Test::Present), ('-', Test::Absent)] {
        if let Some(at) = item.strip_suffix(mark) {
            return Ok(Some((source(at)?, test)));
        }
    }
    Ok(None)
}

fn actor_class(name: &str) -> Result<ActorClass, String> {
    Ok(match name {
        "actor" => ActorClass::Actor,
        "person" => ActorClass::Person,
        "state" => ActorClass::State,
        "armed" => ActorClass::Armed,
        _ => return Err(format!("unknown kind `@{name}`: expected @actor, @person, @state or @armed")),
    })
}

/// The words of `a,b,$list`, sorted.
fn expand(values: &str, lists: &Lists) -> Result<Vec<String>, String> {
    let mut all = Vec::new();
    for value in values.split(',').filter(|v| !v.is_empty()) {
        match value.strip_prefix('$') {
            None => all.push(value.to_lowercase()),
            Some(name) => all.extend_from_slice(
                lists.get(name).ok_or_else(|| format!("unknown list `${name}`: add words/{name}.txt"))?,
            ),
        }
    }
    if all.is_empty() {
        return Err("a condition without words".into());
    }
    all.sort();
    Ok(all)
}

/// The frame that a part of speech has unless a trigger says otherwise.
fn defaults(word: Word, kind: BlockKind, reciprocal: bool) -> Vec<(Source, Role)> {
    let to = |names: &[&str], role| {
        names.iter().map(|n| (Source::Prep((*n).to_owned()), role)).collect::<Vec<_>>()
    };
    let mut frame = match word {
        Word::Verb => vec![(Source::Subj, Role::Actor), (Source::Obj, Role::Recipient)],
        Word::Noun => {
            vec![(Source::Poss, Role::Actor), (Source::By, Role::Actor), (Source::Adj, Role::Actor)]
        }
        Word::Adj => vec![(Source::Subj, Role::Actor)],
    };
    match word {
        Word::Verb => frame.extend(to(&["against"], Role::Recipient)),
        Word::Noun => {
            frame.extend(to(&["against", "on", "with", "to", "toward", "towards"], Role::Recipient));
            frame.extend(to(&["between", "among"], Role::Both));
            frame.extend(to(&["from"], Role::Actor));
        }
        Word::Adj => {}
    }
    if reciprocal {
        frame.extend(to(&["with"], Role::Recipient));
    }
    if kind == BlockKind::Operator {
        frame.extend([(Source::Xcomp, Role::Action), (Source::Ccomp, Role::Action)]);
    }
    frame
}

/// The first quoted text and what follows it.
fn quoted(rest: &str) -> Result<(String, &str), String> {
    let inner = rest.strip_prefix('"').ok_or("a test sentence stands in quotation marks")?;
    let end = inner.rfind("\" =>").or_else(|| inner.rfind('"')).ok_or("the quotation mark is not closed")?;
    Ok((inner[..end].to_owned(), inner[end + 1..].trim()))
}

fn yes(rest: &str, line: usize) -> Result<Example, String> {
    let (text, after) = quoted(rest)?;
    let wanted = after.strip_prefix("=>").ok_or("`yes` needs `=> CATEGORY CAMEO ACTORS > RECIPIENTS`")?;
    let expected = wanted.split(';').map(|w| expectation(w.trim())).collect::<Result<Vec<_>, _>>()?;
    Ok(Example { text, expected: Some(expected), line })
}

fn expectation(text: &str) -> Result<Expected, String> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let [event, cameo, actors, ">", recipients, rest @ ..] = &parts[..] else {
        return Err(format!("`{text}` is no expectation: write CATEGORY CAMEO ACTORS > RECIPIENTS [status]"));
    };
    Ok(Expected {
        event: (*event).to_owned(),
        cameo: (*cameo != "*").then(|| (*cameo).to_owned()),
        actors: parties(actors),
        recipients: parties(recipients),
        status: rest.first().copied().unwrap_or("occurred").to_owned(),
    })
}

fn parties(text: &str) -> Vec<(String, Option<String>)> {
    text.split(',')
        .filter(|p| *p != "-")
        .map(|p| match p.split_once('/') {
            Some((code, sector)) => (code.to_owned(), Some(sector.to_owned())),
            None => (p.to_owned(), None),
        })
        .collect()
}
