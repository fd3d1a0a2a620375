//! `/settings/text`: what the vendor says of its line on the public page.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::seen::Seen,
        line::public_text::{Block, PUBLIC_TEXT_MAX, PublicText, PublicTextPage as Written, Span, fields},
        paths,
    },
    ui::{
        components::{Endpoint, Form, Page, Submit, TextArea, loaded},
        texts::{Locale, t},
    },
};

/// The vendor's own words on the public page.
#[component]
pub fn PublicTextPage() -> impl IntoView {
    loaded(api::line::public_text::public_text_page(), |page| view! { <PublicTextView page/> })
}

/// The form, and how what is written looks.
#[component]
pub(crate) fn PublicTextView(page: Written) -> impl IntoView {
    let Written { typed, shown } = page;
    let title = if typed.cs.is_empty() { t!("public-text-title-none") } else { t!("public-text-title") };
    let looks = (!shown.cs.is_empty()).then(|| {
        view! {
            <h2>{t!("public-text-looks")}</h2>
            <div class="card">
                <Prose text=shown/>
            </div>
        }
    });
    view! {
        <Page title lead=t!("public-text-lead")>
            <p class="actions">
                <a href=paths::SETTINGS>{t!("settings-back")}</a>
            </p>
            <Form action={Endpoint::of::<api::line::public_text::SavePublicText>()} seen=Seen::of(&fields(&typed))>
                <TextArea
                    name="text_cs"
                    label=t!("public-text-cs")
                    hint=t!("public-text-hint", max = PUBLIC_TEXT_MAX)
                    value=typed.cs
                    rows=12
                    optional=true
                />
                <TextArea
                    name="text_en"
                    label=t!("public-text-en")
                    hint=t!("public-text-en-hint")
                    value=typed.en
                    rows=12
                    optional=true
                />
                <div class="actions">
                    <Submit label=t!("settings-save")/>
                </div>
            </Form>
            {looks}
        </Page>
    }
}

/// The text in the reader's language.
#[component]
pub(in crate::ui::pages) fn Prose(text: PublicText) -> impl IntoView {
    let blocks = match Locale::current() {
        Locale::Cs => text.cs,
        Locale::En => text.en,
    };
    let blocks = blocks
        .into_iter()
        .map(|block| match block {
            Block::Heading(spans) => view! { <h3>{words(spans)}</h3> }.into_any(),
            Block::Paragraph(spans) => view! { <p>{words(spans)}</p> }.into_any(),
            Block::List { is_numbered, items } => {
                let items = items.into_iter().map(|item| view! { <li>{words(item)}</li> }).collect::<Vec<_>>();
                if is_numbered { view! { <ol>{items}</ol> }.into_any() } else { view! { <ul>{items}</ul> }.into_any() }
            }
        })
        .collect::<Vec<_>>();
    view! { <div class="prose">{blocks}</div> }
}

fn words(spans: Vec<Span>) -> Vec<AnyView> {
    spans
        .into_iter()
        .map(|Span { text, is_strong, is_stressed, link }| {
            let words = match (is_strong, is_stressed) {
                (true, _) => view! { <strong>{text}</strong> }.into_any(),
                (false, true) => view! { <em>{text}</em> }.into_any(),
                (false, false) => text.into_any(),
            };
            match link {
                Some(to) => view! { <a href=to>{words}</a> }.into_any(),
                None => words,
            }
        })
        .collect()
}
