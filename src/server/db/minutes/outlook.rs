//! What the outlook of an account is made of, in one statement however many accounts are asked about.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::{
    model::{
        base::ids::{CustomerId, RequestId},
        minutes::{
            outlook::{CoveredContract, Reservation},
            pools::Pool,
        },
        ordering::appointments::unmet_since,
    },
    server::db::{DbError, Tx},
};

/// What a customer's account holds, and what will come and go.
pub struct Account {
    /// Whose it is.
    pub customer: CustomerId,
    /// Grants that can be drawn now or later, with what is left of each, by the day they begin.
    pub pools: Vec<Pool>,
    /// Contracts that are valid today or later, with what of their time is covered.
    pub contracts: Vec<CoveredContract>,
    /// What the agreed appointments will probably draw: the upper ends of their frozen estimates.
    pub reservations: Vec<Reservation>,
}

/// The accounts of several customers at `now`, which is on the day `today`.
///
/// * `except` – the request whose appointment counts for nothing
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn accounts(
    tx: &mut Tx,
    customers: &[CustomerId],
    except: Option<RequestId>,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<Vec<Account>, DbError> {
    let rows = sqlx::query!(
        r#"select c.id as "customer!: CustomerId",
                  (select coalesce(jsonb_agg(jsonb_build_object(
                              'grant', b.id, 'kind', b.kind, 'granted', b.granted, 'left', b.left_minutes, 'reserved', 0,
                              'effective_at', b.effective_at, 'expires_at', b.expires_at) order by b.effective_at, b.id), '[]')
                   from grant_balance b
                   where b.customer_id = c.id and (b.expires_at is null or b.expires_at > $2)) as "pools!: Json<Vec<Pool>>",
                  (select coalesce(jsonb_agg(jsonb_build_object(
                              'terms', t.terms,
                              'covered_until', (select greatest(k.credited_until, (select max(g.covers_until) from minute_grant g
                                                                                   where g.contract_id = k.id))
                                                from contract k where k.id = t.id))
                              order by t.id), '[]')
                   from (select id, jsonb_agg(jsonb_build_object(
                                    'number', number, 'valid_from', lower(valid), 'valid_until', upper(valid) - 1,
                                    'since', case when since > lower(valid) then since end, 'tier', tier,
                                    'minutes_per_period', minutes_per_period, 'period', period, 'rollover', rollover,
                                    'rate_per_minute', rate_per_minute, 'urgent_rate_per_minute', urgent_rate_per_minute,
                                    'minimum_minutes', minimum_minutes, 'ceiling_minutes', ceiling_minutes,
                                    'fee', case when fee is not null and fee_period is not null
                                                then jsonb_build_object('amount', fee, 'period', fee_period, 'day', fee_day) end)
                                    order by since) as terms
                         from contract_terms
                         where customer_id = c.id and valid && daterange($3::date, null) and not isempty(in_force)
                         group by id) t) as "contracts!: Json<Vec<CoveredContract>>",
                  (select coalesce(jsonb_agg(jsonb_build_object(
                              'start', lower(a.during), 'minutes', coalesce((r.estimate -> 'minutes' ->> 'to')::int, 0))
                              order by lower(a.during)), '[]')
                   from service_request r
                   join appointment a on a.request_id = r.id and a.state in ('confirmed', 'running')
                   where r.customer_id = c.id and r.state in ('scheduled', 'in_progress') and r.id is distinct from $4
                     and not is_unmet(a.state, a.during, a.attempted_at, $5)) as "reservations!: Json<Vec<Reservation>>"
           from unnest($1::bigint[]) as c(id)"#,
        &customers.iter().map(|customer| customer.0).collect::<Vec<_>>(),
        now,
        today,
        except.map(|request| request.0),
        unmet_since(now)
    )
    .fetch_all(&mut **tx)
    .await?;
    let account = rows.into_iter().map(|row| Account {
        customer: row.customer,
        pools: row.pools.0,
        contracts: row.contracts.0,
        reservations: row.reservations.0,
    });
    Ok(account.collect())
}
