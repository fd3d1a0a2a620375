-- By which form the invoice of a fee was credited: sent again it is answered as the first time, and no other form credits it again
-- (design, Contract fees). Who decided it, and why, stands in the audit with the credit note.
create table fee_credit (
    id              uuid primary key,
    customer_id     bigint not null references customer,
    invoice_id      bigint not null constraint fee_is_credited_once unique references contract_fee (document_id),
    credit_note_id  bigint not null unique,
    foreign key (credit_note_id, customer_id) references tax_document (id, customer_id)
);
call build_tenant_wall('fee_credit');
create trigger append_only before update or delete or truncate on fee_credit
    for each statement execute function refuse_change();
grant select, insert on fee_credit to linka_staff;
grant select on fee_credit to linka_system;
