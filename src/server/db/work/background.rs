//! What is worth knowing of a request before one connects.

use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            ids::{CustomerId, InterventionId, RequestId},
            numbers::{InterventionRef, RequestNumber},
        },
        line::{catalogue::MinuteRange, tiers::ResponseTier},
        work::background::{EARLIER_SHOWN, EarlierWork},
    },
    server::db::{DbError, Tx, codec::Natural},
};

/// How many of a customer's latest interventions are looked at for the same program: a page costs the same for a customer of
/// twenty years.
const LOOKED_AT: i64 = 30;

/// What the customer was promised when a request was sent, and how many minutes were estimated.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn promised(tx: &mut Tx, request: RequestId) -> Result<(ResponseTier, Option<MinuteRange>), DbError> {
    let row = sqlx::query!(
        r#"select t.code as "code!", array[t.name, t.name_en] as "name!: Bilingual",
                  t.urgent_target_minutes as "target!: Natural", t.normal_lead_minutes as "lead!: Natural",
                  (r.estimate -> 'minutes' ->> 'from')::integer as "estimated_from: Natural",
                  (r.estimate -> 'minutes' ->> 'to')::integer as "estimated_to: Natural"
           from service_request r
           join lateral response_tiers_at(r.submitted_at, r.submitted_at) t on t.code = coalesce(
               r.promised_tier,
               (select x.tier from contract_terms x
                where x.customer_id = r.customer_id
                  and x.in_force @> (r.submitted_at at time zone 'Europe/Prague')::date), 'basic')
           where r.id = $1"#,
        request.0
    )
    .fetch_one(&mut **tx)
    .await?;
    let tier = ResponseTier {
        code: row.code,
        name: row.name,
        urgent_target_minutes: row.target.into(),
        normal_lead_minutes: row.lead.into(),
    };
    let estimated = row.estimated_from.zip(row.estimated_to);
    Ok((tier, estimated.map(|(from, to)| MinuteRange::new(from.into(), to.into()))))
}

/// What was done for a customer last but for one intervention: the program of that name first, then the latest first.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn earlier(
    tx: &mut Tx,
    customer: CustomerId,
    but: Option<InterventionId>,
    program: &str,
) -> Result<Vec<EarlierWork>, DbError> {
    let found = sqlx::query!(
        r#"select e.number as "number!: RequestNumber", e.ordinal as "ordinal!: Natural", e.closed_at as "closed_at!",
                  e.program as "program!: Bilingual", array[w.name, w.name_en] as "work_type!: Bilingual",
                  coalesce(s.name, '') as "technician!", v.billed_minutes as "billed!: Natural", e.report as "report!"
           from (select i.id, i.ordinal, i.closed_at, i.report, q.number, q.work_type_id,
                        array[p.name, p.name_en] as program, p.name = $3 as is_same
                 from (select id, request_id, ordinal, closed_at, report from intervention
                       where customer_id = $1 and state = 'closed' and id is distinct from $2
                       order by started_at desc, id desc limit $4) i
                 -- Each by its own key, however few of all there are yet.
                 cross join lateral (
                     select number, program_id, work_type_id from service_request where id = i.request_id limit 1) q
                 join program p on p.id = q.program_id
                 order by is_same desc, i.closed_at desc, i.id desc limit $5) e
           join work_type w on w.id = e.work_type_id
           join lateral (
               select billed_minutes from receipt where intervention_id = e.id order by version desc limit 1) v on true
           left join lateral (
               select t.name from time_segment x join staff t on t.id = x.technician_id
               where x.intervention_id = e.id order by x.started_at desc, x.id desc limit 1) s on true
           order by e.is_same desc, e.closed_at desc, e.id desc"#,
        customer.0,
        but.map(|id| id.0),
        program,
        LOOKED_AT,
        i64::from(EARLIER_SHOWN)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found
        .into_iter()
        .map(|row| EarlierWork {
            intervention: InterventionRef { number: row.number, ordinal: row.ordinal.into() },
            closed_at: row.closed_at,
            program: row.program,
            work_type: row.work_type,
            technician: row.technician,
            billed: row.billed.into(),
            report: row.report,
        })
        .collect())
}
