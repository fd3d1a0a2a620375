//! Links by which a program opens an order in a browser (design, Links of programs): what one says, and for how long it is good.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    drafts::{Subject, TypedWish},
    pages::Contact,
    requests::RequestDetails,
    urgency::UrgencyClaim,
};
use crate::model::base::{
    ids::{ProgramId, RequestId, WorkTypeId},
    terms::Urgency,
    text::{lines, one_line},
};

/// For how long a link is good: who has to sign in first still finds it so.
const GOOD_FOR: TimeDelta = TimeDelta::minutes(30);
/// How far ahead of ours a program's clock may be.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// What the address of a link says, beside its signature. What is not said is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedLink {
    /// How the token begins whose program made it.
    pub token: String,
    /// What the program calls this order: the same link leads to the same order.
    pub id: Uuid,
    /// When it was made, in seconds since 1970.
    pub at: i64,
    /// Which kind of work is wanted.
    pub work_type: Option<i64>,
    /// How urgent it is.
    pub urgency: Option<Urgency>,
    /// What it is about, in a line.
    #[serde(default)]
    pub summary: String,
    /// The last error that the program showed.
    #[serde(default)]
    pub error: String,
    /// What stood on the screen.
    #[serde(default)]
    pub screen: String,
    /// Since when, of what is urgent.
    #[serde(default)]
    pub since: String,
    /// Who sits at the computer.
    #[serde(default)]
    pub user: String,
    /// Where to reach that person.
    #[serde(default)]
    pub phone: String,
    /// With which address that person signs in.
    #[serde(default)]
    pub email: String,
    /// In which version the program runs.
    #[serde(default)]
    pub version: String,
}

impl TypedLink {
    /// Whether it is good at an instant.
    #[must_use]
    pub fn is_good_at(&self, now: DateTime<Utc>) -> bool {
        DateTime::from_timestamp(self.at, 0).is_some_and(|at| at <= now + AHEAD && now - GOOD_FOR < at)
    }

    /// The same with texts as they are kept.
    #[must_use]
    pub fn cleaned(self) -> Self {
        Self {
            token: one_line(&self.token),
            summary: one_line(&self.summary),
            error: lines(&self.error),
            screen: lines(&self.screen),
            since: one_line(&self.since),
            user: one_line(&self.user),
            phone: one_line(&self.phone),
            email: one_line(&self.email),
            version: one_line(&self.version),
            ..self
        }
    }

    /// The order that begins with it.
    #[must_use]
    pub const fn order(&self) -> RequestId {
        RequestId(self.id)
    }

    /// What it wants for a program, as its person would write it; who orders usually is asked where it names nobody.
    #[must_use]
    pub fn wish(&self, program: ProgramId, usual: &Contact) -> TypedWish {
        let said = [&self.summary, &self.error, &self.screen].map(|text| text.trim());
        let what_happened = said.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
        let subject = self.work_type.map(|id| Subject { program, work_type: WorkTypeId(id) }.to_string());
        let or_usual = |said: &str, usual: &str| if said.trim().is_empty() { usual } else { said }.to_owned();
        TypedWish {
            subject: subject.unwrap_or_default(),
            details: RequestDetails {
                what_happened,
                contact_name: or_usual(&self.user, &usual.name),
                contact_phone: or_usual(&self.phone, &usual.phone),
            },
            urgency: self.urgency,
            claim: UrgencyClaim { what_stopped: self.summary.clone(), since: self.since.clone() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::local;

    fn link() -> TypedLink {
        TypedLink {
            token: "linka_12345678".into(),
            id: Uuid::from_u128(7),
            at: local("2026-11-23 08:00").timestamp(),
            work_type: Some(7),
            urgency: Some(Urgency::Normal),
            summary: "Nejde tisk".into(),
            error: "0x80070005".into(),
            screen: String::new(),
            since: String::new(),
            user: "Jana Nováková".into(),
            phone: String::new(),
            email: String::new(),
            version: "2026.1".into(),
        }
    }

    #[test]
    fn a_link_is_good_for_half_an_hour_by_whoever_is_clock_is_a_little_ahead() {
        let good = |at: &str| link().is_good_at(local(at));
        assert!(good("2026-11-23 07:55") && good("2026-11-23 08:29"));
        assert!(!good("2026-11-23 07:54") && !good("2026-11-23 08:30"));
        for at in [i64::MIN, DateTime::<Utc>::MIN_UTC.timestamp(), DateTime::<Utc>::MAX_UTC.timestamp(), i64::MAX] {
            assert!(!TypedLink { at, ..link() }.is_good_at(local("2026-11-23 08:00")), "{at}");
        }
    }

    #[test]
    fn a_link_says_what_its_person_would_write() {
        let usual = Contact { name: "Petr".into(), phone: "+420377457977".into() };
        let wish = link().wish(ProgramId(3), &usual).check(|_| Some(false)).expect("a wish");
        assert_eq!(wish.details.what_happened, "Nejde tisk\n\n0x80070005");
        assert_eq!(
            (wish.details.contact_name.as_str(), wish.details.contact_phone.as_str()),
            ("Jana Nováková", "+420377457977")
        );
        let bare = TypedLink { work_type: None, ..link() }.wish(ProgramId(3), &usual);
        assert_eq!(bare.subject, "");
    }
}
