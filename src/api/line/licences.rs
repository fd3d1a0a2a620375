//! The programs that a customer runs, and its computers.

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::ids::{ComputerId, CustomerId, ProgramId},
    line::licences as view,
    problem::Problem,
};

access! {
    LicencesPage: Desk,
    SaveLicence: Desk,
    RemoveLicence: Desk,
    SaveComputer: Desk,
    KeepOwnComputer: Orderer,
    RemoveComputer: Desk,
}

/// `/desk/customers/{customer}/programs`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::NotFound`].
#[server(endpoint = "licences/page", input = GetUrl)]
pub async fn licences_page(customer: CustomerId) -> Result<view::LicencesPage, Problem> {
    use crate::server::{request, service::line::licences};
    licences::page(&request::app()?, &request::caller()?.desk()?, customer).await
}

/// Writes that a customer runs a program, under a number that may be empty.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::Invalid`], [`Problem::NotFound`].
#[server(endpoint = "licences/save")]
pub async fn save_licence(
    customer: CustomerId,
    program: Option<ProgramId>,
    #[server(default)] licence_number: String,
    #[server(default)] version: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::licences},
    };
    let (app, desk) = (request::app()?, request::caller()?.desk()?);
    licences::save(&app, &desk, customer, program, (&licence_number, &version)).await?;
    request::see_other(&paths::customer_programs(customer))
}

/// Writes that a customer runs a program no more.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::NotFound`].
#[server(endpoint = "licences/remove")]
pub async fn remove_licence(customer: CustomerId, program: ProgramId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::licences},
    };
    licences::remove(&request::app()?, &request::caller()?.desk()?, customer, program).await?;
    request::see_other(&paths::customer_programs(customer))
}

/// Writes a computer down, its number as TeamViewer shows it; one whose number is known already, anew.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::Invalid`], [`Problem::NotFound`].
#[server(endpoint = "licences/save-computer")]
pub async fn save_computer(
    customer: CustomerId,
    #[server(default)] computer: String,
    #[server(default)] teamviewer_id: String,
    #[server(default)] programs: BTreeMap<i64, bool>,
) -> Result<(), Problem> {
    use crate::{
        model::{line::licences::ComputerForm, paths},
        server::{request, service::line::licences},
    };
    let programs = programs.into_iter().filter_map(|(id, ticked)| ticked.then_some(ProgramId(id))).collect();
    let typed = ComputerForm { name: computer, teamviewer_id, programs };
    licences::save_computer(&request::app()?, &request::caller()?.desk()?, customer, &typed).await?;
    request::see_other(&paths::customer_programs(customer))
}

/// Writes down by which number a technician connects to a computer on which a program runs. Returns to the page.
///
/// # Errors
/// [`Problem::Forbidden`] for who may not order, [`Problem::Invalid`].
#[server(endpoint = "licences/keep-own")]
pub async fn keep_own_computer(
    program: ProgramId,
    #[server(default)] computer: String,
    #[server(default)] teamviewer_id: String,
) -> Result<(), Problem> {
    use crate::{
        model::line::licences::ComputerForm,
        server::{request, service::line::licences},
    };
    let typed = ComputerForm { name: computer, teamviewer_id, programs: vec![program] };
    licences::keep_own_computer(&request::app()?, &request::caller()?.may_order()?, &typed).await
}

/// Forgets a computer.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::NotFound`].
#[server(endpoint = "licences/remove-computer")]
pub async fn remove_computer(customer: CustomerId, computer: ComputerId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::licences},
    };
    licences::remove_computer(&request::app()?, &request::caller()?.desk()?, customer, computer).await?;
    request::see_other(&paths::customer_programs(customer))
}
