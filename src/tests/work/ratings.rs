//! What customers say of the work: by the link of a mail, once.

use chrono::TimeDelta;
use linka::{
    model::{
        base::{fields::FieldCode, ids::MailId},
        mails::MailContent,
        people::members::StaffRole,
        problem::Problem,
        work::figures::{Figure, FiguresKind, Step},
    },
    server::{
        auth::tokens::Token,
        db::MIGRATIONS,
        service::{
            mails,
            work::{cases, closing, figures, ratings},
        },
    },
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{Site, Work, World};

/// Work that is done, and the link that its mail carries.
struct Done {
    world: World,
    work: Work,
    link: Uuid,
    secret: String,
}

impl Done {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        let place = world.place("A").await;
        let work = world.work_under_way(&place, 1, 30).await.remove(0);
        let key = world.app.random.uuid();
        closing::close(&world.app, &work.technician, work.number, "Opraveno.", Some(true), key).await.expect("closed");
        let pool = world.app.db.pool();
        let written = sqlx::query_scalar("select content from mail where kind = 'closed'").fetch_one(pool).await;
        let content: MailContent = serde_json::from_value(written.expect("a mail")).expect("its content");
        let MailContent::Closed { rating: Some(link), .. } = content else { panic!("no link") };
        let key: Vec<u8> = sqlx::query_scalar("select key from installation_key").fetch_one(pool).await.expect("a key");
        let (link, secret) = (link.id, Token::of_link(&key, link.id).to_hex());
        Self { world, work, link, secret }
    }

    async fn rate(&self, score: &str, words: &str) -> Result<(), Problem> {
        ratings::rate(&self.world.app, (self.link, &self.secret), score, words).await
    }

    async fn agree(&self) -> Result<(), Problem> {
        ratings::agree(&self.world.app, (self.link, &self.secret)).await
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_intervention_is_rated_once_by_whoever_has_its_mail(pool: PgPool) {
    let done = Done::new(pool).await;
    let wrong = |field: &str, code| Err(Problem::field(field, code));
    assert_eq!(done.rate("", "").await, wrong("score", FieldCode::Missing));
    assert_eq!(done.rate("6", "").await, wrong("score", FieldCode::OutOfRange));
    for _ in 0..2 {
        done.rate("4", "Rychle a v klidu.").await.expect("rated");
    }
    assert_eq!(done.rate("1", "").await, Err(Problem::Conflict), "it is said once");
    let page = ratings::page(&done.world.app, done.link, &done.secret).await.expect("a page");
    assert_eq!((page.rated, page.agreed_at, page.is_over), (Some(4), None, false));
    let desk = done.world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
    let feedback = cases::page(&done.world.app, &desk, done.work.number).await.expect("a page").feedback;
    let rating = feedback[0].rating.as_ref().expect("a rating");
    assert_eq!((rating.score, rating.words.as_str()), (4, "Rychle a v klidu."), "the desk reads it");
    let change = sqlx::query("insert into rating select * from rating").execute(done.world.app.db.pool()).await;
    assert!(change.is_err(), "the database keeps one");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_link_is_good_with_its_secret_and_for_sixty_days(pool: PgPool) {
    let done = Done::new(pool).await;
    let app = &done.world.app;
    for secret in ["", "x", &"0".repeat(64), &done.secret[..62]] {
        assert_eq!(ratings::page(app, done.link, secret).await.map(drop), Err(Problem::NotFound), "{secret}");
        assert_eq!(ratings::rate(app, (done.link, secret), "5", "").await, Err(Problem::NotFound));
        assert_eq!(ratings::agree(app, (done.link, secret)).await, Err(Problem::NotFound));
    }
    let other = ratings::page(app, app.random.uuid(), &done.secret).await.map(drop);
    assert_eq!(other, Err(Problem::NotFound), "a secret is of one link");
    app.clock.advance(TimeDelta::days(60));
    assert_eq!(done.rate("5", "").await, Err(Problem::Conflict));
    assert_eq!(done.agree().await, Err(Problem::Conflict));
    assert!(ratings::page(app, done.link, &done.secret).await.expect("a page").is_over);
    assert_eq!(done.world.id("select count(*) from rating").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_receipt_is_agreed_to_by_the_same_link(pool: PgPool) {
    let done = Done::new(pool).await;
    done.agree().await.expect("agreed");
    let at = done.world.app.clock.now();
    done.world.app.clock.advance(TimeDelta::minutes(5));
    done.agree().await.expect("again");
    let page = ratings::page(&done.world.app, done.link, &done.secret).await.expect("a page");
    assert_eq!((page.agreed_at, page.rated), (Some(at), None), "the first one counts");
    let desk = done.world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
    let feedback = cases::page(&done.world.app, &desk, done.work.number).await.expect("a page").feedback;
    assert_eq!(feedback[0].agreed_at, Some(at));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_link_of_who_was_let_go_says_nothing_more(pool: PgPool) {
    let done = Done::new(pool).await;
    let app = &done.world.app;
    ratings::page(app, done.link, &done.secret).await.expect("a page");
    sqlx::query("update member set active = false").execute(app.db.pool()).await.expect("let go");
    assert_eq!(ratings::page(app, done.link, &done.secret).await.map(drop), Err(Problem::NotFound));
    assert_eq!(done.rate("1", "").await, Err(Problem::NotFound));
    assert_eq!(done.agree().await, Err(Problem::NotFound), "who is not of the customer agrees to nothing in its name");
    assert_eq!(done.world.id("select count(*) from receipt_agreement").await, 0);
}

/// Without signing in, as a browser does it.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_page_works_without_signing_in(pool: PgPool) {
    let done = Done::new(pool).await;
    let site = Site::serve(done.world.app.clone()).await;
    let page = format!("/rating?link={}&token={}", done.link, done.secret);
    let shown = site.get(&page, "").await;
    assert!(shown.status == 200 && shown.body.contains("Jak jsme vám pomohli"), "{}", shown.body);
    assert!(!shown.body.contains("<script src"), "it needs no script");
    let link = done.link.to_string();
    let fields = |score| [("link", link.as_str()), ("secret", done.secret.as_str()), ("score", score)];
    let refused = site.post("/api/rating/rate", "", &page, &fields("")).await;
    assert!(refused.status == 422 && refused.body.contains("Vyberte, jak jste byli spokojeni"), "{}", refused.body);
    let rated = site.post("/api/rating/rate", "", &page, &fields("5")).await;
    assert_eq!((rated.status, rated.location.as_deref()), (303, Some(page.as_str())), "{}", rated.body);
    let agree = [("link", link.as_str()), ("secret", done.secret.as_str())];
    assert_eq!(site.post("/api/rating/agree", "", &page, &agree).await.status, 303);
    let shown = site.get(&page, "").await.body.replace('\u{a0}', " ");
    assert!(shown.contains("ohodnotili jste nás 5 z 5") && shown.contains("S vyúčtováním jste souhlasili"), "{shown}");
    assert_eq!(site.get("/rating", "").await.status, 404);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_mail_carries_its_links_and_the_figures_count_what_is_said(pool: PgPool) {
    let done = Done::new(pool).await;
    let app = &done.world.app;
    let id = done.world.id("select id from mail where kind = 'closed'").await;
    let mail = mails::page_of_demo(app, MailId(id)).await.expect("a mail");
    let path = format!("/rating?link={}&token={}", done.link, done.secret);
    for wanted in ["Ohodnotit zásah", "S vyúčtováním souhlasím", "Nesouhlasím", path.as_str()] {
        assert!(mail.text.replace('\u{a0}', " ").contains(wanted), "{wanted}: {}", mail.text);
    }
    assert!(mail.html.contains(&done.secret), "{}", mail.html);
    let kept: String = sqlx::query_scalar("select content::text from mail where kind = 'closed'")
        .fetch_one(app.db.pool())
        .await
        .expect("a mail");
    assert!(!kept.contains(&done.secret), "no mail that waits holds a secret");
    done.rate("4", "").await.expect("rated");
    let desk = done.world.staff(StaffRole::Manager).await.desk().expect("a manager");
    let page = figures::page(app, &desk, None, None, Some(Step::Month)).await.expect("the figures");
    let minutes = page.tables.iter().find(|table| table.kind == FiguresKind::Minutes).expect("the table");
    assert_eq!(minutes.total.of(Figure::Rated), Some(1));
    assert_eq!(minutes.total.of(Figure::PleasedShare), Some(100));
}
