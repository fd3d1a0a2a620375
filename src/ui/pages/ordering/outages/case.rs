//! On the staff's page of a request: to which outage it belongs, or could.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::numbers::RequestNumber,
        ordering::outages::{OutagesOfRequest, box_of_request},
        paths,
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Endpoint, Form, Hidden, SelectField, Submit},
        texts::{named, t},
    },
};

/// The outage of a request, with the way out of it; else the ways into one.
#[component]
pub(in crate::ui::pages) fn OutageOfCase(
    /// The request.
    number: RequestNumber,
    /// With which it has to do.
    outages: OutagesOfRequest,
    /// Whether it can belong to one.
    may_join: bool,
) -> impl IntoView {
    let OutagesOfRequest { own, is_over, open } = outages;
    let own = own.map(|own| {
        let leave = (may_join && !is_over).then(|| {
            view! {
                <Form action={Endpoint::of::<api::ordering::outages::LeaveOutage>()}>
                    <Hidden name="outage" value=own.id.to_string()/>
                    <Hidden name="number" value=number.to_string()/>
                    <Submit label=t!("outage-leave") kind=ButtonKind::Secondary/>
                </Form>
            }
        });
        view! {
            <p><a href=paths::outage(own.id)>{named(&own.name)}</a></p>
            {leave}
        }
    });
    let is_free = own.is_none() || is_over;
    let ways = (may_join && is_free).then(|| {
        let new = ui::with_query(paths::NEW_OUTAGE, &[(box_of_request(number).as_str(), "1".to_owned())]);
        let options: Vec<_> = open.iter().map(|outage| (outage.id.to_string(), named(&outage.name))).collect();
        let join = (!options.is_empty()).then(|| {
            view! {
                <Form action={Endpoint::of::<api::ordering::outages::JoinOutage>()}>
                    <Hidden name="joins" value=number.to_string()/>
                    <SelectField name="outage" label=t!("outage-of-case-which") options/>
                    <Submit label=t!("outage-of-case-join") kind=ButtonKind::Secondary/>
                </Form>
            }
        });
        view! {
            {join}
            <p class="actions"><ButtonLink href=new label=t!("outage-of-case-new") kind=ButtonKind::Quiet/></p>
        }
    });
    // What belongs to none and cannot any more has nothing to say of it.
    (own.is_some() || ways.is_some()).then(|| {
        view! {
            <section class="card" aria-labelledby="case-outage">
                <h2 id="case-outage">{t!("outage-of-case")}</h2>
                {own}
                {ways}
            </section>
        }
    })
}
