//! A mail before it is written: what an act would tell whom, to be read by whoever decides about it.

use serde::{Deserialize, Serialize};

/// A mail as it would be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailPreview {
    /// Who reads it.
    pub to: String,
    /// Whether that is somebody of the customer's; else one of ours.
    pub is_customers: bool,
    /// The code of the language in which it is written.
    pub language: String,
    /// Its subject.
    pub subject: String,
    /// What it says, a paragraph each.
    pub paragraphs: Vec<String>,
}

impl MailPreview {
    /// Puts `blank` where something stands that is known only when the mail is written.
    pub fn leave_open(&mut self, unknown: &str, blank: &str) {
        for text in std::iter::once(&mut self.subject).chain(&mut self.paragraphs) {
            *text = text.replace(unknown, blank);
        }
    }
}
