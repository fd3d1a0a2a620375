-- What the customer says shortly before the agreed time (design, Readiness): by a link that is mailed for it and good for nothing else.
-- Its secret follows from its identity and the key of the installation (`auth::tokens`): none is kept.
create table readiness_link (
    id              uuid primary key,
    customer_id     bigint not null,
    request_id      uuid not null,
    -- Of which agreed time it was mailed: of each once. What it is about is the time that the request has now.
    appointment_id  bigint not null references appointment constraint asked_once_of_a_time unique,
    member_id       bigint not null,
    expires_at      timestamptz not null,
    foreign key (request_id, customer_id) references service_request (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id)
);
create index readiness_link_member on readiness_link (member_id);
create index readiness_link_request on readiness_link (request_id);
call build_tenant_wall('readiness_link');

create table readiness (
    appointment_id  bigint primary key references appointment,
    customer_id     bigint not null,
    request_id      uuid not null,
    member_id       bigint not null,
    answer          text not null constraint readiness_answer_check check (answer in ('ready', 'call_me')),
    at              timestamptz not null,
    foreign key (request_id, customer_id) references service_request (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id)
);
create index readiness_member on readiness (member_id);
call build_tenant_wall('readiness');
-- The technician's day shows it as well.
create function live_readiness() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform write_live(array(select distinct request_id from changed),
                       array(select distinct a.technician_id from changed c join appointment a on a.id = c.appointment_id),
                       array['desk']);
    return null;
end
$$;
grant create on schema public to linka_system;
alter function live_readiness owner to linka_system;
revoke create on schema public from linka_system;
call tell_live('readiness', 'live_readiness');

insert into erased_row values ('readiness_link'), ('readiness');
grant select, delete on readiness_link, readiness to linka_eraser;
grant select, insert, update on readiness_link to linka_system;
grant select, insert, update on readiness to linka_system;
grant select on readiness to linka_staff, linka_member;

-- Who wishes for no reminders is spared this one, too.
insert into mail_kind (mail, kind, always) values ('soon', 'reminder', false);
