//! Colleagues who may do what others may not.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{base::ids::MemberId, people::asking::AskedColleague, problem::Problem};

access! {
    WhoOrders: Member,
    AskToOrder: Member,
}

/// Who of the same customer may order.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor, [`Problem::Forbidden`] for staff.
#[server(endpoint = "asking/who-orders", input = GetUrl)]
pub async fn who_orders() -> Result<Vec<AskedColleague>, Problem> {
    use crate::server::{request, service::people::asking};
    asking::who_order(&request::app()?, &request::caller()?.member()?).await
}

/// Asks a colleague by mail to order something; once a day, however often it is asked. Returns to the page.
///
/// # Errors
/// [`Problem::NotFound`] for who may not order, [`Problem::Conflict`] for who may order without asking.
#[server(endpoint = "asking/ask-to-order")]
pub async fn ask_to_order(member: MemberId) -> Result<(), Problem> {
    use crate::server::{request, service::people::asking};
    asking::ask_to_order(&request::app()?, &request::caller()?, member).await
}
