-- No document is issued that does not say who bought and where that is (VAT Act, § 29), whoever issues it. Those of before stay as
-- they are.
alter table tax_document add constraint says_who_bought check (
    coalesce(content #>> '{customer,name}', '') <> '' and coalesce(content #>> '{customer,street}', '') <> ''
    and coalesce(content #>> '{customer,city}', '') <> '') not valid;

-- Who has bought does not lose the address again: what is paid later has to be documented.
create function who_bought_stays_named() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from purchase p where p.customer_id = new.id and p.paid_at is null and p.closed_as is null) then
        raise exception using errcode = 'check_violation', constraint = 'who_bought_stays_named',
            message = 'what is bought has to be documented';
    end if;
    return null;
end $$;
grant create on schema public to linka_system;
alter function who_bought_stays_named owner to linka_system;
revoke create on schema public from linka_system;
create constraint trigger who_bought_stays_named after update of name, street, city on customer
    for each row when (is_named(old) and not is_named(new)) execute function who_bought_stays_named();
