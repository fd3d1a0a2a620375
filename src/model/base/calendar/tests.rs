//! Tests of business time. Besides today's daylight-saving Sundays, which are no working days, they use Mondays of 1944, when
//! Prague changed its clocks at the start of a working day: on 3 April 2:00–3:00 was skipped, on 2 October it was repeated.

mod counting;
mod days;
mod wall_time;
