//! What a file names of the crate and of others: its imports, with their braces multiplied out, and paths in its text.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Source, Token};

/// A path as it is written, from its first word on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub path: Vec<String>,
    /// The inline modules around it.
    inside: Vec<String>,
    /// The name that an import gives it here; none for a path in the text, `*` for everything.
    pub binds: Option<String>,
    /// `pub use`: it is handed on.
    pub handed_on: bool,
}

/// Every path that a file names.
pub fn named(tokens: &[Token]) -> Vec<Named> {
    let mut all = Vec::new();
    let mut modules: Vec<(String, usize)> = Vec::new();
    let (mut at, mut depth) = (0, 0);
    while at < tokens.len() {
        let inside = || modules.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        match &tokens[at..] {
            [Token::Word(r#mod), Token::Word(name), Token::Sign('{'), ..] if r#mod == "mod" => {
                depth += 1;
                modules.push((name.clone(), depth));
                at += 3;
                continue;
            }
            // `use<'_>` in a type is no import.
            [Token::Word(r#use), next, ..] if r#use == "use" && !next.is("<") => {
                let handed_on = at > 0 && (tokens[at - 1].is("pub") || tokens[at - 1].is(")"));
                let mut leaves = Vec::new();
                at += 1 + use_tree(&tokens[at + 1..], &[], &mut leaves);
                all.extend(leaves.into_iter().map(|(path, binds)| Named {
                    path,
                    inside: inside(),
                    binds: Some(binds),
                    handed_on,
                }));
                continue;
            }
            [Token::Word(_), Token::Sign(':'), Token::Sign(':'), ..] if !is_continued(tokens, at) => {
                let path = plain_path(&tokens[at..]);
                at += path.len() * 3 - 2;
                all.push(Named { path, inside: inside(), binds: None, handed_on: false });
                continue;
            }
            [Token::Sign('{'), ..] => depth += 1,
            [Token::Sign('}'), ..] => {
                if modules.last().is_some_and(|(_, opened)| *opened == depth) {
                    modules.pop();
                }
                depth -= 1;
            }
            _ => {}
        }
        at += 1;
    }
    all
}

/// Whether the word goes on with a path, or with `$crate`, which names where a macro is and not who uses it.
fn is_continued(tokens: &[Token], at: usize) -> bool {
    (at > 0 && tokens[at - 1].is("$")) || (at > 1 && tokens[at - 1].is(":") && tokens[at - 2].is(":"))
}

fn plain_path(tokens: &[Token]) -> Vec<String> {
    let mut path = vec![tokens[0].word().unwrap_or_default().to_owned()];
    let mut rest = &tokens[1..];
    while let [Token::Sign(':'), Token::Sign(':'), Token::Word(word), ..] = rest {
        path.push(word.clone());
        rest = &rest[3..];
    }
    path
}

/// Reads one tree of an import; returns how many tokens it took.
fn use_tree(tokens: &[Token], prefix: &[String], leaves: &mut Vec<(Vec<String>, String)>) -> usize {
    let mut path = prefix.to_vec();
    let mut at = 0;
    loop {
        match &tokens[at..] {
            [Token::Sign(':'), ..] => at += 1,
            [Token::Sign('*'), ..] => {
                leaves.push((path, "*".to_owned()));
                return at + 1;
            }
            [Token::Sign('{'), ..] => {
                at += 1;
                while !tokens[at].is("}") {
                    at += if tokens[at].is(",") { 1 } else { use_tree(&tokens[at..], &path, leaves) };
                }
                return at + 1;
            }
            [Token::Word(r#as), Token::Word(name), ..] if r#as == "as" => {
                leaves.push((path, name.clone()));
                return at + 2;
            }
            [Token::Word(word), ..] => {
                // `{self}` names the path before it.
                if word != "self" || path.is_empty() {
                    path.push(word.clone());
                }
                at += 1;
                if !matches!(tokens.get(at), Some(Token::Sign(':')))
                    && !tokens.get(at).is_some_and(|token| token.is("as"))
                {
                    let name = path.last().cloned().unwrap_or_default();
                    leaves.push((path, name));
                    return at;
                }
            }
            _ => return at.max(1),
        }
    }
}

/// The crate as files that name one another.
pub struct Crate<'a> {
    pub sources: &'a [Source],
    modules: BTreeMap<&'a [String], usize>,
    named: Vec<Vec<Named>>,
    children: Vec<BTreeSet<&'a str>>,
    /// What each file's imports bind, as paths from the crate's root.
    bindings: Vec<BTreeMap<String, Vec<String>>>,
}

impl<'a> Crate<'a> {
    pub fn new(sources: &'a [Source]) -> Self {
        let modules = sources.iter().enumerate().map(|(at, source)| (source.module.as_slice(), at)).collect();
        let named: Vec<_> = sources.iter().map(|source| named(&source.tokens)).collect();
        let children = sources.iter().map(|source| declared_modules(&source.tokens)).collect();
        let mut all = Self { sources, modules, named, children, bindings: Vec::new() };
        all.bindings = (0..sources.len())
            .map(|file| {
                let imports = all.named[file].iter().filter_map(|named| Some((named.binds.clone()?, named)));
                imports.filter_map(|(name, named)| Some((name, all.rooted_at(file, named)?))).collect()
            })
            .collect();
        all
    }

    /// The paths that a file names within the crate, from its root, and whether it only hands them on.
    pub fn paths(&self, file: usize) -> impl Iterator<Item = (Vec<String>, bool)> {
        self.named[file].iter().filter_map(move |named| {
            let path = self.rooted_at(file, named).or_else(|| {
                let (first, rest) = named.path.split_first()?;
                let bound = self.bindings[file].get(first).filter(|_| named.binds.is_none())?;
                Some([bound.as_slice(), rest].concat())
            })?;
            Some((path, named.handed_on))
        })
    }

    /// The first words of paths that are not the crate's own: other crates, and local names.
    pub fn foreign_roots(&self, file: usize) -> BTreeSet<&str> {
        let foreign = self.named[file].iter().filter(|named| self.rooted_at(file, named).is_none());
        foreign.filter_map(|named| named.path.first().map(String::as_str)).collect()
    }

    /// Which files each file imports. What a parent merely hands on is no import of the parent: whoever names it through
    /// the parent imports the file that declares it.
    pub fn imports(&self) -> Vec<BTreeSet<usize>> {
        (0..self.sources.len())
            .map(|file| {
                let own = self.paths(file).filter(|(_, handed_on)| !handed_on);
                own.filter_map(|(path, _)| self.declaring_file(&path, 0)).filter(|target| *target != file).collect()
            })
            .collect()
    }

    /// The file in which the thing at a path is declared.
    fn declaring_file(&self, path: &[String], followed: usize) -> Option<usize> {
        let (file, rest) =
            (0..=path.len()).rev().find_map(|end| Some((*self.modules.get(&path[..end])?, &path[end..])))?;
        let Some((name, rest)) = rest.split_first() else { return Some(file) };
        match self.bindings[file].get(name) {
            Some(bound) if followed < 8 && bound.as_slice() != path => {
                self.declaring_file(&[bound.as_slice(), rest].concat(), followed + 1)
            }
            _ => Some(file),
        }
    }

    fn rooted_at(&self, file: usize, named: &Named) -> Option<Vec<String>> {
        let source = &self.sources[file];
        let mut base = [source.module.as_slice(), &named.inside].concat();
        let mut path = named.path.as_slice();
        match path.first()?.as_str() {
            "crate" => return Some(path[1..].to_vec()),
            "self" => path = &path[1..],
            "super" => {
                while path.first().is_some_and(|word| word == "super") {
                    base.pop();
                    path = &path[1..];
                }
            }
            child if named.inside.is_empty() && self.children[file].contains(child) => {}
            _ => return None,
        }
        base.extend_from_slice(path);
        Some(base)
    }
}

fn declared_modules(tokens: &[Token]) -> BTreeSet<&str> {
    let declarations = tokens.windows(3).filter_map(|three| match three {
        [Token::Word(r#mod), Token::Word(name), Token::Sign(';')] if r#mod == "mod" => Some(name.as_str()),
        _ => None,
    });
    declarations.collect()
}

#[test]
fn braces_of_imports_are_multiplied_out() {
    let source = Source::new(
        "src/a.rs",
        "use crate::{model::ids, server::{db::{self, Tx as T}, http::*}}; pub(crate) use super::x; fn f() { y::z::<u8>() }",
    );
    let named: Vec<_> =
        named(&source.tokens).into_iter().map(|named| (named.path.join("::"), named.binds, named.handed_on)).collect();
    let import = |path: &str, name: &str| (path.to_owned(), Some(name.to_owned()), false);
    assert_eq!(
        named,
        [
            import("crate::model::ids", "ids"),
            import("crate::server::db", "db"),
            import("crate::server::db::Tx", "T"),
            import("crate::server::http", "*"),
            ("super::x".to_owned(), Some("x".to_owned()), true),
            ("y::z".to_owned(), None, false),
        ]
    );
}

#[test]
fn a_name_that_is_handed_on_leads_to_the_file_that_declares_it() {
    let sources = [
        Source::new("src/lib.rs", "mod shop; mod till;"),
        Source::new("src/shop/mod.rs", "mod shelf; pub use shelf::Shelf;"),
        Source::new("src/shop/shelf.rs", "pub struct Shelf;"),
        Source::new("src/till.rs", "use crate::shop; fn f(s: shop::Shelf) { super::shop::shelf::g() }"),
    ];
    let imports = Crate::new(&sources).imports();
    assert_eq!(imports[1], BTreeSet::new(), "it only hands it on");
    assert_eq!(imports[3], BTreeSet::from([1, 2]), "itself by name, and what it hands on");
}
