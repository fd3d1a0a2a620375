-- A session belongs to an agreed time, and goes with it where that moves within its day. Once somebody was there, or should have been, what
-- is agreed next needs its own, on the same day too: the customer who opened the former one would wait in it alone.
alter table remote_session
    -- For which time; of those of before nobody knows: they are for the first of their day.
    add column appointment_id bigint references appointment,
    -- The codes of those that were for former times: a report of connections may come weeks later.
    add column former_codes text[] not null default '{}';
create index remote_session_appointment on remote_session (appointment_id) where appointment_id is not null;

create function keep_session_code() returns trigger
    language plpgsql set search_path = public, pg_temp as $$
begin
    new.former_codes := array_append(old.former_codes, old.code);
    return new;
end
$$;
create trigger session_code_is_kept before update of code on remote_session
    for each row when (old.code <> '' and new.code <> old.code) execute function keep_session_code();

-- Whether a session, of a day and of a time, is for an appointment of the same request: it is of its day, and no time in between has been.
create function session_is_for(p_request uuid, p_day date, p_session_of bigint, p_appointment bigint) returns boolean
    language sql stable set search_path = public, pg_temp as $$
    select exists (select from appointment a
                   where a.id = p_appointment and a.request_id = p_request and (lower(a.during) at time zone 'Europe/Prague')::date = p_day)
       and not exists (select from appointment b
                       where b.request_id = p_request and b.id <> p_appointment and b.id >= coalesce(p_session_of, 0)
                         and b.state in ('done', 'no_show', 'missed_by_us')
                         and (lower(b.during) at time zone 'Europe/Prague')::date = p_day)
$$;
revoke execute on function keep_session_code, session_is_for from public;
grant execute on function session_is_for to linka_member, linka_staff, linka_system;

-- As before; of a time that has its own.
create or replace function session_link(p_request uuid, p_now timestamptz) returns text
    language sql stable set search_path = public, pg_temp as $$
    select s.link from remote_session s
    join appointment a on a.request_id = s.request_id and a.state in ('confirmed', 'running')
    where s.request_id = p_request and p_now < upper(a.during) and session_is_for(s.request_id, s.day, s.appointment_id, a.id)
    limit 1
$$;

-- As before; and the session goes on with the agreed time.
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
        insert into remote_session (request_id, customer_id, day, wanted_at, asked_at, link, code, given_by, appointment_id)
            select v_new.id, p_into, s.day, s.wanted_at, s.asked_at, s.link, s.code, s.given_by, a.id
            from remote_session s join appointment a on a.request_id = v_new.id and a.state = 'confirmed'
            where s.request_id = v_old.id and s.link is not null and session_is_for(s.request_id, s.day, s.appointment_id, v_time.id);
        -- There it lets nobody in any more; where it is made only now, it is made for the other one.
        update remote_session set link = null, code = '', given_by = null where request_id = v_old.id and v_time.id is not null;
        insert into request_event (customer_id, request_id, at, kind, staff_id, note)
            values (p_from, v_old.id, p_at, 'merged', p_staff, v_new.number), (p_into, v_new.id, p_at, 'merged', p_staff, v_old.number);
    end loop;
end
$$;
