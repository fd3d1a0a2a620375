//! Which payments by transfer a mail asks for, as banks' applications scan them.

use chrono::NaiveDate;

use super::{MailContent, PaymentDetails};
use crate::model::{
    base::money::Money,
    money::{payment_reminders::ReminderMail, spayd::PaymentRequest},
};

/// The most codes that one mail shows: of more documents it shows those that are overdue the longest, and links to all.
const MOST_CODES: usize = 10;

/// A payment that a mail asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedPayment {
    /// The number of what is paid; its symbol where the mail does not name it.
    pub number: String,
    /// How much.
    pub amount: Money,
    /// The text of its code.
    pub spayd: String,
}

impl MailContent {
    /// The payments by transfer that the mail asks for.
    ///
    /// * `today` – a day that is over stands in no code: banks' applications refuse it
    #[must_use]
    pub fn asked_payments(&self, today: NaiveDate) -> Vec<AskedPayment> {
        let one = |payment: &PaymentDetails, number: &str, amount| {
            asked(payment, number, amount, today).into_iter().collect()
        };
        match self {
            Self::PaymentAsked { document, payment, .. } | Self::MonthInvoiced { document, payment, .. } => {
                one(payment, &document.number, document.total)
            }
            Self::RestAsked { number, left, payment, .. } => one(payment, number, *left),
            Self::PartReceived { left, payment: Some(payment), .. } => {
                let symbol = payment.variable_symbol.map(|symbol| symbol.to_string()).unwrap_or_default();
                one(payment, &symbol, *left)
            }
            Self::PaymentReminder(letter) => overdue(letter, today),
            _ => Vec::new(),
        }
    }
}

fn overdue(letter: &ReminderMail, today: NaiveDate) -> Vec<AskedPayment> {
    let payments = letter.debts.iter().filter_map(|debt| {
        let payment = PaymentDetails {
            account: letter.account.clone(),
            iban: letter.iban.clone(),
            bic: letter.bic.clone(),
            recipient: letter.recipient.clone(),
            variable_symbol: debt.variable_symbol.parse().ok(),
            due_on: Some(debt.due_on),
        };
        asked(&payment, &debt.number, debt.owed, today)
    });
    payments.take(MOST_CODES).collect()
}

/// None without an account, a symbol or anything to pay.
fn asked(payment: &PaymentDetails, number: &str, amount: Money, today: NaiveDate) -> Option<AskedPayment> {
    let variable_symbol = payment.variable_symbol?;
    if payment.iban.is_empty() || amount <= Money::ZERO {
        return None;
    }
    let request = PaymentRequest {
        iban: &payment.iban,
        bic: &payment.bic,
        amount,
        variable_symbol,
        due_on: payment.due_on.filter(|due_on| *due_on >= today),
        message: number,
        recipient: &payment.recipient,
    };
    Some(AskedPayment { number: number.to_owned(), amount, spayd: request.spayd() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        base::{bilingual::Bilingual, ids::CustomerId},
        fixtures::date,
        money::{
            payment_reminders::{PaymentStage, RemindedDebt},
            tax_documents::DocumentKind,
        },
    };

    const IBAN: &str = "CZ6508000000192000145399";

    fn rest(symbol: &str, left: i64) -> MailContent {
        MailContent::RestAsked {
            number: "FV-26-7".into(),
            kind: DocumentKind::Invoice,
            left: Money::from_haler(left),
            payment: PaymentDetails {
                account: "19-2000145399/0800".into(),
                iban: IBAN.into(),
                bic: String::new(),
                recipient: String::new(),
                variable_symbol: symbol.parse().ok(),
                due_on: Some(date("2026-12-07")),
            },
        }
    }

    #[test]
    fn what_is_to_be_paid_is_asked_for_with_account_symbol_and_amount() {
        let spayd =
            |content: &MailContent, today| content.asked_payments(date(today)).pop().map(|payment| payment.spayd);
        let asked = format!("SPD*1.0*ACC:{IBAN}*AM:400.00*CC:CZK*DT:20261207*X-VS:267*MSG:FV-26-7");
        assert_eq!(spayd(&rest("267", 40_000), "2026-12-07"), Some(asked));
        let late = format!("SPD*1.0*ACC:{IBAN}*AM:400.00*CC:CZK*X-VS:267*MSG:FV-26-7");
        assert_eq!(spayd(&rest("267", 40_000), "2026-12-08"), Some(late), "that day is over");
        assert_eq!(spayd(&rest("", 40_000), "2026-12-07"), None, "without a symbol");
        assert_eq!(spayd(&rest("267", 0), "2026-12-07"), None, "nothing is left");
        assert_eq!(spayd(&MailContent::SubscriptionPaused, "2026-12-07"), None);
    }

    #[test]
    fn a_reminder_asks_for_each_document_and_shows_the_first_ten() {
        let debt = |serial: i64| RemindedDebt {
            number: format!("F-{serial}"),
            variable_symbol: format!("77{serial}"),
            due_on: date("2026-11-03"),
            owed: Money::from_haler(100 * serial),
            is_ours: false,
        };
        let letter = ReminderMail {
            stage: PaymentStage::Second,
            customer: CustomerId(1),
            name: "Škola".into(),
            day: date("2026-11-23"),
            subject: Bilingual::default(),
            text: Bilingual::default(),
            debts: (1..=12).map(debt).collect(),
            interest: 0,
            account: String::new(),
            iban: IBAN.into(),
            bic: "GIBACZPX".into(),
            recipient: "Linka".into(),
        };
        let asked = MailContent::PaymentReminder(letter).asked_payments(date("2026-11-23"));
        assert_eq!(asked.len(), MOST_CODES);
        assert_eq!((asked[1].number.as_str(), asked[1].amount), ("F-2", Money::from_haler(200)));
        let expected = format!("SPD*1.0*ACC:{IBAN}+GIBACZPX*AM:2.00*CC:CZK*X-VS:772*MSG:F-2*RN:LINKA");
        assert_eq!(asked[1].spayd, expected);
    }
}
