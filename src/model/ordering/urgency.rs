//! The urgency guard (design, Urgency guard): what may be urgent, and what an urgent claim must say.
//!
//! It looks at strings and a flag only, so it also runs in the browser while somebody is typing.

use serde::{Deserialize, Serialize};

use crate::model::base::{terms::Urgency, text};

/// The shortest description of what stopped that helps a technician, in characters.
pub const WHAT_STOPPED_MIN: usize = 10;
/// The longest description of what stopped, in characters.
pub const WHAT_STOPPED_MAX: usize = 1_000;
/// The longest answer to "since when", in characters.
pub const SINCE_MAX: usize = 120;

/// What an urgent request says for itself, in the customer's words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct UrgencyClaim {
    /// What stopped working.
    pub what_stopped: String,
    /// Since when; free text, because people write "since this morning".
    pub since: String,
}

/// Why a request cannot be urgent as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum UrgencyRefused {
    /// Work of this type can be planned, so it is never urgent.
    #[error("plannable")]
    Plannable,
    /// It is not said what stopped.
    #[error("what_stopped_missing")]
    WhatStoppedMissing,
    /// What stopped is said in fewer than [`WHAT_STOPPED_MIN`] characters.
    #[error("what_stopped_too_short")]
    WhatStoppedTooShort,
    /// What stopped is said in more than [`WHAT_STOPPED_MAX`] characters.
    #[error("what_stopped_too_long")]
    WhatStoppedTooLong,
    /// It is not said since when.
    #[error("since_missing")]
    SinceMissing,
    /// Since when is said in more than [`SINCE_MAX`] characters.
    #[error("since_too_long")]
    SinceTooLong,
}

/// Lets a request through with the urgency that was asked for.
///
/// `plannable` is the work type's flag. A normal request always passes and its claim is not looked at. Surrounding
/// blanks do not count.
///
/// # Errors
///
/// The first thing that stands in the way, in the order in which the form asks: the work type, what stopped, since
/// when.
pub fn guard(plannable: bool, urgency: Urgency, claim: Option<&UrgencyClaim>) -> Result<Urgency, UrgencyRefused> {
    if urgency == Urgency::Normal {
        return Ok(urgency);
    }
    if plannable {
        return Err(UrgencyRefused::Plannable);
    }
    let claim = claim.ok_or(UrgencyRefused::WhatStoppedMissing)?;
    match text::length(&claim.what_stopped) {
        0 => return Err(UrgencyRefused::WhatStoppedMissing),
        1..WHAT_STOPPED_MIN => return Err(UrgencyRefused::WhatStoppedTooShort),
        WHAT_STOPPED_MIN..=WHAT_STOPPED_MAX => {}
        _ => return Err(UrgencyRefused::WhatStoppedTooLong),
    }
    match text::length(&claim.since) {
        0 => Err(UrgencyRefused::SinceMissing),
        1..=SINCE_MAX => Ok(urgency),
        _ => Err(UrgencyRefused::SinceTooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(what_stopped: &str, since: &str) -> UrgencyClaim {
        UrgencyClaim { what_stopped: what_stopped.into(), since: since.into() }
    }

    #[test]
    fn what_can_be_planned_is_never_urgent() {
        let good = claim("Nejde tisk stravenek", "dnes ráno");
        assert_eq!(guard(true, Urgency::Urgent, Some(&good)), Err(UrgencyRefused::Plannable));
        assert_eq!(guard(true, Urgency::Normal, None), Ok(Urgency::Normal));
        assert_eq!(guard(false, Urgency::Urgent, Some(&good)), Ok(Urgency::Urgent));
    }

    #[test]
    fn a_normal_request_needs_no_claim_and_a_bad_one_does_not_hurt() {
        assert_eq!(guard(false, Urgency::Normal, None), Ok(Urgency::Normal));
        assert_eq!(guard(false, Urgency::Normal, Some(&claim("x", ""))), Ok(Urgency::Normal));
    }

    #[test]
    fn an_urgent_claim_says_what_stopped_and_since_when() {
        use UrgencyRefused as Refused;
        let refusal =
            |what_stopped: &str, since: &str| guard(false, Urgency::Urgent, Some(&claim(what_stopped, since)));
        assert_eq!(guard(false, Urgency::Urgent, None), Err(Refused::WhatStoppedMissing));
        assert_eq!(refusal(" \n ", "ráno"), Err(Refused::WhatStoppedMissing));
        assert_eq!(refusal("  nejde    ", "ráno"), Err(Refused::WhatStoppedTooShort));
        assert_eq!(refusal(&"ž".repeat(9), "ráno"), Err(Refused::WhatStoppedTooShort), "characters, not bytes");
        assert_eq!(refusal(&"ž".repeat(10), "ráno"), Ok(Urgency::Urgent));
        assert_eq!(refusal(&"ž".repeat(1_000), "ráno"), Ok(Urgency::Urgent));
        assert_eq!(refusal(&"ž".repeat(1_001), "ráno"), Err(Refused::WhatStoppedTooLong));
        assert_eq!(refusal("Nejde tisk stravenek", "\t"), Err(Refused::SinceMissing));
        assert_eq!(refusal("Nejde tisk stravenek", &"a".repeat(121)), Err(Refused::SinceTooLong));
    }
}
