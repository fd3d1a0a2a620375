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

pub(crate) use coded_enum;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::model::{
        base::{calendar::Holiday, fields::FieldCode, installation::Installation, terms::Urgency},
        line::{catalogue::SlotChoice, limits::Limit},
        mails::MailState,
        minutes::{
            alerts::AlertKind,
            contracts::{Period, Rollover},
            ledger::EntryKind,
            pools::PoolKind,
            usage::StatementSpan,
        },
        money::{
            bank::{PaymentState, StatementFault, StatementFormat, Unmatched},
            card::{PaymentAlertKind, PaymentsMode, StripeEventState},
            purchases::{Closing, Dispute, PaymentMethod, PurchaseEventKind, PurchaseState},
            refunds::RefundState,
            tax_documents::{DocumentKind, FileFormat, Settlement},
        },
        ordering::{
            appointments::{AppointmentEvent, AppointmentState, Change},
            offers::ExceptionKind,
            requests::{RequestEvent, RequestSource, RequestState},
            timeline::TimelineKind,
        },
        people::members::{Capability, StaffRole},
        work::{attempts::AttemptChannel, contests::ContestState, pages::ReceiptBack, segments::SegmentKind},
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
            AlertKind AppointmentEvent AppointmentState AttemptChannel Capability Change ContestState EntryKind
            ExceptionKind FieldCode Holiday Installation Limit MailState Period PoolKind ReceiptBack RequestEvent RequestSource RequestState Rollover
            SegmentKind SlotChoice StaffRole StatementSpan TimelineKind Urgency
            Closing Dispute DocumentKind FileFormat PurchaseEventKind PurchaseState PaymentMethod RefundState Settlement Unmatched
            PaymentAlertKind PaymentState PaymentsMode StatementFault StatementFormat StripeEventState
        }
    }
}
