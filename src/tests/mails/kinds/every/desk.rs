//! What the desk, technicians and customers tell one another.

use linka::model::{
    base::{
        ids::{EarlierOfferId, MemberId, MessageId},
        money::Money,
        numbers::RequestNumber,
        terms::Urgency,
    },
    line::catalogue::{MinuteRange, SlotChoice},
    mails::{ChangedTime, MailContent, PlannedVisit, WaitingItem},
    minutes::estimate::Estimate,
    ordering::{offers::Slot, timeline::TimeChange},
    work::lanes::Lane,
};

use super::{super::super::sink::appointment, Kind, NUMBER, PAGE};
use crate::support::at;

pub(super) fn kinds() -> Vec<Kind> {
    let number = NUMBER.parse().expect("a number");
    vec![
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
            MailContent::Merged {
                number,
                into: "2026-000124".parse().expect("a number"),
                program: "Sklad".into(),
                work_type: "Oprava".into(),
            },
            "Požadavek 2026-000123 řešíme pod číslem 2026-000124",
            "Pokračujeme pod číslem 2026-000124",
            "Dva vaše požadavky se týkají téhož, proto jsme je sloučili.",
            PAGE,
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
            PAGE,
        ),
        (
            MailContent::CameByMail { number, program: "Sklad".into(), work_type: "Oprava".into() },
            "Máme váš e-mail: požadavek 2026-000123",
            "Máme váš e-mail",
            "Udělali jsme z něj požadavek.",
            PAGE,
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
            MailContent::MissedByUs { appointment: appointment(), choice: SlotChoice::Customer, credited: 0 },
            "Omlouváme se, technik se nepřipojil: středa 25. listopadu, 8:00–8:45",
            "Technik se nepřipojil, omlouváme se",
            "Jako přesun se to nepočítá. Nebo nám zavolejte: 377 457 977.",
            "/requests/2026-000123/move",
        ),
        (
            MailContent::MissedByUs { appointment: appointment(), choice: SlotChoice::Dispatch, credited: 15 },
            "Omlouváme se, technik se nepřipojil: středa 25. listopadu, 8:00–8:45",
            "Technik se nepřipojil, omlouváme se",
            "Jako omluvu jsme vám připsali 15 min.",
            PAGE,
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
            MailContent::EarlierOffered {
                number,
                program: "Sklad".into(),
                work_type: "Školení".into(),
                offer: EarlierOfferId(1),
                slot: Slot { start: at("2026-11-24T08:00:00+01:00"), end: at("2026-11-24T08:45:00+01:00") },
                agreed: appointment().slot,
                until: at("2026-11-23T08:10:00+01:00"),
            },
            "Uvolnil se dřívější termín: úterý 24. listopadu, 8:00–8:45",
            "Uvolnil se dřívější termín: úterý 24. listopadu, 8:00–8:45",
            "Když neodpovíte, platí dál domluvený termín středa 25. listopadu, 8:00–8:45.",
            "/requests/2026-000123/earlier",
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
            MailContent::PlanChanged { visits: vec![planned(true), planned(false)], more: 3 },
            "5 změn ve vašem plánu",
            "5 změn ve vašem plánu",
            "Školní jídelna · 2026-000123: už není váš, středa 25. listopadu, 8:00–8:45",
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
    ]
}

fn planned(is_theirs: bool) -> PlannedVisit {
    let (number, slot) = (appointment().number, appointment().slot);
    PlannedVisit { number, customer: "Školní jídelna".into(), slot, is_theirs }
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
