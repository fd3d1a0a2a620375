//! How something is paid by transfer: a purchase, a document.

use leptos::prelude::*;

use crate::{
    model::{base::money::Money, money::pages::TransferBox},
    ui::{
        components::{QrImage, SummaryList, SummaryRow},
        format,
        texts::{Locale, t},
    },
};

/// How to pay by transfer: everything to type, and the same to scan.
#[component]
pub(super) fn Transfer(payment: TransferBox) -> impl IntoView {
    let locale = Locale::current();
    let received = (payment.received > Money::ZERO).then(|| {
        view! { <SummaryRow term=t!("purchase-received")>{format::money(locale, payment.received)}</SummaryRow> }
    });
    view! {
        <section class="card transfer" aria-labelledby="transfer">
            <h2 id="transfer">{t!("purchase-transfer")}</h2>
            <div class="transfer-parts">
                <SummaryList>
                    <SummaryRow term=t!("purchase-amount")>
                        <strong>{format::money(locale, payment.amount)}</strong>
                    </SummaryRow>
                    {received}
                    <SummaryRow term=t!("purchase-account")>{payment.account}</SummaryRow>
                    <SummaryRow term=t!("purchase-symbol")>{payment.variable_symbol.to_string()}</SummaryRow>
                    <SummaryRow term=t!("purchase-due")>
                        {format::date_numeric(locale, payment.due_on, None)}
                    </SummaryRow>
                    <SummaryRow term=t!("purchase-iban")>{in_fours(&payment.iban)}</SummaryRow>
                    <SummaryRow term=t!("purchase-recipient")>{payment.recipient}</SummaryRow>
                </SummaryList>
                <figure class="transfer-code">
                    <QrImage text=payment.spayd label=t!("purchase-qr-label")/>
                    <figcaption>{t!("purchase-qr")}</figcaption>
                </figure>
            </div>
        </section>
    }
}

/// An IBAN as it is printed, in groups of four.
fn in_fours(iban: &str) -> String {
    let characters: Vec<char> = iban.chars().collect();
    characters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::in_fours;

    #[test]
    fn an_iban_is_printed_in_groups_of_four() {
        assert_eq!(in_fours("CZ6508000000192000145399"), "CZ65 0800 0000 1920 0014 5399");
    }
}
