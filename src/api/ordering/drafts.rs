//! Drafts, step by step. Each step has a page to show and a form to save.

use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::{
        ids::{ProgramId, RequestId, WorkTypeId},
        terms::Urgency,
    },
    ordering::pages,
    problem::Problem,
};

access! {
    ProgramChoice: Orderer,
    ChooseProgram: Orderer,
    WorkTypeChoice: Orderer,
    ChooseWorkType: Orderer,
    SaveDetails: Orderer,
    UrgencyChoice: Orderer,
    ChooseUrgency: Orderer,
    TimeChoice: Orderer,
    PickSlot: Orderer,
    HoldLeft: Orderer,
    ReleaseSlot: Orderer,
    DraftSummary: Orderer,
    ConfirmDraft: Orderer,
    DiscardDraft: Orderer,
}

/// What can be ordered for, and which drafts were left unfinished.
///
/// # Errors
/// [`Problem::Forbidden`] for a member without `order`.
#[server(endpoint = "drafts/programs", input = GetUrl)]
pub async fn program_choice() -> Result<pages::ProgramChoice, Problem> {
    use crate::server::{request, service::ordering::drafts};
    drafts::program_choice(&request::app()?, &request::caller()?.may_order()?).await
}

/// Begins the draft `id`, or changes its program.
///
/// # Errors
/// [`Problem::Invalid`] when the customer does not run the program, [`Problem::NotFound`] when `id` is another's draft.
#[server(endpoint = "drafts/choose-program")]
pub async fn choose_program(id: RequestId, program: Option<ProgramId>) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::drafts},
    };
    let next = drafts::choose_program(&request::app()?, &request::caller()?.may_order()?, id, program).await?;
    request::see_other(&paths::draft_step(id, next))
}

/// The kinds of work.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft.
#[server(endpoint = "drafts/work-types", input = GetUrl)]
pub async fn work_type_choice(id: RequestId) -> Result<pages::WorkTypeChoice, Problem> {
    use crate::server::{request, service::ordering::drafts};
    drafts::work_type_choice(&request::app()?, &request::caller()?.may_order()?, id).await
}

/// Saves the kind of work.
///
/// # Errors
/// [`Problem::Invalid`] when there is no such kind.
#[server(endpoint = "drafts/choose-work-type")]
pub async fn choose_work_type(id: RequestId, work_type: Option<WorkTypeId>) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::drafts},
    };
    let next = drafts::choose_work_type(&request::app()?, &request::caller()?.may_order()?, id, work_type).await?;
    request::see_other(&paths::draft_step(id, next))
}

/// Saves what happened and who will sit at the computer.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "drafts/save-details")]
pub async fn save_details(
    id: RequestId,
    #[server(default)] what_happened: String,
    #[server(default)] contact_name: String,
    #[server(default)] contact_phone: String,
    #[server(default)] ready: bool,
) -> Result<(), Problem> {
    use crate::{
        model::{ordering::requests::RequestDetails, paths},
        server::{request, service::ordering::drafts},
    };
    let details = RequestDetails { what_happened, contact_name, contact_phone, ready };
    let next = drafts::save_details(&request::app()?, &request::caller()?.may_order()?, id, details).await?;
    request::see_other(&paths::draft_step(id, next))
}

/// Urgent or normal, and what each would mean.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft.
#[server(endpoint = "drafts/urgency", input = GetUrl)]
pub async fn urgency_choice(id: RequestId) -> Result<pages::UrgencyChoice, Problem> {
    use crate::server::{request, service::ordering::drafts};
    drafts::urgency_choice(&request::app()?, &request::caller()?.may_order()?, id).await
}

/// Saves the urgency.
///
/// # Errors
/// [`Problem::Urgency`] when the guard refuses (design, Urgency guard).
#[server(endpoint = "drafts/choose-urgency")]
pub async fn choose_urgency(
    id: RequestId,
    urgency: Option<Urgency>,
    #[server(default)] what_stopped: String,
    #[server(default)] since: String,
) -> Result<(), Problem> {
    use crate::{
        model::ordering::urgency::UrgencyClaim,
        server::{request, service::ordering::drafts},
    };
    let claim = UrgencyClaim { what_stopped, since };
    let next = drafts::choose_urgency(&request::app()?, &request::caller()?.may_order()?, id, urgency, claim).await?;
    request::see_other(&next)
}

/// The times on offer.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft, [`Problem::MovedOn`] when earlier steps are missing.
#[server(endpoint = "drafts/times", input = GetUrl)]
pub async fn time_choice(id: RequestId) -> Result<pages::TimeChoice, Problem> {
    use crate::server::{request, service::ordering::drafts};
    drafts::time_choice(&request::app()?, &request::caller()?.may_order()?, id).await
}

/// Holds a slot for ten minutes; an earlier hold of the same draft is released.
///
/// # Errors
/// [`Problem::SlotTaken`] when somebody was faster, [`Problem::SlotRefused`] when it was never on offer.
#[server(endpoint = "drafts/pick-slot")]
pub async fn pick_slot(id: RequestId, start: Option<DateTime<Utc>>) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::drafts},
    };
    drafts::pick_slot(&request::app()?, &request::caller()?.may_order()?, id, start).await?;
    request::see_other(&paths::draft_confirm(id))
}

/// For how many seconds more a slot is held: what a page asks that was out of sight. None when it is held no more.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft.
#[server(endpoint = "drafts/hold", input = GetUrl)]
pub async fn hold_left(id: RequestId) -> Result<Option<u32>, Problem> {
    use crate::server::{request, service::ordering::drafts};
    drafts::hold_left(&request::app()?, &request::caller()?.may_order()?, id).await
}

/// Gives the held slot back and returns to the times.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft.
#[server(endpoint = "drafts/release-slot")]
pub async fn release_slot(id: RequestId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::drafts},
    };
    drafts::release_slot(&request::app()?, &request::caller()?.may_order()?, id).await?;
    request::see_other(&paths::draft_time(id))
}

/// All of it once more.
///
/// # Errors
/// [`Problem::HoldExpired`] when nothing is held any more.
#[server(endpoint = "drafts/summary", input = GetUrl)]
pub async fn draft_summary(id: RequestId) -> Result<pages::DraftSummary, Problem> {
    use crate::server::{request, service::ordering::drafts};
    drafts::summary(&request::app()?, &request::caller()?.may_order()?, id).await
}

/// Sends the order: agrees the held time, or asks dispatch for times. Repeating it, by a double click or after a lost answer, has no further effect.
///
/// # Errors
/// [`Problem::HoldExpired`] when the hold ran out before, [`Problem::EstimateDiffers`] when something else was shown.
#[server(endpoint = "drafts/confirm")]
pub async fn confirm_draft(
    id: RequestId,
    #[server(default)] ceiling_minutes: String,
    shown: Option<String>,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::drafts},
    };
    let typed = drafts::LastLook { ceiling_minutes: &ceiling_minutes, shown: shown.as_deref() };
    let number = drafts::confirm(&request::app()?, &request::caller()?.may_order()?, id, typed).await?;
    request::see_other(&paths::request(number))
}

/// Throws a draft away, its hold included.
///
/// # Errors
/// [`Problem::NotFound`] when it is not the member's own draft.
#[server(endpoint = "drafts/discard")]
pub async fn discard_draft(id: RequestId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::drafts},
    };
    drafts::discard(&request::app()?, &request::caller()?.may_order()?, id).await?;
    request::see_other(paths::ORDER)
}
