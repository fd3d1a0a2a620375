//! The ceiling: when it is reached, the question to the customer, and the answer.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{fields::FieldCode, ids::StaffId, numbers::RequestNumber},
        mails::MailContent,
        ordering::timeline::TimelineKind,
        problem::Problem,
        work::{
            ceiling::HIGHEST_CEILING,
            interventions::WorkRefused,
            segments::{SegmentKind, ceiling_reached_at, effective_seconds},
        },
    },
    server::{
        app::App,
        auth::Buyer,
        db::{
            Tx, mails,
            ordering::requests,
            retrying,
            work::{
                consents,
                interventions::{self, InterventionRow},
                receipts,
                segments::{self, NewSegment, Running},
            },
        },
    },
};

/// Splits a running billed segment at the instant at which the ceiling was reached: the customer's buyers are asked, and
/// what runs from then on is waiting, which costs nothing. Silence keeps it so (design, Ceiling). What a forgotten clock counts
/// beyond its limit reaches no ceiling: nobody believes it.
pub(crate) async fn enforce(tx: &mut Tx, intervention: &InterventionRow, now: DateTime<Utc>) -> Result<(), Problem> {
    let running = segments::running(tx, None).await?;
    match running.into_iter().find(|running| running.intervention == intervention.id) {
        Some(running) => enforce_until(tx, intervention, &running, running.counts_until(now), None).await,
        None => Ok(()),
    }
}

/// As [`enforce`], for what a clock has counted `until` an end that was confirmed by somebody where it lies beyond its limit.
pub(super) async fn enforce_until(
    tx: &mut Tx,
    intervention: &InterventionRow,
    running: &Running,
    until: DateTime<Utc>,
    confirmed_by: Option<StaffId>,
) -> Result<(), Problem> {
    let Some(ceiling) = intervention.ceiling_minutes else {
        return Ok(());
    };
    let segments = segments::of_intervention(tx, intervention.id).await?;
    let Some(reached) = ceiling_reached_at(&segments, ceiling, until) else {
        return Ok(());
    };
    let confirmed_by = confirmed_by.filter(|_| reached > running.forgotten_from);
    segments::stop(tx, running.segment.id, reached, confirmed_by).await?;
    let started_at = reached.max(running.segment.started_at);
    let waiting = NewSegment {
        customer: intervention.customer,
        intervention: intervention.id,
        technician: running.technician,
        appointment: running.appointment,
        kind: SegmentKind::Waiting,
        started_at,
        ended_at: None,
        // It is the same clock that runs on: nobody has looked at it since.
        forgotten_from: running.forgotten_from.max(started_at),
        confirmed_by: None,
        key: None,
    };
    segments::add(tx, &waiting).await?.ok_or(WorkRefused::Overlaps)?;
    ask(tx, intervention, ceiling, reached).await
}

async fn ask(tx: &mut Tx, intervention: &InterventionRow, ceiling: u32, reached: DateTime<Utc>) -> Result<(), Problem> {
    let Some(question) = consents::ask(tx, intervention, ceiling, reached).await? else {
        return Ok(());
    };
    requests::add_system_event(tx, intervention.request, TimelineKind::ConsentAsked, reached).await?;
    let heading = receipts::heading(tx, intervention.request).await?;
    let mail = MailContent::ConsentAsked {
        number: intervention.name.number,
        program: heading.program,
        work_type: heading.work_type,
        ceiling_minutes: ceiling,
        at: reached,
    };
    let key = format!("consent:{question}");
    mails::to_buyers(tx, intervention.customer, &mail, reached, &key).await?;
    Ok(())
}

/// A refusal stands; only a ceiling that was never asked about is.
async fn ask_once(
    tx: &mut Tx,
    intervention: &InterventionRow,
    ceiling: u32,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let asked = consents::latest(tx, intervention.id).await?;
    if asked.is_none_or(|asked| asked.ceiling_minutes != ceiling) {
        ask(tx, intervention, ceiling, now).await?;
    }
    Ok(())
}

/// Whether billed time may still be counted; if not, the question for consent has been asked.
pub(super) async fn has_room(tx: &mut Tx, intervention: &InterventionRow, now: DateTime<Utc>) -> Result<bool, Problem> {
    let Some(ceiling) = intervention.ceiling_minutes else {
        return Ok(true);
    };
    let segments = segments::of_intervention(tx, intervention.id).await?;
    if effective_seconds(&segments, now) < u64::from(ceiling) * 60 {
        return Ok(true);
    }
    ask_once(tx, intervention, ceiling, now).await?;
    Ok(false)
}

/// Answers the question for consent at `ceiling`: with a new ceiling, without any limit, or no.
///
/// # Errors
/// [`Problem::NotFound`] for a foreign request, [`Problem::Conflict`] when no question is open, [`Problem::Invalid`].
pub async fn answer(
    app: &App,
    buyer: &Buyer,
    number: RequestNumber,
    ceiling: Option<u32>,
    agreed: Option<bool>,
    new_ceiling: &str,
) -> Result<(), Problem> {
    let agreed = agreed.ok_or_else(|| Problem::field("agreed", FieldCode::Missing))?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.member(buyer.customer()).await?;
        let request = requests::lock_number(&mut tx, buyer.customer(), number).await?.ok_or(Problem::NotFound)?;
        let intervention = interventions::latest(&mut tx, request).await?.ok_or(Problem::NotFound)?;
        let question = consents::latest(&mut tx, intervention.id).await?.ok_or(Problem::Conflict)?;
        // The form was made for an earlier question.
        if ceiling.is_some_and(|ceiling| ceiling != question.ceiling_minutes) {
            return Err(Problem::Conflict);
        }
        let new_ceiling = if agreed { parse_ceiling(new_ceiling, question.ceiling_minutes)? } else { None };
        if let Some(answer) = question.answer {
            let is_repeated = answer.agreed == agreed && answer.new_ceiling == new_ceiling;
            return if is_repeated { Ok(()) } else { Err(Problem::Conflict) };
        }
        if !intervention.is_open
            || !consents::answer(&mut tx, intervention.id, buyer.id(), now, agreed, new_ceiling).await?
        {
            return Err(Problem::Conflict);
        }
        let kind = if agreed { TimelineKind::ConsentGiven } else { TimelineKind::ConsentRefused };
        let event = requests::NewEvent { request, at: now, kind, slot: None, note: "", key: None };
        requests::add_event(&mut tx, buyer, &event).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// A ceiling above the one that was reached; nothing typed means no limit any more.
fn parse_ceiling(typed: &str, reached: u32) -> Result<Option<u32>, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let minutes: u32 = typed.parse().map_err(|_| Problem::field("new_ceiling", FieldCode::NotANumber))?;
    if minutes > reached && minutes <= HIGHEST_CEILING {
        Ok(Some(minutes))
    } else {
        Err(Problem::field("new_ceiling", FieldCode::OutOfRange))
    }
}
