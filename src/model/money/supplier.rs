//! Who sells: what a vendor says of itself, and confirms, before anybody is asked for money (design, Supplier).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::tax_documents::{Party, Supplier};
use crate::model::{
    base::{
        fields::{FieldCode, FieldProblem, keep_email, keep_ico, keep_line},
        seen::Fields,
    },
    people::customers::{Address, HOME_COUNTRY},
};

/// The most characters of the name, the register's entry and the bank's name.
pub const LINE_MAX: usize = 200;

/// Who sells as typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SupplierForm {
    /// The company's name.
    pub name: String,
    /// IČO, eight digits of which the last one checks the others.
    pub ico: String,
    /// Seat and DIČ.
    pub address: Address,
    /// Where it is registered (Civil Code, § 435).
    pub register: String,
    /// Where questions about documents go.
    pub email: String,
    /// The account as Czechs write it, or as an IBAN.
    pub account: String,
    /// The bank's name; of a bank that is known it may be empty.
    pub bank: String,
    /// The bank's BIC; of a bank that is known it may be empty.
    pub bic: String,
    /// Whether documents may be issued with all of that.
    pub confirmed: bool,
}

impl SupplierForm {
    /// Who sells as documents say it, or every field that is not right.
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(&self) -> Result<Supplier, Vec<FieldProblem>> {
        let name = keep_line(&self.name, 1..=LINE_MAX);
        let ico = keep_ico(&self.ico);
        let register = keep_line(&self.register, 1..=LINE_MAX);
        let email = keep_email(&self.email);
        let account = Account::parse(&self.account);
        let (bank, bic) = self.check_bank(account.as_ref().ok());
        let address = self.check_address();
        match (name, ico, address, register, email, account, bank, bic) {
            (Ok(name), Ok(ico), Ok(address), Ok(register), Ok(email), Ok(account), Ok(bank), Ok(bic)) => {
                let Address { street, city, postal_code, dic } = address;
                let party = Party { name, street, city, postal_code, ico, dic };
                let (iban, account) = (account.iban(), account.to_string());
                Ok(Supplier { party, register, email, bank, account, iban, bic })
            }
            (name, ico, address, register, email, account, bank, bic) => {
                let one = |field: &str, code: Option<FieldCode>| code.map(|code| FieldProblem::new(field, code));
                let (dic, seat): (Vec<_>, Vec<_>) =
                    address.err().unwrap_or_default().into_iter().partition(|problem| problem.field == "dic");
                let before = [one("name", name.err()), one("ico", ico.err())];
                let after = [
                    one("email", email.err()),
                    one("account", account.err()),
                    one("bank", bank.err()),
                    one("bic", bic.err()),
                ];
                let before = before.into_iter().flatten().chain(dic).chain(one("register", register.err()));
                Err(before.chain(seat).chain(after.into_iter().flatten()).collect())
            }
        }
    }

    /// The bank and its BIC. Of a bank that is known they follow from the account, whatever stands in the form of the one before;
    /// of an account that is not right nothing can be told.
    fn check_bank(&self, account: Option<&Account>) -> (Result<String, FieldCode>, Result<String, FieldCode>) {
        match (account, account.and_then(Account::known_bank)) {
            (_, Some((bank, bic))) => (Ok(bank.to_owned()), Ok(bic.to_owned())),
            (Some(_), None) => (keep_line(&self.bank, 1..=LINE_MAX), keep_bic(&self.bic)),
            (None, _) => (Ok(String::new()), Ok(String::new())),
        }
    }

    /// The seat and the DIČ, which a supplier, other than a customer, has.
    fn check_address(&self) -> Result<Address, Vec<FieldProblem>> {
        let checked = self.address.check(HOME_COUNTRY);
        let is_nowhere = checked.as_ref().is_ok_and(|address| address.city.is_empty());
        let no_seat: &[&str] = if is_nowhere { &["street", "city", "postal_code"] } else { &[] };
        let no_dic: &[&str] = if self.address.dic.trim().is_empty() { &["dic"] } else { &[] };
        let missing = no_seat.iter().chain(no_dic).map(|field| FieldProblem::new(*field, FieldCode::Missing));
        match checked {
            Ok(address) if no_seat.is_empty() && no_dic.is_empty() => Ok(address),
            checked => Err(checked.err().unwrap_or_default().into_iter().chain(missing).collect()),
        }
    }
}

impl SupplierForm {
    /// Its fields, but for the confirmation, which is of this one form.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let Address { street, city, postal_code, dic } = &self.address;
        Fields::default()
            .with("name", &self.name)
            .with("ico", &self.ico)
            .with("dic", dic)
            .with("register", &self.register)
            .with("street", street)
            .with("city", city)
            .with("postal_code", postal_code)
            .with("email", &self.email)
            .with("account", &self.account)
            .with("bank", &self.bank)
            .with("bic", &self.bic)
    }
}

impl From<Supplier> for SupplierForm {
    fn from(supplier: Supplier) -> Self {
        let Supplier { party, register, email, bank, account, iban: _, bic } = supplier;
        let Party { name, street, city, postal_code, ico, dic } = party;
        let address = Address { street, city, postal_code, dic };
        Self { name, ico, address, register, email, account, bank, bic, confirmed: false }
    }
}

/// What `/settings/company` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyPage {
    /// Who sells, if anybody has written it.
    pub supplier: Option<Supplier>,
    /// The local day on which it was last confirmed; none while nothing may be sold.
    pub confirmed_on: Option<NaiveDate>,
}

fn keep_bic(typed: &str) -> Result<String, FieldCode> {
    let bic: String = typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let is_bic = matches!(bic.len(), 8 | 11) && bic.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match bic.is_empty() {
        true => Err(FieldCode::Missing),
        false if is_bic => Ok(bic),
        false => Err(FieldCode::Unknown),
    }
}

/// Whether two spellings are of one account: as Czechs write it, as an IBAN, or without the bank, as some statements have it.
/// What is no account is the same as nothing.
#[must_use]
pub fn is_same_account(one: &str, other: &str) -> bool {
    let parts = |written: &str| {
        let written: String = written.chars().filter(|c| !c.is_whitespace()).collect();
        match written.strip_prefix("CZ") {
            Some(iban) => Account::of_iban(iban).ok().map(|account| (account, true)),
            None if written.contains('/') => Account::of_czech(&written).map(|account| (account, true)),
            None => Account::of_czech(&format!("{written}/0000")).map(|account| (account, false)),
        }
    };
    parts(one).zip(parts(other)).is_some_and(|((one, one_has_bank), (other, other_has_bank))| {
        let is_bank_same = one.bank == other.bank || !one_has_bank || !other_has_bank;
        one.prefix == other.prefix && one.number == other.number && is_bank_same
    })
}

/// A Czech account: the digits of its prefix, of its number and of its bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Account {
    prefix: u64,
    number: u64,
    bank: u64,
}

/// Codes, names and BICs of the banks where most Czech companies have their accounts (Czech National Bank).
const BANKS: [(u64, &str, &str); 12] = [
    (100, "Komerční banka", "KOMBCZPP"),
    (300, "ČSOB", "CEKOCZPP"),
    (600, "MONETA Money Bank", "AGBACZPP"),
    (710, "Česká národní banka", "CNBACZPP"),
    (800, "Česká spořitelna", "GIBACZPX"),
    (2010, "Fio banka", "FIOBCZPP"),
    (2250, "Banka CREDITAS", "CTASCZ22"),
    (2700, "UniCredit Bank", "BACXCZPP"),
    (3030, "Air Bank", "AIRACZPP"),
    (3500, "ING Bank", "INGBCZPP"),
    (5500, "Raiffeisenbank", "RZBCCZPP"),
    (6210, "mBank", "BREXCZPP"),
];

impl Account {
    fn parse(typed: &str) -> Result<Self, FieldCode> {
        let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        if typed.is_empty() {
            return Err(FieldCode::Missing);
        }
        let account = match typed.strip_prefix("CZ").or_else(|| typed.strip_prefix("cz")) {
            Some(digits) => Self::of_iban(digits)?,
            None => Self::of_czech(&typed).ok_or(FieldCode::Unknown)?,
        };
        // Who mistypes one digit, or two that stand beside each other, is told so here (Decree 169/2011 Coll.).
        if account.number >= 10 && weighed(account.prefix) && weighed(account.number) {
            Ok(account)
        } else {
            Err(FieldCode::DoesNotMatch)
        }
    }

    fn of_czech(typed: &str) -> Option<Self> {
        let (number, bank) = typed.split_once('/')?;
        let (prefix, number) = number.split_once('-').unwrap_or(("0", number));
        Some(Self { prefix: digits(prefix, 1..=6)?, number: digits(number, 2..=10)?, bank: digits(bank, 4..=4)? })
    }

    fn of_iban(after_country: &str) -> Result<Self, FieldCode> {
        let parts =
            [0..2, 2..6, 6..12, 12..22].map(|place| after_country.get(place).and_then(|part| digits(part, 2..=10)));
        match parts {
            [Some(check), Some(bank), Some(prefix), Some(number)] if after_country.len() == 22 => {
                let account = Self { prefix, number, bank };
                if account.check_digits() == check { Ok(account) } else { Err(FieldCode::DoesNotMatch) }
            }
            _ => Err(FieldCode::Unknown),
        }
    }

    /// The two digits that check an IBAN: what is left of 98 when the account, with its country behind it, is divided by 97.
    fn check_digits(self) -> u64 {
        let behind = u128::from(123_500_u32);
        let account =
            (u128::from(self.bank) * 1_000_000 + u128::from(self.prefix)) * 10_000_000_000 + u128::from(self.number);
        98 - u64::try_from((account * 1_000_000 + behind) % 97).unwrap_or_default()
    }

    fn iban(self) -> String {
        let Self { prefix, number, bank } = self;
        format!("CZ{:02}{bank:04}{prefix:06}{number:010}", self.check_digits())
    }

    fn known_bank(&self) -> Option<(&'static str, &'static str)> {
        BANKS.iter().find(|(code, ..)| *code == self.bank).map(|(_, name, bic)| (*name, *bic))
    }
}

impl std::fmt::Display for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { prefix, number, bank } = self;
        if *prefix > 0 {
            write!(f, "{prefix}-")?;
        }
        write!(f, "{number}/{bank:04}")
    }
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<u64> {
    let is_number = length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Whether the digits, each times its weight, make a multiple of eleven: the last one checks the others.
fn weighed(number: u64) -> bool {
    const WEIGHTS: [u64; 10] = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
    let sum: u64 = WEIGHTS.iter().zip(0..).map(|(weight, place)| number / 10_u64.pow(place) % 10 * weight).sum();
    sum.is_multiple_of(11)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_the_same_however_it_is_written() {
        let ours = "19-2000145399/0800";
        for same in
            ["CZ6508000000192000145399", "CZ65 0800 0000 1920 0014 5399", "000019-2000145399/0800", "19-2000145399"]
        {
            assert!(is_same_account(same, ours), "{same}");
        }
        for other in ["2000145399/0800", "19-2000145399/0100", "CZ5508000000001234567899", "19-2000145398", "", "účet"]
        {
            assert!(!is_same_account(other, ours), "{other}");
        }
    }

    fn typed() -> SupplierForm {
        SupplierForm {
            name: " Program pro jídelny s.r.o. ".into(),
            ico: "270 74 358".into(),
            address: Address {
                street: "Dlouhá 1".into(),
                city: "Brno".into(),
                postal_code: "60200".into(),
                dic: "cz27074358".into(),
            },
            register: "Krajský soud v Brně, oddíl C, vložka 1".into(),
            email: "Fakturace@Jidelny.cz".into(),
            account: "19-2000145399/0800".into(),
            ..SupplierForm::default()
        }
    }

    fn wrong(form: &SupplierForm) -> Vec<(String, FieldCode)> {
        form.check().expect_err("something is wrong").into_iter().map(|field| (field.field, field.code)).collect()
    }

    #[test]
    fn a_supplier_is_kept_as_documents_print_it() {
        let kept = typed().check().unwrap();
        assert_eq!((kept.party.name.as_str(), kept.party.ico.as_str()), ("Program pro jídelny s.r.o.", "27074358"));
        assert_eq!((kept.party.postal_code.as_str(), kept.party.dic.as_str()), ("602 00", "CZ27074358"));
        assert_eq!((kept.account.as_str(), kept.iban.as_str()), ("19-2000145399/0800", "CZ6508000000192000145399"));
        assert_eq!((kept.bank.as_str(), kept.bic.as_str()), ("Česká spořitelna", "GIBACZPX"), "the bank is known");
        let by_iban = SupplierForm { account: "CZ65 0800 0000 1920 0014 5399".into(), ..typed() };
        assert_eq!(by_iban.check().unwrap(), kept, "an IBAN says the same");
        assert_eq!(SupplierForm::from(kept.clone()).check().unwrap(), kept, "what is kept passes again");
    }

    #[test]
    fn a_digit_mistyped_is_told() {
        use FieldCode::{DoesNotMatch, Missing, Unknown};
        for (ico, code) in [("27074359", DoesNotMatch), ("2707435", Unknown), ("2707435a", Unknown), ("", Missing)] {
            assert_eq!(wrong(&SupplierForm { ico: ico.into(), ..typed() }), [("ico".to_owned(), code)], "{ico}");
        }
        for (account, code) in [
            ("19-2000145398/0800", DoesNotMatch),
            ("18-2000145399/0800", DoesNotMatch),
            ("0/0800", Unknown),
            ("00/0800", DoesNotMatch),
            ("2000145399", Unknown),
            ("CZ6608000000192000145399", DoesNotMatch),
            ("CZ650800", Unknown),
            ("DE89370400440532013000", Unknown),
        ] {
            let form = SupplierForm { account: account.into(), bank: "B".into(), bic: "AAAACZPP".into(), ..typed() };
            assert_eq!(wrong(&form), [("account".to_owned(), code)], "{account}");
        }
    }

    #[test]
    fn every_field_that_is_missing_is_told_in_the_order_of_the_form() {
        let fields: Vec<_> = wrong(&SupplierForm::default()).into_iter().map(|(field, _)| field).collect();
        let expected = ["name", "ico", "dic", "register", "street", "city", "postal_code", "email", "account"];
        assert_eq!(fields, expected);
        let unknown_bank = SupplierForm { account: "2000145399/9999".into(), ..typed() };
        let fields: Vec<_> = wrong(&unknown_bank).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["bank", "bic"]);
        // The form that shows a bank is changed to an account at another one.
        let moved = SupplierForm { account: "86-199488014/0300".into(), bank: "Česká spořitelna".into(), ..typed() };
        assert_eq!(moved.check().map(|kept| (kept.bank, kept.bic)), Ok(("ČSOB".into(), "CEKOCZPP".into())));
    }
}
