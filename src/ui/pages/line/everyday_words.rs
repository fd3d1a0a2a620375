//! `/settings/words`: what people say for the words of the catalogue.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::seen::Seen,
        line::everyday_words::{EVERYDAY_WORDS_MAX, fields},
        paths,
    },
    ui::{
        components::{Endpoint, Form, Page, Submit, TextArea, loaded},
        texts::t,
    },
};

/// By what customers find what they order.
#[component]
pub fn EverydayWordsPage() -> impl IntoView {
    loaded(api::line::everyday_words::everyday_words_page(), |spoken| view! { <EverydayWordsView spoken/> })
}

#[component]
fn EverydayWordsView(spoken: String) -> impl IntoView {
    view! {
        <Page title=t!("everyday-words-title") lead=t!("everyday-words-lead")>
            <p class="actions">
                <a href=paths::WORK_TYPES>{t!("catalogue-back")}</a>
            </p>
            <Form
                action={Endpoint::of::<api::line::everyday_words::SaveEverydayWords>()}
                seen=Seen::of(&fields(&spoken))
            >
                <TextArea
                    name="spoken"
                    label=t!("everyday-words-label")
                    hint=t!("everyday-words-hint", max = EVERYDAY_WORDS_MAX)
                    value=spoken
                    rows=18
                    optional=true
                />
                <div class="actions">
                    <Submit label=t!("settings-save")/>
                </div>
            </Form>
        </Page>
    }
}
