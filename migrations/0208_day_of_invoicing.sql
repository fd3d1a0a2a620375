-- On which day of the month in which a period begins the fee of a contract is invoiced: one that every month has, or the last, for which
-- 31 stands (design, Contract fees).
alter table contract
    add column fee_day integer not null default 1 constraint contract_fee_day_check check (fee_day between 1 and 28 or fee_day = 31);
alter table contract_amendment
    add column fee_day integer not null default 1 constraint amendment_fee_day_check check (fee_day between 1 and 28 or fee_day = 31);

-- As in migrations/0058, with that day.
drop view contract_terms;
drop function contract_terms_known(timestamptz);
create function contract_terms_known(p_known timestamptz)
    returns table (id bigint, customer_id bigint, number text, valid daterange, since date, in_force daterange, tier text,
                   minutes_per_period integer, period text, rollover text, rate_per_minute bigint, urgent_rate_per_minute bigint,
                   minimum_minutes integer, ceiling_minutes integer, fee bigint, fee_period text, fee_day integer)
    language sql stable as $$
    select c.id, c.customer_id, c.number, c.valid, lower(c.valid),
           c.valid * daterange(lower(c.valid), (
               select min(n.from_day) from contract_amendment n
               where n.contract_id = c.id and n.from_day >= lower(c.valid) and n.known_since <= p_known)),
           c.tier, c.minutes_per_period, c.period, c.rollover, c.rate_per_minute, c.urgent_rate_per_minute,
           c.minimum_minutes, c.ceiling_minutes, c.fee, c.fee_period, c.fee_day
    from contract c
    union all
    select c.id, c.customer_id, c.number, c.valid, a.from_day,
           c.valid * daterange(a.from_day, (
               select min(n.from_day) from contract_amendment n
               where n.contract_id = c.id and n.from_day > a.from_day and n.known_since <= p_known)),
           a.tier, a.minutes_per_period, a.period, a.rollover, a.rate_per_minute, a.urgent_rate_per_minute,
           a.minimum_minutes, a.ceiling_minutes, a.fee, a.fee_period, a.fee_day
    from contract c join contract_amendment a on a.contract_id = c.id and a.customer_id = c.customer_id
    where a.known_since <= p_known
$$;
revoke execute on function contract_terms_known from public;
grant execute on function contract_terms_known to linka_member, linka_staff, linka_system;

create view contract_terms with (security_invoker = true) as
    select * from contract_terms_known('infinity');
grant select on contract_terms to linka_member, linka_staff, linka_system;
