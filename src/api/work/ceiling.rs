//! Consent to go on above the ceiling.

use leptos::prelude::*;

use crate::model::{base::numbers::RequestNumber, problem::Problem};

access! {
    AnswerConsent: Buyer,
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
