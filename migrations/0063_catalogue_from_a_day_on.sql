-- What the catalogue says of a kind of work, of a tier and of a region's number changes from a day on, as the settings of the line
-- do (migration 0047): the row keeps what it began with, each change is a row of its own, and one that is still to come can be
-- withdrawn. Names and descriptions are no promises: they are corrected at once, everywhere, and the audit keeps them.

create table catalogue_change (
    id                     uuid primary key,
    -- What it is about.
    work_type_id           bigint references work_type,
    tier                   text references response_tier,
    region_id              bigint references line_region (id) on delete cascade,
    -- What it sets; null is left as it was.
    minutes_from           integer,
    minutes_to             integer,
    slot_minutes           integer,
    plannable              boolean,
    skill                  text constraint skill_is_known references skill,
    choice                 text check (choice in ('customer', 'dispatch')),
    urgent_target_minutes  integer,
    normal_lead_minutes    integer,
    active                 boolean,
    phone                  text,
    valid_from             timestamptz not null,
    made_at                timestamptz not null,
    -- Nobody: a command took it over.
    made_by                bigint references staff,
    withdrawn_at           timestamptz,
    withdrawn_by           bigint references staff,
    -- What cannot be told apart by its time stands in the order in which it was written.
    ordinal                bigint generated always as identity,
    constraint change_is_about_one_thing check (num_nonnulls(work_type_id, tier, region_id) = 1),
    constraint change_sets_what_the_thing_has check (case
        when work_type_id is not null then num_nonnulls(urgent_target_minutes, normal_lead_minutes, phone) = 0
             and num_nonnulls(minutes_from, slot_minutes, plannable, skill, choice, active) > 0
        when tier is not null then num_nonnulls(minutes_from, slot_minutes, plannable, skill, choice, phone) = 0
             and num_nonnulls(urgent_target_minutes, normal_lead_minutes, active) > 0
        else num_nonnulls(minutes_from, slot_minutes, plannable, skill, choice, urgent_target_minutes, normal_lead_minutes,
                          active) = 0
             and phone is not null end),
    -- Both ends at once: whichever change is withdrawn or comes between, the least is never above the most.
    constraint minutes_change_together check ((minutes_from is null) = (minutes_to is null)),
    constraint minutes_are_in_order check (minutes_from > 0 and minutes_to between minutes_from and 1440),
    constraint slot_is_on_the_grid check (slot_minutes between 15 and 480 and slot_minutes % 15 = 0),
    constraint basic_tier_stays check (coalesce(active, true) or tier is distinct from 'basic'),
    constraint tier_minutes_are_a_year_at_most check (
        urgent_target_minutes between 1 and 130000 and normal_lead_minutes between 0 and 130000),
    constraint phone_is_kept check (phone <> '' and is_kept_text(phone)),
    constraint changes_nothing_before check (valid_from >= made_at),
    constraint withdrawn_by_somebody check ((withdrawn_at is null) = (withdrawn_by is null)),
    constraint withdrawn_before_its_day check (withdrawn_at < valid_from)
);
create index catalogue_change_of_work_type on catalogue_change (work_type_id) where work_type_id is not null;
create index catalogue_change_of_tier on catalogue_change (tier) where tier is not null;
create index catalogue_change_of_region on catalogue_change (region_id) where region_id is not null;
grant select on catalogue_change to linka_member, linka_staff, linka_system;
grant insert, update (withdrawn_at, withdrawn_by) on catalogue_change to linka_staff;
call keep_audit('catalogue_change');

-- The kinds of work at an instant, as far as it was known at another one: later changes and withdrawals are not seen. This and the
-- two below are the only ones that say what of the catalogue is in force when; queries see through them, and pick a row by its key.
create function work_types_at(p_at timestamptz, p_known timestamptz) returns setof work_type language sql stable as $$
    select said.* from work_type w
    cross join lateral jsonb_populate_record(w, coalesce((
        select jsonb_object_agg(part.key, part.value order by c.valid_from, c.made_at, c.ordinal)
        from catalogue_change c, jsonb_each(jsonb_strip_nulls(jsonb_build_object(
            'minutes_from', c.minutes_from, 'minutes_to', c.minutes_to, 'slot_minutes', c.slot_minutes,
            'plannable', c.plannable, 'skill', c.skill, 'choice', c.choice, 'active', c.active))) part
        where c.work_type_id = w.id and c.valid_from <= p_at and c.made_at <= p_known
          and (c.withdrawn_at is null or c.withdrawn_at > p_known)), '{}')) said
$$;

create function response_tiers_at(p_at timestamptz, p_known timestamptz) returns setof response_tier language sql stable as $$
    select said.* from response_tier t
    cross join lateral jsonb_populate_record(t, coalesce((
        select jsonb_object_agg(part.key, part.value order by c.valid_from, c.made_at, c.ordinal)
        from catalogue_change c, jsonb_each(jsonb_strip_nulls(jsonb_build_object(
            'urgent_target_minutes', c.urgent_target_minutes, 'normal_lead_minutes', c.normal_lead_minutes,
            'active', c.active))) part
        where c.tier = t.code and c.valid_from <= p_at and c.made_at <= p_known
          and (c.withdrawn_at is null or c.withdrawn_at > p_known)), '{}')) said
$$;

create function line_regions_at(p_at timestamptz, p_known timestamptz) returns setof line_region language sql stable as $$
    select said.* from line_region r
    cross join lateral jsonb_populate_record(r, coalesce((
        select jsonb_build_object('phone', c.phone)
        from catalogue_change c
        where c.region_id = r.id and c.valid_from <= p_at and c.made_at <= p_known
          and (c.withdrawn_at is null or c.withdrawn_at > p_known)
        order by c.valid_from desc, c.made_at desc, c.ordinal desc limit 1), '{}')) said
$$;

-- A request keeps the kind of work as it was when it was ordered, or when staff said that it is another one: how long it usually
-- takes, how long its slot is, whether it could have been planned, and who names the time. What a technician must know is nobody's
-- promise, and is what the catalogue says now.
alter table service_request
    add column classed_at    timestamptz,
    add column minutes_from  integer,
    add column minutes_to    integer,
    add column slot_minutes  integer,
    add column choice        text check (choice in ('customer', 'dispatch'));
set local role linka_staff;
update service_request r
set classed_at = r.submitted_at, minutes_from = w.minutes_from, minutes_to = w.minutes_to, slot_minutes = w.slot_minutes,
    choice = w.choice
from work_type w where w.id = r.work_type_id;
reset role;
grant update (classed_at) on service_request to linka_member;

drop trigger snapshot_plannable on service_request;
drop function snapshot_plannable();
create function keep_work_as_ordered() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
    v_at timestamptz := coalesce(new.classed_at, new.submitted_at, new.created_at);
begin
    select w.plannable, w.minutes_from, w.minutes_to, w.slot_minutes, w.choice
    into new.plannable, new.minutes_from, new.minutes_to, new.slot_minutes, new.choice
    from work_types_at(v_at, v_at) w where w.id = new.work_type_id;
    return new;
end
$$;
create trigger keep_work_as_ordered before insert or update of work_type_id, urgency, classed_at on service_request
    for each row execute function keep_work_as_ordered();
