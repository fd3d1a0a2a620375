-- Free/busy and booking: the two doors through the wall, each showing or touching no more than it must.
-- Both are owned by linka_system and run as it; both take the time from the application's clock.

-- When technicians are taken, and by work of which urgency. An expired hold is free at once; what the asking request
-- itself holds or has agreed does not stand in its own way.
create function free_busy(p_from timestamptz, p_to timestamptz, p_now timestamptz, p_request uuid)
    returns table (technician_id bigint, starts_at timestamptz, ends_at timestamptz, urgent boolean)
    language sql stable security definer set search_path = public, pg_temp
begin atomic
    select a.technician_id, lower(a.during), upper(a.during), a.urgency = 'urgent'
    from appointment a
    where a.during && tstzrange(p_from, p_to)
      and a.state in ('held', 'confirmed', 'running')
      and not (a.state = 'held' and a.hold_expires_at <= p_now)
      and not (a.request_id = p_request and a.customer_id = (select current_customer()))
    order by a.technician_id, lower(a.during);
end;

-- Takes `p_during` for a request with the first free one of `p_technicians`, as a hold; null when none is free.
--
-- Never check-then-insert: the constraint decides, and ON CONFLICT DO NOTHING makes the loser of a race walk away
-- instead of deadlocking. The order of the steps keeps it so:
--   * it deletes no expired hold: clear_expired_holds() did, in a transaction of its own;
--   * the request's earlier hold is released only after the new one stands, so whoever waits in the INSERT
--     has given nothing away yet that others could be waiting for.
create function take_slot(
    p_now timestamptz, p_request uuid, p_technicians bigint[], p_during tstzrange, p_urgency text,
    p_hold_expires_at timestamptz
) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_customer  bigint;
    v_technician  bigint;
    v_taken  bigint;
    v_earlier  appointment;
begin
    -- Two picks of one request follow one another. The customer is checked here, as row-level security is not in force.
    select customer_id into v_customer from service_request
        where id = p_request and customer_id = current_customer() and state in ('draft', 'scheduled')
        for update;
    if not found then
        return null;
    end if;

    -- Picking again what is already held changes nothing, its expiry included.
    select id into v_taken from appointment
        where request_id = p_request and state = 'held' and during = p_during and hold_expires_at > p_now;
    if found then
        return v_taken;
    end if;

    foreach v_technician in array p_technicians loop
        v_taken := insert_hold(v_customer, p_request, v_technician, p_during, p_urgency, p_hold_expires_at);
        exit when v_taken is not null;
    end loop;

    if v_taken is null then
        -- Perhaps only what the request itself holds or has agreed is in the way. Releasing it before the insert could
        -- make two requests wait for each other, hence one at a time for each technician; if that fails too, it
        -- stands again.
        select * into v_earlier from appointment
            where request_id = p_request and state in ('held', 'confirmed')
              and technician_id = any (p_technicians) and during && p_during
            limit 1;
        if found then
            perform pg_advisory_xact_lock(hashtextextended('take_slot', v_earlier.technician_id));
            begin
                delete from appointment where id = v_earlier.id and state = 'held';
                update appointment set state = 'cancelled' where id = v_earlier.id and state = 'confirmed';
                v_taken := insert_hold(v_customer, p_request, v_earlier.technician_id, p_during, p_urgency,
                                       p_hold_expires_at);
                if v_taken is null then
                    raise exception using errcode = 'LK001';
                end if;
            exception when sqlstate 'LK001' then
                v_taken := null;
            end;
        end if;
    end if;

    if v_taken is not null then
        delete from appointment where request_id = p_request and state = 'held' and id <> v_taken;
    end if;
    return v_taken;
end
$$;

create function insert_hold(
    p_customer bigint, p_request uuid, p_technician bigint, p_during tstzrange, p_urgency text,
    p_hold_expires_at timestamptz
) returns bigint
    language sql set search_path = public, pg_temp as $$
    insert into appointment (customer_id, request_id, technician_id, during, urgency, state, hold_expires_at)
        values (p_customer, p_request, p_technician, p_during, p_urgency, 'held', p_hold_expires_at)
        on conflict do nothing
        returning id
$$;

-- Deletes holds that have expired, so that they are in nobody's way. Called before take_slot(), always in a transaction
-- of its own: whoever inserts would wait for an uncommitted deletion, and two that have each deleted something in the
-- other's way would wait for each other. It waits for nobody itself.
create function clear_expired_holds(p_now timestamptz) returns void
    language sql volatile security definer set search_path = public, pg_temp as $$
    delete from appointment where id in (
        select id from appointment where state = 'held' and hold_expires_at <= p_now for update skip locked)
$$;

-- FOR UPDATE on a request needs the privilege, though the function changes nothing in it.
grant update on service_request to linka_system;
grant create on schema public to linka_system;
alter function free_busy owner to linka_system;
alter function take_slot owner to linka_system;
alter function insert_hold owner to linka_system;
alter function clear_expired_holds owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function free_busy, take_slot, insert_hold, clear_expired_holds from public;
grant execute on function clear_expired_holds to current_user;
grant execute on function free_busy, take_slot to linka_member, linka_staff;
