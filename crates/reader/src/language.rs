//! In which language a text is, where that is beyond doubt.

use whatlang::{Lang, Script, detect};

/// Bytes from the start of a text that are looked at.
const SAMPLE: usize = 4096;

/// Letters below which nothing is said.
const LEAST: usize = 60;

/// How sure the statistics must be.
const SURE: f64 = 0.9;

/// Share of English function words at which a text is English, whatever the statistics say: names of people and
/// places in a short report can look like another language.
const ENGLISH: f64 = 0.12;

/// Function words that are frequent in English and no words, or rare ones, in its neighbours.
const WORDS: &[&str] = &[
    "the", "of", "and", "to", "that", "with", "for", "was", "were", "is", "are", "has", "have", "had",
    "been", "by", "from", "said", "his", "their", "its", "this", "which", "would", "will", "not", "but",
    "they", "he",
];

/// The language of a text (ISO 639-1, else 639-3); `None` where it is too short or too mixed to tell.
///
/// Statistics of letters are those of `whatlang` (trigrams after Cavnar and Trenkle, 1994).
pub fn language(text: &str) -> Option<&'static str> {
    let sample = start(text);
    if sample.chars().filter(|c| c.is_alphabetic()).take(LEAST).count() < LEAST {
        return None;
    }
    if share_of_english_words(sample) >= ENGLISH {
        return Some("en");
    }
    let found = detect(sample)?;
    let sure = found.script() != Script::Latin || found.is_reliable() && found.confidence() >= SURE;
    sure.then(|| short(found.lang().code()))
}

/// The English name of a language by its code (ISO 639-1, else 639-3), of those that [`language`] knows.
pub fn language_name(code: &str) -> Option<&'static str> {
    let long = CODES.iter().find(|&&(_, short)| short == code).map_or(code, |&(long, _)| long);
    Lang::from_code(long).map(|lang| lang.eng_name())
}

fn start(text: &str) -> &str {
    let mut end = SAMPLE.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn share_of_english_words(sample: &str) -> f64 {
    let words = || sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let english = words().filter(|word| WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))).count();
    english as f64 / words().count().max(1) as f64
}

/// The two letters of a language that has them. Source: ISO 639-1.
fn short(code: &'static str) -> &'static str {
    CODES.binary_search_by_key(&code, |&(long, _)| long).map_or(code, |at| CODES[at].1)
}

#[rustfmt::skip]
const CODES: &[(&str, &str)] = &[
    ("afr", "af"), ("aka", "ak"), ("amh", "am"), ("ara", "ar"), ("aze", "az"), ("bel", "be"), ("ben", "bn"),
    ("bul", "bg"), ("cat", "ca"), ("ces", "cs"), ("cmn", "zh"), ("dan", "da"), ("deu", "de"), ("ell", "el"),
    ("eng", "en"), ("epo", "eo"), ("est", "et"), ("fin", "fi"), ("fra", "fr"), ("guj", "gu"), ("heb", "he"),
    ("hin", "hi"), ("hrv", "hr"), ("hun", "hu"), ("hye", "hy"), ("ind", "id"), ("ita", "it"), ("jav", "jv"),
    ("jpn", "ja"), ("kan", "kn"), ("kat", "ka"), ("khm", "km"), ("kor", "ko"), ("lat", "la"), ("lav", "lv"),
    ("lit", "lt"), ("mal", "ml"), ("mar", "mr"), ("mkd", "mk"), ("mya", "my"), ("nep", "ne"), ("nld", "nl"),
    ("nob", "nb"), ("ori", "or"), ("pan", "pa"), ("pes", "fa"), ("pol", "pl"), ("por", "pt"), ("ron", "ro"),
    ("rus", "ru"), ("sin", "si"), ("slk", "sk"), ("slv", "sl"), ("sna", "sn"), ("spa", "es"), ("srp", "sr"),
    ("swe", "sv"), ("tam", "ta"), ("tel", "te"), ("tgl", "tl"), ("tha", "th"), ("tuk", "tk"), ("tur", "tr"),
    ("ukr", "uk"), ("urd", "ur"), ("uzb", "uz"), ("vie", "vi"), ("yid", "yi"), ("zul", "zu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_words_and_scripts() {
        for (text, expected) in [
            (
                "The foreign minister of Ruritania said on Monday that talks with Borduria had been broken off.",
                "en",
            ),
            (
                "Der Außenminister von Ruritanien sagte am Montag, die Gespräche mit Bordurien seien abgebrochen worden.",
                "de",
            ),
            (
                "Le ministre des Affaires étrangères de Ruritanie a déclaré lundi que les pourparlers étaient rompus.",
                "fr",
            ),
            (
                "El ministro de Asuntos Exteriores de Ruritania dijo el lunes que las conversaciones se habían roto.",
                "es",
            ),
            (
                "Министр иностранных дел Руритании заявил в понедельник, что переговоры с Бордурией прерваны.",
                "ru",
            ),
            (
                "وقال وزير خارجية روريتانيا يوم الاثنين إن المحادثات مع بوردوريا قد توقفت تماما حتى إشعار آخر",
                "ar",
            ),
        ] {
            assert_eq!(language(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn names_do_not_make_a_report_foreign() {
        let names =
            "Presidente Rafael Alcázar de San Teodoro met Tapioca generals in Las Dopicos, the palace said.";
        assert!(language(names).is_none_or(|l| l == "en"), "{:?}", language(names));
    }

    #[test]
    fn nothing_is_said_of_little() {
        for text in ["", "Bonjour.", "1234567890 ".repeat(50).as_str(), "🙂🙂🙂", "Talks broke off."] {
            assert_eq!(language(text), None, "{text}");
        }
    }

    #[test]
    fn languages_have_names() {
        assert_eq!((language_name("es"), language_name("cs")), (Some("Spanish"), Some("Czech")));
        assert_eq!((language_name("epo"), language_name("zz")), (Some("Esperanto"), None));
    }

    #[test]
    fn codes_are_sorted_for_the_search() {
        assert!(CODES.is_sorted());
    }
}
