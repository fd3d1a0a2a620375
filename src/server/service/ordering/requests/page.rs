//! What the page of a request shows.

use chrono::{DateTime, Utc};

use super::undo_until;
use crate::{
    model::{
        base::calendar::BusinessCalendar,
        ordering::{
            appointments::{Change, cut_off, may_change},
            pages::ChangeOptions,
            requests::RequestState,
        },
        people::members::{Capabilities, Capability},
        problem::Problem,
        work::{
            billing::bill,
            ceiling::CeilingView,
            pages::{RequestPage, WorkProgress},
        },
    },
    server::db::{
        Tx,
        line::catalogue,
        ordering::{requests::page::RequestRow, timeline},
        work::{consents, interventions, receipts, remote_sessions, reopening, segments},
    },
};

/// A request's page for somebody who may do this with it: nothing, for staff, whose page has its own ways.
pub(crate) async fn to_page(
    tx: &mut Tx,
    may: Capabilities,
    row: RequestRow,
    now: DateTime<Utc>,
    calendar: &BusinessCalendar,
) -> Result<RequestPage, Problem> {
    let change = match &row.agreed {
        None => None,
        Some(agreed) => {
            // What was said when it was agreed is kept to.
            let settings = catalogue::settings(tx, agreed.agreed_at).await?;
            Some(ChangeOptions {
                cut_off: cut_off(calendar, &settings, agreed.start, agreed.urgency, agreed.agreed_at),
                moves_left: settings.max_moves.saturating_sub(agreed.moves),
                may_move: may_change(calendar, &settings, now, agreed, Change::Move),
                may_cancel: may_change(calendar, &settings, now, agreed, Change::Cancel),
            })
        }
    };
    let undo_until = match may.may(Capability::Order) {
        true => undo_until(tx, &row).await?.filter(|until| *until > now),
        false => None,
    };
    Ok(RequestPage {
        undo_until,
        timeline: timeline::of_request(tx, row.id).await?,
        unread_messages: 0,
        prepared_minutes: prepared_minutes(tx, &row, now).await?,
        receipts: receipts::of_request(tx, row.id).await?,
        progress: progress(tx, &row, now).await?,
        outage: row.outage,
        earlier: row.earlier,
        session: remote_sessions::link(tx, row.id, now).await?,
        said: row.said,
        summary: row.summary,
        version: row.version,
        what_happened: row.what_happened,
        claim: row.claim,
        contact_name: row.contact_name,
        contact_phone: row.contact_phone,
        ceiling_minutes: row.ceiling_minutes,
        estimate: row.estimate,
        change,
        joins_until: None,
        offered: Vec::new(),
        may_order: may.may(Capability::Order),
        may_buy: may.may(Capability::Buy),
    })
}

/// Work that is under way, as the customer sees it.
async fn progress(tx: &mut Tx, row: &RequestRow, now: DateTime<Utc>) -> Result<Option<WorkProgress>, Problem> {
    if row.summary.state != RequestState::InProgress {
        return Ok(None);
    }
    let Some(intervention) = interventions::latest(tx, row.id).await? else {
        return Ok(None);
    };
    let segments = segments::of_intervention(tx, intervention.id).await?;
    let counted_until = segments::counts_until(tx, intervention.id, now).await?;
    Ok(Some(WorkProgress {
        started_at: intervention.started_at,
        running: segments.iter().find(|segment| segment.ended_at.is_none()).map(|segment| segment.kind),
        // What runs above the ceiling is paused at once, though it may be written down a moment later.
        minutes: bill(&segments, 0, counted_until)
            .effective_minutes
            .min(intervention.ceiling_minutes.unwrap_or(u32::MAX)),
        ceiling: CeilingView {
            minutes: intervention.ceiling_minutes,
            consent: consents::latest(tx, intervention.id).await?,
        },
        put_right: reopening::reason(tx, intervention.id).await?,
    }))
}

/// Minutes that a technician has prepared for a time that is still ahead.
async fn prepared_minutes(tx: &mut Tx, row: &RequestRow, now: DateTime<Utc>) -> Result<u32, Problem> {
    if row.summary.state != RequestState::Scheduled {
        return Ok(0);
    }
    let Some(open) = interventions::latest(tx, row.id).await?.filter(|latest| latest.is_open) else {
        return Ok(0);
    };
    let counted_until = segments::counts_until(tx, open.id, now).await?;
    Ok(bill(&segments::of_intervention(tx, open.id).await?, 0, counted_until).effective_minutes)
}
