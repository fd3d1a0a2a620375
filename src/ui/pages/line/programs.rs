//! `/settings/programs`: the programs that can be ordered for, for managers.

use leptos::prelude::*;

use super::catalogue_nav::{CatalogueNav, NameFields};
use crate::{
    api,
    model::{
        base::seen::Seen,
        line::programs::{KeptProgram, ProgramsPage as Programs},
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, CheckField, Column, EmptyState, Endpoint, Form, Hidden, Page, Submit, Table, Width,
            loaded,
        },
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
    loaded(async move { api::line::programs::program_page(program?).await }, |program| view! { <ProgramView program/> })
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
fn ProgramView(program: KeptProgram) -> impl IntoView {
    let seen = Seen::of(&program.fields());
    let KeptProgram { id, name, active, customers } = program;
    let before = view! { <CatalogueNav/> }.into_any();
    view! {
        <Page title=named(&name) lead=t!("programs-run-by", count = customers) before>
            <section class="card">
                <Form action={Endpoint::of::<api::line::programs::SaveProgram>()} seen>
                    <Hidden name="program" value=id.to_string()/>
                    <NameFields name/>
                    <CheckField name="active" label=t!("programs-active") hint=t!("programs-active-hint") checked=active/>
                    <div class="actions">
                        <Submit label=t!("catalogue-save")/>
                        <ButtonLink href=paths::PROGRAMS label=t!("catalogue-back") kind=ButtonKind::Secondary/>
                    </div>
                </Form>
            </section>
        </Page>
    }
}
