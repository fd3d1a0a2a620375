//! What the vendor says of its line in its own words.

use linka::{
    model::{
        base::{bilingual::Bilingual, seen::Seen},
        line::public_text::PUBLIC_TEXT_MAX,
        people::members::StaffRole,
        problem::{FieldCode, FieldProblem, Problem},
    },
    server::{db::MIGRATIONS, service::line::public_text},
};
use sqlx::PgPool;

use crate::support::{Site, World};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn everybody_reads_it_in_their_language_and_nothing_of_it_runs(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let site = Site::serve(world.app.clone()).await;
    let shows = async |cookie: &str, text: &str| site.get("/", cookie).await.body.contains(text);
    assert!(!shows("", "Co je dobré vědět").await, "there is nothing to know yet");

    let text = |cs: &str, en: &str| Bilingual { cs: cs.into(), en: en.into() };
    let czech =
        "# Než zavoláte\r\n\r\nMějte **číslo** smlouvy.\r\n\r\n- [návod](javascript:alert(1))\r\n- <b>tučně</b>";
    public_text::save(&world.app, &manager, &text(czech, ""), &Seen::default()).await.expect("saved");
    for shown in ["Co je dobré vědět", "<h3>Než zavoláte", "<strong>číslo", "<li>návod", "&lt;b&gt;tučně&lt;/b&gt;"]
    {
        assert!(shows("", shown).await, "{shown}");
    }
    assert!(!shows("", "javascript:alert").await);
    assert!(shows("linka-language=en", "Než zavoláte").await, "nobody has written it in English");
    public_text::save(&world.app, &manager, &text(czech, "# Before you call"), &Seen::default()).await.expect("saved");
    assert!(shows("linka-language=en", "<h3>Before you call").await);
    assert!(!shows("linka-language=en", "Než zavoláte").await);

    let long = "á".repeat(PUBLIC_TEXT_MAX + 1);
    let refused = public_text::save(&world.app, &manager, &text(&long, &long), &Seen::default()).await;
    let wrong = |field: &str| FieldProblem::new(field, FieldCode::TooLong);
    assert_eq!(refused, Err(Problem::Invalid { fields: vec![wrong("text_cs"), wrong("text_en")] }));
    let kept = public_text::page(&world.app, &manager).await.expect("the page").typed;
    assert_eq!(kept.en, "# Before you call", "what was refused changes nothing");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_public_page_offers_staff_nothing_to_order(pool: PgPool) {
    let world = World::new(pool).await;
    let site = Site::serve(world.app.clone()).await;
    let offers = async |cookie: &str| site.get("/line", cookie).await.body.contains("Objednat vzdálený zásah");
    assert!(offers("").await, "whoever is not signed in may be a customer");
    let cookie = world.cookie(&world.staff(StaffRole::Manager).await).await;
    assert!(!offers(&cookie).await, "it would lead them to a refusal");
}
