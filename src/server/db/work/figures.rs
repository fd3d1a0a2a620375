//! What the line's figures are worked out from: sums of the database by period, and the requests that were sent.
//!
//! Each query reads a span of time by an index, so that it costs the same however much lies before and after it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            calendar::{Interval, midnight},
            ids::{ProgramId, StaffId, WorkTypeId},
            terms::Urgency,
        },
        line::{plans::ExceptionKind, tiers::ResponseTier},
        ordering::appointments::unmet_since,
        work::{
            figures::{BilledCell, CorrectedCell, FiguresFacts, LoadCell, Period, PlannedDays, RequestFacts},
            ratings::PLEASED_FROM,
        },
    },
    server::db::{
        DbError, Tx,
        codec::{Natural, integer},
        line::plans,
    },
};

/// The beginnings of periods that follow one another, and the end of the last.
struct Bounds {
    starts: Vec<DateTime<Utc>>,
    first: DateTime<Utc>,
    end: DateTime<Utc>,
}

impl Bounds {
    fn of(periods: &[Period]) -> Option<Self> {
        let starts: Vec<_> = periods.iter().map(|period| midnight(period.first)).collect();
        let last = periods.last()?.last;
        Some(Self { first: *starts.first()?, end: midnight(last.succ_opt().unwrap_or(last)), starts })
    }
}

/// Which of the periods, as `width_bucket` counts them: from 1 on.
fn period(bucket: i32) -> Result<usize, DbError> {
    usize::try_from(bucket - 1).map_err(|_| DbError::unknown("period", bucket))
}

/// Everything of some periods that follow one another.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn facts(tx: &mut Tx, periods: &[Period], now: DateTime<Utc>) -> Result<FiguresFacts, DbError> {
    let Some(bounds) = Bounds::of(periods) else { return Ok(FiguresFacts::default()) };
    let load = load(tx, &bounds, now).await?;
    let planned = planned(tx, &bounds).await?;
    let people: BTreeSet<i64> =
        load.iter().map(|cell| cell.technician.0).chain(planned.iter().map(|plan| plan.technician.0)).collect();
    Ok(FiguresFacts {
        requests: requests(tx, &bounds).await?,
        billed: billed(tx, &bounds).await?,
        corrected: corrected(tx, &bounds).await?,
        names: names(tx, &people.into_iter().collect::<Vec<_>>()).await?,
        load,
        planned,
    })
}

/// Requests that were sent. What was taken over from another system was promised by nobody here.
async fn requests(tx: &mut Tx, bounds: &Bounds) -> Result<Vec<RequestFacts>, DbError> {
    let found = sqlx::query!(
        r#"select r.submitted_at as "sent_at!", r.urgency as "urgency!: Urgency",
                  coalesce(r.slot_minutes, w.slot_minutes) as "slot_minutes!: Natural", t.code as "tier_code!",
                  array[t.name, t.name_en] as "tier_name!: Bilingual",
                  t.urgent_target_minutes as "target_minutes!: Natural", t.normal_lead_minutes as "lead_minutes!: Natural",
                  coalesce(r.first_offer, (select min(o.start) from slot_offer f, unnest(f.starts) as o (start)
                                           where f.request_id = r.id), e.first_start) as "offered?",
                  e.chosen as "chosen?", e.agreed_at as "agreed_at?",
                  case when r.state in ('closed', 'cancelled') then e.over_at end as "over_at?",
                  -- What was prepared for a time that we missed is our own fault, and was nobody's coming.
                  least((select min(s.started_at) from intervention i
                         join time_segment s on s.intervention_id = i.id
                         left join appointment a on a.id = s.appointment_id
                         where i.request_id = r.id and (s.kind in ('communication', 'work', 'waiting')
                               or s.kind = 'our_fault' and a.missed_at is null)),
                        (select min(c.at) from contact_attempt c
                         where c.request_id = r.id and c.appointment_id is not null)) as "came_at?"
           from service_request r
           join work_type w on w.id = r.work_type_id
           join lateral response_tiers_at(r.submitted_at, r.submitted_at) t on t.code = coalesce(
               r.promised_tier,
               (select x.tier from contract_terms x
                where x.customer_id = r.customer_id
                  and x.in_force @> (r.submitted_at at time zone 'Europe/Prague')::date), 'basic')
           cross join lateral (
               select min(e.at) filter (where e.kind = 'confirmed') as agreed_at,
                      -- On the telephone what was agreed is what we offered.
                      (array_agg(e.starts_at order by e.at, e.id)
                           filter (where e.kind = 'confirmed' and e.member_id is null))[1] as first_start,
                      (array_agg(e.starts_at order by e.at desc, e.id desc)
                           filter (where e.kind in ('confirmed', 'moved') and e.member_id is not null))[1] as chosen,
                      max(e.at) filter (where e.kind in ('cancelled', 'declined', 'merged', 'closed', 'outage_over')) as over_at
               from request_event e where e.request_id = r.id) e
           where r.submitted_at >= $1 and r.submitted_at < $2 and r.number is not null and r.external_key is null
             -- What was taken back within its first minutes counts nowhere.
             and not exists (select from request_event x where x.request_id = r.id and x.kind = 'withdrawn')"#,
        bounds.first,
        bounds.end
    )
    .fetch_all(&mut **tx)
    .await?;
    let facts = found.into_iter().map(|row| RequestFacts {
        sent_at: row.sent_at,
        urgency: row.urgency,
        slot_minutes: row.slot_minutes.into(),
        tier: ResponseTier {
            code: row.tier_code,
            name: row.tier_name,
            urgent_target_minutes: row.target_minutes.into(),
            normal_lead_minutes: row.lead_minutes.into(),
        },
        offered: row.offered,
        chosen: row.chosen,
        agreed_at: row.agreed_at,
        came_at: row.came_at,
        over_at: row.over_at,
    });
    Ok(facts.collect())
}

/// What was billed, by the day on which a receipt said so: what a later one says more or less counts on its own day, as in the
/// ledger.
async fn billed(tx: &mut Tx, bounds: &Bounds) -> Result<Vec<BilledCell>, DbError> {
    let found = sqlx::query!(
        r#"select width_bucket(r.at, $1::timestamptz[]) as "period!", w.id as "work_type: WorkTypeId",
                  array[w.name, w.name_en] as "work_type_name!: Bilingual", p.id as "program: ProgramId",
                  array[p.name, p.name_en] as "program_name!: Bilingual",
                  count(*) filter (where r.version = 1) as "interventions!",
                  sum(r.billed_minutes - coalesce(b.billed_minutes, 0)) as "billed!",
                  sum(r.billed_minutes - (r.content -> 'bill' ->> 'effective_minutes')::integer
                      - coalesce(b.billed_minutes - (b.content -> 'bill' ->> 'effective_minutes')::integer, 0)) as "top_up!",
                  count(g.score) as "rated!", count(g.score) filter (where g.score >= $4) as "pleased!"
           from receipt r
           join intervention i on i.id = r.intervention_id
           join service_request q on q.id = i.request_id
           join work_type w on w.id = q.work_type_id
           join program p on p.id = q.program_id
           left join receipt b on b.intervention_id = r.intervention_id and b.version = r.version - 1
           left join rating g on g.intervention_id = r.intervention_id and r.version = 1
           where r.at >= $2 and r.at < $3
           group by 1, w.id, p.id"#,
        &bounds.starts,
        bounds.first,
        bounds.end,
        integer(PLEASED_FROM)?
    )
    .fetch_all(&mut **tx)
    .await?;
    let cells = found.into_iter().map(|row| {
        period(row.period).map(|period| BilledCell {
            period,
            work_type: (row.work_type, row.work_type_name),
            program: (row.program, row.program_name),
            interventions: row.interventions,
            billed: row.billed,
            top_up: row.top_up,
            rated: row.rated,
            pleased: row.pleased,
        })
    });
    cells.collect()
}

/// What became of technicians' time, by the day on which it began. What we called off ahead of its time took none.
async fn load(tx: &mut Tx, bounds: &Bounds, now: DateTime<Utc>) -> Result<Vec<LoadCell>, DbError> {
    let found = sqlx::query!(
        r#"with agreed as (
               select width_bucket(lower(a.during), $1::timestamptz[]) as period, a.technician_id,
                      sum(extract(epoch from upper(a.during) - lower(a.during))) as agreed,
                      count(*) filter (where a.state = 'no_show') as no_shows,
                      count(*) filter (where a.missed_at is not null
                                       or is_unmet(a.state, a.during, a.attempted_at, $4)) as missed
               from appointment a
               where a.state in ('confirmed', 'running', 'done', 'no_show', 'missed_by_us')
                 and lower(a.during) >= $2 and lower(a.during) < $3
                 and (a.missed_at < lower(a.during)) is not true
               group by 1, 2),
           worked as (
               select width_bucket(s.started_at, $1::timestamptz[]) as period, s.technician_id,
                      sum(t.seconds) filter (where s.kind <> 'waiting') as worked,
                      sum(t.seconds) filter (where s.kind = 'our_fault') as our_fault
               from time_segment s
               cross join lateral (select floor(extract(epoch from s.ended_at))
                                          - floor(extract(epoch from s.started_at)) as seconds) t
               where s.started_at >= $2 and s.started_at < $3 and s.ended_at is not null
               group by 1, 2)
           select coalesce(a.period, w.period) as "period!",
                  coalesce(a.technician_id, w.technician_id) as "technician!: StaffId",
                  round(coalesce(a.agreed, 0) / 60)::bigint as "agreed!", round(coalesce(w.worked, 0) / 60)::bigint as "worked!",
                  round(coalesce(w.our_fault, 0) / 60)::bigint as "our_fault!", coalesce(a.no_shows, 0) as "no_shows!",
                  coalesce(a.missed, 0) as "missed!"
           from agreed a full join worked w on w.period = a.period and w.technician_id = a.technician_id"#,
        &bounds.starts,
        bounds.first,
        bounds.end,
        unmet_since(now)
    )
    .fetch_all(&mut **tx)
    .await?;
    let cells = found.into_iter().map(|row| {
        period(row.period).map(|period| LoadCell {
            period,
            technician: row.technician,
            agreed: row.agreed,
            worked: row.worked,
            our_fault: row.our_fault,
            no_shows: row.no_shows,
            missed: row.missed,
        })
    });
    cells.collect()
}

/// What people corrected of what clocks measured, and how many billable minutes it changed: from what the segment was before to what
/// the next correction found, or to what it is. Of one that was split both parts are that. An objection that was accepted is no
/// correction.
async fn corrected(tx: &mut Tx, bounds: &Bounds) -> Result<Vec<CorrectedCell>, DbError> {
    let found = sqlx::query!(
        r#"select width_bucket(c.at, $1::timestamptz[]) as "period!", count(*) as "corrections!",
                  round(coalesce(sum(greatest(d.seconds, 0)), 0) / 60)::bigint as "added!",
                  round(coalesce(sum(greatest(-d.seconds, 0)), 0) / 60)::bigint as "taken!"
           from segment_correction c
           join time_segment s on s.id = c.segment_id
           left join lateral (
               select n.kind_before, n.started_at_before, n.ended_at_before from segment_correction n
               where n.segment_id = c.segment_id and n.id > c.id order by n.id limit 1) n on true
           -- The rest of a segment that was split: it has a note of its own, of the same whole and without the form's key.
           left join lateral (
               select coalesce(m.kind_before, z.kind) as kind, coalesce(m.started_at_before, z.started_at) as started_at,
                      case when m.kind_before is null then z.ended_at else m.ended_at_before end as ended_at
               from segment_correction y
               join time_segment z on z.id = y.segment_id
               left join lateral (
                   select m.kind_before, m.started_at_before, m.ended_at_before from segment_correction m
                   where m.segment_id = y.segment_id and m.id > y.id order by m.id limit 1) m on true
               where y.at = c.at and y.staff_id = c.staff_id and y.key is null and y.segment_id <> c.segment_id
                 and y.kind_before = c.kind_before and y.started_at_before = c.started_at_before
               limit 1) r on true
           cross join lateral (
               select sum(t.sign * (floor(extract(epoch from t.ended_at)) - floor(extract(epoch from t.started_at)))) as seconds
               -- What runs on after it was split is compared as far as the split.
               from (values (-1, c.kind_before, c.started_at_before, coalesce(c.ended_at_before, r.ended_at, r.started_at)),
                            (1, r.kind, r.started_at, r.ended_at),
                            (1, coalesce(n.kind_before, s.kind), coalesce(n.started_at_before, s.started_at),
                             case when n.kind_before is null then s.ended_at else n.ended_at_before end))
                   as t (sign, kind, started_at, ended_at)
               where t.kind in ('preparation', 'communication', 'work')) d
           where c.at >= $2 and c.at < $3 and c.key is not null
           group by 1"#,
        &bounds.starts,
        bounds.first,
        bounds.end
    )
    .fetch_all(&mut **tx)
    .await?;
    let cells = found.into_iter().map(|row| {
        period(row.period).map(|period| CorrectedCell {
            period,
            corrections: row.corrections,
            added: row.added,
            taken: row.taken,
        })
    });
    cells.collect()
}

/// When technicians were planned to work, whoever has a plan for any of those days.
async fn planned(tx: &mut Tx, bounds: &Bounds) -> Result<Vec<PlannedDays>, DbError> {
    let mut exceptions: BTreeMap<StaffId, Vec<(Interval, ExceptionKind)>> = BTreeMap::new();
    for row in sqlx::query!(
        r#"select technician_id as "technician: StaffId", during as "during: Interval", kind as "kind: ExceptionKind"
           from plan_exception where during && tstzrange($1, $2) order by technician_id, during"#,
        bounds.first,
        bounds.end
    )
    .fetch_all(&mut **tx)
    .await?
    {
        exceptions.entry(row.technician).or_default().push((row.during, row.kind));
    }
    let mut weeks = plans::weeks(tx, None, bounds.first, Some(bounds.end)).await?;
    let people: BTreeSet<StaffId> = weeks.keys().chain(exceptions.keys()).copied().collect();
    let planned = people.into_iter().map(|technician| PlannedDays {
        technician,
        weeks: weeks.remove(&technician).unwrap_or_default(),
        exceptions: exceptions.remove(&technician).unwrap_or_default(),
    });
    Ok(planned.collect())
}

/// People of the vendor, by name.
async fn names(tx: &mut Tx, people: &[i64]) -> Result<Vec<(StaffId, String)>, DbError> {
    let found =
        sqlx::query!(r#"select id as "id: StaffId", name from staff where id = any ($1) order by name, id"#, people)
            .fetch_all(&mut **tx)
            .await?;
    Ok(found.into_iter().map(|row| (row.id, row.name)).collect())
}
