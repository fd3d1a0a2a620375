//! Evidence at the workbench (design, Evidence): what TeamViewer says of a visit beside the clock, and what of it the clock may take over
//! as it stands. Whatever is taken over is a correction as any other.

use chrono::{DateTime, Utc};

use super::corrections::added_before;
use crate::{
    model::{
        base::calendar::BusinessCalendar,
        problem::Problem,
        work::{
            corrections::check_correction,
            evidence::{BenchEvidence, Connection, Evidence, Finding, Span},
            segments::{Segment, SegmentKind, SegmentTimes},
        },
    },
    server::db::{Tx, work::visits::Visit},
};

/// What the connections of a visit say beside its segments, of which a clock that runs counts up to an instant.
pub(super) async fn beside(
    tx: &mut Tx,
    visit: &Visit,
    connections: Vec<Connection>,
    (segments, counted_until): (&[Segment], DateTime<Utc>),
    calendar: &BusinessCalendar,
    may_correct: bool,
) -> Result<BenchEvidence, Problem> {
    let findings = Evidence::of(segments, &connections, counted_until).findings();
    let fills = if may_correct {
        let added = added_before(tx, visit).await?;
        let agreed = visit.appointment.slot;
        let fits = |span: &Span| {
            let wanted = SegmentTimes { kind: SegmentKind::Work, started_at: span.from, ended_at: span.until };
            check_correction(None, &wanted, added, agreed, calendar, false, false).is_ok()
        };
        findings.iter().filter_map(Finding::unclocked).filter(fits).collect()
    } else {
        Vec::new()
    };
    Ok(BenchEvidence { connections, findings, fills })
}
