-- Constraints by which the application tells people what is wrong are named by their rule: a name that PostgreSQL made up
-- changes with a column's.

alter table contract rename constraint contract_number_key to contract_number_used_once;
alter table contract rename constraint contract_customer_id_valid_excl to one_contract_at_a_time;
alter table request_event rename constraint request_event_customer_id_key_key to one_event_of_a_form;
alter table receipt rename constraint receipt_key_key to one_receipt_of_a_form;
alter table purchase rename constraint purchase_pkey to one_purchase_of_a_form;

-- What a search compares: without case and without the accents of Czech and Slovak, which people leave out when they look
-- for something. The one place where SQL says so. Both cases are listed because lower() knows ASCII only where the
-- database's locale is C.
create function searchable(text) returns text language sql immutable strict parallel safe
    return lower(translate($1,
        'áäčďéěíĺľňóôöŕřšťúůüýžÁÄČĎÉĚÍĹĽŇÓÔÖŔŘŠŤÚŮÜÝŽ',
        'aacdeeillnooorrstuuuyzaacdeeillnooorrstuuuyz'));
