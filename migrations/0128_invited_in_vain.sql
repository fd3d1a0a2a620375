-- Who manages a customer invites people by mail, and is not told whether somebody signs in elsewhere with the address: the person looks
-- invited, until when such a link would be good, and only the mail says it.
alter table member add column invited_in_vain_until timestamptz;
