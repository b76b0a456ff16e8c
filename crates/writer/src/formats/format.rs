//! The formats, and how to tell from the first bytes of a file which it is.

/// A text format of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Chancery's own records.
    Jsonl,
    /// PLOVER 0.8, one object a line.
    Plover,
    /// Tab lines of PETRARCH2.
    Petrarch,
    /// Events of GDELT 1.0, 58 columns.
    Gdelt1,
    /// Events of GDELT 2.0, 61 columns.
    Gdelt2,
    /// Mentions of GDELT 2.0, 16 columns.
    Mentions,
    /// ICEWS, 20 columns.
    Icews,
    /// POLECAT, 40 columns.
    Polecat,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 8] = [
        Format::Jsonl,
        Format::Plover,
        Format::Petrarch,
        Format::Gdelt1,
        Format::Gdelt2,
        Format::Mentions,
        Format::Icews,
        Format::Polecat,
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Jsonl => "Chancery JSONL",
            Format::Plover => "PLOVER JSON",
            Format::Petrarch => "PETRARCH",
            Format::Gdelt1 => "GDELT 1.0 events",
            Format::Gdelt2 => "GDELT 2.0 events",
            Format::Mentions => "GDELT 2.0 mentions",
            Format::Icews => "ICEWS",
            Format::Polecat => "POLECAT",
        }
    }
}

/// The format of a file that begins with these bytes; `None` if it is none of them.
///
/// Some kilobytes are enough. A file whose first lines are faulty is still recognised where one line is as it should be,
/// or nearly so.
pub fn recognise(head: &[u8]) -> Option<Format> {
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head));
    by_header(&text).or_else(|| text.lines().find_map(by_line)).or_else(|| text.lines().find_map(by_width))
}

fn by_header(text: &str) -> Option<Format> {
    let header = text.lines().next().filter(|line| line.starts_with("Event ID\t"))?;
    let has = |name| header.split('\t').any(|column| column == name);
    let polecat = has("Event Type") || has("Event Mode");
    let icews = has("Source Name") || has("CAMEO Code") || has("Event Text");
    if polecat { Some(Format::Polecat) } else { icews.then_some(Format::Icews) }
}

fn by_line(line: &str) -> Option<Format> {
    let line = line.trim_start();
    if line.starts_with('{') {
        return by_fields(line);
    }
    let cells: Vec<&str> = line.split('\t').collect();
    match cells.len() {
        58 if number(cells[0]) => Some(Format::Gdelt1),
        61 if number(cells[0]) => Some(Format::Gdelt2),
        16 if number(cells[0]) => Some(Format::Mentions),
        7 | 8 if number(cells[0]) && cells[0].len() == 8 && number(cells[3]) => Some(Format::Petrarch),
        _ => None,
    }
}

/// PLOVER's fields or our own: in JSON, no text holds a name between plain quotes with a colon behind.
fn by_fields(line: &str) -> Option<Format> {
    let has = |name: &str| line.contains(&format!("\"{name}\":")) || line.contains(&format!("\"{name}\" :"));
    let annotated = has("sentences") || has("tokens") || has("events") || has("quotes");
    let plover = has("quad_code") || has("event_scale") || has("event_text") || has("event_loc");
    let own = has("document") && (has("sentence") || has("evidence"));
    match (annotated, plover, own) {
        (false, true, false) => Some(Format::Plover),
        (false, false, true) => Some(Format::Jsonl),
        _ => None,
    }
}

/// Numbered lines with about as many columns as GDELT's, or dated ones with about as many as PETRARCH's.
fn by_width(line: &str) -> Option<Format> {
    let cells: Vec<&str> = line.split('\t').collect();
    match cells.len() {
        _ if !number(cells[0]) => None,
        55..=59 => Some(Format::Gdelt1),
        60..=64 => Some(Format::Gdelt2),
        14..=18 => Some(Format::Mentions),
        5..=10 if cells[0].len() == 8 => Some(Format::Petrarch),
        _ => None,
    }
}

fn number(cell: &str) -> bool {
    !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit())
}
