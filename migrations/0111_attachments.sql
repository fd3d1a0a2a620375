-- Files that go with messages about a request. What is kept was looked into when it was sent: its type is that of its content, and
-- images are written anew.
--
-- A file is kept before its message is written, so that a message that is refused loses none: it belongs to none then, and goes after
-- a day.
create table attachment (
    id           uuid primary key,
    customer_id  bigint not null,
    request_id   uuid not null,
    event_id     bigint references request_event,
    position     smallint,
    member_id    bigint,
    staff_id     bigint references staff,
    at           timestamptz not null,
    name         text not null,
    kind         text not null,
    content      bytea not null,
    bytes        integer not null generated always as (length(content)) stored,
    foreign key (request_id, customer_id) references service_request (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id),
    constraint attachment_is_somebodys check (num_nonnulls(member_id, staff_id) = 1),
    constraint attachment_name_is_kept check (is_kept_text(name) and length(name) between 1 and 100),
    constraint attachment_kind_check check (kind in ('png', 'jpeg', 'pdf', 'text', 'zip')),
    constraint attachment_is_small check (length(content) between 1 and 10485760),
    constraint attachment_has_a_place check (num_nulls(event_id, position) <> 1),
    constraint five_attachments_of_a_message check (position between 1 and 5),
    constraint attachment_place_is_one unique (event_id, position)
);
-- It is packed already.
alter table attachment alter column content set storage external;
create index attachment_request on attachment (request_id);
create index attachment_customer on attachment (customer_id);
create index attachment_loose on attachment (at) where event_id is null;
call build_tenant_wall('attachment');

-- What a message has, it keeps.
create function keep_attachment() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if old.event_id is not null and (old.event_id, old.position) is distinct from (new.event_id, new.position) then
        raise exception using errcode = 'check_violation', constraint = 'attachment_stays', message = 'a message keeps its files';
    end if;
    return new;
end
$$;
-- Members take back what they have not sent; what is sent goes with whoever is erased, and with nothing else.
create policy loose_only on attachment as restrictive for delete to linka_member using (event_id is null);
create trigger keep_attachment before update on attachment for each row execute function keep_attachment();

grant select, insert on attachment to linka_member, linka_staff;
grant update (event_id, position) on attachment to linka_member, linka_staff;
grant delete on attachment to linka_member; -- what is sent stays: see below
grant select, delete on attachment to linka_system;

-- Of a customer, in megabytes.
alter table line_limit add column attachment_megabytes integer not null default 500 check (attachment_megabytes > 0);

-- What an erasure looks through, so that a new table need not write its functions anew: columns in which somebody may be mentioned,
-- and tables whose rows go with the person whose they are.
create table erased_text (
    of_table   text not null,
    of_column  text not null,
    primary key (of_table, of_column)
);
insert into erased_text (of_table, of_column) values
        ('ceiling_consent', 'said_by'), ('ceiling_consent', 'words'), ('computer', 'name'), ('contact_attempt', 'note'),
        ('contest', 'reason'), ('contest', 'answer'), ('contest_remark', 'remark'), ('contract_version', 'reason'),
        ('customer_contact', 'label'), ('intervention', 'report'), ('mail', 'last_error'), ('purchase_event', 'note'),
        ('request_event', 'note'), ('request_event', 'said_by'), ('request_note', 'note'), ('segment_correction', 'reason'),
        ('service_request', 'what_happened'), ('service_request', 'what_stopped'), ('service_request', 'stopped_since'),
        ('service_request', 'contact_name'),
        ('attachment', 'name');
create table erased_row (of_table text primary key);
insert into erased_row values ('attachment');
grant select on erased_text, erased_row to linka_eraser;
grant select, delete on attachment to linka_eraser;
grant update (name) on attachment to linka_eraser;

create or replace function erase_words(
    p_member bigint, p_customer bigint, p_called text[], p_names text[], p_phones text[], p_instead text
) returns void
    language plpgsql set search_path = public, pg_temp as $$
declare
    v_table text;
begin
    for v_table in select of_table from erased_row loop
        execute format('delete from %I where member_id = $1', v_table) using p_member;
    end loop;
    update service_request set
        what_happened = case when what_happened <> '' then '…' else what_happened end,
        what_stopped = case when what_stopped <> '' then '…' else what_stopped end,
        stopped_since = case when stopped_since <> '' then '…' else stopped_since end
        where member_id = p_member;
    update service_request set contact_name = p_instead, contact_phone = ''
        where customer_id = p_customer and state in ('closed', 'cancelled')
          and (contact_name = any (p_names)
               or member_id = p_member and contact_name = any (p_called));
    update service_request set contact_phone = ''
        where customer_id = p_customer and state in ('closed', 'cancelled') and contact_phone = any (p_phones);
    update request_event set note = '' where customer_id = p_customer and note <> ''
        and (member_id = p_member or said_by = any (p_names)
             -- What stood there before somebody else put it right.
             or kind = 'details_changed' and request_id in (select id from service_request where member_id = p_member));
    update request_event set said_by = p_instead where customer_id = p_customer and said_by = any (p_names);
    update ceiling_consent set said_by = p_instead, words = '…' where customer_id = p_customer and said_by = any (p_names);
    update contest set reason = '…' where customer_id = p_customer and member_id = p_member;
    update purchase_event set note = '' where customer_id = p_customer and member_id = p_member and note <> '';
end
$$;

create or replace function erase_mentions(p_customer bigint, p_traces text, p_anywhere text, p_instead text) returns void
    language plpgsql set search_path = public, pg_temp as $$
declare
    v_column record;
begin
    for v_column in select of_table, of_column as name from erased_text order by of_table, of_column
    loop
        -- Without the ends of words a text is found sooner, and no fewer are.
        execute format('update %1$I set %2$I = without_traces(%2$I, $2, $3) where customer_id = $1 and %2$I ~* $2',
                       v_column.of_table, v_column.name) using p_customer, p_traces, p_instead;
    end loop;
    update customer set note = without_traces(note, p_traces, p_instead),
                        block_reason = without_traces(block_reason, p_traces, p_instead)
        where id = p_customer and (note ~* p_traces or block_reason ~* p_traces);
    update mail set content = without_traces(content, p_traces, p_instead)
        where content::text ~* p_traces and (customer_id = p_customer
              or customer_id is null and about in (select number from service_request where customer_id = p_customer));
    update stripe_event set payload = without_traces(payload, p_anywhere, p_instead) where payload::text ~* p_anywhere;
    update payment_alert set details = without_traces(details, p_anywhere, p_instead) where details::text ~* p_anywhere;
    update import_run set report = without_traces(report, p_anywhere, p_instead) where report::text ~* p_anywhere;
end
$$;
