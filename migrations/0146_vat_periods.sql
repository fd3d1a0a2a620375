-- Months of VAT that are told to the tax office: nothing is added to them.

create table vat_period (
    month      date primary key constraint vat_period_is_a_month check (extract(day from month) = 1),
    is_locked  boolean not null,
    -- Why it was opened again.
    reason     text not null constraint vat_period_reason_is_kept check (is_kept_text(reason)),
    constraint opened_again_says_why check (is_locked = (reason = ''))
);
call keep_audit('vat_period');
grant select, insert, update (is_locked, reason) on vat_period to linka_staff;
grant select on vat_period to linka_system;

-- Whoever locks a month waits for those who issue, and they for it: no document comes to a month that was just locked.
create function keep_vat_period() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('vat periods', 0));
    return new;
end $$;
create trigger keep_vat_period before insert or update on vat_period for each row execute function keep_vat_period();

-- The first day from a day on that lies in no locked month: the tax day of what is documented late.
create function open_tax_day(p_day date) returns date
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_day date := p_day;
begin
    perform pg_advisory_xact_lock_shared(hashtextextended('vat periods', 0));
    while exists (select from vat_period v where v.is_locked and v.month = date_trunc('month', v_day::timestamp)::date) loop
        v_day := (date_trunc('month', v_day::timestamp) + interval '1 month')::date;
    end loop;
    return v_day;
end $$;
create function tax_day_is_open() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if open_tax_day(new.supplied_on) <> new.supplied_on then
        raise exception using errcode = 'check_violation', constraint = 'tax_day_is_open', message = 'the month is locked';
    end if;
    return new;
end $$;
create trigger tax_day_is_open before insert on tax_document for each row when (new.supplied_on is not null)
    execute function tax_day_is_open();
grant create on schema public to linka_system;
alter function open_tax_day owner to linka_system;
alter function tax_day_is_open owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function open_tax_day from public;
grant execute on function open_tax_day to linka_staff, linka_system;

-- What the accountant's month asks.
create index tax_document_tax_day on tax_document (supplied_on, id) where supplied_on is not null;
create index tax_document_issued on tax_document (issued_at, id);
create index bank_payment_booked on bank_payment (booked_on, id) where state = 'matched';
