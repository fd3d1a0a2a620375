-- The audit says of what an entry is: whose region, and of which kind of work, tier, region or contract something changes from a day
-- on.

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
    -- What is changed on all days of a week would else be told by as many entries that nobody can tell apart.
    if tg_op = 'UPDATE' and tg_table_name = 'working_plan' then
        was := was || jsonb_build_object('weekday', to_jsonb(old) -> 'weekday');
        is_now := is_now || jsonb_build_object('weekday', whole -> 'weekday');
    end if;
    -- Codes of the catalogue as people called what they stand for then, like everything else that an entry names.
    if was ? 'tier' then
        was := was || jsonb_build_object('tier', coalesce(
            (select t.name from response_tier t where t.code = was ->> 'tier'), was ->> 'tier'));
    end if;
    if is_now ? 'tier' then
        is_now := is_now || jsonb_build_object('tier', coalesce(
            (select t.name from response_tier t where t.code = is_now ->> 'tier'), is_now ->> 'tier'));
    end if;
    if was ? 'skill' then
        was := was || jsonb_build_object('skill', coalesce(
            (select k.name from skill k where k.code = was ->> 'skill'), was ->> 'skill'));
    end if;
    if is_now ? 'skill' then
        is_now := is_now || jsonb_build_object('skill', coalesce(
            (select k.name from skill k where k.code = is_now ->> 'skill'), is_now ->> 'skill'));
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
            -- Whose region it is, and of what something changes from a day on.
            case tg_table_name
                when 'staff_region' then (select s.name from staff s where s.id = (whole ->> 'staff_id')::bigint)
                when 'catalogue_change' then coalesce(
                    (select w.name from work_type w where w.id = (whole ->> 'work_type_id')::bigint),
                    (select t.name from response_tier t where t.code = whole ->> 'tier'),
                    (select r.name from line_region r where r.id = (whole ->> 'region_id')::bigint))
                when 'contract_amendment' then
                    (select c.number from contract c where c.id = (whole ->> 'contract_id')::bigint)
            end,
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

grant select on response_tier, skill, work_type, line_region, contract to linka_system;

-- Whoever was erased is found by the words that people read in the name's place, in either language.
alter table audit_entry drop column words;
alter table audit_entry add column words tsvector not null
    generated always as (array_to_tsvector(search_words(label || ' ' || coalesce(who, '')
        || case when label ~ '^#[1-9][0-9]{0,8}$' or coalesce(who, '') ~ '^#[1-9][0-9]{0,8}$' then ' Smazaná osoba, Erased person'
                else '' end))) stored;
create index audit_entry_of_words on audit_entry using gin (words);
