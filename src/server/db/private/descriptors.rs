//! Keeping our own inherited file descriptors from the server.
//!
//! Everything that Rust opens is closed on exec. What a shell, systemd or a CI runner opened before us is
//! not: a server that keeps the pipe or the listening socket of the script that ran us would hold that up
//! for as long as it survives us.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The standard streams are replaced anyway.
const FIRST_EXTRA: u32 = 3;

/// `O_CLOEXEC` as the kernel prints it in fdinfo.
const CLOSE_ON_EXEC: u32 = 0o2_000_000;

/// What to run, and the arguments to put first, so that `program` runs without our inherited descriptors.
/// Mostly there are none, and it is `program` itself.
///
/// Otherwise a shell closes them, because setting the flag on a bare number takes unsafe code. Its `exec`
/// keeps the process and with it the id that we know the child by. bash comes first since dash cannot name
/// a descriptor above 9.
pub(super) fn without_inherited(program: &Path) -> (PathBuf, Vec<String>) {
    let (shell, highest) = match Path::new("/bin/bash") {
        bash if bash.exists() => (bash, u32::MAX),
        _ => (Path::new("/bin/sh"), 9),
    };
    let redirections: String =
        inherited().into_iter().filter(|fd| *fd <= highest).map(|fd| format!(" {fd}>&-")).collect();
    if redirections.is_empty() {
        return (program.to_owned(), Vec::new());
    }
    let script = format!("exec \"$0\" \"$@\"{redirections}");
    (shell.to_owned(), vec!["-c".to_owned(), script, program.to_string_lossy().into_owned()])
}

/// The open descriptors that a child would get.
fn inherited() -> Vec<u32> {
    let is_inherited = |fd: &u32| {
        fs::read_to_string(format!("/proc/self/fdinfo/{fd}"))
            .is_ok_and(|info| flags(&info).is_some_and(|flags| flags & CLOSE_ON_EXEC == 0))
    };
    fs::read_dir("/proc/self/fd")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|fd| *fd >= FIRST_EXTRA)
        .filter(is_inherited)
        .collect()
}

/// The octal number in the line `flags: 02100002`.
fn flags(info: &str) -> Option<u32> {
    let flags = info.lines().find_map(|line| line.strip_prefix("flags:"))?;
    u32::from_str_radix(flags.trim(), 8).ok()
}

#[cfg(test)]
mod tests {
    use std::os::fd::AsRawFd;

    use super::inherited;

    #[test]
    fn only_descriptors_without_the_flag_are_inherited() {
        let closed = std::fs::File::open("/dev/null").expect("open");
        // `dup` clears the flag.
        let kept = rustix::io::dup(&closed).expect("dup");
        let inherited = inherited();
        assert!(inherited.contains(&kept.as_raw_fd().unsigned_abs()));
        assert!(!inherited.contains(&closed.as_raw_fd().unsigned_abs()));
    }
}
