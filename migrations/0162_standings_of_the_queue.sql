-- Where each open request stands in the desk's queue (design, Desk), kept so that a page of it is read by its order.
--
-- Lanes and their order are the model's; nothing here knows them. Triggers note, in the transaction of a change, which requests
-- may stand elsewhere by now. Whoever reads the queue next has the model place those first, and whatever time has moved
-- (changes_at): so what is kept is a memory, and never older than what it is read with.

-- What has changed since requests were placed. Rows are only added and taken away, so that no change waits for another.
create table desk_change (
    id          bigint generated always as identity primary key,
    request_id  uuid -- none: anything may stand elsewhere
);

-- One row for each request that is open, and for each that is over and yet waits for the desk. There is no reference to the request:
-- to check one would wait for whoever has it locked.
create table desk_standing (
    request_id   uuid primary key,
    lane         text, -- none: with its technician
    due_at       timestamptz,
    is_normal    boolean not null,
    since_at     timestamptz,
    -- Its number, as numbers are ordered.
    year         integer not null,
    serial       bigint not null,
    outage_id    uuid, -- as one of many
    claimed_by   bigint,
    rests_until  timestamptz,
    changes_at   timestamptz, -- when time alone may move it
    constraint stands_in_a_lane check (num_nulls(lane, due_at, since_at) in (0, 3)),
    constraint desk_standing_lane_check check (lane in (
        'new', 'time_to_choose', 'offered', 'offer_lapsed', 'answer_came', 'follow_up', 'no_show', 'overdue', 'runs_over',
        'missed_by_us', 'consent_asked', 'objection', 'call_back', 'outage'))
);
create index desk_standing_order on desk_standing (due_at, is_normal, since_at, year, serial)
    include (request_id, lane, outage_id, claimed_by, rests_until) where lane is not null;
create index desk_standing_outage on desk_standing (outage_id, due_at, is_normal, since_at, year, serial)
    where outage_id is not null;
create index desk_standing_changes on desk_standing (changes_at) where changes_at is not null;

-- The lines of the queue: what belongs to one outage is one line, that of the request that comes first.
create view desk_line with (security_invoker = true) as
    select s.* from desk_standing s
    where s.lane is not null
      and (s.outage_id is null or not exists (
          select from desk_standing e
          where e.outage_id = s.outage_id
            and (e.due_at, e.is_normal, e.since_at, e.year, e.serial) < (s.due_at, s.is_normal, s.since_at, s.year, s.serial)));

grant select, delete on desk_change to linka_staff;
grant select, insert, update, delete on desk_standing to linka_staff;
grant select on desk_line to linka_staff;
grant insert on desk_change to linka_system;
grant select on desk_standing to linka_system;

-- Requests that are or were open, or are over and stand in the queue.
create function desk_requests() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into desk_change (request_id)
    select c.id from changed c
    where c.state in ('waiting', 'scheduled', 'in_progress') or exists (select from desk_standing s where s.request_id = c.id);
    return null;
end
$$;

create function desk_requests_otherwise() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into desk_change (request_id)
    select c.id from changed c join former f on f.id = c.id
    where c.state in ('waiting', 'scheduled', 'in_progress') or f.state in ('waiting', 'scheduled', 'in_progress')
       or exists (select from desk_standing s where s.request_id = c.id);
    return null;
end
$$;

-- Whatever the request is.
create function desk_by_request() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into desk_change (request_id) select distinct request_id from changed;
    return null;
end
$$;

-- Of what is over this decides nothing, and much is written of it at once when it is taken over.
create function desk_by_open_request() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into desk_change (request_id)
    select distinct c.request_id from changed c join service_request r on r.id = c.request_id
    where r.state in ('waiting', 'scheduled', 'in_progress');
    return null;
end
$$;

-- An agreed time also tells until when the work may go on that is under way with the same technician.
create function desk_by_appointment() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into desk_change (request_id)
    select c.request_id from changed c join service_request r on r.id = c.request_id
    where c.state <> 'held' and r.state in ('waiting', 'scheduled', 'in_progress')
    union
    select i.request_id from changed c
    join time_segment s on s.technician_id = c.technician_id and s.ended_at is null
    join intervention i on i.id = s.intervention_id
    where c.state <> 'held';
    return null;
end
$$;

create function desk_by_intervention() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into desk_change (request_id)
    select distinct i.request_id from changed c
    join intervention i on i.id = c.intervention_id
    join service_request r on r.id = i.request_id
    where r.state in ('waiting', 'scheduled', 'in_progress');
    return null;
end
$$;

create function desk_by_contest() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into desk_change (request_id)
    select distinct i.request_id from changed c join intervention i on i.id = c.intervention_id;
    return null;
end
$$;

create function desk_by_outage() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into desk_change (request_id)
    select r.id from changed c join service_request r on r.outage_id = c.id
    where r.state in ('waiting', 'scheduled', 'in_progress');
    return null;
end
$$;

-- Days and hours of the line, and terms of contracts: what is promised is counted by them.
create function desk_by_all() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from changed) then
        insert into desk_change (request_id) values (null);
    end if;
    return null;
end
$$;

create procedure note_for_desk(p_table regclass, p_function regproc, p_events text[] default array['insert', 'update', 'delete'])
    language plpgsql as $$
declare
    event text;
begin
    foreach event in array p_events loop
        execute format('create trigger %I after %s on %s referencing %s table as changed for each statement
                        execute function %s()',
                       'desk_' || event, event, p_table, case event when 'delete' then 'old' else 'new' end, p_function);
    end loop;
end
$$;
revoke execute on procedure note_for_desk from public;

call note_for_desk('service_request', 'desk_requests', array['insert', 'delete']);
create trigger desk_update after update on service_request referencing old table as former new table as changed
    for each statement execute function desk_requests_otherwise();
call note_for_desk('appointment', 'desk_by_appointment');
call note_for_desk('request_event', 'desk_by_open_request');
call note_for_desk('intervention', 'desk_by_open_request');
call note_for_desk('time_segment', 'desk_by_intervention');
call note_for_desk('ceiling_consent', 'desk_by_intervention');
call note_for_desk('contest', 'desk_by_contest');
call note_for_desk('conversation', 'desk_by_request');
call note_for_desk('desk_case', 'desk_by_request');
call note_for_desk('slot_offer', 'desk_by_request');
call note_for_desk('outage', 'desk_by_outage');
call note_for_desk('contract', 'desk_by_all');
call note_for_desk('contract_amendment', 'desk_by_all');
call note_for_desk('closure', 'desk_by_all');
call note_for_desk('line_setting', 'desk_by_all');
call note_for_desk('line_setting_change', 'desk_by_all');

grant create on schema public to linka_system;
alter function desk_requests owner to linka_system;
alter function desk_requests_otherwise owner to linka_system;
alter function desk_by_request owner to linka_system;
alter function desk_by_open_request owner to linka_system;
alter function desk_by_appointment owner to linka_system;
alter function desk_by_intervention owner to linka_system;
alter function desk_by_contest owner to linka_system;
alter function desk_by_outage owner to linka_system;
alter function desk_by_all owner to linka_system;
revoke create on schema public from linka_system;

-- All that is open already.
insert into desk_change (request_id) values (null);
