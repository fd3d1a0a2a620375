//! Customers as the desk sees them: the list, and one customer with address and terms of payment.

mod billing;
mod list;
mod page;
mod paths;

pub(crate) use self::paths::path_of;
pub(crate) use self::{
    list::CustomerList,
    page::{CustomerView, id_in_path},
};
pub use self::{list::CustomersPage, page::CustomerPage};
