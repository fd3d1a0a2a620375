-- What was ordered is billed on the terms that were known when its customer was shown what it costs: what a contract says
-- otherwise since, even from that day on, is not theirs to pay. So an amendment has a time since when it is known.

alter table contract_amendment add column known_since timestamptz not null default '-infinity';
alter table contract_amendment alter column known_since drop default;

-- The terms of every contract by the days on which they are in force, as far as amendments were known at an instant; of an
-- amendment from the first day, the contract's own terms are in force on none. The one place that says which terms hold on a
-- day. It sees what its caller sees.
create function contract_terms_known(p_known timestamptz)
    returns table (id bigint, customer_id bigint, number text, valid daterange, since date, in_force daterange, tier text,
                   minutes_per_period integer, period text, rollover text, rate_per_minute bigint, urgent_rate_per_minute bigint,
                   minimum_minutes integer, ceiling_minutes integer, fee bigint, fee_period text)
    language sql stable as $$
    select c.id, c.customer_id, c.number, c.valid, lower(c.valid),
           c.valid * daterange(lower(c.valid), (
               select min(n.from_day) from contract_amendment n
               where n.contract_id = c.id and n.from_day >= lower(c.valid) and n.known_since <= p_known)),
           c.tier, c.minutes_per_period, c.period, c.rollover, c.rate_per_minute, c.urgent_rate_per_minute,
           c.minimum_minutes, c.ceiling_minutes, c.fee, c.fee_period
    from contract c
    union all
    select c.id, c.customer_id, c.number, c.valid, a.from_day,
           c.valid * daterange(a.from_day, (
               select min(n.from_day) from contract_amendment n
               where n.contract_id = c.id and n.from_day > a.from_day and n.known_since <= p_known)),
           a.tier, a.minutes_per_period, a.period, a.rollover, a.rate_per_minute, a.urgent_rate_per_minute,
           a.minimum_minutes, a.ceiling_minutes, a.fee, a.fee_period
    from contract c join contract_amendment a on a.contract_id = c.id and a.customer_id = c.customer_id
    where a.known_since <= p_known
$$;
revoke execute on function contract_terms_known from public;
grant execute on function contract_terms_known to linka_member, linka_staff, linka_system;

create or replace view contract_terms with (security_invoker = true) as
    select * from contract_terms_known('infinity');

-- No rate of VAT is so far ahead that a calendar cannot name its day.
alter table vat_rate add constraint vat_is_of_our_time check (valid_from between '1993-01-01' and '2200-01-01');

-- What a trigger looks up is what the schema has, and nothing of the same name that a session makes.
alter function has_a_confirmed_supplier set search_path = public, pg_temp;
alter function begin_series_once set search_path = public, pg_temp;
alter function keep_opening_before_closing set search_path = public, pg_temp;
alter function keep_supplier_confirmed set search_path = public, pg_temp;
