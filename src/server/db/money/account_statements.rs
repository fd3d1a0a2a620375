//! A customer's account in money and what its minutes came to, over any days: read only, derived from documents and payments.

use chrono::{DateTime, NaiveDate, Utc};

use crate::model::{
    base::{ids::CustomerId, money::Money},
    minutes::ledger::EntryKind,
    money::account_statements::{AccountEntry, AccountEntryKind, MinutesSum},
};
use crate::server::db::{DbError, Tx};

/// The entries of an account from one day to another, in order of time.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn entries(
    tx: &mut Tx,
    customer: CustomerId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<AccountEntry>, DbError> {
    Ok(sqlx::query_as!(
        AccountEntry,
        r#"select day as "day!", kind as "kind!: AccountEntryKind", number as "number!", about as "about!",
                  total as "total!: Money", change as "change!: Money"
           from (select * from account_entries($1) union all select * from account_entries_of_disputes($1)
                 union all select * from account_entries_of_write_offs($1)
                 union all select * from account_entries_of_balance($1)) a
           where day between $2 and $3 order by day, place, number"#,
        customer.0,
        from,
        until
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What was owed before a day, including VAT; negative when money was ahead.
///
/// # Errors
/// When the database fails.
pub async fn owed_before(tx: &mut Tx, customer: CustomerId, day: NaiveDate) -> Result<Money, DbError> {
    let owed = sqlx::query_scalar!(
        r#"select coalesce(sum(change), 0)::bigint as "owed!: Money"
           from (select * from account_entries($1) union all select * from account_entries_of_disputes($1)
                 union all select * from account_entries_of_write_offs($1)
                 union all select * from account_entries_of_balance($1)) a where day < $2"#,
        customer.0,
        day
    );
    Ok(owed.fetch_one(&mut **tx).await?)
}

/// What the entries of each kind did to a customer's minutes between two instants; kinds that did nothing are left out.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn minutes(
    tx: &mut Tx,
    customer: CustomerId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<MinutesSum>, DbError> {
    Ok(sqlx::query_as!(
        MinutesSum,
        r#"select kind as "kind: EntryKind", sum(minutes)::bigint as "minutes!" from ledger_entry
           where customer_id = $1 and at >= $2 and at < $3 and minutes <> 0 group by kind order by min(seq)"#,
        customer.0,
        from,
        until
    )
    .fetch_all(&mut **tx)
    .await?)
}
