//! Requests in a table, on narrow screens as cards.

use leptos::prelude::*;

use super::words::subject;
use crate::{
    model::{ordering::pages::RequestSummary, paths},
    ui::{
        self,
        components::{Badge, Column, Table},
        format,
        pages::words::capitalized,
        texts::{Locale, t},
    },
};

/// Requests in a table; when each was, with the year where it is not this one.
pub(in crate::ui::pages::ordering) fn table(requests: Vec<RequestSummary>) -> impl IntoView {
    let locale = Locale::current();
    let today = ui::now().map(format::local_date);
    let rows = requests
        .into_iter()
        .map(|request| {
            let when = match request.slot {
                Some(slot) => format::slot_listed(locale, slot, today),
                None => format::date_listed(locale, format::local_date(request.submitted_at), today),
            };
            view! {
                <tr>
                    <th scope="row">
                        <a class="whole" href=paths::request(request.number)>{request.number.to_string()}</a>
                    </th>
                    <td data-label=t!("requests-column-when")>{capitalized(&when)}</td>
                    <td data-label=t!("requests-column-what")>
                        {subject(&request)}
                    </td>
                    <td data-label=t!("requests-column-who")>{format::person(locale, &request.ordered_by)}</td>
                    <td data-label=t!("requests-column-state")>
                        <Badge state=request.state awaits_consent=request.awaits_consent/>
                    </td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Table
            columns=vec![
                Column::text(t!("requests-column-number")),
                Column::text(t!("requests-column-when")),
                Column::text(t!("requests-column-what")),
                Column::text(t!("requests-column-who")),
                Column::text(t!("requests-column-state")),
            ]
        >
            {rows}
        </Table>
    }
}
