//! The import rule of the crate's map, and other rules that the source itself must keep.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A layer, by the folder of its files, and what its files may name of the crate.
const RULES: &[(&str, &[&str])] = &[
    ("src/model", &["model"]),
    ("src/api", &["model", "server::service"]),
    ("src/ui", &["model", "api", "ui"]),
    ("src/server/mail", &["model", "server::mail", "ui::texts", "ui::format", "ui::receipt_words"]),
    ("src/server/documents", &["model", "server::documents", "ui::texts", "ui::format", "ui::receipt_words"]),
    ("src/server/payments", &["model", "server::payments", "server::clock", "server::random"]),
    ("src/server/jobs", &["model", "server::app", "server::db", "server::service"]),
    ("src/server/auth", &["model", "server::auth", "server::random"]),
    ("src/server/db", &["model", "server::db", "server::auth", "server::incident"]),
    ("src/server/documents", &["model", "server::documents", "ui"]),
    (
        "src/server/service",
        &[
            "model",
            "server::service",
            "server::db",
            "server::auth",
            "server::app",
            "server::random",
            "server::clock",
            "server::mail",
            "server::documents",
            "server::incident",
            "server::payments",
        ],
    ),
];

#[test]
fn every_import_follows_an_allowed_arrow() {
    let mut broken = Vec::new();
    for (folder, allowed) in RULES {
        for file in rust_files(Path::new(folder)) {
            for path in crate_paths(&without_comments(&read(&file))) {
                if !allowed.iter().any(|layer| path == *layer || path.starts_with(&format!("{layer}::"))) {
                    broken.push(format!("{} names crate::{path}", file.display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "forbidden arrows:\n{}", broken.join("\n"));
}

#[test]
fn the_rule_sees_a_forbidden_arrow() {
    let paths = crate_paths("use crate::{model::ids, server::{db::Tx, http}};\nuse crate::ui::texts::t;");
    assert_eq!(paths, ["model::ids", "server::db::Tx", "server::http", "ui::texts::t"]);
}

#[test]
fn sql_stands_in_db_only() {
    // The demo is data, not a use case.
    let exempt = ["src/server/db", "src/server/demo"];
    let offenders: Vec<_> = rust_files(Path::new("src"))
        .into_iter()
        .filter(|file| !exempt.iter().any(|path| file.starts_with(path)) && !file.starts_with("src/tests"))
        .filter(|file| {
            let text = without_comments(&read(file));
            ["sqlx::query", "query!(", "query_as!(", "query_scalar!("].iter().any(|call| text.contains(call))
        })
        .collect();
    assert!(offenders.is_empty(), "SQL outside of db: {offenders:?}");
}

#[test]
fn a_textarea_stands_in_its_component_only() {
    // Leptos does not escape a textarea's children when it renders on the server (design, Text area).
    let offenders: Vec<_> = rust_files(Path::new("src/ui"))
        .into_iter()
        .filter(|file| !file.ends_with("components/fields.rs"))
        .filter(|file| without_comments(&read(file)).contains("<textarea"))
        .collect();
    assert!(offenders.is_empty(), "<textarea> outside of its component: {offenders:?}");
}

#[test]
fn no_page_uses_what_needs_a_script_or_a_style_attribute() {
    for file in rust_files(Path::new("src/ui")) {
        let text = without_comments(&read(&file));
        for banned in ["<ActionForm", "Resource::new", " style=", "inner_html=format"] {
            assert!(!text.contains(banned), "{} uses {banned}", file.display());
        }
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the source") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path.strip_prefix(root).expect("a file of the source").to_owned());
            }
        }
    }
    assert!(!files.is_empty(), "{} has no source", folder.display());
    files.sort();
    files
}

fn read(file: &Path) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("a file of the source")
}

fn without_comments(source: &str) -> String {
    source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Every path that begins with `crate::`, with the braces of imports multiplied out.
fn crate_paths(source: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (at, marker) in source.match_indices("crate::") {
        // `$crate::` inside a macro names where the macro is, not what uses it.
        if source[..at].ends_with('$') {
            continue;
        }
        expand(&source[at + marker.len()..], "", &mut paths);
    }
    paths
}

/// Reads one path or one group in braces; returns how many bytes it took.
fn expand(source: &str, prefix: &str, paths: &mut Vec<String>) -> usize {
    let name: usize = source.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(source.len());
    let path = format!("{prefix}{}", &source[..name]);
    if !source[name..].starts_with('{') {
        paths.push(path.trim_end_matches(':').to_owned());
        return name;
    }
    let mut at = name + 1;
    loop {
        at += source[at..].find(|c: char| !c.is_whitespace() && c != ',').unwrap_or(source.len() - at);
        if at >= source.len() || source[at..].starts_with('}') {
            return at + 1;
        }
        let taken = expand(&source[at..], &path, paths);
        at += taken.max(1);
        // ` as name` after a path in braces.
        if source[at..].starts_with(" as ") {
            at += source[at..].find([',', '}']).unwrap_or(0);
        }
    }
}
