//! Who may import whom: layer by layer, and in the model domain by domain; and which other crates a layer may use.

use std::{collections::BTreeSet, fs};

use super::{
    imports::Crate,
    source::{Source, root, sources, sources_in},
};

/// A layer, by the folder of its files, and what its files may name of the crate.
const LAYERS: &[(&str, &[&str])] = &[
    ("src/model", &["model"]),
    ("src/api", &["model", "api", "server::request", "server::service"]),
    ("src/ui", &["model", "api", "ui"]),
    (
        "src/server/mail",
        &[
            "model",
            "server::mail",
            "ui::texts",
            "ui::format",
            "ui::lane_words",
            "ui::receipt_words",
            "ui::reminder_words",
            "ui::statement_words",
        ],
    ),
    (
        "src/server/documents",
        &[
            "model",
            "server::documents",
            "server::bounded",
            "ui::texts",
            "ui::format",
            "ui::receipt_words",
            "ui::account_words",
            "ui::audit_words",
            "ui::evidence_words",
            "ui::figure_words",
        ],
    ),
    (
        "src/server/push",
        &["model", "server::push", "server::random", "server::reach", "ui::texts", "ui::format", "ui::lane_words"],
    ),
    ("src/server/reach.rs", &["server::reach"]),
    ("src/server/webhooks.rs", &["model", "server::webhooks", "server::reach", "server::auth"]),
    ("src/server/certificates.rs", &["server::certificates"]),
    (
        "src/server/doctor",
        &[
            "model",
            "server::doctor",
            "server::certificates",
            "server::db",
            "server::http::health",
            "server::imap",
            "server::mail",
            "server::payments",
            "server::reach",
            "ui::texts",
        ],
    ),
    ("src/server/metrics.rs", &["server::metrics"]),
    ("src/server/traces.rs", &["server::reach", "server::traces"]),
    ("src/server/ares.rs", &["model"]),
    ("src/server/oidc.rs", &["model"]),
    ("src/server/teamviewer.rs", &["model"]),
    ("src/server/lmtp.rs", &["model", "server::lmtp", "server::app", "server::config", "server::service"]),
    ("src/server/imap.rs", &["model", "server::imap"]),
    ("src/server/imap", &["server::imap"]),
    ("src/server/inbox.rs", &["model", "server::inbox", "server::sheets"]),
    ("src/server/inbox", &["server::inbox"]),
    ("src/server/statements", &["model", "server::statements", "ui::texts", "ui::statement_words"]),
    ("src/server/payments", &["model", "server::payments", "server::clock", "server::random"]),
    ("src/server/jobs", &["model", "server::jobs", "server::app", "server::db", "server::service"]),
    ("src/server/live", &["model", "server::live", "server::db", "server::auth"]),
    ("src/server/sheets", &["model", "server::sheets"]),
    ("src/server/files", &["model", "server::files", "server::bounded", "server::sheets"]),
    ("src/server/backup", &["server::backup", "server::db"]),
    (
        "src/server/simulate",
        &[
            "model",
            "server::simulate",
            "server::app",
            "server::ares",
            "server::auth",
            "server::certificates",
            "server::clock",
            "server::db",
            "server::demo",
            "server::dice",
            "server::files",
            "server::imap",
            "server::jobs",
            "server::live",
            "server::mail",
            "server::metrics",
            "server::oidc",
            "server::payments",
            "server::push",
            "server::random",
            "server::reach",
            "server::service",
            "server::sheets",
            "server::statements",
            "server::teamviewer",
            "server::webhooks",
        ],
    ),
    ("src/server/auth", &["model", "server::auth", "server::bounded", "server::random"]),
    ("src/server/db", &["model", "server::db", "server::auth", "server::incident"]),
    (
        "src/server/service",
        &[
            "model",
            "server::service",
            "server::db",
            "server::auth",
            "server::app",
            "server::random",
            "server::clock",
            "server::mail",
            "server::documents",
            "server::files",
            "server::imap",
            "server::inbox",
            "server::incident",
            "server::oidc",
            "server::payments",
            "server::push",
            "server::sheets",
            "server::statements",
            "server::teamviewer",
            "server::webhooks",
        ],
    ),
];

/// The domains of the model in their order: each imports only what stands left of it.
///
/// `problem` is the sum of every domain's refusals and stands right of all.
pub const DOMAINS: &[&str] = &["base", "people", "line", "minutes", "ordering", "work", "money", "mails", "problem"];

/// The other crates that a layer may use; where several folders fit, the longest is asked.
const CRATES: &[(&str, &[&str])] = &[
    ("src/model", &["chrono", "chrono_tz", "rust_decimal", "serde", "thiserror", "uuid"]),
    ("src/api", &["chrono", "leptos", "serde", "uuid"]),
    ("src/ui", &["chrono", "leptos", "leptos_router"]),
    ("src/ui/components", &["chrono", "html_escape", "leptos", "leptos_meta", "qrcode"]),
    ("src/ui/islands", &["chrono", "js_sys", "leptos", "wasm_bindgen", "web_sys"]),
    ("src/ui/pages", &["chrono", "leptos", "leptos_meta", "leptos_router", "serde_urlencoded", "uuid"]),
    // The server's halves of the pages: what the request says, and the document around every page.
    ("src/ui/request.rs", &["axum", "chrono", "leptos", "leptos_axum", "leptos_router", "serde_urlencoded"]),
    ("src/ui/shell.rs", &["axum", "leptos", "leptos_axum", "leptos_meta"]),
    ("src/ui/texts.rs", &["fluent_bundle", "leptos", "serde", "tracing", "unic_langid"]),
    (
        "src/server/db",
        &["chrono", "hex", "rust_decimal", "serde", "serde_json", "sqlx", "thiserror", "tokio", "tracing", "uuid"],
    ),
    ("src/server/db/private", &["percent_encoding", "rustix", "sqlx", "thiserror", "tokio", "tracing"]),
    (
        "src/server/service",
        &[
            "chrono",
            "hex",
            "pulldown_cmark",
            "rust_decimal",
            "serde",
            "serde_json",
            "serde_urlencoded",
            "sha2",
            "thiserror",
            "tokio",
            "tracing",
            "uuid",
            "webauthn_rs",
        ],
    ),
];

#[test]
fn every_import_follows_an_allowed_arrow() {
    assert_none("forbidden arrows", &forbidden_arrows(&sources()));
}

#[test]
fn a_domain_of_the_model_imports_only_what_stands_left_of_it() {
    assert_none("arrows against the order of the domains", &arrows_against_the_order(&sources()));
}

#[test]
fn a_layer_uses_only_crates_of_its_own_kind() {
    assert_none("crates that have no business there", &foreign_crates(&sources(), &dependencies()));
}

#[test]
fn sql_stands_in_db_only() {
    // The demo is data, not a use case, and a simulation looks at the database past them.
    let exempt = ["src/server/db", "src/server/demo", "src/server/simulate", "src/tests"];
    let offenders: Vec<_> = sources_in("src")
        .into_iter()
        .filter(|source| !exempt.iter().any(|folder| source.is_in(folder)))
        .filter(|source| {
            source
                .tokens
                .windows(2)
                .any(|two| two[0].word().is_some_and(|word| word.starts_with("query")) && two[1].is("!"))
                || source.tokens.windows(4).any(|four| {
                    four[0].is("sqlx")
                        && four[1].is(":")
                        && four[3].word().is_some_and(|word| word.starts_with("query") || word == "raw_sql")
                })
        })
        .map(|source| source.path)
        .collect();
    assert!(offenders.is_empty(), "SQL outside of db: {offenders:?}");
}

/// Who may say of a text that is no constant that it is safe as SQL: it is put together of names of roles, numbers and addresses, and
/// of what a simulation breaks on purpose; of nothing that anybody typed.
#[test]
fn sql_is_put_together_of_our_own_words_only() {
    let known = ["src/server/db/connections.rs", "src/server/simulate/ground.rs", "src/server/simulate/invariants.rs"];
    let saying = sources().into_iter().filter(|source| source.tokens.iter().any(|token| token.is("AssertSqlSafe")));
    let found: Vec<String> = saying.map(|source| source.path.display().to_string()).collect();
    assert_eq!(found, known);
}

fn forbidden_arrows(sources: &[Source]) -> Vec<String> {
    let all = Crate::new(sources);
    let mut broken = BTreeSet::new();
    for (file, source) in sources.iter().enumerate() {
        let rules = LAYERS.iter().filter(|(folder, _)| source.is_in(folder));
        for (_, allowed) in rules {
            for (path, _) in all.paths(file) {
                let path = path.join("::");
                if !allowed.iter().any(|layer| path == *layer || path.starts_with(&format!("{layer}::"))) {
                    broken.insert(format!("{} names crate::{path}", source.path.display()));
                }
            }
        }
    }
    broken.into_iter().collect()
}

fn arrows_against_the_order(sources: &[Source]) -> Vec<String> {
    let domain = |source: &Source| {
        let name = source.module.get(1).filter(|_| source.is_in("src/model"))?;
        DOMAINS.iter().position(|domain| domain == name)
    };
    let imports = Crate::new(sources).imports();
    let mut broken = Vec::new();
    for (from, targets) in sources.iter().zip(&imports) {
        for to in targets.iter().map(|target| &sources[*target]) {
            if domain(from).zip(domain(to)).is_some_and(|(from, to)| from < to) {
                broken.push(format!("{} imports {}", from.path.display(), to.path.display()));
            }
        }
    }
    broken
}

fn foreign_crates(sources: &[Source], dependencies: &BTreeSet<String>) -> Vec<String> {
    let all = Crate::new(sources);
    let mut broken = Vec::new();
    for (file, source) in sources.iter().enumerate() {
        let rules = CRATES.iter().filter(|(folder, _)| source.is_in(folder));
        if let Some((_, allowed)) = rules.max_by_key(|(folder, _)| folder.len()) {
            let used = all.foreign_roots(file).into_iter().filter(|root| dependencies.contains(*root));
            for name in used.filter(|name| !allowed.contains(name)) {
                broken.push(format!("{} uses {name}", source.path.display()));
            }
        }
    }
    broken
}

/// The crates that `Cargo.toml` names, as the source spells them.
fn dependencies() -> BTreeSet<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let sections = manifest.split("\n[").filter(|section| section.starts_with("dependencies]"));
    let lines = sections.flat_map(str::lines).filter_map(|line| line.split_once(" = "));
    lines.map(|(name, _)| name.replace('-', "_")).collect()
}

fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn a_forbidden_arrow_is_seen_however_it_is_written() {
    let files = |service: &str| {
        [
            Source::new("src/lib.rs", "pub mod api; pub mod server; pub mod ui;"),
            Source::new("src/server/mod.rs", "pub mod http; pub mod service;"),
            Source::new("src/server/http.rs", ""),
            Source::new("src/server/service/mod.rs", service),
        ]
    };
    for arrow in ["use crate::{server::http};", "use super::http::{self};", "fn f() { crate::ui::texts::t() }"] {
        assert_eq!(forbidden_arrows(&files(arrow)).len(), 1, "{arrow}");
    }
    assert_eq!(forbidden_arrows(&files("use super::{db, clock::Clock};")), Vec::<String>::new());
}

#[test]
fn an_arrow_against_the_order_is_seen_even_through_a_name_that_is_handed_on() {
    let files = |ids: &str| {
        [
            Source::new("src/model/mod.rs", "pub mod base; pub mod work;"),
            Source::new("src/model/base/mod.rs", "pub mod ids;"),
            Source::new("src/model/base/ids.rs", ids),
            Source::new("src/model/work/mod.rs", "mod segments; pub use segments::Segment;"),
            Source::new("src/model/work/segments.rs", "use super::super::base::ids::Id; pub struct Segment;"),
            Source::new("src/model/problem.rs", "use super::work::Segment;"),
        ]
    };
    assert_eq!(arrows_against_the_order(&files("pub struct Id;")), Vec::<String>::new());
    assert_eq!(
        arrows_against_the_order(&files("use crate::model::work::Segment;")),
        ["src/model/base/ids.rs imports src/model/work/segments.rs"]
    );
    assert_eq!(arrows_against_the_order(&files("type P = super::super::problem::Problem;")).len(), 1);
}

#[test]
fn a_crate_in_the_wrong_layer_is_seen() {
    let dependencies = BTreeSet::from(["axum", "leptos", "sqlx", "chrono"].map(str::to_owned));
    for (path, text) in [
        ("src/server/service/a.rs", "use axum::http::StatusCode;"),
        ("src/server/service/a.rs", "fn f() -> sqlx::Result<()> {}"),
        ("src/model/a.rs", "use {chrono::Utc, leptos::prelude::*};"),
    ] {
        assert_eq!(foreign_crates(&[Source::new(path, text)], &dependencies).len(), 1, "{path}: {text}");
    }
    assert!(dependencies.iter().all(|name| self::dependencies().contains(name)), "the manifest is read");
}
