//! Drafts, screen by screen, until their time is agreed.

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::availability::Availability;
use crate::{
    model::{
        base::{
            calendar::{BusinessCalendar, to_local},
            fields::FieldCode,
            ids::{ProgramId, RequestId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        line::{
            catalogue::{Program, SlotChoice, WorkType},
            everyday_words,
            settings::LineSettings,
            tiers::ResponseTier,
        },
        mails::{AppointmentMail, MailContent},
        minutes::{
            billing_terms::BillingTerms,
            estimate::{Estimate, estimate},
        },
        ordering::{
            appointments::cut_off,
            drafts::{Draft, DraftStep, HeldSlot, Subject, TypedWish},
            offers::{Slot, find_offer, free_technicians, offers},
            pages::{DraftSummary, HeldTime, TimeChoice, UrgencyFacts, WhatChoice},
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
            line::{catalogue, everyday_words as words},
            locks::{self, Lock},
            mails,
            ordering::{appointments, attachments, drafts, outages, requests, timeline},
            people::registrations,
            retrying,
        },
        service::{line::limits, minutes::billing_terms, work::missed},
    },
};

/// The first screen of an order that has not begun: under the identity `id`, which its address names.
///
/// # Errors
/// [`Problem::MovedOn`] to an address with an identity where there is none, and to the draft, or what became of it, where one was
/// begun under it.
pub async fn new_order(app: &App, orderer: &Orderer, id: Option<RequestId>) -> Result<WhatChoice, Problem> {
    let Some(id) = id else { return Err(Problem::MovedOn(MovedOn::OrderBegun(RequestId(app.random.uuid())))) };
    let mut tx = app.db.member(orderer.customer()).await?;
    match draft(&mut tx, orderer, id, app.clock.now()).await {
        Ok(_) => Err(Problem::MovedOn(MovedOn::Draft { id, step: DraftStep::What })),
        // Whose it is otherwise is told when the form comes.
        Err(Problem::NotFound) => choice(&mut tx, orderer, id, None, app.clock.now()).await,
        Err(problem) => Err(problem),
    }
}

/// The first screen of a draft.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft.
pub async fn what_choice(app: &App, orderer: &Orderer, id: RequestId) -> Result<WhatChoice, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(orderer.customer()).await?;
    let draft = draft(&mut tx, orderer, id, now).await?;
    choice(&mut tx, orderer, id, Some(draft), now).await
}

async fn choice(
    tx: &mut Tx,
    orderer: &Orderer,
    id: RequestId,
    draft: Option<Draft>,
    now: DateTime<Utc>,
) -> Result<WhatChoice, Problem> {
    let programs = catalogue::licensed_programs(tx).await?;
    let work_types = catalogue::work_types(tx, now).await?;
    let mut recent = drafts::recent_subjects(tx, orderer).await?;
    recent.retain(|subject| offered(&programs, &work_types, *subject).is_some());
    let mut others = drafts::list(tx, orderer, None, now).await?;
    others.retain(|other| other.id != id);
    let (urgency, start) = urgency_facts(tx, orderer, id, draft.as_ref(), now).await?;
    Ok(WhatChoice {
        id,
        recent,
        drafts: others,
        outages: outages::known(tx, Some((orderer.customer(), Some(orderer.id())))).await?,
        everyday: everyday_words::read(&words::find(tx).await?),
        contact: drafts::last_contact(tx, orderer).await?,
        payment: billing_terms::terms(tx, orderer.customer(), start, now).await?,
        urgency,
        programs,
        work_types,
        draft,
    })
}

/// What each urgency would mean, and for when an estimate is made.
async fn urgency_facts(
    tx: &mut Tx,
    orderer: &Orderer,
    id: RequestId,
    draft: Option<&Draft>,
    now: DateTime<Utc>,
) -> Result<(UrgencyFacts, DateTime<Utc>), Problem> {
    let chosen = draft.and_then(|draft| draft.work_type.as_ref());
    let (tier, calendar, first) = match chosen {
        None => (catalogue::tier_of_customer(tx, now).await?, catalogue::calendar(tx).await?, [None, None]),
        Some(work_type) => {
            let availability = Availability::load(tx, now, id).await?;
            let first = |urgency| offers(&availability.query(work_type, urgency)).into_iter().next();
            let urgent = if work_type.plannable { None } else { first(Urgency::Urgent) };
            let first = [first(Urgency::Normal), urgent];
            (availability.tier.clone(), availability.calendar, first)
        }
    };
    let [first_normal, first_urgent] = first;
    let normal_from = first_start(&calendar, &tier, now);
    let start = first_urgent.as_ref().map_or(now, |offer| offer.slot.start);
    let terms = billing_terms::in_force(tx, orderer.customer(), start, now).await?;
    let estimated_at = draft.and_then(|draft| held_start(draft, now)).unwrap_or(normal_from);
    let facts = UrgencyFacts {
        tier,
        normal_from,
        first_normal,
        first_urgent,
        rates: terms.rates,
        has_contract: terms.has_contract,
        awaits_nod: registrations::awaits_nod(tx, orderer.customer()).await?,
    };
    Ok((facts, estimated_at))
}

/// The kind of work that a subject names, if it can be ordered.
fn offered<'a>(programs: &[(Program, String)], work_types: &'a [WorkType], subject: Subject) -> Option<&'a WorkType> {
    let work_type = work_types.iter().find(|work_type| work_type.id == subject.work_type)?;
    programs.iter().any(|(program, _)| program.id == subject.program).then_some(work_type)
}

/// Begins the draft `id` with what is wanted, or changes that; a slot that was held for other work or another urgency is given back.
/// Tells which screen comes next.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::Urgency`] when the guard refuses (design, Urgency guard),
/// [`Problem::NotFound`] when `id` is another's draft.
pub async fn save_wish(app: &App, orderer: &Orderer, id: RequestId, typed: &TypedWish) -> Result<DraftStep, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(orderer.customer()).await?;
    keep_wish(&mut tx, orderer, id, typed, now).await?;
    let next = draft(&mut tx, orderer, id, now).await?.next_step();
    tx.commit().await?;
    Ok(next)
}

/// The same within a transaction.
pub(super) async fn keep_wish(
    tx: &mut Tx,
    orderer: &Orderer,
    id: RequestId,
    typed: &TypedWish,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let programs = catalogue::licensed_programs(tx).await?;
    let work_types = catalogue::work_types(tx, now).await?;
    let plannable = |subject| offered(&programs, &work_types, subject).map(|work_type| work_type.plannable);
    let wish = typed.check(plannable)?;
    if wish.urgency == Urgency::Urgent && registrations::awaits_nod(tx, orderer.customer()).await? {
        return Err(Problem::AwaitsNod);
    }
    let locked = begin(tx, orderer, id, wish.subject.program, now).await?;
    if (locked.work_type, locked.urgency) != (Some(wish.subject.work_type), Some(wish.urgency)) {
        appointments::release_hold(tx, id).await?;
    }
    Ok(drafts::save_wish(tx, id, &wish, now).await?)
}

/// Begins the draft `id` unless it has begun, and locks it.
pub(super) async fn begin(
    tx: &mut Tx,
    orderer: &Orderer,
    id: RequestId,
    program: ProgramId,
    now: DateTime<Utc>,
) -> Result<requests::LockedRequest, Problem> {
    // Of many that are begun at once no more are kept than may be.
    locks::take(tx, Lock::DraftsOf(orderer.id())).await?;
    drafts::begin(tx, orderer, id, program, now).await.on_constraint("customer_is_not_blocked", Problem::Blocked)?;
    drafts::discard_oldest(tx, orderer, id).await?;
    lock_draft(tx, orderer, id).await
}

/// The times on offer.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft, [`Problem::MovedOn`] when earlier steps are missing.
pub async fn time_choice(app: &App, orderer: &Orderer, id: RequestId) -> Result<TimeChoice, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.member(orderer.customer()).await?;
    let draft = draft(&mut tx, orderer, id, now).await?;
    let (work_type, urgency) = picks_time(&draft)?;
    let availability = Availability::load(&mut tx, now, id).await?;
    let offers = offers(&availability.query(work_type, urgency));
    // What pays is decided at the start of the intervention: until one is picked, the earliest stands for those on offer.
    let start = held_start(&draft, now)
        .or(offers.first().map(|offer| offer.slot.start))
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
async fn hold_again(
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
        ("urgent_after_the_nod", Problem::AwaitsNod),
    ])?;
    for &(kind, slot) in timeline {
        let event = timeline::NewEvent { request: id, at, kind, slot, note: "", key: None };
        timeline::add_event(tx, orderer, &event).await?;
    }
    Ok(number)
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

/// The first start that a normal order of a customer can have.
pub(super) async fn first_start_of(tx: &mut Tx, now: DateTime<Utc>) -> Result<DateTime<Utc>, Problem> {
    let calendar = catalogue::calendar(tx).await?;
    Ok(first_start(&calendar, &catalogue::tier_of_customer(tx, now).await?, now))
}

/// The member's own draft.
pub(super) async fn draft(tx: &mut Tx, orderer: &Orderer, id: RequestId, now: DateTime<Utc>) -> Result<Draft, Problem> {
    match drafts::list(tx, orderer, Some(id), now).await?.pop() {
        Some(draft) => Ok(draft),
        // Back after it was sent is not the same as a draft that never was.
        None => {
            only_draft(requests::lock(tx, orderer, id).await?.ok_or(Problem::NotFound)?)?;
            // It has become a draft since it was looked for.
            Err(Problem::Conflict)
        }
    }
}

async fn lock_draft(tx: &mut Tx, orderer: &Orderer, id: RequestId) -> Result<requests::LockedRequest, Problem> {
    only_draft(requests::lock(tx, orderer, id).await?.ok_or(Problem::NotFound)?)
}

fn only_draft(locked: requests::LockedRequest) -> Result<requests::LockedRequest, Problem> {
    match (locked.state, locked.number) {
        (RequestState::Draft, _) => Ok(locked),
        (_, Some(number)) => Err(Problem::MovedOn(MovedOn::Request(number))),
        (_, None) => Err(Problem::MovedOn(MovedOn::NewOrder)),
    }
}

/// When the slot starts that is held for a draft.
fn held_start(draft: &Draft, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    draft.held.filter(|held| held.expires_at > now).map(|held| held.slot.start)
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

/// For when an estimate is made while no time is known: the first that a normal order can have.
fn first_start(calendar: &BusinessCalendar, tier: &ResponseTier, now: DateTime<Utc>) -> DateTime<Utc> {
    calendar.add_working_minutes(now, tier.normal_lead_minutes)
}

/// What must be known before an order can be sent, and must hold still.
fn complete(draft: &Draft) -> Result<(&WorkType, Urgency), Problem> {
    match (&draft.work_type, draft.urgency) {
        (Some(work_type), Some(urgency)) if draft.next_step() != DraftStep::What => Ok((work_type, urgency)),
        _ => Err(comes_first(draft)),
    }
}

/// The screen that a draft wants to be filled in before the one that was looked for.
fn comes_first(draft: &Draft) -> Problem {
    Problem::MovedOn(MovedOn::Draft { id: draft.id, step: draft.next_step() })
}

/// What must be known before a customer can pick a time: that it is theirs to pick, too.
fn picks_time(draft: &Draft) -> Result<(&WorkType, Urgency), Problem> {
    complete(draft).and_then(|(work_type, urgency)| match work_type.choice {
        SlotChoice::Customer => Ok((work_type, urgency)),
        SlotChoice::Dispatch => Err(comes_first(draft)),
    })
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
