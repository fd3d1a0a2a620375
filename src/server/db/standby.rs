//! No connection is kept to a standby.

/// What ends with an error on a server that only follows another. One that is the primary stays so as long as its connections last, so it is
/// asked when one is opened, as libpq's `target_session_attrs` does.
macro_rules! refuse_standby {
    () => {
        "do $$ begin if pg_is_in_recovery() then \
             raise exception 'the database server is a standby' using errcode = 'cannot_connect_now'; end if; end $$"
    };
}
pub(super) use refuse_standby;

/// The same as a statement of its own.
pub(super) const REFUSE_STANDBY: &str = refuse_standby!();
