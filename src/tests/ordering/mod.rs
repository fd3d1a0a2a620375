//! Ordering: from a draft to an agreed time, and the life of a request.

mod again;
mod attachments;
mod booking_race;
mod bucket;
mod conversations;
mod crash;
mod earlier;
mod editing;
mod exports;
mod feeds;
mod holds;
mod home;
mod imports;
mod journey;
mod live;
mod live_cost;
mod new_time;
mod outage_ends;
mod outages;
mod program_links;
mod program_orders;
mod redistribution;
mod request_search;
mod times;
mod undoing;
mod visitors;
