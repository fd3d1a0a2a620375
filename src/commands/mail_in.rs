//! A mail that a mail server hands over on standard input.

use std::{
    io::{self, Read},
    process::ExitCode,
};

use linka::{
    model::work::mail_in::MAIL_BYTES_MAX,
    server::{
        config::DatabaseArgs,
        service::work::mail_in::{self, TakenIn},
    },
};

use super::database::beside_portal;

/// What is not read as a mail, or too large: the mail server tells its sender (EX_DATAERR of sysexits.h).
const DATA_ERROR: u8 = 65;
/// The mail server is to try again (EX_TEMPFAIL).
const TRY_AGAIN: u8 = 75;

/// Keeps a mail. Whatever goes wrong, the mail server has it still and tries again.
pub(crate) async fn take_in(args: &DatabaseArgs) -> ExitCode {
    let taken = beside_portal(args, "http://localhost", async |app| {
        let (raw, bytes) = read(io::stdin().lock())?;
        Ok(match mail_in::take_in(&app, &raw, bytes).await? {
            TakenIn::Kept => ExitCode::SUCCESS,
            TakenIn::Unreadable => told("it is kept, and nothing in it is a mail"),
            TakenIn::TooLarge => told(&format!("only its head is kept: it is larger than {} MB", MAIL_BYTES_MAX >> 20)),
        })
    });
    taken.await.unwrap_or_else(|error| {
        eprintln!("linka: the mail is not kept, try again: {error:#}");
        ExitCode::from(TRY_AGAIN)
    })
}

fn told(why: &str) -> ExitCode {
    eprintln!("linka: {why}");
    ExitCode::from(DATA_ERROR)
}

/// All of it up to a byte more than is kept, and how long it is in all.
fn read(mut input: impl Read) -> io::Result<(Vec<u8>, u64)> {
    let mut raw = Vec::new();
    let most = u64::try_from(MAIL_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let kept = input.by_ref().take(most).read_to_end(&mut raw)?;
    // The mail server waits until all of it is read.
    let beyond = io::copy(&mut input, &mut io::sink())?;
    Ok((raw, u64::try_from(kept).unwrap_or(u64::MAX).saturating_add(beyond)))
}
