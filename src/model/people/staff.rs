//! People of the vendor as managers keep them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    members::{NAME_MAX, StaffRoles},
    passwords::SignInState,
};
use crate::model::base::{
    bilingual::Bilingual,
    fields::{FieldCode, FieldProblem, keep_email, keep_line},
    ids::StaffId,
    seen::Fields,
};

/// The command by which an installation without people gets its first manager.
pub const FIRST_MANAGER: &str = "linka staff add --manager NAME E-MAIL";

/// A person of the vendor as typed into a form, or as kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StaffForm {
    /// The name.
    pub name: String,
    /// With which address the person signs in.
    pub email: String,
    /// What the person does.
    pub roles: StaffRoles,
    /// Codes of what the person knows, as a technician.
    pub skills: Vec<String>,
    /// The regions whose customers the person looks after first; none is all.
    pub regions: Vec<String>,
}

impl StaffForm {
    /// The person as kept, or every field that is not right.
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(&self) -> Result<Self, Vec<FieldProblem>> {
        let no_role = self.roles.is_empty().then_some(FieldCode::Missing);
        match (keep_line(&self.name, 1..=NAME_MAX), keep_email(&self.email), no_role) {
            (Ok(name), Ok(email), None) => Ok(Self { name, email, ..self.clone() }),
            (name, email, no_role) => Err([("name", name.err()), ("email", email.err()), ("roles", no_role)]
                .into_iter()
                .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
                .collect()),
        }
    }
}

impl StaffForm {
    /// The fields of the form of what a person is called, does and knows.
    #[must_use]
    pub fn fields(&self) -> Fields {
        Fields::default()
            .with("name", &self.name)
            .ticked_of("roles", self.roles.iter())
            .ticked_of("skills", &self.skills)
            .ticked_of("regions", &self.regions)
    }

    /// The fields of the form of the address.
    #[must_use]
    pub fn address_fields(&self) -> Fields {
        Fields::default().with("email", &self.email)
    }
}

/// A person of the vendor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPerson {
    /// Which person.
    pub id: StaffId,
    /// Name, address, roles, skills.
    pub form: StaffForm,
    /// Whether the person still works here: whoever does not cannot sign in.
    pub active: bool,
    /// Whether the person can sign in.
    pub sign_in: SignInState,
}

/// Something that technicians know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skill {
    /// Its code.
    pub code: String,
    /// What it is.
    pub name: Bilingual,
}

impl Skill {
    /// The fields of its form.
    #[must_use]
    pub fn fields(&self) -> Fields {
        Fields::default().bilingual("name", &self.name)
    }
}

/// What `/settings/staff` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPage {
    /// Everybody, those who work here first, by name.
    pub people: Vec<StaffPerson>,
    /// What a technician may know.
    pub skills: Vec<Skill>,
    /// The names of the line's regions, in their order.
    pub regions: Vec<String>,
}

/// What `/settings/staff/{person}` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPersonPage {
    /// Which person it is.
    pub person: StaffPerson,
    /// What a technician may know.
    pub skills: Vec<Skill>,
    /// The names of the line's regions, in their order.
    pub regions: Vec<String>,
    /// The link that was made for this person just now, whole, with the site before it.
    pub link: Option<String>,
    /// How many attempts to sign in as this person have failed of late; after many of them the next ones are not looked at.
    pub failed_sign_ins: u32,
    /// Whether it is the manager who looks.
    pub is_oneself: bool,
    /// How many appointments the person has yet to keep.
    pub appointments: u32,
    /// From which day on the person does not work here any more.
    pub leaves_on: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::StaffForm;
    use crate::model::{
        base::fields::FieldCode::{Missing, NotAnEmail},
        people::members::StaffRole,
    };

    #[test]
    fn a_person_has_a_name_an_address_and_something_to_do() {
        let typed = StaffForm {
            name: " Ivana Bartošová ".into(),
            email: " Ivana@Vendor.CZ ".into(),
            roles: StaffRole::Manager.into(),
            ..StaffForm::default()
        };
        let kept = typed.check().unwrap();
        assert_eq!((kept.name.as_str(), kept.email.as_str()), ("Ivana Bartošová", "ivana@vendor.cz"));
        let wrong = StaffForm { email: "ivana".into(), ..StaffForm::default() }.check().unwrap_err();
        let wrong: Vec<_> = wrong.iter().map(|field| (field.field.as_str(), field.code)).collect();
        assert_eq!(wrong, [("name", Missing), ("email", NotAnEmail), ("roles", Missing)]);
    }
}
