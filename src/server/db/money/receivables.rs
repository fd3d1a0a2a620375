//! What is owed on invoices past their due day, how far customers are credited, and what is written off.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            ids::{CustomerId, DocumentId, EarlierInvoiceId, StaffId},
            money::Money,
            paging::Queue,
        },
        money::receivables::{Age, Debt, Exposure, LimitDecision, Receivable, ReceivablesPage, WrittenOff},
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// Who owes past the due day, the longest overdue first, at most so many; and what all of them owe.
///
/// * `age` – only who owes something that is so long overdue
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn overdue(
    tx: &mut Tx,
    today: NaiveDate,
    age: Option<Age>,
    at_most: i64,
) -> Result<ReceivablesPage, DbError> {
    let [to_14, to_30, to_60] = [Age::To14, Age::To30, Age::To60].map(Age::last_day);
    let found = sqlx::query!(
        r#"with owed as (select customer_id, $1 - due_on as late, due_on, owed as amount from debts(null)),
           by_customer as (
               select customer_id, min(due_on) as oldest, sum(amount) as owed,
                      coalesce(sum(amount) filter (where late between 1 and $2), 0) as to_14,
                      coalesce(sum(amount) filter (where late > $2 and late <= $3), 0) as to_30,
                      coalesce(sum(amount) filter (where late > $3 and late <= $4), 0) as to_60,
                      coalesce(sum(amount) filter (where late > $4), 0) as more
               from owed group by customer_id having max(late) > 0)
           select b.customer_id as "customer!: CustomerId", c.name, b.owed::bigint as "owed!: Money",
                  b.to_14::bigint as "to_14!: Money", b.to_30::bigint as "to_30!: Money", b.to_60::bigint as "to_60!: Money",
                  b.more::bigint as "more!: Money", count(*) over () as "total!: Natural",
                  (sum(b.to_14) over ())::bigint as "all_to_14!: Money", (sum(b.to_30) over ())::bigint as "all_to_30!: Money",
                  (sum(b.to_60) over ())::bigint as "all_to_60!: Money", (sum(b.more) over ())::bigint as "all_more!: Money",
                  (sum(b.owed) over ())::bigint as "all_owed!: Money"
           from by_customer b join customer c on c.id = b.customer_id
           where case $6::text when 'to_14' then b.to_14 when 'to_30' then b.to_30 when 'to_60' then b.to_60
                               when 'more' then b.more else 1 end > 0
           order by b.oldest, b.customer_id limit $5"#,
        today,
        to_14,
        to_30,
        to_60,
        at_most,
        age.map(Age::code)
    )
    .fetch_all(&mut **tx)
    .await?;
    let first = found.first();
    let total = first.map_or(0, |row| row.total.into());
    let ages = first.map_or([Money::ZERO; 4], |row| [row.all_to_14, row.all_to_30, row.all_to_60, row.all_more]);
    let owed = first.map_or(Money::ZERO, |row| row.all_owed);
    let rows = found.into_iter().map(|row| Receivable {
        customer: row.customer,
        name: row.name,
        ages: [row.to_14, row.to_30, row.to_60, row.more],
        owed: row.owed,
    });
    Ok(ReceivablesPage { age, rows: Queue { rows: rows.collect(), total }, ages, owed })
}

/// What a customer owes on invoices, the longest due first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn debts(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Debt>, DbError> {
    Ok(sqlx::query_as!(
        Debt,
        r#"select document_id as "document: DocumentId", earlier_invoice_id as "earlier_invoice: EarlierInvoiceId",
                  number as "number!", variable_symbol as "variable_symbol!", issued_on as "issued_on!", due_on as "due_on!",
                  total as "total!: Money", owed as "owed!: Money"
           from debts($1) order by due_on, number"#,
        customer.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Whether a customer owes anything past its due day on an invoice.
///
/// # Errors
/// When the database fails.
pub async fn is_overdue(tx: &mut Tx, customer: CustomerId, today: NaiveDate) -> Result<bool, DbError> {
    let query = sqlx::query_scalar!(
        r#"select exists (select from debts($1) where due_on < $2) as "is_overdue!""#,
        customer.0,
        today
    );
    Ok(query.fetch_one(&mut **tx).await?)
}

/// Whether a customer's debts keep it from ordering what is not urgent.
///
/// # Errors
/// When the database fails; in a member's transaction, for another customer.
pub async fn owes_too_long(tx: &mut Tx, customer: CustomerId, today: NaiveDate) -> Result<bool, DbError> {
    let query = sqlx::query_scalar!(r#"select owes_too_long($1, $2) as "owes_too_long!""#, customer.0, today);
    Ok(query.fetch_one(&mut **tx).await?)
}

/// What a customer has had that is not paid.
///
/// # Errors
/// When the database fails or holds a value that makes no sense; in a member's transaction, for another customer.
pub async fn exposure(tx: &mut Tx, customer: CustomerId) -> Result<Exposure, DbError> {
    Ok(sqlx::query_as!(
        Exposure,
        r#"select unpaid as "unpaid!: Money", not_invoiced as "not_invoiced!: Money", agreed as "agreed!: Money"
           from exposure_of($1)"#,
        customer.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// How much of that there may be on a day; none without a limit.
///
/// # Errors
/// When the database fails.
pub async fn limit_on(tx: &mut Tx, customer: CustomerId, day: NaiveDate) -> Result<Option<Money>, DbError> {
    let found = sqlx::query_scalar!(
        r#"select amount as "amount: Money" from credit_limit
           where customer_id = $1 and from_day <= $2 order by from_day desc, id desc limit 1"#,
        customer.0,
        day
    );
    Ok(found.fetch_optional(&mut **tx).await?.flatten())
}

/// What was decided about the limit of a customer, the latest day first.
///
/// # Errors
/// When the database fails.
pub async fn limits(tx: &mut Tx, customer: CustomerId) -> Result<Vec<LimitDecision>, DbError> {
    Ok(sqlx::query_as!(
        LimitDecision,
        r#"select l.from_day, l.amount as "amount: Money", s.name as "by", l.at
           from credit_limit l join staff s on s.id = l.staff_id
           where l.customer_id = $1 order by l.from_day desc, l.id desc"#,
        customer.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Decides how far a customer is credited from a day on; what was decided last about that day is not decided again.
///
/// # Errors
/// When the database fails.
pub async fn decide_limit(
    tx: &mut Tx,
    customer: CustomerId,
    (from_day, amount): (NaiveDate, Option<Money>),
    by: StaffId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into credit_limit (customer_id, from_day, amount, staff_id, at)
         select $1, $2, $3, $4, $5
         where not exists (
             select from credit_limit l
             where l.customer_id = $1 and l.from_day = $2 and l.amount is not distinct from $3
               and l.id = (select max(x.id) from credit_limit x where x.customer_id = $1 and x.from_day = $2))",
        customer.0,
        from_day,
        amount.map(Money::haler),
        by.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes off what is owed on an invoice; tells whether it did. What was written off, or is not owed, is not written off again.
///
/// * `number` – of the invoice: no other has it
///
/// # Errors
/// When the database fails.
pub async fn write_off(
    tx: &mut Tx,
    customer: CustomerId,
    (id, number): (Uuid, &str),
    reason: &str,
    by: StaffId,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let written = sqlx::query!(
        "insert into write_off (id, customer_id, document_id, earlier_invoice_id, amount, reason, staff_id, at)
         select $1, d.customer_id, d.document_id, d.earlier_invoice_id, d.owed, $4, $5, $6 from debts($2) d where d.number = $3
         on conflict do nothing",
        id,
        customer.0,
        number,
        reason,
        by.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(written.rows_affected() == 1)
}

/// Whether something was written off by a form.
///
/// # Errors
/// When the database fails.
pub async fn is_written_off_by(tx: &mut Tx, id: Uuid) -> Result<bool, DbError> {
    let query = sqlx::query_scalar!(r#"select exists (select from write_off where id = $1) as "is!""#, id);
    Ok(query.fetch_one(&mut **tx).await?)
}

/// What was written off of a customer's invoices, the latest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn written_off(tx: &mut Tx, customer: CustomerId) -> Result<Vec<WrittenOff>, DbError> {
    Ok(sqlx::query_as!(
        WrittenOff,
        r#"select g.number as "number!", w.amount as "amount!: Money", g.recovered as "recovered!: Money",
                  w.reason as "reason!", s.name as "by!", w.at as "at!"
           from write_off w join staff s on s.id = w.staff_id join given_up($1) g on g.id = w.id
           where w.customer_id = $1 order by w.at desc"#,
        customer.0
    )
    .fetch_all(&mut **tx)
    .await?)
}
