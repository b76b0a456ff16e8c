//! Which of several languages a document is in, and what languages are called.

use chancery_reader::language_name;

/// Which of the languages is the stated one: `es-MX` is `es`.
pub fn position(languages: &[String], stated: &str) -> Option<usize> {
    let is_own = |own: &String| stated.get(..own.len()).is_some_and(|start| start.eq_ignore_ascii_case(own));
    languages.iter().position(is_own)
}

/// The language by name and code: `Spanish (es)`.
pub fn called(code: &str) -> String {
    language_name(code).map_or_else(|| code.to_owned(), |name| format!("{name} ({code})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_no_other_language() {
        let languages = ["en".to_owned(), "es".to_owned()];
        let found = ["es", "es-MX", "EN_gb", "de", "e"].map(|stated| position(&languages, stated));
        assert_eq!(found, [Some(1), Some(1), Some(0), None, None]);
    }

    #[test]
    fn languages_are_called_by_name_and_code() {
        assert_eq!((called("es").as_str(), called("zz").as_str()), ("Spanish (es)", "zz"));
    }
}
