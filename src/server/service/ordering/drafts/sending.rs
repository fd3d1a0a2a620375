//! The last look at a draft, and sending it.

use chrono::{DateTime, Datelike, Utc};

use super::{
    complete, draft, estimate_of, first_start,
    holding::{held_start, hold_again},
    only_draft,
};
use crate::{
    model::{
        base::{
            calendar::{BusinessCalendar, to_local},
            fields::FieldCode,
            ids::RequestId,
            numbers::RequestNumber,
            terms::Urgency,
        },
        line::{
            catalogue::{SlotChoice, WorkType},
            settings::LineSettings,
        },
        mails::{AppointmentMail, MailContent},
        minutes::estimate::Estimate,
        ordering::{
            appointments::cut_off,
            drafts::{Draft, DraftStep, HeldSlot},
            offers::Slot,
            pages::{DraftSummary, HeldTime},
            program_orders::ProgramReport,
            requests::{RequestEvent, RequestState},
            timeline::TimelineKind,
        },
        problem::{MovedOn, Problem},
        work::ceiling::HIGHEST_CEILING,
    },
    server::{
        app::App,
        auth::Orderer,
        db::{
            OnConstraint, Tx,
            line::catalogue,
            mails,
            ordering::{appointments, attachments, drafts, program_orders, requests, timeline},
            retrying,
        },
        service::{line::limits, minutes::billing_terms},
    },
};

/// All of it once more.
///
/// # Errors
/// [`Problem::HoldExpired`] when nothing is held any more.
pub async fn summary(app: &App, orderer: &Orderer, id: RequestId) -> Result<DraftSummary, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(orderer.customer()).await?;
    let draft = draft(&mut tx, orderer, id, now).await?;
    let (work_type, urgency) = complete(&draft)?;
    let (settings, calendar) = catalogue::rules(&mut tx, now).await?;
    let time = match work_type.choice {
        SlotChoice::Dispatch => None,
        SlotChoice::Customer => {
            let HeldSlot { slot, expires_at } = draft.held.ok_or(Problem::HoldExpired)?;
            let cut_off = cut_off(&calendar, &settings, slot.start, urgency, now);
            Some(HeldTime { slot, hold_expires_at: expires_at, cut_off })
        }
    };
    let start = probable_start(&mut tx, &draft, &calendar, now).await?;
    let terms = billing_terms::terms(&mut tx, orderer.customer(), start, now).await?;
    let mut overlapping = appointments::agreed_beside(&mut tx, orderer.customer(), id, now).await?;
    overlapping.retain(|other| time.is_some_and(|time| time.slot.overlaps(other.slot)));
    Ok(DraftSummary {
        attachments: attachments::of_draft(&mut tx, id, orderer.id()).await?,
        time,
        overlapping,
        estimate: estimate_of(work_type, urgency, &terms, draft.ceiling_minutes.or(terms.ceiling_minutes)),
        settings,
        draft,
    })
}

/// What the form of the last look brings.
#[derive(Debug, Clone, Copy, Default)]
pub struct LastLook<'a> {
    /// Above how many minutes the customer wants to be asked, as typed.
    pub ceiling_minutes: &'a str,
    /// The estimate that the form showed; none where nothing was shown.
    pub shown: Option<&'a str>,
    /// When the slot starts that was held when the form was shown: taken again where the hold has run out.
    pub start: Option<DateTime<Utc>>,
}

impl<'a> From<&'a str> for LastLook<'a> {
    fn from(ceiling_minutes: &'a str) -> Self {
        Self { ceiling_minutes, ..Self::default() }
    }
}

/// Sends the order and tells the request's number: the held time is agreed, or dispatch is asked for times. Repeating it tells
/// the same number and changes nothing.
///
/// # Errors
/// [`Problem::HoldExpired`] when the hold ran out before and its slot was taken, [`Problem::Invalid`] for a ceiling that is none,
/// [`Problem::EstimateDiffers`] when it would take or cost something else than what was shown, [`Problem::MovedOn`] to the last look
/// when another time is held than the one that was shown.
pub async fn confirm(
    app: &App,
    orderer: &Orderer,
    id: RequestId,
    typed: impl Into<LastLook<'_>>,
) -> Result<RequestNumber, Problem> {
    let typed = typed.into();
    let ceiling_minutes = parse_ceiling(typed.ceiling_minutes)?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.member(orderer.customer()).await?;
        let locked = requests::lock(&mut tx, orderer, id).await?.ok_or(Problem::NotFound)?;
        if let (RequestState::Scheduled | RequestState::Waiting, Some(number)) = (locked.state, locked.number) {
            return Ok(number);
        }
        only_draft(locked)?;
        let draft = draft(&mut tx, orderer, id, now).await?;
        if typed.start.zip(held_start(&draft, now)).is_some_and(|(shown, held)| shown != held) {
            // Another time was picked since, in another window: it is shown before it is agreed. What was typed is kept.
            drafts::save_promises(&mut tx, id, ceiling_minutes).await?;
            tx.commit().await?;
            return Err(Problem::MovedOn(MovedOn::Draft { id, step: DraftStep::Confirm }));
        }
        let draft = hold_again(&mut tx, orderer, draft, typed.start, now).await?;
        let (work_type, urgency) = complete(&draft)?;
        let rules = catalogue::rules(&mut tx, now).await?;
        // Two that are sent at once are not promised the same minutes, nor the last place below the limit.
        match work_type.choice {
            SlotChoice::Dispatch => limits::admit_waiting_request(&mut tx, orderer.customer()).await?,
            SlotChoice::Customer => limits::admit_appointment(&mut tx, orderer.customer(), now).await?,
        }
        let start = probable_start(&mut tx, &draft, &rules.1, now).await?;
        let terms = billing_terms::terms(&mut tx, orderer.customer(), start, now).await?;
        if ceiling_minutes.is_some_and(|ceiling| ceiling < terms.minimum_minutes) {
            return Err(Problem::field("ceiling_minutes", FieldCode::OutOfRange));
        }
        let estimate = estimate_of(work_type, urgency, &terms, ceiling_minutes.or(terms.ceiling_minutes));
        // Of a time that is lost it says nothing.
        let is_lost = work_type.choice == SlotChoice::Customer && held_start(&draft, now).is_none();
        if !is_lost && typed.shown.is_some_and(|shown| shown != estimate.as_shown()) {
            return Err(Problem::EstimateDiffers);
        }
        drafts::save_promises(&mut tx, id, ceiling_minutes).await?;
        let order = Order { draft: &draft, work_type, urgency, estimate, now };
        let number = match work_type.choice {
            SlotChoice::Dispatch => submit_to_dispatch(&mut tx, orderer, &order).await?,
            SlotChoice::Customer => match appointments::confirm_hold(&mut tx, id, now).await? {
                Some(slot) => agree(&mut tx, orderer, &order, slot, &rules).await?,
                None => {
                    // What was typed is kept for the next try.
                    tx.commit().await?;
                    return Err(Problem::HoldExpired);
                }
            },
        };
        attachments::attach_to_order(&mut tx, id, orderer.id()).await?;
        tx.commit().await?;
        Ok(number)
    })
    .await
}

/// Sends an order whose time is picked afterwards, or offered by dispatch: it waits for that, where the desk sees it. Repeating it tells
/// the same number and changes nothing.
///
/// # Errors
/// [`Problem::Limit`] when as many wait as may, [`Problem::NotFound`] for who has no such draft; whatever else keeps from ordering.
pub async fn send_to_wait(
    app: &App,
    orderer: &Orderer,
    id: RequestId,
    report: &ProgramReport,
) -> Result<RequestNumber, Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.member(orderer.customer()).await?;
        let locked = requests::lock(&mut tx, orderer, id).await?.ok_or(Problem::NotFound)?;
        if let Some(number) = locked.number {
            return Ok(number);
        }
        only_draft(locked)?;
        let draft = draft(&mut tx, orderer, id, now).await?;
        let (work_type, urgency) = complete(&draft)?;
        limits::admit_waiting_request(&mut tx, orderer.customer()).await?;
        let calendar = catalogue::calendar(&mut tx).await?;
        let start = probable_start(&mut tx, &draft, &calendar, now).await?;
        let terms = billing_terms::terms(&mut tx, orderer.customer(), start, now).await?;
        let estimate = estimate_of(work_type, urgency, &terms, terms.ceiling_minutes);
        drafts::save_promises(&mut tx, id, None).await?;
        program_orders::keep_report(&mut tx, (id, orderer.customer()), report).await?;
        let order = Order { draft: &draft, work_type, urgency, estimate, now };
        let events: &[_] = match work_type.choice {
            SlotChoice::Dispatch => &[(TimelineKind::Ordered, None), (TimelineKind::Waiting, None)],
            SlotChoice::Customer => &[(TimelineKind::Ordered, None)],
        };
        let number = submit(&mut tx, orderer, &order, RequestEvent::Submit, events).await?;
        attachments::attach_to_order(&mut tx, id, orderer.id()).await?;
        tx.commit().await?;
        Ok(number)
    })
    .await
}

/// A complete draft that is being sent.
struct Order<'a> {
    draft: &'a Draft,
    work_type: &'a WorkType,
    urgency: Urgency,
    estimate: Estimate,
    now: DateTime<Utc>,
}

async fn agree(
    tx: &mut Tx,
    orderer: &Orderer,
    order: &Order<'_>,
    slot: Slot,
    (settings, calendar): &(LineSettings, BusinessCalendar),
) -> Result<RequestNumber, Problem> {
    let (id, now) = (order.draft.id, order.now);
    let events = [(TimelineKind::Ordered, None), (TimelineKind::Confirmed, Some(slot))];
    let number = submit(tx, orderer, order, RequestEvent::Schedule, &events).await?;
    let cut_off = cut_off(calendar, settings, slot.start, order.urgency, now);
    let content = MailContent::Confirmed(confirmed(order, number, slot, cut_off));
    mails::to_member(tx, orderer.id(), &content, now, &format!("confirmed:{id}")).await?;
    Ok(number)
}

async fn submit_to_dispatch(tx: &mut Tx, orderer: &Orderer, order: &Order<'_>) -> Result<RequestNumber, Problem> {
    let events = [(TimelineKind::Ordered, None), (TimelineKind::Waiting, None)];
    submit(tx, orderer, order, RequestEvent::Submit, &events).await
}

async fn submit(
    tx: &mut Tx,
    orderer: &Orderer,
    order: &Order<'_>,
    event: RequestEvent,
    timeline: &[(TimelineKind, Option<Slot>)],
) -> Result<RequestNumber, Problem> {
    let (id, at) = (order.draft.id, order.now);
    let submission = requests::Submission {
        state: RequestState::Draft.after(event)?,
        at,
        year: to_local(at).year(),
        estimate: &order.estimate,
    };
    let number = requests::submit(tx, id, &submission).await.on_constraints([
        ("customer_is_not_blocked", Problem::Blocked),
        ("customer_owes_too_long", Problem::OwesTooLong),
        ("urgent_after_the_nod", Problem::AwaitsNod),
    ])?;
    for &(kind, slot) in timeline {
        let event = timeline::NewEvent { request: id, at, kind, slot, note: "", key: None };
        timeline::add_event(tx, orderer, &event).await?;
    }
    Ok(number)
}

/// What a mail tells about a time that has just been agreed for the first time.
fn confirmed(order: &Order<'_>, number: RequestNumber, slot: Slot, cut_off: DateTime<Utc>) -> AppointmentMail {
    let draft = order.draft;
    AppointmentMail {
        number,
        uid: draft.id.calendar_uid(),
        sequence: 0,
        slot,
        program: draft.program.name.clone(),
        work_type: order.work_type.name.clone(),
        contact_name: draft.contact_name.clone(),
        contact_phone: draft.contact_phone.clone(),
        cut_off: Some(cut_off),
        estimate: Some(order.estimate.clone()),
        reason: String::new(),
    }
}

/// For when a draft is estimated: the held time, else the first that a normal order can have.
async fn probable_start(
    tx: &mut Tx,
    draft: &Draft,
    calendar: &BusinessCalendar,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Problem> {
    match held_start(draft, now) {
        Some(start) => Ok(start),
        None => Ok(first_start(calendar, &catalogue::tier_of_customer(tx, now).await?, now)),
    }
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
