//! The life of a request through the services: order, agree, move, cancel.

use chrono::TimeDelta;
use linka::{
    model::{
        base::terms::Urgency,
        ordering::{
            appointments::ChangeRefused, drafts::DraftStep, requests::RequestState, timeline::TimelineKind,
            urgency::UrgencyRefused,
        },
        people::members::{Capabilities, Capability},
        problem::{MovedOn, Problem},
    },
    server::{
        db::MIGRATIONS,
        service::ordering::{drafts, requests},
    },
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{Site, World, at};

async fn world(pool: PgPool) -> World {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    world
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_request_is_ordered_moved_and_cancelled_and_its_timeline_tells_it(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let number = world.book(&orderer, order, starts[0]).await.expect("a booking");
    assert_eq!(number.to_string(), "2026-000001");

    let (first_key, second_key) = (Uuid::from_u128(1), Uuid::from_u128(2));
    for _ in 0..2 {
        requests::move_appointment(&world.app, &orderer, number, Some(starts[5]), first_key).await.expect("a move");
    }
    let page = requests::page(&world.app, &orderer, number).await.expect("the page");
    assert_eq!(page.summary.slot.map(|slot| slot.start), Some(starts[5]));
    assert_eq!(page.change.as_ref().map(|change| change.moves_left), Some(2), "the repeated form moved once");

    // A quarter of an hour later, which overlaps the present time of the very technician.
    requests::move_appointment(&world.app, &orderer, number, Some(starts[6]), second_key).await.expect("a move");
    assert_eq!((world.count("confirmed").await, world.count("cancelled").await), (1, 2));

    let event = requests::calendar_event(&world.app, &orderer, number).await.expect("an event");
    assert_eq!((event.uid, event.sequence), (format!("{order}@linka"), 2));

    for _ in 0..2 {
        requests::cancel(&world.app, &orderer, number, "Vyřešeno", Uuid::from_u128(3)).await.expect("cancelled");
    }
    let page = requests::page(&world.app, &orderer, number).await.expect("the page");
    assert_eq!(page.summary.state, RequestState::Cancelled);
    let kinds: Vec<_> = page.timeline.iter().map(|entry| entry.kind).collect();
    use TimelineKind::{Cancelled, Confirmed, Moved, Ordered};
    assert_eq!(kinds, [Ordered, Confirmed, Moved, Moved, Cancelled]);
    assert_eq!(page.timeline[4].note, "Vyřešeno");
    assert_eq!(world.count("confirmed").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_cancelled_time_is_free_for_others_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let (a, b) = (world.place("A").await, world.place("B").await);
    let (a, b) = (a.boss.may_order().expect("an orderer"), b.boss.may_order().expect("an orderer"));
    let (order_a, order_b) = (world.order(&a, Urgency::Normal).await, world.order(&b, Urgency::Normal).await);
    let start = world.starts(&a, order_a).await[0];
    let number = world.book(&a, order_a, start).await.expect("a booking");
    assert_eq!(world.pick(&b, order_b, start).await, Err(Problem::SlotTaken));
    requests::cancel(&world.app, &a, number, "", Uuid::from_u128(1)).await.expect("cancelled");
    world.book(&b, order_b, start).await.expect("free again");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn after_the_cut_off_a_customer_can_neither_move_nor_cancel(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let number = world.book(&orderer, order, starts[0]).await.expect("a booking");
    let page = requests::page(&world.app, &orderer, number).await.expect("the page");
    let cut_off = page.change.expect("an agreed time").cut_off;

    world.app.clock.advance(cut_off - world.app.clock.now() + TimeDelta::microseconds(1));
    let refused = Err(Problem::Change(ChangeRefused::TooLate { cut_off }));
    let key = Uuid::from_u128(1);
    assert_eq!(requests::cancel(&world.app, &orderer, number, "", key).await, refused);
    assert_eq!(requests::move_appointment(&world.app, &orderer, number, Some(starts[9]), key).await, refused);
    assert_eq!(world.count("confirmed").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_fourth_move_is_refused(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let number = world.book(&orderer, order, starts[0]).await.expect("a booking");
    let mut outcomes = Vec::new();
    for (key, start) in [(1, 4), (2, 8), (3, 12), (4, 16)] {
        let start = Some(starts[start]);
        outcomes.push(requests::move_appointment(&world.app, &orderer, number, start, Uuid::from_u128(key)).await);
    }
    assert_eq!(outcomes, [Ok(()), Ok(()), Ok(()), Err(Problem::Change(ChangeRefused::NoMovesLeft))]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn plannable_work_is_refused_as_urgent_with_the_reason(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let refused = world.order_for(&orderer, world.repricing, Urgency::Urgent).await;
    assert_eq!(refused, Err(Problem::Urgency(UrgencyRefused::Plannable)));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn another_kind_of_work_or_another_urgency_gives_the_slot_back(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    for other in [world.wish(world.repricing, Urgency::Normal), world.wish(world.repair, Urgency::Normal)] {
        let order = world.order(&orderer, Urgency::Urgent).await;
        let start = world.starts(&orderer, order).await[0];
        world.pick(&orderer, order, start).await.expect("a hold");
        let same = world.wish(world.repair, Urgency::Urgent);
        assert_eq!(drafts::save_wish(&world.app, &orderer, order, &same).await, Ok(DraftStep::Confirm));
        assert_eq!(world.count("held").await, 1, "what else is changed leaves it held");
        assert_eq!(drafts::save_wish(&world.app, &orderer, order, &other).await, Ok(DraftStep::Time));
        assert_eq!(world.count("held").await, 0);
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn work_of_which_dispatch_chooses_the_time_waits_in_the_desks_queue(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    world.sql("update work_type set choice = 'dispatch'").await;
    let order = world.order(&orderer, Urgency::Normal).await;
    let last = Problem::MovedOn(MovedOn::Draft { id: order, step: DraftStep::Confirm });
    assert_eq!(drafts::time_choice(&world.app, &orderer, order, None).await, Err(last.clone()), "no times to pick");
    assert_eq!(world.pick(&orderer, order, world.app.clock.now()).await, Err(last), "nor to hold");
    let list = requests::list(&world.app, &orderer, None).await.expect("the list");
    assert_eq!(list.waiting.total, 0, "nothing is sent before the last step");

    let summary = drafts::summary(&world.app, &orderer, order).await.expect("all of it once more");
    assert_eq!((summary.time, summary.estimate.minutes.to), (None, 45));
    let number = drafts::confirm(&world.app, &orderer, order, "60").await.expect("sent");
    assert_eq!(drafts::confirm(&world.app, &orderer, order, "60").await, Ok(number), "sent once");
    let list = requests::list(&world.app, &orderer, None).await.expect("the list");
    assert_eq!(list.waiting.page.rows.iter().map(|waiting| waiting.number).collect::<Vec<_>>(), [number]);
    let page = requests::page(&world.app, &orderer, number).await.expect("the page");
    let estimate = page.estimate.expect("the estimate");
    assert_eq!((page.ceiling_minutes, estimate.ceiling, estimate.minutes.to), (Some(60), Some(60), 45));
    requests::cancel(&world.app, &orderer, number, "", Uuid::from_u128(1)).await.expect("cancelled without a cut-off");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_urgent_order_of_four_past_eight_can_be_changed_for_ten_minutes(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    world.app.clock.advance(TimeDelta::minutes(4));
    let order = world.order(&orderer, Urgency::Urgent).await;
    let start = world.starts(&orderer, order).await[0];
    assert_eq!(start, at("2026-11-23T08:30:00+01:00"));
    let held = world.pick(&orderer, order, start).await.expect("a hold");
    let time = drafts::summary(&world.app, &orderer, order).await.expect("a summary").time.expect("a time");
    assert_eq!((time.slot, time.cut_off), (held.slot, at("2026-11-23T08:14:00+01:00")));
    world.app.clock.advance(TimeDelta::minutes(1));
    let number = drafts::confirm(&world.app, &orderer, order, "").await.expect("agreed");
    world.app.clock.advance(TimeDelta::minutes(10));
    let change = requests::page(&world.app, &orderer, number).await.expect("the page").change.expect("a change");
    assert_eq!((change.cut_off, change.may_cancel), (at("2026-11-23T08:15:00+01:00"), Ok(())), "since it was agreed");
    requests::cancel(&world.app, &orderer, number, "", Uuid::from_u128(1)).await.expect("cancelled");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn pages_name_the_number_of_the_customers_region(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("a booking");
    let (site, cookie) = (Site::serve(world.app.clone()).await, world.cookie(&place.boss).await);
    for (postal_code, phone) in [
        ("", "377457977"),
        ("301 00", "377457977"),
        ("772 00", "377462201"),
        ("500 02", "377462520"),
        ("110 00", "377457977"),
    ] {
        world.sql(&format!("update customer set postal_code = '{postal_code}'")).await;
        let page = site.get(&format!("/requests/{number}"), &cookie).await.body;
        let link = format!("<a href=\"tel:+420{phone}\" class=\"tel\">");
        assert!(page.contains(&link), "{postal_code}: {page}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_urgency_step_knows_what_urgent_costs_by_the_customers_own_terms(pool: PgPool) {
    let world = world(pool).await;
    let (with, without) = (world.place("A").await, world.place("B").await);
    world.contract(with.customer, 300).await;
    let choice = async |place: &crate::support::Place| {
        let orderer = place.boss.may_order().expect("an orderer");
        let order = world.order(&orderer, Urgency::Normal).await;
        let choice = drafts::what_choice(&world.app, &orderer, order).await.expect("the page").urgency;
        (choice.has_contract, choice.rates.normal.haler(), choice.rates.urgent.haler())
    };
    assert_eq!(choice(&with).await, (true, 2_200, 2_800));
    assert_eq!(choice(&without).await, (false, 2_500, 2_500));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_normal_request_leaves_the_urgent_reserve_alone_until_it_is_released(pool: PgPool) {
    let world = World::new(pool).await;
    // Four hours a day: a quarter is one hour, so three hours may be promised ahead.
    world.technicians(1, "08:00", "12:00").await;
    world.sql("update line_setting set urgent_horizon_days = 10").await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let first_order = world.order(&orderer, Urgency::Normal).await;
    let first = world.starts(&orderer, first_order).await[0];
    let day = linka::model::base::calendar::to_local(first).date() + chrono::Days::new(1);
    let hour = |hour| {
        linka::model::base::calendar::from_local(day, chrono::NaiveTime::from_hms_opt(hour, 0, 0).expect("a time"))
    };
    for start in [8, 9, 10] {
        let order = world.order(&orderer, Urgency::Normal).await;
        world.book(&orderer, order, hour(start)).await.expect("within the share");
    }
    let order = world.order(&orderer, Urgency::Normal).await;
    let refused = world.pick(&orderer, order, hour(11)).await;
    assert!(matches!(refused, Err(Problem::SlotRefused(_))), "{refused:?}");
    let urgent = world.order(&orderer, Urgency::Urgent).await;
    world.pick(&orderer, urgent, hour(11)).await.expect("urgent work has the reserve");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_member_sees_their_own_requests_and_with_see_all_everybodys(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let boss = place.boss.may_order().expect("an orderer");
    let cook = world.member(place.customer, Capabilities::NONE.with(Capability::Order)).await;
    let cook = cook.may_order().expect("an orderer");
    let (of_boss, of_cook) = (world.order(&boss, Urgency::Normal).await, world.order(&cook, Urgency::Normal).await);
    let starts = world.starts(&boss, of_boss).await;
    let of_boss = world.book(&boss, of_boss, starts[0]).await.expect("a booking");
    let of_cook = world.book(&cook, of_cook, starts[0]).await.expect("a booking");

    assert_eq!(requests::list(&world.app, &boss, None).await.expect("a list").upcoming.total, 2);
    assert_eq!(requests::list(&world.app, &cook, None).await.expect("a list").upcoming.total, 1);
    requests::page(&world.app, &boss, of_cook).await.expect("the boss sees all");
    assert_eq!(requests::page(&world.app, &cook, of_boss).await, Err(Problem::NotFound));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_list_pages_by_number_without_gaps_or_repeats(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    world
        .sql(&format!(
            "insert into service_request (id, customer_id, member_id, program_id, work_type_id, urgency, what_happened,
                 contact_name, contact_phone, created_at, submitted_at, state, number)
             select gen_random_uuid(), customer_id, member_id, program_id, work_type_id, urgency, what_happened,
                 contact_name, contact_phone, created_at, created_at,
                 case when n <= 60 then 'closed' when n <= 90 then 'waiting' else 'scheduled' end,
                 '2026-' || lpad(n::text, 6, '0')
             from service_request, generate_series(1, 120) n where id = '{order}'"
        ))
        .await;
    // The later the number, the earlier the time.
    world
        .sql(
            "insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
             select customer_id, id, (select min(id) from staff), tstzrange(start, start + interval '1 hour'), 'normal',
                    'confirmed'
             from (select *, timestamptz '2026-12-01 08:00+01' - right(number, 6)::int * interval '1 hour'
                             + interval '10 days' as start
                   from service_request where state = 'scheduled') r",
        )
        .await;
    let (mut seen, mut after) = ([Vec::new(), Vec::new(), Vec::new()], vec![None]);
    while let Some(place) = after.pop() {
        let list = requests::list(&world.app, &orderer, place).await.expect("a list");
        let parts = [(list.upcoming, 30), (list.waiting, 30), (list.earlier, 60)];
        for ((part, all), seen) in parts.into_iter().zip(&mut seen) {
            let total = if part.page.rows.is_empty() { 0 } else { all };
            assert_eq!(part.total, total, "a page tells how long its part is, and nothing of another");
            seen.extend(part.page.rows.iter().map(|summary| summary.number.serial()));
            after.extend(part.page.next.map(Some));
        }
    }
    let [ahead, waiting, earlier] = seen;
    assert_eq!(ahead, (91..=120).rev().collect::<Vec<u32>>(), "the next first");
    assert_eq!(waiting, (61..=90).collect::<Vec<u32>>(), "the oldest first");
    assert_eq!(earlier, (1..=60).rev().collect::<Vec<u32>>(), "the newest first");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_writes_in_a_draft_but_its_author_not_even_who_sees_all(pool: PgPool) {
    let world = world(pool).await;
    let place = world.place("A").await;
    let boss = place.boss.may_order().expect("an orderer");
    let cook = world.member(place.customer, Capabilities::NONE.with(Capability::Order)).await;
    let cook = cook.may_order().expect("an orderer");
    let draft = world.order(&cook, Urgency::Normal).await;
    let wish = world.wish(world.repair, Urgency::Normal);
    assert_eq!(drafts::save_wish(&world.app, &boss, draft, &wish).await, Err(Problem::NotFound));
    assert_eq!(drafts::discard(&world.app, &boss, draft).await, Err(Problem::NotFound));
    assert_eq!(drafts::time_choice(&world.app, &boss, draft, None).await.map(drop), Err(Problem::NotFound));
    drafts::discard(&world.app, &cook, draft).await.expect("thrown away");
    drafts::discard(&world.app, &cook, draft).await.expect("the same form again");
}
