//! What is written with tax documents.

use linka::model::{
    base::{
        bilingual::Bilingual,
        ids::{CustomerId, DocumentId},
        money::Money,
    },
    mails::{DocumentMail, FeeOf, MailContent, PaymentDetails},
    money::{
        bank::StatementSource,
        payment_reminders::{PaymentStage, RemindedDebt, ReminderMail},
        statements::{SourceFailure, SourceTrouble},
        tax_documents::DocumentKind,
    },
};

use super::Kind;
use crate::support::at;

pub(super) fn kinds() -> Vec<Kind> {
    vec![
        (
            MailContent::UsedInvoiced {
                document: document(DocumentKind::Invoice, "2026300001", 638_880),
                payment: payment("2026300001"),
                minutes: 40,
            },
            "Faktura 2026300001: zaplaťte 6 388,80 Kč do 7. 12. 2026",
            "Zaplaťte 6 388,80 Kč do 7. 12. 2026",
            "Z balíčku jste vyčerpali 40 min, ale platba za něj patřila jinam. Tyto minuty proto účtujeme.",
            "/documents",
        ),
        (
            MailContent::StatementsFail(SourceTrouble {
                source: StatementSource::Fio,
                failure: SourceFailure::Refused,
                fault: None,
                since: at("2026-11-23T07:00:00+01:00"),
            }),
            "Výpisy z Fio banky přestaly přicházet",
            "Výpisy z Fio banky přestaly přicházet",
            "Banka odmítá náš token: přestal platit, nebo je jiný. Vytvořte v internetovém bankovnictví nový, jen pro sledování účtu, a spusťte Linku s ním (LINKA_FIO_TOKEN).",
            "/settings/connections",
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
                payment: Some(PaymentDetails { due_on: None, ..payment("2026100001") }),
            },
            "Přišla část platby, zbývá 4 000 Kč",
            "Zbývá zaplatit 4 000 Kč",
            "Z ceny balíčku 240 min jsme přijali 2 388,80 Kč. Minuty připíšeme, jakmile přijde zbytek.",
            "/documents",
        ),
        (
            MailContent::RestAsked {
                number: "2026300001".to_owned(),
                kind: DocumentKind::Invoice,
                left: Money::from_haler(400_000),
                payment: payment("2026300001"),
            },
            "Faktura 2026300001: zbývá zaplatit 4 000 Kč",
            "Zbývá zaplatit 4 000 Kč",
            "Na doklad Faktura 2026300001 přišla jen část. Zaplaťte ještě zbytek:",
            "/documents/2026300001/payment",
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
                fee: None,
            },
            "Faktura 2026300001: zaplaťte 907,50 Kč do 7. 12. 2026",
            "Zaplaťte 907,50 Kč do 7. 12. 2026",
            "Zásahy nad rámec předplacených minut: říjen 2026.",
            "/documents",
        ),
        (
            MailContent::MonthInvoiced {
                document: DocumentMail { purchase: None, ..document(DocumentKind::Invoice, "2026300002", 605_000) },
                payment: payment("2026300002"),
                month: day("2026-10-01"),
                fee: Some(FeeOf {
                    contract: "SLS-2026-0001".into(),
                    from: day("2026-10-01"),
                    until: day("2026-12-31"),
                }),
            },
            "Faktura 2026300002: zaplaťte 6 050 Kč do 7. 12. 2026",
            "Zaplaťte 6 050 Kč do 7. 12. 2026",
            "Poplatek podle smlouvy SLS-2026-0001 za dobu 1. 10. 2026 – 31. 12. 2026.",
            "/documents",
        ),
        reminder(),
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
    ]
}

/// What is overdue, as the sender's table of invoices from before has it.
fn reminder() -> Kind {
    (
        MailContent::PaymentReminder(ReminderMail {
            stage: PaymentStage::Second,
            customer: CustomerId(1),
            name: "Škola".into(),
            day: day("2026-11-23"),
            subject: Bilingual { cs: "Druhá upomínka: {total}".into(), en: "Second reminder: {total}".into() },
            text: Bilingual {
                cs: "Dobrý den,\n\nchybí nám {count}, úrok {interest}.".into(),
                en: "Hello,\n\nwe are missing {count}, interest {interest}.".into(),
            },
            debts: vec![RemindedDebt {
                number: "F-77".into(),
                variable_symbol: "77".into(),
                due_on: day("2026-11-03"),
                owed: Money::from_haler(90_750),
                is_ours: false,
            }],
            interest: 1_275,
            account: "19-2000145399/0800".into(),
            iban: "CZ6508000000192000145399".into(),
            bic: "GIBACZPX".into(),
            recipient: "Linka software s.r.o.".into(),
        }),
        "Druhá upomínka: 907,50 Kč",
        "Po splatnosti je 907,50 Kč",
        "chybí nám 1 doklad, úrok 6,34 Kč.",
        "/documents",
    )
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
        bic: "GIBACZPX".into(),
        recipient: "Linka software s.r.o.".into(),
        variable_symbol: number.parse().ok(),
        due_on: Some(day("2026-12-07")),
    }
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}
