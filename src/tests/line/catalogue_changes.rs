//! The catalogue from a day on: what was shown is what is ordered, or the person is asked again.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use linka::{
    model::{
        base::{
            calendar::{midnight, to_local},
            fields::FieldCode,
            numbers::RequestNumber,
            terms::Urgency,
        },
        line::{
            catalogue_changes::{CatalogueRow, CatalogueTerms},
            setting_changes::ChangeState,
            work_types::TypedRules,
        },
        ordering::offers::Slot,
        people::members::StaffRole,
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            MIGRATIONS,
            line::catalogue,
            locks::{self, Lock},
        },
        service::{
            line::{catalogue_changes, work_types},
            ordering::{drafts, requests},
        },
    },
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{World, at, short_or_long};

async fn manager(world: &World) -> Manager {
    world.staff(StaffRole::Manager).await.manager().expect("a manager")
}

/// The local day of now.
pub(super) fn today(app: &App) -> NaiveDate {
    to_local(app.clock.now()).date()
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn terms(text: &str) -> CatalogueTerms {
    text.parse().expect("terms")
}

/// Plans a change and shows it first, as the pages do.
pub(super) async fn change_from(
    app: &App,
    manager: &Manager,
    row: &CatalogueRow,
    from: NaiveDate,
    new: &str,
) -> Result<Uuid, Problem> {
    let seen = catalogue_changes::preview(app, manager, row.clone(), Some(from), terms(new)).await?;
    for _form_that_comes_twice in 0..2 {
        catalogue_changes::make(app, manager, (row, seen.id), seen.from, &seen.new, &seen.old).await?;
    }
    Ok(seen.id)
}

/// How long a slot of the repair is at an instant, as far as is known now.
async fn slot_at(world: &World, at: DateTime<Utc>) -> u32 {
    let mut tx = world.app.db.staff().await.expect("a transaction");
    let work = catalogue::work_type(&mut tx, world.repair, at).await.expect("a kind of work");
    work.expect("the repair").slot_minutes
}

async fn agreed(world: &World, number: RequestNumber) -> Slot {
    let during = "select extract(epoch from lower(a.during))::bigint from appointment a
                  join service_request r on r.id = a.request_id where a.state = 'confirmed' and r.number = ";
    let start = world.id(&format!("{during}'{number}'")).await;
    let end = world.id(&format!("{}'{number}'", during.replace("lower", "upper"))).await;
    let instant = |seconds| DateTime::from_timestamp(seconds, 0).expect("an instant");
    Slot { start: instant(start), end: instant(end) }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_kind_of_work_is_another_one_from_a_day_on_unless_that_is_withdrawn(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    let row = CatalogueRow::WorkType(world.repair);
    let id = change_from(app, &manager, &row, date("2026-12-01"), "slot_minutes=45").await.expect("planned");
    app.clock.advance(TimeDelta::minutes(1));
    let (eve, day) = (at("2026-11-30T23:59:59+01:00"), at("2026-12-01T00:00:00+01:00"));
    assert_eq!((slot_at(&world, eve).await, slot_at(&world, day).await), (60, 45));
    let page = work_types::work_type_page(app, &manager, Some(world.repair)).await.expect("the page");
    let (kept, history) = page.work_type.expect("the repair");
    assert_eq!((kept.terms.rules.slot_minutes, history.changes[0].state), (60, ChangeState::Coming));

    let wrong_row = CatalogueRow::Tier("fast".into());
    assert_eq!(catalogue_changes::withdraw(app, &manager, &wrong_row, id).await, Err(Problem::NotFound));
    for _form_that_comes_twice in 0..2 {
        catalogue_changes::withdraw(app, &manager, &row, id).await.expect("withdrawn");
    }
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(slot_at(&world, day).await, 60);
    let at_once = change_from(app, &manager, &row, today(app), "slot_minutes=30").await.expect("at once");
    assert_eq!(slot_at(&world, app.clock.now()).await, 30);
    assert_eq!(slot_at(&world, app.clock.now() - TimeDelta::seconds(1)).await, 60, "not before");
    assert_eq!(catalogue_changes::withdraw(app, &manager, &row, at_once).await, Err(Problem::Conflict));
    let passed = change_from(app, &manager, &row, date("2026-11-22"), "slot_minutes=45").await;
    assert_eq!(passed, Err(Problem::NotFound));
    let of_a_tier = change_from(app, &manager, &row, today(app), "normal_lead_minutes=60").await;
    assert_eq!(of_a_tier, Err(Problem::NotFound), "a kind of work has no lead");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_was_shown_another_catalogue_is_asked_again(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    let row = CatalogueRow::Tier("fast".into());
    let new = terms("normal_lead_minutes=60");
    let preview = async |new: &CatalogueTerms| {
        let from = Some(date("2026-12-01"));
        catalogue_changes::preview(app, &manager, row.clone(), from, new.clone()).await.expect("a preview")
    };
    let seen = preview(&new).await;
    assert_eq!((seen.old.to_string().as_str(), seen.at_once), ("normal_lead_minutes=510", false));
    change_from(app, &manager, &row, date("2026-11-30"), "normal_lead_minutes=240").await.expect("a colleague's");
    let make = async |id: u128, old: &CatalogueTerms| {
        catalogue_changes::make(app, &manager, (&row, Uuid::from_u128(id)), seen.from, &new, old).await
    };
    assert_eq!(make(1, &seen.old).await, Err(Problem::Conflict));
    let again = preview(&new).await.old;
    assert_eq!(again.to_string(), "normal_lead_minutes=240");
    let (one, other) = tokio::join!(make(2, &again), make(3, &again));
    assert!(
        [&one, &other].contains(&&Ok(())) && [&one, &other].contains(&&Err(Problem::Conflict)),
        "{one:?} {other:?}"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_is_withdrawn_while_what_somebody_was_shown_is_compared(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    let row = CatalogueRow::Tier("fast".into());
    let id = change_from(app, &manager, &row, date("2026-12-01"), "normal_lead_minutes=240").await.expect("planned");
    let mut comparing = app.db.staff().await.expect("a transaction");
    locks::take(&mut comparing, Lock::CatalogueChanges).await.expect("taken");
    let waits = async {
        let waiting = "select count(*) from pg_locks l join pg_database d on d.oid = l.database
                       where d.datname = current_database() and l.locktype = 'advisory' and not l.granted";
        while world.id(waiting).await == 0 {}
    };
    let mut withdrawal = std::pin::pin!(catalogue_changes::withdraw(app, &manager, &row, id));
    tokio::select! {
        done = &mut withdrawal => panic!("it did not wait: {done:?}"),
        () = waits => {}
    }
    comparing.rollback().await.expect("done");
    withdrawal.await.expect("withdrawn");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_form_says_everything_that_is_wrong_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    let row = CatalogueRow::WorkType(world.repair);
    let typed = TypedRules { minutes_from: "20".into(), minutes_to: "10".into(), ..TypedRules::default() };
    let typed = typed.check().map(|rules| rules.terms(true));
    let wrong = catalogue_changes::check(app, &manager, &row, "2020-01-01", typed, &CatalogueTerms::default()).await;
    let Err(Problem::Invalid { fields }) = wrong else { panic!("{wrong:?}") };
    let fields: Vec<_> = fields.iter().map(|field| (field.field.as_str(), field.code)).collect();
    let expected = [
        ("minutes_to", FieldCode::OutOfRange),
        ("slot_minutes", FieldCode::Missing),
        ("skill", FieldCode::Unknown),
        ("choice", FieldCode::Unknown),
        ("valid_from", FieldCode::OutOfRange),
    ];
    assert_eq!(fields, expected);

    let change = terms("skill=nope");
    let day = (today(app) + Days::new(1)).to_string();
    let wrong =
        catalogue_changes::check(app, &manager, &row, &day, Ok(change.clone()), &CatalogueTerms::default()).await;
    assert_eq!(wrong, Err(Problem::field("skill", FieldCode::Unknown)));
    let shown = catalogue_changes::preview(app, &manager, row, None, change).await;
    assert_eq!(shown.map(drop), Err(Problem::NotFound));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_request_keeps_the_length_with_which_it_was_ordered(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    world.without_reserve().await;
    let (app, manager) = (&world.app, manager(&world).await);
    let row = CatalogueRow::WorkType(world.repair);
    let orderer = world.place("Škola").await.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("agreed");
    let picked = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, picked).await[0];
    world.pick(&orderer, picked, start).await.expect("a hold");

    app.clock.advance(TimeDelta::minutes(1));
    change_from(app, &manager, &row, today(app), "slot_minutes=30;minutes=15-90").await.expect("changed");
    let sent = drafts::confirm(app, &orderer, picked, "").await;
    assert_eq!(sent, Err(Problem::HoldExpired), "a time of another length was picked");
    let starts = world.starts(&orderer, picked).await;
    let later = world.book(&orderer, picked, starts[0]).await.expect("picked again");
    let choice = requests::move_choice(app, &orderer, number).await.expect("times");
    let to = choice.offers.last().expect("a time").slot.start;
    requests::move_appointment(app, &orderer, number, Some(to), Uuid::from_u128(1)).await.expect("moved");
    let (kept, new) = (agreed(&world, number).await, agreed(&world, later).await);
    let minutes = |slot: Slot| (slot.end - slot.start).num_minutes();
    assert_eq!((kept.start, minutes(kept), minutes(new)), (to, 60, 30));
    let minutes = async |number| {
        let page = requests::page(app, &orderer, number).await.expect("the page");
        page.estimate.expect("an estimate").minutes.to
    };
    assert_eq!((minutes(number).await, minutes(later).await), (45, 90), "the move is estimated as it was ordered");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_database_refuses_a_change_of_what_a_row_does_not_have(pool: PgPool) {
    let world = World::new(pool).await;
    let (_, work) = (manager(&world).await, world.repair);
    for (columns, values, constraint) in [
        ("work_type_id, normal_lead_minutes", format!("{work}, 60"), "change_sets_what_the_thing_has"),
        ("tier, slot_minutes", "'fast', 60".into(), "change_sets_what_the_thing_has"),
        ("tier, work_type_id, active", format!("'fast', {work}, true"), "change_is_about_one_thing"),
        ("work_type_id", work.to_string(), "change_sets_what_the_thing_has"),
        ("work_type_id, minutes_from, minutes_to", format!("{work}, 45, 20"), "minutes_are_in_order"),
        ("work_type_id, minutes_from", format!("{work}, 45"), "minutes_change_together"),
        ("work_type_id, slot_minutes", format!("{work}, 50"), "slot_is_on_the_grid"),
        ("tier, active", "'basic', false".into(), "basic_tier_stays"),
    ] {
        let insert = format!(
            "insert into catalogue_change (id, {columns}, valid_from, made_at)
             values (gen_random_uuid(), {values}, now(), now())"
        );
        let refused = sqlx::query(sqlx::AssertSqlSafe(insert)).execute(world.app.db.pool()).await.unwrap_err();
        let refused = refused.as_database_error().and_then(|error| error.constraint().map(str::to_owned));
        assert_eq!(refused.as_deref(), Some(constraint), "{columns}: {values}");
    }
}

/// A change: from when on it holds, since when and until when it is known, and the minutes that it says.
type Made = (DateTime<Utc>, DateTime<Utc>, Option<DateTime<Utc>>, u32);

/// Random histories of one term of each kind of row against a reference that keeps a list: what holds when, as far as it was known
/// when. Several changes may have the same instant: the last written one holds.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn random_histories_of_the_catalogue_are_what_a_list_says(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    let mut seed = 71_u64;
    let mut below = |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).expect("a number") % end
    };
    let days = |count: usize| TimeDelta::days(i64::try_from(count).expect("few days"));
    let rows = [CatalogueRow::WorkType(world.repair), CatalogueRow::Tier("fast".into())];
    let mut made: [Vec<(Made, Uuid)>; 2] = [Vec::new(), Vec::new()];
    let mut asked: Vec<DateTime<Utc>> = vec![app.clock.now()];
    for _ in 0..short_or_long(50, 400) {
        app.clock.advance(TimeDelta::minutes(i64::try_from(below(2_000)).expect("few minutes")));
        let now = app.clock.now();
        asked.push(now);
        let which = below(2);
        let (row, made) = (&rows[which], &mut made[which]);
        if below(10) < 3 && !made.is_empty() {
            let one = below(made.len());
            let withdrawn = catalogue_changes::withdraw(app, &manager, row, made[one].1).await;
            let (valid_from, _, until, _) = &mut made[one].0;
            assert_eq!(withdrawn.is_ok(), until.is_some() || *valid_from > now);
            if withdrawn.is_ok() && until.is_none() {
                *until = Some(now);
            }
        } else {
            let from = to_local(now).date() + days(below(15));
            let minutes = u32::try_from(15 * (1 + below(32))).expect("few minutes");
            let new =
                if which == 0 { format!("slot_minutes={minutes}") } else { format!("normal_lead_minutes={minutes}") };
            match change_from(app, &manager, row, from, &new).await {
                Ok(id) => made.push(((midnight(from).max(now), now, None, minutes), id)),
                Err(problem) => assert_eq!(problem, Problem::Conflict, "it was that already"),
            }
        }
    }
    let mut tx = app.db.staff().await.expect("a transaction");
    for _ in 0..200 {
        let (at, known, which) = (asked[below(asked.len())] + days(below(15)), asked[below(asked.len())], below(2));
        let seen = made[which].iter().enumerate().filter(|(_, ((from, since, until, _), _))| {
            *from <= at && *since <= known && until.is_none_or(|until| until > known)
        });
        let last = seen.max_by_key(|(place, ((from, since, ..), _))| (*from, *since, *place));
        let began_with = if which == 0 { 60 } else { 510 };
        let expected = last.map_or(began_with, |(_, ((.., minutes), _))| *minutes);
        let (query, column) = if which == 0 {
            ("select slot_minutes from work_types_at($1, $2) where name = 'Oprava'", "a slot")
        } else {
            ("select normal_lead_minutes from response_tiers_at($1, $2) where code = 'fast'", "a lead")
        };
        let found: i32 =
            sqlx::query_scalar(query).bind(at).bind(known).fetch_one(&mut *tx).await.expect("a row of the catalogue");
        assert_eq!(u32::try_from(found), Ok(expected), "{column} at {at}, known at {known}");
    }
}
