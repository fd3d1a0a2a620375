-- Who is no customer any more is told nothing that only a customer cares about: minutes that run low or expire, a contract that ends.
-- What is owed still goes: documents, what is agreed and done, an answer to an objection. Decided where every mail is written.
create or replace function insert_mail(p_customer bigint, p_address text, p_name text, p_language text, p_content jsonb,
                                       p_now timestamptz, p_key text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_mail  bigint;
begin
    if p_content ->> 'mail' in ('alert', 'contract_ends')
       and exists (select from customer where id = p_customer and not active) then
        return;
    end if;
    insert into mail (customer_id, to_address, to_name, language, content, created_at, key)
        values (p_customer, p_address, p_name, p_language, p_content, p_now, p_key)
        on conflict (key) do nothing
        returning id into v_mail;
    if found then
        perform queue_mail(v_mail);
    end if;
end
$$;
