//! Components stay as short as any function: clippy does not count what `#[component]` makes of them.

use super::source::{read, sources};

/// As in `clippy.toml`.
const MOST: usize = 70;

#[test]
fn no_component_has_more_lines_than_a_function_may_have() {
    let sources = sources();
    let long: Vec<_> = sources
        .iter()
        .flat_map(|source| too_long(&read(&source.path)).into_iter().map(|name| (source.path.clone(), name)))
        .collect();
    assert!(long.is_empty(), "more than {MOST} lines of code: {long:#?}");
}

/// The components whose bodies have too many lines, blank ones and comments aside.
fn too_long(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let from = |at: usize, is: &dyn Fn(&str) -> bool| (at..lines.len()).find(|at| is(lines[*at]));
    let mut found = Vec::new();
    for mark in (0..lines.len()).filter(|at| lines[*at].trim() == "#[component]") {
        let indent = lines[mark].len() - lines[mark].trim_start().len();
        let Some(head) = from(mark, &|line| line.contains("fn ")) else { continue };
        let Some(begin) = from(head, &|line| line.ends_with('{')) else { continue };
        let Some(end) = from(begin, &|line| line.trim() == "}" && line.len() == indent + 1) else { continue };
        let is_code = |line: &&&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
        if lines[begin + 1..end].iter().filter(is_code).count() > MOST {
            found.push(lines[head].trim().to_owned());
        }
    }
    found
}

#[test]
fn a_long_component_is_seen_and_its_comments_are_not_counted() {
    let component = |line: &str, times: usize| {
        format!(
            "#[component]\npub fn Page(\n    /// What it shows.\n    page: Page,\n) -> impl IntoView {{\n{}}}\n",
            line.repeat(times)
        )
    };
    assert!(too_long(&component("    let one = 1;\n", MOST)).is_empty());
    assert_eq!(too_long(&component("    let one = 1;\n", MOST + 1)), ["pub fn Page("]);
    assert!(too_long(&component("    // Why.\n\n", MOST + 1)).is_empty());
}
