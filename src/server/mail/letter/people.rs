//! What is written about who may come in: registrations, what became of a colleague's requests.

use chrono::{DateTime, Utc};

use super::{Letter, Link};
use crate::{
    model::{
        mails::{MailContent, MailedLink},
        paths,
    },
    ui::{
        format,
        texts::{Locale, t},
    },
};

/// What `content` says, if it is one of these.
pub(super) fn letter(locale: Locale, content: &MailContent, phone: &str, now: DateTime<Utc>) -> Letter {
    match content {
        MailContent::Registration { organisation, link } => registration(locale, (organisation, link), phone, now),
        MailContent::AccessThere { organisation } => Letter {
            subject: t!(locale => "mails-access-there-title"),
            headline: t!(locale => "mails-access-there-title"),
            paragraphs: vec![
                t!(locale => "mails-access-there", organisation = organisation.as_str()),
                t!(locale => "mails-registration-unknown"),
            ],
            link: Link { label: t!(locale => "mails-address-sign-in"), path: paths::SIGN_IN.to_owned() },
        },
        MailContent::AccessAsked { name } => Letter {
            subject: t!(locale => "mails-access-asked-title", name = name.as_str()),
            headline: t!(locale => "mails-access-asked-title", name = name.as_str()),
            paragraphs: vec![t!(locale => "mails-access-asked")],
            link: Link { label: t!(locale => "mails-access-asked-decide"), path: paths::COLLEAGUES.to_owned() },
        },
        MailContent::StrangerAsks { name, organisation } => Letter {
            subject: t!(locale => "mails-access-asked-title", name = name.as_str()),
            headline: t!(locale => "mails-access-asked-title", name = name.as_str()),
            paragraphs: vec![t!(locale => "mails-stranger-asks", organisation = organisation.as_str())],
            link: Link { label: t!(locale => "mails-stranger-asks-view"), path: paths::NEWCOMERS.to_owned() },
        },
        MailContent::Newcomer { organisation } => Letter {
            subject: t!(locale => "mails-newcomer-title", organisation = organisation.as_str()),
            headline: t!(locale => "mails-newcomer-title", organisation = organisation.as_str()),
            paragraphs: vec![t!(locale => "mails-newcomer")],
            link: Link { label: t!(locale => "mails-newcomer-view"), path: paths::NEWCOMERS.to_owned() },
        },
        MailContent::CustomerConfirmed { organisation } => Letter {
            subject: t!(locale => "mails-confirmed-customer-title", organisation = organisation.as_str()),
            headline: t!(locale => "mails-confirmed-customer-title", organisation = organisation.as_str()),
            paragraphs: vec![t!(locale => "mails-confirmed-customer")],
            link: Link { label: t!(locale => "mails-confirmed-customer-order"), path: paths::ORDER.to_owned() },
        },
        MailContent::HandedOver { requests } => handed_over(locale, *requests),
        _ => super::written(locale, content, phone, now),
    }
}

fn registration(locale: Locale, (organisation, link): (&str, &MailedLink), phone: &str, now: DateTime<Utc>) -> Letter {
    Letter {
        subject: t!(locale => "mails-registration-title", organisation = organisation),
        headline: t!(locale => "mails-registration-title", organisation = organisation),
        paragraphs: vec![
            t!(locale => "mails-registration", until = format::until(locale, link.until, Some(now))),
            t!(locale => "mails-registration-nod", phone = phone),
            t!(locale => "mails-registration-unknown"),
        ],
        link: Link { label: t!(locale => "mails-registration-open"), path: paths::registration(&link.secret) },
    }
}

fn handed_over(locale: Locale, requests: u32) -> Letter {
    let headline = t!(locale => "mails-handed-over", count = requests);
    Letter {
        subject: headline.clone(),
        headline,
        paragraphs: vec![t!(locale => "mails-handed-over-help")],
        link: Link { label: t!(locale => "mails-handed-over-view"), path: paths::REQUESTS.to_owned() },
    }
}
