-- What customers and the vendor write to one another about a request. A message is an event of the request: it stands on the one
-- timeline, is only ever added to, and what keeps and erases events keeps and erases it.

-- The list of codes is added to, whatever migrations have added to it before.
do $$
declare
    v_codes text[];
begin
    select array_agg(word[1]) into strict v_codes
    from pg_constraint c, regexp_matches(pg_get_constraintdef(c.oid), '''([^'']*)''::text', 'g') word
    where c.conname = 'request_event_kind_check' and c.conrelid = 'request_event'::regclass;
    execute format('alter table request_event drop constraint request_event_kind_check,
                    add constraint request_event_kind_check check (kind in (%s))',
        (select string_agg(quote_literal(code), ', ')
         from unnest(v_codes || array['customer_wrote', 'vendor_wrote']) code));
end
$$;

-- A message says something, and is somebody's. When it is written: what is erased later says nothing.
create function keep_message() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if new.note !~ '\S' or length(new.note) > 4000
        or new.kind = 'customer_wrote' and new.member_id is null or new.kind = 'vendor_wrote' and new.staff_id is null then
        raise exception using errcode = 'check_violation', constraint = 'message_says_something',
            message = 'a message has an author and up to 4,000 characters';
    end if;
    return new;
end
$$;
create trigger keep_message before insert on request_event
    for each row when (new.kind in ('customer_wrote', 'vendor_wrote')) execute function keep_message();

create index request_event_messages on request_event (request_id, id) where kind in ('customer_wrote', 'vendor_wrote');
create index request_event_of_vendor on request_event (customer_id, at) where kind = 'vendor_wrote';

-- One row for each request about which its customer has written: up to which message the vendor has answered, or has said that
-- there is nothing to answer; and since when the oldest message beyond that waits.
create table conversation (
    request_id   uuid primary key,
    customer_id  bigint not null,
    answered_to  bigint not null default 0,
    waits_since  timestamptz,
    foreign key (request_id, customer_id) references service_request (id, customer_id)
);
create index conversation_waits on conversation (waits_since) where waits_since is not null;
call build_tenant_wall('conversation');

-- Up to which message somebody of the customer has read.
create table conversation_reader (
    request_id   uuid not null,
    customer_id  bigint not null,
    member_id    bigint not null,
    read_to      bigint not null,
    read_at      timestamptz not null,
    primary key (request_id, member_id),
    foreign key (request_id, customer_id) references service_request (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id)
);
create index conversation_reader_member on conversation_reader (member_id);
call build_tenant_wall('conversation_reader');

-- Who of the customer takes part: who ordered it, and whoever has written, as long as that person may see it.
create function who_takes_part(p_request uuid) returns setof bigint
    language sql stable set search_path = public, pg_temp as $$
    select m.id from service_request r join member m on m.customer_id = r.customer_id
    where r.id = p_request
      and (m.id = r.member_id
           or m.active and 'see_all' = any (m.capabilities)
              and exists (select from request_event e
                          where e.request_id = r.id and e.kind = 'customer_wrote' and e.member_id = m.id))
$$;

-- A message waits from the instant on at which it is written, whoever writes it; and wakes what was put off: whoever did so has
-- not read it.
create function note_customer_wrote() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into conversation as c (request_id, customer_id, waits_since) values (new.request_id, new.customer_id, new.at)
        on conflict (request_id) do update set waits_since = least(c.waits_since, excluded.waits_since);
    update desk_case set snoozed_until = null, snoozed_lane = null
        where request_id = new.request_id and snoozed_until is not null;
    return null;
end
$$;
create trigger note_customer_wrote after insert on request_event
    for each row when (new.kind = 'customer_wrote') execute function note_customer_wrote();

call tell_live('conversation', 'live_by_request');

grant select, insert, update on conversation to linka_staff;
grant select on conversation to linka_system;
grant select, insert on conversation_reader to linka_member;
grant update (read_to, read_at) on conversation_reader to linka_member;
grant select on conversation_reader to linka_staff, linka_system;

-- Of a member.
alter table line_limit add column messages_per_hour integer not null default 20 check (messages_per_hour > 0);

grant create on schema public to linka_staff;
alter function note_customer_wrote owner to linka_staff;
revoke create on schema public from linka_staff;
revoke execute on function note_customer_wrote from public;
revoke execute on function who_takes_part from public;
grant execute on function who_takes_part to linka_staff;
