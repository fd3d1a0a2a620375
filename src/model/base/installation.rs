//! What a database is for.

use super::codes::coded_enum;

coded_enum! {
    /// What a database is for. Neither is ever served as the other (design, Demo).
    pub enum Installation {
        /// Made-up customers, whose passwords everybody knows.
        Demo = "demo",
        /// A vendor's real work.
        Production = "production",
    }
}
