//! Security events: each is written once, with who and from where.

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use linka::{
    model::{
        people::members::{Capabilities, StaffRole},
        problem::Problem,
    },
    server::{
        auth::{events::TARGET, tokens},
        db::MIGRATIONS,
        service::people::accounts,
    },
};
use reqwest::{Method, header};
use sqlx::PgPool;
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    subscriber::{DefaultGuard, set_default},
};
use tracing_subscriber::{
    Layer, Registry,
    layer::{Context, SubscriberExt},
};

use super::sign_in::{PASSWORD, client, world};
use crate::support::{Place, Site, World};

/// Every statement that changes who may do what, where documents and mails go, or who is trusted: the file of `db`, which is
/// that of the service too or a part of it unless the use case names another one, the function, and the use cases that report it.
const CHANGES: &[(&str, &str, &[&str])] = &[
    ("ordering/imports/customers.rs", "adopt", &["settle"]),
    ("ordering/imports/customers.rs", "insert", &["settle"]),
    ("ordering/imports/customers.rs", "update", &["settle"]),
    ("ordering/imports/customers.rs", "set_addresses", &["settle"]),
    ("ordering/imports/keeping.rs", "update", &["settle"]),
    ("ordering/imports/vendor.rs", "adopt", &["settle"]),
    ("ordering/imports/vendor.rs", "insert", &["settle"]),
    ("ordering/imports/vendor.rs", "update", &["settle"]),
    ("ordering/imports/vendor.rs", "set_addresses", &["settle"]),
    ("people/customers.rs", "complete_address", &["money/purchases.rs::complete_address"]),
    ("people/customers.rs", "insert", &["add"]),
    ("people/customers.rs", "update", &["save"]),
    ("people/customers.rs", "block", &["block"]),
    ("people/customers.rs", "unblock", &["unblock"]),
    ("people/customers.rs", "set_active", &["set_active"]),
    ("people/customers.rs", "set_trusted", &["set_trusted"]),
    ("people/members.rs", "insert", &["add"]),
    ("people/members.rs", "update", &["save", "set_active"]),
    ("people/members.rs", "add_login", &["add", "save"]),
    ("people/members.rs", "set_address", &["save"]),
    ("people/passwords.rs", "use_link", &["choose"]),
    ("people/passwords.rs", "set", &["change"]),
    ("people/registrations.rs", "note_founded", &["open"]),
    ("people/registrations.rs", "nod", &["nod"]),
    ("people/staff.rs", "insert", &["add"]),
    ("people/staff.rs", "update", &["save", "set_active"]),
    ("people/staff.rs", "stays", &["set_active"]),
    ("people/staff.rs", "set_address", &["change_address"]),
];

/// What changes none of that, though it writes to one of these tables.
const HARMLESS: &[(&str, &str)] = &[
    ("people/accounts.rs", "save_language"),
    ("ordering/exports.rs", "name_everything"),
    ("people/members.rs", "note_invited_in_vain"),
];

#[test]
fn every_statement_that_changes_rights_addresses_or_trust_belongs_to_a_use_case_that_reports_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/server");
    let read =
        |file: &Path| std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut found = Vec::new();
    for entry in walk(&root.join("db")) {
        let text = read(&entry);
        let name = entry.strip_prefix(root.join("db")).expect("a file of db").display().to_string();
        let mut function = "";
        for line in text.lines() {
            if let Some((_, rest)) = line.split_once("fn ") {
                function = rest.split(['(', '<']).next().unwrap_or_default();
            }
            let is_write = ["update ", "insert into ", "delete from "].iter().any(|verb| {
                let written = line.split(verb).nth(1).and_then(|rest| rest.split([' ', '"']).next());
                matches!(written, Some("customer" | "member" | "staff" | "login"))
            });
            if is_write && !HARMLESS.contains(&(name.as_str(), function)) {
                found.push((name.clone(), function.to_owned()));
                found.dedup();
            }
        }
    }
    let named: Vec<_> =
        CHANGES.iter().map(|(file, function, _)| ((*file).to_owned(), (*function).to_owned())).collect();
    assert_eq!(found, named, "a change of rights, address or trust is a security event: report it, and name it here");
    let use_cases = CHANGES.iter().flat_map(|(file, _, use_cases)| use_cases.iter().map(move |name| (*file, *name)));
    for (file, name) in use_cases {
        let (service, function) = name.split_once("::").unwrap_or((file, name));
        let own = root.join("service").join(service);
        let whole = own.parent().map(|folder| folder.with_extension("rs")).unwrap_or_default();
        let text = read(if own.exists() { &own } else { &whole });
        let called = text.split(&format!("fn {function}(")).nth(1).unwrap_or_else(|| panic!("{function} in {service}"));
        let body = called.split("\n}\n").next().unwrap_or_default();
        let commit = body.find(".commit()").unwrap_or_else(|| panic!("{function} is a transaction"));
        assert!(body[commit..].contains("record("), "{function} reports what was done, after it was");
    }
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

type Fields = BTreeMap<&'static str, String>;

/// The security events of this test.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<Fields>>>);

impl Written {
    fn listen() -> (Self, DefaultGuard) {
        let written = Self::default();
        let guard = set_default(Registry::default().with(written.clone()));
        (written, guard)
    }

    /// Those since it was last asked.
    fn take(&self) -> Vec<Fields> {
        std::mem::take(&mut *self.0.lock().expect("events"))
    }
}

impl<S: Subscriber> Layer<S> for Written {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == TARGET {
            let mut fields = Read::default();
            event.record(&mut fields);
            self.0.lock().expect("events").push(fields.0);
        }
    }
}

#[derive(Default)]
struct Read(Fields);

impl Visit for Read {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

struct Scene {
    world: World,
    place: Place,
    site: Site,
    written: Written,
    _guard: DefaultGuard,
}

impl Scene {
    async fn new(pool: PgPool) -> (Self, String) {
        let (world, place, email) = world(pool).await;
        let (written, guard) = Written::listen();
        let site = Site::serve(world.app.clone()).await;
        (Self { world, place, site, written, _guard: guard }, email)
    }

    /// What was written: one event of this kind, from here.
    fn one(&self, kind: &str) -> Fields {
        let written = self.written.take();
        assert_eq!(written.len(), 1, "{written:?}");
        let event = written.into_iter().next().expect("one");
        assert_eq!(event["event"], kind);
        event
    }

    async fn sign_in(&self, email: &str, password: &str) -> u16 {
        self.site.post("/api/sign-in", "", "/sign-in", &[("email", email), ("password", password)]).await.status
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn signing_in_rightly_wrongly_and_too_often_is_written_once_each(pool: PgPool) {
    let (scene, email) = Scene::new(pool).await;
    assert_eq!(scene.sign_in(&email, PASSWORD).await, 303);
    let right = scene.one("signed_in");
    assert_eq!((right["subject"].as_str(), right["address"].as_str()), ("login 1", "127.0.0.1"));

    assert_eq!(scene.sign_in(&email, "spatne heslo 1234").await, 401);
    assert_eq!(scene.one("sign_in_failed")["subject"], "login 1");
    assert_eq!(scene.sign_in("moje.tajne.heslo", "spatne heslo 1234").await, 401);
    let unknown = scene.one("sign_in_failed");
    assert!(unknown["subject"].starts_with("account ") && !unknown["subject"].contains("heslo"), "{unknown:?}");
    // Whoever tries words against the log needs the key of the installation.
    let guessed = hex::encode(&tokens::sha256(b"moje.tajne.heslo")[..8]);
    assert!(!unknown["subject"].contains(&guessed), "{unknown:?}");
    assert_eq!(scene.sign_in("Moje.Tajne.Heslo ", "spatne heslo 1234").await, 401);
    assert_eq!(scene.one("sign_in_failed")["subject"], unknown["subject"], "tries on one account are known as such");

    for _ in 0..9 {
        assert_eq!(scene.sign_in(&email, "spatne heslo 1234").await, 401);
    }
    scene.written.take();
    assert_eq!(scene.sign_in(&email, PASSWORD).await, 429);
    let throttled = scene.one("sign_in_throttled");
    assert_eq!((throttled["subject"].as_str(), throttled["address"].as_str()), ("login 1", "127.0.0.1"));
    accounts::unlock(&scene.world.app, &email).await.expect("unlocked");
    assert_eq!(scene.one("sign_in_unlocked")["subject"], "login 1");
    assert_eq!(scene.sign_in(&email, PASSWORD).await, 303);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_is_turned_away_is_written_once_with_who_it_was(pool: PgPool) {
    let (scene, _) = Scene::new(pool).await;
    let colleague = scene.world.member(scene.place.customer, Capabilities::NONE).await;
    let login = colleague.session().expect("a session").login.to_string();
    let cookie = scene.world.cookie(&colleague).await;
    // A page, a server function as a program asks it, and a form that is answered with its page.
    assert_eq!(scene.site.get("/desk", &cookie).await.status, 403);
    assert_eq!(scene.one("forbidden")["login"], login);
    let call = scene.site.request(Method::GET, "/api/desk/customers").header(header::COOKIE, &cookie);
    assert_eq!(scene.site.send(call).await.expect("an answer").status, 403);
    let event = scene.one("forbidden");
    assert_eq!((event["login"].as_str(), event["address"].as_str()), (login.as_str(), "127.0.0.1"));
    let fields = [("customer", "1"), ("trusted", "true")];
    assert_eq!(scene.site.post("/api/desk/set-trusted", &cookie, "/account", &fields).await.status, 403);
    assert_eq!(scene.one("forbidden")["login"], login);

    let foreign = scene.site.request(Method::POST, "/api/sign-out").header("sec-fetch-site", "cross-site");
    assert_eq!(scene.site.send(foreign.header(header::COOKIE, &cookie)).await.expect("an answer").status, 403);
    assert_eq!(scene.one("cross_site_refused")["address"], "127.0.0.1");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn changes_of_address_and_of_trust_are_written_once_with_who_made_them(pool: PgPool) {
    let (scene, _) = Scene::new(pool).await;
    let manager = scene.world.staff(StaffRole::Manager).await;
    let login = manager.session().expect("a session").login.to_string();
    let cookie = scene.world.cookie(&manager).await;
    let customer = scene.place.customer.to_string();
    let page = format!("/desk/customers/{customer}");
    let address = [
        ("customer", customer.as_str()),
        ("name", "Škola"),
        ("street", "Lipová 5"),
        ("city", "Plzeň"),
        ("postal_code", "30100"),
    ];
    assert_eq!(scene.site.post("/api/desk/save-customer", &cookie, &page, &address).await.status, 303);
    let event = scene.one("address_changed");
    assert_eq!((event["login"].as_str(), event["subject"].as_str()), (login.as_str(), "customer 1"));
    for (trusted, kind) in [("true", "trust_given"), ("false", "trust_taken")] {
        let fields = [("customer", customer.as_str()), ("trusted", trusted)];
        assert_eq!(scene.site.post("/api/desk/set-trusted", &cookie, &page, &fields).await.status, 303);
        let event = scene.one(kind);
        assert_eq!((event["login"].as_str(), event["subject"].as_str()), (login.as_str(), "customer 1"));
    }
    // What was refused has not happened.
    let nobody = [("customer", "999"), ("trusted", "true")];
    assert_eq!(scene.site.post("/api/desk/set-trusted", &cookie, &page, &nobody).await.status, 404);
    assert_eq!(scene.written.take(), Vec::<Fields>::new());
    assert_eq!(accounts::sign_out(&scene.world.app, &client(None), &manager).await, Ok::<_, Problem>(()));
}

/// An address, the fields that are sent to it, and the event that this is.
type Step = (&'static str, &'static [(&'static str, &'static str)], &'static str);

/// What a manager sends, one after the other, and the event that comes of it. `{…}` stands for who is meant.
const STEPS: &[Step] = &[
    ("desk/add-customer", &[("name", "Jiná škola"), ("key", "{key}")], "address_changed"),
    (
        "desk/save-customer",
        &[
            ("customer", "{customer}"),
            ("name", "Škola"),
            ("street", "Lipová 5"),
            ("city", "Plzeň"),
            ("postal_code", "30100"),
        ],
        "address_changed",
    ),
    ("desk/set-trusted", &[("customer", "{customer}"), ("trusted", "true")], "trust_given"),
    ("desk/set-trusted", &[("customer", "{customer}"), ("trusted", "false")], "trust_taken"),
    ("desk/block-customer", &[("customer", "{customer}"), ("reason", "Po splatnosti")], "customer_blocked"),
    ("desk/unblock-customer", &[("customer", "{customer}")], "customer_unblocked"),
    ("registrations/confirm", &[("customer", "{customer}")], "customer_confirmed"),
    (
        "tokens/make-for",
        &[("customer", "{customer}"), ("program", "{program}"), ("scopes[read]", "true"), ("key", "{key}")],
        "token_made",
    ),
    (
        "members/add",
        &[
            ("customer", "{customer}"),
            ("name", "Jana Nová"),
            ("email", "jana.nova@skola.cz"),
            ("signs_in", "true"),
            ("capabilities[order]", "true"),
            ("key", "{key}"),
        ],
        "member_added",
    ),
    (
        "members/save",
        &[
            ("customer", "{customer}"),
            ("member", "{member}"),
            ("name", "Jana Nová"),
            ("email", "jana.nova@skola.cz"),
            ("signs_in", "true"),
            ("capabilities[manage]", "true"),
        ],
        "member_changed",
    ),
    ("members/new-link", &[("customer", "{customer}"), ("member", "{member}")], "password_link_made"),
    ("members/end-sessions", &[("customer", "{customer}"), ("member", "{member}")], "sessions_ended"),
    ("members/forget-factor", &[("customer", "{customer}"), ("member", "{member}")], "factor_removed"),
    ("members/unlock", &[("customer", "{customer}"), ("member", "{member}")], "sign_in_unlocked"),
    ("members/set-active", &[("customer", "{customer}"), ("member", "{member}"), ("active", "false")], "member_left"),
    (
        "members/set-active",
        &[("customer", "{customer}"), ("member", "{member}"), ("active", "true")],
        "member_returned",
    ),
    (
        "staff/invite",
        &[("name", "Zora"), ("email", "zora@example.com"), ("roles[dispatcher]", "true")],
        "staff_invited",
    ),
    ("staff/save", &[("person", "{person}"), ("name", "Zora"), ("roles[manager]", "true")], "staff_changed"),
    ("staff/change-address", &[("person", "{person}"), ("email", "zora.nova@example.com")], "staff_address_changed"),
    ("staff/new-link", &[("person", "{person}")], "password_link_made"),
    ("staff/end-sessions", &[("person", "{person}")], "sessions_ended"),
    ("staff/forget-factor", &[("person", "{person}")], "factor_removed"),
    ("staff/unlock", &[("person", "{person}")], "sign_in_unlocked"),
    ("staff/set-active", &[("person", "{person}"), ("active", "false")], "staff_left"),
    ("staff/set-active", &[("person", "{person}"), ("active", "true")], "staff_returned"),
    ("desk/set-customer-active", &[("customer", "{customer}"), ("active", "false")], "customer_left"),
    ("desk/set-customer-active", &[("customer", "{customer}"), ("active", "true")], "customer_returned"),
];

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_change_of_rights_address_and_trust_is_written_once_with_who_made_it_and_from_where(pool: PgPool) {
    let (scene, _) = Scene::new(pool).await;
    let manager = scene.world.staff(StaffRole::Manager).await;
    let login = manager.session().expect("a session").login.to_string();
    let cookie = scene.world.cookie(&manager).await;
    let customer = scene.place.customer.to_string();
    for (function, fields, event) in STEPS {
        let latest = async |table: &str| scene.world.id(&format!("select max(id) from {table}")).await.to_string();
        let (member, person) = (latest("member").await, latest("staff").await);
        let program = scene.world.program.to_string();
        let key = scene.world.app.random.uuid().to_string();
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| match *value {
                "{customer}" => (*name, customer.as_str()),
                "{member}" => (*name, member.as_str()),
                "{person}" => (*name, person.as_str()),
                "{program}" => (*name, program.as_str()),
                "{key}" => (*name, key.as_str()),
                value => (*name, value),
            })
            .collect();
        let answer = scene.site.post(&format!("/api/{function}"), &cookie, "/desk/customers", &fields).await;
        assert_eq!(answer.status, 303, "{function}: {}", answer.body);
        let written = scene.one(event);
        assert_eq!(
            (written["login"].as_str(), written["address"].as_str()),
            (login.as_str(), "127.0.0.1"),
            "{function}"
        );
        assert!(written.contains_key("subject"), "{function} says whom it is about");
    }
}
