//! The audit.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::ids::AuditId,
    people::audit::{AuditPage as View, AuditSubject},
    problem::Problem,
};

access! {
    AuditPage: Manager,
    OwnAuditPage: CustomerManager,
}

/// What `/settings/audit` shows.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "audit/page", input = GetUrl)]
pub async fn audit_page(
    #[server(default)] search: String,
    subject: Option<AuditSubject>,
    before: Option<AuditId>,
) -> Result<View, Problem> {
    use crate::{
        model::people::audit::AuditFilter,
        server::{request, service::people::audit},
    };
    let filter = AuditFilter { search, subject };
    audit::page(&request::app()?, &request::caller()?.manager()?, filter, before).await
}

/// What `/account/changes` shows.
///
/// # Errors
/// [`Problem::Forbidden`] without the capability `manage`.
#[server(endpoint = "audit/own", input = GetUrl)]
pub async fn own_audit_page(
    #[server(default)] search: String,
    subject: Option<AuditSubject>,
    before: Option<AuditId>,
) -> Result<View, Problem> {
    use crate::{
        model::people::audit::AuditFilter,
        server::{request, service::people::audit},
    };
    let filter = AuditFilter { search, subject };
    audit::own_page(&request::app()?, &request::caller()?.may_manage()?, filter, before).await
}
