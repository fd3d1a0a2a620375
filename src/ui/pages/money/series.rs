//! `/settings/series`: which numbers documents get next, and where a series begins.

mod patterns;

use leptos::prelude::*;

use self::patterns::Patterns;
use crate::{
    api,
    model::{
        money::{
            series::{FIRST_MAX, SeriesPage as Series, SeriesRow},
            tax_documents::DocumentKind,
        },
        paths,
    },
    ui::{
        self,
        components::{Column, Endpoint, Form, Page, RadioCards, RadioOption, Submit, Table, TextField, Width, loaded},
        texts::t,
    },
};

/// Series of documents.
#[component]
pub fn SeriesPage() -> impl IntoView {
    let [kind, pattern, from] =
        ["series_kind", "pattern", "pattern_from"].map(|name| ui::query_value(name).unwrap_or_default());
    loaded(api::money::series::series_page(kind, pattern, from), |page| view! { <SeriesView page/> })
}

/// The series of this year and of the next one.
#[component]
pub(crate) fn SeriesView(page: Series) -> impl IntoView {
    let begun = page.rows.iter().any(|row| row.has_begun);
    let title = if begun { t!("series-title-begun") } else { t!("series-title") };
    let options: Vec<_> = page
        .rows
        .iter()
        .filter(|row| !row.has_begun)
        .map(|row| RadioOption {
            value: row.code(),
            label: format!("{} {}", kind_in_words(row.kind), row.year),
            note: None,
            meta: None,
        })
        .collect();
    let start = (!options.is_empty()).then(|| view! { <StartForm options/> });
    let rows = page.rows.into_iter().map(|row| view! { <Row row/> }).collect::<Vec<_>>();
    view! {
        <Page title lead=t!("series-lead") width=Width::Full>
            <p class="actions">
                <a href=paths::SETTINGS>{t!("settings-back")}</a>
            </p>
            <Table
                class="table-sales"
                columns=vec![
                    Column::text(t!("series-column-kind")),
                    Column::text(t!("series-column-year")),
                    Column::text(t!("series-column-next")),
                    Column::text(t!("series-column-state")),
                ]
            >
                {rows}
            </Table>
            {start}
            <Patterns patterns=page.patterns today=page.today tried=page.tried/>
        </Page>
    }
}

#[component]
fn Row(row: SeriesRow) -> impl IntoView {
    let state = if row.has_begun { t!("series-goes-on") } else { t!("series-not-begun") };
    view! {
        <tr>
            <th scope="row">{kind_in_words(row.kind)}</th>
            <td data-label=t!("series-column-year")>{row.year.to_string()}</td>
            <td data-label=t!("series-column-next")>{row.number}</td>
            <td data-label=t!("series-column-state")>{state}</td>
        </tr>
    }
}

/// Where a series begins that has not begun.
#[component]
fn StartForm(options: Vec<RadioOption>) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="start">
            <h2 id="start">{t!("series-start")}</h2>
            <Form action={Endpoint::of::<api::money::series::BeginSeries>()}>
                <RadioCards name="series" legend=t!("series-which") options selected=String::new()/>
                <TextField
                    name="first_number"
                    label=t!("series-first")
                    hint=t!("series-first-hint", most = FIRST_MAX)
                    inputmode="numeric"
                    short=true
                />
                <div class="actions">
                    <Submit label=t!("settings-save")/>
                </div>
            </Form>
        </section>
    }
}

fn kind_in_words(kind: DocumentKind) -> String {
    t!("document-kind", kind = kind.code())
}
