//! Plans of payment.

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{base::ids::CustomerId, problem::Problem};

access! {
    AgreePlan: Manager,
    EndPlan: Manager,
}

/// Agrees how a customer pays what is overdue: on which days how much, or that nothing is asked for until a day.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
#[server(endpoint = "sales/agree-plan")]
pub async fn agree_plan(
    customer: CustomerId,
    #[server(default)] note: String,
    #[server(default)] parts: String,
    #[server(default)] rests_until: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::{money::payment_plans::TypedPlan, paths},
        server::{request, service::money::payment_plans},
    };
    let typed = TypedPlan { note, parts, rests_until };
    payment_plans::agree(&request::app()?, &request::caller()?.manager()?, customer, key, &typed).await?;
    request::see_other(&paths::sales_receivable(customer))
}

/// Ends the plan of a customer that holds.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "sales/end-plan")]
pub async fn end_plan(customer: CustomerId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::payment_plans},
    };
    payment_plans::end(&request::app()?, &request::caller()?.manager()?, customer).await?;
    request::see_other(&paths::sales_receivable(customer))
}
