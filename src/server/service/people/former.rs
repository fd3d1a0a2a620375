//! What customers had that were merged into others: it stays where it was, and is read from there by the people who go on.

use crate::{
    model::{base::ids::CustomerId, people::members::Capability, problem::Problem},
    server::{app::App, auth::Member, db::people::former},
};

/// The member as a reader of what a customer had that was merged into theirs: of what they asked for themselves, or of everything with
/// the right to see all.
///
/// * `number` – of a request or tax document
///
/// # Errors
/// [`Problem::NotFound`] when it is no such customer's.
pub async fn reader(app: &App, member: &Member, number: &str) -> Result<Member, Problem> {
    let mut tx = app.db.member(member.customer()).await?;
    let (customer, was) = former::whose(&mut tx, number, member.id()).await?.ok_or(Problem::NotFound)?;
    Ok(member.reading_former(customer, was))
}

/// The member as a reader of all that is there of customers that were merged into theirs, each with how it was called.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn readers(app: &App, member: &Member) -> Result<Vec<(String, Member)>, Problem> {
    let mut tx = app.db.member(member.customer()).await?;
    let known = former::known(&mut tx, member.id(), member.may(Capability::SeeAll)).await?;
    Ok(known.into_iter().map(|(customer, name, was)| (name, member.reading_former(customer, was))).collect())
}

/// The one of [`readers`] of a customer.
///
/// # Errors
/// [`Problem::NotFound`] when it was not merged into the member's own, or the member may read nothing of it.
pub async fn of(app: &App, member: &Member, customer: CustomerId) -> Result<(String, Member), Problem> {
    let readers = readers(app, member).await?;
    readers.into_iter().find(|(_, reader)| reader.customer() == customer).ok_or(Problem::NotFound)
}
