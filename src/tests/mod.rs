//! Integration tests: against a real PostgreSQL (`DATABASE_URL`, which `./test` provides) and, where it matters, over
//! real HTTP and against the real program that is killed.
//!
//! Time is the injected clock's; nothing here sleeps to let something happen.

mod access;
mod architecture;
mod backup;
mod citations;
mod codec;
mod connections;
mod demo;
mod documents;
mod done;
mod forms;
mod heads;
mod hostile_text;
mod line;
mod line_breaks;
mod mails;
mod minutes;
mod money;
mod observing;
mod ordering;
mod packaging;
mod page_parts;
mod paging;
mod paths;
mod people;
mod private_cluster;
mod queries;
mod recovery;
mod saved_over;
mod schema;
mod serving_role;
mod simulation;
mod starting;
mod support;
mod uploads;
mod work;
