//! Mails, as staff and the demo see them.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::{ids::MailId, numbers::RequestNumber},
    mails as view,
    problem::Problem,
};

access! {
    Mails: Desk,
    MailsAbout: Staff,
    ResendMail: Desk,
    DemoMails: Public,
}

/// Mails that failed for good, the newest first, and what waits.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/mails", input = GetUrl)]
pub async fn mails(after: Option<view::MailPlace>) -> Result<view::MailList, Problem> {
    use crate::server::{request, service::mails};
    mails::troubled(&request::app()?, &request::caller()?.desk()?, after).await
}

/// Mails about a request, the newest first, each with what became of it.
///
/// # Errors
/// [`Problem::NotFound`], also for a technician who has no part in it.
#[server(endpoint = "desk/mails-about", input = GetUrl)]
pub async fn mails_about(number: RequestNumber) -> Result<Vec<view::MailRow>, Problem> {
    use crate::server::{request, service::mails};
    mails::about(&request::app()?, &request::caller()?.staff()?, number).await
}

/// Tries a failed mail again.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "desk/resend-mail")]
pub async fn resend_mail(mail: MailId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::mails},
    };
    mails::resend(&request::app()?, &request::caller()?.desk()?, mail).await?;
    request::see_other(paths::DESK_MAILS)
}

/// The latest mails of the demo, whoever they are for.
///
/// # Errors
/// [`Problem::NotFound`] outside of the demo.
#[server(endpoint = "demo/mails", input = GetUrl)]
pub async fn demo_mails() -> Result<Vec<view::MailRow>, Problem> {
    use crate::server::{request, service::mails};
    mails::of_demo(&request::app()?).await
}
