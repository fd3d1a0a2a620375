//! The urgency guard (design, Urgency guard): what may be urgent, and what an urgent claim must say.
//!
//! It looks at strings and a flag only, so it also runs in the browser while somebody is typing.

use serde::{Deserialize, Serialize};

use crate::model::base::{
    fields::{FieldCode, keep_line, keep_lines},
    terms::Urgency,
};

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

/// Lets a request through with the urgency that was asked for, and says how its claim is kept: none for a normal one.
///
/// `plannable` is the work type's flag. A normal request always passes and its claim is not looked at.
///
/// # Errors
///
/// The first thing that stands in the way, in the order in which the form asks: the work type, what stopped, since
/// when.
pub fn guard(
    plannable: bool,
    urgency: Urgency,
    claim: Option<&UrgencyClaim>,
) -> Result<Option<UrgencyClaim>, UrgencyRefused> {
    if urgency == Urgency::Normal {
        return Ok(None);
    }
    if plannable {
        return Err(UrgencyRefused::Plannable);
    }
    let claim = claim.ok_or(UrgencyRefused::WhatStoppedMissing)?;
    let what_stopped =
        keep_lines(&claim.what_stopped, WHAT_STOPPED_MIN..=WHAT_STOPPED_MAX).map_err(|code| match code {
            FieldCode::Missing => UrgencyRefused::WhatStoppedMissing,
            FieldCode::TooShort => UrgencyRefused::WhatStoppedTooShort,
            _ => UrgencyRefused::WhatStoppedTooLong,
        })?;
    let since = keep_line(&claim.since, 1..=SINCE_MAX).map_err(|code| match code {
        FieldCode::Missing => UrgencyRefused::SinceMissing,
        _ => UrgencyRefused::SinceTooLong,
    })?;
    Ok(Some(UrgencyClaim { what_stopped, since }))
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
        assert_eq!(guard(true, Urgency::Normal, None), Ok(None));
        assert_eq!(guard(false, Urgency::Urgent, Some(&good)), Ok(Some(good)));
    }

    #[test]
    fn a_normal_request_needs_no_claim_and_a_bad_one_does_not_hurt() {
        assert_eq!(guard(false, Urgency::Normal, None), Ok(None));
        assert_eq!(guard(false, Urgency::Normal, Some(&claim("x", ""))), Ok(None));
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
        assert_eq!(refusal(&"ž".repeat(10), "ráno"), Ok(Some(claim(&"ž".repeat(10), "ráno"))));
        assert!(refusal(&"ž".repeat(1_000), "ráno").is_ok());
        assert_eq!(refusal(&"ž".repeat(1_001), "ráno"), Err(Refused::WhatStoppedTooLong));
        assert_eq!(refusal("Nejde tisk stravenek", "\t"), Err(Refused::SinceMissing));
        assert_eq!(refusal("Nejde tisk stravenek", "\u{202e}"), Err(Refused::SinceMissing), "nobody sees it");
        let kept = refusal(" Nejde tisk\u{fffe}\r\nstravenek ", "\u{202e}ráno");
        assert_eq!(kept, Ok(Some(claim("Nejde tisk\nstravenek", "ráno"))), "as it is kept");
        assert_eq!(refusal("Nejde tisk stravenek", &"a".repeat(121)), Err(Refused::SinceTooLong));
    }
}
