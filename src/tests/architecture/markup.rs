//! What the pages' own markup must keep.

use std::path::{Path, PathBuf};

use super::source::{read, rust_files};

#[test]
fn a_textarea_stands_in_its_component_only() {
    // Leptos does not escape a textarea's children when it renders on the server (design, Text area).
    let offenders: Vec<PathBuf> = rust_files(Path::new("src/ui"))
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

fn without_comments(source: &str) -> String {
    source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}
