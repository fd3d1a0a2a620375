//! What mails say of subscriptions: that the next period comes, with honest advice, and that none comes any more.

use super::{Letter, Link};
use crate::{
    model::{
        mails::MailContent,
        money::subscriptions::{PlanFit, fit},
        paths,
    },
    ui::{
        format,
        texts::{Locale, t},
    },
};

/// What the mails of subscriptions say; of the others that it waits.
pub(super) fn letter(locale: Locale, content: &MailContent, phone: &str) -> Letter {
    let link = Link { label: t!(locale => "mails-subscription-view"), path: paths::SUBSCRIPTION.to_owned() };
    let MailContent::SubscriptionRenews { on, minutes, total, used, of, average } = content else {
        let why = if matches!(content, MailContent::SubscriptionBlocked) {
            t!(locale => "mails-subscription-blocked")
        } else {
            t!(locale => "mails-subscription-paused")
        };
        return Letter {
            subject: t!(locale => "mails-subscription-paused-subject"),
            headline: t!(locale => "mails-subscription-paused-title"),
            paragraphs: vec![why, t!(locale => "mails-subscription-call", phone = phone)],
            link,
        };
    };
    let date = format::date_numeric(locale, *on, None);
    let in_minutes = |minutes: u32| format::minutes(locale, minutes);
    let advice = match fit(*minutes, *average) {
        PlanFit::Fits => t!(locale => "mails-subscription-fits", average = in_minutes(*average)),
        PlanFit::TooMuch => t!(locale => "mails-subscription-too-much", average = in_minutes(*average)),
        PlanFit::TooLittle => t!(locale => "mails-subscription-too-little", average = in_minutes(*average)),
    };
    Letter {
        subject: t!(locale => "mails-subscription-renews-subject", date = date.as_str()),
        headline: t!(
            locale => "mails-subscription-renews-title",
            date = date.as_str(),
            minutes = in_minutes(*minutes),
            total = format::money(locale, *total),
        ),
        paragraphs: vec![
            t!(locale => "mails-subscription-used", used = in_minutes(*used), of = in_minutes(*of)),
            advice,
            t!(locale => "mails-subscription-free-to-end"),
        ],
        link,
    }
}
