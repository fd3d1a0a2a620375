//! Links to the pages of problems.

use leptos::prelude::*;

use super::{Group, samples};
use crate::model::{
    base::{ids::CustomerId, seen::ChangedMeanwhile},
    line::{
        limits::{Limit, LimitReached},
        needed::Needed,
    },
    ordering::{appointments::ChangeRefused, offers::SlotRefused},
    paths,
    people::{erasure::ErasureRefused, members::Capability, mergers::MergeWaits},
    problem::Problem,
};

fn problems() -> Vec<Problem> {
    vec![
        Problem::SignInRequired,
        Problem::ConfirmRequired,
        Problem::FactorRequired,
        Problem::ProviderRequired { name: "Google".into() },
        Problem::ProviderRefused,
        Problem::Forbidden { capability: Some(Capability::Order) },
        Problem::NotFound,
        Problem::Change(ChangeRefused::TooLate { cut_off: samples::at(24, 13, 30) }),
        Problem::SlotRefused(SlotRefused::Reserved),
        Problem::HoldExpired,
        Problem::Limit(LimitReached { limit: Limit::FutureAppointments, most: 20, retry_after_s: None }),
        Problem::Busy { retry_after_s: 5 },
        Problem::TotalDiffers,
        Problem::BuyingNotYet,
        Problem::SupplierUnconfirmed,
        Problem::EstimateDiffers,
        Problem::LastManager,
        Problem::NobodyElseManages,
        Problem::HasItsOwn,
        Problem::MergeWaits(MergeWaits::Contract(CustomerId(1))),
        Problem::AwaitsNod,
        Problem::Needed(Needed::LastRegion),
        Problem::Needed(Needed::RegionOf { customers: 3 }),
        Problem::Needed(Needed::BasicTier),
        Problem::Erasure(ErasureRefused::NobodyElseManages),
        Problem::Erasure(ErasureRefused::WorkUnderWay),
        Problem::Blocked,
        Problem::OwesTooLong,
        Problem::AppointmentsAhead,
        Problem::PlacesTaken { numbers: Vec::new() },
        Problem::Conflict,
        Problem::FormUsed { sent_at: samples::at(24, 13, 30), led_to: Some(paths::REQUESTS.to_owned()) },
        Problem::ChangedMeanwhile(ChangedMeanwhile { fields: Vec::new() }),
        Problem::Malformed,
        Problem::TooLarge,
        Problem::NotSent,
        Problem::Throttled { retry_after_s: 130 },
        Problem::Unavailable,
        Problem::Internal { incident: "7F3K-22".to_owned() },
    ]
}

/// The problem of a code, as in the links.
pub fn problem_of(code: &str) -> Option<Problem> {
    problems().into_iter().find(|problem| problem.code() == code)
}

#[component]
pub fn ProblemLinks() -> impl IntoView {
    let links = problems()
        .into_iter()
        .map(|problem| {
            let code = problem.code();
            view! {
                <li>
                    <a href=format!("{}?problem={code}", paths::GALLERY)>
                        <code>{code}</code>
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Group title="ProblemPage">
            <ul>{links}</ul>
        </Group>
    }
}
