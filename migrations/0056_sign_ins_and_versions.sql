-- What a change of address or a farewell ends, whichever way it comes; who makes a link to choose a password; and what versions
-- of a contract take back.

-- Who signs in with another address, or is there no more, is signed out, and a link that was made before is good for nothing:
-- whoever has it may be somebody else. By a trigger, so that no form, import or command can forget it. A return brings neither
-- back.
create function forget_sign_ins() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    logins bigint[] := array(
        select l.id from login l
        where case tg_table_name
                  when 'login' then l.id = new.id
                  when 'staff' then l.staff_id = new.id
                  when 'member' then l.member_id = new.id
                  else l.member_id in (select m.id from member m where m.customer_id = new.id)
              end);
begin
    delete from session where login_id = any (logins);
    delete from password_link where login_id = any (logins);
    return null;
end $$;
grant create on schema public to linka_system;
alter function forget_sign_ins owner to linka_system;
revoke create on schema public from linka_system;
create trigger forget_sign_ins after update of email on login
    for each row when (old.email is distinct from new.email) execute function forget_sign_ins();
create trigger forget_sign_ins after update of active on staff
    for each row when (old.active and not new.active) execute function forget_sign_ins();
create trigger forget_sign_ins after update of active on member
    for each row when (old.active and not new.active) execute function forget_sign_ins();
create trigger forget_sign_ins after update of active on customer
    for each row when (old.active and not new.active) execute function forget_sign_ins();

-- The audit as before, and of a link to choose a password whose it is.
create or replace function write_audit() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    origin text := current_setting('app.origin', true);
    login bigint := nullif(split_part(origin, '/', 1), '')::bigint;
    was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) else '{}' end;
    is_now jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) else '{}' end;
    whole jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) else to_jsonb(old) end;
    hidden text;
    customer bigint;
begin
    if tg_op = 'UPDATE' then
        select coalesce(jsonb_object_agg(key, value), '{}') into was
        from jsonb_each(to_jsonb(old)) where value is distinct from whole -> key;
        select coalesce(jsonb_object_agg(key, value), '{}') into is_now
        from jsonb_each(whole) where value is distinct from to_jsonb(old) -> key;
        if is_now = '{}' then
            return null;
        end if;
    end if;
    foreach hidden in array string_to_array(tg_argv[1], ' ') loop
        if was ? hidden then was := was || jsonb_build_object(hidden, '…'); end if;
        if is_now ? hidden then is_now := is_now || jsonb_build_object(hidden, '…'); end if;
    end loop;
    customer := case
        when tg_table_name = 'customer' then (whole ->> 'id')::bigint
        when whole ? 'customer_id' then (whole ->> 'customer_id')::bigint
        when tg_table_name = 'login' then (select m.customer_id from member m where m.id = (whole ->> 'member_id')::bigint)
        when tg_table_name = 'password_link' then (select m.customer_id from login l join member m on m.id = l.member_id
                                                   where l.id = (whole ->> 'login_id')::bigint)
    end;
    insert into audit_entry (at, login_id, who, address, customer_id, subject, row_key, label, change, before, after)
    values (
        coalesce(nullif(split_part(origin, '/', 3), '')::timestamptz, clock_timestamp()),
        login,
        (select coalesce(m.name, s.name) from login l left join member m on m.id = l.member_id
         left join staff s on s.id = l.staff_id where l.id = login),
        nullif(split_part(origin, '/', 2), '')::inet,
        customer,
        tg_table_name,
        (select string_agg(whole ->> key, ' ' order by place)
         from unnest(string_to_array(tg_argv[0], ' ')) with ordinality as part (key, place)),
        coalesce(
            whole ->> 'name', nullif(whole ->> 'number', ''), whole ->> 'email', whole ->> 'date',
            (select s.name from staff s where s.id = (whole ->> 'technician_id')::bigint),
            (select p.name from program p where p.id = (whole ->> 'program_id')::bigint),
            (select coalesce(m.name, s.name) from login l left join member m on m.id = l.member_id
             left join staff s on s.id = l.staff_id where l.id = (whole ->> 'login_id')::bigint), ''),
        lower(tg_op),
        was,
        is_now
    );
    return null;
end $$;

-- Who has a link can become that person: who made it is seen.
call keep_audit('password_link', 'token_hash');

-- A version that takes an amendment back says which one; of older ones it is not known.
alter table contract_version add column withdrawn date;

-- A region that somebody has chosen for a customer stays until no customer has it.
alter table customer
    drop constraint customer_region_fkey,
    add constraint region_is_no_customers foreign key (region) references line_region on update cascade on delete restrict;
