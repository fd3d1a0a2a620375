//! The programs that a customer runs, and its computers, as the desk keeps them.

use crate::{
    model::{
        base::{
            fields::FieldCode,
            ids::{ComputerId, CustomerId, ProgramId},
        },
        line::licences::{ComputerForm, LicencesPage, keep_licence_number, keep_version},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Desk, Orderer},
        db::{
            Tx,
            line::{licences, programs},
            people::customers,
        },
    },
};

/// The page of a customer's programs and computers.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn page(app: &App, _desk: &Desk, customer: CustomerId) -> Result<LicencesPage, Problem> {
    let mut tx = app.db.staff().await?;
    Ok(LicencesPage {
        customer,
        customer_name: name(&mut tx, customer).await?,
        licences: licences::licences(&mut tx, customer).await?,
        computers: licences::computers(&mut tx, customer, "").await?,
        programs: licences::programs(&mut tx, customer).await?,
        versions: programs::versions(&mut tx, None).await?.into_iter().map(|version| version.name).collect(),
    })
}

/// Writes that a customer runs a program, under a number and in a version that may be empty; of one that it runs already, those.
///
/// # Errors
/// [`Problem::Invalid`], [`Problem::NotFound`].
pub async fn save(
    app: &App,
    _desk: &Desk,
    customer: CustomerId,
    program: Option<ProgramId>,
    (number, version): (&str, &str),
) -> Result<(), Problem> {
    let program = program.ok_or_else(|| Problem::field("program", FieldCode::Missing))?;
    let number = keep_licence_number(number).map_err(|code| Problem::field("licence_number", code))?;
    let version = keep_version(version).map_err(|code| Problem::field("version", code))?;
    let mut tx = app.db.staff().await?;
    name(&mut tx, customer).await?;
    if !licences::programs(&mut tx, customer).await?.iter().any(|known| known.id == program) {
        return Err(Problem::field("program", FieldCode::Unknown));
    }
    licences::put(&mut tx, customer, program, &number, &version).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes that a customer runs a program no more: it orders nothing for it. What was ordered stays.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn remove(app: &App, _desk: &Desk, customer: CustomerId, program: ProgramId) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    name(&mut tx, customer).await?;
    licences::remove(&mut tx, customer, program).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes a computer down; one whose number is known already, anew.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::NotFound`].
pub async fn save_computer(app: &App, _desk: &Desk, customer: CustomerId, typed: &ComputerForm) -> Result<(), Problem> {
    let form = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    let mut tx = app.db.staff().await?;
    name(&mut tx, customer).await?;
    licences::put_computer(&mut tx, customer, &form).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes down by which number a technician connects to a computer of the orderer's customer. What else runs on it stays.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
pub async fn keep_own_computer(app: &App, orderer: &Orderer, typed: &ComputerForm) -> Result<(), Problem> {
    let form = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    let mut tx = app.db.member(orderer.customer()).await?;
    licences::note_computer(&mut tx, orderer.customer(), &form).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets a computer.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn remove_computer(
    app: &App,
    _desk: &Desk,
    customer: CustomerId,
    computer: ComputerId,
) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    name(&mut tx, customer).await?;
    licences::remove_computer(&mut tx, customer, computer).await?;
    tx.commit().await?;
    Ok(())
}

async fn name(tx: &mut Tx, customer: CustomerId) -> Result<String, Problem> {
    Ok(customers::facts(tx, customer).await?.ok_or(Problem::NotFound)?.name)
}
