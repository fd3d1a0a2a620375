//! What whoever is signed in is told, and by which ways.

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    problem::Problem,
    work::{
        pages as view,
        wishes::{MailWay, WishKind},
    },
};

access! {
    WishesPage: SignedIn,
    SaveWishes: SignedIn,
}

/// What whoever is signed in wishes to be told.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
#[server(endpoint = "account/wishes", input = GetUrl)]
pub async fn wishes_page() -> Result<view::WishesPage, Problem> {
    use crate::server::{request, service::work::wishes};
    wishes::page(&request::app()?, &request::caller()?).await
}

/// Writes what whoever is signed in wishes to be told.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "account/save-wishes")]
pub async fn save_wishes(
    #[server(default)] mail: BTreeMap<WishKind, MailWay>,
    #[server(default)] push_kinds: BTreeMap<WishKind, bool>,
    #[server(default)] sms_kinds: BTreeMap<WishKind, bool>,
    #[server(default)] quiet_from: String,
    #[server(default)] quiet_until: String,
) -> Result<(), Problem> {
    use crate::{
        model::{paths, work::wishes::TypedWishes},
        server::{request, service::work::wishes},
    };
    let ticked = |kinds: BTreeMap<WishKind, bool>| {
        kinds.into_iter().filter(|(_, is_ticked)| *is_ticked).map(|(kind, _)| kind).collect()
    };
    let (push_kinds, sms_kinds) = (ticked(push_kinds), ticked(sms_kinds));
    let typed = TypedWishes { mail, push_kinds, sms_kinds, quiet_from, quiet_until };
    wishes::save(&request::app()?, &request::caller()?, &typed).await?;
    request::see_other(paths::NOTIFICATIONS)
}
