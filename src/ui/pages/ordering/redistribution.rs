//! `/desk/displaced`: appointments whose technician is not there after all, each with another place; who is absent today; and
//! where the appointments of somebody go who leaves.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::{ids::StaffId, terms::Urgency},
        line::catalogue::SlotChoice,
        ordering::redistribution::{
            Cause, Choice, DisplacedPage as Displaced, LeavingPage, PREVIEWED, PresentTechnician, Proposal,
        },
        paths,
        problem::Problem,
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Column, EmptyState, Endpoint, Form, Hidden, MailToCome, Page, Submit, Table,
            TextField, UrgencyBadge, Width, loaded,
        },
        format,
        islands::phone_in_groups,
        pages::words::capitalized,
        texts::{Locale, named, t},
    },
};

/// What cannot stay as it is.
#[component]
pub fn DisplacedPage() -> impl IntoView {
    loaded(api::ordering::redistribution::displaced_page(), |page| view! { <DisplacedView page/> })
}

/// Who is not there today.
#[component]
pub fn AbsentPage() -> impl IntoView {
    let person = ui::query_parsed("person");
    loaded(
        async move {
            let person = person?;
            let technicians = api::ordering::redistribution::absent_page(person).await?;
            Ok::<_, Problem>((technicians, person))
        },
        |(mut technicians, person)| match person.and_then(|_| technicians.pop()) {
            Some(technician) => view! { <IllView technician/> }.into_any(),
            None => view! { <AbsentView technicians/> }.into_any(),
        },
    )
}

/// Where the appointments go of somebody who leaves.
#[component]
pub fn LeavePage() -> impl IntoView {
    let person = ui::path_value("person");
    let from = ui::query_value("from").and_then(|date| date.parse::<NaiveDate>().ok());
    loaded(
        async move { api::ordering::redistribution::leaving_page(person?, from).await },
        |page| view! { <LeaveView page/> },
    )
}

#[component]
fn DisplacedView(page: Displaced) -> impl IntoView {
    let Displaced { proposals, total } = page;
    if proposals.is_empty() {
        return view! {
            <Page title=t!("displaced-title") width=Width::Full>
                <EmptyState title=t!("displaced-none")>
                    <p>{t!("displaced-none-help")}</p>
                    <p class="actions">
                        <ButtonLink href=paths::ABSENT label=t!("absent-link") kind=ButtonKind::Secondary/>
                        <ButtonLink href=paths::APPOINTMENTS label=t!("displaced-to-desk") kind=ButtonKind::Secondary/>
                    </p>
                </EmptyState>
            </Page>
        }
        .into_any();
    }
    let told = proposals.iter().filter(|proposal| !proposal.keeps_time()).count();
    let previewed =
        (told > PREVIEWED).then(|| view! { <p class="aside">{t!("displaced-previewed", shown = PREVIEWED)}</p> });
    let more = u32::try_from(proposals.len()).is_ok_and(|shown| shown < total).then(|| {
        view! { <p>{t!("displaced-more", shown = proposals.len(), total = total)}</p> }
    });
    view! {
        <Page title=t!("displaced-waiting", count = total) lead=t!("displaced-lead") width=Width::Full>
            <Form action={Endpoint::of::<api::ordering::redistribution::Redistribute>()}>
                <Proposals proposals may_stay=true/>
                {previewed}
                {more}
                <div class="actions">
                    <Submit label=t!("displaced-apply")/>
                </div>
            </Form>
        </Page>
    }
    .into_any()
}

/// The diff: what is where now, where it goes, and what the customer is told.
#[component]
fn Proposals(proposals: Vec<Proposal>, may_stay: bool) -> impl IntoView {
    let rows = proposals.into_iter().map(|proposal| row(proposal, may_stay)).collect::<Vec<_>>();
    view! {
        <Table class="table-staff table-displaced" columns=vec![
            Column::text(t!("displaced-column-now")),
            Column::text(t!("desk-column-customer")),
            Column::text(t!("displaced-column-place")),
            Column::text(t!("displaced-column-told")),
            Column::text(t!("displaced-column-choice")),
        ]>{rows}</Table>
    }
}

fn row(proposal: Proposal, may_stay: bool) -> impl IntoView {
    let locale = Locale::current();
    let why = match proposal.cause {
        Cause::Absence => t!("displaced-absence", technician = proposal.technician.as_str()),
        Cause::Plan => t!("displaced-plan", technician = proposal.technician.as_str()),
        Cause::Leaving => t!("displaced-leaving", technician = proposal.technician.as_str()),
        Cause::Closure => t!("displaced-closure"),
    };
    let (place, told) = match &proposal.place {
        Some((_, name)) if proposal.keeps_time() => {
            (t!("displaced-same-time", technician = name.as_str()), t!("displaced-told-nothing"))
        }
        Some((place, name)) => {
            let slot = capitalized(&format::slot_short(locale, place.slot));
            (format!("{slot} · {name}"), t!("displaced-told-moved", slot = format::slot_short(locale, place.slot)))
        }
        None => (t!("displaced-no-place"), told_pick(proposal.choice)),
    };
    // Whoever keeps the time is told nothing either way; the number to call stands beside.
    let told = if proposal.gets_mails || proposal.keeps_time() { told } else { t!("displaced-told-call") };
    let mails = proposal.mails.iter().map(|mail| view! { <MailToCome mail=mail.clone()/> }).collect::<Vec<_>>();
    let urgent = (proposal.urgency == Urgency::Urgent).then(|| view! { " " <UrgencyBadge urgency=Urgency::Urgent/> });
    let choice = choice_field(&proposal, may_stay);
    view! {
        <tr>
            <th scope="row">
                {capitalized(&format::slot_short(locale, proposal.slot))}
                <span class="table-note">{why}</span>
            </th>
            <td data-label=t!("desk-column-customer")>
                {proposal.customer} {urgent}
                <span class="table-note">
                    {format!("{} · {} · ", named(&proposal.program), named(&proposal.work_type))}
                    <a class="whole" href=paths::workbench(proposal.number)>{proposal.number.to_string()}</a>
                </span>
                <span class="table-note">
                    {proposal.contact_name} " "
                    <a href=format::tel(&proposal.contact_phone)>{phone_in_groups(&proposal.contact_phone)}</a>
                </span>
            </td>
            <td data-label=t!("displaced-column-place")>{place}</td>
            <td data-label=t!("displaced-column-told")>{told} {mails}</td>
            <td data-label=t!("displaced-column-choice")>{choice}</td>
        </tr>
    }
}

fn told_pick(choice: SlotChoice) -> String {
    match choice {
        SlotChoice::Customer => t!("displaced-told-pick"),
        SlotChoice::Dispatch => t!("displaced-told-dispatch"),
    }
}

/// What is to become of it: as proposed, unless something else is chosen.
fn choice_field(proposal: &Proposal, may_stay: bool) -> impl IntoView + use<> {
    let chosen = proposal.choice();
    let as_proposed = proposal.place.is_some().then(|| (chosen, t!("displaced-choose-place")));
    let pick = [(Choice::PickAgain, t!("displaced-choose-pick"))];
    let stay = [(Choice::Leave, t!("displaced-choose-leave")), (Choice::NotNow, t!("displaced-choose-later"))];
    let options = as_proposed
        .into_iter()
        .chain(pick)
        .chain(stay.into_iter().filter(|_| may_stay))
        .map(|(choice, label)| {
            view! { <option value=choice.to_string() selected=choice == chosen>{label}</option> }
        })
        .collect::<Vec<_>>();
    let name = format!("choices[{}]", proposal.id);
    let label = t!("displaced-choice-of", customer = proposal.customer.as_str());
    view! {
        <select class="input" name=name aria-label=label>
            {options}
        </select>
    }
}

/// Each technician with one button: what is meant by "Radek is ill" is today, all of it.
#[component]
fn AbsentView(technicians: Vec<PresentTechnician>) -> impl IntoView {
    let rows = technicians
        .into_iter()
        .map(|technician| {
            let PresentTechnician { id, name, ahead, is_absent } = technician;
            let about = name.clone();
            let action = if is_absent {
                view! { <p>{t!("absent-already")}</p> }.into_any()
            } else {
                view! { <IllToday id about/> }.into_any()
            };
            view! {
                <tr>
                    <th scope="row">
                        <a href=paths::plan(id)>{name}</a>
                    </th>
                    <td data-label=t!("absent-ahead")>{t!("absent-count", count = ahead)}</td>
                    <td data-label=t!("absent-action")>{action}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Page title=t!("absent-title") lead=t!("absent-lead") width=Width::Full>
            <Table class="table-staff" columns=vec![
                Column::text(t!("plans-technician")),
                Column::text(t!("absent-ahead")),
                Column::action(t!("absent-action")),
            ]>{rows}</Table>
            <p class="actions">
                <a href=paths::PLANS>{t!("absent-longer")}</a>
            </p>
        </Page>
    }
}

/// The two buttons that say that somebody is not there: for the rest of the day, or all of it.
#[component]
fn IllToday(id: StaffId, about: String) -> impl IntoView {
    view! {
        <Form action={Endpoint::of::<api::line::plans::CallInSick>()}>
            <Hidden name="person" value=id.to_string()/>
            <div class="case-buttons">
                <Submit
                    label=t!("absent-rest")
                    kind=ButtonKind::Secondary
                    name="from_now"
                    value="true"
                    about=about.clone()
                />
                <Submit label=t!("absent-day") kind=ButtonKind::Secondary name="from_now" value="false" about/>
            </div>
        </Form>
    }
}

/// One technician who is not there: since when and until when. What comes of it is shown next.
#[component]
fn IllView(technician: PresentTechnician) -> impl IntoView {
    let PresentTechnician { id, name, ahead, is_absent } = technician;
    let title = t!("absent-one", name = name.as_str());
    let already = is_absent.then(|| view! { <p>{t!("absent-already")}</p> });
    let today = ui::now().map(format::local_date).map(|today| today.to_string()).unwrap_or_default();
    view! {
        <Page title lead=t!("absent-one-lead", count = ahead)>
            {already}
            <IllToday id about=name/>
            <section class="card" aria-labelledby="longer">
                <h2 id="longer">{t!("absent-until")}</h2>
                <Form action={Endpoint::of::<api::line::plans::CallInSick>()}>
                    <Hidden name="person" value=id.to_string()/>
                    <TextField name="last" label=t!("plans-last-day") kind="date" value=today/>
                    <div class="actions">
                        <Submit label=t!("absent-until-submit") kind=ButtonKind::Secondary/>
                    </div>
                </Form>
            </section>
            <p class="actions">
                <a href=paths::plan(id)>{t!("absent-hours")}</a>
                <a href=paths::BOARD>{t!("absent-back")}</a>
            </p>
        </Page>
    }
}

#[component]
fn LeaveView(page: LeavingPage) -> impl IntoView {
    let LeavingPage { person, from, proposals } = page;
    // Without its weekday, which Czech would have to inflect.
    let date = format::date_numeric(Locale::current(), from, None);
    let lead = t!("leave-lead", count = proposals.len(), date = date.as_str());
    let table = (!proposals.is_empty()).then(|| view! { <Proposals proposals may_stay=false/> });
    view! {
        <Page title=t!("leave-title", name = person.form.name.as_str()) lead width=Width::Full>
            <form method="get" class="card">
                <TextField
                    name="from"
                    label=t!("leave-from")
                    hint=t!("leave-from-hint")
                    kind="date"
                    value=from.to_string()
                />
                <div class="actions">
                    <Submit label=t!("leave-show") kind=ButtonKind::Secondary/>
                </div>
            </form>
            <Form action={Endpoint::of::<api::ordering::redistribution::LetGo>()}>
                <Hidden name="person" value=person.id.to_string()/>
                <Hidden name="from" value=from.to_string()/>
                {table}
                <p>{t!("leave-hint")}</p>
                <div class="actions">
                    <Submit label=t!("leave-submit", date = date) kind=ButtonKind::Danger/>
                    <a href=paths::staff_person(person.id)>{t!("leave-back")}</a>
                </div>
            </Form>
        </Page>
    }
}
