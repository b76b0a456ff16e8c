//! The page that people read on: its width, its colours, and words set into lines.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands between two columns.
pub(crate) const GAP: &str = "  ";

/// Width and colour of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Columns.
    pub width: usize,
    /// Whether ANSI colours may be used.
    pub colour: bool,
}

/// How a piece of text stands out, as parameters of ANSI's SGR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Plain,
    Bold,
    Dim,
    Green,
    Cyan,
    Yellow,
    Red,
}

impl Ink {
    fn code(self) -> &'static str {
        match self {
            Ink::Plain => "0",
            Ink::Bold => "1",
            Ink::Dim => "2",
            Ink::Green => "32",
            Ink::Cyan => "36",
            Ink::Yellow => "33",
            Ink::Red => "31",
        }
    }

    /// The ink of a quad class: words of cooperation, deeds of it, words of conflict, deeds of it.
    pub(crate) fn of_quad(quad: u8) -> Ink {
        match quad {
            1 => Ink::Cyan,
            2 => Ink::Green,
            3 => Ink::Yellow,
            4 => Ink::Red,
            _ => Ink::Plain,
        }
    }
}

impl Page {
    /// The text in that ink, where the page has colours.
    pub(crate) fn paint(&self, ink: Ink, text: &str) -> String {
        match self.colour && ink != Ink::Plain && !text.is_empty() {
            true => format!("\x1b[{}m{text}\x1b[0m", ink.code()),
            false => text.to_owned(),
        }
    }
}

/// Writes cells side by side, each the lines, the columns and the ink of one.
///
/// # Errors
/// Those of `out`.
pub(crate) fn side_by_side(
    out: &mut impl Write,
    page: &Page,
    cells: &[(Vec<String>, usize, Ink)],
) -> io::Result<()> {
    let height = cells.iter().map(|(lines, ..)| lines.len()).max().unwrap_or(0);
    for n in 0..height {
        let mut line = String::new();
        for (lines, width, ink) in cells {
            let text = lines.get(n).map_or("", String::as_str);
            let blanks = padded(text, *width)[text.len()..].to_owned();
            line += &format!("{}{blanks}{GAP}", page.paint(*ink, text));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Words set into lines of at most `width` columns. A word that is longer is cut.
pub(crate) fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let width = width.max(2);
    for word in clean(text).split_whitespace() {
        for piece in pieces(word, width) {
            let line = lines.last_mut().expect("there is always a line");
            if line.is_empty() {
                line.push_str(piece);
            } else if line.width() + 1 + piece.width() <= width {
                line.push(' ');
                line.push_str(piece);
            } else {
                lines.push(piece.to_owned());
            }
        }
    }
    lines
}

/// At most `most` lines; where some are left out the last ends in `…`.
pub(crate) fn at_most(most: usize, width: usize, mut lines: Vec<String>) -> Vec<String> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while last.width() + 1 > width && last.pop().is_some() {}
            last.push('…');
        }
    }
    lines
}

/// The text without characters that would steer the terminal.
pub(crate) fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A line filled with blanks to `width` columns.
pub(crate) fn padded(line: &str, width: usize) -> String {
    format!("{line}{}", " ".repeat(width.saturating_sub(line.width())))
}

/// A word in pieces of at most `width` columns.
fn pieces(word: &str, width: usize) -> Vec<&str> {
    let (mut pieces, mut start, mut columns) = (Vec::new(), 0, 0);
    for (at, c) in word.char_indices() {
        let wide = c.width().unwrap_or(0);
        if columns + wide > width {
            pieces.push(&word[start..at]);
            (start, columns) = (at, 0);
        }
        columns += wide;
    }
    pieces.push(&word[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_words_into_lines() {
        assert_eq!(lines("a bc def", 4), ["a bc", "def"]);
        assert_eq!(lines("abcdef g", 4), ["abcd", "ef g"]);
        assert_eq!(lines("", 4), [""]);
    }

    #[test]
    fn counts_columns_not_characters() {
        assert_eq!(lines("北京 会谈", 4), ["北京", "会谈"]);
        assert_eq!(padded("北京", 6).width(), 6);
        assert_eq!(lines("e\u{301}e\u{301} e", 4), ["e\u{301}e\u{301} e"]);
    }

    #[test]
    fn says_where_lines_are_left_out() {
        assert_eq!(at_most(2, 4, lines("aaaa bbbb cccc", 4)), ["aaaa", "bbb…"]);
        assert_eq!(at_most(3, 4, lines("aaaa bbbb cccc", 4)), ["aaaa", "bbbb", "cccc"]);
    }

    #[test]
    fn keeps_the_terminal_safe() {
        assert_eq!(clean("a\x1b[31mb"), "a [31mb");
    }

    #[test]
    fn paints_only_on_a_page_with_colours() {
        let page = Page { width: 80, colour: false };
        assert_eq!(page.paint(Ink::Red, "x"), "x");
        assert_eq!(Page { colour: true, ..page }.paint(Ink::Red, "x"), "\x1b[31mx\x1b[0m");
    }
}
