-- Whoever has an agreed time and would rather have an earlier one says so (design, Earlier times): a time that becomes free is held for
-- one of them after the other, until somebody takes it. The agreed time stays until then.
create table earlier_wish (
    request_id   uuid primary key,
    customer_id  bigint not null,
    asked_at     timestamptz not null,
    until_at     timestamptz not null,
    foreign key (request_id, customer_id) references service_request (id, customer_id)
);
create index earlier_wish_of_customer on earlier_wish (customer_id);
call build_tenant_wall('earlier_wish');

-- A time that is held for a request, or was: each is asked once for a time.
create table earlier_offer (
    id             bigint generated always as identity primary key,
    customer_id    bigint not null,
    request_id     uuid not null,
    technician_id  bigint not null references staff,
    during         tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
    offered_at     timestamptz not null,
    expires_at     timestamptz not null check (expires_at > offered_at),
    state          text not null default 'open'
                   constraint earlier_offer_state_check check (state in ('open', 'taken', 'declined', 'expired', 'overtaken')),
    foreign key (request_id, customer_id) references service_request (id, customer_id),
    constraint asked_once_for_a_time unique (request_id, during),
    -- What is held for one is offered to nobody else; the hold itself is an appointment, which no_double_booking guards.
    constraint one_open_offer_for_a_time exclude using gist (technician_id with =, during with &&) where (state = 'open')
);
create unique index one_open_offer_for_a_request on earlier_offer (request_id) where state = 'open';
create index earlier_offer_of_customer on earlier_offer (customer_id);
create index earlier_offer_of_technician on earlier_offer (technician_id);
call build_tenant_wall('earlier_offer');

grant select, insert, delete on earlier_wish to linka_member;
grant update (until_at) on earlier_wish to linka_member;
grant select on earlier_offer to linka_member;
grant update (state) on earlier_offer to linka_member;
grant select on earlier_wish to linka_staff;
grant select, insert on earlier_offer to linka_staff;
grant select, delete on earlier_wish to linka_system;
grant select on earlier_offer to linka_system;
grant update (state) on earlier_offer to linka_system;

call tell_live('earlier_wish', 'live_by_request');
call tell_live('earlier_offer', 'live_by_request');

insert into mail_kind (mail, kind, always) values ('earlier_offered', 'asked', true);
