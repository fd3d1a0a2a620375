//! One spelling per value: the same short code in SQL, on the wire, in URLs and in logs.

/// Declares a field-less enum whose variants each have one stable code.
///
/// The code is what serde writes, what [`Display`](std::fmt::Display) prints and what the database
/// stores, so a value looks the same wherever it turns up. Generated beside the enum: `ALL` (in order of
/// declaration), `code()` and `from_code()`.
macro_rules! coded_enum {
    (
        $(#[$enum_meta:meta])*
        pub enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $code:literal, )+
        }
    ) => {
        $(#[$enum_meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $( $(#[$variant_meta])* #[serde(rename = $code)] $variant, )+
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// The stable code of this value: in SQL, on the wire, in URLs.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $( Self::$variant => $code, )+
                }
            }

            /// The value of a code; `None` for any other text.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code {
                    $( $code => Some(Self::$variant), )+
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

/// Declares the set of the values of a [`coded_enum`] of at most sixteen. On the wire it is the list of their codes.
macro_rules! coded_set {
    ($(#[$set_meta:meta])* pub struct $set:ident($element:ident) as $wire:literal;) => {
        $(#[$set_meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
        #[serde(from = $wire, into = $wire)]
        pub struct $set(u16);

        impl $set {
            /// The set of nothing.
            pub const NONE: Self = Self(0);

            /// The set of everything.
            #[must_use]
            pub fn all() -> Self {
                $element::ALL.iter().copied().collect()
            }

            /// Whether the set has `element`.
            #[must_use]
            pub const fn contains(self, element: $element) -> bool {
                self.0 & (1 << element as u8) != 0
            }

            /// Whether there is nothing in the set.
            #[must_use]
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// This set and `element`.
            #[must_use]
            pub const fn with(self, element: $element) -> Self {
                Self(self.0 | (1 << element as u8))
            }

            /// This set but for `element`.
            #[must_use]
            pub const fn without(self, element: $element) -> Self {
                Self(self.0 & !(1 << element as u8))
            }

            /// What the set has, in the order of declaration.
            pub fn iter(self) -> impl Iterator<Item = $element> {
                $element::ALL.iter().copied().filter(move |&element| self.contains(element))
            }
        }

        impl FromIterator<$element> for $set {
            fn from_iter<I: IntoIterator<Item = $element>>(elements: I) -> Self {
                elements.into_iter().fold(Self::NONE, Self::with)
            }
        }

        impl From<Vec<$element>> for $set {
            fn from(elements: Vec<$element>) -> Self {
                elements.into_iter().collect()
            }
        }

        impl From<$set> for Vec<$element> {
            fn from(set: $set) -> Self {
                set.iter().collect()
            }
        }
    };
}

pub(crate) use coded_enum;
pub(crate) use coded_set;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::model::{
        base::{calendar::Holiday, done::Done, fields::FieldCode, installation::Installation, terms::Urgency},
        line::{
            api_tokens::ApiScope,
            catalogue::SlotChoice,
            catalogue_changes::CatalogueTerm,
            limits::Limit,
            plans::ExceptionKind,
            setting_changes::LineSetting,
            setup::{SetupItem, SiteAddress},
        },
        mails::MailState,
        minutes::{
            alerts::AlertKind,
            contracts::{Period, Rollover},
            ledger::EntryKind,
            pools::PoolKind,
            usage::StatementSpan,
        },
        money::{
            account_statements::AccountEntryKind,
            accounting::{DocumentDay, OpenOrPaid},
            balances::{BalanceEntryKind, Decided},
            bank::{
                Likeness, PaymentState, ReversalCodes, StatementFault, StatementFormat, StatementSource, Unmatched,
            },
            card::{CardPurpose, CardTryKind, CardTryState, PaymentAlertKind, PaymentsMode, StripeEventState},
            connections::Connection,
            payment_reminders::{PaymentStage, Placeholder},
            purchases::{Closing, Dispute, PaymentMethod, PurchaseEventKind, PurchaseState},
            receivables::Age,
            refunds::RefundState,
            statements::SourceFailure,
            subscriptions::{Recurrence, SubscriptionAct, SubscriptionState, SubscriptionWish},
            tax_documents::{DocumentKind, FileFormat, Settlement},
            top_ups::TopUpState,
            unmatching::UnmatchRefusal,
        },
        ordering::{
            appointments::{AppointmentEvent, AppointmentState, Change},
            attachments::AttachmentKind,
            earlier::EarlierOfferState,
            imports::{ImportFault, ImportKind, TextEncoding},
            outages::OutageStep,
            requests::{RequestEvent, RequestSource, RequestState},
            timeline::TimelineKind,
        },
        people::{
            audit::{AuditChange, AuditSubject},
            customers::ContactKind,
            links::LinkKind,
            members::{Capability, ContactRole, StaffRole},
        },
        work::{
            attempts::AttemptChannel,
            cases::CaseAct,
            contests::ContestState,
            corrections::CorrectionSource,
            figures::{Figure, FiguresKind, Step},
            lanes::{Lane, Rest},
            mail_in::{InboundState, MailboxFailure, WaitReason},
            pages::ReceiptBack,
            readiness::ReadyAnswer,
            segments::SegmentKind,
            teamviewer::TeamviewerFailure,
            webhooks::{WebhookAct, WebhookKind, WebhookOff, WebhookState},
            wishes::{MailWay, WishKind},
        },
    };

    macro_rules! check {
        ($($name:ident)+) => { $({
            let codes: BTreeSet<_> = $name::ALL.iter().map(|value| value.code()).collect();
            assert_eq!(codes.len(), $name::ALL.len(), "each value of {} has its own code", stringify!($name));
            for &value in $name::ALL {
                assert_eq!($name::from_code(value.code()), Some(value));
                assert_eq!(value.to_string(), value.code());
                let json = format!("\"{value}\"");
                assert_eq!(serde_json::to_string(&value).unwrap(), json);
                assert_eq!(serde_json::from_str::<$name>(&json).unwrap(), value);
            }
            assert_eq!($name::from_code("?"), None);
        })+ };
    }

    #[test]
    fn every_code_names_its_value_everywhere() {
        check! {
            AccountEntryKind AlertKind ApiScope AppointmentEvent AppointmentState AttachmentKind AttemptChannel AuditChange AuditSubject Capability Change Connection ContactKind ContactRole ContestState CorrectionSource EarlierOfferState EntryKind
            CaseAct CatalogueTerm Done Figure FiguresKind Lane Rest ExceptionKind FieldCode Holiday ImportFault ImportKind InboundState Installation Limit LineSetting LinkKind MailboxFailure MailState MailWay OutageStep Period PoolKind ReadyAnswer ReceiptBack RequestEvent RequestSource RequestState Rollover
            SegmentKind SetupItem SiteAddress SlotChoice StaffRole StatementSpan Step TeamviewerFailure TextEncoding TimelineKind Urgency WaitReason WebhookAct WebhookKind WebhookOff WebhookState WishKind
            CardPurpose TopUpState CardTryKind CardTryState Recurrence SubscriptionAct SubscriptionState SubscriptionWish Closing Dispute DocumentDay DocumentKind FileFormat OpenOrPaid PurchaseEventKind PurchaseState PaymentMethod RefundState Settlement Unmatched Age
            Likeness PaymentStage Placeholder PaymentAlertKind PaymentState PaymentsMode ReversalCodes SourceFailure StatementFault StatementFormat StatementSource StripeEventState BalanceEntryKind Decided UnmatchRefusal
        }
    }
}
