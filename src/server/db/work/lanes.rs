//! The desk's queue: what is open, with what decides where it is; and who has it.

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{OutageId, RequestId, StaffId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        line::{catalogue::SlotChoice, tiers::ResponseTier},
        ordering::{appointments::AppointmentState, offers::Slot, outages::OutageLink, requests::RequestState},
        work::lanes::{CaseFacts, Colleague, Lane, LatestTime},
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// A request that somebody may have something to do with.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenCase {
    /// Its identity.
    pub id: RequestId,
    /// Which.
    pub number: RequestNumber,
    /// What decides where it is.
    pub facts: CaseFacts,
    /// How urgent it is.
    pub urgency: Urgency,
    /// The customer's tier.
    pub tier: ResponseTier,
    /// The customer's name.
    pub customer: String,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// How long its time is, in minutes.
    pub slot_minutes: u32,
    /// The beginning of what the customer wrote.
    pub what_happened: String,
    /// Whom to call.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
    /// Who has it.
    pub claimed_by: Option<Colleague>,
    /// The outage to which it belongs, while that is not over.
    pub outage: Option<OutageLink>,
    /// Who of us made it wait, or what it is, last.
    pub changed_by: Option<StaffId>,
    /// Who of us moved the time of which somebody is to hear.
    pub moved_by: Option<StaffId>,
    /// Until when it rests, and in which lane it was put off.
    pub snoozed: Option<(DateTime<Utc>, Lane)>,
}

struct Row {
    id: RequestId,
    number: RequestNumber,
    state: RequestState,
    choice: SlotChoice,
    urgency: Urgency,
    tier_code: String,
    tier_name: Bilingual,
    target_minutes: u32,
    lead_minutes: u32,
    customer: String,
    program: Bilingual,
    work_type: Bilingual,
    slot_minutes: Natural,
    what_happened: String,
    contact_name: String,
    contact_phone: String,
    time_state: Option<AppointmentState>,
    slot: Option<Slot>,
    attempted_at: Option<DateTime<Utc>>,
    next_start: Option<DateTime<Utc>>,
    offered_until: Option<DateTime<Utc>>,
    was_worked: bool,
    clock_runs: bool,
    asked_at: Option<DateTime<Utc>>,
    contested_at: Option<DateTime<Utc>>,
    call_back_at: Option<DateTime<Utc>>,
    wrote_at: Option<DateTime<Utc>>,
    changed_at: DateTime<Utc>,
    outage: Option<OutageId>,
    outage_name: Option<Bilingual>,
    changed_by: Option<StaffId>,
    moved_by: Option<StaffId>,
    claimed_by: Option<StaffId>,
    claimed_by_name: Option<String>,
    snoozed_until: Option<DateTime<Utc>>,
    snoozed_lane: Option<Lane>,
}

impl From<Row> for OpenCase {
    fn from(row: Row) -> Self {
        let time = row.time_state.zip(row.slot).map(|(state, slot)| LatestTime {
            state,
            slot,
            attempted_at: row.attempted_at,
            next_start: row.next_start,
        });
        Self {
            id: row.id,
            number: row.number,
            facts: CaseFacts {
                state: row.state,
                choice: row.choice,
                time,
                offered_until: row.offered_until,
                was_worked: row.was_worked,
                clock_runs: row.clock_runs,
                asked_at: row.asked_at,
                contested_at: row.contested_at,
                in_outage: row.outage.is_some(),
                call_back_at: row.call_back_at,
                wrote_at: row.wrote_at,
                changed_at: row.changed_at,
            },
            urgency: row.urgency,
            tier: ResponseTier {
                code: row.tier_code,
                name: row.tier_name,
                urgent_target_minutes: row.target_minutes,
                normal_lead_minutes: row.lead_minutes,
            },
            customer: row.customer,
            program: row.program,
            work_type: row.work_type,
            slot_minutes: row.slot_minutes.into(),
            what_happened: row.what_happened,
            contact_name: row.contact_name,
            contact_phone: row.contact_phone,
            claimed_by: row.claimed_by.zip(row.claimed_by_name).map(|(id, name)| Colleague { id, name }),
            outage: row.outage.zip(row.outage_name).map(|(id, name)| OutageLink { id, name }),
            changed_by: row.changed_by,
            moved_by: row.moved_by,
            snoozed: row.snoozed_until.zip(row.snoozed_lane),
        }
    }
}

/// What decides where requests are, of those among these that were sent.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn open_cases(tx: &mut Tx, requests: &[RequestId]) -> Result<Vec<OpenCase>, DbError> {
    let requests: Vec<_> = requests.iter().map(|id| id.0).collect();
    let found = sqlx::query_as!(
        Row,
        r#"select r.id as "id: RequestId", r.number as "number!: RequestNumber", r.state as "state: RequestState", r.choice as "choice!: SlotChoice",
                  r.urgency as "urgency!: Urgency", t.code as "tier_code!", array[t.name, t.name_en] as "tier_name!: Bilingual",
                  t.urgent_target_minutes as "target_minutes!: Natural", t.normal_lead_minutes as "lead_minutes!: Natural",
                  c.name as customer, array[p.name, p.name_en] as "program!: Bilingual",
                  array[w.name, w.name_en] as "work_type!: Bilingual",
                  coalesce(r.slot_minutes, w.slot_minutes) as "slot_minutes!: Natural",
                  -- Two lines of it are shown, and it may be pages long.
                  left(r.what_happened, 200) as "what_happened!", r.contact_name as "contact_name!", r.contact_phone as "contact_phone!",
                  a.state as "time_state?: AppointmentState", a.during as "slot?: Slot", a.attempted_at as "attempted_at?",
                  (select min(lower(n.during)) from appointment n
                   where n.technician_id = a.technician_id and n.state = 'confirmed'
                     and lower(n.during) >= upper(a.during)) as next_start,
                  o.expires_at as "offered_until?",
                  exists (select 1 from intervention i where i.request_id = r.id) as "was_worked!",
                  exists (select 1 from intervention i join time_segment s on s.intervention_id = i.id
                          where i.request_id = r.id and s.ended_at is null) as "clock_runs!",
                  (select min(q.asked_at) from intervention i join ceiling_consent q on q.intervention_id = i.id
                   where i.request_id = r.id and i.state = 'open' and q.answered_at is null) as asked_at,
                  k.contested_at as "contested_at?",
                  case when d.call_back_sequence = r.sequence then d.call_back_at end as call_back_at,
                  n.waits_since as "wrote_at?",
                  coalesce((select max(e.at) from request_event e where e.request_id = r.id and e.kind in (
                      'ordered', 'waiting', 'suspended', 'no_show', 'missed_by_us', 'called_off_by_us',
                      'offered')), r.submitted_at)
                      as "changed_at!",
                  u.id as "outage?: OutageId",
                  case when u.id is not null then array[u.name, u.name_en] end as "outage_name?: Bilingual",
                  (select e.staff_id from request_event e where e.request_id = r.id and e.kind in (
                      'ordered', 'waiting', 'suspended', 'no_show', 'missed_by_us', 'called_off_by_us', 'reclassified')
                   order by e.at desc, e.id desc limit 1) as "changed_by?: StaffId",
                  case when d.call_back_sequence = r.sequence then
                      (select e.staff_id from request_event e where e.request_id = r.id and e.at <= d.call_back_at
                       order by e.at desc, e.id desc limit 1) end as "moved_by?: StaffId",
                  d.claimed_by as "claimed_by?: StaffId", s.name as "claimed_by_name?",
                  d.snoozed_until as "snoozed_until?", d.snoozed_lane as "snoozed_lane?: Lane"
           from service_request r
           join customer c on c.id = r.customer_id
           join program p on p.id = r.program_id
           join work_type w on w.id = r.work_type_id
           -- What was promised when it was ordered.
           join lateral response_tiers_at(r.submitted_at, r.submitted_at) t on t.code = coalesce(
               r.promised_tier,
               (select x.tier from contract_terms x
                where x.customer_id = r.customer_id
                  and x.in_force @> (r.submitted_at at time zone 'Europe/Prague')::date), 'basic')
           left join (select i.request_id, min(x.at) as contested_at
                      from contest x join intervention i on i.id = x.intervention_id
                      where x.state = 'open' group by i.request_id) k on k.request_id = r.id
           left join lateral (
               select during, state, attempted_at, technician_id from appointment
               where request_id = r.id and state <> 'held'
               order by (state in ('confirmed', 'running')) desc, id desc limit 1
           ) a on true
           left join slot_offer o on o.request_id = r.id and o.is_open
           left join desk_case d on d.request_id = r.id
           left join conversation n on n.request_id = r.id
           left join staff s on s.id = d.claimed_by
           left join outage u on u.id = r.outage_id and u.resolved_at is null
           where r.id = any ($1) and r.number is not null"#,
        &requests
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found.into_iter().map(Into::into).collect())
}

/// Takes a request, or hands it over; false when it is somebody else's by now.
///
/// * `from` – whose it was when the form was made
/// * `to` – whose it is to be; nobody's when it is released
///
/// # Errors
/// When the database fails.
pub async fn hand_over(
    tx: &mut Tx,
    request: RequestId,
    from: Option<StaffId>,
    to: Option<StaffId>,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into desk_case as d (request_id, customer_id, claimed_by, claimed_at)
         select id, customer_id, $3, case when $3::bigint is not null then $4::timestamptz end from service_request where id = $1
         on conflict (request_id) do update set claimed_by = excluded.claimed_by, claimed_at = excluded.claimed_at
             where d.claimed_by is not distinct from $2 or d.claimed_by is not distinct from excluded.claimed_by",
        request.0,
        from.map(|id| id.0),
        to.map(|id| id.0),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets a request rest in its lane until some time, or no more.
///
/// # Errors
/// When the database fails.
pub async fn snooze(tx: &mut Tx, request: RequestId, rest: Option<(DateTime<Utc>, Lane)>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into desk_case (request_id, customer_id, snoozed_until, snoozed_lane)
         select id, customer_id, $2, $3 from service_request where id = $1
         on conflict (request_id) do update
             set snoozed_until = excluded.snoozed_until, snoozed_lane = excluded.snoozed_lane",
        request.0,
        rest.map(|(until, _)| until),
        rest.map(|(_, lane)| lane.code())
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Has the desk call the customer of a request whose time was just moved, if no mail was written to tell that: nobody has an address.
///
/// * `mail` – the key of that mail
///
/// # Errors
/// When the database fails.
pub async fn ask_to_call(tx: &mut Tx, request: RequestId, mail: &str, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into desk_case (request_id, customer_id, call_back_at, call_back_sequence)
         select id, customer_id, $3::timestamptz, sequence from service_request
         where id = $1 and not exists (select from mail where key = $2)
         on conflict (request_id) do update
             set call_back_at = excluded.call_back_at, call_back_sequence = excluded.call_back_sequence",
        request.0,
        mail,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes that the customer of a request was called; false when nobody was to be.
///
/// # Errors
/// When the database fails.
pub async fn called(tx: &mut Tx, request: RequestId) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update desk_case set call_back_at = null, call_back_sequence = null
         where request_id = $1 and call_back_at is not null",
        request.0
    );
    Ok(done.execute(&mut **tx).await?.rows_affected() == 1)
}

/// Everybody at the desk, by name.
///
/// # Errors
/// When the database fails.
pub async fn desk(tx: &mut Tx) -> Result<Vec<Colleague>, DbError> {
    Ok(sqlx::query_as!(
        Colleague,
        r#"select id as "id: StaffId", name from staff
           where active and roles && array['dispatcher', 'manager'] order by name, id"#
    )
    .fetch_all(&mut **tx)
    .await?)
}
