//! Problems in words.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::fields::FieldCode,
        line::{
            limits::{Limit, LimitReached},
            needed::Needed,
            programs::VERSION_MAX,
        },
        money::{bundles::MOST_PIECES, purchases::REFERENCE_MAX, series::FIRST_MAX},
        ordering::{
            appointments::ChangeRefused,
            attachments::{ATTACHMENT_BYTES_MAX, ATTACHMENTS_MAX},
            conversations::MESSAGE_MAX,
            offers::SlotRefused,
            requests::{CONTACT_NAME_MAX, WHAT_HAPPENED_MAX, WHAT_HAPPENED_MIN},
            urgency::{SINCE_MAX, UrgencyRefused, WHAT_STOPPED_MAX, WHAT_STOPPED_MIN},
        },
        people::{erasure::ErasureRefused, mergers::MergeWaits, passwords::PASSWORD_MIN},
        problem::Problem,
        work::{
            attempts::{NO_SHOW_APART_MINUTES, NO_SHOW_WAIT_MINUTES},
            ceiling::HIGHEST_CEILING,
            consequences::MEANS,
            interventions::{MOST_ADDED_MINUTES, NOTE_MAX, NOTE_MIN, REPORT_MAX, WorkRefused},
            lanes::REST_MOST_DAYS,
            ratings::RATING_WORDS_MAX,
            report_blocks::{BLOCK_BODY_MAX, BLOCK_TITLE_MAX, MOST_BLOCKS},
            teamviewer::KEPT_DAYS,
            webhooks::{WEBHOOK_URL_MAX, WEBHOOKS_MAX},
        },
    },
    ui::{
        self, format, statement_words,
        texts::{Locale, t},
    },
};

/// What a problem says: a headline and perhaps more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What happened, or what to do.
    pub title: String,
    /// More about it.
    pub body: Option<String>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldText {
    /// The field's name.
    pub field: String,
    /// What is wrong with it, as a sentence that says what to do.
    pub text: String,
}

/// The words above a form that came back.
pub fn words_for_form(problem: &Problem) -> Words {
    match problem {
        Problem::Invalid { .. } => just(t!("problem-invalid")),
        Problem::Urgency(UrgencyRefused::Plannable) => just(t!("problem-plannable")),
        Problem::Urgency(_) => just(t!("problem-invalid")),
        Problem::SignInFailed => more(t!("problem-sign-in-failed"), t!("problem-sign-in-failed-body")),
        Problem::ConfirmRequired => more(t!("problem-confirmed-again"), t!("problem-signed-in-again-body")),
        Problem::SignInRequired => more(t!("problem-signed-in-again"), t!("problem-signed-in-again-body")),
        Problem::SlotTaken => more(t!("problem-slot-taken"), t!("problem-slot-taken-body")),
        Problem::HoldExpired => more(t!("problem-hold-expired"), t!("problem-hold-expired-body")),
        Problem::TotalDiffers => more(t!("problem-total-differs"), t!("problem-total-differs-body")),
        Problem::EstimateDiffers => more(t!("problem-estimate-differs"), t!("problem-estimate-differs-body")),
        Problem::Unavailable => more(t!("problem-unavailable-form"), t!("problem-kept")),
        Problem::Internal { incident } => {
            more(t!("problem-internal-form"), t!("problem-kept-incident", incident = incident.as_str()))
        }
        other => words(other),
    }
}

/// The words of a page that shows nothing but the problem.
pub fn words(problem: &Problem) -> Words {
    match problem {
        Problem::ProviderRequired { name } => {
            more(t!("problem-provider-required", name = name.as_str()), t!("problem-provider-required-body"))
        }
        Problem::ProviderRefused => more(t!("problem-provider-refused"), t!("problem-provider-refused-body")),
        Problem::FactorRequired => more(t!("problem-factor-required"), t!("problem-factor-required-body")),
        Problem::SignInRequired => more(t!("problem-sign-in-required"), t!("problem-sign-in-required-body")),
        Problem::Throttled { retry_after_s } => {
            more(t!("problem-throttled"), t!("problem-throttled-body", minutes = retry_after_s.div_ceil(60).max(1)))
        }
        Problem::Forbidden { capability: Some(_) } => more(t!("problem-forbidden"), t!("problem-forbidden-body")),
        Problem::Forbidden { capability: None } => more(t!("problem-forbidden"), t!("problem-forbidden-for-you")),
        Problem::NotSent => more(t!("problem-not-sent"), t!("problem-not-sent-body")),
        Problem::NotFound => more(t!("problem-not-found"), t!("problem-not-found-body")),
        Problem::Limit(reached) => limit_reached(*reached),
        Problem::Busy { .. } => more(t!("problem-busy"), t!("problem-kept")),
        Problem::SlotRefused(refused) => slot_refused(*refused),
        Problem::Change(refused) => change_refused(*refused),
        Problem::Work(refused) => work_refused(*refused),
        Problem::Statement(refused) => {
            more(t!("problem-statement"), statement_words::fault(Locale::current(), *refused))
        }
        Problem::MovedOn(_) => more(t!("problem-moved-on"), t!("problem-moved-on-body")),
        Problem::Conflict => more(t!("problem-conflict"), t!("problem-conflict-body")),
        Problem::FormUsed { sent_at, led_to } => form_used(*sent_at, led_to.is_some()),
        Problem::ChangedMeanwhile(changed) if changed.fields.iter().all(|field| is_meaning(field)) => {
            more(t!("problem-changed-meanwhile"), t!("problem-means-something-else"))
        }
        Problem::ChangedMeanwhile(_) => more(t!("problem-changed-meanwhile"), t!("problem-changed-meanwhile-body")),
        Problem::BuyingNotYet => more(t!("problem-buying-not-yet"), buying_not_yet()),
        Problem::SupplierUnconfirmed => {
            more(t!("problem-supplier-unconfirmed"), t!("problem-supplier-unconfirmed-body"))
        }
        Problem::AwaitsNod => more(t!("problem-awaits-nod"), t!("problem-awaits-nod-body", phone = ui::line_phone())),
        Problem::HasItsOwn => more(t!("problem-has-its-own"), t!("problem-has-its-own-body")),
        Problem::MergeWaits(waits) => merge_waits(waits),
        Problem::NobodyElseManages => {
            more(t!("problem-nobody-else-manages"), t!("problem-nobody-else-manages-body", phone = ui::line_phone()))
        }
        Problem::LastManager => more(t!("problem-last-manager"), t!("problem-last-manager-body")),
        Problem::Needed(needed) => is_needed(needed),
        Problem::Erasure(refused) => erasure_refused(refused),
        Problem::PlacesTaken { numbers } => {
            let numbers = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            more(t!("problem-places-taken"), t!("problem-places-taken-body", numbers = numbers))
        }
        Problem::AppointmentsAhead => more(t!("problem-appointments-ahead"), t!("problem-appointments-ahead-body")),
        Problem::Blocked => more(t!("problem-blocked"), t!("problem-blocked-body", phone = ui::line_phone())),
        Problem::OwesTooLong => more(t!("problem-owes"), t!("problem-owes-body", phone = ui::line_phone())),
        Problem::Malformed => more(t!("problem-malformed"), t!("problem-malformed-body")),
        Problem::TooLarge => more(t!("problem-too-large"), t!("problem-too-large-body")),
        Problem::Unavailable => more(t!("problem-unavailable"), t!("problem-unavailable-body")),
        Problem::Internal { incident } => {
            more(t!("problem-internal"), t!("problem-internal-body", incident = incident.as_str()))
        }
        Problem::SignInFailed
        | Problem::ConfirmRequired
        | Problem::Invalid { .. }
        | Problem::Urgency(_)
        | Problem::SlotTaken
        | Problem::HoldExpired
        | Problem::TotalDiffers
        | Problem::EstimateDiffers => words_for_form(problem),
    }
}

/// When the form was sent first, and what that means for what is in it now.
fn form_used(sent_at: DateTime<Utc>, is_known_to_be_done: bool) -> Words {
    let at = format::on(Locale::current(), sent_at, ui::now());
    let body = if is_known_to_be_done {
        t!("problem-form-used-body", at = at)
    } else {
        t!("problem-form-used-perhaps", at = at)
    };
    more(t!("problem-form-used"), body)
}

fn merge_waits(waits: &MergeWaits) -> Words {
    match waits {
        MergeWaits::Work(number) => {
            more(t!("problem-merge-work", number = number.to_string()), t!("problem-merge-work-body"))
        }
        MergeWaits::Contract(_) => more(t!("problem-merge-contract"), t!("problem-merge-contract-body")),
    }
}

fn is_needed(needed: &Needed) -> Words {
    match needed {
        Needed::LastRegion => more(t!("problem-needed-region"), t!("problem-needed-region-body")),
        Needed::RegionOf { customers } => {
            more(t!("problem-region-of-customers"), t!("problem-region-of-customers-body", customers = *customers))
        }
        Needed::BasicTier => more(t!("problem-needed-tier"), t!("problem-needed-tier-body")),
    }
}

fn erasure_refused(refused: &ErasureRefused) -> Words {
    match refused {
        ErasureRefused::NobodyElseManages => {
            more(t!("problem-erasure-manages"), t!("problem-erasure-manages-body", phone = ui::line_phone()))
        }
        ErasureRefused::WorkUnderWay => more(t!("problem-erasure-work"), t!("problem-erasure-work-body")),
    }
}

/// Whether a field says what an act means: of the act itself, of one of the times that are there for a caller, of one of the requests
/// that an outage ends.
fn is_meaning(field: &str) -> bool {
    field == MEANS || field.starts_with("means[") || field.starts_with("ends[")
}

/// Where to ask instead, if the line has a number.
pub fn buying_not_yet() -> String {
    match ui::line_phone() {
        phone if phone.is_empty() => t!("problem-buying-not-yet-body"),
        phone => t!("problem-buying-not-yet-call", phone = phone),
    }
}

/// Which limit, how many, and what to do.
fn limit_reached(reached: LimitReached) -> Words {
    let (most, phone) = (reached.most, ui::line_phone());
    let minutes = reached.retry_after_s.unwrap_or(0).div_ceil(60).max(1);
    match reached.limit {
        Limit::FutureAppointments => {
            more(t!("limit-appointments", most = most), t!("limit-appointments-body", phone = phone))
        }
        Limit::WaitingRequests => more(t!("limit-waiting", most = most), t!("limit-waiting-body", phone = phone)),
        Limit::UnpaidPurchases => more(t!("limit-unpaid", most = most), t!("limit-unpaid-body", phone = phone)),
        Limit::PurchasesPerDay => more(t!("limit-purchases", most = most), t!("limit-purchases-body", phone = phone)),
        Limit::Downloads => more(t!("limit-downloads", most = most), t!("limit-downloads-body")),
        Limit::Holds => more(t!("limit-holds", most = most), t!("limit-holds-body")),
        Limit::HoldsPerHour => more(
            t!("limit-holds-per-hour", most = most),
            t!("limit-holds-per-hour-body", minutes = minutes, phone = phone),
        ),
        Limit::MessagesPerHour => more(
            t!("limit-messages-per-hour", most = most),
            t!("limit-holds-per-hour-body", minutes = minutes, phone = phone),
        ),
        Limit::AttachmentMegabytes => {
            more(t!("limit-attachments", most = most), t!("limit-attachments-body", phone = phone))
        }
        Limit::WritesPerMinute => more(t!("limit-writes", most = most), t!("limit-writes-body")),
        Limit::OpenOutages => more(t!("limit-open-outages", most = most), t!("limit-open-outages-body")),
        Limit::OutageMessages => more(t!("limit-outage-messages", most = most), t!("limit-outage-messages-body")),
    }
}

fn slot_refused(refused: SlotRefused) -> Words {
    match refused {
        SlotRefused::Taken => more(t!("problem-slot-taken"), t!("problem-slot-taken-body")),
        SlotRefused::Past => more(t!("problem-slot-past"), t!("problem-slot-other")),
        SlotRefused::TooSoon { earliest } => {
            let earliest = format::on(Locale::current(), earliest, ui::now());
            more(t!("problem-slot-too-soon", earliest = earliest), t!("problem-slot-other"))
        }
        SlotRefused::Reserved => more(t!("problem-slot-reserved"), t!("problem-slot-other")),
        SlotRefused::OffGrid | SlotRefused::OutsideHours | SlotRefused::BeyondHorizon => {
            more(t!("problem-slot-not-offered"), t!("problem-slot-other"))
        }
    }
}

fn change_refused(refused: ChangeRefused) -> Words {
    match refused {
        ChangeRefused::TooLate { cut_off } => more(
            t!("problem-too-late"),
            t!(
                "problem-too-late-body",
                until = format::until(Locale::current(), cut_off, ui::now()),
                phone = ui::line_phone()
            ),
        ),
        ChangeRefused::NoMovesLeft => {
            more(t!("problem-no-moves"), t!("problem-no-moves-body", phone = ui::line_phone()))
        }
        ChangeRefused::NotConfirmed => more(t!("problem-not-confirmed"), t!("problem-not-confirmed-body")),
    }
}

fn work_refused(refused: WorkRefused) -> Words {
    match refused {
        WorkRefused::ClockRunsElsewhere => {
            more(t!("problem-work-clock-runs-elsewhere"), t!("problem-work-clock-runs-elsewhere-body"))
        }
        WorkRefused::Overlaps => more(t!("problem-work-overlaps"), t!("problem-work-overlaps-body")),
        WorkRefused::WaitingForConsent => {
            more(t!("problem-work-waiting-for-consent"), t!("problem-work-waiting-for-consent-body"))
        }
        WorkRefused::ClockRuns => more(t!("problem-work-clock-runs"), t!("problem-work-clock-runs-body")),
        WorkRefused::NothingDone => more(t!("problem-work-nothing-done"), t!("problem-work-nothing-done-body")),
        WorkRefused::NotMissedYet => more(
            t!("problem-work-not-missed-yet"),
            t!("problem-work-not-missed-yet-body", apart = NO_SHOW_APART_MINUTES, wait = NO_SHOW_WAIT_MINUTES),
        ),
        WorkRefused::TooEarly => more(t!("problem-work-too-early"), t!("problem-work-too-early-body")),
        WorkRefused::AboveCeiling => more(t!("problem-work-above-ceiling"), t!("problem-work-above-ceiling-body")),
        WorkRefused::TimeTaken => more(t!("problem-work-time-taken"), t!("problem-work-time-taken-body")),
        WorkRefused::Contested => more(t!("problem-work-contested"), t!("problem-work-contested-body")),
        WorkRefused::NeedsManager => more(t!("problem-work-needs-manager"), t!("problem-work-needs-manager-body")),
        WorkRefused::RestTaken => more(t!("problem-work-rest-taken"), t!("problem-work-rest-taken-body")),
        WorkRefused::NotYours => more(t!("problem-work-not-yours"), t!("problem-work-not-yours-body")),
    }
}

fn just(title: String) -> Words {
    Words { title, body: None }
}

fn more(title: String, body: String) -> Words {
    Words { title, body: Some(body) }
}

/// What is wrong with which fields, in the order of the form; none when the problem is not about fields.
pub fn field_texts(problem: &Problem) -> Vec<FieldText> {
    let one = |field: &str, text: String| vec![FieldText { field: field.to_owned(), text }];
    match problem {
        Problem::Invalid { fields } => fields
            .iter()
            .map(|problem| FieldText { field: problem.field.clone(), text: field_text(&problem.field, problem.code) })
            .collect(),
        Problem::Urgency(refused) => match refused {
            UrgencyRefused::Plannable => one("urgency", t!("field-urgency-plannable")),
            UrgencyRefused::WhatStoppedMissing | UrgencyRefused::WhatStoppedTooShort => {
                one("what_stopped", t!("field-what-stopped", min = WHAT_STOPPED_MIN))
            }
            UrgencyRefused::WhatStoppedTooLong => one("what_stopped", t!("field-too-long", max = WHAT_STOPPED_MAX)),
            UrgencyRefused::SinceMissing => one("since", t!("field-since")),
            UrgencyRefused::SinceTooLong => one("since", t!("field-too-long", max = SINCE_MAX)),
        },
        // What each says now stands beside it; one link is enough to get there.
        Problem::ChangedMeanwhile(changed) => match changed.fields.first() {
            Some(first) => one(first, t!("field-changed-look")),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// What a field holds by now that somebody else has changed since its form was opened.
pub fn changed_to(now: &str) -> String {
    match now.char_indices().nth(CHANGED_SHOWN) {
        _ if now.is_empty() => t!("field-changed-to-nothing"),
        None => t!("field-changed-to", now = now),
        Some((end, _)) => t!("field-changed-to-longer", beginning = now[..end].trim_end()),
    }
}

/// How many characters of it are shown.
const CHANGED_SHOWN: usize = 200;

/// What is wrong with a field: in its own words where it has some, else in general ones.
fn field_text(field: &str, code: FieldCode) -> String {
    use FieldCode as Code;
    match (field, code) {
        ("program", _) => t!("field-program"),
        ("work_type", _) => t!("field-work-type"),
        ("subject", _) => t!("field-subject"),
        ("what_happened", Code::Missing | Code::TooShort) => {
            t!("field-what-happened", min = WHAT_HAPPENED_MIN)
        }
        ("what_happened", Code::TooLong) => t!("field-too-long", max = WHAT_HAPPENED_MAX),
        ("contact_name", Code::Missing | Code::TooShort) => t!("field-contact-name"),
        ("contact_name", Code::TooLong) => t!("field-too-long", max = CONTACT_NAME_MAX),
        ("contact_phone" | "join_phone", Code::Missing) => t!("field-contact-phone"),
        ("goes_on", Code::Missing) => t!("field-goes-on"),
        ("urgency", Code::NotPlannedUrgent) => t!("field-urgency-plannable"),
        ("urgency", _) => t!("field-urgency"),
        ("start", Code::DoesNotMatch) => t!("field-start-of-other-work"),
        ("start", _) | ("starts", Code::Missing) => t!("field-start"),
        ("starts", Code::AlreadyUsed) => t!("field-starts-same"),
        ("starts", Code::NotAnEmail) => t!("field-starts-nobody"),
        ("starts", _) => t!("field-starts"),
        ("rest_until", Code::OutOfRange) => t!("field-rest-until", days = REST_MOST_DAYS),
        ("rest_until", _) => t!("field-date-time"),
        ("rest", Code::OutOfRange) => t!("field-rest-urgent"),
        ("technician", _) => t!("field-technician"),
        ("score", _) => t!("field-score"),
        ("rating_words", Code::TooLong) => t!("field-too-long", max = RATING_WORDS_MAX),
        ("message", Code::TooLong) => t!("field-too-long", max = MESSAGE_MAX),
        ("files", Code::Missing) => t!("field-files-gone"),
        ("files", Code::TooLong) => t!("field-files-large", megabytes = ATTACHMENT_BYTES_MAX / 1_048_576),
        ("files", Code::TooMany) => t!("field-files-many", most = ATTACHMENTS_MAX),
        ("files", Code::Unknown) => t!("field-files-unknown"),
        ("ceiling_minutes", Code::OutOfRange) => t!("field-ceiling-range", most = HIGHEST_CEILING),
        ("ceiling_minutes", _) => t!("field-ceiling"),
        ("segment", _) => t!("field-segment"),
        ("agreed", _) => t!("field-agreed"),
        ("new_ceiling", _) => t!("field-new-ceiling"),
        ("kind" | "kind_before", _) | ("kind_after", Code::Missing) => t!("field-segment-kind"),
        ("kind_after", _) => t!("field-kind-after"),
        ("block_title", Code::Missing) => t!("field-block-title"),
        ("block_title", Code::TooLong) => t!("field-too-long", max = BLOCK_TITLE_MAX),
        ("block_title", Code::AlreadyUsed) => t!("field-block-title-used"),
        ("block_title", Code::OutOfRange) => t!("field-blocks-many", most = MOST_BLOCKS),
        ("block_body", Code::Missing) => t!("field-block-body"),
        ("block_body", Code::TooLong) => t!("field-too-long", max = BLOCK_BODY_MAX),
        ("split_at", Code::OutOfRange) => t!("field-split-at"),
        ("split_at", Code::TooLong) => t!("field-split-needs-manager", most = MOST_ADDED_MINUTES),
        ("split_at", _) => t!("field-date-time"),
        ("earlier", Code::AlreadyUsed) => t!("field-earlier-taken"),
        ("earlier", Code::TooLong) => t!("field-earlier-needs-manager", most = MOST_ADDED_MINUTES),
        ("earlier", _) => t!("field-earlier"),
        ("true_end" | "ended_at", Code::TooLong) => t!("field-needs-manager", most = MOST_ADDED_MINUTES),
        ("true_end", Code::OutOfRange) => t!("field-true-end-range"),
        ("true_end", _) => t!("field-true-end"),
        ("confirmed", _) => t!("field-segment-confirmed"),
        ("started_at", Code::OutOfRange) => t!("field-segment-future"),
        ("ended_at", Code::OutOfRange) => t!("field-segment-order"),
        ("started_at" | "ended_at", _) => t!("field-date-time"),
        ("reason", Code::Missing | Code::TooShort) => t!("field-reason", min = NOTE_MIN),
        ("reason" | "note" | "answer", Code::TooLong) => t!("field-too-long", max = NOTE_MAX),
        ("report", Code::Missing | Code::TooShort) => t!("field-report"),
        ("report", Code::TooLong) => t!("field-too-long", max = REPORT_MAX),
        ("finished", Code::OutOfRange) => t!("field-finished-ahead"),
        ("finished", _) => t!("field-finished"),
        ("channel", _) => t!("field-channel"),
        ("decision", _) => t!("field-accepted"),
        ("accepted_minutes", _) => t!("field-accepted-minutes"),
        ("remark", Code::Missing | Code::TooShort) => t!("field-remark", min = NOTE_MIN),
        ("said_by", Code::Missing | Code::TooShort) => t!("field-said-by"),
        ("said_at", Code::OutOfRange) => t!("field-said-at"),
        ("said_at", _) => t!("field-date-time"),
        ("words", Code::Missing | Code::TooShort) => t!("field-words", min = NOTE_MIN),
        ("remark" | "words", Code::TooLong) => t!("field-too-long", max = NOTE_MAX),
        ("answer", _) => t!("field-answer"),
        ("number", Code::Missing | Code::TooShort) => t!("field-contract-number"),
        ("number", Code::AlreadyUsed) => t!("field-contract-number-used"),
        ("vat_from", Code::OutOfRange) => t!("field-vat-from"),
        ("valid_from", Code::OutOfRange) => t!("field-future-day"),
        ("valid_from", Code::AlreadyUsed) => t!("field-contract-overlaps"),
        ("valid_until", Code::OutOfRange) => t!("field-valid-until"),
        ("valid_from" | "valid_until" | "vat_from", _) => t!("field-date"),
        ("rate_per_minute" | "urgent_rate_per_minute", _) => t!("field-money"),
        ("file", Code::DoesNotMatch) => t!("field-connections-file"),
        ("file", Code::TooLong) => t!("field-file-large"),
        ("file", Code::Unknown) => t!("field-file-pdf"),
        ("file", _) => t!("field-file"),
        ("from_day", Code::AlreadyUsed) => t!("field-amends-nothing"),
        ("from_day", Code::OutOfRange) => t!("field-from-day"),
        ("from_day", _) => t!("field-date"),
        ("fee", _) => t!("field-money"),
        ("fee_day", _) => t!("field-fee-day"),
        ("document", Code::AlreadyUsed) => t!("field-document-paid"),
        ("document", _) => t!("field-document"),
        ("note", Code::Missing) => t!("field-note-overpaid"),
        ("minutes", _) => t!("field-refund-minutes"),
        ("quantity", _) => t!("field-quantity", max = MOST_PIECES),
        ("reference", Code::TooLong) => t!("field-too-long", max = REFERENCE_MAX),
        ("method", _) => t!("field-method"),
        ("postal_code", Code::Unknown) => t!("field-postal-code"),
        (
            "future_appointments"
            | "waiting_requests"
            | "unpaid_purchases"
            | "purchases_per_day"
            | "downloads"
            | "drafts"
            | "holds"
            | "devices"
            | "sms_per_day"
            | "holds_per_hour"
            | "messages_per_hour"
            | "attachment_megabytes"
            | "writes_per_minute",
            _,
        ) => t!("field-limit"),
        ("series", _) => t!("field-series"),
        ("series_kind", _) => t!("field-series"),
        ("pattern", Code::AlreadyUsed) => t!("field-pattern-meets"),
        ("pattern", Code::OutOfRange) => t!("field-pattern-of-orders"),
        ("pattern", _) => t!("field-pattern", long = "{YYYY}", short = "{YY}", serial = "{NNNNN}"),
        ("pattern_from", _) => t!("field-date"),
        ("first_number", Code::AlreadyUsed) => t!("field-series-begun"),
        ("first_number", _) => t!("field-series-first", max = FIRST_MAX),
        ("sold_from" | "retired_from", Code::OutOfRange) => t!("field-future-day"),
        ("sold_from" | "retired_from", _) => t!("field-date"),
        ("price", _) => t!("field-money"),
        ("postal_prefixes", Code::AlreadyUsed) => t!("field-postal-prefixes-used"),
        ("postal_prefixes", _) => t!("field-postal-prefixes"),
        ("percent", Code::AlreadyUsed) => t!("field-vat-same"),
        ("percent", Code::NotANumber | Code::OutOfRange) => t!("field-vat-percent"),
        ("ends_at", Code::OutOfRange) => t!("field-notice-until"),
        ("ends_at" | "starts_at", Code::Missing | Code::Unknown) => t!("field-date-time"),
        ("spoken", Code::DoesNotMatch) => t!("field-spoken"),
        ("webhook_url", Code::TooLong) => t!("field-too-long", max = WEBHOOK_URL_MAX),
        ("webhook_url", Code::TooMany) => t!("field-webhooks-many", most = WEBHOOKS_MAX),
        ("webhook_url", _) => t!("field-webhook-url"),
        ("webhook_kinds", _) => t!("field-webhook-kinds"),
        ("asked_until", _) => t!("field-asked-until"),
        ("replay_since", _) => t!("field-date"),
        ("one_time_code", _) => t!("field-one-time-code"),
        ("programs", _) => t!("field-programs"),
        ("ico", Code::DoesNotMatch) => t!("field-ico-check"),
        ("ico", Code::AlreadyUsed) => t!("field-ico-used"),
        ("ico", _) => t!("field-ico"),
        ("dic", Code::Missing) => t!("field-missing"),
        ("dic", _) => t!("field-dic"),
        ("session_link", _) => t!("field-session-link"),
        ("kept_days", Code::OutOfRange) => t!("field-kept-days", least = KEPT_DAYS.0, most = KEPT_DAYS.1),
        ("teamviewer_id", Code::Unknown) => t!("field-teamviewer"),
        ("country", _) => t!("field-country"),
        ("phones", Code::NotAPhone) => t!("field-phones"),
        ("phones" | "emails", Code::TooLong) => t!("field-contacts-many"),
        ("emails", Code::NotAnEmail) => t!("field-emails"),
        ("knowingly", _) => t!("field-knowingly"),
        ("company_confirmed", _) => t!("field-company-confirmed"),
        ("account", Code::DoesNotMatch) => t!("field-account-check"),
        ("account", _) => t!("field-account"),
        ("bank" | "bic", Code::Missing) => t!("field-bank"),
        ("bic", _) => t!("field-bic"),
        ("email", Code::Missing) => t!("field-email"),
        ("email", Code::AlreadyUsed) => t!("field-email-used"),
        ("name", Code::AlreadyUsed) => t!("field-name-used"),
        ("version", Code::AlreadyUsed) => t!("field-version-used"),
        ("version", _) => t!("field-version", most = VERSION_MAX),
        ("released_on", _) => t!("field-date"),
        ("minutes_to", Code::OutOfRange) => t!("field-minutes-to"),
        ("slot_minutes", Code::OutOfRange) => t!("field-slot-minutes"),
        ("values[closes]", Code::OutOfRange) => t!("field-closes"),
        ("values[opens]" | "values[closes]" | "values[reserve_released_at]", _) => t!("field-time-of-day"),
        ("values[list_rate_per_minute]" | "values[write_off_limit]", Code::NotANumber | Code::Missing) => {
            t!("field-money")
        }
        ("quiet_from" | "quiet_until", _) => t!("field-quiet"),
        ("began_at", Code::OutOfRange) => t!("field-began-at"),
        ("began_at", _) => t!("field-date-time"),
        ("joins", _) => t!("field-joins"),
        ("outage", _) => t!("field-outage"),
        ("into", Code::DoesNotMatch) => t!("field-into-urgent"),
        ("into", _) => t!("field-into"),
        ("roles", _) => t!("field-roles"),
        ("own_password", _) => t!("field-own-password"),
        ("heir", _) => t!("field-heir"),
        ("password", Code::Missing) => t!("field-password"),
        ("password", Code::TooShort) => t!("field-password-too-short", min = PASSWORD_MIN),
        ("password_again", _) => t!("field-password-again"),
        ("first" | "last" | "week_first" | "week_last", Code::OutOfRange) => t!("field-plan-day"),
        ("first" | "week_first", Code::DoesNotMatch) => t!("field-plan-gone"),
        ("first" | "last" | "week_first" | "week_last", _) => t!("field-date"),
        ("until", Code::OutOfRange) => t!("field-plan-until"),
        ("why", Code::Missing) => t!("field-closure-why"),
        (_, Code::Missing) => t!("field-missing"),
        (_, Code::TooShort) => t!("field-too-short"),
        (_, Code::TooLong) => t!("field-too-long-generic"),
        (_, Code::NotAPhone) => t!("field-not-a-phone"),
        (_, Code::NotAnEmail) => t!("field-not-an-email"),
        (_, Code::NotAPlan) => t!("field-not-a-plan"),
        (_, Code::NotASite) => t!("field-not-a-site"),
        (_, Code::NotConfirmed) => t!("field-not-confirmed"),
        (_, Code::NotANumber) => t!("field-not-a-number"),
        (_, Code::OutOfRange) => t!("field-out-of-range"),
        (_, Code::Unknown) => t!("field-unknown"),
        (_, Code::NotPlannedUrgent) => t!("field-urgency-plannable"),
        (_, Code::AlreadyUsed) => t!("field-already-used"),
        (_, Code::DoesNotMatch) => t!("field-does-not-match"),
        (_, Code::TooMany) => t!("field-too-many"),
        (_, Code::Infected) => t!("field-infected"),
        (_, Code::TooCommon) => t!("field-too-common"),
    }
}
