//! What has to happen by itself. Every chore is idempotent, and any number of processes may run it at once.

use chrono::{DateTime, Days, TimeDelta, Utc};

use super::{
    line::{api_answers, limits, operating, public_page},
    mails::{fail_forgotten, tell_digests},
    minutes::{
        alerts::{level, raise_alert},
        contracts::announce_ends,
        ledger::credit_period,
    },
    money::{fees, payment_plans, payment_reminders, statements, subscriptions, top_ups},
    ordering::{attachments, earlier, live, program_links, visitors},
    people::{kept_forms, links, passkeys, providers, registrations, sent_forms, staff},
    work::{
        ceiling::enforce, clock::with_forgotten_since, connection_reports, lifting::lift_all, mail_in, missed, pushes,
        readiness, remote_sessions, standings, webhooks, wishes,
    },
};
use crate::{
    model::{
        base::{
            calendar::{midnight, to_local},
            ids::{CustomerId, PurchaseId},
            money::Money,
        },
        mails::MailContent,
        minutes::alerts::{Alert, AlertKind, EXPIRING_DAYS, expires_soon},
        money::purchases::{Closing, PurchaseEventKind},
        ordering::appointments::cut_off,
        problem::Problem,
        work::billing::joinable_since,
    },
    server::{
        app::App,
        db::{
            line::catalogue,
            mails::{self, reminders},
            minutes::{alerts, ledger},
            money::{
                bank,
                purchase_events::{self, Actor},
                purchases,
            },
            ordering::requests,
            work::{interventions, segments},
        },
    },
};

pub use super::{money::invoicing::invoice_months, work::called_off::close_called_off};

/// Does what may be due at any minute. A chore that fails does not keep the others from being done.
///
/// # Errors
/// The first failure's; the next call makes up for it.
pub async fn each_minute(app: &App) -> Result<(), Problem> {
    let chores = [
        credit_periods(app).await,
        watch_clocks(app).await,
        close_called_off(app).await,
        expire_grants(app, Expired::Lately).await,
        missed::note_all(app).await,
        earlier::offer_all(app).await,
        write_reminders(app).await,
        // Ahead of what asks, so that it can name the session.
        remote_sessions::want(app).await,
        connection_reports::place_new(app).await,
        connection_reports::queue_fetch(app).await,
        readiness::ask(app).await,
        payment_reminders::remind(app).await,
        tell_digests(app).await,
        announce_expiries(app).await,
        // So that visitors can be told what is known lately when the database goes away.
        public_page::look_up(app).await.map(drop),
        kept_forms::sweep(app).await,
        registrations::sweep(app).await,
        visitors::sweep(app).await,
        staff::let_due_go(app).await,
        lift_all(app).await,
        standings::renew(app).await,
        wishes::tell_staff(app).await,
        pushes::release(app).await,
        webhooks::queue_due(app).await,
        live::sweep(app).await,
        statements::look_into_folder(app).await,
        mail_in::queue_fetch(app).await,
    ];
    chores.into_iter().collect()
}

/// Does what need not be on time to the minute.
///
/// # Errors
/// As [`each_minute`].
pub async fn each_hour(app: &App) -> Result<(), Problem> {
    let chores = [
        expire_grants(app, Expired::AtAnyTime).await,
        invoice_months(app).await,
        fees::invoice(app).await,
        audit_ledger(app).await.map(drop),
        fail_forgotten(app).await,
        standings::renew_all(app).await,
        expire_purchases(app).await,
        statements::queue_fetch(app).await,
        subscriptions::renew(app).await,
        top_ups::buy_due(app).await,
        payment_plans::raise_missed(app).await,
        announce_ends(app).await,
        api_answers::sweep(app).await,
        program_links::sweep(app).await,
        limits::sweep(app).await,
        attachments::sweep(app).await,
        links::sweep(app).await,
        passkeys::sweep(app).await,
        providers::sweep(app).await,
        sent_forms::sweep(app).await,
        webhooks::sweep(app).await,
        wishes::sweep(app).await,
        mail_in::sweep(app).await,
        connection_reports::sweep(app).await,
    ];
    chores.into_iter().collect()
}

/// How long after its proforma was due a purchase is kept open, in days: money that was sent late still finds it.
const PATIENCE_DAYS: u64 = 30;
/// How many purchases expire at a time.
const MOST_EXPIRED: i64 = 200;

/// Closes purchases that were to be paid by transfer long ago.
///
/// # Errors
/// The first failure's; the other purchases expire nevertheless.
pub async fn expire_purchases(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let due_before = today.checked_sub_days(Days::new(PATIENCE_DAYS)).unwrap_or(today);
    let overdue = {
        let mut tx = app.db.system().await?;
        purchases::overdue(&mut tx, due_before, MOST_EXPIRED).await?
    };
    let mut outcome = Ok(());
    for purchase in overdue {
        outcome = outcome.and(expire_purchase(app, purchase, now).await);
    }
    outcome
}

async fn expire_purchase(app: &App, id: PurchaseId, now: DateTime<Utc>) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    // It may have been paid, in part or in full, or called off since it was looked for.
    let stored = purchases::lock(&mut tx, id).await?.filter(|stored| stored.purchase.may_be_cancelled());
    if let Some(stored) = stored
        && bank::paid_for_purchase(&mut tx, id).await? == Money::ZERO
        && purchases::note_closed(&mut tx, id, Closing::Expired, now).await?
    {
        purchase_events::record(&mut tx, &stored, PurchaseEventKind::Expired, "", Actor::System, "", now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Reminds of agreed times on the working day before, from its opening on. A time that was agreed on that very day needs no
/// reminder.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn write_reminders(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let calendar = catalogue::calendar(&mut tx).await?;
    let local = to_local(now);
    let today = local.date();
    if !calendar.is_working_day(today) || local.time() < calendar.wall_hours(today).0 {
        return Ok(());
    }
    let tomorrow = today.succ_opt().unwrap_or(today);
    // Up to the next working day, so that a time agreed for a closed day in between is not forgotten.
    let next = calendar.add_working_days(today, 1);
    let until = next.succ_opt().unwrap_or(next);
    for reminder in reminders::due(&mut tx, midnight(today), midnight(tomorrow), midnight(until)).await? {
        let mut appointment = reminder.appointment;
        // It was agreed before today, and what was said then of changing it is kept to.
        let settings = catalogue::settings(&mut tx, reminder.agreed_at).await?;
        let agreed_at = midnight(today);
        appointment.cut_off = Some(cut_off(&calendar, &settings, appointment.slot.start, reminder.urgency, agreed_at));
        let key = format!("reminder:{}:{}", reminder.request, appointment.sequence);
        mails::to_member(&mut tx, reminder.member, &MailContent::Reminder(appointment), now, &key).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Credits the minutes of contract periods that have begun.
///
/// # Errors
/// The first failure's; the other customers are credited nevertheless.
pub async fn credit_periods(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let customers = {
        let mut tx = app.db.system().await?;
        ledger::customers_to_credit(&mut tx, now).await?
    };
    let mut outcome = Ok(());
    for customer in customers {
        outcome = outcome.and(credit_period_of(app, customer, now).await);
    }
    outcome
}

async fn credit_period_of(app: &App, customer: CustomerId, now: DateTime<Utc>) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    ledger::lock(&mut tx, customer).await?;
    credit_period(&mut tx, customer, now, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Posts the expiry of minutes that nobody drew in time, of grants that expired lately or at any time, and tells those who
/// buy when that leaves little.
///
/// # Errors
/// The first failure's; the other customers' grants expire nevertheless.
pub async fn expire_grants(app: &App, which: Expired) -> Result<(), Problem> {
    let now = app.clock.now();
    let since = match which {
        Expired::Lately => now - LATELY,
        Expired::AtAnyTime => DateTime::UNIX_EPOCH,
    };
    let (customers, joinable) = {
        let mut tx = app.db.system().await?;
        let calendar = catalogue::calendar(&mut tx).await?;
        let joinable = joinable_since(&calendar, now);
        (ledger::customers_with_expired(&mut tx, since, now, joinable).await?, joinable)
    };
    let mut outcome = Ok(());
    for (customer, expired_at) in customers {
        outcome = outcome.and(expire(app, customer, expired_at, joinable, now).await);
    }
    outcome
}

/// Which grants are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expired {
    /// Those that expired in the last weeks: few, however old the accounts are.
    Lately,
    /// All that ever expired.
    AtAnyTime,
}

/// How far back a grant expired lately.
const LATELY: TimeDelta = TimeDelta::days(40);

async fn expire(
    app: &App,
    customer: CustomerId,
    expired_at: DateTime<Utc>,
    joinable: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    ledger::lock(&mut tx, customer).await?;
    let before = level(&mut tx, customer, expired_at - TimeDelta::microseconds(1)).await?;
    ledger::expire(&mut tx, customer, now, joinable).await?;
    raise_alert(&mut tx, customer, before, None, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Tells members who buy about grants that expire soon with minutes left, once per grant.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn announce_expiries(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let expiring = ledger::expiring(&mut tx, now, now + TimeDelta::days(EXPIRING_DAYS)).await?;
    for grant in expiring.into_iter().filter(|grant| expires_soon(grant.effective_at, grant.expires_at, now)) {
        let source = format!("grant:{}", grant.id);
        if alerts::raise(&mut tx, grant.customer, AlertKind::Expiring, &source, now).await? {
            let alert = Alert {
                kind: AlertKind::Expiring,
                left: grant.left,
                granted: grant.granted,
                reserved: 0,
                expires_at: Some(grant.expires_at),
            };
            let key = format!("alert:expiring:{}", grant.id);
            mails::to_buyers(&mut tx, grant.customer, &MailContent::Alert(alert), now, &key).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Looks after clocks that run: pauses those that reached the ceiling, and tells technicians who forgot theirs.
///
/// # Errors
/// The first failure's; the other clocks are looked after nevertheless.
pub async fn watch_clocks(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let running = {
        let mut tx = app.db.staff().await?;
        segments::running(&mut tx, None).await?
    };
    let mut outcome = Ok(());
    for clock in running {
        outcome = outcome.and(watch_clock(app, clock, now).await);
    }
    outcome
}

async fn watch_clock(app: &App, running: segments::Running, now: DateTime<Utc>) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    // In the order in which a technician's own steps lock.
    requests::lock_for_staff(&mut tx, running.clock.number).await?;
    segments::lock_clock(&mut tx, running.technician).await?;
    if let Some(intervention) = interventions::by_id(&mut tx, running.intervention).await? {
        enforce(&mut tx, &intervention, now).await?;
    }
    let (technician, segment) = (running.technician, running.segment.id);
    let clock = with_forgotten_since(running, now);
    if clock.forgotten_since.is_some() && segments::runs(&mut tx, segment).await? {
        let mail = MailContent::ClockForgotten { number: clock.number, customer: clock.customer, since: clock.since };
        mails::to_staff(&mut tx, technician, &mail, now, &format!("forgotten:{segment}")).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Says loudly in the log what is wrong with the account of minutes, and notes that it was looked at; nothing ever should be wrong.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn audit_ledger(app: &App) -> Result<Vec<String>, Problem> {
    let mut tx = app.db.staff().await?;
    let faults = ledger::faults(&mut tx).await?;
    for fault in &faults {
        tracing::error!(fault, "ledger");
    }
    drop(tx);
    operating::note_ledger_check(app, faults.len()).await?;
    Ok(faults)
}
