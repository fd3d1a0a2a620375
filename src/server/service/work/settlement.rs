//! Settling an intervention: from its segments to ledger entries and the next version of its receipt, in the caller's
//! transaction.
//!
//! Closing, closing again after work was resumed, and an accepted objection are the same step: what is billed now is
//! compared with what has been paid so far, and the difference is posted. Nothing is ever rewritten.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::server::service::{
    minutes::alerts::{level, raise_alert},
    money::disputes::freeze_returned,
};
use crate::{
    model::{
        base::ids::StaffId,
        line::settings::LineSettings,
        minutes::ledger::{
            Allocation, GrantBalance, Posting, allocated, in_drawing_order, rescued, rescued_until, settle,
        },
        problem::Problem,
        work::{
            billing::{Bill, RULE_VERSION, bill},
            interventions::WorkRefused,
            receipts::{Receipt, ReceiptDraw, Remainder},
        },
    },
    server::db::{
        OnConstraint, Tx,
        minutes::ledger::{self, Cause},
        work::{
            billing_terms,
            interventions::{self, InterventionRow},
            receipts,
        },
    },
};

/// Who settles, when and why.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Occasion<'a> {
    /// When.
    pub now: DateTime<Utc>,
    /// Who.
    pub by: StaffId,
    /// Why, for a correction; empty for a closing.
    pub reason: &'a str,
    /// What was done, in the customer's words.
    pub report: &'a str,
    /// The idempotency key of the form.
    pub key: Uuid,
}

/// Settles an intervention and issues the next version of its receipt. Its clock must stand still.
pub(crate) async fn settle_intervention(
    tx: &mut Tx,
    settings: &LineSettings,
    intervention: &InterventionRow,
    occasion: &Occasion<'_>,
) -> Result<Receipt, Problem> {
    let customer = intervention.customer;
    ledger::lock(tx, customer).await?;
    ledger::credit_period(tx, customer, intervention.started_at, occasion.now).await?;
    let before = level(tx, customer, occasion.now).await?;

    let segments = interventions::segments(tx, intervention.id).await?;
    if segments.iter().any(|segment| segment.ended_at.is_none()) {
        return Err(WorkRefused::ClockRuns.into());
    }
    let bill = bill(&segments, intervention.minimum_minutes, occasion.now);
    let grants = billing_terms::balances(tx, customer, intervention.started_at).await?;
    let so_far = ledger::allocation(tx, intervention.id).await?;
    let postings = settle(&so_far, bill.billed, &in_drawing_order(&grants, intervention.started_at));
    let version = receipts::latest_version(tx, intervention.id).await? + 1;
    let cause = Cause {
        customer,
        intervention: intervention.id,
        version,
        at: occasion.now,
        rate: intervention.rate,
        by: occasion.by,
        reason: occasion.reason,
    };
    ledger::post(tx, &cause, &postings).await?;
    // What returns to a bundle whose payment is disputed is frozen like the rest of it, expired or not.
    let frozen = freeze_returned(tx, &cause, &postings).await?;
    let thawed: Vec<_> = grants.iter().copied().filter(|grant| !frozen.contains(&grant.id)).collect();
    rescue_expired(tx, settings, &cause, &postings, &thawed).await?;

    let allocation = allocated(&so_far, &postings);
    let receipt = receipt(tx, intervention, bill, &allocation, &grants, version, occasion).await?;
    receipts::issue(tx, customer, intervention.id, &receipt, occasion.key)
        .await
        // The key of a form about something else.
        .on_constraint("one_receipt_of_a_form", Problem::Conflict)?;
    raise_alert(tx, customer, before, occasion.now).await?;
    Ok(receipt)
}

/// Minutes that returned to a grant which has expired come back as a grant of their own.
async fn rescue_expired(
    tx: &mut Tx,
    settings: &LineSettings,
    cause: &Cause<'_>,
    postings: &[Posting],
    grants: &[GrantBalance],
) -> Result<(), Problem> {
    let expires_at = rescued_until(cause.at, settings.returned_minutes_days);
    for returned in rescued(postings, grants, cause.at) {
        ledger::rescue(tx, cause, returned, expires_at).await?;
    }
    Ok(())
}

async fn receipt(
    tx: &mut Tx,
    intervention: &InterventionRow,
    bill: Bill,
    allocation: &Allocation,
    grants: &[GrantBalance],
    version: u32,
    occasion: &Occasion<'_>,
) -> Result<Receipt, Problem> {
    let heading = receipts::heading(tx, intervention.request).await?;
    let draws = allocation
        .draws
        .iter()
        .filter_map(|draw| {
            let grant = grants.iter().find(|grant| grant.id == draw.grant)?;
            Some(ReceiptDraw { grant: grant.id, kind: grant.kind, expires_at: grant.expires_at, minutes: draw.minutes })
        })
        .collect();
    let remainder =
        (allocation.remainder > 0).then(|| Remainder::new(allocation.remainder, intervention.rate, intervention.vat));
    Ok(Receipt {
        rule_version: RULE_VERSION,
        version,
        intervention: intervention.name,
        customer: heading.customer,
        ico: heading.ico,
        program: heading.program,
        work_type: heading.work_type,
        urgency: interventions::urgency_of(tx, intervention.request).await?,
        ordered_by: heading.ordered_by,
        issued_at: occasion.now,
        reason: occasion.reason.to_owned(),
        report: occasion.report.to_owned(),
        segments: interventions::receipt_segments(tx, intervention.id).await?,
        bill,
        draws,
        remainder,
    })
}
