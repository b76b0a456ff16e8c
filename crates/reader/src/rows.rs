//! Documents in rows of a table: CSV and TSV with a first row of names.

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::columns::{Columns, FIELDS, TableFault, listed};
use crate::documents::{Stream, of_reading};
use crate::raw::Fields;
use crate::unpack::Bytes;
use crate::{Error, Fault, Format, Options, Place, Raw};

/// The documents of a table.
///
/// # Errors
/// [`Fault::Columns`] if no column holds texts, or one that the user names is not there.
pub(crate) fn table(place: Place, bytes: Bytes, format: Format, options: Options) -> Result<Stream, Fault> {
    let (delimiter, bytes) = delimiter(format, bytes)?;
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bytes);
    let names = reader.byte_headers().map_err(of_csv)?.clone();
    let names: Vec<String> = names
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim_start_matches('\u{feff}').trim().to_owned())
        .collect();
    let at = Positions::of(&names, &options.columns).map_err(|fault| Fault::Columns(fault.to_string()))?;
    Ok(Box::new(Rows { reader: Some(reader), at, place, options }))
}

/// The mark between cells: a tab, else whichever of comma and semicolon the first row has more of.
fn delimiter(format: Format, mut bytes: Bytes) -> Result<(u8, Bytes), Fault> {
    if format == Format::Tsv {
        return Ok((b'\t', bytes));
    }
    let head = std::io::BufRead::fill_buf(&mut bytes).map_err(of_reading)?;
    let line = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |mark: u8| line.iter().filter(|&&b| b == mark).count();
    Ok((if count(b';') > count(b',') { b';' } else { b',' }, bytes))
}

/// In which column each field stands.
struct Positions([Option<usize>; FIELDS.len()]);

impl Positions {
    fn of(names: &[String], columns: &Columns) -> Result<Positions, TableFault> {
        let list = || listed(names.iter().map(String::as_str));
        let place = |column: &str| names.iter().position(|name| name == column);
        let missing = columns.named().find(|(_, column)| place(column).is_none());
        if let Some((field, column)) = missing {
            return Err(TableFault::NoColumn { field, column: column.to_owned(), columns: list() });
        }
        let at = Positions(FIELDS.map(|field| place(columns.of(field))));
        let has_body = at.of_field("text").or(at.of_field("html")).is_some();
        if has_body { Ok(at) } else { Err(TableFault::NoText { columns: list() }) }
    }

    fn of_field(&self, field: &str) -> Option<usize> {
        FIELDS.iter().position(|known| *known == field).and_then(|n| self.0[n])
    }
}

/// See [`table`].
struct Rows {
    /// `None` after an error of reading: nothing more will come.
    reader: Option<Reader<Bytes>>,
    at: Positions,
    place: Place,
    options: Options,
}

impl Iterator for Rows {
    type Item = Result<Raw, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let reader = self.reader.as_mut()?;
        let mut row = ByteRecord::new();
        let read = reader.read_byte_record(&mut row);
        let line = row.position().map(|position| position.line() as usize);
        let place = Place { line, ..self.place.clone() };
        let found = match read {
            Ok(false) => return None,
            Ok(true) => self.fields(&row).map_err(|fault| Error { place: place.clone(), fault }),
            Err(error) => {
                self.reader = None;
                Err(Error { place: place.clone(), fault: of_csv(error) })
            }
        };
        Some(found.and_then(|fields| Raw::from_fields(place, fields, &self.options)))
    }
}

impl Rows {
    fn fields(&self, row: &ByteRecord) -> Result<Fields, Fault> {
        let mut fields = Fields::default();
        for field in FIELDS {
            fields.set(field, self.cell(row, field)?);
        }
        Ok(fields)
    }

    /// A cell as text, in the user's encoding if it is not UTF-8.
    fn cell(&self, row: &ByteRecord, field: &str) -> Result<Option<String>, Fault> {
        let bytes = self.at.of_field(field).and_then(|at| row.get(at));
        bytes.map(|bytes| crate::decode::decode(bytes.to_vec(), self.options.encoding)).transpose()
    }
}

fn of_csv(error: csv::Error) -> Fault {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => of_reading(error),
        other => Fault::Malformed { what: "a table", reason: format!("{other:?}") },
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor, Read};

    use super::*;

    fn read(table: &[u8], format: Format, options: Options) -> Result<Vec<String>, String> {
        let bytes: Box<dyn Read + Send> = Box::new(Cursor::new(table.to_vec()));
        let place = Place { file: "a.csv".to_owned(), line: None };
        let stream =
            super::table(place, BufReader::new(bytes), format, options).map_err(|e| e.to_string())?;
        let shown = |found: Result<Raw, Error>| match found.and_then(Raw::ready) {
            Ok(d) => {
                format!("{}|{}|{}|{}", d.id, d.date.unwrap_or_default(), d.source.unwrap_or_default(), d.text)
            }
            Err(error) => format!("! {error}"),
        };
        Ok(stream.map(shown).collect())
    }

    #[test]
    fn rows_are_documents_also_with_breaks_and_marks_within_cells() {
        let table =
            b"\xEF\xBB\xBFid,text,date,source\n1,\"One,\nand \"\"two\"\"\",2022-03-14,RNA\n2,Three,,\n";
        assert_eq!(
            read(table, Format::Csv, Options::default()).unwrap(),
            ["1|2022-03-14|RNA|One,\nand \"two\"", "2|||Three"]
        );
    }

    #[test]
    fn columns_may_have_other_names_and_other_marks_between_them() {
        let columns: Columns = "text=body,date=day".parse().unwrap();
        let options = Options { columns, ..Options::default() };
        assert_eq!(
            read(b"day\tbody\turl\n2022-03-14\tA\tu\n", Format::Tsv, options.clone()).unwrap(),
            ["u|2022-03-14||A"]
        );
        assert_eq!(
            read(b"day;body\n2022-03-14;A, b\n", Format::Csv, options).unwrap(),
            ["a.csv:2|2022-03-14||A, b"]
        );
    }

    #[test]
    fn a_faulty_row_is_named_and_the_rest_goes_on() {
        let found =
            read(b"id,text,date\n1,A,soon\n2,B\n3,\xFF,\n4,D,\n", Format::Csv, Options::default()).unwrap();
        assert!(found[0].starts_with("! a.csv:2: the document \"1\" has the date \"soon\""), "{}", found[0]);
        assert_eq!((found[1].as_str(), found[3].as_str()), ("2|||B", "4|||D"));
        assert!(found[2].starts_with("! a.csv:4: not UTF-8"), "{}", found[2]);
    }

    #[test]
    fn a_table_without_texts_names_its_columns() {
        let said = read(b"id,body\n1,A\n", Format::Csv, Options::default()).unwrap_err();
        assert!(said.contains("there are \"id\", \"body\"") && said.contains("--map text=body"), "{said}");
    }
}
