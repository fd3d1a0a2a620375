//! What the desk sees of mails that came, and does with those that wait.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    addresses,
    outcomes::{self, Chosen, Made, probable},
    read,
};
use crate::{
    model::{
        base::{
            fields::FieldCode,
            ids::{CustomerId, InboundMailId, MemberId, RequestId},
            numbers::RequestNumber,
            paging::{CountedPage, Page},
            phones::normalize_phone,
            text::one_line,
        },
        people::members::{Capabilities, Capability},
        problem::Problem,
        work::{
            intake::FOUND_MAX,
            mail_in::{
                AssignCard, AudioKind, InboundMailPage, InboundRow, InboundState, MailInPage, MailTag, ReadMail,
                TypedAssignment, WaitReason, check_dismissal,
            },
        },
    },
    server::{
        app::App,
        auth::Desk,
        db::{
            act_for,
            line::catalogue,
            people::customers,
            work::{
                cases,
                mail_in::{self, Begun, Details, Writer},
            },
        },
        inbox,
    },
};

/// How many mails a page of the list shows.
const PAGE: usize = 50;
/// The most characters of a search that are looked for.
const SEARCH_MAX: usize = 100;

/// Mails of a state, the newest first, and how many there are of each.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(
    app: &App,
    desk: &Desk,
    state: InboundState,
    after: Option<InboundMailId>,
) -> Result<MailInPage, Problem> {
    let mut tx = app.db.staff().await?;
    let page: Page<InboundRow, InboundMailId> = mail_in::of_state(&mut tx, state, after, PAGE).await?;
    let counts = mail_in::counts(&mut tx).await?;
    let total = counts.iter().find(|(counted, _)| *counted == state).map_or(0, |(_, count)| *count);
    let address = app.mail.line().map(str::to_owned);
    let trouble = mail_in::mailbox_trouble(&mut tx).await?;
    Ok(MailInPage { state, counts, mails: CountedPage { page, total }, address, trouble, may_set: desk.is_manager() })
}

/// A mail that came, and whose it may be.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn mail(
    app: &App,
    _: &Desk,
    id: InboundMailId,
    typed: Option<&str>,
    customer: Option<CustomerId>,
) -> Result<InboundMailPage, Problem> {
    let now = app.clock.now();
    let (row, details) = found(app, id).await?;
    let waits = row.state.may_be_assigned();
    // Whoever is looked for first is who has written, or called.
    let probably = if row.phone.is_empty() { &row.from_address } else { &row.phone };
    let search: String = one_line(typed.unwrap_or(probably)).chars().take(SEARCH_MAX).collect();
    // Whoever looks for another one means another one.
    let customer = customer.or(details.customer.filter(|_| typed.is_none()));
    let found = if waits && customer.is_none() && !search.is_empty() {
        // Addresses of sign-ins are the system's to read.
        let mut tx = app.db.system().await?;
        cases::search(&mut tx, &search, normalize_phone(&search).as_deref(), FOUND_MAX).await?
    } else {
        Vec::new()
    };
    let card = match customer.filter(|_| waits) {
        Some(customer) => Some(card(app, customer, (&row, &details), now).await?),
        None => None,
    };
    let address = address_of_answer(app, id, &details).await?;
    Ok(InboundMailPage {
        text: details.said,
        left_out: details.left_out.lines().map(str::to_owned).collect(),
        is_kept: details.is_kept,
        bounced: details.bounced.map(|address| (address, details.bounced_about.and_then(|about| about.parse().ok()))),
        dismissed: details
            .decided_by
            .filter(|_| row.state == InboundState::Dismissed)
            .map(|by| (by, details.dismissal)),
        search,
        found,
        card,
        may_revoke: row.state == InboundState::Reply && !is_revoked(app, address).await?,
        row,
    })
}

async fn found(app: &App, id: InboundMailId) -> Result<(InboundRow, Details), Problem> {
    let mut tx = app.db.staff().await?;
    let row = mail_in::row(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    let details = mail_in::details(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    Ok((row, details))
}

async fn is_revoked(app: &App, address: Option<AnswerAddress>) -> Result<bool, Problem> {
    let Some((_, request, member)) = address else { return Ok(true) };
    Ok(mail_in::is_reply_revoked(&mut app.db.system().await?, request, member).await?)
}

/// What an address for answers was made for: the request of a customer, and the person to whom mails about it went.
type AnswerAddress = (CustomerId, RequestId, MemberId);

/// By which address an answer came, which may be another person's than its writer's; where that is known no longer, the writer's.
async fn address_of_answer(app: &App, id: InboundMailId, details: &Details) -> Result<Option<AnswerAddress>, Problem> {
    let (Some(customer), Some(request), Some(writer)) = (details.customer, details.request, details.member) else {
        return Ok(None);
    };
    let content = mail_in::came(&mut app.db.staff().await?, id).await?.and_then(|came| came.content);
    let head = read(inbox::head(&content.unwrap_or_default()).to_vec()).await.unwrap_or_default();
    if let Some(MailTag::Reply { number, member }) = addresses::said_by(app, &head.recipients).await?.tag
        && let Some((about, whose)) = mail_in::request_of(&mut app.db.staff().await?, number).await?
    {
        return Ok(Some((whose, about, member)));
    }
    Ok(Some((customer, request, writer)))
}

/// What the desk chooses from for a customer, with what the mail seems to be about.
async fn card(
    app: &App,
    customer: CustomerId,
    (row, details): (&InboundRow, &Details),
    now: DateTime<Utc>,
) -> Result<AssignCard, Problem> {
    // Addresses of sign-ins are the system's to read.
    let writers = mail_in::writers(&mut app.db.system().await?, &row.from_address).await?;
    let mut tx = app.db.staff().await?;
    let facts = customers::facts(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
    act_for(&mut tx, customer).await?;
    let programs = cases::programs(&mut tx, customer).await?;
    let work_types = catalogue::work_types(&mut tx, now).await?;
    let (program, work_type) = probable((&row.subject, &details.said), &programs, &work_types);
    let writer = writers.iter().find(|writer| writer.customer == customer).map(|writer| writer.member);
    Ok(AssignCard {
        customer,
        name: facts.name,
        people: cases::people(&mut tx, customer).await?,
        open: cases::open_requests(&mut tx, customer).await?,
        probable: (details.member.or(writer), program, work_type),
        programs,
        work_types,
        says_little: outcomes::what_happened(&row.subject, &details.said).is_err(),
    })
}

/// Makes of a mail that waits what the desk has chosen: a new request of somebody, or a message of theirs about one. Sent twice, it
/// is one.
///
/// # Errors
/// [`Problem::Invalid`] with the field that is not right; [`Problem::Blocked`] for a customer who may not order;
/// [`Problem::Conflict`] when something else was made of it; [`Problem::NotFound`].
pub async fn assign(
    app: &App,
    desk: &Desk,
    id: InboundMailId,
    customer: CustomerId,
    typed: &TypedAssignment,
) -> Result<RequestNumber, Problem> {
    let about: Option<RequestNumber> = match one_line(&typed.request).as_str() {
        "" => None,
        typed => Some(typed.parse().map_err(|_| Problem::field("request", FieldCode::Unknown))?),
    };
    finish(app, desk, id).await?;
    let (row, details) = found(app, id).await?;
    if let (InboundState::Request | InboundState::Reply, Some(number)) = (row.state, row.request) {
        let is_same = match about {
            None => row.state == InboundState::Request && details.customer == Some(customer),
            Some(about) => about == number,
        };
        return if is_same { Ok(number) } else { Err(Problem::Conflict) };
    }
    let member = typed.member.ok_or_else(|| Problem::field("member", FieldCode::Missing))?;
    let writer = writer_of(app, customer, member).await?.ok_or_else(|| Problem::field("member", FieldCode::Unknown))?;
    // The desk has seen to it that they may.
    let may = Capabilities::NONE.with(Capability::Order).with(Capability::SeeAll);
    let writer = Writer { capabilities: may, ..writer };
    let (key, mut mail) = as_it_came(app, id, (&row, &details)).await?;
    if !typed.wanted.trim().is_empty() && outcomes::what_happened(&mail.subject, &mail.text).is_err() {
        mail.text.clone_from(&typed.wanted);
    }
    let made = match about {
        Some(number) => outcomes::answer(app, &writer, number, key, &mail).await?,
        None => outcomes::order(app, &writer, key, &mail, &chosen(typed)?).await?,
    };
    let made = made.map_err(why_not)?;
    settle(app, desk, id, &made).await?;
    Ok(made.number)
}

/// Finishes what was begun with a mail by somebody who has died over it: it goes where it went.
async fn finish(app: &App, desk: &Desk, id: InboundMailId) -> Result<(), Problem> {
    let (row, details) = found(app, id).await?;
    let begun = mail_in::begun(&mut app.db.staff().await?, id).await?;
    let Some(begun) = begun.filter(|_| row.state.may_be_assigned()) else { return Ok(()) };
    let Begun { key, request, number, customer, member } = begun;
    let state = if request.0 == key { InboundState::Request } else { InboundState::Reply };
    if state == InboundState::Request
        && let Some(writer) = writer_of(app, customer, member).await?
    {
        let (_, mail) = as_it_came(app, id, (&row, &details)).await?;
        outcomes::attach_to_request(app, &writer, (request, number), &mail).await?;
    }
    settle(app, desk, id, &Made { state, customer, member, request, number }).await
}

async fn writer_of(app: &App, customer: CustomerId, member: MemberId) -> Result<Option<Writer>, Problem> {
    let mut tx = app.db.staff().await?;
    act_for(&mut tx, customer).await?;
    Ok(mail_in::writer(&mut tx, customer, member).await?)
}

/// What was chosen of what the mail does not say.
fn chosen(typed: &TypedAssignment) -> Result<Chosen, Problem> {
    let program = typed.program.ok_or_else(|| Problem::field("program", FieldCode::Missing))?;
    let work_type = typed.work_type.ok_or_else(|| Problem::field("work_type", FieldCode::Missing))?;
    let phone = match one_line(&typed.phone).as_str() {
        "" => None,
        typed => Some(normalize_phone(typed).ok_or_else(|| Problem::field("phone", FieldCode::NotAPhone))?),
    };
    Ok(Chosen { program: Some(program), work_type: Some(work_type), phone, by_desk: true })
}

/// Why the desk cannot have of a mail what it wants.
fn why_not(reason: WaitReason) -> Problem {
    match reason {
        WaitReason::ForeignRequest => Problem::field("request", FieldCode::Unknown),
        WaitReason::Empty => Problem::field("wanted", FieldCode::Missing),
        WaitReason::CannotOrder => Problem::field("phone", FieldCode::Missing),
        _ => Problem::Conflict,
    }
}

/// A mail as it came, or as far as it is known still; and the key of what is made of it.
async fn as_it_came(
    app: &App,
    id: InboundMailId,
    (row, details): (&InboundRow, &Details),
) -> Result<(Uuid, ReadMail), Problem> {
    let came = mail_in::came(&mut app.db.staff().await?, id).await?.ok_or(Problem::NotFound)?;
    if !came.state.may_be_assigned() {
        return Err(Problem::Conflict);
    }
    let mail = match came.content {
        Some(content) => read(content).await,
        None => None,
    };
    let known = || ReadMail { subject: row.subject.clone(), text: details.said.clone(), ..ReadMail::default() };
    Ok((came.key, mail.unwrap_or_else(known)))
}

async fn settle(app: &App, desk: &Desk, id: InboundMailId, made: &Made) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    let (outcome, whose) = ((made.state, made.request), (made.customer, made.member));
    mail_in::assign(&mut tx, id, desk.id(), outcome, whose, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Puts a mail that waits aside, with the reason. Said twice, it was once.
///
/// # Errors
/// [`Problem::Invalid`] without a reason; [`Problem::Conflict`] when something was made of it; [`Problem::NotFound`].
pub async fn dismiss(app: &App, desk: &Desk, id: InboundMailId, typed: &str) -> Result<(), Problem> {
    let reason = check_dismissal(typed).map_err(|fields| Problem::Invalid { fields })?;
    let mut tx = app.db.staff().await?;
    match mail_in::lock(&mut tx, id).await?.ok_or(Problem::NotFound)? {
        InboundState::Waiting if mail_in::dismiss(&mut tx, id, desk.id(), &reason, app.clock.now()).await? => {
            Ok(tx.commit().await?)
        }
        InboundState::Dismissed => Ok(()),
        _ => Err(Problem::Conflict),
    }
}

/// Takes no further answers by the address by which one came: what comes by it waits for the desk.
///
/// # Errors
/// [`Problem::NotFound`] for what is no answer.
pub async fn revoke(app: &App, desk: &Desk, id: InboundMailId) -> Result<(), Problem> {
    let details = mail_in::details(&mut app.db.staff().await?, id).await?.ok_or(Problem::NotFound)?;
    let (customer, request, member) = address_of_answer(app, id, &details).await?.ok_or(Problem::NotFound)?;
    let mut tx = app.db.staff().await?;
    act_for(&mut tx, customer).await?;
    mail_in::revoke_reply(&mut tx, (customer, request, member), desk.id(), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// A mail in the bytes in which it came.
///
/// # Errors
/// [`Problem::NotFound`], also once it has been settled for long.
pub async fn raw(app: &App, _: &Desk, id: InboundMailId) -> Result<Vec<u8>, Problem> {
    let came = mail_in::came(&mut app.db.staff().await?, id).await?;
    came.and_then(|came| came.content).ok_or(Problem::NotFound)
}

/// What somebody spoke to the answering machine.
///
/// # Errors
/// As [`raw`].
pub async fn audio(app: &App, desk: &Desk, id: InboundMailId) -> Result<(AudioKind, Vec<u8>), Problem> {
    let mail = read(raw(app, desk, id).await?).await.ok_or(Problem::NotFound)?;
    let (kind, content) = mail.audio().ok_or(Problem::NotFound)?;
    Ok((kind, content.to_vec()))
}

/// The mails that came about a request, the newest first.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn about(app: &App, _: &Desk, number: RequestNumber) -> Result<Vec<InboundRow>, Problem> {
    let mut tx = app.db.staff().await?;
    let (request, _) = mail_in::request_of(&mut tx, number).await?.ok_or(Problem::NotFound)?;
    Ok(mail_in::of_request(&mut tx, request).await?)
}
