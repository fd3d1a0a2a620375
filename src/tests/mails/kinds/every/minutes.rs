//! What customers are told of their minutes, and of what they come from.

use linka::model::{
    base::money::Money,
    mails::MailContent,
    minutes::alerts::{Alert, AlertKind},
};

use super::Kind;
use crate::support::at;

pub(super) fn kinds() -> Vec<Kind> {
    vec![
        (
            alert(AlertKind::Used80, 60),
            "Zbývá 60 min z 300 min",
            "Zbývá 60 min z 300 min",
            "Vyčerpali jste 80 % minut, které máte ze smlouvy a z balíčků.",
            "/usage",
        ),
        (
            alert(AlertKind::Used100, 0),
            "Předplacené minuty jsou vyčerpané",
            "Předplacené minuty jsou vyčerpané",
            "Další práci účtujeme podle ceníku nebo sazby ve smlouvě, dokud si minuty nedokoupíte.",
            "/usage",
        ),
        (
            alert(AlertKind::Expiring, 80),
            "Minuty brzy propadnou: 80 min",
            "Minuty brzy propadnou: 80 min",
            "Čerpat je můžete do 30. 6. 2027 včetně.",
            "/usage",
        ),
        (
            MailContent::SubscriptionRenews {
                on: at("2027-01-31T12:00:00+01:00").date_naive(),
                minutes: 60,
                total: Money::from_haler(145_200),
                used: 20,
                of: 60,
                average: 25,
                by_card: false,
            },
            "Předplatné minut pokračuje 31. 1. 2027",
            "31. 1. 2027 začíná další období: 60 min za 1 452 Kč s DPH",
            "Vyplatí se menší předplatné, nebo kupovat minuty jednorázově.",
            "/bundles/subscription",
        ),
        (
            MailContent::SubscriptionPaused,
            "Předplatné minut je pozastavené",
            "Předplatné minut jsme pozastavili",
            "Domluvené termíny platí a předplatné můžete kdykoli obnovit.",
            "/bundles/subscription",
        ),
        (
            MailContent::CardFailed {
                purchase: "B2026-000123".parse().expect("a number"),
                minutes: 60,
                total: Money::from_haler(145_200),
                asks_holder: false,
                again_on: Some(at("2027-02-01T12:00:00+01:00").date_naive()),
            },
            "Platba kartou neprošla: 1 452 Kč",
            "Předplatné minut (60 min, 1 452 Kč) se nepodařilo zaplatit kartou",
            "Znovu to zkusíme 1. 2. 2027.",
            "/bundles/subscription/card",
        ),
        (
            MailContent::CardFailed {
                purchase: "B2026-000123".parse().expect("a number"),
                minutes: 60,
                total: Money::from_haler(145_200),
                asks_holder: true,
                again_on: Some(at("2027-02-01T12:00:00+01:00").date_naive()),
            },
            "Platba kartou neprošla: 1 452 Kč",
            "Předplatné minut (60 min, 1 452 Kč) se nepodařilo zaplatit kartou",
            "Banka chce, abyste platbu potvrdili.",
            "/bundles/purchases/B2026-000123/pay",
        ),
        (
            MailContent::CardRemoved { last4: "4242".into(), subscription: true, top_up: true },
            "Karta končící 4242 je odebraná",
            "Uloženou kartu končící 4242 jsme odebrali",
            "Předplatné teď platíte převodem: o platbu vám vždy řekneme předem.",
            "/bundles/card",
        ),
        (
            MailContent::CardNotKept { last4: "4242".into() },
            "Kartu končící 4242 jsme neuložili",
            "Kartu končící 4242 jsme neuložili",
            "Kdo ji zadal, už u vás nesmí kupovat.",
            "/bundles/card",
        ),
        (
            MailContent::TopUpOff { dearer: false },
            "Automatické dobíjení minut je vypnuté",
            "Automatické dobíjení minut jsme vypnuli",
            "Banka platbu uloženou kartou nepřijala.",
            "/bundles/top-up",
        ),
        (
            MailContent::SubscriptionBlocked,
            "Předplatné minut je pozastavené",
            "Předplatné minut jsme pozastavili",
            "Nové nákupy teď u vaší organizace nepřijímáme.",
            "/bundles/subscription",
        ),
        (
            MailContent::ContractEnds {
                contract: "SLS-7".into(),
                last_day: at("2027-06-30T12:00:00+02:00").date_naive(),
            },
            "Smlouva SLS-7 končí 30. 6. 2027",
            "Smlouva platí jen do 30. 6. 2027",
            "Po tomto dni přestane platit Rychlost, předplacené minuty i ceny ze smlouvy SLS-7.",
            "/usage/contract",
        ),
    ]
}

fn alert(kind: AlertKind, left: u32) -> MailContent {
    let expires_at = Some(at("2027-07-01T00:00:00+02:00"));
    MailContent::Alert(Alert { kind, left, granted: 300, reserved: 45, expires_at })
}
