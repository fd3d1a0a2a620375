//! What is made of a mail: a new request, or a message about one; with the files that came with it.

use chrono::Datelike;
use uuid::Uuid;

use crate::{
    model::{
        base::{
            calendar::to_local,
            fields::{FieldCode, keep_line, keep_lines},
            ids::{AttachmentId, CustomerId, MemberId, ProgramId, RequestId, WorkTypeId},
            numbers::RequestNumber,
            phones::normalize_phone,
            terms::Urgency,
        },
        line::catalogue::{Program, WorkType},
        mails::MailContent,
        ordering::{
            attachments::ATTACHMENTS_MAX,
            conversations::MESSAGE_MAX,
            requests::{CONTACT_NAME_MAX, CONTACT_NAME_MIN, RequestSource, WHAT_HAPPENED_MAX, WHAT_HAPPENED_MIN},
            timeline::TimelineKind,
        },
        people::members::Capability,
        problem::Problem,
        work::{
            cases::SpokenRequest,
            mail_in::{InboundState, ReadMail, SentFile, WaitReason, described, named_in, said_in, shortened},
        },
    },
    server::{
        app::App,
        auth::Member,
        db::{
            OnConstraint, Tx, act_for,
            line::catalogue,
            mails,
            ordering::{
                attachments as kept_files,
                requests::{self, NewRequest},
                timeline::{self, NewEvent},
            },
            retrying,
            work::{
                cases,
                mail_in::{self, Writer},
            },
        },
        service::{
            line::limits,
            ordering::{attachments, conversations},
        },
    },
};

/// Up to how many bytes a picture within a mail is a part of how it looks.
const DECORATION_MAX: usize = 8 * 1024;

/// What was made of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    /// A request, or a message.
    pub state: InboundState,
    /// Whose.
    pub customer: CustomerId,
    /// Who has written it.
    pub member: MemberId,
    /// The request.
    pub request: RequestId,
    /// Its number.
    pub number: RequestNumber,
}

/// What the desk has chosen of what a mail itself does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Chosen {
    /// Which program.
    pub program: Option<ProgramId>,
    /// What kind of work.
    pub work_type: Option<WorkTypeId>,
    /// Where to call.
    pub phone: Option<String>,
    /// Whether it was the desk, which is bound by no limit.
    pub by_desk: bool,
}

/// The program and the kind of work that a mail names; of programs the only one, of kinds of work else the first that nobody plans.
pub(super) fn probable(
    mail: (&str, &str),
    programs: &[Program],
    works: &[WorkType],
) -> (Option<ProgramId>, Option<WorkTypeId>) {
    let said = format!("{}\n{}", mail.0, said_in(mail.1));
    let program = match programs {
        [only] => Some(only.id),
        several => {
            let names = several.iter().map(|program| program.name.cs.as_str());
            named_in(names, &said).and_then(|place| several.get(place)).map(|program| program.id)
        }
    };
    let names = works.iter().map(|work| work.name.cs.as_str());
    let named = named_in(names, &said).and_then(|place| works.get(place));
    let work = named.or_else(|| works.iter().find(|work| !work.plannable));
    (program, work.map(|work| work.id))
}

/// What a request says of which this is the mail.
///
/// # Errors
/// That it says too little.
pub(super) fn what_happened(subject: &str, text: &str) -> Result<String, FieldCode> {
    keep_lines(&described(subject, text), WHAT_HAPPENED_MIN..=WHAT_HAPPENED_MAX)
}

/// Makes a request of a mail, which waits in the queue as what is said on the telephone does; or says why the desk has to do it.
///
/// # Errors
/// [`Problem::Unavailable`], [`Problem::Busy`]: then it is to be tried again.
pub(super) async fn order(
    app: &App,
    writer: &Writer,
    key: Uuid,
    mail: &ReadMail,
    chosen: &Chosen,
) -> Result<Result<Made, WaitReason>, Problem> {
    if !writer.capabilities.may(Capability::Order) {
        return Ok(Err(WaitReason::CannotOrder));
    }
    let Ok(what_happened) = what_happened(&mail.subject, &mail.text) else { return Ok(Err(WaitReason::Empty)) };
    let id = RequestId(key);
    let written = retrying(|| async { write(app, writer, id, mail, (&what_happened, chosen)).await }).await;
    let number = match written {
        Ok(Some(number)) => number,
        // The desk is told why it cannot be.
        Err(problem) if chosen.by_desk => return Err(problem),
        Ok(None) | Err(Problem::Blocked | Problem::OwesTooLong | Problem::Conflict | Problem::AwaitsNod) => {
            return Ok(Err(WaitReason::CannotOrder));
        }
        Err(Problem::Limit(_)) => return Ok(Err(WaitReason::TooMany)),
        Err(problem) => return Err(problem),
    };
    attach_to_request(app, writer, (id, number), mail).await?;
    let (customer, member) = (writer.customer, writer.member);
    Ok(Ok(Made { state: InboundState::Request, customer, member, request: id, number }))
}

/// Lets the files of a mail go with the request that was made of it, once, and keeps the names of those that could not be taken over.
pub(super) async fn attach_to_request(
    app: &App,
    writer: &Writer,
    (id, number): (RequestId, RequestNumber),
    mail: &ReadMail,
) -> Result<(), Problem> {
    if !kept_files::of_request(&mut app.db.member(writer.customer).await?, id).await?.is_empty() {
        // A try that died had done it.
        return Ok(());
    }
    let (files, left_out) = keep_files(app, &as_member(writer), number, &mail.files).await?;
    let mut tx = app.db.member(writer.customer).await?;
    // From here on whoever does the same at this moment waits.
    goes(mail_in::send_to(&mut tx, id.0, id, &left_out).await?)?;
    let is_done = !kept_files::of_request(&mut tx, id).await?.is_empty();
    // What others have kept, of whom some have died, came again.
    kept_files::drop_of_draft(&mut tx, id, writer.member, if is_done { &[] } else { &files }).await?;
    kept_files::attach_to_order(&mut tx, id, writer.member).await?;
    Ok(tx.commit().await?)
}

/// A mail of which somebody else has made something at this moment goes there.
const fn goes(is_so: bool) -> Result<(), Problem> {
    if is_so { Ok(()) } else { Err(Problem::Conflict) }
}

/// Writes the request down and tells its writer; none where something is missing that a request has. Written twice, it is one.
async fn write(
    app: &App,
    writer: &Writer,
    id: RequestId,
    mail: &ReadMail,
    (what_happened, chosen): (&str, &Chosen),
) -> Result<Option<RequestNumber>, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    act_for(&mut tx, writer.customer).await?;
    if let Some(number) = requests::number_of(&mut tx, id).await? {
        return Ok(Some(number));
    }
    let Some((spoken, program, work)) = spoken(&mut tx, app, writer, mail, (what_happened, chosen)).await? else {
        return Ok(None);
    };
    if !chosen.by_desk {
        limits::admit_waiting_request(&mut tx, writer.customer).await?;
    }
    let new = NewRequest {
        id,
        customer: writer.customer,
        member: writer.member,
        source: RequestSource::Email,
        spoken: &spoken,
        claim: None,
        follows: None,
        at: now,
        year: to_local(now).year(),
        rehearsed: None,
    };
    let written = requests::insert_spoken(&mut tx, &new).await.on_constraints([
        ("customer_is_not_blocked", Problem::Blocked),
        ("customer_owes_too_long", Problem::OwesTooLong),
        ("person_is_there", Problem::Conflict),
    ])?;
    let Some(number) = written else {
        // Somebody else has written it at this moment.
        return Ok(requests::number_of(&mut tx, id).await?);
    };
    for kind in [TimelineKind::Ordered, TimelineKind::Waiting] {
        let event = NewEvent { request: id, at: now, kind, slot: None, note: "", key: None };
        timeline::add_event(&mut tx, &as_member(writer), &event).await?;
    }
    let came = MailContent::CameByMail { number, program: program.name, work_type: work.name };
    mails::to_member(&mut tx, writer.member, &came, now, &format!("came_by_mail:{id}")).await?;
    goes(mail_in::send_to(&mut tx, id.0, id, &[]).await?)?;
    tx.commit().await?;
    Ok(Some(number))
}

/// What a request of it says, with its program and kind of work; none where the mail does not say which, or nobody could be called.
async fn spoken(
    tx: &mut Tx,
    app: &App,
    writer: &Writer,
    mail: &ReadMail,
    (what_happened, chosen): (&str, &Chosen),
) -> Result<Option<(SpokenRequest, Program, WorkType)>, Problem> {
    let programs = cases::programs(tx, writer.customer).await?;
    let works = catalogue::work_types(tx, app.clock.now()).await?;
    let (program, work) = probable((&mail.subject, &mail.text), &programs, &works);
    let (program, work) = (chosen.program.or(program), chosen.work_type.or(work));
    let program = programs.into_iter().find(|known| Some(known.id) == program);
    let work = works.into_iter().find(|known| Some(known.id) == work);
    let phone = chosen.phone.clone().or_else(|| normalize_phone(&writer.phone));
    let name = keep_line(&writer.name, CONTACT_NAME_MIN..=CONTACT_NAME_MAX);
    let (Some(program), Some(work), Some(contact_phone), Ok(contact_name)) = (program, work, phone, name) else {
        return Ok(None);
    };
    let spoken = SpokenRequest {
        program: program.id,
        work_type: work.id,
        urgency: Urgency::Normal,
        what_happened: what_happened.to_owned(),
        contact_name,
        contact_phone,
    };
    Ok(Some((spoken, program, work)))
}

/// Lets a mail stand in the conversation about a request, as what its writer has written on the page would; or says why the desk
/// has to decide.
///
/// # Errors
/// As [`order`].
pub(super) async fn answer(
    app: &App,
    writer: &Writer,
    number: RequestNumber,
    key: Uuid,
    mail: &ReadMail,
) -> Result<Result<Made, WaitReason>, Problem> {
    let member = as_member(writer);
    let said = match said_in(&mail.text) {
        nothing if nothing.trim().is_empty() => mail.subject.clone(),
        said => said,
    };
    if said.trim().is_empty() {
        return Ok(Err(WaitReason::Empty));
    }
    let (files, left_out) = match keep_files(app, &member, number, &mail.files).await {
        Ok(kept) => kept,
        Err(Problem::NotFound) => return Ok(Err(WaitReason::ForeignRequest)),
        Err(problem) => return Err(problem),
    };
    let said = shortened(&said, MESSAGE_MAX);
    match conversations::write_mailed(app, &member, number, &said, (&files, &left_out), key).await {
        Ok(()) => {}
        Err(Problem::NotFound) => return Ok(Err(WaitReason::ForeignRequest)),
        Err(Problem::Limit(_)) => return Ok(Err(WaitReason::TooMany)),
        Err(problem) => return Err(problem),
    }
    let request = requests::id_of(&mut app.db.staff().await?, number).await?.ok_or(Problem::NotFound)?;
    let (customer, member) = (writer.customer, writer.member);
    Ok(Ok(Made { state: InboundState::Reply, customer, member, request, number }))
}

fn as_member(writer: &Writer) -> Member {
    Member::by_mail(writer.member, writer.customer, writer.capabilities)
}

/// Keeps the files of a mail for a message about a request: as many as a message may have, those first that do not belong to how the
/// mail looks. Which they are, and the names of the others.
async fn keep_files(
    app: &App,
    member: &Member,
    number: RequestNumber,
    sent: &[SentFile],
) -> Result<(Vec<AttachmentId>, Vec<String>), Problem> {
    let mut files: Vec<&SentFile> = sent.iter().collect();
    files.sort_by_key(|file| file.is_inline);
    let (mut kept, mut left_out) = (Vec::new(), Vec::new());
    for file in files {
        let is_decoration = file.is_inline && file.content.len() <= DECORATION_MAX;
        if is_decoration || kept.len() >= ATTACHMENTS_MAX {
            left_out.push(file.name.clone());
            continue;
        }
        match attachments::keep_mailed(app, member, number, (&file.name, file.content.clone())).await {
            Ok(id) => kept.push(id),
            // What is none that is taken, or more than may be: it stays in the mail as it came.
            Err(Problem::Invalid { .. } | Problem::Limit(_)) => left_out.push(file.name.clone()),
            Err(problem) => return Err(problem),
        }
    }
    Ok((kept, left_out))
}
