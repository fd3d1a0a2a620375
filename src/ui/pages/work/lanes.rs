//! `/desk/queue`: what waits at the desk, in the order of what breaks first.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::{numbers::RequestNumber, terms::Urgency},
        ordering::{live::LiveView, outages::box_of_request},
        paths,
        work::lanes::{Lane, QueueItem, QueuePage as Queue, QueueView},
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Column, EmptyState, Page, Table, UrgencyBadge, Width, loaded},
        format,
        islands::{Live, phone_in_groups},
        lane_words,
        texts::{Locale, named, t},
    },
};

/// What waits: all of it, or the part that the address names.
#[component]
pub fn QueuePage() -> impl IntoView {
    let part = ui::query_value("part").unwrap_or_default();
    let everywhere = ui::query_value("everywhere").is_some();
    loaded(api::work::lanes::queue_page(part, everywhere), |queue| {
        view! {
            <QueueList queue/>
            <Live on=LiveView::Desk/>
        }
    })
}

/// The queue: how much waits, its lanes, and what stands in the one that is open.
#[component]
pub(crate) fn QueueList(queue: Queue) -> impl IntoView {
    let title = if queue.waiting == 0 {
        t!("queue-title-none")
    } else {
        t!(
            "queue-title",
            count = queue.waiting,
            longest = format::hours_and_minutes(Locale::current(), queue.longest_minutes)
        )
    };
    let (parts, order) = (parts(&queue), order(&queue));
    let shown = queue.items.len();
    let more = (u32::try_from(shown).is_ok_and(|shown| shown < queue.total))
        .then(|| view! { <p>{t!("queue-shown", shown = shown, total = queue.total)}</p> });
    let list = if queue.items.is_empty() {
        view! {
            <EmptyState title=t!("queue-none")>
                <p>{t!("queue-none-help")}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <form method="get" action=paths::NEW_OUTAGE>
                {table(queue.items)}
                <p class="actions">
                    <button type="submit" class="button button-secondary">
                        {t!("queue-to-outage")}
                    </button>
                </p>
            </form>
        }
        .into_any()
    };
    view! {
        <Page title width=Width::Full>
            <p class="actions">
                <ButtonLink href=paths::INTAKE label=t!("intake-link")/>
                <ButtonLink href=paths::BOARD label=t!("board-link") kind=ButtonKind::Secondary/>
                <ButtonLink href=paths::APPOINTMENTS label=t!("nav-appointments") kind=ButtonKind::Secondary/>
                <ButtonLink href=paths::OUTAGES label=t!("outages-link") kind=ButtonKind::Secondary/>
            </p>
            <div data-live="queue">{parts} {order} {list} {more}</div>
        </Page>
    }
}

/// The ways to all of it, to the lanes that hold something, to one's own and to what rests.
fn parts(queue: &Queue) -> impl IntoView + use<> {
    let link = |part: &str, word: String, count: u32, here: bool| {
        let query: Vec<_> = (!part.is_empty()).then(|| ("part", part.to_owned())).into_iter().collect();
        view! {
            <li>
                <a href=ui::with_query(paths::QUEUE, &query) aria-current=here.then_some("page")>
                    {word} <span class="day-links-count">{count}</span>
                </a>
            </li>
        }
    };
    let view = queue.view;
    let lanes = queue
        .lanes
        .iter()
        .map(|(lane, count)| link(lane.code(), lane_in_words(*lane), *count, view == QueueView::Lane(*lane)))
        .collect::<Vec<_>>();
    let newcomers = (queue.newcomers > 0).then(|| {
        view! {
            <li>
                <a href=paths::NEWCOMERS>
                    {t!("newcomers-title")} " " <span class="day-links-count">{queue.newcomers}</span>
                </a>
            </li>
        }
    });
    let mails = (queue.mails > 0).then(|| {
        view! {
            <li>
                <a href=paths::MAIL_IN>{t!("mail-in-link")} " " <span class="day-links-count">{queue.mails}</span></a>
            </li>
        }
    });
    view! {
        <nav class="day-links" aria-label=t!("queue-parts")>
            <ul>
                {link("", t!("queue-all"), queue.waiting, view == QueueView::All)}
                {link("mine", t!("queue-mine"), queue.mine, view == QueueView::Mine)}
                {lanes}
                {link("resting", t!("queue-resting"), queue.resting, view == QueueView::Resting)}
                {newcomers}
                {mails}
            </ul>
        </nav>
    }
}

/// Whether the viewer's regions come first, and the way to the other order: all of it is there in both.
fn order(queue: &Queue) -> Option<impl IntoView + use<>> {
    let is_near_first = queue.is_near_first?;
    let part = ui::query_value("part").map(|part| ("part", part));
    let everywhere = is_near_first.then(|| ("everywhere", "1".to_owned()));
    let query: Vec<_> = part.into_iter().chain(everywhere).collect();
    let (fact, word) = if is_near_first {
        (t!("queue-near-first"), t!("queue-everywhere"))
    } else {
        (t!("queue-by-due"), t!("queue-to-near-first"))
    };
    Some(view! {
        <p class="aside">
            {fact} " "
            <a href=ui::with_query(paths::QUEUE, &query)>{word}</a>
        </p>
    })
}

fn table(items: Vec<QueueItem>) -> impl IntoView {
    let rows = items.into_iter().map(row).collect::<Vec<_>>();
    view! {
        <Table
            class="table-queue"
            columns=vec![
                Column::text(t!("queue-column-request")),
                Column::text(t!("queue-column-lane")),
                Column::text(t!("queue-column-due")),
                Column::text(t!("desk-column-what")),
                Column::text(t!("desk-column-contact")),
                Column::text(t!("queue-column-who")),
            ]
        >
            {rows}
        </Table>
    }
}

fn row(item: QueueItem) -> impl IntoView {
    let locale = Locale::current();
    let now = ui::now();
    let number = item.standing.number;
    let urgent =
        (item.standing.urgency == Urgency::Urgent).then(|| view! { " " <UrgencyBadge urgency=Urgency::Urgent/> });
    let is_late = now.is_some_and(|now| item.standing.due <= now);
    let due = t!("queue-due", when = format::until(locale, item.standing.due, now));
    let since = format::since(locale, item.standing.since, now);
    let back = item.is_back.then(|| view! { " " <span class="badge badge-soon">{t!("queue-back")}</span> });
    let rests = item.snoozed_until.map(|until| {
        view! { <span class="table-note">{t!("queue-rests", until = format::until(locale, until, now))}</span> }
    });
    let who = item.claimed_by.map_or_else(|| t!("queue-nobody"), |colleague| colleague.name);
    let head = match item.outage {
        Some((outage, count)) => {
            let about = t!("outage-requests", count = count);
            view! {
                <a href=paths::outage(outage.id)>{named(&outage.name)}</a>
                <span class="table-note">{about}</span>
            }
            .into_any()
        }
        None => one(item.customer, number, item.lane).into_any(),
    };
    view! {
        <tr>
            <th scope="row">{head}</th>
            <td data-label=t!("queue-column-lane")>
                <span class="badge">{lane_in_words(item.lane)}</span> {urgent} {back}
                <span class="table-note">{since}</span>
            </td>
            <td data-label=t!("queue-column-due")>
                <span class:queue-late=is_late>{due}</span> {rests}
            </td>
            <td data-label=t!("desk-column-what")>
                {format!("{} · {}", named(&item.program), named(&item.work_type))}
                <span class="table-note queue-said">{item.what_happened}</span>
            </td>
            <td data-label=t!("desk-column-contact")>
                {item.contact_name} " "
                <a href=format::tel(&item.contact_phone)>{phone_in_groups(&item.contact_phone)}</a>
            </td>
            <td data-label=t!("queue-column-who")>{who}</td>
        </tr>
    }
}

/// A request by itself, with the box by which it becomes part of an outage; an objection is to work that is done.
fn one(customer: String, number: RequestNumber, lane: Lane) -> impl IntoView {
    let tick = (lane != Lane::Objection).then(|| {
        let label = t!("queue-tick", name = format!("{customer} {number}"));
        view! { <input type="checkbox" class="queue-tick" name=box_of_request(number) value="1" aria-label=label/> " " }
    });
    view! {
        {tick}
        <a href=paths::desk_request(number)>{customer}</a>
        <span class="table-note whole">{number.to_string()}</span>
    }
}

/// "2:10"
pub(super) fn hours(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// What a request waits for.
pub(super) fn lane_in_words(lane: Lane) -> String {
    lane_words::lane_in_words(Locale::current(), lane)
}
