//! The source as tokens: comments and texts are out of the way, and what a macro is given looks like everything else.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One word or sign of the source. Brackets are signs too, so that a pattern of a few tokens is found anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Word(String),
    Sign(char),
    Literal,
}

impl Token {
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    pub fn is(&self, text: &str) -> bool {
        match self {
            Self::Word(word) => word == text,
            Self::Sign(sign) => text.len() == 1 && text.starts_with(*sign),
            Self::Literal => false,
        }
    }
}

/// A file of the crate, without what is compiled for tests only.
#[derive(Debug)]
pub struct Source {
    /// From the root of the repository: `src/model/base/ids.rs`.
    pub path: PathBuf,
    /// The module that it is: `["model", "base", "ids"]`.
    pub module: Vec<String>,
    pub tokens: Vec<Token>,
}

impl Source {
    pub fn new(path: impl Into<PathBuf>, text: &str) -> Self {
        let path = path.into();
        let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        let inner = path.strip_prefix("src").unwrap_or(&path).with_extension("");
        let mut module: Vec<String> =
            inner.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        if module.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
            module.pop();
        }
        Self { path, module, tokens }
    }

    /// Whether it stands under a folder.
    pub fn is_in(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }
}

/// What the crate is made of, tests aside.
pub fn sources() -> Vec<Source> {
    sources_in("src").into_iter().filter(|source| !is_for_tests(&source.path)).collect()
}

/// Every file of a folder, those for tests too.
pub fn sources_in(folder: &str) -> Vec<Source> {
    rust_files(Path::new(folder)).into_iter().map(|path| Source::new(&path, &read(&path))).collect()
}

/// By the names that such files have here.
fn is_for_tests(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests")
        || path.file_stem().is_some_and(|stem| stem == "tests" || stem == "fixtures")
}

pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the source") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path.strip_prefix(root()).expect("a file of the source").to_owned());
            }
        }
    }
    assert!(!files.is_empty(), "{} has no source", folder.display());
    files.sort();
    files
}

pub fn read(file: &Path) -> String {
    fs::read_to_string(root().join(file)).expect("a file of the source")
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        match tree {
            TokenTree::Punct(sign) if sign.as_char() == '#' && trees.peek().is_some_and(is_cfg_test) => {
                skip_item(&mut trees);
            }
            TokenTree::Punct(sign) => tokens.push(Token::Sign(sign.as_char())),
            TokenTree::Ident(word) => tokens.push(Token::Word(word.to_string().trim_start_matches("r#").to_owned())),
            TokenTree::Literal(_) => tokens.push(Token::Literal),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ('{', '}'),
                    Delimiter::Bracket => ('[', ']'),
                    Delimiter::Parenthesis | Delimiter::None => ('(', ')'),
                };
                tokens.push(Token::Sign(open));
                flatten(group.stream(), tokens);
                tokens.push(Token::Sign(close));
            }
        }
    }
}

fn is_cfg_test(tree: &TokenTree) -> bool {
    let TokenTree::Group(group) = tree else { return false };
    group.delimiter() == Delimiter::Bracket && group.stream().to_string().replace(' ', "") == "cfg(test)"
}

/// The rest of an item whose attribute says that it is for tests: up to its semicolon or its body.
fn skip_item(trees: &mut impl Iterator<Item = TokenTree>) {
    let mut is_import = false;
    for tree in trees {
        match tree {
            TokenTree::Ident(word) if word == "use" => is_import = true,
            TokenTree::Punct(sign) if sign.as_char() == ';' => return,
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !is_import => return,
            _ => {}
        }
    }
}

#[test]
fn what_is_for_tests_and_what_is_said_in_comments_is_left_out() {
    let text = r#"
        //! crate::a
        const TEXT: &str = "crate::b";
        #[cfg(test)]
        use crate::{c, d};
        #[cfg(test)]
        mod tests { use crate::e; }
        fn f() { view! { <p>{crate::g()}</p> } }
    "#;
    let words: Vec<_> =
        Source::new("src/x.rs", text).tokens.iter().filter_map(Token::word).map(str::to_owned).collect();
    assert_eq!(words, ["doc", "const", "TEXT", "str", "fn", "f", "view", "p", "crate", "g", "p"]);
}
