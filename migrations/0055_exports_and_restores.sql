-- What is exported and restored elsewhere.
--
-- Minutes that were never taken over are exported under a key of their own. Made of their number it would be that of another
-- row where both installations have counted so far; and it is no column that could be written later, as grants are never changed.
alter table minute_grant add column export_key uuid not null default gen_random_uuid();

-- Two functions were granted to whoever ran their migrations, by name. A backup names that role too, and could not be restored
-- where there is none of that name. Whoever is linka_system has what that owner of both has, and needs no such grant.
do $$
declare
    granted record;
begin
    for granted in
        select p.oid::regprocedure as function, g.rolname as grantee
        from pg_proc p cross join lateral aclexplode(p.proacl) a join pg_roles g on g.oid = a.grantee
        where p.pronamespace = 'public'::regnamespace and p.proname in ('clear_expired_holds', 'count_use')
          and a.grantee <> p.proowner and g.rolname not in ('linka_member', 'linka_staff', 'linka_system')
          and pg_has_role(a.grantee, p.proowner, 'usage')
    loop
        execute format('revoke execute on function %s from %I', granted.function, granted.grantee);
    end loop;
end $$;
