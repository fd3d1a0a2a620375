//! `/desk`: one screen for a morning. What waits stands on the left, the technicians' day in the middle, and on the right
//! the request that was chosen; on a narrow screen one after the other. `?view=week` shows the week instead.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use leptos::prelude::*;

use super::{
    cases::{about, acts, facts, headline},
    lanes::{hours, lane_in_words},
    words::said_in_words,
};
use crate::{
    api,
    model::{
        base::{calendar::DayKind, numbers::RequestNumber, terms::Urgency},
        ordering::{appointments::AppointmentState, live::LiveView, offers::Slot, slot_offers::box_of},
        paths,
        problem::Problem,
        work::{
            board::{Board, Cell, CellKind, Row, Taken, Trouble, WeekBoard, WeekCell, week_of},
            cases::{CaseAct, CasePage as Case},
            dragging::in_letters,
            lanes::{Lane, QueueItem, QueuePage as Queue},
        },
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Endpoint, Form, Hidden, Page, Submit, UrgencyBadge, Width, loaded},
        format,
        islands::{BOARD_TABLE, BoardDrag, Live, board_quarters},
        texts::{Locale, named, t},
    },
};

/// How much of the queue stands beside the board; the rest is one step away.
const BESIDE: usize = 12;

/// How many free times are named below the board.
const GAPS: usize = 6;

/// The board of a day, or of a week.
#[component]
pub fn BoardPage() -> impl IntoView {
    // A telephone exchange opens `/desk?phone=…` when somebody calls.
    if let Some(phone) = ui::query_value("phone") {
        ui::lead_on(&ui::with_query(paths::INTAKE, &[("phone", phone)]));
    }
    let date = ui::query_parsed("date");
    if ui::query_value("view").as_deref() == Some("week") {
        let week = async move { api::work::board::board_week(date?).await };
        return loaded(week, |week| view! { <Week week/> }).into_any();
    }
    let chosen = ui::query_parsed::<RequestNumber>("request");
    loaded(
        async move {
            let chosen = chosen?;
            let board = api::work::board::board_page(date?).await?;
            let queue = api::work::lanes::queue_page(String::new(), false).await?;
            let case = match chosen {
                Some(number) => Some(api::work::cases::case_page(number).await?),
                None => None,
            };
            Ok::<_, Problem>((board, queue, case))
        },
        |(board, queue, case)| {
            view! {
                <DayBoard board queue case/>
                <Live on=LiveView::Desk/>
            }
        },
    )
    .into_any()
}

/// The address of the board of a day with a request chosen, or none.
fn address(date: NaiveDate, chosen: Option<RequestNumber>) -> String {
    let request = chosen.map(|number| ("request", number.to_string()));
    let query: Vec<_> = [("date", date.to_string())].into_iter().chain(request).collect();
    ui::with_query(paths::BOARD, &query)
}

fn week_address(date: NaiveDate) -> String {
    ui::with_query(paths::BOARD, &[("view", "week".to_owned()), ("date", date.to_string())])
}

/// The three parts of the screen.
#[component]
pub(crate) fn DayBoard(board: Board, queue: Queue, #[prop(optional_no_strip)] case: Option<Case>) -> impl IntoView {
    let locale = Locale::current();
    let title = format::capitalized(&format::date_long(locale, board.date));
    let lead = lead(&board);
    let chosen = case.as_ref().map(|case| case.request.summary.number);
    let date = board.date;
    let ways = ways(date, chosen);
    let reserve = board.reserved_minutes.is_some().then(|| {
        view! {
            <Form action={Endpoint::of::<api::work::board::ReleaseReserve>()} class="board-reserve">
                <Hidden name="date" value=date.to_string()/>
                <Submit label=t!("board-release") kind=ButtonKind::Quiet/>
            </Form>
        }
    });
    let waiting = waiting(queue, date, chosen);
    let rows = technicians(&board, case.as_ref());
    let has_case = case.is_some();
    let case = case.map(|case| view! { <Chosen case date/> });
    view! {
        <Page title lead width=Width::Full>
            {ways}
            {reserve}
            <div class="board-parts" class:board-parts-three=has_case>
                {case}
                {rows}
                {waiting}
            </div>
        </Page>
    }
}

/// How much is free, what is kept, and why nobody works.
fn lead(board: &Board) -> String {
    let free = t!("board-free-in-all", time = hours(board.free_minutes));
    let closed = match &board.kind {
        DayKind::Working => None,
        DayKind::Weekend => Some(t!("board-weekend")),
        DayKind::Holiday(_) => Some(t!("board-holiday")),
        DayKind::Closure(reason) => Some(t!("board-closed", reason = reason.as_str())),
    };
    let kept = board.reserved_minutes.map(|minutes| t!("board-reserved", time = hours(minutes)));
    let parts: Vec<_> = closed.into_iter().chain(Some(free)).chain(kept).collect();
    parts.join(" · ")
}

/// The ways to other days, to today and to the week.
fn ways(date: NaiveDate, chosen: Option<RequestNumber>) -> impl IntoView {
    let today = ui::now().map(format::local_date);
    let before = address(date - Days::new(1), chosen);
    let after = address(date + Days::new(1), chosen);
    let to_today = today
        .filter(|today| *today != date)
        .map(|today| view! { <a href=address(today, chosen)>{t!("board-today")}</a> });
    view! {
        <nav class="actions board-ways" aria-label=t!("board-days")>
            <ButtonLink href=before label=t!("board-before") kind=ButtonKind::Secondary/>
            <ButtonLink href=after label=t!("board-after") kind=ButtonKind::Secondary/>
            {to_today}
            <a href=week_address(date)>{t!("board-week")}</a>
            <a href=paths::APPOINTMENTS>{t!("board-all")}</a>
            <a href=paths::INTAKE>{t!("intake-link")}</a>
        </nav>
    }
}

/// The beginning of the queue: each of it can be chosen.
fn waiting(queue: Queue, date: NaiveDate, chosen: Option<RequestNumber>) -> impl IntoView {
    let title = t!("board-waiting", count = queue.waiting);
    let rest = usize::try_from(queue.total).unwrap_or(usize::MAX).saturating_sub(BESIDE);
    let more = if rest == 0 { t!("board-queue") } else { t!("board-queue-rest", count = rest) };
    let items = queue.items.into_iter().take(BESIDE).map(|item| waiting_item(item, date, chosen)).collect::<Vec<_>>();
    let list = if items.is_empty() {
        view! { <p>{t!("board-nothing-waits")}</p> }.into_any()
    } else {
        view! { <ol class="board-queue">{items}</ol> }.into_any()
    };
    view! {
        <section class="board-waiting" data-live="waiting" aria-labelledby="board-waiting">
            <h2 id="board-waiting">{title}</h2>
            {list}
            <p><a href=paths::QUEUE>{more}</a></p>
        </section>
    }
}

fn waiting_item(item: QueueItem, date: NaiveDate, chosen: Option<RequestNumber>) -> impl IntoView {
    let now = ui::now();
    let number = item.standing.number;
    let is_late = now.is_some_and(|now| item.standing.due <= now);
    let due = t!("queue-due", when = format::until(Locale::current(), item.standing.due, now));
    let urgent =
        (item.standing.urgency == Urgency::Urgent).then(|| view! { " " <UrgencyBadge urgency=Urgency::Urgent/> });
    let who = item.claimed_by.map(|colleague| format!(" · {}", colleague.name));
    let (href, name) = match item.outage {
        Some((outage, _)) => (paths::outage(outage.id), named(&outage.name)),
        None => (address(date, Some(number)), item.customer),
    };
    // What waits for a time can be taken up and put onto the board.
    let dragged = item.takes.map(quarters_of);
    view! {
        <li>
            <a
                href=href
                aria-current=(chosen == Some(number)).then_some("true")
                data-request=dragged.map(|_| number.to_string())
                data-long=dragged.map(|quarters| quarters.to_string())
            >
                <span class="board-queue-lane">{lane_in_words(item.lane)} {urgent}</span>
                <span class="board-queue-who">{name}</span>
                <span class="table-note" class:queue-late=is_late>{due} {who}</span>
            </a>
        </li>
    }
}

/// How many quarters of the board so many minutes take.
const fn quarters_of(minutes: u32) -> u32 {
    minutes.div_ceil(15)
}

/// What the desk can do with the request that was chosen.
#[component]
fn Chosen(case: Case, date: NaiveDate) -> impl IntoView {
    let title = headline(&case);
    let lead = about(&case);
    let whole = paths::desk_request(case.request.summary.number);
    let (acts, facts) = (acts(&case), facts(&case));
    view! {
        <section class="board-chosen card" data-live="chosen" aria-labelledby="board-chosen">
            <h2 id="board-chosen">{title}</h2>
            <p>{lead}</p>
            {acts}
            {facts}
            <p class="actions">
                <a href=whole>{t!("board-whole")}</a>
                <a href=address(date, None)>{t!("board-close")}</a>
            </p>
        </section>
    }
}

/// The technicians' day.
fn technicians(board: &Board, case: Option<&Case>) -> impl IntoView + use<> {
    let locale = Locale::current();
    if board.rows.is_empty() {
        return view! {
            <section class="board-day" data-live="day" aria-label=t!("board-technicians")>
                <p>{t!("board-nobody")}</p>
            </section>
        }
        .into_any();
    }
    let heads = hour_heads(board.shown)
        .into_iter()
        .map(|(start, quarters)| {
            view! { <th scope="col" colspan=quarters.to_string()>{hour_in_words(locale, start)}</th> }
        })
        .collect::<Vec<_>>();
    let quarters: u32 = board.rows[0].cells.iter().map(Cell::quarters).sum();
    let now = board.now.map(|now| view! { <NowLine shown=board.shown quarters now/> });
    let day = Day {
        date: board.date,
        shown: board.shown,
        now: ui::now(),
        chosen: case.map(|case| case.request.summary.number),
        wanted: case.and_then(Wanted::of),
    };
    let rows = board.rows.iter().map(|row| technician(row, day)).collect::<Vec<_>>();
    let (starts, times, over) = board_quarters(day.shown, board.soonest);
    let gaps = gaps(board, day);
    view! {
        <div class="board-day">
            <section data-live="day" aria-label=t!("board-technicians")>
                <div class="board-frame">
                    <table class="board" id=BOARD_TABLE data-starts=starts data-times=times data-now=over>
                        <thead>
                            <tr>
                                <th scope="col">{t!("desk-column-technician")}</th>
                                {heads}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                    {now}
                </div>
                {gaps}
            </section>
            <BoardDrag/>
        </div>
    }
    .into_any()
}

/// What every row of a day is shown with.
#[derive(Debug, Clone, Copy)]
struct Day {
    date: NaiveDate,
    shown: Slot,
    now: Option<DateTime<Utc>>,
    chosen: Option<RequestNumber>,
    wanted: Option<Wanted>,
}

/// The first free times; each leads to what it would mean, where one is looked for.
fn gaps(board: &Board, day: Day) -> Option<impl IntoView + use<>> {
    let locale = Locale::current();
    let gaps = board
        .gaps(GAPS)
        .into_iter()
        .map(|(slot, technician)| {
            let words = format!("{} {}", format::time_range(locale, slot), technician.name);
            let way = day.wanted.map(|wanted| paths::desk_time(wanted.number, slot.start, Some(technician.id)));
            match way {
                Some(href) => view! { <li><a href=href>{words}</a></li> }.into_any(),
                None => view! { <li>{words}</li> }.into_any(),
            }
        })
        .collect::<Vec<_>>();
    (!gaps.is_empty()).then(|| {
        view! {
            <div class="board-gaps">
                <p id="board-gaps">{t!("board-gaps")}</p>
                <ul aria-labelledby="board-gaps">{gaps}</ul>
            </div>
        }
    })
}

/// The hours that are shown, each with its quarters.
fn hour_heads(shown: Slot) -> Vec<(DateTime<Utc>, u32)> {
    let starts = std::iter::successors(Some(shown.start), |start| Some(*start + TimeDelta::hours(1)));
    let starts = starts.take_while(|start| *start < shown.end);
    let quarters = |start: DateTime<Utc>| (shown.end - start).num_minutes().min(60) / 15;
    starts.map(|start| (start, u32::try_from(quarters(start)).unwrap_or(1))).collect()
}

/// "7:00", of which "7" is enough where there is little room. Half past seven never is.
fn hour_in_words(locale: Locale, start: DateTime<Utc>) -> impl IntoView {
    let time = format::time_of(locale, start);
    match time.split_once(":00") {
        Some((hour, rest)) => {
            let (hour, rest) = (hour.to_owned(), format!(":00{rest}"));
            view! { {hour}<span class="board-full-hour">{rest}</span> }.into_any()
        }
        None => time.into_any(),
    }
}

/// A line through the board where it is now. Only for the eye: late things say so in words.
#[component]
fn NowLine(shown: Slot, quarters: u32, now: DateTime<Utc>) -> impl IntoView {
    let width = quarters * 15;
    let at = (now - shown.start).num_minutes();
    view! {
        <svg
            class="board-now"
            viewBox=format!("0 0 {width} 1")
            preserveAspectRatio="none"
            aria-hidden="true"
            focusable="false"
        >
            <path d=format!("M{at} 0V1")/>
        </svg>
    }
}

/// What is looked for: a time for the request that was chosen.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    number: RequestNumber,
}

impl Wanted {
    /// None where no time can be set.
    fn of(case: &Case) -> Option<Self> {
        let summary = &case.request.summary;
        CaseAct::Time.is_possible(summary.state).then_some(Self { number: summary.number })
    }
}

fn technician(row: &Row, day: Day) -> impl IntoView + use<> {
    let Day { date, now, wanted, .. } = day;
    let technician = &row.technician;
    let cells = row
        .cells
        .iter()
        .map(|cell| match &cell.kind {
            CellKind::Taken(taken) => taken_cell(cell, taken, day).into_any(),
            CellKind::Free => {
                let way = wanted
                    .filter(|_| now.is_none_or(|now| now < cell.slot.end))
                    .map(|wanted| paths::desk_act(wanted.number, CaseAct::Time))
                    .map(|path| {
                        let start = now.map_or(cell.slot.start, |now| cell.slot.start.max(now));
                        let query = [
                            ("technician", technician.id.to_string()),
                            ("from", format::local_date(start).to_string()),
                            ("at", box_of(start)),
                            ("until", box_of(cell.slot.end)),
                        ];
                        ui::with_query(&path, &query)
                    });
                quiet_cell(cell, "board-free", t!("board-free"), way).into_any()
            }
            CellKind::Absent => quiet_cell(cell, "board-absent", t!("board-absent"), None).into_any(),
            CellKind::NotPlanned => quiet_cell(cell, "board-none", t!("board-not-planned"), None).into_any(),
        })
        .collect::<Vec<_>>();
    // Who is ill is ill today, and says so once.
    let may_be_ill = now.map(format::local_date) == Some(date) && !row.is_absent;
    let ill = may_be_ill.then(|| {
        let href = ui::with_query(paths::ABSENT, &[("person", technician.id.to_string())]);
        let about = t!("absent-one", name = technician.name.as_str());
        view! {
            <a class="board-ill" href=href title=about>
                {t!("board-ill")} <span class="visually-hidden">" "{technician.name.clone()}</span>
            </a>
        }
    });
    view! {
        <tr data-technician=technician.id.to_string() data-day=in_letters(row)>
            <th scope="row">
                <a class="board-name" href=paths::plan(technician.id)>{technician.name.clone()}</a>
                " "
                <span class="board-left">{hours(row.free_minutes)}</span>
                " "
                {ill}
            </th>
            {cells}
        </tr>
    }
}

/// A time at which nothing is agreed; one that leads on where a time is looked for.
fn quiet_cell(cell: &Cell, class: &'static str, word: String, way: Option<String>) -> impl IntoView + use<> {
    let range = format::time_range(Locale::current(), cell.slot);
    let words = view! {
        <span class="board-time">{range}</span>
        " "
        <span class="board-word">{word}</span>
    };
    let words = match way {
        Some(href) => view! { <a class="board-cell" href=href>{words}</a> }.into_any(),
        None => view! { <span class="board-cell">{words}</span> }.into_any(),
    };
    view! { <td class=class colspan=cell.quarters().to_string()>{words}</td> }
}

fn taken_cell(cell: &Cell, taken: &Taken, day: Day) -> impl IntoView + use<> {
    let Day { date, shown, now, chosen, .. } = day;
    let locale = Locale::current();
    let trouble = now.and_then(|now| taken.trouble(now));
    let class = class_of(taken, trouble);
    let range = format::time_range(locale, taken.slot);
    let what = format!("{} · {}", named(&taken.program), named(&taken.work_type));
    let sign = trouble.map(trouble_in_words);
    let said = taken.said.filter(|_| taken.state == AppointmentState::Confirmed).map(said_in_words);
    let state = sign.or(said).unwrap_or_else(|| state_in_words(taken.state));
    let urgent = (taken.urgency == Urgency::Urgent).then(|| format!(", {}", t!("urgency-urgent")));
    let title = format!("{range} {}, {what}, {state}{}", taken.customer, urgent.clone().unwrap_or_default());
    let words = view! {
        <span class="board-time">{range}</span>
        " "
        <span class="board-who">{taken.customer.clone()}</span>
        <span class="board-what">{format!(" {what}")}</span>
        <span class="board-state">{format!(" {state}{}", urgent.unwrap_or_default())}</span>
    };
    let words = match taken.number {
        Some(number) => {
            let is_chosen = chosen == Some(number);
            let href = address(date, Some(number));
            // What has not begun can be taken up and put elsewhere.
            let dragged = (taken.state == AppointmentState::Confirmed).then_some(taken.slot);
            let from_left = |slot: Slot| quarters_of(Slot { start: shown.start, end: slot.start }.minutes());
            view! {
                <a
                    class="board-cell"
                    href=href
                    title=title
                    aria-current=is_chosen.then_some("true")
                    data-request=dragged.map(|_| number.to_string())
                    data-at=dragged.map(|slot| from_left(slot).to_string())
                    data-long=dragged.map(|slot| quarters_of(slot.minutes()).to_string())
                >
                    {words}
                </a>
            }
            .into_any()
        }
        None => view! { <span class="board-cell">{words}</span> }.into_any(),
    };
    view! { <td class=class colspan=cell.quarters().to_string()>{words}</td> }
}

fn class_of(taken: &Taken, trouble: Option<Trouble>) -> &'static str {
    match (trouble, taken.state, taken.urgency) {
        (Some(_), ..) => "board-taken board-trouble",
        (None, AppointmentState::Running, _) => "board-taken board-running",
        (None, AppointmentState::Held, _) => "board-taken board-held",
        (None, AppointmentState::Confirmed, Urgency::Urgent) => "board-taken board-urgent",
        (None, AppointmentState::Confirmed, _) => "board-taken",
        (None, ..) => "board-taken board-over",
    }
}

fn trouble_in_words(trouble: Trouble) -> String {
    match trouble {
        Trouble::NotBegun => lane_in_words(Lane::Overdue),
        Trouble::GoesOn => t!("board-goes-on"),
        Trouble::Missed => lane_in_words(Lane::MissedByUs),
    }
}

fn state_in_words(state: AppointmentState) -> String {
    match state {
        AppointmentState::Held => t!("state-held"),
        AppointmentState::Confirmed => t!("state-scheduled"),
        AppointmentState::Running => t!("state-in-progress"),
        AppointmentState::Done => t!("state-worked"),
        AppointmentState::Cancelled => t!("state-cancelled"),
        AppointmentState::NoShow => t!("state-no-show"),
        AppointmentState::MissedByUs => t!("state-missed-by-us"),
    }
}

/// The technicians' week.
#[component]
pub(crate) fn Week(week: WeekBoard) -> impl IntoView {
    let locale = Locale::current();
    let first = week.days.first().copied().or_else(|| ui::now().map(format::local_date)).unwrap_or_default();
    let monday = week_of(first).start;
    let heads = week
        .days
        .iter()
        .map(|date| {
            let day = format::date_day(locale, *date);
            view! { <th scope="col"><a href=address(*date, None)>{day}</a></th> }
        })
        .collect::<Vec<_>>();
    let days = week.days.clone();
    let rows = week
        .rows
        .into_iter()
        .map(|(technician, cells)| {
            let cells = cells
                .into_iter()
                .zip(&days)
                .map(|(cell, date)| view! { <td data-label=format::date_day(locale, *date)>{in_words(cell)}</td> })
                .collect::<Vec<_>>();
            view! {
                <tr>
                    <th scope="row"><a href=paths::plan(technician.id)>{technician.name}</a></th>
                    {cells}
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Page title=t!("board-week-title", date = format::date_short(locale, monday)) width=Width::Full>
            <nav class="actions board-ways" aria-label=t!("board-weeks")>
                <ButtonLink
                    href=week_address(monday - Days::new(7))
                    label=t!("board-week-before")
                    kind=ButtonKind::Secondary
                />
                <ButtonLink
                    href=week_address(monday + Days::new(7))
                    label=t!("board-week-after")
                    kind=ButtonKind::Secondary
                />
                <a href=paths::BOARD>{t!("board-day")}</a>
            </nav>
            <table class="table table-week">
                <thead>
                    <tr>
                        <th scope="col">{t!("desk-column-technician")}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </Page>
    }
}

/// "3 termíny", "volno 2:15", "nepřítomnost": each on a line of its own, which it never leaves.
fn in_words(cell: WeekCell) -> impl IntoView {
    let agreed = (cell.appointments > 0).then(|| t!("board-appointments", count = cell.appointments));
    let free = (cell.free_minutes > 0).then(|| t!("board-free-time", time = hours(cell.free_minutes)));
    let absent = cell.is_absent.then(|| t!("board-absent"));
    let mut parts: Vec<_> = agreed.into_iter().chain(free).chain(absent).collect();
    if parts.is_empty() {
        parts.push(t!("board-nothing"));
    }
    parts.into_iter().map(|part| view! { <span class="board-part">{part}</span> }).collect::<Vec<_>>()
}
