//! What whoever runs the portal watches.

use chrono::TimeDelta;

use crate::{
    model::{base::fields::keep_line, line::operating::OperatingFigures, problem::Problem},
    server::{app::App, db::line::operating},
};

/// How long the database may take for the figures, in milliseconds: whoever asks comes again in some seconds.
const TIME_LIMIT_MS: u32 = 2_000;
/// The most characters that are kept of why a certificate is not believed.
const TROUBLE_MAX: usize = 500;
/// How long a server is remembered that is not looked at any more.
const MEMORY: TimeDelta = TimeDelta::days(1);

/// What waits and what was found.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer in time.
pub async fn figures(app: &App) -> Result<OperatingFigures, Problem> {
    let mut tx = app.db.system().await?;
    operating::limit_time(&mut tx, TIME_LIMIT_MS).await?;
    Ok(operating::figures(&mut tx, app.clock.now()).await?)
}

/// Notes that the account of minutes was checked now.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn note_ledger_check(app: &App, faults: usize) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    let faults = i32::try_from(faults).unwrap_or(i32::MAX);
    operating::note_ledger_check(&mut tx, faults, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Looks at the certificates of the servers that we speak with, and notes what they show. Several processes may do so.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn look_at_certificates(app: &App) -> Result<(), Problem> {
    for server in app.certificates.servers() {
        // No transaction is open while somebody else is waited for.
        let shown = server.look().await;
        let (expires_at, trouble) = match shown {
            Ok(expires_at) => (Some(expires_at), String::new()),
            Err(refused) => (refused.expires_at, refused.trouble),
        };
        let trouble = trouble.chars().take(TROUBLE_MAX).collect::<String>();
        let trouble = keep_line(&trouble, 0..=TROUBLE_MAX).unwrap_or_default();
        // What cannot be kept is trouble all the same.
        let trouble = if expires_at.is_none() && trouble.is_empty() { "?".to_owned() } else { trouble };
        let mut tx = app.db.system().await?;
        operating::note_certificate(&mut tx, &server.to_string(), expires_at, &trouble, app.clock.now()).await?;
        tx.commit().await?;
    }
    let mut tx = app.db.system().await?;
    operating::forget_certificates(&mut tx, app.clock.now() - MEMORY).await?;
    Ok(tx.commit().await?)
}
