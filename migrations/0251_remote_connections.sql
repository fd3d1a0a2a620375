-- What TeamViewer says of connections (design, Evidence): evidence beside the clock, which changes no minute by itself. Each connection is
-- kept once and as it was told, whoever brings it and however often; whose it is, is looked for anew as long as it is nobody's.
create table remote_connection (
    id              bigint generated always as identity primary key,
    -- TeamViewer's own number of it, which a table may lack.
    report_id       text constraint connection_of_a_report_once unique check (length(report_id) between 1 and 100),
    user_key        text not null check (is_kept_text(user_key) and length(user_key) <= 200),
    user_name       text not null check (is_kept_text(user_name) and length(user_name) <= 200),
    device_key      text not null check (is_kept_text(device_key) and length(device_key) <= 100),
    device_name     text not null check (is_kept_text(device_name) and length(device_name) <= 200),
    group_name      text not null check (is_kept_text(group_name) and length(group_name) <= 200),
    session_code    text not null check (session_code = '' or session_code ~ '^s[0-9]{8,12}$'),
    notes           text not null check (is_kept_text(notes) and length(notes) <= 2000),
    started_at      timestamptz not null,
    ended_at        timestamptz not null,
    taken_at        timestamptz not null,
    -- Whose it is, as far as anybody knows.
    technician_id   bigint references staff,
    customer_id     bigint references customer,
    appointment_id  bigint references appointment,
    constraint connection_ends_after_it_begins check (started_at <= ended_at),
    constraint connection_is_of_a_visit_whole check (appointment_id is null or num_nulls(technician_id, customer_id) = 0)
);
-- The same connection out of a table and out of the interface.
create unique index same_connection_once on remote_connection
    (started_at, ended_at, device_key, session_code, lower(user_name), (case when user_name = '' then user_key else '' end));
create index remote_connection_appointment on remote_connection (appointment_id) where appointment_id is not null;
create index remote_connection_customer on remote_connection (customer_id) where customer_id is not null;
create index remote_connection_technician on remote_connection (technician_id) where technician_id is not null;
create index remote_connection_list on remote_connection (started_at desc, id desc);
create index remote_connection_nobodys on remote_connection (started_at desc, id desc) where appointment_id is null;
call build_tenant_wall('remote_connection');
-- What the clock measured at a visit, for whoever lays connections beside it.
create index time_segment_appointment on time_segment (appointment_id) where appointment_id is not null;

create function live_connection() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform write_live(array(select distinct a.request_id from changed c join appointment a on a.id = c.appointment_id), '{}', '{}');
    return null;
end
$$;
grant create on schema public to linka_system;
alter function live_connection owner to linka_system;
revoke create on schema public from linka_system;
call tell_live('remote_connection', 'live_connection');

grant select, insert on remote_connection to linka_staff, linka_system;
grant update (technician_id, customer_id, appointment_id) on remote_connection to linka_system;
grant delete on remote_connection to linka_system;

insert into erased_text values ('remote_connection', 'device_name'), ('remote_connection', 'group_name'), ('remote_connection', 'notes');
grant select on remote_connection to linka_eraser;
grant update (device_name, group_name, notes) on remote_connection to linka_eraser;

-- Tables of connections that were brought, with the lines that could not be read.
create table connection_import (
    id         bigint generated always as identity primary key,
    at         timestamptz not null,
    staff_id   bigint not null references staff,
    file_name  text not null check (is_kept_text(file_name) and length(file_name) between 1 and 100),
    taken      integer not null check (taken >= 0),
    known      integer not null check (known >= 0),
    wrong      integer not null check (wrong >= 0),
    -- The first of them: line, column and why.
    problems   jsonb not null
);
create index connection_import_staff on connection_import (staff_id);
grant select, insert on connection_import to linka_staff;
grant delete on connection_import to linka_system;
grant select on connection_import to linka_system;

-- How TeamViewer names a technician, by number or by name.
create table teamviewer_user (
    staff_id  bigint primary key references staff,
    name      text not null check (is_kept_text(name) and length(name) between 1 and 200)
);
create unique index one_technician_of_a_name on teamviewer_user (lower(name));
grant select, insert, update, delete on teamviewer_user to linka_staff;
grant select on teamviewer_user to linka_system;
call keep_audit('teamviewer_user');

-- For how many days connections are kept.
create table teamviewer_setting (
    only_row   boolean primary key default true check (only_row),
    kept_days  integer not null default 400 check (kept_days between 30 and 3650)
);
insert into teamviewer_setting default values;
grant select on teamviewer_setting to linka_staff, linka_system;
grant update (kept_days) on teamviewer_setting to linka_staff;
call keep_audit('teamviewer_setting');

-- How asking TeamViewer's interface goes: when it was asked, up to when all is known, and since when it fails.
create table teamviewer_fetch (
    only_row       boolean primary key default true check (only_row),
    asked_at       timestamptz,
    known_until    timestamptz,
    failing_since  timestamptz,
    failure        text constraint teamviewer_fetch_failure_check check (failure in ('refused', 'busy', 'unreachable', 'unreadable')),
    constraint fails_with_a_reason check ((failing_since is null) = (failure is null))
);
insert into teamviewer_fetch default values;
grant select on teamviewer_fetch to linka_staff;
grant select, update on teamviewer_fetch to linka_system;

insert into payment_task values ('fetch_connections', false);

-- Finds whose connections are that are nobody's yet, or were of a time that was called off, of those that began since an instant. A
-- technician is known by the name that TeamViewer has for them; the visit by its session, or by a computer of its customer, and by the
-- time: connections that touch the agreed time or what the clock measured, or miss it by half an hour at most. Of several visits it is
-- that of the longest common time.
create function place_connections(p_since timestamptz) returns void
    language sql set search_path = public, pg_temp as $$
    with loose as (
        select c.id, c.started_at, c.ended_at, c.device_key, c.session_code, u.staff_id
        from remote_connection c
        left join teamviewer_user u on lower(u.name) in (lower(c.user_key), lower(c.user_name))
        left join appointment a on a.id = c.appointment_id
        where (a.id is null or a.state = 'cancelled') and c.started_at >= p_since
    ),
    visit as (
        select l.id, a.id as appointment_id, a.customer_id,
               row_number() over (partition by l.id order by
                   max(least(p.until, l.ended_at) - greatest(p.since, l.started_at)) desc, a.id) as place
        from loose l
        -- Nobody works for a time that is further off.
        join appointment a on a.technician_id = l.staff_id and a.state <> 'held'
             and a.during && tstzrange(l.started_at - interval '8 days', l.ended_at + interval '8 days')
        cross join lateral (
            select lower(a.during) as since, upper(a.during) as until where a.state <> 'cancelled'
            union all
            select s.started_at, coalesce(s.ended_at, s.started_at) from time_segment s where s.appointment_id = a.id) p
        where p.since - interval '30 minutes' <= l.ended_at and l.started_at <= p.until + interval '30 minutes'
          and (exists (select from computer k where k.customer_id = a.customer_id and k.teamviewer_id = l.device_key)
               or l.session_code <> '' and exists (
                   select from remote_session r where r.request_id = a.request_id and r.code = l.session_code))
        group by l.id, a.id, a.customer_id
    ),
    owner as (
        -- Whose computer it is, where it is one customer's.
        select l.id, min(k.customer_id) as customer_id
        from loose l join computer k on k.teamviewer_id = l.device_key
        group by l.id having count(distinct k.customer_id) = 1
    )
    update remote_connection c
    set technician_id = l.staff_id,
        customer_id = coalesce(v.customer_id, o.customer_id, c.customer_id),
        appointment_id = v.appointment_id
    from loose l
    left join visit v on v.id = l.id and v.place = 1
    left join owner o on o.id = l.id
    where c.id = l.id
      and (l.staff_id, coalesce(v.customer_id, o.customer_id, c.customer_id), v.appointment_id)
          is distinct from (c.technician_id, c.customer_id, c.appointment_id)
$$;
revoke execute on function place_connections from public;
grant execute on function place_connections to linka_system;
grant select on computer, appointment, time_segment, remote_session to linka_system;
