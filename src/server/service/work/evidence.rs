//! Evidence at the workbench (design, Evidence): what TeamViewer says of a visit beside the clock, and what of it the clock may take over
//! as it stands. Whatever is taken over is a correction as any other.

use chrono::{DateTime, Utc};

use super::corrections::added_before;
use crate::{
    model::{
        base::calendar::BusinessCalendar,
        problem::Problem,
        work::{
            evidence::{BenchEvidence, Connection, Evidence, Finding, StopAtEnd, TakeOver, TakenOverBy},
            forgotten::ForgottenClock,
            segments::Segment,
        },
    },
    server::db::{
        Tx,
        work::{connection_reports, visits::Visit},
    },
};

/// What the connections of a visit say beside its segments, of which a clock that runs counts up to an instant.
///
/// * `by` – who looks: whether they may correct it, and whether that is a manager
pub(super) async fn beside(
    tx: &mut Tx,
    visit: &Visit,
    connections: Vec<Connection>,
    (segments, counted_until): (&[Segment], DateTime<Utc>),
    (calendar, forgotten): (&BusinessCalendar, Option<&ForgottenClock>),
    (may_correct, by_manager): (bool, bool),
) -> Result<BenchEvidence, Problem> {
    let undecided = connection_reports::undecided(tx, visit.appointment_id).await?;
    let findings = Evidence::of(segments, &connections, counted_until).findings();
    if !may_correct {
        return Ok(BenchEvidence { connections, undecided, findings, ..BenchEvidence::default() });
    }
    let added_before = added_before(tx, visit).await?;
    let rules = TakenOverBy { added_before, agreed: visit.appointment.slot, calendar, by_manager };
    let way = |span| (span, TakeOver::of(&span, segments, &rules));
    let ways = findings.iter().filter_map(Finding::unclocked).map(way).collect();
    let stop = forgotten.and_then(|forgotten| StopAtEnd::of(forgotten, by_manager));
    Ok(BenchEvidence { connections, undecided, findings, ways, stop })
}
