//! People: customers and their members, the vendor's staff, and what they may do.

mod audit;
mod colleagues;
mod customers;
mod erasure;
mod guesses;
mod kept_forms;
mod members;
mod own_data;
mod personal;
mod registrations;
mod security_events;
mod sign_in;
mod staff;
