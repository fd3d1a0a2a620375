//! Settling an intervention: from its segments to ledger entries and the next version of its receipt, in the caller's
//! transaction.
//!
//! Closing, closing again after work was resumed, and an accepted objection are the same step: what is billed now is
//! compared with what has been paid so far, and the difference is posted. Nothing is ever rewritten.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            ids::{GrantId, StaffId},
            numbers::InterventionRef,
        },
        line::settings::LineSettings,
        minutes::ledger::{
            Allocation, Draw, GrantBalance, Posting, allocated, in_drawing_order, rescued, rescued_until, settle,
        },
        problem::Problem,
        work::{
            billing::{Bill, RULE_VERSION, bill, least_billed},
            interventions::WorkRefused,
            receipts::{Receipt, ReceiptDraw, Remainder},
        },
    },
    server::{
        db::{
            OnConstraint, Tx,
            minutes::ledger::{self, Cause},
            ordering::requests,
            work::{connection_reports, interventions::InterventionRow, receipts, segments},
        },
        incident,
        service::{
            minutes::{
                alerts::{level, raise_alert},
                ledger::credit_period,
            },
            money::disputes::freeze_returned,
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
    credit_period(tx, customer, intervention.started_at, occasion.now).await?;
    let before = level(tx, customer, occasion.now).await?;

    let segments = segments::of_intervention(tx, intervention.id).await?;
    if segments.iter().any(|segment| segment.ended_at.is_none()) {
        return Err(WorkRefused::ClockRuns.into());
    }
    let bill = bill(&segments, least_billed(intervention.minimum_minutes, intervention.lifted.as_ref()), occasion.now);
    let grants = ledger::balances(tx, customer, intervention.started_at).await?;
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
    if !receipt.adds_up() {
        return Err(SettlementFault::DoesNotAddUp { intervention: intervention.name, version }.into());
    }
    receipts::issue(tx, customer, intervention.id, &receipt, occasion.key)
        .await
        // The key of a form about something else.
        .on_constraint("one_receipt_of_a_form", Problem::Conflict)?;
    raise_alert(tx, customer, before, Some(intervention.request), occasion.now).await?;
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

/// Why a settlement cannot be right: the books contradict themselves, and nothing is issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SettlementFault {
    /// The ledger says that a grant paid which could not have.
    #[error("grant {0} paid for an intervention that may not draw from it")]
    ForeignGrant(GrantId),
    /// Draws and remainder are not what is billed.
    #[error("version {version} of receipt {intervention} does not add up")]
    DoesNotAddUp {
        /// Of which intervention.
        intervention: InterventionRef,
        /// Which version.
        version: u32,
    },
}

impl From<SettlementFault> for Problem {
    fn from(fault: SettlementFault) -> Self {
        let incident = incident::current();
        tracing::error!(incident, error = %fault, "settlement");
        Self::Internal { incident }
    }
}

/// What each grant paid, as a receipt shows it.
fn draws(allocation: &Allocation, grants: &[GrantBalance]) -> Result<Vec<ReceiptDraw>, SettlementFault> {
    let shown = |draw: &Draw| {
        let grant =
            grants.iter().find(|grant| grant.id == draw.grant).ok_or(SettlementFault::ForeignGrant(draw.grant))?;
        Ok(ReceiptDraw { grant: grant.id, kind: grant.kind, expires_at: grant.expires_at, minutes: draw.minutes })
    };
    allocation.draws.iter().map(shown).collect()
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
    let draws = draws(allocation, grants)?;
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
        urgency: requests::urgency_of(tx, intervention.request).await?,
        ordered_by: heading.ordered_by,
        issued_at: occasion.now,
        reason: occasion.reason.to_owned(),
        report: occasion.report.to_owned(),
        segments: segments::for_receipt(tx, intervention.id).await?,
        bill,
        lifted: intervention.lifted.clone(),
        draws,
        remainder,
        connections: connection_reports::of_intervention(tx, intervention.id).await?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{fixtures::local, minutes::pools::PoolKind};

    #[test]
    fn what_a_grant_paid_is_shown_with_where_it_came_from_and_a_grant_that_is_not_there_is_a_fault() {
        let grant = GrantBalance {
            id: GrantId(1),
            kind: PoolKind::Bundle,
            granted: 60,
            left: 48,
            effective_at: local("2026-11-01 00:00"),
            expires_at: None,
        };
        let draw = |grant, minutes| Draw { grant: GrantId(grant), minutes };
        let paid = |draws| Allocation { draws, remainder: 0 };
        let shown = draws(&paid(vec![draw(1, 12)]), &[grant]).expect("its own grant");
        let expected = ReceiptDraw { grant: GrantId(1), kind: PoolKind::Bundle, expires_at: None, minutes: 12 };
        assert_eq!(shown, [expected]);
        let fault = draws(&paid(vec![draw(1, 12), draw(2, 8)]), &[grant]).expect_err("nobody's grant");
        assert_eq!(fault, SettlementFault::ForeignGrant(GrantId(2)));
        assert_eq!(Problem::from(fault), Problem::Internal { incident: String::new() });
    }
}
