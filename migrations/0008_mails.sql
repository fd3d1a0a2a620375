-- Mails: written and queued in the transaction of what they tell about, sent by a job.

-- In which language a person is written to: the one last chosen while signed in.
alter table login add column language text not null default 'cs' check (language in ('cs', 'en'));

create table mail (
    id           bigint generated always as identity primary key,
    customer_id  bigint references customer, -- null: to a person of the vendor
    to_address   text not null check (to_address <> ''),
    to_name      text not null,
    language     text not null check (language in ('cs', 'en')),
    content      jsonb not null,
    kind         text not null generated always as (content ->> 'mail') stored,
    -- Of every try, so that whoever gets a mail twice sees it once.
    message_id   uuid not null unique default gen_random_uuid(),
    -- What the mail is about and to whom: nothing is written twice.
    key          text not null unique,
    created_at   timestamptz not null,
    state        text not null default 'queued' check (state in ('queued', 'sent', 'failed', 'withdrawn')),
    attempts     integer not null default 0 check (attempts >= 0),
    last_error   text not null default '',
    sent_at      timestamptz,
    constraint sent_at_some_time check ((state = 'sent') = (sent_at is not null))
);
create index mail_not_sent on mail (state, id desc) where state in ('queued', 'failed');
call build_tenant_wall('mail');

-- The one door to the queue, which has a schema of its own (graphile_worker); the application brings that up to date at
-- its start, hence it is looked up when the function runs. Owned by the owner of both.
create function queue_mail(p_mail bigint) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform graphile_worker.add_job('send_mail', json_build_object('mail', p_mail), max_attempts => 12,
                                    job_key => 'mail:' || p_mail);
end
$$;

-- Whether the queue will try a mail, or is trying it at this very moment: volatile, as the statement that asks may be older.
create function is_mail_queued(p_mail bigint) returns boolean
    language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    return exists (select 1 from graphile_worker.jobs
                   where key = 'mail:' || p_mail and (attempts < max_attempts or locked_at is not null));
end
$$;

create function insert_mail(p_customer bigint, p_address text, p_name text, p_language text, p_content jsonb,
                            p_now timestamptz, p_key text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_mail  bigint;
begin
    insert into mail (customer_id, to_address, to_name, language, content, created_at, key)
        values (p_customer, p_address, p_name, p_language, p_content, p_now, p_key)
        on conflict (key) do nothing
        returning id into v_mail;
    if found then
        perform queue_mail(v_mail);
    end if;
end
$$;

-- Inside these functions row-level security does not hold members back; a member's transaction is known by its role.
create function refuse_foreign_customer(p_customer bigint) returns void
    language plpgsql stable set search_path = public, pg_temp as $$
begin
    if current_setting('role') = 'linka_member' and p_customer is distinct from current_customer() then
        raise insufficient_privilege using message = 'a mail to another customer';
    end if;
end
$$;

-- To one member, if that person is active and has a sign-in.
create function write_mail_to_member(p_member bigint, p_content jsonb, p_now timestamptz, p_key text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_to  record;
begin
    select m.customer_id, m.name, l.email, l.language into v_to
        from member m join login l on l.member_id = m.id where m.id = p_member and m.active;
    if found then
        perform refuse_foreign_customer(v_to.customer_id);
        perform insert_mail(v_to.customer_id, v_to.email, v_to.name, v_to.language, p_content, p_now, p_key);
    end if;
end
$$;

-- To every active member of a customer who may buy and has a sign-in.
create function write_mail_to_buyers(p_customer bigint, p_content jsonb, p_now timestamptz, p_key text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform refuse_foreign_customer(p_customer);
    -- In order, so that two transactions with the same key wait for one another instead of deadlocking.
    perform insert_mail(p_customer, b.email, b.name, b.language, p_content, p_now, p_key || ':' || b.id)
        from (select m.id, m.name, l.email, l.language from member m join login l on l.member_id = m.id
              where m.customer_id = p_customer and m.active and 'buy' = any (m.capabilities)
              order by m.id) b;
end
$$;

-- To one person of the vendor.
create function write_mail_to_staff(p_staff bigint, p_content jsonb, p_now timestamptz, p_key text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_to  record;
begin
    select s.name, l.email, l.language into v_to
        from staff s join login l on l.staff_id = s.id where s.id = p_staff and s.active;
    if found then
        perform insert_mail(null, v_to.email, v_to.name, v_to.language, p_content, p_now, p_key);
    end if;
end
$$;

-- Queues a mail once more that failed for good, or that waits for a job which is over; false when there is none such.
create function resend_mail(p_mail bigint) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update mail set state = 'queued'
        where id = p_mail and (state = 'failed' or state = 'queued' and not is_mail_queued(p_mail));
    if found then
        perform queue_mail(p_mail);
    end if;
    return found;
end
$$;

grant select on mail to linka_staff;
grant select, insert, update on mail to linka_system;
grant create on schema public to linka_system;
alter function insert_mail owner to linka_system;
alter function write_mail_to_member owner to linka_system;
alter function write_mail_to_buyers owner to linka_system;
alter function write_mail_to_staff owner to linka_system;
alter function resend_mail owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function queue_mail, is_mail_queued, insert_mail, refuse_foreign_customer, write_mail_to_member, write_mail_to_buyers,
    write_mail_to_staff, resend_mail from public;
grant execute on function queue_mail, is_mail_queued, refuse_foreign_customer to linka_system;
grant execute on function write_mail_to_member, write_mail_to_buyers to linka_member, linka_staff, linka_system;
grant execute on function write_mail_to_staff to linka_staff, linka_system;
grant execute on function resend_mail to linka_staff;
