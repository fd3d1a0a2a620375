//! A rule stands in one place: no function is written twice, and what has its one place is said nowhere else.

use std::collections::BTreeMap;

use super::source::{read, sources};

/// A body of fewer characters, its spaces counted once, is too little to be a rule.
const LEAST: usize = 120;

/// What is said in one file, as it would be written again elsewhere: the rule, and where it stands.
const SAID_ONCE: &[(&str, &str)] = &[
    // Until when work that goes on takes its technician.
    ("end.max(now)", "src/model/work/lateness.rs"),
    // How many minutes a span has, and its quarters of an hour.
    ("(self.end - self.start).num_minutes()", "src/model/ordering/offers/offer.rs"),
    ("end: start + QUARTER", "src/model/ordering/offers/offer.rs"),
    // What counts as nobody's coming: whoever looks for it asks `passed_unmet` of the database.
    ("bool_and(s.kind = 'preparation')", "src/server/db/work/missed.rs"),
    ("<> 'preparation'", ""),
];

/// The crate's own files, tests aside, without what is compiled for tests only.
fn files() -> Vec<(String, String)> {
    let text = |path: &std::path::Path| {
        let text = read(path);
        text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned()
    };
    sources().iter().map(|source| (source.path.display().to_string(), text(&source.path))).collect()
}

#[test]
fn no_function_is_written_twice() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in files() {
        for (name, body) in functions(&text) {
            places.entry(body).or_default().push(format!("{path}: {name}"));
        }
    }
    let twice: Vec<_> = places.values().filter(|places| places.len() > 1).collect();
    assert!(twice.is_empty(), "let one of them call the other: {twice:#?}");
}

#[test]
fn what_has_its_one_place_is_said_nowhere_else() {
    let files = files();
    for (rule, home) in SAID_ONCE {
        let said: Vec<_> =
            files.iter().filter(|(_, text)| text.contains(rule)).map(|(path, _)| path.as_str()).collect();
        let expected: Vec<_> = Some(*home).filter(|home| !home.is_empty()).into_iter().collect();
        assert_eq!(said, expected, "{rule}");
    }
}

/// The functions of a file that say anything, each with its body without comments and line breaks.
fn functions(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let code = line.trim_start();
        let Some(name) = name(code) else { continue };
        let indent = line.len() - code.len();
        let mut head = line;
        while !head.ends_with(['{', ';', '}']) {
            let Some(next) = lines.next() else { return found };
            head = next;
        }
        if !head.ends_with('{') {
            continue;
        }
        let end = format!("{}}}", " ".repeat(indent));
        let body: Vec<_> = lines.by_ref().take_while(|line| *line != end).map(without_comment).collect();
        let body = body.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        if body.len() >= LEAST {
            found.push((name, body));
        }
    }
    found
}

fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with("//") { "" } else { line }
}

/// What a line declares, if it begins a function.
fn name(code: &str) -> Option<String> {
    let (before, after) = code.split_once("fn ")?;
    let is_declared = before.split_whitespace().all(|word| {
        ["pub", "const", "async", "unsafe"].contains(&word) || word.starts_with("pub(") || word.contains("::")
    });
    let name: String = after.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    (is_declared && !name.is_empty()).then_some(name)
}

#[test]
fn a_function_that_is_written_twice_is_seen() {
    let body = "    let sum: u64 = all.iter().filter(|one| one.is_billable() && !one.is_lifted()).map(|one| one.seconds()).sum();
    // Rounded up once.
    sum.div_ceil(60)";
    let one = format!("/// Why.\npub(super) fn billed(all: &[Segment]) -> u64 {{\n{body}\n}}\n");
    let other =
        format!("impl Bill {{\n    fn charged(\n        all: &[Segment],\n    ) -> u64 {{\n{body}\n    }}\n}}\n");
    let (one, other) = (functions(&one), functions(&other));
    assert_eq!((one[0].0.as_str(), other[0].0.as_str()), ("billed", "charged"));
    assert_eq!(one[0].1, other[0].1, "whatever it is called and however far it is indented");
    assert!(functions("fn small() -> u32 {\n    7\n}\nfn declared();\n").is_empty());
}
