//! The values of a column of Arrow as text: strings as they are, days and times as ISO 8601, whole numbers in digits.

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_schema::{ArrowError, DataType, TimeUnit};
use jiff::Timestamp;
use jiff::tz::Offset;

const SECONDS_A_DAY: i64 = 86_400;

/// Whether a column holds text, also where each text stands once and is referred to; or nothing at all.
pub(crate) fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => true,
        DataType::Dictionary(_, value) => is_text(value),
        _ => false,
    }
}

/// Whether a column holds days or times.
pub(crate) fn is_time(kind: &DataType) -> bool {
    matches!(kind, DataType::Date32 | DataType::Date64 | DataType::Timestamp(..))
}

/// Each value as text; `None` for null, and for a type that is none of text, time and whole number.
///
/// A time with a zone that is an offset is given with it, with a zone that is a name in UTC.
pub(crate) fn cells(array: &dyn Array) -> Result<Vec<Option<String>>, ArrowError> {
    use DataType::*;
    Ok(match array.data_type() {
        Utf8 => owned(array.as_string::<i32>().iter()),
        LargeUtf8 => owned(array.as_string::<i64>().iter()),
        Utf8View => owned(array.as_string_view().iter()),
        Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            return cells(&arrow_select::take::take(dictionary.values(), dictionary.keys(), None)?);
        }
        Int8 => numbers::<Int8Type>(array),
        Int16 => numbers::<Int16Type>(array),
        Int32 => numbers::<Int32Type>(array),
        Int64 => numbers::<Int64Type>(array),
        UInt8 => numbers::<UInt8Type>(array),
        UInt16 => numbers::<UInt16Type>(array),
        UInt32 => numbers::<UInt32Type>(array),
        UInt64 => numbers::<UInt64Type>(array),
        Date32 => values::<Date32Type>(array, |days| day(i64::from(days) * SECONDS_A_DAY)),
        Date64 => values::<Date64Type>(array, |ms| day(ms.div_euclid(1000))),
        Timestamp(unit, zone) => times(array, *unit, zone.as_deref()),
        _ => vec![None; array.len()],
    })
}

fn owned<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> Vec<Option<String>> {
    texts.map(|text| text.map(str::to_owned)).collect()
}

fn values<T: ArrowPrimitiveType>(
    array: &dyn Array,
    text: impl Fn(T::Native) -> String,
) -> Vec<Option<String>> {
    array.as_primitive::<T>().iter().map(|value| value.map(&text)).collect()
}

fn numbers<T: ArrowPrimitiveType<Native: ToString>>(array: &dyn Array) -> Vec<Option<String>> {
    values::<T>(array, |value| value.to_string())
}

fn times(array: &dyn Array, unit: TimeUnit, zone: Option<&str>) -> Vec<Option<String>> {
    let at = |seconds| time(seconds, zone);
    match unit {
        TimeUnit::Second => values::<TimestampSecondType>(array, at),
        TimeUnit::Millisecond => values::<TimestampMillisecondType>(array, |n| at(n.div_euclid(1000))),
        TimeUnit::Microsecond => values::<TimestampMicrosecondType>(array, |n| at(n.div_euclid(1_000_000))),
        TimeUnit::Nanosecond => values::<TimestampNanosecondType>(array, |n| at(n.div_euclid(1_000_000_000))),
    }
}

/// The day of a time; a time beyond the year 9999 as the bare number, which is no date to anybody.
fn day(seconds: i64) -> String {
    let stamp = Timestamp::from_second(seconds);
    stamp.map_or_else(|_| seconds.to_string(), |at| Offset::UTC.to_datetime(at).date().to_string())
}

/// A time to the second: without a zone, with an offset, or in UTC.
fn time(seconds: i64, zone: Option<&str>) -> String {
    let Ok(at) = Timestamp::from_second(seconds) else { return seconds.to_string() };
    match zone.map(|zone| offset(zone).map(|offset| (zone, offset))) {
        None => Offset::UTC.to_datetime(at).to_string(),
        Some(Some((zone, offset))) => format!("{}{zone}", offset.to_datetime(at)),
        Some(None) => at.to_string(),
    }
}

/// The offset that "+02:00" or "-0500" is.
fn offset(zone: &str) -> Option<Offset> {
    let sign = match zone.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let digits = zone[1..].replace(':', "");
    let (hours, minutes): (i32, i32) = (digits.get(..2)?.parse().ok()?, digits.get(2..4)?.parse().ok()?);
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

#[cfg(test)]
mod tests {
    use arrow_array::{
        ArrayRef, Date32Array, Date64Array, DictionaryArray, LargeStringArray, StringViewArray,
        TimestampMicrosecondArray, TimestampNanosecondArray, TimestampSecondArray, UInt64Array,
    };
    use std::sync::Arc;

    use super::*;

    fn text(array: impl Array) -> Vec<String> {
        cells(&array).unwrap().into_iter().map(|cell| cell.unwrap_or_else(|| "null".to_owned())).collect()
    }

    #[test]
    fn strings_of_every_kind_are_read() {
        let texts = vec![Some("é"), None, Some("")];
        let referred: DictionaryArray<Int8Type> = texts.clone().into_iter().collect();
        let empty: DictionaryArray<Int8Type> = vec![None::<&str>].into_iter().collect();
        for array in [
            Arc::new(LargeStringArray::from(texts.clone())) as ArrayRef,
            Arc::new(StringViewArray::from(texts)),
            Arc::new(referred),
        ] {
            assert!(is_text(array.data_type()));
            assert_eq!(text(array), ["é", "null", ""]);
        }
        assert_eq!(text(empty), ["null"]);
    }

    #[test]
    fn days_and_times_are_iso() {
        assert_eq!(text(Date32Array::from(vec![19_065, -1])), ["2022-03-14", "1969-12-31"]);
        assert_eq!(text(Date64Array::from(vec![1_647_216_000_000])), ["2022-03-14"]);
        let half_past_eleven = 1_647_300_600;
        let seconds = TimestampSecondArray::from(vec![half_past_eleven]);
        assert_eq!(text(seconds.clone()), ["2022-03-14T23:30:00"]);
        assert_eq!(text(seconds.clone().with_timezone("+02:00")), ["2022-03-15T01:30:00+02:00"]);
        assert_eq!(text(seconds.clone().with_timezone("-0530")), ["2022-03-14T18:00:00-0530"]);
        assert_eq!(text(seconds.with_timezone("Europe/Paris")), ["2022-03-14T23:30:00Z"]);
        assert_eq!(text(TimestampMicrosecondArray::from(vec![-1])), ["1969-12-31T23:59:59"]);
        assert_eq!(
            text(TimestampNanosecondArray::from(vec![1]).with_timezone("UTC")),
            ["1970-01-01T00:00:00Z"]
        );
    }

    #[test]
    fn what_is_beyond_the_calendar_is_no_date() {
        assert_eq!(text(TimestampSecondArray::from(vec![i64::MAX])), [i64::MAX.to_string()]);
    }

    #[test]
    fn whole_numbers_are_digits() {
        assert_eq!(text(UInt64Array::from(vec![u64::MAX])), [u64::MAX.to_string()]);
    }
}
