//! Programs as managers keep them.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::{ids::ProgramId, seen::Seen},
    line::programs as view,
    problem::Problem,
};

access! {
    ProgramsPage: Manager,
    ProgramPage: Manager,
    AddProgram: Manager,
    SaveProgram: Manager,
    AddVersion: Manager,
    RemoveVersion: Manager,
}

/// `/settings/programs`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "programs/page", input = GetUrl)]
pub async fn programs_page() -> Result<view::ProgramsPage, Problem> {
    use crate::server::{request, service::line::programs};
    programs::page(&request::app()?, &request::caller()?.manager()?).await
}

/// `/settings/programs/{program}`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "programs/program", input = GetUrl)]
pub async fn program_page(program: ProgramId) -> Result<view::ProgramPage, Problem> {
    use crate::server::{request, service::line::programs};
    programs::program_page(&request::app()?, &request::caller()?.manager()?, program).await
}

/// Adds a program.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "programs/add")]
pub async fn add_program(#[server(default)] name: String, #[server(default)] name_en: String) -> Result<(), Problem> {
    use crate::{
        model::{base::bilingual::Bilingual, paths},
        server::{request, service::line::programs},
    };
    let name = Bilingual { cs: name, en: name_en };
    programs::add(&request::app()?, &request::caller()?.manager()?, &name).await?;
    request::see_other(paths::PROGRAMS)
}

/// Renames a program, retires it or takes it back.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`], [`Problem::NotFound`].
#[server(endpoint = "programs/save")]
pub async fn save_program(
    program: ProgramId,
    #[server(default)] name: String,
    #[server(default)] name_en: String,
    #[server(default)] active: bool,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::{base::bilingual::Bilingual, paths},
        server::{request, service::line::programs},
    };
    let name = Bilingual { cs: name, en: name_en };
    programs::save(&request::app()?, &request::caller()?.manager()?, program, (&name, active), &seen).await?;
    request::see_other(paths::PROGRAMS)
}

/// Lists a version of a program.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`], [`Problem::NotFound`].
#[server(endpoint = "programs/add-version")]
pub async fn add_version(
    program: ProgramId,
    #[server(default)] version: String,
    #[server(default)] released_on: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::programs},
    };
    let (app, manager) = (request::app()?, request::caller()?.manager()?);
    programs::add_version(&app, &manager, program, (&version, &released_on)).await?;
    request::see_other(&paths::program(program))
}

/// Lists a version no more.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "programs/remove-version")]
pub async fn remove_version(program: ProgramId, version: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::programs},
    };
    programs::remove_version(&request::app()?, &request::caller()?.manager()?, program, &version).await?;
    request::see_other(&paths::program(program))
}
