//! The lanes of the desk's queue in words: what its pages and the mails about it have in common.

use super::texts::{Locale, t};
use crate::model::work::lanes::Lane;

/// What a request waits for.
#[must_use]
pub fn lane_in_words(locale: Locale, lane: Lane) -> String {
    match lane {
        Lane::New => t!(locale => "lane-new"),
        Lane::TimeToChoose => t!(locale => "lane-time-to-choose"),
        Lane::OfferLapsed => t!(locale => "lane-offer-lapsed"),
        Lane::AnswerCame => t!(locale => "lane-answer-came"),
        Lane::FollowUp => t!(locale => "lane-follow-up"),
        Lane::NoShow => t!(locale => "lane-no-show"),
        Lane::Overdue => t!(locale => "lane-overdue"),
        Lane::RunsOver => t!(locale => "lane-runs-over"),
        Lane::MissedByUs => t!(locale => "lane-missed-by-us"),
        Lane::ConsentAsked => t!(locale => "lane-consent-asked"),
        Lane::Objection => t!(locale => "lane-objection"),
        Lane::Outage => t!(locale => "lane-outage"),
        Lane::CallBack => t!(locale => "lane-call-back"),
        Lane::Offered => t!(locale => "lane-offered"),
    }
}
