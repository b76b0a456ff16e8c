//! The levels of a place in columns, as ICEWS and POLECAT have them.

use chancery_record::EventPlace;

/// Names of a place and of what it lies in, by level; `None` where a level is unknown or above.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Levels<'p> {
    pub(crate) city: Option<&'p str>,
    pub(crate) district: Option<&'p str>,
    pub(crate) province: Option<&'p str>,
}

/// Sorts a place's name into the column of its level; a site and an area have none.
pub(crate) fn levels(place: Option<&EventPlace>) -> Levels<'_> {
    let Some(place) = place else { return Levels::default() };
    let (name, province) = (Some(place.name.as_str()), place.admin1.as_deref());
    match place.resolution.as_deref() {
        Some("country") => Levels::default(),
        Some("province") => Levels { province: name, ..Levels::default() },
        Some("district") => Levels { district: name, province, ..Levels::default() },
        Some("city") => Levels { city: name, province, ..Levels::default() },
        _ => Levels { province, ..Levels::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::event;

    fn shown(resolution: Option<&str>) -> [Option<String>; 3] {
        let place =
            EventPlace { resolution: resolution.map(str::to_owned), ..event().place.expect("a place") };
        let Levels { city, district, province } = levels(Some(&place));
        [city, district, province].map(|name| name.map(str::to_owned))
    }

    #[test]
    fn a_name_stands_at_its_level() {
        let (name, admin1) = (Some("Strelsau".to_owned()), Some("Hentzau".to_owned()));
        assert_eq!(shown(Some("city")), [name.clone(), None, admin1.clone()]);
        assert_eq!(shown(Some("district")), [None, name.clone(), admin1.clone()]);
        assert_eq!(shown(Some("province")), [None, None, name]);
        assert_eq!(shown(Some("site")), [None, None, admin1.clone()]);
        assert_eq!(shown(None), [None, None, admin1]);
        assert_eq!(shown(Some("country")), [None, None, None]);
    }
}
