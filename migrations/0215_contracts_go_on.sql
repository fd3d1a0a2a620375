-- A contract in force goes on when its customer is merged into another one: there from the next day on which nothing else is agreed, with
-- every word that it says and will say, what was signed and its history. Of two that are in force on the same days, whoever merges says
-- which one goes on; the other ends. What was credited and invoiced for a time is neither a second time.
alter table contract
    add column moved boolean not null default false, -- it goes on at the customer into which its own was merged
    add column goes_on_as bigint references contract,
    add column called_off boolean not null default false, -- it ended before it began: it says nothing of any day
    -- Since when it was in force where it comes from, and until when its time was credited and paid for there.
    add column first_day date,
    add column credited_until timestamptz,
    add column invoiced_until date,
    add constraint goes_on_elsewhere check (goes_on_as is null or moved and goes_on_as <> id),
    drop constraint contract_number_used_once,
    drop constraint one_contract_at_a_time;
-- In this order, so that of a contract that comes twice the number is named, not the days.
create unique index contract_number_used_once on contract (number) where not moved;
alter table contract
    add constraint one_contract_at_a_time exclude using gist (customer_id with =, valid with &&) where (not called_off);
create unique index contract_goes_on on contract (goes_on_as) where goes_on_as is not null;

-- What was promised of a request that came from a customer who was merged: the contract of that day is not one of this customer's.
alter table service_request add column promised_tier text references response_tier;

-- As before; and of what has moved, amendments from before its first day here say what it says from that day on.
create or replace function contract_terms_known(p_known timestamptz)
    returns table (id bigint, customer_id bigint, number text, valid daterange, since date, in_force daterange, tier text,
                   minutes_per_period integer, period text, rollover text, rate_per_minute bigint, urgent_rate_per_minute bigint,
                   minimum_minutes integer, ceiling_minutes integer, fee bigint, fee_period text, fee_day integer)
    language sql stable as $$
    select c.id, c.customer_id, c.number, c.valid, lower(c.valid),
           c.valid * daterange(lower(c.valid), (
               select case when count(*) > 0 then greatest(lower(c.valid), min(n.from_day)) end from contract_amendment n
               where n.contract_id = c.id and n.known_since <= p_known)),
           c.tier, c.minutes_per_period, c.period, c.rollover, c.rate_per_minute, c.urgent_rate_per_minute,
           c.minimum_minutes, c.ceiling_minutes, c.fee, c.fee_period, c.fee_day
    from contract c where not c.called_off
    union all
    select c.id, c.customer_id, c.number, c.valid, a.from_day,
           c.valid * daterange(a.from_day, (
               select min(n.from_day) from contract_amendment n
               where n.contract_id = c.id and n.from_day > a.from_day and n.known_since <= p_known)),
           a.tier, a.minutes_per_period, a.period, a.rollover, a.rate_per_minute, a.urgent_rate_per_minute,
           a.minimum_minutes, a.ceiling_minutes, a.fee, a.fee_period, a.fee_day
    from contract c join contract_amendment a on a.contract_id = c.id and a.customer_id = c.customer_id
    where a.known_since <= p_known and not c.called_off
$$;

-- Minutes of a contract that is nobody's any more, or of a time for which they were credited elsewhere.
create function refuse_credited_time() returns trigger
    language plpgsql set search_path = public, pg_temp as $$
begin
    if exists (select from contract k join customer c on c.id = k.customer_id
               where k.id = new.contract_id
                 and (k.moved or k.called_off or c.merged_into is not null or new.effective_at < k.credited_until)) then
        raise check_violation using constraint = 'time_is_credited_once', message = 'the time is credited elsewhere';
    end if;
    return new;
end
$$;
create trigger time_is_credited_once before insert on minute_grant
    for each row when (new.contract_id is not null) execute function refuse_credited_time();

create function refuse_paid_days() returns trigger
    language plpgsql set search_path = public, pg_temp as $$
begin
    if exists (select from contract k
               where k.id = new.contract_id and (k.moved or k.called_off or new.first_day <= k.invoiced_until)) then
        raise check_violation using constraint = 'days_are_paid_once', message = 'the days are paid for elsewhere';
    end if;
    return new;
end
$$;
create trigger days_are_paid_once before insert on contract_fee
    for each row execute function refuse_paid_days();

-- As before; minutes of a contract that goes on stay minutes of the contract.
create or replace function hand_minutes_over(p_grant bigint, p_into bigint, p_at timestamptz) returns void
    language plpgsql set search_path = public, pg_temp as $$
declare
    v_grant  minute_grant;
    v_kind   text := 'correction';
    v_left   integer;
    v_seq    bigint;
begin
    select * into v_grant from minute_grant where id = p_grant;
    perform from minute_account where customer_id = v_grant.customer_id for update;
    select grant_balance_after, seq into v_left, v_seq from ledger_entry where grant_id = p_grant order by seq desc limit 1;
    if v_left <= 0 or v_grant.expires_at <= p_at then
        return; -- what has expired ends where it is
    end if;
    if v_grant.kind = 'contract'
       and (v_grant.contract_id is null or exists (select from contract where id = v_grant.contract_id and moved)) then
        v_kind := 'contract';
    end if;
    insert into ledger_entry (customer_id, at, kind, grant_id, minutes, source_kind, source_id)
        values (v_grant.customer_id, p_at, 'handover', p_grant, -v_left, 'merge', p_grant || ':' || v_seq);
    insert into minute_grant (customer_id, kind, minutes, effective_at, expires_at, source, credited_at)
        values (p_into, v_kind, v_left, v_grant.effective_at, v_grant.expires_at, 'merge:' || p_grant || ':' || v_seq, p_at);
end
$$;

-- As before; and it keeps what was promised.
create or replace function hand_requests_on(p_from bigint, p_into bigint, p_staff bigint, p_at timestamptz) returns void
    language plpgsql set search_path = public, pg_temp as $$
declare
    v_old      service_request;
    v_new      service_request;
    v_time     appointment;
begin
    for v_old in select * from service_request where customer_id = p_from and state in ('waiting', 'scheduled') order by id loop
        if not exists (select from member where id = v_old.member_id and goes_on_as is not null) then
            raise check_violation using constraint = 'nothing_is_left_behind', message = 'a request of nobody who goes on';
        end if;
        select * into v_time from appointment where request_id = v_old.id and state = 'confirmed' for update;
        update appointment set state = 'cancelled' where id = v_time.id;
        update service_request set state = 'cancelled', sequence = sequence + 1 where id = v_old.id;
        insert into service_request (id, customer_id, member_id, number, state, source, program_id, work_type_id, urgency, what_stopped,
                stopped_since, what_happened, contact_name, contact_phone, ready, ceiling_minutes, estimate, moves, created_at,
                submitted_at, estimated_at, classed_at, outage_id, first_offer, promised_tier)
            select gen_random_uuid(), p_into, m.goes_on_as, next_request_number(extract(year from p_at at time zone 'Europe/Prague')::integer),
                   v_old.state, v_old.source, v_old.program_id, v_old.work_type_id, v_old.urgency, v_old.what_stopped,
                   v_old.stopped_since, v_old.what_happened, v_old.contact_name, v_old.contact_phone, v_old.ready, v_old.ceiling_minutes,
                   v_old.estimate, v_old.moves, p_at, v_old.submitted_at, v_old.estimated_at, v_old.classed_at, v_old.outage_id,
                   v_old.first_offer,
                   coalesce(v_old.promised_tier, (select t.tier from contract_terms t
                                                  where t.customer_id = p_from
                                                    and t.in_force @> (v_old.submitted_at at time zone 'Europe/Prague')::date), 'basic')
            from member m where m.id = v_old.member_id
            returning * into v_new;
        update service_request set goes_on_as = v_new.id where id = v_old.id;
        if v_time.id is not null then
            insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
                values (p_into, v_new.id, v_time.technician_id, v_time.during, v_time.urgency, 'confirmed');
            -- A technician who has left meanwhile keeps no time: then nothing is merged before somebody else has it.
            if not exists (select from appointment where request_id = v_new.id and state = 'confirmed') then
                raise check_violation using constraint = 'nothing_is_left_behind', message = 'a time that nobody can keep';
            end if;
        end if;
        insert into request_event (customer_id, request_id, at, kind, staff_id, note)
            values (p_from, v_old.id, p_at, 'merged', p_staff, v_new.number), (p_into, v_new.id, p_at, 'merged', p_staff, v_old.number);
    end loop;
end
$$;

-- Whether two customers have contracts that are in force on the same day, from a day on.
create function contracts_collide(p_from bigint, p_into bigint, p_today date) returns boolean
    language sql stable set search_path = public, pg_temp as $$
    select exists (select from contract f join contract i on i.customer_id = p_into and not i.called_off
                   where f.customer_id = p_from and not f.called_off and not f.moved
                     and f.valid * i.valid && daterange(p_today, null))
$$;

-- Lets the contracts of a customer go on at another one, or end, under the locks of both accounts. Of two, the other one is in force up to
-- the day on which the chosen one is; today it stays as it is.
create function hand_contracts_over(p_from bigint, p_into bigint, p_goes_on bigint, p_at timestamptz) returns void
    language plpgsql set search_path = public, pg_temp as $$
declare
    v_today   date := (p_at at time zone 'Europe/Prague')::date;
    v_begins  date := v_today;
    v_until   date;
    v_old     contract;
    v_new     bigint;
begin
    if exists (select from contract where customer_id = p_into and not called_off and valid @> v_today) then
        v_begins := v_today + 1;
    end if;
    if contracts_collide(p_from, p_into, v_today) then
        if p_goes_on is null or p_goes_on not in (p_from, p_into) then
            raise check_violation using constraint = 'one_contract_goes_on', message = 'two contracts are in force';
        end if;
        select greatest(v_begins, min(lower(valid))) into v_until from contract
            where customer_id = p_goes_on and not called_off and (upper_inf(valid) or upper(valid) > v_today);
        if p_goes_on = p_from then
            update contract set called_off = lower(valid) >= v_until,
                   valid = case when lower(valid) >= v_until then valid else valid * daterange(null, v_until) end
                where customer_id = p_into and not called_off and (upper_inf(valid) or upper(valid) > v_today);
            v_until := null;
        end if;
    end if;
    for v_old in select * from contract
                 where customer_id = p_from and not called_off and (upper_inf(valid) or upper(valid) > v_today)
                 order by lower(valid) loop
        update contract set moved = valid && daterange(v_begins, v_until), called_off = lower(valid) > v_today,
               valid = case when lower(valid) > v_today then valid else valid * daterange(null, v_today + 1) end
            where id = v_old.id;
        continue when not v_old.valid && daterange(v_begins, v_until);
        insert into contract (customer_id, number, tier, valid, minutes_per_period, period, rate_per_minute, rollover,
                urgent_rate_per_minute, minimum_minutes, ceiling_minutes, fee, fee_period, fee_day, first_day,
                invoiced_until, credited_until)
            values (p_into, v_old.number, v_old.tier, v_old.valid * daterange(v_begins, v_until), v_old.minutes_per_period, v_old.period,
                    v_old.rate_per_minute, v_old.rollover, v_old.urgent_rate_per_minute, v_old.minimum_minutes, v_old.ceiling_minutes,
                    v_old.fee, v_old.fee_period, v_old.fee_day, coalesce(v_old.first_day, lower(v_old.valid)),
                    greatest(v_old.invoiced_until, (select max(last_day) from contract_fee where contract_id = v_old.id)),
                    greatest(v_old.credited_until, (select max(covers_until) from minute_grant where contract_id = v_old.id)))
            returning id into v_new;
        update contract set goes_on_as = v_new where id = v_old.id;
        insert into contract_amendment (contract_id, customer_id, from_day, tier, minutes_per_period, period, rollover, rate_per_minute,
                urgent_rate_per_minute, minimum_minutes, ceiling_minutes, fee, fee_period, fee_day, known_since)
            select v_new, p_into, from_day, tier, minutes_per_period, period, rollover, rate_per_minute, urgent_rate_per_minute,
                   minimum_minutes, ceiling_minutes, fee, fee_period, fee_day, known_since
            from contract_amendment where contract_id = v_old.id;
        insert into contract_version (contract_id, version, customer_id, at, staff_id, reason, terms, withdrawn)
            select v_new, version, p_into, at, staff_id, reason, terms, withdrawn
            from contract_version where contract_id = v_old.id;
        insert into contract_file (contract_id, customer_id, name, content, added_at, added_by)
            select v_new, p_into, name, content, added_at, added_by from contract_file where contract_id = v_old.id;
    end loop;
end
$$;

drop function merge_customer(bigint, bigint, bigint, timestamptz);
-- Merges a customer into another one, which twice is the same as once. What is only half done is finished first: work. Requests before
-- customers before accounts, as whoever orders and works locks them; each in the order of their numbers: two that are merged into one
-- another at the same moment wait for each other.
create function merge_customer(p_from bigint, p_into bigint, p_goes_on bigint, p_staff bigint, p_at timestamptz) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_from    customer;
    v_grant   bigint;
begin
    perform from service_request where customer_id = p_from and state not in ('closed', 'cancelled') order by id for update;
    perform from customer where id in (p_from, p_into) order by id for update;
    select * into v_from from customer where id = p_from;
    if v_from.merged_into = p_into then
        return;
    end if;
    if not v_from.active or v_from.blocked_at is not null then
        raise check_violation using constraint = 'customers_are_merged', message = 'no customer to be merged';
    end if;
    if not exists (select from customer where id = p_into and id <> p_from and active and blocked_at is null and awaits_nod_since is null) then
        raise check_violation using constraint = 'merged_into_a_customer', message = 'no customer to be merged into';
    end if;
    if exists (select from service_request where customer_id = p_from and state = 'in_progress')
       or exists (select from intervention where customer_id = p_from and state = 'open') then
        raise check_violation using constraint = 'nothing_is_left_behind', message = 'something is under way';
    end if;
    perform from minute_account where customer_id in (p_from, p_into) order by customer_id for update;
    delete from appointment where state = 'held' and customer_id = p_from;
    update service_request set state = 'cancelled' where customer_id = p_from and state = 'draft';
    insert into licence (customer_id, program_id, number, version)
        select p_into, program_id, number, version from licence where customer_id = p_from on conflict do nothing;
    insert into computer (customer_id, name, teamviewer_id)
        select p_into, name, teamviewer_id from computer where customer_id = p_from on conflict do nothing;
    perform hand_people_over(p_from, p_into);
    perform hand_requests_on(p_from, p_into, p_staff, p_at);
    perform hand_contracts_over(p_from, p_into, p_goes_on, p_at);
    for v_grant in select id from minute_grant where customer_id = p_from order by id loop
        perform hand_minutes_over(v_grant, p_into, p_at);
    end loop;
    update customer set active = false, awaits_nod_since = null, merged_into = p_into where id = p_from;
    -- Who was merged into this one before leads to where this one does.
    update customer set merged_into = p_into where merged_into = p_from;
end
$$;

grant select on contract, contract_amendment, contract_version, contract_file, contract_terms to linka_system;
grant insert, update on contract to linka_system;
grant insert on contract_amendment, contract_version, contract_file to linka_system;
grant create on schema public to linka_system;
alter function merge_customer owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function merge_customer, hand_contracts_over, contracts_collide, refuse_credited_time, refuse_paid_days from public;
grant execute on function hand_contracts_over to linka_system;
grant execute on function contracts_collide to linka_system, linka_staff;
grant execute on function merge_customer to linka_staff;
