-- What the line achieves is counted over periods of all customers: indexes by time, so that a period costs the same however long
-- the line has worked.

-- The earliest start that we offered when the customer picked the first time. Without it nobody can tell a customer who wanted a
-- later time from one who was offered none in time. Requests of before have none, and are judged only where that does not matter.
alter table service_request add column first_offer timestamptz;
grant update (first_offer) on service_request to linka_member;

create index service_request_sent on service_request (submitted_at) where submitted_at is not null;
create index slot_offer_request on slot_offer (request_id);
create index receipt_issued on receipt (at);
create index time_segment_started on time_segment (started_at);
create index segment_correction_made on segment_correction (at);
create index appointment_agreed on appointment (lower(during))
    where state in ('confirmed', 'running', 'done', 'no_show', 'missed_by_us');
