//! What is told about signing in: links that were asked for, another address, another password.

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

/// What these mails say; nothing of the others.
pub(super) fn letter(locale: Locale, content: &MailContent, phone: &str, now: DateTime<Utc>) -> Letter {
    match content {
        MailContent::Invited { customer, link } => Letter {
            subject: t!(locale => "mails-invited-subject", customer = customer.as_str()),
            headline: t!(locale => "mails-invited-title", customer = customer.as_str()),
            paragraphs: vec![
                t!(locale => "mails-invited", until = format::until(locale, link.until, Some(now))),
                t!(locale => "mails-invited-unknown"),
            ],
            link: Link { label: t!(locale => "mails-invited-choose"), path: paths::password(&link.secret) },
        },
        MailContent::PasswordLink { link } => {
            let until = format::until(locale, link.until, Some(now));
            let what = [
                t!(locale => "mails-password-link-title"),
                t!(locale => "mails-password-link", until = until),
                t!(locale => "mails-link-unknown"),
            ];
            opening(what, t!(locale => "mails-password-link-open"), link, paths::password)
        }
        MailContent::SignInLink { link } => {
            let until = format::until(locale, link.until, Some(now));
            let what = [
                t!(locale => "mails-sign-in-link-title"),
                t!(locale => "mails-sign-in-link", until = until),
                t!(locale => "mails-link-unknown"),
            ];
            opening(what, t!(locale => "mails-sign-in-link-open"), link, paths::sign_in_link)
        }
        MailContent::AddressAsked { address, link } => {
            let until = format::until(locale, link.until, Some(now));
            let asked = match address {
                Some(address) => {
                    t!(locale => "mails-address-asked-new", address = address.as_str(), until = until)
                }
                None => t!(locale => "mails-address-asked-former", until = until),
            };
            let what = [t!(locale => "mails-address-asked-title"), asked, t!(locale => "mails-address-asked-unknown")];
            opening(what, t!(locale => "mails-address-asked-open"), link, paths::address)
        }
        MailContent::PasswordChanged { at } => Letter {
            subject: t!(locale => "mails-password-changed-title"),
            headline: t!(locale => "mails-password-changed-title"),
            paragraphs: vec![
                t!(locale => "mails-password-changed", at = format::on(locale, *at, Some(now))),
                t!(locale => "mails-password-changed-unknown", phone = phone),
            ],
            link: Link { label: t!(locale => "mails-password-changed-open"), path: paths::SIGN_IN_HELP.to_owned() },
        },
        MailContent::AddressChanged { address } => address_changed(locale, address.as_deref()),
        _ => super::written(locale, content, phone, now),
    }
}

/// A letter whose link opens something once.
fn opening(
    [headline, fact, otherwise]: [String; 3],
    label: String,
    link: &MailedLink,
    path: fn(&str) -> String,
) -> Letter {
    Letter {
        subject: headline.clone(),
        headline,
        paragraphs: vec![fact, otherwise],
        link: Link { label, path: path(&link.secret) },
    }
}

/// With which address one signs in from now on; at the former one, only that it is no longer that.
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
