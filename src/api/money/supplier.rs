//! Who sells, as managers write it.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{base::seen::Seen, money::supplier as view, problem::Problem};

access! {
    CompanyPage: Manager,
    SaveCompany: Manager confirmed,
}

/// What `/settings/company` shows.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/company", input = GetUrl)]
pub async fn company_page() -> Result<view::CompanyPage, Problem> {
    use crate::server::{request, service::money::supplier};
    supplier::page(&request::app()?, &request::caller()?.manager()?).await
}

/// Writes who sells, and leads back to the settings.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "settings/save-company")]
pub async fn save_company(
    #[server(default)] name: String,
    #[server(default)] ico: String,
    #[server(default)] dic: String,
    #[server(default)] register: String,
    #[server(default)] street: String,
    #[server(default)] city: String,
    #[server(default)] postal_code: String,
    #[server(default)] email: String,
    #[server(default)] account: String,
    #[server(default)] bank: String,
    #[server(default)] bic: String,
    #[server(default)] company_confirmed: bool,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::{paths, people::customers::Address},
        server::{request, service::money::supplier},
    };
    let address = Address { street, city, postal_code, dic };
    let typed =
        view::SupplierForm { name, ico, address, register, email, account, bank, bic, confirmed: company_confirmed };
    supplier::save(&request::app()?, &request::caller()?.confirmed()?.manager()?, &typed, &seen).await?;
    request::see_other(paths::SETTINGS_COMPANY)
}
