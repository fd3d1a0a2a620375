-- What is credited without money going back from here: an invoice that nobody has paid, money that went back at the card's bank.

alter table refund
    -- Of an invoice that is not paid: what is not owed any more for the minutes that were taken back; haléře, including VAT.
    add column waived bigint not null default 0 check (waived >= 0),
    add constraint what_is_waived_does_not_go_back check (waived = 0 or amount = 0 and minutes > 0);

create or replace function keep_refund_facts() returns trigger
    language plpgsql as $$
declare
    v_ranks constant text[] := array['requested', 'pending', 'succeeded', 'failed', 'paid_otherwise'];
begin
    if (new.id, new.customer_id, new.purchase_id, new.minutes, new.amount, new.waived, new.reason, new.staff_id, new.requested_at)
       is distinct from
       (old.id, old.customer_id, old.purchase_id, old.minutes, old.amount, old.waived, old.reason, old.staff_id, old.requested_at)
       or (old.stripe_refund is not null and new.stripe_refund is distinct from old.stripe_refund)
       or (old.document_id is not null and new.document_id is distinct from old.document_id)
       or array_position(v_ranks, new.state) < array_position(v_ranks, old.state) then
        raise exception 'a refund goes forward only' using errcode = 'LK003';
    end if;
    return new;
end
$$;

alter table purchase_event
    drop constraint purchase_event_kind_check,
    add constraint purchase_event_kind_check check (kind in (
        'created', 'payment_started', 'payment_failed', 'paid', 'credited', 'cancelled', 'expired', 'refund_requested',
        'refunded', 'refund_failed', 'credit_note_issued', 'dispute_opened', 'dispute_won', 'dispute_lost'));
