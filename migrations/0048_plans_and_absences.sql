-- When technicians work, by dates; and times in which nothing is agreed any more.
--
-- A plan was one week for ever. It is now a week for a span of days, so that a change can be entered before it holds and what
-- held before stays readable. What was planned so far holds for all days.

alter table working_plan
    add column valid daterange not null default daterange(null, null) check (not isempty(valid)),
    drop constraint working_plan_pkey,
    add primary key (technician_id, weekday, starts, valid),
    -- On no day does one plan say two things of the same minute.
    add constraint planned_once exclude using gist (
        technician_id with =, weekday with =, valid with &&,
        int4range((extract(hour from starts) * 60 + extract(minute from starts))::integer,
                  (extract(hour from ends) * 60 + extract(minute from ends))::integer) with &&);

-- An absence that is entered twice is one absence.
alter table plan_exception
    add constraint excepted_once unique (technician_id, during, kind),
    add constraint note_is_kept check (is_kept_text(note)) not valid;
alter table closure add constraint reason_is_kept check (is_kept_text(reason)) not valid;

-- From this day on a person does not work here any more; nothing is agreed with them then.
alter table staff add column leaves_on date;

-- Dispatch looked at an appointment whose technician is not planned to work then, and left it as it is.
alter table appointment add column left_as_is boolean not null default false;

alter table request_event
    drop constraint request_event_kind_check,
    add constraint request_event_kind_check check (kind in (
        'ordered', 'confirmed', 'waiting', 'moved', 'cancelled', 'reclassified', 'started', 'suspended', 'closed',
        'no_show', 'missed_by_us', 'called_off_by_us', 'started_late', 'consent_asked', 'consent_given', 'consent_refused',
        'contested', 'contest_decided', 'offered', 'reassigned', 'declined', 'continued'));

-- As in 0028, whose owner it keeps: nothing is agreed with who is no technician; and nothing with who is absent or gone by
-- then, nor on a day on which the line is closed. Whoever enters an absence locks the technician's row first, whoever enters a
-- closure takes the lock of that name alone: what is being agreed at the same moment waits and then finds nobody, or stands
-- before they look for what is hit.
create or replace function has_a_technician() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_is_ahead  boolean := new.state in ('held', 'confirmed');
    v_day  date := (lower(new.during) at time zone 'Europe/Prague')::date;
    v_leaves_on  date;
begin
    if v_is_ahead then
        perform pg_advisory_xact_lock_shared(hashtextextended('closures', 0));
    end if;
    select leaves_on into v_leaves_on from staff
        where id = new.technician_id and active and 'technician' = any (roles) for share;
    if not found then
        return null;
    end if;
    if v_is_ahead and (
        v_leaves_on <= v_day
        or exists (select from closure where date = v_day)
        or exists (select from plan_exception
                   where technician_id = new.technician_id and kind = 'off' and during && new.during)) then
        return null;
    end if;
    return new;
end $$;
-- A hold that was made before the absence was entered is agreed no more after it.
create trigger has_a_technician_when_agreed before update of state on appointment
    for each row when (old.state = 'held' and new.state = 'confirmed') execute function has_a_technician();

-- What was prepared for a time that we move or call off: as keep_preparation() of 0021, whoever's request it is.
create function keep_preparation_by_staff(p_request uuid, p_at timestamptz) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update time_segment s set ended_at = greatest(least(p_at, s.forgotten_from), s.started_at)
        from intervention i
        where i.id = s.intervention_id and i.request_id = p_request and s.ended_at is null;
    update time_segment s set appointment_id = next.id
        from intervention i, appointment former, appointment next
        where i.id = s.intervention_id and i.request_id = p_request
          and i.state = 'open' and former.id = s.appointment_id and former.state = 'cancelled'
          and next.request_id = p_request and next.state = 'confirmed'
          and not exists (select 1 from receipt r where r.intervention_id = i.id and r.at >= s.ended_at);
end
$$;

-- Lets a person go from a day on: the plan ends, nothing more is agreed, and who goes today is signed out. False when nobody
-- is there to go. Whoever calls it has placed the appointments from that day on elsewhere, or does so in this transaction.
create function let_go(p_person bigint, p_from date, p_today date) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update staff set leaves_on = p_from, active = p_from > p_today where id = p_person and active;
    if not found then
        return false;
    end if;
    delete from working_plan where technician_id = p_person and (lower(valid) >= p_from or p_from <= p_today);
    update working_plan set valid = valid * daterange(null, p_from) where technician_id = p_person and valid @> p_from;
    if p_from <= p_today then
        delete from session where login_id in (select id from login where staff_id = p_person);
    end if;
    return true;
end
$$;

grant update on working_plan to linka_system;
grant create on schema public to linka_system;
alter function keep_preparation_by_staff owner to linka_system;
alter function let_go owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function keep_preparation_by_staff, let_go from public;
grant execute on function keep_preparation_by_staff, let_go to linka_staff;
