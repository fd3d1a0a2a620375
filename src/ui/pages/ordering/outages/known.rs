//! What visitors, and whoever is about to order, read of an outage that is not over.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::ids::{OutageId, RequestId},
        ordering::outages::{KnownOutage, OutageWords},
        paths,
    },
    ui::{
        self,
        components::{Endpoint, Form, Hidden, Notice, NoticeKind, RadioCards, RadioOption, Submit, TextField},
        format,
        islands::phone_in_groups,
        texts::{Locale, named, t},
    },
};

/// That we know: which program, what it is, since when.
#[component]
pub(in crate::ui::pages) fn KnownOutages(
    /// What we know of.
    outages: Vec<KnownOutage>,
) -> impl IntoView {
    outages
        .into_iter()
        .map(|outage| {
            let own = outage.own.map(|number| {
                view! { <p><a href=paths::request(number)>{t!("outage-known-own", number = number.to_string())}</a></p> }
            });
            let title = t!("outage-known", program = named(&outage.program.name), name = named(&outage.name));
            view! {
                <Notice kind=NoticeKind::Soon title>
                    <p class="report">{named(&outage.text)}</p>
                    <p>{since(outage.began_at)}</p>
                    {own}
                </Notice>
            }
        })
        .collect::<Vec<_>>()
}

/// What we know of that hits a program of whoever orders, each with the button that joins it instead of ordering; where nobody knows
/// whom to call, one form for all of them asks.
#[component]
pub(in crate::ui::pages) fn JoinInstead(
    /// What we know of.
    outages: Vec<KnownOutage>,
    /// The draft.
    draft: RequestId,
    /// Where its author is called, as far as that is known.
    phone: String,
) -> impl IntoView {
    let to_join: Vec<_> = outages.iter().filter(|outage| outage.own.is_none()).cloned().collect();
    let asked = (phone.is_empty() && !to_join.is_empty()).then(|| view! { <JoinOne outages=to_join draft/> });
    let notices = outages
        .into_iter()
        .map(|outage| {
            let since = since(outage.began_at);
            let answer = match outage.own {
                Some(number) => {
                    let known = t!("outage-known-own", number = number.to_string());
                    view! { <p><a href=paths::request(number)>{known}</a></p> }.into_any()
                }
                None if phone.is_empty() => ().into_any(),
                None => join(outage.id, draft, &phone).into_any(),
            };
            view! {
                <Notice kind=NoticeKind::Soon title=t!("outage-ask", program = named(&outage.program.name), name = named(&outage.name))>
                    <p class="report">{named(&outage.text)}</p>
                    <p>{since}</p>
                    {answer}
                </Notice>
            }
        })
        .collect::<Vec<_>>();
    view! {
        {notices}
        {asked}
    }
}

/// One button.
fn join(id: OutageId, draft: RequestId, phone: &str) -> impl IntoView + use<> {
    let phone = phone_in_groups(phone);
    view! {
        <p>{t!("outage-join-help")}</p>
        <Form action={Endpoint::of::<api::ordering::outages::JoinInstead>()}>
            <Hidden name="id" value=draft.to_string()/>
            <Hidden name="outage" value=id.to_string()/>
            <Hidden name="join_phone" value=phone/>
            <div class="actions">
                <Submit label=t!("outage-join")/>
            </div>
        </Form>
    }
}

/// Which of them it is, where there are several, and a number to call.
#[component]
fn JoinOne(outages: Vec<KnownOutage>, draft: RequestId) -> impl IntoView {
    let which = match outages.as_slice() {
        [only] => view! { <Hidden name="outage" value=only.id.to_string()/> }.into_any(),
        several => {
            let option = |outage: &KnownOutage| RadioOption {
                value: outage.id.to_string(),
                label: format!("{} · {}", named(&outage.program.name), named(&outage.name)),
                ..RadioOption::default()
            };
            let options = several.iter().map(option).collect();
            view! { <RadioCards name="outage" legend=t!("outage-join-which") options/> }.into_any()
        }
    };
    view! {
        <p>{t!("outage-join-help")}</p>
        <Form action={Endpoint::of::<api::ordering::outages::JoinInstead>()}>
            <Hidden name="id" value=draft.to_string()/>
            {which}
            <TextField
                name="join_phone"
                label=t!("outage-join-phone")
                kind="tel"
                autocomplete="tel"
                inputmode="tel"
            />
            <div class="actions">
                <Submit label=t!("outage-join")/>
            </div>
        </Form>
    }
}

/// On the page of a request that belongs to one.
#[component]
pub(in crate::ui::pages) fn OwnOutage(
    /// What there is to know.
    outage: OutageWords,
) -> impl IntoView {
    let since = since(outage.began_at);
    view! {
        <Notice kind=NoticeKind::Soon title=t!("outage-own", name = named(&outage.name))>
            <p class="report">{named(&outage.text)}</p>
            <p>{since}</p>
            <p>{t!("outage-own-help")}</p>
        </Notice>
    }
}

fn since(began_at: DateTime<Utc>) -> String {
    format::capitalized(&format::since(Locale::current(), began_at, ui::now()))
}
