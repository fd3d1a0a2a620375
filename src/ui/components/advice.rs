//! What is best for a customer to buy, and why.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    model::{
        base::money::Money,
        money::{advice::Advice, bundles::Bundle},
    },
    ui::{
        format,
        texts::{Locale, t},
    },
};

/// The advice in words: what to buy, or that nothing is to be bought.
#[component]
pub fn AdviceCard(
    /// What is best.
    advice: Advice,
    /// The date of the page.
    today: NaiveDate,
) -> impl IntoView {
    let locale = Locale::current();
    let (title, why) = match advice {
        Advice::Buy { bundle, useful, rate, saved } => buy(locale, bundle, useful, rate, saved),
        Advice::Wait { on, minutes, over, rate } => {
            let comes = t!(
                "advice-wait",
                date = format::date_numeric(locale, on, Some(today)),
                minutes = format::minutes(locale, minutes),
            );
            let over = (over > 0).then(|| {
                let (minutes, rate) = (format::minutes(locale, over), format::money(locale, rate));
                t!("advice-wait-over", minutes = minutes, rate = rate)
            });
            (t!("advice-nothing"), [Some(comes), over].into_iter().flatten().collect::<Vec<_>>().join(" "))
        }
        Advice::Enough => (t!("advice-nothing"), t!("advice-enough")),
        Advice::Dearer { rate } => (t!("advice-nothing"), t!("advice-dearer", rate = format::money(locale, rate))),
    };
    view! {
        <div class="card advice">
            <h2>{title}</h2>
            <p>{why}</p>
        </div>
    }
}

fn buy(locale: Locale, bundle: Bundle, useful: u32, rate: Money, saved: Money) -> (String, String) {
    let why = t!(
        "advice-buy-why",
        useful = format::minutes(locale, useful),
        rate = format::money(locale, rate),
        saved = format::money(locale, saved),
    );
    (t!("advice-buy", minutes = format::minutes(locale, bundle.minutes)), why)
}

/// "Volných 26 min · 130 min pro domluvené termíny"
pub fn free_in_words(locale: Locale, free: u32, reserved: u32) -> String {
    let free = t!(locale => "minutes-free", minutes = format::minutes(locale, free));
    if reserved == 0 {
        return free;
    }
    let reserved = t!(locale => "minutes-reserved", minutes = format::minutes(locale, reserved));
    format!("{free} · {reserved}")
}
