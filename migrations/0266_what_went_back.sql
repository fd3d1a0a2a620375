-- A customer sees what of a purchase went back to them, and what was taken off as the payment was another's.
grant select (customer_id, purchase_id, lost, minutes, claimed) on undone_match to linka_member;
