-- People of the vendor: one person may do several kinds of work, and chooses the password by a link of one's own.
--
-- A vendor of three people has a manager who also dispatches: a role was one word, and is a set from now on.

alter table staff add column roles text[];
update staff set roles = array[role];
alter table staff
    alter column roles set not null,
    add constraint known_roles check (roles <@ array['dispatcher', 'technician', 'manager']),
    add constraint some_role check (cardinality(roles) > 0),
    add constraint kept_name check (is_kept_text(name)),
    drop column role;

-- Who was just invited has no password yet; no password is right for them.
alter table login alter column password_hash drop not null;
alter table login rename constraint login_email_key to address_is_one_persons;

-- A link by which a person chooses a password: the first one, or a new one. It is used once: choosing deletes it. Of its
-- secret only the SHA-256 is kept, as of a session's; a new link of the same person takes the place of the old one.
create table password_link (
    login_id    bigint primary key references login,
    token_hash  bytea not null unique check (length(token_hash) = 32),
    made_by     bigint references staff, -- nobody: the command of the operator
    made_at     timestamptz not null,
    expires_at  timestamptz not null check (expires_at > made_at)
);

-- Once there is a manager, there always is one: two who take each other's role away at the same moment wait for each other
-- here, and the second is refused.
create function keep_a_manager() returns trigger language plpgsql as $$
begin
    if 'manager' = any (old.roles) and old.active and not ('manager' = any (new.roles) and new.active) then
        perform pg_advisory_xact_lock(hashtextextended('the last manager', 0));
        if not exists (select from staff where active and 'manager' = any (roles)) then
            raise exception using errcode = 'check_violation', constraint = 'a_manager_stays',
                message = 'the last manager stays';
        end if;
    end if;
    return null;
end $$;
create constraint trigger a_manager_stays after update on staff for each row execute function keep_a_manager();

-- Work is agreed with technicians only. Whoever stops being one is locked while that is decided: what is being taken at the
-- same moment waits, and then finds nobody (no row, which is how a time that is taken is told), or stands before the
-- decision looks for it.
create function has_a_technician() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform from staff where id = new.technician_id and active and 'technician' = any (roles) for share;
    if not found then
        return null;
    end if;
    return new;
end $$;
grant create on schema public to linka_system;
alter function has_a_technician owner to linka_system;
revoke create on schema public from linka_system;
create trigger has_a_technician before insert on appointment for each row execute function has_a_technician();

grant select, insert, update, delete on password_link to linka_system;
grant insert, update on staff to linka_system;
grant insert, delete on technician_skill, working_plan to linka_system;
