//! What the database takes in a column of codes is what the model knows.

use std::collections::{BTreeMap, BTreeSet};

use linka::{
    model::{
        base::{installation::Installation, terms::Urgency},
        line::{api_tokens::ApiScope, catalogue::SlotChoice, plans::ExceptionKind},
        mails::MailState,
        minutes::{
            alerts::AlertKind,
            contracts::{Period, Rollover},
            ledger::EntryKind,
            pools::PoolKind,
        },
        money::{
            balances::BalanceEntryKind,
            bank::{PaymentState, StatementFault, StatementFormat, StatementSource, Unmatched},
            card::{CardTryKind, CardTryState, PaymentAlertKind, StripeEventState},
            connections::Connection,
            payment_reminders::PaymentStage,
            purchases::{Closing, Dispute, PaymentMethod, PurchaseEventKind},
            refunds::RefundState,
            statements::SourceFailure,
            subscriptions::{Recurrence, SubscriptionState, SubscriptionWish},
            tax_documents::{DocumentKind, FileFormat},
            top_ups::TopUpState,
        },
        ordering::{
            appointments::AppointmentState,
            attachments::AttachmentKind,
            earlier::EarlierOfferState,
            requests::{RequestSource, RequestState},
            timeline::TimelineKind,
        },
        people::{
            audit::AuditChange,
            customers::ContactKind,
            links::LinkKind,
            members::{Capability, ContactRole, StaffRole},
        },
        work::{
            attempts::AttemptChannel,
            contests::ContestState,
            corrections::CorrectionSource,
            lanes::Lane,
            mail_in::{InboundState, MailboxFailure, WaitReason},
            readiness::ReadyAnswer,
            segments::SegmentKind,
            teamviewer::TeamviewerFailure,
            webhooks::{WebhookKind, WebhookOff, WebhookState},
            wishes::WishKind,
        },
    },
    server::db::MIGRATIONS,
    ui::texts::Locale,
};
use sqlx::PgPool;

use crate::support::World;

/// Every column that a check limits to a list of words, with those words.
const LIMITED_COLUMNS: &str = "
    select c.conrelid::regclass || '.' || a.attname,
           array(select word[1] from regexp_matches(pg_get_constraintdef(c.oid), '''([^'']*)''::text', 'g') word)
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'c' and c.connamespace = 'public'::regnamespace and array_length(c.conkey, 1) = 1
      and a.atttypid in ('text'::regtype, 'text[]'::regtype) and pg_get_constraintdef(c.oid) like '%ARRAY[%'";

/// Words that only SQL tells apart: no rule of the model asks for them.
const OF_SQL_ALONE: &[&str] = &[
    "intervention.state",
    "ledger_entry.source_kind",
    "push_message.state",
    "sms_message.state",
    "webhook_message.kind",
];

type Words = BTreeMap<String, BTreeSet<String>>;

macro_rules! codes {
    ($($column:literal => $name:ty,)+) => {
        Words::from([$((
            $column.to_owned(),
            <$name>::ALL.iter().map(|value| value.code().to_owned()).collect(),
        ),)+])
    };
}

fn known() -> Words {
    codes! {
        "alert.kind" => AlertKind,
        "api_token.scopes" => ApiScope,
        "audit_entry.change" => AuditChange,
        "appointment.state" => AppointmentState,
        "appointment.urgency" => Urgency,
        "attachment.kind" => AttachmentKind,
        "bank_payment.reason" => Unmatched,
        "bank_payment.state" => PaymentState,
        "balance_entry.kind" => BalanceEntryKind,
        "bank_statement.format" => StatementFormat,
        "bank_statement.source" => StatementSource,
        "bank_statement_unread.fault" => StatementFault,
        "statement_fetch.failure" => SourceFailure,
        "teamviewer_fetch.failure" => TeamviewerFailure,
        "statement_fetch.fault" => StatementFault,
        "statement_fetch.source" => StatementSource,
        "purchase.closed_as" => Closing,
        "bundle.comes" => Recurrence,
        "dispute.state" => Dispute,
        "card_try.kind" => CardTryKind,
        "card_try.state" => CardTryState,
        "top_up.state" => TopUpState,
        "subscription.method" => PaymentMethod,
        "subscription.state" => SubscriptionState,
        "subscription.wish" => SubscriptionWish,
        "purchase.dispute" => Dispute,
        "purchase.method" => PaymentMethod,
        "contact_attempt.channel" => AttemptChannel,
        "contest.state" => ContestState,
        "contract.fee_period" => Period,
        "contract.period" => Period,
        "contract.rollover" => Rollover,
        "contract_amendment.fee_period" => Period,
        "contract_amendment.period" => Period,
        "contract_amendment.rollover" => Rollover,
        "customer_contact.kind" => ContactKind,
        "desk_case.snoozed_lane" => Lane,
        "desk_standing.lane" => Lane,
        "document_file.format" => FileFormat,
        "earlier_offer.state" => EarlierOfferState,
        "document_series.kind" => DocumentKind,
        "series_pattern.kind" => DocumentKind,
        "inbound_mail.reason" => WaitReason,
        "inbound_mail.state" => InboundState,
        "installation.kind" => Installation,
        "ledger_entry.kind" => EntryKind,
        "link_wish.kind" => LinkKind,
        "login.language" => Locale,
        "mail.language" => Locale,
        "mail.state" => MailState,
        "mailbox_trouble.failure" => MailboxFailure,
        "member.capabilities" => Capability,
        "member.contact_roles" => ContactRole,
        "minute_grant.kind" => PoolKind,
        "purchase_event.kind" => PurchaseEventKind,
        "payment_alert.kind" => PaymentAlertKind,
        "payment_reminder.stage" => PaymentStage,
        "payment_stage.stage" => PaymentStage,
        "reminded_debt.stage" => PaymentStage,
        "plan_exception.kind" => ExceptionKind,
        "readiness.answer" => ReadyAnswer,
        "receipt_file.language" => Locale,
        "refund.state" => RefundState,
        "request_event.kind" => TimelineKind,
        "segment_correction.source" => CorrectionSource,
        "service_request.source" => RequestSource,
        "service_request.state" => RequestState,
        "service_request.urgency" => Urgency,
        "staff.roles" => StaffRole,
        "mail_kind.kind" => WishKind,
        "webhook_endpoint.disabled_why" => WebhookOff,
        "webhook_endpoint.kinds" => WebhookKind,
        "webhook_message.state" => WebhookState,
        "wish.digest_kinds" => WishKind,
        "wish.kinds" => WishKind,
        "wish.push_kinds" => WishKind,
        "wish.sms_kinds" => WishKind,
        "connection_check.kind" => Connection,
        "stripe_event.state" => StripeEventState,
        "time_segment.kind" => SegmentKind,
        "catalogue_change.choice" => SlotChoice,
        "service_request.choice" => SlotChoice,
        "work_type.choice" => SlotChoice,
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_column_of_codes_takes_exactly_what_its_enum_has(pool: PgPool) {
    let mut limited = limited(&pool).await;
    for column in OF_SQL_ALONE {
        assert!(limited.remove(*column).is_some(), "{column} is limited no more");
    }
    assert_eq!(limited, known());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_column_of_codes_that_nobody_named_is_seen(pool: PgPool) {
    let world = World::new(pool).await;
    world
        .sql("create table parcel (size text check (size in ('small', 'large')), label text check (label <> ''))")
        .await;
    world.sql("alter table staff drop constraint known_roles, add check (roles <@ array['technician'])").await;
    let limited = limited(world.app.db.pool()).await;
    assert_eq!(limited["parcel.size"], BTreeSet::from(["small", "large"].map(str::to_owned)));
    assert!(!limited.contains_key("parcel.label"));
    assert_ne!(limited.get("staff.roles"), known().get("staff.roles"));
}

async fn limited(pool: &PgPool) -> Words {
    let rows: Vec<(String, Vec<String>)> =
        sqlx::query_as(LIMITED_COLUMNS).fetch_all(pool).await.expect("the catalogue");
    rows.into_iter().map(|(column, words)| (column, words.into_iter().collect())).collect()
}
