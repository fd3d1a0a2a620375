//! Webhooks: what programs are told of their own accord (design, Webhooks), after the Standard Webhooks specification.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::base::{
    codes::coded_enum,
    fields::{FieldCode, FieldProblem, keep_line},
    ids::{WebhookId, WebhookMessageId},
    paging::Page,
    seen::Fields,
};

/// The most characters of an address.
pub const WEBHOOK_URL_MAX: usize = 500;
/// How many addresses a customer may name, and the vendor.
pub const WEBHOOKS_MAX: usize = 5;
/// How long a secret is still good after it was changed, in hours.
pub const FORMER_SECRET_HOURS: i64 = 24;
/// After how many days in which nothing was taken an address is told no more.
pub const PATIENCE_DAYS: i64 = 5;
/// How many days it is kept what was told.
pub const WEBHOOK_KEPT_DAYS: i64 = 30;
/// How much of an answer is kept, in characters.
pub const WEBHOOK_ANSWER_MAX: usize = 2_000;

coded_enum! {
    /// What programs are told.
    pub enum WebhookKind {
        /// A request was sent.
        RequestCreated = "request.created",
        /// A time was agreed.
        RequestScheduled = "request.scheduled",
        /// Another time was agreed instead.
        RequestMoved = "request.moved",
        /// The agreed time is off, and another one is needed.
        RequestUnscheduled = "request.unscheduled",
        /// It was called off.
        RequestCancelled = "request.cancelled",
        /// A technician began to work on it.
        RequestStarted = "request.started",
        /// The work is finished.
        RequestClosed = "request.closed",
        /// Somebody wrote about it.
        MessageCreated = "message.created",
        /// A document was issued.
        DocumentIssued = "document.issued",
        /// Minutes run low, or expire soon.
        BalanceLow = "balance.low",
    }
}

/// What is told by the button that tries an address out; nobody chooses it.
pub const WEBHOOK_TEST: &str = "test";

coded_enum! {
    /// What became of something that was to be told.
    pub enum WebhookState {
        /// It is still tried.
        Queued = "queued",
        /// It was taken.
        Sent = "sent",
        /// It is tried no more.
        Failed = "failed",
    }
}

coded_enum! {
    /// Why an address is told nothing.
    pub enum WebhookOff {
        /// Somebody has switched it off.
        ByHand = "by_hand",
        /// It has answered that it is gone (410).
        Gone = "gone",
        /// It has taken nothing for [`PATIENCE_DAYS`].
        Failing = "failing",
    }
}

coded_enum! {
    /// What one does with an address.
    pub enum WebhookAct {
        /// Tell it nothing.
        Disable = "disable",
        /// Tell it everything again.
        Enable = "enable",
        /// Forget it, with all that it was told.
        Remove = "remove",
    }
}

/// How long after a try the next one is made.
const PAUSES: [TimeDelta; 9] = [
    TimeDelta::seconds(5),
    TimeDelta::minutes(5),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
    TimeDelta::hours(5),
    TimeDelta::hours(10),
    TimeDelta::hours(14),
    TimeDelta::hours(20),
    TimeDelta::hours(24),
];

/// What follows from a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterTry {
    /// It was taken.
    Sent,
    /// It is tried again after a while.
    Again(TimeDelta),
    /// It is tried no more.
    Failed,
    /// Nothing is told there any more.
    Off(WebhookOff),
}

/// What follows from an answer.
///
/// * `status` – of the answer; none where there was none
/// * `tries` – how often it was tried, this one included
/// * `failing_since` – since when the address has taken nothing, if it has not
#[must_use]
pub fn after_try(
    status: Option<u16>,
    tries: u32,
    failing_since: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> AfterTry {
    match status {
        Some(200..=299) => AfterTry::Sent,
        Some(410) => AfterTry::Off(WebhookOff::Gone),
        _ if failing_since.is_some_and(|since| now - since >= TimeDelta::days(PATIENCE_DAYS)) => {
            AfterTry::Off(WebhookOff::Failing)
        }
        _ => {
            let done = usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX);
            PAUSES.get(done).map_or(AfterTry::Failed, |pause| AfterTry::Again(*pause))
        }
    }
}

/// An address as it is kept, or typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WebhookForm {
    /// Where it is told.
    pub url: String,
    /// Of what.
    pub kinds: BTreeSet<WebhookKind>,
}

impl WebhookForm {
    /// The form as it is kept.
    ///
    /// # Errors
    /// What is wrong with it, in the order of the form; whether the address is one that may be called, the server decides.
    pub fn check(&self) -> Result<Self, Vec<FieldProblem>> {
        let mut wrong = Vec::new();
        let url = keep_line(&self.url, 1..=WEBHOOK_URL_MAX).unwrap_or_else(|code| {
            wrong.push(FieldProblem::new("webhook_url", code));
            String::new()
        });
        if self.kinds.is_empty() {
            wrong.push(FieldProblem::new("webhook_kinds", FieldCode::Missing));
        }
        if wrong.is_empty() { Ok(Self { url, kinds: self.kinds.clone() }) } else { Err(wrong) }
    }

    /// Its fields.
    #[must_use]
    pub fn fields(&self) -> Fields {
        Fields::default().with("webhook_url", &self.url).ticked_of("webhook_kinds", &self.kinds)
    }
}

/// An address in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookRow {
    /// By what it is known.
    pub id: WebhookId,
    /// What is kept of it.
    pub form: WebhookForm,
    /// Why it is told nothing, if it is not.
    pub off: Option<WebhookOff>,
    /// Since when it has taken nothing, if it has not.
    pub failing_since: Option<DateTime<Utc>>,
}

/// The list of addresses, and the form that adds one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhooksPage {
    /// Whether they are the vendor's, which are told of every customer.
    pub is_vendors: bool,
    /// Those that there are.
    pub webhooks: Vec<WebhookRow>,
    /// What the next one will be.
    pub key: WebhookId,
}

/// One address, with what it was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookPage {
    /// Whether it is the vendor's.
    pub is_vendors: bool,
    /// What is kept of it.
    pub webhook: WebhookRow,
    /// With what it is signed; none for who has not said lately who they are.
    pub secret: Option<String>,
    /// Until when the secret before it is good, if there is one.
    pub former_until: Option<DateTime<Utc>>,
    /// What it was told, the newest first.
    pub messages: Page<WebhookMessage, WebhookMessageId>,
    /// The keys of trying it out and of changing its secret.
    pub keys: (Uuid, Uuid),
}

/// Something that was told, or was to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookMessage {
    /// Which of all that was told.
    pub id: WebhookMessageId,
    /// By what its reader knows it again.
    pub message_id: String,
    /// What; none for the one that only tries the address out.
    pub kind: Option<WebhookKind>,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What became of it.
    pub state: WebhookState,
    /// How often it was tried in all.
    pub tries: u32,
    /// When it is tried next, while it is.
    pub due_at: DateTime<Utc>,
    /// The last try, if there was one.
    pub last: Option<WebhookTry>,
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookTry {
    /// When it left.
    pub at: DateTime<Utc>,
    /// With which status it was answered; none where it was not.
    pub status: Option<u16>,
    /// The beginning of the answer.
    pub answer: String,
    /// Why there was no answer.
    pub trouble: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    #[test]
    fn what_is_not_taken_is_tried_for_some_days_with_growing_pauses() {
        let mut pauses = Vec::new();
        let end = (1..).map(|tries| after_try(Some(500), tries, None, now())).find(|after| match after {
            AfterTry::Again(pause) => {
                pauses.push(*pause);
                false
            }
            _ => true,
        });
        assert_eq!((end, pauses.len()), (Some(AfterTry::Failed), 9));
        assert!(pauses.is_sorted());
        let all: TimeDelta = pauses.iter().sum();
        assert!(all > TimeDelta::days(3) && all < TimeDelta::days(PATIENCE_DAYS), "{all}");
    }

    #[test]
    fn only_success_is_success_and_whoever_leads_elsewhere_has_not_taken_it() {
        for status in [200, 202, 204, 299] {
            assert_eq!(after_try(Some(status), 9, Some(now() - TimeDelta::days(9)), now()), AfterTry::Sent);
        }
        for status in [None, Some(199), Some(301), Some(302), Some(307), Some(308), Some(400), Some(404), Some(503)] {
            assert_eq!(after_try(status, 1, None, now()), AfterTry::Again(TimeDelta::seconds(5)), "{status:?}");
        }
    }

    #[test]
    fn who_is_gone_or_takes_nothing_for_days_is_told_no_more() {
        assert_eq!(after_try(Some(410), 1, None, now()), AfterTry::Off(WebhookOff::Gone));
        let since = |days: i64| Some(now() - TimeDelta::days(days));
        assert_eq!(after_try(None, 1, since(PATIENCE_DAYS), now()), AfterTry::Off(WebhookOff::Failing));
        let nearly = since(PATIENCE_DAYS).map(|since| since + TimeDelta::seconds(1));
        assert_eq!(after_try(None, 1, nearly, now()), AfterTry::Again(TimeDelta::seconds(5)));
    }

    #[test]
    fn an_address_and_something_to_tell_are_needed() {
        let form = WebhookForm { url: " https://erp.example.com/linka ".into(), kinds: BTreeSet::new() };
        assert_eq!(form.check(), Err(vec![FieldProblem::new("webhook_kinds", FieldCode::Missing)]));
        let form = WebhookForm { kinds: BTreeSet::from([WebhookKind::RequestMoved]), ..form };
        assert_eq!(form.check().map(|kept| kept.url), Ok("https://erp.example.com/linka".into()));
        let wrong = WebhookForm::default().check().unwrap_err();
        assert_eq!(
            wrong.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(),
            ["webhook_url", "webhook_kinds"]
        );
        let long = WebhookForm { url: "x".repeat(WEBHOOK_URL_MAX + 1), ..form };
        assert_eq!(long.check(), Err(vec![FieldProblem::new("webhook_url", FieldCode::TooLong)]));
    }
}
