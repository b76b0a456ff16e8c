//! Names that a document gives an actor itself: letters in brackets, "known as", so that they mean it from there on.

use chancery_language::Pos;

use super::{Cast, Kind, Party};

impl Cast<'_> {
    /// Lets a word mean a party from here on.
    pub(super) fn bind(&mut self, word: &str, party: &Party) {
        if word.chars().count() > 1 {
            self.aliases.bind(word, Party { inferred: None, ..party.clone() });
        }
    }

    /// The party that a word was bound to last.
    pub(super) fn bound(&self, word: &str) -> Option<&Party> {
        self.aliases.get(word)
    }

    /// Binds what stands behind the words headed by `i`: "Zembla Pact (ZP)", "Ivan Roe, known as the Fox".
    pub(super) fn bind_bynames(&mut self, i: usize, parties: &[Party]) {
        let [party] = parties else { return };
        // Letters behind a town are the agency's of the dateline.
        let of_its_own = matches!(party.kind, Kind::Body | Kind::Person | Kind::Group);
        if !of_its_own || party.inferred.is_some() || !party.candidates.is_empty() {
            return;
        }
        if let Some(letters) = self.letters_behind(i).or_else(|| self.nickname_of(i)) {
            let byname = self.tree.text(letters);
            if self.aliases.get(byname).is_none() {
                self.bind(byname, party);
            }
        }
    }

    /// The token of capitals in brackets right behind `i`.
    fn letters_behind(&self, i: usize) -> Option<usize> {
        let tree = self.tree;
        let inside = i + 2;
        let brackets = inside + 1 < tree.len() && tree.text(i + 1) == "(" && tree.text(inside + 1) == ")";
        let word = brackets.then(|| tree.text(inside))?;
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        (capitals >= 2 && word.chars().all(char::is_alphanumeric)).then_some(inside)
    }

    /// The proper noun that `i` is said to be known as.
    fn nickname_of(&self, i: usize) -> Option<usize> {
        let tree = self.tree;
        let called = tree
            .by_dep(i, &["acl", "appos"])
            .find(|&c| matches!(tree.lemma(c).to_lowercase().as_str(), "know" | "nickname" | "dub"))?;
        let named = |c: usize| tree.pos(c) == Pos::Propn && c > called && self.name(c).is_none();
        let by_as = tree
            .by_dep(called, &["prep"])
            .filter(|&p| tree.lemma(p) == "as")
            .find_map(|p| tree.child(p, &["pobj"]));
        by_as.or_else(|| tree.child(called, &["oprd", "dobj", "attr"])).filter(|&c| named(c))
    }
}
