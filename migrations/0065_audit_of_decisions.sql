-- What people decide about money, what they take in and give out, and what is done to the whole installation stands in the audit
-- too; it is found by words through an index; and a few small promises of safety.
--
-- Some tables change all the time, and mostly by jobs and payments that come: of those, the audit keeps what a person of the
-- vendor decided, and of a row only the columns that are the decision. What was done without any row of its own (data handed over, a
-- sign-in unlocked, a backup put back) is written by who does it, by write_deed().

-- Where our own people sit is nobody else's business: a customer's people read who of us changed something, not from where.
alter table audit_entry add column of_staff boolean not null default false;
do $$
begin
    alter table audit_entry disable trigger append_only;
    update audit_entry a set of_staff = true from login l where l.id = a.login_id and l.staff_id is not null;
    alter table audit_entry enable trigger append_only;
end $$;

-- The words of a text as a search compares them. Punctuation and blanks part them; what is longer than anything that people look
-- for is cut, as an index takes no more.
create function search_words(text) returns text[] language sql immutable strict parallel safe
    return array(
        select distinct left(word, 60)
        from regexp_split_to_table(searchable($1), '[\s\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007e\u00a0\u00ab\u00bb\u2010-\u2026]+') word
        where word <> '');

-- What finds all texts that have words which begin with each of the words that were typed; null if there is none among them.
create function search_query(text) returns tsquery language sql immutable strict parallel safe
    return (select string_agg(quote_literal(word) || ':*', ' & ') from unnest(search_words($1)) word)::tsquery;

alter table audit_entry add column words tsvector not null
    generated always as (array_to_tsvector(search_words(label || ' ' || coalesce(who, '')))) stored;
create index audit_entry_of_words on audit_entry using gin (words);
create index customer_of_words on customer using gin (array_to_tsvector(search_words(name)));

-- Writes one entry. Who is behind it and from where, the transaction says (`server::db::connections`).
create function insert_audit(
    p_customer bigint, p_subject text, p_row_key text, p_label text, p_change text, p_before jsonb, p_after jsonb, p_who text
) returns void
    language sql security definer set search_path = public, pg_temp as $$
    insert into audit_entry (at, login_id, who, address, of_staff, customer_id, subject, row_key, label, change, before, after)
    select coalesce(nullif(split_part(o.origin, '/', 3), '')::timestamptz, clock_timestamp()), l.id,
           coalesce(m.name, s.name, p_who), nullif(split_part(o.origin, '/', 2), '')::inet, l.staff_id is not null,
           p_customer, p_subject, p_row_key, coalesce(p_label, ''), p_change, p_before, p_after
    from (select current_setting('app.origin', true) as origin) o
    left join login l on l.id = nullif(split_part(o.origin, '/', 1), '')::bigint
    left join member m on m.id = l.member_id
    left join staff s on s.id = l.staff_id
$$;

-- Whether a person of the vendor is behind this transaction.
create function is_of_staff() returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from login l where l.staff_id is not null
                   and l.id = nullif(split_part(current_setting('app.origin', true), '/', 1), '')::bigint)
$$;

-- Writes down one change of one row. Arguments: the columns of the primary key; those that nobody shall read, of which only that
-- they were changed is written; those that are written at all, none for each of them; and 'staff' where only what a person of the
-- vendor does is. Columns are joined by spaces.
create or replace function write_audit() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) else '{}' end;
    is_now jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) else '{}' end;
    whole jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) else to_jsonb(old) end;
    told text[] := string_to_array(tg_argv[2], ' ');
    hidden text;
begin
    if tg_argv[3] = 'staff' and not is_of_staff() then
        return null;
    end if;
    if tg_op = 'UPDATE' then
        select coalesce(jsonb_object_agg(key, value), '{}') into was
        from jsonb_each(to_jsonb(old)) where value is distinct from whole -> key;
        select coalesce(jsonb_object_agg(key, value), '{}') into is_now
        from jsonb_each(whole) where value is distinct from to_jsonb(old) -> key;
    end if;
    if told <> '{}' then
        select coalesce(jsonb_object_agg(key, value), '{}') into was from jsonb_each(was) where key = any(told);
        select coalesce(jsonb_object_agg(key, value), '{}') into is_now from jsonb_each(is_now) where key = any(told);
    end if;
    if tg_op = 'UPDATE' and is_now = '{}' then
        return null;
    end if;
    foreach hidden in array string_to_array(tg_argv[1], ' ') loop
        if was ? hidden then was := was || jsonb_build_object(hidden, '…'); end if;
        if is_now ? hidden then is_now := is_now || jsonb_build_object(hidden, '…'); end if;
    end loop;
    perform insert_audit(
        case
            when tg_table_name = 'customer' then (whole ->> 'id')::bigint
            when whole ? 'customer_id' then (whole ->> 'customer_id')::bigint
            when tg_table_name = 'login' then (select m.customer_id from member m where m.id = (whole ->> 'member_id')::bigint)
            when tg_table_name = 'password_link' then (select m.customer_id from login l join member m on m.id = l.member_id
                                                       where l.id = (whole ->> 'login_id')::bigint)
            when tg_table_name = 'bank_payment' then coalesce(
                (select d.customer_id from tax_document d where d.id = (whole ->> 'document_id')::bigint),
                (select e.customer_id from earlier_invoice e where e.id = (whole ->> 'earlier_invoice_id')::bigint))
        end,
        tg_table_name,
        (select string_agg(whole ->> key, ' ' order by place)
         from unnest(string_to_array(tg_argv[0], ' ')) with ordinality as part (key, place)),
        coalesce(
            whole ->> 'name', nullif(whole ->> 'number', ''), whole ->> 'email', whole ->> 'date', whole ->> 'file_name',
            whole ->> 'file',
            (select s.name from staff s where s.id = (whole ->> 'technician_id')::bigint),
            (select p.name from program p where p.id = (whole ->> 'program_id')::bigint),
            (select coalesce(m.name, s.name) from login l left join member m on m.id = l.member_id
             left join staff s on s.id = l.staff_id where l.id = (whole ->> 'login_id')::bigint),
            (select p.number from purchase p where p.id = (whole ->> 'purchase_id')::uuid),
            (select d.number from tax_document d where d.id = (whole ->> 'document_id')::bigint),
            (select e.number from earlier_invoice e where e.id = (whole ->> 'earlier_invoice_id')::bigint),
            (select r.number from intervention i join service_request r on r.id = i.request_id
             where i.id = (whole ->> 'intervention_id')::bigint),
            document_number(whole ->> 'kind', (whole ->> 'year')::integer, (whole ->> 'begins_with')::integer),
            whole ->> 'counter_name'),
        lower(tg_op), was, is_now,
        -- A backup is made by a command, which knows the account of the server's system.
        case when tg_table_name = 'backup' then whole ->> 'made_by' end);
    return null;
end $$;

-- Writes down what was done and changed no row of its own.
create function write_deed(p_subject text, p_customer bigint, p_label text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if p_subject not in ('data_export', 'own_data', 'audit_export', 'sign_in_lock') then
        raise check_violation using message = format('%s is no deed', p_subject);
    end if;
    perform insert_audit(p_customer, p_subject, '', p_label, 'insert', '{}', '{}', null);
end $$;

grant select on tax_document, purchase, intervention, service_request to linka_system;
grant create on schema public to linka_system;
alter function insert_audit owner to linka_system;
alter function is_of_staff owner to linka_system;
alter function write_deed owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function insert_audit, is_of_staff, write_deed from public;
grant execute on function insert_audit, is_of_staff to linka_system;
grant execute on function write_deed to linka_staff, linka_system;

-- Keeps the decisions that stand in a table which changes otherwise too.
--
-- decided: what of it is one, as a trigger says it; condition: and when; told: the columns that are written; by: 'staff', or nobody
-- for whoever does it.
create procedure keep_decisions(audited regclass, decided text, condition text, told text, by_whom text default '')
    language plpgsql as $$
declare
    key text;
begin
    select string_agg(a.attname, ' ' order by place) into strict key
    from pg_index i, unnest(i.indkey) with ordinality as part (number, place)
    join pg_attribute a on a.attnum = number
    where i.indrelid = audited and i.indisprimary and a.attrelid = audited;
    execute format('create trigger zz_audit after %s on %s for each row when (%s) execute function write_audit(%L, %L, %L, %L)',
                   decided, audited, condition, key, '', told, by_whom);
end $$;
revoke execute on procedure keep_decisions from public;

-- Where the numbers of a series begin when somebody has said so; issuing a document changes what was issued last and not this.
alter table document_series add column begins_with integer check (begins_with > 0);

-- Money.
call keep_decisions('refund', 'insert or update of state', 'new.staff_id is not null', 'minutes amount reason state', 'staff');
call keep_decisions('tax_document', 'insert', 'new.kind = ''credit_note''', 'supplied_on total', 'staff');
call keep_decisions('bank_payment', 'update of state', 'new.staff_id is not null', 'state note', 'staff');
call keep_decisions('purchase', 'update of closed_as', 'new.closed_as is not null', 'closed_as', 'staff');
call keep_decisions('contest', 'update of state', 'new.state <> ''open''', 'state accepted_minutes answer', 'staff');
call keep_decisions('document_series', 'insert or update of begins_with', 'new.begins_with is not null', 'begins_with');
-- What is taken in and put away.
call keep_decisions('bank_statement', 'insert', 'true', 'lines incoming');
call keep_decisions('import_run', 'insert', 'true', 'dry_run');
call keep_decisions('backup', 'insert', 'true', 'bytes');

-- A secret of this installation, made with its database. With it, what strangers typed is told apart in the log and cannot be
-- guessed from there. It is of the database and not of a setting: all processes of an installation have it, and so has who restores it.
create table installation_key (
    only_one  boolean primary key default true constraint key_is_one check (only_one),
    key       bytea not null check (length(key) = 32)
);
insert into installation_key (key)
    values (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
create trigger append_only before update or delete or truncate on installation_key
    execute function refuse_change();
grant select on installation_key to linka_system;

-- As before, and none of the characters beyond the first 65,536 that Unicode has set aside for no text: the last two of each
-- plane. The model cleans the same.
create or replace function is_kept_text(p_text text) returns boolean
    language sql immutable parallel safe as $$
    select p_text !~ '[\u0001-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U0004fffe\U0004ffff\U0005fffe\U0005ffff\U0006fffe\U0006ffff\U0007fffe\U0007ffff\U0008fffe\U0008ffff\U0009fffe\U0009ffff\U000afffe\U000affff\U000bfffe\U000bffff\U000cfffe\U000cffff\U000dfffe\U000dffff\U000efffe\U000effff\U000ffffe\U000fffff\U0010fffe\U0010ffff]'
$$;

-- Texts of before are cleaned, as they were when there was the first such rule: none of their rows could be changed, and a dump of
-- them not be put back. What is only ever added to as well, as the erasure of a person writes there. All columns of a row at
-- once, since all of them are checked then; what was nothing but such characters becomes "…".
do $$
declare
    v_noncharacters constant text := '[\u0001-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff'
        || (select string_agg(chr(plane * 65536 + 65534) || chr(plane * 65536 + 65535), '') from generate_series(1, 16) plane) || ']';
    v_table record;
begin
    for v_table in
        select typed.conrelid::regclass as name,
               string_agg(format($sql$%1$I = case when not is_kept_text(%1$I) then coalesce(nullif(
                   btrim(regexp_replace(replace(%1$I, E'\r\n', E'\n'), $1, ' ', 'g'), E' \n'), ''), '…') else %1$I end$sql$, attname), ', ') as cleaned,
               string_agg(format('not is_kept_text(%I)', attname), ' or ') as unclean
        from (select distinct c.conrelid, a.attname
              from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
              where c.contype = 'c' and c.connamespace = 'public'::regnamespace and a.atttypid = 'text'::regtype
                and a.attgenerated = '' and pg_get_constraintdef(c.oid) ~ format('is_kept_text\(\(?"?%s"?\M', a.attname)) typed
        group by typed.conrelid
    loop
        -- That they are clean is nobody's decision: neither is it kept as a change, nor does it wait for who decides.
        execute format('alter table %s disable trigger user', v_table.name);
        execute format('update %s set %s where %s', v_table.name, v_table.cleaned, v_table.unclean) using v_noncharacters;
        execute format('alter table %s enable trigger user', v_table.name);
    end loop;
end
$$;
