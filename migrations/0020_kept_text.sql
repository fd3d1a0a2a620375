-- What people type is cleaned before it is kept (the model's base::text). What it would not keep, no statement writes either:
-- control characters but the end of a line, what turns the direction of text, and what is no character.
create function is_kept_text(p_text text) returns boolean
    language sql immutable parallel safe as $$
    select p_text !~ '[\u0001-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]'
$$;

-- Rows that are written again meet the constraint with all of their columns, so those that are older are cleaned first. What is
-- only ever added to stays as it is, and mails and documents clean it; hence not valid.
do $$
declare
    v_column record;
begin
    for v_column in
        select * from (values
            ('service_request', 'what_happened'), ('service_request', 'contact_name'), ('service_request', 'what_stopped'),
            ('service_request', 'stopped_since'), ('contest', 'reason'), ('contest', 'answer'), ('intervention', 'report'),
            ('contract', 'number'), ('customer', 'street'), ('customer', 'city'), ('purchase', 'reference'), ('refund', 'reason'),
            ('bank_payment', 'note')) as typed (of_table, name)
    loop
        execute format(
            $sql$update %1$I set %2$I = btrim(regexp_replace(replace(%2$I, E'\r\n', E'\n'), %3$L, ' ', 'g'), E' \n')
                 where not is_kept_text(%2$I)$sql$,
            v_column.of_table, v_column.name, '[\u0001-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]');
    end loop;
end
$$;
alter table service_request
    add constraint what_happened_is_kept check (is_kept_text(what_happened)) not valid,
    add constraint contact_name_is_kept check (is_kept_text(contact_name)) not valid,
    add constraint what_stopped_is_kept check (is_kept_text(what_stopped)) not valid,
    add constraint stopped_since_is_kept check (is_kept_text(stopped_since)) not valid;
alter table request_event add constraint note_is_kept check (is_kept_text(note)) not valid;
alter table contact_attempt add constraint note_is_kept check (is_kept_text(note)) not valid;
alter table contest
    add constraint reason_is_kept check (is_kept_text(reason)) not valid,
    add constraint answer_is_kept check (is_kept_text(answer)) not valid;
alter table intervention add constraint report_is_kept check (is_kept_text(report)) not valid;
alter table segment_correction add constraint reason_is_kept check (is_kept_text(reason)) not valid;
alter table contract add constraint number_is_kept check (is_kept_text(number)) not valid;
alter table contract_version add constraint reason_is_kept check (is_kept_text(reason)) not valid;
alter table customer
    add constraint street_is_kept check (is_kept_text(street)) not valid,
    add constraint city_is_kept check (is_kept_text(city)) not valid;
alter table purchase add constraint reference_is_kept check (is_kept_text(reference)) not valid;
alter table refund add constraint reason_is_kept check (is_kept_text(reason)) not valid;
alter table bank_payment add constraint note_is_kept check (is_kept_text(note)) not valid;
alter table bank_statement add constraint file_name_is_kept check (is_kept_text(file_name)) not valid;
