//! Live pages (design, Live pages): what an open page shows, and the topics under which it is told that this has changed.

use std::{fmt, str::FromStr};

use uuid::Uuid;

use crate::model::base::{
    ids::{CustomerId, RequestId, StaffId},
    numbers::RequestNumber,
};

/// What an open page shows, as the address of its stream says it: `/live?on=request-2026-000123`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiveView {
    /// What waits at the desk, and the technicians' days.
    Desk,
    /// Free times.
    Plan,
    /// The day of the technician who looks at it.
    Day,
    /// Everybody's appointments, or one's own.
    Appointments,
    /// What is next, and what is paid, of the customer whose member looks at it.
    Customer,
    /// A request.
    Request(RequestNumber),
    /// The workbench of a request.
    Bench(RequestNumber),
}

/// No view that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a view is desk, plan, day, appointments, customer, request-2026-000123 or bench-2026-000123")]
pub struct InvalidLiveView;

impl fmt::Display for LiveView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Desk => f.write_str("desk"),
            Self::Plan => f.write_str("plan"),
            Self::Day => f.write_str("day"),
            Self::Appointments => f.write_str("appointments"),
            Self::Customer => f.write_str("customer"),
            Self::Request(number) => write!(f, "request-{number}"),
            Self::Bench(number) => write!(f, "bench-{number}"),
        }
    }
}

impl FromStr for LiveView {
    type Err = InvalidLiveView;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match (text, text.split_once('-')) {
            ("desk", _) => Ok(Self::Desk),
            ("plan", _) => Ok(Self::Plan),
            ("day", _) => Ok(Self::Day),
            ("appointments", _) => Ok(Self::Appointments),
            ("customer", _) => Ok(Self::Customer),
            (_, Some(("request", number))) => number.parse().map(Self::Request).map_err(|_| InvalidLiveView),
            (_, Some(("bench", number))) => number.parse().map(Self::Bench).map_err(|_| InvalidLiveView),
            _ => Err(InvalidLiveView),
        }
    }
}

/// Of what is told that it has changed; that and nothing more, so a topic gives nothing away but that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// So much at once that every page asks.
    Everything,
    /// What waits at the desk, and the technicians' days.
    Desk,
    /// When technicians are free.
    Plan,
    /// A request, with all that belongs to it.
    Request(RequestId),
    /// A technician's clock and appointments.
    Technician(StaffId),
    /// Something of a customer.
    Customer(CustomerId),
    /// A session, which has ended before its time.
    Session(Uuid),
}

impl Topic {
    /// A topic as the database spells it. A newer server may write others meanwhile: what is not known may be anything.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let known = match (text, text.split_once(' ')) {
            ("desk", _) => Some(Self::Desk),
            ("plan", _) => Some(Self::Plan),
            (_, Some(("request", id))) => id.parse().ok().map(Self::Request),
            (_, Some(("technician", id))) => id.parse().ok().map(Self::Technician),
            (_, Some(("customer", id))) => id.parse().ok().map(Self::Customer),
            (_, Some(("session", id))) => id.parse().ok().map(Self::Session),
            _ => None,
        };
        known.unwrap_or(Self::Everything)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_read_as_it_is_written() {
        let number: RequestNumber = "2026-000123".parse().unwrap();
        let of_nothing = [LiveView::Desk, LiveView::Plan, LiveView::Day, LiveView::Appointments, LiveView::Customer];
        for view in of_nothing.into_iter().chain([LiveView::Request(number), LiveView::Bench(number)]) {
            assert_eq!(view.to_string().parse(), Ok(view));
        }
        for nothing in ["", "desks", "request", "request-", "request-1", "bench-x", "Desk"] {
            assert_eq!(nothing.parse::<LiveView>(), Err(InvalidLiveView), "{nothing}");
        }
    }

    #[test]
    fn a_topic_that_nobody_knows_may_be_anything() {
        let id = Uuid::from_u128(7);
        assert_eq!(Topic::read("desk"), Topic::Desk);
        assert_eq!(Topic::read(&format!("request {id}")), Topic::Request(RequestId(id)));
        assert_eq!(Topic::read("technician 12"), Topic::Technician(StaffId(12)));
        assert_eq!(Topic::read("customer 12"), Topic::Customer(CustomerId(12)));
        assert_eq!(Topic::read(&format!("session {id}")), Topic::Session(id));
        for unknown in ["everything", "weather", "request x", "technician "] {
            assert_eq!(Topic::read(unknown), Topic::Everything, "{unknown}");
        }
    }
}
