//! The account of minutes: entries are only ever added; the database numbers them and keeps their balances.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            calendar::to_local,
            ids::{ContractId, CustomerId, GrantId, InterventionId, StaffId},
            money::Money,
            numbers::{InterventionRef, RequestNumber},
        },
        minutes::{
            ledger::{Allocation, Draw, EntryKind, GrantBalance, Posting, StatementEntry},
            pools::PoolKind,
        },
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// Locks a customer's account until the transaction ends. Whoever spends locks first and reads then.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &mut Tx, customer: CustomerId) -> Result<(), DbError> {
    sqlx::query!("select customer_id from minute_account where customer_id = $1 for update", customer.0)
        .fetch_one(&mut **tx)
        .await?;
    Ok(())
}

/// What pays for an intervention so far, in the order of drawing.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn allocation(tx: &mut Tx, intervention: InterventionId) -> Result<Allocation, DbError> {
    let rows = sqlx::query!(
        r#"select grant_id as "grant: GrantId", -sum(minutes) as "drawn!: Natural",
                  sum(over_minutes) as "over!: Natural"
           from ledger_entry where intervention_id = $1
           group by grant_id having sum(minutes) <> 0 or sum(over_minutes) <> 0
           order by min(seq)"#,
        intervention.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut allocation = Allocation::default();
    for row in rows {
        match row.grant {
            Some(grant) => allocation.draws.push(Draw { grant, minutes: row.drawn.into() }),
            None => allocation.remainder = row.over.into(),
        }
    }
    Ok(allocation)
}

/// For what entries are posted: a version of an intervention's receipt.
#[derive(Debug, Clone, Copy)]
pub struct Cause<'a> {
    /// Whose account.
    pub customer: CustomerId,
    /// Which intervention.
    pub intervention: InterventionId,
    /// Which version of its receipt.
    pub version: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// The price of a minute beyond the grants, excluding VAT.
    pub rate: Money,
    /// Who closed or corrected it.
    pub by: StaffId,
    /// Why, for a correction.
    pub reason: &'a str,
}

/// Posts what [`settle`](crate::model::minutes::ledger::settle) says.
///
/// # Errors
/// When the database refuses an entry: it would take a grant below zero, or the receipt's version posted already.
pub async fn post(tx: &mut Tx, cause: &Cause<'_>, postings: &[Posting]) -> Result<(), DbError> {
    for posting in postings {
        let (kind, grant, minutes, over) = match *posting {
            Posting::Draw(draw) => (EntryKind::Draw, Some(draw.grant), -integer(draw.minutes)?, 0),
            Posting::Return(draw) => (EntryKind::Return, Some(draw.grant), integer(draw.minutes)?, 0),
            Posting::Charge(minutes) => (EntryKind::Charge, None, 0, integer(minutes)?),
            Posting::Waive(minutes) => (EntryKind::Waive, None, 0, -integer(minutes)?),
        };
        let place = grant.map_or_else(|| "money".to_owned(), |grant| grant.to_string());
        sqlx::query!(
            "insert into ledger_entry (customer_id, at, kind, grant_id, intervention_id, minutes, over_minutes, amount,
                                       source_kind, source_id, staff_id, reason)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 'receipt', $9, $10, $11)",
            cause.customer.0,
            cause.at,
            kind.code(),
            grant.map(|grant| grant.0),
            cause.intervention.0,
            minutes,
            over,
            cause.rate.haler() * i64::from(over),
            format!("{}:{}:{place}", cause.intervention, cause.version),
            cause.by.0,
            cause.reason
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Gives back minutes that returned to a grant which has expired: they leave it once more and come as a grant of their own.
///
/// # Errors
/// When the database fails.
pub async fn rescue(tx: &mut Tx, cause: &Cause<'_>, returned: Draw, expires_at: DateTime<Utc>) -> Result<(), DbError> {
    let source = format!("{}:{}:{}", cause.intervention, cause.version, returned.grant);
    sqlx::query!(
        "insert into ledger_entry (customer_id, at, kind, grant_id, minutes, source_kind, source_id, reason)
         values ($1, $2, 'expiry', $3, $4, 'expiry', $5, $6)",
        cause.customer.0,
        cause.at,
        returned.grant.0,
        -integer(returned.minutes)?,
        source,
        cause.reason
    )
    .execute(&mut **tx)
    .await?;
    let grant = NewGrant {
        customer: cause.customer,
        kind: PoolKind::Correction,
        minutes: returned.minutes,
        effective_at: cause.at,
        expires_at: Some(expires_at),
        source: &source,
        at: cause.at,
        reason: cause.reason,
        covers: None,
    };
    credit(tx, &grant).await?;
    Ok(())
}

/// Minutes of a bundle that change hands because of its payment: frozen, thawed, given back for money.
#[derive(Debug, Clone, Copy)]
pub struct Transfer<'a> {
    /// Whose account.
    pub customer: CustomerId,
    /// Of which grant.
    pub grant: GrantId,
    /// How many minutes.
    pub minutes: u32,
    /// What caused it: with the kind, the natural key by which nothing is posted twice.
    pub source: &'a str,
    /// Who decided it; nobody when it was Stripe.
    pub by: Option<StaffId>,
    /// Why.
    pub reason: &'a str,
    /// When.
    pub at: DateTime<Utc>,
}

/// Takes minutes from a grant over whose payment there is a dispute.
///
/// # Errors
/// When the database refuses it: there are not so many, or the source posted already.
pub async fn freeze(tx: &mut Tx, transfer: &Transfer<'_>) -> Result<(), DbError> {
    post_transfer(tx, EntryKind::Freeze, "dispute", transfer).await
}

/// Brings frozen minutes back.
///
/// # Errors
/// As [`freeze`].
pub async fn thaw(tx: &mut Tx, transfer: &Transfer<'_>) -> Result<(), DbError> {
    post_transfer(tx, EntryKind::Thaw, "dispute", transfer).await
}

/// Takes minutes from a grant that are given back for money.
///
/// # Errors
/// As [`freeze`].
pub async fn refund(tx: &mut Tx, transfer: &Transfer<'_>) -> Result<(), DbError> {
    post_transfer(tx, EntryKind::Refund, "refund", transfer).await
}

async fn post_transfer(
    tx: &mut Tx,
    kind: EntryKind,
    source_kind: &str,
    transfer: &Transfer<'_>,
) -> Result<(), DbError> {
    let minutes = integer(transfer.minutes)?;
    sqlx::query!(
        "insert into ledger_entry (customer_id, at, kind, grant_id, minutes, source_kind, source_id, staff_id, reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        transfer.customer.0,
        transfer.at,
        kind.code(),
        transfer.grant.0,
        if kind == EntryKind::Thaw { minutes } else { -minutes },
        source_kind,
        transfer.source,
        transfer.by.map(|staff| staff.0),
        transfer.reason
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Minutes to be credited.
#[derive(Debug, Clone, Copy)]
pub struct NewGrant<'a> {
    /// To whom.
    pub customer: CustomerId,
    /// Where they come from.
    pub kind: PoolKind,
    /// How many.
    pub minutes: u32,
    /// From when they can be drawn.
    pub effective_at: DateTime<Utc>,
    /// The first instant at which they no longer can.
    pub expires_at: Option<DateTime<Utc>>,
    /// Natural key within the kind: nothing credits twice.
    pub source: &'a str,
    /// When they are credited.
    pub at: DateTime<Utc>,
    /// Why, for a correction.
    pub reason: &'a str,
    /// Of a contract's allowance: which contract, and until when it covers the contract's time.
    pub covers: Option<(ContractId, DateTime<Utc>)>,
}

/// Credits minutes, unless their source has credited them before; tells whether it did now.
///
/// # Errors
/// When the database fails.
pub async fn credit(tx: &mut Tx, grant: &NewGrant<'_>) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into minute_grant (customer_id, kind, minutes, effective_at, expires_at, source, credited_at, reason,
                                   contract_id, covers_until)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing",
        grant.customer.0,
        grant.kind.code(),
        integer(grant.minutes)?,
        grant.effective_at,
        grant.expires_at,
        grant.source,
        grant.at,
        grant.reason,
        grant.covers.map(|(contract, _)| contract.0),
        grant.covers.map(|(_, until)| until)
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Customers with a contract that credits minutes and whose time is not covered at `now`.
///
/// # Errors
/// When the database fails.
pub async fn customers_to_credit(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<CustomerId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select c.customer_id as "customer!: CustomerId" from contract_terms c
           join contract k on k.id = c.id join customer x on x.id = c.customer_id
           where c.in_force @> $1::date and c.minutes_per_period > 0 and x.merged_into is null
             and (k.credited_until is null or k.credited_until <= $2)
             and not exists (select 1 from minute_grant g where g.contract_id = c.id and g.covers_until > $2)
           order by 1"#,
        to_local(now).date(),
        now
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Customers who have grants that expired after `since` and by `now` with minutes left in them, and when the first of those
/// expired.
///
/// An expiry waits for interventions that began before it and may still draw from the grant: open ones, and those closed
/// after `joinable_since` on which work may be resumed.
///
/// # Errors
/// When the database fails.
pub async fn customers_with_expired(
    tx: &mut Tx,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
    joinable_since: DateTime<Utc>,
) -> Result<Vec<(CustomerId, DateTime<Utc>)>, DbError> {
    let rows = sqlx::query!(
        r#"select g.customer_id as "customer!: CustomerId", min(g.expires_at) as "expired_at!" from grant_balance g
           where g.expires_at > $1 and g.expires_at <= $2 and g.left_minutes > 0
             and not may_still_draw(g.customer_id, g.expires_at, $3)
           group by 1 order by 1"#,
        since,
        now,
        joinable_since
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.customer, row.expired_at)).collect())
}

/// Posts the expiry of a customer's grants; the account must be [locked](lock).
///
/// # Errors
/// When the database fails.
pub async fn expire(
    tx: &mut Tx,
    customer: CustomerId,
    now: DateTime<Utc>,
    joinable_since: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into ledger_entry (customer_id, at, kind, grant_id, minutes, source_kind, source_id)
         select g.customer_id, $2, 'expiry', g.id, -g.left_minutes, 'expiry',
                g.id || ':' || (select max(e.seq) from ledger_entry e where e.grant_id = g.id)
         from grant_balance g
         where g.customer_id = $1 and g.expires_at <= $2 and g.left_minutes > 0
           and not may_still_draw(g.customer_id, g.expires_at, $3)
         order by g.expires_at, g.id",
        customer.0,
        now,
        joinable_since
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A grant that expires soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expiring {
    /// Which.
    pub id: GrantId,
    /// Whose.
    pub customer: CustomerId,
    /// Minutes credited.
    pub granted: u32,
    /// Minutes left.
    pub left: u32,
    /// From when they can be drawn.
    pub effective_at: DateTime<Utc>,
    /// When it expires.
    pub expires_at: DateTime<Utc>,
}

/// Grants with minutes left that expire between two instants and were not told about, the earliest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn expiring(tx: &mut Tx, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<Expiring>, DbError> {
    Ok(sqlx::query_as!(
        Expiring,
        r#"select g.id as "id!: GrantId", g.customer_id as "customer!: CustomerId", g.granted as "granted!: Natural",
                  g.left_minutes as "left!: Natural", g.effective_at as "effective_at!", g.expires_at as "expires_at!"
           from grant_balance g
           where g.expires_at > $1 and g.expires_at <= $2 and g.left_minutes > 0 and g.effective_at <= $1
             and g.expires_at - $1 <= (g.expires_at - g.effective_at) / 4
             and not exists (select 1 from alert a where a.customer_id = g.customer_id and a.kind = 'expiring'
                             and a.source = 'grant:' || g.id)
           order by g.expires_at limit 500"#,
        from,
        until
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The balance of an account just before `at`, in minutes.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn balance_before(tx: &mut Tx, customer: CustomerId, at: DateTime<Utc>) -> Result<u32, DbError> {
    let balance = sqlx::query_scalar!(
        r#"select balance_after as "balance: Natural" from ledger_entry
           where customer_id = $1 and at < $2 order by at desc, seq desc limit 1"#,
        customer.0,
        at
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(balance.map_or(0, u32::from))
}

/// The number of an account's latest entry; 0 before the first.
///
/// # Errors
/// When the database fails.
pub async fn last_seq(tx: &mut Tx, customer: CustomerId) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar!("select max(seq) from ledger_entry where customer_id = $1", customer.0)
        .fetch_one(&mut **tx)
        .await?
        .unwrap_or(0))
}

/// When the first entry of an account was posted.
///
/// # Errors
/// When the database fails.
pub async fn first_entry(tx: &mut Tx, customer: CustomerId) -> Result<Option<DateTime<Utc>>, DbError> {
    Ok(sqlx::query_scalar!("select at from ledger_entry where customer_id = $1 order by at limit 1", customer.0)
        .fetch_optional(&mut **tx)
        .await?)
}

/// The entries of an account from `from` until before `until`, the oldest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn entries(
    tx: &mut Tx,
    customer: CustomerId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<StatementEntry>, DbError> {
    let found = sqlx::query!(
        r#"select e.seq, e.at, e.kind as "kind: EntryKind", e.minutes, e.over_minutes, e.amount as "amount: Money",
                  e.balance_after as "balance_after: Natural", e.grant_id as "grant?: GrantId", g.kind as "pool?: PoolKind",
                  g.effective_at as "effective_at?", g.expires_at as "expires_at?", r.number as "number?: RequestNumber", i.ordinal as "ordinal?: Natural",
                  case when p.id is not null then array[p.name, p.name_en] end as "program?: Bilingual", e.reason
           from ledger_entry e
           left join minute_grant g on g.id = e.grant_id
           left join intervention i on i.id = e.intervention_id
           left join service_request r on r.id = i.request_id
           left join program p on p.id = r.program_id
           where e.customer_id = $1 and e.at >= $2 and e.at < $3
           order by e.seq"#,
        customer.0,
        from,
        until
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found
        .into_iter()
        .map(|row| StatementEntry {
            seq: row.seq,
            at: row.at,
            kind: row.kind,
            minutes: row.minutes,
            over_minutes: row.over_minutes,
            amount: row.amount,
            balance_after: row.balance_after.into(),
            grant: row.grant,
            pool: row.pool,
            effective_at: row.effective_at,
            expires_at: row.expires_at,
            intervention: row
                .number
                .zip(row.ordinal)
                .map(|(number, ordinal)| InterventionRef { number, ordinal: ordinal.into() }),
            program: row.program,
            reason: row.reason,
        })
        .collect())
}

/// Everything that is wrong with any account; empty when all is well.
///
/// # Errors
/// When the database fails.
pub async fn faults(tx: &mut Tx) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select 'customer ' || customer_id || ': ' || fault as "fault!" from ledger_faults() order by 1 limit 100"#
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The grants from which an intervention that starts at `start` may draw, with what is left of each; in no order.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn balances(tx: &mut Tx, customer: CustomerId, start: DateTime<Utc>) -> Result<Vec<GrantBalance>, DbError> {
    Ok(sqlx::query_as!(
        GrantBalance,
        r#"select id as "id!: GrantId", kind as "kind!: PoolKind", granted as "granted!: Natural",
                  left_minutes as "left!: Natural", effective_at as "effective_at!", expires_at
           from grant_balance
           where customer_id = $1 and effective_at <= $2 and (expires_at is null or expires_at > $2)"#,
        customer.0,
        start
    )
    .fetch_all(&mut **tx)
    .await?)
}
