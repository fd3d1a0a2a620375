//! `/desk/missed`: agreed times that we missed, each with whom to call until there is another one.

use leptos::prelude::*;

use crate::{
    api,
    model::{base::paging::Queue, base::terms::Urgency, line::catalogue::SlotChoice, paths, work::pages::MissedCase},
    ui::{
        components::{
            ButtonKind, ButtonLink, EmptyState, Page, PhoneLink, QueueAndCase, QueueEntry, SummaryList, SummaryRow,
            UrgencyBadge, Width, loaded,
        },
        format,
        pages::words::capitalized,
        texts::{Locale, named, t},
    },
};

/// What we missed; who waits longest stands first.
#[component]
pub fn MissedPage() -> impl IntoView {
    loaded(api::work::missed::missed_visits(), move |cases| view! { <MissedList cases/> })
}

/// What we missed, of which one is open.
#[component]
fn MissedList(cases: Queue<MissedCase>) -> impl IntoView {
    if cases.rows.is_empty() {
        return view! {
            <Page title=t!("missed-title") width=Width::Full>
                <EmptyState title=t!("missed-none")>
                    <p>{t!("missed-none-help")}</p>
                </EmptyState>
            </Page>
        }
        .into_any();
    }
    view! {
        <Page title=t!("missed-waiting", count = cases.total) width=Width::Full>
            <QueueAndCase
                label=t!("missed-title")
                path=paths::MISSED
                name="number"
                waiting=cases
                entry=entry
                case=|case| view! { <Case case/> }
            />
        </Page>
    }
    .into_any()
}

fn entry(case: &MissedCase) -> QueueEntry {
    let appointment = &case.appointment;
    let slot = format::slot_short(Locale::current(), appointment.slot);
    QueueEntry {
        id: appointment.number.to_string(),
        title: appointment.customer.clone(),
        notes: vec![format!("{} · {}", capitalized(&slot), case.technician)],
    }
}

/// Whom to call, about what, and what the customer can do meanwhile.
#[component]
fn Case(case: MissedCase) -> impl IntoView {
    let MissedCase { appointment, technician, what_happened, choice, is_called_off } = case;
    let slot = capitalized(&format::slot(Locale::current(), appointment.slot));
    let time = if is_called_off { t!("missed-called-off") } else { t!("missed-time") };
    let next = match choice {
        SlotChoice::Customer => t!("missed-customer-picks"),
        SlotChoice::Dispatch => t!("missed-dispatch-picks"),
    };
    let urgent =
        (appointment.urgency == Urgency::Urgent).then(|| view! { " " <UrgencyBadge urgency=Urgency::Urgent/> });
    let what = format!("{} · {}", named(&appointment.program), named(&appointment.work_type));
    view! {
        <section class="card" aria-labelledby="case">
            <h2 id="case">{appointment.customer}</h2>
            <p class="bench-contact">
                <span>{format::person(Locale::current(), &appointment.contact_name)}</span>
                <PhoneLink phone=appointment.contact_phone/>
            </p>
            <p>{next}</p>
            <SummaryList>
                <SummaryRow term=time>{slot}</SummaryRow>
                <SummaryRow term=t!("desk-column-technician")>{technician}</SummaryRow>
                <SummaryRow term=t!("desk-column-what")>{what} {urgent}</SummaryRow>
                <SummaryRow term=t!("order-answer-what")>{what_happened}</SummaryRow>
            </SummaryList>
            <p class="actions">
                <ButtonLink
                    href=paths::desk_request(appointment.number)
                    label=t!("missed-open", number = appointment.number.to_string())
                    kind=ButtonKind::Secondary
                />
            </p>
        </section>
    }
}
