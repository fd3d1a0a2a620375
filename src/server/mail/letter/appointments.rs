//! What is written about agreed times.

use chrono::{DateTime, Utc};

use super::{Letter, Link, about, estimated, said, to_request};
use crate::{
    model::{
        base::phones::phone_in_groups,
        line::catalogue::SlotChoice,
        mails::{AppointmentMail, MailContent, MailedLink},
        ordering::offers::Slot,
        paths,
        work::remote_sessions::SessionLink,
    },
    ui::{
        format,
        texts::{Locale, t},
    },
};

/// What mails about an agreed time say.
pub(super) fn letter(locale: Locale, content: &MailContent, phone: &str, now: DateTime<Utc>) -> Letter {
    match content {
        MailContent::Confirmed(mail) => confirmed(locale, mail, phone, now),
        MailContent::Moved(mail) => moved(locale, mail, phone, now),
        MailContent::Cancelled(mail) => cancelled(locale, mail, now),
        MailContent::Withdrawn(mail) => withdrawn(locale, mail),
        MailContent::Reminder(mail) => reminder(locale, mail, phone, now),
        MailContent::Soon { appointment, computers, session, link } => {
            soon(locale, appointment, (computers, session.as_ref()), link, now)
        }
        MailContent::MovedByUs { appointment, former, is_closed } => {
            moved_by_us(locale, appointment, *former, *is_closed, phone, now)
        }
        MailContent::CalledOffByUs { appointment, choice, is_closed } => {
            called_off_by_us(locale, appointment, *choice, *is_closed, phone, now)
        }
        MailContent::NoShow(mail) => no_show(locale, mail, phone, now),
        MailContent::MissedByUs { appointment, choice, credited } => {
            let mut letter = missed_by_us(locale, appointment, *choice, phone, now);
            if *credited > 0 {
                let minutes = format::minutes(locale, *credited);
                letter.paragraphs.insert(1, t!(locale => "mails-missed-credited", minutes = minutes));
            }
            letter
        }
        _ => super::written(locale, content, phone, now),
    }
}

fn confirmed(locale: Locale, mail: &AppointmentMail, phone: &str, now: DateTime<Utc>) -> Letter {
    let slot = format::slot(locale, mail.slot);
    Letter {
        subject: t!(locale => "mails-confirmed-subject", slot = slot.as_str()),
        headline: format::capitalized(&slot),
        paragraphs: preparations(locale, mail, phone, now),
        link: to_request(locale, mail.number),
    }
}

fn moved(locale: Locale, mail: &AppointmentMail, phone: &str, now: DateTime<Utc>) -> Letter {
    let slot = format::slot(locale, mail.slot);
    let paragraphs = [vec![t!(locale => "mails-moved")], reason(locale, mail), preparations(locale, mail, phone, now)];
    Letter {
        subject: t!(locale => "mails-moved-subject", slot = slot.as_str()),
        headline: format::capitalized(&slot),
        paragraphs: paragraphs.concat(),
        link: to_request(locale, mail.number),
    }
}

fn cancelled(locale: Locale, mail: &AppointmentMail, now: DateTime<Utc>) -> Letter {
    let when = format::on(locale, mail.slot.start, Some(now));
    let paragraphs = [
        vec![t!(locale => "mails-cancelled", when = when)],
        reason(locale, mail),
        vec![about(locale, mail.number, &mail.work_type, &mail.program)],
    ];
    Letter {
        subject: t!(locale => "mails-cancelled-subject", slot = format::slot(locale, mail.slot)),
        headline: t!(locale => "mails-cancelled-title"),
        paragraphs: paragraphs.concat(),
        link: to_request(locale, mail.number),
    }
}

fn withdrawn(locale: Locale, mail: &AppointmentMail) -> Letter {
    Letter {
        subject: t!(locale => "mails-withdrawn-subject", slot = format::slot(locale, mail.slot)),
        headline: t!(locale => "mails-withdrawn-title"),
        paragraphs: vec![t!(locale => "mails-withdrawn"), about(locale, mail.number, &mail.work_type, &mail.program)],
        link: to_request(locale, mail.number),
    }
}

fn reminder(locale: Locale, mail: &AppointmentMail, phone: &str, now: DateTime<Utc>) -> Letter {
    let when = format::on(locale, mail.slot.start, Some(now));
    Letter {
        subject: t!(locale => "mails-reminder-subject", when = when.as_str()),
        headline: t!(locale => "mails-reminder-title", when = when),
        paragraphs: preparations(locale, mail, phone, now),
        link: to_request(locale, mail.number),
    }
}

fn soon(
    locale: Locale,
    mail: &AppointmentMail,
    (computers, session): (&[String], Option<&SessionLink>),
    link: &MailedLink,
    now: DateTime<Utc>,
) -> Letter {
    let when = format::on(locale, mail.slot.start, Some(now));
    let who = t!(locale => "requests-ready-who", name = mail.contact_name.as_str(), phone = phone_in_groups(&mail.contact_phone));
    let ready = t!(locale => "mails-soon-ready", program = locale.of(&mail.program));
    let computers = computers.iter().map(|computer| t!(locale => "calendar-computer", computer = computer.as_str()));
    let session = session.map(|session| t!(locale => "mails-soon-session", link = session.as_str()));
    let paragraphs = [ready, who].into_iter().chain(session).chain(computers);
    let paragraphs =
        paragraphs.chain([t!(locale => "mails-soon-say"), about(locale, mail.number, &mail.work_type, &mail.program)]);
    Letter {
        subject: t!(locale => "mails-soon-subject", when = when.as_str()),
        headline: t!(locale => "mails-soon-title", when = when),
        paragraphs: paragraphs.collect(),
        link: Link { label: t!(locale => "mails-soon-link"), path: paths::readiness(link.id, &link.secret) },
    }
}

fn no_show(locale: Locale, mail: &AppointmentMail, phone: &str, now: DateTime<Utc>) -> Letter {
    let when = format::on(locale, mail.slot.start, Some(now));
    let paragraphs = [
        vec![t!(locale => "mails-no-show", when = when, phone = phone)],
        reason(locale, mail),
        vec![about(locale, mail.number, &mail.work_type, &mail.program)],
    ];
    Letter {
        subject: t!(locale => "mails-no-show-subject", slot = format::slot(locale, mail.slot)),
        headline: t!(locale => "mails-no-show-title"),
        paragraphs: paragraphs.concat(),
        link: to_request(locale, mail.number),
    }
}

fn missed_by_us(locale: Locale, mail: &AppointmentMail, choice: SlotChoice, phone: &str, now: DateTime<Utc>) -> Letter {
    let when = format::on(locale, mail.slot.start, Some(now));
    let (next, link) = match choice {
        SlotChoice::Customer => (
            t!(locale => "mails-missed-pick", phone = phone),
            Link { label: t!(locale => "mails-pick-time"), path: paths::request_move(mail.number) },
        ),
        SlotChoice::Dispatch => (t!(locale => "mails-missed-dispatch", phone = phone), to_request(locale, mail.number)),
    };
    Letter {
        subject: t!(locale => "mails-missed-subject", slot = format::slot(locale, mail.slot)),
        headline: t!(locale => "mails-missed-title"),
        paragraphs: vec![
            t!(locale => "mails-missed", when = when),
            next,
            about(locale, mail.number, &mail.work_type, &mail.program),
        ],
        link,
    }
}

/// Why we change what was agreed.
fn because(locale: Locale, is_closed: bool) -> String {
    if is_closed { t!(locale => "mails-by-us-closed") } else { t!(locale => "mails-by-us-technician") }
}

fn moved_by_us(
    locale: Locale,
    mail: &AppointmentMail,
    former: Slot,
    is_closed: bool,
    phone: &str,
    now: DateTime<Utc>,
) -> Letter {
    let slot = format::slot(locale, mail.slot);
    let what = t!(
        locale => "mails-moved-by-us",
        former = format::slot(locale, former),
        because = because(locale, is_closed),
    );
    let paragraphs =
        [vec![what, t!(locale => "mails-moved-by-us-other", phone = phone)], preparations(locale, mail, phone, now)];
    Letter {
        subject: t!(locale => "mails-moved-by-us-subject", slot = slot.as_str()),
        headline: t!(locale => "mails-moved-by-us-title", slot = slot),
        paragraphs: paragraphs.concat(),
        link: Link { label: t!(locale => "mails-pick-time"), path: paths::request_move(mail.number) },
    }
}

fn called_off_by_us(
    locale: Locale,
    mail: &AppointmentMail,
    choice: SlotChoice,
    is_closed: bool,
    phone: &str,
    now: DateTime<Utc>,
) -> Letter {
    let when = format::on(locale, mail.slot.start, Some(now));
    let next = missed_by_us(locale, mail, choice, phone, now);
    let next_step = next.paragraphs.into_iter().skip(1);
    let what = t!(locale => "mails-called-off-by-us", when = when, because = because(locale, is_closed));
    Letter {
        subject: t!(locale => "mails-called-off-by-us-subject", slot = format::slot(locale, mail.slot)),
        headline: t!(locale => "mails-called-off-by-us-title"),
        paragraphs: [what].into_iter().chain(next_step).collect(),
        link: next.link,
    }
}

/// What the customer has ready for the agreed time, what it will probably cost, and until when it can be changed.
fn preparations(locale: Locale, mail: &AppointmentMail, phone: &str, now: DateTime<Utc>) -> Vec<String> {
    let ready = [
        t!(locale => "requests-ready-how"),
        t!(locale => "requests-ready-what", program = locale.of(&mail.program)),
        t!(locale => "requests-ready-who", name = mail.contact_name.as_str(), phone = phone_in_groups(&mail.contact_phone)),
    ];
    let mut paragraphs = vec![ready.join(" ")];
    paragraphs.extend(mail.estimate.as_ref().map(|estimate| estimated(locale, estimate, now)));
    paragraphs.extend(mail.cut_off.map(|cut_off| match cut_off > now {
        true => {
            let until = format::until(locale, cut_off, Some(now));
            t!(locale => "mails-change-until", until = until, phone = phone)
        }
        false => t!(locale => "mails-change-passed", phone = phone),
    }));
    paragraphs.push(about(locale, mail.number, &mail.work_type, &mail.program));
    paragraphs
}

fn reason(locale: Locale, mail: &AppointmentMail) -> Vec<String> {
    said(&mail.reason).into_iter().map(|reason| t!(locale => "mails-reason", reason = reason)).collect()
}
