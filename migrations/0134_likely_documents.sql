-- What a payment without a symbol may pay is found by its amount, and by who has paid from the same account before.
create index tax_document_asks on tax_document (total) where kind in ('proforma', 'invoice');
create index bank_payment_account on bank_payment (counter_account) where state = 'matched' and counter_account <> '';
