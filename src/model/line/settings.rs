//! The customer line: its numbers and the settings by which it works. All of it is data that a manager edits.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::model::base::{
    calendar::{BusinessCalendar, Closure, Holiday},
    money::{Money, VatRates},
    terms::Urgency,
};

/// A region of the line and the number to call there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Region {
    /// Its name.
    pub name: String,
    /// Its telephone number as it is printed.
    pub phone: String,
}

/// The settings of the line, one row (design, Line). Defaults stand in the seed migration, not here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LineSettings {
    /// When a working day begins, local wall time: 7:00.
    pub opens: NaiveTime,
    /// When a working day ends, local wall time: 15:30.
    pub closes: NaiveTime,
    /// Share of each day's capacity kept for urgent work, in per cent: 25.
    pub urgent_reserve_percent: u8,
    /// When that share is released on the day itself, local wall time: 8:00.
    pub reserve_released_at: NaiveTime,
    /// How long a picked slot is held, in minutes: 10.
    pub hold_minutes: u32,
    /// The earliest urgent slot, in minutes (of the clock, not of work) from now: 15.
    pub urgent_first_minutes: u32,
    /// How far ahead normal requests are offered times, in working days after today: 15.
    pub normal_horizon_days: u32,
    /// How far ahead urgent requests are offered times, in working days after today: 3.
    pub urgent_horizon_days: u32,
    /// Until when a normal appointment may be changed, in working minutes before it: 120.
    pub cutoff_normal_minutes: u32,
    /// Until when an urgent appointment may be changed, in working minutes before it: 30.
    pub cutoff_urgent_minutes: u32,
    /// How often a request's time may be moved: 3.
    pub max_moves: u32,
    /// The least that is billed to a customer with a contract or an active bundle, in minutes: 20.
    pub minimum_with_contract: u32,
    /// The least that is billed to a one-off payer, in minutes: 30.
    pub minimum_one_off: u32,
    /// How long after a receipt a member may object to it, in days: 30.
    pub contest_days: u32,
    /// How long minutes can be drawn that returned after their grant had expired, in days: 90.
    pub returned_minutes_days: u32,
    /// How many minutes are credited for a time at which nobody of ours came: 0, which is none.
    pub missed_credit_minutes: u32,
    /// How many days there are to pay a proforma: 14.
    pub proforma_days: u32,
    /// How many days there are to pay an invoice: 14.
    pub invoice_days: u32,
    /// Up to how much of a payment that is missing a manager writes off, including VAT: 10 Kč.
    pub write_off_limit: Money,
    /// The list price of a minute, without VAT.
    pub list_rate_per_minute: Money,
    /// The rates of VAT: 21 % from 2013 on.
    pub vat: VatRates,
}

impl LineSettings {
    /// The business calendar of the line with the given closures.
    #[must_use]
    pub fn calendar(&self, closures: impl IntoIterator<Item = Closure>) -> BusinessCalendar {
        BusinessCalendar::new(self.opens, self.closes, closures)
    }

    /// How far ahead requests of this urgency are offered times, in working days after today.
    #[must_use]
    pub const fn horizon_days(&self, urgency: Urgency) -> u32 {
        match urgency {
            Urgency::Urgent => self.urgent_horizon_days,
            Urgency::Normal => self.normal_horizon_days,
        }
    }

    /// Until when an appointment may be changed, in working minutes before it.
    #[must_use]
    pub const fn cutoff_minutes(&self, urgency: Urgency) -> u32 {
        match urgency {
            Urgency::Urgent => self.cutoff_urgent_minutes,
            Urgency::Normal => self.cutoff_normal_minutes,
        }
    }

    /// The least that is billed for one intervention, in minutes (design, Minutes): the lower minimum is for customers
    /// with a contract or an active bundle.
    #[must_use]
    pub const fn minimum_minutes(&self, has_contract_or_bundle: bool) -> u32 {
        if has_contract_or_bundle { self.minimum_with_contract } else { self.minimum_one_off }
    }
}

/// A day on which the line is closed though it is not a weekend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayOff {
    /// The local date.
    pub date: NaiveDate,
    /// The public holiday, or none when it is a closure of ours.
    pub holiday: Option<Holiday>,
    /// Why the line is closed, when it is a closure.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::LineSettings;
    use crate::model::{
        base::terms::Urgency,
        fixtures::{calendar, settings},
    };

    #[test]
    fn settings_differ_by_urgency_and_by_who_pays() {
        let settings = settings();
        assert_eq!(settings.horizon_days(Urgency::Normal), 15);
        assert_eq!(settings.horizon_days(Urgency::Urgent), 3);
        assert_eq!(settings.cutoff_minutes(Urgency::Normal), 120);
        assert_eq!(settings.cutoff_minutes(Urgency::Urgent), 30);
        assert_eq!(settings.minimum_minutes(true), 20);
        assert_eq!(settings.minimum_minutes(false), 30);
        assert_eq!(settings.calendar([]), calendar());
    }

    #[test]
    fn settings_survive_the_wire() {
        let json = serde_json::to_string(&settings()).unwrap();
        assert_eq!(serde_json::from_str::<LineSettings>(&json).unwrap(), settings());
    }
}
