//! The word lists that the coder itself reads, from `rules/words`: what a linguist edits stands there, not in code.

use std::sync::LazyLock;

/// A list of words or of openings of lines.
pub struct Words(LazyLock<Vec<&'static str>>);

impl Words {
    /// Whether the word is listed.
    pub fn contains(&self, word: &str) -> bool {
        self.0.binary_search(&word).is_ok()
    }

    /// The words, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.iter().copied()
    }
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident $file:literal;)*) => {$(
        $(#[$doc])*
        pub static $name: Words =
            Words(LazyLock::new(|| read(include_str!(concat!("../../../rules/words/", $file, ".txt")))));
    )*};
}

fn read(text: &'static str) -> Vec<&'static str> {
    let mut words: Vec<&str> =
        text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    words.sort_unstable();
    words
}

/// A word for a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberWord {
    /// Its value.
    pub value: u64,
    /// Whether it means at least so many: "dozens".
    pub least: bool,
}

/// Words for numbers with their values.
pub struct Numbers(LazyLock<Vec<(&'static str, NumberWord)>>);

impl Numbers {
    /// The value of a word in lower case.
    pub fn get(&self, word: &str) -> Option<NumberWord> {
        self.0.binary_search_by_key(&word, |(w, _)| w).ok().map(|i| self.0[i].1)
    }
}

/// Words for numbers.
pub static NUMBERS: Numbers =
    Numbers(LazyLock::new(|| numbers(include_str!("../../../rules/words/coder_numbers.txt"))));

fn numbers(text: &'static str) -> Vec<(&'static str, NumberWord)> {
    let row = |line: &'static str| {
        let (word, value) = line.split_once(' ')?;
        let least = value.ends_with('+');
        Some((word, NumberWord { value: value.trim_end_matches('+').parse().ok()?, least }))
    };
    let mut all: Vec<_> = text.lines().filter(|l| !l.starts_with('#')).filter_map(row).collect();
    all.sort_unstable_by_key(|(word, _)| *word);
    all
}

/// Nouns that point back at a body that was named, each with the codes and sectors of the bodies it may mean.
pub static BODIES: LazyLock<Vec<(&'static str, Vec<&'static str>)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (noun, classes) = line.split_once(' ')?;
        Some((noun, classes.split(' ').collect()))
    };
    let text = include_str!("../../../rules/words/coder_bodies.txt");
    text.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
});

/// Nouns for people (`data/wordnet`).
pub static PEOPLE: Words = Words(LazyLock::new(|| read(include_str!("../../../data/wordnet/people.txt"))));

/// Names of places that are common words too (`data/gazetteer`).
pub static PLACE_WORDS: Words =
    Words(LazyLock::new(|| read(include_str!("../../../data/gazetteer/words.txt"))));

/// Whether a word is a form of address: "Mr", "Mrs.".
pub fn is_honorific(word: &str) -> bool {
    HONORIFICS.contains(&word.trim_end_matches('.').to_lowercase())
}

lists! {
    /// Words that say that somebody belongs to no one state.
    ABROAD "coder_abroad";
    /// Days, months and units of time, which stand after prepositions without being anybody's argument.
    CALENDAR "coder_calendar";
    /// Lines after which nothing of the article follows.
    CLOSING "coder_closing_lines";
    /// Things through which somebody speaks.
    CARRIERS "coder_carriers";
    /// Verbs whose subject holds or makes what their object says.
    CUE_CARRIERS "coder_cue_carriers";
    /// Things written or counted that show something.
    DOCUMENTS "coder_documents";
    /// Adverbs that say that somebody says so.
    HEARSAY "coder_hearsay";
    /// What something may happen according to without anybody saying so.
    MEASURES_OF "coder_measures_of";
    /// Nouns that speak for people although they name none.
    SOURCES "coder_sources";
    /// Nouns of "in the words of".
    VIEWS "coder_views";
    /// Nouns that the event noun before them specifies.
    EFFORTS "coder_efforts";
    /// Adjectives and nouns of faiths, which make a leader or a group one of religion.
    FAITHS "coder_faiths";
    /// Words before a title that say that it is over.
    FORMER "coder_former";
    /// Verbs that say that something had its start.
    BEGINNING "coder_beginning";
    /// Verbs that say that something had its end.
    ENDING "coder_ending";
    /// Verbs that say for how long something was.
    LASTING "coder_lasting";
    /// Nouns that take up fighting told before.
    FIGHTING "coder_fighting";
    /// Nouns of what two sides do to each other, so that either may be named as its maker.
    MUTUAL "coder_mutual";
    /// Nouns of what the same two do to each other again and again.
    RECURRING "coder_recurring";
    /// Nouns that only measure or frame the event they are followed by: "a round of talks", "the start of the war".
    FRAMING "coder_framing";
    /// Lines that are no part of the article wherever they stand.
    FURNITURE "coder_furniture_lines";
    /// Grounds, where there are none of which something is not known to have happened.
    GROUNDS "coder_grounds";
    /// Claims that stay in the air where nobody is said to make them.
    RUMOURS "coder_rumours";
    /// Nouns for bodies that act as one.
    GROUPS "coder_groups";
    /// Heads of something, whose sector is that of what they head.
    HEADS "coder_heads";
    /// Forms of address before the name of a person.
    HONORIFICS "coder_honorifics";
    /// Things that somebody does it with: the doer stays open.
    INSTRUMENTS "coder_instruments";
    /// Talks and meetings, whose place is not where those come from whom they are held with.
    MEETINGS "coder_meetings";
    /// Particles that a preposition may follow: "out of", "back from".
    OUTWARD "coder_outward";
    /// Words between the parts of a person's name: "bin", "van der".
    PARTICLES "coder_particles";
    /// Points of the compass and the like, which are no names by themselves: "South", "Central".
    PLACE_COMPASS "coder_place_compass";
    /// Words that end or begin the name of a piece of land or water.
    PLACE_FEATURES "coder_place_features";
    /// Nouns for a sort of place, which make a name beside them one.
    PLACE_KINDS "coder_place_kinds";
    /// Prepositions behind which a name is where something is or goes.
    PLACE_PREPOSITIONS "coder_place_prepositions";
    /// Words before the number of a road.
    PLACE_ROADS "coder_place_roads";
    /// Words that end the name of a street or road.
    PLACE_STREETS "coder_place_streets";
    /// Nouns that only count what follows "of".
    QUANTITIES "coder_quantities";
    /// Nouns for a state of things that belongs to whoever it is in: "the situation in Ruritania".
    SITUATIONS "coder_situations";
    /// Refusing these is saying nothing, no rejection of anybody.
    SPEAKING "coder_speaking";
    /// What a subject that is a thing may be and still act for its owner: "the office", "jets".
    SPEAKS_FOR "coder_speaks_for";
}
