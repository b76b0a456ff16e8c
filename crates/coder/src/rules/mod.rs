//! The lexicon: rule files parsed and indexed by the word that sets each rule off.

mod proof;
mod syntax;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use proof::check;
pub use syntax::{
    ActorClass, Block, BlockKind, DEFAULT_LANGUAGE, Effect, Example, Expected, Fault, Role, Source, Test,
    Trigger, Word,
};

include!(concat!(env!("OUT_DIR"), "/rule_files.rs"));

/// A number that changes when the rules of the program do, as sixteen hexadecimal digits (FNV-1a).
pub fn digest() -> String {
    let bytes = FILES.iter().flat_map(|(name, text)| name.bytes().chain(text.bytes()));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// What a light verb does with the noun it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carries {
    /// Its subject is the noun's actor: *hold* talks.
    Actor,
    /// Its subject is the noun's recipient: *face* criticism.
    Recipient,
    /// Its subject is the noun itself: clashes *broke out* between the two.
    Nothing,
}

/// What operator and class of action make together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// CAMEO code.
    pub cameo: String,
    /// Class that a further operator sees.
    pub class: String,
    /// Status that the operator gives to what it makes.
    pub status: Option<Effect>,
    /// PLOVER mode beside the crosswalk's.
    pub mode: Option<String>,
}

/// Where a trigger stands in the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TriggerId {
    /// Its block.
    pub block: usize,
    /// Its place in the block.
    pub index: usize,
}

/// All rules that serve one language, indexed.
#[derive(Debug)]
pub struct Lexicon {
    language: String,
    blocks: Vec<Block>,
    index: HashMap<String, Vec<TriggerId>>,
    compose: BTreeMap<(String, String), Composed>,
    light: BTreeMap<String, Vec<(Option<String>, Carries)>>,
    times: crate::times::Rules,
    cues: crate::quotes::cues::Cues,
}

impl Lexicon {
    /// The rules that the program carries for the language that most of them serve.
    ///
    /// # Errors
    /// The faults of the files; the build has checked them, so there are none in a built program.
    pub fn embedded() -> Result<Lexicon, Vec<Fault>> {
        Lexicon::parse(FILES)
    }

    /// The rules that serve [`DEFAULT_LANGUAGE`], from files, each with its path below `rules/`.
    ///
    /// # Errors
    /// Every fault found, with file and line.
    pub fn parse(files: &[(&str, &str)]) -> Result<Lexicon, Vec<Fault>> {
        Lexicon::of_language(DEFAULT_LANGUAGE, &headed(files)?)
    }

    /// The rules of every language for which there are rules of events, the default language first; where there are
    /// none, those of the default language. Files that are no rules, as word lists and the composition table, serve all.
    ///
    /// # Errors
    /// Every fault found, with file and line.
    pub fn of_each_language(files: &[(&str, &str)]) -> Result<Vec<Lexicon>, Vec<Fault>> {
        let files = headed(files)?;
        let named: BTreeSet<&str> = files.iter().filter_map(|file| file.language).collect();
        let others = named.into_iter().filter(|language| *language != DEFAULT_LANGUAGE);
        let languages = [DEFAULT_LANGUAGE].into_iter().chain(others);
        let (mut lexicons, mut faults) = (Vec::new(), Vec::new());
        for language in languages {
            match Lexicon::of_language(language, &files) {
                Ok(lexicon) => lexicons.push(lexicon),
                // A fault of what serves all languages is one fault.
                Err(wrong) => faults
                    .extend(wrong.into_iter().filter(|fault| !faults.contains(fault)).collect::<Vec<_>>()),
            }
        }
        if lexicons.iter().any(|lexicon| !lexicon.blocks.is_empty()) {
            lexicons.retain(|lexicon| !lexicon.blocks.is_empty());
        } else {
            lexicons.truncate(1);
        }
        if faults.is_empty() { Ok(lexicons) } else { Err(faults) }
    }

    fn of_language(language: &str, files: &[Headed]) -> Result<Lexicon, Vec<Fault>> {
        let serving = files.iter().filter(|file| file.language.is_none_or(|own| own == language));
        let files: Vec<(&str, &str)> = serving.map(|file| (file.name, &*file.text)).collect();
        let lists = files.iter().filter_map(|(name, text)| {
            let list = name.strip_prefix("words/")?.strip_suffix(".txt")?;
            Some((list.to_owned(), syntax::parse_list(text)))
        });
        let lists: syntax::Lists = lists.collect();
        let mut lexicon = Lexicon {
            language: language.to_owned(),
            blocks: Vec::new(),
            index: HashMap::new(),
            compose: BTreeMap::new(),
            light: BTreeMap::new(),
            times: crate::times::Rules::default(),
            cues: crate::quotes::cues::Cues::default(),
        };
        let mut faults = Vec::new();
        lexicon.times = crate::times::Rules::parse(&files, &mut faults);
        lexicon.cues = crate::quotes::cues::Cues::parse(&files, &mut faults);
        for (name, text) in files {
            match name {
                _ if name.ends_with("light-verbs.rule") => lexicon.read_light_verbs(name, text, &mut faults),
                "compose.tsv" => lexicon.read_composition(name, text, &mut faults),
                _ if name.ends_with(".rule")
                    && !name.starts_with("times/")
                    && !name.starts_with("quotes/") =>
                {
                    let (blocks, wrong) = syntax::parse(name, text, &lists);
                    lexicon.blocks.extend(blocks);
                    faults.extend(wrong);
                }
                _ => {}
            }
        }
        lexicon.index_triggers();
        if faults.is_empty() { Ok(lexicon) } else { Err(faults) }
    }

    /// The language that these rules serve, as spaCy's code has it.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The texts of the rule files that the program carries, by their path below `rules/`.
    pub fn files() -> &'static [(&'static str, &'static str)] {
        FILES
    }

    /// The rules for time expressions.
    pub fn times(&self) -> &crate::times::Rules {
        &self.times
    }

    /// The cues of attribution.
    pub fn cues(&self) -> &crate::quotes::cues::Cues {
        &self.cues
    }

    /// Every block, in the order of the files.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The block of a trigger.
    pub fn block(&self, id: TriggerId) -> &Block {
        &self.blocks[id.block]
    }

    /// A trigger.
    pub fn trigger(&self, id: TriggerId) -> &Trigger {
        &self.blocks[id.block].triggers[id.index]
    }

    /// Triggers whose head has this lemma.
    pub fn triggers(&self, lemma: &str) -> &[TriggerId] {
        self.index.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether a verb, noun or adjective with this lemma sets off or carries anything.
    pub fn knows(&self, lemma: &str) -> bool {
        self.index.contains_key(lemma) || self.light.contains_key(lemma) || !self.cues.of(lemma).is_empty()
    }

    /// What `operator` makes of an action of `class`: its own row, that of the class it is part of, or `*`.
    pub fn compose(&self, operator: &str, class: &str) -> Option<&Composed> {
        let row = |class: &str| self.compose.get(&(operator.to_owned(), class.to_owned()));
        let wider = class.split_once('.').and_then(|(wider, _)| row(wider));
        row(class).or(wider).or_else(|| row("*"))
    }

    /// Whether this verb only carries its noun, and how.
    pub fn carries(&self, lemma: &str, particle: Option<&str>) -> Option<Carries> {
        let entries = self.light.get(lemma)?;
        let exact = entries.iter().find(|(p, _)| p.is_some() && p.as_deref() == particle);
        exact.or_else(|| entries.iter().find(|(p, _)| p.is_none())).map(|(_, c)| *c)
    }

    /// Whether the verb is light only with this very particle or preposition: "come *under* attack".
    pub fn carries_by_particle(&self, lemma: &str, particle: &str) -> bool {
        self.light
            .get(lemma)
            .is_some_and(|entries| entries.iter().any(|(p, _)| p.as_deref() == Some(particle)))
    }

    fn index_triggers(&mut self) {
        for (block, b) in self.blocks.iter().enumerate() {
            for (index, trigger) in b.triggers.iter().enumerate() {
                self.index.entry(trigger.lemma.clone()).or_default().push(TriggerId { block, index });
            }
        }
    }

    fn read_light_verbs(&mut self, file: &str, text: &str, faults: &mut Vec<Fault>) {
        for (number, line) in text.lines().enumerate() {
            let parts: Vec<&str> = syntax::uncomment(line).split_whitespace().collect();
            let (carries, rest) = match parts[..] {
                [] => continue,
                ["light", ref rest @ ..] => (Carries::Actor, rest),
                ["inverse", ref rest @ ..] => (Carries::Recipient, rest),
                ["occur", ref rest @ ..] => (Carries::Nothing, rest),
                _ => {
                    faults.push(fault(
                        file,
                        number,
                        "expected `light`, `inverse` or `occur`, then VERB [PARTICLE]",
                    ));
                    continue;
                }
            };
            if let Some((lemma, particle)) = rest.split_first() {
                let entry = (particle.first().map(|p| (*p).to_owned()), carries);
                self.light.entry((*lemma).to_owned()).or_default().push(entry);
            }
        }
    }

    fn read_composition(&mut self, file: &str, text: &str, faults: &mut Vec<Fault>) {
        for (number, line) in text.lines().enumerate() {
            let line = syntax::uncomment(line);
            if line.trim().is_empty() || line.starts_with("operator\t") {
                continue;
            }
            let parts: Vec<&str> = line.split('\t').map(str::trim).collect();
            let [operator, class, cameo, result, ..] = parts[..] else {
                faults.push(fault(
                    file,
                    number,
                    "expected operator, class, CAMEO code and class of the result, tab-separated",
                ));
                continue;
            };
            let column = |n: usize| parts.get(n).copied().filter(|v| !v.is_empty() && *v != "-");
            let status = match column(4).map(syntax::effect).transpose() {
                Ok(status) => status,
                Err(message) => {
                    faults.push(fault(file, number, &message));
                    continue;
                }
            };
            let mode = column(5).map(str::to_owned);
            let composed = Composed { cameo: cameo.to_owned(), class: result.to_owned(), status, mode };
            self.compose.insert((operator.to_owned(), class.to_owned()), composed);
        }
    }
}

/// A file, and the language that it serves if it is one of rules.
struct Headed<'f> {
    name: &'f str,
    language: Option<&'f str>,
    text: Cow<'f, str>,
}

/// The files without the lines that say which languages they serve.
fn headed<'f>(files: &[(&'f str, &'f str)]) -> Result<Vec<Headed<'f>>, Vec<Fault>> {
    let (mut headed, mut faults) = (Vec::new(), Vec::new());
    for &(name, text) in files {
        if !name.ends_with(".rule") {
            headed.push(Headed { name, language: None, text: text.into() });
            continue;
        }
        match syntax::language(name, text) {
            Ok((language, text)) => headed.push(Headed { name, language: Some(language), text }),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(headed) } else { Err(faults) }
}

fn fault(file: &str, index: usize, message: &str) -> Fault {
    Fault { file: file.to_owned(), line: index + 1, message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = r#"
action aerial-attack
means  From the air.
cameo  195
class  attack
needs  recipient
verb   carry out   obj:airstrike,$raid   on>recipient   # a comment
noun   cease fire  with>none
yes "Jets \"hit\" it." => ASSAULT 195 BOR,FRE/MIL > SYL historical
no  "It bombed."
"#;

    fn lexicon(text: &str) -> Result<Lexicon, Vec<Fault>> {
        Lexicon::parse(&[("words/raid.txt", "raid\nsortie\n"), ("actions/a.rule", text)])
    }

    #[test]
    fn a_block_is_read_whole() {
        let lexicon = lexicon(RULE).unwrap();
        let block = &lexicon.blocks()[0];
        assert_eq!((block.name.as_str(), block.cameo.as_deref()), ("aerial-attack", Some("195")));
        assert_eq!(block.needs, [Role::Recipient]);
        let verb = &block.triggers[0];
        assert_eq!((verb.lemma.as_str(), &verb.with[..]), ("carry", &["out".to_owned()][..]));
        assert_eq!(
            verb.tests,
            [(Source::Obj, Test::Words(vec!["airstrike".into(), "raid".into(), "sortie".into()]))]
        );
        assert!(verb.frame.contains(&(Source::Subj, Role::Actor)));
        let noun = &block.triggers[1];
        assert_eq!((noun.lemma.as_str(), &noun.with[..]), ("fire", &["cease".to_owned()][..]));
        assert!(!noun.frame.iter().any(|(s, _)| *s == Source::Prep("with".into())), "none blocks a default");
        let expected = block.examples[0].expected.as_ref().unwrap();
        assert_eq!(expected[0].actors, [("BOR".into(), None), ("FRE".into(), Some("MIL".into()))]);
        assert_eq!(expected[0].status, "historical");
    }

    #[test]
    fn faults_name_file_line_and_cure() {
        let faults = lexicon("action a\nverb x obj>victim\n").unwrap_err();
        assert_eq!(
            faults[0].to_string(),
            "actions/a.rule:2: unknown role `victim`: expected actor, recipient, both, theme, action or none"
        );
        let faults = lexicon("action a\nverb x obj:$none\n").unwrap_err();
        assert_eq!(faults[0].to_string(), "actions/a.rule:2: unknown list `$none`: add words/none.txt");
    }

    #[test]
    fn files_say_which_language_they_serve() {
        let files = [
            ("actions/raid.rule", "action raid\nverb raid obj>recipient\n"),
            (
                "actions/es/raid.rule",
                "# Incursiones.\nlanguage es\n\naction incursión\nverb invadir obj>recipient\n",
            ),
            ("es/light-verbs.rule", "language es\nlight realizar\n"),
            ("times/es/dates.rule", "language es\n"),
            ("quotes/fr/statement.rule", "language fr\n"),
        ];
        let lexicons = Lexicon::of_each_language(&files).unwrap();
        let languages: Vec<&str> = lexicons.iter().map(Lexicon::language).collect();
        assert_eq!(languages, ["en", "es"], "rules of events make a language served");
        assert!(lexicons[0].knows("raid") && !lexicons[0].knows("invadir") && !lexicons[0].knows("realizar"));
        assert!(lexicons[1].knows("invadir") && lexicons[1].knows("realizar") && !lexicons[1].knows("raid"));
        assert_eq!(lexicons[1].blocks()[0].line, 4, "the line of the language counts");
        assert_eq!(Lexicon::parse(&files).unwrap().blocks().len(), 1);
        let faults = Lexicon::parse(&[("actions/a.rule", "\nlanguage Spanish\naction a\n")]).unwrap_err();
        assert_eq!(
            faults[0].to_string(),
            "actions/a.rule:2: expected the code of one language, as `language es`"
        );
    }

    #[test]
    fn composition_falls_back_to_the_wider_class_and_then_to_any() {
        let table = "operator\tclass\tcameo\tresult\nagree\tmeet\t036\tpromise\nagree\taid\t033\tpromise\nagree\t*\t030\tpromise\n";
        let lexicon = Lexicon::parse(&[("compose.tsv", table)]).unwrap();
        let code = |class| lexicon.compose("agree", class).map(|c| c.cameo.as_str());
        assert_eq!(
            (code("meet"), code("aid.military"), code("riot")),
            (Some("036"), Some("033"), Some("030"))
        );
        assert_eq!(lexicon.compose("refuse", "meet"), None);
    }

    #[test]
    fn a_light_verb_may_want_its_particle() {
        let lexicon = Lexicon::parse(&[("light-verbs.rule", "light carry out\ninverse face\n")]).unwrap();
        assert_eq!(lexicon.carries("carry", Some("out")), Some(Carries::Actor));
        assert_eq!(lexicon.carries("carry", None), None);
        assert_eq!(lexicon.carries("face", None), Some(Carries::Recipient));
    }
}
