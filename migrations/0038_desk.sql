-- The desk: who has a request, until when it may rest, what its people write about it among themselves, and the times that a
-- dispatcher offers its customer.

-- One row for each request that somebody at the desk took or put off; none means that nobody did. A request rests only as long
-- as it waits for the same thing: in another lane it is seen at once.
create table desk_case (
    request_id     uuid primary key,
    customer_id    bigint not null,
    claimed_by     bigint references staff,
    claimed_at     timestamptz,
    snoozed_until  timestamptz,
    snoozed_lane   text,
    foreign key (request_id, customer_id) references service_request (id, customer_id),
    constraint claimed_at_some_time check (num_nulls(claimed_by, claimed_at) <> 1),
    constraint snoozed_in_a_lane check (num_nulls(snoozed_until, snoozed_lane) <> 1),
    constraint desk_case_snoozed_lane_check check (snoozed_lane in (
        'new', 'time_to_choose', 'offered', 'offer_lapsed', 'answer_came', 'follow_up', 'no_show', 'overdue', 'runs_over',
        'missed_by_us', 'consent_asked', 'objection', 'call_back'))
);
call build_tenant_wall('desk_case');

-- What staff write about a request for one another: append-only.
create table request_note (
    id           bigint generated always as identity primary key,
    customer_id  bigint not null,
    request_id   uuid not null,
    staff_id     bigint not null references staff,
    at           timestamptz not null,
    note         text not null check (note <> ''),
    key          uuid not null unique,
    foreign key (request_id, customer_id) references service_request (id, customer_id),
    constraint note_is_kept check (is_kept_text(note))
);
create index request_note_request on request_note (request_id, at, id);
call build_tenant_wall('request_note');
create trigger append_only before update or delete or truncate on request_note
    execute function refuse_change();

-- The desk tries to reach people before any time is agreed, too.
alter table contact_attempt alter column appointment_id drop not null;
create index contact_attempt_request on contact_attempt (request_id, at);

-- Times of which a customer is asked to pick one. Nothing is held: whoever picks first has it, by the same function as always.
create table slot_offer (
    id           uuid primary key, -- the idempotency key of the form
    customer_id  bigint not null,
    request_id   uuid not null,
    staff_id     bigint not null references staff,
    offered_at   timestamptz not null,
    expires_at   timestamptz not null check (expires_at > offered_at),
    starts       timestamptz[] not null check (cardinality(starts) between 1 and 5),
    -- Until another offer takes its place, or the request waits no more.
    is_open      boolean not null default true,
    foreign key (request_id, customer_id) references service_request (id, customer_id)
);
create unique index one_open_offer_of_a_request on slot_offer (request_id) where is_open;
call build_tenant_wall('slot_offer');

-- An offer is answered, or beside the point, as soon as its request waits no more: however that came about.
create function close_offer() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update slot_offer set is_open = false where request_id = new.id and is_open;
    return null;
end
$$;
create trigger close_offer after update of state on service_request
    for each row when (old.state = 'waiting' and new.state <> 'waiting') execute function close_offer();

-- A request that goes on from another one.
alter table service_request
    add column follows uuid,
    add constraint follows_one_of_the_customer foreign key (follows, customer_id) references service_request (id, customer_id);
create index service_request_follows on service_request (follows) where follows is not null;

alter table request_event
    drop constraint request_event_kind_check,
    add constraint request_event_kind_check check (kind in (
        'ordered', 'confirmed', 'waiting', 'moved', 'cancelled', 'reclassified', 'started', 'suspended', 'closed',
        'no_show', 'missed_by_us', 'started_late', 'consent_asked', 'consent_given', 'consent_refused', 'contested',
        'contest_decided', 'offered', 'reassigned', 'declined', 'continued'));

-- What the queue reads: everything that is open, whoever's it is.
create index service_request_desk on service_request (state) where state in ('waiting', 'scheduled', 'in_progress');
create index mail_of_thing on mail (about);

grant select, insert, update on desk_case to linka_staff;
grant select, insert on request_note to linka_staff;
grant select on slot_offer to linka_member;
grant select, insert, update on slot_offer to linka_staff;
grant select, update on slot_offer to linka_system;
grant create on schema public to linka_system;
alter function close_offer owner to linka_system;
revoke create on schema public from linka_system;

-- Whether a person's number, which may be written in any way, is the one that calls (+ and digits). Of a Czech number the last
-- nine digits tell.
create function is_same_phone(p_written text, p_calling text) returns boolean
    language sql immutable parallel safe
    return p_calling is not null
        and right(regexp_replace(p_written, '[^0-9]', '', 'g'), 9) = right(p_calling, 9) and length(p_written) >= 9;

-- What was prepared goes along when the desk moves a time, too: in the transaction that acts for its customer.
grant execute on function keep_preparation to linka_staff;
