//! The notice on top of all pages.

use chrono::TimeDelta;

use crate::{
    model::{
        base::seen::Seen,
        line::notice::{NoticeForm, NoticePage, SiteNotice},
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            line::notice,
            locks::{self, Lock},
        },
    },
};

/// How long a process believes what it last read: a page costs no statement, and another process shows a new notice that much
/// later.
const BELIEVED: TimeDelta = TimeDelta::seconds(10);

/// The notice that stands on the pages now, if any; while the database is away, the one that stood there last.
pub async fn standing(app: &App) -> Option<SiteNotice> {
    let now = app.clock.now();
    let known = match app.line.notice() {
        Some((read_at, known)) if read_at <= now && now < read_at + BELIEVED => known,
        former => {
            let read = match look_up(app).await {
                Ok(read) => read,
                Err(_) => former.and_then(|(_, known)| known),
            };
            app.line.keep_notice(now, read.clone());
            read
        }
    };
    known.filter(|notice| notice.stands_at(now))
}

async fn look_up(app: &App) -> Result<Option<SiteNotice>, Problem> {
    Ok(notice::find(&mut app.db.system().await?).await?)
}

/// The notice as managers see it.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<NoticePage, Problem> {
    Ok(NoticePage { notice: notice::find(&mut app.db.staff().await?).await?, now: app.clock.now() })
}

/// Puts a notice on the pages, in the place of the one that was.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right; [`Problem::ChangedMeanwhile`].
pub async fn put(app: &App, _manager: &Manager, typed: &NoticeForm, seen: &Seen) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    locks::take(&mut tx, Lock::Saving).await?;
    let there_is = notice::find(&mut tx).await?;
    let kept = typed.check(there_is.as_ref(), now).map_err(|fields| Problem::Invalid { fields })?;
    seen.admit(&NoticeForm::of(there_is.as_ref(), now).fields(), &NoticeForm::from(&kept).fields())?;
    notice::put(&mut tx, &kept).await?;
    tx.commit().await?;
    app.line.keep_notice(now, Some(kept));
    Ok(())
}

/// Takes the notice down.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn remove(app: &App, _manager: &Manager) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    notice::remove(&mut tx).await?;
    tx.commit().await?;
    app.line.keep_notice(app.clock.now(), None);
    Ok(())
}
