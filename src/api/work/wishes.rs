//! What people of the vendor are told, and by which ways.

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    problem::Problem,
    work::wishes::{self as view, WishKind},
};

access! {
    WishesPage: Staff,
    SaveWishes: Staff,
}

/// What whoever is signed in wishes to be told.
///
/// # Errors
/// [`Problem::Forbidden`] for members.
#[server(endpoint = "account/wishes", input = GetUrl)]
pub async fn wishes_page() -> Result<view::WishesPage, Problem> {
    use crate::server::{request, service::work::wishes};
    wishes::page(&request::app()?, &request::caller()?).await
}

/// Writes what whoever is signed in wishes to be told.
///
/// # Errors
/// [`Problem::Forbidden`] for members, [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "account/save-wishes")]
pub async fn save_wishes(
    #[server(default)] kinds: BTreeMap<WishKind, bool>,
    #[server(default)] push_kinds: BTreeMap<WishKind, bool>,
    #[server(default)] quiet_from: String,
    #[server(default)] quiet_until: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::wishes},
    };
    let ticked = |kinds: BTreeMap<WishKind, bool>| {
        kinds.into_iter().filter(|(_, is_ticked)| *is_ticked).map(|(kind, _)| kind).collect()
    };
    let (kinds, push_kinds) = (ticked(kinds), ticked(push_kinds));
    let typed = view::TypedWishes { kinds, push_kinds, quiet_from, quiet_until };
    wishes::save(&request::app()?, &request::caller()?.staff()?, &typed).await?;
    request::see_other(paths::STAFF_MAILS)
}
