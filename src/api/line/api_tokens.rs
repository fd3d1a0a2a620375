//! Tokens by which programs of customers order by themselves.

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::ids::{ApiTokenId, CustomerId, ProgramId},
    line::api_tokens::{self as view, ApiScope},
    problem::Problem,
};

access! {
    OwnTokens: CustomerManager,
    MakeToken: CustomerManager confirmed,
    RevokeToken: CustomerManager confirmed,
    CustomerTokens: Desk,
    MakeCustomerToken: Desk confirmed,
    RevokeCustomerToken: Desk confirmed,
}

/// `/account/programs`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but members with `manage`.
#[server(endpoint = "tokens", input = GetUrl)]
pub async fn own_tokens() -> Result<view::ApiTokensPage, Problem> {
    use crate::server::{request, service::line::api_tokens};
    let caller = request::caller()?;
    api_tokens::own_page(&request::app()?, (&caller.may_manage()?, &caller)).await
}

/// Makes a token for one of the own programs; `key` is what it will be known by.
///
/// # Errors
/// [`Problem::Forbidden`] for all but members with `manage`, [`Problem::Invalid`].
#[server(endpoint = "tokens/make")]
pub async fn make_token(
    program: Option<ProgramId>,
    #[server(default)] scopes: BTreeMap<ApiScope, bool>,
    #[server(default)] vouches: bool,
    key: ApiTokenId,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::api_tokens},
    };
    let typed = typed(program, scopes, vouches);
    api_tokens::make_own(&request::app()?, &request::caller()?.confirmed()?.may_manage()?, &typed, key).await?;
    request::see_other(paths::OWN_TOKENS)
}

/// Takes a token of the own organisation back.
///
/// # Errors
/// [`Problem::Forbidden`] for all but members with `manage`, [`Problem::NotFound`].
#[server(endpoint = "tokens/revoke")]
pub async fn revoke_token(token: ApiTokenId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::api_tokens},
    };
    api_tokens::revoke_own(&request::app()?, &request::caller()?.confirmed()?.may_manage()?, token).await?;
    request::see_other(paths::OWN_TOKENS)
}

/// `/desk/customers/{customer}/tokens`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::NotFound`].
#[server(endpoint = "tokens/customer", input = GetUrl)]
pub async fn customer_tokens(customer: CustomerId) -> Result<view::ApiTokensPage, Problem> {
    use crate::server::{request, service::line::api_tokens};
    let caller = request::caller()?;
    api_tokens::page_of(&request::app()?, (&caller.desk()?, &caller), customer).await
}

/// Makes a token for one of a customer's programs; `key` is what it will be known by.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::Invalid`], [`Problem::NotFound`].
#[server(endpoint = "tokens/make-for")]
pub async fn make_customer_token(
    customer: CustomerId,
    program: Option<ProgramId>,
    #[server(default)] scopes: BTreeMap<ApiScope, bool>,
    #[server(default)] vouches: bool,
    key: ApiTokenId,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::api_tokens},
    };
    let typed = typed(program, scopes, vouches);
    api_tokens::make_for(&request::app()?, &request::caller()?.confirmed()?.desk()?, customer, &typed, key).await?;
    request::see_other(&paths::customer_tokens(customer))
}

/// Takes a token of a customer back.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::NotFound`].
#[server(endpoint = "tokens/revoke-of")]
pub async fn revoke_customer_token(customer: CustomerId, token: ApiTokenId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::api_tokens},
    };
    api_tokens::revoke_of(&request::app()?, &request::caller()?.confirmed()?.desk()?, customer, token).await?;
    request::see_other(&paths::customer_tokens(customer))
}

#[cfg(feature = "ssr")]
fn typed(program: Option<ProgramId>, scopes: BTreeMap<ApiScope, bool>, vouches: bool) -> view::TypedToken {
    let scopes = scopes.into_iter().filter_map(|(scope, ticked)| ticked.then_some(scope)).collect();
    view::TypedToken { program, scopes, vouches }
}
