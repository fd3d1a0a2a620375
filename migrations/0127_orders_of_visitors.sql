-- Who has no access orders first, and says on the way who they are. Until the mailed link is followed, what is wanted and the slot that is
-- held stand in a place of all visitors, one customer that nobody of the vendor sees: so the rules of drafts and holds, the wall
-- between customers and the limits hold for visitors as for anybody, and no customer is made for who never comes back. A draft's identity
-- is its key: nobody lists those of others.
alter table customer add column is_of_visitors boolean not null default false;
create unique index one_place_of_visitors on customer (is_of_visitors) where is_of_visitors;
drop policy every_customer on customer;
create policy every_customer on customer to linka_system using (true) with check (true);
create policy every_customer_but_visitors on customer to linka_staff using (not is_of_visitors) with check (not is_of_visitors);

-- The place of visitors, made when the first one comes; everything that can be ordered for can be ordered there.
create function place_of_visitors(p_at timestamptz, out customer_id bigint, out member_id bigint)
    language plpgsql set search_path = public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('place of visitors', 0));
    select c.id into customer_id from customer c where c.is_of_visitors;
    if customer_id is null then
        insert into customer (name, created_at, is_of_visitors, awaits_nod_since) values ('–', p_at, true, p_at)
            returning id into customer_id;
        insert into member (customer_id, name, capabilities) values (place_of_visitors.customer_id, '–', '{order}');
    end if;
    select m.id into member_id from member m where m.customer_id = place_of_visitors.customer_id order by m.id limit 1;
    insert into licence (customer_id, program_id)
        select place_of_visitors.customer_id, p.id from program p
        where p.active and not exists (
            select from licence l where l.customer_id = place_of_visitors.customer_id and l.program_id = p.id)
        order by p.id
        on conflict do nothing;
end
$$;
revoke execute on function place_of_visitors from public;
grant execute on function place_of_visitors to linka_system;

alter table registration
    add column order_id uuid unique, -- the draft in the place of visitors
    add column picked_start timestamptz, -- which time was picked for it
    add column bundle_id bigint references bundle, -- what the person comes in to buy
    add constraint picked_for_an_order check (picked_start is null or order_id is not null);
grant update (order_id, picked_start, bundle_id) on registration to linka_system;
grant delete on service_request to linka_system;
