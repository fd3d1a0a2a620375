//! The agreed time as a calendar event (RFC 5545): UTC times, the request's UID for life, a rising SEQUENCE. As a file to
//! download, as an invitation in a mail, and among others in a feed.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{
    Alarm, Calendar, CalendarDateTime, Class, Component, DatePerhapsTime, EventLike, EventStatus, Property, Trigger,
};
use lettre::message::Mailbox;

use super::Mail;
use crate::{
    model::{
        mails::{MailContent, OutageMail},
        ordering::{feeds::ALARM_MINUTES, offers::Slot},
    },
    ui::texts::{Locale, t},
};

/// How soon a calendar shall read a feed again.
const READ_AGAIN: TimeDelta = TimeDelta::minutes(30);

/// What the recipient's calendar shall do with the event (RFC 5546).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Keep it: a file that somebody downloads.
    Publish,
    /// Enter it, or change what is entered.
    Request,
    /// Take it out.
    Cancel,
}

impl Method {
    /// As calendars spell it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// An event; displays as the text of a calendar file.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What is to be done with it.
    pub method: Method,
    /// Whether it will not take place.
    pub is_cancelled: bool,
    /// The same for the request's whole life.
    pub uid: String,
    /// Rises with each change.
    pub sequence: u32,
    /// When this was said.
    pub said_at: DateTime<Utc>,
    /// The time.
    pub slot: Slot,
    /// What it is.
    pub summary: String,
    /// What to have ready.
    pub description: String,
    /// Where to read and change it.
    pub url: Option<String>,
    /// Who invites whom: names and addresses.
    pub people: Option<[(String, String); 2]>,
    /// Whether the calendar reminds of it.
    pub has_alarm: bool,
    /// Whether it says nothing but that somebody is busy.
    pub is_private: bool,
}

/// What an event is called.
#[must_use]
pub fn summary(locale: Locale, work_type: &str, program: &str) -> String {
    t!(locale => "calendar-summary", work = work_type, program = program)
}

/// What an event says.
#[must_use]
pub fn description(locale: Locale, number: &str, program: &str, contact: &str) -> String {
    t!(locale => "calendar-description", number = number, program = program, contact = contact)
}

/// The event of a mail about an agreed time that is new, changed or called off.
pub(super) fn of_mail(mail: &Mail, from: &Mailbox, base_url: &str, now: DateTime<Utc>) -> Option<Event> {
    let (method, appointment) = match &mail.content {
        MailContent::Confirmed(appointment)
        | MailContent::Moved(appointment)
        | MailContent::MovedByUs { appointment, .. } => (Method::Request, appointment),
        MailContent::Cancelled(appointment)
        | MailContent::Withdrawn(appointment)
        | MailContent::MissedByUs { appointment, .. }
        | MailContent::CalledOffByUs { appointment, .. } => (Method::Cancel, appointment),
        MailContent::Closed { called_off: Some(appointment), .. }
        | MailContent::Outage(OutageMail { called_off: Some(appointment), .. }) => {
            (Method::Cancel, appointment.as_ref())
        }
        _ => return None,
    };
    let (locale, number) = (mail.locale, appointment.number.to_string());
    Some(Event {
        method,
        is_cancelled: method == Method::Cancel,
        uid: appointment.uid.clone(),
        sequence: appointment.sequence,
        said_at: now,
        slot: appointment.slot,
        summary: summary(locale, locale.of(&appointment.work_type), locale.of(&appointment.program)),
        description: description(locale, &number, locale.of(&appointment.program), &appointment.contact_name),
        url: Some(format!("{base_url}/requests/{number}")),
        people: Some([
            (from.name.clone().unwrap_or_default(), from.email.to_string()),
            (mail.to_name.clone(), mail.to_address.clone()),
        ]),
        has_alarm: false,
        is_private: false,
    })
}

/// Events together, as the text that a calendar reads again and again.
///
/// * `name` – what people see in the list of their calendars
#[must_use]
pub fn feed(name: &str, events: &[Event]) -> String {
    let mut calendar = Calendar::new();
    calendar.append_property(Property::new("METHOD", Method::Publish.code()).done());
    calendar.name(name).ttl(&READ_AGAIN);
    calendar.extend(events.iter().map(Event::component));
    calendar.done().to_string()
}

impl Event {
    fn component(&self) -> icalendar::Event {
        let utc = |instant| DatePerhapsTime::DateTime(CalendarDateTime::Utc(instant));
        let mut event = icalendar::Event::new();
        event
            .uid(&self.uid)
            .sequence(self.sequence)
            .timestamp(self.said_at)
            .starts(utc(self.slot.start))
            .ends(utc(self.slot.end))
            .summary(&self.summary)
            .status(if self.is_cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
        if self.is_private {
            event.class(Class::Private);
        } else {
            event.location("TeamViewer");
            match &self.url {
                Some(url) => event.description(&format!("{}\n{url}", self.description)).url(url),
                None => event.description(&self.description),
            };
        }
        if let Some([organizer, attendee]) = &self.people {
            event.append_property(person("ORGANIZER", organizer));
            // Whoever picked the time has said yes to it already.
            let mut attendee = person("ATTENDEE", attendee);
            attendee.add_parameter("PARTSTAT", "ACCEPTED").add_parameter("RSVP", "FALSE");
            event.append_multi_property(attendee);
        }
        // Nobody is reminded of what does not take place.
        if self.has_alarm && !self.is_cancelled {
            event.alarm(self.alarm());
        }
        event.done()
    }

    fn alarm(&self) -> Alarm {
        let before = Trigger::before_start(TimeDelta::minutes(ALARM_MINUTES));
        let mut alarm = Alarm::display(&self.summary, before);
        // Else the crate makes them up anew each time, and a feed never says the same twice.
        alarm.add_property("UID", format!("alarm-{}", self.uid)).timestamp(self.said_at);
        alarm
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut calendar = Calendar::new();
        calendar.append_property(Property::new("METHOD", self.method.code()).done());
        calendar.push(self.component());
        write!(f, "{}", calendar.done())
    }
}

fn person(role: &str, (name, address): &(String, String)) -> Property {
    let mut person = Property::new(role, format!("mailto:{address}"));
    // A parameter has neither double quotes nor line ends (RFC 5545, section 3.2).
    let name: String = name.chars().filter(|character| !character.is_control() && *character != '"').collect();
    if !name.is_empty() {
        person.add_parameter("CN", &name);
    }
    person
}
