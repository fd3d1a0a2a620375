//! A request's page: what stands in its own row and in that of its latest appointment.

use chrono::{DateTime, Utc};

use super::sees_all;
use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{CustomerId, EarlierOfferId, MemberId, RequestId, StaffId, WorkTypeId},
            numbers::RequestNumber,
            terms::Urgency,
        },
        line::catalogue::SlotChoice,
        minutes::estimate::Estimate,
        ordering::{
            appointments::{AgreedTime, AppointmentState, unmet_since},
            earlier::{Earlier, EarlierOffer},
            offers::Slot,
            outages::OutageWords,
            pages::RequestSummary,
            requests::{RequestSource, RequestState},
            urgency::UrgencyClaim,
        },
        people::members::Capability,
        work::readiness::ReadyAnswer,
    },
    server::{
        auth::Member,
        db::{DbError, Tx, codec::Natural},
    },
};

/// Everything of a request's page that stands in its own row and its agreed time's.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestRow {
    /// Which.
    pub id: RequestId,
    /// Whose.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// Who ordered it.
    pub member: MemberId,
    /// What is to be done.
    pub work_type: WorkTypeId,
    /// As in the list.
    pub summary: RequestSummary,
    /// Which version of the program the customer ran when it was ordered.
    pub version: String,
    /// In the customer's words.
    pub what_happened: String,
    /// What stopped and since when, of an urgent one.
    pub claim: Option<UrgencyClaim>,
    /// Who will sit at the computer.
    pub contact_name: String,
    /// Where to reach that person.
    pub contact_phone: String,
    /// "Ask me above so many minutes."
    pub ceiling_minutes: Option<u32>,
    /// As shown before it was confirmed.
    pub estimate: Option<Estimate>,
    /// The agreed time, if one is agreed.
    pub agreed: Option<AgreedTime>,
    /// Whether the latest time that was agreed will not take place.
    pub is_called_off: bool,
    /// Of the calendar event: rises with each change.
    pub sequence: u32,
    /// The starts that dispatch offers, while the offer is open.
    pub offered: Vec<DateTime<Utc>>,
    /// How it came in.
    pub source: RequestSource,
    /// The outage to which it belongs, while that is not over.
    pub outage: Option<OutageWords>,
    /// That it waits for an earlier time, if it does.
    pub earlier: Option<Earlier>,
    /// What its customer said shortly before the time that is agreed.
    pub said: Option<ReadyAnswer>,
}

/// A row of [`by_number`] and [`for_staff`]: what a request's page shows of its own row and of its latest appointment.
struct PageRow {
    id: RequestId,
    customer: CustomerId,
    customer_name: String,
    source: RequestSource,
    offered: Option<Vec<DateTime<Utc>>>,
    offered_until: Option<DateTime<Utc>>,
    member: MemberId,
    work_type: WorkTypeId,
    number: RequestNumber,
    state: RequestState,
    program_name: Bilingual,
    work_type_name: Bilingual,
    choice: SlotChoice,
    urgency: Urgency,
    ordered_by: String,
    submitted_at: DateTime<Utc>,
    version: String,
    what_happened: String,
    what_stopped: Option<String>,
    stopped_since: Option<String>,
    contact_name: String,
    contact_phone: String,
    ceiling_minutes: Option<Natural>,
    estimate: Option<serde_json::Value>,
    moves: u32,
    sequence: u32,
    slot: Option<Slot>,
    appointment_state: Option<AppointmentState>,
    agreed_at: Option<DateTime<Utc>>,
    awaits_consent: bool,
    outage_name: Option<Bilingual>,
    outage_text: Option<Bilingual>,
    outage_began_at: Option<DateTime<Utc>>,
    earlier_until: Option<DateTime<Utc>>,
    earlier_offer: Option<EarlierOfferId>,
    earlier_slot: Option<Slot>,
    earlier_expires: Option<DateTime<Utc>>,
    said: Option<ReadyAnswer>,
}

impl PageRow {
    /// The appointment that is agreed. What is over is no longer: the request may wait for another time.
    fn agreed(&self) -> Option<AgreedTime> {
        let (slot, state) = self.slot.zip(self.appointment_state).filter(|(_, state)| state.blocking())?;
        let agreed_at = self.agreed_at.unwrap_or(self.submitted_at);
        Some(AgreedTime { state, start: slot.start, urgency: self.urgency, moves: self.moves, agreed_at })
    }

    /// That it waits for an earlier time, and what is held for it.
    fn earlier(&self) -> Option<Earlier> {
        let offered = self.earlier_offer.zip(self.earlier_slot).zip(self.earlier_expires);
        let offered = offered.map(|((id, slot), until)| EarlierOffer { id, slot, until });
        self.earlier_until.map(|until| Earlier { until, offered })
    }

    /// The outage to which it belongs, while that is not over.
    fn outage(&self) -> Option<OutageWords> {
        Some(OutageWords {
            name: self.outage_name.clone()?,
            text: self.outage_text.clone()?,
            began_at: self.outage_began_at?,
        })
    }
}

impl From<PageRow> for RequestRow {
    fn from(row: PageRow) -> Self {
        Self {
            outage: row.outage(),
            earlier: row.earlier(),
            agreed: row.agreed(),
            said: row.said,
            is_called_off: row.appointment_state == Some(AppointmentState::Cancelled),
            id: row.id,
            customer: row.customer,
            customer_name: row.customer_name,
            source: row.source,
            offered: row.offered.unwrap_or_default(),
            member: row.member,
            work_type: row.work_type,
            summary: RequestSummary {
                number: row.number,
                state: row.state,
                program: row.program_name,
                work_type: row.work_type_name,
                urgency: row.urgency,
                ordered_by: row.ordered_by,
                submitted_at: row.submitted_at,
                slot: row.slot,
                choice: row.choice,
                missed_by_us: row.state == RequestState::Waiting
                    && row.appointment_state == Some(AppointmentState::MissedByUs),
                awaits_consent: row.awaits_consent,
                offered_until: row.offered_until,
            },
            version: row.version,
            what_happened: row.what_happened,
            claim: row
                .what_stopped
                .zip(row.stopped_since)
                .map(|(what_stopped, since)| UrgencyClaim { what_stopped, since }),
            contact_name: row.contact_name,
            contact_phone: row.contact_phone,
            ceiling_minutes: row.ceiling_minutes.map(u32::from),
            // An estimate of an older shape is history that nobody can read any more, not a reason to fail.
            estimate: row.estimate.and_then(|json| serde_json::from_value(json).ok()),
            sequence: row.sequence,
        }
    }
}

/// Selects a submitted request by its number as it stands at a moment; what follows the macro's text says for whom, its parameters
/// numbered from 4. One whose time has just passed unmet waits for another one, whether or not that has been written down.
macro_rules! select_request {
    ($wanted:ident, $now:ident, $condition:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            PageRow,
            r#"select r.id as "id: RequestId", r.customer_id as "customer: CustomerId", c.name as customer_name,
                      r.source as "source: RequestSource", r.member_id as "member: MemberId",
                      r.work_type_id as "work_type!: WorkTypeId", r.number as "number!: RequestNumber",
                      case when is_unmet(a.state, a.during, a.attempted_at, $2) then 'waiting' else r.state end
                          as "state!: RequestState",
                      array[p.name, p.name_en] as "program_name!: Bilingual",
                      array[w.name, w.name_en] as "work_type_name!: Bilingual", r.choice as "choice!: SlotChoice", r.urgency as "urgency!: Urgency",
                      m.name as ordered_by, r.submitted_at as "submitted_at!", r.version, r.what_happened as "what_happened!",
                      r.what_stopped, r.stopped_since, r.contact_name as "contact_name!",
                      r.contact_phone as "contact_phone!", r.ceiling_minutes as "ceiling_minutes: Natural", r.estimate,
                      r.moves as "moves: Natural",
                      r.sequence + coalesce(is_unmet(a.state, a.during, a.attempted_at, $2), false)::int
                          as "sequence!: Natural",
                      a.during as "slot?: Slot",
                      appointment_state(a.state, a.during, a.attempted_at, $2) as "appointment_state?: AppointmentState",
                      r.state = 'in_progress' and exists (
                          select 1 from intervention i join ceiling_consent q on q.intervention_id = i.id
                          where i.request_id = r.id and i.state = 'open' and q.answered_at is null) as "awaits_consent!",
                      (select max(e.at) from request_event e
                       where e.request_id = r.id and e.kind in ('confirmed', 'moved')) as agreed_at,
                      o.starts as "offered?", o.expires_at as "offered_until?",
                      case when u.id is not null then array[u.name, u.name_en] end as "outage_name?: Bilingual",
                      case when u.id is not null then array[u.text_cs, u.text_en] end as "outage_text?: Bilingual",
                      u.began_at as "outage_began_at?",
                      ew.until_at as "earlier_until?", eo.id as "earlier_offer?: EarlierOfferId",
                      eo.during as "earlier_slot?: Slot", eo.expires_at as "earlier_expires?",
                      (select y.answer from readiness y where y.appointment_id = a.id and a.state = 'confirmed')
                          as "said?: ReadyAnswer"
               from service_request r
               join customer c on c.id = r.customer_id
               join program p on p.id = r.program_id
               join work_type w on w.id = r.work_type_id
               join member m on m.id = r.member_id
               left join outage u on u.id = r.outage_id and u.resolved_at is null
               left join earlier_wish ew on ew.request_id = r.id and ew.until_at > $3 and r.state = 'scheduled'
               left join earlier_offer eo on eo.request_id = r.id and eo.state = 'open' and eo.expires_at > $3
               left join slot_offer o on o.request_id = r.id and o.is_open and o.expires_at > $3
               left join lateral (
                   select id, during, state, attempted_at from appointment
                   where request_id = r.id and state <> 'held'
                   order by (state in ('confirmed', 'running')) desc, id desc limit 1
               ) a on true
               where r.number = $1 "# + $condition,
            $wanted.to_string(),
            unmet_since($now),
            $now
            $(, $argument)*
        )
    };
}

/// A submitted request by its number as it stands at `now`, if the member may see it.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn by_number(
    tx: &mut Tx,
    member: &Member,
    wanted: RequestNumber,
    now: DateTime<Utc>,
) -> Result<Option<RequestRow>, DbError> {
    let found = select_request!(
        wanted,
        now,
        "and r.customer_id = $4
         and (r.member_id = $5 or $6
              or $7 and exists (select 1 from intervention i join ceiling_consent q on q.intervention_id = i.id
                                where i.request_id = r.id))",
        member.customer().0,
        member.id().0,
        sees_all(member),
        // Whoever may agree to go on above the ceiling has to see what it is about.
        member.may(Capability::Buy)
    );
    Ok(found.fetch_optional(&mut **tx).await?.map(Into::into))
}

/// Any submitted request by its number as it stands at `now`; for a technician, one at which that person works or worked.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn for_staff(
    tx: &mut Tx,
    technician: Option<StaffId>,
    wanted: RequestNumber,
    now: DateTime<Utc>,
) -> Result<Option<RequestRow>, DbError> {
    let found = select_request!(
        wanted,
        now,
        "and ($4::bigint is null
              or exists (select 1 from appointment v
                         where v.request_id = r.id and v.technician_id = $4 and v.state <> 'held'))",
        technician.map(|id| id.0)
    );
    Ok(found.fetch_optional(&mut **tx).await?.map(Into::into))
}
