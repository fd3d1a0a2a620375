//! Who may hear what of open pages (design, Live pages).

use crate::{
    model::{
        base::{ids::RequestId, numbers::RequestNumber},
        ordering::live::{LiveView, Topic},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Caller, Session},
        db::{
            ordering::{live, requests},
            people::sessions,
            work::visits,
        },
    },
};

/// The topics of what a page shows, for whoever may see that page.
///
/// # Errors
/// As the page itself: [`Problem::NotFound`] for what is somebody else's, [`Problem::Forbidden`] for the wrong kind of person.
pub async fn topics(app: &App, caller: &Caller, view: LiveView) -> Result<Vec<Topic>, Problem> {
    Ok(match view {
        LiveView::Desk => {
            caller.desk()?;
            vec![Topic::Desk]
        }
        LiveView::Plan => {
            caller.may_order()?;
            vec![Topic::Plan]
        }
        LiveView::Day => vec![Topic::Technician(caller.technician()?.id())],
        LiveView::Appointments => {
            let staff = caller.staff()?;
            vec![if staff.roles().is_desk() { Topic::Desk } else { Topic::Technician(staff.id()) }]
        }
        LiveView::Customer => vec![Topic::Customer(caller.member()?.customer())],
        LiveView::Request(number) => vec![Topic::Request(request(app, caller, number).await?)],
        LiveView::Bench(number) => {
            caller.staff()?;
            let mut tx = app.db.staff().await?;
            let visit = visits::latest(&mut tx, number).await?.ok_or(Problem::NotFound)?;
            vec![Topic::Request(visit.request), Topic::Technician(visit.technician)]
        }
    })
}

/// The request of a number, as far as the caller may see its page.
async fn request(app: &App, caller: &Caller, number: RequestNumber) -> Result<RequestId, Problem> {
    let now = app.clock.now();
    let found = if let Ok(staff) = caller.staff() {
        let only = (!staff.roles().is_desk()).then(|| staff.id());
        requests::page::for_staff(&mut app.db.staff().await?, only, number, now).await?
    } else {
        let member = caller.member()?;
        requests::page::by_number(&mut app.db.member(member.customer()).await?, &member, number, now).await?
    };
    Ok(found.ok_or(Problem::NotFound)?.id)
}

/// Looks whether somebody is signed in still, once the stream of a page is open: who was signed out between the look-up and that is told
/// by nobody, as the end of the session came before anybody listened for it.
///
/// # Errors
/// [`Problem::SignInRequired`] for whoever is not.
pub async fn still_signed_in(app: &App, session: &Session) -> Result<(), Problem> {
    let lives = sessions::lives(&mut app.db.system().await?, session.id, app.clock.now()).await?;
    if lives { Ok(()) } else { Err(Problem::SignInRequired) }
}

/// Forgets what no page that is open asks for any more.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    live::sweep(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}
