-- Erasure of what is kept of a customer's person (GDPR, article 17; design, Erasure). What the law keeps stays: the ledger, documents
-- and receipts, which name the organisation. The person goes on as a number, so that who did what still adds up.

-- In the place of the name stands "#3": the third person of that customer who was erased, in words only where somebody reads it.
alter table member
    add column erased_at      timestamptz,
    add column erased_number  integer check (erased_number > 0),
    add constraint erased_number_is_one_persons unique (customer_id, erased_number),
    add constraint erased_people_are_nobody check (
        case when erased_at is null then erased_number is null and name !~ '^#[1-9][0-9]{0,8}$'
             else erased_number is not null and name = '#' || erased_number and phone = '' and email is null
                  and capabilities = '{}' and contact_roles = '{}' and not active end);

-- Who is erased stays so, whatever a table that is taken over says; and who comes from an export as erased, comes erased.
create function erased_stay_erased() returns trigger
    language plpgsql set search_path = public, pg_temp as $$
declare
    v_key text := new.external_key;
begin
    if tg_op = 'UPDATE' then
        new := old;
        new.external_key := v_key; -- by which an export names the row
        return new;
    end if;
    new.erased_at := coalesce(new.erased_at, now());
    new.erased_number := substr(new.name, 2)::integer;
    new.phone := '';
    new.email := null;
    new.capabilities := '{}';
    new.contact_roles := '{}';
    new.active := false;
    return new;
end
$$;
create trigger erased_come_erased before insert on member
    for each row when (new.name ~ '^#[1-9][0-9]{0,8}$') execute function erased_stay_erased();
create trigger erased_stay_erased before update on member
    for each row when (old.erased_at is not null) execute function erased_stay_erased();

-- Nobody lets in again who is erased.
create function erased_have_no_sign_in() returns trigger
    language plpgsql set search_path = public, pg_temp as $$
begin
    return case when exists (select from member where id = new.member_id and erased_at is not null) then null else new end;
end
$$;
create trigger erased_have_no_sign_in before insert on login
    for each row when (new.member_id is not null) execute function erased_have_no_sign_in();

-- What a person writes at the very moment of the erasure comes before it, and is erased with the rest, or is refused. Behind the
-- trigger that locks the customer, by its name: the erasure locks in the same order.
create function person_is_there() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform from member where id = new.member_id and erased_at is null for share;
    if not found then
        raise exception using errcode = 'check_violation', constraint = 'person_is_there', message = 'the person is erased';
    end if;
    return null;
end
$$;
create constraint trigger person_is_there after insert on service_request
    for each row when (new.state in ('draft', 'waiting', 'scheduled')) execute function person_is_there();
create constraint trigger person_is_there after insert on request_event
    for each row when (new.member_id is not null and new.note not in ('', '…')) execute function person_is_there();
create constraint trigger person_is_there after insert on contest
    for each row when (new.reason <> '…') execute function person_is_there();

-- The one who erases. Nobody signs in as it, and no transaction of the server's takes its role; what it may do stands in the functions
-- below, which belong to it. To whom the database belongs is a member: only such a one gives functions to it, here and in restores.
do $$
begin
    begin
        create role linka_eraser nologin;
    exception when duplicate_object or unique_violation then
        null;
    end;
    begin
        grant linka_system to linka_eraser;
    exception when unique_violation then
        null;
    end;
    begin
        grant linka_eraser to current_user;
    exception when unique_violation then
        null;
    end;
end
$$;
grant usage on schema public to linka_eraser;

-- What is only ever added to is changed by nobody else, and by this one only in the columns that it is granted.
create or replace function refuse_change() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'UPDATE' and current_user = 'linka_eraser' then
        return null;
    end if;
    raise exception '% is append-only', tg_table_name using errcode = 'LK002';
end
$$;

-- The trace of an erasure itself.
alter table audit_entry drop constraint audit_entry_change_check,
    add constraint audit_entry_change_check check (change in ('insert', 'update', 'delete', 'erase'));

-- What a person was ever called, and where reached: alternatives of a regular expression that finds them in what others wrote;
-- null when there is nothing to look for. A name of one word is none: whoever is entered as "Unknown" or "Platba" would take that
-- word out of what others wrote.
create function traces_of(p_names text[], p_emails text[], p_phones text[]) returns text
    language sql immutable as $$
    select string_agg(part, '|') from (
        select regexp_replace(regexp_replace(said, '([^[:alnum:][:space:]])', '\\\1', 'g'), '[[:space:]]+', '[[:space:]]+', 'g') as part
        from (select name from unnest(p_names) name where name ~ '[^[:space:]][[:space:]]+[^[:space:]]'
              union all select unnest(p_emails)) called (said)
        where length(said) >= 3
        union all
        -- As people write it: with its country or without, in groups.
        select '(?:(?:[+]|00)420[ .-]?)?' || (
            select string_agg(digit, '[ ./-]?' order by place)
            from regexp_split_to_table(right(regexp_replace(phone, '[^0-9]', '', 'g'), 9), '') with ordinality d (digit, place))
        from unnest(p_phones) phone where phone ~ '^[+]420[0-9]{9}$'
        union all
        select '[+]' || substr(phone, 2) from unnest(p_phones) phone where phone ~ '^[+][0-9]{6,15}$' and phone !~ '^[+]420') found
$$;

-- A text in which a person is mentioned no more.
create function without_traces(p_text text, p_traces text, p_instead text) returns text
    language sql immutable as $$
    select case when p_traces is null then p_text
                else regexp_replace(p_text, '(?<![[:alnum:]])(?:' || p_traces || ')(?![[:alnum:]])', p_instead, 'gi') end
$$;

-- The same in every text of a JSON value, but not in what programs read: codes and the ids of others stay, whatever anybody is called.
create function without_traces(p_value jsonb, p_traces text, p_instead text) returns jsonb
    language plpgsql immutable as $$
begin
    return case jsonb_typeof(p_value)
        when 'string' then case when p_value #>> '{}' ~ '^([a-z0-9_.]+|[a-z]+(_[A-Za-z0-9]+)+)$' then p_value
                                else to_jsonb(without_traces(p_value #>> '{}', p_traces, p_instead)) end
        when 'object' then (
            select coalesce(jsonb_object_agg(key, case
                when jsonb_typeof(value) = 'string' and key in (
                    'id', 'object', 'type', 'mail', 'kind', 'state', 'status', 'mode', 'currency', 'number', 'variable_symbol', 'path',
                    'column', 'fault', 'payment_intent', 'payment_status', 'client_reference_id', 'checkout_session') then value
                else without_traces(value, p_traces, p_instead) end), '{}')
            from jsonb_each(p_value))
        when 'array' then (select coalesce(jsonb_agg(without_traces(value, p_traces, p_instead) order by place), '[]')
                           from jsonb_array_elements(p_value) with ordinality e (value, place))
        else p_value end;
end
$$;

-- A row of the audit about the person: what of it says who that is, is hidden as secrets are.
create function without_person(p_row jsonb, p_traces text, p_instead text) returns jsonb
    language sql immutable as $$
    select coalesce(jsonb_object_agg(key, case
        when key in ('name', 'phone', 'email', 'external_key', 'erased_key') and value not in ('null', '""') then '"…"'::jsonb
        else without_traces(value, p_traces, p_instead) end), '{}')
    from jsonb_each(p_row)
$$;

-- What is no trace of a person: somebody else is called so too, or is reached there.
--
-- p_customer: whose texts are searched; null for texts that may be about anybody's people
create function is_shared_trace(p_member bigint, p_customer bigint, p_text text) returns boolean
    language sql stable set search_path = public, pg_temp as $$
    select exists (select from member m where (p_customer is null or m.customer_id = p_customer) and m.id <> p_member
                     and lower(p_text) in (lower(m.name), lower(m.email), m.phone))
        or exists (select from login l where l.member_id is distinct from p_member and l.email = lower(p_text))
        or exists (select from staff s where lower(s.name) = lower(p_text))
        or exists (select from customer k where (p_customer is null or k.id = p_customer) and lower(k.name) = lower(p_text))
        or exists (select from supplier s where s.email = lower(p_text))
$$;

-- People write "paní Němcová", not "Jana Němcová": of a name, the surname goes where it stands alone too.

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
    where said is not null
      -- "Nový" and "Malá" are ordinary words before they are anybody's name: nobody's notes lose those.
      and (lower(said[2]) !~ '[ýáí]$' or lower(said[2]) ~ 'ová$')
      and not exists (
        select from (select m.name from member m where m.customer_id = p_customer and m.id <> p_member
                     union all select s.name from staff s
                     union all select k.name from customer k where k.id = p_customer
                     union all select f.name from supplier f) other
        where other.name ~* ('(?<![[:alnum:]])(?:' || forms || ')(?![[:alnum:]])'))
$$;

-- Whom to call instead: the telephone of who takes over, else the organisation's own.
create function phone_of(p_member bigint) returns text
    language sql stable set search_path = public, pg_temp as $$
    select coalesce(nullif(m.phone, ''), (
        select c.value from customer_contact c where c.customer_id = m.customer_id and c.kind = 'phone'
        order by c.position limit 1), '')
    from member m where m.id = p_member
$$;

-- What the person asked for goes on with a colleague, or is called off; what was not sent yet is thrown away. Where the person was
-- only to be called for somebody else's request, that one is called.
create function hand_requests_over(p_member bigint, p_heir bigint, p_names text[], p_phones text[], p_at timestamptz) returns void
    language plpgsql set search_path = public, pg_temp as $$
declare
    v_request record;
begin
    update service_request r
        set contact_name = case when r.contact_name = any (p_names) then m.name else r.contact_name end, contact_phone = phone_of(m.id)
        from member m
        where m.id = coalesce(p_heir, r.member_id) and m.customer_id = r.customer_id and r.member_id <> p_member
          and r.customer_id = (select customer_id from member where id = p_member)
          and r.state in ('waiting', 'scheduled', 'in_progress')
          and (r.contact_name = any (p_names) or r.contact_phone = any (p_phones));
    if p_heir is not null then
        update service_request r set member_id = m.id, contact_name = m.name, contact_phone = phone_of(m.id)
            from member m
            where m.id = p_heir and r.member_id = p_member and r.state in ('waiting', 'scheduled', 'in_progress');
    end if;
    for v_request in
        select id, customer_id from service_request
        where member_id = p_member and state in ('waiting', 'scheduled') order by id
    loop
        update appointment set state = 'cancelled' where request_id = v_request.id and state in ('confirmed', 'running');
        update service_request set state = 'cancelled', sequence = sequence + 1 where id = v_request.id;
        perform keep_preparation_by_staff(v_request.id, p_at);
        insert into request_event (customer_id, request_id, at, kind, member_id)
            values (v_request.customer_id, v_request.id, p_at, 'cancelled', p_member);
    end loop;
    delete from appointment where state = 'held'
        and request_id in (select id from service_request where member_id = p_member and state = 'draft');
    update service_request set state = 'cancelled' where member_id = p_member and state = 'draft';
end
$$;

-- What the person wrote, and where somebody else wrote down what the person said. A request keeps its shape: where a text must
-- stand, "…" does.
--
-- p_called: all names of the person; p_names and p_phones: those that are nobody else's
create function erase_words(
    p_member bigint, p_customer bigint, p_called text[], p_names text[], p_phones text[], p_instead text
) returns void
    language plpgsql set search_path = public, pg_temp as $$
begin
    update service_request set
        what_happened = case when what_happened <> '' then '…' else what_happened end,
        what_stopped = case when what_stopped <> '' then '…' else what_stopped end,
        stopped_since = case when stopped_since <> '' then '…' else stopped_since end
        where member_id = p_member;
    update service_request set contact_name = p_instead, contact_phone = ''
        where customer_id = p_customer and state in ('closed', 'cancelled')
          and (contact_name = any (p_names)
               or member_id = p_member and contact_name = any (p_called));
    update service_request set contact_phone = ''
        where customer_id = p_customer and state in ('closed', 'cancelled') and contact_phone = any (p_phones);
    update request_event set note = '' where customer_id = p_customer and note <> ''
        and (member_id = p_member or said_by = any (p_names));
    update request_event set said_by = p_instead where customer_id = p_customer and said_by = any (p_names);
    update ceiling_consent set said_by = p_instead, words = '…' where customer_id = p_customer and said_by = any (p_names);
    update contest set reason = '…' where customer_id = p_customer and member_id = p_member;
    update purchase_event set note = '' where customer_id = p_customer and member_id = p_member and note <> '';
end
$$;

-- What others wrote, as far as it calls the person by name, address or telephone.
--
-- p_traces: what finds the person among the customer's; p_anywhere: among everybody's, where it is not said whose a text is
create function erase_mentions(p_customer bigint, p_traces text, p_anywhere text, p_instead text) returns void
    language plpgsql set search_path = public, pg_temp as $$
declare
    v_column record;
begin
    for v_column in select * from (values
        ('ceiling_consent', 'said_by'), ('ceiling_consent', 'words'), ('computer', 'name'), ('contact_attempt', 'note'),
        ('contest', 'reason'), ('contest', 'answer'), ('contest_remark', 'remark'), ('contract_version', 'reason'),
        ('customer_contact', 'label'), ('intervention', 'report'), ('mail', 'last_error'), ('purchase_event', 'note'),
        ('request_event', 'note'), ('request_event', 'said_by'), ('request_note', 'note'), ('segment_correction', 'reason'),
        ('service_request', 'what_happened'), ('service_request', 'what_stopped'), ('service_request', 'stopped_since'),
        ('service_request', 'contact_name')) as written (of_table, name)
    loop
        -- Without the ends of words a text is found sooner, and no fewer are.
        execute format('update %1$I set %2$I = without_traces(%2$I, $2, $3) where customer_id = $1 and %2$I ~* $2',
                       v_column.of_table, v_column.name) using p_customer, p_traces, p_instead;
    end loop;
    update customer set note = without_traces(note, p_traces, p_instead),
                        block_reason = without_traces(block_reason, p_traces, p_instead)
        where id = p_customer and (note ~* p_traces or block_reason ~* p_traces);
    update mail set content = without_traces(content, p_traces, p_instead)
        where content::text ~* p_traces and (customer_id = p_customer
              or customer_id is null and about in (select number from service_request where customer_id = p_customer));
    update stripe_event set payload = without_traces(payload, p_anywhere, p_instead) where payload::text ~* p_anywhere;
    update payment_alert set details = without_traces(details, p_anywhere, p_instead) where details::text ~* p_anywhere;
    update import_run set report = without_traces(report, p_anywhere, p_instead) where report::text ~* p_anywhere;
end
$$;

-- Whom the audit names, and from where the person acted. Everything else of it stays. What it says of no customer in particular (a
-- search that was exported, a payment that was set aside) may be about anybody.
create function erase_from_audit(
    p_member bigint, p_customer bigint, p_login bigint, p_traces text, p_anywhere text, p_instead text
) returns void
    language sql set search_path = public, pg_temp as $$
    update audit_entry set
        label = case when is_own then p_instead else without_traces(label, traces, p_instead) end,
        before = case when is_own then without_person(before, traces, p_instead)
                      else without_traces(before, traces, p_instead) end,
        after = case when is_own then without_person(after, traces, p_instead)
                     else without_traces(after, traces, p_instead) end,
        who = case when is_doer then p_instead else without_traces(who, traces, p_instead) end,
        address = case when not is_doer then address end,
        login_id = case when not is_doer then login_id end
    from (select id, coalesce(login_id = p_login, false) as is_doer,
                 subject = 'member' and row_key = p_member::text
                     or subject in ('login', 'password_link') and row_key = p_login::text as is_own,
                 case when customer_id = p_customer then p_traces else p_anywhere end as traces
          from audit_entry where customer_id = p_customer or customer_id is null or login_id = p_login) found
    where audit_entry.id = found.id
      and (is_own or is_doer or label ~* traces or before::text ~* traces or after::text ~* traces or who ~* traces)
$$;

-- Erases a person; the number that is in the name's place from now on, null if there is no such person. Who is erased already stays
-- as is. Everything happens in the caller's transaction.
--
-- p_heir: the colleague with whom open requests go on; null calls them off, if p_call_off says that this is meant
-- p_by_self: whether the person asks; the last one of a customer who manages hands that over first
create function erase_member(p_member bigint, p_heir bigint, p_call_off boolean, p_by_self boolean, p_reason text, p_at timestamptz)
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
                      external_key = case when external_key ~* v_traces
                                           or lower(external_key) in (select lower(name) from unnest(v_names) name) then 'erased-' || id else external_key end
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

grant select, update on service_request, request_event, ceiling_consent, contest, purchase_event, mail, customer, computer,
    contact_attempt, contest_remark, contract_version, customer_contact, intervention, request_note, segment_correction,
    stripe_event, payment_alert, import_run, audit_entry to linka_eraser;
revoke update on request_event, ceiling_consent, contest, purchase_event, contest_remark, contract_version, request_note,
    segment_correction, import_run, audit_entry from linka_eraser;
grant update (note, said_by) on request_event to linka_eraser;
grant update (said_by, words) on ceiling_consent to linka_eraser;
grant update (reason, answer) on contest to linka_eraser;
grant update (note) on purchase_event, request_note to linka_eraser;
grant update (remark) on contest_remark to linka_eraser;
grant update (reason) on contract_version, segment_correction to linka_eraser;
grant update (report) on import_run to linka_eraser;
grant update (label, before, after, who, address, login_id) on audit_entry to linka_eraser;
grant insert on request_event, audit_entry to linka_eraser;
grant delete on customer_contact, login to linka_eraser;
grant select on supplier, staff to linka_eraser;

grant create on schema public to linka_eraser, linka_system;
alter function phone_of owner to linka_eraser;
alter function hand_requests_over owner to linka_eraser;
alter function erase_words owner to linka_eraser;
alter function erase_mentions owner to linka_eraser;
alter function erase_from_audit owner to linka_eraser;
alter function erase_member owner to linka_eraser;
alter function person_is_there owner to linka_system;
revoke create on schema public from linka_eraser, linka_system;
revoke execute on function phone_of, hand_requests_over, erase_words, erase_mentions, erase_from_audit, erase_member, is_shared_trace,
    own_surnames, person_is_there from public;
grant execute on function is_shared_trace, own_surnames to linka_eraser;
grant execute on function erase_member to linka_system;
