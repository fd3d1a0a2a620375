-- What the operator sets: rates of VAT by date, where series begin, a notice on the pages; and nothing of the demo's in a vendor's
-- new database.

-- Rates of VAT by the day from which they hold. The rate of a tax is that of its day (VAT Act, § 47).
create table vat_rate (
    valid_from  date primary key,
    percent     integer not null constraint vat_percent_is_one check (percent between 0 and 100)
);
insert into vat_rate (valid_from, percent) select '2013-01-01', vat_percent from line_setting;

create function vat_percent_on(p_day date) returns integer language sql stable set search_path = public, pg_temp as $$
    select percent from vat_rate where valid_from <= p_day order by valid_from desc limit 1
$$;

drop policy at_the_catalogues_price on purchase;
create policy at_the_catalogues_price on purchase as restrictive for insert to linka_member with check (
    total = price + round(price * vat_percent / 100.0)
    and vat_percent = vat_percent_on((created_at at time zone 'Europe/Prague')::date)
    and exists (select 1 from bundle b
                where b.id = bundle_id and b.minutes * quantity = purchase.minutes
                  and b.price * quantity = purchase.price and b.validity_months = purchase.validity_months));
alter table line_setting drop column vat_percent;

-- Zero is a series that begins at one.
alter table document_series drop constraint document_series_last,
    add constraint document_series_last check (last between 0 and 9999999);

-- What the vendor knows of and visitors should: one notice on top of all pages, for a time.
create table site_notice (
    only_row   boolean primary key default true constraint site_notice_is_one check (only_row),
    text_cs    text not null constraint notice_text_cs_is_kept check (text_cs <> '' and is_kept_text(text_cs)),
    text_en    text not null constraint notice_text_en_is_kept check (text_en <> '' and is_kept_text(text_en)),
    starts_at  timestamptz not null,
    ends_at    timestamptz not null,
    constraint notice_ends_after_it_starts check (ends_at > starts_at)
);

-- A series begins where a manager says, as long as none of its numbers is taken. Whoever issues holds the lock of the series' row
-- until the document stands, so this one waits and then sees it.
create function begin_series_once() returns trigger language plpgsql as $$
begin
    if current_user = 'linka_staff'
       and exists (select from tax_document d where d.kind = new.kind and d.year = new.year) then
        raise exception using errcode = 'check_violation', constraint = 'series_has_begun',
            message = 'the first number of the series is taken';
    end if;
    return null;
end $$;
create constraint trigger series_has_begun after insert or update on document_series
    for each row execute function begin_series_once();

-- What came of trying the mail server and Stripe the last time: a manager tries before customers do.
create table connection_check (
    kind        text primary key check (kind in ('mail', 'cards')),
    checked_at  timestamptz not null,
    succeeded   boolean not null,
    answer      text not null constraint connection_answer_is_kept check (is_kept_text(answer))
);

-- No limit is so high that it is none.
alter table line_limit add constraint limits_are_limits check (
    greatest(future_appointments, waiting_requests, unpaid_purchases, purchases_per_day, downloads, drafts, holds, holds_per_hour,
             writes_per_minute) <= 100000);

-- Numbers to call and prices were made up, too: a database on which no server has started has none of them. The demo brings its own.
do $$
begin
    if not exists (select from installation) and not exists (select from customer) then
        -- Nobody changed them: the audit of a new database is empty.
        alter table line_region disable trigger zz_audit;
        alter table bundle disable trigger zz_audit;
        alter table line_setting disable trigger zz_audit;
        delete from line_region;
        delete from bundle;
        update line_setting set list_rate_per_minute = 0;
        alter table line_region enable trigger zz_audit;
        alter table bundle enable trigger zz_audit;
        alter table line_setting enable trigger zz_audit;
    end if;
end $$;

grant select on vat_rate, site_notice to linka_member, linka_staff, linka_system;
grant insert, update, delete on vat_rate, site_notice to linka_staff;
grant select, insert, update on document_series to linka_staff;
grant select on connection_check to linka_staff, linka_system;
grant insert, update on connection_check to linka_staff;

call keep_audit('supplier');
call keep_audit('vat_rate');
call keep_audit('site_notice');
