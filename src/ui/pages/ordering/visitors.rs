//! `/register/order`: what a visitor wants, and for whom; then a time for it.

use leptos::prelude::*;

use super::drafts::subjects;
use crate::{
    api,
    model::{
        base::ids::RequestId,
        ordering::{
            pages::{TimeChoice, by_day},
            visitors::VisitPage as Visit,
        },
        paths,
    },
    ui::{
        self,
        components::{
            CallButton, EmptyState, Endpoint, EstimateBar, Form, Hidden, Page, RadioGroups, SlotPicker, Submit,
            TextArea, loaded,
        },
        pages::people::registrations::RegisterFields,
        texts::t,
    },
};

/// What is wanted, and who one is.
#[component]
pub fn VisitPage() -> impl IntoView {
    loaded(api::ordering::visitors::visit_page(), |page| view! { <VisitForm page/> })
}

#[component]
fn VisitForm(page: Visit) -> impl IntoView {
    let Visit { choice, register } = page;
    let groups = subjects::groups(&choice, "", "").groups;
    view! {
        <Page title=t!("visit-title") lead=t!("visit-lead")>
            <p>
                {t!("visit-known")}" "<a href=paths::ORDER>{t!("sign-in-submit")}</a>
            </p>
            <Form action={Endpoint::of::<api::ordering::visitors::BeginVisit>()} class="order-what">
                <Hidden name="key" value=register.key.to_string()/>
                <RadioGroups name="subject" legend=t!("order-subject-legend") groups selected=String::new()/>
                <TextArea name="what_happened" label=t!("order-what-label") hint=t!("order-what-hint") rows=4/>
                <p>
                    {t!("visit-urgent")}" "<a href=paths::NUMBERS>{t!("line-numbers")}</a>
                </p>
                <h2>{t!("visit-who")}</h2>
                <RegisterFields page=register/>
                <div class="actions">
                    <Submit label=t!("order-to-times")/>
                </div>
            </Form>
        </Page>
    }
}

/// When the technician shall connect.
#[component]
pub fn VisitTimePage() -> impl IntoView {
    let id = ui::path_value::<RequestId>("id");
    loaded(async move { api::ordering::visitors::visit_times(id?).await }, |choice| view! { <VisitTimes choice/> })
}

#[component]
fn VisitTimes(choice: TimeChoice) -> impl IntoView {
    let TimeChoice { draft, offers, estimate, .. } = choice;
    let now = ui::now();
    let held = draft.held.filter(|held| now.is_none_or(|now| held.expires_at > now)).map(|held| held.slot);
    let times = if offers.is_empty() {
        view! {
            <EmptyState title=t!("order-time-none")>
                <p>{t!("visit-time-none-help")}</p>
                <p class="actions">
                    <CallButton/>
                </p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <Form action={Endpoint::of::<api::ordering::visitors::PickVisitTime>()}>
                <Hidden name="id" value=draft.id.to_string()/>
                <SlotPicker days=by_day(&offers) held/>
            </Form>
        }
        .into_any()
    };
    view! {
        <Page title=t!("order-time-title") lead=t!("visit-time-lead")>
            {times}
            <EstimateBar estimate/>
            <p>
                <a href=paths::REGISTER_SENT>{t!("visit-no-time")}</a>
            </p>
        </Page>
    }
}
