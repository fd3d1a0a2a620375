//! `/account/mails`: of what somebody of the vendor is told by mail, and when not.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        paths,
        work::wishes::{WishKind, WishesPage},
    },
    ui::{
        components::{CheckField, Endpoint, Form, Page, SelectField, Submit, loaded},
        texts::t,
    },
};

/// What one is told of.
#[component]
pub fn StaffMailsPage() -> impl IntoView {
    loaded(api::work::wishes::wishes_page(), |page| view! { <WishesForm page/> })
}

/// The form of everything that somebody with these roles may be told of.
#[component]
pub(crate) fn WishesForm(page: WishesPage) -> impl IntoView {
    let boxes = WishKind::ALL
        .iter()
        .filter(|kind| kind.is_for(page.roles))
        .map(|kind| {
            let (label, hint) = kind_in_words(*kind);
            let name = format!("kinds[{kind}]");
            view! { <CheckField name label hint checked=page.wishes.kinds.contains(*kind)/> }
        })
        .collect::<Vec<_>>();
    let hours: Vec<_> = std::iter::once((String::new(), t!("wishes-never")))
        .chain((0..24).map(|hour| (hour.to_string(), format!("{hour}:00"))))
        .collect();
    let (from, until) =
        page.wishes.quiet.map_or_else(Default::default, |quiet| (quiet.from.to_string(), quiet.until.to_string()));
    view! {
        <Page title=t!("wishes-title") lead=t!("wishes-lead")>
            <p class="actions">
                <a href=paths::ACCOUNT>{t!("wishes-back")}</a>
            </p>
            <Form action={Endpoint::of::<api::work::wishes::SaveWishes>()}>
                <fieldset class="field-group">
                    <legend>{t!("wishes-kinds")}</legend>
                    {boxes}
                </fieldset>
                <fieldset class="field-group">
                    <legend>{t!("wishes-quiet")}</legend>
                    <p class="field-hint">{t!("wishes-quiet-hint")}</p>
                    <SelectField name="quiet_from" label=t!("wishes-quiet-from") options=hours.clone() selected=from/>
                    <SelectField name="quiet_until" label=t!("wishes-quiet-until") options=hours selected=until/>
                </fieldset>
                <div class="actions">
                    <Submit label=t!("settings-save")/>
                </div>
            </Form>
        </Page>
    }
}

fn kind_in_words(kind: WishKind) -> (String, String) {
    match kind {
        WishKind::Urgent => (t!("wishes-urgent"), t!("wishes-urgent-hint")),
        WishKind::Waits => (t!("wishes-waits"), t!("wishes-waits-hint")),
        WishKind::Trouble => (t!("wishes-trouble"), t!("wishes-trouble-hint")),
        WishKind::Plan => (t!("wishes-plan"), t!("wishes-plan-hint")),
    }
}
