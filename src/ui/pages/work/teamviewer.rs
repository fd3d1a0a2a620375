//! `/settings/teamviewer`: what TeamViewer calls technicians, and how long its reports are kept.

use leptos::prelude::*;

use super::connection_reports::standing;
use crate::{
    api,
    model::{
        base::seen::Seen,
        paths,
        work::teamviewer::{KEPT_DAYS, TeamviewerForm, TeamviewerPage as Teamviewer},
    },
    ui::{
        components::{Endpoint, Form, Page, Submit, TextField, loaded},
        texts::t,
    },
};

/// What TeamViewer calls technicians, and how long its reports are kept.
#[component]
pub fn TeamviewerSettingsPage() -> impl IntoView {
    loaded(api::work::teamviewer::teamviewer_page(), |page| view! { <TeamviewerView page/> })
}

#[component]
fn TeamviewerView(page: Teamviewer) -> impl IntoView {
    let Teamviewer { form, technicians, fetch } = page;
    let seen = Seen::of(&form.fields());
    let names = technicians
        .into_iter()
        .map(|(id, name)| {
            let known = form.names.get(&id).cloned().unwrap_or_default();
            view! { <TextField name=TeamviewerForm::field(id) label=name value=known optional=true autocomplete="off"/> }
        })
        .collect::<Vec<_>>();
    view! {
        <Page title=t!("teamviewer-title") lead=t!("teamviewer-lead")>
            {standing(fetch)}
            <p class="actions">
                <a href=paths::CONNECTIONS>{t!("remote-all-title")}</a>
            </p>
            <Form action={Endpoint::of::<api::work::teamviewer::SaveTeamviewer>()} seen>
                <fieldset class="field">
                    <legend>{t!("teamviewer-names")}</legend>
                    <p class="field-hint">{t!("teamviewer-names-hint")}</p>
                    {names}
                </fieldset>
                <TextField
                    name="kept_days"
                    label=t!("teamviewer-kept-days")
                    hint=t!("teamviewer-kept-days-hint", least = KEPT_DAYS.0, most = KEPT_DAYS.1)
                    value=form.kept_days
                    inputmode="numeric"
                />
                <div class="actions">
                    <Submit label=t!("settings-save")/>
                </div>
            </Form>
        </Page>
    }
}
