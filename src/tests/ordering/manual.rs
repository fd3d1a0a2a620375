//! The examples of `docs/integrate.md` that run here, as they stand there.

use std::process::Command;

const MANUAL: &str = include_str!("../../../docs/integrate.md");

/// A language of the manual.
pub(super) struct Language {
    /// What its examples are called there.
    fence: &'static str,
    /// The file in which an example is written down.
    file: &'static str,
    /// How that is run.
    script: &'static str,
    /// Without which it is not.
    needs: &'static [&'static str],
}

pub(super) const SHELL: Language =
    Language { fence: "sh", file: "shown.sh", script: "bash -euo pipefail shown.sh", needs: &["curl", "openssl"] };
pub(super) const PYTHON: Language =
    Language { fence: "python", file: "shown.py", script: "python3 shown.py", needs: &["python3"] };
pub(super) const C_SHARP: Language = Language {
    fence: "csharp",
    file: "shown.cs",
    script: "mcs -out:shown.exe -r:System.Net.Http.dll -r:System.Runtime.Serialization.dll -r:System.Xml.dll \
             -r:System.Xml.Linq.dll -r:System.Web.dll shown.cs >&2 && mono shown.exe",
    needs: &["mcs", "mono"],
};
pub(super) const PASCAL: Language =
    Language { fence: "pascal", file: "shown.pas", script: "fpc -v0 -l- shown.pas >&2 && ./shown", needs: &["fpc"] };

/// Runs an example and tells what it prints; nothing where this machine lacks what it needs, which `./test` brings where it may.
///
/// * `marked` – what stands before it in the manual
/// * `change` – what is put in the place of something in it
pub(super) async fn run(
    marked: &str,
    language: &Language,
    change: (&str, &str),
    told: &[(&str, String)],
) -> Option<String> {
    let begin = format!("<!-- {marked}: run by a test -->\n```{}\n", language.fence);
    let shown = MANUAL.split_once(&begin).and_then(|(_, text)| text.split_once("\n```")).expect(marked).0;
    let is_here =
        |tool: &&str| std::env::split_paths(&std::env::var_os("PATH")?).any(|at| at.join(tool).exists()).then_some(());
    if language.needs.iter().any(|tool| is_here(tool).is_none()) {
        println!("{marked} was left out: {:?} is not there", language.needs);
        return None;
    }
    let folder = tempfile::tempdir().expect("a directory");
    std::fs::write(folder.path().join(language.file), shown.replace(change.0, change.1)).expect("a file");
    let mut command = Command::new("bash");
    command
        .args(["-c", language.script])
        .current_dir(folder.path())
        .envs(told.iter().map(|(name, value)| (*name, value)));
    // It asks this process, which goes on answering meanwhile.
    let output = tokio::task::spawn_blocking(move || command.output()).await.expect("an end").expect("bash");
    assert!(output.status.success(), "{marked}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("a text"))
}
