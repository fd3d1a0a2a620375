//! `/requests/{number}/receipt/{ordinal}/contest`: what does not fit, and why.

use leptos::prelude::*;

use super::{
    paths::intervention_in_path,
    segments::{may_be_contested, segment_in_words},
};
use crate::{
    api,
    model::{
        base::numbers::InterventionRef,
        paths,
        people::accounts::Viewer,
        problem::Problem,
        work::{pages::ReceiptPage as View, receipts::ReceiptSegment},
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Endpoint, Form, Hidden, Page, RadioCards, RadioOption, Submit, TextArea, loaded,
        },
        islands::KeepTyped,
        receipt_words,
        texts::{Locale, t},
    },
};

/// Objecting to a segment.
#[component]
pub fn ReceiptContestPage() -> impl IntoView {
    let intervention = intervention_in_path();
    loaded(load(intervention), move |(intervention, segments)| view! { <Question intervention segments/> })
}

async fn load(
    intervention: Result<InterventionRef, Problem>,
) -> Result<(InterventionRef, Vec<ReceiptSegment>), Problem> {
    if !matches!(api::people::accounts::viewer().await?, Viewer::Member { .. }) {
        return Err(Problem::Forbidden { capability: None });
    }
    let intervention = intervention?;
    let page = api::work::receipts::receipt_page(intervention.number, intervention.ordinal).await?;
    Ok((intervention, contestable(page)?))
}

/// Says at once what the server would say after the form was sent.
fn contestable(page: View) -> Result<Vec<ReceiptSegment>, Problem> {
    let View { receipt, contests, contest_until, .. } = page;
    if contest_until.is_none() {
        return Err(Problem::Conflict);
    }
    let segments: Vec<_> =
        receipt.segments.into_iter().filter(|segment| may_be_contested(segment, &contests)).collect();
    if segments.is_empty() { Err(Problem::Conflict) } else { Ok(segments) }
}

#[component]
fn Question(intervention: InterventionRef, segments: Vec<ReceiptSegment>) -> impl IntoView {
    let named = ui::query_value("segment");
    let only = (segments.len() == 1).then(|| segments[0].id.to_string());
    let options = segments
        .iter()
        .map(|segment| RadioOption {
            value: segment.id.to_string(),
            label: segment_in_words(segment),
            note: None,
            meta: Some(receipt_words::segment_duration(Locale::current(), segment, segment.tells_seconds())),
        })
        .collect::<Vec<_>>();
    view! {
        <Page title=t!("contest-title") lead=t!("contest-lead")>
            <Form action={Endpoint::of::<api::work::contests::ContestSegment>()}>
                <Hidden name="number" value=intervention.number.to_string()/>
                <Hidden name="ordinal" value=intervention.ordinal.to_string()/>
                <RadioCards name="segment" legend=t!("contest-segment") options selected=named.or(only).unwrap_or_default()/>
                <TextArea name="reason" label=t!("contest-reason") hint=t!("contest-reason-hint") rows=4/>
                <KeepTyped/>
                <div class="actions">
                    <Submit label=t!("contest-submit")/>
                    <ButtonLink href=paths::receipt(intervention) label=t!("contest-keep") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </Page>
    }
}
