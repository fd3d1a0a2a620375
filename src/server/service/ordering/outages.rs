//! Outages (design, Outage): the desk makes one thing of the requests of those whom it hits, tells all of them the same once, and ends
//! what nobody needs to work on any more; a customer who is about to order for the program joins instead.
//!
//! An outage is locked before its requests, and those in the order of their numbers.

pub mod ends;
pub mod joining;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::requests::changed;
use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            fields::{FieldCode, FieldProblem, keep_lines},
            ids::{OutageId, ProgramId, WorkTypeId},
            numbers::RequestNumber,
            seen::Seen,
        },
        mails::{MailContent, OutageMail},
        ordering::{
            offers::Slot,
            outages::{
                LIFTING_REASON_MAX, NewOutagePage, OUTAGE_WORDS_MIN, OutageForm, OutagePage, OutageStep, OutagesPage,
                check_message, may_join,
            },
            timeline::TimelineKind,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Desk, Manager},
        db::{
            OnConstraint, Tx,
            line::catalogue,
            mails,
            ordering::{
                outages::{self, LockedOutage, NewMessage, NewOutage, NewOutageEvent, belonging},
                requests::{self, page::RequestRow},
            },
            retrying,
        },
        service::{line::limits, work::lifting},
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
    let chosen = belonging::chosen(&mut tx, numbers).await?;
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
        None => belonging::proposed(&mut tx, id, outage.words.began_at).await?,
        Some(_) => Vec::new(),
    };
    Ok(OutagePage {
        id,
        program: outage.program,
        seen: Seen::of(&OutageForm::from(&outage.words).fields()),
        words: outage.words,
        resolved_at: outage.resolved_at,
        lifted_reason: outage.lifted_reason,
        requests: belonging::of(&mut tx, id).await?,
        candidates,
        history: outages::history(&mut tx, id).await?,
        key: app.random.uuid(),
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
/// to another outage: nothing is written then; [`Problem::Limit`].
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
        let admitted = limits::admit_outage(&mut tx, program).await;
        // The same form, which may have come at the same moment, is no other outage.
        if outages::find(&mut tx, id).await?.is_some() {
            return Ok(());
        }
        admitted?;
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
    note_step(tx, desk, &row, &told, End::default()).await?;
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
        note_step(&mut tx, desk, &row, &told, End::default()).await?;
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
/// something else before; [`Problem::Limit`].
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
        limits::admit_outage_message(&mut tx, id).await?;
        outages::add_message(&mut tx, &message(&outage, desk, &text, (key, false), now)).await?;
        for number in belonging::numbers(&mut tx, id).await? {
            requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
            let row = requests::page::for_staff(&mut tx, None, number, now).await?.ok_or(Problem::NotFound)?;
            if may_join(row.summary.state) {
                let told = Told { outage: &outage, step: OutageStep::News, text: &text, message: Some(key), now };
                note_step(&mut tx, desk, &row, &told, End::default()).await?;
                write(&mut tx, &row, &told, End::default(), &format!("outage:{key}:{}", row.member)).await?;
            }
        }
        Ok(tx.commit().await?)
    })
    .await
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
async fn note_step(tx: &mut Tx, desk: &Desk, row: &RequestRow, told: &Told<'_>, end: End) -> Result<(), Problem> {
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
