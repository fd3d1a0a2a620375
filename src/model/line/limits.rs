//! Limits: what one member, customer or program may have of what everybody shares (design, Limits). They are settings; each that is
//! reached names itself.

use serde::{Deserialize, Serialize};

use crate::model::base::{
    codes::coded_enum,
    fields::{FieldCode, FieldProblem},
    seen::Fields,
};

coded_enum! {
    /// What is limited.
    pub enum Limit {
        /// Agreed appointments of a customer that are ahead.
        FutureAppointments = "future_appointments",
        /// Requests of a customer that wait for a time.
        WaitingRequests = "waiting_requests",
        /// Purchases of a customer that are neither paid nor closed.
        UnpaidPurchases = "unpaid_purchases",
        /// Purchases that a customer places within 24 hours, whatever becomes of them: each takes a number.
        PurchasesPerDay = "purchases_per_day",
        /// Files that a customer downloads at the same time.
        Downloads = "downloads",
        /// Slots that a member holds at the same time, for as many drafts.
        Holds = "holds",
        /// Slots that a member has held within an hour: a hold that is renewed again and again is as good as an appointment.
        HoldsPerHour = "holds_per_hour",
        /// Messages that a member writes within an hour, about whatever requests.
        MessagesPerHour = "messages_per_hour",
        /// Megabytes that the files of a customer take.
        AttachmentMegabytes = "attachment_megabytes",
        /// Forms that somebody sends within a minute: whoever is signed in, or all visitors from one network.
        WritesPerMinute = "writes_per_minute",
        /// Outages of a program that are not over: every visitor reads each of them.
        OpenOutages = "open_outages",
        /// Messages to all who belong to an outage, beside the last one: each is a mail to every person.
        OutageMessages = "outage_messages",
    }
}

/// The limits in force, one row. Their values stand in the seed migration, not here; a manager may change them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// [`Limit::FutureAppointments`]: 20.
    pub future_appointments: u32,
    /// [`Limit::WaitingRequests`]: 10.
    pub waiting_requests: u32,
    /// [`Limit::UnpaidPurchases`]: 10.
    pub unpaid_purchases: u32,
    /// [`Limit::PurchasesPerDay`]: 20.
    pub purchases_per_day: u32,
    /// [`Limit::Downloads`]: 3.
    pub downloads: u32,
    /// Drafts that are kept of a member, 20. Reaching it refuses nothing: the oldest goes.
    pub drafts: u32,
    /// Browsers in which a person is notified, 10. Reaching it refuses nothing either: the oldest goes.
    pub devices: u32,
    /// Short messages to a person within 24 hours, 20. Beyond it the other ways do.
    pub sms_per_day: u32,
    /// [`Limit::Holds`]: 3.
    pub holds: u32,
    /// [`Limit::HoldsPerHour`]: 30.
    pub holds_per_hour: u32,
    /// [`Limit::MessagesPerHour`]: 20.
    pub messages_per_hour: u32,
    /// [`Limit::AttachmentMegabytes`]: 500.
    pub attachment_megabytes: u32,
    /// [`Limit::WritesPerMinute`]: 120.
    pub writes_per_minute: u32,
    /// [`Limit::OpenOutages`]: 3.
    pub open_outages: u32,
    /// [`Limit::OutageMessages`]: 20.
    pub outage_messages: u32,
}

impl Limits {
    /// Refuses one more where as many as may be are there already.
    ///
    /// # Errors
    /// [`LimitReached`], which names the limit.
    pub fn admit_beside(&self, limit: Limit, there_are: u32) -> Result<(), LimitReached> {
        let most = self.of(limit);
        if there_are < most { Ok(()) } else { Err(LimitReached { limit, most, retry_after_s: None }) }
    }

    /// How many there may be.
    #[must_use]
    pub const fn of(&self, limit: Limit) -> u32 {
        match limit {
            Limit::FutureAppointments => self.future_appointments,
            Limit::WaitingRequests => self.waiting_requests,
            Limit::UnpaidPurchases => self.unpaid_purchases,
            Limit::PurchasesPerDay => self.purchases_per_day,
            Limit::Downloads => self.downloads,
            Limit::Holds => self.holds,
            Limit::HoldsPerHour => self.holds_per_hour,
            Limit::MessagesPerHour => self.messages_per_hour,
            Limit::AttachmentMegabytes => self.attachment_megabytes,
            Limit::WritesPerMinute => self.writes_per_minute,
            Limit::OpenOutages => self.open_outages,
            Limit::OutageMessages => self.outage_messages,
        }
    }
}

/// The most that a limit may be: one that is higher is none.
pub const LIMIT_MAX: u32 = 100_000;
/// The least forms within a minute: fewer would keep managers from raising it again.
pub const WRITES_MIN: u32 = 10;

/// The limits as typed into a form; its fields are those of [`Limits`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LimitsForm {
    /// Agreed appointments of a customer that are ahead, at most.
    pub future_appointments: String,
    /// Requests of a customer that wait for a time, at most.
    pub waiting_requests: String,
    /// Purchases of a customer that are neither paid nor closed, at most.
    pub unpaid_purchases: String,
    /// Purchases of a customer within 24 hours, at most.
    pub purchases_per_day: String,
    /// Files of a customer at the same time, at most.
    pub downloads: String,
    /// Drafts that are kept of a member.
    pub drafts: String,
    /// Browsers in which a person is notified.
    pub devices: String,
    /// Short messages to a person within 24 hours, at most.
    pub sms_per_day: String,
    /// Slots that a member holds at the same time, at most.
    pub holds: String,
    /// Slots that a member has held within an hour, at most.
    pub holds_per_hour: String,
    /// Messages that a member writes within an hour, at most.
    pub messages_per_hour: String,
    /// Megabytes that the files of a customer take, at most.
    pub attachment_megabytes: String,
    /// Forms that somebody sends within a minute, at most.
    pub writes_per_minute: String,
    /// Outages of a program that are not over, at most.
    pub open_outages: String,
    /// Messages to all who belong to an outage, at most.
    pub outage_messages: String,
}

impl LimitsForm {
    /// The limits as they are kept, or every field that is not right.
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(&self) -> Result<Limits, Vec<FieldProblem>> {
        let mut wrong = Vec::new();
        let mut number = |field: &str, typed: &str, least: u32| {
            let number = match typed.trim() {
                "" => Err(FieldCode::Missing),
                typed => typed.parse().map_err(|_| FieldCode::NotANumber),
            };
            match number {
                Ok(number) if (least..=LIMIT_MAX).contains(&number) => number,
                Ok(_) => {
                    wrong.push(FieldProblem::new(field, FieldCode::OutOfRange));
                    0
                }
                Err(code) => {
                    wrong.push(FieldProblem::new(field, code));
                    0
                }
            }
        };
        let limits = Limits {
            future_appointments: number("future_appointments", &self.future_appointments, 1),
            waiting_requests: number("waiting_requests", &self.waiting_requests, 1),
            unpaid_purchases: number("unpaid_purchases", &self.unpaid_purchases, 1),
            purchases_per_day: number("purchases_per_day", &self.purchases_per_day, 1),
            downloads: number("downloads", &self.downloads, 1),
            drafts: number("drafts", &self.drafts, 1),
            devices: number("devices", &self.devices, 1),
            sms_per_day: number("sms_per_day", &self.sms_per_day, 1),
            holds: number("holds", &self.holds, 1),
            holds_per_hour: number("holds_per_hour", &self.holds_per_hour, 1),
            messages_per_hour: number("messages_per_hour", &self.messages_per_hour, 1),
            attachment_megabytes: number("attachment_megabytes", &self.attachment_megabytes, 1),
            writes_per_minute: number("writes_per_minute", &self.writes_per_minute, WRITES_MIN),
            open_outages: number("open_outages", &self.open_outages, 1),
            outage_messages: number("outage_messages", &self.outage_messages, 1),
        };
        if wrong.is_empty() { Ok(limits) } else { Err(wrong) }
    }
}

impl LimitsForm {
    /// Its fields.
    #[must_use]
    pub fn fields(&self) -> Fields {
        Fields::default()
            .with("future_appointments", &self.future_appointments)
            .with("waiting_requests", &self.waiting_requests)
            .with("unpaid_purchases", &self.unpaid_purchases)
            .with("purchases_per_day", &self.purchases_per_day)
            .with("downloads", &self.downloads)
            .with("drafts", &self.drafts)
            .with("devices", &self.devices)
            .with("sms_per_day", &self.sms_per_day)
            .with("holds", &self.holds)
            .with("holds_per_hour", &self.holds_per_hour)
            .with("messages_per_hour", &self.messages_per_hour)
            .with("attachment_megabytes", &self.attachment_megabytes)
            .with("writes_per_minute", &self.writes_per_minute)
            .with("open_outages", &self.open_outages)
            .with("outage_messages", &self.outage_messages)
    }
}

impl From<Limits> for LimitsForm {
    fn from(limits: Limits) -> Self {
        Self {
            future_appointments: limits.future_appointments.to_string(),
            waiting_requests: limits.waiting_requests.to_string(),
            unpaid_purchases: limits.unpaid_purchases.to_string(),
            purchases_per_day: limits.purchases_per_day.to_string(),
            downloads: limits.downloads.to_string(),
            drafts: limits.drafts.to_string(),
            devices: limits.devices.to_string(),
            sms_per_day: limits.sms_per_day.to_string(),
            holds: limits.holds.to_string(),
            holds_per_hour: limits.holds_per_hour.to_string(),
            messages_per_hour: limits.messages_per_hour.to_string(),
            attachment_megabytes: limits.attachment_megabytes.to_string(),
            writes_per_minute: limits.writes_per_minute.to_string(),
            open_outages: limits.open_outages.to_string(),
            outage_messages: limits.outage_messages.to_string(),
        }
    }
}

/// A limit that was reached: which, how many there may be, and from when on there is room again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LimitReached {
    /// Which limit.
    pub limit: Limit,
    /// How many there may be.
    pub most: u32,
    /// In how many seconds there is room by itself; none where somebody has to make room.
    pub retry_after_s: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::{FieldCode, Limit, LimitReached, LimitsForm};
    use crate::model::fixtures::limits;

    #[test]
    fn a_limit_is_a_number_within_its_bounds() {
        let form = LimitsForm::from(limits());
        assert_eq!(form.check(), Ok(limits()), "what is kept passes again");
        let wrong = LimitsForm {
            holds: "0".into(),
            drafts: "tři".into(),
            downloads: String::new(),
            writes_per_minute: "9".into(),
            ..form
        };
        let fields = wrong.check().unwrap_err().into_iter().map(|field| (field.field, field.code));
        let expected = [
            ("downloads", FieldCode::Missing),
            ("drafts", FieldCode::NotANumber),
            ("holds", FieldCode::OutOfRange),
            ("writes_per_minute", FieldCode::OutOfRange),
        ];
        assert_eq!(fields.collect::<Vec<_>>(), expected.map(|(field, code)| (field.to_owned(), code)));
    }

    #[test]
    fn the_last_one_passes_and_the_next_is_told_the_limit() {
        for &limit in Limit::ALL {
            let most = limits().of(limit);
            assert_eq!(limits().admit_beside(limit, most - 1), Ok(()));
            assert_eq!(
                limits().admit_beside(limit, most),
                Err(LimitReached { limit, most, retry_after_s: None }),
                "{limit}"
            );
        }
    }
}
