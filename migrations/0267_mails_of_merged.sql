-- What is written to a customer who was merged is read by the people of the one that it is now: what it owes is asked of somebody. What is
-- told of an account or a contract that ended there is for nobody.
create function mails_are_read_by(p_customer bigint, p_content jsonb) returns bigint
    language sql stable set search_path = public, pg_temp as $$
    select case when p_content ->> 'mail' in ('alert', 'contract_ends') then id else coalesce(merged_into, id) end
    from customer where id = p_customer
$$;
revoke execute on function mails_are_read_by from public;
grant execute on function mails_are_read_by to linka_system;

-- As before; somebody who goes on at another customer is written to there.
create or replace function write_mail_to_member(p_member bigint, p_content jsonb, p_now timestamptz, p_key text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_to  record;
begin
    select m.customer_id, m.name, coalesce(l.email, m.email) as email, coalesce(l.language, 'cs') as language into v_to
        from member was join member m on m.id = coalesce(was.goes_on_as, was.id) left join login l on l.member_id = m.id
        where was.id = p_member and m.active and coalesce(l.email, m.email) is not null;
    if found then
        perform refuse_foreign_customer(v_to.customer_id);
        perform insert_mail(v_to.customer_id, v_to.email, v_to.name, v_to.language, p_content, p_now, p_key);
    end if;
end
$$;

create or replace function write_mail_to_people(p_customer bigint, p_capability text, p_contact_role text, p_content jsonb,
                                                p_now timestamptz, p_key text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_readers  bigint := mails_are_read_by(p_customer, p_content);
begin
    perform refuse_foreign_customer(p_customer);
    -- In order, so that two transactions with the same key wait for one another instead of deadlocking.
    perform insert_mail(v_readers, p.email, p.name, p.language, p_content, p_now, p_key || ':' || p.id)
        from (select m.id, m.name, coalesce(l.email, m.email) as email, coalesce(l.language, 'cs') as language
              from member m left join login l on l.member_id = m.id
              where m.customer_id = v_readers and m.active
                and (p_capability = any (m.capabilities) or p_contact_role = any (m.contact_roles))
                and coalesce(l.email, m.email) is not null
              order by m.id) p;
end
$$;

create or replace function write_mail_to_buyers(p_customer bigint, p_content jsonb, p_now timestamptz, p_key text) returns void
    language sql security definer set search_path = public, pg_temp as $$
    select write_mail_to_people(p_customer, 'buy', null, p_content, p_now, p_key)
$$;

create or replace function has_billing_reader(p_customer bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from member m left join login l on l.member_id = m.id
                   where m.customer_id = (select coalesce(merged_into, id) from customer where id = p_customer)
                     and m.active and 'see_billing' = any (m.capabilities) and coalesce(l.email, m.email, '') <> '')
$$;
