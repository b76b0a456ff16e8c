//! Which events are meant: the same filters for everything that is asked of a store.

use jiff::civil::Date;
use rusqlite::types::Value;

/// Somebody, by as much as is known: a code, a part of it, one body or person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    /// ISO 3166-1 alpha-3, or IGO UNO EUR NGO ISM IMG MNC.
    pub code: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Identifier in the world tables.
    pub id: Option<String>,
}

/// Events that fit all of this; what is empty says nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Who acts.
    pub actors: Vec<Who>,
    /// To whom.
    pub recipients: Vec<Who>,
    /// Who is in it on either side.
    pub parties: Vec<Who>,
    /// PLOVER categories, any of them.
    pub categories: Vec<String>,
    /// Beginnings of CAMEO codes, any of them.
    pub cameo: Vec<String>,
    /// The event begins on this day or later.
    pub from: Option<Date>,
    /// The event begins on this day or earlier.
    pub to: Option<Date>,
    /// Codes of countries in which it took place, any of them.
    pub countries: Vec<String>,
    /// Parts of names of places, any of them.
    pub places: Vec<String>,
    /// Parts of names of outlets, any of them: some report is theirs.
    pub sources: Vec<String>,
    /// `deed`, `claim`, `future`, `hypothetical`, `negated`, any of them.
    pub standings: Vec<String>,
    /// Words of a sentence that tells it, in the language of SQLite's full-text search.
    pub text: Option<String>,
    /// The least confidence.
    pub min_confidence: f64,
    /// The least number of reports.
    pub min_reports: u64,
}

/// Conditions on the row `e` of the table `event`, with their values.
#[derive(Debug, Default)]
pub(crate) struct Conditions {
    pub sql: Vec<String>,
    pub values: Vec<Value>,
}

impl Conditions {
    /// The conditions as the end of a WHERE clause.
    pub fn clause(&self) -> String {
        if self.sql.is_empty() { "1".to_owned() } else { self.sql.join(" AND ") }
    }

    /// One condition with `?` in place of its values.
    pub fn add(&mut self, sql: impl Into<String>, values: impl IntoIterator<Item = Value>) {
        self.sql.push(sql.into());
        self.values.extend(values);
    }

    fn any(&mut self, values: &[String], one: &str, value: impl Fn(&str) -> String) {
        if !values.is_empty() {
            let each = vec![one; values.len()].join(" OR ");
            self.add(format!("({each})"), values.iter().map(|v| Value::Text(value(v))));
        }
    }

    /// Somebody on a side of the event in `row`.
    pub fn who(&mut self, row: &str, side: Option<&str>, who: &Who) {
        let mut sql = format!("EXISTS (SELECT 1 FROM event_party p WHERE p.event = {row}");
        let mut values = Vec::new();
        let sides = [
            ("side", side),
            ("code", who.code.as_deref()),
            ("sector", who.sector.as_deref()),
            ("actor", who.id.as_deref()),
        ];
        for (column, value) in sides.into_iter().filter_map(|(column, value)| Some((column, value?))) {
            sql.push_str(&format!(" AND p.{column} = ?"));
            values.push(Value::Text(value.to_owned()));
        }
        sql.push(')');
        self.add(sql, values);
    }
}

impl Filter {
    pub(crate) fn conditions(&self) -> Conditions {
        let mut all = Conditions::default();
        let like = |part: &str| format!("%{}%", part.replace(['%', '_'], ""));
        let own = |value: &str| value.to_owned();
        for (side, list) in
            [(Some("actor"), &self.actors), (Some("recipient"), &self.recipients), (None, &self.parties)]
        {
            list.iter().for_each(|who| all.who("e.id", side, who));
        }
        all.any(&self.categories, "e.category = ?", own);
        all.any(&self.cameo, "e.cameo LIKE ?", |code| format!("{}%", code.replace(['%', '_'], "")));
        all.any(&self.countries, "e.country = ?", own);
        all.any(&self.places, "e.place LIKE ?", like);
        all.any(&self.standings, "e.standing = ?", own);
        let of_source = "EXISTS (SELECT 1 FROM report r JOIN document d ON d.id = r.document \
                         WHERE r.event = e.id AND d.source LIKE ?)";
        all.any(&self.sources, of_source, like);
        for (bound, sql) in [(self.from, "e.date_start >= ?"), (self.to, "e.date_start <= ?")] {
            if let Some(day) = bound {
                all.add(sql, [Value::Text(day.to_string())]);
            }
        }
        if let Some(text) = &self.text {
            let sql = "e.id IN (SELECT r.event FROM sentence_words w JOIN sentence s ON s.id = w.rowid \
                       JOIN report r ON r.document = s.document AND r.sentence = s.number WHERE sentence_words MATCH ?)";
            all.add(sql, [Value::Text(text.clone())]);
        }
        if self.min_confidence > 0.0 {
            all.add("e.confidence >= ?", [Value::Real(self.min_confidence)]);
        }
        if self.min_reports > 1 {
            all.add("e.reports >= ?", [Value::Integer(self.min_reports as i64)]);
        }
        all
    }
}
