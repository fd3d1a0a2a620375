//! What was signed, attached to its contract.

use crate::{
    model::{
        base::{
            fields::{FieldCode, keep_line},
            ids::{ContractFileId, ContractId, CustomerId},
        },
        minutes::contracts::{LARGEST_FILE, PDF_MAGIC},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Caller, Manager},
        db::minutes::contracts::{self, files},
    },
};

/// The most characters of a file's name.
const FILE_NAME_MAX: usize = 200;

/// Keeps a PDF of what was signed; the same file is kept once.
///
/// * `content` – its bytes in hexadecimal digits, as an upload arrives
/// * `replaces` – the file in whose place it comes
///
/// # Errors
/// [`Problem::Invalid`] for no file, one that is no PDF, or one that is too large; [`Problem::Conflict`] when the file that it comes
/// in the place of is gone; [`Problem::NotFound`].
pub async fn attach(
    app: &App,
    manager: &Manager,
    (customer, contract): (CustomerId, ContractId),
    (name, content): (&str, &str),
    replaces: Option<ContractFileId>,
) -> Result<(), Problem> {
    let content = hex::decode(content).map_err(|_| Problem::Malformed)?;
    let is_pdf = content.starts_with(PDF_MAGIC);
    let wrong = match content.len() {
        0 => Some(FieldCode::Missing),
        length if length > LARGEST_FILE => Some(FieldCode::TooLong),
        _ => (!is_pdf).then_some(FieldCode::Unknown),
    };
    if let Some(code) = wrong {
        return Err(Problem::field("file", code));
    }
    // Some browsers send the whole path.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = keep_line(name, 1..=FILE_NAME_MAX).map_err(|code| Problem::field("file", code))?;
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    contracts::find(&mut tx, customer, contract, now).await?.ok_or(Problem::NotFound)?;
    let is_gone = match replaces {
        Some(former) => !files::remove(&mut tx, (customer, contract), former).await?,
        None => false,
    };
    let is_new = files::add(&mut tx, (customer, contract), &name, &content, manager.id(), now).await?;
    // Somebody else has replaced it, or removed it: only the same form once more finds its own file there.
    if is_gone && is_new {
        return Err(Problem::Conflict);
    }
    tx.commit().await?;
    Ok(())
}

/// Removes what was attached by mistake, for the customer too: the audit keeps who did it and what it was called. One that is gone
/// already is gone.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn remove_file(
    app: &App,
    _manager: &Manager,
    (customer, contract): (CustomerId, ContractId),
    file: ContractFileId,
) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    contracts::find(&mut tx, customer, contract, app.clock.now()).await?.ok_or(Problem::NotFound)?;
    files::remove(&mut tx, (customer, contract), file).await?;
    Ok(tx.commit().await?)
}

/// What was signed, for the desk and for those of the customer who see its account: the name and the bytes.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::Forbidden`], [`Problem::NotFound`].
pub async fn file(
    app: &App,
    caller: &Caller,
    contract: ContractId,
    file: ContractFileId,
) -> Result<(String, Vec<u8>), Problem> {
    let mut tx = if caller.staff().is_ok() {
        caller.desk()?;
        app.db.staff().await?
    } else {
        app.db.member(caller.may_see_billing()?.customer()).await?
    };
    files::content(&mut tx, contract, file).await?.ok_or(Problem::NotFound)
}
