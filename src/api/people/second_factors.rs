//! Second factors.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{people::second_factors as view, problem::Problem};

access! {
    SecondFactorPage: SignedIn,
    OfferAuthenticator: SignedIn confirmed,
    TurnOnAuthenticator: SignedIn confirmed,
    NewRecoveryCodes: SignedIn confirmed,
    TurnOffSecondFactor: SignedIn confirmed,
    GiveCode: Public,
}

/// `/account/second-factor`.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
#[server(endpoint = "account/second-factor", input = GetUrl)]
pub async fn second_factor_page() -> Result<view::SecondFactorPage, Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::second_factors},
    };
    let made = request::handed_over_link(paths::SECOND_FACTOR)?;
    second_factors::page(&request::app()?, &request::caller()?, made).await
}

/// Shows an application the secret that it needs.
///
/// # Errors
/// [`Problem::ConfirmRequired`].
#[server(endpoint = "account/second-factor/offer")]
pub async fn offer_authenticator() -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::second_factors},
    };
    second_factors::offer(&request::app()?, &request::caller()?.confirmed()?).await?;
    request::see_other(paths::SECOND_FACTOR)
}

/// Turns the application on by its first code; the page shows the recovery codes once.
///
/// # Errors
/// [`Problem::Invalid`] for a wrong code, [`Problem::NotFound`] where none is offered.
#[server(endpoint = "account/second-factor/turn-on")]
pub async fn turn_on_authenticator(#[server(default)] one_time_code: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::second_factors},
    };
    let made = second_factors::turn_on(&request::app()?, &request::caller()?.confirmed()?, &one_time_code).await?;
    request::hand_over_link(paths::SECOND_FACTOR, &made)?;
    request::see_other(paths::SECOND_FACTOR)
}

/// Makes recovery codes anew; the page shows them once.
///
/// # Errors
/// [`Problem::NotFound`] for who has no second factor.
#[server(endpoint = "account/second-factor/new-codes")]
pub async fn new_recovery_codes() -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::second_factors},
    };
    let made = second_factors::new_codes(&request::app()?, &request::caller()?.confirmed()?).await?;
    request::hand_over_link(paths::SECOND_FACTOR, &made)?;
    request::see_other(paths::SECOND_FACTOR)
}

/// Turns the second factor off.
///
/// # Errors
/// [`Problem::ConfirmRequired`].
#[server(endpoint = "account/second-factor/turn-off")]
pub async fn turn_off_second_factor() -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::second_factors},
    };
    second_factors::turn_off(&request::app()?, &request::caller()?.confirmed()?).await?;
    request::see_other(paths::SECOND_FACTOR)
}

/// Takes the second factor of who has signed in with the first, and leads on.
///
/// # Errors
/// [`Problem::SignInRequired`] where nobody is asked for one, or too late; [`Problem::Invalid`] for a wrong code,
/// [`Problem::Throttled`] after too many of them.
#[server(endpoint = "sign-in/code")]
pub async fn give_code(#[server(default)] one_time_code: String, next: Option<String>) -> Result<(), Problem> {
    use crate::server::{request, service::people::second_factors};
    let signed_in = second_factors::give(&request::app()?, &request::client()?, &one_time_code).await?;
    request::begin_session(&signed_in, next.as_deref())
}
