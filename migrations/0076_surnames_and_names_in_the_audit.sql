-- People write "paní Němcová", not "Jana Němcová": what is erased of a name goes where the surname stands alone too.

-- A pattern of a word however its accents are typed. Both cases are listed for the reason that searchable() gives.
create function spelled_either_way(p_word text) returns text
    language sql immutable set search_path = public, pg_temp as $$
    select string_agg(coalesce(
        (select '[' || family || ']'
         from unnest('{aáäAÁÄ,cčćçCČĆÇ,dďDĎ,eéěëEÉĚË,iíIÍ,lĺľłLĹĽŁ,nňńNŇŃ,
             oóöôőOÓÖÔŐ,rřŕRŘŔ,sšśSŠŚ,tťTŤ,uúůüűUÚŮÜŰ,yýYÝ,zžźZŽŹ}'::text[]) family
         where position(letter in family) > 0),
        case when letter ~ '[[:alnum:]]' then letter else '\' || letter end), '' order by place)
    from regexp_split_to_table(searchable(p_word), '') with ordinality spelled (letter, place)
    where letter <> ''
$$;

-- The cases of a Czech surname, as alternatives of a regular expression. What declines by no rule here is found as it is.
create function forms_of_surname(p_surname text) returns text
    language sql immutable set search_path = public, pg_temp as $$
    select string_agg(distinct spelled_either_way(regexp_replace(lower(p_surname), pattern, stem) || ending), '|')
    from (values
        ('$', '', '{""}'::text[]),
        ('á$', '', '{é,ou}'),
        ('ý$', '', '{ého,ému,ém,ým}'),
        ('í$', '', '{ího,ímu,ím}'),
        ('a$', '', '{y,i,e,ě,ovi,u,o,ou}'),
        ('o$', '', '{a,ovi,u,em}'),
        ('e$', 'e', '{ho,mu,m}'),
        ('e([ckl])$', '\1', '{a,ovi,u,em,e,i}'),
        ('([^aáeéěiíoóuúůyý])$', '\1', '{a,ovi,u,em,e,i}')) rule (pattern, stem, endings), unnest(endings) ending
    where lower(p_surname) ~ pattern
$$;

-- What finds a person's surnames, alone or behind the other names: the last word of each name, without what is not of it, as
-- "Ing.", "ml." or ", Ph.D.". Only where nobody else goes by such a name whom the same texts may mean; null when there is nothing to look for.
create function own_surnames(p_member bigint, p_customer bigint, p_names text[]) returns text
    language sql stable set search_path = public, pg_temp as $$
    select string_agg('(?:' || spelled_either_way(said[1]) || '[[:space:]]+)?(?:' || forms || ')', '|')
    from unnest(p_names) name,
        lateral regexp_replace(split_part(name, ',', 1),
            '^([^[:space:]]+[.][[:space:]]*)+|([[:space:]]+[^[:space:]]+[.])+[[:space:]]*$', '', 'g') called,
        lateral regexp_match(called, '^(.*[^[:space:]])[[:space:]]+([[:upper:]][[:alpha:]''-]{2,})[[:space:]]*$') said,
        lateral forms_of_surname(said[2]) forms
    where said is not null and not exists (
        select from (select m.name from member m where m.customer_id = p_customer and m.id <> p_member
                     union all select s.name from staff s
                     union all select k.name from customer k where k.id = p_customer
                     union all select f.name from supplier f) other
        where other.name ~* ('(?<![[:alnum:]])(?:' || forms || ')(?![[:alnum:]])'))
$$;
revoke execute on function own_surnames from public;
grant execute on function own_surnames to linka_eraser;

-- Erases a person; the number that is in the name's place from now on, null if there is no such person. Who is erased already stays
-- as is. Everything happens in the caller's transaction.
--
-- p_heir: the colleague with whom open requests go on; null calls them off, if p_call_off says that this is meant
-- p_by_self: whether the person asks; the last one of a customer who manages hands that over first
create or replace function erase_member(p_member bigint, p_heir bigint, p_call_off boolean, p_by_self boolean, p_reason text, p_at timestamptz)
    returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_origin    text := coalesce(current_setting('app.origin', true), '');
    v_by        bigint := case when not p_by_self then nullif(split_part(v_origin, '/', 1), '')::bigint end;
    v_customer  bigint;
    v_person    member;
    v_login     login;
    v_instead   text;
    v_names     text[];
    v_emails    text[];
    v_phones    text[];
    v_own_names   text[]; -- by which nobody else goes
    v_own_phones  text[];
    v_traces    text;
    v_anywhere  text; -- the same, in texts that may be about anybody's people
begin
    select customer_id into v_customer from member where id = p_member;
    if not found then
        return null;
    end if;
    -- Of a customer one at a time; then requests before the customer before the person, as whoever orders locks them.
    perform pg_advisory_xact_lock(hashtextextended('erasure of a person', v_customer));
    perform from service_request where member_id = p_member order by id for update;
    perform from customer where id = v_customer for update;
    select * into v_person from member where id = p_member;
    if v_person.erased_at is not null then
        return v_person.erased_number;
    end if;
    select * into v_login from login where member_id = p_member;

    if p_by_self and v_person.active and 'manage' = any (v_person.capabilities) and not exists (
        select from member m join login l on l.member_id = m.id
        where m.customer_id = v_customer and m.id <> p_member and m.active and 'manage' = any (m.capabilities)) then
        raise check_violation using constraint = 'somebody_manages', message = 'nobody else manages';
    end if;
    if p_heir is not null and not exists (
        select from member where id = p_heir and customer_id = v_customer and id <> p_member and active) then
        raise check_violation using constraint = 'heir_is_a_colleague', message = 'no colleague';
    end if;
    if p_heir is null and exists (
        select from service_request where member_id = p_member and state = 'in_progress') then
        raise check_violation using constraint = 'work_is_somebodys', message = 'work is under way';
    end if;
    if p_heir is null and not p_call_off and exists (
        select from service_request where member_id = p_member and state in ('waiting', 'scheduled')) then
        raise check_violation using constraint = 'requests_are_somebodys', message = 'open requests';
    end if;

    v_names := array(select distinct name from (
        select v_person.name union all
        select change.name from audit_entry a, unnest(array[a.before ->> 'name', a.after ->> 'name']) change (name)
        where a.subject = 'member' and a.row_key = p_member::text) known where name not in ('', '…'));
    v_emails := array(select distinct email from (
        select v_person.email as email union all select v_login.email union all
        select change.email from audit_entry a, unnest(array[a.before ->> 'email', a.after ->> 'email']) change (email)
        where a.subject = 'member' and a.row_key = p_member::text or a.subject = 'login' and a.row_key = v_login.id::text) known
        where email not in ('', '…'));
    v_phones := array(select distinct phone from (
        select v_person.phone as phone union all
        select contact_phone from service_request where member_id = p_member and contact_name = any (v_names) union all
        select change.phone from audit_entry a, unnest(array[a.before ->> 'phone', a.after ->> 'phone']) change (phone)
        where a.subject = 'member' and a.row_key = p_member::text) known where phone not in ('', '…'));

    -- The rest of this transaction is the erasure's own doing: its trace is one entry, at its end.
    perform set_config('app.origin', '//' || split_part(v_origin, '/', 3), true);
    select '#' || coalesce(max(erased_number), 0) + 1 into v_instead from member where customer_id = v_customer;
    v_own_names := array(select name from unnest(v_names) name where not is_shared_trace(p_member, v_customer, name));
    v_own_phones := array(select phone from unnest(v_phones) phone where not is_shared_trace(p_member, v_customer, phone));
    v_traces := nullif(concat_ws('|', traces_of(
        v_own_names,
        array(select email from unnest(v_emails) email where not is_shared_trace(p_member, v_customer, email)),
        v_own_phones), own_surnames(p_member, v_customer, v_names)), '');
    v_anywhere := traces_of(
        array(select name from unnest(v_own_names) name where not is_shared_trace(p_member, null, name)),
        array(select email from unnest(v_emails) email where not is_shared_trace(p_member, null, email)),
        array(select phone from unnest(v_own_phones) phone where not is_shared_trace(p_member, null, phone)));
    update member set name = v_instead, erased_number = substr(v_instead, 2)::integer, erased_at = p_at, phone = '', email = null,
                      capabilities = '{}', contact_roles = '{}', active = false,
                      external_key = case when without_traces(external_key, v_traces, '') <> external_key
                                           or lower(external_key) in (select lower(name) from unnest(v_names) name) then 'erased-' || id
                                          else external_key end
        where id = p_member;

    perform hand_requests_over(p_member, p_heir, v_own_names, v_own_phones, p_at);
    perform erase_words(p_member, v_customer, v_names, v_own_names, v_own_phones, v_instead);
    -- What was written to the person. That it was, stays.
    update mail set to_address = v_instead, to_name = v_instead, last_error = '',
                    content = jsonb_strip_nulls(jsonb_build_object('mail', 'erased', 'number', about)),
                    state = case when state = 'sent' then 'sent' else 'withdrawn' end
        where customer_id = v_customer and to_address = any (v_emails) and to_name = any (v_names);
    delete from customer_contact where customer_id = v_customer and (
        value = any (v_emails) and not is_shared_trace(p_member, v_customer, value)
        or value = any (v_phones) and not is_shared_trace(p_member, v_customer, value));
    if v_traces is not null then
        perform erase_mentions(v_customer, v_traces, v_anywhere, v_instead);
    end if;
    -- How the person signed in, where, and how often in vain.
    delete from sign_in_failure where account in (select sha256(convert_to(email, 'UTF8')) from unnest(v_emails) email);
    delete from sign_in_turn where account in (select sha256(convert_to(email, 'UTF8')) from unnest(v_emails) email);
    delete from session where login_id = v_login.id;
    delete from password_link where login_id = v_login.id;
    delete from kept_form where login_id = v_login.id;
    delete from known_device where login_id = v_login.id;
    perform erase_from_audit(p_member, v_customer, v_login.id, v_traces, v_anywhere, v_instead);
    delete from login where id = v_login.id;
    perform erase_from_audit(p_member, v_customer, v_login.id, v_traces, v_anywhere, v_instead);

    insert into audit_entry (at, login_id, who, customer_id, subject, row_key, label, change, before, after)
        select p_at, v_by, case when p_by_self then v_instead
                                else (select s.name from login l join staff s on s.id = l.staff_id where l.id = v_by) end,
               v_customer, 'member', p_member::text, v_instead, 'erase', '{}',
               case when p_reason = '' then '{}'
                    else jsonb_build_object('reason', without_traces(p_reason, v_traces, v_instead)) end;
    return substr(v_instead, 2)::integer;
end
$$;

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
