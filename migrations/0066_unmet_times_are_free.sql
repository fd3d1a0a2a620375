-- A time that passed unmet is its technician's again at that very instant, not only once somebody has written it down: it is not
-- in the way of what is offered, and whoever takes a time looks first whether one has to be written down.

-- `p_unmet_since` is the instant so many minutes ago, of which the model knows how many. As for is_unmet, one that counts as
-- running because it was prepared, and nothing else was done, has passed unmet: preparation is nobody's coming.
drop function free_busy(timestamptz, timestamptz, timestamptz, uuid);
create function free_busy(
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
      and not (a.state in ('confirmed', 'running') and a.missed_at is null and lower(a.during) <= p_unmet_since
               and is_unmet('confirmed', a.during, a.attempted_at, p_unmet_since)
               and (a.state = 'confirmed'
                    or exists (select 1 from time_segment s where s.appointment_id = a.id)
                       and not exists (select 1 from time_segment s
                                       where s.appointment_id = a.id and s.kind <> 'preparation')))
    order by a.technician_id, lower(a.during);
end;

-- Deletes holds that have expired, as clear_expired_holds() did, and tells whether an agreed time has passed unmet that nobody
-- has written down: that takes mails and a story, so it is not done here. One round trip before a time is taken, and a
-- transaction of its own for the reason given there.
drop function clear_expired_holds(timestamptz);
create function clear_the_way(p_now timestamptz, p_unmet_since timestamptz) returns boolean
    language sql volatile security definer set search_path = public, pg_temp as $$
    delete from appointment where id in (
        select id from appointment where state = 'held' and hold_expires_at <= p_now for update skip locked);
    select exists (
        select 1 from appointment a
        where a.state in ('confirmed', 'running') and a.missed_at is null and lower(a.during) <= p_unmet_since
          and is_unmet('confirmed', a.during, a.attempted_at, p_unmet_since)
          and (a.state = 'confirmed'
               or exists (select 1 from time_segment s where s.appointment_id = a.id)
                  and not exists (select 1 from time_segment s
                                  where s.appointment_id = a.id and s.kind <> 'preparation')));
$$;

grant select on time_segment to linka_system;
grant create on schema public to linka_system;
alter function free_busy owner to linka_system;
alter function clear_the_way owner to linka_system;
revoke create on schema public from linka_system;
-- Whoever runs it is linka_system, as of all that is granted by name (0055).
revoke execute on function free_busy, clear_the_way from public;
grant execute on function free_busy to linka_member, linka_staff;
