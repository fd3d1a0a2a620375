//! Files that go with messages about a request (design, Attachments).

use chrono::TimeDelta;

use super::drafts;
use crate::{
    model::{
        base::{
            fields::FieldCode,
            ids::{AttachmentId, CustomerId, MessageId, RequestId},
            numbers::RequestNumber,
        },
        ordering::attachments::{Attachment, kept_name},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Caller, Orderer},
        db::{
            Tx, act_for,
            locks::{self, Lock},
            ordering::{
                attachments::{self, Author},
                requests,
            },
        },
        files::NotAdmitted,
        incident,
        service::line::limits,
    },
};

/// The field in which files are sent.
pub const FILES_FIELD: &str = "files";
/// For how long a file waits for its message.
const WAITS: TimeDelta = TimeDelta::hours(24);
/// When to come again while files cannot be looked into, in seconds.
const COME_AGAIN_S: u32 = 30;

/// With what a file goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// With a message about a request.
    Request(RequestNumber),
    /// With an order that is being written.
    Draft(RequestId),
}

/// The files that are kept already for an order that is being written.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn of_draft(app: &App, orderer: &Orderer, id: RequestId) -> Result<Vec<Attachment>, Problem> {
    let mut tx = app.db.member(orderer.customer()).await?;
    drafts::draft(&mut tx, orderer, id, app.clock.now()).await?;
    Ok(attachments::of_draft(&mut tx, id, orderer.id()).await?)
}

/// Takes the files of an order back that is not sent yet.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] when it was sent.
pub async fn drop_of_draft(app: &App, orderer: &Orderer, id: RequestId) -> Result<(), Problem> {
    let mut tx = app.db.member(orderer.customer()).await?;
    drafts::draft(&mut tx, orderer, id, app.clock.now()).await?;
    attachments::drop_of_draft(&mut tx, id, orderer.id()).await?;
    Ok(tx.commit().await?)
}

/// Keeps a file for a message about a request that its sender may write about, or for an order that they are writing.
///
/// # Errors
/// [`Problem::Invalid`] for what is no file that is taken; [`Problem::Limit`] when the customer's files take as much as may be;
/// [`Problem::Busy`] while it cannot be looked into; [`Problem::NotFound`].
pub async fn keep(
    app: &App,
    caller: &Caller,
    about: About,
    (name, sent): (&str, Vec<u8>),
) -> Result<AttachmentId, Problem> {
    // Who may not write is told so before anything is looked into.
    drop(place(app, caller, about).await?);
    let admitted = app.files.admit(sent).await.map_err(refused)?;
    let (mut tx, customer, request, author) = place(app, caller, about).await?;
    locks::take(&mut tx, Lock::FilesOf(customer)).await?;
    let megabytes = attachments::megabytes(&mut tx, customer).await?;
    limits::admit_file(&mut tx, megabytes).await?;
    let file = Attachment {
        id: AttachmentId(app.random.uuid()),
        name: kept_name(name, admitted.kind),
        kind: admitted.kind,
        bytes: u32::try_from(admitted.content.len()).unwrap_or(u32::MAX),
    };
    let now = app.clock.now();
    attachments::add(&mut tx, (&file, &admitted.content), (customer, request), author, now).await?;
    tx.commit().await?;
    Ok(file.id)
}

/// A transaction of whoever may write about a request, and whose that is.
async fn place(app: &App, caller: &Caller, about: About) -> Result<(Tx, CustomerId, RequestId, Author), Problem> {
    let now = app.clock.now();
    let number = match about {
        About::Request(number) => number,
        About::Draft(id) => {
            let orderer = caller.may_order()?;
            let mut tx = app.db.member(orderer.customer()).await?;
            drafts::draft(&mut tx, &orderer, id, now).await?;
            return Ok((tx, orderer.customer(), id, Author::Member(orderer.id())));
        }
    };
    if let Ok(staff) = caller.staff() {
        let only = (!staff.roles().is_desk()).then(|| staff.id());
        let mut tx = app.db.staff().await?;
        let row = requests::page::for_staff(&mut tx, only, number, now).await?.ok_or(Problem::NotFound)?;
        act_for(&mut tx, row.customer).await?;
        return Ok((tx, row.customer, row.id, Author::Staff(staff.id())));
    }
    let member = caller.member()?;
    let mut tx = app.db.member(member.customer()).await?;
    let row = requests::page::by_number(&mut tx, &member, number, now).await?.ok_or(Problem::NotFound)?;
    Ok((tx, row.customer, row.id, Author::Member(member.id())))
}

fn refused(error: NotAdmitted) -> Problem {
    let field = |code| Problem::field(FILES_FIELD, code);
    match error {
        NotAdmitted::Unknown => field(FieldCode::Unknown),
        NotAdmitted::TooLarge => field(FieldCode::TooLong),
        NotAdmitted::Infected(found) => {
            tracing::warn!(found, incident = incident::current(), "a file was refused");
            field(FieldCode::Infected)
        }
        NotAdmitted::Trouble(error) => {
            tracing::error!(error, incident = incident::current(), "a file was not looked into");
            Problem::Busy { retry_after_s: COME_AGAIN_S }
        }
    }
}

/// Gives files to the message that has just been written, in its transaction.
pub(super) async fn attach(
    tx: &mut Tx,
    files: &[AttachmentId],
    (request, message): (RequestId, MessageId),
    author: Author,
) -> Result<(), Problem> {
    if files.is_empty() {
        return Ok(());
    }
    let attached = attachments::attach(tx, files, (request, message), author).await?;
    // Of a message that waited for too long they are gone.
    if attached == files.len() { Ok(()) } else { Err(Problem::field(FILES_FIELD, FieldCode::Missing)) }
}

/// A file of a message, for whoever may see its request.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::NotFound`].
pub async fn file(app: &App, caller: &Caller, file: AttachmentId) -> Result<(Attachment, Vec<u8>), Problem> {
    let now = app.clock.now();
    if let Ok(staff) = caller.staff() {
        let only = (!staff.roles().is_desk()).then(|| staff.id());
        let mut tx = app.db.staff().await?;
        let (number, file, content) = attachments::find(&mut tx, file).await?.ok_or(Problem::NotFound)?;
        requests::page::for_staff(&mut tx, only, number, now).await?.ok_or(Problem::NotFound)?;
        return Ok((file, content));
    }
    let member = caller.member()?;
    let mut tx = app.db.member(member.customer()).await?;
    let (number, file, content) = attachments::find(&mut tx, file).await?.ok_or(Problem::NotFound)?;
    requests::page::by_number(&mut tx, &member, number, now).await?.ok_or(Problem::NotFound)?;
    Ok((file, content))
}

/// Forgets files whose message was never written.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    attachments::forget_loose(&mut tx, app.clock.now() - WAITS).await?;
    Ok(tx.commit().await?)
}
