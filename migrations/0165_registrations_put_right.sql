-- Who goes back in a registration and puts the name or the number right means that: what a form says last counts until its link is
-- followed. The address stays, being what the registration is known by.
grant update (ico, organisation, street, city, postal_code, dic, region, programs, name, phone) on registration to linka_system;

-- A letter to somebody of whom nothing is known but what was typed is signed with the number of the line for the region that was
-- typed, as the customer's letters will be, and not with the first region's.
create function region_of(p_region text, p_country text, p_postal_code text) returns text
    language sql stable set search_path = public, pg_temp as $$
    select coalesce(p_region, (
        select r.name from line_region r, unnest(r.postal_prefixes) prefix
        where p_country = 'CZ' and starts_with(p_postal_code, prefix)
        order by length(prefix) desc, r.position limit 1))
$$;
create or replace function customer_region(p_customer bigint) returns text
    language sql stable set search_path = public, pg_temp as $$
    select region_of(k.region, k.country, k.postal_code) from customer k where k.id = p_customer
$$;
create function region_phone(p_region text, p_at timestamptz) returns text
    language sql stable set search_path = public, pg_temp as $$
    select phone from line_regions_at(p_at, p_at) order by name = p_region desc nulls last, position limit 1
$$;
create or replace function line_phone(p_customer bigint, p_at timestamptz) returns text
    language sql stable set search_path = public, pg_temp as $$
    select region_phone((select customer_region(p_customer)), p_at)
$$;
revoke execute on function region_of from public;
grant execute on function region_of to linka_member, linka_staff, linka_system;

-- In which region its reader is, of a mail that is no customer's.
alter table mail add column region text references line_region (name) on update cascade on delete set null;
create index mail_region on mail (region) where region is not null;

-- The customers that were merged into a member's own, and who the member was there: of whom something was asked that the member may read,
-- being who asked it or seeing all. It tells names, and what stands there is read as `read_of_former` lets it be.
create function former_customers(p_member bigint, p_sees_all boolean) returns table (id bigint, name text, member_id bigint)
    language sql stable security definer set search_path = public, pg_temp as $$
    select k.id, k.name, was.id
    from customer k
    left join lateral (select min(m.id) as id from member m where m.customer_id = k.id and m.goes_on_as = p_member) was on true
    where k.merged_into = current_customer() and (p_sees_all or was.id is not null)
      and exists (select from service_request r
                  where r.customer_id = k.id and r.number is not null and (p_sees_all or r.member_id = was.id))
$$;
grant create on schema public to linka_system;
alter function former_customers owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function former_customers from public;
grant execute on function former_customers to linka_member;
