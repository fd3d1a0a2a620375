//! `/work/{number}/reopening`: whether closed work is opened again, and why. And the workbench's word of both.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    api,
    model::{
        base::numbers::RequestNumber,
        paths,
        problem::Problem,
        work::{
            pages::WorkPage as Bench,
            reopening::{ReopenPage as View, ReopenRefused},
        },
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Endpoint, Form, Hidden, Notice, NoticeKind, Page, Submit, TextArea, WayBack, loaded,
        },
        format,
        texts::{Locale, t},
    },
};

/// The question.
#[component]
pub fn ReopenPage() -> impl IntoView {
    let number = ui::path_value("number");
    loaded(load(number), move |(page, key)| view! { <Question page key/> })
}

async fn load(number: Result<RequestNumber, Problem>) -> Result<(View, Uuid), Problem> {
    Ok((api::work::reopening::reopen_page(number?).await?, api::ordering::requests::form_key().await?))
}

#[component]
fn Question(page: View, key: Uuid) -> impl IntoView {
    let locale = Locale::current();
    let lead = format!("{} · {}", page.customer, page.number);
    let back = paths::workbench(page.number);
    let body = match page.refused {
        Some(refused) => {
            let (title, help) = refused_in_words(refused, &page);
            view! {
                <Notice kind=NoticeKind::Soon title>
                    <p>{help}</p>
                </Notice>
                <p class="actions">
                    <ButtonLink href=back label=t!("work-reopen-back") kind=ButtonKind::Secondary/>
                </p>
            }
            .into_any()
        }
        None => {
            let minutes = format::minutes(locale, page.billed);
            let invoiced = page.is_invoiced.then(|| view! { <p>{t!("work-reopen-invoiced")}</p> });
            let told = page.is_others.then(|| view! { <p>{t!("work-reopen-told")}</p> });
            view! {
                <p>{t!("work-reopen-help", minutes = minutes)}</p>
                {invoiced}
                {told}
                <Form action={Endpoint::of::<api::work::reopening::ReopenWork>()}>
                    <Hidden name="number" value=page.number.to_string()/>
                    <Hidden name="key" value=key.to_string()/>
                    <TextArea name="reason" label=t!("work-reopen-reason") hint=t!("work-reopen-reason-hint") rows=3/>
                    <div class="actions">
                        <Submit label=t!("work-reopen-submit")/>
                        <WayBack href=back of_new=false/>
                    </div>
                </Form>
            }
            .into_any()
        }
    };
    view! { <Page title=t!("work-reopen-title") lead>{body}</Page> }
}

fn refused_in_words(refused: ReopenRefused, page: &View) -> (String, String) {
    match refused {
        ReopenRefused::Contested => (t!("problem-work-contested"), t!("problem-work-contested-body")),
        ReopenRefused::CalledOff => (t!("work-reopen-called-off"), t!("work-reopen-called-off-help")),
        ReopenRefused::NeedsManager if page.is_invoiced => {
            (t!("problem-work-needs-manager"), t!("work-reopen-is-invoiced"))
        }
        ReopenRefused::NeedsManager => {
            let day = format::date_numeric(Locale::current(), page.until, ui::now().map(format::local_date));
            (t!("problem-work-needs-manager"), t!("work-reopen-was-until", day = day))
        }
    }
}

/// On the workbench: that the work is open again and why, or where it can be opened.
#[component]
pub(super) fn Reopened(bench: Bench) -> impl IntoView {
    let reopened = bench.reopened.map(|reopened| {
        let title = t!("work-reopened");
        let when = format::moment(Locale::current(), reopened.at);
        view! {
            <Notice kind=NoticeKind::Soon title>
                <p class="typed">{reopened.reason}</p>
                <p>{t!("work-reopened-by", by = reopened.by, when = when)}</p>
            </Notice>
        }
    });
    let link = bench.may_reopen.then(|| {
        view! {
            <p>
                <a href=paths::reopening(bench.appointment.number)>{t!("work-reopen-link")}</a>
            </p>
        }
    });
    view! { {reopened} {link} }
}
