//! What was asked twice is done once, and nothing of another customer's is merged with it.

use std::sync::Arc;

use linka::{
    model::{
        base::{fields::FieldCode, numbers::RequestNumber, seen::Seen, terms::Urgency},
        ordering::{requests::RequestState, timeline::TimelineKind, urgency::UrgencyClaim},
        people::members::StaffRole,
        problem::{MovedOn, Problem},
        work::{
            cases::{CaseAct, MergedRequest},
            chosen::ChosenAct,
            consequences::{Outcome, Refusal},
        },
    },
    server::{
        auth::Desk,
        db::MIGRATIONS,
        service::work::{
            cases, consequences,
            dispatch::{self, TypedClass},
            merging,
        },
    },
};
use sqlx::PgPool;

use super::lanes::{booked, desk, line, shown, to_dispatch};
use crate::support::{Site, World};

async fn state(world: &World, desk: &Desk, number: RequestNumber) -> RequestState {
    cases::page(&world.app, desk, number).await.expect("a page").request.summary.state
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_duplicate_ends_names_the_one_that_goes_on_and_its_author_is_told_once(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let (twice, goes_on) = (to_dispatch(&world, &place).await, booked(&world, &place, Urgency::Normal).await);
    let key = world.app.random.uuid();
    let unseen = merging::merge(&world.app, &desk, twice, Some(goes_on), &Seen::default(), key).await;
    let chosen = ChosenAct::Merge { into: goes_on };
    assert_eq!(unseen, Err(Problem::MovedOn(MovedOn::Meaning { number: twice, chosen })), "it is shown first");
    let seen = shown(&world, &desk, twice, chosen).await;
    for _ in 0..2 {
        merging::merge(&world.app, &desk, twice, Some(goes_on), &seen, key).await.expect("merged");
    }
    let case = cases::page(&world.app, &desk, twice).await.expect("a page");
    assert_eq!((case.merged_into, case.lane), (Some(goes_on), None));
    assert_eq!(case.request.summary.state, RequestState::Cancelled);
    let last = case.request.timeline.last().expect("it happened");
    assert_eq!((last.kind, last.note.as_str()), (TimelineKind::Merged, goes_on.to_string().as_str()));
    assert_eq!(state(&world, &desk, goes_on).await, RequestState::Scheduled);
    assert_eq!(world.id("select count(*) from mail where content ->> 'mail' = 'merged'").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn only_what_has_no_time_is_merged_and_only_into_an_open_one_of_the_same_customer(pool: PgPool) {
    let world = line(pool).await;
    let (place, other, desk) = (world.place("A").await, world.place("B").await, desk(&world).await);
    let (twice, scheduled) = (to_dispatch(&world, &place).await, booked(&world, &place, Urgency::Normal).await);
    let foreign = to_dispatch(&world, &other).await;
    // Whatever was shown: what cannot be is refused.
    let seen = shown(&world, &desk, twice, ChosenAct::Cancel).await;
    let merge =
        async |number, into| merging::merge(&world.app, &desk, number, into, &seen, world.app.random.uuid()).await;
    let refused = consequences::page(&world.app, &desk, twice, ChosenAct::Merge { into: foreign }).await;
    let refused = refused.expect("a page").outcome;
    assert!(matches!(refused, Outcome::Refused { why: Refusal::CannotGoOn { is_urgent: false }, .. }), "{refused:?}");
    let unfit = Err(Problem::field("into", FieldCode::Unknown));
    assert_eq!(merge(twice, None).await, Err(Problem::field("into", FieldCode::Missing)));
    assert_eq!(merge(twice, Some(twice)).await, unfit);
    assert_eq!(merge(twice, Some(foreign)).await, unfit);
    assert_eq!(merge(scheduled, Some(twice)).await, Err(Problem::Conflict));
    assert_eq!(state(&world, &desk, twice).await, RequestState::Waiting);
    // Whatever wrote it, the database keeps customers apart.
    let update = format!(
        "update service_request set state = 'cancelled',
                merged_into = (select id from service_request where number = '{foreign}') where number = '{twice}'"
    );
    let refused = sqlx::query(sqlx::AssertSqlSafe(update)).execute(world.app.db.pool()).await;
    let refused = refused.expect_err("another customer's").into_database_error().expect("of the database");
    assert_eq!(refused.constraint(), Some("merged_within_a_customer"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_urgent_goes_on_as_urgent_and_is_seen_where_it_goes_on(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("A").await;
    let dispatcher = world.staff(StaffRole::Dispatcher).await;
    let desk = dispatcher.desk().expect("a dispatcher");
    let app = &world.app;
    let number = to_dispatch(&world, &place).await;
    let chosen = ChosenAct::Reclassify { work_type: world.repair, urgency: Urgency::Urgent };
    let typed = TypedClass {
        work_type: Some(world.repair),
        urgency: Some(Urgency::Urgent),
        claim: UrgencyClaim { what_stopped: "Stojí celá výdejna.".into(), since: "od rána".into() },
        reason: "Ukázalo se po telefonu.".into(),
        seen: shown(&world, &desk, number, chosen).await,
    };
    dispatch::reclassify(app, &desk, number, &typed, app.random.uuid()).await.expect("urgent");
    let (normal, urgent) = (to_dispatch(&world, &place).await, booked(&world, &place, Urgency::Urgent).await);
    let seen = shown(&world, &desk, number, ChosenAct::Merge { into: urgent }).await;
    let merge = async |into| merging::merge(app, &desk, number, Some(into), &seen, app.random.uuid()).await;
    assert_eq!(merge(normal).await, Err(Problem::field("into", FieldCode::DoesNotMatch)));
    assert_eq!(state(&world, &desk, number).await, RequestState::Waiting, "it is not lost");
    merge(urgent).await.expect("merged");
    let what_happened = cases::page(app, &desk, number).await.expect("a page").request.what_happened;
    let survivor = cases::page(app, &desk, urgent).await.expect("a page");
    assert_eq!(survivor.merged_from, [MergedRequest { number, what_happened }]);
    let last = survivor.request.timeline.last().expect("it happened");
    assert_eq!((last.kind, last.note.as_str()), (TimelineKind::Merged, number.to_string().as_str()));

    let cookie = world.cookie(&dispatcher).await;
    let site = Site::serve(app.clone()).await;
    let shown = site.get(&format!("/desk/requests/{urgent}"), &cookie).await.body;
    assert!(shown.contains("Sloučeno z") && shown.contains(&format!("/desk/requests/{number}\"")));
    let shown = site.get(&format!("/desk/requests/{number}"), &cookie).await.body;
    assert!(shown.contains(&format!("Sloučeno s {urgent}")) && !shown.contains("Vzít si"));
    assert!(!shown.contains("/follow-up"), "it goes on under the other number");
    let refused = cases::act_page(app, &desk, number, CaseAct::FollowUp, None).await.map(drop);
    assert_eq!(refused, Err(Problem::Conflict));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_two_that_are_merged_into_one_another_one_goes_on(pool: PgPool) {
    let world = Arc::new(line(pool).await);
    let place = world.place("A").await;
    let (one, other) = (desk(&world).await, desk(&world).await);
    for _ in 0..8 {
        let (first, second) = (to_dispatch(&world, &place).await, to_dispatch(&world, &place).await);
        let (away, home) = (ChosenAct::Merge { into: second }, ChosenAct::Merge { into: first });
        let (away, home) = tokio::join!(shown(&world, &one, first, away), shown(&world, &other, second, home));
        let (there, back) = tokio::join!(
            merging::merge(&world.app, &one, first, Some(second), &away, world.app.random.uuid()),
            merging::merge(&world.app, &other, second, Some(first), &home, world.app.random.uuid()),
        );
        assert!(there.is_ok() != back.is_ok(), "{there:?}, {back:?}");
        let waiting = format!(
            "select count(*) from service_request where number in ('{first}', '{second}') and state = 'waiting'"
        );
        assert_eq!(world.id(&waiting).await, 1);
        end_both(&world, first, second).await;
    }
    assert_eq!(world.deadlocks().await, 0);
}

/// Ends what goes on, so that the limit of what may wait is not reached.
async fn end_both(world: &World, first: RequestNumber, second: RequestNumber) {
    let end = format!("update service_request set state = 'cancelled' where number in ('{first}', '{second}')");
    world.sql(&end).await;
}
