//! Subscriptions: minutes that come each month or quarter by themselves (design, Subscriptions). When a period begins, what happens
//! next, and what honest advice is, as pure functions.

#[cfg(test)]
mod tests;

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use crate::model::minutes::recurrence::Recurrence;

use super::{
    bundles::Bundle,
    card::SavedCard,
    purchases::{PaymentMethod, PurchaseNumber},
};
use crate::model::base::{
    calendar::midnight,
    codes::coded_enum,
    ids::{BundleId, SubscriptionId},
    money::{Money, VatRate},
};

/// How many days before a period begins its payment is asked for, so that it can have come by then.
pub const LEAD: Days = Days::new(7);
/// How many days before that the customer is told.
pub const NOTICE: Days = Days::new(3);
/// Why what was asked for a period that has not begun is not owed any more, as its credit note says it.
pub const TAKEN_BACK: &str = "Předplatné bylo změněno nebo ukončeno před začátkem období.";

/// What can be subscribed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The minutes of a period, and their price.
    pub bundle: Bundle,
    /// How often they come.
    pub comes: Recurrence,
}

impl Plan {
    /// The months of its period.
    #[must_use]
    pub fn months(&self) -> u32 {
        self.comes.every_months().unwrap_or(1)
    }

    /// Its price for a month, without VAT, rounded down: for comparing, never for sums.
    #[must_use]
    pub fn price_of_month(&self) -> Money {
        Money::from_haler(self.bundle.price.haler() / i64::from(self.months()))
    }
}

coded_enum! {
    /// Where a subscription is in its life.
    pub enum SubscriptionState {
        /// It goes on by itself.
        Active = "active",
        /// It waits to be taken up again.
        Paused = "paused",
        /// It is over.
        Ended = "ended",
    }
}

coded_enum! {
    /// What happens to a subscription at the end of its period.
    pub enum SubscriptionWish {
        /// It waits.
        Pause = "pause",
        /// It ends.
        End = "end",
    }
}

coded_enum! {
    /// What a customer does with a subscription.
    pub enum SubscriptionAct {
        /// Another plan from the next period on.
        Change = "change",
        /// A pause from the end of the period on.
        Pause = "pause",
        /// No more after the period.
        End = "end",
        /// It goes on as it is: what was wished is taken back.
        Keep = "keep",
        /// It is taken up again.
        Resume = "resume",
        /// It is paid by transfer from the next period on.
        ByTransfer = "by_transfer",
    }
}

/// The period of so many from an anchor: its first day and the day after its last. It begins on the anchor's day of the month, or on
/// the last of a month that has no such day; so periods follow each other without a gap, and a short month shortens no later one.
#[must_use]
pub fn period_of(anchor: NaiveDate, months: u32, index: u32) -> (NaiveDate, NaiveDate) {
    let begins =
        |index: u32| anchor.checked_add_months(Months::new(months.saturating_mul(index))).unwrap_or(NaiveDate::MAX);
    (begins(index), begins(index.saturating_add(1)))
}

/// The first instant at which minutes of a period can no longer be drawn: the end of the period, or of the one into which they roll;
/// whoever pays late has them as long as whoever pays in time.
#[must_use]
pub fn minutes_expire(usable_until: NaiveDate, lasts_months: u32, credited_on: NaiveDate) -> DateTime<Utc> {
    let through = credited_on.checked_add_months(Months::new(lasts_months)).unwrap_or(usable_until);
    midnight(usable_until.max(through))
}

/// The latest period of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastPeriod {
    /// The how manieth it is, from 0.
    pub ordinal: u32,
    /// Its first day.
    pub first_day: NaiveDate,
    /// The day after its last.
    pub until: NaiveDate,
    /// The purchase of its minutes.
    pub purchase: PurchaseNumber,
    /// What became of that.
    pub payment: PeriodPayment,
}

/// What became of the payment of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PeriodPayment {
    /// It came.
    Paid,
    /// It is owed; the minutes are there.
    Owed,
    /// It is waited for.
    Awaited,
    /// It did not come, or was called off.
    Lapsed,
}

/// What is known of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Where it is.
    pub state: SubscriptionState,
    /// What happens at the end of its period.
    pub wish: Option<SubscriptionWish>,
    /// From which day its periods are counted.
    pub anchor: NaiveDate,
    /// The ordinal of the first of those.
    pub anchor_ordinal: u32,
    /// The months of a period.
    pub months: u32,
    /// The latest one.
    pub last: Option<LastPeriod>,
    /// Whether what is due is taken from the saved card.
    pub by_card: bool,
    /// Of which period to come the customer was told, by its ordinal, and on which day.
    pub told: Option<(u32, NaiveDate)>,
}

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing is.
    Wait,
    /// The customer is to be told of a period that is asked for soon.
    Tell {
        /// The how manieth it is.
        ordinal: u32,
        /// Its first day.
        first_day: NaiveDate,
    },
    /// A period is to be asked for.
    Open {
        /// The how manieth it is.
        ordinal: u32,
        /// Its first day.
        first_day: NaiveDate,
    },
    /// It is to wait.
    Pause,
    /// It is over.
    End,
}

impl Standing {
    /// What is due on a day.
    #[must_use]
    pub fn due(&self, today: NaiveDate) -> Step {
        if self.state != SubscriptionState::Active {
            return Step::Wait;
        }
        let last = self.last.filter(|last| last.ordinal >= self.anchor_ordinal);
        let begins = last.map_or(self.anchor, |last| last.until);
        match (last.map(|last| (last.ordinal, last.payment)), self.wish) {
            (Some((_, PeriodPayment::Lapsed)), Some(SubscriptionWish::End))
            // One that was never paid has never begun.
            | (Some((0, PeriodPayment::Lapsed)), _) => Step::End,
            (Some((_, PeriodPayment::Lapsed)), _) => Step::Pause,
            (_, Some(wish)) if today >= begins => match wish {
                SubscriptionWish::Pause => Step::Pause,
                SubscriptionWish::End => Step::End,
            },
            // One payment is asked for at a time.
            (_, Some(_)) | (Some((_, PeriodPayment::Awaited)), None) => Step::Wait,
            (Some((ordinal, _)), None) => self.renewal(ordinal + 1, begins, today),
            (None, None) if today < begins => self.renewal(self.anchor_ordinal, begins, today),
            // The first one begins when it is asked for, and is no renewal.
            (None, None) => self.open(self.anchor_ordinal, begins, today),
        }
    }

    /// A period is asked for a week before it begins, or taken from a card when it does, and not before the customer was told for some
    /// days.
    fn renewal(&self, ordinal: u32, begins: NaiveDate, today: NaiveDate) -> Step {
        let asked = if self.by_card { begins } else { begins - LEAD };
        match self.told.filter(|(told, _)| *told == ordinal) {
            None if today + LEAD + NOTICE < begins => Step::Wait,
            None => Step::Tell { ordinal, first_day: self.first_day(begins, asked.max(today + NOTICE)) },
            Some((_, told)) if today < asked.max(told + NOTICE) => Step::Wait,
            Some(_) => self.open(ordinal, begins, today),
        }
    }

    fn open(&self, ordinal: u32, begins: NaiveDate, today: NaiveDate) -> Step {
        Step::Open { ordinal, first_day: self.first_day(begins, today) }
    }

    /// A period that would be over already when it is asked for, as its payment was awaited for so long, begins then.
    fn first_day(&self, begins: NaiveDate, asked: NaiveDate) -> NaiveDate {
        let (_, until) = period_of(begins, self.months, 0);
        if until <= asked { asked } else { begins }
    }
}

/// How a plan fits what is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanFit {
    /// It fits.
    Fits,
    /// Less than half of it is used.
    TooMuch,
    /// A quarter more than it is used.
    TooLittle,
}

/// How a plan of so many minutes fits an average of used ones.
#[must_use]
pub const fn fit(minutes: u32, average: u32) -> PlanFit {
    if average.saturating_mul(2) < minutes {
        PlanFit::TooMuch
    } else if average.saturating_mul(4) > minutes.saturating_mul(5) {
        PlanFit::TooLittle
    } else {
        PlanFit::Fits
    }
}

/// The plan that costs least for who uses so many minutes in a month, if any costs less than paying them one by one.
#[must_use]
pub fn advised_plan(month: u32, rate: Money, plans: &[Plan]) -> Option<BundleId> {
    let alone = rate.times_minutes(month);
    let cost = |plan: &Plan| {
        let beyond = month.saturating_sub(plan.bundle.minutes / plan.months());
        plan.price_of_month() + rate.times_minutes(beyond)
    };
    let cheapest = plans.iter().min_by_key(|plan| (cost(plan), plan.bundle.minutes))?;
    (cost(cheapest) < alone).then_some(cheapest.bundle.id)
}

/// The form that subscribes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionForm {
    /// The subscription to be: a fresh identity.
    pub id: SubscriptionId,
    /// To what.
    pub plan: Plan,
    /// The rate of VAT.
    pub vat: VatRate,
    /// The day on which its first period begins.
    pub first_day: NaiveDate,
    /// The one on which the second would.
    pub next_day: NaiveDate,
    /// Whether the minutes are credited at once, against an invoice.
    pub at_once: bool,
    /// How many days there are to pay.
    pub due_in_days: u32,
    /// Whether it has to be asked first where the customer is.
    pub asks_address: bool,
    /// Whether it can be paid by card.
    pub card: bool,
}

impl SubscriptionForm {
    /// What a period costs, including VAT.
    #[must_use]
    pub fn total(&self) -> Money {
        self.plan.bundle.price.with_vat(self.vat)
    }
}

/// What `/bundles/subscription` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionPage {
    /// Its identity, for what is done with it.
    pub id: SubscriptionId,
    /// Where it is.
    pub state: SubscriptionState,
    /// What happens at the end of its period.
    pub wish: Option<SubscriptionWish>,
    /// What it is of.
    pub plan: Plan,
    /// What it will be of from the next period on, if that is something else.
    pub next: Option<Plan>,
    /// Its latest period.
    pub last: Option<LastPeriod>,
    /// What is left of the minutes of that.
    pub left: Option<u32>,
    /// What can be subscribed to today.
    pub plans: Vec<Plan>,
    /// The rate of VAT.
    pub vat: VatRate,
    /// Whether the viewer may change it.
    pub may_buy: bool,
    /// How its periods are paid.
    pub method: PaymentMethod,
    /// The card that is saved.
    pub card: Option<SavedCard>,
    /// Whether a card can be saved.
    pub takes_cards: bool,
}
