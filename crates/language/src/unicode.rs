//! Character classes as Python draws them, where Rust draws them otherwise.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Characters with a digit value that are not decimal digits: superscripts, circled digits and the like.
const OTHER_DIGITS: [(char, char); 20] = [
    ('\u{b2}', '\u{b3}'),
    ('\u{b9}', '\u{b9}'),
    ('\u{1369}', '\u{1371}'),
    ('\u{19da}', '\u{19da}'),
    ('\u{2070}', '\u{2070}'),
    ('\u{2074}', '\u{2079}'),
    ('\u{2080}', '\u{2089}'),
    ('\u{2460}', '\u{2468}'),
    ('\u{2474}', '\u{247c}'),
    ('\u{2488}', '\u{2490}'),
    ('\u{24ea}', '\u{24ea}'),
    ('\u{24f5}', '\u{24fd}'),
    ('\u{24ff}', '\u{24ff}'),
    ('\u{2776}', '\u{277e}'),
    ('\u{2780}', '\u{2788}'),
    ('\u{278a}', '\u{2792}'),
    ('\u{10a40}', '\u{10a43}'),
    ('\u{10e60}', '\u{10e68}'),
    ('\u{11052}', '\u{1105a}'),
    ('\u{1f100}', '\u{1f10a}'),
];

/// Python's `isspace`: Rust's white space and the four information separators.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// Python's `isalpha`: letters only, where Rust counts letter-like numbers and marks too.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphabetic()
    } else {
        c.general_category_group() == GeneralCategoryGroup::Letter
    }
}

/// Python's `isdecimal`, which is also what `\d` matches.
pub(crate) fn is_decimal(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_digit()
    } else {
        c.general_category() == unicode_properties::GeneralCategory::DecimalNumber
    }
}

/// Python's `isdigit`: decimal digits, and superscript, circled and such digits.
pub(crate) fn is_digit(c: char) -> bool {
    is_decimal(c) || OTHER_DIGITS.iter().any(|&(first, last)| (first..=last).contains(&c))
}

/// What `\w` matches in Python: letters, numbers of any kind and the low line.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    matches!(c.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number)
}

/// The same letter in other cases, as Python's `re` folds them: one character for one.
pub(crate) fn case_variants(c: char) -> [char; 3] {
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let upper = |c: char| Some(c.to_uppercase()).filter(|upper| upper.len() == 1);
    let small = lower(c);
    let large = upper(small).and_then(|mut upper| upper.next()).unwrap_or(small);
    [small, large, lower(large)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_letters_in_their_other_case() {
        assert!(case_variants('É').contains(&'é') && case_variants('é').contains(&'É'));
        assert!(case_variants('ſ').contains(&'s') && !case_variants('ß').contains(&'S'));
        assert_eq!(case_variants('-'), ['-'; 3]);
    }

    #[test]
    fn draws_classes_as_python_does() {
        assert!(is_space('\u{1c}') && is_space('\u{a0}') && !is_space('\u{200b}'));
        assert!(is_alpha('é') && is_alpha('文') && !is_alpha('Ⅷ') && !is_alpha('\u{301}'));
        assert!(is_digit('²') && is_digit('٣') && !is_digit('½'));
        assert!(is_decimal('٣') && !is_decimal('²'));
        assert!(is_word('Ⅷ') && is_word('_') && !is_word('\u{301}') && !is_word('-'));
    }
}
