//! Titles that mean the same office, and whether one person holds it at a time: "defence secretary" is "defense minister".

/// How many hold a title at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holders {
    /// One: "prime minister".
    One,
    /// Several: "ambassador".
    Many,
}

/// A title with its other names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The name under which the office is kept.
    pub title: String,
    /// Other names of it.
    pub same: Vec<String>,
    /// How many hold it at one time.
    pub holders: Holders,
}

/// The titles of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Titles {
    /// One row a title.
    pub rows: Vec<Title>,
}

impl Titles {
    /// The name under which an office with this title is kept: "Minister of Defence" as "defense minister".
    /// A title that the table does not have is kept as it is, in lower case.
    pub fn settle(&self, title: &str) -> String {
        let plain = plain(title);
        self.row(&plain).map_or(plain, |row| row.title.clone())
    }

    /// Whether one person holds this title at a time.
    pub fn has_one_holder(&self, title: &str) -> bool {
        self.row(&plain(title)).is_some_and(|row| row.holders == Holders::One)
    }

    fn row(&self, plain: &str) -> Option<&Title> {
        self.rows.iter().find(|t| t.title == plain || t.same.iter().any(|s| s == plain))
    }
}

/// Whether a title stands in for an office or disputes it, beside whoever holds it: "acting president", "rival president".
pub fn is_stopgap(title: &str) -> bool {
    let first = title.split(' ').next().unwrap_or_default().to_lowercase();
    DROPPED[1..5].contains(&first.as_str()) || first == "rival"
}

/// Key of an office in the index of holders.
pub fn key(code: &str, settled: &str) -> String {
    format!("{code} {settled}")
}

/// Lower case, American spelling, without "the" and "acting", "minister of X" as "X minister".
pub(super) fn plain(title: &str) -> String {
    let lower = title.to_lowercase().replace("defence", "defense").replace('-', " ");
    let words = lower.split_whitespace().filter(|w| !DROPPED.contains(w)).collect::<Vec<_>>().join(" ");
    turned(&words).unwrap_or(words)
}

/// Words that leave the office what it is.
const DROPPED: [&str; 6] = ["the", "acting", "interim", "caretaker", "transitional", "current"];

/// "minister of defense", "secretary for energy" with the matter first.
fn turned(words: &str) -> Option<String> {
    for office in ["minister", "secretary"] {
        let matter = words
            .strip_prefix(office)
            .and_then(|rest| rest.strip_prefix(" of ").or_else(|| rest.strip_prefix(" for ")));
        if let Some(matter) = matter.filter(|m| !m.is_empty() && !m.starts_with("state")) {
            return Some(format!("{matter} {office}"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles() -> Titles {
        let row = |title: &str, same: &[&str]| Title {
            title: title.to_owned(),
            same: same.iter().map(|s| (*s).to_owned()).collect(),
            holders: Holders::One,
        };
        Titles {
            rows: vec![
                row("defense minister", &["defense secretary", "defense chief"]),
                row("prime minister", &["premier"]),
            ],
        }
    }

    fn check(title: &str, settled: &str) {
        assert_eq!(titles().settle(title), settled, "{title}");
    }

    #[test]
    fn spellings_of_one_office_are_one() {
        check("Minister of Defence", "defense minister");
        check("secretary of defense", "defense minister");
        check("acting Defence Secretary", "defense minister");
        check("Premier", "prime minister");
        check("minister for the environment", "environment minister");
    }

    #[test]
    fn other_offices_stay_apart() {
        check("deputy prime minister", "deputy prime minister");
        check("secretary of state for trade", "secretary of state for trade");
        check("minister of", "minister of");
        assert!(titles().has_one_holder("premier"));
        assert!(!titles().has_one_holder("ambassador"));
    }
}
