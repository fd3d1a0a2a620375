//! Service requests: their number, their life, and what one must say.
//!
//! The checks look at strings only, so they also run in the browser while somebody is typing.

use serde::{Deserialize, Serialize};

use crate::model::{
    base::{
        codes::coded_enum,
        fields::{FieldCode, FieldProblem, keep_line, keep_lines},
        phones::normalize_phone,
        seen::Fields,
        text,
        transitions::IllegalTransition,
    },
    line::catalogue::SlotChoice,
};

coded_enum! {
    /// How a request came in.
    pub enum RequestSource {
        /// This portal.
        Portal = "portal",
        /// A button inside the vendor's program.
        Program = "program",
        /// An e-mail.
        Email = "email",
        /// A call to the line.
        Phone = "phone",
    }
}

coded_enum! {
    /// Where a request is in its life.
    pub enum RequestState {
        /// Being written; nobody else sees it.
        Draft = "draft",
        /// Sent; it has no agreed time (yet, or any more).
        Waiting = "waiting",
        /// It has an agreed time.
        Scheduled = "scheduled",
        /// A technician is at work.
        InProgress = "in_progress",
        /// The work is done.
        Closed = "closed",
        /// Nobody wants it any more. Final.
        Cancelled = "cancelled",
    }
}

coded_enum! {
    /// What may happen to a request.
    pub enum RequestEvent {
        /// Sent without a time: it waits for the desk.
        Submit = "submit",
        /// A time is agreed.
        Schedule = "schedule",
        /// Another time is agreed instead.
        Move = "move",
        /// The agreed time is gone (cancelled by dispatch, missed by the customer or by us); the wish stays.
        Unschedule = "unschedule",
        /// A technician starts the work, at the agreed time or straight from the queue.
        Start = "start",
        /// The work stops unfinished; it needs another time.
        Suspend = "suspend",
        /// The work is finished.
        Close = "close",
        /// What it was about is over for everybody, and nobody needs to work on it.
        Resolve = "resolve",
        /// The customer or the staff no longer want it.
        Cancel = "cancel",
        /// What was done is to be put right.
        Reopen = "reopen",
    }
}

impl RequestState {
    /// The state after `event`.
    ///
    /// # Errors
    ///
    /// [`IllegalTransition`] when this state does not allow the event.
    pub const fn after(self, event: RequestEvent) -> Result<Self, IllegalTransition<Self, RequestEvent>> {
        use RequestEvent as Event;
        Ok(match (self, event) {
            (Self::Draft, Event::Submit)
            | (Self::Scheduled, Event::Unschedule)
            | (Self::InProgress, Event::Suspend) => Self::Waiting,
            (Self::Draft | Self::Waiting, Event::Schedule) | (Self::Scheduled, Event::Move) => Self::Scheduled,
            (Self::Waiting | Self::Scheduled, Event::Start) | (Self::Closed, Event::Reopen) => Self::InProgress,
            (Self::InProgress, Event::Close) | (Self::Waiting | Self::Scheduled, Event::Resolve) => Self::Closed,
            (Self::Draft | Self::Waiting | Self::Scheduled, Event::Cancel) => Self::Cancelled,
            (state, event) => return Err(IllegalTransition { state, event }),
        })
    }

    /// Whether it waits for its customer to pick a time: after work that stopped unfinished, after an appointment that they
    /// or we missed. Where `choice` is dispatch's, it waits for the desk.
    #[must_use]
    pub const fn awaits_pick(self, choice: SlotChoice) -> bool {
        matches!((self, choice), (Self::Waiting, SlotChoice::Customer))
    }

    /// Whether somebody still has something to do with it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Cancelled)
    }
}

/// The fewest characters that say what happened.
pub const WHAT_HAPPENED_MIN: usize = 10;
/// The most characters that say what happened.
pub const WHAT_HAPPENED_MAX: usize = 4_000;
/// The fewest characters of a contact's name.
pub const CONTACT_NAME_MIN: usize = 2;
/// The most characters of a contact's name.
pub const CONTACT_NAME_MAX: usize = 120;

/// What a request says in the customer's words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct RequestDetails {
    /// What happened or what is wanted.
    pub what_happened: String,
    /// Whom to call.
    pub contact_name: String,
    /// Where to call them, as it was typed.
    pub contact_phone: String,
}

impl RequestDetails {
    /// The fields of their form.
    #[must_use]
    pub fn fields(&self) -> Fields {
        Fields::default()
            .with("what_happened", &self.what_happened)
            .with("contact_name", &self.contact_name)
            .with("contact_phone", &self.contact_phone)
    }

    /// The details as they are kept, the phone as it is dialled; only what happened may have several lines.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form; the fields are named as the members.
    pub fn check(&self) -> Result<Self, Vec<FieldProblem>> {
        let what_happened = keep_lines(&self.what_happened, WHAT_HAPPENED_MIN..=WHAT_HAPPENED_MAX);
        let contact_name = keep_line(&self.contact_name, CONTACT_NAME_MIN..=CONTACT_NAME_MAX);
        let contact_phone = match normalize_phone(&self.contact_phone) {
            Some(phone) => Ok(phone),
            None if text::one_line(&self.contact_phone).is_empty() => Err(FieldCode::Missing),
            None => Err(FieldCode::NotAPhone),
        };
        match (what_happened, contact_name, contact_phone) {
            (Ok(what_happened), Ok(contact_name), Ok(contact_phone)) => {
                Ok(Self { what_happened, contact_name, contact_phone })
            }
            (what_happened, contact_name, contact_phone) => Err([
                ("what_happened", what_happened.err()),
                ("contact_name", contact_name.err()),
                ("contact_phone", contact_phone.err()),
            ]
            .into_iter()
            .filter_map(|(field, code)| Some(FieldProblem::new(field, code?)))
            .collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_these_steps_are_legal() {
        use {RequestEvent as Event, RequestState as State};
        let legal = [
            (State::Draft, Event::Submit, State::Waiting),
            (State::Draft, Event::Schedule, State::Scheduled),
            (State::Draft, Event::Cancel, State::Cancelled),
            (State::Waiting, Event::Schedule, State::Scheduled),
            (State::Waiting, Event::Start, State::InProgress),
            (State::Waiting, Event::Cancel, State::Cancelled),
            (State::Scheduled, Event::Move, State::Scheduled),
            (State::Scheduled, Event::Unschedule, State::Waiting),
            (State::Scheduled, Event::Start, State::InProgress),
            (State::Scheduled, Event::Cancel, State::Cancelled),
            (State::InProgress, Event::Suspend, State::Waiting),
            (State::InProgress, Event::Close, State::Closed),
            (State::Waiting, Event::Resolve, State::Closed),
            (State::Scheduled, Event::Resolve, State::Closed),
            (State::Closed, Event::Reopen, State::InProgress),
        ];
        for &state in State::ALL {
            for &event in Event::ALL {
                let to = legal.iter().find(|step| (step.0, step.1) == (state, event)).map(|step| step.2);
                assert_eq!(state.after(event), to.ok_or(IllegalTransition { state, event }), "{state} {event}");
            }
        }
    }

    #[test]
    fn nothing_is_left_to_do_with_what_is_over() {
        use RequestState as State;
        let open = State::ALL.iter().copied().filter(|state| state.is_open());
        assert!(open.eq([State::Draft, State::Waiting, State::Scheduled, State::InProgress]));
    }

    #[test]
    fn a_customer_picks_a_time_where_none_is_agreed_and_the_choice_is_theirs() {
        for &state in RequestState::ALL {
            assert_eq!(state.awaits_pick(SlotChoice::Customer), state == RequestState::Waiting, "{state}");
            assert!(!state.awaits_pick(SlotChoice::Dispatch), "{state}");
            let may_be_agreed = state.after(RequestEvent::Schedule).is_ok();
            assert!(may_be_agreed || !state.awaits_pick(SlotChoice::Customer), "{state}: what is picked can be agreed");
        }
    }

    fn good_details() -> RequestDetails {
        RequestDetails {
            what_happened: "Po aktualizaci nejde tisk stravenek.".into(),
            contact_name: "Jana Nováková".into(),
            contact_phone: "377 457 977".into(),
        }
    }

    #[test]
    fn good_details_pass() {
        let kept = RequestDetails { contact_phone: "+420377457977".into(), ..good_details() };
        assert_eq!(good_details().check(), Ok(kept));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_in_the_order_of_the_form() {
        assert_eq!(
            RequestDetails::default().check(),
            Err(vec![
                FieldProblem::new("what_happened", FieldCode::Missing),
                FieldProblem::new("contact_name", FieldCode::Missing),
                FieldProblem::new("contact_phone", FieldCode::Missing),
            ])
        );
    }

    #[test]
    fn lengths_are_counted_in_characters_without_surrounding_blanks() {
        let problem = |details: RequestDetails| Some(details.check().err()?.pop()?.code);
        let what_happened = |text: String| problem(RequestDetails { what_happened: text, ..good_details() });
        let contact_name = |text: String| problem(RequestDetails { contact_name: text, ..good_details() });
        assert_eq!(what_happened(format!("  {}  ", "ž".repeat(9))), Some(FieldCode::TooShort));
        assert_eq!(what_happened("ž".repeat(10)), None);
        assert_eq!(what_happened("ž".repeat(4_000)), None);
        assert_eq!(what_happened("ž".repeat(4_001)), Some(FieldCode::TooLong));
        assert_eq!(contact_name("J".into()), Some(FieldCode::TooShort));
        assert_eq!(contact_name("Jo".into()), None);
        assert_eq!(contact_name("ž".repeat(121)), Some(FieldCode::TooLong));
        assert_eq!(contact_name("\u{202e}".repeat(3)), Some(FieldCode::Missing), "nobody sees it");
        let phone = |text: &str| problem(RequestDetails { contact_phone: text.into(), ..good_details() });
        assert_eq!(phone(" \t"), Some(FieldCode::Missing));
        assert_eq!(phone("volejte"), Some(FieldCode::NotAPhone));
    }
}
