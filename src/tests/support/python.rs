//! Independent readers of what Linka writes: Python's own libraries and those of its package index, by small scripts.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// A script of `src/tests/python` with its argument, to be run by the interpreter that has the libraries.
pub fn python(script: &str, argument: &Path) -> Command {
    let interpreter = std::env::var_os("LINKA_TEST_PYTHON").expect(
        "LINKA_TEST_PYTHON names a Python with the packages of src/tests/python/requirements.txt; ./test sets it up",
    );
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/python").join(script);
    let mut command = Command::new(PathBuf::from(interpreter));
    command.arg(script).arg(argument);
    command
}

/// Runs a script and reads the JSON that it prints.
pub fn ask_python(script: &str, argument: &Path) -> serde_json::Value {
    let output = python(script, argument).output().expect("the interpreter runs");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}: {complaint}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// A script that runs until it is dropped.
pub struct Running(Child);

impl Running {
    /// Starts it; gives what it prints.
    pub fn start(script: &str, argument: &Path) -> (Self, std::process::ChildStdout) {
        let child = python(script, argument).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.expect("the interpreter runs");
        let output = child.stdout.take().expect("piped");
        (Self(child), output)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill().and_then(|()| self.0.wait());
    }
}
