-- What is sold is summed by the day of the tax.
create index tax_document_by_tax_day on tax_document (supplied_on) where supplied_on is not null;

-- Money that a card did not take back: a person has to send it.
create index refund_failed on refund (requested_at) where state = 'failed' and minutes > 0;
