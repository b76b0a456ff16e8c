//! What the classes and ids of an element say that it is for.

use std::sync::LazyLock;

use super::tree::Node;

/// Names of an element that are read; the rest says nothing new.
const MOST_NAMES: usize = 40;

/// Words of class names and ids, as the files in `rules/words` write them.
pub struct Names {
    exact: Vec<&'static str>,
    prefixes: Vec<&'static str>,
}

/// Names of what stands around an article.
pub static FURNITURE: LazyLock<Names> =
    LazyLock::new(|| Names::read(include_str!("../../../../rules/words/page_furniture_names.txt")));

/// Names of what holds an article.
pub static BODY: LazyLock<Names> =
    LazyLock::new(|| Names::read(include_str!("../../../../rules/words/page_body_names.txt")));

impl Names {
    fn read(text: &'static str) -> Names {
        let (mut exact, mut prefixes) = (Vec::new(), Vec::new());
        for line in super::lines(text) {
            match line.strip_suffix('*') {
                Some(prefix) => prefixes.push(prefix),
                None => exact.push(line),
            }
        }
        exact.sort_unstable();
        prefixes.sort_unstable();
        Names { exact, prefixes }
    }

    /// Whether the words of an element have one of these among them.
    pub fn among(&self, words: &[String]) -> bool {
        let single = words.iter().any(|word| self.has(word) || self.begins(word));
        single || words.windows(2).any(|pair| self.has(&pair.join(" ")))
    }

    fn has(&self, word: &str) -> bool {
        self.exact.binary_search(&word).is_ok()
    }

    fn begins(&self, word: &str) -> bool {
        let after = self.prefixes.partition_point(|prefix| *prefix <= word);
        self.prefixes[..after].last().is_some_and(|prefix| word.starts_with(prefix))
    }
}

/// Beginnings of classes that say what an element has, is about or is in, not what it is.
const STATES: [&str; 9] =
    ["has-", "no-", "with-", "without-", "category-", "tag-", "topics-", "js-", "author-"];

/// The words of an element's id and classes in lower case: "article", "body" of `articleBody`.
pub fn words(node: &Node) -> Vec<String> {
    let names = ["id", "class"].iter().filter_map(|name| node.get(name)).flat_map(str::split_whitespace);
    let telling = names.take(MOST_NAMES).filter(|name| !STATES.iter().any(|state| name.starts_with(state)));
    // Words of two names are no pair.
    telling.flat_map(|name| words_of(name).into_iter().chain(["|".to_owned()])).collect()
}

/// The words of one name.
pub fn words_of(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut last_lower = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() || letter.is_uppercase() && last_lower {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
        last_lower = letter.is_lowercase();
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}
