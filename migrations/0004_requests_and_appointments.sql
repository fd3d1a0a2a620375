-- Service requests, their appointments and what happened to them.

create table service_request (
    -- Chosen by the first form of an order when it is rendered: it is the idempotency key of everything that follows.
    id                  uuid primary key,
    customer_id         bigint not null references customer,
    member_id           bigint not null,
    number              text unique check (number ~ '^[0-9]{4}-[0-9]{6}$'),
    state               text not null default 'draft'
                        check (state in ('draft', 'waiting', 'scheduled', 'in_progress', 'closed', 'cancelled')),
    source              text not null default 'portal' check (source in ('portal', 'program', 'email', 'phone')),
    program_id          bigint not null references program,
    work_type_id        bigint references work_type,
    -- What the catalogue said when the urgency was chosen; kept by the trigger below, never by the application.
    plannable           boolean,
    urgency             text check (urgency in ('urgent', 'normal')),
    what_stopped        text,
    stopped_since       text,
    what_happened       text check (length(what_happened) <= 4000),
    contact_name        text,
    contact_phone       text,
    ready               boolean not null default false,
    ceiling_minutes     integer check (ceiling_minutes > 0),
    estimate            jsonb,
    moves               integer not null default 0 check (moves >= 0),
    -- Of the calendar event (RFC 5545): rises with each change.
    sequence            integer not null default 0 check (sequence >= 0),
    created_at          timestamptz not null,
    submitted_at        timestamptz,
    unique (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id),
    constraint plannable_is_never_urgent check (not (urgency = 'urgent' and plannable)),
    constraint urgent_says_what_stopped check (urgency is distinct from 'urgent'
        or (coalesce(what_stopped, '') <> '' and coalesce(stopped_since, '') <> '')),
    constraint submitted_is_complete check (state in ('draft', 'cancelled')
        or num_nulls(number, work_type_id, urgency, what_happened, contact_name, contact_phone, submitted_at) = 0)
);
create index service_request_list on service_request (customer_id, number desc);
create index service_request_open on service_request (customer_id) where state in ('waiting', 'scheduled', 'in_progress');
create index service_request_draft on service_request (member_id, created_at desc) where state = 'draft';
call build_tenant_wall('service_request');

create function snapshot_plannable() returns trigger
    language plpgsql as $$
begin
    new.plannable := (select plannable from work_type where id = new.work_type_id);
    return new;
end
$$;
create trigger snapshot_plannable before insert or update of work_type_id, urgency on service_request
    for each row execute function snapshot_plannable();

-- One sequence a year: numbers start anew, and taking one locks nobody out.
do $$
begin
    for year in 2025..2099 loop
        execute format('create sequence request_number_%s maxvalue 999999', year);
        execute format('grant usage on sequence request_number_%s to linka_member, linka_staff', year);
    end loop;
end
$$;

create function next_request_number(year integer) returns text
    language sql volatile
    return year || '-' || lpad(nextval(format('request_number_%s', year)::regclass)::text, 6, '0');

create table appointment (
    id               bigint generated always as identity primary key,
    customer_id      bigint not null,
    request_id       uuid not null,
    technician_id    bigint not null references staff,
    during           tstzrange not null
                     check (not isempty(during) and not lower_inf(during) and not upper_inf(during)
                            and lower_inc(during) and not upper_inc(during)),
    urgency          text not null check (urgency in ('urgent', 'normal')),
    state            text not null
                     check (state in ('held', 'confirmed', 'running', 'done', 'cancelled', 'no_show')),
    hold_expires_at  timestamptz,
    foreign key (request_id, customer_id) references service_request (id, customer_id),
    constraint held_until_its_expiry check ((state = 'held') = (hold_expires_at is not null)),
    -- The rule that must never break: one technician, one appointment at a time.
    constraint no_double_booking exclude using gist (technician_id with =, during with &&)
        where (state in ('held', 'confirmed', 'running'))
);
create index appointment_during on appointment using gist (during)
    where (state in ('held', 'confirmed', 'running'));
create index appointment_request on appointment (request_id);
create index appointment_expiry on appointment (hold_expires_at) where state = 'held';
create unique index one_agreed_time_per_request on appointment (request_id)
    where (state in ('confirmed', 'running'));
call build_tenant_wall('appointment');

-- What happened to a request, for the people concerned: append-only.
create table request_event (
    id           bigint generated always as identity primary key,
    customer_id  bigint not null,
    request_id   uuid not null,
    at           timestamptz not null,
    kind         text not null check (kind in ('ordered', 'confirmed', 'waiting', 'moved', 'cancelled', 'reclassified')),
    member_id    bigint,
    staff_id     bigint references staff,
    starts_at    timestamptz,
    ends_at      timestamptz,
    note         text not null default '',
    -- The idempotency key of the form that caused it: repeating that form finds this row instead of acting again.
    key          uuid,
    foreign key (request_id, customer_id) references service_request (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id),
    check (num_nonnulls(member_id, staff_id) <= 1),
    unique (customer_id, key)
);
create index request_event_request on request_event (request_id, at, id);
call build_tenant_wall('request_event');

grant select, insert, update on service_request to linka_member, linka_staff;
grant select, insert, update, delete on appointment to linka_member, linka_staff, linka_system;
grant select on service_request to linka_system;
grant select, insert on request_event to linka_member, linka_staff;
revoke execute on function next_request_number from public;
grant execute on function next_request_number to linka_member, linka_staff;
