//! Columns of Arrow as events: each row becomes the JSON of the record, and that an event.

use std::collections::HashSet;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch, StructArray};
use arrow_schema::{ArrowError, DataType};
use chancery_record::Event;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::build::misfit;
use super::days::written;
use super::{Error, Misfit};
use crate::Finding;
use crate::validate::check_among;

/// The events of batches that come one after another; after a batch that cannot be read there are no more.
pub(crate) fn events<B>(batches: B, format: &'static str) -> impl Iterator<Item = Result<Event, Error>>
where
    B: Iterator<Item = Result<RecordBatch, ArrowError>>,
{
    let mut row = 0;
    until_broken(batches).flat_map(move |batch| match batch {
        Ok(batch) => {
            let first = row + 1;
            row += batch.num_rows();
            rows(batch, first)
        }
        Err(error) => Box::new(std::iter::once(Err(Error::arrow(format, error)))),
    })
}

/// What comes up to the first error, with the error.
fn until_broken<T, E>(items: impl Iterator<Item = Result<T, E>>) -> impl Iterator<Item = Result<T, E>> {
    let mut broken = false;
    items.take_while(move |item| !std::mem::replace(&mut broken, item.is_err()))
}

fn rows(batch: RecordBatch, first: usize) -> Box<dyn Iterator<Item = Result<Event, Error>>> {
    let count = batch.num_rows();
    let rows = StructArray::from(batch);
    Box::new((0..count).map(move |row| {
        let found = value(&rows, row);
        Event::deserialize(&found)
            .map_err(|error| Error::Row(refused(first + row, &found, error.to_string())))
    }))
}

/// What keeps a row from being an event: the value that does not fit its column, else what serde says.
fn refused(row: usize, found: &Value, said: String) -> Finding {
    match misfit(found) {
        Some(Misfit { path, problem }) => Finding { row, column: Some(path), problem },
        None => Finding { row, column: None, problem: said },
    }
}

/// One value of a column as JSON. A type that [`super::schema::faults`] lets pass has one; any other is null.
fn value(array: &dyn Array, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).into(),
        DataType::LargeUtf8 => array.as_string::<i64>().value(row).into(),
        DataType::Utf8View => array.as_string_view().value(row).into(),
        DataType::Date32 => written(array.as_primitive::<Date32Type>().value(row)).into(),
        DataType::Int8 => array.as_primitive::<Int8Type>().value(row).into(),
        DataType::Int16 => array.as_primitive::<Int16Type>().value(row).into(),
        DataType::Int32 => array.as_primitive::<Int32Type>().value(row).into(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into(),
        DataType::UInt8 => array.as_primitive::<UInt8Type>().value(row).into(),
        DataType::UInt16 => array.as_primitive::<UInt16Type>().value(row).into(),
        DataType::UInt32 => array.as_primitive::<UInt32Type>().value(row).into(),
        DataType::UInt64 => array.as_primitive::<UInt64Type>().value(row).into(),
        DataType::Float32 => array.as_primitive::<Float32Type>().value(row).into(),
        DataType::Float64 => number(array.as_primitive::<Float64Type>().value(row)),
        DataType::Struct(_) => record(array.as_struct(), row),
        DataType::List(_) => items(&*array.as_list::<i32>().value(row)),
        DataType::LargeList(_) => items(&*array.as_list::<i64>().value(row)),
        _ => Value::Null,
    }
}

/// A number, as a whole one where it is: pandas makes fractions of a column of whole numbers that has nulls.
fn number(value: f64) -> Value {
    let whole = value as i64;
    if whole as f64 == value
        && whole.abs() < 1 << f64::MANTISSA_DIGITS
        && value.to_bits() != (-0.0_f64).to_bits()
    {
        whole.into()
    } else {
        value.into()
    }
}

fn record(array: &StructArray, row: usize) -> Value {
    let fields = array.fields().iter().zip(array.columns());
    fields.map(|(field, column)| (field.name().clone(), value(column, row))).collect::<Map<_, _>>().into()
}

fn items(array: &dyn Array) -> Value {
    (0..array.len()).map(|row| value(array, row)).collect()
}

/// What is wrong with a file that was opened, or could not be.
pub(crate) fn findings<E>(opened: Result<E, Error>) -> Box<dyn Iterator<Item = Finding>>
where
    E: Iterator<Item = Result<Event, Error>> + 'static,
{
    match opened {
        Err(error) => Box::new(error.findings().into_iter()),
        Ok(events) => {
            let mut seen = HashSet::new();
            Box::new((1..).zip(events).flat_map(move |(row, event)| {
                match event {
                    Ok(event) => check_among(&event, &mut seen)
                        .into_iter()
                        .map(|(column, problem)| Finding { row, column: Some(column), problem })
                        .collect(),
                    Err(error) => error.findings(),
                }
            }))
        }
    }
}
