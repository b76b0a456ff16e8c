//! Points of the earth and how far apart they are.

/// A point in degrees, WGS 84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Latitude, north positive.
    pub lat: f64,
    /// Longitude, east positive.
    pub lon: f64,
}

/// Mean radius of the earth in kilometres.
const RADIUS: f64 = 6371.0;

impl Point {
    /// Great-circle kilometres to another point, by the haversine formula.
    pub fn km_to(self, other: Point) -> f64 {
        let (lat1, lat2) = (self.lat.to_radians(), other.lat.to_radians());
        let half = |d: f64| (d.to_radians() / 2.0).sin().powi(2);
        let h = half(other.lat - self.lat) + lat1.cos() * lat2.cos() * half(other.lon - self.lon);
        2.0 * RADIUS * h.sqrt().min(1.0).asin()
    }
}

#[cfg(test)]
mod tests {
    use super::Point;

    #[test]
    fn distances_are_those_of_the_sphere() {
        let (pole, equator) = (Point { lat: 90.0, lon: 0.0 }, Point { lat: 0.0, lon: 45.0 });
        assert!((pole.km_to(equator) - 10_007.5).abs() < 1.0);
        assert!(equator.km_to(equator) < 1e-6);
    }
}
