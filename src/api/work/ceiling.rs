//! Consent to go on above the ceiling.

use leptos::prelude::*;

use crate::model::{base::numbers::RequestNumber, problem::Problem};

access! {
    AnswerConsent: Buyer,
    RecordConsent: Staff,
}

/// Answers the question for consent: `agreed` with a new ceiling in minutes, or with none for no limit any more.
///
/// # Errors
/// [`Problem::Forbidden`] without `buy`, [`Problem::Conflict`] when somebody answered before.
#[server(endpoint = "receipts/consent")]
pub async fn answer_consent(
    number: RequestNumber,
    ceiling: Option<u32>,
    agreed: Option<bool>,
    #[server(default)] new_ceiling: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::ceiling},
    };
    ceiling::answer(&request::app()?, &request::caller()?.may_buy()?, number, ceiling, agreed, &new_ceiling).await?;
    request::see_other(&paths::request(number))
}

/// Writes down what a customer answered on the telephone to the question for consent.
///
/// # Errors
/// [`Problem::Invalid`], [`Problem::Work`] for another technician's work, [`Problem::Conflict`] when somebody answered before.
#[server(endpoint = "work/consent")]
pub async fn record_consent(
    number: RequestNumber,
    agreed: Option<bool>,
    #[server(default)] new_ceiling: String,
    #[server(default)] said_by: String,
    #[server(default)] said_at: String,
    #[server(default)] words: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::ceiling},
    };
    let typed = ceiling::TypedAnswer { agreed, new_ceiling, said_by, said_at, words };
    ceiling::record(&request::app()?, &request::caller()?.staff()?, number, &typed).await?;
    request::see_other(&paths::workbench(number))
}
