//! Contracts and their history.

use std::ops::Bound;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{postgres::types::PgRange, types::Json};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            calendar::to_local,
            ids::{ContractId, CustomerId, StaffId},
            money::Money,
            paging::Page,
        },
        minutes::{
            contracts::{Contract, ContractTerms, ContractVersion, Period, Rollover},
            outlook::CoveredContract,
            pages::CustomerRow,
        },
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
        line::catalogue::tiers,
        paging::limit,
    },
};

macro_rules! select_terms {
    ($which:literal $(, $parameter:expr)*) => {
        sqlx::query_as!(
            TermsRow,
            r#"select id as "id: ContractId", number, valid, tier, minutes_per_period as "minutes_per_period: Natural",
                      period as "period: Period", rollover as "rollover: Rollover",
                      rate_per_minute as "rate_per_minute: Money",
                      urgent_rate_per_minute as "urgent_rate_per_minute!: Money",
                      minimum_minutes as "minimum_minutes: Natural", ceiling_minutes as "ceiling_minutes: Natural"
               from contract "# + $which
            $(, $parameter)*
        )
    };
}

/// The contract that is valid on `date`, if any.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn valid_at(
    tx: &mut Tx,
    customer: CustomerId,
    date: NaiveDate,
) -> Result<Option<(ContractId, ContractTerms)>, DbError> {
    select_terms!("where customer_id = $1 and valid @> $2::date", customer.0, date)
        .fetch_optional(&mut **tx)
        .await?
        .map(TermsRow::into_terms)
        .transpose()
}

/// Contracts that are valid on a day or later, with what of their time is covered.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn covered(tx: &mut Tx, customer: CustomerId, from: NaiveDate) -> Result<Vec<CoveredContract>, DbError> {
    let rows =
        select_terms!("where customer_id = $1 and valid && daterange($2::date, null) order by id", customer.0, from)
            .fetch_all(&mut **tx)
            .await?;
    let mut contracts = Vec::with_capacity(rows.len());
    for row in rows {
        let (id, terms) = row.into_terms()?;
        contracts.push(CoveredContract { terms, covered_until: covered_until(tx, id).await? });
    }
    Ok(contracts)
}

/// All contracts of a customer, the latest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_customer(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Contract>, DbError> {
    let rows =
        select_terms!("where customer_id = $1 order by lower(valid) desc", customer.0).fetch_all(&mut **tx).await?;
    let tiers = tiers(tx).await?;
    rows.into_iter()
        .map(|row| {
            let (id, terms) = row.into_terms()?;
            let tier = tiers.iter().find(|tier| tier.code == terms.tier).cloned();
            let tier = tier.ok_or_else(|| DbError::unknown("contract.tier", &terms.tier))?;
            Ok(Contract { id, customer, terms, tier })
        })
        .collect()
}

/// What a contract said, the latest version first.
///
/// # Errors
/// When the database fails or holds terms that cannot be read.
pub async fn versions(tx: &mut Tx, contract: ContractId) -> Result<Vec<ContractVersion>, DbError> {
    let found = sqlx::query!(
        r#"select v.version as "version: Natural", v.at, s.name as "by?", v.reason, v.terms as "terms: Json<ContractTerms>"
           from contract_version v left join staff s on s.id = v.staff_id
           where v.contract_id = $1 order by v.version desc"#,
        contract.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found
        .into_iter()
        .map(|row| ContractVersion {
            version: row.version.into(),
            at: row.at,
            by: row.by,
            reason: row.reason,
            terms: row.terms.0,
        })
        .collect())
}

/// A version of a contract to be written down.
#[derive(Debug, Clone, Copy)]
pub struct NewVersion<'a> {
    /// Whose.
    pub customer: CustomerId,
    /// Of which contract.
    pub contract: ContractId,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: StaffId,
    /// Why.
    pub reason: &'a str,
    /// The idempotency key of the form.
    pub key: Uuid,
}

/// Writes down what a contract says from now on.
///
/// # Errors
/// When the database fails.
pub async fn add_version(tx: &mut Tx, version: &NewVersion<'_>, terms: &ContractTerms) -> Result<(), DbError> {
    sqlx::query!(
        "insert into contract_version (contract_id, version, customer_id, at, staff_id, reason, terms, key)
         select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, $7 from contract_version where contract_id = $1",
        version.contract.0,
        version.customer.0,
        version.at,
        version.by.0,
        version.reason,
        serde_json::to_value(terms).map_err(|error| sqlx::Error::Encode(error.into()))?,
        version.key
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether the form with this key has been written already.
///
/// # Errors
/// When the database fails.
pub async fn is_written(tx: &mut Tx, key: Uuid) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select exists (select 1 from contract_version where key = $1) as "written!""#, key)
        .fetch_one(&mut **tx)
        .await?)
}

/// Writes a new contract.
///
/// # Errors
/// When the database refuses it: the number is used, or another contract is valid on one of its days.
pub async fn insert(tx: &mut Tx, customer: CustomerId, terms: &ContractTerms) -> Result<ContractId, DbError> {
    let id = sqlx::query_scalar!(
        "insert into contract (customer_id, number, valid, tier, minutes_per_period, period, rollover, rate_per_minute,
                               urgent_rate_per_minute, minimum_minutes, ceiling_minutes)
         values ($1, $2, daterange($3, $4, '[]'), $5, $6, $7, $8, $9, $10, $11, $12) returning id as \"id: ContractId\"",
        customer.0,
        terms.number,
        terms.valid_from,
        terms.valid_until,
        terms.tier,
        integer(terms.minutes_per_period)?,
        terms.period.code(),
        terms.rollover.code(),
        terms.rate_per_minute.haler(),
        terms.urgent_rate_per_minute.haler(),
        integer(terms.minimum_minutes)?,
        terms.ceiling_minutes.map(integer).transpose()?
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(id)
}

/// Writes what a contract says from now on; none when the customer has no such contract.
///
/// # Errors
/// As [`insert`].
pub async fn update(
    tx: &mut Tx,
    customer: CustomerId,
    id: ContractId,
    terms: &ContractTerms,
) -> Result<Option<ContractId>, DbError> {
    let id = sqlx::query_scalar!(
        "update contract set number = $3, valid = daterange($4, $5, '[]'), tier = $6, minutes_per_period = $7,
                period = $8, rollover = $9, rate_per_minute = $10, urgent_rate_per_minute = $11,
                minimum_minutes = $12, ceiling_minutes = $13
         where id = $1 and customer_id = $2 returning id as \"id: ContractId\"",
        id.0,
        customer.0,
        terms.number,
        terms.valid_from,
        terms.valid_until,
        terms.tier,
        integer(terms.minutes_per_period)?,
        terms.period.code(),
        terms.rollover.code(),
        terms.rate_per_minute.haler(),
        terms.urgent_rate_per_minute.haler(),
        integer(terms.minimum_minutes)?,
        terms.ceiling_minutes.map(integer).transpose()?
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(id)
}

/// Whether there is such a customer.
///
/// # Errors
/// When the database fails.
pub async fn is_customer(tx: &mut Tx, id: CustomerId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select exists (select from customer where id = $1) as "is_customer!""#, id.0)
        .fetch_one(&mut **tx)
        .await?)
}

/// A page of the customers whose name or IČO contains `search`, by name, with their contract of a day and what is left.
///
/// * `after` – the last customer of the page before
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn customers(
    tx: &mut Tx,
    search: &str,
    now: DateTime<Utc>,
    after: Option<CustomerId>,
    size: usize,
) -> Result<Page<CustomerRow, CustomerId>, DbError> {
    let found = sqlx::query_as!(
        CustomerRow,
        r#"select c.id as "id: CustomerId", c.name, k.number as "contract?", array[t.name, t.name_en] as "tier!: Bilingual",
                  (select coalesce(sum(g.left_minutes), 0)::int from grant_balance g
                   where g.customer_id = c.id and g.effective_at <= $3
                     and (g.expires_at is null or g.expires_at > $3)) as "minutes_left!: Natural"
           from customer c
           left join contract k on k.customer_id = c.id and k.valid @> $2::date
           join response_tier t on t.code = coalesce(k.tier, 'basic')
           where (position(searchable($1) in searchable(c.name)) > 0 or position($1 in c.ico) > 0)
             and ($4::bigint is null or (c.name, c.id) > (select x.name, x.id from customer x where x.id = $4))
           order by c.name, c.id limit $5"#,
        search,
        to_local(now).date(),
        now,
        after.map(|customer| customer.0),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::of(found, size, |customer| customer.id))
}

/// How many customers there are whose name or IČO contains `search`.
///
/// # Errors
/// When the database fails.
pub async fn customer_count(tx: &mut Tx, search: &str) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from customer c
           where position(searchable($1) in searchable(c.name)) > 0 or position($1 in c.ico) > 0"#,
        search
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// Until when the time of a contract is covered by what was credited; none when nothing was.
///
/// # Errors
/// When the database fails.
pub async fn covered_until(tx: &mut Tx, contract: ContractId) -> Result<Option<DateTime<Utc>>, DbError> {
    Ok(sqlx::query_scalar!("select max(covers_until) from minute_grant where contract_id = $1", contract.0)
        .fetch_one(&mut **tx)
        .await?)
}

struct TermsRow {
    id: ContractId,
    number: String,
    valid: PgRange<NaiveDate>,
    tier: String,
    minutes_per_period: u32,
    period: Period,
    rollover: Rollover,
    rate_per_minute: Money,
    urgent_rate_per_minute: Money,
    minimum_minutes: u32,
    ceiling_minutes: Option<Natural>,
}

impl TermsRow {
    fn into_terms(self) -> Result<(ContractId, ContractTerms), DbError> {
        let (valid_from, valid_until) = days(&self.valid)?;
        let terms = ContractTerms {
            number: self.number,
            valid_from,
            valid_until,
            tier: self.tier,
            minutes_per_period: self.minutes_per_period,
            period: self.period,
            rollover: self.rollover,
            rate_per_minute: self.rate_per_minute,
            urgent_rate_per_minute: self.urgent_rate_per_minute,
            minimum_minutes: self.minimum_minutes,
            ceiling_minutes: self.ceiling_minutes.map(u32::from),
        };
        Ok((self.id, terms))
    }
}

/// The first and the last day of a stored range; PostgreSQL keeps ranges of dates with the end excluded.
fn days(valid: &PgRange<NaiveDate>) -> Result<(NaiveDate, Option<NaiveDate>), DbError> {
    match (valid.start, valid.end) {
        (Bound::Included(from), Bound::Excluded(end)) => Ok((from, end.pred_opt())),
        (Bound::Included(from), Bound::Unbounded) => Ok((from, None)),
        _ => Err(DbError::unknown("contract.valid", "a range without a first day")),
    }
}
