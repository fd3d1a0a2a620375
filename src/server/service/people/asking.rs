//! Colleagues who may do what others may not.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{calendar::to_local, ids::MemberId},
        mails::MailContent,
        people::{asking::AskedColleague, members::Capability},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Caller, Member, Person},
        db::{mails, people::asking},
    },
};

/// Who of the member's customer may order and can be asked to.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn who_order(app: &App, member: &Member) -> Result<Vec<AskedColleague>, Problem> {
    // Whether somebody can be written to is no member's to read.
    let mut tx = app.db.system().await?;
    Ok(asking::who_order(&mut tx, member, &key_of_today(member, app.clock.now())).await?)
}

/// Asks a colleague by mail to order something; of several a day the first is written.
///
/// # Errors
/// [`Problem::NotFound`] for who may not order, [`Problem::Conflict`] when the caller may.
pub async fn ask_to_order(app: &App, caller: &Caller, colleague: MemberId) -> Result<(), Problem> {
    let member = caller.member()?;
    let Person::Member { name, .. } = &caller.session()?.person else { return Err(Problem::NotFound) };
    if member.may(Capability::Order) {
        return Err(Problem::Conflict);
    }
    if !who_order(app, &member).await?.iter().any(|known| known.id == colleague) {
        return Err(Problem::NotFound);
    }
    let now = app.clock.now();
    let mut tx = app.db.member(member.customer()).await?;
    let key = format!("{}{colleague}", key_of_today(&member, now));
    mails::to_member(&mut tx, colleague, &MailContent::OrderAsked { by: name.clone() }, now, &key).await?;
    Ok(tx.commit().await?)
}

/// With what the keys of a member's wishes of one local day begin; whom they ask ends them.
fn key_of_today(member: &Member, now: DateTime<Utc>) -> String {
    format!("order-asked:{}:{}:", member.id(), to_local(now).date())
}
