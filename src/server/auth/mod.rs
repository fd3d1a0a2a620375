//! Who is asking, and the proof of what they may do.
//!
//! A service function asks for [`Member`], [`Orderer`] or [`Staff`]; none of them can be made except by the checks
//! here, so a use case cannot be reached without them.

pub mod passwords;
pub mod tokens;

use uuid::Uuid;

use crate::model::{
    accounts::Viewer,
    ids::{CustomerId, LoginId, MemberId, StaffId},
    members::{Capabilities, Capability, StaffRole},
    problem::Problem,
};

/// The session of a signed-in person, as the database knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// What the person sees in the list of sessions.
    pub id: Uuid,
    /// Which sign-in it belongs to.
    pub login: LoginId,
    /// The e-mail address.
    pub email: String,
    /// The person.
    pub person: Person,
}

/// A signed-in person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// Of a customer.
    Member {
        /// Which person.
        id: MemberId,
        /// The name.
        name: String,
        /// The organisation.
        customer: CustomerId,
        /// The organisation's name.
        customer_name: String,
        /// What the person may do.
        capabilities: Capabilities,
    },
    /// Of the vendor.
    Staff {
        /// Which person.
        id: StaffId,
        /// The name.
        name: String,
        /// What the person does.
        role: StaffRole,
    },
}

/// Whoever sent the request: a visitor or a signed-in person.
#[derive(Debug, Clone, Default)]
pub struct Caller(pub Option<Session>);

/// Proof that a member is asking.
#[derive(Debug, Clone)]
pub struct Member {
    id: MemberId,
    customer: CustomerId,
    capabilities: Capabilities,
}

/// Proof that a member with the capability `order` is asking.
#[derive(Debug, Clone)]
pub struct Orderer(Member);

/// Proof that a person of the vendor is asking.
#[derive(Debug, Clone)]
pub struct Staff {
    id: StaffId,
    role: StaffRole,
}

impl Caller {
    /// The signed-in person's session.
    ///
    /// # Errors
    /// [`Problem::SignInRequired`] for a visitor.
    pub fn session(&self) -> Result<&Session, Problem> {
        self.0.as_ref().ok_or(Problem::SignInRequired)
    }

    /// The asking member.
    ///
    /// # Errors
    /// [`Problem::SignInRequired`] for a visitor, [`Problem::Forbidden`] for staff.
    pub fn member(&self) -> Result<Member, Problem> {
        match &self.session()?.person {
            Person::Member { id, customer, capabilities, .. } => {
                Ok(Member { id: *id, customer: *customer, capabilities: *capabilities })
            }
            Person::Staff { .. } => Err(Problem::Forbidden { capability: None }),
        }
    }

    /// The asking member, who may order.
    ///
    /// # Errors
    /// As [`Caller::member`], and [`Problem::Forbidden`] without the capability.
    pub fn may_order(&self) -> Result<Orderer, Problem> {
        let member = self.member()?;
        if member.may(Capability::Order) {
            Ok(Orderer(member))
        } else {
            Err(Problem::Forbidden { capability: Some(Capability::Order) })
        }
    }

    /// The asking person of the vendor.
    ///
    /// # Errors
    /// [`Problem::SignInRequired`] for a visitor, [`Problem::Forbidden`] for members.
    pub fn staff(&self) -> Result<Staff, Problem> {
        match &self.session()?.person {
            Person::Staff { id, role, .. } => Ok(Staff { id: *id, role: *role }),
            Person::Member { .. } => Err(Problem::Forbidden { capability: None }),
        }
    }

    /// What the interface needs to know of the caller.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        match self.0.as_ref().map(|session| &session.person) {
            None => Viewer::Visitor,
            Some(Person::Member { name, customer_name, capabilities, .. }) => {
                Viewer::Member { name: name.clone(), customer: customer_name.clone(), capabilities: *capabilities }
            }
            Some(Person::Staff { name, role, .. }) => Viewer::Staff { name: name.clone(), role: *role },
        }
    }
}

impl Member {
    /// Which person.
    #[must_use]
    pub fn id(&self) -> MemberId {
        self.id
    }

    /// Whose data they may reach.
    #[must_use]
    pub fn customer(&self) -> CustomerId {
        self.customer
    }

    /// Whether they have the capability.
    #[must_use]
    pub fn may(&self, capability: Capability) -> bool {
        self.capabilities.may(capability)
    }
}

impl std::ops::Deref for Orderer {
    type Target = Member;

    fn deref(&self) -> &Member {
        &self.0
    }
}

impl Staff {
    /// Which person.
    #[must_use]
    pub fn id(&self) -> StaffId {
        self.id
    }

    /// What they do.
    #[must_use]
    pub fn role(&self) -> StaffRole {
        self.role
    }
}
