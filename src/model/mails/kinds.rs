//! What is said of a kind of mail whatever stands in it: its code, what goes with it, and whether devices are told the same.

use super::{DocumentMail, MailContent, MailedLink};
use crate::model::work::pushes::Push;

impl MailContent {
    /// The document that goes with the mail.
    #[must_use]
    pub const fn document(&self) -> Option<&DocumentMail> {
        match self {
            Self::PaymentAsked { document, .. }
            | Self::PartReceived { document, .. }
            | Self::MinutesCredited { document, .. }
            | Self::MonthInvoiced { document, .. }
            | Self::UsedInvoiced { document, .. }
            | Self::Credited { document, .. } => Some(document),
            _ => None,
        }
    }

    /// The link that it carries.
    #[must_use]
    pub const fn link(&self) -> Option<&MailedLink> {
        match self {
            Self::Invited { link, .. }
            | Self::Soon { link, .. }
            | Self::Registration { link, .. }
            | Self::PasswordLink { link }
            | Self::SignInLink { link }
            | Self::AddressAsked { link, .. } => Some(link),
            _ => None,
        }
    }

    /// The same, to be given its secret.
    pub const fn link_mut(&mut self) -> Option<&mut MailedLink> {
        match self {
            Self::Closed { rating: Some(link), .. }
            | Self::Invited { link, .. }
            | Self::Soon { link, .. }
            | Self::Registration { link, .. }
            | Self::PasswordLink { link }
            | Self::SignInLink { link }
            | Self::AddressAsked { link, .. } => Some(link),
            _ => None,
        }
    }

    /// What the same says on the devices of a person of the vendor; none for what goes by mail only, or has a notification for each
    /// thing that it lists.
    #[must_use]
    pub const fn push(&self) -> Option<Push> {
        match self {
            Self::VisitPlanned { number, slot, is_theirs, .. } => {
                Some(Push::Planned { number: *number, slot: *slot, is_theirs: *is_theirs })
            }
            Self::VisitMissed { number, slot, .. } => Some(Push::Missed { number: *number, slot: *slot }),
            Self::ConsentAnswered { number, agreed, .. } => {
                Some(Push::ConsentAnswered { number: *number, agreed: *agreed })
            }
            Self::CustomerWrote { number, .. } => Some(Push::Wrote { number: *number }),
            Self::Contested { number, .. } => Some(Push::Contested { number: *number }),
            Self::Reopened { number, .. } => Some(Push::Reopened { number: *number }),
            Self::ClockForgotten { number, .. } => Some(Push::ClockForgotten { number: *number }),
            _ => None,
        }
    }

    /// Its stable code, the same as in JSON.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Confirmed(_) => "confirmed",
            Self::Moved(_) => "moved",
            Self::Cancelled(_) => "cancelled",
            Self::Withdrawn(_) => "withdrawn",
            Self::Reminder(_) => "reminder",
            Self::Soon { .. } => "soon",
            Self::ConsentAsked { .. } => "consent_asked",
            Self::Closed { .. } => "closed",
            Self::MovedByUs { .. } => "moved_by_us",
            Self::CalledOffByUs { .. } => "called_off_by_us",
            Self::NoShow(_) => "no_show",
            Self::MissedByUs { .. } => "missed_by_us",
            Self::DeskWaits { .. } => "desk_waits",
            Self::CustomersChanged { .. } => "customers_changed",
            Self::VisitMissed { .. } => "visit_missed",
            Self::TimesOffered { .. } => "times_offered",
            Self::EarlierOffered { .. } => "earlier_offered",
            Self::Declined { .. } => "declined",
            Self::CameByMail { .. } => "came_by_mail",
            Self::Merged { .. } => "merged",
            Self::Outage(_) => "outage",
            Self::Reclassified { .. } => "reclassified",
            Self::VisitPlanned { .. } => "visit_planned",
            Self::PlanChanged { .. } => "plan_changed",
            Self::Alert(_) => "alert",
            Self::ContractEnds { .. } => "contract_ends",
            Self::SubscriptionRenews { .. } => "subscription_renews",
            Self::CardFailed { .. } => "card_failed",
            Self::CardRemoved { .. } => "card_removed",
            Self::CardNotKept { .. } => "card_not_kept",
            Self::TopUpOff { .. } => "top_up_off",
            Self::SubscriptionPaused => "subscription_paused",
            Self::SubscriptionBlocked => "subscription_blocked",
            Self::OrderAsked { .. } => "order_asked",
            Self::WebhookOff { .. } => "webhook_off",
            Self::ContestDecided { .. } => "contest_decided",
            Self::VendorWrote { .. } => "vendor_wrote",
            Self::CustomerWrote { .. } => "customer_wrote",
            Self::Contested { .. } => "contested",
            Self::Reopened { .. } => "reopened",
            Self::ConsentAnswered { .. } => "consent_answered",
            Self::AddressChanged { .. } => "address_changed",
            Self::PasswordLink { .. } => "password_link",
            Self::SignInLink { .. } => "sign_in_link",
            Self::AddressAsked { .. } => "address_asked",
            Self::PasswordChanged { .. } => "password_changed",
            Self::Invited { .. } => "invited",
            Self::Registration { .. } => "registration",
            Self::AccessThere { .. } => "access_there",
            Self::AccessAsked { .. } => "access_asked",
            Self::StrangerAsks { .. } => "stranger_asks",
            Self::Newcomer { .. } => "newcomer",
            Self::CustomerConfirmed { .. } => "customer_confirmed",
            Self::HandedOver { .. } => "handed_over",
            Self::ClockForgotten { .. } => "clock_forgotten",
            Self::PaymentAsked { .. } => "payment_asked",
            Self::UsedInvoiced { .. } => "used_invoiced",
            Self::StatementsFail(_) => "statements_fail",
            Self::PartReceived { .. } => "part_received",
            Self::RestAsked { .. } => "rest_asked",
            Self::MinutesCredited { .. } => "minutes_credited",
            Self::MonthInvoiced { .. } => "month_invoiced",
            Self::PaymentReminder(_) => "payment_reminder",
            Self::Credited { .. } => "credited",
            Self::Digest { .. } => "digest",
            Self::Erased { .. } => "erased",
        }
    }
}
