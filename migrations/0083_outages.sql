-- An outage: what hits many customers of a program at once. Their requests become one thing, are told the same once, and end
-- together; visitors and whoever is about to order for that program read that we know.

create table outage (
    id             uuid primary key, -- made with the form: sent twice, it is one
    program_id     bigint not null references program,
    work_type_id   bigint not null references work_type, -- of the requests of those who join instead of ordering
    name           text not null,
    name_en        text not null,
    text_cs        text not null,
    text_en        text not null,
    began_at       timestamptz not null,
    opened_at      timestamptz not null,
    opened_by      bigint not null references staff,
    resolved_at    timestamptz,
    resolved_by    bigint references staff,
    -- That the minimum is not charged is a manager's to say, once and with a reason.
    lifted_at      timestamptz,
    lifted_by      bigint references staff,
    lifted_reason  text,
    constraint outage_name_is_kept check (is_kept_text(name) and is_kept_text(name_en)),
    constraint outage_name_is_short check (length(name) between 10 and 120 and length(name_en) between 10 and 120),
    constraint outage_text_is_kept check (is_kept_text(text_cs) and is_kept_text(text_en)),
    constraint outage_text_is_short check (length(text_cs) between 3 and 1000 and length(text_en) between 3 and 1000),
    constraint outage_began_before_it_was_told check (began_at <= opened_at),
    constraint outage_is_resolved_by_somebody check (num_nulls(resolved_at, resolved_by) <> 1),
    constraint lifting_says_who_and_why check (num_nulls(lifted_at, lifted_by, lifted_reason) in (0, 3)),
    constraint lifting_reason_is_kept check (is_kept_text(lifted_reason) and length(lifted_reason) between 3 and 1000)
);
create index outage_open on outage (program_id) where resolved_at is null;
create index outage_resolved on outage (resolved_at desc) where resolved_at is not null;
call keep_audit('outage');

-- What is over stays over, and a minimum that was lifted stays lifted: receipts stand on it.
create function keep_decided_outage() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if (old.program_id, old.opened_at, old.opened_by) is distinct from (new.program_id, new.opened_at, new.opened_by)
        or old.resolved_at is not null
            and (old.resolved_at, old.resolved_by) is distinct from (new.resolved_at, new.resolved_by)
        or old.lifted_at is not null
            and (old.lifted_at, old.lifted_by, old.lifted_reason)
                is distinct from (new.lifted_at, new.lifted_by, new.lifted_reason) then
        raise exception using errcode = 'check_violation', constraint = 'outage_is_decided_once',
            message = 'what was decided of an outage stays';
    end if;
    return new;
end
$$;
create trigger keep_decided_outage before update on outage for each row execute function keep_decided_outage();

-- What all who belong to an outage were told: append-only.
create table outage_message (
    id         uuid primary key, -- the key of the form
    outage_id  uuid not null references outage,
    is_over    boolean not null, -- the last one
    at         timestamptz not null,
    staff_id   bigint not null references staff,
    text_cs    text not null,
    text_en    text not null,
    constraint outage_message_is_kept check (is_kept_text(text_cs) and is_kept_text(text_en)),
    constraint outage_message_is_short check (length(text_cs) between 3 and 2000 and length(text_en) between 3 and 2000)
);
create index outage_message_of_outage on outage_message (outage_id, at);
create unique index outage_ends_with_one_message on outage_message (outage_id) where is_over;
create trigger append_only before update or delete or truncate on outage_message
    for each statement execute function refuse_change();

alter table service_request add column outage_id uuid references outage;
create index service_request_outage on service_request (outage_id) where outage_id is not null;

-- Joining and resolving wait for each other: whoever joins what is being resolved is refused, and nobody belongs to an outage that
-- ended without having been told.
create function refuse_resolved_outage() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if new.outage_id is null or tg_op = 'UPDATE' and new.outage_id is not distinct from old.outage_id then
        return new;
    end if;
    perform from outage where id = new.outage_id and resolved_at is null for share;
    if not found then
        raise exception using errcode = 'check_violation', constraint = 'outage_is_open', message = 'the outage is over';
    end if;
    return new;
end
$$;
create trigger outage_is_open before insert or update of outage_id on service_request
    for each row execute function refuse_resolved_outage();

-- By which outage something happened to a request, and what was told then.
alter table request_event
    add column outage_id uuid references outage,
    add column outage_message_id uuid references outage_message;
create index request_event_outage on request_event (outage_id, at) where outage_id is not null;

-- The lists of codes are added to, whatever migrations have added to them before.
do $$
declare
    v_list record;
    v_codes text[];
begin
    for v_list in
        select * from (values
            ('request_event', 'kind', 'request_event_kind_check', array['outage_joined', 'outage_left', 'outage_news', 'outage_over']),
            ('desk_case', 'snoozed_lane', 'desk_case_snoozed_lane_check', array['outage'])) as list (of_table, of_column, of_check, added)
    loop
        select array_agg(word[1]) into strict v_codes
        from pg_constraint c, regexp_matches(pg_get_constraintdef(c.oid), '''([^'']*)''::text', 'g') word
        where c.conname = v_list.of_check and c.conrelid = v_list.of_table::regclass;
        execute format('alter table %I drop constraint %I, add constraint %I check (%I in (%s))',
            v_list.of_table, v_list.of_check, v_list.of_check, v_list.of_column,
            (select string_agg(quote_literal(code), ', ') from unnest(v_codes || v_list.added) code));
    end loop;
end
$$;

-- By which outage the minimum of an intervention is lifted. It stays so, whatever becomes of the request: what was once billed
-- without the minimum is never billed with it.
alter table intervention add column lifted_by_outage uuid references outage;
create index intervention_lifted on intervention (lifted_by_outage) where lifted_by_outage is not null;
create function keep_lifted_minimum() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if old.lifted_by_outage is not null and old.lifted_by_outage is distinct from new.lifted_by_outage
        or new.lifted_by_outage is not null
            and not exists (select from outage o where o.id = new.lifted_by_outage and o.lifted_at is not null) then
        raise exception using errcode = 'check_violation', constraint = 'lifted_minimum_is_decided',
            message = 'a minimum is lifted by a decision, and stays lifted';
    end if;
    return new;
end
$$;
create trigger keep_lifted_minimum before update of lifted_by_outage on intervention
    for each row execute function keep_lifted_minimum();

-- What is lifted is not billed, and what is not lifted is: whoever writes the receipt.
create function bill_lifted_minimum() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
    v_lifted boolean := (select i.lifted_by_outage is not null from intervention i where i.id = new.intervention_id);
    v_effective integer := (new.content -> 'bill' ->> 'effective_minutes')::integer;
begin
    if v_lifted and new.billed_minutes <> v_effective or not v_lifted and coalesce(new.content -> 'lifted', 'null') <> 'null' then
        raise exception using errcode = 'check_violation', constraint = 'lifted_minimum_is_not_billed',
            message = 'the receipt and the lifted minimum differ';
    end if;
    return new;
end
$$;
create trigger bill_lifted_minimum before insert on receipt for each row execute function bill_lifted_minimum();

grant select on outage, outage_message to linka_member, linka_staff, linka_system;
grant insert, update on outage to linka_staff;
grant insert on outage_message to linka_staff;
grant update (resolved_at) on outage to linka_system; -- for the lock
grant create on schema public to linka_system;
alter function refuse_resolved_outage owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function refuse_resolved_outage from public;
