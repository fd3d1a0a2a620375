//! The third screen: all of it once more, while the time is held.

use chrono::SecondsFormat;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{files::KeptFiles, time::TimeQuestion};
use crate::{
    api,
    model::{
        base::{ids::RequestId, terms::Urgency},
        line::catalogue::SlotChoice,
        ordering::{
            drafts::DraftStep,
            pages::{DraftSummary, TimeChoice},
        },
        paths,
        problem::Problem,
        work::ceiling::HIGHEST_CEILING,
    },
    ui::{
        self,
        components::{
            ButtonKind, Endpoint, EstimateBox, Form, Hidden, Notice, NoticeKind, Page, Steps, Submit, SummaryList,
            SummaryRow, TextField, WithNumber, loaded,
        },
        format, forms,
        islands::{Countdown, phone_in_groups},
        pages::{
            ordering::{conversations::FileChoice, overlap::overlap_notice},
            words::{capitalized, claim_in_words},
        },
        texts::{Locale, named, t},
    },
};

/// `/order/{id}/confirm`
#[component]
pub fn DraftConfirmPage() -> impl IntoView {
    let id = ui::path_value("id");
    loaded(load(id), |found| match found {
        Found::Held(summary) => view! { <LastLook summary=*summary/> }.into_any(),
        Found::Lost(choice) => view! { <HoldLost choice=*choice/> }.into_any(),
    })
}

/// What there is to show.
enum Found {
    /// The time is held.
    Held(Box<DraftSummary>),
    /// It is held no more: these are free now.
    Lost(Box<TimeChoice>),
}

async fn load(id: Result<RequestId, Problem>) -> Result<Found, Problem> {
    let id = id?;
    match api::ordering::drafts::draft_summary(id).await {
        Ok(summary) => Ok(Found::Held(Box::new(summary))),
        Err(Problem::HoldExpired) => Ok(Found::Lost(Box::new(api::ordering::drafts::time_choice(id, None).await?))),
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
fn LastLook(summary: DraftSummary) -> impl IntoView {
    let locale = Locale::current();
    let id = summary.draft.id;
    let choice = summary.draft.work_type.as_ref().map_or(SlotChoice::Customer, |work_type| work_type.choice);
    let before = view! { <Steps step=DraftStep::Confirm draft=id choice/> }.into_any();
    let title = summary
        .time
        .map_or_else(|| t!("order-send-title"), |time| capitalized(&format::appointment(locale, time.slot, ui::now())));
    // The headline of a near time says when it begins only.
    let near = summary.time.filter(|time| format::is_near(time.slot, ui::now()));
    let lead = near.map(|time| capitalized(&format::slot(locale, time.slot))).unwrap_or_default();
    let countdown = summary.time.map(|time| {
        view! {
            <Countdown
                ends_at=time.hold_expires_at
                source=format!("{}?id={id}", api::ordering::drafts::HoldLeft::PATH)
                back_href=paths::draft_step(id, DraftStep::Time)
            />
        }
    });
    let other_time = summary.time.map(|_| {
        view! {
            <Form action={Endpoint::of::<api::ordering::drafts::ReleaseSlot>()}>
                <Hidden name="id" value=id.to_string()/>
                <Submit label=t!("order-other-time") kind=ButtonKind::Secondary/>
            </Form>
        }
    });
    let overlap = overlap_notice(&summary.overlapping);
    view! {
        <Page title lead before>
            {countdown}
            {overlap}
            <Answers summary=summary.clone()/>
            <KeptFiles id files=summary.attachments.clone()/>
            <EstimateBox estimate=summary.estimate.clone()/>
            <Sending summary/>
            {other_time}
        </Page>
    }
}

/// The form that sends it, with what is promised.
#[component]
fn Sending(summary: DraftSummary) -> impl IntoView {
    let DraftSummary { draft, time, estimate, settings, .. } = summary;
    let id = draft.id;
    let least = estimate.minimum;
    let shown = estimate.as_shown();
    let ceiling = draft.ceiling_minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
    let submit = if time.is_some() { t!("order-confirm") } else { t!("order-send") };
    let then = match time {
        // Nobody shall learn only afterwards until when one can change one's mind.
        Some(time) => {
            let until = format::until(Locale::current(), time.cut_off, ui::now());
            t!("order-cut-off", until = until, moves = settings.max_moves, phone = ui::line_phone())
        }
        None => t!("order-urgency-dispatch"),
    };
    let start = time.map(|time| {
        let start = time.slot.start.to_rfc3339_opts(SecondsFormat::Secs, true);
        view! { <Hidden name="start" value=start/> }
    });
    let promise = t!("order-promise", program = named(&draft.program.name));
    view! {
        <Form action={Endpoint::of::<api::ordering::drafts::ConfirmDraft>()} upload=true>
            <Hidden name="id" value=id.to_string()/>
            <Hidden name="shown" value=shown/>
            {start}
            <TextField
                name="ceiling_minutes"
                label=t!("order-ceiling-label")
                hint=t!("order-ceiling-hint", least = least, most = HIGHEST_CEILING)
                value=ceiling
                inputmode="numeric"
                suffix=t!("order-ceiling-suffix")
                short=true
                optional=true
            />
            <FileChoice/>
            <p>{promise}</p>
            <p><WithNumber text=then/></p>
            <div class="actions">
                <Submit label=submit/>
            </div>
        </Form>
    }
}

/// What was answered, each with the way to change it.
#[component]
fn Answers(summary: DraftSummary) -> impl IntoView {
    let draft = summary.draft;
    let id = draft.id;
    let change = move || paths::draft_step(id, DraftStep::What);
    let urgency = match (draft.urgency, &draft.claim) {
        (Some(Urgency::Urgent), Some(claim)) => claim_in_words(claim),
        (Some(Urgency::Urgent), None) => t!("urgency-urgent"),
        _ => t!("urgency-normal"),
    };
    view! {
        <SummaryList>
            <SummaryRow term=t!("order-answer-program") change=change()>
                {named(&draft.program.name)}
            </SummaryRow>
            <SummaryRow term=t!("order-answer-work-type") change=change()>
                {draft.work_type.map(|work_type| named(&work_type.name))}
            </SummaryRow>
            <SummaryRow term=t!("order-answer-what") change=change()>
                {draft.what_happened}
            </SummaryRow>
            <SummaryRow term=t!("order-answer-contact") change=change()>
                {draft.contact_name}<br/>{phone_in_groups(&draft.contact_phone)}
            </SummaryRow>
            <SummaryRow term=t!("order-answer-urgency") change=change()>
                {urgency}
            </SummaryRow>
        </SummaryList>
    }
}
