//! What stays though a manager would take it away, because something needs it.

use serde::{Deserialize, Serialize};

/// Why it stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Needed {
    /// The last region: somebody must be there to call.
    LastRegion,
    /// A region that was chosen for customers.
    RegionOf {
        /// How many have it.
        customers: u32,
    },
    /// The tier of whoever has no contract.
    BasicTier,
}
