//! Reminders of what is overdue: what they say, and which were written about what.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{CustomerId, DocumentId, EarlierInvoiceId},
        },
        money::{
            payment_reminders::{PaymentStage, ReceivableRule, StageText, WrittenReminder},
            receivables::Debt,
        },
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
    },
};

/// What each stage says, the friendliest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn stages(tx: &mut Tx) -> Result<Vec<StageText>, DbError> {
    let found = sqlx::query!(
        r#"select stage as "stage: PaymentStage", days_after as "days_after: Natural", subject_cs, subject_en, text_cs, text_en
           from payment_stage"#
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut stages: Vec<StageText> = found
        .into_iter()
        .map(|row| StageText {
            stage: row.stage,
            days_after: row.days_after.into(),
            subject: Bilingual { cs: row.subject_cs, en: row.subject_en },
            text: Bilingual { cs: row.text_cs, en: row.text_en },
        })
        .collect();
    stages.sort_by_key(|stage| stage.stage);
    Ok(stages)
}

/// Writes what a stage says.
///
/// # Errors
/// When the database fails.
pub async fn save_stage(tx: &mut Tx, stage: &StageText) -> Result<(), DbError> {
    sqlx::query!(
        "update payment_stage set days_after = $2, subject_cs = $3, subject_en = $4, text_cs = $5, text_en = $6 where stage = $1",
        stage.stage.code(),
        integer(stage.days_after)?,
        stage.subject.cs,
        stage.subject.en,
        stage.text.cs,
        stage.text.en
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What follows from debts by itself.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn rule(tx: &mut Tx) -> Result<ReceivableRule, DbError> {
    Ok(sqlx::query_as!(
        ReceivableRule,
        r#"select block_after_days as "block_after_days: Natural", interest as "interest: Natural" from receivable_rule"#
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Writes what follows from debts by itself.
///
/// # Errors
/// When the database fails.
pub async fn save_rule(tx: &mut Tx, rule: ReceivableRule) -> Result<(), DbError> {
    sqlx::query!(
        "update receivable_rule set block_after_days = $1, interest = $2",
        integer(rule.block_after_days)?,
        integer(rule.interest)?
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Who owes past the due day, was not written to on a day, has no plan of payment that is kept, and somebody to write to.
///
/// # Errors
/// When the database fails.
pub async fn to_look_at(tx: &mut Tx, today: NaiveDate) -> Result<Vec<CustomerId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select distinct d.customer_id as "customer!: CustomerId" from debts(null) d
           where d.due_on < $1
             and not exists (select from payment_reminder r where r.customer_id = d.customer_id and r.day = $1)
             and not plan_rests(d.customer_id, $1)
             and has_billing_reader(d.customer_id)
           order by 1"#,
        today
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Whether anybody of a customer sees documents and can be written to.
///
/// # Errors
/// When the database fails.
pub async fn has_reader(tx: &mut Tx, customer: CustomerId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(r#"select has_billing_reader($1) as "is!""#, customer.0).fetch_one(&mut **tx).await?)
}

/// At which stage a customer was last reminded of each document, by its number.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn told(tx: &mut Tx, customer: CustomerId) -> Result<Vec<(String, PaymentStage)>, DbError> {
    let found = sqlx::query!(
        r#"select coalesce(d.number, i.number) as "number!", t.stage as "stage!: PaymentStage"
           from reminded_debt t left join tax_document d on d.id = t.document_id
           left join earlier_invoice i on i.id = t.earlier_invoice_id
           where t.customer_id = $1"#,
        customer.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found.into_iter().map(|row| (row.number, row.stage)).collect())
}

/// Notes that a customer is reminded on a day; none when that was done.
///
/// # Errors
/// When the database fails.
pub async fn note(
    tx: &mut Tx,
    customer: CustomerId,
    written: WrittenReminder,
    now: DateTime<Utc>,
) -> Result<Option<i64>, DbError> {
    Ok(sqlx::query_scalar!(
        "insert into payment_reminder (customer_id, stage, day, at) values ($1, $2, $3, $4)
         on conflict on constraint one_reminder_a_day do nothing returning id",
        customer.0,
        written.stage.code(),
        written.day,
        now
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Notes which document a letter was the first of a stage about.
///
/// # Errors
/// When the database fails: nothing is told twice at a stage.
pub async fn note_debt(
    tx: &mut Tx,
    reminder: i64,
    customer: CustomerId,
    debt: &Debt,
    stage: PaymentStage,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into reminded_debt (reminder_id, customer_id, document_id, earlier_invoice_id, stage) values ($1, $2, $3, $4, $5)",
        reminder,
        customer.0,
        debt.document.map(|DocumentId(id)| id),
        debt.earlier_invoice.map(|EarlierInvoiceId(id)| id),
        stage.code()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Which reminders were written to a customer, the latest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn written(tx: &mut Tx, customer: CustomerId) -> Result<Vec<WrittenReminder>, DbError> {
    Ok(sqlx::query_as!(
        WrittenReminder,
        r#"select stage as "stage: PaymentStage", day from payment_reminder
           where customer_id = $1 order by day desc"#,
        customer.0
    )
    .fetch_all(&mut **tx)
    .await?)
}
