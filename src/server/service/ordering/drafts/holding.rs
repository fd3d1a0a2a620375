//! The time of a draft: what is on offer, and the hold on what was picked.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{comes_first, complete, draft, estimate_of, first_start, lock_draft};
use crate::{
    model::{
        base::{calendar::to_local, fields::FieldCode, ids::RequestId, terms::Urgency},
        line::catalogue::{SlotChoice, WorkType},
        ordering::{
            drafts::{Draft, HeldSlot},
            offers::{find_offer, free_technicians, offers},
            pages::TimeChoice,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Orderer,
        db::{
            Tx,
            ordering::{appointments, requests},
            retrying,
        },
        service::{line::limits, minutes::billing_terms, ordering::availability::Availability, work::missed},
    },
};

/// The times on offer.
///
/// * `day` – the day that is looked at, if one was chosen
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft, [`Problem::MovedOn`] when earlier steps are missing.
pub async fn time_choice(
    app: &App,
    orderer: &Orderer,
    id: RequestId,
    day: Option<NaiveDate>,
) -> Result<TimeChoice, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(orderer.customer()).await?;
    let draft = draft(&mut tx, orderer, id, now).await?;
    let (work_type, urgency) = picks_time(&draft)?;
    let availability = Availability::load(&mut tx, now, id).await?;
    let offers = offers(&availability.query(work_type, urgency));
    app.metrics.offered(offers.len());
    // What pays is decided at the start of the intervention: until one is picked, the earliest stands for those of the day that is
    // looked at, and for all where none was chosen.
    let is_asked = |start: &DateTime<Utc>| day.is_none_or(|day| to_local(*start).date() == day);
    let starts = || offers.iter().map(|offer| offer.slot.start);
    let start = held_start(&draft, now)
        .filter(is_asked)
        .or_else(|| starts().find(is_asked))
        .or_else(|| held_start(&draft, now))
        .or_else(|| starts().next())
        .unwrap_or_else(|| first_start(&availability.calendar, &availability.tier, now));
    let terms = billing_terms::terms(&mut tx, orderer.customer(), start, now).await?;
    Ok(TimeChoice {
        others: appointments::agreed_beside(&mut tx, orderer.customer(), id, now).await?,
        estimate: estimate_of(work_type, urgency, &terms, draft.ceiling_minutes.or(terms.ceiling_minutes)),
        offers,
        tier: availability.tier.clone(),
        draft,
    })
}

/// Holds a slot; an earlier hold of the same draft is released. Repeating it keeps the hold as it is.
///
/// # Errors
/// [`Problem::SlotTaken`] when somebody was faster, [`Problem::SlotRefused`] when it was never on offer.
pub async fn pick_slot(
    app: &App,
    orderer: &Orderer,
    id: RequestId,
    start: Option<DateTime<Utc>>,
) -> Result<HeldSlot, Problem> {
    let start = start.ok_or_else(|| Problem::field("start", FieldCode::Missing))?;
    retrying(|| async {
        let now = app.clock.now();
        missed::make_room(app).await?;
        let mut tx = app.db.member(orderer.customer()).await?;
        // Locked before it is read: neither urgency nor work type changes between the offer and the hold.
        lock_draft(&mut tx, orderer, id).await?;
        let draft = draft(&mut tx, orderer, id, now).await?;
        let (work_type, urgency) = picks_time(&draft)?;
        if let Some(held) = draft.held.filter(|held| held.slot.start == start) {
            return Ok(held);
        }
        let held = hold(&mut tx, orderer, id, (work_type, urgency), start, now).await?;
        tx.commit().await?;
        Ok(held)
    })
    .await
}

/// Holds the slot that starts at `start`, if it is on offer.
async fn hold(
    tx: &mut Tx,
    orderer: &Orderer,
    id: RequestId,
    (work_type, urgency): (&WorkType, Urgency),
    start: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<HeldSlot, Problem> {
    let availability = Availability::load(tx, now, id).await?;
    let query = availability.query(work_type, urgency);
    let offer = find_offer(&query, start)?;
    let held = appointments::live_holds(tx, orderer.id(), id, now).await?;
    limits::admit_hold(tx, orderer.id(), held, now).await?;
    let expires_at = now + TimeDelta::minutes(i64::from(availability.settings.hold_minutes));
    appointments::take_slot(tx, now, id, &free_technicians(&query, start), offer.slot, urgency, expires_at)
        .await?
        .ok_or(Problem::SlotTaken)?;
    // Whoever picks a later one than the first has moved the tier's promise (design, Figures).
    let first = offers(&query).first().map_or(start, |first| first.slot.start.min(start));
    requests::keep_first_offer(tx, id, first).await?;
    Ok(HeldSlot { slot: offer.slot, expires_at })
}

/// Takes the slot again whose hold has run out, where that is free still; as it is where it is not.
pub(super) async fn hold_again(
    tx: &mut Tx,
    orderer: &Orderer,
    draft: Draft,
    start: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<Draft, Problem> {
    let (None, Some(start)) = (held_start(&draft, now), start) else { return Ok(draft) };
    let Ok(wanted) = picks_time(&draft) else { return Ok(draft) };
    match hold(tx, orderer, draft.id, wanted, start, now).await {
        Ok(held) => Ok(Draft { held: Some(held), ..draft }),
        Err(Problem::SlotTaken | Problem::SlotRefused(_) | Problem::Limit(_)) => Ok(draft),
        Err(problem) => Err(problem),
    }
}

/// For how many seconds more a slot is held for a draft; none when none is, or the draft has moved on.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft.
pub async fn hold_left(app: &App, orderer: &Orderer, id: RequestId) -> Result<Option<u32>, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(orderer.customer()).await?;
    let held = match draft(&mut tx, orderer, id, now).await {
        Ok(draft) => draft.held,
        Err(Problem::MovedOn(_)) => None,
        Err(problem) => return Err(problem),
    };
    let left = held.map(|held| (held.expires_at - now).num_seconds());
    Ok(left.and_then(|left| u32::try_from(left).ok()).filter(|left| *left > 0))
}

/// Gives the held slot back.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft.
pub async fn release_slot(app: &App, orderer: &Orderer, id: RequestId) -> Result<(), Problem> {
    let mut tx = app.db.member(orderer.customer()).await?;
    lock_draft(&mut tx, orderer, id).await?;
    appointments::release_hold(&mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

/// When the slot starts that is held for a draft.
pub(super) fn held_start(draft: &Draft, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    draft.held.filter(|held| held.expires_at > now).map(|held| held.slot.start)
}

/// What must be known before a customer can pick a time: that it is theirs to pick, too.
fn picks_time(draft: &Draft) -> Result<(&WorkType, Urgency), Problem> {
    complete(draft).and_then(|(work_type, urgency)| match work_type.choice {
        SlotChoice::Customer => Ok((work_type, urgency)),
        SlotChoice::Dispatch => Err(comes_first(draft)),
    })
}
