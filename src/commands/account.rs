//! The account of the system as which the portal goes on when root starts it.

use std::{
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, anyhow};
use linka::server::{config::ServeArgs, db::private::Account};
use rustix::process::geteuid;

/// What answers people from elsewhere has none of root's rights: it runs this program again as an account that has none. Nothing was
/// started before, so nothing is kept that root has opened. Returns where there is nothing to lay down; a demo that only this machine
/// reaches stays whoever started it.
pub(crate) fn leave_root(args: &ServeArgs) -> anyhow::Result<()> {
    let is_ours_alone = args.demo && !args.demo_public;
    if !geteuid().is_root() || is_ours_alone {
        return Ok(());
    }
    args.refuse_unsafe().map_err(|wrong| anyhow!(wrong))?;
    let data = args.database.data_directory();
    let is_private = args.database.owner_url().is_none();
    let account = match &args.account {
        None if is_private => Account::of_database(&data)?,
        name => Account::named(name.as_deref()).context(
            "LINKA_ACCOUNT: root starts the portal, which goes on as an account of its own; \
             `adduser --system --group linka` makes it, LINKA_ACCOUNT=root goes on as root",
        )?,
    };
    if account.uid == 0 {
        return Ok(());
    }
    for needed in [args.site_root.join("pkg"), folder_of(&args.hash_file()?)] {
        let may_enter = account.may_enter(&needed).unwrap_or(true); // What is missing is named later.
        anyhow::ensure!(
            may_enter,
            "the account {}, as which the portal goes on, may not enter {}; chmod o+x what is above it, or name another \
             by LINKA_ACCOUNT",
            account.name,
            needed.display()
        );
    }
    if is_private || args.demo {
        account.take_over(&data)?;
    }
    let failed = Command::new(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .env("LINKA_DATA", std::path::absolute(&data)?)
        .envs(["USER", "LOGNAME"].map(|name| (name, &account.name)))
        .env_remove("HOME")
        // Which also leaves every other group.
        .uid(account.uid)
        .gid(account.gid)
        .exec();
    Err(failed).with_context(|| format!("cannot go on as {}", account.name))
}

fn folder_of(file: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new("/")).to_owned()
}
