//! No example stands in a comment: nobody would compile it (Cargo.toml).

use super::source::{read, sources};

#[test]
fn what_is_fenced_in_a_comment_is_no_code() {
    let found: Vec<_> = sources()
        .iter()
        .flat_map(|source| examples(&read(&source.path)).into_iter().map(|line| (source.path.clone(), line)))
        .collect();
    assert!(found.is_empty(), "these would be examples: {found:#?}");
}

/// The numbers of the lines with which an example begins.
fn examples(text: &str) -> Vec<usize> {
    let fences = text.lines().enumerate().filter_map(|(at, line)| {
        let comment = line.trim_start().strip_prefix("///").or_else(|| line.trim_start().strip_prefix("//!"))?;
        Some((at + 1, comment.trim().strip_prefix("```")?))
    });
    // Every other fence is an end.
    fences.step_by(2).filter(|(_, kind)| *kind != "text").map(|(line, _)| line).collect()
}

#[test]
fn an_example_is_seen_and_a_drawing_is_none() {
    assert_eq!(
        examples("//! ```text\n//! a ──► b\n//! ```\n\n    /// ```\n    /// one();\n    /// ```\nfn one() {}\n"),
        [5]
    );
}
