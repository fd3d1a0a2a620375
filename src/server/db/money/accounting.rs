//! What was issued, taxed and paid in a period, and which months of VAT are closed.

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::{
    model::{
        base::{ids::DocumentId, money::Money, paging::Page},
        money::{
            accounting::{
                AccountedDocument, AccountedPayment, AccountingFilter, DocumentDay, OpenOrPaid, VatDay, VatMonth,
            },
            purchases::PaymentMethod,
            tax_documents::{DocumentContent, DocumentKind, TaxDocument, TaxRow},
        },
    },
    server::db::{DbError, Tx, codec::Natural, paging::limit},
};

/// Runs a query on the documents of a period by the one or the other of their days, `$1` and `$2` being its first and last.
macro_rules! of_period {
    ($filter:expr, $run:ident) => {
        match $filter.by {
            DocumentDay::Tax => $run!("d.supplied_on between $1 and $2"),
            DocumentDay::Issue => $run!(
                "d.issued_at >= $1::date::timestamp at time zone 'Europe/Prague'
                 and d.issued_at < ($2::date + 1)::timestamp at time zone 'Europe/Prague'"
            ),
        }
    };
}

struct ListedRow {
    id: DocumentId,
    number: String,
    kind: DocumentKind,
    customer: String,
    ico: String,
    issued_on: NaiveDate,
    supplied_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    base: Money,
    tax: Money,
    total: Money,
    open: Money,
}

impl From<ListedRow> for AccountedDocument {
    fn from(row: ListedRow) -> Self {
        Self {
            id: row.id,
            number: row.number,
            kind: row.kind,
            customer: row.customer,
            ico: row.ico,
            issued_on: row.issued_on,
            supplied_on: row.supplied_on,
            due_on: row.due_on,
            base: row.base,
            tax: row.tax,
            total: row.total,
            open: row.open,
        }
    }
}

/// A page of the documents that fit, in the order in which they were issued.
///
/// * `after` – the last one of the page before
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn documents(
    tx: &mut Tx,
    filter: &AccountingFilter,
    after: Option<DocumentId>,
    size: usize,
) -> Result<Page<AccountedDocument, DocumentId>, DbError> {
    macro_rules! listed {
        ($period:literal) => {
            sqlx::query_as!(
                ListedRow,
                r#"select d.id as "id: DocumentId", d.number, d.kind as "kind: DocumentKind", c.name as customer,
                          coalesce(c.ico, '') as "ico!", (d.issued_at at time zone 'Europe/Prague')::date as "issued_on!",
                          d.supplied_on, d.due_on, d.base as "base: Money", d.tax as "tax: Money", d.total as "total: Money",
                          left_to_pay(d.id) as "open!: Money"
                   from tax_document d join customer c on c.id = d.customer_id
                   where "#
                    + $period
                    + r#" and ($3::text is null or d.kind = $3)
                       and ($4::text is null or d.kind <> 'credit_note' and (left_to_pay(d.id) > 0) = ($4 = 'open'))
                       and (position(searchable($5) in searchable(c.name)) > 0 or strpos(coalesce(c.ico, ''), $5) > 0 or strpos(d.number, $5) > 0)
                       and ($6::bigint is null or d.id > $6)
                     order by d.id limit $7"#,
                filter.from,
                filter.until,
                filter.kind.map(DocumentKind::code),
                filter.paid.map(OpenOrPaid::code),
                filter.search,
                after.map(|document| document.0),
                limit(size)
            )
            .fetch_all(&mut **tx)
            .await?
        };
    }
    let found = of_period!(filter, listed);
    Ok(Page::of(found, size, |row| row.id).map(Into::into))
}

/// How many documents fit.
///
/// # Errors
/// When the database fails.
pub async fn count(tx: &mut Tx, filter: &AccountingFilter) -> Result<u32, DbError> {
    macro_rules! counted {
        ($period:literal) => {
            sqlx::query_scalar!(
                r#"select count(*) as "count!: Natural" from tax_document d join customer c on c.id = d.customer_id
                   where "#
                    + $period
                    + r#" and ($3::text is null or d.kind = $3)
                       and ($4::text is null or d.kind <> 'credit_note' and (left_to_pay(d.id) > 0) = ($4 = 'open'))
                       and (position(searchable($5) in searchable(c.name)) > 0 or strpos(coalesce(c.ico, ''), $5) > 0 or strpos(d.number, $5) > 0)"#,
                filter.from,
                filter.until,
                filter.kind.map(DocumentKind::code),
                filter.paid.map(OpenOrPaid::code),
                filter.search
            )
            .fetch_one(&mut **tx)
            .await?
        };
    }
    Ok(of_period!(filter, counted).into())
}

/// The documents that fit as they were issued, in that order; none of them when there are more than `most`.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn issued(tx: &mut Tx, filter: &AccountingFilter, most: usize) -> Result<Option<Vec<TaxDocument>>, DbError> {
    macro_rules! issued {
        ($period:literal) => {
            sqlx::query!(
                r#"select d.id as "id: DocumentId", d.number, d.content as "content: Json<DocumentContent>"
                   from tax_document d join customer c on c.id = d.customer_id
                   where "#
                    + $period
                    + r#" and ($3::text is null or d.kind = $3)
                       and ($4::text is null or d.kind <> 'credit_note' and (left_to_pay(d.id) > 0) = ($4 = 'open'))
                       and (position(searchable($5) in searchable(c.name)) > 0 or strpos(coalesce(c.ico, ''), $5) > 0 or strpos(d.number, $5) > 0)
                     order by d.id limit $6"#,
                filter.from,
                filter.until,
                filter.kind.map(DocumentKind::code),
                filter.paid.map(OpenOrPaid::code),
                filter.search,
                limit(most)
            )
            .fetch_all(&mut **tx)
            .await?
            .into_iter()
            .map(|row| TaxDocument { id: row.id, number: row.number, content: row.content.0 })
            .collect::<Vec<_>>()
        };
    }
    Ok(Some(of_period!(filter, issued)).filter(|found| found.len() <= most))
}

/// What was taxed in a period, by day and rate from the highest.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn taxed(tx: &mut Tx, from: NaiveDate, until: NaiveDate) -> Result<Vec<VatDay>, DbError> {
    let found = sqlx::query!(
        r#"select d.supplied_on as "day!", x.tax ->> 'vat' as "vat!", sum((x.tax ->> 'base')::bigint)::bigint as "base!: Money",
                  sum((x.tax ->> 'tax')::bigint)::bigint as "tax!: Money", sum((x.tax ->> 'total')::bigint)::bigint as "total!: Money"
           from tax_document d cross join lateral jsonb_array_elements(d.content -> 'taxes') as x (tax)
           where d.supplied_on between $1 and $2
           group by 1, 2 order by 1, (x.tax ->> 'vat')::numeric desc"#,
        from,
        until
    )
    .fetch_all(&mut **tx)
    .await?;
    let rate = |text: &str| text.parse().map_err(|_| sqlx::Error::Decode(format!("no rate of VAT: {text}").into()));
    found
        .into_iter()
        .map(|row| {
            let vat = rate(&row.vat)?;
            Ok(VatDay { day: row.day, row: TaxRow { vat, base: row.base, tax: row.tax, total: row.total } })
        })
        .collect()
}

/// What came in a period and what went back, in the order in which it did; none of it when there is more than `most`. What a card
/// paid came on the day that its tax document names, which may be before we knew.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn payments(
    tx: &mut Tx,
    from: NaiveDate,
    until: NaiveDate,
    most: usize,
) -> Result<Option<Vec<AccountedPayment>>, DbError> {
    let found = sqlx::query_as!(
        AccountedPayment,
        r#"select x.day as "day!", c.name as customer, coalesce(c.ico, '') as "ico!", x.pays as "pays!",
                  x.amount as "amount!: Money", x.method as "method!: PaymentMethod"
           from money_moved($1, $2) x join customer c on c.id = x.customer_id
           order by 1, 4, 5 limit $3"#,
        from,
        until,
        limit(most)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Some(found).filter(|found| found.len() <= most))
}

/// What came in a period in all, and what went back.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn received_and_returned(tx: &mut Tx, from: NaiveDate, until: NaiveDate) -> Result<(Money, Money), DbError> {
    let sums = sqlx::query!(
        r#"select coalesce(sum(amount) filter (where amount > 0), 0)::bigint as "received!: Money",
                  coalesce(-sum(amount) filter (where amount < 0), 0)::bigint as "returned!: Money"
           from money_moved($1, $2)"#,
        from,
        until
    );
    let row = sums.fetch_one(&mut **tx).await?;
    Ok((row.received, row.returned))
}

/// The twelve months that end with `last`, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn months(tx: &mut Tx, last: NaiveDate) -> Result<Vec<VatMonth>, DbError> {
    Ok(sqlx::query_as!(
        VatMonth,
        r#"select m::date as "month!", coalesce(v.is_locked, false) as "is_locked!", coalesce(v.reason, '') as "reason!"
           from generate_series($1::date - interval '11 months', $1::date::timestamp, interval '1 month') m
           left join vat_period v on v.month = m::date
           order by m desc"#,
        last
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Locks a month of VAT; one that is locked stays as it is.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &mut Tx, month: NaiveDate) -> Result<(), DbError> {
    sqlx::query!(
        "insert into vat_period as v (month, is_locked, reason) values ($1, true, '')
         on conflict (month) do update set is_locked = true, reason = '' where not v.is_locked",
        month
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Opens a locked month of VAT again; one that is open stays as it is.
///
/// # Errors
/// When the database fails.
pub async fn unlock(tx: &mut Tx, month: NaiveDate, reason: &str) -> Result<(), DbError> {
    sqlx::query!("update vat_period set is_locked = false, reason = $2 where month = $1 and is_locked", month, reason)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
