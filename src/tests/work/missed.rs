//! A time that passed without anybody coming: missed by us, whoever notices it first.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use linka::{
    model::{
        base::{
            ids::{AppointmentId, MailId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        mails::MailState,
        ordering::{
            appointments::{AppointmentState, unmet_since},
            offers::OfferReason,
            pages::RequestList,
            requests::RequestState,
            timeline::TimelineKind,
        },
        people::members::StaffRole,
        problem::Problem,
        work::{
            attempts::AttemptChannel, corrections::CorrectionSource, interventions::WorkRefused, pages::RequestPage,
            segments::SegmentKind,
        },
    },
    server::{
        auth::{Orderer, Technician},
        db::{MIGRATIONS, ordering::appointments as booked_times, work::missed as unmet_times},
        service::{
            mails as mail,
            minutes::usage,
            ordering::{appointments, requests},
            upkeep,
            work::{attempts, bench, clock, closing, day, missed, receipts, reopening},
        },
    },
};
use sqlx::{AssertSqlSafe, PgPool};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::support::{Place, Site, World};

/// A normal request with an agreed time, and the moment at which that begins.
struct Agreed {
    world: World,
    place: Place,
    number: RequestNumber,
    technician: Technician,
    start: DateTime<Utc>,
}

impl Agreed {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        world.technicians(2, "07:00", "15:30").await;
        let place = world.place("Škola").await;
        world.contract(place.customer, 300).await;
        upkeep::credit_periods(&world.app).await.expect("the quarter's minutes");
        let orderer = place.boss.may_order().expect("an orderer");
        let order = world.order(&orderer, Urgency::Normal).await;
        let start = world.starts(&orderer, order).await[0];
        let number = world.book(&orderer, order, start).await.expect("a booking");
        let technician = world.technician_of(number).await;
        let id = technician.id();
        let login =
            "insert into login (email, password_hash, staff_id) values ('technik@example.com', '$argon2id$none',";
        world.sql(&format!("{login} {id})")).await;
        world.app.clock.advance(start - world.app.clock.now());
        Self { world, place, number, technician, start }
    }

    fn orderer(&self) -> Orderer {
        self.place.boss.may_order().expect("an orderer")
    }

    fn minutes(&self, minutes: i64) {
        self.world.app.clock.advance(TimeDelta::minutes(minutes));
    }

    async fn page(&self) -> RequestPage {
        requests::page(&self.world.app, &self.orderer(), self.number).await.expect("the page")
    }

    async fn list(&self) -> RequestList {
        requests::list(&self.world.app, &self.orderer(), None).await.expect("the list")
    }

    async fn start(&self, kind: SegmentKind) -> Result<(), Problem> {
        let key = self.world.app.random.uuid();
        clock::start(&self.world.app, &self.technician, self.number, Some(kind), key).await
    }

    async fn note(&self) {
        missed::note_all(&self.world.app).await.expect("noted");
    }

    async fn kinds(&self) -> Vec<TimelineKind> {
        self.page().await.timeline.iter().map(|entry| entry.kind).collect()
    }

    /// What everybody sees of the miss, whether or not it has been written down.
    async fn is_told_everywhere(&self) {
        let app = &self.world.app;
        let page = self.page().await;
        assert_eq!((page.summary.state, page.summary.missed_by_us), (RequestState::Waiting, true));
        assert!(page.summary.awaits_pick() && page.change.is_none());
        let list = self.list().await;
        assert_eq!((list.upcoming.total, list.waiting.total), (0, 1));
        assert!(list.waiting.page.rows[0].missed_by_us && list.waiting.page.rows[0].slot.is_none());
        assert_eq!(list.earlier.page.rows, []);
        let event = requests::calendar_event(app, &self.orderer(), self.number).await.expect("an event");
        assert_eq!((event.sequence, event.page.summary.missed_by_us), (1, true), "called off");
        let viewer = self.place.boss.may_see_billing().expect("billing");
        let usage = usage::page(app, &viewer).await.expect("the account");
        assert!(usage.pools.iter().all(|pool| pool.reserved == 0), "nothing is reserved for it: {:?}", usage.pools);

        let day = day::page(app, &self.technician, None).await.expect("the day");
        assert_eq!(day.missed.iter().map(|one| one.number).collect::<Vec<_>>(), [self.number]);
        assert_eq!(day.appointments[0].state, AppointmentState::MissedByUs);
        let work = bench::page(app, &self.technician, self.number).await.expect("the workbench");
        assert_eq!((work.appointment.state, work.may_work), (AppointmentState::MissedByUs, true));
        let staff = self.world.staff(StaffRole::Dispatcher).await.staff().expect("staff");
        let lane = missed::waiting(app, &staff).await.expect("the lane");
        assert_eq!(lane.rows.iter().map(|case| case.appointment.number).collect::<Vec<_>>(), [self.number]);
        assert_eq!(appointments::appointments(app, &staff, None).await.expect("the desk").total, 0);
    }
}

/// Has every mail that waits looked at by the job that sends it; there is no mail server.
async fn deliver(world: &World) {
    let waiting: Vec<i64> = sqlx::query_scalar("select id from mail where state = 'queued' order by id")
        .fetch_all(world.app.db.pool())
        .await
        .expect("mails");
    for id in waiting {
        // What is not withdrawn cannot be sent.
        let _ = mail::deliver(&world.app, MailId(id), false).await;
    }
}

/// To whom mails of a kind were written, and what became of them.
async fn mails(world: &World, kind: &str) -> Vec<(String, String)> {
    let query = format!("select to_address, state from mail where kind = '{kind}' order by id");
    sqlx::query_as(AssertSqlSafe(query)).fetch_all(world.app.db.pool()).await.expect("mails")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_time_that_passed_without_anybody_is_missed_by_us_for_everybody_at_once(pool: PgPool) {
    let agreed = Agreed::new(pool).await;
    agreed.world.app.clock.advance(TimeDelta::seconds(599));
    agreed.note().await;
    assert_eq!(agreed.page().await.summary.state, RequestState::Scheduled);
    agreed.world.app.clock.advance(TimeDelta::seconds(1));
    agreed.is_told_everywhere().await;
    assert_eq!(agreed.world.count("missed_by_us").await, 0, "nobody has written it down yet");

    let notes = (0..8).map(|_| missed::note_all(&agreed.world.app));
    for outcome in futures::future::join_all(notes).await {
        outcome.expect("noted");
    }
    agreed.minutes(3);
    upkeep::each_minute(&agreed.world.app).await.expect("the upkeep");
    agreed.is_told_everywhere().await;
    assert_eq!(agreed.world.count("missed_by_us").await, 1);
    use TimelineKind::{Confirmed, MissedByUs, Ordered};
    assert_eq!(agreed.kinds().await, [Ordered, Confirmed, MissedByUs], "once");
    assert_eq!(agreed.page().await.timeline[2].at, agreed.start + TimeDelta::minutes(10));
    assert_eq!(mails(&agreed.world, "missed_by_us").await.len(), 1);
    assert_eq!(mails(&agreed.world, "visit_missed").await.len(), 1);
    assert_eq!(mails(&agreed.world, "visit_missed").await[0].0, "technik@example.com");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_technician_is_offered_and_taken_from_the_instant_at_which_a_time_has_passed_unmet(pool: PgPool) {
    let agreed = Agreed::new(pool).await;
    let (world, app, id) = (&agreed.world, &agreed.world.app, agreed.technician.id());
    // Nobody else works, and the time takes the rest of the morning.
    world.sql(&format!("delete from working_plan where technician_id <> {id}")).await;
    world.sql("update appointment set during = tstzrange(lower(during), lower(during) + interval '4 hours')").await;
    let other = world.place("Úřad").await;
    let orderer = other.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Urgent).await;
    let within = agreed.start + TimeDelta::minutes(30);
    agreed.minutes(9);
    assert!(!world.starts(&orderer, order).await.contains(&within), "somebody may still come");

    agreed.minutes(1);
    let starts = world.starts(&orderer, order).await;
    assert_eq!(starts.first(), Some(&within), "no chore has run: {starts:?}");
    world.book(&orderer, order, within).await.expect("a booking");
    assert_eq!((world.count("missed_by_us").await, world.count("confirmed").await, world.overlaps().await), (1, 1, 0));
    assert_eq!(mails(world, "missed_by_us").await.len(), 1, "whose time it was is told");
    assert_eq!(app.clock.now(), agreed.start + TimeDelta::minutes(10));
}

/// What the database says of the one appointment there is at `now`: whether it is found unmet, whether its technician's time is free,
/// and whether something has to be written down before it can be taken; and what the model says.
async fn unmet(agreed: &Agreed, appointment: AppointmentId, now: DateTime<Utc>) -> ((bool, bool, bool), bool) {
    let app = &agreed.world.app;
    let mut tx = app.db.staff().await.expect("a transaction");
    let watched = unmet_times::watched(&mut tx, appointment).await.expect("an answer").expect("an appointment");
    let found = !unmet_times::unmet(&mut tx, now).await.expect("an answer").is_empty();
    tx.rollback().await.expect("rolled back");
    let day = TimeDelta::days(2);
    let busy: i64 = sqlx::query_scalar("select count(*) from free_busy($1, $2, $3, $4, gen_random_uuid())")
        .bind(now - day)
        .bind(now + day)
        .bind(now)
        .bind(unmet_since(now))
        .fetch_one(app.db.pool())
        .await
        .expect("an answer");
    let is_in_the_way = booked_times::clear_the_way(&app.db, now).await.expect("an answer");
    ((found, busy == 0 && watched.state.blocking(), is_in_the_way), watched.has_passed_unmet(now))
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_database_and_the_model_agree_in_every_state_on_what_has_passed_unmet(pool: PgPool) {
    let agreed = Agreed::new(pool).await;
    let (world, start) = (&agreed.world, agreed.start);
    agreed.start(SegmentKind::Work).await.expect("started");
    agreed.minutes(5);
    let key = world.app.random.uuid();
    closing::close(&world.app, &agreed.technician, agreed.number, "Hotovo.", Some(true), key).await.expect("closed");
    let appointment = AppointmentId(world.id("select id from appointment").await);
    let instant = |at: Option<DateTime<Utc>>| at.map_or("null".to_owned(), |at| format!("'{}'", at.to_rfc3339()));
    let mut unmet_ones = 0;
    for is_put_right in [false, true] {
        if is_put_right {
            world.sql("update appointment set state = 'done', missed_at = null, hold_expires_at = null").await;
            world.sql(&format!("update time_segment set kind = 'work', appointment_id = {appointment}")).await;
            let key = world.app.random.uuid();
            reopening::reopen(&world.app, &agreed.technician, agreed.number, "Hodiny.", key).await.expect("reopened");
        }
        for case in 0..AppointmentState::ALL.len() * 12 {
            let state = AppointmentState::ALL[case / 12];
            let done = [None, Some(SegmentKind::Preparation), Some(SegmentKind::Work)][case % 3];
            let attempt = Some(start + TimeDelta::minutes(5)).filter(|_| case / 3 % 2 == 1);
            // What we missed was written down.
            let missed_at = Some(start).filter(|_| case / 6 % 2 == 1 || state == AppointmentState::MissedByUs);
            let held_until = Some(start + TimeDelta::days(9)).filter(|_| state == AppointmentState::Held);
            let kind = done.unwrap_or(SegmentKind::Work);
            let visit = done.map_or("null".to_owned(), |_| appointment.to_string());
            world.sql(&format!("update time_segment set kind = '{kind}', appointment_id = {visit}")).await;
            let (attempt, missed_at, held_until) = (instant(attempt), instant(missed_at), instant(held_until));
            world
                .sql(&format!(
                    "update appointment set state = '{state}', attempted_at = {attempt}, missed_at = {missed_at},
                         hold_expires_at = {held_until}, intervention_id = (select max(id) from intervention)"
                ))
                .await;
            for minutes in [9, 10, 15] {
                let (database, model) = unmet(&agreed, appointment, start + TimeDelta::minutes(minutes)).await;
                let told = format!("{state} {done:?} {attempt} {missed_at} {minutes} {is_put_right}");
                assert_eq!(database, (model, model, model), "{told}");
                unmet_ones += i32::from(model);
            }
        }
    }
    assert!(unmet_ones > 0, "some of them have");
    world.sql("update appointment set state = 'running', hold_expires_at = null, missed_at = null").await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_has_passed_unmet_is_asked_where_it_stands_and_said_nowhere_else(pool: PgPool) {
    let ask = "explain select a.id from appointment a
               where not exists (select from passed_unmet(now()) u where u.appointment_id = a.id)";
    let plan: Vec<String> = sqlx::query_scalar(ask).fetch_all(&pool).await.expect("a plan");
    assert!(!plan.iter().any(|line| line.contains("Function Scan")), "{plan:#?}");
    // Whoever needs it asks that function: none says again what nobody's coming is.
    let says = "select proname::text from pg_proc
                where pronamespace = 'public'::regnamespace
                  and coalesce(pg_get_function_sqlbody(oid), prosrc) like '%is_unmet(''confirmed''%' order by 1";
    let saying: Vec<String> = sqlx::query_scalar(says).fetch_all(&pool).await.expect("functions");
    assert_eq!(saying, ["passed_unmet"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_was_let_down_takes_any_free_time_from_now_on_and_it_is_no_move(pool: PgPool) {
    let agreed = Agreed::new(pool).await;
    agreed.world.sql("update line_setting set urgent_reserve_percent = 100").await;
    let before = agreed.page().await;
    agreed.minutes(10);
    // Nobody has written it down yet: whoever picks does.
    let (app, orderer) = (&agreed.world.app, agreed.orderer());
    let choice = requests::move_choice(app, &orderer, agreed.number).await.expect("times");
    let first = &choice.offers[0];
    assert!(first.slot.start - app.clock.now() < TimeDelta::minutes(30), "{first:?}");
    assert!(choice.offers.iter().all(|offer| offer.reason == OfferReason::MissedByUs));
    for _ in 0..2 {
        let key = Uuid::from_u128(1);
        requests::move_appointment(app, &orderer, agreed.number, Some(first.slot.start), key).await.expect("picked");
    }
    let page = agreed.page().await;
    assert_eq!((page.summary.state, page.summary.slot), (RequestState::Scheduled, Some(first.slot)));
    assert_eq!((page.summary.urgency, page.summary.missed_by_us), (Urgency::Normal, false));
    assert_eq!(page.estimate, before.estimate, "the price stays");
    assert_eq!(page.change.expect("a change").moves_left, before.change.expect("a change").moves_left);
    use TimelineKind::{Confirmed, MissedByUs, Ordered};
    assert_eq!(agreed.kinds().await, [Ordered, Confirmed, MissedByUs, Confirmed]);
    let event = requests::calendar_event(app, &orderer, agreed.number).await.expect("an event");
    assert_eq!((event.sequence, event.slot), (2, first.slot), "called off, then agreed anew");
    let staff = agreed.world.staff(StaffRole::Dispatcher).await.staff().expect("staff");
    assert_eq!(missed::waiting(app, &staff).await.expect("the lane").total, 0);
    // What was written about the miss is overtaken.
    deliver(&agreed.world).await;
    for kind in ["missed_by_us", "visit_missed"] {
        assert_eq!(mails(&agreed.world, kind).await[0].1, MailState::Withdrawn.code(), "{kind}");
    }
    // Later it is moved and missed like any other.
    app.clock.advance(first.slot.start - app.clock.now() + TimeDelta::minutes(10));
    agreed.note().await;
    assert_eq!(agreed.world.count("missed_by_us").await, 2);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_missed_time_can_be_begun_late_until_another_one_is_agreed(pool: PgPool) {
    let agreed = Agreed::new(pool).await;
    agreed.minutes(20);
    agreed.note().await;
    agreed.start(SegmentKind::Communication).await.expect("late");
    let page = agreed.page().await;
    assert_eq!((page.summary.state, page.summary.missed_by_us), (RequestState::InProgress, false));
    use TimelineKind::{Confirmed, MissedByUs, Ordered, StartedLate};
    assert_eq!(agreed.kinds().await, [Ordered, Confirmed, MissedByUs, StartedLate]);
    agreed.minutes(60);
    agreed.note().await;
    assert_eq!((agreed.world.count("running").await, agreed.world.count("missed_by_us").await), (1, 0), "once");
    deliver(&agreed.world).await;
    assert_eq!(mails(&agreed.world, "missed_by_us").await[0].1, MailState::Withdrawn.code());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_begins_late_what_has_another_time_or_is_not_wanted_any_more(pool: PgPool) {
    let agreed = Agreed::new(pool).await;
    agreed.minutes(10);
    agreed.note().await;
    let technician = agreed.technician.id();
    agreed
        .world
        .sql(
            "insert into service_request (id, customer_id, member_id, state, program_id, created_at)
             select gen_random_uuid(), customer_id, member_id, 'draft', program_id, created_at from service_request limit 1",
        )
        .await;
    agreed
        .world
        .sql(&format!(
            "insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
             select a.customer_id, r.id, {technician}, a.during, 'normal', 'confirmed'
             from appointment a, service_request r where r.state = 'draft'"
        ))
        .await;
    assert_eq!(agreed.start(SegmentKind::Work).await, Err(WorkRefused::TimeTaken.into()));
    assert_eq!(agreed.page().await.summary.state, RequestState::Waiting, "what is refused leaves no trace");
    agreed.world.sql("delete from appointment where state = 'confirmed'").await;

    requests::cancel(&agreed.world.app, &agreed.orderer(), agreed.number, "", Uuid::from_u128(1)).await.expect("off");
    assert_eq!(agreed.start(SegmentKind::Work).await, Err(Problem::Conflict));
    let work = bench::page(&agreed.world.app, &agreed.technician, agreed.number).await.expect("the workbench");
    assert!(!work.may_work);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn cancelling_right_after_the_miss_leaves_nobody_booked(pool: PgPool) {
    let agreed = Agreed::new(pool).await;
    agreed.minutes(10);
    requests::cancel(&agreed.world.app, &agreed.orderer(), agreed.number, "", Uuid::from_u128(1)).await.expect("off");
    assert_eq!((agreed.world.count("confirmed").await, agreed.world.count("missed_by_us").await), (0, 1));
    assert_eq!(agreed.page().await.summary.state, RequestState::Cancelled);
    deliver(&agreed.world).await;
    let state = &mails(&agreed.world, "missed_by_us").await[0].1;
    assert_ne!(state, MailState::Withdrawn.code(), "its event is called off");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_tries_to_reach_the_customer_has_come(pool: PgPool) {
    let agreed = Agreed::new(pool).await;
    agreed.minutes(6);
    let (app, key) = (&agreed.world.app, agreed.world.app.random.uuid());
    let channel = Some(AttemptChannel::Phone);
    attempts::note(app, &agreed.technician, agreed.number, channel, "nebere", key).await.expect("noted");
    agreed.minutes(9);
    agreed.note().await;
    assert_eq!(agreed.page().await.summary.state, RequestState::Scheduled);
    agreed.minutes(1);
    assert!(agreed.page().await.summary.missed_by_us, "and did not say what came of it");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn preparation_alone_is_nobodys_coming_and_costs_nothing(pool: PgPool) {
    let agreed = Agreed::new(pool).await;
    agreed.start(SegmentKind::Preparation).await.expect("prepared");
    agreed.minutes(12);
    agreed.note().await;
    assert_eq!((agreed.world.count("missed_by_us").await, agreed.world.count("running").await), (1, 0));
    assert!(agreed.page().await.summary.missed_by_us);
    assert_eq!(agreed.world.id("select count(*) from time_segment where ended_at is null").await, 0);
    let name = agreed.page().await.receipts[0].intervention;
    let receipt =
        async || receipts::page(&agreed.world.app, &agreed.place.boss, name).await.expect("the receipt").receipt;
    let first = receipt().await;
    assert_eq!((first.bill.billed, first.report.as_str()), (0, CorrectionSource::MissedByUs.code()));
    let segment = &first.segments[0];
    assert_eq!((segment.kind, segment.seconds()), (SegmentKind::OurFault, 600), "until it was missed");

    agreed.start(SegmentKind::Work).await.expect("late");
    agreed.minutes(25);
    let (app, key) = (&agreed.world.app, agreed.world.app.random.uuid());
    closing::close(app, &agreed.technician, agreed.number, "Tisk funguje.", Some(true), key).await.expect("closed");
    assert_eq!((receipt().await.version, receipt().await.bill.billed), (2, 25), "the same intervention");
    assert_eq!(agreed.world.ledger_faults().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_portal_that_slept_finds_all_that_passed_and_writes_to_nobody_about_long_ago(pool: PgPool) {
    let agreed = Agreed::new(pool).await;
    let orderer = agreed.orderer();
    for _ in 0..3 {
        let order = agreed.world.order(&orderer, Urgency::Urgent).await;
        let start = agreed.world.starts(&orderer, order).await[0];
        agreed.world.book(&orderer, order, start).await.expect("a booking");
    }
    agreed.world.app.clock.advance(TimeDelta::hours(30));
    agreed.note().await;
    assert_eq!((agreed.world.count("missed_by_us").await, agreed.world.count("confirmed").await), (4, 0));
    assert_eq!(mails(&agreed.world, "missed_by_us").await.len(), 4);

    let order = agreed.world.order(&orderer, Urgency::Urgent).await;
    let start = agreed.world.starts(&orderer, order).await[0];
    agreed.world.book(&orderer, order, start).await.expect("a booking");
    agreed.world.app.clock.advance(TimeDelta::days(30));
    agreed.note().await;
    assert_eq!(agreed.world.count("missed_by_us").await, 5);
    assert_eq!(mails(&agreed.world, "missed_by_us").await.len(), 4, "that is for the desk to tell");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_technicians_who_begin_in_the_second_in_which_their_time_is_missed(pool: PgPool) {
    const REQUESTS: usize = 12;
    let world = World::new(pool).await;
    world.without_reserve().await;
    world.technicians(REQUESTS, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let mut agreed = Vec::new();
    for _ in 0..REQUESTS {
        let order = world.order(&orderer, Urgency::Urgent).await;
        let start = world.starts(&orderer, order).await[0];
        let number = world.book(&orderer, order, start).await.expect("a booking");
        agreed.push((number, world.technician_of(number).await, start));
    }
    let start = agreed[0].2;
    assert!(agreed.iter().all(|one| one.2 == start), "all at once");
    world.app.clock.advance(start - world.app.clock.now() + TimeDelta::minutes(10));
    let world = Arc::new(world);
    let mut race = JoinSet::new();
    for (number, technician, _) in agreed {
        let begins = world.clone();
        race.spawn(async move {
            let key = begins.app.random.uuid();
            clock::start(&begins.app, &technician, number, Some(SegmentKind::Work), key).await
        });
        let notes = world.clone();
        race.spawn(async move { missed::note_all(&notes.app).await });
    }
    while let Some(outcome) = race.join_next().await {
        outcome.expect("no panic").expect("in time or late");
    }
    let running = i64::try_from(REQUESTS).expect("a number");
    assert_eq!((world.count("running").await, world.count("missed_by_us").await), (running, 0), "nobody is sent away");
    let events = |kind: &str| format!("select count(*) from request_event where kind = '{kind}'");
    let (missed, late) = (world.id(&events("missed_by_us")).await, world.id(&events("started_late")).await);
    assert_eq!(missed, late, "who was noted as missing began late");
    assert_eq!(world.id(&events("started")).await + late, running);
    assert_eq!((world.overlaps().await, world.deadlocks().await), (0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_database_and_the_model_call_the_same_times_missed(pool: PgPool) {
    let world = World::empty(pool).await;
    let start = world.app.clock.now();
    for &state in AppointmentState::ALL {
        for attempted in [None, Some(-300), Some(0), Some(301)] {
            for seconds in [-1, 0, 599, 600, 900, 901, 86_400] {
                let now = start + TimeDelta::seconds(seconds);
                let attempted = attempted.map(|seconds| start + TimeDelta::seconds(seconds));
                let told: String =
                    sqlx::query_scalar("select appointment_state($1, tstzrange($2, $2 + interval '1 hour'), $3, $4)")
                        .bind(state.code())
                        .bind(start)
                        .bind(attempted)
                        .bind(unmet_since(now))
                        .fetch_one(world.app.db.pool())
                        .await
                        .expect("a state");
                assert_eq!(told, state.at(start, attempted, now).code(), "{state} {attempted:?} {seconds}");
            }
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn pages_apologise_name_the_number_and_lead_to_another_time(pool: PgPool) {
    let agreed = Agreed::new(pool).await;
    agreed.minutes(10);
    let cookie = agreed.world.cookie(&agreed.place.boss).await;
    let dispatcher = agreed.world.staff(StaffRole::Dispatcher).await;
    let desk = agreed.world.cookie(&dispatcher).await;
    let number = agreed.number;
    let site = Site::serve(agreed.world.app.clone()).await;
    let moving = format!("href=\"/requests/{number}/move\"");

    let page = site.get(&format!("/requests/{number}"), &cookie).await.body;
    assert!(page.contains("Technik se nepřipojil, omlouváme se") && page.contains(&moving), "{page}");
    assert!(page.contains("href=\"tel:+420377457977\""), "{page}");
    assert!(!page.contains("Připojí se technik"), "{page}");
    let list = site.get("/requests", &cookie).await.body;
    assert!(list.contains("Domluvený termín jsme nedodrželi, omlouváme se") && list.contains(&moving), "{list}");
    let times = site.get(&format!("/requests/{number}/move"), &cookie).await.body;
    assert!(times.contains("který jsme nedodrželi") && times.contains("Jako přesun se to nepočítá"), "{times}");
    let file = site.get(&format!("/requests/{number}/calendar.ics"), &cookie).await.body;
    assert!(file.contains("STATUS:CANCELLED") && file.contains("SEQUENCE:1"), "{file}");

    let lane = site.get("/desk/missed", &desk).await.body;
    assert!(lane.contains("nedodržený termín nemá náhradu"), "{lane}");
    assert!(
        lane.contains(&format!("href=\"/desk/requests/{number}\"")) && lane.contains("tel:+420601234567"),
        "{lane}"
    );
    let bench = site.get(&format!("/work/{number}"), &desk).await.body;
    assert!(bench.contains("Zmeškaný termín") && !bench.contains("action=\"/api/work/"), "{bench}");
}
