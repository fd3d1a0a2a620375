//! The ceiling: when it is reached, the question to the customer, and the answer.

use chrono::{DateTime, Utc};

use super::typed::local_time;
use crate::{
    model::{
        base::{
            fields::{FieldCode, FieldProblem, keep_line, keep_lines},
            ids::StaffId,
            numbers::RequestNumber,
        },
        mails::MailContent,
        ordering::{
            requests::{CONTACT_NAME_MAX, CONTACT_NAME_MIN},
            timeline::TimelineKind,
        },
        people::members::{Capability, ContactRole},
        problem::Problem,
        work::{
            ceiling::HIGHEST_CEILING,
            interventions::{NOTE_MAX, NOTE_MIN, WorkRefused},
            segments::{SegmentKind, ceiling_reached_at, effective_seconds},
        },
    },
    server::{
        app::App,
        auth::{Buyer, Staff},
        db::{
            Tx, mails,
            ordering::{requests, timeline},
            retrying,
            work::{
                consents::{self, HeardAnswer},
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
    timeline::add_system_event(tx, intervention.request, TimelineKind::ConsentAsked, reached).await?;
    let heading = receipts::heading(tx, intervention.request).await?;
    let mail = MailContent::ConsentAsked {
        number: intervention.name.number,
        program: heading.program,
        work_type: heading.work_type,
        ceiling_minutes: ceiling,
        at: reached,
    };
    let key = format!("consent:{question}");
    let whom = (Capability::Buy, Some(ContactRole::Consents));
    mails::to_people(tx, intervention.customer, whom, &mail, reached, &key).await?;
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
        let event = timeline::NewEvent { request, at: now, kind, slot: None, note: "", key: None };
        timeline::add_event(&mut tx, buyer, &event).await?;
        tell_technician(&mut tx, &intervention, question.ceiling_minutes, now).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Tells the technician of an answer whose clock stands: who works sees it at the workbench.
async fn tell_technician(
    tx: &mut Tx,
    intervention: &InterventionRow,
    ceiling: u32,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let Some((technician, false)) = consents::worker(tx, intervention.id).await? else {
        return Ok(());
    };
    let Some(answer) = consents::latest(tx, intervention.id).await?.and_then(|consent| consent.answer) else {
        return Ok(());
    };
    let heading = receipts::heading(tx, intervention.request).await?;
    let mail = MailContent::ConsentAnswered {
        number: intervention.name.number,
        customer: heading.customer,
        by: answer.by,
        agreed: answer.agreed,
        new_ceiling: answer.new_ceiling,
    };
    let key = format!("consent_answered:{}:{ceiling}", intervention.id);
    mails::to_technician(tx, technician, intervention.request, &mail, now, &key).await?;
    Ok(())
}

/// What staff write down of an answer on the telephone, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedAnswer {
    /// Whether the work may go on.
    pub agreed: Option<bool>,
    /// Up to how many minutes; nothing for no limit.
    pub new_ceiling: String,
    /// Who said it.
    pub said_by: String,
    /// When, local wall time.
    pub said_at: String,
    /// In which words.
    pub words: String,
}

/// Writes down the answer to the question for consent that somebody gave on the telephone, with who said it, when and in which
/// words: the technician whose work it is, a dispatcher or a manager.
///
/// # Errors
/// [`Problem::Invalid`]; [`Problem::Work`] for another technician; [`Problem::Conflict`] when no question is open or it was
/// answered otherwise.
pub async fn record(app: &App, staff: &Staff, number: RequestNumber, typed: &TypedAnswer) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let request = requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        let intervention = interventions::latest(&mut tx, request).await?.ok_or(Problem::Conflict)?;
        let worker = consents::worker(&mut tx, intervention.id).await?;
        if !staff.roles().is_desk() && worker.is_none_or(|(technician, _)| technician != staff.id()) {
            return Err(WorkRefused::NotYours.into());
        }
        let question = consents::latest(&mut tx, intervention.id).await?.ok_or(Problem::Conflict)?;
        let heard = check_heard(typed, question.ceiling_minutes, intervention.started_at, now)?;
        if let Some(answer) = question.answer {
            let is_repeated = answer.agreed == heard.agreed
                && answer.new_ceiling == heard.new_ceiling
                && answer.spoken.is_some_and(|spoken| spoken.words == heard.words && spoken.at == heard.said_at);
            return if is_repeated { Ok(()) } else { Err(Problem::Conflict) };
        }
        if !intervention.is_open || !consents::record(&mut tx, intervention.id, staff.id(), now, &heard).await? {
            return Err(Problem::Conflict);
        }
        let kind = if heard.agreed { TimelineKind::ConsentGiven } else { TimelineKind::ConsentRefused };
        timeline::add_heard_event(&mut tx, request, staff.id(), kind, now, &heard).await?;
        if worker.is_some_and(|(technician, _)| technician != staff.id()) {
            tell_technician(&mut tx, &intervention, question.ceiling_minutes, now).await?;
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}

fn check_heard(
    typed: &TypedAnswer,
    reached: u32,
    begun: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<HeardAnswer, Problem> {
    let said_at = local_time(&typed.said_at).and_then(|at| match at < begun || at > now {
        true => Err(FieldCode::OutOfRange),
        false => Ok(at),
    });
    let said_by = keep_line(&typed.said_by, CONTACT_NAME_MIN..=CONTACT_NAME_MAX);
    let words = keep_lines(&typed.words, NOTE_MIN..=NOTE_MAX);
    let new_ceiling = match typed.agreed {
        Some(true) => parse_ceiling(&typed.new_ceiling, reached),
        _ => Ok(None),
    };
    match (typed.agreed, new_ceiling, said_by, said_at, words) {
        (Some(agreed), Ok(new_ceiling), Ok(said_by), Ok(said_at), Ok(words)) => {
            Ok(HeardAnswer { agreed, new_ceiling, said_by, said_at, words })
        }
        (agreed, new_ceiling, said_by, said_at, words) => {
            let mut fields = Vec::new();
            if agreed.is_none() {
                fields.push(FieldProblem::new("agreed", FieldCode::Missing));
            }
            if let Err(Problem::Invalid { fields: wrong }) = new_ceiling {
                fields.extend(wrong);
            }
            let typed = [("said_by", said_by.err()), ("said_at", said_at.err()), ("words", words.err())];
            fields.extend(typed.into_iter().filter_map(|(field, code)| Some(FieldProblem::new(field, code?))));
            Err(Problem::Invalid { fields })
        }
    }
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
