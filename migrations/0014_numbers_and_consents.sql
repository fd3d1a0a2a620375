-- Numbers that do not end with a year, and an index for the questions that wait for an answer.

-- A year's sequence is made by whoever takes its first number: those that stand ready end with 2099. Until now all were made
-- ahead, so that taking a number locks nobody out; that holds but for the first of a year.
create or replace function next_request_number(year integer) returns text
    language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    v_sequence text := format('request_number_%s', year);
begin
    if to_regclass(v_sequence) is null then
        perform pg_advisory_xact_lock(hashtextextended('sequence of request numbers', year));
        execute format('create sequence if not exists %I maxvalue 999999', v_sequence);
    end if;
    return year || '-' || lpad(nextval(v_sequence::regclass)::text, 6, '0');
end
$$;

-- Years have four digits in every number.
alter table document_series drop constraint document_series_year_check,
    add constraint document_series_year check (year between 2000 and 9999);

-- Whoever looks for a customer's open questions, and for all of an intervention, the latest first.
create index ceiling_consent_intervention on ceiling_consent (intervention_id, id desc);
create index ceiling_consent_open on ceiling_consent (customer_id, asked_at) where answered_at is null;
