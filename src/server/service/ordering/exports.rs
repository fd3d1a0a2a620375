//! Everything of one customer, or of all, as the tables that an import reads, and the documents as they were printed.

use serde_json::Value;

use crate::{
    model::{
        base::ids::CustomerId,
        ordering::imports::{
            Absence, Appointment, Balance, ClosedDay, ComputerProgram, Contact, Contract, Customer, CustomerComputer,
            CustomerStanding, ImportKind, Licence, OpenInvoice, Person, PlanWeek, Price, Program, ProgramVersion,
            Region, Row, Series, SignedFile, Skill, SoldBundle, Technician, Tier, WorkType, signed_file_path,
        },
        people::audit::AuditSubject,
        problem::Problem,
    },
    server::{
        app::App,
        auth::events::{SecurityEvent, record},
        db::{
            DbError, Tx,
            ordering::{exports, imports},
            people::audit,
        },
        sheets::{SourceFile, write_csv},
    },
};

/// Hands the files of an export over, one after the other: the way to each from the export's directory, and what is in it.
/// All of it is of one moment.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such customer, by key or IČO; [`Problem::Unavailable`] when the database does not
/// answer; what `hand_over` fails with.
pub async fn export<E: From<Problem>>(
    app: &App,
    customer: Option<&str>,
    mut hand_over: impl FnMut(SourceFile) -> Result<(), E>,
) -> Result<(), E> {
    let mut tx = app.db.staff().await.map_err(Problem::from)?;
    exports::name_everything(&mut tx).await.map_err(Problem::from)?;
    tx.commit().await.map_err(Problem::from)?;
    let now = app.clock.now();
    let mut tx = app.db.staff_snapshot().await.map_err(Problem::from)?;
    let named = customer.unwrap_or_default();
    let customer = match customer {
        Some(named) => {
            let found = exports::customer(&mut tx, named).await.map_err(Problem::from)?;
            Some(found.ok_or(Problem::NotFound)?)
        }
        None => None,
    };
    for kind in ImportKind::ALL {
        let rows = match kind {
            ImportKind::Balances => exports::balances(&mut tx, customer, now).await.map_err(Problem::from)?,
            ImportKind::Invoices => exports::invoices(&mut tx, customer).await.map_err(Problem::from)?,
            ImportKind::Series => {
                let keys = exports::keys(&mut tx, *kind, customer, now).await.map_err(Problem::from)?;
                exports::series(&mut tx, &keys).await.map_err(Problem::from)?
            }
            _ => {
                let keys = exports::keys(&mut tx, *kind, customer, now).await.map_err(Problem::from)?;
                imports::stored(&mut tx, *kind, &keys, now).await.map_err(Problem::from)?
            }
        };
        hand_over(SourceFile { name: format!("{kind}.csv"), bytes: table(*kind, rows)? })?;
    }
    signed_files(&mut tx, customer, &mut hand_over).await?;
    documents(&mut tx, customer, hand_over).await?;
    drop(tx);
    let mut tx = app.db.staff().await.map_err(Problem::from)?;
    audit::note_deed(&mut tx, AuditSubject::DataExport, customer, named).await.map_err(Problem::from)?;
    tx.commit().await.map_err(Problem::from)?;
    record(SecurityEvent::Exported);
    Ok(())
}

async fn signed_files<E: From<Problem>>(
    tx: &mut Tx,
    customer: Option<CustomerId>,
    mut hand_over: impl FnMut(SourceFile) -> Result<(), E>,
) -> Result<(), E> {
    for sha256 in exports::signed_files(tx, customer).await.map_err(Problem::from)? {
        let bytes = exports::signed_content(tx, &sha256).await.map_err(Problem::from)?;
        hand_over(SourceFile { name: signed_file_path(&sha256), bytes })?;
    }
    Ok(())
}

async fn documents<E: From<Problem>>(
    tx: &mut Tx,
    customer: Option<CustomerId>,
    mut hand_over: impl FnMut(SourceFile) -> Result<(), E>,
) -> Result<(), E> {
    for document in exports::documents(tx, customer).await.map_err(Problem::from)? {
        let bytes = exports::content(tx, &document).await.map_err(Problem::from)?;
        // A key is anything that people type.
        let owner: String =
            document.customer.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
        let name = format!("documents/{owner}/{}.{}", document.number, document.format.code());
        hand_over(SourceFile { name, bytes })?;
    }
    Ok(())
}

fn table(kind: ImportKind, rows: Vec<Value>) -> Result<Vec<u8>, Problem> {
    match kind {
        ImportKind::Regions => table_of::<Region>(rows),
        ImportKind::Tiers => table_of::<Tier>(rows),
        ImportKind::Skills => table_of::<Skill>(rows),
        ImportKind::Programs => table_of::<Program>(rows),
        ImportKind::ProgramVersions => table_of::<ProgramVersion>(rows),
        ImportKind::WorkTypes => table_of::<WorkType>(rows),
        ImportKind::Technicians => table_of::<Technician>(rows),
        ImportKind::Plans => table_of::<PlanWeek>(rows),
        ImportKind::Series => table_of::<Series>(rows),
        ImportKind::Prices => table_of::<Price>(rows),
        ImportKind::Bundles => table_of::<SoldBundle>(rows),
        ImportKind::Customers => table_of::<Customer>(rows),
        ImportKind::People => table_of::<Person>(rows),
        ImportKind::Contacts => table_of::<Contact>(rows),
        ImportKind::Licences => table_of::<Licence>(rows),
        ImportKind::Computers => table_of::<CustomerComputer>(rows),
        ImportKind::ComputerPrograms => table_of::<ComputerProgram>(rows),
        ImportKind::Contracts => table_of::<Contract>(rows),
        ImportKind::ContractFiles => table_of::<SignedFile>(rows),
        ImportKind::Balances => table_of::<Balance>(rows),
        ImportKind::Invoices => table_of::<OpenInvoice>(rows),
        ImportKind::Appointments => table_of::<Appointment>(rows),
        ImportKind::Absences => table_of::<Absence>(rows),
        ImportKind::Closures => table_of::<ClosedDay>(rows),
        ImportKind::Standings => table_of::<CustomerStanding>(rows),
    }
}

fn table_of<R: Row>(rows: Vec<Value>) -> Result<Vec<u8>, Problem> {
    let rows: Result<Vec<R>, _> = rows.into_iter().map(serde_json::from_value).collect();
    let rows = rows.map_err(|error| DbError::Unknown { column: "a row of an export", value: error.to_string() })?;
    let header: Vec<String> = R::COLUMNS.iter().map(|column| column.name.to_owned()).collect();
    Ok(write_csv(std::iter::once(header).chain(rows.iter().map(Row::write))))
}
