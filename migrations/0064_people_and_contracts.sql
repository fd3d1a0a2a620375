-- Who is no customer any more is told nothing that only a customer cares about: minutes that run low or expire, a contract that ends.
-- What is owed still goes: documents, what is agreed and done, an answer to an objection. Decided where every mail is written.
create or replace function insert_mail(p_customer bigint, p_address text, p_name text, p_language text, p_content jsonb,
                                       p_now timestamptz, p_key text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_mail  bigint;
begin
    if p_content ->> 'mail' in ('alert', 'contract_ends')
       and exists (select from customer where id = p_customer and not active) then
        return;
    end if;
    insert into mail (customer_id, to_address, to_name, language, content, created_at, key)
        values (p_customer, p_address, p_name, p_language, p_content, p_now, p_key)
        on conflict (key) do nothing
        returning id into v_mail;
    if found then
        perform queue_mail(v_mail);
    end if;
end
$$;

-- What letting somebody go took out of the plan, so that exactly that comes back when they stay after all: a week that had ended
-- on the last day by itself was prolonged, and work on top of the week was gone.
create table given_up_week (
    technician_id  bigint not null references staff,
    weekday        smallint not null,
    starts         time not null,
    ends           time not null,
    valid          daterange not null check (not isempty(valid)), -- the days that were taken
    is_rest        boolean not null, -- what is before them stayed
    primary key (technician_id, weekday, starts, valid)
);
create table given_up_extra (
    technician_id  bigint not null references staff,
    during         tstzrange not null check (not isempty(during)), -- the time that was taken
    note           text not null check (is_kept_text(note)),
    is_rest        boolean not null,
    primary key (technician_id, during)
);
grant select, insert, delete on given_up_week, given_up_extra to linka_system;
grant update on plan_exception to linka_system;

-- Ends the plan of a person: weeks from a day on, work on top of them from an instant on; null is all of it.
create function give_up_plan(p_person bigint, p_day date, p_instant timestamptz) returns void
    language sql set search_path = public, pg_temp as $$
    with taken as (
        delete from working_plan where technician_id = p_person and valid && daterange(p_day, null)
        returning weekday, starts, ends, valid),
    kept as (
        insert into given_up_week
        select p_person, weekday, starts, ends, valid * daterange(p_day, null),
               p_day is not null and (lower_inf(valid) or lower(valid) < p_day) from taken
        on conflict do nothing)
    insert into working_plan (technician_id, weekday, starts, ends, valid)
    select p_person, weekday, starts, ends, rest
    from taken, unnest(datemultirange(valid) - datemultirange(daterange(p_day, null))) rest;

    with taken as (
        delete from plan_exception
        where technician_id = p_person and kind = 'extra' and during && tstzrange(p_instant, null)
        returning during, note),
    kept as (
        insert into given_up_extra
        select p_person, during * tstzrange(p_instant, null), note, p_instant is not null and lower(during) < p_instant
        from taken
        on conflict do nothing)
    insert into plan_exception (technician_id, during, kind, note)
    select p_person, rest, 'extra', note
    from taken, unnest(tstzmultirange(during) - tstzmultirange(tstzrange(p_instant, null))) rest
    on conflict on constraint excepted_once do nothing;
$$;

-- Gives a person back what giving up took. What was cut is whole again, if its beginning still ends there; where something else is
-- planned by now, that stands.
create function take_back_plan(p_person bigint) returns void
    language plpgsql set search_path = public, pg_temp as $$
declare
    v_week  given_up_week;
    v_extra given_up_extra;
begin
    for v_week in
        select * from given_up_week where technician_id = p_person order by weekday, starts, lower(valid) nulls first
    loop
        update working_plan w set valid = w.valid + v_week.valid
            where v_week.is_rest and w.technician_id = p_person and (w.weekday, w.starts, w.ends) = (v_week.weekday, v_week.starts, v_week.ends)
              and upper(w.valid) = lower(v_week.valid)
              and not exists (select from working_plan o
                              where o.technician_id = p_person and o.weekday = v_week.weekday and o.valid && v_week.valid
                                and o.starts < v_week.ends and o.ends > v_week.starts);
        if not found then
            insert into working_plan (technician_id, weekday, starts, ends, valid)
                values (p_person, v_week.weekday, v_week.starts, v_week.ends, v_week.valid)
                on conflict do nothing;
        end if;
    end loop;
    for v_extra in select * from given_up_extra where technician_id = p_person order by during loop
        update plan_exception e set during = e.during + v_extra.during
            where v_extra.is_rest and e.technician_id = p_person and e.kind = 'extra' and e.note = v_extra.note
              and upper(e.during) = lower(v_extra.during);
        if not found then
            insert into plan_exception (technician_id, during, kind, note)
                values (p_person, v_extra.during, 'extra', v_extra.note)
                on conflict do nothing;
        end if;
    end loop;
    delete from given_up_week where technician_id = p_person;
    delete from given_up_extra where technician_id = p_person;
end $$;
revoke execute on function give_up_plan, take_back_plan from public;
grant execute on function give_up_plan, take_back_plan to linka_system;

-- As in 0057, whose owner, grants and purpose it keeps. It keeps what it takes, and another last day begins with what the former
-- one took.
create or replace function let_go(p_person bigint, p_from date, p_today date) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update staff set leaves_on = p_from, active = p_from > p_today where id = p_person and active;
    if not found then
        return false;
    end if;
    perform take_back_plan(p_person);
    perform give_up_plan(p_person, case when p_from > p_today then p_from end,
                         p_from::timestamp at time zone 'Europe/Prague');
    if p_from <= p_today then
        delete from session where login_id in (select id from login where staff_id = p_person);
    end if;
    return true;
end
$$;

-- What was attached by mistake is removed: the audit keeps who did it and what the file was called, and nobody its bytes.
grant delete on contract_file to linka_staff;

-- Somebody was to be told that their time was moved, and has no address: the desk calls them. Since when it is to, and of which
-- change of the time; what changes it again is told otherwise.
alter table desk_case
    add column call_back_at timestamptz,
    add column call_back_sequence integer check (call_back_sequence >= 0),
    add constraint call_back_at_some_time check (num_nulls(call_back_at, call_back_sequence) <> 1);
