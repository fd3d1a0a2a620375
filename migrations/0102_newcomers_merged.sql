-- A customer that came in by itself turns out to be one that there is: its people go on there. What somebody has sent, bought or been
-- credited stays whose it is, so only who has nothing of that yet is merged; nothing is rewritten.
alter table customer
    add column merged_into bigint references customer,
    add constraint merged_into_another_customer check (merged_into <> id),
    add constraint merged_is_no_customer check (merged_into is null or not active);
create index customer_merged on customer (merged_into) where merged_into is not null;

-- Merges a newcomer into another customer. Its people become people there who may order, with the sign-ins that they have; what they
-- may do beyond that is for those who manage. Twice it is the same as once.
create function merge_newcomer(p_from bigint, p_into bigint, p_at timestamptz) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_from    customer;
    v_person  member;
    v_new     bigint;
begin
    -- Drafts before customers, as whoever sends one locks them; those in the order of their numbers: two that are merged into one another at the same moment wait for each other. Whoever sends an
    -- order meanwhile shares the customer's row, and so stands before this or finds that it is no customer any more.
    perform from service_request where customer_id = p_from and state = 'draft' order by id for update;
    perform from customer where id in (p_from, p_into) order by id for update;
    select * into v_from from customer where id = p_from;
    if v_from.merged_into = p_into then
        return;
    end if;
    if v_from.awaits_nod_since is null or not v_from.active then
        raise check_violation using constraint = 'newcomers_are_merged', message = 'not a newcomer';
    end if;
    if not exists (select from customer where id = p_into and id <> p_from and active) then
        raise check_violation using constraint = 'merged_into_a_customer', message = 'no customer to be merged into';
    end if;
    if exists (select from service_request where customer_id = p_from and state not in ('draft', 'cancelled'))
       or exists (select from purchase where customer_id = p_from)
       or exists (select from minute_grant where customer_id = p_from)
       or exists (select from contract where customer_id = p_from)
       or exists (select from earlier_invoice where customer_id = p_from) then
        raise check_violation using constraint = 'nothing_is_left_behind', message = 'it has something of its own';
    end if;
    delete from appointment where state = 'held' and customer_id = p_from;
    update service_request set state = 'cancelled' where customer_id = p_from and state = 'draft';
    for v_person in select * from member where customer_id = p_from and active order by id loop
        insert into member (customer_id, name, phone, email, capabilities, is_mailbox)
            values (p_into, v_person.name, v_person.phone, v_person.email, '{order}', v_person.is_mailbox)
            returning id into v_new;
        -- The sign-in first: with its person it would end.
        update login set member_id = v_new where member_id = v_person.id;
        update member set active = false where id = v_person.id;
    end loop;
    insert into licence (customer_id, program_id)
        select p_into, program_id from licence where customer_id = p_from on conflict do nothing;
    update customer set active = false, awaits_nod_since = null, merged_into = p_into where id = p_from;
end
$$;

grant update (active, merged_into) on customer to linka_system;
grant select on earlier_invoice to linka_system;
grant create on schema public to linka_system;
alter function merge_newcomer owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function merge_newcomer from public;
grant execute on function merge_newcomer to linka_staff;
