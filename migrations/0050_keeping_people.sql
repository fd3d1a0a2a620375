-- Who keeps customers' people may let them in, which is done in the role that sees how people sign in.

grant insert, update on member to linka_system;

-- What is typed of a customer from now on.
alter table customer
    add constraint name_is_kept check (is_kept_text(name)) not valid,
    add constraint postal_code_is_kept check (is_kept_text(postal_code));

-- A customer's own people read what was changed of it, but not what the vendor's people pinned to it.
drop trigger zz_audit on customer;
call keep_audit('customer', 'note');

-- To everybody of a customer who has a capability, or a contact role, and can be written to.
create function write_mail_to_people(p_customer bigint, p_capability text, p_contact_role text, p_content jsonb,
                                     p_now timestamptz, p_key text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform refuse_foreign_customer(p_customer);
    -- In order, so that two transactions with the same key wait for one another instead of deadlocking.
    perform insert_mail(p_customer, p.email, p.name, p.language, p_content, p_now, p_key || ':' || p.id)
        from (select m.id, m.name, coalesce(l.email, m.email) as email, coalesce(l.language, 'cs') as language
              from member m left join login l on l.member_id = m.id
              where m.customer_id = p_customer and m.active
                and (p_capability = any (m.capabilities) or p_contact_role = any (m.contact_roles))
                and coalesce(l.email, m.email) is not null
              order by m.id) p;
end
$$;

grant create on schema public to linka_system;
alter function write_mail_to_people owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function write_mail_to_people from public;
grant execute on function write_mail_to_people to linka_member, linka_staff, linka_system;

-- The contracts that end, by the day.
create index contract_ends on contract (upper(valid)) where not upper_inf(valid);
