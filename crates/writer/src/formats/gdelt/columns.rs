//! The names of GDELT's columns, which its files do not carry.

/// The columns of GDELT 2.0's events.
pub const GDELT2_COLUMNS: [&str; 61] = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

/// The columns of GDELT 1.0: those of 2.0 without the second divisions of the three places.
pub const GDELT1_COLUMNS: [&str; 58] = without(&GDELT2_COLUMNS, &ADM2);

/// Where the codes of second divisions stand in 2.0.
const ADM2: [usize; 3] = [39, 47, 55];

const fn without<const ALL: usize, const LESS: usize, const KEPT: usize>(
    all: &[&'static str; ALL],
    less: &[usize; LESS],
) -> [&'static str; KEPT] {
    let mut kept = [""; KEPT];
    let (mut from, mut skipped) = (0, 0);
    while from < ALL {
        if skipped < LESS && less[skipped] == from {
            skipped += 1;
        } else {
            kept[from - skipped] = all[from];
        }
        from += 1;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_format_lacks_the_second_divisions_alone() {
        let less: Vec<_> = GDELT2_COLUMNS.into_iter().filter(|name| !name.ends_with("ADM2Code")).collect();
        assert_eq!(GDELT1_COLUMNS.to_vec(), less);
    }
}
