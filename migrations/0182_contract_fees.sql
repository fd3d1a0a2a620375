-- What is paid for contracts themselves, invoiced period by period.

-- From which day on periods are invoiced here: of before, somebody else did. Said once.
create table fee_invoicing (
    only_row  boolean primary key default true constraint fee_invoicing_is_one check (only_row),
    from_day  date not null
);
call keep_audit('fee_invoicing');
grant select, insert on fee_invoicing to linka_staff;
grant select on fee_invoicing to linka_system;

-- The periods that are invoiced: no day of a contract is paid for twice, whatever its period has become.
create table contract_fee (
    contract_id  bigint not null,
    customer_id  bigint not null,
    first_day    date not null,
    last_day     date not null,
    amount       bigint not null constraint fee_is_money check (amount > 0), -- haléře, excluding VAT
    document_id  bigint not null unique,
    primary key (contract_id, first_day),
    constraint fee_is_for_days check (last_day >= first_day),
    constraint no_day_is_paid_twice exclude using gist (contract_id with =, daterange(first_day, last_day, '[]') with &&),
    foreign key (contract_id, customer_id) references contract (id, customer_id),
    foreign key (document_id, customer_id) references tax_document (id, customer_id)
);
create index contract_fee_customer on contract_fee (customer_id);
call build_tenant_wall('contract_fee');
create trigger append_only before update or delete or truncate on contract_fee execute function refuse_change();
grant select on contract_fee to linka_member, linka_staff, linka_system;
grant insert on contract_fee to linka_system;
