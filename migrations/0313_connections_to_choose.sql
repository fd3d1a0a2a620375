-- A connection that fits the visits of several requests is nobody's before somebody has said whose: guessed wrong it would stand beside
-- another clock, and on another receipt.
alter table remote_connection
    -- The visits that it fits alike, one of each request.
    add column candidates bigint[] not null default '{}',
    -- Who has said to which of them it belongs.
    add column placed_by bigint references staff,
    add constraint chosen_of_a_visit check (placed_by is null or appointment_id is not null),
    add constraint placed_or_to_choose check (appointment_id is null or candidates = '{}');
create index remote_connection_placed_by on remote_connection (placed_by) where placed_by is not null;
create index remote_connection_candidates on remote_connection using gin (candidates) where candidates <> '{}';
grant update (technician_id, customer_id, appointment_id, candidates, placed_by) on remote_connection to linka_staff;
grant update (candidates, placed_by) on remote_connection to linka_system;

-- As before; and the workbench of a visit that it may be of.
create or replace function live_connection() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform write_live(array(select distinct a.request_id from changed c
                             join appointment a on a.id = c.appointment_id or a.id = any (c.candidates)), '{}', '{}');
    return null;
end
$$;

-- As before; what says most counts: the session; then a minute or more that the clock has measured; then one of the agreed time; then any
-- common moment; then half an hour around it. Of the visits of one request it is that of the longest common time. Where visits of several
-- requests are left, people choose.
create or replace function place_connections(p_since timestamptz) returns void
    language sql set search_path = public, pg_temp as $$
    with loose as (
        select c.id, c.started_at, c.ended_at, c.device_key, c.session_code,
               array(select u.staff_id from teamviewer_user u where lower(u.name) in (lower(c.user_key), lower(c.user_name))) as staff_ids
        from remote_connection c
        left join appointment a on a.id = c.appointment_id
        where (a.id is null or a.state = 'cancelled') and c.started_at >= p_since
    ),
    near as (
        select l.id, a.id as appointment_id, a.request_id, a.customer_id, a.technician_id, max(p.common) as common,
               case when l.session_code <> '' and exists (
                        select from remote_session r
                        where r.request_id = a.request_id and l.session_code = any (array_append(r.former_codes, r.code))) then 0
                    when max(p.common) filter (where p.is_measured) >= interval '1 minute' then 1
                    when max(p.common) >= interval '1 minute' then 2
                    when max(p.common) >= interval '0' then 3
                    else 4 end as distance
        from loose l
        -- Nobody works for a time that is further off.
        join appointment a on a.technician_id = any (l.staff_ids) and a.state <> 'held'
             and a.during && tstzrange(l.started_at - interval '8 days', l.ended_at + interval '8 days')
        cross join lateral (
            select s.since, s.until, s.is_measured, least(s.until, l.ended_at) - greatest(s.since, l.started_at) as common
            from (select lower(a.during) as since, upper(a.during) as until, false as is_measured where a.state <> 'cancelled'
                  union all
                  select t.started_at, coalesce(t.ended_at, t.started_at), true from time_segment t where t.appointment_id = a.id) s) p
        where p.since - interval '30 minutes' <= l.ended_at and l.started_at <= p.until + interval '30 minutes'
        group by l.id, l.session_code, l.device_key, a.id, a.request_id, a.customer_id, a.technician_id
        having exists (select from computer k where k.customer_id = a.customer_id and k.teamviewer_id = l.device_key)
            or l.session_code <> '' and exists (
                select from remote_session r
                where r.request_id = a.request_id and l.session_code = any (array_append(r.former_codes, r.code)))
    ),
    nearest as (
        select n.*, row_number() over (partition by n.id, n.request_id order by n.common desc, n.appointment_id) as place
        from (select *, min(distance) over (partition by id) as shortest from near) n
        where n.distance = n.shortest
    ),
    visit as (
        select id,
               case when count(*) = 1 then min(appointment_id) end as appointment_id,
               case when min(customer_id) = max(customer_id) then min(customer_id) end as customer_id,
               case when min(technician_id) = max(technician_id) then min(technician_id) end as technician_id,
               case when count(*) > 1 then array_agg(appointment_id order by appointment_id) else '{}' end as candidates
        from nearest where place = 1 group by id
    ),
    owner as (
        -- Whose computer it is, where it is one customer's.
        select l.id, min(k.customer_id) as customer_id
        from loose l join computer k on k.teamviewer_id = l.device_key
        group by l.id having count(distinct k.customer_id) = 1
    ),
    found as (
        select l.id,
               coalesce(v.technician_id, case when cardinality(l.staff_ids) = 1 then l.staff_ids[1] end) as technician_id,
               coalesce(v.customer_id, o.customer_id) as customer_id, v.appointment_id, coalesce(v.candidates, '{}') as candidates
        from loose l
        left join visit v on v.id = l.id
        left join owner o on o.id = l.id
    )
    update remote_connection c
    set technician_id = f.technician_id,
        customer_id = coalesce(f.customer_id, c.customer_id),
        appointment_id = f.appointment_id,
        candidates = f.candidates,
        placed_by = null
    from found f
    where c.id = f.id
      and (f.technician_id, coalesce(f.customer_id, c.customer_id), f.appointment_id, f.candidates)
          is distinct from (c.technician_id, c.customer_id, c.appointment_id, c.candidates)
$$;
