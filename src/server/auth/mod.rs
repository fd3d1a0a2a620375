//! Who is asking, and the proof of what they may do.
//!
//! A service function asks for [`Member`], [`Orderer`] or [`Staff`]; none of them can be made except by the checks
//! here, so a use case cannot be reached without them.

pub mod codes;
pub mod events;
pub mod passkeys;
pub mod passwords;
pub mod tokens;

use std::net::IpAddr;

use uuid::Uuid;

use crate::model::{
    base::ids::{ApiTokenId, CustomerId, LoginId, MemberId, ProgramId, StaffId},
    line::api_tokens::ApiScopes,
    people::{
        accounts::Viewer,
        members::{Capabilities, Capability, StaffRole, StaffRoles},
    },
    problem::Problem,
};

/// Where a request comes from, put into it by the outermost layer.
#[derive(Debug, Clone)]
pub struct Client {
    /// Its address.
    pub address: Option<IpAddr>,
    /// What the browser calls itself.
    pub user_agent: String,
    /// The token of the session that the browser has now, if any.
    pub token: Option<tokens::Token>,
    /// By what the browser is known, if somebody has signed in from it.
    pub device: Option<tokens::Token>,
}

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
    /// What the person has proved in it.
    pub proof: Proof,
}

/// What somebody has proved in a session beyond having begun it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// Whether who it is was proved a short while ago.
    pub is_fresh: bool,
    /// Whether the sign-in asks for a second factor.
    pub has_factor: bool,
    /// Whether one is asked of this person, who has none: nothing but their account is open to them until they do.
    pub lacks_factor: bool,
}

impl Proof {
    /// All that can be asked.
    pub const WHOLE: Self = Self { is_fresh: true, has_factor: true, lacks_factor: false };
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
        roles: StaffRoles,
    },
}

impl Person {
    /// What the person is called.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Member { name, .. } | Self::Staff { name, .. } => name,
        }
    }
}

/// Whoever sent the request: a visitor or a signed-in person.
#[derive(Debug, Clone, Default)]
pub struct Caller(pub Option<Session>);

/// Proof that whoever asks has said a short while ago who they are: what a browser that was left alone must not do, nor who found it
/// (design, Step-up).
#[derive(Debug, Clone, Copy)]
pub struct Confirmed<'a>(&'a Caller);

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

/// Proof that a member with the capability `buy` is asking.
#[derive(Debug, Clone)]
pub struct Buyer(Member);

/// Proof that a member with the capability `see_billing` or `buy` is asking.
#[derive(Debug, Clone)]
pub struct BillingViewer(Member);

/// Proof that a member with the capability `manage` is asking.
#[derive(Debug, Clone)]
pub struct CustomerManager(Member);

/// Proof that somebody is asking who may connect programs: of a customer with the capability `manage`, or a manager of the vendor.
#[derive(Debug, Clone, Copy)]
pub struct Integrator {
    owner: Option<CustomerId>,
}

/// Proof that a person of the vendor is asking.
#[derive(Debug, Clone)]
pub struct Staff {
    id: StaffId,
    roles: StaffRoles,
}

/// Proof that a technician or a manager is asking: who may correct what a clock measured.
#[derive(Debug, Clone)]
pub struct Corrector(Staff);

/// Proof that a technician is asking.
#[derive(Debug, Clone)]
pub struct Technician(Corrector);

/// Proof that a dispatcher or a manager is asking.
#[derive(Debug, Clone)]
pub struct Desk(Staff);

/// Proof that a manager is asking.
#[derive(Debug, Clone)]
pub struct Manager(Desk);

/// A program that has shown a token of its customer's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The token.
    pub token: ApiTokenId,
    /// For which of the customer's programs it is.
    pub program: ProgramId,
    /// What it is good for.
    pub scopes: ApiScopes,
}

impl Caller {
    /// A program, which may what a person with the scopes of its token may, in the name of a member. It has signed in nowhere: whatever
    /// asks for that, or for anything proved anew, is not for it.
    #[must_use]
    pub fn of_program(program: &Program, (id, name): (MemberId, String), (customer, of): (CustomerId, String)) -> Self {
        let capabilities = program.scopes.capabilities();
        let person = Person::Member { id, name, customer, customer_name: of, capabilities };
        let proof = Proof { is_fresh: false, has_factor: false, lacks_factor: true };
        Self(Some(Session { id: program.token.0, login: LoginId(0), email: String::new(), person, proof }))
    }

    /// The signed-in person's session.
    ///
    /// # Errors
    /// [`Problem::SignInRequired`] for a visitor.
    pub fn session(&self) -> Result<&Session, Problem> {
        self.0.as_ref().ok_or(Problem::SignInRequired)
    }

    /// Whoever asks, if they have said a short while ago who they are.
    ///
    /// # Errors
    /// [`Problem::SignInRequired`] for a visitor, [`Problem::ConfirmRequired`] for who has not.
    pub fn confirmed(&self) -> Result<Confirmed<'_>, Problem> {
        if self.session()?.proof.is_fresh { Ok(Confirmed(self)) } else { Err(Problem::ConfirmRequired) }
    }

    /// Whether a second factor is asked of this person: of managers, and of members who move money. In a demo, whose passwords
    /// everybody knows, of nobody.
    #[must_use]
    pub fn needs_factor(&self, is_demo: bool) -> bool {
        let moves_money = |session: &Session| match session.person {
            Person::Staff { roles, .. } => roles.contains(StaffRole::Manager),
            Person::Member { capabilities, .. } => capabilities.may(Capability::Buy),
        };
        !is_demo && self.0.as_ref().is_some_and(moves_money)
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
        self.member_with(Capability::Order).map(Orderer)
    }

    /// The asking member, who may buy.
    ///
    /// # Errors
    /// As [`Caller::member`], and [`Problem::Forbidden`] without the capability, [`Problem::FactorRequired`] for who has no second
    /// factor where one is asked: what moves no money is open to them without.
    pub fn may_buy(&self) -> Result<Buyer, Problem> {
        let member = self.member_with(Capability::Buy)?;
        if self.session()?.proof.lacks_factor { Err(Problem::FactorRequired) } else { Ok(Buyer(member)) }
    }

    /// The asking member, who may see the account of minutes: whoever buys has to know what is left.
    ///
    /// # Errors
    /// As [`Caller::member`], and [`Problem::Forbidden`] without `see_billing` and `buy`.
    pub fn may_see_billing(&self) -> Result<BillingViewer, Problem> {
        self.member_with(Capability::Buy).or_else(|_| self.member_with(Capability::SeeBilling)).map(BillingViewer)
    }

    /// The asking member, who may manage what concerns the organisation.
    ///
    /// # Errors
    /// As [`Caller::member`], and [`Problem::Forbidden`] without the capability.
    pub fn may_manage(&self) -> Result<CustomerManager, Problem> {
        self.member_with(Capability::Manage).map(CustomerManager)
    }

    /// Who asks, if they may connect programs.
    ///
    /// # Errors
    /// As [`Caller::may_manage`] for members, as [`Caller::manager`] for the vendor's people.
    pub fn may_integrate(&self) -> Result<Integrator, Problem> {
        let owner = match self.session()?.person {
            Person::Member { .. } => Some(self.may_manage()?.customer()),
            Person::Staff { .. } => self.manager().map(|_| None)?,
        };
        Ok(Integrator { owner })
    }

    fn member_with(&self, capability: Capability) -> Result<Member, Problem> {
        let member = self.member()?;
        if member.may(capability) { Ok(member) } else { Err(Problem::Forbidden { capability: Some(capability) }) }
    }

    /// The asking person of the vendor.
    ///
    /// # Errors
    /// [`Problem::SignInRequired`] for a visitor, [`Problem::Forbidden`] for members, [`Problem::FactorRequired`] for who has to
    /// have a second factor and has none.
    pub fn staff(&self) -> Result<Staff, Problem> {
        let session = self.session()?;
        match &session.person {
            Person::Staff { .. } if session.proof.lacks_factor => Err(Problem::FactorRequired),
            Person::Staff { id, roles, .. } => Ok(Staff { id: *id, roles: *roles }),
            Person::Member { .. } => Err(Problem::Forbidden { capability: None }),
        }
    }

    /// The asking technician.
    ///
    /// # Errors
    /// As [`Caller::staff`], and [`Problem::Forbidden`] for others.
    pub fn technician(&self) -> Result<Technician, Problem> {
        self.staff_who(|roles| roles.contains(StaffRole::Technician)).map(|staff| Technician(Corrector(staff)))
    }

    /// The asking technician or manager.
    ///
    /// # Errors
    /// As [`Caller::staff`], and [`Problem::Forbidden`] for others.
    pub fn corrector(&self) -> Result<Corrector, Problem> {
        let may = |roles: StaffRoles| roles.contains(StaffRole::Technician) || roles.contains(StaffRole::Manager);
        self.staff_who(may).map(Corrector)
    }

    /// The asking dispatcher or manager.
    ///
    /// # Errors
    /// As [`Caller::staff`], and [`Problem::Forbidden`] for others.
    pub fn desk(&self) -> Result<Desk, Problem> {
        self.staff_who(StaffRoles::is_desk).map(Desk)
    }

    /// The asking manager.
    ///
    /// # Errors
    /// As [`Caller::staff`], and [`Problem::Forbidden`] for others.
    pub fn manager(&self) -> Result<Manager, Problem> {
        self.staff_who(|roles| roles.contains(StaffRole::Manager)).map(|staff| Manager(Desk(staff)))
    }

    fn staff_who(&self, may: impl FnOnce(StaffRoles) -> bool) -> Result<Staff, Problem> {
        let staff = self.staff()?;
        if may(staff.roles()) { Ok(staff) } else { Err(Problem::Forbidden { capability: None }) }
    }

    /// What the interface needs to know of the caller.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        match self.0.as_ref().map(|session| &session.person) {
            None => Viewer::Visitor,
            Some(Person::Member { name, customer_name, capabilities, .. }) => {
                Viewer::Member { name: name.clone(), customer: customer_name.clone(), capabilities: *capabilities }
            }
            Some(Person::Staff { name, roles, .. }) => Viewer::Staff { name: name.clone(), roles: *roles },
        }
    }
}

impl Member {
    /// Somebody who writes by mail: from their address, about what only whoever reads their mails knows, or as the desk has decided.
    #[must_use]
    pub const fn by_mail(id: MemberId, customer: CustomerId, capabilities: Capabilities) -> Self {
        Self { id, customer, capabilities }
    }

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

    /// The same person as a reader of what a customer had that was merged into theirs, as `read_of_former` in the database has found:
    /// nothing is ordered, bought or decided there any more.
    ///
    /// * `was` – who they were there, if they were
    #[must_use]
    pub fn reading_former(&self, customer: CustomerId, was: Option<MemberId>) -> Self {
        let reads = [Capability::SeeAll, Capability::SeeBilling];
        Self {
            id: was.unwrap_or(self.id),
            customer,
            capabilities: reads.into_iter().filter(|capability| self.may(*capability)).collect(),
        }
    }
}

/// A proof of more is a proof of less.
macro_rules! implies {
    ($($more:ident => $less:ident)+) => { $(
        impl std::ops::Deref for $more {
            type Target = $less;

            fn deref(&self) -> &$less {
                &self.0
            }
        }
    )+ };
}

implies! {
    Orderer => Member
    Buyer => Member
    BillingViewer => Member
    CustomerManager => Member
    Technician => Corrector
    Corrector => Staff
    Desk => Staff
    Manager => Desk
}

impl std::ops::Deref for Confirmed<'_> {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        self.0
    }
}

impl Integrator {
    /// For whom programs are connected: a customer; none for the vendor.
    #[must_use]
    pub fn owner(&self) -> Option<CustomerId> {
        self.owner
    }
}

impl Orderer {
    /// Who orders without having signed in: in the place of all visitors, or the person whose mailed link was followed just now.
    #[must_use]
    pub fn unsigned(id: MemberId, customer: CustomerId) -> Self {
        Self(Member { id, customer, capabilities: Capabilities::NONE.with(Capability::Order) })
    }
}

impl Desk {
    /// Whether it is a manager, who may change how the line works.
    #[must_use]
    pub fn is_manager(&self) -> bool {
        self.roles.contains(StaffRole::Manager)
    }
}

impl Corrector {
    /// Whether it is a manager, who may correct what is anybody's, and more of it.
    #[must_use]
    pub fn is_manager(&self) -> bool {
        self.roles.contains(StaffRole::Manager)
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
    pub fn roles(&self) -> StaffRoles {
        self.roles
    }
}
