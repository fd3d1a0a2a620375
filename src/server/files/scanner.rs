//! ClamAV, asked over its socket (`clamd`, INSTREAM): a file is sent in pieces, each behind its length, and one line is the answer.
//! What nobody has scanned is not kept: where a scanner is set and does not answer, files wait.

use std::{path::PathBuf, str::FromStr, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
    time::timeout,
};

use super::NotAdmitted;

/// How long the scanner may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How large a piece is, in bytes.
const PIECE: usize = 64 * 1024;
/// The longest answer, in bytes.
const LONGEST_ANSWER: u64 = 1_024;

/// Where the scanner listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScannerAddress {
    /// A socket of this machine.
    Socket(PathBuf),
    /// A host and its port.
    Network(String),
}

impl FromStr for ScannerAddress {
    type Err = String;

    /// `/run/clamav/clamd.ctl` or `clamav.example.com:3310`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.starts_with('/') {
            return Ok(Self::Socket(text.into()));
        }
        match text.rsplit_once(':') {
            Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => Ok(Self::Network(text.to_owned())),
            _ => Err("a socket's path, as /run/clamav/clamd.ctl, or a host and its port".to_owned()),
        }
    }
}

/// What looks for malware.
#[derive(Debug)]
pub struct Scanner(ScannerAddress);

impl Scanner {
    /// One that listens there.
    #[must_use]
    pub const fn new(address: ScannerAddress) -> Self {
        Self(address)
    }

    /// Has a file scanned.
    ///
    /// # Errors
    /// [`NotAdmitted::Infected`] with what was found; [`NotAdmitted::Trouble`] when nobody answers.
    pub(super) async fn scan(&self, content: &[u8]) -> Result<(), NotAdmitted> {
        let asked = async {
            match &self.0 {
                ScannerAddress::Socket(path) => ask(UnixStream::connect(path).await?, content).await,
                ScannerAddress::Network(address) => ask(TcpStream::connect(address).await?, content).await,
            }
        };
        let answer = timeout(PATIENCE, asked)
            .await
            .map_err(|_| NotAdmitted::Trouble("the scanner takes too long".to_owned()))?
            .map_err(|error| NotAdmitted::Trouble(format!("the scanner: {error}")))?;
        let answer = answer.trim_matches(|c: char| c == '\0' || c.is_whitespace());
        match answer.strip_prefix("stream: ") {
            Some("OK") => Ok(()),
            Some(found) if found.ends_with(" FOUND") => {
                Err(NotAdmitted::Infected(found.trim_end_matches(" FOUND").to_owned()))
            }
            _ => Err(NotAdmitted::Trouble(format!("the scanner said: {answer}"))),
        }
    }
}

async fn ask(mut scanner: impl AsyncRead + AsyncWrite + Unpin, content: &[u8]) -> std::io::Result<String> {
    scanner.write_all(b"zINSTREAM\0").await?;
    for piece in content.chunks(PIECE) {
        let length = u32::try_from(piece.len()).map_err(std::io::Error::other)?;
        scanner.write_all(&length.to_be_bytes()).await?;
        scanner.write_all(piece).await?;
    }
    scanner.write_all(&0_u32.to_be_bytes()).await?;
    scanner.flush().await?;
    let mut answer = String::new();
    scanner.take(LONGEST_ANSWER).read_to_string(&mut answer).await?;
    Ok(answer)
}
