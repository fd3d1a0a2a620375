//! `/settings/closures`: when the line is closed.

use leptos::prelude::*;

use crate::{
    api,
    model::{base::calendar::Closure, line::closures::ClosuresPage as Closures, paths},
    ui::{
        components::{
            ButtonKind, Endpoint, Form, Hidden, Page, Submit, SummaryList, SummaryRow, TextField, Width, loaded,
        },
        format,
        texts::{Locale, t},
    },
};

/// When nobody answers.
#[component]
pub fn ClosuresPage() -> impl IntoView {
    loaded(api::line::closures::closures_page(), |page| view! { <ClosuresView page/> })
}

#[component]
fn ClosuresView(page: Closures) -> impl IntoView {
    let Closures { closures, holidays, may_change } = page;
    let locale = Locale::current();
    let none = closures.is_empty().then(|| view! { <p>{t!("closures-none")}</p> });
    let days = closures.into_iter().map(|closure| row(closure, may_change)).collect::<Vec<_>>();
    let holidays = holidays
        .into_iter()
        .map(|(date, holiday)| {
            let name = t!("holiday", holiday = holiday.code());
            view! { <SummaryRow term=format::date_long(locale, date)>{name}</SummaryRow> }
        })
        .collect::<Vec<_>>();
    let form = may_change.then(|| view! { <CloseForm/> });
    view! {
        <Page title=t!("closures-title") lead=t!("closures-lead") width=Width::Full>
            <p class="actions">
                <a href=paths::PLANS>{t!("plans-all")}</a>
            </p>
            <div class="bench">
                <div class="bench-clock">
                    <section class="card" aria-labelledby="own">
                        <h2 id="own">{t!("closures-own")}</h2>
                        {none}
                        <ul class="plain-list plain-list-actions">{days}</ul>
                    </section>
                    {form}
                </div>
                <div class="bench-aside">
                    <section class="card" aria-labelledby="holidays">
                        <h2 id="holidays">{t!("closures-holidays")}</h2>
                        <p>{t!("closures-holidays-lead")}</p>
                        <SummaryList>{holidays}</SummaryList>
                    </section>
                </div>
            </div>
        </Page>
    }
}

fn row(closure: Closure, may_change: bool) -> impl IntoView {
    let text = format!("{} · {}", format::date_long(Locale::current(), closure.date), closure.reason);
    // Without its weekday, which Czech would have to inflect.
    let about = format::date_numeric(Locale::current(), closure.date, None);
    let open = may_change.then(|| {
        view! {
            <Form action={Endpoint::of::<api::line::closures::OpenLine>()}>
                <Hidden name="date" value=closure.date.to_string()/>
                <Submit label=t!("closures-open") kind=ButtonKind::Quiet about/>
            </Form>
        }
    });
    view! {
        <li>
            <p>{text}</p>
            {open}
        </li>
    }
}

#[component]
fn CloseForm() -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="close">
            <h2 id="close">{t!("closures-close")}</h2>
            <p>{t!("closures-close-lead")}</p>
            <Form action={Endpoint::of::<api::line::closures::CloseLine>()}>
                <TextField name="first" label=t!("plans-first-day") kind="date"/>
                <TextField
                    name="last"
                    label=t!("plans-last-day")
                    hint=t!("plans-last-day-hint")
                    kind="date"
                    optional=true
                />
                <TextField name="why" label=t!("closures-why") hint=t!("closures-why-hint")/>
                <div class="actions">
                    <Submit label=t!("closures-close-submit")/>
                </div>
            </Form>
        </section>
    }
}
