-- Whose customers somebody of the vendor looks after first: none is all. Nothing is hidden or refused by it.
create table staff_region (
    staff_id  bigint not null references staff,
    region    text not null references line_region (name) on update cascade on delete cascade,
    primary key (staff_id, region)
);
call keep_audit('staff_region');
grant select on staff_region to linka_member, linka_staff, linka_system;
grant insert, delete on staff_region to linka_system;

-- In which region a customer is: the one that was chosen, else that of the postal code; null in none. As line_phone() finds it.
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
