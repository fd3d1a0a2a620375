//! What is written about who may come in: invitations, registrations, what became of a colleague's requests.

use chrono::{DateTime, Utc};

use super::{Letter, Link};
use crate::{
    model::{mails::MailContent, paths},
    ui::{
        format,
        texts::{Locale, t},
    },
};

/// What `content` says, if it is one of these.
pub(super) fn letter(locale: Locale, content: &MailContent, phone: &str, now: DateTime<Utc>) -> Letter {
    match content {
        MailContent::Invited { customer, until, secret } => invited(locale, customer, *until, secret.as_deref()),
        MailContent::Registration { organisation, until, secret } => {
            registration(locale, organisation, *until, secret.as_deref())
        }
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
        MailContent::Newcomer { organisation } => Letter {
            subject: t!(locale => "mails-newcomer-title", organisation = organisation.as_str()),
            headline: t!(locale => "mails-newcomer-title", organisation = organisation.as_str()),
            paragraphs: vec![t!(locale => "mails-newcomer")],
            link: Link { label: t!(locale => "mails-newcomer-view"), path: paths::NEWCOMERS.to_owned() },
        },
        MailContent::HandedOver { requests } => handed_over(locale, *requests),
        MailContent::AddressChanged { address } => address_changed(locale, address.as_deref()),
        _ => super::written(locale, content, phone, now),
    }
}

fn registration(locale: Locale, organisation: &str, until: DateTime<Utc>, secret: Option<&str>) -> Letter {
    Letter {
        subject: t!(locale => "mails-registration-title", organisation = organisation),
        headline: t!(locale => "mails-registration-title", organisation = organisation),
        paragraphs: vec![
            t!(locale => "mails-registration", until = format::moment(locale, until)),
            t!(locale => "mails-registration-unknown"),
        ],
        // A mail that is shown once more later has no secret: it was for its reader only.
        link: Link {
            label: t!(locale => "mails-registration-open"),
            path: secret.map_or_else(|| paths::REGISTER.to_owned(), paths::registration),
        },
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

fn invited(locale: Locale, customer: &str, until: DateTime<Utc>, secret: Option<&str>) -> Letter {
    Letter {
        subject: t!(locale => "mails-invited-subject", customer = customer),
        headline: t!(locale => "mails-invited-title", customer = customer),
        paragraphs: vec![
            t!(locale => "mails-invited", until = format::moment(locale, until)),
            t!(locale => "mails-invited-unknown"),
        ],
        // A mail that is shown once more later has no secret: it was for its reader only.
        link: Link {
            label: t!(locale => "mails-invited-choose"),
            path: secret.map_or_else(|| paths::SIGN_IN.to_owned(), paths::password),
        },
    }
}

fn address_changed(locale: Locale, address: Option<&str>) -> Letter {
    let (headline, fact) = match address {
        Some(address) => (t!(locale => "mails-address-new"), t!(locale => "mails-address-new-help", address = address)),
        None => (t!(locale => "mails-address-former"), t!(locale => "mails-address-former-help")),
    };
    Letter {
        subject: headline.clone(),
        headline,
        paragraphs: vec![fact, t!(locale => "mails-address-unknown")],
        link: Link { label: t!(locale => "mails-address-sign-in"), path: paths::SIGN_IN.to_owned() },
    }
}
