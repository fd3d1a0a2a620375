-- Of what everybody who signs in is told, by which ways, and when not: one mechanism for the vendor's people and for the customers'
-- (design, Wishes). What was a table of staff's wishes is one of sign-ins.
--
-- Of a mail to a customer's person, what it tells decides whether that person may wish for it otherwise: at once, gathered into one
-- mail at the line's next opening, or not at all. It is decided where every mail is written, so that no use case knows of it. What is
-- not listed in mail_kind is always mailed at once: documents, what is about signing in, whatever is new.

alter table staff_wish rename to wish;
alter table wish add column login_id bigint references login on delete cascade;
update wish w set login_id = (select l.id from login l where l.staff_id = w.staff_id);
delete from wish where login_id is null;
alter table wish
    drop column staff_id,
    add primary key (login_id),
    add column digest_kinds text[] not null default '{}',
    add column sms_kinds text[] not null default '{}',
    drop constraint known_kinds,
    drop constraint known_push_kinds,
    add constraint known_kinds check (kinds <@ array['urgent', 'waits', 'trouble', 'objection', 'changes', 'plan', 'asked', 'agreed',
        'reminder', 'course', 'settled', 'messages', 'minutes']),
    add constraint known_push_kinds check (push_kinds <@ array['urgent', 'waits', 'trouble', 'objection', 'changes', 'plan', 'asked',
        'agreed', 'reminder', 'course', 'settled', 'messages', 'minutes']),
    add constraint known_digest_kinds check (digest_kinds <@ array['urgent', 'waits', 'trouble', 'objection', 'changes', 'plan', 'asked',
        'agreed', 'reminder', 'course', 'settled', 'messages', 'minutes']),
    add constraint known_sms_kinds check (sms_kinds <@ array['urgent', 'waits', 'trouble', 'objection', 'changes', 'plan', 'asked',
        'agreed', 'reminder', 'course', 'settled', 'messages', 'minutes']),
    add constraint mailed_one_way check (not kinds && digest_kinds);
revoke select, insert, update on wish from linka_staff;
grant select, insert, update, delete on wish to linka_system;

-- What a mail tells, of those that somebody may wish for otherwise. With `always` it is mailed at once whatever was wished, and the
-- wish is about the other ways.
create table mail_kind (
    mail    text primary key check (mail <> ''),
    kind    text not null check (kind in ('urgent', 'waits', 'trouble', 'objection', 'changes', 'plan', 'asked', 'agreed', 'reminder',
                'course', 'settled', 'messages', 'minutes')),
    always  boolean not null
);
insert into mail_kind (mail, kind, always) values
    ('consent_asked', 'asked', true), ('times_offered', 'asked', true), ('declined', 'asked', true), ('moved_by_us', 'asked', true),
    ('called_off_by_us', 'asked', true), ('missed_by_us', 'asked', true), ('no_show', 'asked', true), ('outage', 'asked', true),
    ('confirmed', 'agreed', false), ('moved', 'agreed', false), ('cancelled', 'agreed', false), ('withdrawn', 'agreed', false),
    ('reminder', 'reminder', false),
    ('reclassified', 'course', false), ('merged', 'course', false), ('handed_over', 'course', false),
    ('vendor_wrote', 'messages', false),
    ('closed', 'settled', false), ('contest_decided', 'settled', false),
    ('alert', 'minutes', false), ('contract_ends', 'minutes', false);
grant select on mail_kind to linka_system;

alter table mail
    drop constraint mail_state_check,
    add constraint mail_state_check check (state in ('queued', 'sent', 'failed', 'withdrawn', 'gathered', 'digested', 'unwished')),
    -- In whose next digest it is told.
    add column gathered_for bigint references login on delete set null;
create index mail_gathered on mail (gathered_for, id) where state = 'gathered';

-- A short message to the telephone of a customer's person. Its number is looked up when it is sent, and it says no more than a
-- notification does.
create table sms_message (
    id          bigint generated always as identity primary key,
    login_id    bigint not null references login on delete cascade,
    key         text not null unique,
    content     jsonb not null,
    written_at  timestamptz not null,
    good_until  timestamptz not null,
    state       text not null default 'queued' check (state in ('queued', 'held', 'sent', 'withdrawn', 'failed')),
    attempts    integer not null default 0 check (attempts >= 0),
    last_error  text not null default ''
);
create index sms_message_of_login on sms_message (login_id, written_at);
create index sms_message_failed on sms_message (id) where state = 'failed';
create index sms_message_held on sms_message (id) where state = 'held';
grant select, insert, update, delete on sms_message to linka_system;

-- Each costs money: how many one person may be sent within 24 hours; beyond that the other ways do.
alter table line_limit add column sms_per_day integer not null default 20 check (sms_per_day > 0);

create function add_sms_job(p_message bigint) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform graphile_worker.add_job('send_sms', json_build_object('message', p_message), queue_name => 'sms', max_attempts => 8,
                                    job_key => 'sms:' || p_message);
end
$$;

create function write_sms(p_login bigint, p_content jsonb, p_until timestamptz, p_now timestamptz, p_key text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_message  bigint;
begin
    if (select count(*) from sms_message where login_id = p_login and written_at > p_now - interval '24 hours')
       >= (select sms_per_day from line_limit) then
        return;
    end if;
    insert into sms_message (login_id, key, content, written_at, good_until) values (p_login, p_key, p_content, p_now, p_until)
        on conflict (key) do nothing
        returning id into v_message;
    if found then
        perform add_sms_job(v_message);
    end if;
end
$$;

-- As before, of who is no customer any more; and by what its reader wishes. What we do ourselves with somebody's time, and what takes an
-- event out of a calendar, comes at once.
create or replace function insert_mail(p_customer bigint, p_address text, p_name text, p_language text, p_content jsonb,
                                       p_now timestamptz, p_key text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_mail   bigint;
    v_about  text;
    v_kind   mail_kind;
    v_wish   wish;
    v_state  text := 'queued';
    v_told   jsonb;
begin
    if p_content ->> 'mail' in ('alert', 'contract_ends')
       and exists (select from customer where id = p_customer and not active) then
        return;
    end if;
    select * into v_kind from mail_kind where mail = p_content ->> 'mail';
    select w.* into v_wish from wish w join login l on l.id = w.login_id join member m on m.id = l.member_id
        where v_kind.mail is not null and l.email = p_address and m.customer_id = p_customer;
    if v_wish.login_id is not null and not v_kind.always and p_content ->> 'called_off' is null
       and not (v_kind.kind = 'agreed' and is_of_staff()) then
        v_state := case when v_kind.kind = any (v_wish.kinds) then 'queued'
                        when v_kind.kind = any (v_wish.digest_kinds) then 'gathered'
                        else 'unwished' end;
    end if;
    insert into mail (customer_id, to_address, to_name, language, content, created_at, key, state, gathered_for)
        values (p_customer, p_address, p_name, p_language, p_content, p_now, p_key, v_state,
                case v_state when 'gathered' then v_wish.login_id end)
        on conflict (key) do nothing
        returning id, about into v_mail, v_about;
    if not found then
        return;
    end if;
    if v_state = 'queued' then
        perform queue_mail(v_mail);
    end if;
    v_told := jsonb_build_object('push', 'mailed', 'mail', v_mail, 'kind', v_kind.kind, 'number', v_about);
    if v_kind.kind = any (v_wish.push_kinds) then
        perform write_push(v_wish.login_id, v_told, coalesce(v_about, v_kind.kind), p_now + interval '24 hours', p_now, 'mail:' || v_mail);
    end if;
    if v_kind.kind = any (v_wish.sms_kinds) then
        perform write_sms(v_wish.login_id, v_told, p_now + interval '12 hours', p_now, 'mail:' || v_mail);
    end if;
end
$$;

create or replace function tell_staff(p_staff bigint, p_mail jsonb, p_push jsonb, p_topic text, p_until timestamptz,
                                      p_now timestamptz, p_key text)
    returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_login      bigint := (select id from login where staff_id = p_staff);
    v_is_pushed  boolean := p_push is not null and exists (
        select from wish w join push_device d on d.login_id = w.login_id
        where w.login_id = v_login and 'plan' = any (w.push_kinds));
begin
    if v_is_pushed then
        perform write_push(v_login, p_push, p_topic, p_until, p_now, p_key);
    end if;
    if not v_is_pushed or exists (select from wish where login_id = v_login and 'plan' = any (kinds)) then
        perform write_mail_to_staff(p_staff, p_mail, p_now, p_key);
    end if;
end
$$;

grant create on schema public to linka_system;
alter function write_sms owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function add_sms_job, write_sms from public;
grant execute on function add_sms_job, write_sms to linka_system;
