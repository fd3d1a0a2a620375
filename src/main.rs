//! The commands of the program: wiring only.

mod commands;

use std::{io::IsTerminal, process::ExitCode};

use anyhow::Context;
use clap::{CommandFactory, Parser};
use linka::{
    model::base::installation::Installation,
    server::{
        app::AppSettings,
        clock::Clock,
        config::{Cli, Command},
        db::address,
        demo,
        mail::{Mailer, Transport},
        secrets::with_files,
    },
};

use self::commands::{
    account::leave_root,
    app,
    backups::{back_up, restore},
    database::{claim, run_with_database, with_database},
    doctor::examine,
    mail_in::take_in,
    only_mail,
    people::{staff_command, unlock},
    serving::serve,
    simulation::simulate,
    tables::{export, import},
};

/// Gives memory back after a busy hour, which the system's own does not.
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let cli = match read_arguments() {
        Ok(cli) => cli,
        Err(wrong) => {
            eprintln!("linka: {wrong}");
            return ExitCode::from(2);
        }
    };
    if let Command::Serve(args) = &cli.command
        && let Err(error) = leave_root(args)
    {
        return failed(&error);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    let outcome = runtime.block_on(async {
        match cli.command {
            Command::Serve(args) => Box::pin(serve(*args)).await.map(|()| ExitCode::SUCCESS),
            Command::Migrate(args) => with_database(&args, async |_| Ok(ExitCode::SUCCESS)).await,
            Command::Demo { database, yes } => {
                if let Some(url) = database.owner_url().filter(|_| !yes) {
                    agree_to_fill(url)?;
                }
                with_database(&database, async |db| {
                    claim(&db, Installation::Demo).await?;
                    // Loading sends nothing.
                    let mail = Mailer::new(Transport::None, "Linka <linka@localhost>".parse()?, "http://localhost");
                    let app = app(db, Clock::System, only_mail(mail), AppSettings::default())?;
                    Box::pin(demo::load(&app)).await?;
                    Ok(ExitCode::SUCCESS)
                })
                .await
            }
            Command::Unlock { database, email } => unlock(&database, &email).await,
            Command::Staff { command } => staff_command(command).await,
            Command::Backup(args) => back_up(&args).await,
            Command::Doctor(args) => Box::pin(examine(&args)).await,
            Command::Restore(args) => restore(&args).await,
            Command::Import { database, dry_run, directory } => import(&database, &directory, dry_run).await,
            Command::Export { database, customer, directory } => {
                export(&database, &directory, customer.as_deref()).await
            }
            Command::MailIn(database) => Ok(take_in(&database).await),
            Command::Simulate(args) => simulate(&args).await,
            Command::Database { database, command } => run_with_database(&database, &command).await,
        }
    });
    outcome.unwrap_or_else(|error| failed(&error))
}

/// What is to be done, or one line that names what is wrong with the arguments.
fn read_arguments() -> Result<Cli, String> {
    let arguments = with_files(&Cli::command(), std::env::args_os(), |name| std::env::var_os(name));
    Cli::try_parse_from(arguments.map_err(|error| error.to_string())?).map_err(|error| {
        if !error.use_stderr() {
            error.exit();
        }
        let text = error.to_string();
        text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
    })
}

/// Asks before a database of somebody's own is filled with customers whose passwords everybody knows.
fn agree_to_fill(url: &str) -> anyhow::Result<()> {
    let options = address::options(url).context("DATABASE_URL")?;
    let database = options.get_database().unwrap_or(options.get_username()).to_owned();
    anyhow::ensure!(
        std::io::stdin().is_terminal(),
        "DATABASE_URL: say --yes to fill the database {database} on {} with the demo's data",
        options.get_host()
    );
    eprint!("Fill the database {database} on {} with the demo's data? [y/N] ", options.get_host());
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    anyhow::ensure!(matches!(answer.trim(), "y" | "Y" | "yes"), "nothing was changed");
    Ok(())
}

/// One line that names what is wrong.
fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("linka: {error:#}");
    ExitCode::FAILURE
}
