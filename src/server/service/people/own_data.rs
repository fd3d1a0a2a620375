//! What is kept of a member, handed over to that member (GDPR, articles 15 and 20).

use std::fs::File;

use serde_json::Value;

use crate::{
    model::{people::audit::AuditSubject, problem::Problem},
    server::{
        app::App,
        auth::{
            Caller,
            events::{SecurityEvent, record},
        },
        db::{
            ordering::attachments,
            people::{audit, own_data},
        },
        documents::{Entry, NotMade, write_archive},
        incident,
        service::ordering::attachments::content as kept_by,
    },
};

/// All that is kept of the member who asks, as an archive of JSON files and of the files that they have sent.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::Forbidden`] for all but members, [`Problem::Busy`] while too many archives are made.
pub async fn archive(app: &App, caller: &Caller) -> Result<File, Problem> {
    let member = caller.member()?;
    let login = caller.session()?.login;
    let mut tx = app.db.system().await?;
    let sign_in = own_data::sign_in(&mut tx, login).await?;
    drop(tx);
    let mut tx = app.db.member(member.customer()).await?;
    let deeds = own_data::deeds(&mut tx, member.id()).await?;
    let files = attachments::of_member(&mut tx, member.id()).await?;
    drop(tx);
    let at = app.clock.now();
    let archive = write_archive(
        async |archive| {
            for (name, value) in [("account.json", &sign_in), ("person.json", &deeds)] {
                let entry = Entry { name: name.to_owned(), at, content: pretty(value) };
                archive.add(entry).await.map_err(not_made)?;
            }
            // One after the other: no more than one is in memory.
            for id in files {
                let mut tx = app.db.member(member.customer()).await?;
                let found = attachments::find(&mut tx, id).await?;
                drop(tx);
                if let Some((_, file, kept)) = found {
                    let content = match kept_by(app, kept).await {
                        Ok(content) => content,
                        // What a bucket has lost cannot be handed over; that it was sent stands in the list.
                        Err(Problem::NotFound) => continue,
                        Err(problem) => return Err(problem),
                    };
                    let name = format!("attachments/{id}.{}", file.kind.ending());
                    archive.add(Entry { name, at, content }).await.map_err(not_made)?;
                }
            }
            Ok(())
        },
        not_made,
    )
    .await?;
    let mut tx = app.db.system().await?;
    audit::note_deed(&mut tx, AuditSubject::OwnData, Some(member.customer()), "").await?;
    tx.commit().await?;
    record(SecurityEvent::OwnDataGiven(login));
    Ok(archive)
}

/// With a line for each value, as people read it too.
fn pretty(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

fn not_made(error: NotMade) -> Problem {
    if let NotMade::Busy = error {
        return Problem::Busy { retry_after_s: 5 };
    }
    let incident = incident::current();
    tracing::error!(%error, incident, "personal data");
    Problem::Internal { incident }
}
