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
        auth::{Caller, Member, Person, tokens::sha256},
        db::{
            ordering::requests,
            work::{consents, contests, receipts},
        },
        documents::{Locale, NotMade, Printed, receipt_pdf},
        incident,
        service::people::former,
    },
};

/// The PDF of a receipt, typeset when it is first asked for in a language and kept; anew only when what it is made from has
/// changed, as when an objection was decided.
///
/// # Errors
/// [`Problem::Busy`] when too much is to be typeset, [`Problem::Internal`] when it cannot be.
pub async fn print_once(
    app: &App,
    name: InterventionRef,
    locale: Locale,
    printed: Printed<'_>,
) -> Result<Vec<u8>, Problem> {
    let made_from = serde_json::to_vec(&printed).map(|json| sha256(&json)).map_err(|error| broken(&error))?;
    let file = receipts::FileOf { intervention: name, version: printed.receipt.version, language: locale.code() };
    let kept = receipts::kept_file(&mut app.db.system().await?, file, &made_from).await?;
    if let Some(kept) = kept {
        return Ok(kept);
    }
    // Printing takes a while: no connection waits for it.
    let pdf = receipt_pdf(locale, printed).await.map_err(|error| match error {
        NotMade::Busy => Problem::Busy { retry_after_s: 5 },
        NotMade::Broken(_) => broken(&error),
    })?;
    let mut tx = app.db.system().await?;
    receipts::keep_file(&mut tx, file, &made_from, &pdf, app.clock.now()).await?;
    tx.commit().await?;
    Ok(pdf)
}

fn broken(error: &dyn std::error::Error) -> Problem {
    let incident = incident::current();
    tracing::error!(%error, incident, "receipt");
    Problem::Internal { incident }
}

/// A receipt with its former versions and objections, for a member who may see it, and for staff.
///
/// # Errors
/// [`Problem::NotFound`] for a foreign one and before the intervention was closed.
pub async fn page(app: &App, caller: &Caller, name: InterventionRef) -> Result<ReceiptPage, Problem> {
    let (member, is_former) = match caller.session()?.person {
        Person::Member { .. } => reader(app, caller.member()?, name).await?,
        Person::Staff { .. } => (None, false),
    };
    let mut tx = match &member {
        Some(member) => app.db.member(member.customer()).await?,
        None => app.db.staff().await?,
    };
    let found = receipts::find(&mut tx, name, member.as_ref()).await?.ok_or(Problem::NotFound)?;
    let versions = receipts::versions(&mut tx, found.intervention).await?;
    let until = contest_until(&mut tx, found.intervention, &versions).await?;
    let mut versions = versions.into_iter();
    let receipt = versions.next().ok_or(Problem::NotFound)?;
    let former: Vec<Receipt> = versions.collect();
    let contests = contests::of_intervention(&mut tx, found.intervention).await?;
    let consents = consents::of_intervention(&mut tx, found.intervention).await?;
    let is_possible = member.is_some() && !is_former && receipt.segments.iter().any(|it| can_contest(it, &contests));
    let until = until.filter(|until| is_possible && app.clock.now() < *until);
    let back = match &member {
        None => ReceiptBack::Work,
        Some(member) if requests::page::by_number(&mut tx, member, name.number, app.clock.now()).await?.is_some() => {
            ReceiptBack::Request
        }
        Some(_) => ReceiptBack::Usage,
    };
    Ok(ReceiptPage { receipt, former, contests, consents, back, contest_until: until })
}

/// Who of a customer reads it, and whether that was merged into theirs.
async fn reader(app: &App, member: Member, name: InterventionRef) -> Result<(Option<Member>, bool), Problem> {
    let mut tx = app.db.member(member.customer()).await?;
    if receipts::find(&mut tx, name, Some(&member)).await?.is_some() {
        return Ok((Some(member), false));
    }
    drop(tx);
    Ok((Some(former::reader(app, &member, &name.number.to_string()).await?), true))
}
