//! Where the pages of a request are, and what they say alike.

use leptos::prelude::*;

use crate::{
    model::{
        base::terms::Urgency,
        ordering::{
            appointments::ChangeRefused,
            offers::Slot,
            pages::{ChangeOptions, RequestSummary},
            requests::RequestState,
            timeline::TimelineKind,
        },
        paths,
        work::pages::RequestPage as Request,
    },
    ui::{
        self,
        components::{Badge, UrgencyBadge},
        format,
        texts::{Locale, named, t},
    },
};

/// The request in a line below the headline: "2026-000123 · Sklad · Instalace".
pub(super) fn about(summary: &RequestSummary) -> String {
    format!("{} · {} · {}", summary.number, named(&summary.program), named(&summary.work_type))
}

/// "Sklad · Instalace"
pub(in crate::ui::pages::ordering) fn subject(request: &RequestSummary) -> String {
    format!("{} · {}", named(&request.program), named(&request.work_type))
}

/// Where it stands, its number, who ordered it.
pub(super) fn facts(request: &RequestSummary) -> impl IntoView + use<> {
    let urgent = (request.urgency == Urgency::Urgent).then(|| view! { <UrgencyBadge urgency=Urgency::Urgent/> " " });
    view! {
        <p class="request-facts">
            {urgent}
            <Badge state=request.state awaits_consent=request.awaits_consent/>
            {format!(" {} · {}", request.number, format::person(Locale::current(), &request.ordered_by))}
        </p>
    }
}

/// A request as one of a few: its time or what it is about, and how it stands.
pub(in crate::ui::pages::ordering) fn about_row(request: &RequestSummary) -> impl IntoView + use<> {
    let is_ahead = matches!(request.state, RequestState::Scheduled | RequestState::InProgress);
    let when = request.slot.filter(|_| is_ahead).map(headline);
    let what = when.is_some().then(|| view! { <p>{subject(request)}</p> });
    view! {
        <li class="card request-card">
            <h3>
                <a href=paths::request(request.number)>{when.unwrap_or_else(|| subject(request))}</a>
            </h3>
            {what}
            {facts(request)}
        </li>
    }
}

/// Why a request has no agreed time any more: work that stopped unfinished or an appointment that the customer missed,
/// whichever came last.
pub(super) fn interrupted_by(request: &Request) -> Option<TimelineKind> {
    let mut kinds = request.timeline.iter().rev().map(|entry| entry.kind);
    kinds.find(|kind| matches!(kind, TimelineKind::Suspended | TimelineKind::NoShow))
}

/// Until when work can be resumed without another minimum; nothing where that is not the question.
pub(super) fn joining_in_words(request: &Request) -> Option<String> {
    let until = format::by_day(Locale::current(), request.joins_until?, ui::now());
    Some(t!("requests-joins", until = until))
}

/// A time as the headline of a page: "Dnes v 8:30, za 26 minut", "Středa 25. listopadu, 8:00–8:40".
pub(in crate::ui::pages::ordering) fn headline(slot: Slot) -> String {
    ui::pages::words::capitalized(&format::appointment(Locale::current(), slot, ui::now()))
}

/// Until when and how often one may still change one's mind, or why not any more; nothing where there is no time to
/// change.
pub(super) fn change_in_words(change: &ChangeOptions) -> Option<String> {
    let until = |cut_off| format::until(Locale::current(), cut_off, ui::now());
    match (change.may_move, change.may_cancel) {
        (Ok(()), Ok(())) => Some(t!(
            "requests-change-until",
            until = until(change.cut_off),
            moves = change.moves_left,
            phone = ui::line_phone()
        )),
        // The cut-off is the same for both: whoever may cancel and not move has moved too often.
        (Err(_), Ok(())) => Some(t!("requests-no-moves-left", until = until(change.cut_off))),
        (_, Err(ChangeRefused::TooLate { cut_off })) => {
            Some(t!("requests-change-too-late", until = until(cut_off), phone = ui::line_phone()))
        }
        (_, Err(_)) => None,
    }
}

/// What becomes of minutes that were prepared when the time is moved or cancelled.
pub(super) fn prepared_in_words(minutes: u32) -> String {
    t!("requests-prepared", minutes = format::minutes(Locale::current(), minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(may_move: Result<(), ChangeRefused>, may_cancel: Result<(), ChangeRefused>) -> ChangeOptions {
        let cut_off = "2026-11-24T12:30:00Z".parse().expect("an instant");
        ChangeOptions { cut_off, moves_left: 2, may_move, may_cancel }
    }

    /// With plain blanks: which of them may not end a line is not the point here.
    fn said(change: &ChangeOptions) -> String {
        change_in_words(change).expect("words").replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn the_cut_off_is_said_while_it_can_be_kept() {
        assert_eq!(
            said(&options(Ok(()), Ok(()))),
            "Přesunout nebo zrušit můžete do úterý 24. 11. 13:30, přesunout ještě 2×. Potom nám zavolejte: .",
        );
    }

    #[test]
    fn after_it_the_page_says_whom_to_turn_to() {
        let cut_off = "2026-11-24T12:30:00Z".parse().expect("an instant");
        let too_late = Err(ChangeRefused::TooLate { cut_off });
        assert_eq!(
            said(&options(too_late, too_late)),
            "Přesunout nebo zrušit šlo do úterý 24. 11. 13:30. Teď nám zavolejte: .",
        );
    }

    #[test]
    fn who_has_moved_too_often_may_still_cancel() {
        let said = said(&options(Err(ChangeRefused::NoMovesLeft), Ok(())));
        assert!(said.contains("Zrušit můžete do úterý 24. 11. 13:30"), "{said}");
    }

    #[test]
    fn what_is_no_agreed_time_has_no_cut_off() {
        let refused = Err(ChangeRefused::NotConfirmed);
        assert_eq!(change_in_words(&options(refused, refused)), None);
    }
}
