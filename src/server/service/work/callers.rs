//! A caller whom nobody knows yet is written in while they wait.

use uuid::Uuid;

use crate::{
    model::{
        base::{fields::FieldCode, ids::CustomerId},
        problem::Problem,
        work::callers::{NewCaller, Organisation, TypedCaller},
    },
    server::{
        app::App,
        auth::{
            Desk,
            events::{SecurityEvent, record},
        },
        db::{
            OnConstraint,
            line::licences,
            locks::{self, Lock},
            people::{customers, members},
            retrying,
        },
    },
};

/// Writes a new caller in, with their organisation where that is new, all or nothing. The person has no sign-in; that is asked for
/// at another time.
///
/// * `key` – of the form: sent twice, it adds one organisation and one person
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, an IČO of another customer and a program that is not offered included;
/// [`Problem::NotFound`].
pub async fn add(app: &App, _: &Desk, typed: &TypedCaller, key: Uuid) -> Result<CustomerId, Problem> {
    let NewCaller { person, organisation } = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    let (customer, member, is_new) = retrying(|| async {
        let mut tx = app.db.staff().await?;
        // Whoever adds the same at the same moment is waited for, and found under the key before the IČO is found taken.
        locks::take(&mut tx, Lock::Saving).await?;
        let (customer, is_new) = match &organisation {
            Organisation::Known(customer) => (*customer, false),
            Organisation::New(facts, program) => match customers::by_key(&mut tx, key).await? {
                Some(customer) => (customer, false),
                None => {
                    let added = customers::insert(&mut tx, facts, key, app.clock.now()).await;
                    let customer = added.on_constraints([
                        ("ico_is_one_customers", Problem::field("ico", FieldCode::AlreadyUsed)),
                        ("one_customer_of_a_form", Problem::Conflict),
                    ])?;
                    if !licences::programs(&mut tx, customer).await?.iter().any(|known| known.id == *program) {
                        return Err(Problem::field("program", FieldCode::Unknown));
                    }
                    licences::put(&mut tx, customer, *program, "", "").await?;
                    (customer, true)
                }
            },
        };
        customers::lock(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
        let member = match members::by_key(&mut tx, customer, key).await? {
            Some(_) => None,
            // The same key of another customer's is no form of ours.
            None => Some(
                members::insert(&mut tx, customer, &person, key)
                    .await
                    .on_constraint("one_person_of_a_form", Problem::Malformed)?,
            ),
        };
        tx.commit().await?;
        Ok((customer, member, is_new))
    })
    .await?;
    if is_new {
        record(SecurityEvent::AddressChanged(customer));
    }
    if let Some(member) = member {
        record(SecurityEvent::MemberAdded(member));
    }
    Ok(customer)
}
