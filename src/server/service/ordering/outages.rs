//! Outages (design, Outage): the desk makes one thing of the requests of those whom it hits, tells all of them the same once, and ends
//! what nobody needs to work on any more; a customer who is about to order for the program joins instead.
//!
//! An outage is locked before its requests, and those in the order of their numbers.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Utc};
use uuid::Uuid;

use super::{
    drafts::{draft, estimate_of, first_start_of},
    requests::changed,
};
use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            calendar::to_local,
            fields::{FieldCode, FieldProblem, keep_lines},
            ids::{OutageId, ProgramId, RequestId, WorkTypeId},
            numbers::RequestNumber,
            phones::normalize_phone,
            seen::Seen,
            terms::Urgency,
            text,
        },
        mails::{MailContent, OutageMail},
        ordering::{
            offers::Slot,
            outages::{
                LIFTING_REASON_MAX, NewOutagePage, OUTAGE_WORDS_MIN, OutageForm, OutagePage, OutageStep, OutagesPage,
                check_message, ends_with_outage, may_join,
            },
            requests::{RequestDetails, RequestEvent, RequestState},
            timeline::TimelineKind,
        },
        problem::{MovedOn, Problem},
    },
    server::{
        app::App,
        auth::{Desk, Manager, Orderer},
        db::{
            OnConstraint, Tx,
            line::catalogue,
            mails,
            ordering::{
                appointments, drafts,
                outages::{self, LockedOutage, NewMessage, NewOutage, NewOutageEvent},
                requests::{self, Submission, page::RequestRow},
                timeline::{self, NewEvent},
            },
            retrying,
            work::{cases, segments},
        },
        service::{
            line::limits,
            minutes::billing_terms,
            work::{dispatch::tell_technician, lifting, missed},
        },
    },
};

/// All outages that are not over, and the latest that are.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn list(app: &App, _: &Desk) -> Result<OutagesPage, Problem> {
    let mut tx = app.db.staff().await?;
    let all = outages::list(&mut tx).await?;
    let (open, resolved) = all.into_iter().partition(|outage| outage.resolved_at.is_none());
    Ok(OutagesPage { open, resolved })
}

/// What there is to know before an outage is written down.
///
/// * `numbers` – the requests that are to belong to it
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn new_page(app: &App, _: &Desk, numbers: &[RequestNumber]) -> Result<NewOutagePage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let chosen = outages::chosen(&mut tx, numbers).await?;
    let first = chosen.first().map(|(_, program, work_type)| (*program, *work_type));
    Ok(NewOutagePage {
        id: OutageId(app.random.uuid()),
        programs: outages::programs(&mut tx).await?,
        program: first.map(|(program, _)| program),
        work_types: catalogue::work_types(&mut tx, now).await?,
        work_type: first.map(|(_, work_type)| work_type),
        requests: chosen.into_iter().map(|(request, ..)| request).collect(),
        form: OutageForm::beginning(now),
    })
}

/// An outage, who belongs to it, and what happened.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn page(app: &App, desk: &Desk, id: OutageId) -> Result<OutagePage, Problem> {
    let mut tx = app.db.staff().await?;
    let outage = outages::find(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    let candidates = match outage.resolved_at {
        None => outages::proposed(&mut tx, id, outage.words.began_at).await?,
        Some(_) => Vec::new(),
    };
    Ok(OutagePage {
        id,
        program: outage.program,
        seen: Seen::of(&OutageForm::from(&outage.words).fields()),
        words: outage.words,
        resolved_at: outage.resolved_at,
        lifted_reason: outage.lifted_reason,
        requests: outages::requests(&mut tx, id).await?,
        candidates,
        history: outages::history(&mut tx, id).await?,
        key: app.random.uuid(),
        key_of_answer: app.random.uuid(),
        may_lift: desk.is_manager(),
    })
}

/// An outage as typed, with the requests that are to belong to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedOutage {
    /// The program that it hits.
    pub program: Option<ProgramId>,
    /// As which kind of work those are kept who join it.
    pub work_type: Option<WorkTypeId>,
    /// Its words.
    pub form: OutageForm,
    /// The requests that are to belong to it.
    pub requests: BTreeSet<RequestNumber>,
}

/// Writes down an outage, to which some requests belong from then on. Sent twice, it is one.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right; [`Problem::Conflict`] when one of the requests is over by now, or belongs
/// to another outage: nothing is written then.
pub async fn open(app: &App, desk: &Desk, id: OutageId, typed: &TypedOutage) -> Result<(), Problem> {
    let now = app.clock.now();
    let missing = |field: &str| FieldProblem::new(field, FieldCode::Missing);
    let mut fields = Vec::new();
    fields.extend(typed.program.is_none().then(|| missing("program")));
    let words = typed.form.check(now).map_err(|wrong| fields.extend(wrong));
    fields.extend(typed.work_type.is_none().then(|| missing("work_type")));
    let (Some(program), Some(work_type), Ok(words)) = (typed.program, typed.work_type, words) else {
        return Err(Problem::Invalid { fields });
    };
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        if !outages::programs(&mut tx).await?.iter().any(|known| known.id == program) {
            return Err(Problem::field("program", FieldCode::Unknown));
        }
        if catalogue::work_type(&mut tx, work_type, now).await?.is_none() {
            return Err(Problem::field("work_type", FieldCode::Unknown));
        }
        let new = NewOutage { id, program, work_type, words: &words, at: now, by: desk.id() };
        if !outages::insert(&mut tx, &new).await? {
            return Ok(());
        }
        let outage = outages::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        for number in &typed.requests {
            join_one(&mut tx, desk, &outage, *number, now).await?;
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Writes down what an outage is called and what there is to know of it, unless a colleague has meanwhile.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right; [`Problem::ChangedMeanwhile`]; [`Problem::Conflict`] when it is over.
pub async fn save(app: &App, _: &Desk, id: OutageId, form: &OutageForm, seen: &Seen) -> Result<(), Problem> {
    let words = form.check(app.clock.now()).map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        let outage = outages::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        only_open(&outage)?;
        seen.admit(&OutageForm::from(&outage.words).fields(), &OutageForm::from(&words).fields())?;
        let late = Problem::field("began_at", FieldCode::OutOfRange);
        outages::save(&mut tx, id, &words).await.on_constraint("outage_began_before_it_was_told", late)?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Has requests belong to an outage, and tells their customers so; which do already, stay.
///
/// # Errors
/// [`Problem::Invalid`] when none is named, or one that there is not; [`Problem::Conflict`] when the outage or one of them is over, or
/// belongs to another outage.
pub async fn join(app: &App, desk: &Desk, id: OutageId, numbers: &BTreeSet<RequestNumber>) -> Result<(), Problem> {
    if numbers.is_empty() {
        return Err(Problem::field("joins", FieldCode::Missing));
    }
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let outage = outages::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        for number in numbers {
            join_one(&mut tx, desk, &outage, *number, now).await?;
        }
        Ok(tx.commit().await?)
    })
    .await?;
    lifting::lift_all(app).await
}

async fn join_one(
    tx: &mut Tx,
    desk: &Desk,
    outage: &LockedOutage,
    number: RequestNumber,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let unknown = || Problem::field("joins", FieldCode::Unknown);
    let request = requests::lock_for_staff(tx, number).await?.ok_or_else(unknown)?;
    match outages::of_request(tx, request).await? {
        // The same form again, or a colleague's.
        Some((own, _)) if own == outage.id => return Ok(()),
        Some((_, false)) => return Err(Problem::Conflict),
        Some((_, true)) | None => {}
    }
    only_open(outage)?;
    let row = requests::page::for_staff(tx, None, number, now).await?.ok_or_else(unknown)?;
    if !may_join(row.summary.state) {
        return Err(Problem::Conflict);
    }
    outages::set(tx, request, Some(outage.id)).await.on_constraint("outage_is_open", Problem::Conflict)?;
    let told = Told { outage, step: OutageStep::Joined, text: &outage.words.text, message: None, now };
    tell(tx, desk, &row, &told, End::default()).await?;
    // By the request, as one may leave and join again: then it is told again.
    let key = format!("outage_joined:{}:{}:{}", outage.id, row.id, now.timestamp());
    write(tx, &row, &told, End::default(), &key).await
}

/// Takes a request out of an outage: it waits by itself again.
///
/// # Errors
/// [`Problem::Conflict`] when the outage is over.
pub async fn leave(app: &App, desk: &Desk, id: OutageId, number: RequestNumber) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let outage = outages::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        let request = requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        if outages::of_request(&mut tx, request).await?.is_none_or(|(own, _)| own != id) {
            return Ok(());
        }
        only_open(&outage)?;
        let row = requests::page::for_staff(&mut tx, None, number, now).await?.ok_or(Problem::NotFound)?;
        outages::set(&mut tx, request, None).await?;
        let text = Bilingual::default();
        let told = Told { outage: &outage, step: OutageStep::Left, text: &text, message: None, now };
        tell(&mut tx, desk, &row, &told, End::default()).await?;
        if may_join(row.summary.state) {
            let key = format!("outage_left:{id}:{}:{}", row.id, now.timestamp());
            write(&mut tx, &row, &told, End::default(), &key).await?;
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Tells all who belong to an outage the same: once in each request, and once to each person by mail.
///
/// # Errors
/// [`Problem::Invalid`] when it is not said in both languages; [`Problem::Conflict`] when the outage is over, or the form has told
/// something else before.
pub async fn tell_all(
    app: &App,
    desk: &Desk,
    id: OutageId,
    (typed_cs, typed_en): (&str, &str),
    key: Uuid,
) -> Result<(), Problem> {
    let text = check_message("message", typed_cs, typed_en).map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let outage = outages::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        if is_told(&mut tx, key, (id, false, &text)).await? {
            return Ok(());
        }
        only_open(&outage)?;
        outages::add_message(&mut tx, &message(&outage, desk, &text, (key, false), now)).await?;
        for number in outages::numbers(&mut tx, id).await? {
            requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
            let row = requests::page::for_staff(&mut tx, None, number, now).await?.ok_or(Problem::NotFound)?;
            if may_join(row.summary.state) {
                let told = Told { outage: &outage, step: OutageStep::News, text: &text, message: Some(key), now };
                tell(&mut tx, desk, &row, &told, End::default()).await?;
                write(&mut tx, &row, &told, End::default(), &format!("outage:{key}:{}", row.member)).await?;
            }
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Says that an outage is over. Its requests are answered and end, with their agreed times, but for those that need work: these wait
/// by themselves again, and what is being worked on ends with its work.
///
/// * `goes_on` – which need work
///
/// # Errors
/// [`Problem::Invalid`] without an answer in both languages; [`Problem::Conflict`] when a colleague has resolved it.
pub async fn resolve(
    app: &App,
    desk: &Desk,
    id: OutageId,
    (typed_cs, typed_en): (&str, &str),
    goes_on: &BTreeSet<RequestNumber>,
    key: Uuid,
) -> Result<(), Problem> {
    let text = check_message("answer", typed_cs, typed_en).map_err(|fields| Problem::Invalid { fields })?;
    // What became of agreed times by themselves is written down before.
    missed::note_all(app).await?;
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let outage = outages::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        if is_told(&mut tx, key, (id, true, &text)).await? {
            return Ok(());
        }
        only_open(&outage)?;
        outages::add_message(&mut tx, &message(&outage, desk, &text, (key, true), now)).await?;
        for number in outages::numbers(&mut tx, id).await? {
            requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
            let row = requests::page::for_staff(&mut tx, None, number, now).await?.ok_or(Problem::NotFound)?;
            let told = Told { outage: &outage, step: OutageStep::Over, text: &text, message: Some(key), now };
            end_one(&mut tx, desk, &row, &told, goes_on.contains(&number)).await?;
        }
        outages::resolve(&mut tx, id, now, desk.id()).await?;
        Ok(tx.commit().await?)
    })
    .await
}

/// What the end of an outage is for one of its requests.
async fn end_one(tx: &mut Tx, desk: &Desk, row: &RequestRow, told: &Told<'_>, needs_work: bool) -> Result<(), Problem> {
    let state = row.summary.state;
    if !may_join(state) {
        return Ok(());
    }
    let goes_on = needs_work || !ends_with_outage(state);
    let mut called_off = None;
    if !goes_on {
        called_off = row.agreed.and(row.summary.slot);
        let technician = cases::technician(tx, row.id).await?;
        appointments::cancel_confirmed(tx, row.id).await?;
        requests::note_change(tx, row.id, state.after(RequestEvent::Resolve)?, 0).await?;
        segments::keep_preparation(tx, row.id, told.now).await?;
        if let (Some(technician), Some(slot)) = (technician, called_off) {
            let about = (row.summary.number, row.customer_name.as_str());
            let key = format!("outage:{}:{}", told.outage.id, row.id);
            tell_technician(tx, about, (technician.id, desk.id()), (slot, false), told.now, &key).await?;
        }
    }
    let end = End { goes_on, called_off };
    tell(tx, desk, row, told, end).await?;
    // Each calendar event is called off by a mail of its own; all else is told to each person once.
    let (key, member) = (told.message.unwrap_or_default(), row.member);
    let key = match called_off {
        Some(_) => format!("outage:{key}:{member}:{}", row.id),
        None => format!("outage:{key}:{member}:{goes_on}"),
    };
    write(tx, row, told, end, &key).await
}

/// Lifts the minimum of what is done because of an outage, for all who belong to it, now or later. What was billed is billed anew.
///
/// # Errors
/// [`Problem::Invalid`] without a reason; [`Problem::Conflict`] when it was lifted for another one.
pub async fn lift_minimum(app: &App, manager: &Manager, id: OutageId, reason: &str) -> Result<(), Problem> {
    let reason = keep_lines(reason, OUTAGE_WORDS_MIN..=LIFTING_REASON_MAX)
        .map_err(|code| Problem::field("lifting_reason", code))?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        let outage = outages::lock(&mut tx, id).await?.ok_or(Problem::NotFound)?;
        match &outage.lifted_reason {
            Some(known) if *known == reason => return Ok(()),
            Some(_) => return Err(Problem::Conflict),
            None => {}
        }
        outages::lift_minimum(&mut tx, id, app.clock.now(), manager.id(), &reason).await?;
        Ok(tx.commit().await?)
    })
    .await?;
    lifting::lift_all(app).await
}

/// What all who belong to an outage, or one of them, are told.
struct Told<'a> {
    outage: &'a LockedOutage,
    step: OutageStep,
    text: &'a Bilingual,
    message: Option<Uuid>,
    now: DateTime<Utc>,
}

/// What the end of an outage is for a request.
#[derive(Clone, Copy, Default)]
struct End {
    goes_on: bool,
    called_off: Option<Slot>,
}

/// Writes what is told into a request.
async fn tell(tx: &mut Tx, desk: &Desk, row: &RequestRow, told: &Told<'_>, end: End) -> Result<(), Problem> {
    let kind = match told.step {
        OutageStep::Left => TimelineKind::OutageLeft,
        OutageStep::News => TimelineKind::OutageNews,
        OutageStep::Over if !end.goes_on => TimelineKind::OutageOver,
        // It goes on: the answer is news.
        OutageStep::Over => TimelineKind::OutageNews,
        OutageStep::Opened | OutageStep::Joined | OutageStep::MinimumLifted => TimelineKind::OutageJoined,
    };
    let event = NewOutageEvent {
        request: row.id,
        outage: told.outage.id,
        kind,
        at: told.now,
        staff: Some(desk.id()),
        member: None,
        message: told.message,
    };
    Ok(outages::add_event(tx, &event).await?)
}

/// Writes what is told to who ordered a request.
async fn write(tx: &mut Tx, row: &RequestRow, told: &Told<'_>, end: End, key: &str) -> Result<(), Problem> {
    let called_off = end.called_off.map(|slot| Box::new(changed(row, slot, None, "")));
    let mail = OutageMail {
        step: told.step,
        number: row.summary.number,
        program: row.summary.program.clone(),
        work_type: row.summary.work_type.clone(),
        name: told.outage.words.name.clone(),
        text: told.text.clone(),
        goes_on: end.goes_on,
        called_off,
    };
    Ok(mails::to_member(tx, row.member, &MailContent::Outage(mail), told.now, key).await?)
}

fn message<'a>(
    outage: &LockedOutage,
    desk: &Desk,
    text: &'a Bilingual,
    (key, is_over): (Uuid, bool),
    at: DateTime<Utc>,
) -> NewMessage<'a> {
    NewMessage { key, outage: outage.id, is_over, at, by: desk.id(), text }
}

/// Whether a form has had its effect. One that says something else under its key, as it does that was gone back to and typed into
/// anew, has had none.
async fn is_told(tx: &mut Tx, key: Uuid, form: (OutageId, bool, &Bilingual)) -> Result<bool, Problem> {
    match outages::message_of(tx, key).await? {
        Some(told) if (told.outage, told.is_over, &told.text) != form => Err(Problem::Conflict),
        found => Ok(found.is_some()),
    }
}

fn only_open(outage: &LockedOutage) -> Result<(), Problem> {
    if outage.resolved_at.is_some() { Err(Problem::Conflict) } else { Ok(()) }
}

/// Has a draft belong to an outage of its program instead of ordering: its author is told when that is over. Sent twice, it is one
/// request.
///
/// # Errors
/// [`Problem::Invalid`] without a number to call; [`Problem::Conflict`] when the outage is over by now; [`Problem::Limit`].
pub async fn join_draft(
    app: &App,
    orderer: &Orderer,
    id: RequestId,
    outage: OutageId,
    phone: &str,
) -> Result<RequestNumber, Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.member(orderer.customer()).await?;
        let locked = requests::lock(&mut tx, orderer, id).await?.ok_or(Problem::NotFound)?;
        match (locked.state, locked.number) {
            (RequestState::Draft, _) => {}
            (_, Some(number)) => return Ok(number),
            (_, None) => return Err(Problem::MovedOn(MovedOn::NewOrder)),
        }
        let (name, work_type) = outages::of_draft(&mut tx, id, outage).await?.ok_or(Problem::Conflict)?;
        let number = send(&mut tx, orderer, id, (&name, work_type, phone), now).await?;
        outages::set(&mut tx, id, Some(outage)).await.on_constraint("outage_is_open", Problem::Conflict)?;
        let event = NewOutageEvent {
            request: id,
            outage,
            kind: TimelineKind::OutageJoined,
            at: now,
            staff: None,
            member: Some(orderer.id()),
            message: None,
        };
        outages::add_event(&mut tx, &event).await?;
        write_joined(&mut tx, orderer, number, outage, now).await?;
        Ok(tx.commit().await.map(|()| number)?)
    })
    .await
}

/// Sends a draft as a request that waits, with what is known of the outage where nothing was typed yet.
async fn send(
    tx: &mut Tx,
    orderer: &Orderer,
    id: RequestId,
    (name, work_type, phone): (&Bilingual, WorkTypeId, &str),
    now: DateTime<Utc>,
) -> Result<RequestNumber, Problem> {
    let draft = draft(tx, orderer, id, now).await?;
    let contact_phone = match normalize_phone(phone) {
        Some(phone) => phone,
        None if text::one_line(phone).is_empty() => return Err(Problem::field("contact_phone", FieldCode::Missing)),
        None => return Err(Problem::field("contact_phone", FieldCode::NotAPhone)),
    };
    limits::admit_waiting_request(tx, orderer.customer()).await?;
    appointments::release_hold(tx, id).await?;
    let work_type = catalogue::work_type(tx, work_type, now).await?.ok_or(Problem::Conflict)?;
    drafts::save_work_type(tx, id, work_type.id, now).await?;
    let own_name = cases::member_name(tx, orderer.customer(), orderer.id()).await?.ok_or(Problem::Conflict)?;
    let typed = |typed: &str, instead: &str| if typed.is_empty() { instead.to_owned() } else { typed.to_owned() };
    let details = RequestDetails {
        what_happened: typed(&draft.what_happened, &name.cs),
        contact_name: typed(&draft.contact_name, &own_name),
        contact_phone,
        ready: draft.ready,
    };
    drafts::save_details(tx, id, &details).await?;
    drafts::save_urgency(tx, id, Urgency::Normal, None, now).await?;
    let start = first_start_of(tx, now).await?;
    let terms = billing_terms::terms(tx, orderer.customer(), start, now).await?;
    let ceiling = draft.ceiling_minutes.or(terms.ceiling_minutes);
    let estimate = estimate_of(&work_type, Urgency::Normal, &terms, ceiling);
    let state = RequestState::Draft.after(RequestEvent::Submit)?;
    let submission = Submission { state, at: now, year: to_local(now).year(), estimate: &estimate };
    let number = requests::submit(tx, id, &submission).await.on_constraints([
        ("customer_is_not_blocked", Problem::Blocked),
        ("urgent_after_the_nod", Problem::AwaitsNod),
    ])?;
    let event = NewEvent { request: id, at: now, kind: TimelineKind::Ordered, slot: None, note: "", key: None };
    timeline::add_event(tx, orderer, &event).await?;
    Ok(number)
}

/// Tells who joined an outage that we know.
async fn write_joined(
    tx: &mut Tx,
    orderer: &Orderer,
    number: RequestNumber,
    outage: OutageId,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let row = requests::page::by_number(tx, orderer, number, now).await?.ok_or(Problem::NotFound)?;
    let outage = outages::find(tx, outage).await?.ok_or(Problem::NotFound)?;
    let told = Told { outage: &outage, step: OutageStep::Joined, text: &outage.words.text, message: None, now };
    let key = format!("outage_joined:{}:{}", outage.id, row.id);
    write(tx, &row, &told, End::default(), &key).await
}
