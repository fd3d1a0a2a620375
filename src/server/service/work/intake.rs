//! Intake: whoever calls is found, what they have and want stands before the desk, and what they say becomes a request.

use chrono::{DateTime, Datelike, Utc};
use uuid::Uuid;

use super::{
    dispatch::{Locked, agree_at_once, chosen_work, facts::Before, write_down},
    missed,
};
use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::{FieldCode, FieldProblem, keep_line, keep_lines},
            ids::{CustomerId, InboundMailId, MemberId, ProgramId, RequestId, WorkTypeId},
            numbers::RequestNumber,
            phones::normalize_phone,
            seen::{ChangedMeanwhile, Fields, Seen},
            terms::Urgency,
            text,
        },
        ordering::{
            requests::{CONTACT_NAME_MAX, CONTACT_NAME_MIN, RequestSource, WHAT_HAPPENED_MAX, WHAT_HAPPENED_MIN},
            slot_offers::free_times,
            urgency::{UrgencyClaim, guard},
        },
        problem::Problem,
        work::{
            cases::{CallerPerson, SpokenRequest},
            consequences::{REASON_TO_COME, Target},
            intake::{CallerCard, FOUND_MAX, IntakePage, TimeToAgree, means_field, same_end, shown_of},
            mail_in::InboundState,
        },
    },
    server::{
        app::App,
        auth::Desk,
        db::{
            act_for,
            line::{catalogue, licences},
            ordering::{
                outages,
                requests::{self, NewRequest},
            },
            people::customers,
            retrying, savepoints,
            work::{cases, mail_in},
        },
        service::{minutes::billing_terms, ordering::availability::Availability},
    },
};

/// How many times are shown on the card.
const BEST_TIMES: usize = 3;
/// The most characters of a search that are looked for.
const SEARCH_MAX: usize = 100;

/// What the desk asks for when somebody calls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calling {
    /// What was typed into the search.
    pub search: String,
    /// The number from which they call, as the telephone exchange says it.
    pub phone: String,
    /// Who it is, once one was chosen.
    pub customer: Option<CustomerId>,
    /// For which work the times are to be.
    pub work_type: Option<WorkTypeId>,
}

/// Finds whoever calls; a number or a search that leads to one customer only shows that one's card.
///
/// # Errors
/// [`Problem::NotFound`] for a customer that there is not.
pub async fn page(app: &App, desk: &Desk, calling: &Calling) -> Result<IntakePage, Problem> {
    let now = app.clock.now();
    let mut search = text::one_line(&calling.search);
    search = search.chars().take(SEARCH_MAX).collect();
    let phone = normalize_phone(&calling.phone);
    let asked = if search.is_empty() { calling.phone.clone() } else { search.clone() };
    let found = match (calling.customer, asked.trim()) {
        (None, asked) if !asked.is_empty() => {
            // Addresses of sign-ins are the system's to read.
            let mut tx = app.db.system().await?;
            cases::search(&mut tx, asked, normalize_phone(asked).as_deref(), FOUND_MAX).await?
        }
        _ => Vec::new(),
    };
    let customer = calling.customer.or(match found.as_slice() {
        [only] => Some(only.customer),
        _ => None,
    });
    let mut tx = app.db.staff().await?;
    let request = match search.parse() {
        Ok(number) => requests::page::for_staff(&mut tx, None, number, now).await?.map(|row| row.summary.number),
        Err(_) => None,
    };
    let is_unknown = customer.is_none() && found.is_empty() && request.is_none() && !asked.trim().is_empty();
    // Whoever is new may run any of the programs.
    let programs = if is_unknown { licences::programs(&mut tx, CustomerId(0)).await? } else { Vec::new() };
    drop(tx);
    // A computer's number is nobody's to call.
    let is_phone = !found.iter().any(|found| found.is_by_computer);
    let phone = phone.or_else(|| normalize_phone(&search).filter(|_| is_phone)).unwrap_or_default();
    let caller = match customer {
        Some(customer) => Some(card(app, desk, customer, (calling.work_type, &phone)).await?),
        None => None,
    };
    Ok(IntakePage { search, found, request, caller, phone, programs })
}

/// What the desk has before it when somebody of a customer calls from a number.
async fn card(
    app: &App,
    desk: &Desk,
    customer: CustomerId,
    (wanted, phone): (Option<WorkTypeId>, &str),
) -> Result<CallerCard, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let facts = customers::facts(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
    let standing = customers::standing(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
    act_for(&mut tx, customer).await?;
    let work_types = catalogue::work_types(&mut tx, now).await?;
    let work = work_types.iter().find(|work| Some(work.id) == wanted).or_else(|| work_types.first());
    let availability = Availability::load(&mut tx, now, RequestId(Uuid::nil())).await?;
    let people = cases::people(&mut tx, customer).await?;
    let person = people.iter().find(|person| same_end(&person.phone, phone)).or_else(|| people.first()).cloned();
    let times = work.map(|work| free_times(&availability.query(work, Urgency::Normal))).unwrap_or_default();
    let starts: Vec<_> = times.iter().take(BEST_TIMES).map(|offer| offer.slot.start).collect();
    let work = work.map(|work| work.id);
    let mut card = CallerCard {
        customer,
        name: facts.name,
        ico: facts.ico.unwrap_or_default(),
        tier: availability.tier.name.clone(),
        free_minutes: billing_terms::outlook(&mut tx, customer, None, now).await?.free_at(now).free(),
        outages: outages::known(&mut tx, Some((customer, None))).await?,
        open: cases::open_requests(&mut tx, customer).await?,
        programs: cases::programs(&mut tx, customer).await?,
        work_type: work,
        person: person.as_ref().map(|person| person.id),
        times: Vec::new(),
        standing,
        people,
        work_types,
    };
    drop(tx);
    if let (Some(person), Some(work), true) = (person, work, card.may_order()) {
        card.times = rehearse(app, desk, &card, (&person, work), &starts).await?;
    }
    Ok(card)
}

/// What stands for what is said, until it is.
const SAID_TO_COME: &str = "[………………………]";

/// A number that no request has: of no year, and another one for each that is tried at once.
fn number_to_come(id: RequestId) -> Option<RequestNumber> {
    RequestNumber::new(0, id.0.as_fields().0)
}

/// What agreeing each of some times means for somebody of a customer who wants that work: the request is written down, each time is
/// agreed, and all of it is taken back. A time that was taken meanwhile is left out.
async fn rehearse(
    app: &App,
    desk: &Desk,
    card: &CallerCard,
    (person, work_type): (&CallerPerson, WorkTypeId),
    starts: &[DateTime<Utc>],
) -> Result<Vec<TimeToAgree>, Problem> {
    let Some(program) = card.programs.first() else { return Ok(Vec::new()) };
    let spoken = SpokenRequest {
        program: program.id,
        work_type,
        urgency: Urgency::Normal,
        what_happened: SAID_TO_COME.to_owned(),
        contact_name: person.name.clone(),
        contact_phone: if person.phone.is_empty() { REASON_TO_COME.to_owned() } else { person.phone.clone() },
    };
    retrying(|| async {
        let now = app.clock.now();
        let (customer, year, id) = (card.customer, to_local(now).year(), RequestId(app.random.uuid()));
        let mut tx = app.db.staff().await?;
        act_for(&mut tx, customer).await?;
        let member = person.id;
        let rehearsed = number_to_come(id);
        let new = NewRequest {
            id,
            customer,
            member,
            source: RequestSource::Phone,
            spoken: &spoken,
            claim: None,
            follows: None,
            at: now,
            year,
            rehearsed,
        };
        let number = match write_down(&mut tx, desk, &new).await {
            Ok(Some(number)) => number,
            // The person or the right to order is gone by now: writing it down will say so.
            Ok(None) | Err(Problem::Blocked | Problem::Conflict) => return Ok(Vec::new()),
            Err(problem) => return Err(problem),
        };
        let calendar = catalogue::calendar(&mut tx).await?;
        let tier = Availability::load(&mut tx, now, id).await?.tier;
        let promised = calendar.add_working_minutes(now, tier.urgent_target_minutes);
        let mut times = Vec::new();
        for &start in starts {
            savepoints::mark(&mut tx).await?;
            let mut locked = Locked::written(tx, number, now).await?;
            let before = Before::read(&mut locked.tx, &locked.row, now).await?;
            match agree_at_once(&mut locked, desk, start, app.random.uuid()).await {
                Ok(()) => {
                    let mut means = before.compare(app, &mut locked.tx, true).await?;
                    let number = number.to_string();
                    means.mails.iter_mut().for_each(|mail| mail.leave_open(&number, REASON_TO_COME));
                    let slot = means.after.as_ref().ok_or(Problem::Conflict)?.slot;
                    times.push(TimeToAgree { slot, urgent: Target::of(&calendar, promised, start), means });
                }
                Err(Problem::SlotTaken | Problem::SlotRefused(_)) => {}
                Err(problem) => return Err(problem),
            }
            tx = locked.tx;
            savepoints::unmark(&mut tx, true).await?;
        }
        tx.rollback().await?;
        Ok(times)
    })
    .await
}

/// What somebody said on the telephone, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedCall {
    /// Whose person it is.
    pub member: Option<MemberId>,
    /// Which program.
    pub program: Option<ProgramId>,
    /// What kind of work.
    pub work_type: Option<WorkTypeId>,
    /// How urgent.
    pub urgency: Option<Urgency>,
    /// What an urgent one claims.
    pub claim: UrgencyClaim,
    /// What happened.
    pub what_happened: String,
    /// Who will sit at the computer.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
    /// When, where a time was agreed at once; else it goes to the queue.
    pub start: Option<DateTime<Utc>>,
    /// For which kind of work that time was shown, where it was: other work may be longer, and need others who know it.
    pub times_of: Option<WorkTypeId>,
    /// What the form has shown of what its times mean.
    pub seen: Seen,
    /// The voice message in which it was said.
    pub voice: Option<InboundMailId>,
}

impl TypedCall {
    /// What is kept of it, and for whom it is.
    fn check(&self) -> Result<(MemberId, SpokenRequest), Vec<FieldProblem>> {
        let what = keep_lines(&self.what_happened, WHAT_HAPPENED_MIN..=WHAT_HAPPENED_MAX);
        let name = keep_line(&self.contact_name, CONTACT_NAME_MIN..=CONTACT_NAME_MAX);
        let phone = normalize_phone(&self.contact_phone).ok_or_else(|| {
            if text::one_line(&self.contact_phone).is_empty() { FieldCode::Missing } else { FieldCode::NotAPhone }
        });
        match (self.member, self.program, self.work_type, self.urgency, what, name, phone) {
            (Some(member), Some(program), Some(work_type), Some(urgency), Ok(what), Ok(name), Ok(phone)) => {
                let (what_happened, contact_name, contact_phone) = (what, name, phone);
                Ok((member, SpokenRequest { program, work_type, urgency, what_happened, contact_name, contact_phone }))
            }
            (member, program, work_type, urgency, what, name, phone) => {
                let missing = |is_missing: bool| is_missing.then_some(FieldCode::Missing);
                Err([
                    ("member", missing(member.is_none())),
                    ("program", missing(program.is_none())),
                    ("work_type", missing(work_type.is_none())),
                    ("urgency", missing(urgency.is_none())),
                    ("what_happened", what.err()),
                    ("contact_name", name.err()),
                    ("contact_phone", phone.err()),
                ]
                .into_iter()
                .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
                .collect())
            }
        }
    }
}

/// That a time means something else than was shown, or was not shown at all; beside it, all of that is.
fn means_else(start: DateTime<Utc>) -> Problem {
    ChangedMeanwhile { fields: vec![means_field(start)] }.into()
}

/// Writes down what somebody said: with the time that was agreed, or for the queue. Sent twice, it is one.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::Urgency`] when the guard refuses, [`Problem::SlotTaken`] and
/// [`Problem::SlotRefused`] when the time is not free, [`Problem::Blocked`] for a customer who may not order: then nothing is
/// written down; [`Problem::ChangedMeanwhile`] when agreeing the time means something else than the form has shown.
pub async fn write(
    app: &App,
    desk: &Desk,
    customer: CustomerId,
    typed: &TypedCall,
    id: RequestId,
) -> Result<RequestNumber, Problem> {
    let (member, spoken) = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    if typed.start.is_some() && typed.times_of.is_some_and(|shown| shown != spoken.work_type) {
        return Err(Problem::field("start", FieldCode::DoesNotMatch));
    }
    // What a time means is shown beside it: who has not seen that yet does now, and nothing is lost.
    if let Some(start) = typed.start.filter(|_| !typed.seen.is_said()) {
        return Err(means_else(start));
    }
    retrying(|| async {
        let now = app.clock.now();
        missed::make_room(app).await?;
        let mut tx = app.db.staff().await?;
        act_for(&mut tx, customer).await?;
        if cases::member_name(&mut tx, customer, member).await?.is_none() {
            return Err(Problem::field("member", FieldCode::Unknown));
        }
        if !cases::programs(&mut tx, customer).await?.iter().any(|program| program.id == spoken.program) {
            return Err(Problem::field("program", FieldCode::Unknown));
        }
        let work = chosen_work(&mut tx, spoken.work_type, now).await?;
        let claim = guard(work.plannable, spoken.urgency, Some(&typed.claim))?;
        let new = NewRequest {
            id,
            customer,
            member,
            source: RequestSource::Phone,
            spoken: &spoken,
            claim: claim.as_ref(),
            follows: None,
            at: now,
            year: to_local(now).year(),
            rehearsed: None,
        };
        let Some(number) = write_down(&mut tx, desk, &new).await? else {
            return requests::number_of(&mut tx, id).await?.ok_or(Problem::Conflict);
        };
        if let Some(voice) = typed.voice {
            let (outcome, whose) = ((InboundState::Request, id), (customer, member));
            mail_in::assign(&mut tx, voice, desk.id(), outcome, whose, now).await?;
        }
        let Some(start) = typed.start else {
            tx.commit().await?;
            return Ok(number);
        };
        let is_reached = cases::can_be_written_to(&mut tx, member).await?;
        let mut locked = Locked::written(tx, number, now).await?;
        let before = Before::read(&mut locked.tx, &locked.row, now).await?;
        agree_at_once(&mut locked, desk, start, id.0).await?;
        let means = before.compare(app, &mut locked.tx, true).await?;
        let now_means = shown_of(start, &means, (member, is_reached));
        typed.seen.admit(&now_means, &Fields::default()).map_err(|_| means_else(start))?;
        locked.tx.commit().await?;
        Ok(number)
    })
    .await
}
