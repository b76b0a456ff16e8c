//! The files of a spaCy pipeline, from its folder or its wheel: configuration, tables and arrays, checked.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use rmpv::ValueRef;
use zip::ZipArchive;

use crate::error::{Error, damaged};

const CONFIG: &str = "config.cfg";

/// Where the files are.
enum Place {
    Folder(PathBuf),
    Wheel { path: PathBuf, prefix: String },
}

/// The files of one pipeline.
pub(crate) struct ModelFiles {
    place: Place,
}

impl ModelFiles {
    /// Finds the pipeline: in the folder that has `config.cfg`, in a package around it, or in a wheel.
    pub(crate) fn open(path: &Path) -> Result<ModelFiles, Error> {
        let place = if path.is_dir() { folder(path)? } else { wheel(path)? };
        match place {
            Some(place) => Ok(ModelFiles { place }),
            None => Err(Error::NoPipeline { path: path.to_owned() }),
        }
    }

    /// The bytes of a file, named from the folder that has `config.cfg`.
    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>, Error> {
        match &self.place {
            Place::Folder(folder) => read_file(&folder.join(name)),
            Place::Wheel { path, prefix } => read_zipped(path, &format!("{prefix}{name}")),
        }
    }

    /// Whether there is such a file.
    pub(crate) fn has(&self, name: &str) -> bool {
        match &self.place {
            Place::Folder(folder) => folder.join(name).is_file(),
            Place::Wheel { path, prefix } => open_zip(path)
                .is_ok_and(|archive| archive.index_for_name(&format!("{prefix}{name}")).is_some()),
        }
    }

    /// A file that is JSON.
    pub(crate) fn json(&self, name: &str) -> Result<serde_json::Value, Error> {
        serde_json::from_slice(&self.read(name)?).map_err(|e| damaged(name, "its JSON", e))
    }

    /// The configuration.
    pub(crate) fn config(&self) -> Result<Config, Error> {
        Config::parse(&String::from_utf8_lossy(&self.read(CONFIG)?))
    }
}

fn folder(path: &Path) -> Result<Option<Place>, Error> {
    let mut folder = path.to_owned();
    for _ in 0..3 {
        if folder.join(CONFIG).is_file() {
            return Ok(Some(Place::Folder(folder)));
        }
        let Some(inner) = only_inner_folder(&folder)? else { return Ok(None) };
        folder = inner;
    }
    Ok(None)
}

/// The folder in `path` that has the configuration, or else the only one that may lead to it.
fn only_inner_folder(path: &Path) -> Result<Option<PathBuf>, Error> {
    let read_error = |source| Error::Read { path: path.to_owned(), source };
    let mut inner = Vec::new();
    for entry in fs::read_dir(path).map_err(read_error)? {
        let entry = entry.map_err(read_error)?.path();
        if entry.is_dir() && !is_beside_the_point(&entry) {
            inner.push(entry);
        }
    }
    inner.sort();
    let with_config = inner.iter().find(|f| f.join(CONFIG).is_file()).cloned();
    Ok(with_config.or(if inner.len() == 1 { inner.pop() } else { None }))
}

fn is_beside_the_point(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|n| n.to_str()).unwrap_or("");
    name == "__pycache__" || name.ends_with(".dist-info")
}

fn wheel(path: &Path) -> Result<Option<Place>, Error> {
    let archive = open_zip(path)?;
    let names = archive.file_names().filter_map(Result::ok);
    let prefixes = names.filter_map(|name| name.strip_suffix(CONFIG).map(str::to_owned));
    let prefix = prefixes
        .filter(|prefix| prefix.is_empty() || prefix.ends_with('/'))
        .min_by_key(|prefix| (prefix.len(), prefix.clone()));
    Ok(prefix.map(|prefix| Place::Wheel { path: path.to_owned(), prefix }))
}

fn open_zip(path: &Path) -> Result<ZipArchive<fs::File>, Error> {
    let file = fs::File::open(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    ZipArchive::new(file).map_err(|_| Error::NoPipeline { path: path.to_owned() })
}

fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

fn read_zipped(path: &Path, name: &str) -> Result<Vec<u8>, Error> {
    let mut archive = open_zip(path)?;
    let mut member = archive.by_name(name).map_err(|e| damaged(name, "the wheel", e))?;
    let mut bytes = Vec::new();
    member.read_to_end(&mut bytes).map_err(|e| damaged(name, "the wheel", e))?;
    Ok(bytes)
}

/// `config.cfg`: sections of keys with JSON values; `${section:key}` or `${section.key}` refers to another.
pub(crate) struct Config {
    sections: BTreeMap<String, BTreeMap<String, String>>,
}

impl Config {
    fn parse(text: &str) -> Result<Config, Error> {
        let mut sections: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        let mut section = String::new();
        for line in text.lines().map(str::trim) {
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                section = name.to_owned();
                sections.entry(section.clone()).or_default();
            } else if let Some((key, value)) = line.split_once('=') {
                let keys = sections.entry(section.clone()).or_default();
                keys.insert(key.trim().to_owned(), value.trim().to_owned());
            }
        }
        Ok(Config { sections })
    }

    /// The value of a key, references followed.
    pub(crate) fn value(&self, section: &str, key: &str) -> Result<serde_json::Value, Error> {
        self.resolve(section, key, 0)
    }

    fn resolve(&self, section: &str, key: &str, depth: usize) -> Result<serde_json::Value, Error> {
        let field = format!("[{section}] {key}");
        let raw = self.sections.get(section).and_then(|s| s.get(key));
        let raw = raw.ok_or_else(|| damaged(CONFIG, &field, "it is missing"))?;
        if let Some(target) = raw.strip_prefix("${").and_then(|r| r.strip_suffix('}')) {
            let split = target.rsplit_once(':').or_else(|| target.rsplit_once('.'));
            let Some((section, key)) = split.filter(|_| depth < 8) else {
                return Err(damaged(CONFIG, &field, "the reference leads nowhere"));
            };
            return self.resolve(section, key, depth + 1);
        }
        serde_json::from_str(raw).map_err(|e| damaged(CONFIG, &field, e))
    }

    /// The value of a key that is a string.
    pub(crate) fn string(&self, section: &str, key: &str) -> Result<String, Error> {
        let value = self.value(section, key)?;
        let text = value.as_str().map(str::to_owned);
        text.ok_or_else(|| damaged(CONFIG, format!("[{section}] {key}"), "it is not a string"))
    }

    /// The value of a key that is a list of strings.
    pub(crate) fn strings(&self, section: &str, key: &str) -> Result<Vec<String>, Error> {
        let value = self.value(section, key)?;
        let list = value.as_array().and_then(|l| l.iter().map(|v| v.as_str().map(str::to_owned)).collect());
        list.ok_or_else(|| damaged(CONFIG, format!("[{section}] {key}"), "it is not a list of strings"))
    }

    /// Whether a key is there and `true`.
    pub(crate) fn is_true(&self, section: &str, key: &str) -> bool {
        self.value(section, key).is_ok_and(|v| v == true)
    }
}

/// An array of numbers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Array {
    /// Its dimensions.
    pub(crate) shape: Vec<usize>,
    /// Its numbers, the last dimension running fastest.
    pub(crate) data: Vec<f32>,
}

/// The arrays and attributes of a network, as thinc writes them: a list of nodes, breadth first.
pub(crate) struct NetworkFile<'b> {
    name: String,
    nodes: Vec<Node<'b>>,
}

struct Node<'b> {
    name: String,
    attributes: ValueRef<'b>,
    parameters: ValueRef<'b>,
}

impl<'b> NetworkFile<'b> {
    /// Reads `<component>/model`; `name` is for errors.
    pub(crate) fn parse(name: &str, bytes: &'b [u8]) -> Result<NetworkFile<'b>, Error> {
        let root = decode(name, bytes)?;
        let names = list(name, &root, "nodes")?;
        let attributes = list(name, &root, "attrs")?;
        let parameters = list(name, &root, "params")?;
        if attributes.len() != names.len() || parameters.len() != names.len() {
            return Err(damaged(name, "its lists of nodes", "they differ in length"));
        }
        let nodes =
            names.iter().zip(attributes).zip(parameters).map(|((node, attributes), parameters)| Node {
                name: get(node, "name").and_then(text).unwrap_or("").to_owned(),
                attributes: attributes.clone(),
                parameters: parameters.clone(),
            });
        Ok(NetworkFile { name: name.to_owned(), nodes: nodes.collect() })
    }

    /// The file, for errors.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// How many nodes have that name.
    pub(crate) fn count(&self, node: &str) -> usize {
        self.nodes.iter().filter(|n| n.name == node).count()
    }

    /// A parameter of the `nth` node of that name, with as many dimensions as `N`.
    pub(crate) fn array<const N: usize>(
        &self,
        node: &str,
        nth: usize,
        parameter: &str,
    ) -> Result<([usize; N], Vec<f32>), Error> {
        let field = format!("{node} {nth}, {parameter}");
        let value = self.node(node, nth)?.parameters.clone();
        let value = get(&value, parameter).ok_or_else(|| damaged(&self.name, &field, "it is missing"))?;
        let array = array(value).map_err(|reason| damaged(&self.name, &field, reason))?;
        let shape = array.shape.as_slice().try_into();
        let shape = shape.map_err(|_| damaged(&self.name, &field, "it has another number of dimensions"))?;
        Ok((shape, array.data))
    }

    /// An attribute of the `nth` node of that name that is a whole number.
    pub(crate) fn number(&self, node: &str, nth: usize, attribute: &str) -> Result<u64, Error> {
        let value = self.attribute(node, nth, attribute)?;
        value.as_u64().ok_or_else(|| self.bad_attribute(node, nth, attribute, "it is not a whole number"))
    }

    /// An attribute of the `nth` node of that name that is a list of strings.
    pub(crate) fn strings(&self, node: &str, nth: usize, attribute: &str) -> Result<Vec<String>, Error> {
        let value = self.attribute(node, nth, attribute)?;
        let list = value.as_array().and_then(|l| l.iter().map(|v| v.as_str().map(str::to_owned)).collect());
        list.ok_or_else(|| self.bad_attribute(node, nth, attribute, "it is not a list of strings"))
    }

    fn attribute(&self, node: &str, nth: usize, attribute: &str) -> Result<rmpv::Value, Error> {
        let value = get(&self.node(node, nth)?.attributes, attribute).and_then(binary);
        let bytes = value.ok_or_else(|| self.bad_attribute(node, nth, attribute, "it is missing"))?;
        decode(&self.name, bytes).map(|value| value.to_owned())
    }

    fn bad_attribute(&self, node: &str, nth: usize, attribute: &str, reason: &str) -> Error {
        damaged(&self.name, format!("{node} {nth}, {attribute}"), reason)
    }

    fn node(&self, node: &str, nth: usize) -> Result<&Node<'b>, Error> {
        let found = self.nodes.iter().filter(|n| n.name == node).nth(nth);
        found.ok_or_else(|| damaged(&self.name, format!("{node} {nth}"), "there is no such node"))
    }
}

/// Decodes the bytes of a file that is one MessagePack value.
pub(crate) fn decode<'b>(file: &str, bytes: &'b [u8]) -> Result<ValueRef<'b>, Error> {
    rmpv::decode::value_ref::read_value_ref(&mut &bytes[..]).map_err(|e| damaged(file, "its MessagePack", e))
}

fn list<'v, 'b>(file: &str, root: &'v ValueRef<'b>, key: &str) -> Result<&'v [ValueRef<'b>], Error> {
    match get(root, key) {
        Some(ValueRef::Array(items)) => Ok(items),
        _ => Err(damaged(file, key, "there is no such list")),
    }
}

/// The value under a key, which thinc writes as a string or as bytes.
pub(crate) fn get<'v, 'b>(map: &'v ValueRef<'b>, key: &str) -> Option<&'v ValueRef<'b>> {
    let ValueRef::Map(pairs) = map else { return None };
    pairs.iter().find(|(k, _)| binary(k) == Some(key.as_bytes())).map(|(_, value)| value)
}

/// A string value.
pub(crate) fn text<'b>(value: &ValueRef<'b>) -> Option<&'b str> {
    match value {
        ValueRef::String(text) => text.into_str(),
        _ => None,
    }
}

fn binary<'b>(value: &ValueRef<'b>) -> Option<&'b [u8]> {
    match value {
        ValueRef::Binary(bytes) => Some(bytes),
        ValueRef::String(text) => text.into_str().map(str::as_bytes),
        _ => None,
    }
}

fn array(value: &ValueRef) -> Result<Array, &'static str> {
    if get(value, "type").and_then(binary) != Some(b"<f4") {
        return Err("it is not an array of 32-bit floats");
    }
    let Some(ValueRef::Array(shape)) = get(value, "shape") else { return Err("it has no shape") };
    let shape: Option<Vec<usize>> = shape.iter().map(|n| n.as_u64().map(|n| n as usize)).collect();
    let shape = shape.ok_or("its shape is not of whole numbers")?;
    let bytes = get(value, "data").and_then(binary).ok_or("it has no data")?;
    let length = shape.iter().try_fold(4usize, |n, &dimension| n.checked_mul(dimension));
    if length != Some(bytes.len()) {
        return Err("its data are too few or too many for its shape");
    }
    let data = floats(bytes);
    if !data.iter().all(|x| x.is_finite()) {
        return Err("one of its numbers is not finite");
    }
    Ok(Array { shape, data })
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks().0.iter().map(|&b| f32::from_le_bytes(b)).collect()
}

/// Reads a matrix in numpy's own format, version 1, as `vocab/vectors` has it.
pub(crate) fn npy(file: &str, bytes: &[u8]) -> Result<([usize; 2], Vec<f32>), Error> {
    let header = npy_header(bytes).ok_or_else(|| damaged(file, "its header", "it is not a numpy file"))?;
    let (header, data) = header;
    if !header.contains("'<f4'") || header.contains("'fortran_order': True") {
        return Err(damaged(file, "its header", "it is not a matrix of 32-bit floats by rows"));
    }
    let shape = npy_shape(header).ok_or_else(|| damaged(file, "its header", "it is not a matrix"))?;
    if shape[0].checked_mul(shape[1]).and_then(|n| n.checked_mul(4)) != Some(data.len()) {
        return Err(damaged(file, "its data", "they are too few or too many for the shape"));
    }
    Ok((shape, floats(data)))
}

fn npy_header(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let rest = bytes.strip_prefix(b"\x93NUMPY\x01\x00")?;
    let (length, rest) = rest.split_first_chunk::<2>()?;
    let (header, data) = rest.split_at_checked(u16::from_le_bytes(*length) as usize)?;
    Some((std::str::from_utf8(header).ok()?, data))
}

fn npy_shape(header: &str) -> Option<[usize; 2]> {
    let inner = header.split_once("'shape': (")?.1.split_once(')')?.0;
    let sizes: Vec<usize> = inner.split(',').filter_map(|n| n.trim().parse().ok()).collect();
    sizes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_references_in_the_configuration() {
        let config =
            Config::parse("[a]\nwidth = ${b.c:width}\n[b.c]\nwidth = 96\nloop = ${b.c:loop}\n").unwrap();
        assert_eq!(config.value("a", "width").unwrap(), 96);
        assert!(config.value("b.c", "loop").is_err());
        let error = config.string("a", "height").unwrap_err().to_string();
        assert!(error.contains("[a] height"), "{error}");
    }

    #[test]
    fn names_file_and_field_of_a_damaged_network() {
        let error = NetworkFile::parse("parser/model", b"\x81\xa5nodes").err().unwrap().to_string();
        assert!(error.contains("parser/model"), "{error}");
        let error = NetworkFile::parse("parser/model", b"\x81\xa5nodes\x01").err().unwrap().to_string();
        assert!(error.contains("nodes"), "{error}");
    }

    #[test]
    fn refuses_arrays_with_missing_numbers() {
        let map = |data: &[u8]| {
            let value = rmpv::Value::Map(vec![
                (rmpv::Value::Binary(b"type".into()), "<f4".into()),
                (rmpv::Value::Binary(b"shape".into()), rmpv::Value::Array(vec![1.into(), 2.into()])),
                (rmpv::Value::Binary(b"data".into()), rmpv::Value::Binary(data.into())),
            ]);
            array(&value.as_ref()).map(|a| a.data)
        };
        assert_eq!(map(&[0, 0, 128, 63, 0, 0, 0, 64]), Ok(vec![1.0, 2.0]));
        assert!(map(&[0, 0, 128, 63]).is_err());
    }

    #[test]
    fn a_missing_path_and_an_empty_folder_are_told_apart() {
        let missing = ModelFiles::open(Path::new("no/such/model")).err().unwrap();
        assert!(matches!(missing, Error::Read { .. }));
        let empty = std::env::temp_dir().join("chancery-language-empty-folder");
        fs::create_dir_all(&empty).unwrap();
        assert!(matches!(ModelFiles::open(&empty).err().unwrap(), Error::NoPipeline { .. }));
    }
}
