//! Lines of a file as text, with what is wrong with their bytes.

use std::io::{self, BufRead};

/// A line without its end.
pub(super) enum Line {
    /// Text, without the carriage return of a DOS line.
    Text(String),
    /// What is wrong with its bytes.
    Unreadable(String),
}

/// Hands over every line with its number, and gives their count. What follows the last line's end is no line.
pub(super) fn each_line(mut reader: impl BufRead, mut found: impl FnMut(usize, Line)) -> io::Result<usize> {
    let mut bytes = Vec::new();
    let mut row = 0;
    while reader.read_until(b'\n', &mut bytes)? > 0 {
        row += 1;
        found(row, line(row, &bytes));
        bytes.clear();
    }
    Ok(row)
}

fn line(row: usize, bytes: &[u8]) -> Line {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Err(error) => {
            Line::Unreadable(format!("byte {} is no UTF-8; save it as UTF-8", error.valid_up_to() + 1))
        }
        Ok(text) if row == 1 && text.starts_with('\u{FEFF}') => Line::Unreadable(
            "begins with a byte-order mark, which most readers take for text; save it without".to_owned(),
        ),
        Ok(text) => match text.chars().position(|c| c.is_control() && c != '\t') {
            Some(at) => Line::Unreadable(format!("character {} is a control character", at + 1)),
            None => Line::Text(text.to_owned()),
        },
    }
}
