//! Dictionary forms by edit trees, which a network chooses: spaCy's `EditTreeLemmatizer`.

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;
use rmpv::ValueRef;

use super::{Word, lower};
use crate::error::{Error, damaged, unsupported};
use crate::model_files::{Config, ModelFiles, decode, get};
use crate::msgpack::items;
use crate::strings::{string_id, symbols};

/// Trees that may take part in one word: more are a circle in a damaged file.
const MOST_PARTS: usize = 1000;

/// Number that stands for no tree.
const NONE: u64 = u32::MAX as u64;

/// The trees, and which of them each class of the network stands for.
#[derive(Debug, Clone)]
pub(crate) struct EditTrees {
    trees: Vec<Tree>,
    classes: Vec<u32>,
    backoff: Backoff,
}

/// What is taken where a tree does not fit the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Backoff {
    Nothing,
    Text,
    Lower,
}

#[derive(Debug, Clone)]
enum Tree {
    /// Keeps the middle of the word; what precedes and what follows it goes to other trees.
    Keep { before: usize, after: usize, before_tree: Option<u32>, after_tree: Option<u32> },
    /// Puts one text in the place of another.
    Replace { old: Box<str>, new: Box<str> },
}

impl EditTrees {
    /// Reads the trees of the component of that name.
    pub(super) fn load(files: &ModelFiles, config: &Config, component: &str) -> Result<EditTrees, Error> {
        let section = format!("components.{component}");
        if config.value(&section, "top_k").is_ok_and(|k| k != 1) {
            return Err(unsupported(component, "it tries more than the best class (`top_k`)"));
        }
        let backoff = backoff(config, &section, component)?;
        let name = format!("{component}/trees");
        let bytes = files.read(&name)?;
        let root = decode(&name, &bytes)?;
        let list = get(&root, "trees").and_then(items);
        let list = list.ok_or_else(|| damaged(&name, "trees", "there is no such list"))?;
        let strings = strings(files, list)?;
        let trees: Option<Vec<Tree>> =
            list.iter().map(|tree| read_tree(tree, list.len(), &strings)).collect();
        let trees = trees.ok_or_else(|| damaged(&name, "trees", "one of them is not whole"))?;
        let classes = classes(files, component, trees.len())?;
        Ok(EditTrees { trees, classes, backoff })
    }

    /// How many classes the network has.
    pub(super) fn classes(&self) -> usize {
        self.classes.len()
    }

    /// The dictionary form that the word's tree makes, else the backoff.
    pub(super) fn lemma(&self, word: Word) -> CompactString {
        let chars: Vec<char> = word.text.chars().collect();
        let mut lemma = CompactString::const_new("");
        let tree = self.classes[usize::from(word.tree)];
        match self.apply(tree, &chars, &mut lemma, &mut 0) {
            Some(()) => lemma,
            None => match self.backoff {
                Backoff::Nothing => CompactString::const_new(""),
                Backoff::Text => word.text.into(),
                Backoff::Lower => lower(word.text),
            },
        }
    }

    /// Appends what a tree makes of a text, or says that it does not fit.
    fn apply(&self, tree: u32, text: &[char], lemma: &mut CompactString, parts: &mut usize) -> Option<()> {
        *parts += 1;
        if *parts > MOST_PARTS {
            return None;
        }
        match &self.trees[tree as usize] {
            Tree::Keep { before, after, before_tree, after_tree } => {
                let end = text.len().checked_sub(*after).filter(|end| before <= end)?;
                if let Some(tree) = before_tree {
                    self.apply(*tree, &text[..*before], lemma, parts)?;
                }
                lemma.extend(&text[*before..end]);
                after_tree.map_or(Some(()), |tree| self.apply(tree, &text[end..], lemma, parts))
            }
            Tree::Replace { old, new } => {
                lemma.push_str(new);
                old.chars().eq(text.iter().copied()).then_some(())
            }
        }
    }
}

fn backoff(config: &Config, section: &str, component: &str) -> Result<Backoff, Error> {
    // spaCy's default where the configuration is silent.
    let Ok(value) = config.value(section, "backoff") else { return Ok(Backoff::Text) };
    match value.as_str() {
        None => Ok(Backoff::Nothing),
        Some("orth") => Ok(Backoff::Text),
        Some("lower") => Ok(Backoff::Lower),
        Some(other) => Err(unsupported(component, format!("its backoff is `{other}`"))),
    }
}

/// The strings that the trees name by their ids.
fn strings(files: &ModelFiles, trees: &[ValueRef]) -> Result<HashMap<u64, Box<str>>, Error> {
    const FILE: &str = "vocab/strings.json";
    let ids = trees.iter().flat_map(|tree| [number(tree, "orig"), number(tree, "subst")]);
    let wanted: HashSet<u64> = ids.flatten().collect();
    let file = files.json(FILE)?;
    let known = file.as_array().ok_or_else(|| damaged(FILE, "its start", "it is not a list"))?;
    let wanted = |text: &str| Some((string_id(text), Box::from(text))).filter(|(id, _)| wanted.contains(id));
    let symbols = symbols().chain([""]).filter_map(wanted);
    Ok(symbols.chain(known.iter().filter_map(|text| wanted(text.as_str()?))).collect())
}

fn read_tree(tree: &ValueRef, count: usize, strings: &HashMap<u64, Box<str>>) -> Option<Tree> {
    let string = |field: &str| strings.get(&number(tree, field)?).cloned();
    let Some(before) = number(tree, "prefix_len") else {
        return Some(Tree::Replace { old: string("orig")?, new: string("subst")? });
    };
    let child = |field: &str| match number(tree, field)? {
        NONE => Some(None),
        number if (number as usize) < count => Some(Some(number as u32)),
        _ => None,
    };
    Some(Tree::Keep {
        before: before as usize,
        after: number(tree, "suffix_len")? as usize,
        before_tree: child("prefix_tree")?,
        after_tree: child("suffix_tree")?,
    })
}

fn number(map: &ValueRef, field: &str) -> Option<u64> {
    get(map, field)?.as_u64()
}

fn classes(files: &ModelFiles, component: &str, trees: usize) -> Result<Vec<u32>, Error> {
    let name = format!("{component}/cfg");
    let settings = files.json(&name)?;
    let labels = settings.get("labels").and_then(|labels| labels.as_array());
    let tree = |label: &serde_json::Value| label.as_u64().filter(|&tree| (tree as usize) < trees);
    let classes: Option<Vec<u32>> =
        labels.and_then(|labels| labels.iter().map(|label| Some(tree(label)? as u32)).collect());
    let classes = classes.filter(|classes| !classes.is_empty());
    classes.ok_or_else(|| damaged(&name, "labels", "it is not a list of numbers of trees"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Pos;

    fn lemmatizer(backoff: Backoff) -> EditTrees {
        let replace = |old: &str, new: &str| Tree::Replace { old: old.into(), new: new.into() };
        let keep =
            |before, after, before_tree, after_tree| Tree::Keep { before, after, before_tree, after_tree };
        let trees = vec![
            replace("ů", "um"),
            keep(0, 1, None, Some(0)),
            replace("Ne", ""),
            keep(2, 1, Some(2), Some(0)),
            keep(0, 0, None, None),
        ];
        EditTrees { trees, classes: vec![1, 3, 4], backoff }
    }

    #[track_caller]
    fn check(backoff: Backoff, text: &str, tree: u16, expected: &str) {
        let word = Word { text, pos: Pos::Noun, morph: "", begins_sentence: false, tree };
        assert_eq!(lemmatizer(backoff).lemma(word), expected);
    }

    #[test]
    fn rewrites_the_ends_of_words() {
        check(Backoff::Text, "hradů", 0, "hradum");
        check(Backoff::Text, "Nehradů", 1, "hradum");
        check(Backoff::Text, "Žižkov", 2, "Žižkov");
    }

    #[test]
    fn takes_the_backoff_where_a_tree_does_not_fit() {
        check(Backoff::Text, "Hrad", 0, "Hrad");
        check(Backoff::Lower, "Hrad", 0, "hrad");
        check(Backoff::Nothing, "Hrad", 0, "");
        check(Backoff::Text, "ů", 1, "ů");
        check(Backoff::Text, "Nic", 1, "Nic");
    }
}
