-- Statements in the banks' common formats, with the sums that they tell of themselves; payments of a day that is out of the way,
-- and those without a symbol, wait for a manager.
alter table bank_statement
    drop constraint bank_statement_format_check,
    add constraint bank_statement_format_check check (format in ('gpc', 'csv', 'camt', 'mt940')),
    add column told bigint,  -- by how much the account changed as the file says it, haléře
    add column found bigint, -- the same as its rows add up
    add constraint sums_are_compared check ((told is null) = (found is null));

alter table bank_payment
    drop constraint bank_payment_reason_check,
    add constraint bank_payment_reason_check check (reason in (
        'no_symbol', 'odd_day', 'unknown_symbol', 'underpaid', 'overpaid', 'already_paid', 'foreign_currency', 'closed_purchase',
        'repeated', 'ambiguous'));
