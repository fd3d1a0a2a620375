//! Webhooks: addresses at which programs are told what happens.

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::{
        ids::{WebhookId, WebhookMessageId},
        seen::Seen,
    },
    problem::Problem,
    work::webhooks::{self as view, WebhookAct, WebhookKind},
};

access! {
    WebhooksPage: Integrator,
    WebhookPage: Integrator,
    AddWebhook: Integrator confirmed,
    SaveWebhook: Integrator confirmed,
    TestWebhook: Integrator,
    RotateWebhook: Integrator confirmed,
    ActOnWebhook: Integrator confirmed,
    ReplayWebhook: Integrator,
}

/// `/account/webhooks`.
///
/// # Errors
/// [`Problem::Forbidden`] for who may not connect programs.
#[server(endpoint = "webhooks/page", input = GetUrl)]
pub async fn webhooks_page() -> Result<view::WebhooksPage, Problem> {
    use crate::server::{request, service::work::webhooks};
    webhooks::page(&request::app()?, &request::caller()?.may_integrate()?).await
}

/// `/account/webhooks/{webhook}`.
///
/// # Errors
/// [`Problem::Forbidden`] for who may not connect programs, [`Problem::NotFound`].
#[server(endpoint = "webhooks/one", input = GetUrl)]
pub async fn webhook_page(webhook: WebhookId, before: Option<WebhookMessageId>) -> Result<view::WebhookPage, Problem> {
    use crate::server::{request, service::work::webhooks};
    let caller = request::caller()?;
    webhooks::one(&request::app()?, (&caller.may_integrate()?, &caller), webhook, before).await
}

/// Adds an address.
///
/// # Errors
/// [`Problem::Forbidden`] for who may not connect programs, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "webhooks/add")]
pub async fn add_webhook(
    id: WebhookId,
    #[server(default)] webhook_url: String,
    #[server(default)] webhook_kinds: BTreeMap<WebhookKind, bool>,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::webhooks},
    };
    let integrator = request::caller()?.confirmed()?.may_integrate()?;
    webhooks::add(&request::app()?, &integrator, id, &form(webhook_url, webhook_kinds)).await?;
    request::see_other(&paths::webhook(id))
}

/// Changes what is told where.
///
/// # Errors
/// [`Problem::Forbidden`] for who may not connect programs, [`Problem::Invalid`], [`Problem::NotFound`].
#[server(endpoint = "webhooks/save")]
pub async fn save_webhook(
    webhook: WebhookId,
    #[server(default)] webhook_url: String,
    #[server(default)] webhook_kinds: BTreeMap<WebhookKind, bool>,
    #[server(default)] seen: Seen,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::webhooks},
    };
    let integrator = request::caller()?.confirmed()?.may_integrate()?;
    webhooks::save(&request::app()?, &integrator, webhook, &form(webhook_url, webhook_kinds), &seen).await?;
    request::see_other(&paths::webhook(webhook))
}

/// Tells an address something that only tries it out.
///
/// # Errors
/// [`Problem::Forbidden`] for who may not connect programs, [`Problem::NotFound`].
#[server(endpoint = "webhooks/test")]
pub async fn test_webhook(webhook: WebhookId, key: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::webhooks},
    };
    webhooks::test(&request::app()?, &request::caller()?.may_integrate()?, webhook, key).await?;
    request::see_other(&paths::webhook(webhook))
}

/// Signs by another secret.
///
/// # Errors
/// [`Problem::Forbidden`] for who may not connect programs, [`Problem::NotFound`].
#[server(endpoint = "webhooks/rotate")]
pub async fn rotate_webhook(webhook: WebhookId, key: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::webhooks},
    };
    let integrator = request::caller()?.confirmed()?.may_integrate()?;
    webhooks::rotate(&request::app()?, &integrator, webhook, key).await?;
    request::see_other(&paths::webhook(webhook))
}

/// Tells an address nothing, or everything again, or forgets it.
///
/// # Errors
/// [`Problem::Forbidden`] for who may not connect programs, [`Problem::NotFound`].
#[server(endpoint = "webhooks/act")]
pub async fn act_on_webhook(webhook: WebhookId, act: WebhookAct) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::webhooks},
    };
    let integrator = request::caller()?.confirmed()?.may_integrate()?;
    webhooks::act(&request::app()?, &integrator, webhook, act).await?;
    request::see_other(&if act == WebhookAct::Remove { paths::WEBHOOKS.to_owned() } else { paths::webhook(webhook) })
}

/// Tells something again that was told or failed, or all since a day.
///
/// # Errors
/// [`Problem::Forbidden`] for who may not connect programs, [`Problem::Invalid`], [`Problem::NotFound`].
#[server(endpoint = "webhooks/replay")]
pub async fn replay_webhook(
    webhook: WebhookId,
    message: Option<WebhookMessageId>,
    #[server(default)] replay_since: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::webhooks},
    };
    let integrator = request::caller()?.may_integrate()?;
    webhooks::replay(&request::app()?, &integrator, webhook, message, &replay_since).await?;
    request::see_other(&paths::webhook(webhook))
}

/// What is typed of an address, with those boxes that were ticked.
#[cfg(feature = "ssr")]
fn form(url: String, kinds: BTreeMap<WebhookKind, bool>) -> view::WebhookForm {
    let kinds = kinds.into_iter().filter_map(|(kind, ticked)| ticked.then_some(kind)).collect();
    view::WebhookForm { url, kinds }
}
