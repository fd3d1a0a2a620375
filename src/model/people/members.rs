//! People: what a member of a customer may do, and what a person of the vendor is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    erasure::{OpenRequest, passes_for_erased},
    passwords::SignInState,
};
use crate::model::base::{
    codes::{coded_enum, coded_set},
    fields::{FieldCode, FieldProblem, keep_email, keep_line},
    ids::{CustomerId, MemberId},
    phones::normalize_phone,
    seen::Fields,
    text::one_line,
};

/// The most characters of a person's name.
pub const NAME_MAX: usize = 100;

coded_enum! {
    /// One thing that a member may be allowed to do for their customer (design, Words).
    pub enum Capability {
        /// Order interventions.
        Order = "order",
        /// See everybody's requests, not only one's own.
        SeeAll = "see_all",
        /// Buy bundles of minutes.
        Buy = "buy",
        /// See documents and the account of minutes.
        SeeBilling = "see_billing",
        /// Invite people and change what they may do.
        Manage = "manage",
    }
}

coded_set! {
    /// A set of [capabilities](Capability): the first member of a customer starts with all of them.
    pub struct Capabilities(Capability) as "Vec<Capability>";
}

impl Capabilities {
    /// Whether this set allows `capability`.
    #[must_use]
    pub const fn may(self, capability: Capability) -> bool {
        self.contains(capability)
    }
}

coded_enum! {
    /// A kind of work of the vendor's people; one person may do several.
    pub enum StaffRole {
        /// Plans: the desk's queue, offers, moves.
        Dispatcher = "dispatcher",
        /// Does the work.
        Technician = "technician",
        /// Keeps the line's data: tiers, catalogue, hours, people.
        Manager = "manager",
    }
}

coded_set! {
    /// What a person of the vendor does.
    pub struct StaffRoles(StaffRole) as "Vec<StaffRole>";
}

impl StaffRoles {
    /// Whether this person sees everybody's appointments, requests and customers: a dispatcher or a manager.
    #[must_use]
    pub const fn is_desk(self) -> bool {
        self.contains(StaffRole::Dispatcher) || self.contains(StaffRole::Manager)
    }
}

impl From<StaffRole> for StaffRoles {
    fn from(role: StaffRole) -> Self {
        Self::NONE.with(role)
    }
}

coded_enum! {
    /// What a person of a customer is asked or told, with a sign-in or without.
    pub enum ContactRole {
        /// Orders by telephone.
        Orders = "orders",
        /// Says whether work may go on beyond the ceiling.
        Consents = "consents",
        /// Is sent documents.
        Documents = "documents",
    }
}

coded_set! {
    /// What a person of a customer is asked and told.
    pub struct ContactRoles(ContactRole) as "Vec<ContactRole>";
}

/// A person of a customer as typed into a form, or as kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MemberForm {
    /// The name.
    pub name: String,
    /// The person's telephone, E.164 when kept; may be empty.
    pub phone: String,
    /// Where the person is written to, and signs in with; may be empty for who does not sign in.
    pub email: String,
    /// What the person may do when signed in.
    pub capabilities: Capabilities,
    /// What the person is asked and told.
    pub contact_roles: ContactRoles,
    /// Whether the person signs in, or shall.
    pub signs_in: bool,
    /// Whether the address is a mailbox that several people read: then each order asks who of them it is.
    pub is_mailbox: bool,
}

impl MemberForm {
    /// The person as kept, or every field that is not right.
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(&self) -> Result<Self, Vec<FieldProblem>> {
        // What stands for somebody who is erased is nobody's name.
        let name = keep_line(&self.name, 1..=NAME_MAX)
            .and_then(|name| if passes_for_erased(&name) { Err(FieldCode::Missing) } else { Ok(name) });
        let phone = keep_phone(&self.phone);
        let email = if self.signs_in || !one_line(&self.email).is_empty() {
            keep_email(&self.email)
        } else {
            Ok(String::new())
        };
        match (name, phone, email) {
            (Ok(name), Ok(phone), Ok(email)) => Ok(Self { name, phone, email, ..self.clone() }),
            (name, phone, email) => Err([("name", name.err()), ("phone", phone.err()), ("email", email.err())]
                .into_iter()
                .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
                .collect()),
        }
    }
}

impl MemberForm {
    /// Its fields.
    #[must_use]
    pub fn fields(&self) -> Fields {
        Fields::default()
            .with("name", &self.name)
            .with("phone", &self.phone)
            .with("email", &self.email)
            .ticked_of("capabilities", self.capabilities.iter())
            .ticked_of("contact_roles", self.contact_roles.iter())
            .ticked("is_mailbox", self.is_mailbox)
    }
}

/// A telephone as it is kept, or nothing.
fn keep_phone(typed: &str) -> Result<String, FieldCode> {
    match one_line(typed) {
        typed if typed.is_empty() => Ok(typed),
        typed => normalize_phone(&typed).ok_or(FieldCode::NotAPhone),
    }
}

/// A person of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberPerson {
    /// Which person.
    pub id: MemberId,
    /// Name, telephone, address, and what the person may do.
    pub form: MemberForm,
    /// Whether the person is still there: who is not can neither sign in nor is written to.
    pub active: bool,
    /// Whether the person can sign in; none for who has no sign-in.
    pub sign_in: Option<SignInState>,
    /// When a mail to the person's address last came back as undeliverable, of late.
    pub returned_at: Option<DateTime<Utc>>,
}

impl MemberPerson {
    /// Whether this person can change who may do what in the organisation.
    #[must_use]
    pub fn manages(&self) -> bool {
        self.active && self.form.signs_in && self.form.capabilities.may(Capability::Manage)
    }
}

/// The page of a person of a customer, or of one to be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberPage {
    /// The customer.
    pub customer: CustomerId,
    /// Its name.
    pub customer_name: String,
    /// Which person it is; none where one is added.
    pub person: Option<MemberPerson>,
    /// The link by which the person chooses a password that was made just now, whole, with the site before it.
    pub link: Option<String>,
    /// Whether nobody else could let others in.
    pub is_last_manager: bool,
    /// How many attempts to sign in as the person have failed of late; after many of them the next ones are not looked at.
    pub failed_sign_ins: u32,
    /// Whether the reader may erase the person.
    pub may_erase: bool,
    /// Requests of the person that are not done yet, the soonest first.
    pub open: Vec<OpenRequest>,
    /// Active colleagues who may take them over, by name.
    pub colleagues: Vec<(MemberId, String)>,
    /// The idempotency key of the form that adds a person.
    pub key: Uuid,
}

#[cfg(test)]
mod tests {
    use super::{Capabilities, Capability, MemberForm, StaffRole, StaffRoles};
    use crate::model::base::fields::FieldCode::{Missing, NotAPhone, NotAnEmail};

    #[test]
    fn who_signs_in_has_an_address_and_others_may_have_one() {
        let typed = |phone: &str, email: &str, signs_in| MemberForm {
            name: " Jana  Nováková".into(),
            phone: phone.into(),
            email: email.into(),
            signs_in,
            ..MemberForm::default()
        };
        let wrong = |form: MemberForm| {
            let fields = form.check().expect_err("something is wrong");
            fields.into_iter().map(|field| (field.field, field.code)).collect::<Vec<_>>()
        };
        let kept = typed("601 234 567", " Jana@Skola.CZ", true).check().unwrap();
        assert_eq!((kept.phone.as_str(), kept.email.as_str()), ("+420601234567", "jana@skola.cz"));
        let kept = typed(" ", "", false).check().unwrap();
        assert_eq!((kept.phone.as_str(), kept.email.as_str()), ("", ""));
        assert_eq!(wrong(typed("6", "", true)), [("phone".into(), NotAPhone), ("email".into(), Missing)]);
        assert_eq!(wrong(typed("", "jana", false)), [("email".into(), NotAnEmail)]);
        let erased = MemberForm { name: "#7".into(), ..typed("", "", false) };
        assert_eq!(wrong(erased), [("name".into(), Missing)], "the number of an erased person is no name");
    }

    #[test]
    fn whoever_dispatches_or_manages_is_the_desk_whatever_else_they_do() {
        for role in [StaffRole::Dispatcher, StaffRole::Manager] {
            assert!(StaffRoles::from(role).is_desk());
            assert!(StaffRoles::from(role).with(StaffRole::Technician).is_desk());
        }
        assert!(!StaffRoles::from(StaffRole::Technician).is_desk());
        assert!(!StaffRoles::NONE.is_desk());
    }

    #[test]
    fn a_set_allows_what_was_put_in() {
        for &one in Capability::ALL {
            let only_one = Capabilities::NONE.with(one);
            let all_but_one = Capabilities::all().without(one);
            for &other in Capability::ALL {
                assert_eq!(only_one.may(other), one == other);
                assert_eq!(all_but_one.may(other), one != other);
            }
        }
        assert_eq!(Capabilities::default(), Capabilities::NONE);
        assert!(Capabilities::all().iter().eq(Capability::ALL.iter().copied()));
    }

    #[test]
    fn a_set_is_a_list_of_codes_on_the_wire() {
        let set: Capabilities = [Capability::SeeBilling, Capability::Order].into_iter().collect();
        let json = serde_json::to_string(&set).unwrap();
        assert_eq!(json, r#"["order","see_billing"]"#);
        assert_eq!(serde_json::from_str::<Capabilities>(&json).unwrap(), set);
        assert!(serde_json::from_str::<Capabilities>(r#"["fly"]"#).is_err());
    }
}
