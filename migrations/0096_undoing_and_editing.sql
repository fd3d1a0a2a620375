-- A customer takes an order back within ten minutes, and puts right what was written or who will sit at the computer. Both are
-- events of the request.

-- The list of codes is added to, whatever migrations have added to it before.
do $$
declare
    v_codes text[];
begin
    select array_agg(word[1]) into strict v_codes
    from pg_constraint c, regexp_matches(pg_get_constraintdef(c.oid), '''([^'']*)''::text', 'g') word
    where c.conname = 'request_event_kind_check' and c.conrelid = 'request_event'::regclass;
    execute format('alter table request_event drop constraint request_event_kind_check,
                    add constraint request_event_kind_check check (kind in (%s))',
        (select string_agg(quote_literal(code), ', ')
         from unnest(v_codes || array['withdrawn', 'details_changed']) code));
end
$$;

-- What was taken back counts in no figure: who counts asks for it.
create index request_event_withdrawn on request_event (request_id) where kind = 'withdrawn';
