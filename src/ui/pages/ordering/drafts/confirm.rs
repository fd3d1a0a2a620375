//! The last look: all of it once more, while the time is held.

use leptos::prelude::*;

use super::time::TimeQuestion;
use crate::{
    api,
    model::{
        base::{ids::RequestId, terms::Urgency},
        ordering::drafts::{OrderStep, OrderSummary, TimeChoice},
        paths,
        problem::Problem,
    },
    ui::{
        self,
        components::{
            ButtonKind, Endpoint, EstimateBox, Form, Hidden, Notice, NoticeKind, Page, Steps, Submit, SummaryList,
            SummaryRow, TextField, loaded,
        },
        format, forms,
        islands::{Countdown, phone_in_groups},
        pages::words::{capitalized, claim_in_words},
        texts::{Locale, t},
    },
};

/// `/order/{id}/confirm`
#[component]
pub fn OrderConfirmPage() -> impl IntoView {
    let order = ui::path_value("id");
    loaded(load(order), |found| match found {
        Found::Held(summary) => view! { <LastLook summary=*summary/> }.into_any(),
        Found::Lost(choice) => view! { <HoldLost choice=*choice/> }.into_any(),
    })
}

/// What there is to show.
enum Found {
    /// The time is held.
    Held(Box<OrderSummary>),
    /// It is held no more: these are free now.
    Lost(Box<TimeChoice>),
}

async fn load(order: Result<RequestId, Problem>) -> Result<Found, Problem> {
    let order = order?;
    match api::ordering::drafts::order_summary(order).await {
        Ok(summary) => Ok(Found::Held(Box::new(summary))),
        Err(Problem::HoldExpired) => Ok(Found::Lost(Box::new(api::ordering::drafts::time_choice(order).await?))),
        Err(problem) => Err(problem),
    }
}

/// The times once more, with a word about the one that is gone.
#[component]
fn HoldLost(choice: TimeChoice) -> impl IntoView {
    // A form that came back says it by itself, and has its own status.
    let notice = forms::returned().is_none().then(|| {
        ui::set_status(Problem::HoldExpired.status());
        view! {
            <Notice kind=NoticeKind::Soon title=t!("problem-hold-expired")>
                <p>{t!("problem-hold-expired-body")}</p>
            </Notice>
        }
        .into_any()
    });
    match notice {
        Some(notice) => view! { <TimeQuestion choice notice/> }.into_any(),
        None => view! { <TimeQuestion choice/> }.into_any(),
    }
}

#[component]
fn LastLook(summary: OrderSummary) -> impl IntoView {
    let locale = Locale::current();
    let order = summary.draft.id;
    let before = view! { <Steps step=OrderStep::Confirm order/> }.into_any();
    let ceiling = summary.draft.ceiling_minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
    let cut_off = cut_off(locale, &summary);
    view! {
        <Page title=capitalized(&format::slot(locale, summary.slot)) before>
            <Countdown ends_at=summary.hold_expires_at back_href=paths::draft_step(order, OrderStep::Time)/>
            <Answers summary=summary.clone()/>
            <EstimateBox estimate=summary.estimate/>
            <Form action={Endpoint::of::<api::ordering::drafts::ConfirmOrder>()}>
                <Hidden name="id" value=order.to_string()/>
                <TextField
                    name="ceiling_minutes"
                    label=t!("order-ceiling-label")
                    hint=t!("order-ceiling-hint")
                    value=ceiling
                    inputmode="numeric"
                    suffix=t!("order-ceiling-suffix")
                    short=true
                    optional=true
                />
                <p>{cut_off}</p>
                <div class="actions">
                    <Submit label=t!("order-confirm")/>
                </div>
            </Form>
            <Form action={Endpoint::of::<api::ordering::drafts::ReleaseSlot>()}>
                <Hidden name="id" value=order.to_string()/>
                <Submit label=t!("order-other-time") kind=ButtonKind::Secondary/>
            </Form>
        </Page>
    }
}

/// What was answered, each with the way to change it.
#[component]
fn Answers(summary: OrderSummary) -> impl IntoView {
    let draft = summary.draft;
    let order = draft.id;
    let change = move |step: OrderStep| paths::draft_step(order, step);
    let urgency = match (draft.urgency, &draft.claim) {
        (Some(Urgency::Urgent), Some(claim)) => claim_in_words(claim),
        (Some(Urgency::Urgent), None) => t!("urgency-urgent"),
        _ => t!("urgency-normal"),
    };
    view! {
        <SummaryList>
            <SummaryRow term=t!("order-answer-program") change=change(OrderStep::Program)>
                {draft.program.name.clone()}
            </SummaryRow>
            <SummaryRow term=t!("order-answer-work-type") change=change(OrderStep::WorkType)>
                {draft.work_type.map(|work_type| work_type.name)}
            </SummaryRow>
            <SummaryRow term=t!("order-answer-what") change=change(OrderStep::Details)>
                {draft.what_happened}
            </SummaryRow>
            <SummaryRow term=t!("order-answer-contact") change=change(OrderStep::Details)>
                {draft.contact_name}<br/>{phone_in_groups(&draft.contact_phone)}
            </SummaryRow>
            <SummaryRow term=t!("order-answer-urgency") change=change(OrderStep::Urgency)>
                {urgency}
            </SummaryRow>
        </SummaryList>
    }
}

/// Until when one can still change one's mind; nobody shall learn only afterwards that one cannot.
fn cut_off(locale: Locale, summary: &OrderSummary) -> String {
    let now = ui::now();
    if now.is_some_and(|now| now > summary.change_deadline) {
        return t!("order-cut-off-passed");
    }
    let until = format::until(locale, summary.change_deadline, now);
    t!("order-cut-off", until = until, moves = summary.settings.max_moves)
}
