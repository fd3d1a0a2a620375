//! The staff's pages in every state, each under a link of its own: they are too wide for the gallery.

mod samples;

use leptos::prelude::*;
use uuid::Uuid;

use super::Group;
use crate::ui::pages::{
    desk::{ContestList, ContractForm, CustomerList, CustomerView, MailList},
    mail_list::DemoMails,
    work::{DayView, Keys, Workbench},
};

const PAGES: [&str; 16] = [
    "day",
    "day-empty",
    "ahead",
    "running",
    "near-ceiling",
    "consent",
    "forgotten",
    "paused",
    "done",
    "looking-on",
    "contests",
    "customers",
    "customer",
    "contract",
    "mails",
    "demo-mails",
];

/// The page of a name, as in the links.
pub fn staff_page(name: &str) -> Option<AnyView> {
    let key = Uuid::nil();
    let bench = |bench| {
        let keys = Keys { clock: key, attempt: key, missed: key, close: key };
        view! { <Workbench bench keys/> }.into_any()
    };
    Some(match name {
        "day" => view! { <DayView day=samples::day()/> }.into_any(),
        "day-empty" => view! { <DayView day=samples::empty_day()/> }.into_any(),
        "ahead" => bench(samples::ahead()),
        "running" => bench(samples::running()),
        "near-ceiling" => bench(samples::near_ceiling()),
        "consent" => bench(samples::consent()),
        "forgotten" => bench(samples::forgotten()),
        "paused" => bench(samples::paused()),
        "done" => bench(samples::done()),
        "looking-on" => bench(samples::looking_on()),
        "contests" => view! { <ContestList cases=samples::contests() key/> }.into_any(),
        "customers" => view! { <CustomerList customers=samples::customers() search=String::new()/> }.into_any(),
        "customer" => view! { <CustomerView customer=samples::customer()/> }.into_any(),
        "contract" => {
            let customer = samples::customer();
            let contract = customer.contracts.first().map(|(contract, _)| contract.clone());
            view! { <ContractForm customer contract key/> }.into_any()
        }
        "mails" => view! { <MailList mails=samples::mails()/> }.into_any(),
        "demo-mails" => view! { <DemoMails mails=samples::mails()/> }.into_any(),
        _ => return None,
    })
}

#[component]
pub fn StaffLinks() -> impl IntoView {
    let links = PAGES.map(|name| {
        view! {
            <li>
                <a href=format!("/gallery?staff={name}")>
                    <code>{name}</code>
                </a>
            </li>
        }
    });
    view! {
        <Group title="DayView, Workbench, ContestList, CustomerView, ContractForm, MailList">
            <ul>{links}</ul>
        </Group>
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;

    use super::{PAGES, staff_page};

    #[test]
    fn every_link_leads_to_a_page() {
        Owner::new().with(|| {
            for name in PAGES {
                assert!(staff_page(name).is_some(), "{name}");
            }
        });
    }
}
