-- What was exported and comes back is known: minutes that are left by the key under which they are exported, so that no import
-- credits them a second time.

create unique index minute_grant_of_an_export_key on minute_grant (export_key);
