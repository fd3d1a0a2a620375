-- Money that a card did not take back: a person has to send it.
create index refund_failed on refund (requested_at) where state = 'failed' and minutes > 0;
