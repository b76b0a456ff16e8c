//! The normalised view: the text as the language engine likes it, with an exact map back.
//!
//! Published pages carry curly quotes, glued marks ("status.”The") and letters with diacritics that
//! the model hardly saw in training. The view straightens, splits and folds them; every span of the
//! view maps to the span of the original it was made from.

use crate::Span;

/// A normalised text and the way back to the original.
#[derive(Debug, Clone)]
pub struct View {
    text: String,
    /// Where view and original part, in order; between two edits the shift is constant.
    edits: Vec<Edit>,
}

/// `view` bytes of the view stand for `original` bytes of the original.
#[derive(Debug, Clone, Copy)]
struct Edit {
    view: Span,
    original: Span,
}

impl View {
    /// Normalises `original`.
    pub fn new(original: &str) -> Self {
        let mut view = View { text: String::with_capacity(original.len()), edits: Vec::new() };
        let mut previous = None;
        let mut rest = original.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            let next = rest.peek().map(|&(_, c)| c);
            let original = Span::new(at, at + c.len_utf8());
            if glued(previous, c, next) {
                view.replace(" ", Span::new(at, at));
            }
            // Two single marks are a double one: ''so''.
            let twin = is_single(c).then(|| rest.next_if(|&(_, n)| is_single(n))).flatten();
            if let Some((second, n)) = twin {
                view.replace("\"", Span::new(at, second + n.len_utf8()));
                previous = Some(n);
                continue;
            }
            match folded(c) {
                Some(plain) => view.replace(plain, original),
                None => view.text.push(c),
            }
            if splits_after(previous, c, next) {
                view.replace(" ", Span::new(original.end, original.end));
            }
            previous = Some(c);
        }
        view
    }

    /// The normalised text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Writes the letter at a byte of the view small, if it is an ASCII capital; spans stay what they are.
    pub fn make_small(&mut self, at: usize) {
        if let Some(letter) =
            self.text.get(at..at + 1).filter(|l| l.starts_with(|c: char| c.is_ascii_uppercase()))
        {
            let small = letter.to_ascii_lowercase();
            self.text.replace_range(at..at + 1, &small);
        }
    }

    /// The original span that `span` of the view was made from, without inserted blanks at its ends.
    pub fn original(&self, span: Span) -> Span {
        let start = self.map(span.start, |e| e.original.start);
        let end = self.map_end(span.end);
        Span::new(start, end.max(start))
    }

    fn replace(&mut self, with: &str, original: Span) {
        let start = self.text.len();
        self.text.push_str(with);
        self.edits.push(Edit { view: Span::new(start, self.text.len()), original });
    }

    /// An offset where a span starts: inside an edit it is the edit's own start.
    fn map(&self, offset: usize, within: impl Fn(&Edit) -> usize) -> usize {
        let after = self.edits.partition_point(|e| e.view.start <= offset);
        match after.checked_sub(1).map(|i| &self.edits[i]) {
            None => offset,
            Some(e) if offset < e.view.end => within(e),
            Some(e) => offset - e.view.end + e.original.end,
        }
    }

    /// An offset where a span ends: an edit that it cuts or closes counts whole.
    fn map_end(&self, offset: usize) -> usize {
        let after = self.edits.partition_point(|e| e.view.start < offset);
        match after.checked_sub(1).map(|i| &self.edits[i]) {
            None => offset,
            Some(e) if offset <= e.view.end => e.original.end,
            Some(e) => offset - e.view.end + e.original.end,
        }
    }
}

/// Whether a character is half of a double quotation mark that is written as two single ones.
fn is_single(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '`')
}

/// Whether a blank is missing before `c`: a closing mark glued to the next sentence.
fn glued(previous: Option<char>, c: char, next: Option<char>) -> bool {
    let opens = matches!(c, '“' | '«') && next.is_some_and(char::is_alphanumeric);
    opens && previous.is_some_and(|p| p.is_alphanumeric() || matches!(p, '.' | ',' | ':' | ';' | '!' | '?'))
}

/// Whether a blank is missing after `c`: "status.”The", "EFE)Venezuelan", "said.”Russia", "war.Then".
fn splits_after(previous: Option<char>, c: char, next: Option<char>) -> bool {
    let Some(next) = next else { return false };
    match c {
        '”' | '»' => next.is_alphanumeric(),
        ')' | ']' => next.is_uppercase(),
        '!' | '?' => next.is_uppercase() && previous.is_some_and(char::is_lowercase),
        _ => false,
    }
}

/// The plain form of a character that the model hardly knows; `None` where it stays as it is.
fn folded(c: char) -> Option<&'static str> {
    if c.is_ascii() {
        return None;
    }
    Some(match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => "\"",
        '‘' | '’' | '‚' | '‛' | '′' | '`' => "'",
        '\u{a0}' | '\u{2007}' | '\u{202f}' => " ",
        '‐' | '‑' => "-",
        '…' => "...",
        _ => return LETTERS.binary_search_by_key(&c, |&(letter, _)| letter).ok().map(|i| LETTERS[i].1),
    })
}

/// Latin letters with marks and their plain forms (Unicode decomposition without its marks, and the
/// usual spellings of letters that have none), by code point.
#[rustfmt::skip]
const LETTERS: &[(char, &str)] = &[
    ('À', "A"), ('Á', "A"), ('Â', "A"), ('Ã', "A"), ('Ä', "A"), ('Å', "A"), ('Æ', "AE"), ('Ç', "C"),
    ('È', "E"), ('É', "E"), ('Ê', "E"), ('Ë', "E"), ('Ì', "I"), ('Í', "I"), ('Î', "I"), ('Ï', "I"),
    ('Ð', "D"), ('Ñ', "N"), ('Ò', "O"), ('Ó', "O"), ('Ô', "O"), ('Õ', "O"), ('Ö', "O"), ('Ø', "O"),
    ('Ù', "U"), ('Ú', "U"), ('Û', "U"), ('Ü', "U"), ('Ý', "Y"), ('Þ', "Th"), ('ß', "ss"),
    ('à', "a"), ('á', "a"), ('â', "a"), ('ã', "a"), ('ä', "a"), ('å', "a"), ('æ', "ae"), ('ç', "c"),
    ('è', "e"), ('é', "e"), ('ê', "e"), ('ë', "e"), ('ì', "i"), ('í', "i"), ('î', "i"), ('ï', "i"),
    ('ð', "d"), ('ñ', "n"), ('ò', "o"), ('ó', "o"), ('ô', "o"), ('õ', "o"), ('ö', "o"), ('ø', "o"),
    ('ù', "u"), ('ú', "u"), ('û', "u"), ('ü', "u"), ('ý', "y"), ('þ', "th"), ('ÿ', "y"), ('Ā', "A"),
    ('ā', "a"), ('Ă', "A"), ('ă', "a"), ('Ą', "A"), ('ą', "a"), ('Ć', "C"), ('ć', "c"), ('Ĉ', "C"),
    ('ĉ', "c"), ('Ċ', "C"), ('ċ', "c"), ('Č', "C"), ('č', "c"), ('Ď', "D"), ('ď', "d"), ('Đ', "D"),
    ('đ', "d"), ('Ē', "E"), ('ē', "e"), ('Ĕ', "E"), ('ĕ', "e"), ('Ė', "E"), ('ė', "e"), ('Ę', "E"),
    ('ę', "e"), ('Ě', "E"), ('ě', "e"), ('Ĝ', "G"), ('ĝ', "g"), ('Ğ', "G"), ('ğ', "g"), ('Ġ', "G"),
    ('ġ', "g"), ('Ģ', "G"), ('ģ', "g"), ('Ĥ', "H"), ('ĥ', "h"), ('Ħ', "H"), ('ħ', "h"), ('Ĩ', "I"),
    ('ĩ', "i"), ('Ī', "I"), ('ī', "i"), ('Ĭ', "I"), ('ĭ', "i"), ('Į', "I"), ('į', "i"), ('İ', "I"),
    ('ı', "i"), ('Ĵ', "J"), ('ĵ', "j"), ('Ķ', "K"), ('ķ', "k"), ('Ĺ', "L"), ('ĺ', "l"), ('Ļ', "L"),
    ('ļ', "l"), ('Ľ', "L"), ('ľ', "l"), ('Ł', "L"), ('ł', "l"), ('Ń', "N"), ('ń', "n"), ('Ņ', "N"),
    ('ņ', "n"), ('Ň', "N"), ('ň', "n"), ('Ŋ', "N"), ('ŋ', "n"), ('Ō', "O"), ('ō', "o"), ('Ŏ', "O"),
    ('ŏ', "o"), ('Ő', "O"), ('ő', "o"), ('Œ', "OE"), ('œ', "oe"), ('Ŕ', "R"), ('ŕ', "r"),
    ('Ŗ', "R"), ('ŗ', "r"), ('Ř', "R"), ('ř', "r"), ('Ś', "S"), ('ś', "s"), ('Ŝ', "S"), ('ŝ', "s"),
    ('Ş', "S"), ('ş', "s"), ('Š', "S"), ('š', "s"), ('Ţ', "T"), ('ţ', "t"), ('Ť', "T"), ('ť', "t"),
    ('Ũ', "U"), ('ũ', "u"), ('Ū', "U"), ('ū', "u"), ('Ŭ', "U"), ('ŭ', "u"), ('Ů', "U"), ('ů', "u"),
    ('Ű', "U"), ('ű', "u"), ('Ų', "U"), ('ų', "u"), ('Ŵ', "W"), ('ŵ', "w"), ('Ŷ', "Y"), ('ŷ', "y"),
    ('Ÿ', "Y"), ('Ź', "Z"), ('ź', "z"), ('Ż', "Z"), ('ż', "z"), ('Ž', "Z"), ('ž', "z"), ('Ə', "A"),
    ('Ơ', "O"), ('ơ', "o"), ('Ư', "U"), ('ư', "u"), ('Ǎ', "A"), ('ǎ', "a"), ('Ǐ', "I"), ('ǐ', "i"),
    ('Ǒ', "O"), ('ǒ', "o"), ('Ǔ', "U"), ('ǔ', "u"), ('Ǖ', "U"), ('ǖ', "u"), ('Ǘ', "U"), ('ǘ', "u"),
    ('Ǚ', "U"), ('ǚ', "u"), ('Ǜ', "U"), ('ǜ', "u"), ('Ǟ', "A"), ('ǟ', "a"), ('Ǡ', "A"), ('ǡ', "a"),
    ('Ǧ', "G"), ('ǧ', "g"), ('Ǩ', "K"), ('ǩ', "k"), ('Ǫ', "O"), ('ǫ', "o"), ('Ǭ', "O"), ('ǭ', "o"),
    ('ǰ', "j"), ('Ǵ', "G"), ('ǵ', "g"), ('Ǹ', "N"), ('ǹ', "n"), ('Ǻ', "A"), ('ǻ', "a"), ('Ȁ', "A"),
    ('ȁ', "a"), ('Ȃ', "A"), ('ȃ', "a"), ('Ȅ', "E"), ('ȅ', "e"), ('Ȇ', "E"), ('ȇ', "e"), ('Ȉ', "I"),
    ('ȉ', "i"), ('Ȋ', "I"), ('ȋ', "i"), ('Ȍ', "O"), ('ȍ', "o"), ('Ȏ', "O"), ('ȏ', "o"), ('Ȑ', "R"),
    ('ȑ', "r"), ('Ȓ', "R"), ('ȓ', "r"), ('Ȕ', "U"), ('ȕ', "u"), ('Ȗ', "U"), ('ȗ', "u"), ('Ș', "S"),
    ('ș', "s"), ('Ț', "T"), ('ț', "t"), ('Ȟ', "H"), ('ȟ', "h"), ('Ȧ', "A"), ('ȧ', "a"), ('Ȩ', "E"),
    ('ȩ', "e"), ('Ȫ', "O"), ('ȫ', "o"), ('Ȭ', "O"), ('ȭ', "o"), ('Ȯ', "O"), ('ȯ', "o"), ('Ȱ', "O"),
    ('ȱ', "o"), ('Ȳ', "Y"), ('ȳ', "y"), ('ə', "a"), ('Ḁ', "A"), ('ḁ', "a"), ('Ḃ', "B"), ('ḃ', "b"),
    ('Ḅ', "B"), ('ḅ', "b"), ('Ḇ', "B"), ('ḇ', "b"), ('Ḉ', "C"), ('ḉ', "c"), ('Ḋ', "D"), ('ḋ', "d"),
    ('Ḍ', "D"), ('ḍ', "d"), ('Ḏ', "D"), ('ḏ', "d"), ('Ḑ', "D"), ('ḑ', "d"), ('Ḓ', "D"), ('ḓ', "d"),
    ('Ḕ', "E"), ('ḕ', "e"), ('Ḗ', "E"), ('ḗ', "e"), ('Ḙ', "E"), ('ḙ', "e"), ('Ḛ', "E"), ('ḛ', "e"),
    ('Ḝ', "E"), ('ḝ', "e"), ('Ḟ', "F"), ('ḟ', "f"), ('Ḡ', "G"), ('ḡ', "g"), ('Ḣ', "H"), ('ḣ', "h"),
    ('Ḥ', "H"), ('ḥ', "h"), ('Ḧ', "H"), ('ḧ', "h"), ('Ḩ', "H"), ('ḩ', "h"), ('Ḫ', "H"), ('ḫ', "h"),
    ('Ḭ', "I"), ('ḭ', "i"), ('Ḯ', "I"), ('ḯ', "i"), ('Ḱ', "K"), ('ḱ', "k"), ('Ḳ', "K"), ('ḳ', "k"),
    ('Ḵ', "K"), ('ḵ', "k"), ('Ḷ', "L"), ('ḷ', "l"), ('Ḹ', "L"), ('ḹ', "l"), ('Ḻ', "L"), ('ḻ', "l"),
    ('Ḽ', "L"), ('ḽ', "l"), ('Ḿ', "M"), ('ḿ', "m"), ('Ṁ', "M"), ('ṁ', "m"), ('Ṃ', "M"), ('ṃ', "m"),
    ('Ṅ', "N"), ('ṅ', "n"), ('Ṇ', "N"), ('ṇ', "n"), ('Ṉ', "N"), ('ṉ', "n"), ('Ṋ', "N"), ('ṋ', "n"),
    ('Ṍ', "O"), ('ṍ', "o"), ('Ṏ', "O"), ('ṏ', "o"), ('Ṑ', "O"), ('ṑ', "o"), ('Ṓ', "O"), ('ṓ', "o"),
    ('Ṕ', "P"), ('ṕ', "p"), ('Ṗ', "P"), ('ṗ', "p"), ('Ṙ', "R"), ('ṙ', "r"), ('Ṛ', "R"), ('ṛ', "r"),
    ('Ṝ', "R"), ('ṝ', "r"), ('Ṟ', "R"), ('ṟ', "r"), ('Ṡ', "S"), ('ṡ', "s"), ('Ṣ', "S"), ('ṣ', "s"),
    ('Ṥ', "S"), ('ṥ', "s"), ('Ṧ', "S"), ('ṧ', "s"), ('Ṩ', "S"), ('ṩ', "s"), ('Ṫ', "T"), ('ṫ', "t"),
    ('Ṭ', "T"), ('ṭ', "t"), ('Ṯ', "T"), ('ṯ', "t"), ('Ṱ', "T"), ('ṱ', "t"), ('Ṳ', "U"), ('ṳ', "u"),
    ('Ṵ', "U"), ('ṵ', "u"), ('Ṷ', "U"), ('ṷ', "u"), ('Ṹ', "U"), ('ṹ', "u"), ('Ṻ', "U"), ('ṻ', "u"),
    ('Ṽ', "V"), ('ṽ', "v"), ('Ṿ', "V"), ('ṿ', "v"), ('Ẁ', "W"), ('ẁ', "w"), ('Ẃ', "W"), ('ẃ', "w"),
    ('Ẅ', "W"), ('ẅ', "w"), ('Ẇ', "W"), ('ẇ', "w"), ('Ẉ', "W"), ('ẉ', "w"), ('Ẋ', "X"), ('ẋ', "x"),
    ('Ẍ', "X"), ('ẍ', "x"), ('Ẏ', "Y"), ('ẏ', "y"), ('Ẑ', "Z"), ('ẑ', "z"), ('Ẓ', "Z"), ('ẓ', "z"),
    ('Ẕ', "Z"), ('ẕ', "z"), ('ẖ', "h"), ('ẗ', "t"), ('ẘ', "w"), ('ẙ', "y"), ('Ạ', "A"), ('ạ', "a"),
    ('Ả', "A"), ('ả', "a"), ('Ấ', "A"), ('ấ', "a"), ('Ầ', "A"), ('ầ', "a"), ('Ẩ', "A"), ('ẩ', "a"),
    ('Ẫ', "A"), ('ẫ', "a"), ('Ậ', "A"), ('ậ', "a"), ('Ắ', "A"), ('ắ', "a"), ('Ằ', "A"), ('ằ', "a"),
    ('Ẳ', "A"), ('ẳ', "a"), ('Ẵ', "A"), ('ẵ', "a"), ('Ặ', "A"), ('ặ', "a"), ('Ẹ', "E"), ('ẹ', "e"),
    ('Ẻ', "E"), ('ẻ', "e"), ('Ẽ', "E"), ('ẽ', "e"), ('Ế', "E"), ('ế', "e"), ('Ề', "E"), ('ề', "e"),
    ('Ể', "E"), ('ể', "e"), ('Ễ', "E"), ('ễ', "e"), ('Ệ', "E"), ('ệ', "e"), ('Ỉ', "I"), ('ỉ', "i"),
    ('Ị', "I"), ('ị', "i"), ('Ọ', "O"), ('ọ', "o"), ('Ỏ', "O"), ('ỏ', "o"), ('Ố', "O"), ('ố', "o"),
    ('Ồ', "O"), ('ồ', "o"), ('Ổ', "O"), ('ổ', "o"), ('Ỗ', "O"), ('ỗ', "o"), ('Ộ', "O"), ('ộ', "o"),
    ('Ớ', "O"), ('ớ', "o"), ('Ờ', "O"), ('ờ', "o"), ('Ở', "O"), ('ở', "o"), ('Ỡ', "O"), ('ỡ', "o"),
    ('Ợ', "O"), ('ợ', "o"), ('Ụ', "U"), ('ụ', "u"), ('Ủ', "U"), ('ủ', "u"), ('Ứ', "U"), ('ứ', "u"),
    ('Ừ', "U"), ('ừ', "u"), ('Ử', "U"), ('ử', "u"), ('Ữ', "U"), ('ữ', "u"), ('Ự', "U"), ('ự', "u"),
    ('Ỳ', "Y"), ('ỳ', "y"), ('Ỵ', "Y"), ('ỵ', "y"), ('Ỷ', "Y"), ('ỷ', "y"), ('Ỹ', "Y"), ('ỹ', "y"),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Every word of the view, with the words of the original that it maps to.
    fn check(original: &str, expected: &[(&str, &str)]) {
        let view = View::new(original);
        let words: Vec<_> = view.text().split(' ').filter(|w| !w.is_empty()).collect();
        let mapped: Vec<_> = words
            .iter()
            .map(|w| {
                let start = w.as_ptr() as usize - view.text().as_ptr() as usize;
                (*w, &original[view.original(Span::new(start, start + w.len())).range()])
            })
            .collect();
        assert_eq!(mapped, expected);
    }

    #[test]
    fn quotes_are_straightened_and_diacritics_folded() {
        check("“Únete”, dijo José", &[("\"Unete\",", "“Únete”,"), ("dijo", "dijo"), ("Jose", "José")]);
    }

    #[test]
    fn glued_marks_are_split() {
        check(
            "end.”The (AB)Next",
            &[("end.\"", "end.”"), ("The", "The"), ("(AB)", "(AB)"), ("Next", "Next")],
        );
    }

    #[test]
    fn marks_that_belong_together_stay() {
        check("''so'' ‘‘it’’", &[("\"so\"", "''so''"), ("\"it\"", "‘‘it’’")]);
        check("it’s f(x)=2 “so”.", &[("it's", "it’s"), ("f(x)=2", "f(x)=2"), ("\"so\".", "“so”.")]);
    }

    #[test]
    fn plain_text_is_its_own_view() {
        check("No change here.", &[("No", "No"), ("change", "change"), ("here.", "here.")]);
    }

    #[test]
    fn letters_are_sorted_for_the_search() {
        assert!(LETTERS.is_sorted_by_key(|&(c, _)| c));
    }
}
