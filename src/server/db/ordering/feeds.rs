//! Calendar feeds: whose an address is, and what it tells.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{CustomerId, LoginId, MemberId, RequestId, StaffId},
            numbers::RequestNumber,
        },
        ordering::{
            appointments::{AppointmentState, unmet_since},
            feeds::{FeedEntry, FeedReader, OwnFeed},
            offers::Slot,
        },
    },
    server::{
        auth::tokens::TokenHash,
        db::{DbError, Tx, codec::Natural},
    },
};

/// The feed of a sign-in.
///
/// # Errors
/// When the database fails.
pub async fn of(tx: &mut Tx, login: LoginId) -> Result<Option<(OwnFeed, TokenHash)>, DbError> {
    let found = sqlx::query!("select busy_only, made_at, token_hash from calendar_feed where login_id = $1", login.0);
    let row = found.fetch_optional(&mut **tx).await?;
    row.map(|row| {
        let hash = row.token_hash.try_into().map_err(|_| DbError::unknown("calendar_feed.token_hash", "its length"))?;
        Ok((OwnFeed { busy_only: row.busy_only, made_at: row.made_at }, TokenHash(hash)))
    })
    .transpose()
}

/// Gives a sign-in an address, in the place of the one before; false where this form has done so already.
///
/// * `form` – its key
///
/// # Errors
/// When the database fails.
pub async fn put(
    tx: &mut Tx,
    login: LoginId,
    token: TokenHash,
    busy_only: bool,
    form: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into calendar_feed as f (login_id, token_hash, busy_only, form_key, made_at) values ($1, $2, $3, $4, $5)
         on conflict (login_id) do update set token_hash = $2, busy_only = $3, form_key = $4, made_at = $5
         where f.form_key <> $4",
        login.0,
        &token.0[..],
        busy_only,
        form,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends the feed of a sign-in, if there is one.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, login: LoginId) -> Result<(), DbError> {
    sqlx::query!("delete from calendar_feed where login_id = $1", login.0).execute(&mut **tx).await?;
    Ok(())
}

/// Whose feed an address is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedOwner {
    /// The sign-in.
    pub login: LoginId,
    /// The person.
    pub person: FeedPerson,
    /// The language that the person reads.
    pub language: String,
    /// Whether it tells that somebody is busy, and nothing else.
    pub busy_only: bool,
}

/// Of whose times it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedPerson {
    /// What a customer's person ordered.
    Member {
        /// The organisation.
        customer: CustomerId,
        /// The person.
        member: MemberId,
        /// The number of the line that this person calls.
        line_phone: String,
    },
    /// What a person of the vendor is to do.
    Staff(StaffId),
}

/// Whose the feed of a secret is; nobody's whose person is not let in any more.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn owner(tx: &mut Tx, token: TokenHash, now: DateTime<Utc>) -> Result<Option<FeedOwner>, DbError> {
    let found = sqlx::query!(
        r#"select f.login_id as "login: LoginId", f.busy_only, l.language, s.id as "staff?: StaffId",
                  m.id as "member?: MemberId", m.customer_id as "customer?: CustomerId",
                  coalesce(line_phone(m.customer_id, $2), '') as "line_phone!"
           from calendar_feed f
           join login l on l.id = f.login_id
           left join (member m join customer c on c.id = m.customer_id and c.active) on m.id = l.member_id and m.active
           left join staff s on s.id = l.staff_id and s.active
           where f.token_hash = $1 and num_nonnulls(m.id, s.id) = 1"#,
        &token.0[..],
        now
    );
    let Some(row) = found.fetch_optional(&mut **tx).await? else { return Ok(None) };
    let person = match (row.staff, row.member.zip(row.customer)) {
        (Some(staff), _) => FeedPerson::Staff(staff),
        (None, Some((member, customer))) => FeedPerson::Member { customer, member, line_phone: row.line_phone },
        (None, None) => return Ok(None),
    };
    Ok(Some(FeedOwner { login: row.login, person, language: row.language, busy_only: row.busy_only }))
}

/// What stands in the rows of both queries below.
struct EntryRow {
    request: RequestId,
    number: RequestNumber,
    sequence: Natural,
    said_at: DateTime<Utc>,
    slot: Slot,
    state: AppointmentState,
    program: Bilingual,
    work_type: Bilingual,
    contact_name: String,
    contact_phone: String,
    customer: String,
    computers: Vec<String>,
}

impl EntryRow {
    fn entry(self, reader: FeedReader) -> FeedEntry {
        FeedEntry {
            uid: self.request.calendar_uid(),
            sequence: self.sequence.into(),
            said_at: self.said_at,
            slot: self.slot,
            state: self.state,
            number: self.number,
            program: self.program,
            work_type: self.work_type,
            contact_name: self.contact_name,
            reader,
        }
    }
}

/// Selects the latest agreed time `a` of requests `r` as it stands at a moment, in the order of time; the macro's text says which,
/// its parameters numbered from 3. One whose time has just passed unmet counts as called off, whether or not that has been
/// written down.
macro_rules! select_entries {
    ($now:ident, $from:ident, $latest:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            EntryRow,
            r#"select r.id as "request: RequestId", r.number as "number!: RequestNumber",
                      r.sequence + is_unmet(a.state, a.during, a.attempted_at, $1)::int as "sequence!: Natural",
                      coalesce((select max(e.at) from request_event e where e.request_id = r.id), r.created_at) as "said_at!",
                      a.during as "slot!: Slot",
                      appointment_state(a.state, a.during, a.attempted_at, $1) as "state!: AppointmentState",
                      array[p.name, p.name_en] as "program!: Bilingual",
                      array[w.name, w.name_en] as "work_type!: Bilingual", r.contact_name as "contact_name!",
                      r.contact_phone as "contact_phone!", c.name as customer,
                      array(select k.name || ' ' || k.teamviewer_id
                            from computer_program o join computer k on k.id = o.computer_id
                            where o.customer_id = r.customer_id and o.program_id = r.program_id
                            order by k.name, k.id) as "computers!"
               from "# + $latest + r#"
               join customer c on c.id = r.customer_id
               join program p on p.id = r.program_id
               join work_type w on w.id = r.work_type_id
               where r.number is not null and upper(a.during) > $2
               order by a.during, r.number"#,
            unmet_since($now),
            $from
            $(, $argument)*
        )
    };
}

/// What a member has ordered, of times that end after `from`.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_member(
    tx: &mut Tx,
    (customer, member): (CustomerId, MemberId),
    line_phone: &str,
    from: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<FeedEntry>, DbError> {
    let found = select_entries!(
        now,
        from,
        "service_request r
         join lateral (
             select during, state, attempted_at from appointment
             where request_id = r.id and state <> 'held'
             order by (state in ('confirmed', 'running')) desc, id desc limit 1) a
             on r.customer_id = $3 and r.member_id = $4",
        customer.0,
        member.0
    );
    let rows = found.fetch_all(&mut **tx).await?.into_iter();
    Ok(rows.map(|row| row.entry(FeedReader::Member { line_phone: line_phone.to_owned() })).collect())
}

/// What a technician is to do and did, of times that end after `from`. A time that another one has taken over is called off here.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_technician(
    tx: &mut Tx,
    technician: StaffId,
    from: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<FeedEntry>, DbError> {
    let found = select_entries!(
        now,
        from,
        "(select distinct on (request_id) request_id, during, state, attempted_at from appointment
          where technician_id = $3 and state <> 'held' and during && tstzrange($2, null)
          order by request_id, (state in ('confirmed', 'running')) desc, id desc) a
         join service_request r on r.id = a.request_id",
        technician.0
    );
    let rows = found.fetch_all(&mut **tx).await?.into_iter();
    Ok(rows
        .map(|mut row| {
            let reader = FeedReader::Technician {
                customer: std::mem::take(&mut row.customer),
                contact_phone: std::mem::take(&mut row.contact_phone),
                computers: std::mem::take(&mut row.computers),
            };
            row.entry(reader)
        })
        .collect())
}

/// Since when a feed says what it says now.
///
/// * `digest` – the SHA-256 of that
///
/// # Errors
/// When the database fails.
pub async fn shown_since(
    tx: &mut Tx,
    login: LoginId,
    digest: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, DbError> {
    let known = sqlx::query_scalar!(
        "select since from calendar_feed_shown where login_id = $1 and digest = $2",
        login.0,
        &digest[..]
    );
    if let Some(since) = known.fetch_optional(&mut **tx).await? {
        return Ok(since);
    }
    // Of one that is ended meanwhile nothing is noted.
    sqlx::query!(
        "insert into calendar_feed_shown (login_id, digest, since)
         select login_id, $2, $3 from calendar_feed where login_id = $1
         on conflict (login_id) do update set digest = $2, since = $3",
        login.0,
        &digest[..],
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(now)
}
