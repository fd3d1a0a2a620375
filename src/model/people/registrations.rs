//! How organisations come in by themselves: what they say of themselves, and what becomes of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    customers::{Address, CustomerFacts, HOME_COUNTRY, NAME_MAX as ORGANISATION_MAX},
    erasure::passes_for_erased,
    members::NAME_MAX,
};
use crate::model::base::{
    bilingual::Bilingual,
    fields::{FieldCode, FieldProblem, keep_email, keep_ico, keep_line},
    ids::{BundleId, CustomerId, MemberId, ProgramId},
    paging::Queue,
    phones::normalize_phone,
    text::one_line,
};

/// An organisation as the public register has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Organisation {
    /// What it is called.
    pub name: String,
    /// Where its seat is, and its number for VAT.
    pub address: Address,
}

/// What somebody types who has no access yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedRegistration {
    /// The number of the organisation (IČO).
    pub ico: String,
    /// What it is called; may be empty where the register says it.
    pub organisation: String,
    /// The region; empty for that of the postal code.
    pub region: String,
    /// Which programs it runs: nothing can be ordered for another.
    pub programs: Vec<ProgramId>,
    /// Who comes in for it.
    pub name: String,
    /// Where that person is written to, and will sign in with.
    pub email: String,
    /// The telephone.
    pub phone: String,
    /// What is to be bought once the person is in.
    pub bundle: Option<BundleId>,
}

/// The same as it is kept until the mailed link is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// The number of the organisation (IČO).
    pub ico: String,
    /// What it is called, and where its seat is as far as that is known.
    pub organisation: Organisation,
    /// The region; none for that of the postal code.
    pub region: Option<String>,
    /// Which programs it runs.
    pub programs: Vec<ProgramId>,
    /// Who comes in for it.
    pub name: String,
    /// Where that person is written to.
    pub email: String,
    /// The telephone, E.164.
    pub phone: String,
}

impl TypedRegistration {
    /// What is typed as it is kept, or every field that is not right. What the register says of the organisation stands before what
    /// is typed; a seat that it spells in a way that we do not is left out, and asked for with the first document.
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(&self, found: Option<Organisation>) -> Result<Registration, Vec<FieldProblem>> {
        let ico = keep_ico(&self.ico);
        let known = found.and_then(|found| {
            let name = keep_line(&found.name, 1..=ORGANISATION_MAX).ok()?;
            Some(Organisation { name, address: found.address.check(HOME_COUNTRY).unwrap_or_default() })
        });
        let organisation = match known {
            Some(known) => Ok(known),
            None => keep_line(&self.organisation, 1..=ORGANISATION_MAX)
                .map(|name| Organisation { name, address: Address::default() }),
        };
        // What stands for somebody who is erased is nobody's name.
        let name = keep_line(&self.name, 1..=NAME_MAX)
            .and_then(|name| if passes_for_erased(&name) { Err(FieldCode::Missing) } else { Ok(name) });
        let email = keep_email(&self.email);
        let phone = match one_line(&self.phone) {
            typed if typed.is_empty() => Err(FieldCode::Missing),
            typed => normalize_phone(&typed).ok_or(FieldCode::NotAPhone),
        };
        let no_program = self.programs.is_empty().then_some(FieldCode::Missing);
        match (ico, organisation, name, email, phone) {
            (Ok(ico), Ok(organisation), Ok(name), Ok(email), Ok(phone)) if no_program.is_none() => {
                let region = Some(one_line(&self.region)).filter(|region| !region.is_empty());
                let programs = self.programs.clone();
                Ok(Registration { ico, organisation, region, programs, name, email, phone })
            }
            (ico, organisation, name, email, phone) => Err([
                ("ico", ico.err()),
                ("organisation", organisation.err()),
                ("programs", no_program),
                ("name", name.err()),
                ("email", email.err()),
                ("phone", phone.err()),
            ]
            .into_iter()
            .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
            .collect()),
        }
    }
}

impl Registration {
    /// The customer that it founds.
    #[must_use]
    pub fn customer(&self) -> CustomerFacts {
        CustomerFacts {
            name: self.organisation.name.clone(),
            ico: Some(self.ico.clone()),
            country: HOME_COUNTRY.to_owned(),
            address: self.organisation.address.clone(),
            region: self.region.clone(),
            contacts: Vec::new(),
            note: String::new(),
        }
    }
}

/// The form by which an organisation comes in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterPage {
    /// The regions to choose from.
    pub regions: Vec<String>,
    /// The programs to choose from.
    pub programs: Vec<(ProgramId, Bilingual)>,
    /// Whether the register is asked what the organisation is called.
    pub is_looked_up: bool,
    /// The idempotency key of the form.
    pub key: Uuid,
}

/// Where the mailed link leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationPage {
    /// Who comes in for which organisation: the person's name, the organisation's, its IČO. None when the link is not good.
    pub registered: Option<[String; 3]>,
    /// Whether the organisation is a customer already, whose own people decide.
    pub is_customer: bool,
    /// Whether it has led there: its person has chosen a password, and signs in.
    pub is_done: bool,
}

/// Somebody who asks to be let in to an organisation that is a customer already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRequest {
    /// Which one it is.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The telephone.
    pub phone: String,
    /// Since when.
    pub at: DateTime<Utc>,
    /// The customer.
    pub customer: CustomerId,
    /// Its name.
    pub customer_name: String,
}

/// A customer that came in by itself and waits for the desk's nod.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newcomer {
    /// The customer.
    pub id: CustomerId,
    /// Its name.
    pub name: String,
    /// The number of the organisation.
    pub ico: String,
    /// Since when it waits.
    pub since: DateTime<Utc>,
    /// Its first person: who it is, the name, the telephone.
    pub person: Option<(MemberId, String, String)>,
    /// How many requests it has already.
    pub requests: u32,
}

/// What waits for the desk of those who came in by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewcomersPage {
    /// New customers, who waits longest first.
    pub newcomers: Queue<Newcomer>,
    /// People who ask their organisation for access.
    pub asking: Queue<AccessRequest>,
}

#[cfg(test)]
mod tests {
    use super::{Organisation, TypedRegistration};
    use crate::model::{
        base::{
            fields::FieldCode::{DoesNotMatch, Missing, NotAPhone, NotAnEmail},
            ids::ProgramId,
        },
        people::customers::Address,
    };

    fn typed() -> TypedRegistration {
        TypedRegistration {
            ico: "274 08 264".into(),
            organisation: " ZŠ Lipová ".into(),
            region: String::new(),
            programs: vec![ProgramId(1)],
            name: "Jana Malá".into(),
            email: " Jana@Skola.CZ".into(),
            phone: "601 234 567".into(),
            bundle: None,
        }
    }

    fn wrong(typed: &TypedRegistration) -> Vec<(String, crate::model::base::fields::FieldCode)> {
        typed.check(None).expect_err("wrong").into_iter().map(|field| (field.field, field.code)).collect()
    }

    #[test]
    fn what_is_typed_is_kept_clean_and_the_number_checks_itself() {
        let kept = typed().check(None).expect("right");
        assert_eq!((kept.ico.as_str(), kept.organisation.name.as_str()), ("27408264", "ZŠ Lipová"));
        assert_eq!((kept.email.as_str(), kept.phone.as_str()), ("jana@skola.cz", "+420601234567"));
        assert_eq!(kept.region, None);
        let no_number = TypedRegistration { ico: "27408265".into(), ..typed() };
        assert_eq!(wrong(&no_number), [("ico".into(), DoesNotMatch)]);
        let nothing =
            ["ico", "organisation", "programs", "name", "email", "phone"].map(|field| (field.to_owned(), Missing));
        assert_eq!(wrong(&TypedRegistration::default()), nothing);
        let bad = TypedRegistration { email: "jana".into(), phone: "6".into(), name: "#7".into(), ..typed() };
        assert_eq!(wrong(&bad), [("name".into(), Missing), ("email".into(), NotAnEmail), ("phone".into(), NotAPhone)]);
    }

    #[test]
    fn what_the_register_says_stands_before_what_is_typed_as_far_as_it_is_usable() {
        let address = |postal_code: &str| Address {
            street: "Lipová 12".into(),
            city: "Plzeň".into(),
            postal_code: postal_code.into(),
            dic: String::new(),
        };
        let found = |name: &str, code| Some(Organisation { name: name.into(), address: address(code) });
        let unnamed = TypedRegistration { organisation: String::new(), ..typed() };
        let kept = unnamed.check(found("Základní škola Lipová", "30100")).expect("right").organisation;
        assert_eq!((kept.name.as_str(), kept.address.postal_code.as_str()), ("Základní škola Lipová", "301 00"));
        let kept = unnamed.check(found("Základní škola Lipová", "30")).expect("right").organisation;
        assert_eq!(kept.address, Address::default(), "a seat that is not one is left out");
        assert_eq!(typed().check(found("", "30100")).expect("right").organisation.name, "ZŠ Lipová");
    }
}
