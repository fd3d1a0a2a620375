//! The catalogue: what the customer runs and what can be ordered for it.

use serde::{Deserialize, Serialize};

use crate::model::base::{
    bilingual::Bilingual,
    codes::coded_enum,
    ids::{ProgramId, WorkTypeId},
};

/// The most minutes that work of a kind can usually take: a day.
pub const TYPICAL_MAX: u32 = 1_440;
/// The shortest slot in minutes, and the grid on which its length lies.
pub const SLOT_MIN: u32 = 15;
/// The longest slot in minutes: a working day.
pub const SLOT_MAX: u32 = 480;
/// The most working minutes within which a tier can promise anything: about a year.
pub const TIER_MINUTES_MAX: u32 = 130_000;
/// The tier of whoever has no contract.
pub const BASIC_TIER: &str = "basic";
/// The most characters of a region's number as it is printed.
pub const PHONE_MAX: usize = 30;

/// A program of the vendor.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Program {
    /// Its identity.
    pub id: ProgramId,
    /// Its name as customers know it.
    pub name: Bilingual,
}

/// A span of minutes from the least to the most, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MinuteRange {
    /// The least, in minutes.
    pub from: u32,
    /// The most, in minutes; not less than `from`.
    pub to: u32,
}

impl MinuteRange {
    /// Nothing at all: 0–0.
    pub const ZERO: Self = Self { from: 0, to: 0 };

    /// The range between two numbers of minutes, given in either order.
    #[must_use]
    pub fn new(one_end: u32, other_end: u32) -> Self {
        Self { from: one_end.min(other_end), to: one_end.max(other_end) }
    }

    /// Whether both ends are the same, so that a single number says it all.
    #[must_use]
    pub const fn is_exact(self) -> bool {
        self.from == self.to
    }
}

coded_enum! {
    /// Who names the time of a piece of work (design, Offers).
    pub enum SlotChoice {
        /// The customer picks among computed offers.
        Customer = "customer",
        /// The request waits in the desk's queue; the customer picks among the slots a dispatcher offers.
        Dispatch = "dispatch",
    }
}

/// A kind of work that can be ordered; a row of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WorkType {
    /// Its identity.
    pub id: WorkTypeId,
    /// Its name as customers read it.
    pub name: Bilingual,
    /// One or two sentences that help to choose it.
    pub description: Bilingual,
    /// How long such work usually takes: the base of the [estimate](crate::model::minutes::estimate).
    pub typical_minutes: MinuteRange,
    /// How much of a technician's day a slot for it takes, in minutes; a multiple of 15.
    pub slot_minutes: u32,
    /// Work that everybody can see coming (year-end, price changes, training): never urgent (design, Urgency guard).
    pub plannable: bool,
    /// What a technician must know to take it.
    pub skill: String,
    /// Who names the time.
    pub choice: SlotChoice,
}

#[cfg(test)]
mod tests {
    use super::MinuteRange;

    #[test]
    fn a_range_is_in_order() {
        assert_eq!(MinuteRange::new(45, 20), MinuteRange { from: 20, to: 45 });
        assert_eq!(MinuteRange::new(20, 45), MinuteRange { from: 20, to: 45 });
        assert!(MinuteRange::new(20, 20).is_exact() && !MinuteRange::new(20, 21).is_exact());
    }
}
