-- A clock that was left running is believed up to an instant that is fixed when it is started (model::work::forgotten). Beyond it
-- a segment says who confirmed that it was really worked; what the customer reads as the reason stands in segment_correction.
alter table time_segment
    add column forgotten_from timestamptz,
    add column confirmed_by bigint references staff;

-- What ended before there was such a limit is believed as it is; what runs, up to half an hour after the agreed end or the end
-- of the line's day. As staff, who see the rows of every customer whoever owns the tables.
set local role linka_staff;
update time_segment s set forgotten_from = greatest(
    s.ended_at,
    s.started_at + interval '30 minutes',
    case when s.ended_at is null then least(
        (select upper(a.during) + interval '30 minutes' from appointment a where a.id = s.appointment_id),
        ((s.started_at at time zone 'Europe/Prague')::date + (select closes from line_setting)) at time zone 'Europe/Prague')
    end);
reset role;

alter table time_segment
    alter column forgotten_from set not null,
    add constraint forgotten_after_start check (forgotten_from >= started_at),
    add constraint forgotten_end_is_confirmed check (ended_at <= forgotten_from or confirmed_by is not null);

-- What a technician prepared for a time that its customer moves or cancels stays with the intervention. A clock that still runs
-- for it stops at that instant; what was prepared belongs to the new time, if there is one, and what stands on a receipt stays
-- as it is. Members write no segments themselves.
create function keep_preparation(p_request uuid, p_at timestamptz) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update time_segment s set ended_at = greatest(least(p_at, s.forgotten_from), s.started_at)
        from intervention i
        where i.id = s.intervention_id and i.request_id = p_request and i.customer_id = current_customer()
          and s.ended_at is null;
    update time_segment s set appointment_id = next.id
        from intervention i, appointment former, appointment next
        where i.id = s.intervention_id and i.request_id = p_request and i.customer_id = current_customer()
          and i.state = 'open' and former.id = s.appointment_id and former.state = 'cancelled'
          and next.request_id = p_request and next.state = 'confirmed'
          and not exists (select 1 from receipt r where r.intervention_id = i.id and r.at >= s.ended_at);
end
$$;
grant select on time_segment, receipt to linka_system;
grant update (ended_at, appointment_id) on time_segment to linka_system;
grant create on schema public to linka_system;
revoke execute on function keep_preparation from public;
grant execute on function keep_preparation to linka_member;
alter function keep_preparation owner to linka_system;
revoke create on schema public from linka_system;
