-- What a technician's day reads, whatever lies behind it, and what else open pages of the desk are told of.

-- A day and its week are read by what they touch: appointments of years before cost nothing.
create index appointment_of_technician on appointment using gist (technician_id, during)
    where state not in ('held', 'cancelled');

-- What only the desk sees (`migrations/0080`).
create function live_at_desk() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from changed) then
        insert into live_event (topic) values ('desk') on conflict do nothing;
    end if;
    return null;
end
$$;

-- What customers read of an outage stands on the pages of its requests, too.
create function live_outages() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform write_live(array(select r.id from changed c join service_request r on r.outage_id = c.id), '{}', '{}');
    if exists (select from changed) then
        insert into live_event (topic) values ('desk') on conflict do nothing;
    end if;
    return null;
end
$$;

-- Whether a mail about a request has left.
create function live_mails() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform write_live(array(select distinct r.id from changed c join service_request r on r.number = c.about), '{}', '{}');
    return null;
end
$$;

call tell_live('outage', 'live_outages');
call tell_live('outage_message', 'live_at_desk');
call tell_live('contest_remark', 'live_at_desk');
-- Not of those that are thrown away for their age: nobody looks at them.
create trigger live_insert after insert on mail referencing new table as changed for each statement execute function live_mails();
create trigger live_update after update on mail referencing new table as changed for each statement execute function live_mails();

grant create on schema public to linka_system;
alter function live_at_desk owner to linka_system;
alter function live_outages owner to linka_system;
alter function live_mails owner to linka_system;
revoke create on schema public from linka_system;
