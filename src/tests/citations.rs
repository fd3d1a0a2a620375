//! What is cited must exist: headings of the design, as `(design, Hold)`, and files, as the papers name them.

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

#[test]
fn every_file_that_the_papers_name_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut named, mut missing) = (0, Vec::new());
    for paper in ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "docs/design.md", "src/lib.rs"] {
        let text = read(&root.join(paper));
        for path in text.split('`').skip(1).step_by(2).filter(|quoted| is_path(quoted)) {
            named += 1;
            if !is_there(&root.join(path)) && !MADE_LATER.iter().any(|made| path.contains(made)) {
                missing.push(format!("{paper} names {path}"));
            }
        }
    }
    assert!(named > 60, "only {named} files were found");
    assert!(missing.is_empty(), "not there:\n{}", missing.join("\n"));
}

/// A migration may be named by its number.
fn is_there(path: &Path) -> bool {
    let begins = |entry: fs::DirEntry| entry.path().to_string_lossy().starts_with(&*path.to_string_lossy());
    let numbered = path.parent().filter(|folder| folder.ends_with("migrations"));
    path.exists() || numbered.is_some_and(|folder| files_of(folder).any(begins))
}

fn files_of(folder: &Path) -> impl Iterator<Item = fs::DirEntry> {
    fs::read_dir(folder).expect("a folder of the source").map(|entry| entry.expect("an entry"))
}

/// What a recipe of CONTRIBUTING.md makes, and what the journeys leave.
const MADE_LATER: &[&str] = &["shutdowns", "end2end/output"];

/// Whether what stands between backticks is one of the repository's files or folders: it begins with a folder of its top
/// level and has no placeholder.
fn is_path(quoted: &str) -> bool {
    let is_at_top = ["benches/", "docs/", "end2end/", "migrations/", "public/", "scripts/", "src/", "style/"]
        .iter()
        .any(|folder| quoted.starts_with(folder));
    is_at_top && !quoted.contains([' ', '<', '{', '*', '…', '\n'])
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
        for entry in files_of(&folder) {
            let path = entry.path();
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
