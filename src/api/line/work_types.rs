//! Kinds of work and skills as managers keep them.

#![expect(clippy::too_many_arguments, reason = "a server function has one per field of its form")]

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::{ids::WorkTypeId, seen::Seen},
    line::{catalogue::SlotChoice, catalogue_changes::CatalogueTerms, work_types as view},
    problem::Problem,
};

access! {
    WorkTypesPage: Manager,
    WorkTypePage: Manager,
    AddWorkType: Manager,
    DescribeWorkType: Manager,
    CheckWorkTypeChange: Manager,
    SkillPage: Manager,
    AddSkill: Manager,
    RenameSkill: Manager,
    DeleteSkill: Manager,
}

/// `/settings/work-types`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "work-types/page", input = GetUrl)]
pub async fn work_types_page() -> Result<view::WorkTypesPage, Problem> {
    use crate::server::{request, service::line::work_types};
    work_types::page(&request::app()?, &request::caller()?.manager()?).await
}

/// `/settings/work-types/{work_type}`, or the page of a new one.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "work-types/work-type", input = GetUrl)]
pub async fn work_type_page(work_type: Option<WorkTypeId>) -> Result<view::WorkTypePage, Problem> {
    use crate::server::{request, service::line::work_types};
    work_types::work_type_page(&request::app()?, &request::caller()?.manager()?, work_type).await
}

/// Adds a kind of work.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "work-types/add")]
pub async fn add_work_type(
    #[server(default)] name: String,
    #[server(default)] name_en: String,
    #[server(default)] description: String,
    #[server(default)] description_en: String,
    #[server(default)] minutes_from: String,
    #[server(default)] minutes_to: String,
    #[server(default)] slot_minutes: String,
    #[server(default)] plannable: bool,
    #[server(default)] skill: String,
    choice: Option<SlotChoice>,
) -> Result<(), Problem> {
    use crate::{
        model::{base::bilingual::Bilingual, paths},
        server::{request, service::line::work_types},
    };
    let typed = view::TypedWorkType {
        words: view::WorkWords {
            name: Bilingual { cs: name, en: name_en },
            description: Bilingual { cs: description, en: description_en },
        },
        rules: view::TypedRules { minutes_from, minutes_to, slot_minutes, plannable, skill, choice },
    };
    work_types::add(&request::app()?, &request::caller()?.manager()?, &typed).await?;
    request::see_other(paths::WORK_TYPES)
}

/// Writes what a kind of work is called.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`], [`Problem::NotFound`].
#[server(endpoint = "work-types/describe")]
pub async fn describe_work_type(
    work_type: WorkTypeId,
    #[server(default)] name: String,
    #[server(default)] name_en: String,
    #[server(default)] description: String,
    #[server(default)] description_en: String,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::{base::bilingual::Bilingual, paths},
        server::{request, service::line::work_types},
    };
    let typed = view::WorkWords {
        name: Bilingual { cs: name, en: name_en },
        description: Bilingual { cs: description, en: description_en },
    };
    work_types::describe(&request::app()?, &request::caller()?.manager()?, work_type, &typed, &seen).await?;
    request::see_other(paths::WORK_TYPES)
}

/// Checks what was typed and leads to what the change would bring.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "work-types/check")]
pub async fn check_work_type_change(
    work_type: WorkTypeId,
    #[server(default)] minutes_from: String,
    #[server(default)] minutes_to: String,
    #[server(default)] slot_minutes: String,
    #[server(default)] plannable: bool,
    #[server(default)] skill: String,
    choice: Option<SlotChoice>,
    #[server(default)] active: bool,
    #[server(default)] valid_from: String,
    shown: CatalogueTerms,
) -> Result<(), Problem> {
    use crate::{
        model::{line::catalogue_changes::CatalogueRow, paths},
        server::{request, service::line::catalogue_changes},
    };
    let typed = view::TypedRules { minutes_from, minutes_to, slot_minutes, plannable, skill, choice };
    let typed = typed.check().map(|rules| rules.terms(active));
    let row = CatalogueRow::WorkType(work_type);
    let (app, manager) = (request::app()?, request::caller()?.manager()?);
    let (from, change) = catalogue_changes::check(&app, &manager, &row, &valid_from, typed, &shown).await?;
    request::see_other(&paths::catalogue_change(&row, from, &change))
}

/// `/settings/skills/{skill}`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::NotFound`].
#[server(endpoint = "skills/skill", input = GetUrl)]
pub async fn skill_page(skill: String) -> Result<view::KeptSkill, Problem> {
    use crate::server::{request, service::line::work_types};
    work_types::skill_page(&request::app()?, &request::caller()?.manager()?, &skill).await
}

/// Adds a skill.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "skills/add")]
pub async fn add_skill(#[server(default)] name: String, #[server(default)] name_en: String) -> Result<(), Problem> {
    use crate::{
        model::{base::bilingual::Bilingual, paths},
        server::{request, service::line::work_types},
    };
    let name = Bilingual { cs: name, en: name_en };
    work_types::add_skill(&request::app()?, &request::caller()?.manager()?, &name).await?;
    request::see_other(paths::WORK_TYPES)
}

/// Renames a skill.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Invalid`], [`Problem::NotFound`].
#[server(endpoint = "skills/rename")]
pub async fn rename_skill(
    skill: String,
    #[server(default)] name: String,
    #[server(default)] name_en: String,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::{base::bilingual::Bilingual, paths},
        server::{request, service::line::work_types},
    };
    let name = Bilingual { cs: name, en: name_en };
    work_types::rename_skill(&request::app()?, &request::caller()?.manager()?, &skill, &name, &seen).await?;
    request::see_other(paths::WORK_TYPES)
}

/// Takes a skill away that nothing needs.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers, [`Problem::Conflict`] while something needs it.
#[server(endpoint = "skills/delete")]
pub async fn delete_skill(skill: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::line::work_types},
    };
    work_types::delete_skill(&request::app()?, &request::caller()?.manager()?, &skill).await?;
    request::see_other(paths::WORK_TYPES)
}
