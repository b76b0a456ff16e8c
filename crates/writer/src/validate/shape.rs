//! The shape of a JSON record, read off samples: which fields there are, of which type, and which may be null or missing.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Fault;

/// What a value is like.
pub(super) struct Shape {
    /// Whether it may be null.
    null: bool,
    /// Whether, as a field, it may be missing, or null instead.
    missing: bool,
    kind: Kind,
}

enum Kind {
    Any,
    Truth,
    Number,
    /// From 0.
    Whole,
    Text,
    List(Box<Shape>),
    Object(BTreeMap<String, Shape>),
}

impl Shape {
    /// The shape of samples. What is null in one may be null, what is missing in one may be missing or null, and types are
    /// those of the values that are not null.
    pub(super) fn of(samples: &[&Value]) -> Shape {
        let null = samples.iter().any(|sample| sample.is_null());
        let first = samples.iter().find(|sample| !sample.is_null());
        Shape { null, missing: false, kind: first.map_or(Kind::Any, |first| kind(first, samples)) }
    }

    /// The line as a record, or what is wrong with its shape.
    pub(super) fn read<T: DeserializeOwned>(&self, line: &str) -> Result<T, Vec<Fault>> {
        let broken = |e| vec![Fault::line(format!("is no JSON: {e}"))];
        let value: Value = serde_json::from_str(line).map_err(broken)?;
        let mut faults = Vec::new();
        self.compare(&Path::Root, &value, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        serde_json::from_value(value).map_err(|e| vec![Fault::line(e.to_string())])
    }

    fn compare(&self, path: &Path<'_>, value: &Value, faults: &mut Vec<Fault>) {
        match (value, &self.kind) {
            (_, Kind::Any)
            | (Value::Bool(_), Kind::Truth)
            | (Value::Number(_), Kind::Number)
            | (Value::String(_), Kind::Text) => {}
            (Value::Null, _) if self.null || self.missing => {}
            (Value::Number(number), Kind::Whole) if number.is_u64() => {}
            (Value::Number(number), Kind::Whole) => {
                faults.push(path.fault(format!("{number} is no whole number from 0")));
            }
            (Value::Array(values), Kind::List(shape)) => {
                for (n, value) in values.iter().enumerate() {
                    shape.compare(&Path::Item(path, n), value, faults);
                }
            }
            (Value::Object(value), Kind::Object(shapes)) => fields(path, value, shapes, faults),
            _ => faults.push(path.fault(format!("is {}, not {}", name(value), self.kind))),
        }
    }
}

fn kind(value: &Value, samples: &[&Value]) -> Kind {
    match value {
        Value::Null => Kind::Any,
        Value::Bool(_) => Kind::Truth,
        Value::Number(number) if number.is_u64() => Kind::Whole,
        Value::Number(_) => Kind::Number,
        Value::String(_) => Kind::Text,
        Value::Array(_) => {
            let elements: Vec<&Value> = samples.iter().filter_map(|s| s.as_array()).flatten().collect();
            Kind::List(Box::new(Shape::of(&elements)))
        }
        Value::Object(_) => Kind::Object(shapes(samples)),
    }
}

fn shapes(samples: &[&Value]) -> BTreeMap<String, Shape> {
    let objects: Vec<&Map<String, Value>> = samples.iter().filter_map(|s| s.as_object()).collect();
    let names = objects.iter().flat_map(|object| object.keys());
    let shape = |name: &String| {
        let values: Vec<&Value> = objects.iter().filter_map(|object| object.get(name)).collect();
        Shape { missing: values.len() < objects.len(), ..Shape::of(&values) }
    };
    names.map(|name| (name.clone(), shape(name))).collect()
}

fn fields(
    path: &Path<'_>,
    value: &Map<String, Value>,
    shapes: &BTreeMap<String, Shape>,
    faults: &mut Vec<Fault>,
) {
    for (name, shape) in shapes {
        let path = Path::Field(path, name);
        match value.get(name) {
            Some(value) => shape.compare(&path, value, faults),
            None if shape.missing => {}
            None => faults.push(path.fault("is missing")),
        }
    }
    for name in value.keys().filter(|name| !shapes.contains_key(*name)) {
        faults.push(Path::Field(path, name).fault("is no field of this format"));
    }
}

/// Where a value stands.
enum Path<'p> {
    Root,
    Field(&'p Path<'p>, &'p str),
    Item(&'p Path<'p>, usize),
}

impl Path<'_> {
    fn fault(&self, problem: impl Into<String>) -> Fault {
        match self {
            Path::Root => Fault::line(problem),
            _ => Fault::at(self.to_string(), problem),
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Field(Path::Root, name) => f.write_str(name),
            Path::Field(above, name) => write!(f, "{above}.{name}"),
            Path::Item(above, n) => write!(f, "{above}[{n}]"),
        }
    }
}

fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Any => "anything",
            Kind::Truth => "true or false",
            Kind::Number | Kind::Whole => "a number",
            Kind::Text => "text",
            Kind::List(_) => "a list",
            Kind::Object(_) => "an object",
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn faults(line: &str) -> Vec<String> {
        let full = json!({"a": "", "n": 1, "o": {"x": "", "y": 0.5}, "l": [{"z": ""}]});
        let least = json!({"a": null, "n": 1, "l": [{"z": null}]});
        let shown = |f: Fault| format!("{} {}", f.column.unwrap_or_default(), f.problem);
        match Shape::of(&[&full, &least]).read::<Value>(line) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.into_iter().map(shown).collect(),
        }
    }

    #[test]
    fn takes_what_the_samples_allow() {
        for line in [
            r#"{"a": null, "n": 3, "l": []}"#,
            r#"{"a": "b", "n": 0, "o": {"x": "", "y": 2}, "l": [{"z": "c"}, {"z": null}]}"#,
            r#"{"a": "b", "n": 0, "o": null, "l": []}"#,
        ] {
            assert_eq!(faults(line), [""; 0], "{line}");
        }
    }

    #[test]
    fn says_where_a_record_differs() {
        assert_eq!(
            faults(r#"{"n": -1, "l": [], "a": 3}"#),
            ["a is a number, not text", "n -1 is no whole number from 0"]
        );
        assert_eq!(
            faults(r#"{"a": "", "n": 1, "o": {"x": null}, "l": {}}"#),
            ["l is an object, not a list", "o.x is null, not text", "o.y is missing"]
        );
        assert_eq!(
            faults(r#"{"a": "", "n": 1, "l": [{"z": "", "w": 1}]}"#),
            ["l[0].w is no field of this format"]
        );
        assert_eq!(faults("[]"), [" is a list, not an object"]);
        assert!(faults("{").concat().contains("is no JSON"));
    }
}
