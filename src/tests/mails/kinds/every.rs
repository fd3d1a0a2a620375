//! One mail of every kind, and what must stand in it.

use linka::model::{
    base::{
        ids::{DocumentId, GrantId, MemberId, MessageId},
        money::{Money, VatRate},
        numbers::{InterventionRef, RequestNumber},
        terms::Urgency,
    },
    line::catalogue::{MinuteRange, SlotChoice},
    mails::{
        AppointmentMail, ChangedTime, DocumentMail, MailContent, MailedLink, OutageMail, PaymentDetails, WaitingItem,
    },
    minutes::{
        alerts::{Alert, AlertKind},
        estimate::Estimate,
        pools::PoolKind,
    },
    money::tax_documents::DocumentKind,
    ordering::{offers::Slot, outages::OutageStep, timeline::TimeChange},
    work::{
        billing::Bill,
        lanes::Lane,
        receipts::{Receipt, ReceiptDraw, Remainder},
    },
};
use rust_decimal::Decimal;

use super::super::sink::appointment;
use crate::support::at;

/// The link of all mails that carry one.
pub(super) fn link() -> MailedLink {
    let until = at("2026-11-23T09:00:00+01:00");
    MailedLink { id: uuid::Uuid::from_u128(7), until, secret: String::new() }
}

fn receipt(version: u32) -> Receipt {
    Receipt {
        rule_version: 1,
        version,
        intervention: InterventionRef { number: "2026-000123".parse().expect("a number"), ordinal: 1 },
        customer: "Školní jídelna".into(),
        ico: "00000019".into(),
        program: "Sklad".into(),
        work_type: "Oprava".into(),
        urgency: Urgency::Normal,
        ordered_by: "Jana Nováková".into(),
        issued_at: at("2026-11-25T09:00:00+01:00"),
        reason: String::new(),
        report: "Opravili jsme tisk výdejek.\nZkuste to na druhém počítači.".into(),
        segments: Vec::new(),
        bill: Bill { effective_seconds: 780, effective_minutes: 13, minimum: 20, billed: 20 },
        lifted: None,
        draws: vec![ReceiptDraw { grant: GrantId(1), kind: PoolKind::Contract, expires_at: None, minutes: 12 }],
        remainder: Some(Remainder::new(
            8,
            Money::from_haler(2_500),
            VatRate::from_percent(Decimal::from(21)).expect("a rate"),
        )),
    }
}

fn alert(kind: AlertKind, left: u32) -> MailContent {
    let expires_at = Some(at("2027-07-01T00:00:00+02:00"));
    MailContent::Alert(Alert { kind, left, granted: 300, reserved: 45, expires_at })
}

/// The first document of a database, whatever it is.
fn document(kind: DocumentKind, number: &str, haler: i64) -> DocumentMail {
    DocumentMail {
        id: DocumentId(1),
        kind,
        number: number.into(),
        total: Money::from_haler(haler),
        purchase: "B2026-000123".parse().ok(),
    }
}

fn payment(number: &str) -> PaymentDetails {
    PaymentDetails {
        account: "19-2000145399/0800".into(),
        iban: "CZ6508000000192000145399".into(),
        variable_symbol: number.parse().ok(),
        due_on: Some(day("2026-12-07")),
    }
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}

fn outage(step: OutageStep, goes_on: bool) -> OutageMail {
    OutageMail {
        step,
        number: "2026-000123".parse().expect("a number"),
        program: "Sklad".into(),
        work_type: "Oprava".into(),
        name: "Sklad se nespustí".into(),
        text: "Pracujeme na opravě.".into(),
        goes_on,
        called_off: None,
    }
}

/// Every kind with its subject, its headline and a fact that must be told, in Czech; and where its link leads.
pub(super) fn kinds() -> Vec<(MailContent, &'static str, &'static str, &'static str, &'static str)> {
    let number = "2026-000123".parse().expect("a number");
    let page = "/requests/2026-000123";
    let slot = "Středa 25. listopadu, 8:00–8:45";
    let free = Receipt {
        bill: Bill { effective_seconds: 0, effective_minutes: 0, minimum: 20, billed: 0 },
        draws: Vec::new(),
        remainder: None,
        ..receipt(1)
    };
    let with_reason = || AppointmentMail { reason: "Onemocněl technik".into(), ..appointment() };
    vec![
        (
            MailContent::Confirmed(appointment()),
            "Termín je domluvený: středa 25. listopadu, 8:00–8:45",
            slot,
            "Změnit termín můžete zítra do 13:30 na stránce požadavku. Potom nám zavolejte: 377 457 977.",
            page,
        ),
        (
            MailContent::Moved(with_reason()),
            "Termín je přesunutý: středa 25. listopadu, 8:00–8:45",
            slot,
            "Důvod: Onemocněl technik",
            page,
        ),
        (
            MailContent::Cancelled(with_reason()),
            "Termín je zrušený: středa 25. listopadu, 8:00–8:45",
            "Termín je zrušený",
            "Technik se nepřipojí ve středu 25. listopadu v 8:00.",
            page,
        ),
        (
            MailContent::Withdrawn(appointment()),
            "Objednávka je vzatá zpět: středa 25. listopadu, 8:00–8:45",
            "Objednávka je vzatá zpět",
            "Vzali jste ji zpět hned po odeslání. Nic nestojí a nikde se nepočítá.",
            page,
        ),
        (
            MailContent::Reminder(appointment()),
            "Připomínka: technik se připojí ve středu 25. listopadu v 8:00",
            "Technik se připojí ve středu 25. listopadu v 8:00",
            "U počítače bude Žofie Řeháková, technik zavolá na 601 234 567.",
            page,
        ),
        (
            MailContent::NoShow(appointment()),
            "Nezastihli jsme vás: středa 25. listopadu, 8:00–8:45",
            "Nezastihli jsme vás",
            "Za tento termín nic neúčtujeme. Nový vyberte na stránce požadavku, nebo nám zavolejte: 377 457 977.",
            page,
        ),
        (
            MailContent::ConsentAsked {
                number,
                program: "Sklad".into(),
                work_type: "Oprava".into(),
                ceiling_minutes: 60,
                at: at("2026-11-23T07:55:00+01:00"),
            },
            "Smíme pokračovat? Požadavek 2026-000123 dosáhl 60 min",
            "Práce dosáhla 60 min. Smíme pokračovat?",
            "Technik jí dosáhl dnes v 7:55. Dokud neodpovíte, nic dalšího neúčtujeme.",
            page,
        ),
        (
            MailContent::Closed { receipt: Box::new(receipt(1)), finished: true, called_off: None, rating: None },
            "Hotovo: Oprava, 20 min",
            "Hotovo, účtujeme 20 min",
            "13 min práce + 7 min do minima 20 = 20 min: 12 ze smlouvy a 8 min nad rámec",
            "/requests/2026-000123/receipt/1",
        ),
        (
            MailContent::Closed {
                receipt: Box::new(receipt(1)),
                finished: true,
                called_off: Some(Box::new(appointment())),
                rating: None,
            },
            "Hotovo: Oprava, 20 min",
            "Hotovo, účtujeme 20 min",
            "Domluvený termín už není potřeba: technik se nepřipojí ve středu 25. listopadu v 8:00.",
            "/requests/2026-000123/receipt/1",
        ),
        (
            MailContent::Closed { receipt: Box::new(receipt(2)), finished: true, called_off: None, rating: None },
            "Hotovo: Oprava, celkem 20 min",
            "Hotovo, celkem účtujeme 20 min",
            "Do vyúčtování jsme doplnili další práci na stejném zásahu, minimum 20 min proto platí jen jednou.",
            "/requests/2026-000123/receipt/1",
        ),
        (
            MailContent::Closed {
                receipt: Box::new(Receipt { reason: "Hodiny běžely o přestávce.".into(), ..receipt(2) }),
                finished: true,
                called_off: None,
                rating: None,
            },
            "Opravené vyúčtování: Oprava, 20 min",
            "Opravili jsme vyúčtování, účtujeme 20 min",
            "Proč jsme vyúčtování opravili: Hodiny běžely o přestávce.",
            "/requests/2026-000123/receipt/1",
        ),
        (
            MailContent::Closed { receipt: Box::new(receipt(1)), finished: false, called_off: None, rating: None },
            "Budeme pokračovat: Oprava, zatím 20 min",
            "Ještě není hotovo, budeme pokračovat",
            "Další termín vyberte na stránce požadavku, nebo nám zavolejte: 377 457 977.",
            page,
        ),
        (
            MailContent::Closed { receipt: Box::new(free), finished: true, called_off: None, rating: None },
            "Hotovo: Oprava, nic neúčtujeme",
            "Hotovo, nic neúčtujeme",
            "Nic se neúčtuje: čekání a opravy našich chyb jsou zdarma.",
            "/requests/2026-000123/receipt/1",
        ),
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
            MailContent::ContractEnds {
                contract: "SLS-7".into(),
                last_day: at("2027-06-30T12:00:00+02:00").date_naive(),
            },
            "Smlouva SLS-7 končí 30. 6. 2027",
            "Smlouva platí jen do 30. 6. 2027",
            "Po tomto dni přestane platit Rychlost, předplacené minuty i ceny ze smlouvy SLS-7.",
            "/usage/contract",
        ),
        (
            MailContent::PasswordLink { link: link() },
            "Zvolte si nové heslo",
            "Zvolte si nové heslo",
            "Jestli jste o něj nežádali, nic se neděje.",
            "/password?token=",
        ),
        (
            MailContent::SignInLink { link: link() },
            "Odkaz k přihlášení",
            "Odkaz k přihlášení",
            "Odkaz vás jednou přihlásí.",
            "/sign-in/link?token=",
        ),
        (
            MailContent::AddressAsked { address: Some("zora@vendor.cz".into()), link: link() },
            "Potvrďte novou adresu",
            "Potvrďte novou adresu",
            "Chcete se do Linky přihlašovat adresou zora@vendor.cz.",
            "/address?token=",
        ),
        (
            MailContent::AddressAsked { address: None, link: link() },
            "Potvrďte novou adresu",
            "Potvrďte novou adresu",
            "Jestli o tom nevíte, nepotvrzujte nic a změňte si heslo.",
            "/address?token=",
        ),
        (
            MailContent::PasswordChanged { at: at("2026-11-23T09:00:00+01:00") },
            "Heslo je změněné",
            "Heslo je změněné",
            "Jestli jste to nebyli vy, nechte si hned poslat odkaz k novému heslu",
            "/sign-in/help",
        ),
        (
            MailContent::Invited { customer: "ZŠ Lipová".into(), link: link() },
            "ZŠ Lipová vás zve do Linky",
            "ZŠ Lipová vás zve do Linky",
            "Pokud pozvání nečekáte, nic nedělejte.",
            "/password?token=",
        ),
        (
            MailContent::Registration { organisation: "ZŠ Lipová".into(), link: link() },
            "Dokončete registraci: ZŠ Lipová",
            "Dokončete registraci: ZŠ Lipová",
            "Odkaz platí dnes do 9:00 a použít ho můžete jednou.",
            "/register/open?token=",
        ),
        (
            MailContent::AccessThere { organisation: "ZŠ Lipová".into() },
            "Přístup do Linky už máte",
            "Přístup do Linky už máte",
            "Pokud jste o přístup nežádali, nic nedělejte. Někdo se nejspíš spletl v adrese.",
            "/sign-in",
        ),
        (
            MailContent::AccessAsked { name: "Jana Malá".into() },
            "Jana Malá žádá o přístup",
            "Jana Malá žádá o přístup",
            "Pozvěte ho, nebo žádost odmítněte. Dokud nerozhodnete, nic neuvidí.",
            "/account/people",
        ),
        (
            MailContent::StrangerAsks { name: "Jana Malá".into(), organisation: "ZŠ Lipová".into() },
            "Jana Malá žádá o přístup",
            "Jana Malá žádá o přístup",
            "Chce k zákazníkovi ZŠ Lipová. Rozhoduje ten, kdo organizaci spravuje. Nikdo takový není? Přidejte osobu sami.",
            "/desk/newcomers",
        ),
        (
            MailContent::Newcomer { organisation: "ZŠ Lipová".into() },
            "Nový zákazník: ZŠ Lipová",
            "Nový zákazník: ZŠ Lipová",
            "Zaregistroval se sám. Dokud ho nepotvrdíte, neobjedná urgentní zásah.",
            "/desk/newcomers",
        ),
        (
            MailContent::HandedOver { requests: 2 },
            "Převzali jste 2 požadavky",
            "Převzali jste 2 požadavky",
            "Kolega, který je objednal, už v organizaci není. Domluvené termíny platí a technik teď zavolá vám.",
            "/requests",
        ),
        (
            MailContent::AddressChanged { address: Some("zora@vendor.cz".into()) },
            "Do Linky se přihlašujete novou adresou",
            "Do Linky se přihlašujete novou adresou",
            "Nová adresa je zora@vendor.cz. Heslo zůstává; všude vás to odhlásilo.",
            "/sign-in",
        ),
        (
            MailContent::AddressChanged { address: None },
            "Touto adresou se do Linky už nepřihlásíte",
            "Touto adresou se do Linky už nepřihlásíte",
            "Jestli o tom nevíte, řekněte to vedoucímu.",
            "/sign-in",
        ),
        (
            MailContent::OrderAsked { by: "Petr Dvořák".into() },
            "Petr Dvořák prosí o objednání zásahu",
            "Petr Dvořák prosí, abyste objednali zásah",
            "Domluvte se, co je potřeba, a zásah objednejte.",
            "/order",
        ),
        (
            MailContent::ContestDecided {
                path: "/requests/2026-000123/receipt/1".into(),
                number,
                accepted: true,
                accepted_minutes: None,
                answer: "Máte pravdu, čekali jsme my.".into(),
            },
            "Námitku jsme uznali: požadavek 2026-000123",
            "Námitku jsme uznali",
            "Tuto část práce už neúčtujeme. Kolik účtujeme teď, uvidíte ve vyúčtování.",
            "/requests/2026-000123/receipt/1",
        ),
        (
            MailContent::ContestDecided {
                path: "/requests/2026-000123/receipt/1".into(),
                number,
                accepted: true,
                accepted_minutes: Some(5),
                answer: "Pět minut jsme čekali my.".into(),
            },
            "Námitku jsme uznali zčásti: požadavek 2026-000123",
            "Námitku jsme uznali zčásti",
            "5 min z této části práce už neúčtujeme. Kolik účtujeme teď, uvidíte ve vyúčtování.",
            "/requests/2026-000123/receipt/1",
        ),
        (
            MailContent::VendorWrote {
                number,
                program: "Sklad".into(),
                work_type: "Oprava".into(),
                text: "Kdy se k počítači dostanete?".into(),
                message: MessageId(7),
                reader: MemberId(1),
            },
            "Zpráva k požadavku 2026-000123",
            "Napsali jsme vám",
            "Kdy se k počítači dostanete?",
            page,
        ),
        (
            MailContent::CustomerWrote { number, customer: "Školní jídelna".into(), message: MessageId(7) },
            "Zpráva od zákazníka: Školní jídelna",
            "Zákazník napsal k požadavku, který máte vy",
            "Požadavek 2026-000123, Školní jídelna.",
            "/work/2026-000123",
        ),
        (
            MailContent::Contested { number, reason: "Trvalo to kratší dobu.".into() },
            "Námitka k vašemu úseku: požadavek 2026-000123",
            "Zákazník nesouhlasí s vaším úsekem",
            "Trvalo to kratší dobu.",
            "/work/contests",
        ),
        (
            MailContent::Reopened {
                number,
                customer: "Školní jídelna".into(),
                reason: "Hodiny běžely o přestávce.".into(),
            },
            "Znovu otevřeno: Školní jídelna",
            "Váš uzavřený zásah je znovu otevřený",
            "Hodiny běžely o přestávce.",
            "/work/2026-000123",
        ),
        (
            MailContent::ConsentAnswered {
                number,
                customer: "Školní jídelna".into(),
                by: "Jana Nováková".into(),
                agreed: true,
                new_ceiling: Some(90),
            },
            "Pokračujte do 90 min: Školní jídelna",
            "Pokračujte do 90 min",
            "Požadavek 2026-000123, Školní jídelna. Odpověď dal: Jana Nováková.",
            "/work/2026-000123",
        ),
        (
            MailContent::MissedByUs { appointment: appointment(), choice: SlotChoice::Customer },
            "Omlouváme se, technik se nepřipojil: středa 25. listopadu, 8:00–8:45",
            "Technik se nepřipojil, omlouváme se",
            "Jako přesun se to nepočítá. Nebo nám zavolejte: 377 457 977.",
            "/requests/2026-000123/move",
        ),
        (
            MailContent::MissedByUs { appointment: appointment(), choice: SlotChoice::Dispatch },
            "Omlouváme se, technik se nepřipojil: středa 25. listopadu, 8:00–8:45",
            "Technik se nepřipojil, omlouváme se",
            "Nový termín vám navrhneme přednostně. Můžete nám i zavolat: 377 457 977.",
            page,
        ),
        (
            MailContent::MovedByUs {
                appointment: appointment(),
                former: Slot { start: at("2026-11-24T09:00:00+01:00"), end: at("2026-11-24T09:45:00+01:00") },
                is_closed: false,
            },
            "Omlouváme se, přesunuli jsme váš termín: středa 25. listopadu, 8:00–8:45",
            "Nový termín: středa 25. listopadu, 8:00–8:45",
            "Omlouváme se, domluvený termín (úterý 24. listopadu, 9:00–9:45) jsme museli přesunout: technik, který se měl \
             připojit, v tu dobu nebude k dispozici. Jako přesun se to nepočítá.",
            "/requests/2026-000123/move",
        ),
        (
            MailContent::CalledOffByUs { appointment: appointment(), choice: SlotChoice::Customer, is_closed: true },
            "Omlouváme se, termín musíme zrušit: středa 25. listopadu, 8:00–8:45",
            "Domluvený termín musíme zrušit, omlouváme se",
            "Nemůžeme to dodržet: v ten den máme zavřeno.",
            "/requests/2026-000123/move",
        ),
        (
            MailContent::VisitMissed {
                number,
                sequence: appointment().sequence,
                customer: "Školní jídelna".into(),
                slot: appointment().slot,
                contact_name: "Žofie Řeháková".into(),
                contact_phone: "601 234 567".into(),
            },
            "Zmeškaný termín: Školní jídelna, ve středu 25. listopadu v 8:00",
            "Zmeškaný termín: Školní jídelna",
            "Dokud si nevybere, můžete začít opožděně. U počítače: Žofie Řeháková, 601 234 567.",
            "/work/2026-000123",
        ),
        (
            MailContent::TimesOffered {
                number,
                program: "Sklad".into(),
                work_type: "Školení".into(),
                slots: vec![appointment().slot],
                until: at("2026-11-24T15:30:00+01:00"),
            },
            "Vyberte si termín: požadavek 2026-000123",
            "Nabízíme vám tyto termíny",
            "Středa 25. listopadu, 8:00–8:45",
            "/requests/2026-000123/move",
        ),
        (
            MailContent::Declined {
                number,
                program: "Sklad".into(),
                work_type: "Školení".into(),
                reason: "Toto už neděláme.".into(),
            },
            "Tento požadavek nemůžeme splnit: 2026-000123",
            "Tento požadavek nemůžeme splnit",
            "Důvod: Toto už neděláme.",
            "/requests/2026-000123",
        ),
        (
            MailContent::Reclassified {
                number,
                program: "Sklad".into(),
                work_type: "Oprava".into(),
                urgency: Urgency::Urgent,
                estimate: Estimate {
                    minutes: MinuteRange::new(20, 45),
                    minimum: 20,
                    draws: Vec::new(),
                    remainder: MinuteRange::ZERO,
                    rate: Money::ZERO,
                    remainder_price: None,
                    ceiling: None,
                },
                reason: "Ukázalo se po telefonu.".into(),
            },
            "Upřesnili jsme váš požadavek 2026-000123",
            "Upřesnili jsme váš požadavek",
            "Teď je to urgentní požadavek: Oprava.",
            "/requests/2026-000123",
        ),
        (
            MailContent::VisitPlanned {
                number,
                customer: "Školní jídelna".into(),
                slot: appointment().slot,
                is_theirs: true,
            },
            "Nový termín ve vašem plánu: středa 25. listopadu, 8:00–8:45",
            "Nový termín: Školní jídelna",
            "Požadavek 2026-000123, středa 25. listopadu, 8:00–8:45.",
            "/work",
        ),
        (
            MailContent::DeskWaits { items: vec![waiting(number), waiting(number)], more: 37 },
            "Čeká 39 věcí",
            "Čeká 39 věcí",
            "a dalších 37",
            "/desk/queue",
        ),
        (
            MailContent::CustomersChanged { changes: vec![changed(number)], more: 0 },
            "Přesunutý termín: Školní jídelna",
            "Přesunutý termín: Školní jídelna",
            "Školní jídelna · 2026-000123: Přesunutý termín, středa 25. listopadu, 8:00–8:45",
            "/desk/requests/2026-000123",
        ),
        (
            MailContent::ClockForgotten {
                number,
                customer: "Školní jídelna".into(),
                since: at("2026-11-20T13:00:00+01:00"),
            },
            "Neběží hodiny zbytečně? Školní jídelna",
            "Neběží hodiny zbytečně?",
            "Požadavek 2026-000123, Školní jídelna: hodiny běží od pátku 20. 11. 13:00.",
            "/work/2026-000123",
        ),
        (
            MailContent::PaymentAsked {
                document: document(DocumentKind::Proforma, "2026100001", 638_880),
                payment: payment("2026100001"),
                minutes: 240,
                credited_until: None,
            },
            "Zálohová faktura 2026100001: zaplaťte 6 388,80 Kč do 7. 12. 2026",
            "Zaplaťte 6 388,80 Kč do 7. 12. 2026",
            "240 min připíšeme, jakmile platba přijde.",
            "/documents",
        ),
        (
            MailContent::PaymentAsked {
                document: document(DocumentKind::Invoice, "2026300001", 638_880),
                payment: payment("2026300001"),
                minutes: 240,
                credited_until: Some(day("2027-11-23")),
            },
            "Faktura 2026300001: zaplaťte 6 388,80 Kč do 7. 12. 2026",
            "Zaplaťte 6 388,80 Kč do 7. 12. 2026",
            "240 min jsme připsali hned. Čerpat je můžete do 23. 11. 2027 včetně.",
            "/documents",
        ),
        (
            MailContent::PartReceived {
                document: document(DocumentKind::Payment, "2026200001", 238_880),
                minutes: 240,
                left: Money::from_haler(400_000),
            },
            "Přišla část platby, zbývá 4 000 Kč",
            "Zbývá zaplatit 4 000 Kč",
            "Z ceny balíčku 240 min jsme přijali 2 388,80 Kč. Minuty připíšeme, jakmile přijde zbytek.",
            "/documents",
        ),
        (
            MailContent::MinutesCredited {
                document: document(DocumentKind::Payment, "2026200001", 638_880),
                minutes: 240,
                last_day: day("2027-11-23"),
            },
            "Připsali jsme 240 min",
            "Připsali jsme 240 min",
            "Čerpat je můžete do 23. 11. 2027 včetně. Platbu 6 388,80 Kč jsme přijali, nic dalšího neplaťte.",
            "/usage",
        ),
        (
            MailContent::MonthInvoiced {
                document: DocumentMail { purchase: None, ..document(DocumentKind::Invoice, "2026300001", 90_750) },
                payment: payment("2026300001"),
                month: day("2026-10-31"),
            },
            "Faktura 2026300001: zaplaťte 907,50 Kč do 7. 12. 2026",
            "Zaplaťte 907,50 Kč do 7. 12. 2026",
            "Zásahy nad rámec předplacených minut: říjen 2026.",
            "/documents",
        ),
        (
            MailContent::Credited {
                document: document(DocumentKind::CreditNote, "2026400001", -159_720),
                corrects: "2026200001".into(),
                reason: "Program už nepoužíváte.".into(),
            },
            "Opravný doklad k dokladu 2026200001",
            "Snižujeme doklad 2026200001 o 1 597,20 Kč",
            "Důvod: Program už nepoužíváte.",
            "/documents",
        ),
        (
            MailContent::Outage(outage(OutageStep::Joined, false)),
            "Víme o tom: Sklad se nespustí · 2026-000123",
            "Víme o tom: Sklad se nespustí",
            "Nemusíte nic dělat. Až to bude vyřešené, napíšeme vám.",
            page,
        ),
        (
            MailContent::Outage(outage(OutageStep::News, false)),
            "Novinky: Sklad se nespustí · 2026-000123",
            "Novinky: Sklad se nespustí",
            "Pracujeme na opravě.",
            page,
        ),
        (
            MailContent::Outage(outage(OutageStep::Left, true)),
            "Váš požadavek řešíme zvlášť: Sklad se nespustí to není · 2026-000123",
            "Váš požadavek řešíme zvlášť: Sklad se nespustí to není",
            "Požadavek zůstává otevřený.",
            page,
        ),
        (
            MailContent::Outage(outage(OutageStep::MinimumLifted, false)),
            "Minimum neúčtujeme · 2026-000123",
            "Minimum neúčtujeme",
            "Vyúčtování jsme opravili, zaplatíte jen skutečný čas.",
            page,
        ),
        (
            MailContent::Outage(outage(OutageStep::Over, true)),
            "Vyřešeno: Sklad se nespustí · 2026-000123",
            "Vyřešeno: Sklad se nespustí",
            "Váš požadavek zůstává otevřený, dořešíme ho s vámi.",
            page,
        ),
        (
            MailContent::Outage(OutageMail {
                called_off: Some(Box::new(appointment())),
                ..outage(OutageStep::Over, false)
            }),
            "Vyřešeno: Sklad se nespustí · 2026-000123",
            "Vyřešeno: Sklad se nespustí",
            "Domluvený termín už nebude potřeba, zrušili jsme ho: středa 25. listopadu, 8:00–8:45.",
            page,
        ),
        (
            MailContent::Digest {
                mails: vec![MailContent::Reminder(appointment()), MailContent::HandedOver { requests: 2 }],
                more: 1,
            },
            "Souhrn dne: 3 zprávy",
            "Co je u vás nového",
            "A k tomu další: 1.",
            "/",
        ),
        (
            MailContent::Erased { number: Some("2026-000123".into()) },
            "Obsah je smazaný",
            "Obsah je smazaný",
            "Zůstalo jen to, že jsme jí psali.",
            "/",
        ),
    ]
}

fn waiting(number: RequestNumber) -> WaitingItem {
    WaitingItem {
        number,
        lane: Lane::New,
        urgency: Urgency::Normal,
        customer: "Školní jídelna".into(),
        program: "Sklad".to_owned().into(),
        work_type: "Oprava".to_owned().into(),
        due: at("2026-11-24T09:00:00+01:00"),
    }
}

fn changed(number: RequestNumber) -> ChangedTime {
    ChangedTime {
        number,
        change: TimeChange::Moved,
        urgency: Urgency::Normal,
        customer: "Školní jídelna".into(),
        slot: appointment().slot,
    }
}
