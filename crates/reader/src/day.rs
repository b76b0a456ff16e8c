//! Publication dates as they stand in documents.

use jiff::Timestamp;
use jiff::civil::Date;

/// The day, as `2022-03-14`, of an ISO 8601 date or time stamp; for a time stamp the day that is
/// written, whatever its zone. `None` if it is neither.
pub fn day(text: &str) -> Option<String> {
    let text = text.trim();
    let stamped = || text.parse::<Timestamp>().ok().and_then(|_| text.get(..10)?.parse().ok());
    text.parse::<Date>().ok().or_else(stamped).map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn takes_the_day_as_it_is_written() {
        let same = Some("2022-03-14".to_owned());
        for text in ["2022-03-14", " 2022-03-14\n", "20220314", "2022-03-14T23:30:00", "2022-03-14T23:30:00Z"]
        {
            assert_eq!(day(text), same, "{text}");
        }
        assert_eq!(day("2022-03-14T23:30:00-05:00"), same);
        assert_eq!(day("2022-03-14 23:30:00+02:00"), same);
    }

    #[test]
    fn guesses_nothing() {
        for text in
            ["", "2022", "2022-03", "14/03/2022", "March 14, 2022", "2022-02-30", "yesterday", "٢٠٢٢-٠٣-١٤"]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
