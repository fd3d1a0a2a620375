//! Receipts as customers and staff read them.

use super::contests::{can_contest, contest_until};
use crate::{
    model::{
        base::numbers::InterventionRef,
        problem::Problem,
        work::{
            pages::{ReceiptBack, ReceiptPage},
            receipts::Receipt,
        },
    },
    server::{
        app::App,
        auth::{Caller, Person},
        db::{
            line::catalogue,
            ordering::requests,
            work::{contests, receipts},
        },
    },
};

/// A receipt with its former versions and objections, for a member who may see it, and for staff.
///
/// # Errors
/// [`Problem::NotFound`] for a foreign one and before the intervention was closed.
pub async fn page(app: &App, caller: &Caller, name: InterventionRef) -> Result<ReceiptPage, Problem> {
    let member = match caller.session()?.person {
        Person::Member { .. } => Some(caller.member()?),
        Person::Staff { .. } => None,
    };
    let mut tx = match &member {
        Some(member) => app.db.member(member.customer()).await?,
        None => app.db.staff().await?,
    };
    let found = receipts::find(&mut tx, name, member.as_ref()).await?.ok_or(Problem::NotFound)?;
    let mut versions = receipts::versions(&mut tx, found.intervention).await?.into_iter();
    let receipt = versions.next().ok_or(Problem::NotFound)?;
    let former: Vec<Receipt> = versions.collect();
    let contests = contests::of_intervention(&mut tx, found.intervention).await?;
    let settings = catalogue::settings(&mut tx).await?;
    let until = contest_until(former.last().unwrap_or(&receipt), &settings);
    let is_possible =
        member.is_some() && app.clock.now() < until && receipt.segments.iter().any(|it| can_contest(it, &contests));
    let back = match &member {
        None => ReceiptBack::Work,
        Some(member) if requests::by_number(&mut tx, member, name.number, app.clock.now()).await?.is_some() => {
            ReceiptBack::Request
        }
        Some(_) => ReceiptBack::Usage,
    };
    Ok(ReceiptPage { receipt, former, contests, back, contest_until: is_possible.then_some(until) })
}
