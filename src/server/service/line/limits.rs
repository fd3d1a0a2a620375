//! Who may have one more of what everybody shares (design, Limits).

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    model::{
        base::{
            ids::{ApiTokenId, CustomerId, MemberId, OutageId, ProgramId},
            seen::Seen,
        },
        line::limits::{Limit, LimitReached, LimitsForm},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Caller, Manager},
        db::{
            Tx,
            line::limits,
            locks::{self, Lock},
        },
        service::people::guesses,
    },
};

const MINUTE: TimeDelta = TimeDelta::minutes(1);
const HOUR: TimeDelta = TimeDelta::hours(1);
const DAY: TimeDelta = TimeDelta::days(1);

/// The limits in force, as the form of a manager has them.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn form(app: &App, _manager: &Manager) -> Result<LimitsForm, Problem> {
    Ok(limits::in_force(&mut app.db.staff().await?).await?.into())
}

/// Writes all limits. What is there already stays, be it more than may be from now on.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right; [`Problem::ChangedMeanwhile`].
pub async fn save(app: &App, _manager: &Manager, typed: &LimitsForm, seen: &Seen) -> Result<(), Problem> {
    let kept = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    let mut tx = app.db.staff().await?;
    locks::take(&mut tx, Lock::Saving).await?;
    let now = LimitsForm::from(limits::in_force(&mut tx).await?);
    seen.admit(&now.fields(), &LimitsForm::from(kept).fields())?;
    limits::save(&mut tx, &kept).await?;
    tx.commit().await?;
    Ok(())
}

/// Lets a customer agree one more appointment in this transaction.
///
/// # Errors
/// [`Problem::Limit`] when as many are ahead as may be.
pub async fn admit_appointment(tx: &mut Tx, customer: CustomerId, now: DateTime<Utc>) -> Result<(), Problem> {
    let there_are = limits::appointments_ahead(tx, customer, now).await?;
    Ok(limits::in_force(tx).await?.admit_beside(Limit::FutureAppointments, there_are)?)
}

/// Lets a customer send one more request that waits in this transaction.
///
/// # Errors
/// [`Problem::Limit`] when as many wait as may.
pub async fn admit_waiting_request(tx: &mut Tx, customer: CustomerId) -> Result<(), Problem> {
    let there_are = limits::requests_waiting(tx, customer).await?;
    Ok(limits::in_force(tx).await?.admit_beside(Limit::WaitingRequests, there_are)?)
}

/// Lets one more outage of a program be written down in this transaction.
///
/// # Errors
/// [`Problem::Limit`] when there are as many as may be.
pub async fn admit_outage(tx: &mut Tx, program: ProgramId) -> Result<(), Problem> {
    let there_are = limits::outages_open(tx, program).await?;
    Ok(limits::in_force(tx).await?.admit_beside(Limit::OpenOutages, there_are)?)
}

/// Lets one more message be told to all who belong to a locked outage; the last one always is.
///
/// # Errors
/// [`Problem::Limit`] when there were as many as may be.
pub async fn admit_outage_message(tx: &mut Tx, outage: OutageId) -> Result<(), Problem> {
    let there_are = limits::outage_messages(tx, outage).await?;
    Ok(limits::in_force(tx).await?.admit_beside(Limit::OutageMessages, there_are)?)
}

/// Lets a customer who has so many unpaid purchases place one more in this transaction.
///
/// # Errors
/// [`Problem::Limit`] when there are as many as may be, or were within a day.
pub async fn admit_purchase(tx: &mut Tx, customer: CustomerId, unpaid: u32, now: DateTime<Utc>) -> Result<(), Problem> {
    limits::in_force(tx).await?.admit_beside(Limit::UnpaidPurchases, unpaid)?;
    count(tx, Limit::PurchasesPerDay, &format!("customer {customer}"), DAY, now).await
}

/// Lets a member who holds so many slots hold one more in this transaction.
///
/// # Errors
/// [`Problem::Limit`] when there are as many as may be, or were within an hour.
pub async fn admit_hold(tx: &mut Tx, member: MemberId, held: u32, now: DateTime<Utc>) -> Result<(), Problem> {
    limits::in_force(tx).await?.admit_beside(Limit::Holds, held)?;
    count(tx, Limit::HoldsPerHour, &format!("member {member}"), HOUR, now).await
}

/// Lets a member write one more message in this transaction.
///
/// # Errors
/// [`Problem::Limit`] when there were as many within an hour as may be.
pub async fn admit_message(tx: &mut Tx, member: MemberId, now: DateTime<Utc>) -> Result<(), Problem> {
    count(tx, Limit::MessagesPerHour, &format!("member {member}"), HOUR, now).await
}

/// Lets a customer whose files take so many megabytes send one more in this transaction.
///
/// # Errors
/// [`Problem::Limit`] when they take as much as may be.
pub async fn admit_file(tx: &mut Tx, megabytes: u32) -> Result<(), Problem> {
    Ok(limits::in_force(tx).await?.admit_beside(Limit::AttachmentMegabytes, megabytes)?)
}

async fn count(tx: &mut Tx, limit: Limit, subject: &str, window: TimeDelta, now: DateTime<Utc>) -> Result<(), Problem> {
    let most = limits::in_force(tx).await?.of(limit);
    match limits::count_use(tx, (limit, most), subject, window, now).await? {
        None => Ok(()),
        Some(wait) => Err(LimitReached { limit, most, retry_after_s: Some(wait) }.into()),
    }
}

/// What writes. Each is counted by itself: what a page sends while somebody types keeps nobody from sending a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// A form that somebody sends.
    Form,
    /// What is being typed into one.
    Typing,
}

/// Lets somebody send one more form, or keep what is being typed into one: a person, or all visitors of one network.
///
/// # Errors
/// [`Problem::Limit`] after too many within a minute.
pub async fn admit_write(
    app: &App,
    caller: &Caller,
    address: Option<std::net::IpAddr>,
    write: Write,
) -> Result<(), Problem> {
    let who = match caller.session() {
        Ok(session) => format!("login {}", session.login),
        Err(_) => format!("network {}", hex::encode(guesses::network(address))),
    };
    let subject = match write {
        Write::Form => who,
        Write::Typing => format!("typing of {who}"),
    };
    admit_once_more(app, &subject).await
}

async fn admit_once_more(app: &App, subject: &str) -> Result<(), Problem> {
    match limits::count_write(&app.db, subject, MINUTE, app.clock.now()).await? {
        None => Ok(()),
        Some(limits::NoRoom { most, wait_s }) => {
            Err(LimitReached { limit: Limit::WritesPerMinute, most, retry_after_s: Some(wait_s) }.into())
        }
    }
}

/// Lets a program ask once more, by its token.
///
/// # Errors
/// [`Problem::Limit`] after too many within a minute.
pub async fn admit_program(app: &App, token: ApiTokenId) -> Result<(), Problem> {
    admit_once_more(app, &format!("program {token}")).await
}

/// How often within a minute Stripe is asked because somebody of a customer opened a page.
const ASKED_PER_MINUTE: u32 = 6;

/// Whether Stripe may be asked once more because somebody of a customer opens the way to a payment or comes back from it: all
/// customers share what Stripe answers within a second.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn may_ask_stripe(app: &App, customer: CustomerId) -> Result<bool, Problem> {
    let mut tx = app.db.system().await?;
    let subject = format!("payments of customer {customer}");
    let limit = (Limit::WritesPerMinute, ASKED_PER_MINUTE);
    let wait = limits::count_use(&mut tx, limit, &subject, MINUTE, app.clock.now()).await?;
    tx.commit().await?;
    Ok(wait.is_none())
}

/// How many files a customer may download at the same time.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn downloads_at_once(app: &App) -> Result<u32, Problem> {
    Ok(limits::in_force(&mut app.db.system().await?).await?.downloads)
}

/// Forgets what no longer counts.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    limits::sweep(&mut tx, app.clock.now() - DAY).await?;
    Ok(tx.commit().await?)
}
