-- The audit: who changed what, when and from where.
--
-- It is written by the tables themselves: what is changed past the portal, by a command or by hand, is in it too, and no use
-- case can forget it. Who is behind a transaction is said where it begins (`server::db::connections`), in one setting:
-- "<login>/<address>/<time>". Without it, Linka itself changed something, or whoever runs commands on the server.

create table audit_entry (
    id           bigint generated always as identity primary key,
    at           timestamptz not null,
    login_id     bigint references login,
    who          text, -- the name at that time
    address      inet,
    customer_id  bigint references customer,
    subject      text not null, -- the table
    row_key      text not null,
    label        text not null, -- what the row was called at that time
    change       text not null check (change in ('insert', 'update', 'delete')),
    before       jsonb not null, -- of a changed row only what differs
    after        jsonb not null
);
create index audit_entry_of_customer on audit_entry (customer_id, id) where customer_id is not null;
create index audit_entry_of_subject on audit_entry (subject, id);
call build_tenant_wall('audit_entry');
create trigger append_only before update or delete or truncate on audit_entry
    for each statement execute function refuse_change();

-- Writes down one change of one row. Arguments: the columns of the primary key, joined by spaces, and those that nobody
-- shall read, of which only that they were changed is written.
create function write_audit() returns trigger
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
            (select p.name from program p where p.id = (whole ->> 'program_id')::bigint), ''),
        lower(tg_op),
        was,
        is_now
    );
    return null;
end $$;
grant insert on audit_entry to linka_system;
grant select on login, member, staff, program to linka_system;
grant create on schema public to linka_system;
alter function write_audit owner to linka_system;
revoke create on schema public from linka_system;

-- Keeps the changes of a table. `hidden` are columns that nobody shall read.
create procedure keep_audit(audited regclass, hidden text default '')
    language plpgsql as $$
declare
    key text;
begin
    select string_agg(a.attname, ' ' order by place) into strict key
    from pg_index i, unnest(i.indkey) with ordinality as part (number, place)
    join pg_attribute a on a.attnum = number
    where i.indrelid = audited and i.indisprimary and a.attrelid = audited;
    -- Last of all: other triggers may still change the row or refuse it.
    execute format('create trigger zz_audit after insert or update or delete on %s
                    for each row execute function write_audit(%L, %L)', audited, key, hidden);
end $$;
revoke execute on procedure keep_audit from public;

-- Rights.
call keep_audit('staff');
call keep_audit('technician_skill');
call keep_audit('login', 'password_hash');
call keep_audit('member');
call keep_audit('customer');
-- Contracts and money.
call keep_audit('contract');
call keep_audit('bundle');
-- Settings.
call keep_audit('program');
call keep_audit('licence');
call keep_audit('skill');
call keep_audit('work_type');
call keep_audit('response_tier');
call keep_audit('line_region');
call keep_audit('line_setting');
call keep_audit('line_limit');
call keep_audit('closure');
call keep_audit('working_plan');
call keep_audit('plan_exception');

grant select on audit_entry to linka_staff, linka_member;
