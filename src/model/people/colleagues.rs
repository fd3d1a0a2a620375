//! People of an organisation, as those of them who manage see them.

use serde::{Deserialize, Serialize};

use super::{
    members::{MemberPage, MemberPerson},
    registrations::AccessRequest,
};
use crate::model::base::{ids::MemberId, paging::Queue};

/// Everybody of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColleagueList {
    /// Those who are there first, by name.
    pub people: Vec<MemberPerson>,
    /// Which of them looks.
    pub oneself: MemberId,
    /// Who asks to be let in.
    pub asking: Queue<AccessRequest>,
}

/// One person of the organisation, or the form that invites one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColleaguePage {
    /// The person.
    pub page: MemberPage,
    /// Who has asked to be let in and is invited by the form.
    pub asked: Option<AccessRequest>,
}
