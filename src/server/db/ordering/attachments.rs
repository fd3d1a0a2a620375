//! Files that go with messages about a request.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            ids::{AttachmentId, CustomerId, MemberId, MessageId, RequestId, StaffId},
            numbers::RequestNumber,
        },
        ordering::attachments::{ATTACHMENTS_MAX, Attachment, AttachmentKind},
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// Whose a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// Somebody of the customer.
    Member(MemberId),
    /// Somebody of the vendor.
    Staff(StaffId),
}

impl Author {
    const fn columns(self) -> (Option<i64>, Option<i64>) {
        match self {
            Self::Member(id) => (Some(id.0), None),
            Self::Staff(id) => (None, Some(id.0)),
        }
    }
}

/// Where the bytes of a file are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// In the row.
    Here(Vec<u8>),
    /// In the bucket.
    Bucket {
        /// The object.
        object: Uuid,
        /// The SHA-256 of what was put there.
        sha256: Vec<u8>,
    },
}

/// How many megabytes the files of a customer take, begun ones whole.
///
/// # Errors
/// When the database fails.
pub async fn megabytes(tx: &mut Tx, customer: CustomerId) -> Result<u32, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select (coalesce(sum(bytes::bigint), 0) / 1048576)::int as "megabytes!: Natural" from attachment where customer_id = $1"#,
        customer.0
    )
    .fetch_one(&mut **tx)
    .await?
    .into())
}

/// Keeps a file that belongs to no message yet.
///
/// # Errors
/// When the database fails.
pub async fn add(
    tx: &mut Tx,
    (file, kept): (&Attachment, &Kept),
    (customer, request): (CustomerId, RequestId),
    author: Author,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let (member, staff) = author.columns();
    let (content, object, sha256) = match kept {
        Kept::Here(content) => (Some(content.as_slice()), None, None),
        Kept::Bucket { object, sha256 } => (None, Some(*object), Some(sha256.as_slice())),
    };
    sqlx::query!(
        "insert into attachment (id, customer_id, request_id, member_id, staff_id, at, name, kind, bytes, content, object_id,
                                 object_sha256)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        file.id.0,
        customer.0,
        request.0,
        member,
        staff,
        now,
        file.name,
        file.kind.code(),
        integer(file.bytes)?,
        content,
        object,
        sha256
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives files that their author has sent to a message about the same request; how many it were.
///
/// # Errors
/// When the database fails.
pub async fn attach(
    tx: &mut Tx,
    files: &[AttachmentId],
    (request, message): (RequestId, MessageId),
    author: Author,
) -> Result<usize, DbError> {
    let (member, staff) = author.columns();
    let files: Vec<_> = files.iter().map(|file| file.0).collect();
    let done = sqlx::query!(
        "update attachment set event_id = $3, position = array_position($1::uuid[], id)
         where id = any ($1) and request_id = $2 and event_id is null
           and (member_id = $4 or staff_id = $5)",
        &files,
        request.0,
        message.0,
        member,
        staff
    )
    .execute(&mut **tx)
    .await?;
    Ok(usize::try_from(done.rows_affected()).unwrap_or(usize::MAX))
}

/// The files that a member has sent for an order that is being written, the first first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_draft(tx: &mut Tx, draft: RequestId, member: MemberId) -> Result<Vec<Attachment>, DbError> {
    let rows = sqlx::query!(
        r#"select id as "id: AttachmentId", name, kind as "kind: AttachmentKind", bytes as "bytes!: Natural"
           from attachment where request_id = $1 and member_id = $2 and event_id is null order by at, id"#,
        draft.0,
        member.0
    );
    let files = rows.fetch_all(&mut **tx).await?.into_iter();
    Ok(files.map(|row| Attachment { id: row.id, name: row.name, kind: row.kind, bytes: row.bytes.into() }).collect())
}

/// Takes them back, but for some.
///
/// # Errors
/// When the database fails.
pub async fn drop_of_draft(
    tx: &mut Tx,
    draft: RequestId,
    member: MemberId,
    but: &[AttachmentId],
) -> Result<(), DbError> {
    let but: Vec<Uuid> = but.iter().map(|id| id.0).collect();
    sqlx::query!(
        "delete from attachment where request_id = $1 and member_id = $2 and event_id is null and id <> all ($3)",
        draft.0,
        member.0,
        &but
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Lets the files that were kept for an order go with it, as it is sent: no more than go with a message.
///
/// # Errors
/// When the database fails.
pub async fn attach_to_order(tx: &mut Tx, order: RequestId, member: MemberId) -> Result<(), DbError> {
    sqlx::query!(
        "update attachment a set event_id = e.id, position = kept.place
         from (select max(id) as id from request_event where request_id = $1 and kind = 'ordered') e,
              (select id, row_number() over (order by at, id) as place from attachment
               where request_id = $1 and member_id = $2 and event_id is null) kept
         where a.id = kept.id and kept.place <= $3 and e.id is not null",
        order.0,
        member.0,
        i64::try_from(ATTACHMENTS_MAX).unwrap_or(i64::MAX)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The files of a request's messages, in order.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_request(tx: &mut Tx, request: RequestId) -> Result<HashMap<MessageId, Vec<Attachment>>, DbError> {
    let rows = sqlx::query!(
        r#"select event_id as "message!: MessageId", id as "id: AttachmentId", name, kind as "kind: AttachmentKind",
                  bytes as "bytes!: Natural"
           from attachment where request_id = $1 and event_id is not null order by event_id, position"#,
        request.0
    );
    let mut files: HashMap<MessageId, Vec<Attachment>> = HashMap::new();
    for row in rows.fetch_all(&mut **tx).await? {
        let file = Attachment { id: row.id, name: row.name, kind: row.kind, bytes: row.bytes.into() };
        files.entry(row.message).or_default().push(file);
    }
    Ok(files)
}

/// A file of a message with where its content is, and the request that it is about; none where there is none, or it belongs to no message yet.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn find(tx: &mut Tx, file: AttachmentId) -> Result<Option<(RequestNumber, Attachment, Kept)>, DbError> {
    let row = sqlx::query!(
        r#"select r.number as "number!: RequestNumber", a.id as "id: AttachmentId", a.name,
                  a.kind as "kind: AttachmentKind", a.bytes as "bytes!: Natural", a.content,
                  a.object_id, a.object_sha256
           from attachment a join service_request r on r.id = a.request_id
           where a.id = $1 and a.event_id is not null"#,
        file.0
    );
    let Some(row) = row.fetch_optional(&mut **tx).await? else { return Ok(None) };
    let kept = match (row.content, row.object_id, row.object_sha256) {
        (Some(content), ..) => Kept::Here(content),
        (None, Some(object), Some(sha256)) => Kept::Bucket { object, sha256 },
        (None, ..) => return Err(DbError::unknown("attachment.content", "nothing")),
    };
    let file = Attachment { id: row.id, name: row.name, kind: row.kind, bytes: row.bytes.into() };
    Ok(Some((row.number, file, kept)))
}

/// The files that a member has sent, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_member(tx: &mut Tx, member: MemberId) -> Result<Vec<AttachmentId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: AttachmentId" from attachment where member_id = $1 and event_id is not null order by at, id"#,
        member.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Forgets files whose message was never written.
///
/// # Errors
/// When the database fails.
pub async fn forget_loose(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("delete from attachment where event_id is null and at < $1", before).execute(&mut **tx).await?;
    Ok(())
}

/// Writes an object down that is about to be put into the bucket.
///
/// # Errors
/// When the database fails.
pub async fn announce_object(tx: &mut Tx, object: Uuid, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!("insert into bucket_object (id, at) values ($1, $2)", object, now).execute(&mut **tx).await?;
    Ok(())
}

/// Forgets one object that no file names and that was put there before an instant, and says which. The row is locked until the
/// transaction ends: it is to end once the object is gone. A file that comes meanwhile for it is refused.
///
/// # Errors
/// When the database fails.
pub async fn forget_orphan(tx: &mut Tx, before: DateTime<Utc>) -> Result<Option<Uuid>, DbError> {
    Ok(sqlx::query_scalar!(
        "delete from bucket_object
         where id = (select o.id from bucket_object o
                     where o.at < $1 and not exists (select from attachment where object_id = o.id)
                     order by o.at, o.id limit 1
                     for update skip locked)
         returning id",
        before
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Whether any file stands in a bucket.
///
/// # Errors
/// When the database fails.
pub async fn any_in_bucket(tx: &mut Tx) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select exists (select from attachment where object_id is not null) as "any!""#)
        .fetch_one(&mut **tx)
        .await?)
}
