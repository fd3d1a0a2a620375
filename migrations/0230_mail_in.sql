-- Mails that come to the line. Each is kept as it came before anything else is done, and ends in one state: nothing is dropped.
create table inbound_mail (
    id            bigint generated always as identity primary key,
    -- Of what is made of it: whoever accounts for it twice makes the same request, or the same message.
    key           uuid not null unique default gen_random_uuid(),
    came_at       timestamptz not null,
    -- The same bytes are the same mail, however often they are handed over.
    sha256        bytea not null constraint same_mail_once unique check (length(sha256) = 32),
    copies        integer not null default 1 check (copies > 0),
    bytes         bigint not null check (bytes >= 0),
    -- As it came; only its head where it was too large; nothing once it has been settled for long.
    content       bytea,
    is_whole      boolean not null,
    state         text not null default 'received' constraint inbound_mail_state_check check (state in (
        'waiting', 'received', 'request', 'reply', 'bounce', 'auto_reply', 'loop', 'duplicate', 'unreadable', 'dismissed')),
    reason        text constraint inbound_mail_reason_check check (reason in (
        'unknown_sender', 'several_people', 'foreign_request', 'revoked_address', 'cannot_order', 'unknown_bounce', 'voice',
        'too_many', 'too_large', 'empty', 'trouble')),
    settled_at    timestamptz,
    -- What was read of it.
    message_id    text not null default '' check (is_kept_text(message_id)),
    from_address  text not null default '' check (is_kept_text(from_address)),
    from_name     text not null default '' check (is_kept_text(from_name)),
    title         text not null default '' check (is_kept_text(title)),
    said          text not null default '' check (is_kept_text(said)),
    -- The files that could not be taken over, a name each line.
    left_out      text not null default '' check (is_kept_text(left_out)),
    phone         text not null default '' check (phone = '' or phone ~ '^\+[0-9]{8,15}$'),
    has_audio     boolean not null default false,
    -- What became of it.
    customer_id   bigint references customer,
    member_id     bigint,
    request_id    uuid,
    mail_id       bigint references mail,
    duplicate_of  bigint references inbound_mail on delete cascade,
    decided_by    bigint references staff,
    dismissal     text not null default '' check (is_kept_text(dismissal) and length(dismissal) <= 500),
    foreign key (member_id, customer_id) references member (id, customer_id),
    foreign key (request_id, customer_id) references service_request (id, customer_id),
    constraint inbound_mail_is_somebodys check (customer_id is not null or num_nonnulls(member_id, request_id) = 0),
    constraint each_mail_ends_in_one_state check (case state
        when 'received' then num_nonnulls(reason, settled_at, request_id, mail_id, duplicate_of, decided_by) = 0
        when 'waiting' then reason is not null and num_nonnulls(settled_at, request_id, mail_id, duplicate_of, decided_by) = 0
        when 'request' then num_nulls(settled_at, request_id, member_id) = 0 and num_nonnulls(mail_id, duplicate_of) = 0
        when 'reply' then num_nulls(settled_at, request_id, member_id) = 0 and num_nonnulls(mail_id, duplicate_of) = 0
        when 'bounce' then num_nulls(settled_at, mail_id) = 0 and num_nonnulls(request_id, duplicate_of, decided_by) = 0
        when 'duplicate' then num_nulls(settled_at, duplicate_of) = 0 and num_nonnulls(request_id, mail_id, decided_by) = 0
        when 'dismissed' then num_nulls(settled_at, decided_by) = 0 and dismissal <> ''
                              and num_nonnulls(request_id, mail_id, duplicate_of) = 0
        else settled_at is not null and num_nonnulls(request_id, mail_id, duplicate_of, decided_by) = 0 end)
);
-- It is packed already, or small.
alter table inbound_mail alter column content set storage external;
create index inbound_mail_list on inbound_mail (state, id desc);
create index inbound_mail_said_id on inbound_mail (message_id) where message_id <> '';
create index inbound_mail_sender on inbound_mail (from_address, came_at);
create index inbound_mail_request on inbound_mail (request_id) where request_id is not null;
create index inbound_mail_customer on inbound_mail (customer_id) where customer_id is not null;
create index inbound_mail_bounced on inbound_mail (mail_id) where mail_id is not null;
create index inbound_mail_kept on inbound_mail (settled_at) where content is not null;
call build_tenant_wall('inbound_mail');
call tell_live('inbound_mail', 'live_at_desk');

grant select, insert on inbound_mail to linka_system;
grant update (copies, content, state, reason, settled_at, said, left_out, phone, has_audio, customer_id, member_id, request_id, mail_id, duplicate_of) on inbound_mail to linka_system;
grant select on inbound_mail to linka_staff;
grant update (state, reason, settled_at, left_out, customer_id, member_id, request_id, decided_by, dismissal)
    on inbound_mail to linka_staff;

-- For what a member takes along.
grant select (id, came_at, from_address, title, said, state, customer_id, member_id) on inbound_mail to linka_member;

-- A member's own mails go with whoever is erased; of the others what names them.
insert into erased_row values ('inbound_mail');
insert into erased_text values ('inbound_mail', 'title'), ('inbound_mail', 'said'), ('inbound_mail', 'from_name'),
    ('inbound_mail', 'left_out'), ('inbound_mail', 'dismissal');
grant select, delete on inbound_mail to linka_eraser;
grant update (title, said, from_name, left_out, dismissal) on inbound_mail to linka_eraser;

insert into payment_task values ('account_for_mail', false);
