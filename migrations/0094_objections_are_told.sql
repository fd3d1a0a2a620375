-- Objections to a technician's segment, what is remarked on them and what became of them are told to that technician's open pages, too
-- (`migrations/0080`); the desk hears as before.
create function live_contests() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform write_live(array(select distinct i.request_id from changed c join intervention i on i.id = c.intervention_id),
                       array(select distinct s.technician_id from changed c join time_segment s on s.id = c.segment_id),
                       array['desk']);
    return null;
end
$$;

create function live_remarks() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform write_live('{}', array(select distinct s.technician_id from changed c join contest o on o.id = c.contest_id
                                   join time_segment s on s.id = o.segment_id), array['desk']);
    return null;
end
$$;

do $$
declare
    v_table text;
    v_event text;
begin
    foreach v_table in array array['contest', 'contest_remark'] loop
        foreach v_event in array array['insert', 'update', 'delete'] loop
            execute format('drop trigger %I on %I', 'live_' || v_event, v_table);
        end loop;
    end loop;
end $$;
call tell_live('contest', 'live_contests');
call tell_live('contest_remark', 'live_remarks');

grant select on contest, time_segment, intervention to linka_system;
grant create on schema public to linka_system;
alter function live_contests owner to linka_system;
alter function live_remarks owner to linka_system;
revoke create on schema public from linka_system;
