-- Mails about a request can be answered by an address that is sealed with the installation's key; nothing of it is kept. What is kept
-- is which of them are no longer taken.
create table revoked_reply (
    customer_id  bigint not null,
    request_id   uuid not null,
    member_id    bigint not null,
    staff_id     bigint not null references staff,
    at           timestamptz not null,
    primary key (request_id, member_id),
    foreign key (request_id, customer_id) references service_request (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id)
);
create index revoked_reply_member on revoked_reply (member_id, customer_id);
call build_tenant_wall('revoked_reply');
grant select on revoked_reply to linka_system;
grant select, insert on revoked_reply to linka_staff;
insert into erased_row values ('revoked_reply');
grant select, delete on revoked_reply to linka_eraser;
