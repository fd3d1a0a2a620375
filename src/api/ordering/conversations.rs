//! What customers and the vendor write to one another about a request.

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{base::numbers::RequestNumber, problem::Problem};

access! {
    WriteMessage: Member,
    ReplyToCustomer: Staff,
    NeedNoAnswer: Staff,
}

/// Writes to the vendor about a request. `key` names this rendering of the form: repeating it has no further effect.
///
/// # Errors
/// [`Problem::Invalid`] for a message that says nothing, or too much; [`Problem::Limit`]; [`Problem::NotFound`].
#[server(endpoint = "requests/write")]
pub async fn write_message(
    number: RequestNumber,
    #[server(default)] message: String,
    #[server(default)] attachments: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::{ordering::attachments::named, paths},
        server::{request, service::ordering::conversations},
    };
    conversations::write(&request::app()?, &request::caller()?.member()?, number, &message, &named(&attachments), key)
        .await?;
    request::see_other(&paths::request(number))
}

/// Writes to the customer; from the workbench back to it.
///
/// # Errors
/// [`Problem::Invalid`] for a message that says nothing, or too much; [`Problem::NotFound`].
#[server(endpoint = "desk/reply")]
pub async fn reply_to_customer(
    number: RequestNumber,
    #[server(default)] message: String,
    #[server(default)] attachments: String,
    #[server(default)] seen_message: String,
    #[server(default)] at_bench: bool,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::{ordering::attachments::named, paths},
        server::{request, service::ordering::conversations},
    };
    let (seen, files) = (seen_message.parse().ok(), named(&attachments));
    conversations::reply(&request::app()?, &request::caller()?.staff()?, number, &message, (seen, &files), key).await?;
    request::see_other(&if at_bench { paths::workbench(number) } else { paths::desk_request(number) })
}

/// Notes that what the customer wrote needs no answer.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "desk/need-no-answer")]
pub async fn need_no_answer(
    number: RequestNumber,
    #[server(default)] seen_message: String,
    #[server(default)] at_bench: bool,
) -> Result<(), Problem> {
    use crate::{
        model::{base::ids::MessageId, paths},
        server::{request, service::ordering::conversations},
    };
    let seen: Option<MessageId> = seen_message.parse().ok();
    conversations::need_no_answer(&request::app()?, &request::caller()?.staff()?, number, seen).await?;
    request::see_other(&if at_bench { paths::workbench(number) } else { paths::desk_request(number) })
}
