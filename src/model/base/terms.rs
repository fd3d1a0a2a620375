//! Terms that several domains share.

use super::codes::coded_enum;

coded_enum! {
    /// How soon somebody is needed.
    pub enum Urgency {
        /// It could not be foreseen, and work has stopped.
        Urgent = "urgent",
        /// Everything else.
        Normal = "normal",
    }
}
