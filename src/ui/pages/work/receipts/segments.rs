//! What was done from when to when, and objections to it.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    model::{
        base::text::unbroken_range,
        work::{
            contests::{Contest, ContestState},
            receipts::{Receipt, ReceiptSegment},
        },
    },
    ui::{
        components::{Column, Notice, NoticeKind, Table},
        format, receipt_words,
        texts::{Locale, t},
    },
};

/// Every segment, in order of time; those that may still be objected to lead to the form.
#[component]
pub fn Segments(
    /// Whose segments they are.
    receipt: Receipt,
    /// Objections so far.
    contests: Vec<Contest>,
    /// Where one can object; none when one cannot.
    contest_path: Option<String>,
) -> impl IntoView {
    let locale = Locale::current();
    let seconds = receipt.tells_seconds();
    let row = |segment: &ReceiptSegment| {
        let may_contest = may_be_contested(segment, &contests);
        let contest_path = contest_path.clone().filter(|_| may_contest);
        let correction = receipt_words::segment_correction(locale, segment, &contests);
        view! { <SegmentRow segment=segment.clone() seconds correction contest_path/> }
    };
    // As on paper: each day by itself.
    let rows = receipt
        .segments
        .chunk_by(|one, next| day_of(one) == day_of(next))
        .map(|day| {
            let date = day.first().map(|first| format::date_long(locale, day_of(first)));
            let rows = day.iter().map(row).collect::<Vec<_>>();
            view! {
                <tr class="segments-day">
                    <th scope="rowgroup" colspan="4">{date}</th>
                </tr>
                {rows}
            }
        })
        .collect::<Vec<_>>();
    let total = receipt_words::duration(locale, receipt.bill.effective_seconds, seconds);
    view! {
        <Table
            class="table-segments"
            columns=vec![
                Column::text(t!("segments-column-what")),
                Column::text(t!("segments-column-when")),
                Column::text(t!("segments-column-who")),
                Column::number(t!("segments-column-length")),
            ]
            foot=view! {
            <tr>
                <th scope="row" colspan="3">
                    {t!("segments-total")}
                </th>
                <td class="number" data-label=t!("segments-total")>
                    {total}
                </td>
            </tr>
            }
            .into_any()
        >
            {rows}
        </Table>
    }
}

/// What is charged and was not objected to before.
pub fn may_be_contested(segment: &ReceiptSegment, contests: &[Contest]) -> bool {
    segment.kind.is_billable() && !contests.iter().any(|contest| contest.segment == segment.id)
}

/// "Práce, st 25. 11., 8:04:10–8:17:21"
pub fn segment_in_words(segment: &ReceiptSegment) -> String {
    let kind = receipt_words::segment_kind(Locale::current(), segment.kind);
    format!("{kind}, {}", when(segment))
}

/// "st 25. 11., 8:04:10–8:17:21"
fn when(segment: &ReceiptSegment) -> String {
    let day = format::date_short(Locale::current(), day_of(segment));
    format!("{day}, {}", span(segment, segment.tells_seconds()))
}

/// "8:04:10–8:17:21"
fn span(segment: &ReceiptSegment, seconds: bool) -> String {
    unbroken_range(&receipt_words::segment_span(Locale::current(), segment, seconds))
}

/// The local day on which a segment began.
fn day_of(segment: &ReceiptSegment) -> NaiveDate {
    format::local_date(segment.started_at)
}

#[component]
fn SegmentRow(
    segment: ReceiptSegment,
    /// Whether seconds tell anything.
    seconds: bool,
    correction: Option<String>,
    contest_path: Option<String>,
) -> impl IntoView {
    let locale = Locale::current();
    let free = (!segment.kind.is_billable()).then(|| view! { " " <span class="badge">{t!("segments-free")}</span> });
    let class = if segment.kind.is_billable() { "" } else { "segment-free" };
    let correction = correction.map(|correction| view! { <span class="table-note">{correction}</span> });
    let contest = contest_path.map(|path| {
        view! {
            <a class="segment-contest" href=format!("{path}?segment={}", segment.id)>
                {t!("segments-contest")}
                <span class="visually-hidden">" – "{segment_in_words(&segment)}</span>
            </a>
        }
    });
    view! {
        <tr class=class>
            <th scope="row">{receipt_words::segment_kind(locale, segment.kind)} {free} {correction} {contest}</th>
            <td data-label=t!("segments-column-when")>{span(&segment, seconds)}</td>
            <td data-label=t!("segments-column-who")>{segment.technician.clone()}</td>
            <td class="number" data-label=t!("segments-column-length")>
                {receipt_words::segment_duration(locale, &segment, seconds)}
            </td>
        </tr>
    }
}

/// Objections and what became of them.
#[component]
pub fn Contests(
    /// The oldest first.
    contests: Vec<Contest>,
    /// Versions of the receipt, the latest first.
    versions: Vec<Receipt>,
) -> impl IntoView {
    let locale = Locale::current();
    contests
        .into_iter()
        .map(|contest| {
            let about = contest.about(&versions).map(segment_in_words);
            let (kind, title) = match contest.state {
                ContestState::Open => (NoticeKind::Info, t!("contest-open")),
                ContestState::Accepted => (NoticeKind::Done, t!("contest-accepted")),
                ContestState::PartlyAccepted => {
                    let minutes = contest.accepted_minutes.unwrap_or_default();
                    (NoticeKind::Done, t!("contest-partly-accepted", minutes = minutes))
                }
                ContestState::Rejected => (NoticeKind::Info, t!("contest-rejected")),
            };
            let said = t!(
                "contest-said",
                by = format::person(locale, &contest.by),
                when = format::moment(locale, contest.at),
                reason = contest.reason.as_str(),
            );
            let answer = contest.decided_at.map(|at| {
                let words = t!("contest-answer", when = format::moment(locale, at), answer = contest.answer.as_str());
                view! { <p>{words}</p> }
            });
            view! {
                <Notice kind title>
                    {about.map(|about| view! { <p class="contest-about">{about}</p> })}
                    <p>{said}</p>
                    {answer}
                </Notice>
            }
        })
        .collect::<Vec<_>>()
}
