//! Mails that came as the desk lists them, and one of them.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{
            ids::{CustomerId, InboundMailId, MemberId, RequestId},
            numbers::RequestNumber,
            paging::Page,
        },
        work::mail_in::{InboundRow, InboundState, WaitReason},
    },
    server::db::{DbError, Tx, codec::Natural, paging::limit},
};

/// How many mails there are of each state that any has.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn counts(tx: &mut Tx) -> Result<Vec<(InboundState, u32)>, DbError> {
    let rows = sqlx::query!(
        r#"select state as "state: InboundState", count(*) as "count!: Natural" from inbound_mail group by state"#
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut counts: Vec<_> = rows.into_iter().map(|row| (row.state, row.count.into())).collect();
    counts.sort_by_key(|(state, _)| *state);
    Ok(counts)
}

struct Row {
    id: InboundMailId,
    came_at: DateTime<Utc>,
    from_address: String,
    from_name: String,
    subject: String,
    state: InboundState,
    reason: Option<WaitReason>,
    request: Option<RequestNumber>,
    customer_name: String,
    phone: String,
    has_audio: bool,
    copies: Natural,
}

impl From<Row> for InboundRow {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            came_at: row.came_at,
            from_address: row.from_address,
            from_name: row.from_name,
            subject: row.subject,
            state: row.state,
            // Why it waited once is no news.
            reason: row.reason.filter(|_| row.state == InboundState::Waiting),
            request: row.request,
            customer_name: row.customer_name,
            phone: row.phone,
            has_audio: row.has_audio,
            copies: row.copies.into(),
        }
    }
}

macro_rules! select_rows {
    ($which:literal, $($parameter:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"select i.id as "id: InboundMailId", i.came_at, i.from_address, i.from_name, i.title as subject,
                      i.state as "state: InboundState", i.reason as "reason: WaitReason", r.number as "request?: RequestNumber",
                      coalesce(c.name, '') as "customer_name!", i.phone, i.has_audio, i.copies as "copies: Natural"
               from inbound_mail i left join customer c on c.id = i.customer_id
               left join service_request r on r.id = i.request_id "# + $which,
            $($parameter),*
        )
    };
}

/// A page of the mails of a state, the newest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_state(
    tx: &mut Tx,
    state: InboundState,
    after: Option<InboundMailId>,
    size: usize,
) -> Result<Page<InboundRow, InboundMailId>, DbError> {
    let found = select_rows!(
        "where i.state = $1 and ($2::bigint is null or i.id < $2) order by i.id desc limit $3",
        state.code(),
        after.map(|id| id.0),
        limit(size)
    );
    let found = found.fetch_all(&mut **tx).await?;
    Ok(Page::of(found, size, |last| last.id).map(Into::into))
}

/// The mails of a request, or of which it was made, the newest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_request(tx: &mut Tx, request: RequestId) -> Result<Vec<InboundRow>, DbError> {
    let found = select_rows!("where i.request_id = $1 order by i.id desc", request.0);
    Ok(found.fetch_all(&mut **tx).await?.into_iter().map(Into::into).collect())
}

/// The line of one mail.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn row(tx: &mut Tx, id: InboundMailId) -> Result<Option<InboundRow>, DbError> {
    Ok(select_rows!("where i.id = $1", id.0).fetch_optional(&mut **tx).await?.map(Into::into))
}

/// What else is known of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// What it says.
    pub said: String,
    /// Files that could not be taken over, a name each line.
    pub left_out: String,
    /// Whether it is still kept as it came.
    pub is_kept: bool,
    /// Whose it is.
    pub customer: Option<CustomerId>,
    /// Of whom.
    pub member: Option<MemberId>,
    /// The request.
    pub request: Option<RequestId>,
    /// To which address the mail went that was not delivered.
    pub bounced: Option<String>,
    /// About which request that was.
    pub bounced_about: Option<String>,
    /// Who of the desk has decided.
    pub decided_by: Option<String>,
    /// Why it was put aside.
    pub dismissal: String,
}

/// What else is known of a mail.
///
/// # Errors
/// When the database fails.
pub async fn details(tx: &mut Tx, id: InboundMailId) -> Result<Option<Details>, DbError> {
    Ok(sqlx::query_as!(
        Details,
        r#"select i.said, i.left_out, i.content is not null as "is_kept!", i.customer_id as "customer: CustomerId",
                  i.member_id as "member: MemberId", i.request_id as "request: RequestId", w.to_address as "bounced?",
                  w.about as "bounced_about?", s.name as "decided_by?", i.dismissal
           from inbound_mail i left join mail w on w.id = i.mail_id left join staff s on s.id = i.decided_by
           where i.id = $1"#,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}
