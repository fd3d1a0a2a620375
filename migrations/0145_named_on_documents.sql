-- A tax document says who bought and where that is (VAT Act, § 29): whoever buys is asked for it before, and a month waits to be
-- invoiced until it is known.
create function is_named(p_customer customer) returns boolean language sql immutable as $$
    select p_customer.name <> '' and p_customer.street <> '' and p_customer.city <> ''
$$;
-- Who buys may complete what is missing, and changes nothing that is there.
grant update (street, city, postal_code) on customer to linka_system;
