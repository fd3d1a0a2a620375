//! `docs/asvs.md`: each requirement of levels 1 and 2 of OWASP ASVS 5.0 stands in it once, and whatever it says shows one is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use super::source::{read, root};

/// The numbers of those requirements, one a line.
const REQUIREMENTS: &str = include_str!("asvs.txt");

/// One row of a table of the paper.
struct Row {
    requirements: Vec<String>,
    is: String,
    words: String,
    shown_by: Vec<String>,
}

fn rows(paper: &str) -> Vec<Row> {
    let tables = paper.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| requirement"));
    tables.map(row).collect()
}

fn row(line: &str) -> Row {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let cell = |place: usize| cells.get(place).copied().unwrap_or_default();
    Row {
        requirements: cell(0).split(", ").map(str::to_owned).collect(),
        is: cell(1).to_owned(),
        words: cell(2).to_owned(),
        shown_by: cell(3).split('`').skip(1).step_by(2).map(str::to_owned).collect(),
    }
}

/// What is wrong with a paper.
fn faults(paper: &str, requirements: &str) -> Vec<String> {
    let mut faults: Vec<String> = Vec::new();
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for row in rows(paper) {
        let named = row.requirements.join(", ");
        for requirement in row.requirements {
            *times.entry(requirement).or_insert(0) += 1;
        }
        if !["met", "n/a", "gap"].contains(&row.is.as_str()) {
            faults.push(format!("{named} is {:?}", row.is));
        }
        if row.words.is_empty() {
            faults.push(format!("{named} says nothing"));
        }
        if row.is == "met" && row.shown_by.is_empty() {
            faults.push(format!("{named} is met, and nothing shows it"));
        }
        let missing = row.shown_by.into_iter().filter(|shows| !is_there(shows));
        faults.extend(missing.map(|shows| format!("{named} is shown by {shows}, which is not there")));
    }
    let known: BTreeSet<&str> = requirements.lines().collect();
    faults.extend(known.iter().filter(|known| !times.contains_key(**known)).map(|known| format!("{known} is missing")));
    for (requirement, times) in times {
        if !known.contains(requirement.as_str()) || times > 1 {
            faults.push(format!("{requirement} is none, or stands there {times} times"));
        }
    }
    faults
}

/// Whether there is such a test, or such words in a file.
fn is_there(shows: &str) -> bool {
    match shows.split_once(": ") {
        Some((file, words)) => has_words(file, words),
        None => shows.rsplit_once("::").is_some_and(|(module, name)| has_test(module, name)),
    }
}

/// A journey by its name, a chapter by its headline, any other file by what it says.
fn has_words(file: &str, words: &str) -> bool {
    let Ok(text) = fs::read_to_string(root().join(file)) else { return false };
    if file.ends_with(".spec.ts") {
        text.contains(&format!("test('{words}'"))
    } else if file.ends_with(".md") {
        text.lines().any(|line| line.starts_with('#') && line.trim_start_matches(['#', ' ']) == words)
    } else {
        text.contains(words)
    }
}

/// A module is one of the tests, or one of the crate, whose own tests stand in its file or beside it.
fn has_test(module: &str, name: &str) -> bool {
    let path = module.replace("::", "/");
    let own = path.strip_suffix("/tests").unwrap_or(&path);
    let places = [format!("src/tests/{path}"), format!("src/{path}"), format!("src/{own}")];
    let files = places.iter().flat_map(|place| [format!("{place}.rs"), format!("{place}/mod.rs")]);
    files.filter_map(|file| fs::read_to_string(root().join(file)).ok()).any(|text| tests_in(&text).contains(name))
}

/// The functions that follow an attribute which makes them tests.
fn tests_in(source: &str) -> BTreeSet<&str> {
    let mut tests: BTreeSet<&str> = BTreeSet::new();
    let mut is_test = false;
    for line in source.lines().map(str::trim) {
        if line.starts_with("#[") {
            is_test |= ["#[test]", "#[tokio::test", "#[sqlx::test"].iter().any(|begins| line.starts_with(*begins));
        } else {
            let begun = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ");
            tests.extend(begun.filter(|_| is_test).and_then(|rest| rest.split('(').next()));
            is_test = false;
        }
    }
    tests
}

#[test]
fn each_requirement_stands_there_once_and_what_shows_it_is_there() {
    assert_eq!(REQUIREMENTS.lines().count(), 253, "levels 1 and 2 of 5.0.0");
    let paper = read(Path::new("docs/asvs.md"));
    let faults = faults(&paper, REQUIREMENTS);
    assert!(faults.is_empty(), "docs/asvs.md:\n{}", faults.join("\n"));
    for is in ["met", "n/a", "gap"] {
        let count: usize = rows(&paper).iter().filter(|row| row.is == is).map(|row| row.requirements.len()).sum();
        assert!(paper.contains(&format!("**{is}** ({count})")), "{count} are {is}");
    }
}

#[test]
fn a_paper_that_says_too_much_or_too_little_is_seen() {
    let own = "`architecture::asvs::a_paper_that_says_too_much_or_too_little_is_seen`";
    let right = format!(
        "| requirement | is | how | by |\n|---|---|---|---|\n| 1.1 | met | so | {own} |\n| 1.2, 1.3 | n/a | none |  |"
    );
    assert_eq!(faults(&right, "1.1\n1.2\n1.3"), Vec::<String>::new());
    for wrong in [
        "| 1.1 | met | so |  |",
        "| 1.1 | gap |  |  |",
        "| 1.1 | perhaps | so |  |",
        "| 1.2 | gap | so |  |",
        "| 1.1 | gap | so |  |\n| 1.1 | gap | so |  |",
        "| 1.1 | met | so | `architecture::asvs::faults` |",
        "| 1.1 | met | so | `architecture::nowhere::a_test` |",
        "| 1.1 | met | so | `docs/asvs.md: No such chapter` |",
        "| 1.1 | met | so | `end2end/tests/none.spec.ts: a journey` |",
    ] {
        assert!(!faults(wrong, "1.1").is_empty(), "{wrong}");
    }
}
