//! How an outage ends: what that means for each of its requests is said before (design, Outage), and nothing ends that was not shown.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{OutageRequest, box_of_request, ends_with_outage};
use crate::model::base::{
    bilingual::Bilingual,
    ids::OutageId,
    numbers::RequestNumber,
    preview::MailPreview,
    seen::{Fields, Seen},
};

/// What stands where the answer will that nobody has typed yet.
pub const ANSWER_TO_COME: &str = "[…]";

/// The most mails that are shown before they are written; beyond these they say the same to others.
pub const MAILS_SHOWN: usize = 20;

/// An open request of an outage that is about to end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestAtEnd {
    /// The request.
    pub request: OutageRequest,
    /// Who was to come at the agreed time.
    pub technician: Option<String>,
    /// Whom to call there.
    pub phone: String,
    /// Whether a mail reaches whoever ordered it.
    pub is_reached: bool,
}

impl RequestAtEnd {
    /// Whether the end is the end of it, unless somebody says that it needs work.
    #[must_use]
    pub const fn ends(&self) -> bool {
        ends_with_outage(self.request.state)
    }

    /// Under which name a form says how it was shown.
    #[must_use]
    pub fn field(&self) -> String {
        format!("ends[{}]", box_of_request(self.request.number))
    }

    fn shown(&self) -> String {
        let start = self.request.slot.map(|slot| slot.start.timestamp().to_string()).unwrap_or_default();
        format!("{} {start} {}", self.request.state, self.technician.as_deref().unwrap_or_default())
    }
}

/// How those are shown that end, but for which somebody says that they need work: what joins later, or gets another time, was not.
///
/// * `goes_on` – which need work
#[must_use]
pub fn shown_at_end(requests: &[RequestAtEnd], goes_on: &BTreeSet<RequestNumber>) -> Fields {
    let ending = requests.iter().filter(|one| one.ends() && !goes_on.contains(&one.request.number));
    ending.fold(Fields::default(), |fields, one| fields.with(one.field(), one.shown()))
}

/// What `/desk/outages/{outage}/end` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutageEndPage {
    /// Which one it is.
    pub id: OutageId,
    /// What it is called.
    pub name: Bilingual,
    /// When it was over, if a colleague was faster.
    pub resolved_at: Option<DateTime<Utc>>,
    /// Its open requests, by number.
    pub requests: Vec<RequestAtEnd>,
    /// What would be written to whom if none of them needed work; of many, the first.
    pub mails: Vec<MailPreview>,
    /// How many more would be.
    pub more_mails: u32,
    /// What the page shows, so that nothing ends unseen.
    pub seen: Seen,
    /// The key of the form.
    pub key: Uuid,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        fixtures::local,
        ordering::{offers::Slot, requests::RequestState},
    };

    fn request(serial: u32, state: RequestState, wall: Option<&str>) -> RequestAtEnd {
        let slot = wall.map(|wall| Slot { start: local(wall), end: local(wall) + chrono::TimeDelta::minutes(45) });
        RequestAtEnd {
            request: OutageRequest {
                number: RequestNumber::new(2026, serial).unwrap(),
                customer: "Škola".into(),
                state,
                program: Bilingual::from("Sklad".to_owned()),
                work_type: Bilingual::from("Oprava".to_owned()),
                what_happened: "Nejde.".into(),
                slot,
            },
            technician: slot.map(|_| "Radek".to_owned()),
            phone: String::new(),
            is_reached: true,
        }
    }

    #[test]
    fn what_joined_or_was_moved_since_was_not_shown_and_what_left_or_needs_work_does_not_matter() {
        let agreed = request(2, RequestState::Scheduled, Some("2026-11-24 08:00"));
        let shown = [request(1, RequestState::Waiting, None), agreed.clone(), request(3, RequestState::Waiting, None)];
        let seen = Seen::of(&shown_at_end(&shown, &BTreeSet::new()));
        let changed = |now: &[RequestAtEnd], goes_on: &[RequestNumber]| {
            let goes_on = goes_on.iter().copied().collect();
            let changed = seen.admit(&shown_at_end(now, &goes_on), &Fields::default());
            changed.err().map_or_else(Vec::new, |changed| changed.fields)
        };
        assert_eq!(changed(&shown, &[]), [""; 0]);
        assert_eq!(changed(&shown[..1], &[]), [""; 0], "two have left, or are over");
        let joined = [&shown[..], &[request(4, RequestState::Waiting, None)]].concat();
        assert_eq!(changed(&joined, &[]), ["ends[r2026-000004]"]);
        assert_eq!(changed(&joined, &[joined[3].request.number]), [""; 0], "it is left open");
        let moved = [request(2, RequestState::Scheduled, Some("2026-11-24 09:00"))];
        assert_eq!(changed(&moved, &[]), ["ends[r2026-000002]"]);
        let given = [RequestAtEnd { technician: Some("Simona".into()), ..agreed }];
        assert_eq!(changed(&given, &[]), ["ends[r2026-000002]"]);
        let begun = [request(2, RequestState::InProgress, Some("2026-11-24 08:00"))];
        assert_eq!(changed(&begun, &[]), [""; 0], "it ends with its work");
    }
}
