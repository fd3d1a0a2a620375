//! The doors to the mail (built by another hand).
#![allow(unused_variables, missing_docs, clippy::missing_errors_doc, clippy::unused_async)]
use super::{DbError, Tx};
use crate::model::{
    ids::{CustomerId, MemberId, StaffId},
    mails::MailContent,
};
use chrono::{DateTime, Utc};
pub async fn to_member(
    tx: &mut Tx,
    member: MemberId,
    content: &MailContent,
    now: DateTime<Utc>,
    key: &str,
) -> Result<(), DbError> {
    Ok(())
}
pub async fn to_buyers(
    tx: &mut Tx,
    customer: CustomerId,
    content: &MailContent,
    now: DateTime<Utc>,
    key: &str,
) -> Result<(), DbError> {
    Ok(())
}
pub async fn to_staff(
    tx: &mut Tx,
    staff: StaffId,
    content: &MailContent,
    now: DateTime<Utc>,
    key: &str,
) -> Result<(), DbError> {
    Ok(())
}
