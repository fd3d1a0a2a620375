//! Files that go with messages about a request (design, Attachments).

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

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
        auth::{Caller, Member, Orderer},
        db::{
            Tx, act_for,
            locks::{self, Lock},
            ordering::{
                attachments::{self, Author, Kept},
                requests,
            },
        },
        files::{Bucket, BucketTrouble, NotAdmitted},
        incident,
        service::{line::limits, people::former},
    },
};

/// The field in which files are sent.
pub const FILES_FIELD: &str = "files";
/// For how long a file waits for its message.
const WAITS: TimeDelta = TimeDelta::hours(24);
/// For how long an object of the bucket may wait for its file: longer than sending it takes.
const OBJECT_WAITS: TimeDelta = TimeDelta::hours(1);
/// How many objects go at a time, at most.
const MOST_SWEPT: usize = 1_000;
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
    attachments::drop_of_draft(&mut tx, id, orderer.id(), &[]).await?;
    Ok(tx.commit().await?)
}

/// Keeps a file for a message about a request that its sender may write about, or for an order that they are writing.
///
/// # Errors
/// [`Problem::Invalid`] for what is no file that is taken; [`Problem::Limit`] when the customer's files take as much as may be;
/// [`Problem::Busy`] while it cannot be looked into; [`Problem::NotFound`].
pub async fn keep(app: &App, caller: &Caller, about: About, file: (&str, Vec<u8>)) -> Result<AttachmentId, Problem> {
    keep_at(app, Sender::Caller(caller, about), file).await
}

/// Keeps a file for a message about a request that somebody of its customer writes by mail.
///
/// # Errors
/// As [`keep`].
pub async fn keep_mailed(
    app: &App,
    member: &Member,
    number: RequestNumber,
    file: (&str, Vec<u8>),
) -> Result<AttachmentId, Problem> {
    keep_at(app, Sender::Mail(member, number), file).await
}

/// Who sends a file, and with what it goes.
#[derive(Clone, Copy)]
enum Sender<'a> {
    /// Whoever asks.
    Caller(&'a Caller, About),
    /// Somebody who writes by mail about a request.
    Mail(&'a Member, RequestNumber),
}

async fn keep_at(app: &App, sender: Sender<'_>, (name, sent): (&str, Vec<u8>)) -> Result<AttachmentId, Problem> {
    // Who may not write is told so before anything is looked into.
    drop(place(app, sender).await?);
    let admitted = app.files.admit(sent).await.map_err(refused)?;
    let id = AttachmentId(app.random.uuid());
    let name = kept_name(name, admitted.kind);
    let bytes = u32::try_from(admitted.content.len()).unwrap_or(u32::MAX);
    let kept = match app.files.bucket() {
        Some(bucket) => put(app, bucket, sender, (id, admitted.content)).await?,
        None => Kept::Here(admitted.content),
    };
    let (mut tx, customer, request, author) = place(app, sender).await?;
    locks::take(&mut tx, Lock::FilesOf(customer)).await?;
    let megabytes = attachments::megabytes(&mut tx, customer).await?;
    limits::admit_file(&mut tx, megabytes).await?;
    let file = Attachment { id, name, kind: admitted.kind, bytes };
    let now = app.clock.now();
    attachments::add(&mut tx, (&file, &kept), (customer, request), author, now).await?;
    tx.commit().await?;
    Ok(file.id)
}

/// Puts a file into the bucket, for a customer who has room for it. It is written down before, so that it is swept whatever ends this
/// before a file names it.
async fn put(
    app: &App,
    bucket: &Bucket,
    sender: Sender<'_>,
    (id, content): (AttachmentId, Vec<u8>),
) -> Result<Kept, Problem> {
    let (mut tx, customer, ..) = place(app, sender).await?;
    let megabytes = attachments::megabytes(&mut tx, customer).await?;
    limits::admit_file(&mut tx, megabytes).await?;
    drop(tx);
    let mut tx = app.db.system().await?;
    attachments::announce_object(&mut tx, id.0, app.clock.now()).await?;
    tx.commit().await?;
    let sha256 = Sha256::digest(&content).to_vec();
    bucket.put(id.0, content).await.map_err(|error| away(&error))?;
    Ok(Kept::Bucket { object: id.0, sha256 })
}

/// The bytes of a file, wherever they are; none that are not those which were kept.
///
/// # Errors
/// [`Problem::Busy`] while the bucket does not answer; [`Problem::NotFound`] for what is no longer in it.
pub async fn content(app: &App, kept: Kept) -> Result<Vec<u8>, Problem> {
    let (object, sha256) = match kept {
        Kept::Here(content) => return Ok(content),
        Kept::Bucket { object, sha256 } => (object, sha256),
    };
    let Some(bucket) = app.files.bucket() else {
        tracing::error!(%object, incident = incident::current(), "a file is in a bucket, and none is set up");
        return Err(Problem::Busy { retry_after_s: COME_AGAIN_S });
    };
    let content = bucket.get(object).await.map_err(|error| away(&error))?;
    let kept = content.filter(|content| Sha256::digest(content).as_slice() == sha256);
    if kept.is_none() {
        tracing::error!(%object, incident = incident::current(), "the bucket does not hold what was put there");
    }
    kept.ok_or(Problem::NotFound)
}

fn away(error: &BucketTrouble) -> Problem {
    tracing::error!(%error, incident = incident::current(), "the bucket of files");
    Problem::Busy { retry_after_s: COME_AGAIN_S }
}

/// A transaction of whoever may write about a request, and whose that is.
async fn place(app: &App, sender: Sender<'_>) -> Result<(Tx, CustomerId, RequestId, Author), Problem> {
    let now = app.clock.now();
    let (caller, number) = match sender {
        Sender::Mail(member, number) => return place_of_member(app, member, number).await,
        Sender::Caller(caller, About::Request(number)) => (caller, number),
        Sender::Caller(caller, About::Draft(id)) => {
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
    place_of_member(app, &caller.member()?, number).await
}

async fn place_of_member(
    app: &App,
    member: &Member,
    number: RequestNumber,
) -> Result<(Tx, CustomerId, RequestId, Author), Problem> {
    let mut tx = app.db.member(member.customer()).await?;
    let row = requests::page::by_number(&mut tx, member, number, app.clock.now()).await?.ok_or(Problem::NotFound)?;
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
        let (number, file, kept) = attachments::find(&mut tx, file).await?.ok_or(Problem::NotFound)?;
        requests::page::for_staff(&mut tx, only, number, now).await?.ok_or(Problem::NotFound)?;
        // Nothing of the database is held while a bucket is asked.
        drop(tx);
        return Ok((file, content(app, kept).await?));
    }
    let (file, kept) = read_by(app, &caller.member()?, file, now).await?;
    Ok((file, content(app, kept).await?))
}

/// A file as a member reads it: of the member's own customer, or of one that was merged into it.
async fn read_by(
    app: &App,
    member: &Member,
    file: AttachmentId,
    now: DateTime<Utc>,
) -> Result<(Attachment, Kept), Problem> {
    let own = find_as(app, member, file, now).await?;
    if let Some(found) = own {
        return Ok(found);
    }
    for (_, reader) in former::readers(app, member).await? {
        if let Some(found) = find_as(app, &reader, file, now).await? {
            return Ok(found);
        }
    }
    Err(Problem::NotFound)
}

async fn find_as(
    app: &App,
    member: &Member,
    file: AttachmentId,
    now: DateTime<Utc>,
) -> Result<Option<(Attachment, Kept)>, Problem> {
    let mut tx = app.db.member(member.customer()).await?;
    let Some((number, file, kept)) = attachments::find(&mut tx, file).await? else { return Ok(None) };
    let may_read = requests::page::by_number(&mut tx, member, number, now).await?.is_some();
    Ok(may_read.then_some((file, kept)))
}

/// Forgets files whose message was never written, and deletes from the bucket what no file names any longer: of those, of people who were
/// erased, and of what died between the bucket and the database.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer, [`Problem::Busy`] when the bucket does not.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    attachments::forget_loose(&mut tx, app.clock.now() - WAITS).await?;
    tx.commit().await?;
    let Some(bucket) = app.files.bucket() else { return Ok(()) };
    for _ in 0..MOST_SWEPT {
        let mut tx = app.db.system().await?;
        let Some(object) = attachments::forget_orphan(&mut tx, app.clock.now() - OBJECT_WAITS).await? else { break };
        // What is not deleted is not forgotten.
        bucket.delete(object).await.map_err(|error| away(&error))?;
        tx.commit().await?;
    }
    Ok(())
}

/// Whether files stand in a bucket that nobody has set up.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn lacks_bucket(app: &App) -> Result<bool, Problem> {
    if app.files.bucket().is_some() {
        return Ok(false);
    }
    let mut tx = app.db.system().await?;
    Ok(attachments::any_in_bucket(&mut tx).await?)
}
