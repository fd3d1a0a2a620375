//! A customer as documents call it, and on which terms it pays.

use serde::{Deserialize, Serialize};

use crate::model::base::fields::{FieldCode, FieldProblem, keep_line};

/// The most characters of a street or a town.
const LINE_MAX: usize = 100;

/// Where a customer has its seat, and its number for VAT: what a tax document says beside the name and the IČO.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// The town.
    pub city: String,
    /// The postal code, `301 00`.
    pub postal_code: String,
    /// DIČ; empty for one who pays no VAT.
    pub dic: String,
}

impl Address {
    /// The address as it is kept, or every field that is not right.
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(&self) -> Result<Self, Vec<FieldProblem>> {
        let (postal_code, dic) = (grouped(&self.postal_code), without_blanks(&self.dic).to_uppercase());
        let wrong_postal_code = check_postal_code(&postal_code);
        let wrong_dic = (!is_dic(&dic)).then_some(FieldCode::Unknown);
        match (keep_line(&self.street, 1..=LINE_MAX), keep_line(&self.city, 1..=LINE_MAX)) {
            (Ok(street), Ok(city)) if wrong_postal_code.is_none() && wrong_dic.is_none() => {
                Ok(Self { street, city, postal_code, dic })
            }
            (street, city) => Err([
                ("street", street.err()),
                ("city", city.err()),
                ("postal_code", wrong_postal_code),
                ("dic", wrong_dic),
            ]
            .into_iter()
            .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
            .collect()),
        }
    }
}

/// What a customer's documents and payments go by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Billing {
    /// Its address.
    pub address: Address,
    /// Whether a transfer has the minutes credited at once, against an invoice.
    pub trusted: bool,
}

fn without_blanks(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace()).collect()
}

/// "30100" as it is printed: "301 00".
fn grouped(typed: &str) -> String {
    let digits = without_blanks(typed);
    match digits.split_at_checked(3) {
        Some((district, rest)) if !rest.is_empty() => format!("{district} {rest}"),
        _ => digits,
    }
}

fn check_postal_code(grouped: &str) -> Option<FieldCode> {
    let is_five_digits =
        grouped.len() == 6 && grouped.bytes().enumerate().all(|(place, byte)| place == 3 || byte.is_ascii_digit());
    match (grouped, is_five_digits) {
        ("", _) => Some(FieldCode::Missing),
        (_, true) => None,
        (_, false) => Some(FieldCode::Unknown),
    }
}

/// Nothing, or a Czech number for VAT.
fn is_dic(text: &str) -> bool {
    text.is_empty()
        || text
            .strip_prefix("CZ")
            .is_some_and(|digits| (8..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(street: &str, city: &str, postal_code: &str, dic: &str) -> Address {
        Address { street: street.into(), city: city.into(), postal_code: postal_code.into(), dic: dic.into() }
    }

    #[test]
    fn an_address_is_kept_as_it_is_printed() {
        let kept = typed(" Lipová 5 ", "Plzeň", "30100", "cz 12345678").check();
        assert_eq!(kept, Ok(typed("Lipová 5", "Plzeň", "301 00", "CZ12345678")));
        assert_eq!(typed("Lipová 5", "Plzeň", "301 00", "").check(), Ok(typed("Lipová 5", "Plzeň", "301 00", "")));
    }

    #[test]
    fn every_field_that_is_not_right_is_told() {
        let wrong = |address: Address| {
            let fields = address.check().expect_err("something is wrong");
            fields.into_iter().map(|field| (field.field, field.code)).collect::<Vec<_>>()
        };
        use FieldCode::{Missing, TooLong, Unknown};
        let named = |fields: &[(&str, FieldCode)]| {
            fields.iter().map(|(field, code)| ((*field).to_owned(), *code)).collect::<Vec<_>>()
        };
        assert_eq!(
            wrong(typed("", " ", "", "12345678")),
            named(&[("street", Missing), ("city", Missing), ("postal_code", Missing), ("dic", Unknown)])
        );
        for code in ["3010", "301000", "301-00", "3010a", "30ž0", "ééé"] {
            assert_eq!(wrong(typed("A 1", "B", code, "")), named(&[("postal_code", Unknown)]), "{code}");
        }
        assert_eq!(
            wrong(typed(&"a".repeat(101), "B", "30100", "CZ1234567")),
            named(&[("street", TooLong), ("dic", Unknown)])
        );
    }
}
