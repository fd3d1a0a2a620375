//! What numbers look like: the patterns that hold and will, and how one is tried and set.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::kind_in_words;
use crate::{
    api,
    model::{
        money::{
            series::{SetPattern, TriedPattern},
            tax_documents::DocumentKind,
        },
        paths,
    },
    ui::{
        components::{
            ButtonKind, ButtonLink, Column, Endpoint, Form, Hidden, RadioCards, RadioOption, Submit, SummaryList,
            SummaryRow, Table, TextField,
        },
        format,
        texts::{Locale, t},
    },
};

/// The patterns that are set, and the way to another one.
#[component]
pub(super) fn Patterns(patterns: Vec<SetPattern>, today: NaiveDate, tried: Option<TriedPattern>) -> impl IntoView {
    let list = (!patterns.is_empty()).then(|| {
        let rows = patterns.into_iter().map(|set| view! { <Row set today/> }).collect::<Vec<_>>();
        view! {
            <Table
                caption=t!("series-patterns")
                columns=vec![
                    Column::text(t!("series-column-kind")),
                    Column::text(t!("series-column-from")),
                    Column::text(t!("series-column-pattern")),
                    Column::action(t!("series-column-action")),
                ]
            >
                {rows}
            </Table>
        }
    });
    let next = match tried {
        Some(tried) => view! { <Preview tried/> }.into_any(),
        None => view! { <PatternForm/> }.into_any(),
    };
    view! {
        {list}
        {next}
    }
}

fn day(date: NaiveDate) -> String {
    format::date_numeric(Locale::current(), date, None)
}

#[component]
fn Row(set: SetPattern, today: NaiveDate) -> impl IntoView {
    let SetPattern { kind, from, pattern } = set;
    let remove = (from > today).then(|| {
        view! {
            <Form action={Endpoint::of::<api::money::series::RemovePattern>()}>
                <Hidden name="kind" value=kind.code()/>
                <Hidden name="from" value=from.to_string()/>
                <Submit label=t!("series-pattern-remove") kind=ButtonKind::Secondary about=kind_in_words(kind)/>
            </Form>
        }
    });
    view! {
        <tr>
            <th scope="row">{kind_in_words(kind)}</th>
            <td data-label=t!("series-column-from")>{day(from)}</td>
            <td data-label=t!("series-column-pattern")>{pattern.to_string()}</td>
            <td>{remove}</td>
        </tr>
    }
}

#[component]
fn PatternForm() -> impl IntoView {
    let options = DocumentKind::ALL
        .iter()
        .map(|kind| RadioOption { value: kind.to_string(), label: kind_in_words(*kind), note: None, meta: None })
        .collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="pattern-form">
            <h2 id="pattern-form">{t!("series-pattern-title")}</h2>
            <Form action={Endpoint::of::<api::money::series::PreviewPattern>()}>
                <RadioCards name="series_kind" legend=t!("series-pattern-kind") options selected=String::new()/>
                <TextField name="pattern" label=t!("series-pattern") hint=t!("series-pattern-hint", one = "{YYYY}{NNNNN}", other = "FV-{YY}-{N}") short=true/>
                <TextField name="pattern_from" label=t!("series-pattern-from") kind="date" short=true/>
                <div class="actions">
                    <Submit label=t!("series-pattern-try")/>
                </div>
            </Form>
        </section>
    }
}

/// What a pattern gives, to be agreed with.
#[component]
fn Preview(tried: TriedPattern) -> impl IntoView {
    let TriedPattern { set, numbers: [next, first, many] } = tried;
    let title = t!("series-preview-title", kind = kind_in_words(set.kind), date = day(set.from));
    view! {
        <section class="card" aria-labelledby="preview">
            <h2 id="preview">{title}</h2>
            <SummaryList>
                <SummaryRow term=t!("series-preview-next")>{next}</SummaryRow>
                <SummaryRow term=t!("series-preview-first")>{first}</SummaryRow>
                <SummaryRow term=t!("series-preview-many")>{many}</SummaryRow>
            </SummaryList>
            <p class="aside">{t!("series-preview-note")}</p>
            <Form action={Endpoint::of::<api::money::series::SetPattern>()}>
                <Hidden name="series_kind" value=set.kind.code()/>
                <Hidden name="pattern" value=set.pattern.to_string()/>
                <Hidden name="pattern_from" value=set.from.to_string()/>
                <div class="actions">
                    <Submit label=t!("series-pattern-save")/>
                    <ButtonLink href=paths::SETTINGS_SERIES label=t!("series-pattern-back") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </section>
    }
}
