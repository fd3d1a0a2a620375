//! Every enum of codes is asked by the test that codes and values go together.

use std::{collections::BTreeSet, path::Path};

use super::source::{Source, read, sources};

/// Where the macro and the test of what it makes stand.
const CODES: &str = "src/model/base/codes.rs";

#[test]
fn every_enum_of_codes_is_checked() {
    let declared: BTreeSet<String> = sources().iter().flat_map(coded_enums).collect();
    let tests = read(Path::new(CODES));
    let (_, checked) = tests.split_once("check! {").expect("the list");
    let (checked, _) = checked.split_once('}').expect("its end");
    let checked: BTreeSet<String> = checked.split_whitespace().map(str::to_owned).collect();
    assert_eq!(declared, checked);
}

fn coded_enums(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for (at, three) in source.tokens.windows(3).enumerate() {
        if three[0].is("coded_enum") && three[1].is("!") && three[2].is("{") {
            let rest = &source.tokens[at..];
            let name = rest.windows(2).find(|two| two[0].is("enum")).and_then(|two| two[1].word());
            found.extend(name.map(str::to_owned));
        }
    }
    found
}

#[test]
fn an_enum_of_codes_is_seen() {
    let text = "coded_enum! { /// Doc.\n #[must_use] pub enum Side { Left = \"left\", } } enum Other { A }";
    assert_eq!(coded_enums(&Source::new("src/model/a.rs", text)), ["Side"]);
}
