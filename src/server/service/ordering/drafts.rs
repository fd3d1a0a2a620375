//! Drafts, step by step, until its time is agreed.

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::availability::Availability;
use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::FieldCode,
            ids::{ProgramId, RequestId, WorkTypeId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        line::catalogue::{SlotChoice, WorkType},
        mails::{AppointmentMail, MailContent},
        minutes::{
            billing_terms::BillingTerms,
            estimate::{Estimate, estimate},
        },
        ordering::{
            appointments::cut_off,
            drafts::{Draft, DraftStep, HeldSlot},
            offers::{Slot, find_offer, free_technicians, offers},
            pages::{DraftSummary, ProgramChoice, TimeChoice, UrgencyChoice, WorkTypeChoice},
            requests::{RequestDetails, RequestEvent, RequestState, check_details},
            timeline::TimelineKind,
            urgency::{UrgencyClaim, guard},
        },
        paths,
        problem::Problem,
        work::ceiling::HIGHEST_CEILING,
    },
    server::{
        app::App,
        auth::Orderer,
        db::{
            Tx,
            line::catalogue,
            mails,
            ordering::{appointments, drafts, requests},
            retrying,
        },
        service::minutes::billing_terms,
    },
};

/// How many unfinished orders are kept for one member.
const MOST_DRAFTS: i64 = 20;

/// What can be ordered for, and which drafts were left unfinished.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn program_choice(app: &App, orderer: &Orderer) -> Result<ProgramChoice, Problem> {
    let mut tx = app.db.member(orderer.customer()).await?;
    Ok(ProgramChoice {
        programs: catalogue::licensed_programs(&mut tx).await?,
        drafts: drafts::list(&mut tx, orderer, None, app.clock.now()).await?,
        new_draft: RequestId(app.random.uuid()),
    })
}

/// Begins the draft `id`, or changes its program.
///
/// # Errors
/// [`Problem::Invalid`] when the customer does not run the program, [`Problem::NotFound`] when `id` is another's draft.
pub async fn choose_program(
    app: &App,
    orderer: &Orderer,
    id: RequestId,
    program: Option<ProgramId>,
) -> Result<DraftStep, Problem> {
    let program = program.ok_or_else(|| Problem::field("program", FieldCode::Missing))?;
    let mut tx = app.db.member(orderer.customer()).await?;
    if !catalogue::licensed_programs(&mut tx).await?.iter().any(|licensed| licensed.id == program) {
        return Err(Problem::field("program", FieldCode::Unknown));
    }
    drafts::begin(&mut tx, orderer, id, program, app.clock.now()).await?;
    drafts::discard_oldest(&mut tx, orderer, id, MOST_DRAFTS).await?;
    lock_draft(&mut tx, orderer, id).await?;
    drafts::save_program(&mut tx, id, program).await?;
    tx.commit().await?;
    Ok(DraftStep::WorkType)
}

/// The kinds of work.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft.
pub async fn work_type_choice(app: &App, orderer: &Orderer, id: RequestId) -> Result<WorkTypeChoice, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(orderer.customer()).await?;
    let draft = draft(&mut tx, orderer, id, now).await?;
    let settings = catalogue::settings(&mut tx).await?;
    Ok(WorkTypeChoice {
        draft,
        work_types: catalogue::work_types(&mut tx).await?,
        payment: billing_terms::terms(&mut tx, orderer.customer(), &settings, now).await?,
    })
}

/// Saves the kind of work; a slot that was held for another kind is given back.
///
/// # Errors
/// [`Problem::Invalid`] when there is no such kind.
pub async fn choose_work_type(
    app: &App,
    orderer: &Orderer,
    id: RequestId,
    work_type: Option<WorkTypeId>,
) -> Result<DraftStep, Problem> {
    let chosen = work_type.ok_or_else(|| Problem::field("work_type", FieldCode::Missing))?;
    let mut tx = app.db.member(orderer.customer()).await?;
    let locked = lock_draft(&mut tx, orderer, id).await?;
    if !catalogue::work_types(&mut tx).await?.iter().any(|offered| offered.id == chosen) {
        return Err(Problem::field("work_type", FieldCode::Unknown));
    }
    if locked.work_type != Some(chosen) {
        appointments::release_hold(&mut tx, id).await?;
        drafts::save_work_type(&mut tx, id, chosen).await?;
    }
    tx.commit().await?;
    Ok(DraftStep::Details)
}

/// Saves what happened and who will sit at the computer.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
pub async fn save_details(
    app: &App,
    orderer: &Orderer,
    id: RequestId,
    details: RequestDetails,
) -> Result<DraftStep, Problem> {
    let fields = check_details(&details);
    if !fields.is_empty() {
        return Err(Problem::Invalid { fields });
    }
    let details = details.normalized();
    let mut tx = app.db.member(orderer.customer()).await?;
    lock_draft(&mut tx, orderer, id).await?;
    drafts::save_details(&mut tx, id, &details).await?;
    tx.commit().await?;
    Ok(DraftStep::Urgency)
}

/// Urgent or normal, and what each would mean.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft, [`Problem::Conflict`] before a kind of work is chosen.
pub async fn urgency_choice(app: &App, orderer: &Orderer, id: RequestId) -> Result<UrgencyChoice, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(orderer.customer()).await?;
    let draft = draft(&mut tx, orderer, id, now).await?;
    let work_type = draft.work_type.clone().ok_or(Problem::Conflict)?;
    let availability = Availability::load(&mut tx, now, id).await?;
    let first = |urgency| offers(&availability.query(&work_type, urgency)).into_iter().next();
    Ok(UrgencyChoice {
        first_normal: first(Urgency::Normal),
        first_urgent: if work_type.plannable { None } else { first(Urgency::Urgent) },
        tier: availability.tier.clone(),
        draft,
    })
}

/// Saves the urgency and tells the path on which the draft goes on. Work whose time dispatch offers is submitted by it.
///
/// # Errors
/// [`Problem::Urgency`] when the guard refuses (design, Urgency guard).
pub async fn choose_urgency(
    app: &App,
    orderer: &Orderer,
    id: RequestId,
    urgency: Option<Urgency>,
    claim: UrgencyClaim,
) -> Result<String, Problem> {
    let urgency = urgency.ok_or_else(|| Problem::field("urgency", FieldCode::Missing))?;
    let now = app.clock.now();
    let mut tx = app.db.member(orderer.customer()).await?;
    let locked = requests::lock(&mut tx, orderer, id).await?.ok_or(Problem::NotFound)?;
    if let (RequestState::Waiting, Some(number)) = (locked.state, locked.number) {
        // The same form again, after it submitted work whose time dispatch offers.
        return Ok(paths::request(number));
    }
    let locked = only_draft(locked)?;
    let work_type = work_type(&mut tx, locked.work_type).await?;
    guard(work_type.plannable, urgency, Some(&claim))?;
    let claim = (urgency == Urgency::Urgent).then(|| UrgencyClaim {
        what_stopped: claim.what_stopped.trim().to_owned(),
        since: claim.since.trim().to_owned(),
    });
    if locked.urgency != Some(urgency) {
        appointments::release_hold(&mut tx, id).await?;
    }
    drafts::save_urgency(&mut tx, id, urgency, claim.as_ref()).await?;
    let path = match work_type.choice {
        SlotChoice::Customer => paths::draft_time(id),
        SlotChoice::Dispatch => {
            let number = submit_to_dispatch(&mut tx, orderer, id, &work_type, now).await?;
            paths::request(number)
        }
    };
    tx.commit().await?;
    Ok(path)
}

/// The times on offer.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft, [`Problem::Conflict`] when earlier steps are missing.
pub async fn time_choice(app: &App, orderer: &Orderer, id: RequestId) -> Result<TimeChoice, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(orderer.customer()).await?;
    let draft = draft(&mut tx, orderer, id, now).await?;
    let (work_type, urgency) = complete(&draft)?;
    let availability = Availability::load(&mut tx, now, id).await?;
    let offers = offers(&availability.query(work_type, urgency));
    // What pays is decided at the start of the intervention: the earliest time stands for those on offer.
    let start = offers.first().map_or(now, |offer| offer.slot.start);
    let terms = billing_terms::terms(&mut tx, orderer.customer(), &availability.settings, start).await?;
    Ok(TimeChoice {
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
        appointments::clear_expired_holds(&app.db, now).await?;
        let mut tx = app.db.member(orderer.customer()).await?;
        // Locked before it is read: neither urgency nor work type changes between the offer and the hold.
        lock_draft(&mut tx, orderer, id).await?;
        let draft = draft(&mut tx, orderer, id, now).await?;
        let (work_type, urgency) = complete(&draft)?;
        if let Some(held) = draft.held.filter(|held| held.slot.start == start) {
            return Ok(held);
        }
        let availability = Availability::load(&mut tx, now, id).await?;
        let query = availability.query(work_type, urgency);
        let offer = find_offer(&query, start)?;
        let held = appointments::live_holds(&mut tx, orderer.id(), id, now).await?;
        if held >= i64::from(availability.settings.max_holds) {
            return Err(Problem::TooManyHolds);
        }
        let expires_at = now + TimeDelta::minutes(i64::from(availability.settings.hold_minutes));
        appointments::take_slot(&mut tx, now, id, &free_technicians(&query, start), offer.slot, urgency, expires_at)
            .await?
            .ok_or(Problem::SlotTaken)?;
        tx.commit().await?;
        Ok(HeldSlot { slot: offer.slot, expires_at })
    })
    .await
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

/// All of it once more.
///
/// # Errors
/// [`Problem::HoldExpired`] when nothing is held any more.
pub async fn summary(app: &App, orderer: &Orderer, id: RequestId) -> Result<DraftSummary, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(orderer.customer()).await?;
    let draft = draft(&mut tx, orderer, id, now).await?;
    let (work_type, urgency) = complete(&draft)?;
    let held = draft.held.ok_or(Problem::HoldExpired)?;
    let (settings, calendar) = catalogue::rules(&mut tx).await?;
    let terms = billing_terms::terms(&mut tx, orderer.customer(), &settings, held.slot.start).await?;
    Ok(DraftSummary {
        slot: held.slot,
        hold_expires_at: held.expires_at,
        estimate: estimate_of(work_type, urgency, &terms, draft.ceiling_minutes.or(terms.ceiling_minutes)),
        cut_off: cut_off(&calendar, &settings, held.slot.start, urgency),
        settings,
        draft,
    })
}

/// Agrees the held time and tells the request's number. Repeating it tells the same number and changes nothing.
///
/// # Errors
/// [`Problem::HoldExpired`] when the hold ran out before, [`Problem::Invalid`] for a ceiling that is none.
pub async fn confirm(
    app: &App,
    orderer: &Orderer,
    id: RequestId,
    ceiling_minutes: &str,
) -> Result<RequestNumber, Problem> {
    let ceiling_minutes = parse_ceiling(ceiling_minutes)?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.member(orderer.customer()).await?;
        let locked = requests::lock(&mut tx, orderer, id).await?.ok_or(Problem::NotFound)?;
        if let (RequestState::Scheduled, Some(number)) = (locked.state, locked.number) {
            return Ok(number);
        }
        let state = locked.state.after(RequestEvent::Schedule)?;
        let draft = draft(&mut tx, orderer, id, now).await?;
        let (work_type, urgency) = complete(&draft)?;
        let settings = catalogue::settings(&mut tx).await?;
        let start = draft.held.map_or(now, |held| held.slot.start);
        let terms = billing_terms::terms(&mut tx, orderer.customer(), &settings, start).await?;
        if ceiling_minutes.is_some_and(|ceiling| ceiling < terms.minimum_minutes) {
            return Err(Problem::field("ceiling_minutes", FieldCode::OutOfRange));
        }
        drafts::save_ceiling(&mut tx, id, ceiling_minutes).await?;
        let Some(slot) = appointments::confirm_hold(&mut tx, id, now).await? else {
            // What was typed is kept for the next try.
            tx.commit().await?;
            return Err(Problem::HoldExpired);
        };
        let submission = requests::Submission {
            state,
            at: now,
            year: to_local(now).year(),
            estimate: &estimate_of(work_type, urgency, &terms, ceiling_minutes.or(terms.ceiling_minutes)),
        };
        let number = requests::submit(&mut tx, id, &submission).await?;
        for (kind, slot) in [(TimelineKind::Ordered, None), (TimelineKind::Confirmed, Some(slot))] {
            let event = requests::NewEvent { request: id, at: now, kind, slot, note: "", key: None };
            requests::add_event(&mut tx, orderer, &event).await?;
        }
        let calendar = settings.calendar(catalogue::closures(&mut tx).await?);
        let deadline = cut_off(&calendar, &settings, slot.start, urgency);
        let content = MailContent::Confirmed(confirmed(&draft, work_type, number, slot, deadline));
        mails::to_member(&mut tx, orderer.id(), &content, now, &format!("confirmed:{id}")).await?;
        tx.commit().await?;
        Ok(number)
    })
    .await
}

/// Throws a draft away, its hold included.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft.
pub async fn discard(app: &App, orderer: &Orderer, id: RequestId) -> Result<(), Problem> {
    let mut tx = app.db.member(orderer.customer()).await?;
    let locked = requests::lock(&mut tx, orderer, id).await?.ok_or(Problem::NotFound)?;
    if (locked.state, locked.number) == (RequestState::Cancelled, None) {
        return Ok(());
    }
    only_draft(locked)?;
    appointments::release_hold(&mut tx, id).await?;
    drafts::discard(&mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

async fn submit_to_dispatch(
    tx: &mut Tx,
    orderer: &Orderer,
    id: RequestId,
    work_type: &WorkType,
    now: DateTime<Utc>,
) -> Result<RequestNumber, Problem> {
    let draft = draft(tx, orderer, id, now).await?;
    let (_, urgency) = complete(&draft)?;
    let settings = catalogue::settings(tx).await?;
    let terms = billing_terms::terms(tx, orderer.customer(), &settings, now).await?;
    let submission = requests::Submission {
        state: RequestState::Draft.after(RequestEvent::Submit)?,
        at: now,
        year: to_local(now).year(),
        estimate: &estimate_of(work_type, urgency, &terms, terms.ceiling_minutes),
    };
    let number = requests::submit(tx, id, &submission).await?;
    for kind in [TimelineKind::Ordered, TimelineKind::Waiting] {
        let event = requests::NewEvent { request: id, at: now, kind, slot: None, note: "", key: None };
        requests::add_event(tx, orderer, &event).await?;
    }
    Ok(number)
}

/// What a mail tells about a time that has just been agreed for the first time.
fn confirmed(
    draft: &Draft,
    work_type: &WorkType,
    number: RequestNumber,
    slot: Slot,
    cut_off: DateTime<Utc>,
) -> AppointmentMail {
    AppointmentMail {
        number,
        uid: draft.id.calendar_uid(),
        sequence: 0,
        slot,
        program: draft.program.name.clone(),
        work_type: work_type.name.clone(),
        contact_name: draft.contact_name.clone(),
        contact_phone: draft.contact_phone.clone(),
        cut_off: Some(cut_off),
        reason: String::new(),
    }
}

/// The member's own draft.
async fn draft(tx: &mut Tx, orderer: &Orderer, id: RequestId, now: DateTime<Utc>) -> Result<Draft, Problem> {
    match drafts::list(tx, orderer, Some(id), now).await?.pop() {
        Some(draft) => Ok(draft),
        // Back after it was sent is not the same as a draft that never was.
        None if requests::lock(tx, orderer, id).await?.is_some() => Err(Problem::Conflict),
        None => Err(Problem::NotFound),
    }
}

async fn lock_draft(tx: &mut Tx, orderer: &Orderer, id: RequestId) -> Result<requests::LockedRequest, Problem> {
    only_draft(requests::lock(tx, orderer, id).await?.ok_or(Problem::NotFound)?)
}

fn only_draft(locked: requests::LockedRequest) -> Result<requests::LockedRequest, Problem> {
    if locked.state == RequestState::Draft { Ok(locked) } else { Err(Problem::Conflict) }
}

/// What must be known before a time can be chosen.
fn complete(draft: &Draft) -> Result<(&WorkType, Urgency), Problem> {
    match (&draft.work_type, draft.urgency) {
        (Some(work_type), Some(urgency)) if !draft.what_happened.is_empty() => Ok((work_type, urgency)),
        _ => Err(Problem::Conflict),
    }
}

async fn work_type(tx: &mut Tx, id: Option<WorkTypeId>) -> Result<WorkType, Problem> {
    let id = id.ok_or(Problem::Conflict)?;
    catalogue::work_type(tx, id).await?.ok_or(Problem::Conflict)
}

/// What work of a kind will take from a customer with these terms.
#[must_use]
pub fn estimate_of(work_type: &WorkType, urgency: Urgency, terms: &BillingTerms, ceiling: Option<u32>) -> Estimate {
    let rate = terms.rates.of(urgency);
    estimate(work_type.typical_minutes, terms.minimum_minutes, &terms.pools, rate, terms.vat, ceiling)
}

fn parse_ceiling(typed: &str) -> Result<Option<u32>, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let minutes = typed.parse().map_err(|_| Problem::field("ceiling_minutes", FieldCode::NotANumber))?;
    if (1..=HIGHEST_CEILING).contains(&minutes) {
        Ok(Some(minutes))
    } else {
        Err(Problem::field("ceiling_minutes", FieldCode::OutOfRange))
    }
}
