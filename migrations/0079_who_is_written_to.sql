-- Whether mails reach a person: somebody who is there, with an address of a sign-in or one that was given. The desk asks before it
-- counts on it; the addresses of sign-ins stay the system's to read.
create function is_written_to(p_member bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from member m left join login l on l.member_id = m.id
                   where m.id = p_member and m.active and coalesce(l.email, m.email) is not null)
$$;
grant create on schema public to linka_system;
alter function is_written_to owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function is_written_to from public;
grant execute on function is_written_to to linka_staff, linka_system;
