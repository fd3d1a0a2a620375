//! One mail of every kind, and what must stand in it.

mod desk;
mod documents;
mod minutes;
mod outages;
mod people;
mod requests;

use linka::model::mails::{MailContent, MailedLink};
use uuid::Uuid;

use super::super::sink::appointment;
use crate::support::at;

/// A mail with its subject, its headline and a fact that must be told, in Czech; and where its link leads.
pub(super) type Kind = (MailContent, &'static str, &'static str, &'static str, &'static str);

/// The request that mails are about.
const NUMBER: &str = "2026-000123";
/// Its page.
const PAGE: &str = "/requests/2026-000123";

/// The link of all mails that carry one.
pub(super) fn link() -> MailedLink {
    let until = at("2026-11-23T09:00:00+01:00");
    MailedLink { id: Uuid::from_u128(7), until, secret: String::new() }
}

/// Every kind.
pub(super) fn kinds() -> Vec<Kind> {
    [
        requests::kinds(),
        minutes::kinds(),
        people::kinds(),
        desk::kinds(),
        documents::kinds(),
        outages::kinds(),
        gathered(),
    ]
    .concat()
}

fn gathered() -> Vec<Kind> {
    vec![
        (
            MailContent::Digest {
                mails: vec![MailContent::Reminder(appointment()), MailContent::HandedOver { requests: 2 }],
                more: 1,
            },
            "Souhrn dne: 3 zprávy",
            "Co je u vás nového",
            "A k tomu další: 1.",
            "/",
        ),
        (
            MailContent::Erased { number: Some(NUMBER.into()) },
            "Obsah je smazaný",
            "Obsah je smazaný",
            "Zůstalo jen to, že jsme jí psali.",
            "/",
        ),
    ]
}
