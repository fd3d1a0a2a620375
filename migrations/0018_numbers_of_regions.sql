-- Which number of the line is a customer's: that of the region in which its address lies, so that nothing that says "call us"
-- has to leave the number to be looked for. A region knows its postal codes by how they begin; a manager may change that.

alter table line_region
    add column postal_prefixes text[] not null default '{}'
        check (array_to_string(postal_prefixes, '') ~ '^[0-9]*$' and array_position(postal_prefixes, '') is null
               and array_position(postal_prefixes, null) is null);

update line_region set postal_prefixes = '{3}' where name = 'Jihozápad';
update line_region set postal_prefixes = '{6,7}' where name = 'Morava';
update line_region set postal_prefixes = '{4,5}' where name = 'Severovýchod';

-- The number for a customer; the first region's where no region has its address, or for nobody. It reads as its caller may.
create function line_phone(p_customer bigint) returns text language sql stable set search_path = public, pg_temp as $$
    select r.phone from line_region r
    left join lateral (
        select max(length(prefix)) as matched from unnest(r.postal_prefixes) prefix
        where exists (select 1 from customer c where c.id = p_customer and starts_with(c.postal_code, prefix))) m on true
    order by m.matched desc nulls last, r.position limit 1
$$;
