//! People: what a member of a customer may do, and what a person of the vendor is.

use crate::model::base::codes::{coded_enum, coded_set};

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

#[cfg(test)]
mod tests {
    use super::{Capabilities, Capability, StaffRole, StaffRoles};

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
