-- Mails leave in the order of what they tell about, and nobody's many mails delay another's (design, Mails).

-- What a mail is about, as far as it is one thing with a life of its own: a request, or a purchase.
alter table mail add column about text generated always as (coalesce(
    content ->> 'number', content #>> '{receipt,intervention,number}', content #>> '{document,purchase}', content #>> '{document,order}')) stored;
create index mail_about on mail (to_address, about) where state = 'queued';
create index mail_of_customer on mail (coalesce(customer_id, 0)) where state = 'queued';

-- The one door to the queue's schema. Owned by the owner of both.
create function add_mail_job(p_mail bigint, p_queue text, p_priority integer) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform graphile_worker.add_job('send_mail', json_build_object('mail', p_mail), queue_name => p_queue,
                                    max_attempts => 12, job_key => 'mail:' || p_mail, priority => p_priority);
end
$$;

-- Mails to one customer are sent one at a time, and the more of them wait, the later is the turn of the next: of two customers the
-- first mail of each comes before the second of any.
create or replace function queue_mail(p_mail bigint) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_customer  bigint;
    v_waiting  integer;
begin
    select coalesce(customer_id, 0) into v_customer from mail where id = p_mail;
    select least(count(*), 32767) into v_waiting from mail
        where state = 'queued' and coalesce(customer_id, 0) = v_customer and id <> p_mail;
    perform add_mail_job(p_mail, 'mails to ' || v_customer, v_waiting);
end
$$;

-- Where a person is written to who has no sign-in: the address that they gave.
alter table member add column email text check (email = lower(email) and email like '%_@_%');

-- To one member, if that person is active and can be written to.
create or replace function write_mail_to_member(p_member bigint, p_content jsonb, p_now timestamptz, p_key text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_to  record;
begin
    select m.customer_id, m.name, coalesce(l.email, m.email) as email, coalesce(l.language, 'cs') as language into v_to
        from member m left join login l on l.member_id = m.id
        where m.id = p_member and m.active and coalesce(l.email, m.email) is not null;
    if found then
        perform refuse_foreign_customer(v_to.customer_id);
        perform insert_mail(v_to.customer_id, v_to.email, v_to.name, v_to.language, p_content, p_now, p_key);
    end if;
end
$$;

-- To every active member of a customer who may buy and can be written to.
create or replace function write_mail_to_buyers(p_customer bigint, p_content jsonb, p_now timestamptz, p_key text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform refuse_foreign_customer(p_customer);
    -- In order, so that two transactions with the same key wait for one another instead of deadlocking.
    perform insert_mail(p_customer, b.email, b.name, b.language, p_content, p_now, p_key || ':' || b.id)
        from (select m.id, m.name, coalesce(l.email, m.email) as email, coalesce(l.language, 'cs') as language
              from member m left join login l on l.member_id = m.id
              where m.customer_id = p_customer and m.active and 'buy' = any (m.capabilities)
                and coalesce(l.email, m.email) is not null
              order by m.id) b;
end
$$;

grant create on schema public to linka_system;
alter function queue_mail owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function add_mail_job, queue_mail from public;
grant execute on function add_mail_job, queue_mail to linka_system;
