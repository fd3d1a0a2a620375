//! What Linka is shipped with: the service may do little, and the package has what it starts.

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

use super::support::{paths, site_files};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The exposure that systemd finds is at most this, in tenths of ten; an ordinary service's is 96.
const EXPOSURE: &str = "--threshold=15";

/// What a program says, and whether it ended well; none where it is not on this machine.
fn said(program: &str, arguments: &[&str]) -> Option<(bool, String)> {
    let output =
        Command::new(program).args(arguments).current_dir(ROOT).env("SOURCE_DATE_EPOCH", "1795374000").output();
    let Ok(output) = output else {
        eprintln!("skipped: {program} is not on this machine");
        return None;
    };
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    Some((output.status.success(), said.concat()))
}

#[test]
fn the_service_may_do_little() {
    let arguments = ["security", "--offline=yes", "--no-pager", EXPOSURE, "docs/deploy/linka.service"];
    let Some((is_little, said)) = said("systemd-analyze", &arguments) else { return };
    println!("{}", said.lines().next_back().unwrap_or_default());
    assert!(is_little, "{said}");
}

#[test]
fn the_package_is_the_same_twice_and_has_what_the_service_starts() {
    if said("dpkg-shlibdeps", &["--version"]).is_none() {
        return;
    }
    let (files, made) = (site_files(), TempDir::new().expect("a directory"));
    let (site, hashes) = paths(&files);
    // In the place of the program, which would take minutes to be packed.
    let program = fs::canonicalize("/bin/true").expect("a program");
    let packed = ["one.deb", "other.deb"].map(|name| {
        let place = made.path().join(name);
        let arguments = [Path::new("--to"), &place, Path::new("--of"), &program, &site, &hashes];
        let arguments = arguments.map(|argument| argument.to_str().expect("UTF-8"));
        let (is_made, told) = said("scripts/package", &arguments).expect("it is ours");
        assert!(is_made, "{told}");
        place
    });
    let [one, other] = packed.each_ref().map(|place| fs::read(place).expect("a package"));
    assert!(one == other, "the packages differ");

    let package = packed[0].to_str().expect("UTF-8");
    let (_, content) = said("dpkg-deb", &["--contents", package]).expect("dpkg-deb");
    let unit = fs::read_to_string(Path::new(ROOT).join("docs/deploy/linka.service")).expect("the service");
    let of_unit = |name: &str| unit.lines().find_map(|line| line.strip_prefix(name)).expect("a line").to_owned();
    let started = of_unit("ExecStart=");
    let settings = of_unit("EnvironmentFile=-");
    let needed = [
        started.split(' ').next().expect("a program"),
        &settings,
        "/usr/lib/linka/hash.txt",
        "/usr/share/linka/site/pkg/",
        "/usr/bin/linka",
        "/usr/lib/systemd/system/linka.service",
        "/usr/share/doc/linka/deploy.md",
    ];
    for file in needed {
        let is_there = content.lines().any(|line| line.ends_with(&format!(" .{file}")) && line.contains(" root/root "));
        assert!(is_there, "{file} is not in it as root's:\n{content}");
    }
    let secrets = content.lines().find(|line| line.ends_with(" ./etc/linka/secrets/")).expect("a place for secrets");
    assert!(secrets.starts_with("drwx------"), "{secrets}");
    let (_, told) = said("dpkg-deb", &["--info", package]).expect("dpkg-deb");
    assert!(told.contains("Depends: adduser, libc6") && told.contains("Version: 0.1.0+2026"), "{told}");
    for script in ["postinst", "prerm", "postrm", "linka"] {
        let (is_sound, told) = said("sh", &["-n", &format!("docs/deploy/debian/{script}")]).expect("sh");
        assert!(is_sound, "{script}: {told}");
    }
}
