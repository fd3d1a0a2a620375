-- How the line works changes from a day on, and what was offered, ordered or billed before stays as it was. So line_setting keeps
-- what the line began with, and each change is a row that says from when on which of it is something else. A change that is
-- still to come can be withdrawn; it stays, because what was said while it was known is kept to.

create table line_setting_change (like line_setting including constraints);
alter table line_setting_change drop column only_row, drop column if exists vat_percent;
do $$
declare
    v_column name;
begin
    for v_column in select attname from pg_attribute
        where attrelid = 'line_setting_change'::regclass and attnum > 0 and not attisdropped
    loop
        execute format('alter table line_setting_change alter column %I drop not null', v_column);
    end loop;
end
$$;
alter table line_setting_change
    add column id            uuid primary key,
    add column valid_from    timestamptz not null,
    add column made_at       timestamptz not null,
    add column made_by       bigint not null references staff,
    add column withdrawn_at  timestamptz,
    add column withdrawn_by  bigint references staff,
    add constraint changes_nothing_before check (valid_from >= made_at),
    add constraint withdrawn_by_somebody check ((withdrawn_at is null) = (withdrawn_by is null)),
    add constraint withdrawn_before_its_day check (withdrawn_at < valid_from),
    -- What cannot be told apart by its time would have no order.
    add constraint one_change_at_a_time unique (valid_from, made_at);

-- How the line works at an instant, as far as it was known at another one: later changes and withdrawals are not seen.
create function line_settings_at(p_at timestamptz, p_known timestamptz) returns line_setting
    language sql stable set search_path = public, pg_temp as $$
    select (jsonb_populate_record(s, coalesce((
        select jsonb_object_agg(said.key, said.value order by c.valid_from, c.made_at)
        from line_setting_change c, jsonb_each(jsonb_strip_nulls(to_jsonb(c))) said
        where c.valid_from <= p_at and c.made_at <= p_known and (c.withdrawn_at is null or c.withdrawn_at > p_known)),
        '{}'))).*
    from line_setting s
$$;

-- A change of one end of the day meets one of the other: whichever is withdrawn or comes between, the line opens before it
-- closes. Two at once wait for each other here.
create function keep_opening_before_closing() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('changes of the line', 0));
    if exists (
        select from line_setting_change c, line_settings_at(c.valid_from, 'infinity') s
        where c.withdrawn_at is null and s.closes <= s.opens)
    then
        raise exception using errcode = 'check_violation', constraint = 'line_opens_before_it_closes',
            message = 'the line closes after it opens';
    end if;
    return null;
end $$;
create trigger line_opens_before_it_closes after insert or update on line_setting_change
    for each row execute function keep_opening_before_closing();

grant select on line_setting_change to linka_member, linka_staff, linka_system;
grant insert, update (withdrawn_at, withdrawn_by) on line_setting_change to linka_staff;

-- What was estimated is billed at the prices and minimums that were known when it was estimated.
alter table service_request add column estimated_at timestamptz;
set local role linka_staff;
update service_request set estimated_at = submitted_at where estimate is not null;
reset role;
grant update (estimated_at) on service_request to linka_member;

-- A bundle that costs something else from a day on is another bundle in the same place of the shop.
alter table bundle
    drop constraint bundle_position_key,
    add constraint one_bundle_in_a_place exclude using gist (position with =, on_sale with &&) deferrable;

-- Regions are found by a number, as their names may change, and exchange their places.
alter table line_region
    add column id bigint generated always as identity unique,
    add constraint region_name_is_short check (name <> '' and length(name) <= 60),
    add constraint region_is_kept check (is_kept_text(name) and is_kept_text(phone)) not valid,
    drop constraint line_region_position_key,
    add constraint line_region_position_key unique (position) deferrable;
alter table line_region rename constraint line_region_pkey to region_name_is_one_only;
grant delete on line_region to linka_staff;
