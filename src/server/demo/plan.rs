//! What happens in the demo and when: worked out from the instant of its start and the examples alone, so that every start on one
//! day has the same past and the same days ahead.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{
    super::dice::Dice,
    examples::Examples,
    people::{CANTEEN, OFFICE, SCHOOL},
};
use crate::model::{
    base::calendar::{BusinessCalendar, from_local, to_local},
    minutes::contracts::Period,
    work::segments::SegmentKind::{self, Communication, Preparation, Waiting, Work},
};

/// How many days back the technicians' diaries are full; before, only what the first customers' accounts need.
const DIARY_DAYS: i64 = 9;
/// How many days the diaries reach ahead.
const AHEAD_DAYS: i64 = 14;

/// Everything that happens.
pub(super) struct Plan {
    /// The instant as of which it is told.
    pub now: DateTime<Utc>,
    /// The first day of the first quarter of the history.
    pub begins: NaiveDate,
    /// Requests in the order in which they were sent.
    pub jobs: Vec<Job>,
}

/// A time in which a technician is away.
pub(super) struct Absence {
    /// A place among the examples' technicians.
    pub technician: usize,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub note: &'static str,
}

/// A doctor's visit in the middle of a day, and a day of leave.
pub(super) fn absences(calendar: &BusinessCalendar, today: NaiveDate) -> [Absence; 2] {
    let absence = |technician, days, from, to, note| {
        let at = |minutes| {
            let time = NaiveTime::MIN + TimeDelta::minutes(minutes);
            from_local(calendar.add_working_days(today, days), time)
        };
        Absence { technician, start: at(from), end: at(to), note }
    };
    [absence(0, 2, 9 * 60, 11 * 60, "lékař"), absence(3, 5, 7 * 60, 15 * 60 + 30, "dovolená")]
}

/// A request with what became of it.
pub(super) struct Job {
    pub request: Uuid,
    /// Who ordered it: a place among the examples' people.
    pub member: usize,
    /// The key of the program.
    pub program: String,
    /// A place among the examples' kinds of work.
    pub work_type: usize,
    pub is_urgent: bool,
    pub ordered_at: DateTime<Utc>,
    pub visits: Vec<Visit>,
    pub objection: Option<Objection>,
}

/// An appointment. All but the first of a request are agreed when the one before is over.
pub(super) struct Visit {
    /// A place among the examples' technicians.
    pub technician: usize,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub course: Course,
}

/// How an appointment went.
pub(super) enum Course {
    /// It lies ahead.
    Ahead,
    /// The customer was not there.
    Missed,
    /// No technician came.
    Unmet,
    /// The technician's clock ran, for so many minutes of each kind.
    Worked { stretches: Vec<(SegmentKind, i64)>, finished: bool },
}

/// An objection to a stretch of the last visit.
pub(super) struct Objection {
    pub at: DateTime<Utc>,
    pub stretch: usize,
    pub reason: &'static str,
    /// When and how it was decided.
    pub decision: Option<(DateTime<Utc>, bool, &'static str)>,
}

impl Plan {
    pub fn new(now: DateTime<Utc>, calendar: &BusinessCalendar, examples: &Examples) -> Self {
        let today = to_local(now).date();
        let quarter = Period::Quarter.start_of(today).unwrap_or(today);
        let begins = quarter - Months::new(12);
        let mut planner = Planner {
            now,
            today,
            calendar,
            examples,
            dice: Dice(20_261_123),
            jobs: Vec::new(),
            absences: absences(calendar, today),
            ahead: 0,
            behind: 0,
            has_unmet: false,
        };
        planner.diaries();
        planner.dice = Dice(20_250_901);
        planner.school(begins, quarter);
        planner.office();
        planner.canteen();
        let mut jobs = planner.jobs;
        jobs.sort_by_key(|job| job.ordered_at);
        Self { now, begins, jobs }
    }
}

struct Planner<'a> {
    now: DateTime<Utc>,
    today: NaiveDate,
    calendar: &'a BusinessCalendar,
    examples: &'a Examples,
    dice: Dice,
    jobs: Vec<Job>,
    absences: [Absence; 2],
    /// How many appointments of the diaries lie ahead so far, and how many are over.
    ahead: usize,
    behind: usize,
    /// Whether one of them passed without a technician.
    has_unmet: bool,
}

impl Planner<'_> {
    /// Three weeks of appointments: one behind, two ahead; a third to a half of each technician's day.
    fn diaries(&mut self) {
        let first = self.today - TimeDelta::days(DIARY_DAYS);
        let last = self.today + TimeDelta::days(AHEAD_DAYS);
        for date in first.iter_days().take_while(|date| *date <= last) {
            if self.calendar.is_working_day(date) {
                for technician in 0..self.examples.technicians.len() {
                    self.diary(technician, date);
                }
            }
        }
    }

    fn diary(&mut self, technician: usize, date: NaiveDate) {
        for (starts, ends) in self.examples.hours_of(technician, date) {
            let ends = from_local(date, *ends);
            let mut at = from_local(date, *starts) + TimeDelta::minutes(15 * self.dice.below(5));
            while at < ends {
                let work_type = self.dice.place(11);
                let end = at + TimeDelta::minutes(self.examples.work[work_type].kind.slot_minutes.0.into());
                if end <= ends && self.examples.is_able(technician, work_type) {
                    self.appointment(technician, work_type, at, end);
                }
                at = end + TimeDelta::minutes(15 * (2 + self.dice.below(6)));
            }
        }
    }

    fn appointment(&mut self, technician: usize, work_type: usize, start: DateTime<Utc>, end: DateTime<Utc>) {
        let member = self.customer_of_diary(end < self.now);
        // Urgent work is agreed for the next hours, normal work days ahead.
        let can_be_urgent = !self.examples.work[work_type].kind.plannable.0 && start < self.now + TimeDelta::hours(6);
        let is_urgent = can_be_urgent && self.dice.below(4) == 0;
        let lead = if is_urgent { 1 + self.dice.below(2) } else { 80 + self.dice.below(60) };
        let request = self.dice.uuid();
        let course = if end >= self.now {
            Course::Ahead
        } else if self.is_unmet(technician, member, start) {
            self.has_unmet = true;
            Course::Unmet
        } else {
            self.worked(request, end - start)
        };
        // Nothing is agreed with whoever is away. The dice have fallen by now: the days after it stay as they are.
        let is_away = |away: &Absence| away.technician == technician && away.start < end && start < away.end;
        if self.absences.iter().any(is_away) {
            return;
        }
        self.jobs.push(Job {
            request,
            member,
            program: self.examples.programs_of(self.examples.customer_of(member))[0].to_owned(),
            work_type,
            is_urgent,
            ordered_at: (start - TimeDelta::hours(lead)).min(self.now),
            visits: vec![Visit { technician, start, end, course }],
            objection: None,
        });
    }

    /// One time of the last working day passed without anybody: of a technician and a customer that nobody signs in as.
    fn is_unmet(&self, technician: usize, member: usize, start: DateTime<Utc>) -> bool {
        let yesterday = self.working_day_before(self.today - Days::new(1));
        !self.has_unmet
            && technician > 1
            && self.examples.customer_of(member) > CANTEEN
            && to_local(start).date() == yesterday
    }

    /// Now and then it is one of the customers that people sign in as, mostly one of the others.
    fn customer_of_diary(&mut self, is_over: bool) -> usize {
        let other = CANTEEN + 1 + self.dice.place(self.examples.customers.len() - CANTEEN - 1);
        let count = if is_over { &mut self.behind } else { &mut self.ahead };
        *count += 1;
        let customer = match (is_over, *count) {
            (true, 6 | 30) | (false, 4 | 17) => SCHOOL,
            (false, 11) => OFFICE,
            (false, 26) => CANTEEN,
            _ => other,
        };
        let orderers = self.examples.orderers(customer);
        orderers[*count % orderers.len()]
    }

    fn worked(&self, request: Uuid, slot: TimeDelta) -> Course {
        // Dice of its own: whether a day is over must not change the days after it.
        let mut dice = Dice(request.as_u64_pair().0);
        let minutes = slot.num_minutes() * (45 + dice.below(40)) / 100;
        let stretches = match dice.below(5) {
            0 => in_detail(minutes, 3),
            _ => vec![(Work, minutes)],
        };
        Course::Worked { stretches, finished: true }
    }

    /// A year of the school: a contract that is drawn to the full, once beyond; and everything that can happen to a request.
    fn school(&mut self, begins: NaiveDate, quarter: NaiveDate) {
        // So many interventions and billed minutes a quarter. The second takes more than there is; a bundle follows.
        const PAST: [(usize, i64); 4] = [(12, 275), (14, 352), (13, 330), (12, 280)];
        const THIS: i64 = 105;
        const STEADY_DAYS: i64 = 54;
        let elapsed = (self.today - quarter).num_days().min(STEADY_DAYS);
        let this = THIS * elapsed / STEADY_DAYS;
        let this_count = usize::try_from(this / 26).unwrap_or(0);
        let mut jobs = Vec::new();
        let mut from = begins;
        for (count, minutes) in PAST.into_iter().chain([(this_count, this)]) {
            let until = from + Months::new(3);
            jobs.extend(self.quarter(from, until, count, minutes, jobs.len()));
            from = until;
        }
        self.missed(&mut jobs[9]);
        self.resumed(&mut jobs[30]);
        self.objections(&mut jobs);
        self.jobs.extend(jobs);
    }

    /// `count` interventions over the working days of a quarter, so many billed minutes together.
    fn quarter(&mut self, from: NaiveDate, until: NaiveDate, count: usize, minutes: i64, before: usize) -> Vec<Job> {
        const KINDS: [usize; 9] = [1, 4, 0, 5, 3, 2, 6, 1, 7];
        let until = until.min(self.today - TimeDelta::days(DIARY_DAYS));
        let days: Vec<NaiveDate> = from
            .iter_days()
            .take_while(|date| *date < until)
            .filter(|date| self.calendar.is_working_day(*date))
            .collect();
        let count = count.min(days.len());
        let shares = self.shares(count, minutes);
        let (who, programs) = (self.examples.orderers(SCHOOL), self.examples.programs_of(SCHOOL));
        (0..count)
            .map(|index| {
                let nth = before + index;
                let start = local(days[(2 * index + 1) * days.len() / (2 * count)], "08:15")
                    + TimeDelta::minutes(15 * self.dice.below(4));
                // What is billed the minimum took less.
                let minutes = if shares[index] == MINIMUM { 11 + self.dice.below(8) } else { shares[index] };
                let mut stretches = in_detail(minutes, 2 + self.dice.below(3));
                if nth % 7 == 3 {
                    stretches.insert(2, (Waiting, 5 + self.dice.below(8)));
                }
                let (member, program) =
                    (who[[0, 1, 1, 2, 1][nth % 5] % who.len()], programs[(nth + nth / 4) % programs.len()]);
                self.job(member, program, KINDS[nth % KINDS.len()], start, nth, stretches)
            })
            .collect()
    }

    /// So many minutes in so many parts, none below the minimum.
    fn shares(&mut self, count: usize, minutes: i64) -> Vec<i64> {
        let weights: Vec<i64> = (0..count).map(|_| self.dice.below(6).pow(2)).collect();
        let parts = i64::try_from(count).unwrap_or(0);
        let (extra, sum) = ((minutes - MINIMUM * parts).max(0), weights.iter().sum::<i64>().max(1));
        let mut shares: Vec<i64> = weights.iter().map(|weight| MINIMUM + extra * weight / sum).collect();
        let given: i64 = shares.iter().sum();
        if let Some(last) = shares.last_mut() {
            *last += (minutes - given).max(0);
        }
        shares
    }

    /// The customer was not there at first.
    fn missed(&self, job: &mut Job) {
        let second = self.again(&job.visits[0]);
        let first = &mut job.visits[0];
        let course = std::mem::replace(&mut first.course, Course::Missed);
        job.visits.push(Visit { course, ..second });
    }

    /// Not finished at first, and taken up again on the next working day.
    fn resumed(&self, job: &mut Job) {
        let second = self.again(&job.visits[0]);
        job.visits[0].course = Course::Worked {
            stretches: vec![(Preparation, 4), (Communication, 3), (Work, 9), (Waiting, 6)],
            finished: false,
        };
        let course = Course::Worked { stretches: vec![(Communication, 2), (Work, 13)], finished: true };
        job.visits.push(Visit { course, ..second });
    }

    /// The same technician's next working day, late in the morning.
    fn again(&self, visit: &Visit) -> Visit {
        let date = self.calendar.add_working_days(to_local(visit.start).date(), 1);
        let start = local(date, "11:00");
        Visit { start, end: start + (visit.end - visit.start), course: Course::Ahead, technician: visit.technician }
    }

    /// The last three receipts are contested: accepted, rejected, waiting for a decision.
    fn objections(&self, jobs: &mut [Job]) {
        let [.., accepted, rejected, open] = jobs else {
            return;
        };
        let later = |job: &Job, days, time: &str| {
            let date = job.visits.last().map_or(self.today, |visit| to_local(visit.end).date());
            local(self.calendar.add_working_days(date, days), time)
        };
        accepted.visits[0].course =
            Course::Worked { stretches: vec![(Preparation, 4), (Communication, 13), (Work, 14)], finished: true };
        accepted.objection = Some(Objection {
            at: later(accepted, 1, "08:40"),
            stretch: 1,
            reason: "Většinu hovoru jsme čekali, až se technik dostane k našemu nastavení.",
            decision: Some((
                later(accepted, 2, "10:15"),
                true,
                "Máte pravdu, zdržení bylo na naší straně. Minuty vracíme.",
            )),
        });
        rejected.objection = Some(Objection {
            at: later(rejected, 1, "14:05"),
            stretch: last_stretch(rejected),
            reason: "Zdá se nám, že práce trvala kratší dobu.",
            decision: Some((
                later(rejected, 2, "09:30"),
                false,
                "Čas jsme ověřili podle záznamu spojení, technik byl připojený po celou dobu.",
            )),
        });
        let yesterday = self.working_day_before(self.today - Days::new(1));
        open.objection = Some(Objection {
            at: local(yesterday, "09:50"),
            stretch: last_stretch(open),
            reason: "Během práce se program jednou sám restartoval a část jsme dělali znovu.",
            decision: None,
        });
    }

    /// A town hall without a contract: what it pays one by one would have cost less as a bundle.
    fn office(&mut self) {
        const WORK: [(usize, i64); 9] =
            [(1, 25), (5, 40), (3, 30), (4, 18), (9, 40), (1, 30), (2, 40), (0, 28), (5, 30)];
        let programs = self.examples.programs_of(OFFICE);
        for (nth, (work_type, minutes)) in WORK.into_iter().enumerate() {
            let date = self.days_ago(320 - 38 * i64::try_from(nth).unwrap_or(0));
            let member = self.examples.orderers(OFFICE)[0];
            let job = self.job(
                member,
                programs[nth % programs.len()],
                work_type,
                local(date, "13:30"),
                nth,
                in_detail(minutes, 3),
            );
            self.jobs.push(job);
        }
    }

    /// A canteen whose bundle is nearly used up.
    fn canteen(&mut self) {
        const WORK: [(i64, usize, i64); 4] = [(36, 1, 24), (29, 4, 20), (22, 5, 30), (13, 0, 25)];
        for (nth, (days, work_type, minutes)) in WORK.into_iter().enumerate() {
            let start = local(self.days_ago(days), "12:30");
            let job = self.job(
                self.examples.orderers(CANTEEN)[0],
                self.examples.programs_of(CANTEEN)[nth % 2],
                work_type,
                start,
                nth,
                in_detail(minutes, 3),
            );
            self.jobs.push(job);
        }
    }

    fn job(
        &mut self,
        member: usize,
        program: &str,
        work_type: usize,
        start: DateTime<Utc>,
        nth: usize,
        stretches: Vec<(SegmentKind, i64)>,
    ) -> Job {
        let work = &self.examples.work[work_type].kind;
        let able: Vec<usize> = (0..self.examples.technicians.len())
            .filter(|technician| self.examples.is_able(*technician, work_type))
            .collect();
        let is_urgent = !work.plannable.0 && self.dice.below(4) == 0;
        let lead = if is_urgent { 1 } else { 40 + self.dice.below(50) };
        let taken: i64 = stretches.iter().map(|(_, minutes)| minutes).sum();
        let slot = i64::from(work.slot_minutes.0).max((taken + 20) / 15 * 15);
        Job {
            request: self.dice.uuid(),
            member,
            program: program.to_owned(),
            work_type,
            is_urgent,
            ordered_at: start - TimeDelta::hours(lead),
            visits: vec![Visit {
                technician: able[nth % able.len()],
                start,
                end: start + TimeDelta::minutes(slot),
                course: Course::Worked { stretches, finished: true },
            }],
            objection: None,
        }
    }

    /// The working day that many days ago, or the last one before.
    fn days_ago(&self, days: i64) -> NaiveDate {
        self.working_day_before(self.today - TimeDelta::days(days))
    }

    fn working_day_before(&self, mut date: NaiveDate) -> NaiveDate {
        while !self.calendar.is_working_day(date) {
            date = date - Days::new(1);
        }
        date
    }
}

/// The least that is billed under a contract or from a bundle, in minutes.
const MINIMUM: i64 = 20;

/// Minutes of an intervention, kind by kind.
fn in_detail(minutes: i64, talk: i64) -> Vec<(SegmentKind, i64)> {
    vec![(Preparation, 3), (Communication, talk), (Work, minutes - 3 - talk)]
}

/// The work itself comes last.
fn last_stretch(job: &Job) -> usize {
    match job.visits.last().map(|visit| &visit.course) {
        Some(Course::Worked { stretches, .. }) => stretches.len().saturating_sub(1),
        _ => 0,
    }
}

fn local(date: NaiveDate, time: &str) -> DateTime<Utc> {
    from_local(date, time.parse().unwrap_or(NaiveTime::MIN))
}
