//! What visitors order before anybody knows who they are.

use serde::{Deserialize, Serialize};

use super::pages::WhatChoice;
use crate::model::people::registrations::RegisterPage;

/// The one screen on which a visitor says what is wanted, and for whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitPage {
    /// What can be ordered, and nothing of anybody else's.
    pub choice: WhatChoice,
    /// What is asked of who comes in.
    pub register: RegisterPage,
}

/// What a visitor types of the order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedVisit {
    /// A [`Subject`](super::drafts::Subject), as its form writes it.
    pub subject: String,
    /// In the visitor's words.
    pub what_happened: String,
}
