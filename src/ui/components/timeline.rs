//! What happened to a request.

use leptos::prelude::*;

use crate::{
    model::{
        ordering::{
            attachments::Attachment,
            timeline::{TimelineEntry, TimelineKind},
        },
        paths,
    },
    ui::{
        format,
        texts::{Locale, named, t},
    },
};

/// What happened, the oldest first.
#[component]
pub fn Timeline(
    /// What happened.
    entries: Vec<TimelineEntry>,
) -> impl IntoView {
    let locale = Locale::current();
    let entries = entries
        .into_iter()
        .map(|entry| {
            let slot = entry.slot.map(|slot| view! { <p>{format::slot(locale, slot)}</p> });
            let said = match entry.kind {
                TimelineKind::DetailsChanged if !entry.note.is_empty() => t!("timeline-formerly", text = entry.note),
                _ => entry.note,
            };
            let note = (!said.is_empty()).then(|| view! { <p class="timeline-note">{said}</p> });
            let told = entry.told.map(|told| view! { <p class="timeline-note">{named(&told)}</p> });
            let attachments = (!entry.attachments.is_empty()).then(|| attached(entry.attachments));
            let program =
                entry.program.map(|program| format!(" · {}", t!("timeline-by-program", program = named(&program))));
            let by =
                entry.by.filter(|_| program.is_none()).map(|name| format::person(locale, &name)).map(
                    |name| match entry.said_at {
                        Some(at) => {
                            let said = t!("timeline-by-phone", name = name, when = format::moment(locale, at));
                            format!(" · {said}")
                        }
                        None => format!(" · {name}"),
                    },
                );
            view! {
                <li class=dot(entry.kind)>
                    <p class="timeline-what">{what(entry.kind)}</p>
                    {slot}
                    {note}
                    {told}
                    {attachments}
                    <p class="timeline-when">
                        <time datetime=entry.at.to_rfc3339()>{format::moment(locale, entry.at)}</time>
                        {program}
                        {by}
                    </p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! { <ol class="timeline">{entries}</ol> }
}

/// Files that go with it, each with its length.
fn attached(attachments: Vec<Attachment>) -> impl IntoView {
    let locale = Locale::current();
    let files = attachments
        .into_iter()
        .map(|file| {
            let length = format::file_size(locale, u64::from(file.bytes));
            view! {
                <li>
                    <a href=paths::attachment(file.id)>{file.name}</a>
                    " "
                    <span class="timeline-when">{length}</span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! { <ul class="attachments" aria-label=t!("attachments-title")>{files}</ul> }
}

fn what(kind: TimelineKind) -> String {
    match kind {
        TimelineKind::Ordered => t!("timeline-ordered"),
        TimelineKind::Confirmed => t!("timeline-confirmed"),
        TimelineKind::Waiting => t!("timeline-waiting"),
        TimelineKind::Moved => t!("timeline-moved"),
        TimelineKind::Cancelled => t!("timeline-cancelled"),
        TimelineKind::Reclassified => t!("timeline-reclassified"),
        TimelineKind::Started => t!("timeline-started"),
        TimelineKind::Suspended => t!("timeline-suspended"),
        TimelineKind::Closed => t!("timeline-closed"),
        TimelineKind::NoShow => t!("timeline-no-show"),
        TimelineKind::MissedByUs => t!("timeline-missed-by-us"),
        TimelineKind::CalledOffByUs => t!("timeline-called-off-by-us"),
        TimelineKind::StartedLate => t!("timeline-started-late"),
        TimelineKind::ConsentAsked => t!("timeline-consent-asked"),
        TimelineKind::ConsentGiven => t!("timeline-consent-given"),
        TimelineKind::ConsentRefused => t!("timeline-consent-refused"),
        TimelineKind::Contested => t!("timeline-contested"),
        TimelineKind::ContestDecided => t!("timeline-contest-decided"),
        TimelineKind::Offered => t!("timeline-offered"),
        TimelineKind::Reassigned => t!("timeline-reassigned"),
        TimelineKind::Declined => t!("timeline-declined"),
        TimelineKind::Continued => t!("timeline-continued"),
        TimelineKind::Merged => t!("timeline-merged"),
        TimelineKind::OutageJoined => t!("timeline-outage-joined"),
        TimelineKind::OutageLeft => t!("timeline-outage-left"),
        TimelineKind::OutageNews => t!("timeline-outage-news"),
        TimelineKind::OutageOver => t!("timeline-outage-over"),
        TimelineKind::Reopened => t!("timeline-reopened"),
        TimelineKind::CustomerWrote => t!("timeline-customer-wrote"),
        TimelineKind::VendorWrote => t!("timeline-vendor-wrote"),
        TimelineKind::Withdrawn => t!("timeline-withdrawn"),
        TimelineKind::DetailsChanged => t!("timeline-details-changed"),
    }
}

const fn dot(kind: TimelineKind) -> &'static str {
    match kind {
        TimelineKind::Confirmed | TimelineKind::Moved | TimelineKind::Closed | TimelineKind::OutageOver => {
            "timeline-agreed"
        }
        TimelineKind::Cancelled
        | TimelineKind::Withdrawn
        | TimelineKind::Declined
        | TimelineKind::Merged
        | TimelineKind::NoShow
        | TimelineKind::MissedByUs
        | TimelineKind::CalledOffByUs => "timeline-ended",
        TimelineKind::CustomerWrote | TimelineKind::VendorWrote => "timeline-message",
        _ => "",
    }
}
