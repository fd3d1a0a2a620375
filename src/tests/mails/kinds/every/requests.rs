//! What customers are told of their requests: agreed times, and what the work came to.

use linka::model::{
    base::{
        ids::GrantId,
        money::{Money, VatRate},
        numbers::InterventionRef,
        terms::Urgency,
    },
    mails::{AppointmentMail, MailContent},
    minutes::pools::PoolKind,
    work::{
        billing::Bill,
        receipts::{Receipt, ReceiptDraw, Remainder},
        remote_sessions::SessionLink,
    },
};
use rust_decimal::Decimal;

use super::{super::super::sink::appointment, Kind, NUMBER, PAGE, link};
use crate::support::at;

pub(super) fn kinds() -> Vec<Kind> {
    let number = NUMBER.parse().expect("a number");
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
            PAGE,
        ),
        (
            MailContent::Moved(with_reason()),
            "Termín je přesunutý: středa 25. listopadu, 8:00–8:45",
            slot,
            "Důvod: Onemocněl technik",
            PAGE,
        ),
        (
            MailContent::Soon {
                session: SessionLink::parse("https://get.teamviewer.com/s12345678"),
                appointment: appointment(),
                computers: vec!["PC kuchyň 123456789".into()],
                link: link(),
            },
            "Technik se připojí ve středu 25. listopadu v 8:00: je všechno připravené?",
            "Technik se připojí ve středu 25. listopadu v 8:00",
            "TeamViewer: PC kuchyň 123456789",
            "/ready?link=00000000-0000-0000-0000-000000000007&token=",
        ),
        (
            MailContent::Cancelled(with_reason()),
            "Termín je zrušený: středa 25. listopadu, 8:00–8:45",
            "Termín je zrušený",
            "Technik se nepřipojí ve středu 25. listopadu v 8:00.",
            PAGE,
        ),
        (
            MailContent::Withdrawn(appointment()),
            "Objednávka je vzatá zpět: středa 25. listopadu, 8:00–8:45",
            "Objednávka je vzatá zpět",
            "Vzali jste ji zpět hned po odeslání. Nic nestojí a nikde se nepočítá.",
            PAGE,
        ),
        (
            MailContent::Reminder(appointment()),
            "Připomínka: technik se připojí ve středu 25. listopadu v 8:00",
            "Technik se připojí ve středu 25. listopadu v 8:00",
            "U počítače bude Žofie Řeháková, technik zavolá na 601 234 567.",
            PAGE,
        ),
        (
            MailContent::NoShow(appointment()),
            "Nezastihli jsme vás: středa 25. listopadu, 8:00–8:45",
            "Nezastihli jsme vás",
            "Za tento termín nic neúčtujeme. Nový vyberte na stránce požadavku, nebo nám zavolejte: 377 457 977.",
            PAGE,
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
            PAGE,
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
            PAGE,
        ),
        (
            MailContent::Closed { receipt: Box::new(free), finished: true, called_off: None, rating: None },
            "Hotovo: Oprava, nic neúčtujeme",
            "Hotovo, nic neúčtujeme",
            "Nic se neúčtuje: čekání a opravy našich chyb jsou zdarma.",
            "/requests/2026-000123/receipt/1",
        ),
    ]
}

fn receipt(version: u32) -> Receipt {
    Receipt {
        rule_version: 1,
        version,
        intervention: InterventionRef { number: NUMBER.parse().expect("a number"), ordinal: 1 },
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
        connections: Vec::new(),
        lifted: None,
        draws: vec![ReceiptDraw { grant: GrantId(1), kind: PoolKind::Contract, expires_at: None, minutes: 12 }],
        remainder: Some(Remainder::new(
            8,
            Money::from_haler(2_500),
            VatRate::from_percent(Decimal::from(21)).expect("a rate"),
        )),
    }
}
