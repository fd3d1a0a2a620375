//! Plans of payment: how customers pay what is overdue, as it was agreed.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            ids::{CustomerId, StaffId},
            money::Money,
        },
        money::payment_plans::{AgreedPlan, CheckedPlan, PlanPart, PlanStanding},
    },
    server::db::{DbError, Tx},
};

/// The plan of a customer that holds, and how it stands on a day.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn find(tx: &mut Tx, customer: CustomerId, today: NaiveDate) -> Result<Option<AgreedPlan>, DbError> {
    let found = sqlx::query!(
        r#"select p.id, p.note, p.agreed_on, p.due_days, p.sums, s.name as "by", x.rests_until as "rests_until!",
                  x.promised as "promised!: Money", x.came as "came!: Money"
           from payment_plan p join staff s on s.id = p.staff_id join plan_standing($1, $2) x on x.plan = p.id"#,
        customer.0,
        today
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|row| AgreedPlan {
        id: row.id,
        note: row.note,
        agreed_on: row.agreed_on,
        parts: row
            .due_days
            .into_iter()
            .zip(row.sums)
            .map(|(due_on, haler)| PlanPart { due_on, amount: Money::from_haler(haler) })
            .collect(),
        by: row.by,
        standing: PlanStanding { rests_until: row.rests_until, promised: row.promised, came: row.came },
    }))
}

/// Agrees a plan, in the place of the one that held; a form that is sent twice agrees one.
///
/// # Errors
/// When the database fails.
pub async fn agree(
    tx: &mut Tx,
    (id, customer): (Uuid, CustomerId),
    plan: &CheckedPlan,
    today: NaiveDate,
    by: StaffId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    if sqlx::query_scalar!(r#"select exists (select from payment_plan where id = $1) as "is!""#, id)
        .fetch_one(&mut **tx)
        .await?
    {
        return Ok(());
    }
    end(tx, customer, by, now).await?;
    let (days, sums): (Vec<NaiveDate>, Vec<i64>) =
        plan.parts.iter().map(|part| (part.due_on, part.amount.haler())).unzip();
    sqlx::query!(
        "insert into payment_plan (id, customer_id, note, agreed_on, rests_until, due_days, sums, staff_id, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id,
        customer.0,
        plan.note,
        today,
        plan.rests_until,
        &days,
        &sums,
        by.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends the plan of a customer that holds, if there is one.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, customer: CustomerId, by: StaffId, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update payment_plan set ended_at = $3, ended_by = $2 where customer_id = $1 and ended_at is null",
        customer.0,
        by.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A plan of which a payment did not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissedPlan {
    /// Which plan.
    pub plan: Uuid,
    /// What its customer is called.
    pub customer: String,
    /// The last day that has passed.
    pub missed_on: NaiveDate,
    /// What did not come.
    pub missing: Money,
}

/// Whether nothing is asked for on a day, as a plan of the customer's is kept that is not over.
///
/// # Errors
/// When the database fails.
pub async fn rests(tx: &mut Tx, customer: CustomerId, today: NaiveDate) -> Result<bool, DbError> {
    let query = sqlx::query_scalar!(r#"select plan_rests($1, $2) as "rests!""#, customer.0, today);
    Ok(query.fetch_one(&mut **tx).await?)
}

/// Plans of which less has become of what they are about than was promised before a day.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn missed(tx: &mut Tx, today: NaiveDate) -> Result<Vec<MissedPlan>, DbError> {
    Ok(sqlx::query_as!(
        MissedPlan,
        r#"select x.plan as "plan!", c.name as "customer", x.missed_on as "missed_on!", (x.promised - x.came) as "missing!: Money"
           from plan_standing(null, $1) x join payment_plan p on p.id = x.plan join customer c on c.id = p.customer_id
           where x.came < x.promised"#,
        today
    )
    .fetch_all(&mut **tx)
    .await?)
}
