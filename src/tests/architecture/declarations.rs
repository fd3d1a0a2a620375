//! Nothing is declared that nobody names: the compiler does not tell of it where a library makes it public.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    imports::named,
    source::{Source, Token, sources},
};

/// The layers that are asked.
const LAYERS: &[&str] = &["src/model", "src/ui", "src/server/service", "src/server/db"];

/// What nobody but a test names, and why it stands all the same.
const EXCEPTIONS: &[(&str, &str)] = &[];

#[test]
fn whatever_is_public_is_named_by_something_that_is_no_test() {
    let dead = dead(&sources());
    let kept: BTreeSet<&str> = EXCEPTIONS.iter().map(|(name, _)| *name).collect();
    let unexpected: Vec<_> = dead.iter().filter(|(name, _)| !kept.contains(name.as_str())).collect();
    assert!(unexpected.is_empty(), "named by nobody, or by tests only: {unexpected:#?}");
    for (name, reason) in EXCEPTIONS {
        assert!(dead.contains_key(*name), "{name} is no exception any more ({reason})");
    }
}

/// Public names of the layers that are written nowhere but where they are declared, with their files.
fn dead(sources: &[Source]) -> BTreeMap<String, Vec<String>> {
    let mut declared: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut used = BTreeSet::new();
    for source in sources {
        let mut mute = declarations(&source.tokens);
        if LAYERS.iter().any(|layer| source.is_in(layer)) {
            for (at, is_public) in &mute {
                if let Some(name) = source.tokens[*at].word().filter(|_| *is_public) {
                    declared.entry(name.to_owned()).or_default().push(source.path.display().to_string());
                }
            }
        }
        mute.extend(imports_and_headers(&source.tokens).into_iter().map(|at| (at, false)));
        let words = source.tokens.iter().enumerate().filter(|(at, _)| !mute.contains_key(at));
        used.extend(words.filter_map(|(_, token)| token.word()).map(str::to_owned));
        // An import under another name is the use of the first.
        let renamed = named(&source.tokens).into_iter().filter_map(|named| {
            let last = named.path.last()?.clone();
            named.binds.is_some_and(|name| name != last && name != "*").then_some(last)
        });
        used.extend(renamed);
    }
    declared.retain(|name, _| !used.contains(name));
    declared
}

/// Where names are declared, and whether publicly.
fn declarations(tokens: &[Token]) -> BTreeMap<usize, bool> {
    let keywords = ["fn", "struct", "enum", "const", "static", "type", "trait"];
    let mut found = BTreeMap::new();
    for (at, two) in tokens.windows(2).enumerate() {
        let Some(name) = two[1].word() else { continue };
        if !two[0].word().is_some_and(|word| keywords.contains(&word)) || keywords.contains(&name) {
            continue;
        }
        let before: Vec<_> =
            tokens[at.saturating_sub(8)..at].iter().rev().take_while(|token| !ends_an_item(token)).collect();
        found.insert(at + 1, before.iter().any(|token| token.is("pub")));
    }
    found
}

fn ends_an_item(token: &Token) -> bool {
    [";", "{", "}", "]", ","].iter().any(|end| token.is(end))
}

/// Words that name something without using it: in an import, and as the type of an `impl`.
fn imports_and_headers(tokens: &[Token]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].is("use") && !tokens.get(at + 1).is_some_and(|next| next.is("<")) {
            while at < tokens.len() && !tokens[at].is(";") {
                found.insert(at);
                at += 1;
            }
        } else if tokens[at].is("impl") && (at == 0 || ends_an_item(&tokens[at - 1])) {
            let end =
                tokens[at..].iter().position(|token| token.is("{") || token.is(";")).map_or(tokens.len(), |n| at + n);
            let own = (at..end).find(|at| tokens[*at].is("for")).unwrap_or(at) + 1;
            let own = if tokens[own].is("<") { after_generics(tokens, own) } else { own };
            found.extend((own..end).take_while(|at| !tokens[*at].is("<")));
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

fn after_generics(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        depth += i32::from(token.is("<")) - i32::from(token.is(">"));
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

#[test]
fn a_name_that_only_its_declaration_and_tests_write_is_seen() {
    let sources = [
        Source::new(
            "src/model/a.rs",
            "pub struct Used; pub(crate) struct Decoy; impl Decoy { pub const fn lone() {} } impl Clone for Decoy {}
             pub const LIMIT: u8 = 1; #[cfg(test)] mod tests { fn f() { Decoy::lone() } }
             coded_enum! { pub enum Kind { A = \"a\", } }",
        ),
        Source::new("src/model/mod.rs", "pub use a::{Decoy, Used}; fn private() { let x: Used; }"),
    ];
    assert_eq!(dead(&sources).keys().collect::<Vec<_>>(), ["Decoy", "Kind", "LIMIT", "lone"]);
}

/// The compiler cannot ask this of server functions: the macro makes public structs of their arguments.
#[test]
fn whatever_the_api_makes_public_says_what_it_is() {
    let silent: Vec<String> =
        sources().iter().filter(|source| source.is_in("src/api")).flat_map(undocumented).collect();
    assert!(silent.is_empty(), "without a word of documentation: {silent:?}");
}

fn undocumented(source: &Source) -> Vec<String> {
    let tokens = &source.tokens;
    let public = declarations(tokens).into_iter().filter_map(|(at, is_public)| is_public.then_some(at));
    let silent = public.filter(|at| {
        let item = tokens[..*at].iter().rposition(|token| token.is("pub")).unwrap_or(*at);
        // Its attributes and comments stand between it and the end of what comes before.
        let before = tokens[..item].iter().rposition(|token| [";", "}"].iter().any(|end| token.is(end))).unwrap_or(0);
        !tokens[before..item].iter().any(|token| token.is("doc"))
    });
    silent.filter_map(|at| Some(format!("{} of {}", tokens[at].word()?, source.path.display()))).collect()
}

#[test]
fn a_public_item_that_says_nothing_is_seen() {
    let text =
        "/// Does it.\n#[server]\npub async fn told() {}\n#[server]\npub async fn silent(a: u8) {} fn private() {}";
    assert_eq!(undocumented(&Source::new("src/api/a.rs", text)), ["silent of src/api/a.rs"]);
}
