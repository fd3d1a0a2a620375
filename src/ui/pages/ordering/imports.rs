//! `/settings/import`: tables of another system are taken over, or tried.

use leptos::prelude::*;

use crate::{
    api,
    model::ordering::imports::{
        Column as TableColumn, Counts, ImportKind, ImportPage as Import, ImportReport, LineProblem, TextEncoding,
    },
    ui::{
        self,
        components::{
            CheckField, Column, Endpoint, FileField, Form, Notice, NoticeKind, Page, Submit, Table, Width, loaded,
        },
        import_words,
        texts::{Locale, t},
    },
};

/// The most problems that the page tells one by one.
const MOST_PROBLEMS: usize = 200;

/// The form, and what came of the last import.
#[component]
pub fn ImportPage() -> impl IntoView {
    loaded(api::ordering::imports::import_page(), |page| view! { <ImportView page/> })
}

/// The form, and what came of the last import.
#[component]
fn ImportView(page: Import) -> impl IntoView {
    let Import { last, dry_run } = page;
    // What came of an earlier file is not what came of the one that was just sent, and not taken.
    let last = last.filter(|_| ui::forms::field_problem("file").is_none());
    let title = last.as_ref().map_or_else(|| t!("import-title"), |report| title_of(report, dry_run));
    let result = last.map(|report| view! { <Result report dry_run/> });
    view! {
        <Page title lead=t!("import-lead") width=Width::Full>
            {result}
            <section class="card" aria-labelledby="send">
                <h2 id="send">{t!("import-send")}</h2>
                <Form action={Endpoint::of::<api::ordering::imports::ImportTables>()} upload=true>
                    <FileField
                        name="file"
                        label=t!("import-file")
                        hint=t!("import-file-hint")
                        accept=".csv,.txt,.xlsx,.zip"
                    />
                    <CheckField
                        name="dry_run"
                        label=t!("import-dry-run")
                        hint=t!("import-dry-run-hint")
                        checked=true
                    />
                    <div class="actions">
                        <Submit label=t!("import-submit")/>
                    </div>
                </Form>
            </section>
            <Guide/>
        </Page>
    }
}

/// The tables that there are, in the order in which they are taken, each with its columns.
#[component]
fn Guide() -> impl IntoView {
    let tables = ImportKind::ALL.iter().map(|kind| view! { <Columns kind=*kind/> });
    view! {
        <section aria-labelledby="order">
            <h2 id="order">{t!("import-order")}</h2>
            <p>{t!("import-order-lead")}</p>
            <ol>{tables.collect::<Vec<_>>()}</ol>
        </section>
    }
}

/// The columns of a kind of table, and an empty one to begin with.
#[component]
fn Columns(kind: ImportKind) -> impl IntoView {
    let locale = Locale::current();
    let columns = kind.columns();
    let rows = columns.iter().map(|column| {
        let needed = if column.is_needed { t!("import-guide-yes") } else { String::new() };
        view! {
            <tr>
                <th scope="row"><code>{named(locale, column)}</code></th>
                <td class="table-text" data-label=t!("import-guide-about")>{import_words::about(locale, kind, column.name)}</td>
                <td data-label=t!("import-guide-needed")>{needed}</td>
                <td data-label=t!("import-guide-example")>
                    <samp>{kind.example(column)}</samp>
                </td>
            </tr>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    let file = format!("{kind}.csv");
    view! {
        <li>
            <details>
                <summary>
                    <strong>{import_words::kind(locale, kind)}</strong>
                    " "
                    <code>{file.clone()}</code>
                </summary>
                <Table class="table-reasons" columns=vec![
                    Column::text(t!("import-guide-name")),
                    Column::text(t!("import-guide-about")),
                    Column::text(t!("import-guide-needed")),
                    Column::text(t!("import-guide-example")),
                ]>{rows}</Table>
                <p>
                    <a href=template(locale, columns) download=file.clone()>{t!("import-template", file = file.as_str())}</a>
                </p>
            </details>
        </li>
    }
}

/// What a column is called in a language, as tables are read.
const fn named(locale: Locale, column: &TableColumn) -> &'static str {
    match locale {
        Locale::Cs => column.czech,
        Locale::En => column.name,
    }
}

/// A table of nothing but its heading, within the page itself: whoever has the page has it, and it asks nothing of the server.
fn template(locale: Locale, columns: &[TableColumn]) -> String {
    let names: Vec<&str> = columns.iter().map(|column| named(locale, column)).collect();
    format!("data:text/csv;charset=utf-8,{}%0D%0A", names.join("%3B"))
}

fn title_of(report: &ImportReport, dry_run: bool) -> String {
    if report.tables.is_empty() {
        return t!("import-title-unknown");
    }
    let Counts { new, changed, wrong, .. } = report.total();
    match (wrong, dry_run) {
        (1.., _) => t!("import-title-wrong", count = wrong),
        (0, true) => t!("import-title-tried", new = new, changed = changed),
        (0, false) => t!("import-title-done", new = new, changed = changed),
    }
}

/// What came of the last import, table by table, and all that was wrong.
#[component]
fn Result(report: ImportReport, dry_run: bool) -> impl IntoView {
    let ImportReport { tables, problems, more, encodings } = report;
    let tried = dry_run.then(|| {
        view! { <Notice kind=NoticeKind::Info><p>{t!("import-result-tried")}</p></Notice> }
    });
    let rows = tables.into_iter().map(counts).collect::<Vec<_>>();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <Table columns=vec![
                Column::text(t!("import-column-table")),
                Column::number(t!("import-column-new")),
                Column::number(t!("import-column-changed")),
                Column::number(t!("import-column-same")),
                Column::number(t!("import-column-wrong")),
            ]>{rows}</Table>
        }
    });
    view! {
        <section aria-labelledby="result">
            <h2 id="result">{t!("import-result")}</h2>
            {tried}
            {table}
            {(!encodings.is_empty()).then(|| view! { <Encodings encodings/> })}
        </section>
        {(!problems.is_empty()).then(|| view! { <Problems problems more/> })}
    }
}

/// In which encoding files were read that do not say it.
#[component]
fn Encodings(encodings: Vec<(String, TextEncoding)>) -> impl IntoView {
    let files = encodings.into_iter().map(|(file, encoding)| {
        view! { <li>{file} ": " {import_words::encoding(encoding)}</li> }
    });
    view! {
        <p>{t!("import-encodings")}</p>
        <ul>{files.collect::<Vec<_>>()}</ul>
    }
}

fn counts((kind, counts): (ImportKind, Counts)) -> impl IntoView {
    let Counts { new, changed, same, wrong } = counts;
    view! {
        <tr>
            <th scope="row">{import_words::kind(Locale::current(), kind)}</th>
            <td class="number" data-label=t!("import-column-new")>{new}</td>
            <td class="number" data-label=t!("import-column-changed")>{changed}</td>
            <td class="number" data-label=t!("import-column-same")>{same}</td>
            <td class="number" data-label=t!("import-column-wrong")>{wrong}</td>
        </tr>
    }
}

#[component]
fn Problems(problems: Vec<LineProblem>, more: u32) -> impl IntoView {
    let more = count(problems.len().saturating_sub(MOST_PROBLEMS)).saturating_add(more);
    let rows = problems.into_iter().take(MOST_PROBLEMS).map(problem).collect::<Vec<_>>();
    view! {
        <section aria-labelledby="problems">
            <h2 id="problems">{t!("import-problems")}</h2>
            <Table class="table-reasons" columns=vec![
                Column::text(t!("import-column-file")),
                Column::number(t!("import-column-line")),
                Column::text(t!("import-column-column")),
                Column::text(t!("import-column-reason")),
            ]>{rows}</Table>
            {(more > 0).then(|| view! { <p>{t!("import-problems-more", count = more)}</p> })}
        </section>
    }
}

fn count(problems: usize) -> u32 {
    u32::try_from(problems).unwrap_or(u32::MAX)
}

fn problem(problem: LineProblem) -> impl IntoView {
    let LineProblem { file, line, column, fault } = problem;
    let line = if line == 0 { "–".to_owned() } else { line.to_string() };
    let column = if column.is_empty() { "–".to_owned() } else { column };
    view! {
        <tr>
            <th scope="row">{file}</th>
            <td class="number" data-label=t!("import-column-line")>{line}</td>
            <td data-label=t!("import-column-column")>
                <code>{column}</code>
            </td>
            <td data-label=t!("import-column-reason")>{import_words::fault(Locale::current(), fault)}</td>
        </tr>
    }
}
