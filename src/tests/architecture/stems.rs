//! The same word in every layer: what has one name lives in one domain.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::{layers::DOMAINS, source::rust_files};

/// The layers that are cut into domains.
const LAYERS: &[&str] = &["src/model", "src/api", "src/ui/pages", "src/server/service", "src/server/db", "src/tests"];

/// What each domain may have of its own.
const IN_EVERY_DOMAIN: &[&str] = &["mod", "pages"];

#[test]
fn the_same_stem_lives_in_the_same_domain_in_every_layer() {
    let files: Vec<_> = LAYERS.iter().flat_map(|layer| rust_files(Path::new(layer))).collect();
    let scattered = scattered(&files);
    assert!(scattered.is_empty(), "stems in more than one domain:\n{}", scattered.join("\n"));
}

/// Stems that stand in several domains, with where they stand.
fn scattered(files: &[PathBuf]) -> Vec<String> {
    let mut places: BTreeMap<String, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for file in files {
        for layer in LAYERS {
            let Ok(inner) = file.strip_prefix(layer) else { continue };
            let mut parts = inner.iter().map(|part| part.to_str().unwrap_or_default().trim_end_matches(".rs"));
            let Some(domain) = parts.next().and_then(|part| DOMAINS.iter().find(|domain| **domain == part)) else {
                continue;
            };
            let Some(stem) = parts.next().filter(|stem| !IN_EVERY_DOMAIN.contains(stem)) else { continue };
            places.entry(stem.to_owned()).or_default().entry(*domain).or_default().insert(*layer);
        }
    }
    let several = places.into_iter().filter(|(_, domains)| domains.len() > 1);
    several.map(|(stem, domains)| format!("{stem}: {domains:?}")).collect()
}

#[test]
fn a_stem_in_two_domains_is_seen() {
    let files = ["src/model/line/plans.rs", "src/server/db/line/plans.rs", "src/ui/pages/line/plans/list.rs"];
    let mut files: Vec<PathBuf> = files.map(PathBuf::from).into();
    assert_eq!(scattered(&files), Vec::<String>::new());
    files.push("src/server/service/people/plans/mod.rs".into());
    assert_eq!(scattered(&files).len(), 1);
}
