//! A draft that a member fills in on three screens until its time is agreed.
//!
//! The draft is a service request in the state `Draft` and lives in the database, so that neither the browser's Back
//! nor a closed window loses what was typed.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    offers::Slot,
    requests::RequestDetails,
    urgency::{UrgencyClaim, UrgencyRefused, guard},
};
use crate::model::{
    base::{
        fields::{FieldCode, FieldProblem},
        ids::{ProgramId, RequestId, WorkTypeId},
        terms::Urgency,
    },
    line::catalogue::{Program, SlotChoice, WorkType},
};

/// The screens of a draft, in their order; each is a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DraftStep {
    /// What is wanted, how urgently, and who will sit at the computer.
    What,
    /// When the technician shall connect.
    Time,
    /// All of it once more, with the slot held meanwhile; what sends the order.
    Confirm,
}

impl DraftStep {
    /// All steps in order.
    pub const ALL: [DraftStep; 3] = [DraftStep::What, DraftStep::Time, DraftStep::Confirm];

    /// The steps of an order whose time is chosen by `choice`, in order: what dispatch chooses is not asked.
    pub fn of(choice: SlotChoice) -> impl Iterator<Item = DraftStep> {
        let asks_time = choice == SlotChoice::Customer;
        Self::ALL.into_iter().filter(move |step| asks_time || *step != DraftStep::Time)
    }
}

/// What an order is about: one choice, written as `program.work_type` in forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// With which program.
    pub program: ProgramId,
    /// What is to be done there.
    pub work_type: WorkTypeId,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.program, self.work_type)
    }
}

impl FromStr for Subject {
    type Err = FieldCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (program, work_type) = text.trim().split_once('.').ok_or(FieldCode::Unknown)?;
        let program = program.parse().map_err(|_| FieldCode::Unknown)?;
        let work_type = work_type.parse().map_err(|_| FieldCode::Unknown)?;
        Ok(Self { program, work_type })
    }
}

/// The first screen as it is filled in. It says nothing of who orders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedWish {
    /// A [`Subject`], as its form writes it.
    pub subject: String,
    /// What happened, and who will sit at the computer.
    pub details: RequestDetails,
    /// The chosen urgency, where one was chosen.
    pub urgency: Option<Urgency>,
    /// What stopped and since when; only looked at when it is urgent.
    pub claim: UrgencyClaim,
}

/// What somebody wants, as it is kept. It says nothing of who orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// What it is about.
    pub subject: Subject,
    /// What happened, and who will sit at the computer.
    pub details: RequestDetails,
    /// How urgent it is.
    pub urgency: Urgency,
    /// What stopped and since when; only of an urgent one.
    pub claim: Option<UrgencyClaim>,
}

/// Why the first screen is not right yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WishRefused {
    /// Some fields need another look.
    Fields(Vec<FieldProblem>),
    /// It cannot be urgent.
    Urgency(UrgencyRefused),
}

impl TypedWish {
    /// The wish as it is kept. What can be planned is normal without being asked.
    ///
    /// * `plannable` – of what can be ordered: whether it can be planned; none for what cannot be ordered
    ///
    /// # Errors
    /// Everything that is wrong with its fields, in the order of the form; the guard speaks when those are right.
    pub fn check(&self, plannable: impl Fn(Subject) -> Option<bool>) -> Result<Wish, WishRefused> {
        let subject = match self.subject.trim() {
            "" => Err(FieldCode::Missing),
            typed => typed.parse().and_then(|subject| Ok((subject, plannable(subject).ok_or(FieldCode::Unknown)?))),
        };
        let urgency = match (self.urgency, &subject) {
            (Some(urgency), _) => Ok(urgency),
            (None, Ok((_, true))) => Ok(Urgency::Normal),
            (None, _) => Err(FieldCode::Missing),
        };
        match (subject, self.details.check(), urgency) {
            (Ok((subject, plannable)), Ok(details), Ok(urgency)) => {
                let claim = guard(plannable, urgency, Some(&self.claim)).map_err(WishRefused::Urgency)?;
                Ok(Wish { subject, details, urgency, claim })
            }
            (subject, details, urgency) => {
                let one = |field: &str, code: Option<FieldCode>| code.map(|code| FieldProblem::new(field, code));
                let details = details.err().unwrap_or_default();
                let is_contact = |problem: &FieldProblem| problem.field.starts_with("contact");
                let (contact, what): (Vec<_>, Vec<_>) = details.into_iter().partition(is_contact);
                let subject = one("subject", subject.err());
                let fields = subject.into_iter().chain(what).chain(one("urgency", urgency.err())).chain(contact);
                Err(WishRefused::Fields(fields.collect()))
            }
        }
    }
}

/// What has been filled in so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Identity of the request to be; chosen when the first form was rendered, hence also its idempotency key.
    pub id: RequestId,
    /// The chosen program.
    pub program: Program,
    /// The chosen kind of work.
    pub work_type: Option<WorkType>,
    /// In the customer's words.
    pub what_happened: String,
    /// Who will sit at the computer.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
    /// The chosen urgency.
    pub urgency: Option<Urgency>,
    /// What stopped and since when; only for an urgent one.
    pub claim: Option<UrgencyClaim>,
    /// "Ask me above so many minutes."
    pub ceiling_minutes: Option<u32>,
    /// The slot that is held for this draft, if any; it may have expired.
    pub held: Option<HeldSlot>,
    /// When the draft was begun.
    pub created_at: DateTime<Utc>,
}

/// A slot held for a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldSlot {
    /// The time that is held.
    pub slot: Slot,
    /// Until when; free for everybody from this instant on.
    pub expires_at: DateTime<Utc>,
}

impl Draft {
    /// The first step that still wants an answer: where to continue, and beyond which nobody may skip.
    #[must_use]
    pub fn next_step(&self) -> DraftStep {
        let Some(work_type) = &self.work_type else { return DraftStep::What };
        // What has become plannable since is not urgent any more: that is asked again.
        let asks_urgency = self.urgency.is_none_or(|urgency| urgency == Urgency::Urgent && work_type.plannable);
        if self.what_happened.is_empty() || asks_urgency {
            DraftStep::What
        } else if self.held.is_none() && work_type.choice == SlotChoice::Customer {
            DraftStep::Time
        } else {
            DraftStep::Confirm
        }
    }

    /// What it is about, once that is chosen.
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        Some(Subject { program: self.program.id, work_type: self.work_type.as_ref()?.id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPAIR: Subject = Subject { program: ProgramId(3), work_type: WorkTypeId(7) };
    const REPRICING: Subject = Subject { program: ProgramId(3), work_type: WorkTypeId(8) };

    fn plannable(subject: Subject) -> Option<bool> {
        [(REPAIR, false), (REPRICING, true)].into_iter().find(|(offered, _)| *offered == subject).map(|(_, is)| is)
    }

    fn typed(subject: &str, urgency: Option<Urgency>) -> TypedWish {
        let details = RequestDetails {
            what_happened: "Po aktualizaci nejde tisk stravenek.".into(),
            contact_name: "Jana Nováková".into(),
            contact_phone: "377 457 977".into(),
        };
        let claim = UrgencyClaim { what_stopped: "Nejde vydávat obědy.".into(), since: "od rána".into() };
        TypedWish { subject: subject.into(), details, urgency, claim }
    }

    #[test]
    fn a_subject_reads_as_it_is_written() {
        assert_eq!(REPAIR.to_string().parse(), Ok(REPAIR));
        for wrong in ["", "3", "3.", ".7", "3.x", "a.7", "3.7.1"] {
            assert_eq!(wrong.parse::<Subject>(), Err(FieldCode::Unknown), "{wrong}");
        }
    }

    #[test]
    fn what_can_be_planned_needs_no_answer_and_can_never_be_urgent() {
        let wish = typed("3.8", None).check(plannable).expect("a wish");
        assert_eq!((wish.subject, wish.urgency, wish.claim), (REPRICING, Urgency::Normal, None));
        let refused = typed("3.8", Some(Urgency::Urgent)).check(plannable);
        assert_eq!(refused, Err(WishRefused::Urgency(UrgencyRefused::Plannable)));
    }

    #[test]
    fn what_cannot_be_planned_is_asked_how_urgent_it_is() {
        let missing = FieldProblem::new("urgency", FieldCode::Missing);
        assert_eq!(typed("3.7", None).check(plannable), Err(WishRefused::Fields(vec![missing])));
        let wish = typed("3.7", Some(Urgency::Urgent)).check(plannable).expect("a wish");
        assert_eq!(wish.claim.map(|claim| claim.since), Some("od rána".into()));
        let wish = typed("3.7", Some(Urgency::Normal)).check(plannable).expect("a wish");
        assert_eq!((wish.claim, wish.details.contact_phone.as_str()), (None, "+420377457977"));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_in_the_order_of_the_form() {
        let Err(WishRefused::Fields(fields)) = TypedWish::default().check(plannable) else { panic!("it is empty") };
        let names: Vec<&str> = fields.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(names, ["subject", "what_happened", "urgency", "contact_name", "contact_phone"]);
        let unknown = FieldProblem::new("subject", FieldCode::Unknown);
        assert_eq!(
            typed("3.9", Some(Urgency::Normal)).check(plannable),
            Err(WishRefused::Fields(vec![unknown])),
            "what nobody offers"
        );
    }
}
