-- A row of a statement that cannot be read is told once, however many statements bring it again; and a source of statements that
-- fails is an alert of its own, which closes by itself once it works again (design, Bank transfer).

-- The hash of what stands in the row: the same row has the same one in every statement.
alter table bank_statement_unread add column mark text;
create index bank_statement_unread_mark on bank_statement_unread (mark);

-- Since when a source fails, and why; of an answer that cannot be read, what is wrong with it.
alter table statement_fetch
    add column failing_since timestamptz,
    add column failure text constraint statement_fetch_failure_check check (failure in (
        'refused', 'busy', 'unreachable', 'unreadable', 'folder')),
    add column fault text constraint statement_fetch_fault_check check (fault in (
        'empty', 'unknown_format', 'too_long', 'short_line', 'bad_date', 'bad_amount', 'bad_code', 'unknown_record',
        'unclear_reversal', 'open_quote', 'not_booked', 'broken_xml', 'foreign_account')),
    add constraint failing_for_a_reason check ((failing_since is null) = (failure is null) and (fault is null or failure = 'unreadable'));

alter table payment_alert
    drop constraint payment_alert_kind_check,
    add constraint payment_alert_kind_check check (kind in (
        'amount_differs', 'unreadable_event', 'unknown_payment', 'refund_failed', 'foreign_refund', 'dispute', 'paid_after_close',
        'checkout_refused', 'transfer_reversed', 'statement_refused', 'statements_fail', 'plan_missed', 'urgent_while_owing')),
    drop constraint resolved_by_somebody,
    add constraint resolved_by_somebody check (
        (resolved_at is not null or staff_id is null) and (resolved_at is null or staff_id is not null or kind = 'statements_fail'));
