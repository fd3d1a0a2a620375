//! What the line achieves (design, Figures): promises kept, time it took, minutes worked and billed, by week or month and by who and
//! what.
//!
//! Everything that a page, a chart or a table shows is a [`Figure`] of a [`Line`] of a [`FiguresTable`]: each is worked out once,
//! from cells that are whole numbers already, so that sums over periods and over people or kinds agree to the minute.

mod load;
mod periods;
mod promises;
#[cfg(test)]
mod tests;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    load::{PlannedDays, planned_minutes},
    periods::{FiguresFilter, Period, Step},
    promises::{Outcome, RequestFacts, outcome},
};
use crate::model::base::{
    bilingual::Bilingual,
    calendar::{BusinessCalendar, to_local},
    codes::coded_enum,
    ids::{ProgramId, StaffId, WorkTypeId},
    terms::Urgency,
};

coded_enum! {
    /// A number that a table shows. What each means stands in the design and, in a sentence, on the page.
    pub enum Figure {
        /// Requests that were sent.
        Requests = "requests",
        /// Of those, urgent ones.
        Urgent = "urgent",
        /// Of all, how many per cent.
        UrgentShare = "urgent_share",
        /// Promises of the tier that were kept.
        Kept = "kept",
        /// Promises that were broken.
        Broken = "broken",
        /// Of those that are decided, how many per cent were kept.
        KeptShare = "kept_share",
        /// Working minutes from sending to an agreed time, of the one in the middle.
        ToAgreed = "to_agreed",
        /// Working minutes from sending until a technician came, of the one in the middle.
        ToStarted = "to_started",
        /// Interventions that were billed for the first time.
        Interventions = "interventions",
        /// Minutes that were billed, less what was given back.
        Billed = "billed",
        /// Of those, minutes that only the minimum added.
        TopUp = "top_up",
        /// Of the interventions, those that a customer rated.
        Rated = "rated",
        /// Of the rated ones, how many per cent with 4 or 5.
        PleasedShare = "pleased_share",
        /// Minutes that the vendor's own faults took.
        OurFault = "our_fault",
        /// Corrections of what a clock measured.
        Corrections = "corrections",
        /// Billable minutes that they added.
        Added = "added",
        /// Billable minutes that they took away.
        Taken = "taken",
        /// Minutes that technicians were planned to work.
        Planned = "planned",
        /// Minutes of agreed times.
        Agreed = "agreed",
        /// Of the planned ones, how many per cent.
        AgreedShare = "agreed_share",
        /// Minutes that clocks ran, without waiting.
        Worked = "worked",
        /// Of the planned ones, how many per cent.
        WorkedShare = "worked_share",
        /// Agreed times that customers missed.
        NoShows = "no_shows",
        /// Agreed times that we missed.
        Missed = "missed",
    }
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Things, however many.
    Count,
    /// Minutes of the clock.
    Minutes,
    /// Minutes of the line's hours.
    WorkingMinutes,
    /// Per cent, rounded down: a hundred is all of it.
    Percent,
}

impl Figure {
    /// What it counts.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::UrgentShare | Self::KeptShare | Self::AgreedShare | Self::WorkedShare | Self::PleasedShare => {
                Unit::Percent
            }
            Self::ToAgreed | Self::ToStarted => Unit::WorkingMinutes,
            Self::Billed
            | Self::TopUp
            | Self::OurFault
            | Self::Added
            | Self::Taken
            | Self::Planned
            | Self::Agreed
            | Self::Worked => Unit::Minutes,
            Self::Requests
            | Self::Urgent
            | Self::Kept
            | Self::Broken
            | Self::Interventions
            | Self::Rated
            | Self::Corrections
            | Self::NoShows
            | Self::Missed => Unit::Count,
        }
    }
}

coded_enum! {
    /// A table of the page, in the order of the page.
    pub enum FiguresKind {
        /// What was promised, by period.
        Promises = "promises",
        /// The same by tier and urgency.
        ByTier = "by_tier",
        /// How full the plan is, by period.
        Load = "load",
        /// The same by technician.
        ByTechnician = "by_technician",
        /// What was worked and billed, by period.
        Minutes = "minutes",
        /// The same by kind of work.
        ByWorkType = "by_work_type",
        /// The same by program.
        ByProgram = "by_program",
    }
}

impl FiguresKind {
    /// Its columns.
    #[must_use]
    pub const fn figures(self) -> &'static [Figure] {
        use Figure::{
            Added, Agreed, AgreedShare, Billed, Broken, Corrections, Interventions, Kept, KeptShare, Missed, NoShows,
            OurFault, Planned, PleasedShare, Rated, Requests, Taken, ToAgreed, ToStarted, TopUp, Urgent, UrgentShare,
            Worked, WorkedShare,
        };
        match self {
            Self::Promises => &[Requests, Urgent, UrgentShare, Kept, Broken, KeptShare, ToAgreed, ToStarted],
            Self::ByTier => &[Requests, Kept, Broken, KeptShare, ToAgreed, ToStarted],
            Self::Load => &[Planned, Agreed, AgreedShare, Worked, WorkedShare, NoShows, Missed],
            Self::ByTechnician => &[Planned, Agreed, AgreedShare, Worked, WorkedShare, NoShows, Missed],
            Self::Minutes => &[Interventions, Billed, TopUp, OurFault, Corrections, Added, Taken, Rated, PleasedShare],
            Self::ByWorkType | Self::ByProgram => &[Interventions, Billed, TopUp, Rated, PleasedShare],
        }
    }

    /// What its chart draws; none has one that lists no periods.
    #[must_use]
    pub const fn charted(self) -> Option<Figure> {
        match self {
            Self::Promises => Some(Figure::KeptShare),
            Self::Load => Some(Figure::WorkedShare),
            Self::Minutes => Some(Figure::Billed),
            Self::ByTier | Self::ByTechnician | Self::ByWorkType | Self::ByProgram => None,
        }
    }
}

/// What is added up. Shares follow from it, and what is in the middle has no sum.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    requests: u32,
    urgent: u32,
    kept: u32,
    broken: u32,
    to_agreed: Option<u32>,
    to_started: Option<u32>,
    interventions: i64,
    billed: i64,
    top_up: i64,
    rated: i64,
    pleased: i64,
    our_fault: i64,
    corrections: i64,
    added: i64,
    taken: i64,
    planned: i64,
    agreed: i64,
    worked: i64,
    no_shows: i64,
    missed: i64,
}

impl Figures {
    /// The number; none where there is nothing of which it could be one.
    #[must_use]
    pub fn of(&self, figure: Figure) -> Option<i64> {
        match figure {
            Figure::Requests => Some(self.requests.into()),
            Figure::Urgent => Some(self.urgent.into()),
            Figure::UrgentShare => share(self.urgent.into(), self.requests.into()),
            Figure::Kept => Some(self.kept.into()),
            Figure::Broken => Some(self.broken.into()),
            Figure::KeptShare => share(self.kept.into(), i64::from(self.kept) + i64::from(self.broken)),
            Figure::ToAgreed => self.to_agreed.map(i64::from),
            Figure::ToStarted => self.to_started.map(i64::from),
            Figure::Interventions => Some(self.interventions),
            Figure::Billed => Some(self.billed),
            Figure::TopUp => Some(self.top_up),
            Figure::Rated => Some(self.rated),
            Figure::PleasedShare => share(self.pleased, self.rated),
            Figure::OurFault => Some(self.our_fault),
            Figure::Corrections => Some(self.corrections),
            Figure::Added => Some(self.added),
            Figure::Taken => Some(self.taken),
            Figure::Planned => Some(self.planned),
            Figure::Agreed => Some(self.agreed),
            Figure::AgreedShare => share(self.agreed, self.planned),
            Figure::Worked => Some(self.worked),
            Figure::WorkedShare => share(self.worked, self.planned),
            Figure::NoShows => Some(self.no_shows),
            Figure::Missed => Some(self.missed),
        }
    }

    fn bill(&mut self, cell: &BilledCell) {
        self.interventions += cell.interventions;
        self.billed += cell.billed;
        self.top_up += cell.top_up;
        self.rated += cell.rated;
        self.pleased += cell.pleased;
    }

    fn load(&mut self, cell: &LoadCell) {
        self.agreed += cell.agreed;
        self.worked += cell.worked;
        self.our_fault += cell.our_fault;
        self.no_shows += cell.no_shows;
        self.missed += cell.missed;
    }

    fn correct(&mut self, cell: &CorrectedCell) {
        self.corrections += cell.corrections;
        self.added += cell.added;
        self.taken += cell.taken;
    }

    fn promise<'a>(&mut self, requests: impl Iterator<Item = &'a Judged>) {
        let (mut to_agreed, mut to_started) = (Vec::new(), Vec::new());
        for request in requests {
            self.requests += 1;
            self.urgent += u32::from(request.urgency == Urgency::Urgent);
            self.kept += u32::from(request.outcome == Outcome::Kept);
            self.broken += u32::from(request.outcome == Outcome::Broken);
            to_agreed.extend(request.to_agreed);
            to_started.extend(request.to_started);
        }
        self.to_agreed = middle(to_agreed);
        self.to_started = middle(to_started);
    }
}

/// How many per cent, rounded down; none of nothing.
fn share(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| part.saturating_mul(100) / whole)
}

/// The one in the middle, of two the mean: a single request that waited for weeks does not hide all others.
fn middle(mut minutes: Vec<u32>) -> Option<u32> {
    minutes.sort_unstable();
    let half = minutes.len() / 2;
    let upper = minutes.get(half).copied()?;
    let lower = if minutes.len().is_multiple_of(2) { minutes[half - 1] } else { upper };
    Some(lower + (upper - lower) / 2)
}

/// Billed in a period for one kind of work and one program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BilledCell {
    /// Which of the periods, from 0 on.
    pub period: usize,
    /// The kind of work, and what it is called.
    pub work_type: (WorkTypeId, Bilingual),
    /// The program, and what it is called.
    pub program: (ProgramId, Bilingual),
    /// First receipts.
    pub interventions: i64,
    /// Minutes, less what was given back.
    pub billed: i64,
    /// Of those, what the minimum added.
    pub top_up: i64,
    /// Of the interventions, those that were rated.
    pub rated: i64,
    /// Of those, the ones with which somebody was pleased.
    pub pleased: i64,
}

/// What became of one technician's time in a period, in whole minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadCell {
    /// Which of the periods, from 0 on.
    pub period: usize,
    /// Whose time.
    pub technician: StaffId,
    /// Of agreed times.
    pub agreed: i64,
    /// Of clocks that ran, without waiting.
    pub worked: i64,
    /// Of those, for our own faults.
    pub our_fault: i64,
    /// Times that customers missed.
    pub no_shows: i64,
    /// Times that we missed.
    pub missed: i64,
}

/// What was corrected in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectedCell {
    /// Which of the periods, from 0 on.
    pub period: usize,
    /// How many corrections.
    pub corrections: i64,
    /// Billable minutes more.
    pub added: i64,
    /// Billable minutes less.
    pub taken: i64,
}

/// Everything from which the figures of some periods follow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FiguresFacts {
    /// Requests that were sent in them.
    pub requests: Vec<RequestFacts>,
    /// What was billed.
    pub billed: Vec<BilledCell>,
    /// What became of technicians' time.
    pub load: Vec<LoadCell>,
    /// What was corrected.
    pub corrected: Vec<CorrectedCell>,
    /// When technicians were planned to work.
    pub planned: Vec<PlannedDays>,
    /// Everybody whose time that is, by name.
    pub names: Vec<(StaffId, String)>,
}

/// Of whom or what a line is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineName {
    /// A period.
    Period(Period),
    /// A tier, for requests of one urgency.
    Tier(Bilingual, Urgency),
    /// A technician.
    Person(String),
    /// A kind of work or a program.
    Thing(Bilingual),
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Of whom or what.
    pub name: LineName,
    /// What it says.
    pub figures: Figures,
}

/// A table of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresTable {
    /// What it lists.
    pub kind: FiguresKind,
    /// Its rows: periods in order of time, technicians by name, tiers in their order, else what has most minutes first.
    pub lines: Vec<Line>,
    /// All of it.
    pub total: Figures,
}

/// What `/desk/figures` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresPage {
    /// Of which days.
    pub filter: FiguresFilter,
    /// Whether more days were asked for than are shown.
    pub is_cut: bool,
    /// The tables.
    pub tables: Vec<FiguresTable>,
}

impl FiguresPage {
    /// Whether nothing at all happened in those days.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let of_nothing = |figure: &Figure| self.tables.iter().all(|table| table.total.of(*figure).unwrap_or(0) == 0);
        Figure::ALL.iter().filter(|figure| **figure != Figure::Planned).all(of_nothing)
    }
}

/// A request, judged.
struct Judged {
    period: usize,
    tier: String,
    urgency: Urgency,
    outcome: Outcome,
    to_agreed: Option<u32>,
    to_started: Option<u32>,
}

/// Works the figures out.
///
/// * `by_person` – whether whoever looks may see what each technician did
#[must_use]
pub fn figures(
    (filter, is_cut): (FiguresFilter, bool),
    facts: &FiguresFacts,
    calendar: &BusinessCalendar,
    by_person: bool,
    now: DateTime<Utc>,
) -> FiguresPage {
    let periods = filter.periods();
    let judged: Vec<Judged> = facts.requests.iter().filter_map(|facts| judge(facts, &periods, calendar, now)).collect();
    let planned = planned(&facts.planned, &periods, calendar);
    let mut tables = vec![
        by_period(FiguresKind::Promises, &periods, |period, figures| {
            figures.promise(judged.iter().filter(|request| is_of(period, request.period)));
        }),
        by_tier(facts, &judged),
        by_period(FiguresKind::Load, &periods, |period, figures| {
            facts.load.iter().filter(|cell| is_of(period, cell.period)).for_each(|cell| figures.load(cell));
            figures.planned = planned.iter().filter(|(of, ..)| is_of(period, *of)).map(|(.., minutes)| minutes).sum();
        }),
    ];
    if by_person {
        tables.push(by_technician(facts, &planned));
    }
    tables.push(by_period(FiguresKind::Minutes, &periods, |period, figures| {
        facts.billed.iter().filter(|cell| is_of(period, cell.period)).for_each(|cell| figures.bill(cell));
        facts.load.iter().filter(|cell| is_of(period, cell.period)).for_each(|cell| figures.load(cell));
        facts.corrected.iter().filter(|cell| is_of(period, cell.period)).for_each(|cell| figures.correct(cell));
    }));
    tables.push(by_thing(FiguresKind::ByWorkType, facts, |cell| (cell.work_type.0.0, &cell.work_type.1)));
    tables.push(by_thing(FiguresKind::ByProgram, facts, |cell| (cell.program.0.0, &cell.program.1)));
    FiguresPage { filter, is_cut, tables }
}

fn judge(facts: &RequestFacts, periods: &[Period], calendar: &BusinessCalendar, now: DateTime<Utc>) -> Option<Judged> {
    let day = to_local(facts.sent_at).date();
    let working = |until: Option<DateTime<Utc>>| Some(calendar.working_minutes_between(facts.sent_at, until?));
    Some(Judged {
        period: periods.iter().position(|period| period.has(day))?,
        tier: facts.tier.code.clone(),
        urgency: facts.urgency,
        outcome: outcome(facts, calendar, now),
        to_agreed: working(facts.agreed_at),
        to_started: working(facts.came_at),
    })
}

/// Whether something of a period belongs into a line; without one, into the sum.
fn is_of(line: Option<usize>, period: usize) -> bool {
    line.is_none_or(|line| line == period)
}

/// Planned minutes by period and technician.
fn planned(plans: &[PlannedDays], periods: &[Period], calendar: &BusinessCalendar) -> Vec<(usize, StaffId, i64)> {
    let mut cells = Vec::with_capacity(plans.len() * periods.len());
    for plan in plans {
        for (index, period) in periods.iter().enumerate() {
            let minutes = period.days().map(|day| i64::from(planned_minutes(plan, calendar, day))).sum();
            cells.push((index, plan.technician, minutes));
        }
    }
    cells
}

fn by_period(kind: FiguresKind, periods: &[Period], fill: impl Fn(Option<usize>, &mut Figures)) -> FiguresTable {
    let filled = |period| {
        let mut figures = Figures::default();
        fill(period, &mut figures);
        figures
    };
    let lines = periods.iter().enumerate();
    let lines = lines.map(|(index, period)| Line { name: LineName::Period(*period), figures: filled(Some(index)) });
    FiguresTable { kind, lines: lines.collect(), total: filled(None) }
}

fn by_tier(facts: &FiguresFacts, judged: &[Judged]) -> FiguresTable {
    let mut tiers: Vec<_> = facts.requests.iter().map(|request| &request.tier).collect();
    // The quickest first: the order of the tiers' targets is that of what is promised.
    tiers.sort_by(|one, other| {
        (one.urgent_target_minutes, one.normal_lead_minutes, &one.code).cmp(&(
            other.urgent_target_minutes,
            other.normal_lead_minutes,
            &other.code,
        ))
    });
    let mut lines: Vec<Line> = Vec::new();
    let mut seen = BTreeSet::new();
    for tier in tiers.into_iter().filter(|tier| seen.insert(tier.code.clone())) {
        for urgency in [Urgency::Urgent, Urgency::Normal] {
            let mut figures = Figures::default();
            figures.promise(judged.iter().filter(|request| request.tier == tier.code && request.urgency == urgency));
            if figures.requests > 0 {
                lines.push(Line { name: LineName::Tier(tier.name.clone(), urgency), figures });
            }
        }
    }
    let mut total = Figures::default();
    total.promise(judged.iter());
    FiguresTable { kind: FiguresKind::ByTier, lines, total }
}

fn by_technician(facts: &FiguresFacts, planned: &[(usize, StaffId, i64)]) -> FiguresTable {
    let mut of_each: BTreeMap<StaffId, Figures> = BTreeMap::new();
    let mut total = Figures::default();
    for cell in &facts.load {
        of_each.entry(cell.technician).or_default().load(cell);
        total.load(cell);
    }
    for (_, technician, minutes) in planned {
        of_each.entry(*technician).or_default().planned += minutes;
        total.planned += minutes;
    }
    let nothing = Figures::default();
    // In the order of the database, which knows how names are sorted in Czech.
    let named = facts.names.iter().filter_map(|(id, name)| Some((name, of_each.remove(id)?)));
    let lines = named.filter(|(_, figures)| *figures != nothing);
    let lines = lines.map(|(name, figures)| Line { name: LineName::Person(name.clone()), figures }).collect();
    FiguresTable { kind: FiguresKind::ByTechnician, lines, total }
}

fn by_thing(kind: FiguresKind, facts: &FiguresFacts, thing: impl Fn(&BilledCell) -> (i64, &Bilingual)) -> FiguresTable {
    let mut of_each: BTreeMap<i64, (&Bilingual, Figures)> = BTreeMap::new();
    let mut total = Figures::default();
    for cell in &facts.billed {
        let (id, name) = thing(cell);
        of_each.entry(id).or_insert_with(|| (name, Figures::default())).1.bill(cell);
        total.bill(cell);
    }
    let mut lines: Vec<_> =
        of_each.into_values().map(|(name, figures)| Line { name: LineName::Thing(name.clone()), figures }).collect();
    lines.sort_by_key(|line| Reverse(line.figures.billed));
    FiguresTable { kind, lines, total }
}
