//! Statements that come by themselves: the bank is asked each hour, and the folder is looked into each minute. They are taken in as if
//! a manager had uploaded them, and what cannot be is told to the managers.

use chrono::{Days, NaiveDate};
use serde_json::json;

use super::bank::{Imported, Origin, Said, take_in};
use crate::{
    model::{
        base::calendar::to_local,
        mails::MailContent,
        money::{
            bank::{StatementFault, StatementRefused, StatementSource},
            card::PaymentAlertKind,
            statements::SourceFailure,
        },
        people::members::StaffRole,
        problem::Problem,
    },
    server::{
        app::App,
        db::{
            mails,
            money::{bank, payment_alerts, statements},
            people::staff,
            queue,
        },
        incident,
        statements::{
            fio::{FioError, PAUSE},
            folder::WaitingFile,
        },
    },
};

/// How many days before the last one that was taken in are asked for again: what is booked late is booked on its own day.
const AGAIN: u64 = 7;
/// How many days are asked for at first.
const AT_FIRST: u64 = 30;

/// Why the bank's movements were not taken in.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The bank does not tell them.
    #[error(transparent)]
    Fio(#[from] FioError),
    /// It was asked within the last 30 seconds.
    #[error("the bank was asked a moment ago")]
    TooEarly,
    /// They could not be written down.
    #[error("{0}")]
    Problem(#[from] Problem),
}

/// Queues that the bank is asked, where it can be: once, however many processes do so.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn queue_fetch(app: &App) -> Result<(), Problem> {
    if !app.statements.fio.is_on() {
        // What nobody asks any more fails no more.
        return works(app, StatementSource::Fio).await;
    }
    let mut tx = app.db.system().await?;
    queue::job(&mut tx, "fetch_statements", &json!({}), StatementSource::Fio.code()).await?;
    tx.commit().await?;
    Ok(())
}

/// Asks the bank for its movements since a week before the last that were taken in, and takes them in.
///
/// # Errors
/// [`FetchError`]: then it is asked again later.
pub async fn fetch(app: &App) -> Result<(), FetchError> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let turn = {
        let mut tx = app.db.system().await.map_err(Problem::from)?;
        let turn = statements::take_turn(&mut tx, StatementSource::Fio, PAUSE, now).await.map_err(Problem::from)?;
        // Before the bank is asked: whatever becomes of that, it was.
        tx.commit().await.map_err(Problem::from)?;
        turn.ok_or(FetchError::TooEarly)?
    };
    let from = first_day(turn, today);
    let source = StatementSource::Fio;
    let file = match app.statements.fio.movements(from, today).await {
        Ok(Some(file)) => file,
        Ok(None) => return Ok(()),
        Err(error) => {
            fails(app, source, error.failure(), None).await?;
            return Err(error.into());
        }
    };
    let name = format!("Fio {from} – {today}.csv");
    match take_in(app, Origin { source, by: None }, &name, &file, Said::default()).await {
        Ok(imported) => {
            tell_unread(app, &name, &imported).await?;
            let mut tx = app.db.system().await.map_err(Problem::from)?;
            statements::note_until(&mut tx, source, today).await.map_err(Problem::from)?;
            tx.commit().await.map_err(Problem::from)?;
            Ok(works(app, source).await?)
        }
        Err(Problem::Statement(refused)) => {
            Ok(fails(app, source, SourceFailure::Unreadable, Some(refused.fault)).await?)
        }
        Err(problem) => Err(problem.into()),
    }
}

/// Notes that a source fails, and tells the managers once when it is time to.
async fn fails(
    app: &App,
    source: StatementSource,
    failure: SourceFailure,
    fault: Option<StatementFault>,
) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let trouble = statements::note_failure(&mut tx, source, failure, fault, now).await?;
    let kind = PaymentAlertKind::StatementsFail;
    if trouble.is_told(now) && payment_alerts::raise(&mut tx, kind, &trouble.name(), None, &json!(trouble), now).await?
    {
        for person in staff::people(&mut tx, None, now).await? {
            if person.active && person.form.roles.contains(StaffRole::Manager) {
                let key = format!("statements_fail:{}:{}", trouble.name(), person.id);
                mails::to_staff(&mut tx, person.id, &MailContent::StatementsFail(trouble), now, &key).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Notes that a source works: what was raised because it did not is settled.
async fn works(app: &App, source: StatementSource) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    if statements::note_works(&mut tx, source).await? {
        payment_alerts::resolve_source(&mut tx, source, app.clock.now()).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn first_day(until: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
    let days = if until.is_some() { AGAIN } else { AT_FIRST };
    let last = until.unwrap_or(today).min(today);
    last.checked_sub_days(Days::new(days)).unwrap_or(last)
}

/// Takes in what lies in the folder and is whole.
///
/// # Errors
/// The first failure's; the other files are taken in nevertheless.
pub async fn look_into_folder(app: &App) -> Result<(), Problem> {
    let outcome = take_all(app).await;
    match outcome {
        Ok(()) => works(app, StatementSource::Folder).await,
        Err(Problem::Internal { .. }) => {
            fails(app, StatementSource::Folder, SourceFailure::Folder, None).await.and(outcome)
        }
        // That is not the folder's fault.
        Err(_) => outcome,
    }
}

async fn take_all(app: &App) -> Result<(), Problem> {
    let waiting = app.statements.folder.waiting().await.map_err(|error| failed(&error))?;
    let mut outcome = Ok(());
    for file in waiting {
        outcome = outcome.and(take_from_folder(app, file).await);
    }
    outcome
}

async fn take_from_folder(app: &App, file: WaitingFile) -> Result<(), Problem> {
    let folder = &app.statements.folder;
    let origin = Origin { source: StatementSource::Folder, by: None };
    let taken = match &file.content {
        Some(content) => take_in(app, origin, &file.name, content, Said::default()).await,
        None => Err(StatementRefused::new(1, StatementFault::TooLong).into()),
    };
    match taken {
        Ok(imported) => {
            tell_unread(app, &file.name, &imported).await?;
            folder.done(file, imported.unread).await
        }
        Err(Problem::Statement(refused)) => {
            tell_refused(app, &file.told_as(), &file.name, refused).await?;
            folder.refused(file, refused).await
        }
        // It stays where it is.
        Err(problem) => return Err(problem),
    }
    .map_err(|error| failed(&error))
}

/// Tells the managers that some rows of a statement could not be read that no other one had; of one that was taken in before, too:
/// whoever did may have died before this.
async fn tell_unread(app: &App, name: &str, imported: &Imported) -> Result<(), Problem> {
    let news = bank::first_unread_news(&mut app.db.staff().await?, imported.statement).await?;
    match news {
        // The row itself is what it is told by, whatever the file with it is called.
        Some((refused, mark)) => tell_refused(app, &mark, name, refused).await,
        None => Ok(()),
    }
}

/// Tells the managers that a statement, or some of it, was not taken in: of each once.
///
/// * `what` – what makes it this one and no other
async fn tell_refused(app: &App, what: &str, file: &str, refused: StatementRefused) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    let kind = PaymentAlertKind::StatementRefused;
    let details = json!({ "line": refused.line, "fault": refused.fault, "file": file });
    payment_alerts::raise(&mut tx, kind, what, None, &details, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

fn failed(error: &std::io::Error) -> Problem {
    let incident = incident::current();
    tracing::error!(%error, incident, "the folder of statements");
    Problem::Internal { incident }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::date;

    #[test]
    fn the_bank_is_asked_for_what_may_have_been_booked_since() {
        let today = date("2026-11-23");
        for (until, from) in [
            (None, "2026-10-24"),
            (Some("2026-11-23"), "2026-11-16"),
            (Some("2026-09-01"), "2026-08-25"),
            // A clock that went back asks for nothing ahead.
            (Some("2026-12-24"), "2026-11-16"),
        ] {
            assert_eq!(first_day(until.map(date), today), date(from), "{until:?}");
        }
    }
}
