//! Closing: what was done, in the customer's words, and whether that is all.

use leptos::prelude::*;
use uuid::Uuid;

use super::minutes::sum_in_words;
use crate::{
    api,
    model::work::pages::WorkPage as Bench,
    ui::{
        components::{Endpoint, Form, Hidden, RadioCards, RadioOption, Submit, TextArea},
        texts::t,
    },
};

/// The form that closes the work, and what will be billed then.
#[component]
pub(super) fn Closing(bench: Bench, key: Uuid) -> impl IntoView {
    let answer =
        |value: &str, label, note| RadioOption { value: value.to_owned(), label, note: Some(note), meta: None };
    let options = vec![
        answer("true", t!("work-finished-yes"), t!("work-finished-yes-note")),
        answer("false", t!("work-finished-no"), t!("work-finished-no-note")),
    ];
    let bill = match bench.bill.top_up() {
        0 => t!("work-close-bill", billed = bench.bill.billed),
        _ => t!("work-close-bill-minimum", billed = bench.bill.billed, sum = sum_in_words(&bench.bill)),
    };
    view! {
        <section class="card" aria-labelledby="close">
            <h2 id="close">{t!("work-close-title")}</h2>
            <p>{bill}</p>
            <Form action={Endpoint::of::<api::work::closing::CloseWork>()}>
                <Hidden name="number" value=bench.appointment.number.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <TextArea name="report" label=t!("work-report-label") hint=t!("work-report-hint") rows=4/>
                <div class="side-by-side">
                    <RadioCards name="finished" legend=t!("work-finished") options/>
                </div>
                <Submit label=t!("work-close-submit")/>
            </Form>
        </section>
    }
}
