-- Notifications in the browsers of the vendor's people (Web Push, RFC 8030), the second channel beside mail (design, Who of us is
-- told); and two more things of which they may be told: objections, which used to be trouble like any other, and what customers
-- change at agreed times.

alter table staff_wish
    drop constraint known_kinds,
    add column push_kinds text[] not null default '{}';
-- Whoever wished for trouble goes on to hear of objections, and a browser that is added tells what mails tell.
update staff_wish set kinds = kinds || 'objection'::text where 'trouble' = any (kinds);
update staff_wish set push_kinds = kinds;
alter table staff_wish
    add constraint known_kinds check (kinds <@ array['urgent', 'waits', 'trouble', 'objection', 'changes', 'plan']),
    add constraint known_push_kinds check (push_kinds <@ array['urgent', 'waits', 'trouble', 'objection', 'changes', 'plan']);
grant insert on staff_wish to linka_system;

-- The key by which push services know this installation (VAPID, RFC 8292). Browsers subscribe to it, so another one would silence
-- all of them: it is made once, at the first need, is of the database as installation_key is, and is never changed.
create table push_key (
    only_one     boolean primary key default true constraint push_key_is_one check (only_one),
    private_key  bytea not null check (octet_length(private_key) = 32),
    public_key   bytea not null check (octet_length(public_key) = 65), -- uncompressed, as browsers want it
    made_at      timestamptz not null
);
create trigger append_only before update or delete or truncate on push_key
    for each statement execute function refuse_change();
grant select, insert on push_key to linka_system;

-- A browser in which somebody of the vendor is notified. Its endpoint is one person's: who turns it on in a browser that was a
-- colleague's takes it over.
create table push_device (
    id          bigint generated always as identity primary key,
    staff_id    bigint not null references staff,
    name        text not null check (is_kept_text(name) and char_length(name) <= 200),
    endpoint    text not null constraint endpoint_is_one_devices unique check (char_length(endpoint) between 1 and 1000),
    p256dh      bytea not null check (octet_length(p256dh) = 65),
    auth        bytea not null check (octet_length(auth) = 16),
    -- The session in which it was turned on: signing out of that turns it off. Sessions are forgotten, so nothing refers to one.
    session_id  uuid not null,
    added_at    timestamptz not null
);
create index push_device_of_staff on push_device (staff_id);
grant select, insert, update, delete on push_device to linka_system;
-- The address and the keys are all that is needed to write to somebody's screen.
call keep_audit('push_device', 'endpoint p256dh auth');

-- A notification for one device. What it says are facts; it is put into words when it is sent.
create table push_message (
    id          bigint generated always as identity primary key,
    device_id   bigint not null references push_device on delete cascade,
    key         text not null,
    topic       text not null check (topic ~ '^[A-Za-z0-9_-]{1,32}$'), -- RFC 8030, 5.4: the next of a topic takes its place
    content     jsonb not null,
    written_at  timestamptz not null,
    good_until  timestamptz not null,
    state       text not null default 'queued' check (state in ('queued', 'held', 'sent', 'withdrawn', 'failed')),
    attempts    integer not null default 0 check (attempts >= 0),
    last_error  text not null default '',
    constraint told_once_per_device unique (device_id, key)
);
create index push_message_open on push_message (device_id, topic) where state in ('queued', 'held');
create index push_message_written on push_message (written_at);
grant select, insert, update, delete on push_message to linka_system;

-- The one door to the queue's schema. What is for one device leaves in its order, so that what is newer comes later.
create function add_push_job(p_message bigint, p_device bigint) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform graphile_worker.add_job('send_push', json_build_object('message', p_message),
                                    queue_name => 'pushes to ' || p_device, max_attempts => 12, job_key => 'push:' || p_message);
end
$$;

-- To every device of somebody who works here; what waits of the same topic is overtaken.
create function write_push(p_staff bigint, p_content jsonb, p_topic text, p_until timestamptz, p_now timestamptz, p_key text)
    returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_new  record;
begin
    for v_new in
        insert into push_message (device_id, key, topic, content, written_at, good_until)
        select d.id, p_key, p_topic, p_content, p_now, p_until
        from push_device d join staff s on s.id = d.staff_id and s.active
        where d.staff_id = p_staff
        on conflict on constraint told_once_per_device do nothing
        returning id, device_id
    loop
        update push_message set state = 'withdrawn', last_error = 'overtaken'
            where device_id = v_new.device_id and topic = p_topic and state in ('queued', 'held') and id < v_new.id;
        perform add_push_job(v_new.id, v_new.device_id);
    end loop;
end
$$;

-- To somebody of the vendor about their own work, by the ways of their choice: mail, devices, or both. What has to be acted on
-- comes by mail to whoever has no device that tells it, whatever was chosen.
create function tell_staff(p_staff bigint, p_mail jsonb, p_push jsonb, p_topic text, p_until timestamptz, p_now timestamptz,
                           p_key text)
    returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_is_pushed  boolean := p_push is not null and exists (
        select from staff_wish w join push_device d on d.staff_id = w.staff_id
        where w.staff_id = p_staff and 'plan' = any (w.push_kinds));
begin
    if v_is_pushed then
        perform write_push(p_staff, p_push, p_topic, p_until, p_now, p_key);
    end if;
    if not v_is_pushed or exists (select from staff_wish where staff_id = p_staff and 'plan' = any (kinds)) then
        perform write_mail_to_staff(p_staff, p_mail, p_now, p_key);
    end if;
end
$$;

-- The door for what members do, as it was for mails: to a technician about a request at whose appointments that person works or
-- worked.
drop function write_mail_to_technician;
create function tell_technician(p_staff bigint, p_request uuid, p_mail jsonb, p_push jsonb, p_topic text, p_until timestamptz,
                                p_now timestamptz, p_key text)
    returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_customer  bigint;
begin
    select customer_id into v_customer from appointment
        where request_id = p_request and technician_id = p_staff limit 1;
    if not found then
        raise insufficient_privilege using message = 'word to somebody who does not work on it';
    end if;
    perform refuse_foreign_customer(v_customer);
    perform tell_staff(p_staff, p_mail, p_push, p_topic, p_until, p_now, p_key);
end
$$;

-- As before; and whoever is signed out for good is notified no more.
create or replace function forget_sign_ins() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    logins bigint[] := array(
        select l.id from login l
        where case tg_table_name
                  when 'login' then l.id = new.id
                  when 'staff' then l.staff_id = new.id
                  when 'member' then l.member_id = new.id
                  else l.member_id in (select m.id from member m where m.customer_id = new.id)
              end);
begin
    delete from session where login_id = any (logins);
    delete from password_link where login_id = any (logins);
    delete from push_device where staff_id in (select l.staff_id from login l where l.id = any (logins));
    return null;
end $$;

grant create on schema public to linka_system;
alter function write_push owner to linka_system;
alter function tell_staff owner to linka_system;
alter function tell_technician owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function add_push_job, write_push, tell_staff, tell_technician from public;
grant execute on function add_push_job, write_push to linka_system;
grant execute on function tell_staff to linka_staff, linka_system;
grant execute on function tell_technician to linka_member, linka_staff, linka_system;
