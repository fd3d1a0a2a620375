-- What has passed unmet is said by one function. It was said three times, and what was opened again to be put right only in one of
-- them: two of the three gave the time of work that is under way to whoever asked.

-- The agreed times at which nobody has come, and that nobody has written down yet. One that counts as running because it was
-- prepared, and nothing else was done, is among them: preparation is nobody's coming. What was closed and is being put right is
-- over, whatever was done. The rule is the model's (`Watched::has_passed_unmet`); `p_unmet_since` is the instant so many
-- minutes ago, of which the model knows how many.
--
-- It returns rows so that it is put in the place where it stands: a function that asks another table and returns one value is called
-- for each row. What it asks is the index of what is looked for every minute.
create function passed_unmet(p_unmet_since timestamptz) returns table (appointment_id bigint)
    language sql stable
begin atomic
    select a.id
    from appointment a
    where a.state in ('confirmed', 'running') and a.missed_at is null and lower(a.during) <= p_unmet_since
      and is_unmet('confirmed', a.during, a.attempted_at, p_unmet_since)
      and (a.state = 'confirmed'
           or exists (select from time_segment s where s.appointment_id = a.id)
              and not exists (select from time_segment s where s.appointment_id = a.id and s.kind <> 'preparation'))
      and not exists (select from intervention_reopening o join intervention i on i.id = o.intervention_id
                      where i.request_id = a.request_id and o.version is null);
end;

create or replace function free_busy(
    p_from timestamptz, p_to timestamptz, p_now timestamptz, p_unmet_since timestamptz, p_request uuid
) returns table (technician_id bigint, starts_at timestamptz, ends_at timestamptz, urgent boolean)
    language sql stable security definer set search_path = public, pg_temp
begin atomic
    select a.technician_id, lower(a.during), upper(a.during), a.urgency = 'urgent'
    from appointment a
    where a.during && tstzrange(p_from, p_to)
      and a.state in ('held', 'confirmed', 'running')
      and not (a.state = 'held' and a.hold_expires_at <= p_now)
      and not (a.request_id = p_request and a.customer_id = (select current_customer()))
      and not exists (select from passed_unmet(p_unmet_since) u where u.appointment_id = a.id)
    order by a.technician_id, lower(a.during);
end;

create or replace function clear_the_way(p_now timestamptz, p_unmet_since timestamptz) returns boolean
    language sql volatile security definer set search_path = public, pg_temp as $$
    delete from appointment where id in (
        select id from appointment where state = 'held' and hold_expires_at <= p_now for update skip locked);
    select exists (select from passed_unmet(p_unmet_since));
$$;
