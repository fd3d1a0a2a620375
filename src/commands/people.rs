//! Letting the vendor's people in, from the machine itself.

use std::process::ExitCode;

use anyhow::anyhow;
use linka::{
    model::{
        base::fields::FieldCode,
        people::{
            members::{StaffRole, StaffRoles},
            staff::StaffForm,
        },
        problem::Problem,
    },
    server::{
        config::{DatabaseArgs, LinkArgs, StaffCommand},
        service::people::{accounts, passwords, staff},
    },
};

use super::database::beside_portal;

/// Forgets the failed attempts to sign in with an address.
pub(crate) async fn unlock(args: &DatabaseArgs, email: &str) -> anyhow::Result<ExitCode> {
    beside_portal(args, "http://localhost", async |app| {
        let forgotten = accounts::unlock(&app, email).await?;
        println!("Forgotten are {forgotten} failed attempts to sign in as {email}.");
        Ok(ExitCode::SUCCESS)
    })
    .await
}

/// Lets somebody in, and prints the link to hand over.
pub(crate) async fn staff_command(command: StaffCommand) -> anyhow::Result<ExitCode> {
    let (LinkArgs { database, url, addr }, work) = match command {
        StaffCommand::Add { at, manager, dispatcher, technician, name, email } => {
            let roles = [
                (dispatcher, StaffRole::Dispatcher),
                (technician, StaffRole::Technician),
                (manager, StaffRole::Manager),
            ];
            let roles: StaffRoles = roles.into_iter().filter_map(|(is, role)| is.then_some(role)).collect();
            anyhow::ensure!(!roles.is_empty(), "say what the person does: --manager, --dispatcher or --technician");
            (at, Ok(StaffForm { name, email, roles, ..StaffForm::default() }))
        }
        StaffCommand::Link { at, email } => (at, Err(email)),
    };
    let site = url.unwrap_or_else(|| format!("http://{addr}"));
    beside_portal(&database, &site, async |app| {
        let token = match &work {
            Ok(person) => staff::add(&app, None, person).await.map_err(|problem| why_not(&problem))?.1,
            Err(email) => match staff::new_link_for(&app, email).await {
                Err(Problem::NotFound) => anyhow::bail!("nobody of the staff signs in with {email}"),
                made => made?,
            },
        };
        println!("A password is chosen here, once and within 3 days:\n{}", passwords::link_of(&app, &token));
        Ok(ExitCode::SUCCESS)
    })
    .await
}

fn why_not(problem: &Problem) -> anyhow::Error {
    let Problem::Invalid { fields } = problem else { return anyhow!("{problem}") };
    let fields: Vec<_> = fields
        .iter()
        .map(|field| match field.code {
            FieldCode::AlreadyUsed => {
                "somebody signs in with that address already; `linka staff link` makes a new link".to_owned()
            }
            code => format!("{}: {code}", field.field),
        })
        .collect();
    anyhow!(fields.join(", "))
}
