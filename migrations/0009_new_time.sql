-- A request that waits may be given a new time: after work that stopped unfinished, or an appointment that was missed.

-- Takes `p_during` for a request with the first free one of `p_technicians`, as a hold; null when none is free. As in 0005,
-- whose owner and grants it keeps, with one state more; a request that waits has no agreed time that could be in its way.
--
-- Never check-then-insert: the constraint decides, and ON CONFLICT DO NOTHING makes the loser of a race walk away
-- instead of deadlocking. The order of the steps keeps it so:
--   * it deletes no expired hold: clear_expired_holds() did, in a transaction of its own;
--   * the request's earlier hold is released only after the new one stands, so whoever waits in the INSERT
--     has given nothing away yet that others could be waiting for.
create or replace function take_slot(
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
        where id = p_request and customer_id = current_customer() and state in ('draft', 'waiting', 'scheduled')
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
