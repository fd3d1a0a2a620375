//! What a request really is: its kind of work and its urgency, corrected.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Locked, add_event, facts, keep_reason, lock};
use crate::{
    model::{
        base::{fields::FieldCode, ids::WorkTypeId, numbers::RequestNumber, seen::Seen, terms::Urgency},
        line::catalogue::WorkType,
        mails::MailContent,
        ordering::{
            timeline::TimelineKind,
            urgency::{UrgencyClaim, guard},
        },
        problem::Problem,
        work::{cases::CaseAct, chosen::ChosenAct},
    },
    server::{
        app::App,
        auth::Desk,
        db::{
            Tx,
            line::catalogue,
            mails,
            ordering::{
                requests,
                timeline::{self, NewEvent},
            },
            retrying,
        },
        service::ordering::{availability::Availability, requests::estimate_anew},
    },
};

/// What a request really is, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedClass {
    /// What kind of work.
    pub work_type: Option<WorkTypeId>,
    /// How urgent.
    pub urgency: Option<Urgency>,
    /// What an urgent one claims, as typed.
    pub claim: UrgencyClaim,
    /// Why it is corrected.
    pub reason: String,
    /// What the form showed of what that means.
    pub seen: Seen,
}

impl TypedClass {
    fn class(&self) -> Result<(WorkTypeId, Urgency), Problem> {
        let work_type = self.work_type.ok_or_else(|| Problem::field("work_type", FieldCode::Missing))?;
        let urgency = self.urgency.ok_or_else(|| Problem::field("urgency", FieldCode::Missing))?;
        Ok((work_type, urgency))
    }
}

/// Corrects the kind of work or its urgency; the guard holds for staff, too. What is agreed stays (design, Urgency guard).
///
/// # Errors
/// [`Problem::Urgency`] when the guard refuses, [`Problem::Invalid`] for what is missing or changes nothing, [`Problem::Conflict`]
/// when work has begun, or it is over; [`Problem::ChangedMeanwhile`] when it means something else than the form showed.
pub async fn reclassify(
    app: &App,
    desk: &Desk,
    number: RequestNumber,
    typed: &TypedClass,
    key: Uuid,
) -> Result<(), Problem> {
    let (work_type, urgency) = typed.class()?;
    let chosen = ChosenAct::Reclassify { work_type, urgency };
    retrying(|| async {
        let mut locked = lock(app, number).await?;
        if timeline::is_done(&mut locked.tx, locked.row.id, key).await? {
            return Ok(());
        }
        let shown = facts::watch(&mut locked.tx, &locked.row, locked.now, (chosen, &typed.seen)).await?;
        reclassify_in(&mut locked, desk, typed, key).await?;
        shown.admit(app, &mut locked.tx, &typed.seen).await?;
        locked.tx.commit().await?;
        Ok(())
    })
    .await
}

/// The same under the lock of the request, whether it is kept or not.
pub(in crate::server::service::work) async fn reclassify_in(
    locked: &mut Locked,
    desk: &Desk,
    typed: &TypedClass,
    key: Uuid,
) -> Result<(), Problem> {
    let (wanted, urgency) = typed.class()?;
    let reason = keep_reason(&typed.reason)?;
    let Locked { tx, row, now } = locked;
    let (now, number) = (*now, row.summary.number);
    if !CaseAct::Reclassify.is_possible(row.summary.state) {
        return Err(Problem::Conflict);
    }
    if (wanted, urgency) == (row.work_type, row.summary.urgency) {
        return Err(Problem::field("work_type", FieldCode::AlreadyUsed));
    }
    let work = chosen_work(tx, wanted, now).await?;
    let claim = guard(work.plannable, urgency, Some(&typed.claim))?;
    requests::reclassify(tx, row.id, wanted, urgency, claim.as_ref(), now).await?;
    let availability = Availability::load(tx, now, row.id).await?;
    let lead = availability.calendar.add_working_minutes(now, availability.tier.normal_lead_minutes);
    let start = row.agreed.map_or(lead, |agreed| agreed.start);
    let estimate = estimate_anew(tx, row, &work, urgency, &availability, start).await?;
    let kind = TimelineKind::Reclassified;
    let event = NewEvent { request: row.id, at: now, kind, slot: None, note: &reason, key: Some(key) };
    add_event(tx, desk, &event).await?;
    let content = MailContent::Reclassified {
        number,
        program: row.summary.program.clone(),
        work_type: work.name.clone(),
        urgency,
        estimate,
        reason: reason.clone(),
    };
    Ok(mails::to_member(tx, row.member, &content, now, &format!("reclassified:{key}")).await?)
}

/// Work that can be ordered.
pub(in crate::server::service::work) async fn chosen_work(
    tx: &mut Tx,
    wanted: WorkTypeId,
    now: DateTime<Utc>,
) -> Result<WorkType, Problem> {
    let all = catalogue::work_types(tx, now).await?;
    all.into_iter().find(|work| work.id == wanted).ok_or_else(|| Problem::field("work_type", FieldCode::Unknown))
}
