-- Who sells is said by a manager, and confirmed, before anybody is asked for money.
--
-- A new database had a made-up supplier, whose account would have stood on a vendor's first documents. From now on there is none
-- until a manager writes it, and no purchase or document before it is confirmed (design, Supplier).

alter table supplier
    -- When a manager last said that documents may be issued with what stands here.
    add column confirmed_at timestamptz,
    add constraint supplier_is_kept_text check (
        is_kept_text(name) and is_kept_text(street) and is_kept_text(city) and is_kept_text(register) and is_kept_text(email)
        and is_kept_text(bank));

-- Whoever has issued documents sells under what stands there; the demo's supplier is made up on purpose.
update supplier set confirmed_at = now()
where exists (select from tax_document) or exists (select from installation where kind = 'demo');
delete from supplier where confirmed_at is null and ico = '12345679' and account = '19-2000145399/0800';

-- What is confirmed is changed, and never becomes unconfirmed: a document that is being issued need not lock it.
create function keep_supplier_confirmed() returns trigger language plpgsql as $$
begin
    raise exception 'a confirmed supplier stays one';
end $$;
create trigger stays_confirmed before update on supplier for each row
    when (old.confirmed_at is not null and new.confirmed_at is null) execute function keep_supplier_confirmed();
create trigger stays_confirmed_too before delete on supplier for each row
    when (old.confirmed_at is not null) execute function keep_supplier_confirmed();

create function has_a_confirmed_supplier() returns trigger language plpgsql as $$
begin
    if not exists (select from supplier where confirmed_at is not null) then
        raise exception using errcode = 'check_violation', constraint = 'supplier_is_confirmed',
            message = 'nobody has confirmed who sells';
    end if;
    return null;
end $$;
create constraint trigger supplier_is_confirmed after insert on tax_document
    for each row execute function has_a_confirmed_supplier();
create constraint trigger supplier_is_confirmed after insert on purchase
    for each row execute function has_a_confirmed_supplier();
