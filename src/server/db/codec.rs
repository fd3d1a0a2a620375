//! How the model's values stand in the database.
//!
//! A query names the type that it selects, `state as "state: RequestState"`, and no line of code between the row and the
//! model can mix two columns up or forget a check. What the model does not know is an error of the column's decoding.
//!
//! Parameters stay what they are in SQL (`customer.0`, `state.code()`, `integer(minutes)?`): those the compiler checks against
//! the statement, which it does not do for types of our own.

use std::{any::type_name, fmt::Display};

use chrono::{DateTime, Utc};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use sqlx::{
    Decode, Encode, Postgres, Type, ValueRef,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, PgValueRef, types::PgRange},
    types::Json,
};
use uuid::Uuid;

use super::DbError;
use crate::model::{
    base::{
        bilingual::Bilingual,
        calendar::Interval,
        ids::{
            ApiTokenId, AppointmentId, AttachmentId, AuditId, BankPaymentId, BankStatementId, BundleId, CardTryId,
            ComputerId, ContestId, ContractFileId, ContractId, CustomerId, DocumentId, EarlierInvoiceId,
            EarlierOfferId, GrantId, InboundMailId, InterventionId, LoginId, MailId, MemberId, MessageId, OutageId,
            PasskeyId, PaymentAlertId, PlanExceptionId, ProgramId, PurchaseId, PushDeviceId, PushMessageId, RefundId,
            RegionId, RemoteConnectionId, ReportBlockId, RequestId, SegmentId, SmsMessageId, StaffId, SubscriptionId,
            WebhookId, WebhookMessageId, WorkTypeId,
        },
        installation::Installation,
        money::{Money, VatRate, VatRates},
        numbers::RequestNumber,
        terms::Urgency,
    },
    line::{api_tokens::ApiScope, catalogue::SlotChoice, plans::ExceptionKind},
    mails::MailState,
    minutes::pools::PoolKind,
    minutes::{
        alerts::AlertKind,
        contracts::{Period, Rollover},
        ledger::EntryKind,
    },
    money::refunds::RefundState,
    money::{
        account_statements::AccountEntryKind,
        balances::{BalanceEntryKind, Decided},
        bank::{PaymentState, StatementFault, StatementFormat, StatementSource, Unmatched},
        card::{CardTryKind, CardTryState, PaymentAlertKind, StripeEventState},
        connections::Connection,
        payment_reminders::PaymentStage,
        purchases::{Dispute, PaymentMethod, PurchaseEventKind, PurchaseNumber, PurchaseState},
        statements::SourceFailure,
        subscriptions::{Recurrence, SubscriptionState, SubscriptionWish},
        tax_documents::{DocumentKind, FileFormat},
        top_ups::TopUpState,
    },
    ordering::{
        appointments::AppointmentState,
        attachments::AttachmentKind,
        offers::Slot,
        outages::OutageStep,
        requests::{RequestSource, RequestState},
        timeline::TimelineKind,
    },
    people::{
        audit::{AuditChange, AuditSubject},
        customers::ContactKind,
        links::LinkKind,
        members::{Capability, ContactRole, StaffRole},
    },
    work::contests::ContestState,
    work::{
        attempts::AttemptChannel,
        corrections::CorrectionSource,
        lanes::Lane,
        mail_in::{InboundState, MailboxFailure, WaitReason},
        readiness::ReadyAnswer,
        segments::SegmentKind,
        teamviewer::TeamviewerFailure,
        webhooks::{WebhookKind, WebhookOff, WebhookState},
        wishes::WishKind,
    },
};

/// A value of which the model says that there is none such.
#[derive(Debug, thiserror::Error)]
#[error("{value} is not a value of {of}")]
struct NotInTheModel {
    value: String,
    of: &'static str,
}

fn not_in_the_model<T>(value: impl Display) -> BoxDynError {
    let of = type_name::<T>();
    NotInTheModel { value: value.to_string(), of: of.rsplit_once("::").map_or(of, |(_, name)| name) }.into()
}

/// Reads a value as `Stored`, which stands for `T`. The macros take the query's word for a column's type, so that a
/// number could be read as an id that is a text.
fn stored<'r, T: Type<Postgres>, Stored: Decode<'r, Postgres>>(value: PgValueRef<'r>) -> Result<Stored, BoxDynError> {
    let found = value.type_info().into_owned();
    if T::compatible(&found) { Stored::decode(value) } else { Err(not_in_the_model::<T>(format_args!("a {found}"))) }
}

/// `$type` stands in the database as a `$stored`; `$read` makes the one of the other, or none, and `$write` turns it back.
macro_rules! stand_as {
    ($stored:ty, $read:expr, $write:expr => $($type:ty)+) => { $(
        impl Type<Postgres> for $type {
            fn type_info() -> PgTypeInfo {
                <$stored as Type<Postgres>>::type_info()
            }

            fn compatible(found: &PgTypeInfo) -> bool {
                <$stored as Type<Postgres>>::compatible(found)
            }
        }

        impl PgHasArrayType for $type {
            fn array_type_info() -> PgTypeInfo {
                <$stored as PgHasArrayType>::array_type_info()
            }

            fn array_compatible(found: &PgTypeInfo) -> bool {
                <$stored as PgHasArrayType>::array_compatible(found)
            }
        }

        impl<'r> Decode<'r, Postgres> for $type {
            fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
                let stored = stored::<Self, $stored>(value)?;
                let read: fn(&$stored) -> Option<$type> = $read;
                read(&stored).ok_or_else(|| not_in_the_model::<Self>(format_args!("{stored:?}")))
            }
        }

        impl Encode<'_, Postgres> for $type {
            fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
                let write: fn(&$type) -> Option<$stored> = $write;
                let stored = write(self).ok_or_else(|| not_in_the_model::<$stored>(format_args!("{self:?}")))?;
                <$stored as Encode<'_, Postgres>>::encode(stored, buffer)
            }
        }
    )+ };
}

/// Enums by their codes.
macro_rules! stand_as_codes {
    ($($name:ident)+) => { $(
        stand_as!(String, |code| $name::from_code(code), |value| Some(value.code().to_owned()) => $name);
    )+ };
}

/// Newtypes by what they wrap.
macro_rules! stand_as_they_are {
    ($wrapped:ty => $($name:ident)+) => { $(
        stand_as!($wrapped, |wrapped| Some($name(*wrapped)), |value| Some(value.0) => $name);
    )+ };
}

stand_as_codes! {
    AccountEntryKind AlertKind ApiScope AppointmentState AttachmentKind AttemptChannel AuditChange AuditSubject Capability ContactKind ContactRole Connection ContestState CorrectionSource Dispute DocumentKind EntryKind ExceptionKind FileFormat InboundState Installation Lane LinkKind MailboxFailure MailState OutageStep
    ReadyAnswer PurchaseEventKind PurchaseState PaymentAlertKind PaymentMethod PaymentStage PaymentState Period PoolKind RefundState RequestSource
    RequestState Rollover SegmentKind SlotChoice StaffRole StatementFormat StripeEventState TimelineKind Unmatched Urgency WebhookKind WebhookOff WebhookState WishKind
    TopUpState CardTryKind CardTryState Recurrence SubscriptionState SubscriptionWish BalanceEntryKind Decided SourceFailure StatementFault StatementSource TeamviewerFailure WaitReason
}

stand_as_they_are! { i64 =>
    AppointmentId AuditId BankPaymentId BankStatementId BundleId ComputerId ContestId ContractFileId ContractId CustomerId DocumentId EarlierInvoiceId EarlierOfferId GrantId InboundMailId InterventionId
    LoginId MailId MemberId MessageId PasskeyId PaymentAlertId PlanExceptionId ProgramId PushDeviceId PushMessageId RegionId RemoteConnectionId ReportBlockId SegmentId SmsMessageId StaffId WebhookMessageId WorkTypeId
}
stand_as_they_are! { Uuid => ApiTokenId AttachmentId CardTryId OutageId PurchaseId RefundId RequestId SubscriptionId WebhookId }

stand_as!(String, |text| text.parse().ok(), |number| Some(number.to_string()) => PurchaseNumber RequestNumber);
stand_as!(i64, |haler| Some(Money::from_haler(*haler)), |money| Some(money.haler()) => Money);
stand_as!(
    i32,
    |percent| VatRate::from_percent(Decimal::from(*percent)).ok(),
    |rate| percent(*rate).ok() => VatRate
);
stand_as!(PgRange<DateTime<Utc>>, interval, |interval| Some((interval.start()..interval.end()).into()) => Interval);
stand_as!(
    PgRange<DateTime<Utc>>,
    |range| interval(range).map(|interval| Slot { start: interval.start(), end: interval.end() }),
    |slot| Some((slot.start..slot.end).into()) => Slot
);

impl From<Json<VatRates>> for VatRates {
    fn from(rates: Json<VatRates>) -> Self {
        rates.0
    }
}

/// Both languages as an array of two: `array[name, name_en] as "name!: Bilingual"`.
impl Type<Postgres> for Bilingual {
    fn type_info() -> PgTypeInfo {
        <Vec<String> as Type<Postgres>>::type_info()
    }

    fn compatible(found: &PgTypeInfo) -> bool {
        <Vec<String> as Type<Postgres>>::compatible(found)
    }
}

impl<'r> Decode<'r, Postgres> for Bilingual {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        let both = stored::<Self, Vec<String>>(value)?;
        let [cs, en] = <[String; 2]>::try_from(both).map_err(|both| not_in_the_model::<Self>(both.len()))?;
        Ok(Self { cs, en })
    }
}

/// A number as a parameter for a column of integers.
///
/// # Errors
/// When it is larger than those.
pub fn integer<N: Copy + Display + TryInto<i32>>(number: N) -> Result<i32, DbError> {
    number.try_into().map_err(|_| DbError::unknown("integer", number))
}

/// A rate as a parameter for a column of whole per cent.
///
/// # Errors
/// When it has decimal places.
pub fn percent(rate: VatRate) -> Result<i32, DbError> {
    let whole = rate.percent().is_integer().then(|| rate.percent().to_i32()).flatten();
    whole.ok_or_else(|| DbError::unknown("vat_percent", rate))
}

/// A half-open range as the model's, which has both ends.
fn interval(range: &PgRange<DateTime<Utc>>) -> Option<Interval> {
    use std::ops::Bound::{Excluded, Included};
    match (range.start, range.end) {
        (Included(start), Excluded(end)) => Interval::new(start, end),
        _ => None,
    }
}

/// A number that is never negative, such as minutes: SQL has no type for it. Select `minutes as "minutes: Natural"` where the
/// model has a `u32`, and `Natural<u8>` where it has that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Natural<N = u32>(pub N);

macro_rules! natural {
    ($($number:ty)+) => { $(
        impl From<Natural<$number>> for $number {
            fn from(natural: Natural<$number>) -> Self {
                natural.0
            }
        }

        impl Type<Postgres> for Natural<$number> {
            fn type_info() -> PgTypeInfo {
                <i32 as Type<Postgres>>::type_info()
            }

            fn compatible(found: &PgTypeInfo) -> bool {
                // A sum of integers is a bigint.
                <i32 as Type<Postgres>>::compatible(found) || <i64 as Type<Postgres>>::compatible(found)
            }
        }

        impl<'r> Decode<'r, Postgres> for Natural<$number> {
            fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
                let stored = stored::<Self, i64>(value)?;
                stored.try_into().map(Self).map_err(|_| not_in_the_model::<$number>(stored))
            }
        }

        impl Encode<'_, Postgres> for Natural<$number> {
            fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
                let stored = i32::try_from(self.0).map_err(|_| not_in_the_model::<i32>(self.0))?;
                <i32 as Encode<'_, Postgres>>::encode(stored, buffer)
            }
        }
    )+ };
}

natural! { u8 u16 u32 }
