//! A customer's past in bulk, for what must not cost more when there is more of it.

use linka::server::service::work::closing;

use super::{Place, World};

/// So many closed interventions of a customer over the last three hundred days, each with its receipt and its entry in the
/// ledger. The first is closed by the service; the others repeat its receipt.
pub async fn closed_work(world: &World, place: &Place, count: i64) {
    let first = world.work_under_way(place, 1, 30).await.remove(0);
    let key = world.app.random.uuid();
    closing::close(&world.app, &first.technician, first.number, "Opraveno.", Some(true), key).await.expect("closed");
    sqlx::query(REPEAT).bind(place.customer.0).bind(count - 1).execute(world.app.db.pool()).await.expect("a long past");
}

/// Repeats a customer's only receipt so many times, with all that belongs to it.
const REPEAT: &str = "
    with template as (
         select r.*, i.rate_per_minute, i.minimum_minutes, i.vat_percent, i.started_at, s.member_id, s.program_id,
                s.work_type_id
         from receipt r join intervention i on i.id = r.intervention_id join service_request s on s.id = i.request_id
         where r.customer_id = $1),
     request as (
         insert into service_request (id, customer_id, member_id, number, state, program_id, work_type_id, urgency,
             what_happened, contact_name, contact_phone, ready, created_at, submitted_at)
         select gen_random_uuid(), $1, t.member_id, next_request_number(2026), 'closed', t.program_id,
                t.work_type_id, 'normal', 'Nejde tisk.', 'Jana', '+420601234567', true, t.at, t.at
         from template t, generate_series(1, $2::bigint) n
         returning id),
     intervention as (
         insert into intervention (customer_id, request_id, ordinal, state, started_at, closed_at, minimum_minutes,
             rate_per_minute, vat_percent)
         select $1, q.id, 1, 'closed', t.started_at - (q.n * 300.0 / $2) * interval '1 day', t.at,
                t.minimum_minutes, t.rate_per_minute, t.vat_percent
         from template t, (select id, row_number() over () as n from request) q
         returning id),
     entry as (
         insert into ledger_entry (customer_id, at, kind, intervention_id, over_minutes, amount, source_kind, source_id)
         select $1, t.at, 'charge', i.id, t.billed_minutes, t.billed_minutes * t.rate_per_minute, 'receipt',
                i.id || ':1:money'
         from template t, intervention i
         returning id)
     insert into receipt (intervention_id, version, customer_id, at, rule_version, billed_minutes, from_grants,
                          over_minutes, amount, content)
     select i.id, 1, $1, t.at, t.rule_version, t.billed_minutes, 0, t.billed_minutes,
            t.billed_minutes * t.rate_per_minute, t.content
     from template t, intervention i, (select count(*) from entry) e";
