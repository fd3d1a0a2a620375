//! Another address to sign in with.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{people::addresses as view, problem::Problem};

access! {
    OwnAddressPage: SignedIn,
    AskForAddress: SignedIn confirmed,
    AddressPage: Public,
    AgreeToAddress: Public,
}

/// `/account/address`: with which address one signs in.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
#[server(endpoint = "account/address", input = GetUrl)]
pub async fn own_address_page() -> Result<view::OwnAddressPage, Problem> {
    use crate::server::{request, service::people::addresses};
    addresses::own_page(&request::app()?, &request::caller()?).await
}

/// Asks the mailbox of now and the one to be.
///
/// # Errors
/// [`Problem::Invalid`] for what is no address, [`Problem::Throttled`] right after another one.
#[server(endpoint = "account/ask-for-address")]
pub async fn ask_for_address(#[server(default)] email: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::addresses},
    };
    addresses::ask(&request::app()?, &request::caller()?.confirmed()?, &email).await?;
    request::see_other(paths::OWN_ADDRESS)
}

/// `/address`: what a mailbox is asked that has a link.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
#[server(endpoint = "address/page", input = GetUrl)]
pub async fn address_page(token: String) -> Result<view::AddressPage, Problem> {
    use crate::server::{request, service::people::addresses};
    addresses::page(&request::app()?, &token).await
}

/// Agrees for a mailbox: the first leads back to its page, the second to the sign-in.
///
/// # Errors
/// [`Problem::NotFound`] when the link is not good, [`Problem::Invalid`] when somebody else signs in with the new address.
#[server(endpoint = "address/agree")]
pub async fn agree_to_address(token: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::addresses},
    };
    let is_changed = addresses::agree(&request::app()?, &token).await?;
    request::see_other(&if is_changed { paths::SIGN_IN.to_owned() } else { paths::address(&token) })
}
