//! What a mail is, and what is made of it by itself. It may be done twice at once and any number of times, with one effect.

use std::str::FromStr;

use chrono::TimeDelta;
use uuid::Uuid;

use super::{
    addresses::{self, Said},
    outcomes::{self, Made},
    read,
};
use crate::{
    model::{
        base::ids::{InboundMailId, MailId},
        problem::Problem,
        work::mail_in::{InboundState, MAILS_PER_HOUR, MailTag, Nature, ReadMail, VoicePatterns, WaitReason, nature},
    },
    server::{
        app::App,
        db::work::mail_in::{self, CameMail, Outcome},
        incident,
    },
};

const HOUR: TimeDelta = TimeDelta::hours(1);

/// Accounts for a mail that was kept; one that was accounted for stays as it is.
///
/// # Errors
/// What went wrong, when it is worth trying again. With `is_last_try` the mail is given to the desk instead.
pub async fn account(app: &App, id: InboundMailId, is_last_try: bool) -> Result<(), String> {
    match try_account(app, id).await {
        Err(problem) if is_last_try => {
            tracing::error!(%problem, mail = %id, incident = incident::current(), "a mail that came is left to the desk");
            settle(app, id, &Outcome::waits(WaitReason::Trouble)).await.map_err(|problem| problem.to_string())
        }
        outcome => outcome.map_err(|problem| problem.to_string()),
    }
}

async fn try_account(app: &App, id: InboundMailId) -> Result<(), Problem> {
    let found = mail_in::came(&mut app.db.system().await?, id).await?;
    let Some(mut came) = found.filter(|came| came.state == InboundState::Received) else { return Ok(()) };
    let content = came.content.take().unwrap_or_default();
    let outcome = match read(content).await {
        None => Outcome::of(InboundState::Unreadable),
        Some(mail) => {
            let mut tx = app.db.system().await?;
            mail_in::note_read(&mut tx, id, &mail).await?;
            tx.commit().await?;
            decide(app, id, &came, &mail).await?
        }
    };
    settle(app, id, &outcome).await
}

async fn settle(app: &App, id: InboundMailId, outcome: &Outcome) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    mail_in::settle(&mut tx, id, outcome, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

async fn decide(app: &App, id: InboundMailId, came: &CameMail, mail: &ReadMail) -> Result<Outcome, Problem> {
    if !came.is_whole {
        return Ok(Outcome::waits(WaitReason::TooLarge));
    }
    let mut tx = app.db.system().await?;
    let is_ours = match identity(&mail.message_id) {
        Some(own) => mail_in::ours(&mut tx, &[own], None).await?.is_some(),
        None => false,
    };
    if is_ours || nature(mail) == Nature::Loop {
        return Ok(Outcome::of(InboundState::Loop));
    }
    if let Some(before) = mail_in::same_before(&mut tx, id, mail).await? {
        return Ok(Outcome { duplicate_of: Some(before), ..Outcome::of(InboundState::Duplicate) });
    }
    let patterns = mail_in::voice_patterns(&mut tx).await?;
    drop(tx);
    // Exchanges say of what they send that nobody has written it.
    if let Some(number) = spoken_from(mail, &patterns) {
        return voice(app, number).await;
    }
    let said = addresses::said_by(app, &mail.recipients).await?;
    match nature(mail) {
        Nature::Bounce => bounce(app, mail, said).await,
        Nature::Automatic => Ok(Outcome::of(InboundState::AutoReply)),
        Nature::Listed if !is_known(app, mail).await? => Ok(Outcome::of(InboundState::AutoReply)),
        Nature::Listed | Nature::Loop | Nature::Written => written(app, id, came, mail, said).await,
    }
}

async fn is_known(app: &App, mail: &ReadMail) -> Result<bool, Problem> {
    Ok(!mail_in::writers(&mut app.db.system().await?, &mail.from_address).await?.is_empty())
}

/// The identity of a mail of ours, where it looks like one.
fn identity(message_id: &str) -> Option<Uuid> {
    Uuid::from_str(message_id.split('@').next().unwrap_or_default()).ok()
}

/// From which number somebody spoke to the answering machine, if that is what a mail is.
fn spoken_from(mail: &ReadMail, patterns: &str) -> Option<Option<String>> {
    mail.audio()?;
    VoicePatterns::check(patterns).ok()?.1.find(mail)
}

async fn voice(app: &App, number: Option<String>) -> Result<Outcome, Problem> {
    let phone = number.unwrap_or_default();
    let callers = match phone.as_str() {
        "" => Vec::new(),
        phone => mail_in::callers(&mut app.db.system().await?, phone).await?,
    };
    let person = match callers.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    Ok(Outcome { phone, person, ..Outcome::waits(WaitReason::Voice) })
}

/// A mail server has given up on a mail: on which is said by the address to which it writes, or by what it quotes.
async fn bounce(app: &App, mail: &ReadMail, said: Said) -> Result<Outcome, Problem> {
    let sealed: Option<MailId> = match said.tag {
        Some(MailTag::Bounce(mail)) => Some(mail),
        _ => None,
    };
    let quoted = mail.report.iter().flat_map(|report| &report.message_ids).filter_map(|id| identity(id));
    let quoted: Vec<Uuid> = quoted.collect();
    let found = mail_in::ours(&mut app.db.system().await?, &quoted, sealed).await?;
    Ok(match found {
        Some((bounced, person)) => Outcome { bounced: Some(bounced), person, ..Outcome::of(InboundState::Bounce) },
        None => Outcome::waits(WaitReason::UnknownBounce),
    })
}

/// Somebody has written it: about a request, or for a new one.
async fn written(
    app: &App,
    id: InboundMailId,
    came: &CameMail,
    mail: &ReadMail,
    said: Said,
) -> Result<Outcome, Problem> {
    let mut tx = app.db.system().await?;
    let since = came.came_at - HOUR;
    if mail_in::came_lately(&mut tx, &mail.from_address, since, id).await? >= MAILS_PER_HOUR {
        return Ok(Outcome::waits(WaitReason::TooMany));
    }
    let writers = mail_in::writers(&mut tx, &mail.from_address).await?;
    let about = match said.tag {
        Some(MailTag::Reply { number, member }) => {
            let request = mail_in::request_of(&mut tx, number).await?;
            let is_revoked = match request {
                Some((request, _)) => mail_in::is_reply_revoked(&mut tx, request, member).await?,
                None => false,
            };
            if is_revoked {
                return Ok(Outcome::waits(WaitReason::RevokedAddress));
            }
            Some((number, request))
        }
        // What tells of a mail that was not delivered is answered by nobody.
        Some(MailTag::Bounce(_)) | None if said.is_forged => return Ok(Outcome::waits(WaitReason::ForeignRequest)),
        Some(MailTag::Bounce(_)) | None => None,
    };
    drop(tx);
    let Some((number, request)) = about else {
        return match writers.as_slice() {
            [] => Ok(Outcome::waits(WaitReason::UnknownSender)),
            [only] => outcomes::order(app, only, came.key, mail, &outcomes::Chosen::default()).await.map(to_outcome),
            _ => Ok(Outcome::waits(WaitReason::SeveralPeople)),
        };
    };
    let theirs = writers.iter().find(|writer| request.is_some_and(|(_, customer)| customer == writer.customer));
    match theirs {
        Some(writer) => outcomes::answer(app, writer, number, came.key, mail).await.map(to_outcome),
        None => Ok(Outcome::waits(WaitReason::ForeignRequest)),
    }
}

fn to_outcome(made: Result<Made, WaitReason>) -> Outcome {
    match made {
        Ok(made) => Outcome {
            person: Some((made.customer, Some(made.member))),
            request: Some(made.request),
            ..Outcome::of(made.state)
        },
        Err(reason) => Outcome::waits(reason),
    }
}

#[cfg(test)]
mod tests {
    use super::identity;

    #[test]
    fn a_mail_of_ours_is_known_by_its_identity() {
        assert!(identity("018f8f6e-7b1c-7c3a-9d2e-5b6a7c8d9e0f@linka.example").is_some());
        assert_eq!((identity("CAF1@mail.example"), identity("")), (None, None));
    }
}
