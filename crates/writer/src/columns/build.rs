//! Events as columns of Arrow: each field of the record is appended to the builder of its kind.

use std::sync::Arc;

use arrow_array::builder::{Date32Builder, Float64Builder, Int8Builder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer};
use arrow_schema::{ArrowError, SchemaRef};
use chancery_record::Event;
use serde_json::{Map, Value};

use super::days::days;
use super::fields::{EVENT, Field, Kind};
use super::schema::{columns, element};
use super::{Error, Misfit};

/// Events that are gathered before they are encoded.
const MOST_EVENTS: usize = 4096;
/// Bytes of their values at which they are encoded although they are fewer.
const MOST_BYTES: usize = 8 << 20;

/// Events that have been taken and not yet been encoded. When they are depends on the events alone and not on how
/// they came, so that the same events make the same file.
pub(crate) struct Batch {
    schema: SchemaRef,
    builder: Builder,
    events: usize,
    bytes: usize,
}

impl Batch {
    pub(crate) fn new(schema: SchemaRef) -> Batch {
        Batch { schema, builder: Builder::new(Kind::Record(EVENT)), events: 0, bytes: 0 }
    }

    /// Takes one event; what does not fit its column is named.
    pub(crate) fn push(&mut self, event: &Event) -> Result<(), Error> {
        let value = serde_json::to_value(event).map_err(|e| Misfit::new(e.to_string()).of(event))?;
        self.bytes += self.builder.push(&value).map_err(|misfit| misfit.of(event))?;
        self.events += 1;
        Ok(())
    }

    pub(crate) fn is_full(&self) -> bool {
        self.events >= MOST_EVENTS || self.bytes >= MOST_BYTES
    }

    /// The events taken since the last time; `None` if there are none.
    pub(crate) fn take(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        if self.events == 0 {
            return Ok(None);
        }
        (self.events, self.bytes) = (0, 0);
        let (_, arrays, _) = self.builder.finish()?.as_struct().clone().into_parts();
        RecordBatch::try_new(self.schema.clone(), arrays).map(Some)
    }
}

/// The value of an event's JSON that its column cannot hold.
pub(crate) fn misfit(event: &Value) -> Option<Misfit> {
    Builder::new(Kind::Record(EVENT)).push(event).err()
}

/// The values of one field, of all events taken.
enum Builder {
    Text(StringBuilder),
    Day(Date32Builder),
    Whole(Int64Builder),
    Small(Int8Builder),
    Number(Float64Builder),
    Record { fields: &'static [Field], columns: Vec<Builder>, present: NullBufferBuilder },
    List { lengths: Vec<usize>, items: Box<Builder> },
}

impl Builder {
    fn new(kind: Kind) -> Builder {
        match kind {
            Kind::Text => Builder::Text(StringBuilder::new()),
            Kind::Day => Builder::Day(Date32Builder::new()),
            Kind::Whole => Builder::Whole(Int64Builder::new()),
            Kind::Small => Builder::Small(Int8Builder::new()),
            Kind::Number => Builder::Number(Float64Builder::new()),
            Kind::Texts => Builder::list(Kind::Text),
            Kind::Records(fields) => Builder::list(Kind::Record(fields)),
            Kind::Record(fields) => Builder::Record {
                fields,
                columns: fields.iter().map(|f| Builder::new(f.kind)).collect(),
                present: NullBufferBuilder::new(0),
            },
        }
    }

    fn list(kind: Kind) -> Builder {
        Builder::List { lengths: Vec::new(), items: Box::new(Builder::new(kind)) }
    }

    /// Appends a value and gives about how many bytes it takes.
    fn push(&mut self, value: &Value) -> Result<usize, Misfit> {
        let expected = self.expected();
        match (self, value) {
            (Builder::Text(texts), Value::String(text)) => {
                texts.append_value(text);
                return Ok(8 + text.len());
            }
            (Builder::Day(found), Value::String(text)) => days(text).map(|day| found.append_value(day)),
            (Builder::Whole(found), Value::Number(n)) => n.as_i64().map(|n| found.append_value(n)),
            (Builder::Small(found), Value::Number(n)) => {
                n.as_i64().and_then(|n| n.try_into().ok()).map(|n| found.append_value(n))
            }
            (Builder::Number(found), Value::Number(n)) => n.as_f64().map(|n| found.append_value(n)),
            (Builder::List { lengths, items, .. }, Value::Array(values)) => {
                lengths.push(values.len());
                return values.iter().enumerate().map(|(i, v)| items.push(v).map_err(|m| m.at(i))).sum();
            }
            (Builder::Record { fields, columns, present }, Value::Object(values)) => {
                present.append_non_null();
                return fields
                    .iter()
                    .zip(columns)
                    .map(|(field, column)| column.push_field(field, values))
                    .sum();
            }
            _ => None,
        }
        .map(|()| 8)
        .ok_or_else(|| Misfit::new(format!("is {value}, not {expected}")))
    }

    fn expected(&self) -> &'static str {
        match self {
            Builder::Text(_) => "a text",
            Builder::Day(_) => "a day such as 2022-03-14",
            Builder::Whole(_) => "a whole number of 63 bits",
            Builder::Small(_) => "a whole number of 7 bits",
            Builder::Number(_) => "a number",
            Builder::List { .. } => "a list",
            Builder::Record { .. } => "a record",
        }
    }

    /// Appends the value that a field has in its record.
    fn push_field(&mut self, field: &Field, record: &Map<String, Value>) -> Result<usize, Misfit> {
        let value = record.get(field.name).unwrap_or(&Value::Null);
        if value.is_null() && (field.nullable || matches!(self, Builder::List { .. })) {
            self.push_nothing();
            return Ok(8);
        }
        self.push(value).map_err(|misfit| misfit.of_field(field.name))
    }

    /// Appends null; an empty list in a list.
    fn push_nothing(&mut self) {
        match self {
            Builder::Text(texts) => texts.append_null(),
            Builder::Day(days) => days.append_null(),
            Builder::Whole(numbers) => numbers.append_null(),
            Builder::Small(numbers) => numbers.append_null(),
            Builder::Number(numbers) => numbers.append_null(),
            Builder::List { lengths, .. } => lengths.push(0),
            Builder::Record { columns, present, .. } => {
                present.append_null();
                columns.iter_mut().for_each(Builder::push_nothing);
            }
        }
    }

    fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Builder::Text(texts) => Arc::new(texts.finish()),
            Builder::Day(days) => Arc::new(days.finish()),
            Builder::Whole(numbers) => Arc::new(numbers.finish()),
            Builder::Small(numbers) => Arc::new(numbers.finish()),
            Builder::Number(numbers) => Arc::new(numbers.finish()),
            Builder::Record { fields, columns: builders, present } => {
                let arrays = builders.iter_mut().map(Builder::finish).collect::<Result<_, _>>()?;
                Arc::new(StructArray::try_new(columns(fields), arrays, present.finish())?)
            }
            Builder::List { lengths, items, .. } => {
                let offsets = OffsetBuffer::from_lengths(lengths.drain(..));
                let items = items.finish()?;
                Arc::new(ListArray::try_new(element(items.data_type().clone()), offsets, items, None)?)
            }
        })
    }
}
