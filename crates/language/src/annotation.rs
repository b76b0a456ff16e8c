//! What the engine says of a text: tokens with their parse, sentences, entities.

use std::ops::Range;

use compact_str::CompactString;

/// A text, annotated. All offsets are bytes of that text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Annotation {
    /// Tokens in order, whitespace tokens included, as spaCy has them.
    pub tokens: Vec<Token>,
    /// Sentences as ranges of tokens; together they hold every token.
    pub sentences: Vec<Range<usize>>,
    /// Named entities in order, never overlapping.
    pub entities: Vec<Entity>,
}

/// One token of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Whether one blank follows that belongs to no token (spaCy's `whitespace_`).
    pub space_after: bool,
    /// Universal part of speech (spaCy's `pos_`).
    pub pos: Pos,
    /// Fine-grained tag of the pipeline's own set, `NNP` for instance.
    pub tag: &'static str,
    /// Morphological features, `Number=Sing|Person=3`; empty where there are none.
    pub morph: &'static str,
    /// Dictionary form.
    pub lemma: CompactString,
    /// Index of the syntactic head in [`Annotation::tokens`]; a root is its own head.
    pub head: u32,
    /// Dependency label, `nsubj` for instance; `ROOT` for a root.
    pub dep: &'static str,
}

/// A named entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its type, `GPE` for instance.
    pub label: &'static str,
}

macro_rules! parts_of_speech {
    ($($name:ident $text:literal $meaning:literal,)*) => {
        /// Universal parts of speech, as spaCy spells them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub enum Pos {
            /// Not set.
            #[default]
            None,
            $(#[doc = $meaning] $name,)*
        }

        impl Pos {
            pub(crate) const ALL: [Pos; 20] = [Pos::None, $(Pos::$name,)*];

            /// The name in capitals; empty where none is set.
            pub fn as_str(self) -> &'static str {
                match self {
                    Pos::None => "",
                    $(Pos::$name => $text,)*
                }
            }

            /// The part of speech of that name.
            pub fn from_name(name: &str) -> Option<Pos> {
                match name {
                    "" => Some(Pos::None),
                    $($text => Some(Pos::$name),)*
                    _ => None,
                }
            }
        }
    };
}

parts_of_speech! {
    Adj "ADJ" "Adjective.",
    Adp "ADP" "Preposition or postposition.",
    Adv "ADV" "Adverb.",
    Aux "AUX" "Auxiliary verb.",
    Conj "CONJ" "Conjunction of an unknown kind.",
    Cconj "CCONJ" "Coordinating conjunction.",
    Det "DET" "Determiner.",
    Intj "INTJ" "Interjection.",
    Noun "NOUN" "Common noun.",
    Num "NUM" "Numeral.",
    Part "PART" "Particle.",
    Pron "PRON" "Pronoun.",
    Propn "PROPN" "Proper noun.",
    Punct "PUNCT" "Punctuation.",
    Sconj "SCONJ" "Subordinating conjunction.",
    Sym "SYM" "Symbol.",
    Verb "VERB" "Verb.",
    X "X" "Something else.",
    Space "SPACE" "Whitespace.",
}

impl Token {
    /// The token's own text in the text that was annotated.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }
}
