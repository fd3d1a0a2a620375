-- The page of a subscription stays true while it is open: what it is, and by which card it is paid. What becomes of its purchases is told
-- already.
call tell_customer_live('subscription');
call tell_customer_live('saved_card');
