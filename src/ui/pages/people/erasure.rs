//! `/account/erase` and `/desk/customers/{customer}/people/{member}/erase`: what is kept of a person goes, for good.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::{
            done::Done,
            ids::{CustomerId, MemberId},
        },
        paths,
        people::erasure::{CALL_OFF, ErasurePage as Question, ErasureRefused, OpenRequest},
        problem::Problem,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Endpoint, Form, Hidden, Notice, NoticeKind, Page, SelectField, Submit, TextArea,
            TextField, loaded,
        },
        format,
        problem_text::words,
        texts::{Locale, t},
    },
};

/// A member's own question.
#[component]
pub fn OwnErasurePage() -> impl IntoView {
    loaded(api::people::erasure::own_erasure_page(), |page| {
        let form = page.refused.is_none().then(|| {
            view! {
                <Form action={Endpoint::of::<api::people::erasure::EraseOneself>()}>
                    <Heirs open=page.open.clone() colleagues=page.colleagues.clone()/>
                    <TextField
                        name="own_password"
                        label=t!("erasure-password")
                        kind="password"
                        autocomplete="current-password"
                    />
                    <Answers keep=paths::ACCOUNT.to_owned()/>
                </Form>
            }
        });
        view! {
            <Page title=t!("erasure-title-own") lead=t!("erasure-lead")>
                <Consequences/>
                <InTheWay refused=page.refused/>
                {form}
            </Page>
        }
    })
}

/// The question for a manager of the vendor whom a person has asked.
#[component]
pub fn ErasurePage() -> impl IntoView {
    let customer = ui::path_value::<CustomerId>("customer");
    let member = ui::path_value::<MemberId>("member");
    loaded(async move { api::people::erasure::erasure_page(customer?, member?).await }, |page| {
        let keep = paths::member(page.customer, page.member);
        let form = page.refused.is_none().then(|| {
            view! { <ErasureForm page=page.clone() keep/> }
        });
        view! {
            <Page title=t!("erasure-title", name = page.name) lead=t!("erasure-lead-at", customer = page.customer_name)>
                <Consequences/>
                <InTheWay refused=page.refused/>
                {form}
            </Page>
        }
    })
}

#[component]
fn ErasureForm(page: Question, keep: String) -> impl IntoView {
    view! {
        <Form action={Endpoint::of::<api::people::erasure::EraseMember>()}>
            <Hidden name="customer" value=page.customer.to_string()/>
            <Hidden name="member" value=page.member.to_string()/>
            <Heirs open=page.open colleagues=page.colleagues/>
            <TextArea name="reason" label=t!("erasure-reason") hint=t!("erasure-reason-hint") rows=3/>
            <Answers keep/>
        </Form>
    }
}

/// Where who has erased oneself comes out; nobody else is told so.
#[component]
pub fn ErasedPage() -> impl IntoView {
    if ui::just_done() != Some(Done::Erased) {
        return view! {
            <Page title=t!("erased-nothing") lead=t!("erased-nothing-lead")>
                <p>
                    <a href=paths::ACCOUNT>{t!("nav-account")}</a>
                </p>
            </Page>
        }
        .into_any();
    }
    view! {
        <Page title=t!("erased-title") lead=t!("erased-lead")>
            <p>{t!("erased-again")}</p>
        </Page>
    }
    .into_any()
}

/// What goes at once, what stays and why.
#[component]
fn Consequences() -> impl IntoView {
    view! {
        <section aria-labelledby="gone">
            <h2 id="gone">{t!("erasure-gone")}</h2>
            <ul>
                <li>{t!("erasure-gone-account")}</li>
                <li>{t!("erasure-gone-texts")}</li>
                <li>{t!("erasure-gone-mails")}</li>
                <li>{t!("erasure-gone-mentions")}</li>
            </ul>
        </section>
        <section aria-labelledby="kept">
            <h2 id="kept">{t!("erasure-kept")}</h2>
            <ul>
                <li>{t!("erasure-kept-documents")}</li>
                <li>{t!("erasure-kept-deeds")}</li>
                <li>{t!("erasure-kept-contract")}</li>
                <li>{t!("erasure-kept-words", phone = ui::line_phone())}</li>
                <li>{t!("erasure-kept-backups")}</li>
            </ul>
        </section>
    }
}

/// What has to be done before.
#[component]
fn InTheWay(refused: Option<ErasureRefused>) -> impl IntoView {
    refused.map(|refused| {
        let said = words(&Problem::Erasure(refused));
        view! {
            <Notice kind=NoticeKind::Problem title=said.title>
                {said.body.map(|body| view! { <p>{body}</p> })}
            </Notice>
        }
    })
}

/// What is open, and who takes it over.
#[component]
pub(super) fn Heirs(open: Vec<OpenRequest>, colleagues: Vec<(MemberId, String)>) -> impl IntoView {
    if open.is_empty() {
        return ().into_any();
    }
    let locale = Locale::current();
    let is_under_way = open.iter().any(|request| request.under_way);
    let requests = open
        .into_iter()
        .map(|request| {
            let when = match request.starts_at {
                _ if request.under_way => t!("erasure-under-way"),
                Some(start) => format::moment(locale, start),
                None => t!("erasure-waits"),
            };
            let what = format!("{} · {}", locale.of(&request.program), locale.of(&request.work_type));
            view! {
                <li class="row">
                    <div>
                        <p class="row-title">{request.number.to_string()}" "{when}</p>
                        <p class="row-note">{what}</p>
                    </div>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let mut options = vec![(String::new(), t!("erasure-heir-choose"))];
    options.extend(colleagues.into_iter().map(|(id, name)| (id.to_string(), name)));
    options.extend((!is_under_way).then(|| (CALL_OFF.to_owned(), t!("erasure-call-off"))));
    view! {
        <section aria-labelledby="open">
            <h2 id="open">{t!("erasure-open")}</h2>
            <p>{t!("erasure-open-lead")}</p>
            <ul class="rows">{requests}</ul>
            <SelectField name="heir" label=t!("erasure-heir") options/>
        </section>
    }
    .into_any()
}

#[component]
fn Answers(keep: String) -> impl IntoView {
    view! {
        <div class="actions">
            <Submit label=t!("erasure-submit") kind=ButtonKind::Danger/>
            <ButtonLink href=keep label=t!("erasure-keep") kind=ButtonKind::Secondary/>
        </div>
    }
}
