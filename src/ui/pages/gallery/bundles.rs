//! Buying minutes, in the states that a demo customer does not show at once.

use chrono::{NaiveDate, TimeDelta};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    forms::CameBack,
    samples::{at, line_settings},
};
use crate::{
    model::{
        base::{
            ids::{BundleId, PurchaseId},
            money::Money,
            paging::CountedPage,
        },
        minutes::contracts::Rates,
        money::{
            advice::Advice,
            bundles::{Bundle, last_day_if_credited},
            pages::{PurchaseDocument, PurchaseForm, PurchasePage, ShopAccount, ShopPage, TransferBox},
            purchases::{
                CARD_PAYABLE, CreditedMinutes, Dispute, PaymentMethod, Purchase, PurchaseEvent, PurchaseEventKind,
                PurchaseNumber, PurchaseState,
            },
            spayd::PaymentRequest,
            tax_documents::DocumentKind,
        },
        problem::FieldCode,
    },
    ui::{
        pages::money::{
            bundles::{Buying, ShopView},
            purchases::{CancelQuestion, PurchaseFormView, PurchaseView, Typed},
        },
        texts::t,
    },
};

fn bundles() -> Vec<Bundle> {
    [(60, 1_380, 12), (120, 2_640, 12), (300, 6_300, 12), (600, 12_000, 18)]
        .into_iter()
        .zip(1..)
        .map(|((minutes, crowns, validity_months), id)| Bundle {
            id: BundleId(id),
            minutes,
            price: Money::from_haler(crowns * 100),
            validity_months,
        })
        .collect()
}

fn shop(account: Option<ShopAccount>) -> ShopPage {
    let settings = line_settings();
    let today = at(25, 9, 0);
    ShopPage {
        is_open: true,
        bundles: bundles()
            .into_iter()
            .map(|bundle| (bundle, last_day_if_credited(today, bundle.validity_months)))
            .collect(),
        plans: Vec::new(),
        list_rate_per_minute: settings.list_rate_per_minute,
        vat: settings.vat.of(NaiveDate::default()),
        minimum_with_bundle: settings.minimum_with_contract,
        minimum_one_off: settings.minimum_one_off,
        account,
        hides_terms: false,
    }
}

fn account() -> ShopAccount {
    let states = [
        PurchaseState::AwaitingPayment,
        PurchaseState::Paid,
        PurchaseState::PartlyRefunded,
        PurchaseState::Refunded,
        PurchaseState::Disputed,
        PurchaseState::Cancelled,
        PurchaseState::Expired,
    ];
    ShopAccount {
        advised_plan: None,
        subscribes: false,
        may_buy: true,
        free: 26,
        reserved: 130,
        rates: Rates { normal: Money::from_haler(2_200), urgent: Money::from_haler(2_800) },
        minimum_minutes: 20,
        has_contract: true,
        advice: bundles().get(2).map(|&bundle| Advice::Buy {
            bundle,
            useful: 300,
            rate: Money::from_haler(2_200),
            saved: Money::from_haler(30_000),
        }),
        purchases: CountedPage::whole(
            states.into_iter().map(|state| purchase(state, PaymentMethod::Transfer)).collect(),
        ),
    }
}

fn form(quantity: u32) -> Option<PurchaseForm> {
    let bundle = *bundles().get(2)?;
    Some(PurchaseForm {
        id: PurchaseId(Uuid::nil()),
        quote: bundle.quote(quantity, line_settings().vat.of(NaiveDate::default())),
        last_day: last_day_if_credited(at(25, 9, 0), bundle.validity_months),
        bundle,
        card: true,
        at_once: false,
        is_frozen: false,
        is_over_limit: false,
        credit_left: None,
        due_in_days: 14,
        asks_address: false,
    })
}

/// The number of a purchase.
#[expect(clippy::expect_used, reason = "it is one as it stands here")]
pub fn number() -> PurchaseNumber {
    "B2026-000123".parse().expect("a number")
}

fn purchase(state: PurchaseState, method: PaymentMethod) -> Purchase {
    let quote = bundles().get(2).copied().map(|bundle| bundle.quote(2, line_settings().vat.of(NaiveDate::default())));
    let (price, total) = quote.map_or((Money::ZERO, Money::ZERO), |quote| (quote.price, quote.total));
    let is_paid = !matches!(
        state,
        PurchaseState::Created | PurchaseState::AwaitingPayment | PurchaseState::Cancelled | PurchaseState::Expired
    );
    Purchase {
        id: PurchaseId(Uuid::nil()),
        number: number(),
        bundle: BundleId(3),
        quantity: 2,
        minutes: 600,
        price,
        vat: line_settings().vat.of(NaiveDate::default()),
        total,
        validity_months: 12,
        reference: "OBJ 17/2026".to_owned(),
        method,
        at_once: false,
        created_at: at(20, 9, 12),
        paid_at: is_paid.then(|| at(23, 10, 0)),
        refunded: if state == PurchaseState::PartlyRefunded { Money::from_haler(508_200) } else { Money::ZERO },
        dispute: if state == PurchaseState::Disputed { Dispute::Open } else { Dispute::None },
        state,
    }
}

fn transfer(received: Money) -> Option<TransferBox> {
    let purchase = purchase(PurchaseState::AwaitingPayment, PaymentMethod::Transfer);
    let due_on = NaiveDate::from_ymd_opt(2026, 12, 4)?;
    let iban = "CZ6508000000192000145399";
    let variable_symbol = "2026100012".parse().ok()?;
    let amount = purchase.total - received;
    let request = PaymentRequest {
        iban,
        bic: "GIBACZPX",
        amount,
        variable_symbol,
        due_on: Some(due_on),
        message: "B2026-000123",
        recipient: "Linka software s.r.o.",
    };
    Some(TransferBox {
        amount,
        received,
        recipient: "Linka software s.r.o.".to_owned(),
        account: "19-2000145399/0800".to_owned(),
        iban: iban.to_owned(),
        variable_symbol,
        due_on,
        spayd: request.spayd(),
    })
}

fn history(kinds: &[PurchaseEventKind]) -> Vec<PurchaseEvent> {
    (0_i64..)
        .zip(kinds)
        .map(|(later, &kind)| {
            let is_ours = matches!(kind, PurchaseEventKind::Created | PurchaseEventKind::Cancelled);
            PurchaseEvent {
                at: at(20, 9, 12) + TimeDelta::hours(7 * later),
                kind,
                by: is_ours.then(|| t!("gallery-person")),
                note: String::new(),
            }
        })
        .collect()
}

fn page(state: PurchaseState, method: PaymentMethod, left: Option<u32>, kinds: &[PurchaseEventKind]) -> PurchasePage {
    let purchase = purchase(state, method);
    let document = |number: &str, kind, day| PurchaseDocument {
        number: number.to_owned(),
        kind,
        issued_on: NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default(),
        total: purchase.total,
    };
    let mut documents = Vec::new();
    if method == PaymentMethod::Transfer {
        documents.push(document("2026100012", DocumentKind::Proforma, 20));
    }
    if purchase.paid_at.is_some() {
        documents.push(document("2026200007", DocumentKind::Payment, 23));
    }
    PurchasePage {
        card_refused: false,
        is_debited: false,
        other_way: match method {
            PaymentMethod::Card => Some(PaymentMethod::Transfer),
            PaymentMethod::Transfer => Some(PaymentMethod::Card),
        }
        .filter(|_| purchase.is_unpaid()),
        card_until: purchase.created_at + CARD_PAYABLE,
        credited: left.map(|left| CreditedMinutes { left, last_day: last_day_if_credited(at(23, 10, 0), 12) }),
        undone: Money::ZERO,
        payment: transfer(Money::ZERO).filter(|_| method == PaymentMethod::Transfer && purchase.is_unpaid()),
        documents,
        history: history(kinds),
        may_buy: true,
        may_cancel: purchase.may_be_cancelled(),
        purchase,
    }
}

sample_pages! {
    before {
        use PaymentMethod::{Card, Transfer};
        use PurchaseEventKind as Kind;
        use PurchaseState as State;
        let of = |page| view! { <PurchaseView page/> }.into_any();
        let begun = [Kind::Created, Kind::PaymentStarted];
        let paid = [Kind::Created, Kind::PaymentStarted, Kind::Paid, Kind::Credited];
    }
    "shop" => view! { <ShopView shop=shop(Some(account())) buying=Buying::Buys/> }.into_any(),
    "shop-asks" => {
        let buying = Buying::Asks(vec![t!("gallery-person")]);
        view! { <ShopView shop=shop(None) buying/> }.into_any()
    },
    "purchase-form" => {
        let typed = Typed {
            quantity: "2".to_owned(),
            reference: "OBJ 17/2026".to_owned(),
            method: Transfer.code().to_owned(),
        };
        view! { <PurchaseFormView form=form(2)? typed/> }.into_any()
    },
    "purchase-form-refused" => {
        let form = PurchaseForm { at_once: true, ..form(1)? };
        let typed = Typed { quantity: "0".to_owned(), reference: String::new(), method: String::new() };
        let fields = vec![
            ("quantity", FieldCode::OutOfRange, typed.quantity.clone()),
            ("method", FieldCode::Missing, String::new()),
        ];
        view! {
            <CameBack fields>
                <PurchaseFormView form typed/>
            </CameBack>
        }
        .into_any()
    },
    "purchase-transfer" => of(page(State::AwaitingPayment, Transfer, None, &begun)),
    "purchase-underpaid" => {
        let payment = transfer(Money::from_haler(100_000));
        of(PurchasePage { payment, may_cancel: false, ..page(State::AwaitingPayment, Transfer, None, &begun) })
    },
    "purchase-at-once" => {
        let mut page = page(
            State::AwaitingPayment,
            Transfer,
            Some(600),
            &[Kind::Created, Kind::PaymentStarted, Kind::Credited],
        );
        page.purchase.at_once = true;
        page.may_cancel = false;
        of(page)
    },
    "purchase-card" => of(page(State::AwaitingPayment, Card, None, &begun)),
    "purchase-paid" => of(page(State::Paid, Card, Some(480), &paid)),
    "purchase-partly-refunded" => {
        of(page(State::PartlyRefunded, Card, Some(380), &[&paid[..], &[Kind::Refunded]].concat()))
    },
    "purchase-partly-undone" => {
        let kinds = [&paid[..], &[Kind::Refunded, Kind::PaymentUndone]].concat();
        of(PurchasePage { undone: Money::from_haler(12_100), ..page(State::PartlyRefunded, Transfer, Some(380), &kinds) })
    },
    "purchase-disputed" => of(page(State::Disputed, Card, Some(0), &[&paid[..], &[Kind::DisputeOpened]].concat())),
    "purchase-cancelled" => of(page(State::Cancelled, Card, None, &[&begun[..], &[Kind::Cancelled]].concat())),
    "purchase-expired" => of(page(State::Expired, Transfer, None, &[&begun[..], &[Kind::Expired]].concat())),
    "purchase-cancel" => view! { <CancelQuestion purchase=purchase(State::AwaitingPayment, Transfer)/> }.into_any(),
}

#[cfg(test)]
mod tests {
    use super::{PAGES, page_of};
    use crate::ui::{pages::gallery::tests, texts::Locale};

    fn html(name: &str, locale: Locale) -> String {
        tests::html(page_of, name, locale)
    }

    #[test]
    fn there_is_one_primary_action_at_most() {
        for name in PAGES {
            assert!(html(name, Locale::Cs).matches(r#"class="button""#).count() <= 1, "{name}");
        }
    }

    #[test]
    fn a_purchase_says_what_matters_now() {
        for (name, said) in [
            ("purchase-transfer", "Zbývá zaplatit"),
            ("purchase-at-once", "600 min máte připsané do 23. 11. 2027"),
            ("purchase-paid", "Zbývá 480 z 600 min."),
            ("purchase-partly-undone", "121 Kč z platby patřilo jinam. Zbývá 380 z 600 min."),
            ("purchase-disputed", "pozastavené"),
            ("purchase-expired", "propadla"),
        ] {
            let html = html(name, Locale::Cs).replace(['\u{a0}', '\u{202f}'], " ");
            assert!(html.contains(said), "{name}: {html}");
        }
    }

    #[test]
    fn only_who_may_act_is_offered_to() {
        for (name, payable, cancellable) in [
            ("purchase-transfer", false, true),
            ("purchase-underpaid", false, false),
            ("purchase-at-once", false, false),
            ("purchase-card", true, true),
            ("purchase-paid", false, false),
            ("purchase-cancelled", false, false),
        ] {
            let html = html(name, Locale::Cs);
            assert_eq!(html.contains("B2026-000123/pay"), payable, "{name}");
            assert_eq!(html.contains("B2026-000123/cancel"), cancellable, "{name}");
        }
    }

    #[test]
    fn enter_in_a_field_recounts_and_buys_nothing() {
        let html = html("purchase-form", Locale::Cs);
        let first = &html[html.find("type=\"submit\"").expect("a button")..];
        assert!(first.split('>').next().expect("a tag").contains("name=\"recount\""), "{first}");
        assert!(html.replace('\u{a0}', " ").contains("Objednávka zavazující k platbě"), "{html}");
    }
}
