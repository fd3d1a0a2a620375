-- The page of a purchase stays true while it is open: a payment by card or by transfer, a refusal, a document, what is asked for and what
-- came of that. What becomes of the purchase itself is told already.
call tell_customer_live('purchase_event');
call tell_customer_live('tax_document');
call tell_customer_live('difference');
call tell_customer_live('balance_entry');

-- A payment of the bank is nobody's but by the document that it pays.
create function live_payments() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform write_customers_live(array(select distinct d.customer_id from changed c join tax_document d on d.id = c.document_id));
    return null;
end
$$;

call tell_customer_live('bank_payment', 'live_payments');
-- And of the one that it paid until now.
create trigger live_customer_former after update on bank_payment referencing old table as changed for each statement
    execute function live_payments();

grant create on schema public to linka_system;
alter function live_payments owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function live_payments from public;
