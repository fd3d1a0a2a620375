//! Addresses are said once, in `model::paths`, and endpoints of server functions beside them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use linka::model::paths;

#[test]
fn no_address_of_a_page_is_spelled_out() {
    let mut spelled = Vec::new();
    for (file, code) in sources() {
        for literal in literals(&code).filter(|literal| is_address(literal)) {
            spelled.push(format!("{}: {literal}", file.display()));
        }
    }
    assert!(spelled.is_empty(), "use model::paths, or the type of the server function:\n{}", spelled.join("\n"));
}

#[test]
fn an_address_is_recognised() {
    for address in
        ["/requests", "/requests/{number}", "/usage?year=2026", "/bundles#purchases", "/api/sign-in", "/#numbers"]
    {
        assert!(is_address(address), "{address}");
    }
    for other in ["/", "/api/", "/workshop", "/favicon.svg", "requests/", "/pkg/"] {
        assert!(!is_address(other), "{other}");
    }
    assert_eq!(literals(r#"a("/x", '"', "say \"no\"") // "none""#).collect::<Vec<_>>(), ["/x", "say \\\"no\\\""]);
}

/// Whether text begins with the first step of a page's address, or names a server function.
fn is_address(text: &str) -> bool {
    if text.starts_with("/#") {
        return true;
    }
    let Some(path) = text.strip_prefix('/') else { return false };
    let first = path.split(['/', '?', '#']).next().unwrap_or_default();
    if first == "api" {
        return path.len() > "api/".len();
    }
    !first.is_empty() && paths::ALL.iter().any(|pattern| paths::segments(pattern).next() == Some(first))
}

/// What stands between quotation marks in code, without its comments.
fn literals(code: &str) -> impl Iterator<Item = &str> {
    code.lines().flat_map(|line| {
        let mut found = Vec::new();
        let mut rest = line;
        while let Some(at) = rest.find(['"', '/', '\'']) {
            if rest[at..].starts_with("//") {
                break;
            }
            if rest[at..].starts_with("'\"'") {
                rest = &rest[at + 3..];
                continue;
            }
            let Some(text) = rest[at..].strip_prefix('"') else {
                rest = &rest[at + 1..];
                continue;
            };
            let mut escaped = false;
            let end = text.find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            let Some(end) = end else { break };
            found.push(&text[..end]);
            rest = &text[end + 1..];
        }
        found
    })
}

/// The code of every file but tests and the table of addresses.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the source") {
            let path = entry.expect("an entry").path();
            let is_tested = path.ends_with("src/tests") || path.ends_with("tests") || path.ends_with("tests.rs");
            if path.is_dir() && !is_tested {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !is_tested
                && !path.ends_with("model/paths.rs")
            {
                let source = fs::read_to_string(&path).expect("a file of the source");
                let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
                sources.push((path.strip_prefix(root).expect("a file of the source").to_owned(), code));
            }
        }
    }
    assert!(sources.len() > 100, "{} files", sources.len());
    sources
}
