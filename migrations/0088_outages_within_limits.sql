-- How many outages of a program there may be at once, and how often all who belong to one are written to.
alter table line_limit
    add column open_outages integer not null default 3 check (open_outages > 0),
    add column outage_messages integer not null default 20 check (outage_messages > 0),
    drop constraint limits_are_limits;
alter table line_limit add constraint limits_are_limits check (
    greatest(future_appointments, waiting_requests, unpaid_purchases, purchases_per_day, downloads, drafts, holds, holds_per_hour,
             writes_per_minute, open_outages, outage_messages) <= 100000);

-- A lifted minimum rests on a decision however its row came to be: one that is added says so as truly as one that is changed.
drop trigger keep_lifted_minimum on intervention;
create trigger keep_lifted_minimum before insert or update of lifted_by_outage on intervention
    for each row execute function keep_lifted_minimum();

-- And what was decided of an outage is not taken away with it.
create or replace function keep_decided_outage() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
    v_is_kept boolean;
begin
    if tg_op = 'DELETE' then
        v_is_kept := old.resolved_at is null and old.lifted_at is null;
    else
        v_is_kept := (old.program_id, old.opened_at, old.opened_by)
                is not distinct from (new.program_id, new.opened_at, new.opened_by)
            and (old.resolved_at is null
                or (old.resolved_at, old.resolved_by) is not distinct from (new.resolved_at, new.resolved_by))
            and (old.lifted_at is null
                or (old.lifted_at, old.lifted_by, old.lifted_reason)
                    is not distinct from (new.lifted_at, new.lifted_by, new.lifted_reason));
    end if;
    if not v_is_kept then
        raise exception using errcode = 'check_violation', constraint = 'outage_is_decided_once',
            message = 'what was decided of an outage stays';
    end if;
    return coalesce(new, old);
end
$$;
drop trigger keep_decided_outage on outage;
create trigger keep_decided_outage before update or delete on outage
    for each row execute function keep_decided_outage();
