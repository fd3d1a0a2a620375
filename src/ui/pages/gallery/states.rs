//! Notices, badges, steps, summaries, heads.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{Group, samples};
use crate::{
    model::{
        base::{
            calendar::{DayKind, LineStatus, czech_holiday},
            ids::RequestId,
            terms::Urgency,
        },
        ordering::{drafts::DraftStep, requests::RequestState},
        people::{
            accounts::Viewer,
            members::{Capabilities, StaffRole, StaffRoles},
        },
    },
    ui::{
        components::{
            Badge, ButtonLink, EmptyState, NavFor, Notice, NoticeKind, Steps, SummaryList, SummaryRow, Timeline,
            UrgencyBadge,
        },
        pages::line::public_page::Status,
        texts::t,
    },
};

#[component]
pub fn Notices() -> impl IntoView {
    let kinds = [NoticeKind::Info, NoticeKind::Soon, NoticeKind::Problem, NoticeKind::Done]
        .map(|kind| view! { <Notice kind>{t!("gallery-hint")}</Notice> });
    view! {
        <Group title="Notice">
            {kinds}
            <Notice title=t!("gallery-long-label")>
                <p>{t!("gallery-long")}</p>
            </Notice>
        </Group>
        <Group title="EmptyState">
            <EmptyState title=t!("gallery-empty")/>
            <EmptyState title=t!("gallery-empty")>
                <p>{t!("gallery-long")}</p>
                <p class="actions">
                    <ButtonLink href="#main" label=t!("gallery-link")/>
                </p>
            </EmptyState>
        </Group>
    }
}

#[component]
pub fn Badges() -> impl IntoView {
    let states = RequestState::ALL.iter().map(|state| view! { <Badge state=*state/> }).collect::<Vec<_>>();
    let urgencies = Urgency::ALL.iter().map(|urgency| view! { <UrgencyBadge urgency=*urgency/> }).collect::<Vec<_>>();
    let draft = RequestId(uuid::Uuid::nil());
    let steps = DraftStep::ALL.map(|step| view! { <Steps step draft/> });
    view! {
        <Group title="Badge, UrgencyBadge">
            <p class="actions">{states} {urgencies}</p>
        </Group>
        <Group title="Steps">{steps}</Group>
    }
}

#[component]
pub fn Summaries() -> impl IntoView {
    view! {
        <Group title="SummaryList">
            <SummaryList>
                <SummaryRow term=t!("gallery-label")>{t!("gallery-filled")}</SummaryRow>
                <SummaryRow term=t!("gallery-question") change="#main">
                    {t!("gallery-option")}
                </SummaryRow>
                <SummaryRow term=t!("gallery-long-label") change="#main">
                    {t!("gallery-long")}
                </SummaryRow>
            </SummaryList>
        </Group>
        <Group title="Timeline">
            <Timeline entries=samples::timeline()/>
        </Group>
    }
}

#[component]
pub fn Statuses() -> impl IntoView {
    let reopens = Some(samples::at(30, 7, 0));
    let holiday =
        NaiveDate::from_ymd_opt(2026, 12, 24).and_then(czech_holiday).map_or(DayKind::Weekend, DayKind::Holiday);
    let statuses = [
        LineStatus::Open { until: samples::at(25, 15, 30) },
        LineStatus::Closed { reopens, today: DayKind::Working },
        LineStatus::Closed { reopens, today: DayKind::Weekend },
        LineStatus::Closed { reopens, today: holiday },
        LineStatus::Closed { reopens: None, today: DayKind::Closure(t!("gallery-option")) },
    ]
    .map(|status| {
        view! {
            <div>
                <Status status/>
            </div>
        }
    });
    view! { <Group title="Status">{statuses}</Group> }
}

#[component]
pub fn Heads() -> impl IntoView {
    let member =
        |capabilities| Viewer::Member { name: t!("gallery-person"), customer: t!("gallery-long-label"), capabilities };
    let staff = |role| Viewer::Staff { name: t!("gallery-person"), roles: StaffRoles::from(role) };
    let heads = [
        Viewer::Visitor,
        member(Capabilities::all()),
        member(Capabilities::NONE),
        staff(StaffRole::Dispatcher),
        staff(StaffRole::Technician),
    ]
    .into_iter()
    .enumerate()
    .map(|(index, viewer)| {
        let label = format!("{} {}", t!("nav-label"), index + 1);
        view! {
            <div class="gallery-head">
                <NavFor viewer label/>
            </div>
        }
    })
    .collect::<Vec<_>>();
    view! { <Group title="Nav">{heads}</Group> }
}
