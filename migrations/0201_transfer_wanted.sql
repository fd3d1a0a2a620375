-- Since when a purchase is to be paid by transfer instead of by card: written down before its page at Stripe is ended, so that whoever
-- learns of that end first lets it be paid by transfer, and does not close it.
alter table purchase add column transfer_wanted_at timestamptz;
grant update (transfer_wanted_at) on purchase to linka_system;
