//! Words that several pages need.

pub(super) use crate::ui::format::capitalized;
use crate::{model::ordering::urgency::UrgencyClaim, ui::texts::t};

/// "Urgentní: nejde tisk. Od kdy: od rána"
pub(super) fn claim_in_words(claim: &UrgencyClaim) -> String {
    t!("order-claim", what = claim.what_stopped.as_str(), since = claim.since.as_str())
}
