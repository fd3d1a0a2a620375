//! What managers decide about evidence (design, Evidence), and how asking TeamViewer's interface goes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::model::base::{
    codes::coded_enum,
    fields::{FieldCode, FieldProblem, keep_line},
    ids::StaffId,
    seen::Fields,
    text::one_line,
};

/// The most characters of what TeamViewer calls somebody.
const NAME_MAX: usize = 200;
/// For how many days connections may be kept, at least and at most.
pub const KEPT_DAYS: (u32, u32) = (30, 3_650);

coded_enum! {
    /// Why TeamViewer's interface tells nothing.
    pub enum TeamviewerFailure {
        /// It takes our token for none, or for one that may not ask this.
        Refused = "refused",
        /// It cannot answer now, or wants to be asked later.
        Busy = "busy",
        /// It cannot be reached.
        Unreachable = "unreachable",
        /// What it answers says nothing that we know.
        Unreadable = "unreadable",
    }
}

/// How asking TeamViewer's interface goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FetchStanding {
    /// Whether it is asked at all.
    pub is_on: bool,
    /// Up to when all connections are known that it tells.
    pub known_until: Option<DateTime<Utc>>,
    /// Since when it fails, and why.
    pub failing: Option<(DateTime<Utc>, TeamviewerFailure)>,
}

/// What managers decide about evidence, as typed or as kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TeamviewerForm {
    /// For how many days connections are kept.
    pub kept_days: String,
    /// What TeamViewer calls each technician, by name or by number; those that it does not know are left out.
    pub names: BTreeMap<StaffId, String>,
}

/// What of it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamviewerSetup {
    /// For how many days connections are kept.
    pub kept_days: u32,
    /// What TeamViewer calls each technician.
    pub names: BTreeMap<StaffId, String>,
}

impl TeamviewerForm {
    /// The name of a technician's field.
    #[must_use]
    pub fn field(technician: StaffId) -> String {
        format!("names[{technician}]")
    }

    /// The form's fields, by the names of what a browser sends.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let days = Fields::default().with("kept_days", one_line(&self.kept_days));
        self.names.iter().fold(days, |fields, (id, name)| fields.with(Self::field(*id), one_line(name)))
    }

    /// What is kept, or every field that is not right.
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(&self) -> Result<TeamviewerSetup, Vec<FieldProblem>> {
        let mut wrong = Vec::new();
        let kept_days = match one_line(&self.kept_days).parse::<u32>() {
            Ok(days) if (KEPT_DAYS.0..=KEPT_DAYS.1).contains(&days) => days,
            Ok(_) => {
                wrong.push(FieldProblem::new("kept_days", FieldCode::OutOfRange));
                KEPT_DAYS.0
            }
            Err(_) => {
                wrong.push(FieldProblem::new("kept_days", FieldCode::NotANumber));
                KEPT_DAYS.0
            }
        };
        let (mut names, mut taken) = (BTreeMap::new(), BTreeSet::new());
        for (id, typed) in &self.names {
            match keep_line(typed, 0..=NAME_MAX) {
                Ok(name) if name.is_empty() => {}
                Ok(name) if !taken.insert(name.to_lowercase()) => {
                    wrong.push(FieldProblem::new(Self::field(*id), FieldCode::AlreadyUsed));
                }
                Ok(name) => {
                    names.insert(*id, name);
                }
                Err(code) => wrong.push(FieldProblem::new(Self::field(*id), code)),
            }
        }
        if wrong.is_empty() { Ok(TeamviewerSetup { kept_days, names }) } else { Err(wrong) }
    }
}

/// What `/settings/teamviewer` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamviewerPage {
    /// As it is kept.
    pub form: TeamviewerForm,
    /// The technicians and what they are called here, by name.
    pub technicians: Vec<(StaffId, String)>,
    /// How asking the interface goes.
    pub fetch: FetchStanding,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_teamviewers_is_one_technicians() {
        let form = |days: &str, names: &[(i64, &str)]| TeamviewerForm {
            kept_days: days.into(),
            names: names.iter().map(|(id, name)| (StaffId(*id), (*name).to_owned())).collect(),
        };
        let kept = form(" 90 ", &[(1, " Radek "), (2, "")]).check().unwrap();
        assert_eq!((kept.kept_days, kept.names), (90, BTreeMap::from([(StaffId(1), "Radek".to_owned())])));
        let wrong = form("29", &[(1, "Radek"), (2, "radek")]).check().unwrap_err();
        assert_eq!(
            wrong,
            [
                FieldProblem::new("kept_days", FieldCode::OutOfRange),
                FieldProblem::new("names[2]", FieldCode::AlreadyUsed),
            ]
        );
        assert_eq!(form("", &[]).check().unwrap_err()[0].code, FieldCode::NotANumber);
    }
}
