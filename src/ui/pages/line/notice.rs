//! `/settings/notice`: what stands on top of all pages, and for how long.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::seen::Seen,
        line::notice::{NOTICE_MAX, NoticeForm, NoticePage as OnPages},
        paths,
    },
    ui::{
        components::{ButtonKind, Endpoint, Form, Page, Submit, TextField, loaded},
        format,
        texts::{Locale, t},
    },
};

/// The notice on top of all pages.
#[component]
pub fn NoticePage() -> impl IntoView {
    loaded(api::line::notice::notice_page(), |page| view! { <NoticeView page/> })
}

/// The form, and whether the notice stands.
#[component]
pub(crate) fn NoticeView(page: OnPages) -> impl IntoView {
    let OnPages { notice, now } = page;
    let locale = Locale::current();
    let live = notice.as_ref().filter(|notice| notice.ends_at > now);
    let title = match live {
        Some(notice) if notice.stands_at(now) => {
            t!("notice-title-stands", until = format::until(locale, notice.ends_at, Some(now)))
        }
        Some(notice) => t!("notice-title-comes", when = format::until(locale, notice.starts_at, Some(now))),
        None => t!("notice-title-none"),
    };
    let remove = live.is_some().then(|| {
        view! {
            <Form action={Endpoint::of::<api::line::notice::RemoveNotice>()}>
                <div class="actions">
                    <Submit label=t!("notice-remove") kind=ButtonKind::Danger/>
                </div>
            </Form>
        }
    });
    let form = NoticeForm::of(notice.as_ref(), now);
    let seen = Seen::of(&form.fields());
    let NoticeForm { text_cs, text_en, starts_at, ends_at } = form;
    view! {
        <Page title lead=t!("notice-lead")>
            <p class="actions">
                <a href=paths::SETTINGS>{t!("settings-back")}</a>
            </p>
            <Form action={Endpoint::of::<api::line::notice::PutNotice>()} seen>
                <TextField
                    name="text_cs"
                    label=t!("notice-text-cs")
                    hint=t!("notice-text-hint", max = NOTICE_MAX)
                    value=text_cs
                />
                <TextField name="text_en" label=t!("notice-text-en") value=text_en/>
                <TextField
                    name="starts_at"
                    label=t!("notice-from")
                    hint=t!("notice-from-hint")
                    kind="datetime-local"
                    value=starts_at
                    optional=true
                />
                <TextField name="ends_at" label=t!("notice-until") kind="datetime-local" value=ends_at/>
                <div class="actions">
                    <Submit label=t!("notice-save")/>
                </div>
            </Form>
            {remove}
        </Page>
    }
}
