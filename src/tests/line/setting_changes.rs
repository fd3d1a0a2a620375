//! Settings from a day on: what was shown is what is billed, or the person is asked again.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use linka::{
    model::{
        base::{
            calendar::{LineStatus, midnight, to_local},
            numbers::{InterventionRef, RequestNumber},
            terms::Urgency,
        },
        line::setting_changes::{ChangeState, SettingValues, SettingsPage},
        people::members::StaffRole,
        problem::Problem,
        work::segments::SegmentKind,
    },
    server::{
        app::App,
        auth::{Manager, Orderer},
        db::{MIGRATIONS, line::catalogue},
        service::{
            line::{public_page, setting_changes},
            ordering::{drafts, requests},
            work::{clock, closing, receipts},
        },
    },
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{World, at, short_or_long};

async fn manager(world: &World) -> Manager {
    world.staff(StaffRole::Manager).await.manager().expect("a manager")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Plans a change and shows it first, as the pages do.
pub(super) async fn change(
    app: &App,
    manager: &Manager,
    page: SettingsPage,
    from: &str,
    values: &str,
) -> Result<Uuid, Problem> {
    let values: SettingValues = values.parse().expect("values");
    let seen = setting_changes::preview(app, manager, page, Some(date(from)), values).await?;
    setting_changes::make(app, manager, seen.id, seen.from, &seen.new, &seen.old).await?;
    setting_changes::make(app, manager, seen.id, seen.from, &seen.new, &seen.old)
        .await
        .expect("the form that came twice");
    Ok(seen.id)
}

/// What a minute costs a customer without a contract at an instant, as far as is known now.
async fn rate_at(app: &App, at: DateTime<Utc>) -> i64 {
    let mut tx = app.db.staff().await.expect("a transaction");
    let settings = catalogue::settings_known(&mut tx, at, app.clock.now()).await.expect("settings");
    settings.list_rate_per_minute.haler()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_change_holds_from_its_day_on_and_can_be_withdrawn_before(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    let prices = SettingsPage::Prices;
    let id = change(app, &manager, prices, "2026-12-01", "list_rate_per_minute=2800").await.expect("planned");
    assert_eq!(rate_at(app, at("2026-11-30T23:59:59+01:00")).await, 2_500);
    assert_eq!(rate_at(app, at("2026-12-01T00:00:00+01:00")).await, 2_800);
    let page = setting_changes::page(app, &manager, prices).await.expect("the page");
    assert_eq!((page.changes.len(), page.changes[0].state), (1, ChangeState::Coming));
    assert_eq!(
        page.now.to_string(),
        "minimum_with_contract=20;minimum_one_off=30;proforma_days=14;invoice_days=14;write_off_limit=1000;list_rate_per_minute=2500"
    );

    setting_changes::withdraw(app, &manager, prices, id).await.expect("withdrawn");
    setting_changes::withdraw(app, &manager, prices, id).await.expect("the form that came twice");
    assert_eq!(rate_at(app, at("2026-12-01T00:00:00+01:00")).await, 2_500);

    let at_once = change(app, &manager, prices, "2026-11-23", "list_rate_per_minute=2600").await.expect("at once");
    assert_eq!(rate_at(app, app.clock.now()).await, 2_600);
    assert_eq!(rate_at(app, app.clock.now() - TimeDelta::seconds(1)).await, 2_500, "not before");
    assert_eq!(setting_changes::withdraw(app, &manager, prices, at_once).await, Err(Problem::Conflict));
    assert_eq!(change(app, &manager, prices, "2026-11-22", "list_rate_per_minute=1").await, Err(Problem::NotFound));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_was_shown_something_else_is_asked_again(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    let page = SettingsPage::Line;
    let values: SettingValues = "hold_minutes=15".parse().expect("values");
    let seen =
        setting_changes::preview(app, &manager, page, Some(date("2026-12-01")), values).await.expect("a preview");
    assert_eq!((seen.old.to_string().as_str(), seen.at_once), ("hold_minutes=10", false));
    change(app, &manager, page, "2026-11-30", "hold_minutes=12").await.expect("somebody else was faster");
    let made = setting_changes::make(app, &manager, seen.id, seen.from, &seen.new, &seen.old).await;
    assert_eq!(made, Err(Problem::Conflict));
    let again = setting_changes::preview(app, &manager, page, Some(seen.from), seen.new).await.expect("a preview");
    assert_eq!(again.old.to_string(), "hold_minutes=12");
    // Of two who were shown the same and confirm it at once, one is asked again.
    let make = async |id| setting_changes::make(app, &manager, id, again.from, &again.new, &again.old).await;
    let (one, other) = tokio::join!(make(Uuid::from_u128(1)), make(Uuid::from_u128(2)));
    let outcomes = [one, other];
    assert_eq!(outcomes.iter().filter(|made| made.is_ok()).count(), 1, "{outcomes:?}");
    assert!(outcomes.contains(&Err(Problem::Conflict)), "{outcomes:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn each_day_has_the_hours_that_will_hold_on_it(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "06:00", "20:00").await;
    world.without_reserve().await;
    let (app, manager) = (&world.app, manager(&world).await);
    let orderer = world.place("Škola").await.boss.may_order().expect("an orderer");
    change(app, &manager, SettingsPage::Line, "2026-11-30", "opens=540;closes=720").await.expect("planned");
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let on = |day: &str| -> Vec<String> {
        let day = date(day);
        let local = starts.iter().map(|start| to_local(*start));
        local.filter(|start| start.date() == day).map(|start| start.format("%H:%M").to_string()).collect()
    };
    let (before, after) = (on("2026-11-27"), on("2026-11-30"));
    assert_eq!((before.first().map(String::as_str), before.last().map(String::as_str)), (Some("07:00"), Some("14:30")));
    assert_eq!((after.first().map(String::as_str), after.last().map(String::as_str)), (Some("09:00"), Some("11:00")));
    let status = public_page::page(app).await.expect("the page").status;
    assert_eq!(status, LineStatus::Open { until: at("2026-11-23T15:30:00+01:00") });
    app.clock.advance(at("2026-11-30T12:30:00+01:00") - app.clock.now());
    let status = public_page::page(app).await.expect("the page").status;
    assert!(matches!(status, LineStatus::Closed { .. }), "{status:?}");
    // One end alone can never stand on the wrong side of the other, not even once a change between is withdrawn.
    let opens = change(app, &manager, SettingsPage::Line, "2026-12-10", "closes=1000").await.expect("planned");
    change(app, &manager, SettingsPage::Line, "2026-12-11", "opens=900").await.expect("planned");
    let withdrawn = setting_changes::withdraw(app, &manager, SettingsPage::Line, opens).await;
    assert_eq!(withdrawn, Err(Problem::Conflict));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_shorter_later_was_promised_longer_before(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let (app, manager) = (&world.app, manager(&world).await);
    let orderer = world.place("Škola").await.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("agreed");
    let said = async || {
        let page = requests::page(app, &orderer, number).await.expect("the page");
        page.change.map(|change| (change.cut_off, change.moves_left)).expect("it can be changed")
    };
    let promised = said().await;
    app.clock.advance(TimeDelta::hours(1));
    change(app, &manager, SettingsPage::Line, "2026-11-23", "cutoff_normal_minutes=480;max_moves=0")
        .await
        .expect("now");
    assert_eq!(said().await, promised, "what was said when it was agreed is kept to");
}

/// Orders, works on it for as long and tells for how much the customer was told, and was billed, a minute.
async fn order(world: &World, orderer: &Orderer) -> (RequestNumber, i64) {
    let order = world.order(orderer, Urgency::Normal).await;
    let start = world.starts(orderer, order).await[0];
    world.pick(orderer, order, start).await.expect("a hold");
    let shown = drafts::summary(&world.app, orderer, order).await.expect("the last look").estimate;
    let typed = drafts::LastLook { ceiling_minutes: "", shown: Some(&shown.as_shown()), ..Default::default() };
    let number = drafts::confirm(&world.app, orderer, order, typed).await.expect("agreed");
    (number, shown.rate.haler())
}

/// Works on requests whose times begin together, and tells what each was billed a minute.
async fn billed(world: &World, numbers: &[RequestNumber]) -> Vec<i64> {
    let app = &world.app;
    let start = "select extract(epoch from min(lower(during)))::bigint from appointment where state = 'confirmed'";
    let start = DateTime::from_timestamp(world.id(start).await, 0).expect("an instant");
    app.clock.advance(start - app.clock.now());
    let mut rates = Vec::new();
    let mut technicians = Vec::new();
    for number in numbers {
        let technician = world.technician_of(*number).await;
        clock::start(app, &technician, *number, Some(SegmentKind::Work), app.random.uuid()).await.expect("started");
        technicians.push(technician);
    }
    app.clock.advance(TimeDelta::minutes(25));
    for (number, technician) in numbers.iter().zip(&technicians) {
        closing::close(app, technician, *number, "Tisk funguje.", Some(true), app.random.uuid()).await.expect("closed");
        let rate =
            "select i.rate_per_minute from intervention i join service_request r on r.id = i.request_id where r.number";
        rates.push(world.id(&format!("{rate} = '{number}'")).await);
    }
    rates
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_shown_is_billed_whatever_changes_between_order_and_closing(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    world.without_reserve().await;
    let (app, manager) = (&world.app, manager(&world).await);
    let place = world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let (number, shown) = order(&world, &orderer).await;
    app.clock.advance(TimeDelta::minutes(5));
    change(app, &manager, SettingsPage::Prices, "2026-11-23", "minimum_one_off=60;list_rate_per_minute=9900")
        .await
        .expect("changed");
    let (later, shown_later) = order(&world, &orderer).await;
    assert_eq!((shown, shown_later), (2_500, 9_900));
    assert_eq!(billed(&world, &[number, later]).await, [shown, shown_later]);
    let receipt = receipts::page(app, &place.boss, InterventionRef { number, ordinal: 1 }).await.expect("the receipt");
    assert_eq!((receipt.receipt.bill.minimum, receipt.receipt.bill.billed), (30, 30), "the minimum that was shown");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_price_that_is_known_to_come_is_shown_for_a_time_after_it(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    world.without_reserve().await;
    let (app, manager) = (&world.app, manager(&world).await);
    let orderer = world.place("Škola").await.boss.may_order().expect("an orderer");
    let id =
        change(app, &manager, SettingsPage::Prices, "2026-11-24", "list_rate_per_minute=2800").await.expect("planned");
    let (number, shown) = order(&world, &orderer).await;
    assert_eq!(shown, 2_800, "the first normal time is after it");
    app.clock.advance(TimeDelta::minutes(1));
    setting_changes::withdraw(app, &manager, SettingsPage::Prices, id).await.expect("withdrawn");
    assert_eq!(billed(&world, &[number]).await, [2_800], "what was shown is billed");
}

/// Random histories of one setting against a reference that keeps a list: what holds when, as far as it was known when.
/// A change: from when on it holds, since when and until when it is known, the minutes that it says, and its id.
type Made = (DateTime<Utc>, DateTime<Utc>, Option<DateTime<Utc>>, i64, Uuid);

#[sqlx::test(migrator = "MIGRATIONS")]
async fn random_histories_of_settings_are_what_a_list_says(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    let mut seed = 33_u64;
    let mut below = |end: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % end
    };
    let days = |count: u64| TimeDelta::days(i64::try_from(count).expect("few days"));
    let mut made: Vec<Made> = Vec::new();
    let mut asked: Vec<DateTime<Utc>> = vec![app.clock.now()];
    for _ in 0..short_or_long(40, 400) {
        app.clock.advance(TimeDelta::minutes(i64::try_from(1 + below(2_000)).expect("few minutes")));
        let now = app.clock.now();
        asked.push(now);
        if below(10) < 3 && !made.is_empty() {
            let one = usize::try_from(below(made.len() as u64)).expect("a place");
            let withdrawn = setting_changes::withdraw(app, &manager, SettingsPage::Line, made[one].4).await;
            let (valid_from, _, until, ..) = made[one];
            assert_eq!(withdrawn.is_ok(), until.is_some() || valid_from > now);
            if withdrawn.is_ok() && until.is_none() {
                made[one].2 = Some(now);
            }
        } else {
            let from = to_local(now).date() + days(below(20));
            let minutes = i64::try_from(1 + below(60)).expect("few minutes");
            let id = change(app, &manager, SettingsPage::Line, &from.to_string(), &format!("hold_minutes={minutes}"))
                .await
                .expect("made");
            made.push((midnight(from).max(now), now, None, minutes, id));
        }
    }
    let mut tx = app.db.staff().await.expect("a transaction");
    for _ in 0..200 {
        let mut one_of =
            |instants: &[DateTime<Utc>]| instants[usize::try_from(below(instants.len() as u64)).expect("a place")];
        let (at, known) = (one_of(&asked), one_of(&asked));
        let at = at + days(below(20));
        let seen = made.iter().filter(|(from, since, until, ..)| {
            *from <= at && *since <= known && until.is_none_or(|until| until > known)
        });
        let expected = seen.max_by_key(|(from, since, ..)| (*from, *since)).map_or(10, |change| change.3);
        let settings = catalogue::settings_known(&mut tx, at, known).await.expect("settings");
        assert_eq!(i64::from(settings.hold_minutes), expected, "at {at}, known at {known}");
    }
}
