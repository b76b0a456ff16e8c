//! Which events open, keep and close which state: `rules/standing.states`, read once.

use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../../rules/standing.states");

/// Something that holds until something ends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The `kind` of its facts.
    pub name: String,
    /// Whether it is of both, whoever of them did it.
    pub mutual: bool,
    /// Whether each that is opened stands for itself, as agreements do.
    pub several: bool,
    /// Whether a range of days of an event that opens it is all of it: "the occupation of 1940 to 1945".
    pub whole_ranges: bool,
    /// Days after which it is open whether it still holds, if nothing more is told of it; `None` if it holds until ended.
    pub fades: Option<i64>,
    /// What events do to it; the first row that fits counts.
    pub rows: Vec<Row>,
}

/// What events of some rules do to a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What they do.
    pub effect: Effect,
    /// Chains of rules, from the outermost in.
    chains: Vec<Chain>,
    /// Beginnings of words, one of which must be among the trigger's; none asks for nothing.
    words: Vec<String>,
    /// The state in words.
    pub told: String,
}

/// What an event does to a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It holds from then on.
    Opens,
    /// It is told to hold then, or since then.
    Holds,
    /// It holds on the event's own days.
    During,
    /// It speaks against it and ends nothing.
    Against,
    /// It holds no more, where it is told to have held.
    Ends,
    /// It held, and holds no more.
    Closes,
    /// It is told not to hold then, or since then.
    Lacks,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Chain {
    denied: bool,
    links: Vec<Link>,
}

/// A rule with those of its triggers that count; none for all.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Link {
    rule: String,
    triggers: Vec<String>,
}

impl Row {
    /// Whether events of this chain of rules may be of this row, whatever their words.
    pub fn names(&self, rule: &str) -> bool {
        self.chains.iter().any(|chain| chain.fits(rule))
    }

    /// Whether an event is of this row. `rule` is its chain of rules, `trigger` its words.
    pub fn fits(&self, rule: &str, trigger: &str, denied: bool) -> bool {
        let trigger = trigger.to_lowercase();
        let has = |w: &String| trigger.split_whitespace().any(|t| t.starts_with(w.as_str()));
        let is_chain = |c: &Chain| c.denied == denied && c.fits(rule);
        self.chains.iter().any(is_chain) && (self.words.is_empty() || self.words.iter().any(has))
    }
}

impl Chain {
    fn fits(&self, rule: &str) -> bool {
        let links: Vec<&str> = rule.split(" > ").collect();
        links.len() == self.links.len() && links.iter().zip(&self.links).all(|(rule, link)| link.fits(rule))
    }
}

impl Link {
    fn fits(&self, rule: &str) -> bool {
        let (name, trigger) = rule.split_once('/').unwrap_or((rule, ""));
        name == self.rule && (self.triggers.is_empty() || self.triggers.iter().any(|t| t == trigger))
    }
}

/// The states of the table.
pub fn states() -> &'static [State] {
    static STATES: LazyLock<Vec<State>> =
        LazyLock::new(|| parse(TABLE).unwrap_or_else(|fault| panic!("rules/standing.states:{fault}")));
    &STATES
}

/// Reads a table; a fault has its line and what to do.
fn parse(text: &str) -> Result<Vec<State>, String> {
    let mut states: Vec<State> = Vec::new();
    for (number, line) in text.lines().enumerate().map(|(n, l)| (n + 1, l.trim())) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        read(&mut states, key, rest.trim()).map_err(|why| format!("{number}: {why}"))?;
    }
    Ok(states)
}

fn read(states: &mut Vec<State>, key: &str, rest: &str) -> Result<(), String> {
    if key == "state" {
        states.push(State {
            name: rest.to_owned(),
            mutual: false,
            several: false,
            whole_ranges: false,
            fades: None,
            rows: Vec::new(),
        });
        return Ok(());
    }
    let state = states.last_mut().ok_or("a line before any state: start with `state NAME`")?;
    match (key, rest) {
        ("sides", "mutual") => state.mutual = true,
        ("sides", "directed") => state.mutual = false,
        ("several", "yes") => state.several = true,
        ("ranges", "whole") => state.whole_ranges = true,
        ("fades", days) => {
            state.fades = Some(days.parse().map_err(|_| "`fades` needs a number of days, as 730")?);
        }
        ("means" | "yes" | "no", _) => {}
        _ => state.rows.push(row(effect(key)?, rest)?),
    }
    Ok(())
}

fn effect(key: &str) -> Result<Effect, String> {
    Ok(match key {
        "opens" => Effect::Opens,
        "holds" => Effect::Holds,
        "during" => Effect::During,
        "against" => Effect::Against,
        "ends" => Effect::Ends,
        "closes" => Effect::Closes,
        "lacks" => Effect::Lacks,
        _ => {
            return Err(format!(
                "unknown key `{key}`: expected state, means, sides, several, ranges, fades, opens, holds, during, against, ends, closes, lacks, yes or no"
            ));
        }
    })
}

fn row(effect: Effect, text: &str) -> Result<Row, String> {
    let (events, told) = text.split_once("=>").ok_or("a row needs `=> THE STATE IN WORDS`")?;
    let (chains, words) = events.split_once(" : ").unwrap_or((events, ""));
    let chains = chains.split(',').map(|c| chain(c.trim())).collect::<Result<_, _>>()?;
    let words = words.split(',').map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    Ok(Row { effect, chains, words, told: told.trim().to_owned() })
}

fn chain(text: &str) -> Result<Chain, String> {
    let (denied, text) = text.strip_prefix("not ").map_or((false, text), |rest| (true, rest));
    let links = text.split(" > ").map(link).collect::<Result<_, _>>()?;
    Ok(Chain { denied, links })
}

fn link(text: &str) -> Result<Link, String> {
    let (rule, triggers) = text
        .trim()
        .split_once('/')
        .ok_or_else(|| format!("`{text}` is no rule: write RULE/TRIGGER+TRIGGER or RULE/*"))?;
    let triggers = triggers.split('+').filter(|t| *t != "*").map(str::to_owned).collect();
    Ok(Link { rule: rule.to_owned(), triggers })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_fits_by_chain_words_and_denial() {
        let row = row(Effect::Opens, "stop/end+halt > attack/*, not know/know : war,truce => over").unwrap();
        assert!(row.fits("stop/end > attack/war", "ended ... Wars", false));
        assert!(row.fits("know/know", "know ... truce", true));
        assert!(!row.fits("stop/end > attack/war", "ended ... attacks", false));
        assert!(!row.fits("stop/delay > attack/war", "delayed ... war", false));
        assert!(!row.fits("attack/war", "war", false));
        assert!(!row.fits("know/know", "know ... truce", false));
    }

    #[test]
    fn faults_name_their_line_and_what_to_do() {
        let fault = |text| parse(text).unwrap_err();
        assert_eq!(fault("state a\nopens x/y"), "2: a row needs `=> THE STATE IN WORDS`");
        assert!(fault("state a\nopened x/y => z").starts_with("2: unknown key `opened`"));
        assert!(fault("opens x/y => z").contains("start with `state NAME`"));
        assert!(fault("state a\nopens x => z").contains("RULE/TRIGGER+TRIGGER"));
    }

    /// Every rule that the table names is one of the coder's.
    #[test]
    fn the_table_names_rules_that_exist() {
        let mut files = Vec::new();
        collect(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules"), &mut files);
        let lines = files.iter().flat_map(|text| text.lines());
        let known: Vec<&str> = lines
            .filter_map(|l| l.strip_prefix("action ").or_else(|| l.strip_prefix("operator ")))
            .map(str::trim)
            .collect();
        let named = states().iter().flat_map(|s| &s.rows).flat_map(|r| &r.chains).flat_map(|c| &c.links);
        let strange: Vec<&str> = named.map(|l| l.rule.as_str()).filter(|r| !known.contains(r)).collect();
        assert!(strange.is_empty(), "rules/standing.states names rules that no file has: {strange:?}");
    }

    fn collect(folder: &std::path::Path, files: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                collect(&path, files);
            } else if path.extension().is_some_and(|e| e == "rule") {
                files.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
}
