-- What is planned of a technician ends with the last day, work on top of the week as well; and a manager stays.

-- As in 0048, whose owner, grants and purpose it keeps. Work on top of the week stood beyond the last day: it was offered, and
-- nobody could have it.
create or replace function let_go(p_person bigint, p_from date, p_today date) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_gone_from  timestamptz := p_from::timestamp at time zone 'Europe/Prague';
begin
    update staff set leaves_on = p_from, active = p_from > p_today where id = p_person and active;
    if not found then
        return false;
    end if;
    delete from working_plan where technician_id = p_person and (lower(valid) >= p_from or p_from <= p_today);
    update working_plan set valid = valid * daterange(null, p_from) where technician_id = p_person and valid @> p_from;
    insert into plan_exception (technician_id, during, kind, note)
        select technician_id, during * tstzrange(null, v_gone_from), kind, note from plan_exception
        where technician_id = p_person and kind = 'extra' and lower(during) < v_gone_from and upper(during) > v_gone_from
        on conflict on constraint excepted_once do nothing;
    delete from plan_exception where technician_id = p_person and kind = 'extra' and upper(during) > v_gone_from;
    if p_from <= p_today then
        delete from session where login_id in (select id from login where staff_id = p_person);
    end if;
    return true;
end
$$;
grant insert, delete on plan_exception to linka_system;

-- As in 0028: once there is a manager, there always is one. Whoever leaves on a later day is none from then on, so of those who
-- stay one has to be left: the last two do not leave one after the other.
create or replace function keep_a_manager() returns trigger language plpgsql as $$
declare
    v_was   boolean := 'manager' = any (old.roles) and old.active;
    v_is    boolean := 'manager' = any (new.roles) and new.active;
    v_stayed  boolean := v_was and old.leaves_on is null;
begin
    if v_was and not v_is or v_stayed and new.leaves_on is not null then
        perform pg_advisory_xact_lock(hashtextextended('the last manager', 0));
        if not exists (select from staff
                       where active and 'manager' = any (roles) and (leaves_on is null or not v_stayed)) then
            raise exception using errcode = 'check_violation', constraint = 'a_manager_stays',
                message = 'the last manager stays';
        end if;
    end if;
    return null;
end $$;

-- What stands beyond the last day of who has left or leaves already.
delete from plan_exception e using staff s
    where s.id = e.technician_id and e.kind = 'extra'
      and lower(e.during) >= s.leaves_on::timestamp at time zone 'Europe/Prague';
