//! What holds for the queue, whatever the facts.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::model::{
    fixtures::{calendar, local, standard},
    work::standings::{Shown, changes_at},
};

const EIGHT: &str = "2026-11-23 08:00";

fn now() -> DateTime<Utc> {
    local(EIGHT)
}

fn minutes(minutes: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(minutes)
}

/// A time that begins so many minutes from now and lasts an hour.
fn time(state: AppointmentState, starts: i64) -> LatestTime {
    LatestTime {
        state,
        slot: Slot { start: minutes(starts), end: minutes(starts + 60) },
        attempted_at: None,
        next_start: Some(minutes(starts + 60)),
    }
}

fn facts(state: RequestState, time: Option<LatestTime>) -> CaseFacts {
    CaseFacts {
        state,
        choice: SlotChoice::Customer,
        time,
        offered_until: None,
        was_worked: false,
        clock_runs: false,
        asked_at: None,
        contested_at: None,
        in_outage: false,
        call_back_at: None,
        wrote_at: None,
        changed_at: now(),
    }
}

fn any_time() -> impl Strategy<Value = Option<LatestTime>> {
    let attempt = prop::option::of(-120_i64..30);
    let drawn = (prop::sample::select(AppointmentState::ALL), -180_i64..180, attempt, prop::option::of(0_i64..240));
    prop::option::of(drawn.prop_map(|(state, starts, attempt, next)| LatestTime {
        attempted_at: attempt.map(minutes),
        next_start: next.map(|next| minutes(starts + next)),
        ..time(state, starts)
    }))
}

fn any_facts() -> impl Strategy<Value = CaseFacts> {
    let states = (prop::sample::select(RequestState::ALL), prop::sample::select(SlotChoice::ALL));
    let flags =
        (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (states, any_time(), prop::option::of(-300_i64..300), flags).prop_map(
        |((state, choice), time, offered, (was_worked, clock_runs, asked, contested, in_outage, call_back, wrote))| {
            CaseFacts {
                state,
                choice,
                time,
                offered_until: offered.map(minutes),
                was_worked,
                clock_runs,
                asked_at: asked.then(now),
                contested_at: contested.then(now),
                in_outage,
                call_back_at: call_back.then(now),
                wrote_at: wrote.then(now),
                changed_at: now(),
            }
        },
    )
}

/// A line of the queue, of an outage or of none.
fn waiting(number: u32, due: i64, outage: Option<u128>) -> QueueItem {
    let link = |id: u128| OutageLink { id: OutageId(uuid::Uuid::from_u128(id)), name: Bilingual::default() };
    QueueItem {
        standing: Standing {
            due: minutes(due),
            urgency: Urgency::Normal,
            since: now(),
            number: RequestNumber::new(2026, number).expect("a number"),
        },
        lane: if outage.is_some() { Lane::Outage } else { Lane::New },
        customer: String::new(),
        program: Bilingual::default(),
        work_type: Bilingual::default(),
        what_happened: String::new(),
        contact_name: String::new(),
        contact_phone: String::new(),
        takes: None,
        claimed_by: None,
        brought_by: None,
        snoozed_until: None,
        is_back: false,
        outage: outage.map(|id| (link(id), 1)),
    }
}

fn any_standing() -> impl Strategy<Value = Standing> {
    (0_i64..3, prop::sample::select(Urgency::ALL), 0_i64..3, 1_u32..4).prop_map(|(due, urgency, since, number)| {
        let number = RequestNumber::new(2026, number).expect("a number");
        Standing { due: minutes(due), urgency, since: minutes(since), number }
    })
}

proptest! {
    /// Nothing is ever in no list: every combination of request × appointment × intervention is in a lane, with a technician
    /// who is on it, with the one who writes it, or over.
    #[test]
    fn nothing_is_ever_in_no_list(facts in any_facts()) {
        let place = place(&facts, now());
        let is_over = matches!(facts.state, RequestState::Closed | RequestState::Cancelled);
        prop_assert_eq!(place == Place::WithCustomer, facts.state == RequestState::Draft);
        prop_assert_eq!(place == Place::Closed, is_over && facts.contested_at.is_none() && facts.wrote_at.is_none());
        if facts.state == RequestState::Waiting {
            prop_assert!(matches!(place, Place::Lane(_)), "what waits is in a lane: {:?}", place);
            let is_one_of_many = facts.in_outage && facts.wrote_at.is_none();
            prop_assert_eq!(place == Place::Lane(Lane::Outage), is_one_of_many, "and one thing with its outage");
        }
        if !facts.in_outage {
            prop_assert!(place != Place::Lane(Lane::Outage), "it belongs to none");
        }
        if place == Place::WithTechnician {
            let time = facts.time.expect("somebody has agreed to it");
            prop_assert!(matches!(facts.state, RequestState::Scheduled | RequestState::InProgress));
            let state = time.state.at(time.slot.start, time.attempted_at, now());
            let is_late = now() >= time.slot.start + TimeDelta::minutes(OVERDUE_MINUTES);
            let has_come = facts.clock_runs || time.attempted_at.is_some_and(|attempt| attempt >= time.slot.start);
            prop_assert!(state != AppointmentState::Confirmed || !is_late || has_come, "nobody has come");
            prop_assert_eq!((facts.asked_at, facts.wrote_at), (None, None));
        }
    }

    /// What is kept of a place holds until the instant that is kept with it, and so does what it was made from.
    #[test]
    fn nothing_moves_before_it_is_said_to(facts in any_facts(), later in 0_i64..30_000) {
        let at = now() + TimeDelta::seconds(later);
        if changes_at(&facts, now()).is_none_or(|until| at < until) {
            prop_assert_eq!(place(&facts, at), place(&facts, now()));
        }
    }

    /// What belongs to one outage is one line, which stands where what breaks first of it would, and counts every one of them once.
    #[test]
    fn an_outage_is_one_line_and_hides_nothing(
        drawn in prop::collection::vec((0_i64..30, prop::option::of(0_u128..3)), 0..12),
    ) {
        let items: Vec<_> = (1..).zip(&drawn).map(|(number, &(due, outage))| waiting(number, due, outage)).collect();
        let mut lines = together(items.clone());
        lines.sort_by_key(|item| item.standing);
        let count: u32 = lines.iter().map(|line| line.outage.as_ref().map_or(1, |(_, count)| *count)).sum();
        prop_assert_eq!(usize::try_from(count).expect("few"), items.len(), "nothing is hidden, and nothing counted twice");
        for item in &items {
            let of_its_own = |line: &&QueueItem| match (&line.outage, &item.outage) {
                (Some((one, _)), Some((other, _))) => one.id == other.id,
                (None, None) => line.standing == item.standing,
                _ => false,
            };
            let found: Vec<_> = lines.iter().filter(of_its_own).collect();
            prop_assert_eq!(found.len(), 1, "each is in one line");
            prop_assert!(found[0].standing <= item.standing, "and no later than it would be by itself");
        }
        prop_assert!(lines.is_sorted_by(|one, other| one.standing < other.standing), "the order stays total");
    }

    /// The order is total and the same from both sides, so that sorting gives everybody the same list.
    #[test]
    fn the_order_is_total(one in any_standing(), other in any_standing(), third in any_standing()) {
        prop_assert_eq!(one.cmp(&other), other.cmp(&one).reverse());
        prop_assert_eq!(one.cmp(&other) == Ordering::Equal, one == other);
        if one <= other && other <= third {
            prop_assert!(one <= third);
        }
        if one.due < other.due {
            prop_assert!(one < other, "what breaks first comes first");
        }
    }

    /// However the list was read, it is sorted into the same one.
    #[test]
    fn the_order_is_stable(mut standings in prop::collection::vec(any_standing(), 0..12), seed in any::<usize>()) {
        let mut turned = standings.clone();
        if !turned.is_empty() {
            let by = seed % turned.len();
            turned.rotate_left(by);
        }
        standings.sort();
        turned.sort();
        prop_assert_eq!(standings, turned);
    }
}

#[test]
fn each_state_that_occurs_has_its_lane() {
    use {AppointmentState as At, Lane as L, RequestState as R};
    let waiting = facts(R::Waiting, None);
    let in_progress = facts(R::InProgress, Some(time(At::Running, -61)));
    let closed = facts(R::Closed, Some(time(At::Done, -90)));
    let cases = [
        (waiting, L::New),
        (CaseFacts { choice: SlotChoice::Dispatch, ..waiting }, L::TimeToChoose),
        (CaseFacts { offered_until: Some(minutes(1)), ..waiting }, L::Offered),
        (CaseFacts { offered_until: Some(minutes(0)), ..waiting }, L::OfferLapsed),
        (CaseFacts { was_worked: true, time: Some(time(At::Done, -90)), ..waiting }, L::FollowUp),
        (CaseFacts { time: Some(time(At::NoShow, -90)), ..waiting }, L::NoShow),
        (facts(R::Scheduled, Some(time(At::Confirmed, -5))), L::Overdue),
        // At the very instant at which it counts as missed, whether or not that is written down.
        (facts(R::Scheduled, Some(time(At::Confirmed, -UNMET_MINUTES))), L::MissedByUs),
        (facts(R::Waiting, Some(time(At::MissedByUs, -30))), L::MissedByUs),
        (CaseFacts { clock_runs: true, ..in_progress }, L::RunsOver),
        (CaseFacts { asked_at: Some(now()), ..in_progress }, L::ConsentAsked),
        (CaseFacts { contested_at: Some(now()), ..closed }, L::Objection),
        (CaseFacts { in_outage: true, ..waiting }, L::Outage),
        (CaseFacts { in_outage: true, ..facts(R::Waiting, Some(time(At::MissedByUs, -30))) }, L::Outage),
        (CaseFacts { call_back_at: Some(now()), ..facts(R::Scheduled, Some(time(At::Confirmed, 600))) }, L::CallBack),
    ];
    let wrote = |facts| CaseFacts { wrote_at: Some(now()), ..facts };
    let answers = [
        (wrote(waiting), L::AnswerCame),
        (wrote(CaseFacts { offered_until: Some(minutes(1)), ..waiting }), L::AnswerCame),
        (wrote(CaseFacts { time: Some(time(At::NoShow, -90)), ..waiting }), L::AnswerCame),
        (wrote(facts(R::Scheduled, Some(time(At::Confirmed, 600)))), L::AnswerCame),
        (wrote(facts(R::Closed, Some(time(At::Done, -90)))), L::AnswerCame),
        (wrote(CaseFacts { in_outage: true, ..waiting }), L::AnswerCame),
        // What breaks, or is broken, comes first.
        (wrote(facts(R::Scheduled, Some(time(At::Confirmed, -5)))), L::Overdue),
        (wrote(facts(R::Waiting, Some(time(At::MissedByUs, -30)))), L::MissedByUs),
        (wrote(CaseFacts { contested_at: Some(now()), ..closed }), L::Objection),
    ];
    let mut seen = BTreeSet::new();
    for (facts, lane) in cases.into_iter().chain(answers) {
        assert_eq!(place(&facts, now()), Place::Lane(lane), "{facts:?}");
        seen.insert(lane);
    }
    let cannot_occur: Vec<_> = Lane::ALL.iter().filter(|lane| !seen.contains(lane)).collect();
    assert_eq!(cannot_occur, Vec::<&L>::new());
}

#[test]
fn whoever_writes_falls_no_further_back() {
    let waiting = CaseFacts { wrote_at: Some(minutes(90)), ..facts(RequestState::Waiting, None) };
    assert_eq!(waits_since(Lane::AnswerCame, &waiting), now(), "it waited before");
    let lapsed = CaseFacts { offered_until: Some(minutes(60)), ..waiting };
    assert_eq!(waits_since(Lane::AnswerCame, &lapsed), minutes(60), "since the offer ended");
    let offered = CaseFacts { offered_until: Some(minutes(120)), ..waiting };
    assert_eq!(waits_since(Lane::AnswerCame, &offered), minutes(90), "it was the customer's turn until then");
    let closed = CaseFacts { state: RequestState::Closed, ..waiting };
    assert_eq!(waits_since(Lane::AnswerCame, &closed), minutes(90));
}

#[test]
fn what_is_as_it_should_be_is_its_technicians() {
    use {AppointmentState as At, RequestState as R};
    let tried = LatestTime { attempted_at: Some(minutes(-1)), ..time(At::Confirmed, -6) };
    for facts in [
        facts(R::Scheduled, Some(time(At::Confirmed, 30))),
        CaseFacts { in_outage: true, ..facts(R::Scheduled, Some(time(At::Confirmed, 30))) },
        facts(R::Scheduled, Some(time(At::Confirmed, -4))),
        facts(R::Scheduled, Some(tried)),
        CaseFacts { clock_runs: true, ..facts(R::InProgress, Some(time(At::Running, -30))) },
    ] {
        assert_eq!(place(&facts, now()), Place::WithTechnician, "{facts:?}");
    }
}

#[test]
fn what_breaks_first_is_counted_in_working_minutes_of_the_tier() {
    let due = |lane, time: Option<LatestTime>, urgency, since: &str| {
        due(lane, time.as_ref(), urgency, local(since), &standard(), &calendar())
    };
    // Friday afternoon: four working hours end on Monday morning.
    assert_eq!(due(Lane::New, None, Urgency::Urgent, "2026-11-20 14:30"), local("2026-11-23 10:00"));
    assert_eq!(due(Lane::New, None, Urgency::Normal, "2026-11-20 07:00"), local("2026-11-23 15:30"));
    let late = Some(time(AppointmentState::Confirmed, -6));
    assert_eq!(due(Lane::Overdue, late, Urgency::Normal, "2026-11-23 07:54"), minutes(4));
    let soon = Some(time(AppointmentState::Confirmed, 45));
    assert_eq!(due(Lane::CallBack, soon, Urgency::Normal, EIGHT), minutes(45), "whoever comes then knows of it before");
    assert_eq!(due(Lane::MissedByUs, None, Urgency::Normal, "2026-11-23 07:54"), local("2026-11-23 07:54"));
}

#[test]
fn what_is_put_off_comes_back_when_somebody_is_there() {
    let friday = local("2026-11-20 15:00");
    let until = |rest: Rest| rest.until(&calendar(), friday);
    assert_eq!(until(Rest::Hour), Some(local("2026-11-20 16:00")));
    assert_eq!(until(Rest::NextDay), Some(local("2026-11-23 07:00")));
    assert_eq!(until(Rest::Week), Some(local("2026-11-27 07:00")));
    assert_eq!(until(Rest::Over), None);
}

#[test]
fn a_time_of_ones_own_choice_lies_ahead_and_within_what_may_rest() {
    let until = |typed: &str, lane, urgency| rest_until(typed, lane, urgency, now());
    let normal = |typed: &str| until(typed, Lane::New, Urgency::Normal);
    assert_eq!(normal("2026-11-23T08:01"), Ok(minutes(1)));
    assert_eq!(normal("2026-12-01T10:20"), Ok(local("2026-12-01 10:20")), "on a Tuesday, at twenty past ten");
    assert_eq!(normal(" "), Err(FieldCode::Missing));
    assert_eq!(normal("zítra"), Err(FieldCode::Unknown));
    assert_eq!(normal("2026-11-23T08:00"), Err(FieldCode::OutOfRange), "it has come");
    assert_eq!(normal("2027-11-23T08:00"), Err(FieldCode::OutOfRange), "nobody would know what it was");
    let urgent = |typed: &str, lane| until(typed, lane, Urgency::Urgent);
    assert_eq!(urgent("2026-11-23T09:00", Lane::New), Ok(minutes(60)));
    assert_eq!(urgent("2026-11-23T09:01", Lane::New), Err(FieldCode::OutOfRange), "what is urgent rests an hour");
    assert!(urgent("2026-11-27T09:01", Lane::Objection).is_ok());
    assert_eq!(until("2026-11-23T08:30", Lane::Outage, Urgency::Normal), Err(FieldCode::OutOfRange));
}

#[test]
fn what_is_near_comes_first_and_what_is_broken_before_it() {
    let standing = |due, number| Standing {
        due: minutes(due),
        urgency: Urgency::Normal,
        since: now(),
        number: RequestNumber::new(2026, number).expect("a number"),
    };
    let mut all =
        [(standing(5, 1), false), (standing(60, 2), true), (standing(-1, 3), false), (standing(90, 4), false)];
    all.sort_by_key(|(standing, is_near)| near_first(standing, *is_near, now()));
    let order: Vec<_> = all.iter().map(|(standing, _)| standing.number.to_string()).collect();
    assert_eq!(order, ["2026-000003", "2026-000002", "2026-000001", "2026-000004"], "and nothing is missing");
}

#[test]
fn a_view_shows_what_is_in_it() {
    let viewer = StaffId(1);
    let item = QueueItem { claimed_by: Some(Colleague { id: viewer, name: "Zora".into() }), ..waiting(1, 0, None) };
    let shown = |code: &str, item: &QueueItem| {
        let shown = Shown::of(QueueView::from_code(code), viewer);
        let is_theirs = |id: StaffId| item.claimed_by.as_ref().is_some_and(|colleague| colleague.id == id);
        shown.lanes.contains(&item.lane)
            && shown.claimed_by.is_none_or(is_theirs)
            && shown.rests.is_none_or(|rests| rests == item.snoozed_until.is_some())
    };
    assert!(shown("", &item) && shown("new", &item) && shown("mine", &item));
    assert!(!shown("resting", &item) && !shown("no_show", &item));
    let resting = QueueItem { snoozed_until: Some(minutes(1)), claimed_by: None, ..item.clone() };
    assert!(shown("resting", &resting) && !shown("", &resting) && !shown("new", &resting) && !shown("mine", &resting));
    let offered = QueueItem { lane: Lane::Offered, ..item };
    assert!(shown("offered", &offered) && !shown("", &offered), "it is the customer's turn");
}

#[test]
fn what_we_call_off_ahead_of_its_time_waits_since_then() {
    let called_off = facts(RequestState::Waiting, Some(time(AppointmentState::MissedByUs, 3 * 24 * 60)));
    assert_eq!(place(&called_off, now()), Place::Lane(Lane::MissedByUs));
    assert_eq!(waits_since(Lane::MissedByUs, &called_off), now(), "not since a time that is still ahead");
    let missed = facts(RequestState::Scheduled, Some(time(AppointmentState::Confirmed, -30)));
    assert_eq!(waits_since(Lane::MissedByUs, &missed), minutes(-20));
}

#[test]
fn what_waits_in_the_queue_for_a_time_is_what_has_none() {
    for &lane in Lane::ALL {
        let waits = |state| waits_for_a_time(lane, state);
        assert_eq!(
            waits(RequestState::Waiting),
            lane != Lane::Outage,
            "{lane}: an outage's requests are answered together"
        );
        assert_eq!(waits(RequestState::Scheduled), lane == Lane::MissedByUs, "{lane}");
        assert!(lane == Lane::MissedByUs || !waits(RequestState::InProgress) && !waits(RequestState::Closed), "{lane}");
    }
}
