-- Who the application is inside the database, and the wall between customers.
--
-- The login role of DATABASE_URL owns the tables and runs these migrations. Requests never run as it: every
-- transaction takes one of the roles below for its own length (SET LOCAL ROLE), none of which may log in,
-- bypass row-level security or change the schema.

create extension if not exists btree_gist;

do $$
declare
    role_name text;
begin
    foreach role_name in array array['linka_member', 'linka_staff', 'linka_system'] loop
        -- Roles belong to the whole cluster: another database of it may be creating the same one right now.
        begin
            execute format('create role %I nologin', role_name);
        exception when duplicate_object or unique_violation then
            null;
        end;
        begin
            execute format('grant %I to current_user', role_name);
        exception when unique_violation then
            null;
        end;
        execute format('grant usage on schema public to %I', role_name);
    end loop;
end
$$;

-- The customer on whose behalf the transaction runs; null outside a member's transaction, which matches no row.
create function current_customer() returns bigint
    language sql stable parallel safe
    return nullif(current_setting('app.customer', true), '')::bigint;

-- Builds the wall around one table: members see and write rows of their own customer only; staff and the system
-- see all. Every table with a customer_id calls it in the migration that creates it; a test finds any that did not.
create procedure build_tenant_wall(wall regclass)
    language plpgsql as $$
begin
    execute format('alter table %s enable row level security', wall);
    execute format('alter table %s force row level security', wall);
    -- The sub-select is evaluated once per statement, not once per row.
    execute format('create policy own_customer on %s to linka_member
                    using (customer_id = (select current_customer()))
                    with check (customer_id = (select current_customer()))', wall);
    execute format('create policy every_customer on %s to linka_staff, linka_system
                    using (true) with check (true)', wall);
end
$$;
revoke execute on procedure build_tenant_wall from public;
