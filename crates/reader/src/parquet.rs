//! Documents from the rows of Parquet and Arrow files, by columns of their fields' names or of the user's.

use std::io::{Read, Seek};

use arrow_array::RecordBatch;
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::{ArrowError, DataType, Schema};
use chancery_columnar::{hold_arrow, open_parquet};
use parquet::arrow::ProjectionMask;
use parquet::errors::ParquetError;
use parquet::file::reader::ChunkReader;

use crate::cells::{cells, is_text, is_time};
use crate::columns::{Columns, FIELDS, TableFault, listed};
use crate::raw::Fields;

/// Rows that are decoded at once: each may be a long text.
const ROWS: usize = 32;
/// How an Arrow file begins; a stream of Arrow does not.
const ARROW_FILE: &[u8] = b"ARROW1";

/// Those whose column must be of a fitting type if it is there; another column of the name of the others may well mean
/// something else.
const TELLING: [&str; 4] = ["id", "text", "html", "date"];

/// Rows in the order of the file; after an error there are no more.
pub(crate) type Rows = Box<dyn Iterator<Item = Result<Fields, TableFault>> + Send>;

/// The rows of a Parquet file; only the columns that are needed are read, a few rows at a time.
pub(crate) fn parquet_rows<R: ChunkReader + 'static>(file: R, columns: &Columns) -> Result<Rows, TableFault> {
    let reader = open_parquet(file).map_err(wrong_parquet)?;
    let chosen = chosen(reader.schema(), columns)?;
    let mask = ProjectionMask::roots(reader.parquet_schema(), places(reader.schema(), &chosen));
    let batches = reader.with_projection(mask).with_batch_size(ROWS).build().map_err(wrong_parquet)?;
    Ok(rows(batches, chosen, "Parquet"))
}

/// The rows of an Arrow file or of a stream of Arrow, batch by batch as they were written.
pub(crate) fn arrow_rows<R: Read + Seek + Send + 'static>(
    mut file: R,
    columns: &Columns,
) -> Result<Rows, TableFault> {
    let broken = |error: ArrowError| wrong("Arrow", error);
    hold_arrow(&mut file).map_err(broken)?;
    let mut start = Vec::new();
    file.by_ref().take(ARROW_FILE.len() as u64).read_to_end(&mut start).map_err(|e| broken(e.into()))?;
    file.rewind().map_err(|e| broken(e.into()))?;
    if start == ARROW_FILE {
        let schema = FileReader::try_new(&mut file, None).map_err(broken)?.schema();
        let chosen = chosen(&schema, columns)?;
        let batches = FileReader::try_new_buffered(file, Some(places(&schema, &chosen))).map_err(broken)?;
        return Ok(rows(batches, chosen, "Arrow"));
    }
    let schema = StreamReader::try_new(&mut file, None).map_err(broken)?.schema();
    let chosen = chosen(&schema, columns)?;
    file.rewind().map_err(|e| broken(e.into()))?;
    let batches = StreamReader::try_new(file, Some(places(&schema, &chosen))).map_err(broken)?;
    Ok(rows(batches, chosen, "Arrow"))
}

/// A field with its column.
type Chosen = Vec<(&'static str, String)>;

/// The columns that hold the fields.
fn chosen(schema: &Schema, columns: &Columns) -> Result<Chosen, TableFault> {
    let mut chosen = Vec::new();
    for field in FIELDS {
        let mapped = columns.named().any(|(named, _)| named == field);
        let column = columns.of(field);
        let found = schema.fields().find(column).map(|(_, found)| found.data_type());
        match found {
            Some(found) if fits(field, found) => chosen.push((field, column.to_owned())),
            Some(found) if mapped || TELLING.contains(&field) => {
                let (column, found) = (column.to_owned(), found.to_string());
                return Err(TableFault::Type { field, column, found });
            }
            None if mapped => {
                let (column, columns) = (column.to_owned(), names(schema));
                return Err(TableFault::NoColumn { field, column, columns });
            }
            _ => {}
        }
    }
    if chosen.iter().any(|(field, _)| matches!(*field, "text" | "html")) {
        Ok(chosen)
    } else {
        Err(TableFault::NoText { columns: names(schema) })
    }
}

fn fits(field: &str, found: &DataType) -> bool {
    is_text(found) || field == "date" && is_time(found) || field == "id" && found.is_integer()
}

/// Where the columns stand in the file.
fn places(schema: &Schema, chosen: &Chosen) -> Vec<usize> {
    let mut places: Vec<usize> =
        chosen.iter().filter_map(|(_, column)| schema.index_of(column).ok()).collect();
    places.sort_unstable();
    places.dedup();
    places
}

fn names(schema: &Schema) -> String {
    listed(schema.fields().iter().map(|field| field.name().as_str()))
}

fn rows<B>(batches: B, chosen: Chosen, format: &'static str) -> Rows
where
    B: Iterator<Item = Result<RecordBatch, ArrowError>> + Send + 'static,
{
    let few = batches.flat_map(few_rows);
    let rows = few.flat_map(move |batch| match batch.and_then(|batch| fields(&batch, &chosen)) {
        Ok(rows) => rows.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(wrong(format, error))],
    });
    let mut broken = false;
    Box::new(rows.take_while(move |row| !std::mem::replace(&mut broken, row.is_err())))
}

/// A batch in parts that are small enough to be copied.
fn few_rows(batch: Result<RecordBatch, ArrowError>) -> impl Iterator<Item = Result<RecordBatch, ArrowError>> {
    let (batch, broken) = match batch {
        Ok(batch) => (Some(batch), None),
        Err(error) => (None, Some(Err(error))),
    };
    let parts = batch.into_iter().flat_map(|batch| {
        let rows = batch.num_rows();
        (0..rows).step_by(ROWS).map(move |start| Ok(batch.slice(start, ROWS.min(rows - start))))
    });
    parts.chain(broken)
}

fn fields(batch: &RecordBatch, chosen: &Chosen) -> Result<Vec<Fields>, ArrowError> {
    let mut rows = vec![Fields::default(); batch.num_rows()];
    for (field, column) in chosen {
        let Some(column) = batch.column_by_name(column) else { continue };
        rows.iter_mut().zip(cells(column)?).for_each(|(row, cell)| row.set(field, cell));
    }
    Ok(rows)
}

fn wrong_parquet(error: ParquetError) -> TableFault {
    wrong("Parquet", error.into())
}

fn wrong(format: &'static str, error: ArrowError) -> TableFault {
    let problem = match error {
        ArrowError::ParquetError(said) => said,
        other => other.to_string(),
    };
    match problem.split_once("Disabled feature at compile time: ") {
        Some((_, codec)) => TableFault::Compression(codec.to_owned()),
        None => TableFault::Broken { format, problem },
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::sync::Arc;

    use arrow_array::{ArrayRef, Date32Array, Float64Array, Int64Array, StringArray};
    use arrow_ipc::CompressionType;
    use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
    use bytes::Bytes;
    use parquet::arrow::ArrowWriter;
    use parquet::basic::Compression;
    use parquet::file::properties::WriterProperties;

    use super::*;

    fn texts(texts: &[&str]) -> ArrayRef {
        Arc::new(StringArray::from(texts.to_vec()))
    }

    /// A hundred documents, with a column that nobody asks for.
    fn table(text: &str) -> RecordBatch {
        let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..100));
        let days: ArrayRef = Arc::new(Date32Array::from([Some(19_065), None].repeat(50)));
        let bodies: Vec<String> = (0..100).map(|i| format!("Ruritania hailed Borduria {i} times.")).collect();
        let bodies = texts(&bodies.iter().map(String::as_str).collect::<Vec<_>>());
        let numbers: ArrayRef = Arc::new(Float64Array::from(vec![0.5; 100]));
        RecordBatch::try_from_iter([
            ("id", ids),
            ("score", numbers.clone()),
            (text, bodies),
            ("date", days),
            ("source", numbers),
        ])
        .unwrap()
    }

    fn parquet(batch: &RecordBatch, compression: Compression) -> Bytes {
        let properties = WriterProperties::builder().set_compression(compression).build();
        let mut file = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
        file.write(batch).unwrap();
        file.into_inner().unwrap().into()
    }

    fn row(id: usize) -> Fields {
        Fields {
            id: Some(id.to_string()),
            text: Some(format!("Ruritania hailed Borduria {id} times.")),
            date: id.is_multiple_of(2).then(|| "2022-03-14".to_owned()),
            ..Fields::default()
        }
    }

    fn check(rows: Result<Rows, TableFault>) {
        let rows: Vec<Fields> = rows.unwrap().map(Result::unwrap).collect();
        assert_eq!(rows, (0..100).map(row).collect::<Vec<_>>());
    }

    fn refused(batch: &RecordBatch, columns: &Columns) -> String {
        let rows = parquet_rows(parquet(batch, Compression::SNAPPY), columns);
        rows.err().expect("these columns are refused").to_string()
    }

    #[test]
    fn rows_of_parquet_are_documents() {
        for compression in [
            Compression::UNCOMPRESSED,
            Compression::SNAPPY,
            Compression::ZSTD(Default::default()),
            Compression::GZIP(Default::default()),
            Compression::LZ4_RAW,
        ] {
            check(parquet_rows(parquet(&table("text"), compression), &Columns::default()));
        }
    }

    #[test]
    fn rows_of_an_open_file_are_documents() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.parquet");
        std::fs::write(&path, parquet(&table("text"), Compression::SNAPPY)).unwrap();
        check(parquet_rows(std::fs::File::open(path).unwrap(), &Columns::default()));
    }

    #[test]
    fn rows_of_arrow_files_and_streams_are_documents() {
        let batch = table("body");
        let mapping = "text=body".parse().unwrap();
        let mut file = FileWriter::try_new(Vec::new(), &batch.schema()).unwrap();
        file.write(&batch).unwrap();
        check(arrow_rows(Cursor::new(file.into_inner().unwrap()), &mapping));
        let mut stream = StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
        stream.write(&batch).unwrap();
        check(arrow_rows(Cursor::new(stream.into_inner().unwrap()), &mapping));
    }

    #[test]
    fn many_rows_of_one_text_are_read_however_small_the_file() {
        const MANY: usize = 300_000;
        let same = texts(&[&*"Ruritania hailed Borduria. ".repeat(10)].repeat(MANY));
        let same = RecordBatch::try_from_iter([("text", same)]).unwrap();
        let parquet = parquet(&same, Compression::ZSTD(Default::default()));
        assert!(parquet.len() < MANY / 10, "{}", parquet.len());
        assert_eq!(parquet_rows(parquet, &Columns::default()).unwrap().flatten().count(), MANY);
        let packed = IpcWriteOptions::default().try_with_compression(Some(CompressionType::ZSTD)).unwrap();
        let mut arrow = FileWriter::try_new_with_options(Vec::new(), &same.schema(), packed).unwrap();
        arrow.write(&same).unwrap();
        let arrow = Cursor::new(arrow.into_inner().unwrap());
        assert_eq!(arrow_rows(arrow, &Columns::default()).unwrap().flatten().count(), MANY);
    }

    #[test]
    fn a_file_that_tells_of_more_than_it_holds_is_an_error() {
        let mut lying = parquet(&table("text"), Compression::SNAPPY).to_vec();
        let length = lying.len() - 8;
        lying[length..length + 4].fill(0xff);
        let said = parquet_rows(Bytes::from(lying), &Columns::default()).err().unwrap().to_string();
        assert!(
            said.contains("footer is said to have 4294967295 bytes") && said.contains("complete?"),
            "{said}"
        );
        let mut stream = StreamWriter::try_new(Vec::new(), &table("text").schema()).unwrap();
        stream.write(&table("text")).unwrap();
        let mut lying = stream.into_inner().unwrap();
        lying[4..8].copy_from_slice(&i32::MAX.to_le_bytes());
        let said = arrow_rows(Cursor::new(lying), &Columns::default()).err().unwrap().to_string();
        assert!(said.contains("ends before the 2147483647 bytes at 8"), "{said}");
    }

    #[test]
    fn columns_may_be_named_by_the_user() {
        let mapping = "text=body,title=body".parse().unwrap();
        let rows: Vec<Fields> = parquet_rows(parquet(&table("body"), Compression::SNAPPY), &mapping)
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(rows[7], Fields { title: row(7).text, ..row(7) });
    }

    #[test]
    fn a_column_that_is_not_there_is_an_error_that_names_those_that_are() {
        let said = refused(&table("body"), &Columns::default());
        assert!(said.contains("\"id\", \"score\", \"body\", \"date\", \"source\""), "{said}");
        assert!(said.contains("--map text=body"), "{said}");
        let said = refused(&table("text"), &"url=link".parse().unwrap());
        assert!(said.contains("no column is named \"link\"") && said.contains("\"score\""), "{said}");
    }

    #[test]
    fn a_column_of_another_type_is_an_error_that_names_it() {
        let said = refused(&table("body"), &"text=score".parse().unwrap());
        assert!(said.contains("\"score\" is of type Float64") && said.contains("--map text="), "{said}");
    }

    #[test]
    fn a_file_that_is_cut_off_says_so() {
        let whole = parquet(&table("text"), Compression::SNAPPY);
        for end in [0, 10, whole.len() - 1] {
            let said = parquet_rows(whole.slice(..end), &Columns::default()).err().unwrap().to_string();
            assert!(said.contains("as Parquet") && said.contains("complete?"), "{said}");
        }
        let said = arrow_rows(Cursor::new(b"ARROW1\0\0"), &Columns::default()).err().unwrap().to_string();
        assert!(said.contains("as Arrow"), "{said}");
    }
}
