-- A session of TeamViewer for an agreed time (design, Evidence): by its address the customer lets the technician in. One for a request at
-- a time, for a day: where the time moves within its day the session goes with it, and where it moves to another, another is needed.
-- The row is written before TeamViewer is asked, so that whoever asks again looks first for what was made already.
create table remote_session (
    request_id   uuid primary key,
    customer_id  bigint not null,
    day          date not null,
    wanted_at    timestamptz not null,
    -- When TeamViewer was last asked for it.
    asked_at     timestamptz,
    link         text,
    code         text not null default '',
    -- Who of ours has put it there; nobody where TeamViewer was asked.
    given_by     bigint references staff,
    foreign key (request_id, customer_id) references service_request (id, customer_id),
    constraint session_link_is_teamviewers
        check (link ~ '^https://([a-z0-9-]+[.])*teamviewer[.]com/[!-~]*$' and length(link) <= 300),
    constraint session_code_is_one check (code = '' or code ~ '^s[0-9]{8,12}$'),
    constraint given_with_its_link check (given_by is null or link is not null)
);
create index remote_session_customer on remote_session (customer_id);
create index remote_session_code on remote_session (code) where code <> '';
create index remote_session_given_by on remote_session (given_by) where given_by is not null;
call build_tenant_wall('remote_session');
call tell_live('remote_session', 'live_by_request');

grant select on remote_session to linka_member;
grant select, insert, update, delete on remote_session to linka_staff;
grant select, insert, update on remote_session to linka_system;

-- The address by which a customer lets the technician in: while a time of its day is agreed and not over.
create function session_link(p_request uuid, p_now timestamptz) returns text
    language sql stable set search_path = public, pg_temp as $$
    select s.link from remote_session s
    join appointment a on a.request_id = s.request_id and a.state in ('confirmed', 'running')
    where s.request_id = p_request and p_now < upper(a.during)
      and (lower(a.during) at time zone 'Europe/Prague')::date = s.day
    limit 1
$$;
revoke execute on function session_link from public;
grant execute on function session_link to linka_member, linka_staff, linka_system;

insert into payment_task values ('make_session', false);
