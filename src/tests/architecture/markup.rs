//! What the pages' own markup must keep.

use std::path::{Path, PathBuf};

use super::source::{Source, read, rust_files};

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
fn the_title_of_the_window_stands_in_the_page_component_only() {
    // leptos_meta writes a title into the document as it is; `Page` escapes it (design, Title).
    let offenders: Vec<PathBuf> = rust_files(Path::new("src/ui"))
        .into_iter()
        .filter(|file| !file.ends_with("components/page.rs"))
        .filter(|file| {
            let source = Source::new(file, &read(file));
            source.tokens.windows(2).any(|two| two[0].is("<") && ["Title", "title"].iter().any(|tag| two[1].is(tag)))
                || source.tokens.iter().any(|token| token.is("use_head") || token.is("TitleContext"))
        })
        .collect();
    assert!(offenders.is_empty(), "<Title> outside of Page: {offenders:?}");
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

#[test]
fn the_models_documentation_says_more_than_one_word() {
    for file in [rust_files(Path::new("src/model")), rust_files(Path::new("src/api"))].concat() {
        let text = read(&file);
        let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
        for (place, window) in lines.windows(3).enumerate() {
            let [before, line, after] = window else { unreachable!("three of them") };
            let alone = !before.starts_with("///") && !after.starts_with("///");
            let says = line.strip_prefix("/// ").filter(|_| alone);
            let words = says.map_or(usize::MAX, |says| says.split_whitespace().count());
            assert!(words > 1, "{}:{}: one word says no more than the name: {line}", file.display(), place + 2);
        }
    }
}

#[test]
fn no_heading_stands_within_a_summary() {
    // JAWS takes it for none: the button that opens a part stands beside the part's heading.
    for file in rust_files(Path::new("src/ui")) {
        let text = without_comments(&read(&file));
        for summary in text.split("<summary").skip(1).filter_map(|rest| rest.split("</summary>").next()) {
            let heading = (1..=6).find(|level| summary.contains(&format!("<h{level}")));
            assert_eq!(heading, None, "{}: {summary}", file.display());
        }
    }
}

fn without_comments(source: &str) -> String {
    source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}
