-- What somebody has proved in a session: when, so that what a browser that was left alone must not do asks anew.

alter table session add column confirmed_at timestamptz;
