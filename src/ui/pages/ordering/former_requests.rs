//! What was asked before a customer was merged into another one: `/requests/of/{customer}` for its people, and for the desk all that a
//! customer has asked for, at `/desk/customers/{customer}/requests`.

use leptos::prelude::*;

use super::requests::table;
use crate::{
    api,
    model::{
        base::{ids::CustomerId, paging::CountedPage},
        ordering::{
            former_requests::{CustomerRequest, CustomerRequests, FormerRequests},
            pages::COUNTED_EARLIER,
        },
        paths,
    },
    ui::{
        self,
        components::{Badge, Column, EmptyState, Page, Pages, Table, Width, loaded},
        format,
        texts::{Locale, named, t},
    },
};

/// What a customer had asked for that goes on as the reader's own.
#[component]
pub fn FormerRequestsPage() -> impl IntoView {
    let customer = ui::path_value::<CustomerId>("customer");
    let after = ui::query_value("after").and_then(|place| place.parse().ok());
    let load = async move { api::ordering::former_requests::former_requests_page(customer?, after).await };
    loaded(load, move |former| view! { <FormerView former is_first=after.is_none()/> })
}

#[component]
fn FormerView(former: FormerRequests, is_first: bool) -> impl IntoView {
    let FormerRequests { customer, name, requests: CountedPage { page, total } } = former;
    let here = paths::former_requests(customer);
    let shown = page.rows.len();
    let next = page.next.map(|place| ui::with_query(&here, &[("after", place.to_string())]));
    let first = (!is_first).then_some(here);
    let title = t!("requests-former", name = name);
    let list = if page.rows.is_empty() {
        view! { <EmptyState title=t!("requests-former-none")/> }.into_any()
    } else {
        table(page.rows).into_any()
    };
    view! {
        <Page title=title.clone() lead=t!("requests-former-lead")>
            {list}
            <Pages label=title shown total first next counted=COUNTED_EARLIER/>
            <p>
                <a href=paths::REQUESTS>{t!("requests-title")}</a>
            </p>
        </Page>
    }
}

/// All that a customer has asked for.
#[component]
pub fn CustomerRequestsPage() -> impl IntoView {
    let customer = ui::path_value::<CustomerId>("customer");
    let before = ui::query_parsed("before");
    let is_first = before.as_ref().is_ok_and(Option::is_none);
    let load = async move { api::ordering::former_requests::customer_requests_page(customer?, before?).await };
    loaded(load, move |requests| view! { <CustomerRequestsView requests is_first/> })
}

#[component]
fn CustomerRequestsView(requests: CustomerRequests, is_first: bool) -> impl IntoView {
    let CustomerRequests { customer, name, requests: CountedPage { page, total } } = requests;
    let here = paths::customer_requests(customer);
    let shown = page.rows.len();
    let next = page.next.map(|number| ui::with_query(&here, &[("before", number.to_string())]));
    let first = (!is_first).then_some(here);
    let title = t!("customer-requests", name = name.as_str());
    let list = if page.rows.is_empty() {
        view! { <EmptyState title=t!("customer-requests-none")/> }.into_any()
    } else {
        rows(page.rows).into_any()
    };
    view! {
        <Page title=title.clone() width=Width::Full>
            <p class="actions">
                <a href=paths::customer(customer)>{name}</a>
            </p>
            {list}
            <Pages label=title shown total first next/>
        </Page>
    }
}

fn rows(requests: Vec<CustomerRequest>) -> impl IntoView {
    let locale = Locale::current();
    let today = ui::now().map(format::local_date);
    let rows = requests
        .into_iter()
        .map(|request| {
            let what = format!("{} · {}", named(&request.program), named(&request.work_type));
            let former = request
                .former
                .map(|name| view! { <span class="table-note">{t!("customer-requests-of", name = name)}</span> });
            view! {
                <tr>
                    <th scope="row">
                        <a href=paths::desk_request(request.number)>{request.number.to_string()}</a>
                    </th>
                    <td data-label=t!("customer-requests-sent")>
                        {format::date_listed(locale, format::local_date(request.submitted_at), today)}
                    </td>
                    <td data-label=t!("requests-column-what")>{what} " " {former}</td>
                    <td data-label=t!("requests-column-who")>{format::person(locale, &request.ordered_by)}</td>
                    <td data-label=t!("requests-column-state")>
                        <Badge state=request.state/>
                    </td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Table columns=vec![
            Column::text(t!("requests-column-number")),
            Column::text(t!("customer-requests-sent")),
            Column::text(t!("requests-column-what")),
            Column::text(t!("requests-column-who")),
            Column::text(t!("requests-column-state")),
        ]>{rows}</Table>
    }
}
