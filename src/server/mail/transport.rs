//! How messages leave: to a mail server; in a demo without one, into files.

use std::{path::PathBuf, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    address::Envelope,
    transport::smtp::{self, response::Category},
};

use crate::model::base::ids::MailId;

/// How long the mail server may take for an answer.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Why nothing is sent where nobody has said how.
const NOT_SET: &str = "no mail server is set up (LINKA_SMTP)";

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Trying again is useless.
    #[error("{0}")]
    Refused(String),
    /// It may work later.
    #[error("{0}")]
    Trouble(String),
}

/// Where messages go.
#[derive(Debug, Clone)]
pub enum Transport {
    /// To a mail server; connections are kept and used again.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// Into files of a directory, one for each mail.
    Directory(PathBuf),
    /// Nowhere: they wait.
    None,
}

impl Transport {
    /// A mail server, as `smtp://host:25`, `smtp://user:password@host:587?tls=required` or
    /// `smtps://user:password@host`.
    ///
    /// # Errors
    /// When the URL is none of these.
    pub fn smtp(url: &str) -> Result<Self, smtp::Error> {
        Ok(Self::Smtp(AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.timeout(Some(TIMEOUT)).build()))
    }

    /// Whether there is somebody to hand messages over to.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub async fn is_answered(&self) -> Result<(), SendError> {
        match self {
            Self::Smtp(server) => match server.test_connection().await.map_err(smtp_error)? {
                true => Ok(()),
                false => Err(SendError::Trouble("the mail server ends the conversation".to_owned())),
            },
            Self::Directory(_) => Ok(()),
            Self::None => Err(SendError::Trouble(NOT_SET.to_owned())),
        }
    }

    /// Hands a message over, and tells what the mail server said.
    ///
    /// # Errors
    /// [`SendError::Refused`] when trying again is useless, [`SendError::Trouble`] when it is not.
    pub async fn send(&self, id: MailId, envelope: &Envelope, message: &[u8]) -> Result<String, SendError> {
        match self {
            Self::Smtp(server) => {
                let response = server.send_raw(envelope, message).await.map_err(smtp_error)?;
                Ok(format!("{} {}", response.code(), response.message().collect::<Vec<_>>().join(" ")))
            }
            Self::Directory(directory) => {
                let file = directory.join(format!("{id}.eml"));
                let written = async {
                    tokio::fs::create_dir_all(directory).await?;
                    tokio::fs::write(&file, message).await
                };
                let path = file.display();
                written.await.map_err(|error| SendError::Trouble(format!("{path}: {error}")))?;
                Ok(path.to_string())
            }
            Self::None => Err(SendError::Trouble(NOT_SET.to_owned())),
        }
    }
}

/// A 5xx answer is about this mail, unless it is about our sign-in there (x3x, RFC 4954): that is ours to mend.
fn smtp_error(error: smtp::Error) -> SendError {
    let is_about_us = error.status().is_some_and(|code| code.category == Category::Unspecified3);
    let mut text = error.to_string();
    if let Some(source) = std::error::Error::source(&error).filter(|source| !text.contains(&source.to_string())) {
        text = format!("{text}: {source}");
    }
    if error.is_permanent() && !is_about_us { SendError::Refused(text) } else { SendError::Trouble(text) }
}
