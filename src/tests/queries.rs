//! The queries that `.sqlx` says were prepared: each is described by the database as it was when it was prepared, and is
//! still written somewhere. A query that was never prepared fails the build itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use linka::server::db::MIGRATIONS;
use proc_macro2::{TokenStream, TokenTree};
use serde::Deserialize;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Executor, PgPool, SqlSafeStr};

/// What is kept of a query.
#[derive(Deserialize)]
struct Prepared {
    query: String,
    describe: Value,
}

const RENEW: &str = "scripts/prepare-queries renews .sqlx";

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_prepared_query_fits_the_schema(pool: PgPool) {
    let prepared = prepared();
    assert!(prepared.len() > 100, "{} queries", prepared.len());
    let mut faults = Vec::new();
    for (file, Prepared { query, describe }) in &prepared {
        match pool.describe(AssertSqlSafe(query.clone()).into_sql_str()).await {
            Err(error) => faults.push(format!("{file}: {error}\n{query}")),
            Ok(found) => {
                let mut found = serde_json::to_value(found).expect("a description");
                // Behind an outer join sqlx reads from the plan what may be null, and a plan is the planner's to change. There the
                // names say it, `"name?"` or `"name!"`, or the Rust type does.
                if query.contains("left join") {
                    found["nullable"] = describe["nullable"].clone();
                }
                if found != *describe {
                    faults.push(format!("{file}: prepared as {describe}, but is {found}\n{query}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{RENEW}; out of date are:\n{}", faults.join("\n\n"));
}

#[test]
fn every_prepared_query_is_written_somewhere() {
    let mut literals = BTreeSet::new();
    for folder in ["src", "benches"] {
        literals_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut literals);
    }
    let stale = prepared().into_iter().filter(|(_, prepared)| !is_written(&prepared.query, &literals, 2));
    let stale: Vec<String> = stale.map(|(file, _)| file).collect();
    assert!(stale.is_empty(), "{RENEW}; nothing asks what is in:\n{}", stale.join("\n"));
}

/// As one string, or as those that a macro of ours joins, at `joints` places at most.
fn is_written(query: &str, literals: &BTreeSet<String>, joints: u8) -> bool {
    let goes_on =
        |start: &String| query.strip_prefix(start.as_str()).is_some_and(|rest| is_written(rest, literals, joints - 1));
    literals.contains(query) || joints > 0 && literals.iter().any(|start| !start.is_empty() && goes_on(start))
}

/// By the names of the files.
fn prepared() -> BTreeMap<String, Prepared> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let files = fs::read_dir(folder).expect(".sqlx").map(|entry| entry.expect("a file").path());
    files
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a file");
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, serde_json::from_str(&text).expect("a prepared query"))
        })
        .collect()
}

/// Every string that stands in the Rust sources below a folder.
fn literals_below(folder: &Path, literals: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            literals_below(&path, literals);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path).expect("a source");
            literals_in(source.parse().expect("tokens"), literals);
        }
    }
}

fn literals_in(tokens: TokenStream, literals: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => literals_in(group.stream(), literals),
            TokenTree::Literal(literal) => {
                if let Ok(string) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                    literals.insert(string.value());
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}
