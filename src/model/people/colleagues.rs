//! People of an organisation, as those of them who manage see them.

use serde::{Deserialize, Serialize};

use super::members::MemberPerson;
use crate::model::base::ids::MemberId;

/// Everybody of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColleagueList {
    /// Those who are there first, by name.
    pub people: Vec<MemberPerson>,
    /// Which of them asks.
    pub oneself: MemberId,
}
