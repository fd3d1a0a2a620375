//! Other providers by which people sign in.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{people::providers as view, problem::Problem};

access! {
    SignInProviders: Public,
    ProvidersPage: Manager,
    RequireProvider: Manager confirmed,
    ReleaseDomain: Manager confirmed,
}

/// Those that the operator has set up.
///
/// # Errors
/// [`Problem::Unavailable`] outside of a request.
#[server(endpoint = "sign-in/providers", input = GetUrl)]
pub async fn sign_in_providers() -> Result<Vec<view::Provider>, Problem> {
    use crate::server::{request, service::people::providers};
    Ok(providers::list(&request::app()?))
}

/// `/settings/sign-in`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/sign-in", input = GetUrl)]
pub async fn providers_page() -> Result<view::ProvidersPage, Problem> {
    use crate::server::{request, service::people::providers};
    providers::page(&request::app()?, &request::caller()?.manager()?).await
}

/// Makes a provider the only way for addresses of a domain.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] for what is no domain or no provider.
#[server(endpoint = "settings/require-provider")]
pub async fn require_provider(
    #[server(default)] domain: String,
    #[server(default)] provider: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::providers},
    };
    let rule = view::Rule { domain, provider };
    providers::require(&request::app()?, &request::caller()?.confirmed()?.manager()?, &rule).await?;
    request::see_other(paths::SETTINGS_SIGN_IN)
}

/// Lets addresses of a domain sign in in every way again.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/release-domain")]
pub async fn release_domain(domain: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::providers},
    };
    providers::release(&request::app()?, &request::caller()?.confirmed()?.manager()?, &domain).await?;
    request::see_other(paths::SETTINGS_SIGN_IN)
}
