-- What a vendor goes on from is taken over too: where numbers go on, what is sold, and what customers owe from before.

-- Numbers of requests go on from where they were elsewhere: the first of a year is at least this one. The sequence is counted up to
-- it, as setting it could give a number twice.
create table request_number_start (
    year   integer primary key check (year between 2000 and 9999),
    first  integer not null check (first between 1 and 90000)
);
create function request_number_issued(p_year integer) returns bigint
    language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    v_sequence text := format('request_number_%s', p_year);
    v_issued   bigint;
begin
    if to_regclass(v_sequence) is null then
        return 0;
    end if;
    execute format('select case when is_called then last_value else 0 end from %I', v_sequence) into v_issued;
    return v_issued;
end
$$;
create or replace function next_request_number(year integer) returns text
    language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    v_sequence text := format('request_number_%s', $1);
    v_first    bigint := coalesce((select s.first from request_number_start s where s.year = $1), 1);
    v_number   bigint;
begin
    if to_regclass(v_sequence) is null then
        perform pg_advisory_xact_lock(hashtextextended('sequence of request numbers', $1));
        execute format('create sequence if not exists %I', v_sequence);
    end if;
    loop
        v_number := nextval(v_sequence::regclass);
        exit when v_number >= v_first;
    end loop;
    return $1 || '-' || padded(v_number, 6);
end
$$;

-- No series goes on below what is taken.
create function keep_request_numbers() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if new.first <= request_number_issued(new.year) then
        raise exception using errcode = 'check_violation', constraint = 'requests_go_on',
            message = 'the number of a request is taken';
    end if;
    return null;
end $$;
create trigger requests_go_on after insert or update on request_number_start
    for each row execute function keep_request_numbers();

-- Whoever places a purchase holds the row's lock until it stands, so this one waits and then sees it.
alter table purchase_number drop constraint if exists order_number_last_check,
    drop constraint if exists purchase_number_last_check,
    add constraint purchase_number_last check (last >= 0);
create function keep_purchase_numbers() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if current_user = 'linka_staff' and exists (
        select from purchase p
        where p.number like 'B' || new.year || '-%' and split_part(p.number, '-', 2)::bigint > new.last)
    then
        raise exception using errcode = 'check_violation', constraint = 'purchases_go_on',
            message = 'the number of a purchase is taken';
    end if;
    return null;
end $$;
create trigger purchases_go_on after insert or update on purchase_number
    for each row execute function keep_purchase_numbers();

-- Every series of which something is known, with the number that comes next.
create view number_series with (security_invoker = true) as
    select 'requests' as series, y.year, greatest(coalesce(s.first, 1), request_number_issued(y.year) + 1)::integer as next
    from generate_series(2000, 2099) y (year)
    left join request_number_start s on s.year = y.year
    where s.year is not null or request_number_issued(y.year) > 0
    union all
    select 'purchases', year, last + 1 from purchase_number
    union all
    select kind, year, last + 1 from document_series;

-- Prices may be taken over by the command of the operator, as nobody of the staff.
alter table line_setting_change alter column made_by drop not null;

-- A bundle of another system is known by its key there, together with its first day: what takes its place later has the same key.
alter table bundle
    add column external_key text check (is_kept_text(external_key)),
    add constraint one_bundle_of_a_key exclude using gist (external_key with =, on_sale with &&) deferrable;

grant select, insert, update on request_number_start to linka_staff;
grant select, insert, update on purchase_number to linka_staff;
grant select on number_series to linka_staff;
revoke execute on function request_number_issued from public;
grant execute on function request_number_issued to linka_staff;
