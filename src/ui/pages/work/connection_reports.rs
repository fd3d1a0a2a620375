//! `/work/connections`: what TeamViewer says of connections, and tables of it that somebody brings.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::{ids::RemoteConnectionId, paging::CountedPage, text::unbroken_range},
        paths,
        work::{
            connection_reports::{ConnectionRow, ConnectionsPage as Connections, ImportedReport, Loose, VisitChoice},
            teamviewer::FetchStanding,
        },
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Column, EmptyState, Endpoint, FileField, Form, Hidden, Notice, NoticeKind, Page,
            Pages, Submit, Table, Width, loaded,
        },
        format, import_words,
        texts::{Locale, t},
    },
};

/// The connections that belong to no visit, or all.
#[component]
pub fn ConnectionReportsPage() -> impl IntoView {
    let is_all = ui::query_value("all").is_some();
    let after = ui::query_value("after").and_then(|id| id.parse().ok());
    loaded(
        api::work::connection_reports::connections_page(is_all, after),
        move |page| view! { <ConnectionsView page is_first=after.is_none()/> },
    )
}

#[component]
fn ConnectionsView(page: Connections, is_first: bool) -> impl IntoView {
    let Connections { connections, is_all, imports, fetch, may_set_up } = page;
    let title = match (is_all, connections.total) {
        (true, _) => t!("remote-all-title"),
        (false, 0) => t!("remote-loose-none"),
        (false, count) => t!("remote-loose-title", count = count),
    };
    let (other, label) = if is_all {
        (paths::CONNECTIONS.to_owned(), t!("remote-show-loose"))
    } else {
        (ui::with_query(paths::CONNECTIONS, &[("all", "true".to_owned())]), t!("remote-show-all"))
    };
    let set_up = may_set_up.then(|| {
        view! { <ButtonLink href=paths::TEAMVIEWER_SETTINGS label=t!("teamviewer-title") kind=ButtonKind::Secondary/> }
    });
    view! {
        <Page title lead=t!("remote-lead") width=Width::Full>
            {standing(fetch)}
            <p class="actions">
                <ButtonLink href=other label kind=ButtonKind::Secondary/>
                {set_up}
            </p>
            <List connections is_all is_first/>
            <section class="card" aria-labelledby="import">
                <h2 id="import">{t!("remote-import")}</h2>
                <Form action={Endpoint::of::<api::work::connection_reports::ImportConnections>()} upload=true>
                    <FileField name="file" label=t!("remote-file") hint=t!("remote-file-hint") accept=".csv,.txt,.xlsx,.zip"/>
                    <Submit label=t!("remote-import-send")/>
                </Form>
                {imported(imports)}
            </section>
        </Page>
    }
}

/// Whether TeamViewer is asked, up to when all is known, and why nothing comes.
pub(super) fn standing(fetch: FetchStanding) -> impl IntoView {
    let locale = Locale::current();
    let failing = fetch.failing.map(|(since, failure)| {
        let title = t!("remote-failing", since = format::since(locale, since, ui::now()));
        view! {
            <Notice kind=NoticeKind::Problem title>
                <p>{t!("remote-failure", failure = failure.code())}</p>
            </Notice>
        }
    });
    let known = match (fetch.is_on, fetch.known_until) {
        (false, _) => t!("remote-off"),
        (true, None) => t!("remote-soon"),
        (true, Some(until)) => t!("remote-known", until = format::moment(locale, until)),
    };
    view! {
        {failing}
        <p class="aside">{known}</p>
    }
}

#[component]
fn List(connections: CountedPage<ConnectionRow, RemoteConnectionId>, is_all: bool, is_first: bool) -> impl IntoView {
    let CountedPage { page, total } = connections;
    let shown = page.rows.len();
    let address = |after: Option<RemoteConnectionId>| {
        let all = is_all.then(|| ("all", "true".to_owned()));
        let query: Vec<_> = all.into_iter().chain(after.map(|id| ("after", id.to_string()))).collect();
        ui::with_query(paths::CONNECTIONS, &query)
    };
    let first = (!is_first).then(|| address(None));
    let next = page.next.map(|after| address(Some(after)));
    let rows = page.rows.into_iter().map(row).collect::<Vec<_>>();
    let table = if rows.is_empty() {
        view! { <EmptyState title=t!("remote-empty")/> }.into_any()
    } else {
        view! {
            <Table
                class="table-mails"
                columns=vec![
                    Column::text(t!("remote-column-when")),
                    Column::text(t!("remote-column-who")),
                    Column::text(t!("remote-column-computer")),
                    Column::text(t!("remote-column-visit")),
                ]
            >
                {rows}
            </Table>
        }
        .into_any()
    };
    view! {
        {table}
        <Pages label=t!("remote-list") shown total first next/>
    }
}

fn row(row: ConnectionRow) -> impl IntoView {
    let locale = Locale::current();
    let until = format::time_of(locale, row.ended_at);
    let when = unbroken_range(&format!("{}–{until}", format::time_of(locale, row.started_at)));
    let day = format::date_numeric(locale, format::local_date(row.started_at), None);
    let visit = match (row.number, row.loose()) {
        (Some(number), _) => {
            view! { <a class="whole" href=paths::workbench(number)>{number.to_string()}</a> }.into_any()
        }
        (None, Some(Loose::Several)) => choose(row.id, &row.choices, row.may_choose).into_any(),
        (None, Some(Loose::Technician)) => t!("remote-no-technician").into_any(),
        (None, Some(Loose::Computer)) => t!("remote-no-computer").into_any(),
        (None, _) => t!("remote-no-visit").into_any(),
    };
    let note = |text: Option<String>| {
        text.filter(|text| !text.is_empty()).map(|text| view! { <span class="table-note">{text}</span> })
    };
    let computer = if row.device.is_empty() { row.device_key.clone() } else { row.device };
    let key = Some(row.device_key).filter(|key| *key != computer);
    view! {
        <tr>
            <th scope="row">{day} " " {when} {note(Some(row.notes))}</th>
            <td data-label=t!("remote-column-who")>{row.user} {note(row.technician)}</td>
            <td data-label=t!("remote-column-computer")>{computer} {note(key)} {note(row.customer)}</td>
            <td data-label=t!("remote-column-visit")>{visit}</td>
        </tr>
    }
}

/// The visits that a connection fits alike, with a button for each where the viewer may say which it is.
fn choose(connection: RemoteConnectionId, choices: &[VisitChoice], may_choose: bool) -> impl IntoView + use<> {
    let locale = Locale::current();
    let buttons = choices
        .iter()
        .map(|choice| {
            let start = format::moment(locale, choice.start);
            let label = t!("remote-choose", number = choice.number.to_string(), start = start);
            if !may_choose {
                return view! { <li>{label}</li> }.into_any();
            }
            let appointment = choice.appointment.to_string();
            view! {
                <li>
                    <Form action={Endpoint::of::<api::work::connection_reports::ChooseVisit>()}>
                        <Hidden name="connection" value=connection.to_string()/>
                        <Hidden name="appointment" value=appointment/>
                        <Submit label kind=ButtonKind::Secondary/>
                    </Form>
                </li>
            }
            .into_any()
        })
        .collect::<Vec<_>>();
    let said = if may_choose { t!("remote-several") } else { t!("remote-several-others") };
    view! {
        {said}
        <ul class="plain-list">{buttons}</ul>
    }
}

/// What came of the tables that were brought last.
fn imported(imports: Vec<ImportedReport>) -> Option<AnyView> {
    let locale = Locale::current();
    let rows = imports
        .into_iter()
        .map(|report| {
            let what = t!(
                "remote-imported",
                when = format::moment(locale, report.at),
                by = report.by.as_str(),
                file = report.file_name.as_str()
            );
            let result = t!("remote-result", taken = report.taken, known = report.known, wrong = report.wrong);
            let problems = report
                .problems
                .iter()
                .map(|problem| view! { <li>{import_words::line(locale, problem)}</li> })
                .collect::<Vec<_>>();
            view! {
                <li class="row">
                    <div>
                        <p class="row-title">{what}</p>
                        <p>{result}</p>
                        {(!problems.is_empty()).then(|| view! { <ul class="plain-list">{problems}</ul> })}
                    </div>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <h3>{t!("remote-imports")}</h3>
            <ul class="rows">{rows}</ul>
        }
        .into_any()
    })
}
