//! Files that people send: what they are is told by their content and by nothing that is said about them. Images are written anew,
//! so that nothing is left of what was sent but what is seen; texts become UTF-8; archives are unpacked once, into nothing. They stand in the database, or in a bucket beside it.

mod bucket;
mod images;
mod kinds;
mod scanner;

use std::sync::Arc;

pub use self::bucket::{Bucket, BucketArgs, BucketTrouble};
use self::kinds::look_at;
pub use self::scanner::{Scanner, ScannerAddress};
use crate::{model::ordering::attachments::AttachmentKind, server::bounded::Bounded};

/// How many files are looked into at once: an image of the largest takes a hundred megabytes meanwhile.
const AT_ONCE: usize = 1;
/// How many more may wait for that.
const WAITING: usize = 10;

/// Looks into files.
#[derive(Debug, Clone)]
pub struct Files {
    bounded: Bounded,
    scanner: Option<Arc<Scanner>>,
    bucket: Option<Bucket>,
}

/// A file as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    /// What it is.
    pub kind: AttachmentKind,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// Why a file is not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAdmitted {
    /// It is nothing that is taken, or it is broken.
    #[error("it is nothing that is taken")]
    Unknown,
    /// More bytes, as it is or unpacked, or more pixels than may be.
    #[error("it is too large")]
    TooLarge,
    /// The scanner found something.
    #[error("the scanner found {0}")]
    Infected(String),
    /// Too many wait, or the scanner does not answer.
    #[error("it cannot be looked into now: {0}")]
    Trouble(String),
}

impl Files {
    /// * `scanner` – what looks for malware; none where there is none
    #[must_use]
    pub fn new(scanner: Option<Scanner>) -> Self {
        Self { bounded: Bounded::new(AT_ONCE, WAITING), scanner: scanner.map(Arc::new), bucket: None }
    }

    /// Which keep what is sent from now on in a bucket.
    #[must_use]
    pub fn kept_in(self, bucket: Bucket) -> Self {
        Self { bucket: Some(bucket), ..self }
    }

    /// The bucket, where there is one.
    #[must_use]
    pub const fn bucket(&self) -> Option<&Bucket> {
        self.bucket.as_ref()
    }

    /// Looks into a file as it was sent, and makes of it what is kept.
    ///
    /// # Errors
    /// Why it is not kept.
    pub async fn admit(&self, sent: Vec<u8>) -> Result<Admitted, NotAdmitted> {
        if let Some(scanner) = &self.scanner {
            scanner.scan(&sent).await?;
        }
        let looked = self.bounded.run(move || look_at(&sent)).await;
        looked.map_err(|error| NotAdmitted::Trouble(error.to_string()))?
    }
}
