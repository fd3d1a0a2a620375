//! `/`: the public page of the customer line.

mod charges;
mod urgency;

use leptos::prelude::*;
use leptos_meta::Meta;

use self::{charges::Charges, urgency::UrgentOrNormal};
use super::public_text::Prose;
use crate::{
    api,
    model::{
        base::calendar::LineStatus,
        line::settings::{DayOff, LineSettings, Region},
        money::pages::LinePage as Line,
        paths,
        people::{accounts::Viewer, staff::FIRST_MANAGER},
        problem::Problem,
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Notice, Page, Width, loaded},
        format, line_words,
        pages::ordering::outages::known::KnownOutages,
        texts::{Locale, t},
    },
};

/// What everybody may know: whether somebody answers now, how it works, what it costs.
#[component]
pub fn LinePage() -> impl IntoView {
    // What is for the head is not waited with: rendered once the database has answered, it finds no context of its request, and is
    // lost or comes into the head of another one's page.
    view! {
        <Meta name="description" content=t!("line-description")/>
        {loaded(load(), move |(line, viewer)| view! { <LineView line viewer/> })}
    }
}

/// The page, and who reads it.
async fn load() -> Result<(Line, Viewer), Problem> {
    let line = api::line::public_page::line_page().await?;
    // A page can be read although nobody can say who reads it.
    let viewer = api::people::accounts::viewer().await.unwrap_or(Viewer::Visitor);
    Ok((line, viewer))
}

#[component]
fn LineView(line: Line, viewer: Viewer) -> impl IntoView {
    // Staff order nothing here.
    let orders = !matches!(viewer, Viewer::Staff { .. });
    let first_time = matches!(viewer, Viewer::Visitor).then(
        || view! { <ButtonLink href=paths::REGISTER_ORDER label=t!("line-first-time") kind=ButtonKind::Secondary/> },
    );
    let settings = line.settings;
    view! {
        <Page title=t!("line-title") width=Width::Wide>
            <div class="hero">
                <div class="hero-main">
                    <p class="lead">{t!("line-lead")}</p>
                    {line
                        .is_last_known
                        .then(|| {
                            view! {
                                <Notice title=t!("line-last-known")>
                                    <p>{t!("line-last-known-note")}</p>
                                </Notice>
                            }
                        })}
                    {line
                        .needs_manager
                        .then(|| {
                            view! {
                                <Notice title=t!("line-needs-manager")>
                                    <p>{t!("line-needs-manager-note")}" "<code>{FIRST_MANAGER}</code></p>
                                </Notice>
                            }
                        })}
                    <KnownOutages outages=line.outages/>
                    <Status status=line.status/>
                    {(orders && !line.is_last_known)
                        .then(|| {
                            view! {
                                <p class="actions">
                                    <ButtonLink href=paths::ORDER label=t!("line-order")/>
                                    <ButtonLink href=paths::BUNDLES label=t!("line-buy") kind=ButtonKind::Secondary/>
                                    {first_time}
                                </p>
                            }
                        })}
                    <Hours settings=settings.clone()/>
                </div>
                <section class="hero-side" id="numbers" aria-labelledby="numbers-title">
                    <h2 id="numbers-title">{t!("line-numbers")}</h2>
                    <Numbers regions=line.regions/>
                    <DaysOff days=line.days_off/>
                </section>
            </div>
            {(!line.text.cs.is_empty())
                .then(|| {
                    view! {
                        <section class="section" aria-labelledby="good-to-know">
                            <h2 id="good-to-know">{t!("public-text-section")}</h2>
                            <Prose text=line.text/>
                        </section>
                    }
                })}
            <HowItWorks/>
            <UrgentOrNormal tiers=line.tiers planned=line.planned settings=settings.clone()/>
            <Charges bundles=line.bundles settings orders/>
        </Page>
    }
}

/// Open or closed, and until when.
#[component]
pub(in crate::ui::pages) fn Status(status: LineStatus) -> impl IntoView {
    let text = line_words::status(Locale::current(), &status, ui::now());
    let class = if matches!(status, LineStatus::Open { .. }) { "status status-open" } else { "status" };
    view! {
        <p class=class>
            <span class="status-dot" aria-hidden="true"></span>
            <span>{text}</span>
        </p>
    }
}

/// The numbers, each to call by a tap.
#[component]
pub(crate) fn Numbers(regions: Vec<Region>) -> impl IntoView {
    let numbers = regions
        .into_iter()
        .map(|Region { name, phone }| {
            let shown = format::unbroken_phone(&phone);
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd><a href=format::tel(&phone)>{shown}</a></dd>
                </div>
            }
        })
        .collect::<Vec<_>>();
    view! { <dl class="numbers">{numbers}</dl> }
}

/// When somebody answers, and that requests are taken at any time.
#[component]
fn Hours(settings: LineSettings) -> impl IntoView {
    let locale = Locale::current();
    view! {
        <p class="aside">
            {t!(
                "line-hours", opens = format::time(locale, settings.opens), closes = format::time(locale, settings
                .closes),
            )}
        </p>
    }
}

/// The nearest days on which nobody answers although it is no weekend.
#[component]
fn DaysOff(days: Vec<DayOff>) -> impl IntoView {
    let locale = Locale::current();
    (!days.is_empty()).then(|| {
        let days = days
            .into_iter()
            .map(|day| {
                let reason = match day.holiday {
                    Some(holiday) => t!("holiday", holiday = holiday.code()),
                    None => day.reason,
                };
                view! {
                    <li>
                        <span class="days-off-date">{format::date_short(locale, day.date)}</span>
                        " "
                        {reason}
                    </li>
                }
            })
            .collect::<Vec<_>>();
        view! {
            <div class="days-off">
                <h3>{t!("line-days-off")}</h3>
                <ul>{days}</ul>
            </div>
        }
    })
}

/// The four steps from the first word to the receipt.
#[component]
fn HowItWorks() -> impl IntoView {
    let steps = [
        (t!("how-describe"), t!("how-describe-note")),
        (t!("how-pick"), t!("how-pick-note")),
        (t!("how-connect"), t!("how-connect-note")),
        (t!("how-receipt"), t!("how-receipt-note")),
    ]
    .map(|(title, note)| {
        view! {
            <li>
                <h3>{title}</h3>
                <p>{note}</p>
            </li>
        }
    });
    view! {
        <section class="section" aria-labelledby="how">
            <h2 id="how">{t!("how-title")}</h2>
            <ol class="how">{steps}</ol>
        </section>
    }
}
