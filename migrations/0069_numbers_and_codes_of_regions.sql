-- In which region a customer is: the one that was chosen, else that of the postal code; null in none.
create function customer_region(p_customer bigint) returns text
    language sql stable set search_path = public, pg_temp as $$
    select coalesce(k.region, (
        select r.name from line_region r, unnest(r.postal_prefixes) prefix
        where k.country = 'CZ' and starts_with(k.postal_code, prefix)
        order by length(prefix) desc, r.position limit 1))
    from customer k where k.id = p_customer
$$;
revoke execute on function customer_region from public;
grant execute on function customer_region to linka_member, linka_staff, linka_system;

-- Which number is a customer's is that of an instant: a region's number changes from a day on (migration 0063). Who is in no region
-- calls the first.
create function line_phone(p_customer bigint, p_at timestamptz) returns text
    language sql stable set search_path = public, pg_temp as $$
    select phone from line_regions_at(p_at, p_at)
    order by name = (select customer_region(p_customer)) desc nulls last, position limit 1
$$;
drop function line_phone(bigint);

-- Postal codes that begin alike are one region's: of two, nobody could say which number is theirs. Two that are written at once wait
-- for each other here.
create function keep_prefixes_apart() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('postal codes of regions', 0));
    if exists (select from line_region r where r.id <> new.id and r.postal_prefixes && new.postal_prefixes) then
        raise exception using errcode = 'check_violation', constraint = 'prefix_is_one_regions',
            message = 'postal codes that begin so are another region''s';
    end if;
    return null;
end $$;
create trigger prefix_is_one_regions after insert or update of postal_prefixes on line_region
    for each row execute function keep_prefixes_apart();
