//! The staff's pages in every state, each under a link of its own: they are too wide for the gallery.

mod board;
mod figures;
mod outages;
mod sales;
mod samples;

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    model::{base::paging::Queue, minutes::pages::CustomerPage},
    ui::{
        components::Page,
        pages::{
            mails::{demo_mails::DemoMails, desk::MailList},
            minutes::contracts::Amendment,
            money::sales::{BankView, SalesView, SoldPurchaseList, SoldPurchaseView, UnmatchView},
            ordering::outages::{EndView, OutageView},
            people::customers::{CustomerList, CustomerView},
            work::{
                DayView, Keys, Workbench,
                board::{DayBoard, Week},
                consequences::{Means, Refused},
                contests::ContestList,
                figures::FiguresView,
            },
        },
        texts::t,
    },
};

sample_pages! {
    before {
        let key = Uuid::nil();
        let bench = |bench| {
            let keys = Keys { clock: key, attempt: key, missed: key, close: key, message: key, fill: key };
            view! { <Workbench bench keys/> }.into_any()
        };
    }
    "day" => view! { <DayView day=samples::day()/> }.into_any(),
    "day-empty" => view! { <DayView day=samples::empty_day()/> }.into_any(),
    "ahead" => bench(samples::ahead()),
    "running" => bench(samples::running()),
    "near-ceiling" => bench(samples::near_ceiling()),
    "consent" => bench(samples::consent()),
    "forgotten" => bench(samples::forgotten()),
    "paused" => bench(samples::paused()),
    "unusual" => bench(samples::unusual()),
    "prepared" => bench(samples::prepared()),
    "done" => bench(samples::done()),
    "looking-on" => bench(samples::looking_on()),
    "board" => view! { <DayBoard board=board::day() queue=board::queue() case=None/> }.into_any(),
    "consequences" => {
        let (consequences, phone) = (board::consequences(), "+420601234567".to_owned());
        view! { <Page title=t!("means-title")><Means consequences phone/></Page> }.into_any()
    },
    "consequences-refused" => {
        let (why, in_the_way) = board::refused();
        view! { <Page title=t!("means-title")><Refused why in_the_way/></Page> }.into_any()
    },
    "outage" => view! { <OutageView outage=outages::lasting()/> }.into_any(),
    "outage-end" => view! { <EndView page=outages::ending()/> }.into_any(),
    "outage-over" => view! { <OutageView outage=outages::over()/> }.into_any(),
    "board-week" => view! { <Week week=board::week()/> }.into_any(),
    "figures" => view! { <FiguresView page=figures::filled()/> }.into_any(),
    "figures-empty" => view! { <FiguresView page=figures::empty()/> }.into_any(),
    "contests" => view! { <ContestList cases=samples::contests() key/> }.into_any(),
    "customers" => view! { <CustomerList customers=samples::customers() ending=Queue::default() search=String::new() is_first=true/> }.into_any(),
    "customer" => view! { <CustomerView customer=samples::customer()/> }.into_any(),
    "customer-read" => {
        let customer = CustomerPage { may_edit: false, ..samples::customer() };
        view! { <CustomerView customer/> }.into_any()
    },
    "contract" => {
        let customer = samples::customer();
        let contract = customer.contracts.first().map(|(contract, _)| contract.clone());
        let amended = contract.map(|contract| {
            let from = Some(contract.terms.in_force_from());
            view! { <Amendment customer contract from key/> }
        });
        amended.into_any()
    },
    "mails" => view! { <MailList list=samples::mail_list() pushes=samples::failed_pushes() is_first=true/> }.into_any(),
    "demo-mails" => view! { <DemoMails mails=samples::mails()/> }.into_any(),
    "sales" => view! { <SalesView sales=sales::overview() is_first=true/> }.into_any(),
    "sales-fresh" => view! { <SalesView sales=sales::fresh() is_first=true/> }.into_any(),
    "bank" => view! { <BankView bank=sales::bank() is_first=true/> }.into_any(),
    "bank-done" => view! { <BankView bank=sales::bank_done() is_first=true/> }.into_any(),
    "purchases" => view! { <SoldPurchaseList list=sales::purchases() state=None search=String::new()/> }.into_any(),
    "purchase" => view! { <SoldPurchaseView case=sales::by_card() key minutes=None/> }.into_any(),
    "purchase-refund" => {
        view! { <SoldPurchaseView case=sales::by_card() key minutes=Some("60".to_owned())/> }.into_any()
    },
    "purchase-transfer" => view! { <SoldPurchaseView case=sales::by_transfer() key minutes=None/> }.into_any(),
    "unmatch" => view! { <UnmatchView page=sales::unmatching() key/> }.into_any(),
    "unmatch-refused" => view! { <UnmatchView page=sales::unmatching_refused() key/> }.into_any(),
}

#[cfg(test)]
mod tests {
    use super::page_of;
    use crate::ui::{pages::gallery::tests, texts::Locale};

    fn html(name: &str, locale: Locale) -> String {
        tests::html(page_of, name, locale)
    }

    #[test]
    fn there_is_one_primary_action_at_a_time() {
        let primary = |name| html(name, Locale::Cs).matches(r#"class="button""#).count();
        for (name, expected) in [("ahead", 1), ("running", 1), ("paused", 1), ("done", 0), ("looking-on", 0)] {
            assert_eq!(primary(name), expected, "{name}");
        }
        assert!(html("running", Locale::Cs).contains("/api/work/pause"));
        assert!(html("paused", Locale::Cs).contains("/api/work/close"));
    }

    #[test]
    fn nobody_but_the_technician_gets_a_button() {
        let page = html("looking-on", Locale::Cs);
        assert!(!page.contains("<form"), "{page}");
        assert!(!page.contains("/segments/"), "{page}");
    }

    #[test]
    fn nothing_billed_can_be_started_until_the_customer_agrees() {
        let page = html("consent", Locale::Cs);
        let button = |kind: &str| {
            let at = page.find(&format!("value=\"{kind}\"")).expect("a button");
            page[at..].split('>').next().expect("a tag").to_owned()
        };
        assert!(button("work").contains("disabled"));
        assert!(!button("our_fault").contains("disabled"));
    }
}
