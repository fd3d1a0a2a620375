//! The programs that a customer runs, and the computers to which technicians connect.

use serde::{Deserialize, Serialize};

use super::{catalogue::Program, programs::VERSION_MAX};
use crate::model::base::{
    fields::{FieldCode, FieldProblem, keep_line},
    ids::{ComputerId, CustomerId, ProgramId},
    text::{is_unseen, one_line},
};

/// The most characters of a licence's number or key.
const NUMBER_MAX: usize = 100;
/// The most characters of a computer's name.
const NAME_MAX: usize = 100;

/// What starts TeamViewer where it is installed.
pub const TEAMVIEWER: &str = "teamviewer10://";
/// Where there is TeamViewer for whoever has none yet.
pub const TEAMVIEWER_DOWNLOAD: &str = "https://www.teamviewer.com/download";

/// A program that a customer runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// Which program.
    pub program: Program,
    /// The number of the licence, or its key; may be empty.
    pub number: String,
    /// Which version of it runs; empty where nobody knows.
    pub version: String,
}

/// A computer, by the number under which TeamViewer knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Computer {
    /// The row.
    pub id: ComputerId,
    /// What people call it.
    pub name: String,
    /// Nine or ten digits.
    pub teamviewer_id: String,
    /// Names of the licensed programs that run on it.
    pub programs: Vec<String>,
}

impl Computer {
    /// The address that opens TeamViewer with this computer; none for what is no number of TeamViewer's, wherever it came from:
    /// nothing else may stand in an address that starts a program.
    #[must_use]
    pub fn link(&self) -> Option<String> {
        let is_number = keep_teamviewer_id(&self.teamviewer_id).is_ok_and(|kept| kept == self.teamviewer_id);
        is_number.then(|| format!("teamviewer10://control?device={}", self.teamviewer_id))
    }

    /// The number as TeamViewer shows it, in groups of three that do not break over lines.
    #[must_use]
    pub fn in_groups(&self) -> String {
        let digits = self.teamviewer_id.chars().count();
        let mut groups = String::new();
        for (place, digit) in self.teamviewer_id.chars().enumerate() {
            if place > 0 && (digits - place).is_multiple_of(3) {
                groups.push('\u{a0}');
            }
            groups.push(digit);
        }
        groups
    }
}

/// A computer as typed into a form, or as kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ComputerForm {
    /// What people call it.
    pub name: String,
    /// The number that TeamViewer shows, in groups or not.
    pub teamviewer_id: String,
    /// Programs that run on it.
    pub programs: Vec<ProgramId>,
}

impl ComputerForm {
    /// The computer as kept, or every field that is not right.
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(&self) -> Result<Self, Vec<FieldProblem>> {
        match (keep_line(&self.name, 1..=NAME_MAX), keep_teamviewer_id(&self.teamviewer_id)) {
            (Ok(name), Ok(teamviewer_id)) => Ok(Self { name, teamviewer_id, programs: self.programs.clone() }),
            (name, number) => Err([("computer", name.err()), ("teamviewer_id", number.err())]
                .into_iter()
                .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
                .collect()),
        }
    }
}

/// The number of a licence as it is kept, or nothing.
///
/// # Errors
/// When it is too long.
pub fn keep_licence_number(typed: &str) -> Result<String, FieldCode> {
    keep_line(typed, 0..=NUMBER_MAX)
}

/// The version of a program as it is kept, listed or not, or nothing.
///
/// # Errors
/// When it is too long.
pub fn keep_version(typed: &str) -> Result<String, FieldCode> {
    keep_line(typed, 0..=VERSION_MAX)
}

/// The number of a computer as it is kept: nine or ten digits, however they were grouped.
///
/// # Errors
/// When there is none, or it is none of TeamViewer's.
pub fn keep_teamviewer_id(typed: &str) -> Result<String, FieldCode> {
    let is_separator = |c: char| c.is_whitespace() || is_unseen(c) || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '.');
    let digits: String = one_line(typed).chars().filter(|c| !is_separator(*c)).collect();
    let is_number = (9..=10).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    match digits.as_str() {
        "" => Err(FieldCode::Missing),
        _ if is_number => Ok(digits),
        _ => Err(FieldCode::Unknown),
    }
}

/// What `/desk/customers/{customer}/programs` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicencesPage {
    /// The customer.
    pub customer: CustomerId,
    /// Its name.
    pub customer_name: String,
    /// The programs that it runs, by name.
    pub licences: Vec<Licence>,
    /// Its computers, by name.
    pub computers: Vec<Computer>,
    /// All programs that there are.
    pub programs: Vec<Program>,
    /// All versions of them that are listed, the latest first.
    pub versions: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_computer_has_one_number_however_it_was_pasted() {
        for (typed, kept) in [
            ("123 456 789", "123456789"),
            ("1\u{a0}234\u{a0}567\u{a0}890", "1234567890"),
            (" 123-456-789\u{200b}", "123456789"),
        ] {
            assert_eq!(keep_teamviewer_id(typed).as_deref(), Ok(kept), "{typed}");
        }
        for wrong in ["12345678", "12345678901", "023456789", "123456789&x=1", "１２３４５６７８９", "javascript:1"]
        {
            assert_eq!(keep_teamviewer_id(wrong), Err(FieldCode::Unknown), "{wrong}");
        }
        assert_eq!(keep_teamviewer_id(" "), Err(FieldCode::Missing));
    }

    #[test]
    fn a_number_is_shown_in_groups_and_linked_without() {
        let computer = |number: &str| Computer {
            id: ComputerId(1),
            name: "Kancelář".into(),
            teamviewer_id: number.into(),
            programs: Vec::new(),
        };
        assert_eq!(computer("123456789").in_groups(), "123\u{a0}456\u{a0}789");
        assert_eq!(computer("1234567890").in_groups(), "1\u{a0}234\u{a0}567\u{a0}890");
        assert_eq!(computer("1234567890").link().as_deref(), Some("teamviewer10://control?device=1234567890"));
        for wrong in ["123 456 789", "123456789&filetransfer=true", "javascript:alert(1)", ""] {
            assert_eq!(computer(wrong).link(), None, "{wrong}");
        }
    }
}
