use super::*;
use crate::model::{
    base::{bilingual::Bilingual, ids::StaffId, seen::Fields, terms::Urgency},
    fixtures::{calendar, local},
    ordering::requests::RequestState,
};

fn at(wall: &str) -> DateTime<Utc> {
    local(&format!("2026-11-24 {wall}"))
}

fn slot(from: &str, until: &str) -> Slot {
    Slot { start: at(from), end: at(until) }
}

fn number(serial: u32) -> RequestNumber {
    format!("2026-{serial:06}").parse().unwrap()
}

fn radek() -> Colleague {
    Colleague { id: StaffId(1), name: "Radek".into() }
}

fn taken(serial: u32, from: &str, until: &str, state: AppointmentState) -> Taken {
    let name = Bilingual::from("Sklad".to_owned());
    Taken {
        number: Some(number(serial)),
        slot: slot(from, until),
        state,
        urgency: Urgency::Normal,
        customer: format!("Škola {serial}"),
        program: name.clone(),
        work_type: name,
        said: None,
    }
}

fn agreed(from: &str, until: &str) -> Agreed {
    Agreed { slot: slot(from, until), technician: radek() }
}

fn day(others: Vec<Taken>, before: Option<Slot>, after: Option<Slot>) -> DayOf {
    DayOf { technician: radek(), others, own_before: before, own_after: after }
}

/// What begins late, as things stand and afterwards.
fn late(day: &DayOf, now: &str) -> Vec<(u32, u32, u32)> {
    let delays = delays(day, (number(9), "Škola 9"), at(now));
    let serial = |delay: &Delay| (1..=9).find(|serial| number(*serial) == delay.number).unwrap();
    delays.iter().map(|delay| (serial(delay), delay.before, delay.after)).collect()
}

#[test]
fn what_runs_late_pushes_what_follows_without_a_gap_and_nothing_behind_one() {
    let others = vec![
        taken(1, "08:00", "09:00", AppointmentState::Running),
        taken(2, "09:00", "10:00", AppointmentState::Confirmed),
        taken(3, "10:15", "11:00", AppointmentState::Confirmed),
        taken(4, "13:00", "14:00", AppointmentState::Confirmed),
    ];
    let as_it_is = day(others, None, None);
    assert_eq!(late(&as_it_is, "08:50"), []);
    assert_eq!(late(&as_it_is, "09:20"), [(2, 20, 20), (3, 5, 5)]);
}

#[test]
fn a_time_put_behind_what_is_late_is_late_itself_and_pushes_the_next() {
    let others = || {
        vec![
            taken(1, "08:00", "09:00", AppointmentState::Running),
            taken(2, "10:00", "11:00", AppointmentState::Confirmed),
        ]
    };
    let into_the_gap = day(others(), None, Some(slot("09:00", "10:00")));
    assert_eq!(late(&into_the_gap, "09:20"), [(9, 0, 20), (2, 0, 20)]);
    let out_of_it = day(others(), Some(slot("09:00", "10:00")), None);
    assert_eq!(late(&out_of_it, "09:20"), [(2, 20, 0)], "whoever takes it away relieves the next");
}

#[test]
fn what_nobody_began_begins_now_at_the_earliest() {
    let others = vec![
        taken(1, "08:00", "09:00", AppointmentState::Confirmed),
        taken(2, "09:00", "10:00", AppointmentState::Confirmed),
        taken(3, "10:00", "11:00", AppointmentState::MissedByUs),
    ];
    assert_eq!(late(&day(others, None, None), "08:07"), [(1, 7, 7), (2, 7, 7)]);
}

#[test]
fn a_promise_is_kept_or_broken_in_working_minutes() {
    let (calendar, until) = (calendar(), at("15:00"));
    let kept = Target::of(&calendar, until, at("14:15"));
    assert_eq!(kept, Target::Kept { until, spare: 45 });
    assert_eq!(Target::of(&calendar, until, until), Target::Kept { until, spare: 0 });
    // Half an hour is left of that day; the night does not count.
    let broken = Target::of(&calendar, until, local("2026-11-25 07:15"));
    assert_eq!(broken, Target::Broken { until, by: 45 });
}

fn facts<'a>(calendar: &'a BusinessCalendar, before: Option<&'a Agreed>, after: Option<&'a Agreed>) -> ActFacts<'a> {
    ActFacts {
        calendar,
        number: number(9),
        customer: "Škola 9",
        before,
        after,
        sequence: (1, 2),
        promised: None,
        estimate: (None, None),
        days: &[],
        open: &[],
        tells_customer: true,
        mails: &[],
    }
}

#[test]
fn the_event_in_the_calendar_is_new_changed_called_off_or_left_alone() {
    let (calendar, one, other) = (calendar(), agreed("08:00", "09:00"), agreed("10:00", "11:00"));
    let event = |facts: ActFacts<'_>| Consequences::of(&facts, at("07:00")).event;
    assert_eq!(event(facts(&calendar, None, Some(&one))), Some(EventChange::New { sequence: 2 }));
    let moved = facts(&calendar, Some(&one), Some(&other));
    assert_eq!(event(moved), Some(EventChange::Changed { from: 1, to: 2 }));
    assert_eq!(event(ActFacts { sequence: (1, 1), ..moved }), Some(EventChange::Same));
    assert_eq!(event(facts(&calendar, Some(&one), None)), Some(EventChange::CalledOff { sequence: 2 }));
    assert_eq!(event(facts(&calendar, None, None)), None);
}

#[test]
fn whom_no_mail_reaches_is_to_be_called_unless_there_is_nothing_to_tell() {
    let (calendar, one) = (calendar(), agreed("08:00", "09:00"));
    let to_radek = [MailPreview {
        to: "Radek".into(),
        is_customers: false,
        language: "cs".into(),
        subject: "Máte termín".into(),
        paragraphs: Vec::new(),
    }];
    let to_boss = [MailPreview { to: "Jana".into(), is_customers: true, ..to_radek[0].clone() }];
    let facts = ActFacts { mails: &to_radek, ..facts(&calendar, None, Some(&one)) };
    let called = |facts: ActFacts<'_>| Consequences::of(&facts, at("07:00")).is_to_be_called;
    assert!(called(facts));
    assert!(!called(ActFacts { mails: &to_boss, ..facts }));
    assert!(!called(ActFacts { tells_customer: false, ..facts }));
}

#[test]
fn another_time_of_the_same_customer_is_told_and_whether_it_is_at_once() {
    let (calendar, one) = (calendar(), agreed("08:00", "09:00"));
    let open = |serial: u32, start: Option<&str>| OpenRequest {
        number: number(serial),
        state: RequestState::Scheduled,
        program: Bilingual::from("Sklad".to_owned()),
        work_type: Bilingual::from("Oprava".to_owned()),
        urgency: Urgency::Normal,
        start: start.map(at),
    };
    let open = [open(9, Some("08:00")), open(1, Some("08:30")), open(2, Some("09:00")), open(3, None)];
    let facts = ActFacts { open: &open, ..facts(&calendar, None, Some(&one)) };
    let beside = Consequences::of(&facts, at("07:00")).beside;
    let told: Vec<_> = beside.iter().map(|other| (other.request.number, other.is_at_once)).collect();
    assert_eq!(told, [(number(1), true), (number(2), false), (number(3), false)]);
}

#[test]
fn what_was_shown_is_the_same_while_a_delay_grows_and_another_when_something_else_is_pushed() {
    let calendar = calendar();
    let (before, after) = (agreed("08:00", "08:30"), agreed("09:00", "10:00"));
    let others = vec![
        taken(1, "08:00", "09:00", AppointmentState::Running),
        taken(2, "10:30", "11:00", AppointmentState::Confirmed),
    ];
    let days = [day(others, None, Some(after.slot))];
    let facts = ActFacts { days: &days, ..facts(&calendar, Some(&before), Some(&after)) };
    let shown = |now: &str| Consequences::of(&facts, at(now)).shown();
    assert_eq!(shown("09:10"), shown("09:20"));
    assert_ne!(shown("09:20"), shown("09:40"), "now the one at half past ten is pushed");
    let fields = |now| Fields::default().with(MEANS, shown(now));
    let seen = Seen::of(&fields("09:10"));
    assert!(has_shown(&seen) && !has_shown(&Seen::default()));
    assert!(!has_shown(&Seen::of(&Fields::default().with("starts", "none"))));
    assert!(seen.admit(&fields("09:20"), &Fields::default()).is_ok());
    assert!(seen.admit(&fields("09:40"), &Fields::default()).is_err());
}
