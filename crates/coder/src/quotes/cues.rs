//! The cues of attribution, from `rules/quotes`: which words show that somebody says, thinks or wants something, and where it stands.

use std::collections::HashMap;

use crate::rules::Fault;

/// What sort of word a cue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// "said"
    Verb,
    /// "the claim that"
    Noun,
    /// "is sure that"
    Adjective,
}

/// Where the content stands beside its cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// In a finite clause: "said that", "asked whether".
    That,
    /// In an infinitive whose subject is the source: "vowed to leave".
    To,
    /// In an infinitive after its own subject: "urged them to leave".
    WhomTo,
    /// In a gerund: "suggested leaving".
    Ing,
    /// In the object: "condemned the attack".
    Np,
    /// In the object, if it is a person: "slammed him", but not "slammed the door".
    Whom,
    /// In the object and what it is taken as: "described him as a liar".
    As,
    /// In the object and what it is said to be: "called him a liar".
    Is,
    /// In quotation marks beside the cue.
    Quote,
    /// Behind a preposition: "called for".
    Prep(String),
    /// In the object and what stands behind a preposition: "accused him of lying".
    WhomPrep(String),
    /// In the object of a preposition and an infinitive: "called on them to leave".
    PrepTo(String),
}

impl Frame {
    fn parse(word: &str) -> Frame {
        match word {
            "that" => Frame::That,
            "to" => Frame::To,
            "whom-to" => Frame::WhomTo,
            "ing" => Frame::Ing,
            "np" => Frame::Np,
            "whom" => Frame::Whom,
            "as" => Frame::As,
            "is" => Frame::Is,
            "quote" => Frame::Quote,
            // "p:to" is the preposition, "to" the infinitive.
            _ => {
                match (word.strip_prefix("whom-p:").or(word.strip_prefix("whom-")), word.strip_suffix("-to"))
                {
                    (Some(preposition), _) => Frame::WhomPrep(preposition.to_owned()),
                    (None, Some(preposition)) => Frame::PrepTo(preposition.to_owned()),
                    _ => Frame::Prep(word.strip_prefix("p:").unwrap_or(word).to_owned()),
                }
            }
        }
    }

    /// Whether the content is told as so, and not only spoken of.
    pub fn tells(&self) -> bool {
        matches!(self, Frame::That | Frame::To | Frame::Ing | Frame::Quote)
    }
}

/// What the source of a class of cues may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sources {
    /// Whatever is the subject: "the road shows that".
    Any,
    /// Somebody: people, bodies, names.
    Agents,
    /// A poll, a study, a record.
    Documents,
    /// Nobody: "it seems that".
    Nobody,
}

/// A word with its frames.
#[derive(Debug, Clone)]
pub struct Cue {
    /// Verb, noun or adjective.
    pub sort: Sort,
    /// A further word that belongs to it: "point *out*".
    pub particle: Option<String>,
    /// Where its content may stand, the likeliest first.
    pub frames: Vec<Frame>,
    /// Its class, by number.
    pub class: usize,
}

/// Cues of one meaning.
#[derive(Debug, Clone)]
pub struct Class {
    /// "statement", "belief".
    pub name: String,
    /// Its definition.
    pub means: String,
    /// What its source may be.
    pub sources: Sources,
    /// Whether the source holds the content to be so or not so.
    pub claim: bool,
    /// Whether a passive that names nobody counts also where only a thing is named: "the plan was criticised".
    pub unnamed: bool,
    /// Its tests.
    pub examples: Vec<Example>,
    /// The file, below `rules/`.
    pub file: String,
}

/// A test of a class: a text with `<source>`, `{cue}` and `[content]` marked, or one without any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The text, marked.
    pub text: String,
    /// Whether an attribution is asked for, or none is allowed.
    pub found: bool,
    /// Line from 1.
    pub line: usize,
}

/// All cues, by lemma.
#[derive(Debug, Clone, Default)]
pub struct Cues {
    classes: Vec<Class>,
    cues: HashMap<String, Vec<Cue>>,
}

impl Cues {
    /// Reads the files below `quotes/`; what is wrong with them joins `faults`.
    pub fn parse(files: &[(&str, &str)], faults: &mut Vec<Fault>) -> Cues {
        let mut cues = Cues::default();
        for (name, text) in files.iter().filter(|(name, _)| is_own(name)) {
            for (number, line) in text.lines().enumerate() {
                if let Err(message) = cues.read_line(name, number + 1, line.trim()) {
                    faults.push(Fault { file: format!("rules/{name}"), line: number + 1, message });
                }
            }
        }
        cues
    }

    fn read_line(&mut self, file: &str, number: usize, line: &str) -> Result<(), String> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let (key, rest) = line.split_once(char::is_whitespace).ok_or("expected a key and a value")?;
        let rest = rest.trim();
        if key == "cue" {
            self.classes.push(Class {
                name: rest.to_owned(),
                means: String::new(),
                sources: Sources::Agents,
                claim: false,
                unnamed: false,
                examples: Vec::new(),
                file: file.to_owned(),
            });
            return Ok(());
        }
        let at = self.classes.len().checked_sub(1).ok_or("expected `cue NAME` first")?;
        let class = &mut self.classes[at];
        match (key, rest) {
            ("means", _) => class.means = rest.to_owned(),
            ("source", "any") => class.sources = Sources::Any,
            ("source", "agent") => class.sources = Sources::Agents,
            ("source", "document") => class.sources = Sources::Documents,
            ("source", "none") => class.sources = Sources::Nobody,
            ("unnamed", "yes" | "no") => class.unnamed = rest == "yes",
            ("claim", "yes" | "no") => class.claim = rest == "yes",
            ("yes" | "no", _) => class.examples.push(example(key, rest, number)?),
            ("verb", _) => self.read_cues(Sort::Verb, at, rest)?,
            ("noun", _) => self.read_cues(Sort::Noun, at, rest)?,
            ("adj", _) => self.read_cues(Sort::Adjective, at, rest)?,
            _ => {
                return Err(format!(
                    "`{key} {rest}` is none of: cue, means, source any|agent|document|none, claim yes|no, unnamed yes|no, verb, noun, adj, yes, no"
                ));
            }
        }
        Ok(())
    }

    /// `that quote np   say, point-out`: frames, two blanks, words.
    fn read_cues(&mut self, sort: Sort, class: usize, rest: &str) -> Result<(), String> {
        let (frames, words) = rest.split_once("  ").ok_or("expected frames, two blanks, then words")?;
        let mut frames: Vec<Frame> = frames.split_whitespace().map(Frame::parse).collect();
        // What asks for more is tried first: "described him as a liar" before "described him".
        frames.sort_by_key(|f| match f {
            Frame::As | Frame::Is | Frame::WhomTo | Frame::WhomPrep(_) | Frame::PrepTo(_) => 0,
            Frame::That | Frame::To | Frame::Ing | Frame::Quote => 1,
            Frame::Np | Frame::Whom => 2,
            Frame::Prep(_) => 3,
        });
        for word in words.split(',').map(str::trim).filter(|w| !w.is_empty()) {
            let (lemma, particle) = match word.split_once('-') {
                Some((lemma, particle)) => (lemma, Some(particle.to_owned())),
                _ => (word, None),
            };
            let cue = Cue { sort, particle, frames: frames.clone(), class };
            self.cues.entry(lemma.to_owned()).or_default().push(cue);
        }
        Ok(())
    }

    /// The cues of a lemma.
    pub fn of(&self, lemma: &str) -> &[Cue] {
        self.cues.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// A class.
    pub fn class(&self, number: usize) -> &Class {
        &self.classes[number]
    }

    /// How many cues a class has.
    pub fn size(&self, class: usize) -> usize {
        self.cues.values().flatten().filter(|c| c.class == class).count()
    }

    /// Every class, in the order of the files.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// The class of that name.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.classes.iter().position(|c| c.name == name)
    }
}

/// Whether a file of `rules/` holds cues.
pub fn is_own(name: &str) -> bool {
    name.starts_with("quotes/") && name.ends_with(".rule")
}

fn example(key: &str, rest: &str, line: usize) -> Result<Example, String> {
    let text = rest.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
    let text = text.ok_or("expected a text between straight quotation marks")?.to_owned();
    let found = key == "yes";
    if found && !text.contains('[') {
        return Err("expected [content], {cue} and <source> marked in the text".to_owned());
    }
    Ok(Example { text, found, line })
}
