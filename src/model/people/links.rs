//! Links by mail for who cannot sign in, or would rather not type a password.

use serde::{Deserialize, Serialize};

use crate::model::base::codes::coded_enum;

coded_enum! {
    /// What somebody asks a link for who is not signed in.
    pub enum LinkKind {
        /// To choose a new password.
        Password = "password",
        /// To sign in once without one.
        SignIn = "sign_in",
    }
}

/// `/sign-in/link`: where a mailed link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInLinkPage {
    /// Whether it signs somebody in: it was neither used nor replaced, and its time is not over.
    pub is_good: bool,
}
