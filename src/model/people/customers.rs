//! A customer: what it is called on documents, where it is reached, on which terms it pays, and whether it may order.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::base::{
    codes::coded_enum,
    fields::{FieldCode, FieldProblem, keep_email, keep_ico, keep_line, keep_lines},
    ids::CustomerId,
    phones::normalize_phone,
    seen::Fields,
    text::{lines, one_line},
};

/// The most characters of a street or a town.
const LINE_MAX: usize = 100;
/// The most characters of a customer's name.
pub(super) const NAME_MAX: usize = 200;
/// The most characters of the pinned note.
const NOTE_MAX: usize = 2_000;
/// The most telephones, and the most addresses, of a customer.
const MOST_CONTACTS: usize = 10;
/// The most characters that say whose a telephone or an address is.
const LABEL_MAX: usize = 60;
/// The most characters of a postal code or a number for VAT of another country.
const FOREIGN_MAX: usize = 20;
/// The countries there are, in two letters each (ISO 3166-1).
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY \
    BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK \
    FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR \
    IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK \
    ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM \
    PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF \
    TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";
/// The country of who says none.
pub const HOME_COUNTRY: &str = "CZ";

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
    /// Whether a tax document can say where its customer is (VAT Act, § 29).
    #[must_use]
    pub const fn is_named(&self) -> bool {
        !self.street.is_empty() && !self.city.is_empty()
    }

    /// The address in a country as it is kept, or every field that is not right. It may be missing as a whole; what is typed of
    /// it is complete.
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(&self, country: &str) -> Result<Self, Vec<FieldProblem>> {
        let is_home = country == HOME_COUNTRY;
        let dic = without_blanks(&self.dic).to_uppercase();
        let wrong_dic = (!if is_home { is_dic(&dic) } else { is_foreign_dic(&dic) }).then_some(FieldCode::Unknown);
        let is_missing = [&self.street, &self.city, &self.postal_code].iter().all(|line| one_line(line).is_empty());
        let length = if is_missing { 0..=0 } else { 1..=LINE_MAX };
        let postal_code = match is_home {
            _ if is_missing => Ok(String::new()),
            true => check_postal_code(grouped(&self.postal_code)),
            false => keep_line(&self.postal_code, 0..=FOREIGN_MAX),
        };
        match (keep_line(&self.street, length.clone()), keep_line(&self.city, length), postal_code) {
            (Ok(street), Ok(city), Ok(postal_code)) if wrong_dic.is_none() => {
                Ok(Self { street, city, postal_code, dic })
            }
            (street, city, postal_code) => Err([
                ("street", street.err()),
                ("city", city.err()),
                ("postal_code", postal_code.err()),
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

coded_enum! {
    /// By what a customer is reached.
    pub enum ContactKind {
        /// A telephone.
        Phone = "phone",
        /// An e-mail address.
        Email = "email",
    }
}

/// A telephone or an address of a customer's own, apart from its people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Which of the two.
    pub kind: ContactKind,
    /// The number, E.164, or the address.
    pub value: String,
    /// Whose it is; may be empty.
    pub label: String,
}

/// A customer as typed into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedCustomer {
    /// The name.
    pub name: String,
    /// The number of the organisation (IČO); empty for who has none.
    pub ico: String,
    /// Two letters of the country.
    pub country: String,
    /// The address and the number for VAT.
    pub address: Address,
    /// The region; empty for that of the postal code.
    pub region: String,
    /// Telephones, one on a line; after a comma, whose it is.
    pub phones: String,
    /// Addresses, likewise.
    pub emails: String,
    /// What the vendor's people shall see wherever they meet the customer.
    pub note: String,
}

/// A customer as kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerFacts {
    /// The name.
    pub name: String,
    /// The number of the organisation (IČO); none of a person who is no business, or from abroad.
    pub ico: Option<String>,
    /// Two letters of the country.
    pub country: String,
    /// The address and the number for VAT.
    pub address: Address,
    /// The region that somebody chose; none for that of the postal code.
    pub region: Option<String>,
    /// Telephones and addresses, in the order in which to try.
    pub contacts: Vec<Contact>,
    /// The pinned note; may be empty.
    pub note: String,
}

impl TypedCustomer {
    /// The customer as it is kept, or every field that is not right.
    ///
    /// * `known_ico` – the one that stands already: it is not asked about again
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(&self, known_ico: Option<&str>) -> Result<CustomerFacts, Vec<FieldProblem>> {
        let mut wrong = Vec::new();
        let mut note = |field: &str, code: Option<FieldCode>| {
            wrong.extend(code.map(|code| FieldProblem::new(field, code)));
        };
        let name = keep_line(&self.name, 1..=NAME_MAX);
        note("name", name.as_ref().err().copied());
        let typed_country = without_blanks(&one_line(&self.country)).to_uppercase();
        let country = if typed_country.is_empty() { HOME_COUNTRY.to_owned() } else { typed_country };
        let is_country = COUNTRIES.split(' ').any(|known| known == country);
        let ico = keep_own_ico(&self.ico, known_ico);
        note("ico", ico.as_ref().err().copied());
        note("country", (!is_country).then_some(FieldCode::Unknown));
        let address = self.address.check(&country);
        if let Err(fields) = &address {
            fields.iter().for_each(|field| note(&field.field, Some(field.code)));
        }
        let phones = keep_contacts(&self.phones, ContactKind::Phone);
        note("phones", phones.as_ref().err().copied());
        let emails = keep_contacts(&self.emails, ContactKind::Email);
        note("emails", emails.as_ref().err().copied());
        let pinned = keep_lines(&self.note, 0..=NOTE_MAX);
        note("pinned_note", pinned.as_ref().err().copied());
        match (name, ico, address, phones, emails, pinned) {
            (Ok(name), Ok(ico), Ok(address), Ok(phones), Ok(emails), Ok(note)) if is_country => Ok(CustomerFacts {
                name,
                ico,
                country,
                address,
                region: Some(one_line(&self.region)).filter(|region| !region.is_empty()),
                contacts: phones.into_iter().chain(emails).collect(),
                note,
            }),
            _ => Err(wrong),
        }
    }
}

impl CustomerFacts {
    /// The fields of its form.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let Address { street, city, postal_code, dic } = &self.address;
        Fields::default()
            .with("name", &self.name)
            .with("ico", self.ico.as_deref().unwrap_or_default())
            .with("country", &self.country)
            .with("street", street)
            .with("city", city)
            .with("postal_code", postal_code)
            .with("dic", dic)
            .with("region", self.region.as_deref().unwrap_or_default())
            .with("phones", self.contact_lines(ContactKind::Phone))
            .with("emails", self.contact_lines(ContactKind::Email))
            .with("pinned_note", &self.note)
    }

    /// Its telephones or addresses as they are typed: one on a line, after a comma whose it is.
    #[must_use]
    pub fn contact_lines(&self, kind: ContactKind) -> String {
        let of_kind = self.contacts.iter().filter(|contact| contact.kind == kind);
        let lines = of_kind.map(|Contact { value, label, .. }| match label.as_str() {
            "" => value.clone(),
            label => format!("{value}, {label}"),
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// Telephones or addresses, one on a line; what stands twice is kept once.
fn keep_contacts(typed: &str, kind: ContactKind) -> Result<Vec<Contact>, FieldCode> {
    let mut contacts: Vec<Contact> = Vec::new();
    for line in lines(typed).lines().filter(|line| !line.trim().is_empty()) {
        let (value, label) = line.split_once(',').unwrap_or((line, ""));
        let value = match kind {
            ContactKind::Phone => normalize_phone(value).ok_or(FieldCode::NotAPhone)?,
            ContactKind::Email => keep_email(value)?,
        };
        let label = keep_line(label, 0..=LABEL_MAX)?;
        if !contacts.iter().any(|contact| contact.value == value) {
            contacts.push(Contact { kind, value, label });
        }
    }
    if contacts.len() > MOST_CONTACTS { Err(FieldCode::TooLong) } else { Ok(contacts) }
}

/// The customer's own IČO, or none; one that stands already is not asked about again.
fn keep_own_ico(typed: &str, known: Option<&str>) -> Result<Option<String>, FieldCode> {
    match (keep_ico(typed), known) {
        (Err(FieldCode::Missing), _) => Ok(None),
        (Err(_), Some(known)) if known == one_line(typed) => Ok(Some(known.to_owned())),
        (checked, _) => checked.map(Some),
    }
}

/// Why a customer may neither order nor buy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Since when.
    pub at: DateTime<Utc>,
    /// Who blocked it; none where that was brought from elsewhere.
    pub by: Option<String>,
    /// Why, in words that its people read.
    pub reason: String,
    /// Whether urgent help may still be ordered.
    pub spares_urgent: bool,
}

/// Whether a customer is one, and may order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Whether it is still a customer: the people of one that is not cannot sign in.
    pub active: bool,
    /// Why it may not order; none if it may.
    pub block: Option<Block>,
}

/// The form of a customer, or of one to be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerFormPage {
    /// What it is now; none where one is added.
    pub customer: Option<(CustomerId, CustomerFacts)>,
    /// The regions to choose from.
    pub regions: Vec<String>,
    /// The idempotency key of the form that adds one.
    pub key: Uuid,
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

fn check_postal_code(grouped: String) -> Result<String, FieldCode> {
    let is_five_digits =
        grouped.len() == 6 && grouped.bytes().enumerate().all(|(place, byte)| place == 3 || byte.is_ascii_digit());
    match (grouped.is_empty(), is_five_digits) {
        (true, _) => Err(FieldCode::Missing),
        (_, true) => Ok(grouped),
        (_, false) => Err(FieldCode::Unknown),
    }
}

/// Nothing, or a Czech number for VAT.
fn is_dic(text: &str) -> bool {
    text.is_empty()
        || text
            .strip_prefix("CZ")
            .is_some_and(|digits| (8..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Nothing, or a number for VAT of another country.
fn is_foreign_dic(text: &str) -> bool {
    text.len() <= FOREIGN_MAX && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(street: &str, city: &str, postal_code: &str, dic: &str) -> Address {
        Address { street: street.into(), city: city.into(), postal_code: postal_code.into(), dic: dic.into() }
    }

    #[test]
    fn an_address_is_kept_as_it_is_printed() {
        let kept = typed(" Lipová 5 ", "Plzeň", "30100", "cz 12345678").check("CZ");
        assert_eq!(kept, Ok(typed("Lipová 5", "Plzeň", "301 00", "CZ12345678")));
        assert_eq!(typed("Lipová 5", "Plzeň", "301 00", "").check("CZ"), Ok(typed("Lipová 5", "Plzeň", "301 00", "")));
    }

    #[test]
    fn every_field_that_is_not_right_is_told() {
        let wrong = |address: Address| {
            let fields = address.check("CZ").expect_err("something is wrong");
            fields.into_iter().map(|field| (field.field, field.code)).collect::<Vec<_>>()
        };
        use FieldCode::{Missing, TooLong, Unknown};
        let named = |fields: &[(&str, FieldCode)]| {
            fields.iter().map(|(field, code)| ((*field).to_owned(), *code)).collect::<Vec<_>>()
        };
        assert_eq!(
            wrong(typed("", "Plzeň", "", "12345678")),
            named(&[("street", Missing), ("postal_code", Missing), ("dic", Unknown)])
        );
        for code in ["3010", "301000", "301-00", "3010a", "30ž0", "ééé"] {
            assert_eq!(wrong(typed("A 1", "B", code, "")), named(&[("postal_code", Unknown)]), "{code}");
        }
        assert_eq!(
            wrong(typed(&"a".repeat(101), "B", "30100", "CZ1234567")),
            named(&[("street", TooLong), ("dic", Unknown)])
        );
    }

    #[test]
    fn an_address_may_be_missing_but_not_in_part() {
        assert_eq!(typed(" ", "", "", "").check("CZ"), Ok(Address::default()));
        assert_eq!(typed("Hlavná 1", "Bratislava", "811 01", "sk2020").check("SK").unwrap().dic, "SK2020");
    }

    #[test]
    fn an_ico_that_stands_is_not_asked_about_again() {
        assert_eq!(keep_own_ico(" 6947 ", None), Ok(Some("00006947".into())));
        assert_eq!(keep_own_ico("70874121", None), Err(FieldCode::DoesNotMatch));
        assert_eq!(keep_own_ico("", Some("70874121")), Ok(None));
        assert_eq!(keep_own_ico("70874121", Some("70874121")), Ok(Some("70874121".into())), "it stands already");
    }

    #[test]
    fn a_customer_is_kept_with_all_its_telephones_and_addresses() {
        let typed = TypedCustomer {
            name: " Školní jídelna \u{202e}Lipová".into(),
            phones: "377 457 977, účtárna\r\n\r\n+420377457977\n601234567".into(),
            emails: "Info@Skola.cz".into(),
            ..TypedCustomer::default()
        };
        let kept = typed.check(None).unwrap();
        assert_eq!((kept.name.as_str(), kept.country.as_str(), &kept.ico), ("Školní jídelna Lipová", "CZ", &None));
        assert_eq!(kept.contact_lines(ContactKind::Phone), "+420377457977, účtárna\n+420601234567");
        assert_eq!(kept.contact_lines(ContactKind::Email), "info@skola.cz");
        let wrong = TypedCustomer { country: "Česko".into(), phones: "6".into(), ..TypedCustomer::default() };
        let fields: Vec<_> = wrong.check(None).unwrap_err().into_iter().map(|field| field.field).collect();
        assert_eq!(fields, ["name", "country", "phones"]);
        for (country, is_one) in [("QQ", false), ("EU", false), ("AB CD", false), ("sk", true), ("ZW", true)] {
            let typed = TypedCustomer { name: "A".into(), country: country.into(), ..TypedCustomer::default() };
            assert_eq!(typed.check(None).is_ok(), is_one, "{country}");
        }
    }
}
