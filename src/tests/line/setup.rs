//! What a vendor sets: what is missing, what stands on the pages, and what of the demo's does not.

use std::sync::Arc;

use chrono::TimeDelta;
use futures::future::join_all;
use linka::{
    model::{
        base::{
            ids::{BundleId, ProgramId, PurchaseId},
            money::Money,
            seen::Seen,
        },
        line::{
            limits::LimitsForm,
            notice::NoticeForm,
            setting_changes::SettingsPage,
            setup::{SetupItem, SetupState},
        },
        money::{purchases::PaymentMethod, supplier::SupplierForm},
        people::{access::Access, customers::Address, members::StaffRole},
        problem::{FieldCode, Problem},
    },
    server::{
        app::AppSettings,
        db::MIGRATIONS,
        service::{
            line::{limits, notice, setup},
            money::{purchases, supplier},
        },
    },
    ui::routes::PAGES,
};
use sqlx::PgPool;

use super::setting_changes::change;
use crate::support::{Site, World, typed_purchase};

/// What only the demo has: its company, account, regions, numbers, prices, programs.
const OF_THE_DEMO: &[&str] = &[
    "Linka software",
    "Klatovská",
    "12345679",
    "2000145399",
    "@linka.example",
    "fakturace@",
    "377\u{a0}4",
    "377 4",
    "3774",
    "Jihozápad",
    "Severovýchod",
    "25\u{202f}Kč",
    "25\u{a0}Kč",
    "25 Kč",
    "1\u{202f}380",
    "1\u{a0}380",
    "6\u{202f}300",
    "Stravné",
    "Jídelníček",
    "linka-demo-heslo",
    "Horní",
];

/// A database on which a vendor has just started the server.
async fn fresh(pool: PgPool) -> World {
    let mut world = World::bare(pool).await;
    world.app.settings = Arc::new(AppSettings { https: false, demo: false, behind_proxy: false, proxy_header: None });
    world
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_new_installation_is_told_what_is_missing_until_nothing_is(pool: PgPool) {
    let world = fresh(pool).await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let state = async |item| {
        let page = setup::page(&world.app, &manager).await.expect("a page");
        page.rows.iter().find(|row| row.item == item).expect("a row").state
    };
    use SetupItem::{Company, People, Plans, Prices, Programs, Regions, WorkTypes};
    for item in [Company, People, Plans, Prices, Programs, Regions, WorkTypes] {
        assert_eq!(state(item).await, SetupState::Missing, "{item}");
    }
    world.sql("insert into skill values ('programs', 'Programy')").await;
    world.sql("insert into program (name) values ('Knihovna')").await;
    world
        .sql(
            "insert into work_type (name, minutes_from, minutes_to, slot_minutes, plannable, skill)
             values ('Oprava', 20, 45, 60, false, 'programs')",
        )
        .await;
    world.technicians(1, "07:00", "15:30").await;
    for item in [People, Plans, Programs, WorkTypes] {
        assert_eq!(state(item).await, SetupState::Done, "{item}");
    }
    // As managers set it: from a day on.
    let price = async |from: &str, value: &str| {
        let values = format!("list_rate_per_minute={value}");
        change(&world.app, &manager, SettingsPage::Prices, from, &values).await.expect("a price")
    };
    price("2026-12-01", "3100").await;
    assert_eq!(state(Prices).await, SetupState::Missing, "not before its day");
    price("2026-11-23", "3000").await;
    assert_eq!(state(Prices).await, SetupState::Done);
    for retired in ["program", "work_type"] {
        world.sql(&format!("update {retired} set active = false")).await;
    }
    for item in [Programs, WorkTypes] {
        assert_eq!(state(item).await, SetupState::Missing, "what is not offered any more counts no more: {item}");
    }
    world.sql("update work_type set active = true").await;
    world.sql("update staff set active = false where name = 'T0'").await;
    assert_eq!(state(People).await, SetupState::Missing, "nobody is left who knows it");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_of_the_demo_stands_on_a_page_or_document_of_a_vendor(pool: PgPool) {
    let mut world = fresh(pool).await;
    let caller = world.staff(StaffRole::Manager).await;
    let (manager, signed_in) = (caller.manager().expect("a manager"), world.cookie(&caller).await);
    // Without a second factor, nothing would be shown but where one is turned on.
    world.sql("insert into authenticator select id, '12345678901234567890', now(), now() from login").await;
    let site = Site::serve(world.app.clone()).await;
    let look = async |path: &str, cookie: &str| {
        let answer = site.get(path, cookie).await;
        for word in OF_THE_DEMO {
            assert!(!answer.body.contains(word), "{path} says {word:?}");
        }
        assert!(answer.status < 500, "{path}: {}", answer.status);
    };
    for page in PAGES.iter().filter(|page| !page.path.contains('{')) {
        look(page.path, "").await;
        look(page.path, &signed_in).await;
    }
    assert!(PAGES.iter().any(|page| page.access == Access::Manager), "there is something to look at");

    let form = SupplierForm {
        name: "Knihovní programy s.r.o.".into(),
        ico: "27074358".into(),
        address: Address {
            street: "Dlouhá 1".into(),
            city: "Brno".into(),
            postal_code: "60200".into(),
            dic: "CZ27074358".into(),
        },
        register: "Krajský soud v Brně, oddíl C, vložka 1".into(),
        email: "doklady@knihovny.cz".into(),
        account: "86-199488014/0300".into(),
        confirmed: true,
        ..SupplierForm::default()
    };
    supplier::save(&world.app, &manager, &form, &Seen::default()).await.expect("saved");
    let bundle =
        "insert into bundle (minutes, price, validity_months, position) values (90, 99900, 12, 1) returning id";
    let bundle = BundleId(world.id(bundle).await);
    world.program = ProgramId(world.id("insert into program (name) values ('Knihovna') returning id").await);
    let buyer = world.place("Městská knihovna").await.boss.may_buy().expect("a buyer");
    let id = PurchaseId(world.app.random.uuid());
    let typed = typed_purchase("1", PaymentMethod::Transfer, Money::from_haler(120_879));
    purchases::buy(&world.app, &buyer, id, bundle, &typed).await.expect("a purchase");
    let content = "select count(*) from tax_document where content::text like '%' || $1 || '%'";
    for word in OF_THE_DEMO {
        let found: i64 = sqlx::query_scalar(content).bind(word).fetch_one(world.app.db.pool()).await.expect("a number");
        assert_eq!(found, 0, "{word}");
    }
    let ours: i64 =
        sqlx::query_scalar(content).bind("27074358").fetch_one(world.app.db.pool()).await.expect("a number");
    assert_eq!(ours, 1, "the document is the vendor's");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_notice_stands_on_every_page_in_the_readers_language_until_its_end(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let site = Site::serve(world.app.clone()).await;
    let shows = async |path: &str, cookie: &str, text: &str| site.get(path, cookie).await.body.contains(text);
    let typed = NoticeForm {
        text_cs: "Výpadek <b>skladu</b>, víme o tom.".into(),
        text_en: "The stock is down, we know.".into(),
        starts_at: "2026-11-23T09:00".into(),
        ends_at: "2026-11-23T12:00".into(),
    };
    notice::put(&world.app, &manager, &typed, &Seen::default()).await.expect("put up");
    assert!(!shows("/", "", "víme o\u{a0}tom").await, "it is 8:00");
    world.app.clock.advance(TimeDelta::hours(1));
    for path in ["/", "/sign-in", "/bundles", "/no-such-page"] {
        assert!(shows(path, "", "Výpadek &lt;b&gt;skladu&lt;/b&gt;, víme o\u{a0}tom.").await, "{path}");
    }
    assert!(shows("/", "linka-language=en", "The stock is down, we know.").await);
    // What another process has put up is seen as soon as this one asks again.
    world.sql("update site_notice set text_cs = 'Skladu se daří lépe.'").await;
    assert!(!shows("/", "", "daří lépe").await, "it was read a moment ago");
    world.app.clock.advance(TimeDelta::seconds(11));
    assert!(shows("/", "", "daří lépe").await);
    world.app.clock.advance(TimeDelta::hours(3));
    assert!(!shows("/", "", "daří lépe").await, "it is over");
    let past = notice::put(&world.app, &manager, &typed, &Seen::default()).await;
    assert_eq!(past, Err(Problem::field("ends_at", FieldCode::OutOfRange)));
    notice::remove(&world.app, &manager).await.expect("taken down");
    assert_eq!(notice::page(&world.app, &manager).await.expect("a page").notice, None);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn everybody_who_opens_the_public_page_at_once_gets_its_description(pool: PgPool) {
    let site = Site::serve(World::new(pool).await.app.clone()).await;
    for answer in join_all((0..4).map(|_| site.get("/", ""))).await {
        let (head, body) = answer.body.split_once("</head>").expect("a head");
        assert_eq!(head.matches(r#"<meta name="description" content="Objednejte"#).count(), 1, "{head}");
        assert!(body.contains("<h1"), "{body}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_notice_from_now_that_is_sent_twice_meets_no_colleague(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let typed = NoticeForm {
        text_cs: "Výpadek skladu.".into(),
        text_en: "The stock is down.".into(),
        starts_at: String::new(),
        ends_at: "2026-11-23T12:00".into(),
    };
    let nothing = Seen::of(&NoticeForm::default().fields());
    notice::put(&world.app, &manager, &typed, &nothing).await.expect("put up");
    let first = notice::page(&world.app, &manager).await.expect("a page").notice;
    world.app.clock.advance(TimeDelta::minutes(2));
    notice::put(&world.app, &manager, &typed, &nothing).await.expect("it is there already");
    assert_eq!(notice::page(&world.app, &manager).await.expect("a page").notice, first, "since the first time");
    let other = NoticeForm { text_cs: "Sklad zase jde.".into(), ..typed };
    let refused = notice::put(&world.app, &manager, &other, &nothing).await;
    assert!(
        matches!(&refused, Err(Problem::ChangedMeanwhile(changed)) if changed.fields == ["text_cs"]),
        "{refused:?}"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_manager_changes_the_limits_within_their_bounds(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let form = limits::form(&world.app, &manager).await.expect("the limits");
    assert_eq!(form.holds, "3");
    let typed = LimitsForm { holds: "5".into(), ..form };
    limits::save(&world.app, &manager, &typed, &Seen::default()).await.expect("saved");
    assert_eq!(limits::form(&world.app, &manager).await, Ok(typed.clone()));
    let refused =
        limits::save(&world.app, &manager, &LimitsForm { holds: "0".into(), ..typed.clone() }, &Seen::default()).await;
    assert_eq!(refused, Err(Problem::field("holds", FieldCode::OutOfRange)));
    let past_the_form = sqlx::query("update line_limit set holds = 100001").execute(world.app.db.pool()).await;
    assert!(past_the_form.is_err_and(|error| error.to_string().contains("limits_are_limits")));
    assert_eq!(limits::form(&world.app, &manager).await, Ok(typed), "what was refused changes nothing");
}
