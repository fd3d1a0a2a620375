//! What mails say of minutes that come by themselves: that the next period comes, with honest advice, that a card failed or is saved
//! no more, and that none come any more.

use chrono::NaiveDate;

use super::{Letter, Link};
use crate::{
    model::{
        mails::MailContent,
        money::{
            purchases::PurchaseNumber,
            subscriptions::{PlanFit, fit},
        },
        paths,
    },
    ui::{
        format,
        texts::{Locale, t},
    },
};

/// What the mails of subscriptions say.
pub(super) fn letter(locale: Locale, content: &MailContent, phone: &str) -> Letter {
    let MailContent::SubscriptionRenews { on, minutes, total, used, of, average, by_card } = content else {
        return trouble(locale, content, phone);
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
            if *by_card {
                t!(locale => "mails-subscription-debited")
            } else {
                t!(locale => "mails-subscription-free-to-end")
            },
        ],
        link: subscription(locale),
    }
}

fn trouble(locale: Locale, content: &MailContent, phone: &str) -> Letter {
    let why = match content {
        MailContent::CardFailed { purchase, minutes, total, asks_holder, again_on } => {
            let what = (format::minutes(locale, *minutes), format::money(locale, *total));
            return card_failed(locale, *purchase, what, *asks_holder, *again_on);
        }
        MailContent::CardRemoved { last4, subscription, top_up } => {
            return card_removed(locale, last4, *subscription, *top_up);
        }
        MailContent::CardNotKept { last4 } => return card_not_kept(locale, last4),
        MailContent::TopUpOff { dearer } => return top_up_off(locale, *dearer),
        MailContent::SubscriptionBlocked => t!(locale => "mails-subscription-blocked"),
        _ => t!(locale => "mails-subscription-paused"),
    };
    Letter {
        subject: t!(locale => "mails-subscription-paused-subject"),
        headline: t!(locale => "mails-subscription-paused-title"),
        paragraphs: vec![why, t!(locale => "mails-subscription-call", phone = phone)],
        link: subscription(locale),
    }
}

fn top_up_off(locale: Locale, dearer: bool) -> Letter {
    let why = if dearer { t!(locale => "mails-top-up-dearer") } else { t!(locale => "mails-top-up-failed") };
    Letter {
        subject: t!(locale => "mails-top-up-subject"),
        headline: t!(locale => "mails-top-up-title"),
        paragraphs: vec![why, t!(locale => "mails-top-up-again")],
        link: Link { label: t!(locale => "mails-top-up-view"), path: paths::TOP_UP.to_owned() },
    }
}

fn card_removed(locale: Locale, last4: &str, subscription: bool, top_up: bool) -> Letter {
    let follows = [
        subscription.then(|| t!(locale => "mails-card-removed-subscription")),
        top_up.then(|| t!(locale => "mails-card-removed-top-up")),
    ];
    let mut paragraphs: Vec<String> = follows.into_iter().flatten().collect();
    paragraphs.push(t!(locale => "mails-card-removed-again"));
    Letter {
        subject: t!(locale => "mails-card-removed-subject", last4 = last4),
        headline: t!(locale => "mails-card-removed-title", last4 = last4),
        paragraphs,
        link: saved_card(locale),
    }
}

fn card_not_kept(locale: Locale, last4: &str) -> Letter {
    Letter {
        subject: t!(locale => "mails-card-not-kept-subject", last4 = last4),
        headline: t!(locale => "mails-card-not-kept-title", last4 = last4),
        paragraphs: vec![t!(locale => "mails-card-not-kept")],
        link: saved_card(locale),
    }
}

fn saved_card(locale: Locale) -> Link {
    Link { label: t!(locale => "mails-card-view"), path: paths::SAVED_CARD.to_owned() }
}

fn subscription(locale: Locale) -> Link {
    Link { label: t!(locale => "mails-subscription-view"), path: paths::SUBSCRIPTION.to_owned() }
}

/// The bank wants its holder, who goes to the payment; or it wants another card.
fn card_failed(
    locale: Locale,
    purchase: PurchaseNumber,
    (minutes, total): (String, String),
    asks_holder: bool,
    again_on: Option<NaiveDate>,
) -> Letter {
    let why = if asks_holder { t!(locale => "mails-card-asks") } else { t!(locale => "mails-card-declined") };
    let then = match again_on {
        Some(on) => t!(locale => "mails-card-again", date = format::date_numeric(locale, on, None)),
        None => t!(locale => "mails-card-last"),
    };
    let link = if again_on.is_none() {
        subscription(locale)
    } else if asks_holder {
        Link { label: t!(locale => "mails-card-pay"), path: paths::purchase_pay(purchase) }
    } else {
        Link { label: t!(locale => "mails-card-change"), path: paths::SUBSCRIPTION_CARD.to_owned() }
    };
    Letter {
        subject: t!(locale => "mails-card-subject", total = total.as_str()),
        headline: t!(locale => "mails-card-title", minutes = minutes, total = total),
        paragraphs: vec![why, then],
        link,
    }
}
