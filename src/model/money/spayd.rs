//! How a document asks for a transfer: the text of QR Platba.

use chrono::NaiveDate;

use super::variable_symbol::VariableSymbol;
use crate::model::base::{money::Money, text::without_accents};

/// A request for a payment as QR Platba encodes it (Short Payment Descriptor 1.0, qr-platba.cz).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRequest<'a> {
    /// The account, without spaces.
    pub iban: &'a str,
    /// The bank; empty where nobody knows it.
    pub bic: &'a str,
    /// How much.
    pub amount: Money,
    /// Under which symbol.
    pub variable_symbol: VariableSymbol,
    /// Until when.
    pub due_on: Option<NaiveDate>,
    /// What the payer's statement says, at most 60 characters of it.
    pub message: &'a str,
    /// Who gets it, at most 35 characters of it.
    pub recipient: &'a str,
}

impl PaymentRequest<'_> {
    /// The text that the code encodes: `SPD*1.0*ACC:…*AM:…*CC:CZK*…`.
    #[must_use]
    pub fn spayd(&self) -> String {
        let bank = if self.bic.is_empty() { String::new() } else { format!("+{}", self.bic) };
        let mut text = format!("SPD*1.0*ACC:{}{bank}*AM:{:.2}*CC:CZK", self.iban, self.amount.to_crowns());
        if let Some(due_on) = self.due_on {
            text += &format!("*DT:{}", due_on.format("%Y%m%d"));
        }
        text += &format!("*X-VS:{}", self.variable_symbol);
        for (key, value, most) in [("MSG", self.message, 60), ("RN", self.recipient, 35)] {
            let value = spayd_text(value, most);
            if !value.is_empty() {
                text += &format!("*{key}:{value}");
            }
        }
        text
    }
}

/// Text as it may stand in a descriptor: plain capital letters, so that the code stays small and every bank reads it. What means
/// something else there is escaped: the asterisk ends a field, and a plus is a blank to whoever decodes the text as an address. No
/// more characters than allowed, the escapes counted as they are written.
fn spayd_text(text: &str, most: usize) -> String {
    // Capital first: a sharp s has none of its own.
    let plain = without_accents(&text.trim().to_uppercase());
    let mut written = String::new();
    for letter in plain.chars() {
        let escaped = match letter {
            '*' | '+' | '%' => format!("%{:02X}", u32::from(letter)),
            _ if letter.is_ascii_alphanumeric() || " $-./:".contains(letter) => letter.to_string(),
            _ => continue,
        };
        if written.len() + escaped.len() > most {
            break;
        }
        written += &escaped;
    }
    written.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::date;

    #[test]
    fn a_payment_request_reads_as_its_standard_says() {
        let request = PaymentRequest {
            iban: "CZ6508000000192000145399",
            bic: "GIBACZPX",
            amount: Money::from_haler(319_440),
            variable_symbol: "2026100001".parse().unwrap(),
            due_on: Some(date("2026-12-07")),
            message: "Předplatné 120 min *2026*",
            recipient: "Linka software s.r.o.",
        };
        assert_eq!(
            request.spayd(),
            "SPD*1.0*ACC:CZ6508000000192000145399+GIBACZPX*AM:3194.40*CC:CZK*DT:20261207*X-VS:2026100001\
             *MSG:PREDPLATNE 120 MIN %2A2026%2A*RN:LINKA SOFTWARE S.R.O."
        );
    }

    #[test]
    fn text_of_the_neighbours_keeps_its_letters_and_what_means_something_else_is_escaped() {
        let of = |text| spayd_text(text, 60);
        assert_eq!(of("Müller & Söhne, Straße 5"), "MULLER  SOHNE STRASSE 5");
        assert_eq!(of("Ľubomír Kôň, Ďurčiná, vŕba"), "LUBOMIR KON DURCINA VRBA");
        assert_eq!(of("u\u{308}ber"), "UBER", "a letter and its dots apart");
        assert_eq!(of("120 + 60 min"), "120 %2B 60 MIN");
        assert_eq!(of("sleva 5 %*"), "SLEVA 5 %25%2A");
        assert_eq!(of("  \u{1f4bb} "), "");
    }

    #[test]
    fn text_is_cut_between_characters_and_never_within_an_escape() {
        assert_eq!(spayd_text("ab+cd", 4), "AB");
        assert_eq!(spayd_text("ab+cd", 5), "AB%2B");
        assert_eq!(spayd_text("ab cd", 3), "AB", "nor ends in a blank");
        assert_eq!(spayd_text(&"+".repeat(60), 60).len(), 60);
    }

    /// The account as an IBAN (Decree 169/2011 Coll.: `CZ`, check digits, bank, prefix, number; ISO 13616).
    ///
    /// * `account` – as Czechs write it, `19-2000145399/0800`
    fn iban(account: &str) -> Option<String> {
        let (number, bank) = account.split_once('/')?;
        let (prefix, number) = number.split_once('-').unwrap_or(("", number));
        let digits = |text: &str, most: usize| text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
        if bank.len() != 4 || number.len() < 2 || !digits(bank, 4) || !digits(prefix, 6) || !digits(number, 10) {
            return None;
        }
        let bban = format!("{bank}{prefix:0>6}{number:0>10}");
        // C = 12, Z = 35; the check digits are what makes the whole 1 modulo 97.
        let remainder =
            format!("{bban}123500").bytes().fold(0, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
        Some(format!("CZ{:02}{bban}", 98 - remainder))
    }

    #[test]
    fn an_account_has_its_iban() {
        assert_eq!(iban("19-2000145399/0800").as_deref(), Some("CZ6508000000192000145399"));
        assert_eq!(iban("2000145399/0800").map(|iban| iban.len()), Some(24));
        for none in ["", "1/0800", "19-2000145399", "19-2000145399/08000", "1234567-2000145399/0800", "a-12/0800"] {
            assert_eq!(iban(none), None, "{none}");
        }
    }
}
