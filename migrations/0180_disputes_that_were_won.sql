-- Money that goes back to a card, and comes again.

-- An answer of 5xx is kept at Stripe under its key for a day: after such an answer a refund is asked for under the next key.
alter table refund add column send_try integer not null default 1 constraint refund_is_tried check (send_try > 0);

-- How much a dispute is about, in haléře; none for one of before, which was about all of the payment.
alter table dispute add column amount bigint constraint dispute_is_about_money check (amount >= 0);
grant update (amount) on dispute to linka_system;

-- What a lost dispute took, was credited, and came again when the dispute was won after all: each with its tax document.
create table won_back (
    id           uuid primary key, -- made with the form
    customer_id  bigint not null,
    purchase_id  uuid not null,
    amount       bigint not null constraint something_came_back check (amount > 0), -- haléře, including VAT
    document_id  bigint not null unique,
    staff_id     bigint not null references staff,
    noted_at     timestamptz not null,
    foreign key (purchase_id, customer_id) references purchase (id, customer_id),
    foreign key (document_id, customer_id) references tax_document (id, customer_id)
);
create index won_back_purchase on won_back (purchase_id);
create index won_back_customer on won_back (customer_id);
call build_tenant_wall('won_back');
create trigger append_only before update or delete or truncate on won_back execute function refuse_change();
call keep_decisions('won_back', 'insert', 'true', 'amount', 'staff');
grant select on won_back to linka_member, linka_staff, linka_system;
grant insert on won_back to linka_staff;

-- What of that stands on the account in money of a customer, in the shape of account_entries(): money that came again.
create function account_entries_of_disputes(p_customer bigint)
    returns table (day date, kind text, number text, about text, total bigint, change bigint, place integer)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform refuse_foreign_customer(p_customer);
    return query
    select (w.noted_at at time zone 'Europe/Prague')::date, 'card', p.number, '', w.amount, -w.amount, 4
    from won_back w join purchase p on p.id = w.purchase_id
    where w.customer_id = p_customer;
end
$$;
grant create on schema public to linka_system;
alter function account_entries_of_disputes owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function account_entries_of_disputes from public;
grant execute on function account_entries_of_disputes to linka_member, linka_staff, linka_system;
