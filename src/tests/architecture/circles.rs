//! No circle of files: what a file needs can be read before it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    imports::Crate,
    source::{Source, sources},
};

#[test]
fn no_files_import_one_another_in_a_circle() {
    let found = circles(&sources());
    assert!(found.is_empty(), "circles of files:\n{}", found.join("\n"));
}

/// The strongly connected parts of the crate that are larger than one file.
///
/// A child that uses what its parent declares does not count: its parent's names surround it as a function's surround its
/// body, and a module that has grown may be laid out over several files, the types in the parent and the steps in its
/// children. Between brothers, and between modules that lie apart, every arrow counts.
fn circles(sources: &[Source]) -> Vec<String> {
    let mut imports = Crate::new(sources).imports();
    for (file, targets) in imports.iter_mut().enumerate() {
        targets.retain(|target| !sources[file].module.starts_with(&sources[*target].module));
    }
    let reached: Vec<BTreeSet<usize>> = (0..sources.len()).map(|file| reachable(&imports, file)).collect();
    let mut found: BTreeMap<Vec<usize>, String> = BTreeMap::new();
    for (file, reach) in reached.iter().enumerate().filter(|(file, reach)| reach.contains(file)) {
        let members: Vec<usize> = reach.iter().copied().filter(|other| reached[*other].contains(&file)).collect();
        let arrows: Vec<String> = members
            .iter()
            .flat_map(|from| imports[*from].iter().filter(|to| members.contains(to)).map(move |to| (from, to)))
            .map(|(from, to)| format!("{} → {}", sources[*from].path.display(), sources[*to].path.display()))
            .collect();
        found.insert(members, arrows.join(", "));
    }
    found.into_values().collect()
}

/// Everything that can be reached from a file by one import or more.
fn reachable(imports: &[BTreeSet<usize>], from: usize) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![from];
    while let Some(file) = waiting.pop() {
        waiting.extend(imports[file].iter().copied().filter(|target| reached.insert(*target)));
    }
    reached
}

#[test]
fn a_circle_is_seen_and_a_child_that_uses_its_parent_is_none() {
    let files = |parent: &str, one: &str, two: &str| {
        [
            Source::new("src/lib.rs", "mod shop;"),
            Source::new("src/shop/mod.rs", parent),
            Source::new("src/shop/one.rs", one),
            Source::new("src/shop/two.rs", two),
        ]
    };
    let parent = "mod one; mod two; pub use one::One; pub struct Shop; fn f() { one::g() }";
    let none = Vec::<String>::new();
    assert_eq!(circles(&files(parent, "use super::{Shop, two::Two};", "use super::Shop; pub struct Two;")), none);
    assert_eq!(circles(&files(parent, "use super::two::Two; pub struct One;", "type T = crate::shop::One;")).len(), 1);
    assert_eq!(
        circles(&files(parent, "use super::two; fn f() { two::g() }", "use super::one; fn g() { one::f() }")).len(),
        1
    );
    assert_eq!(
        circles(&files(parent, "use super::two::f;", "#[cfg(test)] mod tests { use super::super::one::g; }")),
        none
    );
}
