//! What customers are told of an outage.

use linka::model::{
    mails::{MailContent, OutageMail},
    ordering::outages::OutageStep,
};

use super::{super::super::sink::appointment, Kind, NUMBER, PAGE};

pub(super) fn kinds() -> Vec<Kind> {
    vec![
        (
            MailContent::Outage(outage(OutageStep::Joined, false)),
            "Víme o tom: Sklad se nespustí · 2026-000123",
            "Víme o tom: Sklad se nespustí",
            "Nemusíte nic dělat. Až to bude vyřešené, napíšeme vám.",
            PAGE,
        ),
        (
            MailContent::Outage(outage(OutageStep::News, false)),
            "Novinky: Sklad se nespustí · 2026-000123",
            "Novinky: Sklad se nespustí",
            "Pracujeme na opravě.",
            PAGE,
        ),
        (
            MailContent::Outage(outage(OutageStep::Left, true)),
            "Váš požadavek řešíme zvlášť: Sklad se nespustí to není · 2026-000123",
            "Váš požadavek řešíme zvlášť: Sklad se nespustí to není",
            "Požadavek zůstává otevřený.",
            PAGE,
        ),
        (
            MailContent::Outage(outage(OutageStep::MinimumLifted, false)),
            "Minimum neúčtujeme · 2026-000123",
            "Minimum neúčtujeme",
            "Vyúčtování jsme opravili, zaplatíte jen skutečný čas.",
            PAGE,
        ),
        (
            MailContent::Outage(outage(OutageStep::Over, true)),
            "Vyřešeno: Sklad se nespustí · 2026-000123",
            "Vyřešeno: Sklad se nespustí",
            "Váš požadavek zůstává otevřený, dořešíme ho s vámi.",
            PAGE,
        ),
        (
            MailContent::Outage(OutageMail {
                called_off: Some(Box::new(appointment())),
                ..outage(OutageStep::Over, false)
            }),
            "Vyřešeno: Sklad se nespustí · 2026-000123",
            "Vyřešeno: Sklad se nespustí",
            "Domluvený termín už nebude potřeba, zrušili jsme ho: středa 25. listopadu, 8:00–8:45.",
            PAGE,
        ),
    ]
}

fn outage(step: OutageStep, goes_on: bool) -> OutageMail {
    OutageMail {
        step,
        number: NUMBER.parse().expect("a number"),
        program: "Sklad".into(),
        work_type: "Oprava".into(),
        name: "Sklad se nespustí".into(),
        text: "Pracujeme na opravě.".into(),
        goes_on,
        called_off: None,
    }
}
