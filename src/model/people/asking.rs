//! Colleagues: people of the same customer, of whom some may do what others may not.

use serde::{Deserialize, Serialize};

use crate::model::base::ids::MemberId;

/// A person of the same customer who may order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedColleague {
    /// Who it is.
    pub id: MemberId,
    /// What that person is called.
    pub name: String,
    /// Whether the reader has asked that person today.
    pub is_asked: bool,
}
