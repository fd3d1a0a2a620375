-- What the page of usage shows is asked by one statement. What other pages ask of it too is said here, once; both are inlined.

-- What was used in each month since a day, by program, kind of work and person, each by number and name.
create function usage_sums(p_customer bigint, p_from date)
    returns table (month date, program jsonb, work_type jsonb, member jsonb, interventions integer, minutes integer,
                   over_minutes integer, over_interventions integer, amount bigint)
    language sql stable as $$
    select u.month, jsonb_build_array(u.program_id, jsonb_build_object('cs', p.name, 'en', p.name_en)),
           jsonb_build_array(u.work_type_id, jsonb_build_object('cs', w.name, 'en', w.name_en)),
           jsonb_build_array(u.member_id, m.name), u.interventions, u.minutes, u.over_minutes, u.over_interventions, u.amount
    from usage_month u
    join program p on p.id = u.program_id
    join work_type w on w.id = u.work_type_id
    join member m on m.id = u.member_id
    where u.customer_id = p_customer and u.month >= p_from
$$;

-- Interventions that have a receipt, each with the latest.
create function usage_interventions(p_customer bigint)
    returns table (id bigint, ordinal integer, started_at timestamptz, number text, program_id bigint, work_type_id bigint,
                   member_id bigint, program jsonb, work_type jsonb, member text, receipt jsonb)
    language sql stable as $$
    select i.id, i.ordinal, i.started_at, r.number, r.program_id, r.work_type_id, r.member_id,
           jsonb_build_object('cs', p.name, 'en', p.name_en), jsonb_build_object('cs', w.name, 'en', w.name_en), m.name, v.content
    from intervention i
    join service_request r on r.id = i.request_id
    join program p on p.id = r.program_id
    join work_type w on w.id = r.work_type_id
    join member m on m.id = r.member_id
    join lateral (
        select content from receipt where intervention_id = i.id order by version desc limit 1) v on true
    where i.customer_id = p_customer
$$;

revoke execute on function usage_sums, usage_interventions from public;
grant execute on function usage_sums to linka_member, linka_staff, linka_system;
grant execute on function usage_interventions to linka_member;
