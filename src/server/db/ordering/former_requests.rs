//! Requests of customers and of those who were merged into them, as the desk lists them.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{bilingual::Bilingual, ids::CustomerId, numbers::RequestNumber, paging::Page},
        ordering::{former_requests::CustomerRequest, requests::RequestState},
    },
    server::db::{DbError, Tx, codec::Natural, paging::limit},
};

/// A page of what was sent for a customer, by itself or before it was merged into this one, the newest first.
///
/// * `before` – the last one of the page before
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of_customer(
    tx: &mut Tx,
    customer: CustomerId,
    before: Option<RequestNumber>,
    size: usize,
) -> Result<Page<CustomerRequest, RequestNumber>, DbError> {
    let found = sqlx::query_as!(
        CustomerRequest,
        r#"select r.number as "number!: RequestNumber", case when k.id <> $1 then k.name end as former,
                  array[p.name, p.name_en] as "program!: Bilingual", array[w.name, w.name_en] as "work_type!: Bilingual",
                  m.name as ordered_by, r.submitted_at as "submitted_at!: DateTime<Utc>", r.state as "state: RequestState"
           from service_request r
           join customer k on k.id = r.customer_id
           join program p on p.id = r.program_id
           join work_type w on w.id = r.work_type_id
           join member m on m.id = r.member_id
           where r.customer_id in (select id from customer where id = $1 or merged_into = $1)
             and r.number < coalesce($2, '9999-999999z') and r.state <> 'draft'
           order by r.number desc limit $3"#,
        customer.0,
        before.map(|number| number.to_string()),
        limit(size)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::of(found, size, |last| last.number))
}

/// How many that are.
///
/// # Errors
/// When the database fails.
pub async fn count(tx: &mut Tx, customer: CustomerId) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: Natural" from service_request
           where customer_id in (select id from customer where id = $1 or merged_into = $1)
             and number is not null and state <> 'draft'"#,
        customer.0
    );
    Ok(count.fetch_one(&mut **tx).await?.into())
}
