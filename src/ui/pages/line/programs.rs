//! `/settings/programs`: the programs that can be ordered for, for managers.

use leptos::prelude::*;

use super::catalogue_nav::{CatalogueNav, NameFields};
use crate::{
    api,
    model::{
        base::{ids::ProgramId, seen::Seen},
        line::programs::{KeptProgram, ProgramPage as OneProgram, ProgramVersion, ProgramsPage as Programs},
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, CheckField, Column, EmptyState, Endpoint, Form, Hidden, Page, Submit, Table,
            TextField, Width, loaded,
        },
        format,
        texts::{Locale, named, t},
    },
};

/// All programs, and the form that adds one.
#[component]
pub fn ProgramsPage() -> impl IntoView {
    loaded(api::line::programs::programs_page(), |page| view! { <ProgramsView page/> })
}

/// One program.
#[component]
pub fn ProgramPage() -> impl IntoView {
    let program = ui::path_value("program");
    loaded(async move { api::line::programs::program_page(program?).await }, |page| view! { <ProgramView page/> })
}

#[component]
fn ProgramsView(page: Programs) -> impl IntoView {
    let rows = page.programs.into_iter().map(row).collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! { <EmptyState title=t!("programs-none")/> }.into_any()
    } else {
        view! {
            <Table class="table-staff" caption=t!("programs-title") caption_hidden=true columns=vec![
                Column::text(t!("catalogue-name")),
                Column::text(t!("catalogue-english")),
                Column::text(t!("programs-column-customers")),
            ]>{rows}</Table>
        }
        .into_any()
    };
    let before = view! { <CatalogueNav/> }.into_any();
    view! {
        <Page title=t!("programs-title") lead=t!("programs-lead") width=Width::Full before>
            <div class="bench">
                <div class="bench-clock">{list}</div>
                <div class="bench-aside">
                    <section class="card" aria-labelledby="add">
                        <h2 id="add">{t!("programs-add")}</h2>
                        <Form action={Endpoint::of::<api::line::programs::AddProgram>()}>
                            <NameFields/>
                            <div class="actions">
                                <Submit label=t!("catalogue-add")/>
                            </div>
                        </Form>
                    </section>
                </div>
            </div>
        </Page>
    }
}

fn row(program: KeptProgram) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">
                <a href=paths::program(program.id)>{program.name.cs}</a>
                {(!program.active).then(|| view! { <span class="table-note">{t!("catalogue-retired")}</span> })}
            </th>
            <td data-label=t!("catalogue-english") lang=Locale::En.code()>{program.name.en}</td>
            <td data-label=t!("programs-column-customers")>{program.customers.to_string()}</td>
        </tr>
    }
}

#[component]
fn ProgramView(page: OneProgram) -> impl IntoView {
    let OneProgram { program, versions } = page;
    let seen = Seen::of(&program.fields());
    let KeptProgram { id, name, active, customers } = program;
    let before = view! { <CatalogueNav/> }.into_any();
    view! {
        <Page title=named(&name) lead=t!("programs-run-by", count = customers) width=Width::Full before>
            <div class="bench">
                <div class="bench-clock">
                    <Form action={Endpoint::of::<api::line::programs::SaveProgram>()} class="card" seen>
                        <Hidden name="program" value=id.to_string()/>
                        <NameFields name/>
                        <CheckField
                            name="active"
                            label=t!("programs-active")
                            hint=t!("programs-active-hint")
                            checked=active
                        />
                        <div class="actions">
                            <Submit label=t!("catalogue-save")/>
                            <ButtonLink href=paths::PROGRAMS label=t!("catalogue-back") kind=ButtonKind::Secondary/>
                        </div>
                    </Form>
                </div>
                <div class="bench-aside">
                    <Versions program=id versions/>
                </div>
            </div>
        </Page>
    }
}

/// By which name the page's address names a version of which it asks whether it shall go.
const ASKED: &str = "remove";

/// Where a version is taken from the list: at once if nobody runs it, else what that means is read first.
#[component]
fn Removal(program: ProgramId, version: ProgramVersion, is_asked: bool) -> impl IntoView {
    let page = paths::program(program);
    let ProgramVersion { name, customers, .. } = version;
    if customers > 0 && !is_asked {
        let href = ui::with_query(&page, &[(ASKED, name.clone())]);
        return view! {
            <a href=href>
                {t!("licences-remove")}
                <span class="visually-hidden">" "{name}</span>
            </a>
        }
        .into_any();
    }
    let kind = if is_asked { ButtonKind::Danger } else { ButtonKind::Quiet };
    let hint =
        is_asked.then(|| view! { <p class="field-hint">{t!("programs-version-remove-hint", count = customers)}</p> });
    let keep =
        is_asked.then(|| view! { <ButtonLink href=page label=t!("catalogue-back") kind=ButtonKind::Secondary/> });
    view! {
        <Form action={Endpoint::of::<api::line::programs::RemoveVersion>()}>
            <Hidden name="program" value=program.to_string()/>
            <Hidden name="version" value=name.clone()/>
            {hint}
            <div class="actions">
                <Submit label=t!("licences-remove") kind about=name/>
                {keep}
            </div>
        </Form>
    }
    .into_any()
}

/// The versions of a program, the latest first, and the form that lists one more.
#[component]
fn Versions(program: ProgramId, versions: Vec<ProgramVersion>) -> impl IntoView {
    let locale = Locale::current();
    let asked = ui::query_value(ASKED);
    let list = versions
        .into_iter()
        .map(|version| {
            let day = format::date_numeric(locale, version.released_on, None);
            let note = t!("programs-version-note", day = day, count = version.customers);
            let is_asked = asked.as_ref() == Some(&version.name);
            let name = version.name.clone();
            view! {
                <li>
                    <strong>{name}</strong>
                    <span class="table-note">{note}</span>
                    <Removal program version is_asked/>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = if list.is_empty() {
        view! { <p>{t!("programs-no-versions")}</p> }.into_any()
    } else {
        view! { <ul class="plain-list">{list}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="versions">
            <h2 id="versions">{t!("programs-versions")}</h2>
            {list}
            <Form action={Endpoint::of::<api::line::programs::AddVersion>()}>
                <Hidden name="program" value=program.to_string()/>
                <TextField name="version" label=t!("programs-version") autocomplete="off" short=true/>
                <TextField name="released_on" label=t!("programs-released-on") kind="date"/>
                <div class="actions">
                    <Submit label=t!("catalogue-add") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </section>
    }
}
