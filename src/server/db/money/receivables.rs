//! What is owed on invoices past their due day.

use chrono::NaiveDate;

use crate::{
    model::{
        base::{ids::CustomerId, money::Money, paging::Queue},
        money::receivables::{Age, Receivable, ReceivablesPage},
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// Who owes past the due day, the longest overdue first, at most so many; and what all of them owe.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn overdue(tx: &mut Tx, today: NaiveDate, at_most: i64) -> Result<ReceivablesPage, DbError> {
    let [to_14, to_30, to_60] = [Age::To14, Age::To30, Age::To60].map(Age::last_day);
    let found = sqlx::query!(
        r#"with owed as (
               select d.customer_id, $1 - d.due_on as late, d.due_on, left_to_pay(d.id) as amount
               from tax_document d where d.kind = 'invoice' and left_to_pay(d.id) > 0
               union all
               select i.customer_id, $1 - i.due_on, i.due_on, o.unpaid
               from open_earlier_invoices(null) o join earlier_invoice i on i.id = o.id),
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
           order by b.oldest, b.customer_id limit $5"#,
        today,
        to_14,
        to_30,
        to_60,
        at_most
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
    Ok(ReceivablesPage { rows: Queue { rows: rows.collect(), total }, ages, owed })
}

/// Whether a customer owes anything past its due day on an invoice.
///
/// # Errors
/// When the database fails.
pub async fn is_overdue(tx: &mut Tx, customer: CustomerId, today: NaiveDate) -> Result<bool, DbError> {
    let query = sqlx::query_scalar!(
        r#"select exists (select from tax_document d
                          where d.customer_id = $1 and d.kind = 'invoice' and d.due_on < $2 and left_to_pay(d.id) > 0)
                  or exists (select from open_earlier_invoices($1) o join earlier_invoice i on i.id = o.id where i.due_on < $2)
                  as "is_overdue!""#,
        customer.0,
        today
    );
    Ok(query.fetch_one(&mut **tx).await?)
}
