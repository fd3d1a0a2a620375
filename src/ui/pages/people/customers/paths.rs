//! Where the pages of a customer are.

use crate::model::base::ids::CustomerId;

/// The page of a customer.
pub(crate) fn path_of(customer: CustomerId) -> String {
    format!("/desk/customers/{customer}")
}
