//! What customers had that were merged into others: it stays where it was, and is read from there by the people who go on.

use crate::{
    model::problem::Problem,
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
