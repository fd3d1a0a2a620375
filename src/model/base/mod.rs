//! What every domain speaks with: identities, money, time, text, and codes that cross the wire.

pub mod bilingual;
pub mod calendar;
pub(crate) mod codes;
pub mod done;
pub mod fields;
pub mod ids;
pub mod installation;
pub mod money;
pub mod numbers;
pub mod paging;
pub mod phones;
pub mod preview;
pub mod seen;
pub mod site_path;
pub mod terms;
pub mod text;
pub mod transitions;
