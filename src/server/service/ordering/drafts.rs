//! Drafts, screen by screen, until their time is agreed: what is wanted, [when](holding), and [the last look](sending).

mod holding;
mod sending;

use chrono::{DateTime, Utc};

use self::holding::held_start;
pub use self::{
    holding::{hold_left, pick_slot, release_slot, time_choice},
    sending::{LastLook, confirm, send_to_wait, summary},
};
use super::availability::Availability;
use crate::{
    model::{
        base::{
            calendar::{BusinessCalendar, to_local},
            ids::{ProgramId, RequestId},
            terms::Urgency,
        },
        line::{
            catalogue::{Program, WorkType},
            everyday_words,
            tiers::ResponseTier,
        },
        minutes::{
            billing_terms::BillingTerms,
            estimate::{Estimate, estimate},
        },
        ordering::{
            drafts::{Draft, DraftStep, Subject, TypedWish},
            offers::offers,
            pages::{UrgencyFacts, WhatChoice},
            requests::RequestState,
        },
        problem::{MovedOn, Problem},
    },
    server::{
        app::App,
        auth::Orderer,
        db::{
            OnConstraint, Tx,
            line::{catalogue, everyday_words as words},
            locks::{self, Lock},
            money::receivables,
            ordering::{appointments, attachments, drafts, outages, requests},
            people::registrations,
        },
        service::minutes::billing_terms,
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
        // Begun by a file that came before what is wanted was right: the form goes on here.
        Ok(begun) if begun.work_type.is_none() => choice(&mut tx, orderer, id, Some(begun), app.clock.now()).await,
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
    let attachments = match draft {
        Some(_) => attachments::of_draft(tx, id, orderer.id()).await?,
        None => Vec::new(),
    };
    Ok(WhatChoice {
        id,
        attachments,
        recent,
        drafts: others,
        outages: outages::known(tx, Some((orderer.customer(), Some(orderer.id())))).await?,
        everyday: everyday_words::read(&words::find(tx).await?),
        contact: drafts::last_contact(tx, orderer).await?,
        payment: billing_terms::terms(tx, orderer.customer(), start, now).await?,
        owes_too_long: receivables::owes_too_long(tx, orderer.customer(), to_local(now).date()).await?,
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

/// Begins the draft `id` for files that come before it is known whether what is wanted is right: with the program of the `subject` that
/// is chosen, else with one that the customer runs, until the form is accepted.
///
/// # Errors
/// [`Problem::NotFound`] when `id` is another's draft, or nothing can be ordered; [`Problem::Blocked`].
pub async fn begin_for_files(app: &App, orderer: &Orderer, id: RequestId, subject: &str) -> Result<(), Problem> {
    let mut tx = app.db.member(orderer.customer()).await?;
    let programs = catalogue::licensed_programs(&mut tx).await?;
    let chosen = subject.parse::<Subject>().ok().map(|subject| subject.program);
    let chosen = programs.iter().find(|(program, _)| Some(program.id) == chosen).or(programs.first());
    let (program, _) = chosen.ok_or(Problem::NotFound)?;
    begin(&mut tx, orderer, id, program.id, app.clock.now()).await?;
    Ok(tx.commit().await?)
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

/// What work of a kind will take from a customer with these terms.
#[must_use]
pub fn estimate_of(work_type: &WorkType, urgency: Urgency, terms: &BillingTerms, ceiling: Option<u32>) -> Estimate {
    let rate = terms.rates.of(urgency);
    estimate(work_type.typical_minutes, terms.minimum_minutes, &terms.pools, rate, terms.vat, ceiling)
}
