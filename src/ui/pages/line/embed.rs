//! `/settings/embed`: what the vendor's own web sites show of the line, with the markup to copy.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::seen::Seen,
        line::embed::{EmbedForm, EmbedPage as Embed, ORIGINS_MOST},
        paths,
    },
    ui::{
        components::{CheckField, Endpoint, Form, Page, Submit, TextArea, loaded},
        islands::{CopyButton, Copying},
        texts::t,
    },
};

/// What stands on other sites.
#[component]
pub fn EmbedPage() -> impl IntoView {
    loaded(api::line::embed::embed_page(), |page| view! { <EmbedView page/> })
}

#[component]
fn EmbedView(page: Embed) -> impl IntoView {
    let Embed { form, site } = page;
    let shown = form.is_on.then(|| view! { <Snippets site/> });
    view! {
        <Page title=t!("embed-settings-title") lead=t!("embed-settings-lead")>
            <p class="actions">
                <a href=paths::SETTINGS>{t!("settings-back")}</a>
            </p>
            <EmbedFields form/>
            {shown}
        </Page>
    }
}

#[component]
fn EmbedFields(form: EmbedForm) -> impl IntoView {
    view! {
        <Form action={Endpoint::of::<api::line::embed::SaveEmbed>()} seen=Seen::of(&form.fields())>
            <CheckField name="is_on" label=t!("embed-on") hint=t!("embed-on-hint") checked=form.is_on/>
            <TextArea
                name="origins"
                label=t!("embed-origins")
                hint=t!("embed-origins-hint", most = ORIGINS_MOST)
                value=form.origins
                rows=4
                optional=true
            />
            <div class="actions">
                <Submit label=t!("settings-save")/>
            </div>
        </Form>
    }
}

/// What to copy into a site, and how it looks.
#[component]
fn Snippets(site: String) -> impl IntoView {
    let badge = format!("<a href=\"{site}\"><img src=\"{site}{}\" alt=\"{}\"></a>", paths::EMBED_SVG, t!("embed-alt"));
    let frame = format!(
        "<iframe src=\"{site}{}\" title=\"{}\" width=\"360\" height=\"420\" loading=\"lazy\"></iframe>",
        paths::EMBED_SLOTS,
        t!("embed-title")
    );
    view! {
        <section aria-labelledby="embed-badge">
            <h2 id="embed-badge">{t!("embed-badge")}</h2>
            <p>
                <img class="embed-preview" src=paths::EMBED_SVG alt=t!("embed-alt")/>
            </p>
            <Snippet text=badge about=t!("embed-badge")/>
        </section>
        <section aria-labelledby="embed-slots">
            <h2 id="embed-slots">{t!("embed-slots")}</h2>
            <p>
                <iframe
                    class="embed-preview"
                    src=paths::EMBED_SLOTS
                    title=t!("embed-title")
                    width="360"
                    height="420"
                ></iframe>
            </p>
            <Snippet text=frame about=t!("embed-slots")/>
        </section>
        <section aria-labelledby="embed-json">
            <h2 id="embed-json">{t!("embed-json")}</h2>
            <p class="field-hint">{t!("embed-json-hint")}</p>
            <Snippet text=format!("{site}{}", paths::EMBED_JSON) about=t!("embed-json")/>
        </section>
        <p class="field-hint">{t!("embed-queries")}</p>
        <Copying/>
    }
}

/// A text to copy.
#[component]
fn Snippet(text: String, about: String) -> impl IntoView {
    view! {
        <p>
            <code>{text.clone()}</code>
        </p>
        <p>
            <CopyButton text about/>
        </p>
    }
}
