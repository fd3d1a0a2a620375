//! The design is cited by its headings, as `(design, Hold)`: each of them must exist.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where the design is cited.
const FOLDERS: &[&str] = &["benches", "docs", "end2end", "migrations", "scripts", "src", "style"];
/// In files that end so.
const EXTENSIONS: &[&str] = &["rs", "md", "ts", "sql", "sh", "scss", "typ"];
/// Folders that tools fill.
const MADE: &[&str] = &["node_modules", "output"];

#[test]
fn every_citation_of_the_design_names_a_heading_of_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let design = read(&root.join("docs/design.md"));
    let headings: Vec<_> =
        design.lines().filter_map(|line| line.strip_prefix("### ").or_else(|| line.strip_prefix("## "))).collect();
    assert!(headings.contains(&"Hold"), "{headings:?}");
    let mut cited = 0;
    let mut unknown = Vec::new();
    for file in FOLDERS.iter().flat_map(|folder| files(&root.join(folder))) {
        for citation in citations(&read(&file)) {
            cited += 1;
            if !headings.contains(&citation.as_str()) {
                unknown.push(format!("{} cites {citation:?}", file.display()));
            }
        }
    }
    assert!(cited > 40, "only {cited} citations were found");
    assert!(unknown.is_empty(), "no heading of docs/design.md:\n{}", unknown.join("\n"));
}

#[test]
fn a_citation_is_found_wherever_a_line_of_a_comment_ends() {
    // Put together, so that the scan of this very file does not find them.
    let text =
        ["/// One (des", "ign, Hold), another (des", "ign,\n/// Drawing\n    -- order; des", "ign, Web)."].concat();
    assert_eq!(citations(&text), ["Hold", "Drawing order", "Web"]);
    assert!(citations("by design, Prague").is_empty(), "prose is no citation");
}

/// What is cited in a text: each `design, …` that follows a bracket or a semicolon, up to the next mark that ends it.
fn citations(text: &str) -> Vec<String> {
    let lines: Vec<_> =
        text.lines().map(|line| line.trim_start().trim_start_matches(['/', '!', '-', '#', '*']).trim()).collect();
    let text = lines.join(" ");
    text.match_indices("design, ")
        .filter(|(at, _)| text[..*at].ends_with('(') || text[..*at].ends_with("; "))
        .filter_map(|(at, marker)| text[at + marker.len()..].split([')', ';', ':', '`']).next())
        .filter(|cited| cited.starts_with(char::is_uppercase))
        .map(str::to_owned)
        .collect()
}

/// The files of a folder in which the design may be cited, at whatever depth.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the source") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                if !MADE.iter().any(|made| path.ends_with(made)) {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|found| EXTENSIONS.iter().any(|extension| found == *extension)) {
                files.push(path);
            }
        }
    }
    files
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).expect("a file of the source")
}
