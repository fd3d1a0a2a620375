//! `/desk/customers/{customer}/programs`: the programs that a customer runs, and its computers.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::ids::CustomerId,
        line::{
            catalogue::Program,
            licences::{Computer, Licence, LicencesPage as Licences},
        },
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, CheckField, EmptyState, Endpoint, Form, Hidden, Page, RadioCards, RadioOption, Submit,
            TextField, Width, loaded,
        },
        islands::CopyButton,
        texts::{named, t},
    },
};

/// The id of the list of versions.
const VERSIONS: &str = "versions";

/// Programs and computers of one customer.
#[component]
pub fn LicencesPage() -> impl IntoView {
    let customer = ui::path_value::<CustomerId>("customer");
    loaded(async move { api::line::licences::licences_page(customer?).await }, |page| view! { <LicencesView page/> })
}

#[component]
fn LicencesView(page: Licences) -> impl IntoView {
    let Licences { customer, customer_name, licences, computers, programs, versions } = page;
    let licensed = licences.iter().map(|licence| licence.program.clone()).collect::<Vec<_>>();
    let none = licences.is_empty().then(|| view! { <EmptyState title=t!("licences-none")/> });
    let licences = licences.into_iter().map(|licence| licence_row(customer, licence)).collect::<Vec<_>>();
    let computers = computers.into_iter().map(|computer| computer_row(customer, computer)).collect::<Vec<_>>();
    view! {
        <Page title=t!("licences-title") lead=customer_name width=Width::Full>
            <p class="actions">
                <a href=paths::customer(customer)>{t!("member-back")}</a>
            </p>
            <div class="bench">
                <div class="bench-clock">
                    <section class="card" aria-labelledby="programs">
                        <h2 id="programs">{t!("licences-programs")}</h2>
                        {none}
                        <ul class="plain-list">{licences}</ul>
                        <LicenceForm customer programs versions/>
                    </section>
                </div>
                <div class="bench-aside">
                    <section class="card" aria-labelledby="computers">
                        <h2 id="computers">{t!("licences-computers")}</h2>
                        <ul class="plain-list">{computers}</ul>
                        <ComputerForm customer licensed/>
                    </section>
                </div>
            </div>
        </Page>
    }
}

fn licence_row(customer: CustomerId, licence: Licence) -> impl IntoView {
    let Licence { program, number, version } = licence;
    let version = (!version.is_empty()).then(|| t!("program-version", version = version));
    let notes = [version, Some(number).filter(|number| !number.is_empty())];
    let notes = notes.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let notes = (!notes.is_empty()).then(|| view! { <span class="table-note">{notes}</span> });
    view! {
        <li>
            <strong>{named(&program.name)}</strong>
            {notes}
            <Form action={Endpoint::of::<api::line::licences::RemoveLicence>()}>
                <Hidden name="customer" value=customer.to_string()/>
                <Hidden name="program" value=program.id.to_string()/>
                <Submit label=t!("licences-remove") kind=ButtonKind::Quiet/>
            </Form>
        </li>
    }
}

fn computer_row(customer: CustomerId, computer: Computer) -> impl IntoView {
    let id = computer.id;
    view! {
        <li>
            <ComputerLine computer/>
            <Form action={Endpoint::of::<api::line::licences::RemoveComputer>()}>
                <Hidden name="customer" value=customer.to_string()/>
                <Hidden name="computer" value=id.to_string()/>
                <Submit label=t!("licences-remove") kind=ButtonKind::Quiet/>
            </Form>
        </li>
    }
}

/// A computer by its name, with the link that opens TeamViewer; with `copied` also with a button that copies the number, on a
/// page that is [`Copying`](crate::ui::islands::Copying).
#[component]
pub(crate) fn ComputerLine(computer: Computer, #[prop(optional)] copied: bool) -> impl IntoView {
    let number = computer.in_groups();
    let number = match computer.link() {
        Some(href) => view! { <a class="tel" href=href>{number}</a> }.into_any(),
        None => number.into_any(),
    };
    let copy = copied.then(|| view! { <CopyButton text=computer.teamviewer_id.clone() about=computer.name.clone()/> });
    let programs = computer.programs.join(", ");
    let programs = (!programs.is_empty()).then(|| view! { <span class="table-note">{programs}</span> });
    view! {
        <strong>{computer.name}</strong>
        " "
        {number}
        {copy}
        {programs}
    }
}

#[component]
fn LicenceForm(customer: CustomerId, programs: Vec<Program>, versions: Vec<String>) -> impl IntoView {
    let option = |program: Program| RadioOption {
        value: program.id.to_string(),
        label: named(&program.name),
        ..RadioOption::default()
    };
    let options = programs.into_iter().map(option).collect();
    let versions = versions.into_iter().map(|version| view! { <option value=version></option> }).collect::<Vec<_>>();
    view! {
        <Form action={Endpoint::of::<api::line::licences::SaveLicence>()}>
            <Hidden name="customer" value=customer.to_string()/>
            <RadioCards name="program" legend=t!("licences-program") options/>
            <TextField
                name="licence_number"
                label=t!("licences-number")
                hint=t!("licences-number-hint")
                autocomplete="off"
                optional=true
            />
            <TextField
                name="version"
                label=t!("programs-version")
                hint=t!("licences-version-hint")
                list=VERSIONS
                autocomplete="off"
                optional=true
                short=true
            />
            <datalist id=VERSIONS>{versions}</datalist>
            <div class="actions">
                <Submit label=t!("licences-save")/>
            </div>
        </Form>
    }
}

#[component]
fn ComputerForm(customer: CustomerId, licensed: Vec<Program>) -> impl IntoView {
    let programs = licensed
        .into_iter()
        .map(|program| view! { <CheckField name=format!("programs[{}]", program.id) label=named(&program.name)/> })
        .collect::<Vec<_>>();
    let programs = (!programs.is_empty()).then(|| {
        view! {
            <fieldset class="field choice">
                <legend>{t!("licences-runs")}</legend>
                {programs}
            </fieldset>
        }
    });
    view! {
        <Form action={Endpoint::of::<api::line::licences::SaveComputer>()}>
            <Hidden name="customer" value=customer.to_string()/>
            <TextField name="computer" label=t!("licences-computer") hint=t!("licences-computer-hint") autocomplete="off"/>
            <TextField
                name="teamviewer_id"
                label=t!("licences-teamviewer")
                hint=t!("licences-teamviewer-hint")
                inputmode="numeric"
                autocomplete="off"
            />
            {programs}
            <div class="actions">
                <Submit label=t!("licences-save-computer") kind=ButtonKind::Secondary/>
            </div>
        </Form>
    }
}
