//! Contracts: what each says, from which day on, and whom it ties.

pub mod files;
pub mod versions;

use std::{collections::HashMap, ops::Bound};

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::postgres::types::PgRange;

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            calendar::to_local,
            ids::{ContractId, CustomerId},
            money::Money,
            paging::{Page, Queue},
        },
        minutes::{
            contracts::{Contract, ContractTerms, EndingContract, Fee, FeeDay, Period, Rollover},
            outlook::CoveredContract,
        },
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
        line::catalogue::tiers,
        paging::{limit, queue},
    },
};

macro_rules! select_terms {
    ($which:literal $(, $parameter:expr)*) => {
        select_terms!(from "contract_terms ", $which $(, $parameter)*)
    };
    (from $source:literal, $which:literal $(, $parameter:expr)*) => {
        sqlx::query_as!(
            TermsRow,
            r#"select id as "id!: ContractId", number as "number!", valid as "valid!", since as "since!", tier as "tier!",
                      minutes_per_period as "minutes_per_period!: Natural", period as "period!: Period",
                      rollover as "rollover!: Rollover", rate_per_minute as "rate_per_minute!: Money",
                      urgent_rate_per_minute as "urgent_rate_per_minute!: Money",
                      minimum_minutes as "minimum_minutes!: Natural", ceiling_minutes as "ceiling_minutes: Natural",
                      fee as "fee: Money", fee_period as "fee_period: Period", fee_day as "fee_day!: Natural"
               from "# + $source + $which
            $(, $parameter)*
        )
    };
}

/// The contract by which minutes are credited on `date`, if any, with the terms that are in force then; none of a customer who was merged
/// into another one, where it goes on.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn crediting_at(
    tx: &mut Tx,
    customer: CustomerId,
    date: NaiveDate,
) -> Result<Option<(ContractId, ContractTerms)>, DbError> {
    let found = select_terms!(
        "where customer_id = $1 and in_force @> $2::date
           and exists (select from customer x where x.id = $1 and x.merged_into is null)",
        customer.0,
        date
    );
    found.fetch_optional(&mut **tx).await?.map(TermsRow::into_terms).transpose()
}

/// Contracts that are valid on a day or later, with what of their time is covered, as far as amendments were known at an instant.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn covered_known(
    tx: &mut Tx,
    customer: CustomerId,
    from: NaiveDate,
    known: DateTime<Utc>,
) -> Result<Vec<CoveredContract>, DbError> {
    let rows = select_terms!(
        from "contract_terms_known($3) ",
        "where customer_id = $1 and valid && daterange($2::date, null) and not isempty(in_force) order by id, since",
        customer.0,
        from,
        known
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    with_what_is_covered(tx, rows).await
}

async fn with_what_is_covered(tx: &mut Tx, rows: Vec<TermsRow>) -> Result<Vec<CoveredContract>, DbError> {
    let contracts = by_contract(rows)?;
    let until = covered_until(tx, &ids(&contracts)).await?;
    let covered = |(id, terms)| CoveredContract { terms, covered_until: until.get(&id).copied() };
    Ok(contracts.into_iter().map(covered).collect())
}

/// Until when the time of each contract is covered by what was credited, here or where it comes from; nothing of those for which nothing
/// was.
///
/// # Errors
/// When the database fails.
pub async fn covered_until(
    tx: &mut Tx,
    contracts: &[ContractId],
) -> Result<HashMap<ContractId, DateTime<Utc>>, DbError> {
    let rows = sqlx::query!(
        r#"select k.id as "contract: ContractId", greatest(k.credited_until, max(g.covers_until)) as until
           from contract k left join minute_grant g on g.contract_id = k.id
           where k.id = any($1) group by k.id"#,
        &contracts.iter().map(|id| id.0).collect::<Vec<_>>()
    );
    Ok(rows.fetch_all(&mut **tx).await?.into_iter().filter_map(|row| Some((row.contract, row.until?))).collect())
}

fn ids(contracts: &[(ContractId, Vec<ContractTerms>)]) -> Vec<ContractId> {
    contracts.iter().map(|(id, _)| *id).collect()
}

/// What each contract says, by the day from which it says it; the rows stand in that order.
fn by_contract(rows: Vec<TermsRow>) -> Result<Vec<(ContractId, Vec<ContractTerms>)>, DbError> {
    let mut contracts: Vec<(ContractId, Vec<ContractTerms>)> = Vec::new();
    for row in rows {
        let (id, terms) = row.into_terms()?;
        match contracts.last_mut().filter(|(last, _)| *last == id) {
            Some((_, all)) => all.push(terms),
            None => contracts.push((id, vec![terms])),
        }
    }
    Ok(contracts)
}

/// All contracts of a customer as they stand at an instant, the latest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_customer(tx: &mut Tx, customer: CustomerId, now: DateTime<Utc>) -> Result<Vec<Contract>, DbError> {
    let today = to_local(now).date();
    let rows = select_terms!(
        "where customer_id = $1 and not isempty(in_force) order by lower(valid) desc, id, since",
        customer.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let tiers = tiers(tx, now).await?;
    let found = by_contract(rows)?;
    let versions = versions::latest(tx, &ids(&found)).await?;
    let mut files = files::of(tx, &ids(&found)).await?;
    let mut contracts = Vec::new();
    for (id, all) in found {
        // Of what has not begun, the first; of what is over, the last.
        let begun = all.iter().rposition(|terms| terms.in_force_from() <= today).unwrap_or(0);
        let (terms, to_come) = (all[begun].clone(), all[begun + 1..].to_vec());
        let tier = tiers.iter().find(|tier| tier.code == terms.tier).cloned();
        let tier = tier.ok_or_else(|| DbError::unknown("contract.tier", &terms.tier))?;
        let version = versions.get(&id).copied().unwrap_or(0);
        contracts.push(Contract {
            id,
            customer,
            terms,
            tier,
            to_come,
            version,
            files: files.remove(&id).unwrap_or_default(),
        });
    }
    Ok(contracts)
}

/// What each of some contracts says from its first day, whatever has been amended from that day on.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn first_wordings(
    tx: &mut Tx,
    contracts: &[ContractId],
) -> Result<HashMap<ContractId, ContractTerms>, DbError> {
    let ids: Vec<i64> = contracts.iter().map(|id| id.0).collect();
    let rows = select_terms!(
        from "(select id, number, valid, lower(valid) as since, tier, minutes_per_period, period, rollover, rate_per_minute,
                      urgent_rate_per_minute, minimum_minutes, ceiling_minutes, fee, fee_period, fee_day from contract) as original ",
        "where id = any($1)",
        &ids
    );
    rows.fetch_all(&mut **tx).await?.into_iter().map(TermsRow::into_terms).collect()
}

/// All that each of some contracts says and said before it came from another customer, by the day from which it says it; nothing of those
/// that have not.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn terms_since_before(
    tx: &mut Tx,
    contracts: &[ContractId],
) -> Result<HashMap<ContractId, Vec<ContractTerms>>, DbError> {
    let ids: Vec<i64> = contracts.iter().map(|id| id.0).collect();
    let rows = select_terms!(
        from "(select k.id, k.number, daterange(k.first_day, upper(k.valid)) as valid, k.first_day as since, k.tier, k.minutes_per_period,
                      k.period, k.rollover, k.rate_per_minute, k.urgent_rate_per_minute, k.minimum_minutes, k.ceiling_minutes, k.fee,
                      k.fee_period, k.fee_day
               from contract k
               where k.first_day is not null
                 and not exists (select from contract_amendment a where a.contract_id = k.id and a.from_day <= k.first_day)
               union all
               select k.id, k.number, daterange(k.first_day, upper(k.valid)), a.from_day, a.tier, a.minutes_per_period,
                      a.period, a.rollover, a.rate_per_minute, a.urgent_rate_per_minute, a.minimum_minutes, a.ceiling_minutes, a.fee,
                      a.fee_period, a.fee_day
               from contract k join contract_amendment a on a.contract_id = k.id
               where k.first_day is not null) as said ",
        "where id = any($1) order by id, since",
        &ids
    );
    Ok(by_contract(rows.fetch_all(&mut **tx).await?)?.into_iter().collect())
}

/// A contract of a customer as it stands at an instant.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn find(
    tx: &mut Tx,
    customer: CustomerId,
    id: ContractId,
    now: DateTime<Utc>,
) -> Result<Option<Contract>, DbError> {
    Ok(of_customer(tx, customer, now).await?.into_iter().find(|contract| contract.id == id))
}

/// All that each of some contracts says, by the day from which it says it.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn all_terms(
    tx: &mut Tx,
    contracts: &[ContractId],
) -> Result<HashMap<ContractId, Vec<ContractTerms>>, DbError> {
    let ids: Vec<i64> = contracts.iter().map(|id| id.0).collect();
    let rows = select_terms!("where id = any($1) and not isempty(in_force) order by id, since", &ids);
    Ok(by_contract(rows.fetch_all(&mut **tx).await?)?.into_iter().collect())
}

/// Contracts that end between two days, both included, and are followed by none, the first to end first.
///
/// # Errors
/// When the database fails.
pub async fn ending(
    tx: &mut Tx,
    from: NaiveDate,
    until: NaiveDate,
    at_most: i64,
) -> Result<Queue<EndingContract>, DbError> {
    let found = sqlx::query!(
        r#"select k.id as "contract: ContractId", k.customer_id as "customer: CustomerId", c.name, k.number,
                  upper(k.valid) - 1 as "last_day!", count(*) over () as "total!: Natural"
           from contract k join customer c on c.id = k.customer_id and c.active
           where not upper_inf(k.valid) and upper(k.valid) > $1 and upper(k.valid) <= $2::date + 1 and not k.called_off
             and not exists (select from contract n
                             where n.customer_id = k.customer_id and not n.called_off and upper(k.valid) <= lower(n.valid))
           order by upper(k.valid), c.name, k.id limit $3"#,
        from,
        until,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(queue(
        found,
        |row| row.total,
        |row| EndingContract {
            contract: row.contract,
            customer: row.customer,
            name: row.name,
            number: row.number,
            last_day: row.last_day,
        },
    ))
}

/// Writes a new contract.
///
/// # Errors
/// When the database refuses it: the number is used, or another contract is valid on one of its days.
pub async fn insert(tx: &mut Tx, customer: CustomerId, terms: &ContractTerms) -> Result<ContractId, DbError> {
    let id = sqlx::query_scalar!(
        "insert into contract (customer_id, number, valid, tier, minutes_per_period, period, rollover, rate_per_minute,
                               urgent_rate_per_minute, minimum_minutes, ceiling_minutes, fee, fee_period, fee_day)
         values ($1, $2, daterange($3, $4, '[]'), $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning id as \"id: ContractId\"",
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
        terms.ceiling_minutes.map(integer).transpose()?,
        terms.fee.map(|fee| fee.amount.haler()),
        terms.fee.map(|fee| fee.period.code()),
        integer(terms.fee.map(|fee| fee.day).unwrap_or_default().number())?
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(id)
}

/// Writes what a contract says from a day on. What another amendment said from that same day is replaced; what one says from a
/// later day stays.
///
/// # Errors
/// When the database fails.
pub async fn amend(
    tx: &mut Tx,
    customer: CustomerId,
    id: ContractId,
    from: NaiveDate,
    terms: &ContractTerms,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into contract_amendment (contract_id, customer_id, from_day, tier, minutes_per_period, period, rollover,
                rate_per_minute, urgent_rate_per_minute, minimum_minutes, ceiling_minutes, fee, fee_period, known_since, fee_day)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         on conflict (contract_id, from_day) do update set tier = $4, minutes_per_period = $5, period = $6, rollover = $7,
                rate_per_minute = $8, urgent_rate_per_minute = $9, minimum_minutes = $10, ceiling_minutes = $11, fee = $12,
                fee_period = $13, known_since = $14, fee_day = $15",
        id.0,
        customer.0,
        from,
        terms.tier,
        integer(terms.minutes_per_period)?,
        terms.period.code(),
        terms.rollover.code(),
        terms.rate_per_minute.haler(),
        terms.urgent_rate_per_minute.haler(),
        integer(terms.minimum_minutes)?,
        terms.ceiling_minutes.map(integer).transpose()?,
        terms.fee.map(|fee| fee.amount.haler()),
        terms.fee.map(|fee| fee.period.code()),
        now,
        integer(terms.fee.map(|fee| fee.day).unwrap_or_default().number())?
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes back what a contract would have said from a day to come on; whether there was such an amendment.
///
/// # Errors
/// When the database fails.
pub async fn withdraw_amendment(
    tx: &mut Tx,
    customer: CustomerId,
    id: ContractId,
    from: NaiveDate,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "delete from contract_amendment where contract_id = $1 and customer_id = $2 and from_day = $3",
        id.0,
        customer.0,
        from
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a contract's number and its last day, none for an indefinite time.
///
/// # Errors
/// As [`insert`].
pub async fn set_validity(
    tx: &mut Tx,
    customer: CustomerId,
    id: ContractId,
    number: &str,
    until: Option<NaiveDate>,
) -> Result<(), DbError> {
    sqlx::query!(
        "update contract set number = $3, valid = daterange(lower(valid), $4, '[]') where id = $1 and customer_id = $2",
        id.0,
        customer.0,
        number,
        until
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
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

/// A customer in a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCustomer {
    /// Which.
    pub id: CustomerId,
    /// The name.
    pub name: String,
    /// The number of the contract that is valid on the day.
    pub contract: Option<String>,
    /// The name of the tier.
    pub tier: Bilingual,
}

/// A page of the customers whose name or IČO contains `search`, by name, with their contract of a day. What is free of each is
/// the outlook's to say.
///
/// * `after` – the last customer of the page before
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn customers(
    tx: &mut Tx,
    search: &str,
    today: NaiveDate,
    after: Option<CustomerId>,
    size: usize,
) -> Result<Page<ListedCustomer, CustomerId>, DbError> {
    let found = sqlx::query_as!(
        ListedCustomer,
        r#"select c.id as "id: CustomerId", c.name, k.number as "contract?", array[t.name, t.name_en] as "tier!: Bilingual"
           from customer c
           left join contract k on k.customer_id = c.id and k.valid @> $2::date and not k.called_off
           join response_tier t on t.code = coalesce(
               (select a.tier from contract_amendment a where a.contract_id = k.id and a.from_day <= $2::date
                order by a.from_day desc limit 1), k.tier, 'basic')
           where (position(searchable($1) in searchable(c.name)) > 0 or position($1 in c.ico) > 0)
             and ($3::bigint is null or (c.name, c.id) > (select x.name, x.id from customer x where x.id = $3))
           order by c.name, c.id limit $4"#,
        search,
        today,
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

struct TermsRow {
    id: ContractId,
    number: String,
    valid: PgRange<NaiveDate>,
    since: NaiveDate,
    tier: String,
    minutes_per_period: u32,
    period: Period,
    rollover: Rollover,
    rate_per_minute: Money,
    urgent_rate_per_minute: Money,
    minimum_minutes: u32,
    ceiling_minutes: Option<Natural>,
    fee: Option<Money>,
    fee_period: Option<Period>,
    fee_day: u32,
}

impl TermsRow {
    fn into_terms(self) -> Result<(ContractId, ContractTerms), DbError> {
        let (valid_from, valid_until) = days(&self.valid)?;
        let day = FeeDay::new(self.fee_day).ok_or_else(|| DbError::unknown("contract.fee_day", self.fee_day))?;
        let terms = ContractTerms {
            number: self.number,
            valid_from,
            valid_until,
            since: Some(self.since).filter(|since| *since > valid_from),
            tier: self.tier,
            minutes_per_period: self.minutes_per_period,
            period: self.period,
            rollover: self.rollover,
            rate_per_minute: self.rate_per_minute,
            urgent_rate_per_minute: self.urgent_rate_per_minute,
            minimum_minutes: self.minimum_minutes,
            ceiling_minutes: self.ceiling_minutes.map(u32::from),
            fee: self.fee.zip(self.fee_period).map(|(amount, period)| Fee { amount, period, day }),
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
