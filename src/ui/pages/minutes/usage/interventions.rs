//! `/usage/interventions`: what stands behind a bar, the newest first.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::words::{from_pool, list_path, month_in_words};
use crate::{
    api,
    model::{
        base::bilingual::Bilingual,
        minutes::pages::{UsageFilter, UsageList, UsageRow},
        paths,
        problem::Problem,
    },
    ui::{
        self,
        components::{Column, EmptyState, Page, Table, loaded},
        format,
        pages::words::capitalized,
        texts::{Locale, named, t},
    },
};

/// Interventions, of one month, program, kind of work or person.
#[component]
pub fn UsageInterventionsPage() -> impl IntoView {
    let filter = filter_in_query();
    let before = ui::query_value("before").and_then(|before| before.parse().ok());
    loaded(load(filter, before), move |list| view! { <InterventionsView list is_first=before.is_none()/> })
}

async fn load(filter: UsageFilter, before: Option<i64>) -> Result<UsageList, Problem> {
    let UsageFilter { month, program, work_type, member } = filter;
    api::minutes::usage::usage_list(month, program, work_type, member, before).await
}

/// What of the address makes sense; the rest filters nothing.
fn filter_in_query() -> UsageFilter {
    fn id<Id: std::str::FromStr>(name: &str) -> Option<Id> {
        ui::query_value(name)?.parse().ok()
    }
    UsageFilter {
        month: ui::query_value("month").and_then(|month| month_of(&month)),
        program: id("program"),
        work_type: id("work_type"),
        member: id("member"),
    }
}

/// The first day of "2026-11".
fn month_of(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok()
}

/// The page itself.
#[component]
pub fn InterventionsView(
    /// What it shows.
    list: UsageList,
    /// Whether it is the first page.
    is_first: bool,
) -> impl IntoView {
    let chosen = filters(&list);
    let none = if chosen.is_empty() && is_first { t!("usage-list-none") } else { t!("usage-list-empty") };
    let filters = chosen
        .into_iter()
        .map(|(name, without)| {
            view! {
                <li>
                    <a class="filter" href=list_path(&without, None)>
                        {name.clone()}
                        <span aria-hidden="true">" ×"</span>
                        <span class="visually-hidden">{t!("usage-filter-remove")}</span>
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let filters = (!filters.is_empty()).then(|| {
        view! {
            <ul class="plain-list filters" aria-label=t!("usage-filters")>
                {filters}
            </ul>
        }
    });
    let newest = (!is_first).then(|| {
        view! {
            <p>
                <a href=list_path(&list.filter, None)>{t!("usage-newest")}</a>
            </p>
        }
    });
    let older = list.more.map(|before| {
        view! {
            <p>
                <a href=list_path(&list.filter, Some(before))>{t!("usage-older")}</a>
            </p>
        }
    });
    let rows = if list.rows.is_empty() {
        view! { <EmptyState title=none/> }.into_any()
    } else {
        view! { <InterventionTable rows=list.rows/> }.into_any()
    };
    view! {
        <Page title=t!("usage-list-title") before=view! { <BackToUsage/> }.into_any()>
            {filters}
            {newest}
            {rows}
            {older}
        </Page>
    }
}

/// Each filter by its name, with what is listed without it.
fn filters(list: &UsageList) -> Vec<(String, UsageFilter)> {
    let filter = list.filter;
    let links = [
        filter.program.map(|_| UsageFilter { program: None, ..filter }),
        filter.work_type.map(|_| UsageFilter { work_type: None, ..filter }),
        filter.member.map(|_| UsageFilter { member: None, ..filter }),
    ];
    let month = filter.month.map(|month| (capitalized(&month_in_words(month)), UsageFilter { month: None, ..filter }));
    month.into_iter().chain(list.filter_names.iter().map(name).zip(links.into_iter().flatten())).collect()
}

/// What a filter is called: a thing of the catalogue, or a person.
fn name(words: &Bilingual) -> String {
    format::person(Locale::current(), &named(words))
}

/// Back to the page of minutes.
#[component]
pub fn BackToUsage() -> impl IntoView {
    use crate::ui::components::{Icon, Symbol};
    view! {
        <p class="steps">
            <a class="steps-back" href=paths::USAGE>
                <Icon symbol=Symbol::Back/>
                {t!("usage-back")}
            </a>
        </p>
    }
}

/// Interventions, each with the way to its receipt.
#[component]
pub fn InterventionTable(
    /// The newest first.
    rows: Vec<UsageRow>,
) -> impl IntoView {
    let locale = Locale::current();
    let today = ui::now().map(format::local_date);
    let rows = rows
        .into_iter()
        .map(|row| {
            let date = format::date_numeric(locale, format::local_date(row.started_at), today);
            let paid = paid_by(&row);
            view! {
                <tr>
                    <th scope="row">
                        <a href=paths::receipt(row.intervention)>
                            {date} <span class="visually-hidden">" "{row.intervention.number.to_string()}</span>
                        </a>
                    </th>
                    <td data-label=t!("usage-column-what")>
                        {named(&row.program)} <span class="table-note">{named(&row.work_type)}</span>
                    </td>
                    <td data-label=t!("usage-column-who")>{format::person(locale, &row.member)}</td>
                    <td class="number" data-label=t!("usage-column-minutes")>
                        {format::minutes(locale, row.minutes)}
                    </td>
                    <td class="paid-by" data-label=t!("usage-column-paid")>
                        {paid}
                    </td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Table
            class="table-usage"
            columns=vec![
                Column::text(t!("usage-column-date")),
                Column::text(t!("usage-column-what")),
                Column::text(t!("usage-column-who")),
                Column::number(t!("usage-column-minutes")),
                Column::text(t!("usage-column-paid")),
            ]
        >
            {rows}
        </Table>
    }
}

/// "12 ze smlouvy, 8 z balíčku"; one payer alone needs no number.
fn paid_by(row: &UsageRow) -> Vec<impl IntoView + use<>> {
    let locale = Locale::current();
    let is_one = row.from_pools.len() + usize::from(row.over_minutes > 0) == 1;
    let mut parts: Vec<String> = row
        .from_pools
        .iter()
        .map(|&(kind, minutes)| match is_one {
            true => from_pool(kind),
            false => format!("{}\u{a0}{}", format::grouped(locale, minutes.into()), from_pool(kind)),
        })
        .collect();
    if row.over_minutes > 0 {
        let amount = format::money(locale, row.amount);
        parts.push(match is_one {
            true => amount,
            false => {
                t!("usage-over-amount", minutes = format::grouped(locale, row.over_minutes.into()), amount = amount)
            }
        });
    }
    parts.into_iter().map(|part| view! { <span class="paid-part">{part}</span> }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::base::ids::{MemberId, ProgramId};

    #[test]
    fn each_filter_can_be_taken_away_alone() {
        let month = month_of("2026-11");
        assert_eq!(month, NaiveDate::from_ymd_opt(2026, 11, 1));
        let filter = UsageFilter { month, program: Some(ProgramId(3)), work_type: None, member: Some(MemberId(7)) };
        let list = UsageList {
            filter,
            filter_names: vec!["Sklad".into(), "Jana Dvořáková".into()],
            rows: Vec::new(),
            more: None,
        };
        assert_eq!(
            filters(&list),
            [
                ("Listopad 2026".to_owned(), UsageFilter { month: None, ..filter }),
                ("Sklad".to_owned(), UsageFilter { program: None, ..filter }),
                ("Jana Dvořáková".to_owned(), UsageFilter { member: None, ..filter }),
            ]
        );
    }

    #[test]
    fn what_is_no_month_filters_nothing() {
        for text in ["2026", "2026-13", "listopad", ""] {
            assert_eq!(month_of(text), None, "{text}");
        }
    }
}
