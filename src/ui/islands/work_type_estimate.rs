//! The estimate of the kind of work that is chosen.

#[cfg(feature = "ssr")]
use leptos::prelude::RenderHtml as _;

#[cfg(feature = "ssr")]
pub use page::WorkTypeEstimate;

/// The element that holds the estimate and its words.
const ESTIMATE: &str = "work-type-estimate";
/// How long it will take.
const MINUTES: &str = "work-type-minutes";
/// Who will pay for it.
const ROWS: &str = "work-type-rows";
/// What would pay: the terms, and a line for each pool.
const TERMS: &str = "work-type-terms";
/// How long each kind of work usually takes.
const TYPICAL: &str = "work-type-typical";

#[cfg(feature = "ssr")]
mod page {
    use leptos::prelude::*;

    use super::{ESTIMATE, MINUTES, ROWS, TERMS, TYPICAL, WorkTypeIsland};
    use crate::{
        model::{
            line::catalogue::WorkType,
            minutes::{billing_terms::BillingTerms, pools::PayerPool},
        },
        ui::{
            self, format,
            islands::estimate::{EstimateRow, EstimateTexts, NamedPool, Terms, estimate_in_words},
            receipt_words,
            texts::{Locale, t},
        },
    };

    /// What the chosen kind of work would probably take and who would pay for it. The browser follows the choice; without
    /// script it is that of the kind chosen before. It looks like the estimate of later steps and has the same words.
    #[component]
    pub fn WorkTypeEstimate(
        /// The kinds of work.
        work_types: Vec<WorkType>,
        /// What would pay.
        payment: BillingTerms,
        /// The value that is chosen; none yet when it is empty.
        chosen: String,
    ) -> impl IntoView {
        let texts = texts();
        let terms = terms(Locale::current(), &payment);
        let typical = work_types.iter().find(|work_type| work_type.id.to_string() == chosen);
        let said = typical.map(|work_type| estimate_in_words(work_type.typical_minutes, &terms, &texts));
        let nothing_chosen = said.is_none();
        let said = said.unwrap_or_default();
        let rows = said.rows.into_iter().map(row).collect::<Vec<_>>();
        let pools = terms
            .pools
            .into_iter()
            .map(|pool| view! { <li data-minutes=pool.minutes.to_string()>{pool.name}</li> })
            .collect::<Vec<_>>();
        let typical = work_types
            .into_iter()
            .map(|WorkType { id, typical_minutes, .. }| {
                let (from, to) = (typical_minutes.from.to_string(), typical_minutes.to.to_string());
                view! { <li data-value=id.to_string() data-from=from data-to=to></li> }
            })
            .collect::<Vec<_>>();
        view! {
            <div
                class="estimate estimate-live"
                role="status"
                id=ESTIMATE
                data-minutes=texts.minutes
                data-left=texts.left
                data-at_rate=texts.at_rate
                data-beyond=texts.beyond
                data-paid=texts.paid
                data-price=texts.price
                data-money=texts.money
                data-thousands=texts.thousands
                data-decimal=texts.decimal
            >
                <div class="estimate-head">
                    <h2>{t!("estimate-title")}</h2>
                    <p class="estimate-minutes" id=MINUTES>
                        {said.minutes}
                    </p>
                </div>
                <p class="estimate-nothing" hidden=!nothing_chosen>
                    {t!("order-estimate-nothing")}
                </p>
                <dl class="estimate-rows" id=ROWS>
                    {rows}
                </dl>
                <p class="estimate-note" hidden=nothing_chosen>
                    {t!("estimate-minimum", minimum = terms.minimum)}
                </p>
                <WorkTypeIsland/>
            </div>
            <ul
                hidden
                id=TERMS
                data-minimum=terms.minimum.to_string()
                data-rate=terms.rate.haler().to_string()
                data-vat=terms.vat.to_string()
            >
                {pools}
            </ul>
            <ul hidden id=TYPICAL>
                {typical}
            </ul>
        }
    }

    fn row(row: EstimateRow) -> impl IntoView {
        view! {
            <div>
                <dt>{row.source}</dt>
                <dd>{row.minutes}</dd>
                <dd class="estimate-left">{row.then}</dd>
            </div>
        }
    }

    fn terms(locale: Locale, payment: &BillingTerms) -> Terms {
        let named = |pool: &PayerPool| NamedPool { minutes: pool.minutes_left, name: pool_name(locale, pool) };
        Terms {
            pools: payment.pools.iter().map(named).collect(),
            minimum: payment.minimum_minutes,
            rate: payment.rates.normal,
            vat: payment.vat,
        }
    }

    fn pool_name(locale: Locale, pool: &PayerPool) -> String {
        receipt_words::from_pool(locale, pool.kind, pool.expires_on, ui::now().map(format::local_date))
    }

    /// The words of the estimate, with their places left open.
    fn texts() -> EstimateTexts {
        let (thousands, decimal) = match Locale::current() {
            Locale::Cs => ("\u{202f}", ","),
            Locale::En => (",", "."),
        };
        EstimateTexts {
            minutes: t!("minutes", minutes = "{minutes}"),
            left: t!("estimate-left", minutes = "{minutes}"),
            at_rate: t!("estimate-at-rate", minutes = "{minutes}", rate = "{rate}"),
            beyond: t!("estimate-remainder"),
            paid: t!("estimate-paid"),
            price: t!("estimate-price", price = "{price}"),
            money: t!("money", amount = "{amount}"),
            thousands: thousands.to_owned(),
            decimal: decimal.to_owned(),
        }
    }
}

island! {
    /// Follows the choice by running [`estimate`](crate::model::minutes::estimate::estimate).
    WorkTypeIsland => {
        // The first look finds also what the browser itself has ticked when somebody came back.
        let _ = browser::show();
        super::browser::listen(&super::browser::document(), "change", |_| {
            let _ = browser::show();
        });
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::{ESTIMATE, MINUTES, ROWS, TERMS, TYPICAL};
    use crate::{
        model::{base::money::Money, line::catalogue::MinuteRange},
        ui::islands::{
            browser::{by_id, children, data, document, element},
            estimate::{EstimateTexts, NamedPool, Terms, estimate_in_words},
        },
    };

    /// Shows the estimate of what is chosen; leaves all as it is when nothing is, or the page is not as expected.
    pub fn show() -> Option<()> {
        let frame = by_id(ESTIMATE)?;
        let said = estimate_in_words(typical()?, &terms()?, &texts(&frame));
        by_id(MINUTES)?.set_text_content(Some(&said.minutes));
        let rows = by_id(ROWS)?;
        rows.set_text_content(None);
        for row in said.rows {
            let line = element("div", "")?;
            for (name, class, text) in
                [("dt", "", row.source), ("dd", "", row.minutes), ("dd", "estimate-left", row.then)]
            {
                let cell = element(name, class)?;
                cell.set_text_content(Some(&text));
                line.append_child(&cell).ok()?;
            }
            rows.append_child(&line).ok()?;
        }
        for part in children(&frame) {
            match part.class_name().as_str() {
                "estimate-nothing" => part.set_hidden(true),
                "estimate-note" => part.set_hidden(false),
                _ => {}
            }
        }
        Some(())
    }

    fn typical() -> Option<MinuteRange> {
        let button = document().query_selector("input[name=subject]:checked").ok()??;
        // The kind of work stands behind the program.
        let subject = button.get_attribute("value")?;
        let chosen = subject.rsplit('.').next()?;
        let list = by_id(TYPICAL)?;
        let facts = children(&list).find(|facts| data(facts, "value").as_deref() == Some(chosen))?;
        Some(MinuteRange::new(data(&facts, "from")?.parse().ok()?, data(&facts, "to")?.parse().ok()?))
    }

    fn terms() -> Option<Terms> {
        let list = by_id(TERMS)?;
        let pools = children(&list)
            .filter_map(|pool| {
                Some(NamedPool { minutes: data(&pool, "minutes")?.parse().ok()?, name: pool.text_content()? })
            })
            .collect();
        Some(Terms {
            pools,
            minimum: data(&list, "minimum")?.parse().ok()?,
            rate: Money::from_haler(data(&list, "rate")?.parse().ok()?),
            vat: data(&list, "vat")?.parse().ok()?,
        })
    }

    fn texts(frame: &web_sys::Element) -> EstimateTexts {
        let names = ["minutes", "left", "at_rate", "beyond", "paid", "price", "money", "thousands", "decimal"];
        let [minutes, left, at_rate, beyond, paid, price, money, thousands, decimal] =
            names.map(|name| data(frame, name).unwrap_or_default());
        EstimateTexts { minutes, left, at_rate, beyond, paid, price, money, thousands, decimal }
    }
}
