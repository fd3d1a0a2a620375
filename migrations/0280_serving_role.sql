-- The portal serves as a login of its own, linka_server, which owns nothing, inherits nothing and is nobody but the three roles of
-- requests, one at a time (`migrations/0001`). Whoever found a way to run SQL of their own through it could change no table and switch no
-- trigger off, and could read no more than one of those roles. What linka_system owns are functions alone: as that role they could be
-- dropped, and with them the triggers that call them. The owner of the schema is needed for bringing it up to date only.
--
-- It has no password: whoever sets the portal up gives it one, or lets it in by the name of its account.

do $$
begin
    -- Roles belong to the whole cluster: another database of it may be creating the same one right now.
    if not exists (select from pg_roles where rolname = 'linka_server') then
        create role linka_server login noinherit;
    end if;
exception when duplicate_object or unique_violation then
    null;
end
$$;

-- Gives the portal's login what it needs beside those roles: to work through the queue, whose schema is another's and may have become
-- another since; to see whether the schema is up to date; and what it does in one round trip outside of any role. Called by the owner
-- whenever the schema was brought up to date.
create procedure prepare_serving() language plpgsql as $$
declare
    role_name text;
    walled    regclass;
begin
    foreach role_name in array array['linka_member', 'linka_staff', 'linka_system'] loop
        if not pg_has_role('linka_server', role_name, 'member') then
            begin
                execute format('grant %I to linka_server', role_name);
            exception when unique_violation then
                null;
            end;
        end if;
    end loop;

    grant usage on schema public, graphile_worker to linka_server;
    grant select, insert, update, delete on all tables in schema graphile_worker to linka_server;
    grant usage on all sequences in schema graphile_worker to linka_server;
    revoke insert, update, delete on graphile_worker.migrations from linka_server;
    for walled in
        select c.oid from pg_class c
        where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind = 'r' and c.relrowsecurity
          and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'the_portal')
    loop
        execute format('create policy the_portal on %s to linka_server using (true) with check (true)', walled);
    end loop;

    grant select on _sqlx_migrations, oldest_release, line_limit to linka_server;
    grant select, insert on installation to linka_server;
    grant execute on function count_use(text, text, timestamptz, interval, integer) to linka_server;
end
$$;
revoke execute on procedure prepare_serving from public;
