//! How much is read of what comes and of what is answered, in bytes.

use crate::model::minutes::contracts::LARGEST_FILE;

/// The most that a form may send: several times what all fields of any of ours may hold, so that too long a text is told beside its
/// field.
pub const LARGEST_FORM: usize = 1024 * 1024;
/// The most that reaches a server function: a file as hexadecimal digits, and the form around it.
pub const LARGEST_CALL: usize = 2 * (LARGEST_FILE + 64 * 1024) + LARGEST_FORM;
/// The most that a server function answers with a problem.
pub const LARGEST_PROBLEM: usize = 64 * 1024;
