//! What the mails say: every kind, in both languages, whatever people write in them.

use std::collections::BTreeSet;

use crate::support::{BASE_URL, World, at, documents};
use linka::{
    model::{
        base::{
            ids::{DocumentId, GrantId, MemberId},
            money::{Money, VatRate},
            numbers::{InterventionRef, RequestNumber},
            terms::Urgency,
        },
        line::catalogue::{MinuteRange, SlotChoice},
        mails::{AppointmentMail, ChangedTime, DocumentMail, MailContent, OutageMail, PaymentDetails, WaitingItem},
        minutes::{
            alerts::{Alert, AlertKind},
            estimate::Estimate,
            pools::PoolKind,
        },
        money::tax_documents::DocumentKind,
        ordering::{offers::Slot, outages::OutageStep},
        work::{
            billing::Bill,
            lanes::Lane,
            pushes::TimeChange,
            receipts::{Receipt, ReceiptDraw, Remainder},
        },
    },
    server::{
        db::MIGRATIONS,
        service::{ordering::requests, people::accounts},
    },
};
use rust_decimal::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

use super::sink::{Received, agree, appointment, member_id, plain, run_due, world, write};

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
fn kinds() -> Vec<(MailContent, &'static str, &'static str, &'static str, &'static str)> {
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
            MailContent::Closed { receipt: Box::new(receipt(1)), finished: true, called_off: None },
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
            },
            "Hotovo: Oprava, 20 min",
            "Hotovo, účtujeme 20 min",
            "Domluvený termín už není potřeba: technik se nepřipojí ve středu 25. listopadu v 8:00.",
            "/requests/2026-000123/receipt/1",
        ),
        (
            MailContent::Closed { receipt: Box::new(receipt(2)), finished: true, called_off: None },
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
            },
            "Opravené vyúčtování: Oprava, 20 min",
            "Opravili jsme vyúčtování, účtujeme 20 min",
            "Proč jsme vyúčtování opravili: Hodiny běžely o přestávce.",
            "/requests/2026-000123/receipt/1",
        ),
        (
            MailContent::Closed { receipt: Box::new(receipt(1)), finished: false, called_off: None },
            "Budeme pokračovat: Oprava, zatím 20 min",
            "Ještě není hotovo, budeme pokračovat",
            "Další termín vyberte na stránce požadavku, nebo nám zavolejte: 377 457 977.",
            page,
        ),
        (
            MailContent::Closed { receipt: Box::new(free), finished: true, called_off: None },
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
            MailContent::ContractEnds {
                contract: "SLS-7".into(),
                last_day: at("2027-06-30T12:00:00+02:00").date_naive(),
            },
            "Smlouva SLS-7 končí 30. 6. 2027",
            "Smlouva platí jen do 30. 6. 2027",
            "Po tomto dni přestane platit rychlost, předplacené minuty i ceny ze smlouvy SLS-7.",
            "/usage/contract",
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
            "Požadavek 2026-000123, Školní jídelna: hodiny běží od pá 20. 11. 2026, 13:00.",
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
            MailContent::Erased { number: Some("2026-000123".into()) },
            "Obsah je smazaný",
            "Obsah je smazaný",
            "Zůstalo jen to, že jsme jí psali.",
            "/",
        ),
    ]
}

/// Writes a mail when it is not overtaken, and has it sent.
async fn send(world: &World, member: MemberId, content: &MailContent, key: &str) {
    // A time that was missed is told of as long as the request waits for another one.
    let is_offered = matches!(content, MailContent::TimesOffered { .. });
    let is_missed = matches!(
        content,
        MailContent::MissedByUs { .. } | MailContent::CalledOffByUs { .. } | MailContent::VisitMissed { .. }
    );
    let state = if is_missed || is_offered { "waiting" } else { "scheduled" };
    world.sql(&format!("update service_request set state = '{state}' where number is not null")).await;
    if is_offered {
        // What is on offer no more is told nobody.
        world
            .sql(
                "insert into slot_offer (id, customer_id, request_id, staff_id, offered_at, expires_at, starts)
                 select gen_random_uuid(), customer_id, id, (select min(id) from staff), '2026-11-23T08:00:00+01:00',
                        '2026-11-24T15:30:00+01:00', array['2026-11-25T08:00:00+01:00'::timestamptz]
                 from service_request where number is not null",
            )
            .await;
    }
    write(world, member, content, key).await;
    run_due(&world.app).await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_kind_of_mail_arrives_as_text_and_html_that_say_the_same(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    agree(&world, &place).await;
    documents::issue(&world.app, place.customer, DocumentKind::Invoice, "1", 100).await.expect("a document");
    let member = member_id(&place.boss);
    let kinds = kinds();
    for (number, (content, ..)) in kinds.iter().enumerate() {
        send(&world, member, content, &number.to_string()).await;
    }
    let mails = sink.mails();
    assert_eq!(mails.len(), kinds.len());
    for (mail, (content, subject, headline, fact, path)) in mails.iter().zip(&kinds) {
        assert_eq!(plain(&mail.subject), *subject);
        let text = plain(&mail.text).replace("\r\n", "\n");
        assert!(text.starts_with(&format!("{headline}\n\n")), "{text}");
        assert!(text.contains(fact), "{fact} is missing:\n{text}");
        assert!(text.contains(&format!(": {BASE_URL}{path}\n\n-- \nTuto zprávu poslala Linka")), "{text}");
        let html = plain(&mail.html);
        for paragraph in
            text.split(['\n']).filter(|line| !line.is_empty() && !line.contains(BASE_URL) && *line != "-- ")
        {
            assert!(html.contains(paragraph), "{paragraph:?} is missing in {html}");
        }
        assert_eq!(mail.links, [format!("{BASE_URL}{path}")], "one link and nothing that is loaded");
        assert!(!mail.phones.is_empty(), "whoever is asked to call can: {subject}");
        assert!(mail.phones.iter().all(|phone| phone == "tel:+420377457977"), "{:?}", mail.phones);
        check_envelope(mail, format!("member{member}@example.com"));
        let is_mixed = content.document().is_some();
        assert_eq!(mail.content_type, if is_mixed { "multipart/mixed" } else { "multipart/alternative" });
        assert_eq!(mail.files.len(), usize::from(is_mixed), "{subject}");
        let has_event = matches!(
            content,
            MailContent::Confirmed(_)
                | MailContent::Moved(_)
                | MailContent::Cancelled(_)
                | MailContent::MissedByUs { .. }
                | MailContent::MovedByUs { .. }
                | MailContent::CalledOffByUs { .. }
                | MailContent::Closed { called_off: Some(_), .. }
                | MailContent::Outage(OutageMail { called_off: Some(_), .. })
        );
        assert_eq!(mail.event.is_some(), has_event, "{subject}");
    }
    let identities: BTreeSet<_> = mails.iter().map(|mail| &mail.message_id).collect();
    assert_eq!(identities.len(), mails.len());
    assert!(super::sink::troubled(&world).await.is_empty());
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

fn check_envelope(mail: &Received, to: String) {
    assert_eq!((&mail.to, mail.to_name.as_str()), (&to, "Jana Nováková"));
    assert_eq!(mail.from, "Linka – zákaznická linka <linka@example.com>");
    assert_eq!(at(&mail.date), at("2026-11-23T08:00:00+01:00"));
    assert!(mail.message_id.ends_with("@example.com>"), "{}", mail.message_id);
    assert_eq!(mail.auto_submitted, "auto-generated");
    assert_eq!(mail.parts[..2], ["text/plain", "text/html"]);
    assert!(mail.defects.is_empty(), "{:?}", mail.defects);
    for banned in ["script", "img", "iframe", "form"] {
        assert!(!mail.elements.iter().any(|element| element == banned), "{banned}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn over_move_and_cancel_the_event_keeps_its_uid_and_its_sequence_rises(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let number = world.book(&orderer, order, starts[0]).await.expect("a booking");
    run_due(&world.app).await;
    for _ in 0..2 {
        let key = Uuid::from_u128(1);
        requests::move_appointment(&world.app, &orderer, number, Some(starts[5]), key).await.expect("a move");
    }
    run_due(&world.app).await;
    // With characters that no XML may hold: they stopped the mail, and with it the calendar's CANCEL.
    let reason = "Už\u{fffe} to\u{202e} jde";
    requests::cancel(&world.app, &orderer, number, reason, Uuid::from_u128(2)).await.expect("cancelled");
    run_due(&world.app).await;

    let mails = sink.mails();
    assert_eq!(mails.len(), 3, "the repeated form mailed once");
    assert!(mails[2].text.contains("Důvod: Už to jde"));
    let events: Vec<_> = mails.iter().map(|mail| mail.event.clone().expect("an event")).collect();
    let expected = [
        ("REQUEST", 0, "CONFIRMED", starts[0]),
        ("REQUEST", 1, "CONFIRMED", starts[5]),
        ("CANCEL", 2, "CANCELLED", starts[5]),
    ];
    for ((event, mail), (method, sequence, status, start)) in events.iter().zip(&mails).zip(expected) {
        assert_eq!(mail.parts, ["text/plain", "text/html", "text/calendar"]);
        assert_eq!(event.errors, [""; 0]);
        assert_eq!(
            (event.method.as_str(), event.part_method.as_str(), event.version.as_str()),
            (method, method, "2.0")
        );
        assert_eq!((&event.uid, event.sequence), (&format!("{order}@linka"), sequence));
        assert_eq!(event.status, status);
        assert_eq!((at(&event.start), at(&event.end)), (start, start + chrono::TimeDelta::minutes(60)));
        assert_eq!(event.summary, "Vzdálený zásah: Oprava, Sklad");
        assert!(plain(&event.description).contains("U počítače bude Petr Dvořák."), "{}", event.description);
        assert!(event.description.ends_with(&format!("{BASE_URL}/requests/{number}")), "{}", event.description);
        assert_eq!((event.location.as_str(), &event.url), ("TeamViewer", &format!("{BASE_URL}/requests/{number}")));
        assert_eq!(
            (event.organizer.as_str(), event.organizer_name.as_str()),
            ("mailto:linka@example.com", "Linka – zákaznická linka")
        );
        assert_eq!((&event.attendee, event.attendee_name.as_str()), (&format!("mailto:{}", mail.to), "Jana Nováková"));
        assert_eq!(event.partstat, "ACCEPTED");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn people_are_written_to_in_the_language_that_they_chose(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    agree(&world, &place).await;
    documents::issue(&world.app, place.customer, DocumentKind::Invoice, "1", 100).await.expect("a document");
    accounts::choose_language(&world.app, &place.boss, "en").await.expect("English");
    for (number, (content, ..)) in kinds().iter().enumerate() {
        send(&world, member_id(&place.boss), content, &number.to_string()).await;
    }
    let mails = sink.mails();
    assert_eq!(mails.len(), kinds().len());
    let confirmed =
        mails.iter().find(|mail| plain(&mail.subject) == "Your time is agreed: Wednesday 25 November, 8:00–8:45");
    let event = confirmed.and_then(|mail| mail.event.as_ref()).expect("an event");
    assert_eq!(event.summary, "Remote intervention: Oprava, Sklad");
    for mail in &mails {
        assert!(mail.text.contains("Linka sent this message automatically."), "{}", mail.text);
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_is_no_customer_any_more_is_told_what_is_owed_and_nothing_else(pool: PgPool) {
    let (world, _sink) = world(pool).await;
    let place = world.place("A").await;
    world.sql("update customer set active = false").await;
    // What is written here is never sent: it tells of things that are not there.
    world.ends_with.jobs();
    for (number, (content, ..)) in kinds().iter().enumerate() {
        write(&world, member_id(&place.boss), content, &number.to_string()).await;
    }
    let written: Vec<String> =
        sqlx::query_scalar("select distinct kind from mail").fetch_all(world.app.db.pool()).await.expect("mails");
    let all: BTreeSet<&str> = kinds().iter().map(|(content, ..)| content.code()).collect();
    let owed: BTreeSet<&str> = all.into_iter().filter(|kind| !["alert", "contract_ends"].contains(kind)).collect();
    assert_eq!(written.iter().map(String::as_str).collect::<BTreeSet<_>>(), owed);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_people_write_is_neither_markup_nor_header(pool: PgPool) {
    let (world, sink) = world(pool).await;
    let place = world.place("A").await;
    // As a name that stood before names were checked.
    world.sql("alter table member drop constraint kept_name").await;
    let hostile = "<script>alert(1)</script> {x} {{y}} &amp; \"q\" </mj-text><mj-raw>";
    world.sql("update member set name = E'Jana \"J\"; Nováková\\r\\nBcc: thief@example.com'").await;
    let appointment = AppointmentMail {
        program: format!("{hostile}\r\nBcc: thief@example.com").into(),
        work_type: hostile.into(),
        contact_name: "Eva; \"E\"\r\nATTENDEE:mailto:thief@example.com".into(),
        reason: hostile.into(),
        ..appointment()
    };
    write(&world, member_id(&place.boss), &MailContent::Moved(appointment), "1").await;
    let clock = MailContent::ClockForgotten {
        number: "2026-000123".parse().expect("a number"),
        customer: format!("{hostile}\r\nBcc: thief@example.com"),
        since: at("2026-11-20T13:00:00+01:00"),
    };
    write(&world, member_id(&place.boss), &clock, "2").await;
    run_due(&world.app).await;

    let mails = sink.mails();
    assert_eq!(mails.len(), 2, "{:?}", super::sink::troubled(&world).await);
    for mail in &mails {
        assert!(!mail.headers.iter().any(|name| name.eq_ignore_ascii_case("bcc")), "{:?}", mail.headers);
        assert!(mail.defects.is_empty(), "{:?}", mail.defects);
        assert!(!mail.elements.iter().any(|element| element == "script"), "{:?}", mail.elements);
        assert_eq!(mail.links.len(), 1);
        assert!(
            mail.html.contains("<script>alert(1)</script> {x} {{y}} &amp; \"q\" </mj-text><mj-raw>"),
            "{}",
            mail.html
        );
    }
    let event = mails.iter().find_map(|mail| mail.event.as_ref()).expect("an event");
    assert!(event.errors.is_empty(), "{:?}", event.errors);
    assert!(event.attendee.ends_with("@example.com") && !event.attendee.contains("thief"), "{}", event.attendee);
    assert!(event.summary.contains(hostile), "{}", event.summary);
}
