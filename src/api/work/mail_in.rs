//! Mails that came to the line, as the desk sees them and what it makes of them.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::{
        ids::{CustomerId, InboundMailId, MemberId, ProgramId, WorkTypeId},
        numbers::RequestNumber,
        seen::Seen,
    },
    problem::Problem,
    work::mail_in as view,
};

access! {
    MailInPage: Desk,
    InboundMail: Desk,
    MailsThatCame: Desk,
    AssignMail: Desk,
    DismissMail: Desk,
    RevokeReplies: Desk,
    VoicePage: Manager,
    SaveVoicePatterns: Manager,
}

/// `/desk/mail-in`; mails that wait unless another state is named.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/mail-in", input = GetUrl)]
pub async fn mail_in_page(
    #[server(default)] state: String,
    after: Option<InboundMailId>,
) -> Result<view::MailInPage, Problem> {
    use crate::server::{request, service::work::mail_in};
    let state = view::InboundState::from_code(&state).unwrap_or(view::InboundState::Waiting);
    mail_in::page(&request::app()?, &request::caller()?.desk()?, state, after).await
}

/// A mail that came, and whose it may be.
///
/// * `search` – what was looked for; at first its sender
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "desk/inbound-mail", input = GetUrl)]
pub async fn inbound_mail(
    mail: InboundMailId,
    search: Option<String>,
    customer: Option<CustomerId>,
) -> Result<view::InboundMailPage, Problem> {
    use crate::server::{request, service::work::mail_in};
    mail_in::mail(&request::app()?, &request::caller()?.desk()?, mail, search.as_deref(), customer).await
}

/// The mails that came about a request, the newest first.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "desk/mails-that-came", input = GetUrl)]
pub async fn mails_that_came(number: RequestNumber) -> Result<Vec<view::InboundRow>, Problem> {
    use crate::server::{request, service::work::mail_in};
    mail_in::about(&request::app()?, &request::caller()?.desk()?, number).await
}

/// Makes a request of a mail that waits or was taken for a machine's, or a message about one.
///
/// * `wanted` – what its writer wants, of what says nothing itself
///
/// # Errors
/// [`Problem::Invalid`] with the field that is not right, [`Problem::Conflict`] when something else was made of it.
#[server(endpoint = "desk/assign-mail")]
pub async fn assign_mail(
    mail: InboundMailId,
    customer: CustomerId,
    member: Option<MemberId>,
    #[server(default)] request: String,
    program: Option<ProgramId>,
    work_type: Option<WorkTypeId>,
    #[server(default)] phone: String,
    #[server(default)] wanted: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request as asking, service::work::mail_in},
    };
    let typed = view::TypedAssignment { member, request, program, work_type, phone, wanted };
    let number = mail_in::assign(&asking::app()?, &asking::caller()?.desk()?, mail, customer, &typed).await?;
    asking::see_other(&paths::desk_request(number))
}

/// Puts a mail that waits aside.
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::Conflict`] when something was made of it.
#[server(endpoint = "desk/dismiss-mail")]
pub async fn dismiss_mail(mail: InboundMailId, #[server(default)] dismissal: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::mail_in},
    };
    mail_in::dismiss(&request::app()?, &request::caller()?.desk()?, mail, &dismissal).await?;
    request::see_other(paths::MAIL_IN)
}

/// Takes no further answers by the address by which one came.
///
/// # Errors
/// [`Problem::NotFound`] for what is no answer.
#[server(endpoint = "desk/revoke-replies")]
pub async fn revoke_replies(mail: InboundMailId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::mail_in},
    };
    mail_in::revoke(&request::app()?, &request::caller()?.desk()?, mail).await?;
    request::see_other(&paths::inbound_mail(mail))
}

/// `/settings/voice`.
///
/// * `tried` – a header of a mail, to see what the patterns find in it
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/voice", input = GetUrl)]
pub async fn voice_page(#[server(default)] tried: String) -> Result<view::VoicePage, Problem> {
    use crate::server::{request, service::work::mail_in};
    mail_in::voice_page(&request::app()?, &request::caller()?.manager()?, &tried).await
}

/// Says how mails of the telephone exchange are known.
///
/// # Errors
/// [`Problem::Invalid`] for what is no pattern, [`Problem::ChangedMeanwhile`].
#[server(endpoint = "settings/save-voice")]
pub async fn save_voice_patterns(
    #[server(default)] patterns: String,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::mail_in},
    };
    mail_in::save_voice_patterns(&request::app()?, &request::caller()?.manager()?, &patterns, &seen).await?;
    request::see_other(paths::VOICE_SETTINGS)
}
