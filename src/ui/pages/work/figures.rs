//! `/desk/figures`: what the line achieves, by week or month.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    api,
    model::{
        paths,
        work::figures::{Figures, FiguresFilter, FiguresPage as Shown, FiguresTable, LineName, Step, Unit},
    },
    ui::{
        self,
        components::{
            Column, EmptyState, Notice, Page, Table, Width, WrongDays,
            charts::{ValueChart, ValueColumn},
            day_field, loaded,
        },
        figure_words, format,
        texts::{Locale, t},
    },
};

/// What the line achieves.
#[component]
pub fn FiguresPage() -> impl IntoView {
    let (from, until) = (ui::query_parsed("from"), ui::query_parsed("until"));
    let step = ui::query_value("step").and_then(|code| Step::from_code(&code));
    let days = (from.clone().unwrap_or_default(), until.clone().unwrap_or_default());
    loaded(api::work::figures::figures_page(days.0, days.1, step), move |page| {
        // What is too much to be shown at once is said of all of it.
        let first = if page.is_cut { days.0.unwrap_or(page.filter.from) } else { page.filter.from };
        let wrong = WrongDays::of((&from, &until), (first, page.filter.until));
        view! { <FiguresView page wrong/> }
    })
}

/// The page itself.
#[component]
pub fn FiguresView(
    /// What it shows.
    page: Shown,
    /// What is wrong with the days that were asked for.
    #[prop(optional)]
    wrong: WrongDays,
) -> impl IntoView {
    let is_empty = page.is_empty();
    let Shown { filter, is_cut, tables } = page;
    let cut = is_cut.then(|| {
        view! {
            <Notice>
                <p>{t!("figures-cut", from = format::date_numeric(Locale::current(), filter.from, None))}</p>
            </Notice>
        }
    });
    let content = if is_empty {
        view! {
            <EmptyState title=t!("figures-none")>
                <p>{t!("figures-none-help")}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let tables = tables.into_iter().map(|table| view! { <Part table/> }).collect::<Vec<_>>();
        view! {
            {tables}
            <Export filter/>
        }
        .into_any()
    };
    view! {
        <Page title=t!("figures-title") lead=t!("figures-lead") width=Width::Full>
            <Span filter wrong/>
            {cut}
            {content}
        </Page>
    }
}

/// Which days, and in which pieces.
#[component]
fn Span(filter: FiguresFilter, wrong: WrongDays) -> impl IntoView {
    let steps = Step::ALL.iter().map(|step| {
        view! {
            <option value=step.code() selected={filter.step == *step}>
                {t!("figures-step", step = step.code())}
            </option>
        }
    });
    view! {
        <form method="get" action=paths::FIGURES class="figures-span">
            {day_field("from", t!("figures-from"), filter.from, wrong.from)}
            {day_field("until", t!("figures-until"), filter.until, wrong.until)}
            <div>
                <label for="step">{t!("figures-by")}</label>
                <select class="input" id="step" name="step">
                    {steps.collect::<Vec<_>>()}
                </select>
            </div>
            <button type="submit" class="button button-secondary">
                {t!("figures-show")}
            </button>
        </form>
    }
}

/// A table, what its numbers mean, and a picture of the one that matters most.
#[component]
fn Part(table: FiguresTable) -> impl IntoView {
    let locale = Locale::current();
    let id = table.kind.code();
    let title = figure_words::table(locale, table.kind);
    let meanings = table.kind.figures().iter().map(|figure| {
        view! {
            <div>
                <dt>{figure_words::figure(locale, *figure)}</dt>
                <dd>{figure_words::meaning(locale, *figure)}</dd>
            </div>
        }
    });
    let meanings = meanings.collect::<Vec<_>>();
    let list = if table.lines.is_empty() {
        view! { <p class="figures-nothing">{t!("figures-nothing")}</p> }.into_any()
    } else {
        view! {
            <Chart table=table.clone()/>
            <Numbers table title=title.clone()/>
        }
        .into_any()
    };
    view! {
        <section class="figures-part" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <details class="figures-meaning">
                <summary>{t!("figures-meaning")}</summary>
                <dl>{meanings}</dl>
            </details>
            {list}
        </section>
    }
}

#[component]
fn Chart(table: FiguresTable) -> impl IntoView {
    let locale = Locale::current();
    let charted = table.kind.charted()?;
    let columns = table.lines.iter().filter_map(|line| {
        let LineName::Period(period) = &line.name else { return None };
        let value = line.figures.of(charted);
        Some(ValueColumn {
            short: format::date_numeric(locale, period.first, Some(period.first)),
            value: value.map(|value| u32::try_from(value).unwrap_or_default()),
            number: figure_words::value(locale, charted, value),
        })
    });
    let columns: Vec<_> = columns.collect();
    let full = (charted.unit() == Unit::Percent).then_some(100);
    let caption = figure_words::figure(locale, charted);
    Some(view! {
        <figure class="chart figures-chart">
            <figcaption>{caption}</figcaption>
            {match full {
                Some(full) => view! { <ValueChart full columns/> }.into_any(),
                None => view! { <ValueChart columns/> }.into_any(),
            }}
        </figure>
    })
}

#[component]
fn Numbers(table: FiguresTable, title: String) -> impl IntoView {
    let locale = Locale::current();
    let figures = table.kind.figures();
    let head = Column::text(figure_words::line_head(locale, table.kind));
    let columns = figures.iter().map(|figure| Column::number(figure_words::figure(locale, *figure)));
    let columns = [head].into_iter().chain(columns).collect();
    let cells = move |values: &Figures| {
        let cells = figures.iter().map(|figure| {
            view! {
                <td class="number" data-label=figure_words::figure(locale, *figure)>
                    {figure_words::value(locale, *figure, values.of(*figure))}
                </td>
            }
        });
        cells.collect::<Vec<_>>()
    };
    let rows = table.lines.iter().map(|line| {
        view! {
            <tr>
                <th scope="row">{figure_words::line(locale, &line.name)}</th>
                {cells(&line.figures)}
            </tr>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    let foot = view! {
        <tr>
            <th scope="row">{t!("figures-total")}</th>
            {cells(&table.total)}
        </tr>
    }
    .into_any();
    view! {
        <Table class="figures-table" caption=title caption_hidden=true columns foot>
            {rows}
        </Table>
    }
}

/// The same numbers for spreadsheets.
#[component]
fn Export(filter: FiguresFilter) -> impl IntoView {
    let day = |day: NaiveDate| day.to_string();
    let query = [("from", day(filter.from)), ("until", day(filter.until)), ("step", filter.step.code().to_owned())];
    view! {
        <p class="figures-export">
            <a class="button button-secondary" href=ui::with_query(paths::FIGURES_XLSX, &query) download="">
                {t!("figures-xlsx")}
            </a>
            " "
            <a class="button button-secondary" href=ui::with_query(paths::FIGURES_CSV, &query) download="">
                {t!("figures-csv")}
            </a>
        </p>
    }
}
