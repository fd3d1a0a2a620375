-- What open pages are told of (design, Live pages): that something of theirs has changed, and nothing of what. The page then
-- asks for itself, with the rights of whoever looks at it.
--
-- A row is written by triggers, once for each transaction and topic. It is known by the number of its transaction, so no two
-- transactions ever write the same key: nothing here waits for anybody, and nothing can deadlock. Numbers are given when a
-- transaction first writes and become visible when it ends, in any order. So whoever reads remembers as its position the oldest
-- transaction that was still running in the same snapshot: all below it has ended and was seen, and what is read from there on
-- again may repeat itself, but never lacks anything.
--
-- No trigger notifies. PostgreSQL lets transactions that notify end one at a time, in the whole cluster, each behind the writing
-- of its log to the disk: bookings would queue for a hint. The process that has written notifies the others afterwards, by a
-- transaction of its own, and every process looks by itself every other second.
create table live_event (
    xact   bigint not null default pg_current_xact_id()::text::bigint,
    topic  text not null check (topic <> ''),
    primary key (xact, topic)
);
grant select, insert, delete on live_event to linka_system;

-- * p_requests, p_technicians – what has changed, each once
-- * p_wide – lists of many things that show it
-- What changes more at once than anybody has open (a table that is taken over) is told to every page instead.
create function write_live(p_requests uuid[], p_technicians bigint[], p_wide text[]) returns void
    language sql volatile set search_path = public, pg_temp as $$
    insert into live_event (topic)
    select 'everything' where cardinality(p_requests) + cardinality(p_technicians) > 100
    union all
    select 'request ' || request from unnest(p_requests) request
    where cardinality(p_requests) + cardinality(p_technicians) <= 100
    union all
    select 'technician ' || technician from unnest(p_technicians) technician
    where cardinality(p_requests) + cardinality(p_technicians) <= 100
    union all
    select wide from unnest(p_wide) wide
    where cardinality(p_requests) + cardinality(p_technicians) between 1 and 100
    on conflict do nothing
$$;
revoke execute on function write_live from public;
grant execute on function write_live to linka_system;

-- Once for each statement, with all rows that it has written or deleted.
create function live_requests() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    -- Nobody but its author sees a draft.
    perform write_live(array(select id from changed), '{}',
        case when exists (select from changed where state <> 'draft') then array['desk'] else '{}' end);
    return null;
end
$$;

create function live_by_request() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform write_live(array(select distinct request_id from changed), '{}', array['desk']);
    return null;
end
$$;

create function live_appointments() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform write_live(array(select distinct request_id from changed), array(select distinct technician_id from changed),
                       array['desk', 'plan']);
    return null;
end
$$;

create function live_by_intervention() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform write_live(array(select distinct i.request_id from changed c join intervention i on i.id = c.intervention_id), '{}',
                       array['desk']);
    return null;
end
$$;

create function live_segments() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform write_live(array(select distinct i.request_id from changed c join intervention i on i.id = c.intervention_id),
                       array(select distinct technician_id from changed), array['desk']);
    return null;
end
$$;

-- When technicians work, and when the line is closed.
create function live_plans() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from changed) then
        insert into live_event (topic) values ('desk'), ('plan') on conflict do nothing;
    end if;
    return null;
end
$$;

-- A session that ends before its time ends the streams that were opened with it.
create function live_sessions() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into live_event (topic) values ('session ' || old.id) on conflict do nothing;
    return null;
end
$$;

create procedure tell_live(p_table regclass, p_function regproc)
    language plpgsql as $$
declare
    event text;
begin
    foreach event in array array['insert', 'update', 'delete'] loop
        execute format('create trigger %I after %s on %s referencing %s table as changed for each statement
                        execute function %s()',
                       'live_' || event, event, p_table, case event when 'delete' then 'old' else 'new' end, p_function);
    end loop;
end
$$;
revoke execute on procedure tell_live from public;

call tell_live('service_request', 'live_requests');
call tell_live('appointment', 'live_appointments');
call tell_live('intervention', 'live_by_request');
call tell_live('request_event', 'live_by_request');
call tell_live('request_note', 'live_by_request');
call tell_live('contact_attempt', 'live_by_request');
call tell_live('desk_case', 'live_by_request');
call tell_live('slot_offer', 'live_by_request');
call tell_live('time_segment', 'live_segments');
call tell_live('ceiling_consent', 'live_by_intervention');
call tell_live('receipt', 'live_by_intervention');
call tell_live('contest', 'live_by_intervention');
call tell_live('working_plan', 'live_plans');
call tell_live('plan_exception', 'live_plans');
call tell_live('closure', 'live_plans');

create trigger live_ended after update of idle_expires_at on session
    for each row when (new.idle_expires_at < old.idle_expires_at) execute function live_sessions();
create trigger live_gone after delete on session for each row execute function live_sessions();

grant create on schema public to linka_system;
alter function live_requests owner to linka_system;
alter function live_by_request owner to linka_system;
alter function live_appointments owner to linka_system;
alter function live_by_intervention owner to linka_system;
alter function live_segments owner to linka_system;
alter function live_plans owner to linka_system;
alter function live_sessions owner to linka_system;
revoke create on schema public from linka_system;
