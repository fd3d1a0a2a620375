//! People: what a member of a customer may do, and what a person of the vendor is.

use serde::{Deserialize, Serialize};

use crate::model::base::codes::coded_enum;

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

/// A set of [capabilities](Capability). On the wire it is the list of their codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Capability>", into = "Vec<Capability>")]
pub struct Capabilities(u8);

impl Capabilities {
    /// The set that allows nothing.
    pub const NONE: Self = Self(0);

    /// The set that allows everything: the first member of a customer starts with it.
    #[must_use]
    pub fn all() -> Self {
        Capability::ALL.iter().copied().collect()
    }

    /// Whether this set allows `capability`.
    #[must_use]
    pub const fn may(self, capability: Capability) -> bool {
        self.0 & Self::bit(capability) != 0
    }

    /// This set and `capability`.
    #[must_use]
    pub const fn with(self, capability: Capability) -> Self {
        Self(self.0 | Self::bit(capability))
    }

    /// This set but for `capability`.
    #[must_use]
    pub const fn without(self, capability: Capability) -> Self {
        Self(self.0 & !Self::bit(capability))
    }

    /// What the set allows, in the order of [`Capability::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Capability> {
        Capability::ALL.iter().copied().filter(move |&capability| self.may(capability))
    }

    const fn bit(capability: Capability) -> u8 {
        match capability {
            Capability::Order => 1,
            Capability::SeeAll => 1 << 1,
            Capability::Buy => 1 << 2,
            Capability::SeeBilling => 1 << 3,
            Capability::Manage => 1 << 4,
        }
    }
}

impl FromIterator<Capability> for Capabilities {
    fn from_iter<I: IntoIterator<Item = Capability>>(capabilities: I) -> Self {
        capabilities.into_iter().fold(Self::NONE, Self::with)
    }
}

impl From<Vec<Capability>> for Capabilities {
    fn from(capabilities: Vec<Capability>) -> Self {
        capabilities.into_iter().collect()
    }
}

impl From<Capabilities> for Vec<Capability> {
    fn from(capabilities: Capabilities) -> Self {
        capabilities.iter().collect()
    }
}

coded_enum! {
    /// What a person of the vendor is.
    pub enum StaffRole {
        /// Plans: the desk's queue, offers, moves.
        Dispatcher = "dispatcher",
        /// Does the work.
        Technician = "technician",
        /// Keeps the line's data: tiers, catalogue, hours, people.
        Manager = "manager",
    }
}

#[cfg(test)]
mod tests {
    use super::{Capabilities, Capability};

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
