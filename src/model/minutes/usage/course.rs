//! The course of an account ahead: what is credited, what expires, and what will probably be drawn meanwhile.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Forecast, Pace};
use crate::model::{
    base::calendar::{BusinessCalendar, midnight, to_local},
    minutes::outlook::{Credit, Reservation, draw},
};

/// Why an account ahead turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TurnKind {
    /// Minutes are credited: a contract's next period begins, or a grant becomes effective.
    Credited,
    /// Minutes will probably be left on their last day, and are lost.
    Expired,
    /// An appointment is agreed, which will probably take so many.
    Agreed,
}

/// What is known to happen to an account on a day ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The day; of what expires, the last one on which it can be drawn.
    pub date: NaiveDate,
    /// What it is.
    pub kind: TurnKind,
    /// How many minutes.
    pub minutes: u32,
}

/// An account from today on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Minutes left, as corners of a line from today on; two of one day where something is credited or expires.
    pub points: Vec<(NaiveDate, u32)>,
    /// What is known to happen, in order of time.
    pub turns: Vec<Turn>,
    /// What the present pace leads to until something is credited.
    pub forecast: Forecast,
}

/// What will become of an account until the end of a day.
///
/// Each working day from tomorrow on takes its share of the pace. What is agreed is part of that work, so together they take what the
/// larger of both would have taken by then. What they take when nothing is left is nobody's minutes, and not drawn later.
///
/// * `credits` – what there is and will be, in drawing order
/// * `agreed` – what is agreed, in order of time
#[must_use]
pub fn course(
    credits: &[Credit],
    agreed: &[Reservation],
    pace: Option<&Pace>,
    (today, until): (NaiveDate, NaiveDate),
    calendar: &BusinessCalendar,
) -> Course {
    let mut walk = Walk { credits: credits.to_vec(), points: Vec::new(), turns: Vec::new(), forecast: None };
    let left = walk.left_on(today);
    walk.points.push((today, left));
    if left == 0 {
        walk.forecast = Some(Forecast::Empty);
    } else if pace.is_none() {
        walk.forecast = Some(Forecast::Unknown);
    }
    let (mut working_days, mut wanted) = (0, 0);
    for date in today.iter_days().take_while(|date| *date <= until) {
        if date > today {
            walk.turn(date);
            working_days += u64::from(calendar.is_working_day(date));
        }
        walk.note_agreed(agreed, date, today);
        let by_pace = pace.map_or(0, |pace| pace.minutes_in(working_days));
        let by_agreed = agreed.iter().take_while(|one| to_local(one.start).date() <= date).map(|one| one.minutes).sum();
        let more = by_pace.max(by_agreed) - wanted;
        wanted += more;
        walk.draw(date, more);
    }
    walk.end(today, until)
}

struct Walk {
    credits: Vec<Credit>,
    points: Vec<(NaiveDate, u32)>,
    turns: Vec<Turn>,
    forecast: Option<Forecast>,
}

impl Walk {
    /// What can be drawn on a day.
    fn left_on(&self, date: NaiveDate) -> u32 {
        let (begins, ends) = (midnight(date), date.succ_opt().map_or(midnight(date), midnight));
        let is_there = |credit: &&Credit| {
            credit.effective_at < ends && credit.expires_at.is_none_or(|expires_at| begins < expires_at)
        };
        self.credits.iter().filter(is_there).map(|credit| credit.left).sum()
    }

    /// What expires with the day before, and what is credited on this one.
    fn turn(&mut self, date: NaiveDate) {
        let Some(eve) = date.pred_opt() else { return };
        let before = self.left_on(eve);
        let begins = midnight(date);
        let mut expired = 0;
        for credit in self.credits.iter_mut().filter(|credit| credit.expires_at.is_some_and(|end| end <= begins)) {
            expired += std::mem::take(&mut credit.left);
        }
        let new = self.credits.iter().filter(|credit| to_local(credit.effective_at).date() == date);
        let credited: u32 = new.map(|credit| credit.left).sum();
        if expired > 0 {
            self.turns.push(Turn { date: eve, kind: TurnKind::Expired, minutes: expired });
        }
        if credited > 0 {
            self.turns.push(Turn { date, kind: TurnKind::Credited, minutes: credited });
        }
        if expired + credited == 0 {
            return;
        }
        let after = self.left_on(date);
        // The pace leads no further than to what is credited next, or to where nothing is left to draw.
        if credited > 0 || after == 0 {
            self.forecast.get_or_insert(Forecast::Lasts { until: eve, left: before });
        }
        self.points.extend([(date, before), (date, after)]);
    }

    fn note_agreed(&mut self, agreed: &[Reservation], date: NaiveDate, today: NaiveDate) {
        let on = |one: &&Reservation| to_local(one.start).date().max(today) == date && one.minutes > 0;
        let turns = agreed.iter().filter(on).map(|one| Turn { date, kind: TurnKind::Agreed, minutes: one.minutes });
        self.turns.extend(turns);
    }

    fn draw(&mut self, date: NaiveDate, minutes: u32) {
        let before = self.left_on(date);
        // Whatever is effective on a day is so before it ends.
        let last = date.succ_opt().map_or(midnight(date), midnight) - chrono::TimeDelta::seconds(1);
        draw(&mut self.credits, last, minutes);
        if before > 0 && self.left_on(date) == 0 {
            self.forecast.get_or_insert(Forecast::RunsOut { on: date });
            self.points.push((date, 0));
        }
    }

    fn end(mut self, today: NaiveDate, until: NaiveDate) -> Course {
        let last = until.max(today);
        let left = self.left_on(last);
        if self.points.last() != Some(&(last, left)) {
            self.points.push((last, left));
        }
        let forecast = self.forecast.unwrap_or(Forecast::Lasts { until, left });
        Course { points: self.points, turns: self.turns, forecast }
    }
}
