-- Who sells, and the documents that are issued: numbered without gaps, never changed.

-- Exactly one row; a manager edits it.
create table supplier (
    only_row     boolean primary key default true check (only_row),
    name         text not null check (name <> ''),
    street       text not null,
    city         text not null,
    postal_code  text not null,
    ico          text not null check (ico ~ '^[0-9]{8}$'),
    dic          text not null check (dic ~ '^CZ[0-9]{8,10}$'),
    register     text not null, -- where the company is registered (Civil Code, § 435)
    email        text not null,
    bank         text not null,
    account      text not null check (account ~ '^([0-9]{1,6}-)?[0-9]{2,10}/[0-9]{4}$'),
    iban         text not null check (iban ~ '^CZ[0-9]{22}$'),
    bic          text not null check (bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$')
);
insert into supplier (name, street, city, postal_code, ico, dic, register, email, bank, account, iban, bic) values (
    'Linka software s.r.o.', 'Klatovská třída 12', 'Plzeň', '301 00', '12345679', 'CZ12345679',
    'Krajský soud v Plzni, oddíl C, vložka 1234', 'fakturace@linka.example', 'Česká spořitelna', '19-2000145399/0800',
    'CZ6508000000192000145399', 'GIBACZPX');

-- The last number taken of each series: one row per kind and year. Its lock is held until the issuing transaction ends,
-- so that a number is taken if and only if its document exists.
create table document_series (
    kind  text not null check (kind in ('proforma', 'payment', 'invoice', 'credit_note')),
    year  integer not null check (year between 2000 and 2100),
    last  integer not null check (last between 1 and 99999),
    primary key (kind, year)
);

create table tax_document (
    id               bigint generated always as identity primary key,
    customer_id      bigint not null references customer,
    kind             text not null,
    year             integer not null,
    serial           integer not null check (serial > 0),
    -- Ten digits, so that it serves as the variable symbol of its payment.
    number           text not null unique check (number ~ '^[0-9]{10}$'),
    issued_at        timestamptz not null,
    supplied_on      date, -- DUZP (VAT Act, § 21 and § 20a); a proforma has none
    due_on           date,
    order_id         uuid,
    corrects_id      bigint,
    base             bigint not null, -- haléře; negative on a credit note
    tax              bigint not null,
    total            bigint not null,
    content          jsonb not null,
    -- What it documents: nothing is documented twice.
    key              text not null unique,
    unique (kind, year, serial),
    unique (id, customer_id),
    foreign key (kind, year) references document_series (kind, year),
    foreign key (order_id, customer_id) references bundle_order (id, customer_id),
    foreign key (corrects_id, customer_id) references tax_document (id, customer_id),
    constraint adds_up check (base + tax = total),
    constraint credit_is_negative check (case when kind = 'credit_note' then total <= 0 and corrects_id is not null else total >= 0 end),
    constraint supplied_some_day check ((kind = 'proforma') = (supplied_on is null))
);
create index tax_document_customer on tax_document (customer_id, issued_at desc, id desc);
create index tax_document_order on tax_document (order_id) where order_id is not null;
create index tax_document_corrects on tax_document (corrects_id) where corrects_id is not null;
call build_tenant_wall('tax_document');
create trigger append_only before update or delete or truncate on tax_document
    execute function refuse_change();

alter table refund add constraint refund_document foreign key (document_id, customer_id) references tax_document (id, customer_id);

-- Takes the next number of a series and issues a document under it, unless what it documents has one: then no row.
create function issue_tax_document(
    p_customer bigint, p_kind text, p_year integer, p_issued_at timestamptz, p_supplied_on date, p_due_on date, p_order uuid,
    p_corrects bigint, p_base bigint, p_tax bigint, p_total bigint, p_content jsonb, p_key text
) returns table (id bigint, number text)
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_serial  integer;
    v_number  text;
begin
    perform refuse_foreign_customer(p_customer);
    -- What members cause is the request for the payment of an order of theirs, and nothing that concerns taxes.
    if current_setting('role') = 'linka_member' and not (
        p_kind = 'proforma' and exists (select 1 from bundle_order o
                                        where o.id = p_order and o.customer_id = p_customer and o.total = p_total)) then
        raise insufficient_privilege using message = 'not a document that members cause';
    end if;
    insert into document_series as s (kind, year, last) values (p_kind, p_year, 1)
        on conflict (kind, year) do update set last = s.last + 1
        returning s.last into v_serial;
    -- Under the series' lock nobody else issues: looking first is enough, and the constraint repeats it.
    if exists (select 1 from tax_document d where d.key = p_key) then
        if v_serial = 1 then
            delete from document_series s where s.kind = p_kind and s.year = p_year;
        else
            update document_series s set last = v_serial - 1 where s.kind = p_kind and s.year = p_year;
        end if;
        return;
    end if;
    v_number := p_year || case p_kind when 'proforma' then '1' when 'payment' then '2' when 'invoice' then '3' else '4' end
                || lpad(v_serial::text, 5, '0');
    return query insert into tax_document as d (customer_id, kind, year, serial, number, issued_at, supplied_on, due_on, order_id,
                                                corrects_id, base, tax, total, content, key)
        values (p_customer, p_kind, p_year, v_serial, v_number, p_issued_at, p_supplied_on, p_due_on, p_order, p_corrects,
                p_base, p_tax, p_total, p_content, p_key)
        returning d.id, d.number;
end
$$;

-- The files of a document as they were first made: everybody gets the same bytes for ever.
create table document_file (
    document_id  bigint not null,
    customer_id  bigint not null,
    format       text not null check (format in ('pdf', 'isdoc')),
    content      bytea not null,
    sha256       bytea not null check (sha256 = sha256(content)),
    made_at      timestamptz not null,
    primary key (document_id, format),
    foreign key (document_id, customer_id) references tax_document (id, customer_id)
);
call build_tenant_wall('document_file');
create trigger append_only before update or delete or truncate on document_file
    execute function refuse_change();

-- Which entries of the ledger in money (charges and waives) stand on which monthly invoice or credit note.
create table invoiced_entry (
    entry_id     bigint primary key references ledger_entry,
    customer_id  bigint not null,
    document_id  bigint not null,
    foreign key (document_id, customer_id) references tax_document (id, customer_id)
);
call build_tenant_wall('invoiced_entry');
create index invoiced_entry_document on invoiced_entry (document_id);
-- What the end of a month looks at.
create index ledger_entry_money on ledger_entry (customer_id, at) where kind in ('charge', 'waive');
create trigger append_only before update or delete or truncate on invoiced_entry
    execute function refuse_change();

grant select on supplier to linka_member, linka_staff, linka_system;
grant insert, update on supplier to linka_staff;
grant select on tax_document, document_file, invoiced_entry to linka_member, linka_staff, linka_system;
grant insert on invoiced_entry to linka_system;
grant insert on document_file to linka_system;
grant insert on tax_document to linka_system;
grant select, insert, update, delete on document_series to linka_system;
grant create on schema public to linka_system;
alter function issue_tax_document owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function issue_tax_document from public;
grant execute on function issue_tax_document to linka_member, linka_staff, linka_system;
