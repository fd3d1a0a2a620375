//! What can be wrong with one field of a form. Codes, never prose: the texts are in the catalogue of messages.

use serde::{Deserialize, Serialize};

use super::{codes::coded_enum, text};

coded_enum! {
    /// What is wrong with a field.
    pub enum FieldCode {
        /// Nothing was filled in.
        Missing = "missing",
        /// Fewer characters than needed.
        TooShort = "too_short",
        /// More characters than allowed.
        TooLong = "too_long",
        /// Not a telephone number that can be called.
        NotAPhone = "not_a_phone",
        /// Not an e-mail address.
        NotAnEmail = "not_an_email",
        /// A box that must be ticked is not.
        NotConfirmed = "not_confirmed",
        /// Not a whole number.
        NotANumber = "not_a_number",
        /// A number outside its limits.
        OutOfRange = "out_of_range",
        /// None of the values that can be chosen.
        Unknown = "unknown",
        /// Work that can be planned was called urgent.
        NotPlannedUrgent = "not_planned_urgent",
        /// Already used by somebody else.
        AlreadyUsed = "already_used",
        /// Two entries that should be the same differ.
        DoesNotMatch = "does_not_match",
        /// So common that anybody would guess it.
        TooCommon = "too_common",
    }
}

/// One thing that is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The name of the field in the form, for the error summary's link.
    pub field: String,
    /// What is wrong with it.
    pub code: FieldCode,
}

impl FieldProblem {
    /// Says that `field` has the problem `code`.
    #[must_use]
    pub fn new(field: impl Into<String>, code: FieldCode) -> Self {
        Self { field: field.into(), code }
    }
}

/// What is wrong with the length of a text, in characters without surrounding blanks; a `min` of 0 lets it be empty.
#[must_use]
pub fn check_length(typed: &str, min: usize, max: usize) -> Option<FieldCode> {
    match text::length(typed) {
        0 if min > 0 => Some(FieldCode::Missing),
        length if length < min => Some(FieldCode::TooShort),
        length if length > max => Some(FieldCode::TooLong),
        _ => None,
    }
}
