//! `/requests/{number}/move`: another time instead, or a new one for a request that waits. First the times, then, with
//! `?start=…`, what it would mean.

use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use super::words::{about, change_in_words, headline, interrupted_by, joining_in_words};
use crate::{
    api,
    model::{
        base::numbers::RequestNumber,
        ordering::{appointments::ChangeRefused, live::LiveView, offers::Slot, pages::by_day, timeline::TimelineKind},
        paths,
        problem::{MovedOn, Problem},
        work::pages::{MoveChoice, RequestPage as Request},
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, CallButton, EmptyState, Endpoint, Form, Hidden, Page, SlotPicker, Submit,
            WithNumber, loaded, slots,
        },
        format,
        forms::returned,
        islands::{Live, LiveSlots},
        pages::ordering::overlap::overlap_notice,
        texts::{Locale, t},
    },
};

/// The times to which the appointment can be moved, or of which one is picked.
#[component]
pub fn RequestMovePage() -> impl IntoView {
    let number = ui::path_value("number");
    loaded(load(number), |(choice, key)| match chosen(&choice) {
        Some(slot) => view! { <Confirmation choice to=slot key/> }.into_any(),
        None => view! { <OtherTimes choice/> }.into_any(),
    })
}

async fn load(number: Result<RequestNumber, Problem>) -> Result<(MoveChoice, Uuid), Problem> {
    let number = number?;
    let choice = api::ordering::requests::move_choice(number).await.map_err(|problem| match problem {
        // Its page says what has become of it.
        Problem::Conflict | Problem::Change(ChangeRefused::NotConfirmed) => Problem::MovedOn(MovedOn::Request(number)),
        problem => problem,
    })?;
    Ok((choice, api::ordering::requests::form_key().await?))
}

/// The offered slot that the address names. When the move was just refused, the times stand there again.
fn chosen(choice: &MoveChoice) -> Option<Slot> {
    let start: DateTime<Utc> = ui::query_value("start").filter(|_| returned().is_none())?.parse().ok()?;
    choice.offers.iter().map(|offer| offer.slot).find(|slot| slot.start == start)
}

/// What it would mean, before it is done (design, Changing one's mind).
#[component]
fn Confirmation(choice: MoveChoice, to: Slot, key: Uuid) -> impl IntoView {
    let MoveChoice { page, others, .. } = choice;
    let overlapping: Vec<_> = others.into_iter().filter(|other| other.slot.overlaps(to)).collect();
    let overlap = overlap_notice(&overlapping);
    let number = page.summary.number;
    let consequence = consequence(&page, to).map(|consequence| view! { <p>{consequence}</p> });
    let (lead, submit) = if page.summary.awaits_pick() {
        (about(&page.summary), t!("requests-pick-confirm"))
    } else {
        let instead =
            page.summary.slot.map(|slot| t!("requests-move-instead", slot = format::slot(Locale::current(), slot)));
        (instead.unwrap_or_default(), t!("requests-move"))
    };
    view! {
        <Page title=headline(to) lead>
            {overlap}
            {consequence}
            <Form action={Endpoint::of::<api::ordering::requests::MoveAppointment>()}>
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <Hidden name="start" value=to.start.to_rfc3339()/>
                <div class="actions">
                    <Submit label=submit/>
                    <ButtonLink
                        href=paths::request_move(number)
                        label=t!("requests-move-other")
                        kind=ButtonKind::Secondary
                    />
                </div>
            </Form>
        </Page>
    }
}

/// How often it can be moved after that; of a time that is picked, whether it saves the minimum.
fn consequence(page: &Request, to: Slot) -> Option<String> {
    if !page.summary.awaits_pick() {
        let moves_left = page.change.as_ref().map_or(0, |change| change.moves_left.saturating_sub(1));
        return Some(t!("requests-move-then", moves = moves_left));
    }
    if page.summary.missed_by_us {
        return Some(t!("requests-missed-terms"));
    }
    Some(match to.starts_by(page.joins_until?) {
        true => t!("requests-pick-joins"),
        false => t!("requests-pick-anew"),
    })
}

#[component]
fn OtherTimes(choice: MoveChoice) -> impl IntoView {
    let MoveChoice { page, offers, others, .. } = choice;
    let number = page.summary.number;
    let (title, lead, rules, none, keep) = if page.summary.awaits_pick() {
        let title = match interrupted_by(&page) {
            _ if !page.offered.is_empty() => t!("requests-title-offered"),
            Some(TimelineKind::Suspended) => t!("requests-pick-title-unfinished"),
            _ => t!("requests-pick-title"),
        };
        (
            title,
            about(&page.summary),
            if page.summary.missed_by_us { Some(t!("requests-missed-terms")) } else { joining_in_words(&page) },
            t!("requests-pick-none-help", phone = ui::line_phone()),
            t!("requests-back"),
        )
    } else {
        let now = page.summary.slot.map(|slot| t!("requests-move-now", slot = headline(slot))).unwrap_or_default();
        let rules = page.change.as_ref().and_then(change_in_words);
        (
            t!("requests-move-title"),
            now,
            rules,
            t!("requests-move-none-help", phone = ui::line_phone()),
            t!("requests-keep"),
        )
    };
    let rules = rules.map(|rules| view! { <p><WithNumber text=rules/></p> });
    let keep = view! { <ButtonLink href=paths::request(number) label=keep kind=ButtonKind::Secondary/> };
    let reason = offers.first().map(|first| first.reason.clone());
    let days = by_day(&offers);
    let shown = slots::shown_day(&days, None, &others);
    let times = if offers.is_empty() {
        view! {
            <EmptyState title=t!("order-time-none")>
                <p><WithNumber text=none/></p>
                <p class="actions">
                    {keep} <CallButton kind=ButtonKind::Secondary/>
                </p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <form method="get" action=paths::request_move(number) class="form">
                <SlotPicker days others/>
            </form>
            <p class="actions">{keep}</p>
        }
        .into_any()
    };
    view! {
        <Page title lead>
            {rules}
            {times}
            <LiveSlots reason shown source=format!("{}?number={number}", api::ordering::requests::MoveChoice::PATH)/>
        </Page>
        <Live on=LiveView::Plan/>
    }
}
